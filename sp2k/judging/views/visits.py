"""Field visits: the list, the checklist by place, one claim with its finding, the plan, photos and minutes."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.accounts.policy import why_not
from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.base.pages.acting import attempt, attempt_plainly
from sp2k.base.refusals import Refused
from sp2k.entries.queries.opening import require_form
from sp2k.entries.queries.shown import require_shown
from sp2k.entries.views.finding import SHOWING, admit, download
from sp2k.judging.actions import hold_photos, place_claim, record_visit_finding, set_visit_plan
from sp2k.judging.forms.visits import FindingForm, PlaceForm, PlanForm
from sp2k.judging.minutes.visit import visit_minutes_pdf
from sp2k.judging.queries.checklist import checklist_of, claim_of, held_photos, overtaken
from sp2k.judging.queries.claims import chosen_claims, latest_plan, visit_claims
from sp2k.judging.queries.opening import require_findings, require_institutions
from sp2k.judging.queries.visits import (
    panel_entry,
    visit_evidence,
    visit_innovation,
    visit_photo,
    visit_rows,
    visits_visible_to,
)
from sp2k.judging.verdicts import declared_verdicts


@require_safe
def visits(request):
    """The visits one may know of, by stage, with how far each is and never what was found."""
    rows = visit_rows(request.user)
    editions = {row.visit.edition.pk: row.visit.edition for row in rows}.values()
    require_shown(*editions)
    for edition in editions:
        require_institutions(edition)
    return render(request, "judging/visits/list.html", {"rows": rows})


@require_safe
def visit(request, pk):
    """The checklist of a visit by place; without the findings for whoever may not read them yet."""
    visit = _visit(request, "visit.follow", pk)
    now = clock.now_of(visit)
    reason = why_not(request.user, "visit.read", visit, now=now)
    listed = checklist_of(visit, user=request.user, may_read=reason is None)
    page = {"visit": visit, "edition": visit.edition, "reason": reason, "list": listed}
    return render(request, "judging/visits/visit.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request, pk):
    """Choose beforehand which claims are looked into, and where."""
    visit = _visit(request, "visit.plan", pk)
    claims, standing = visit_claims(visit.participation), latest_plan(visit.participation)
    chosen = [claim.code for claim in chosen_claims(claims, standing)]
    form = PlanForm(
        request.POST or None, initial=PlanForm.numbered(standing.revision if standing else 0),
        claims=claims, chosen=chosen, is_change=standing is not None,
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        acted = {"by": request.user, "now": clock.now_of(visit), **form.plan()}
        if attempt(form, lambda: set_visit_plan(visit.participation, **acted)):
            return redirect("judging:visit", pk)
    page = {"visit": visit, "edition": visit.edition, "form": form, "plan": standing}
    return render(request, "judging/visits/plan.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request, pk, claim):
    """One claim: what was claimed, the finding and how it changed; for the team the form to record it."""
    visit = _visit(request, "visit.read", pk)
    shown, duty = _claim(visit, claim), visit.duty_of(request.user)
    if request.method != "POST":
        form = _blank_form(visit, shown, request.user, held=held_photos(duty, request.user, claim)) if duty else None
        return render(request, "judging/visits/claim.html", _page(visit, shown, form, duty))
    if duty is None:
        raise Http404
    before = shown.revision(request.POST.get("base_rev"))
    held = held_photos(duty, request.user, claim, also=request.POST.getlist("held"))
    form = _form(visit, before, held=held, data=request.POST, files=request.FILES)
    if is_whole := form.is_valid():
        acted = {"by": request.user, "now": clock.now_of(visit), **form.finding()}
        if finding := attempt(form, lambda: record_visit_finding(duty, claim, **acted)):
            messages.success(request, _said(finding, shown.verdicts))
            return redirect(reverse("judging:visit", args=[pk]) + f"#klaim-{claim}")
    shown, held = _claim(visit, claim), _hold(request, duty, claim, form)
    if is_whole and overtaken(shown, form.sending):
        page = _page(visit, shown, _blank_form(visit, shown, request.user, typed=form.cleaned_data, held=held), duty)
        return render(request, "judging/visits/conflict.html", page, status=409)
    return render(request, "judging/visits/claim.html", _page(visit, shown, form, duty), status=422)


@require_POST
def place(request, pk, claim):
    """Say where a claim is to be seen."""
    visit = _visit(request, "visit.read", pk)
    duty, form = visit.duty_of(request.user), PlaceForm(request.POST)
    if duty is None:
        raise Http404
    _claim(visit, claim)
    typed = form.data.get("place", "")
    attempt_plainly(
        request, lambda: place_claim(duty, claim, typed, by=request.user, now=clock.now_of(duty)) or True,
        done=_("Tempat klaim %s disimpan.") % claim,
    )  # fmt: skip
    return redirect("judging:visit-claim", pk, claim)


@require_safe
def photo(request, pk, photo):
    """A photo of a finding, from our own address and never as anything but a picture."""
    visit = _visit(request, "visit.read", pk)
    found = visit_photo(visit.participation, photo)
    if found is None or found.blob.erased_at:
        raise Http404
    require_findings(visit.stage, [found.finding])
    response = HttpResponse(read_blob(found.blob), content_type=found.blob.content_type)
    response.headers["Content-Disposition"] = f'inline; filename="foto-{found.blob.sha256[:12]}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_safe
def evidence(request, pk, evidence):
    """A piece of evidence behind a claim of the visited entry, to be saved and looked at elsewhere."""
    found = visit_evidence(_visit(request, "visit.read", pk).participation, evidence)
    if found is None:
        raise Http404
    require_form(found.form, with_decisions=False)
    return download(found.blob, found.name)


@require_safe
def innovation_document(request, pk, number):
    """What the visited entry attached to an innovation."""
    found = visit_innovation(_visit(request, "visit.read", pk).participation, number)
    if found is None:
        raise Http404
    return download(found.document, found.document_name)


@require_safe
def minutes(request, pk):
    """The visit's minutes as they stand now."""
    visit = _visit(request, "visit.read", pk)
    response = HttpResponse(visit_minutes_pdf(visit), content_type="application/pdf")
    name = f"berita-acara-{visit.edition.code}-{visit.region_code}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _visit(request, action, pk):
    """Return a visit that the viewer may know of and may do `action` to; 404, or 403 with the reason."""
    visit = panel_entry(get_object_or_404(visits_visible_to(request.user), pk=pk))
    admit(request.user, action, visit)
    if request.method in SHOWING:
        require_shown(visit.edition)
    return visit


