"""The regency's verifier: the queue of forms, and one form with its evidence beside every claim."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sp2k.accounts.policy import why_not
from sp2k.accounts.roles import Role
from sp2k.base import clock
from sp2k.base.pages.acting import attempt
from sp2k.base.pages.paging import page_of
from sp2k.entries.actions import accept_forms, return_form
from sp2k.entries.forms.verifying import VerdictForm, examined
from sp2k.entries.queries.participants import Wanted, filling_stages, listed, regencies_within
from sp2k.entries.views.finding import find_participation
from sp2k.entries.views.participants import with_badges


@require_safe
def queue(request):
    """The forms of one's own regency in the filling stage asked for."""
    if not request.user.roles & {Role.VERIFIER, Role.REGENCY}:
        raise Http404
    stages = filling_stages(request.user)
    stage = _stage_asked_for(stages, request.GET.get("edisi"))
    if stage is None:
        return render(request, "entries/queue.html", {"stage": None})
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
    now = clock.now()
    return asked or next((row for row in stages if row.is_open_for_checks(now)), stages[0] if stages else None)


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request, edition, stage, kecamatan):
    """The last form, claim by claim: what is ticked is not accepted; the form is accepted as it stands, or goes back."""
    participation = find_participation(request, "form.read", edition, stage, kecamatan)
    form = participation.forms.filter(voided_at=None).order_by("-revision").prefetch_related("verifications").first()
    cannot = why_not(request.user, "form.verify", participation, now=clock.now())
    if form is None or Role.VERIFIER not in request.user.roles:
        raise Http404
    form.participation = participation
    seen = examined(form, request.POST if request.method == "POST" else None)
    verdict = VerdictForm(request.POST or None)
    if request.method == "POST" and verdict.is_valid() and (said := _decide(request, form, seen, verdict)):
        messages.success(request, said)
        return redirect("entries:queue")
    refused = request.method == "POST" and request.POST.get("putusan") != "hitung"
    page = {"participation": participation, "form": form, "page": seen, "verdict": verdict, "cannot": cannot}
    page |= {"edition": participation.edition, "standing": form.standing_verifications}
    page["checks_until"] = _until(participation.stage)
    return render(request, "entries/verify.html", page, status=422 if refused else 200)


def _until(stage):
    """The last minute for verifiers."""
    return stage.checks_until or stage.closes_at


def _decide(request, form, seen, verdict) -> str:
    """Do what the button pressed says; return the sentence for the next page, or "" where nothing was done."""
    decision, name, now = request.POST.get("putusan"), form.participation.entry, clock.now()
    stale = request.POST.get("revisi") not in (None, str(form.revision))
    if stale:
        verdict.add_error(None, _("Kecamatan mengirim revisi baru sejak halaman ini dibuka. Periksa revisi itu di bawah."))
    elif decision == "terima":
        rejected, notes = {form.pk: seen.refused}, {form.pk: seen.notes}
        if attempt(verdict, lambda: accept_forms([form], rejected=rejected, notes=notes, by=request.user, now=now)):
            return _("Isian %(name)s diterima.") % {"name": name}
    elif decision == "kembalikan":
        reason = verdict.cleaned_data["reason"]
        if attempt(verdict, lambda: return_form(form, reason=reason, by=request.user, now=now)):
            return _("Isian %(name)s dikembalikan.") % {"name": name}
    return ""
