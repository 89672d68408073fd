"""The regencies' selection: the bureau's list of answers, and each regency's own desk with its ranking."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sp2k.accounts.policy import POLICY, is_hidden
from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.base.pages.acting import attempt
from sp2k.base.pages.confirming import confirm
from sp2k.editions.models import Stage
from sp2k.editions.queries import stages_visible_to
from sp2k.entries.queries.shown import require_shown
from sp2k.results.actions import decline, nominate, rank_regency, upload_minutes
from sp2k.results.closing import RegencyDesk, regencies_in
from sp2k.results.forms.regencies import DeclineForm, MinutesForm, NomineeForm
from sp2k.results.opening.answers import require_signed_minutes
from sp2k.results.queries import StageResult
from sp2k.results.regencies.confirming import nominee_preview, rank_preview
from sp2k.results.regencies.exports import ranking_file
from sp2k.results.regencies.minutes import minutes_pdf
from sp2k.results.regencies.page import RegencyPage, desks_of, may, regency_lines
from sp2k.results.stages.voiding import may_void
from sp2k.results.views.admission import CSV, XLSX, admit, download


@require_safe
def own(request):
    """The selections of one's own regency; where there is one, straight to it."""
    if not request.user.roles & POLICY["ranking.read"].roles:
        raise Http404
    desks = desks_of(request.user, now=clock.clocks())
    if len(desks) == 1:
        return redirect(_address(desks[0]))
    require_shown(*(desk.edition for desk in desks))
    return render(request, "results/own_regencies.html", {"pages": [RegencyPage(desk) for desk in desks]})


@require_safe
def regencies(request, edition, code):
    """Every regency of a selection: answered, declined, silent."""
    stage = _stage(request, edition, code)
    admit(request.user, "progress.read", StageResult(stage))
    lines = regency_lines(stage)
    counts = {state: sum(line.state == state for line in lines) for state in ("calon", "tidak-ikut", "belum")}
    page = {"stage": stage, "edition": stage.edition, "lines": lines, "counts": counts, "n_silent": counts["belum"]}
    page |= {"n_nominees": counts["calon"], "n_declined": counts["tidak-ikut"]}
    return render(request, "results/regencies.html", page)


@require_safe
def regency(request, edition, code, regency):
    """A regency's desk."""
    return _render(request, RegencyPage(_desk(request, edition, code, regency)))


@require_http_methods(["GET", "HEAD", "POST"])
def rank(request, edition, code, regency):
    """Make the ranking, once it was shown from what."""
    desk, by = _desk_to_act_on(request, "regency.rank", edition, code, regency), request.user
    return confirm(
        request, lambda: rank_preview(RegencyPage(desk), user=by, now=clock.now_of(desk)),
        lambda: rank_regency(desk, by=by, now=clock.now_of(desk)), then=_address(desk), edition=desk.edition,
        done=_("Peringkat %(name)s ditetapkan.") % {"name": desk.name},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def nominee(request, edition, code, regency):
    """Send the nominee with the number of the minutes, once it was shown who goes by which ranking."""
    desk = _desk_to_act_on(request, "nominee.set", edition, code, regency)
    page, posted = RegencyPage(desk), (request.POST, request.FILES) if request.method == "POST" else ()
    form = NomineeForm(*posted, placements=[row.placement for row in page.rows])
    form.is_valid()  # what was posted is judged by the act; what may be chosen next is told by the ranking
    form.offer(page.through)
    return confirm(
        request, lambda: nominee_preview(RegencyPage(desk), user=request.user, now=clock.now_of(desk)),
        lambda: _nominate(request, desk, form), form=form, done=_("Calon diajukan."), then=_address(desk),
        edition=desk.edition,
    )  # fmt: skip


@require_http_methods(["POST"])
def refuse(request, edition, code, regency):
    """Say that the regency takes no part."""
    page, form = RegencyPage(_desk(request, edition, code, regency)), DeclineForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: decline(page.desk, reason=reason, by=request.user, now=clock.now_of(page.desk))):
            messages.success(request, _("%(name)s dicatat tidak ikut.") % {"name": page.desk.name})
            return redirect(_address(page.desk))
    return _render(request, page, decline=form, status=422)


