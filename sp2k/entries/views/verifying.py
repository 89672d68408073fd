"""The regency's verifier: the queue of forms, and one form aspect by aspect with its evidence beside every claim."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.accounts.policy import why_not
from sp2k.accounts.roles import Role
from sp2k.base import clock
from sp2k.base.pages.acting import attempt
from sp2k.base.pages.paging import page_of
from sp2k.base.refusals import Refused
from sp2k.base.wording import hour_in_words
from sp2k.entries.actions import accept_checked, return_checked, save_checks, save_reason
from sp2k.entries.checking import CheckDesk, codes_of
from sp2k.entries.drafting import Stale, mark_of
from sp2k.entries.forms.verifying import VerdictForm, typed_checks
from sp2k.entries.queries.opening import require_form
from sp2k.entries.queries.participants import Wanted, listed, regencies_within, stages_within
from sp2k.entries.queries.shown import require_shown
from sp2k.entries.views.finding import find_participation
from sp2k.entries.views.participants import with_badges

NEWER = gettext_lazy("Kecamatan mengirim revisi baru sejak halaman ini dibuka. Periksa revisi itu di bawah.")


@require_safe
def queue(request):
    """The forms of one's own regency in the filling stage asked for."""
    if not request.user.roles & {Role.VERIFIER, Role.REGENCY}:
        raise Http404
    stages = stages_within(request.user, roles={Role.VERIFIER, Role.REGENCY})
    stage = _stage_asked_for(stages, request.GET.get("edisi"))
    if stage is None:
        return render(request, "entries/queue.html", {"stage": None})
    require_shown(stage.edition)
    wanted = Wanted.of(request.GET)
    rows, counts = listed(request.user, stage, wanted, roles={Role.VERIFIER, Role.REGENCY})
    page = {"stage": stage, "stages": stages, "wanted": wanted, "page": with_badges(page_of(request, rows)), "counts": counts}
    page |= {"edition": stage.edition, "total": sum(counts.values())}
    page["regencies"] = regencies_within(request.user, stage, roles={Role.VERIFIER, Role.REGENCY})
    page |= {"is_verifier": Role.VERIFIER in request.user.roles, "checks_until": _until(stage)}
    return render(request, "entries/queue.html", page)


def _stage_asked_for(stages, code):
    """The stage of the edition asked for; else the newest that waits for verifiers now, else the newest."""
    asked = next((row for row in stages if row.edition.code == code), None)
    now = clock.clocks()
    waiting = (row for row in stages if row.is_open_for_checks(clock.moment(now, row.edition)))
    return asked or next(waiting, stages[0] if stages else None)


@require_safe
def verify(request, edition, stage, kecamatan):
    """The first aspect that is not checked yet; the summary where all are, or where the form is decided."""
    desk = _desk(request, edition, stage, kecamatan)
    waiting = next((part.aspect.code for part in desk.page.aspects if part.unseen), None)
    if desk.standing or waiting is None:
        return redirect("entries:decide", edition, stage, kecamatan)
    return redirect("entries:check", edition, stage, kecamatan, waiting)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request, edition, stage, kecamatan, aspect):
    """One aspect, claim by claim with its evidence; what is ticked and written is kept in the verifier's own draft."""
    desk = _desk(request, edition, stage, kecamatan)
    part = _aspect(desk, aspect)
    refusal, base = "", desk.base(part)
    if request.method == "POST":
        refusal, base = _keep(request, desk, part)
        if not refusal:
            return redirect(_next(request, desk, part))
        part = _aspect(desk, aspect)
    page = _page(request, desk) | {"part": part, "base": base, "refusal": refusal, "following": desk.after(aspect)}
    return render(request, "entries/check.html", page, status=422 if refusal else 200)


@require_POST
def autosave(request, edition, stage, kecamatan, aspect):
    """Keep one aspect while the verifier works; answers with a sentence, and with what the next saving builds on."""
    desk = _desk(request, edition, stage, kecamatan)
    part = _aspect(desk, aspect)
    try:
        draft = _save(request, desk, part, typed_checks(part, request.POST))
    except Refused as refused:
        return JsonResponse({"says": refused.sentence}, status=422)
    kept = CheckDesk(desk.form, request.user)
    kept_part = kept.aspect(aspect)
    said = {"hour": _hour(draft), "seen": kept_part.n_seen, "total": len(kept_part.to_check), "points": kept.page.total}
    says = _("Tersimpan %(hour)s · %(seen)s dari %(total)s diperiksa · %(points)s poin setelah temuan") % said
    return JsonResponse({"says": says, "dasar": kept.base(kept_part)})


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, edition, stage, kecamatan):
    """What was found and what was not looked at; then the form is accepted as it stands, or goes back."""
    desk = _desk(request, edition, stage, kecamatan)
    started = {"reason": desk.draft.reason if desk.draft else ""}
    verdict = VerdictForm(request.POST or None, initial=started, n_unseen=desk.n_unseen)
    if request.method == "POST" and verdict.is_valid() and (said := _decide(request, desk, verdict)):
        messages.success(request, said)
        return redirect(f"{reverse('entries:queue')}?edisi={edition}&status=dikirim")
    page = _page(request, desk) | {"verdict": verdict}
    return render(request, "entries/decide.html", page, status=422 if request.method == "POST" else 200)