def _claim(visit, code):
    found = claim_of(visit, code)
    if found is None:
        raise Http404
    return found


def _hold(request, duty, claim, form):
    """Keep the photos of a sending that was refused, and let the form show them."""
    try:
        photos = hold_photos(duty, claim, form.taken, by=request.user, now=clock.now_of(duty)) if form.taken else []
    except Refused:
        photos = []
    form.show_held(photos)
    return held_photos(duty, request.user, claim, also=form.data.getlist("held"))


def _form(visit, before, **given):
    return FindingForm(
        verdicts=declared_verdicts(visit.stage), zone=visit.edition.zone, before=before, **given
    )


def _blank_form(visit, shown, user, *, typed=None, held=()):
    """A form for a new finding or a change of the standing one, with what was typed where that has to be typed again."""
    latest = shown.latest
    now = clock.now_of(visit)
    initial = {"place": shown.claim.place_seen, "seen_at": now}
    if (voided := shown.voided_of(user)) and not latest:
        initial |= {"verdict": voided.verdict, "note": voided.note, "place": voided.place, "seen_at": voided.seen_at or now}
    if latest:
        initial |= {"verdict": latest.verdict, "note": latest.note, "seen_at": latest.seen_at or now}
        initial["kept"] = [str(photo.pk) for photo in latest.photos.all()]
    if typed:
        initial |= {name: typed[name] for name in ("verdict", "note", "place", "seen_at")}
    initial |= FindingForm.numbered(latest.revision if latest else 0)
    return _form(visit, latest, held=held, initial=initial)


def _said(finding, verdicts) -> str:
    verdict = verdicts[finding.verdict]
    return f"{_('Temuan %s tersimpan') % finding.claim}: {verdict.label}, {verdict.effect}."


def _page(visit, shown, form, duty) -> dict:
    page = {"visit": visit, "edition": visit.edition, "claim": shown.claim, "form": form, "duty": duty}
    return page | {"history": shown.history, "standing": shown.latest, "verdicts": shown.verdicts}