@require_http_methods(["POST"])
def upload(request, edition, code, regency):
    """Attach the signed minutes."""
    page, form = RegencyPage(_desk(request, edition, code, regency)), MinutesForm(request.POST, request.FILES)
    if form.is_valid():
        signed = form.cleaned_data["minutes"]
        if attempt(form, lambda: upload_minutes(page.desk, signed, by=request.user, now=clock.now_of(page.desk))):
            messages.success(request, _("Berita acara bertanda tangan diunggah."))
            return redirect(_address(page.desk))
    return _render(request, page, minutes=form, status=422)


@require_safe
def ranking(request, edition, code, regency, kind):
    """The ranking as a file."""
    page = _ranked(request, edition, code, regency)
    return download(ranking_file(page, kind), f"peringkat-{regency}.{kind}", CSV if kind == "csv" else XLSX)


@require_safe
def draft_minutes(request, edition, code, regency):
    """The minutes to be signed."""
    page = _ranked(request, edition, code, regency)
    return download(minutes_pdf(page), f"berita-acara-{regency}.pdf", "application/pdf")


@require_safe
def signed_minutes(request, edition, code, regency):
    """The minutes as signed and scanned."""
    page = RegencyPage(_desk(request, edition, code, regency))
    if page.answer is None or page.answer.minutes is None:
        raise Http404
    require_signed_minutes(page.answer)
    kept = page.answer.minutes
    ending = {"application/pdf": "pdf", "image/png": "png"}.get(kept.content_type, "jpg")
    response: HttpResponse = download(read_blob(kept), f"berita-acara-{regency}-bertanda-tangan.{ending}", kept.content_type)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _stage(request, edition, code) -> Stage:
    return get_object_or_404(stages_visible_to(request.user), edition__code=edition, code=code, kind=Stage.Kind.SELECTION)


def _desk(request, edition, code, regency) -> RegencyDesk:
    stage = _stage(request, edition, code)
    desk = RegencyDesk(stage, get_object_or_404(regencies_in(stage.edition), pk=regency))
    admit(request.user, "ranking.read", desk)
    return desk


def _desk_to_act_on(request, action, edition, code, regency) -> RegencyDesk:
    """A regency's desk for whoever may do `action` there, now or at another time; a mere reader finds no such page."""
    desk = _desk(request, edition, code, regency)
    if is_hidden(request.user, action, desk, now=clock.now_of(desk)):
        raise Http404
    return desk


def _ranked(request, edition, code, regency) -> RegencyPage:
    page = RegencyPage(_desk(request, edition, code, regency))
    if page.tally is None:
        raise Http404
    return page


def _nominate(request, desk, form):
    given = form.cleaned_data
    return nominate(
        desk, form.participation, minutes_number=given["number"], minutes=given["minutes"], by=request.user,
        now=clock.now_of(desk),
    )  # fmt: skip


def _render(request, page, *, status=200, **forms):
    shown = {"decline": DeclineForm(), "minutes": MinutesForm()} | forms
    what = {"page": page, "desk": page.desk, "stage": page.desk.stage, "edition": page.desk.edition}
    what |= {"forms": shown, "may": may(request.user, page.desk, now=clock.now_of(page.desk))}
    what["is_over"] = page.desk.stage.is_over(clock.now_of(page.desk))
    what["may_void"] = page.filling is not None and not page.filling.is_locked and may_void(request.user, page.filling)
    return render(request, "results/regency.html", what, status=status)


def _address(desk) -> str:
    return reverse("results:regency", args=[desk.edition.code, desk.stage.code, desk.region_code])