@require_POST
def autosave_reason(request, edition, stage, kecamatan):
    """Keep the words of a return while they are written."""
    desk = _desk(request, edition, stage, kecamatan)
    try:
        now = clock.now_of(desk.form.participation)
        draft = save_reason(desk.form, request.POST.get("reason", ""), by=request.user, now=now)
    except Refused as refused:
        return JsonResponse({"says": refused.sentence}, status=422)
    return JsonResponse({"says": _("Tersimpan %(hour)s") % {"hour": _hour(draft)}})


def _desk(request, edition, stage, kecamatan) -> CheckDesk:
    """The last form of a kecamatan before its verifier; 404 where there is none, and to whoever verifies nothing."""
    participation = find_participation(request, "form.read", edition, stage, kecamatan)
    form = participation.forms.filter(voided_at=None).order_by("-revision").prefetch_related("verifications").first()
    if form is None or Role.VERIFIER not in request.user.roles:
        raise Http404
    form.participation = participation
    return CheckDesk(form, request.user)


def _aspect(desk, code):
    if (part := desk.aspect(code)) is None:
        raise Http404
    return part


def _page(request, desk) -> dict:
    stage = require_form(desk.form).participation.stage
    cannot = why_not(request.user, "form.verify", desk.form.participation, now=clock.now_of(desk.form.participation))
    return {"desk": desk, "page": desk.page, "form": desk.form, "participation": desk.form.participation,
            "edition": stage.edition, "cannot": cannot, "checks_until": _until(stage)}  # fmt: skip


def _until(stage):
    """The last minute for verifiers."""
    return stage.checks_until or stage.closes_at


def _hour(draft) -> str:
    return hour_in_words(draft.updated_at, draft.form.edition.zone)


def _save(request, desk, part, checks):
    if request.POST.get("revisi") != str(desk.form.revision):
        raise Refused(str(NEWER))
    base, codes = request.POST.get("dasar", ""), codes_of(part)
    return save_checks(desk.form, checks, codes=codes, base=base, by=request.user, now=clock.now_of(desk.form.participation))


def _keep(request, desk, part) -> tuple[str, str]:
    """Keep what the page sent; return the sentence why not, and what the next saving builds on."""
    checks = typed_checks(part, request.POST, all_seen=request.POST.get("lanjut") == "selesai")
    base = desk.base(part)
    try:
        _save(request, desk, part, checks)
    except Stale as stale:
        _show_typed(desk, checks)
        desk.show_kept(desk.aspect(part.aspect.code), stale.kept)
        return stale.sentence, mark_of(stale.kept)
    except Refused as refused:
        _show_typed(desk, checks)
        return refused.sentence, base
    return "", base


def _show_typed(desk, checks) -> None:
    desk.typed = checks
    del desk.page


def _next(request, desk, part) -> str:
    """Where the button pressed leads: on to the next aspect, to the summary, or back to this page."""
    stage = desk.form.participation.stage
    place = (stage.edition.code, stage.code, desk.form.region_code)
    asked, following = request.POST.get("lanjut", ""), desk.after(part.aspect.code)
    if asked == "selesai" and following:
        return reverse("entries:check", args=(*place, following.aspect.code))
    if asked in ("selesai", "putusan"):
        return reverse("entries:decide", args=place)
    return reverse("entries:check", args=(*place, part.aspect.code))


def _decide(request, desk, verdict) -> str:
    """Do what the button pressed says; return the sentence for the next page, or "" where nothing was done."""
    decision, form = request.POST.get("putusan"), desk.form
    now = clock.now_of(form.participation)
    seen, said = request.POST.get("dilihat", ""), {"name": form.participation.entry}
    if request.POST.get("revisi") != str(form.revision):
        verdict.add_error(None, NEWER)
    elif decision == "terima" and not verdict.refuse_unseen():
        if attempt(verdict, lambda: accept_checked(form, seen=seen, by=request.user, now=now)):
            return _("Isian %(name)s diterima.") % said
    elif decision == "kembalikan":
        reason = verdict.cleaned_data["reason"]
        if attempt(verdict, lambda: return_checked(form, seen=seen, reason=reason, by=request.user, now=now)):
            return _("Isian %(name)s dikembalikan.") % said
    return ""
