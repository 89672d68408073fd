"""A juror's sheets: the list, the sheet being filled, kept as draft, sealed and sent, read again, changed with a reason."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sp2k.base import clock
from sp2k.base.refusals import NotAllowed, Refused
from sp2k.base.wording import hour_in_words
from sp2k.entries.queries.shown import require_shown
from sp2k.entries.views.finding import SHOWING
from sp2k.judging.actions import choose_version, discard_draft, keep_draft, send_sheet
from sp2k.judging.actions.drafts import is_set_aside
from sp2k.judging.forms.sheets import copy_of, sending_of
from sp2k.judging.models import Sheet
from sp2k.judging.opening.schedule import require_schedule
from sp2k.judging.queries.paper import papers_to_confirm
from sp2k.judging.queries.sheets import duties_by_stage, still_waiting
from sp2k.judging.sheet_desk import SheetDesk, desk_of

WAITING = "belum"


@require_safe
def duties(request):
    """The juror's duties, stage by stage, each with how far it is; the sheets of one that is over are asked for by name."""
    only_waiting, only_stage = request.GET.get("saring") == WAITING, request.GET.get("tahap", "")
    stages = duties_by_stage(request.user, now=clock.clocks())
    shown = [one for one in stages if one.key == only_stage] if only_stage else stages
    if only_stage and not shown:
        raise Http404
    editions = {one.edition.pk: one.edition for one in shown}
    require_shown(*editions.values())
    for one in shown:
        require_schedule(one.stage)
    edition = next(iter(editions.values())) if len(editions) == 1 else None  # the frame names an edition only for its own page
    page = {"stages": still_waiting(shown) if only_waiting else shown, "has_any": bool(stages), "edition": edition}
    page |= {"only_waiting": only_waiting, "only_stage": only_stage}
    page["papers"] = papers_to_confirm(request.user)
    return render(request, "judging/duties.html", page)


@require_safe
def sheet(request, duty):
    """One duty: its sheet as sent, or to be filled, or why the juror does not fill it."""
    desk = _desk(request, duty)
    if desk.row.standing or (desk.row.late and desk.is_late):
        return render(request, "judging/sealed.html", desk.sealed_page())
    return _fill(request, desk)


@require_safe
def change_sheet(request, duty):
    """A sheet already received, open for a change with a reason."""
    desk = _desk(request, duty)
    return _fill(request, desk) if desk.row.standing else redirect("judging:sheet", duty)


@require_POST
def keep(request, duty):
    """Keep what is typed as a draft: for the page while someone types (JSON), or by the button without it."""
    desk = _desk(request, duty)
    wants_json = "application/json" in request.headers.get("Accept", "")
    form = desk.form(request.POST, is_draft=True)
    try:
        draft = _keep(request, desk, form)
    except Refused as refused:
        return _not_kept(request, desk, form, refused, wants_json=wants_json)
    is_apart = is_set_aside(draft, request.POST.get("naskah", ""))
    says = _says(desk, draft, form, is_apart=is_apart)
    if wants_json:
        return JsonResponse({"says": says}, status=409 if is_apart else 200)
    if is_apart:
        return redirect("judging:versions", duty)
    (messages.warning if form.faults() else messages.success)(request, says)
    return redirect(desk.form_name, duty)


@require_POST
def send(request, duty):
    """Seal a sheet and send it. What is refused comes back as typed; what another device changed is set side by side."""
    desk = _desk(request, duty)
    form = desk.form(request.POST)
    try:
        sending = sending_of(request.POST)
        if form.is_valid():
            sent = send_sheet(desk.duty, by=request.user, now=desk.now, sending=sending, **form.sealed())
            messages.success(request, _received(sent, desk)) if isinstance(sent, Sheet) else None
            return redirect("judging:sheet", duty)
    except Refused as refused:
        form.add_error(None, refused.marked)
        return _not_sent(request, desk, form, status=_status_of(refused))
    return _not_sent(request, desk, form)


def versions(request, duty):
    """The versions of one sheet side by side, and the juror's choice among them."""
    desk = _desk(request, duty)
    if desk.row.draft is None:
        return redirect("judging:sheet", duty)
    if request.method == "POST":
        return _choose(request, desk)
    return render(request, "judging/versions.html", desk.versions_page())


@require_safe
def revision(request, duty, number):
    """One of the juror's own revisions, as sent."""
    desk = _desk(request, duty)
    own = next((own for own in desk.row.sheets if own.sheet.revision == number), None)
    if own is None:
        raise Http404
    return render(request, "judging/sealed.html", desk.sealed_page(own))


def _desk(request, duty) -> SheetDesk:
    desk = desk_of(request.user, duty, now=clock.clocks())
    if desk is None:
        raise Http404
    if request.method in SHOWING:
        require_shown(desk.duty.edition)
    return desk


def _fill(request, desk):
    """The form; or why there is none; or the choice, where a draft changes a revision that no longer is the last."""
    if desk.why_not:
        return render(request, "judging/barred.html", desk.page(), status=403)
    if desk.is_stale:
        return redirect("judging:versions", desk.duty.pk)
    return render(request, "judging/sheet.html", desk.form_page())


def _keep(request, desk, form):
    return keep_draft(
        desk.duty, form.typed(), copy_of(request.POST), sending_of(request.POST), by=request.user, now=desk.now
    )


def _says(desk, draft, form, *, is_apart) -> str:
    if draft is None:
        return _("Belum ada yang diketik.")
    hour = hour_in_words(draft.updated_at, desk.zone)
    if is_apart:
        return _(
            "Lembar ini juga diubah di perangkat lain pukul %(hour)s. Ketikan di halaman ini disimpan terpisah; "
            'tekan "Simpan draf" untuk memilih versi yang berlaku.'
        ) % {"hour": hour}  # fmt: skip
    return " ".join([_("Tersimpan %(hour)s.") % {"hour": hour}, *form.faults()])


def _not_kept(request, desk, form, refused, *, wants_json):
    status = _status_of(refused)
    if wants_json:
        return JsonResponse({"says": refused.sentence}, status=status)
    form.add_error(None, refused.marked)
    return render(request, "judging/sheet.html", desk.form_page(form), status=status)


def _status_of(refused) -> int:
    return 403 if isinstance(refused, NotAllowed) else 422


def _received(sent, desk) -> str:
    return _("Lembar diterima server pukul %(hour)s.") % {"hour": hour_in_words(sent.at, desk.zone)}


def _not_sent(request, desk, form, *, status=422):
    """Keep what was typed as a draft too, then show it again; or the choice, if another device was faster."""
    try:
        draft = _keep(request, desk, form)
    except Refused:
        draft = None
    desk = _desk(request, desk.duty.pk)
    is_apart = is_set_aside(draft, request.POST.get("naskah", ""))
    if is_apart or desk.is_stale:
        return redirect("judging:versions", desk.duty.pk)
    return render(request, "judging/sheet.html", desk.form_page(form), status=status)


def _choose(request, desk):
    chosen = request.POST.get("pilih", "")
    if chosen == "buang":
        discard_draft(desk.row.draft, by=request.user, now=desk.now)
        messages.success(request, _("Draf dibuang. Lembar yang sudah diterima tetap berlaku."))
        return redirect("judging:sheet", desk.duty.pk)
    try:
        choose_version(desk.row.draft, chosen, base_rev=desk.revision, by=request.user, now=desk.now)
    except Refused as refused:
        messages.error(request, refused.marked)
        return redirect("judging:versions", desk.duty.pk)
    return redirect(desk.form_name, desk.duty.pk)
