"""A form as it was sent, with its revisions and findings; and the evidence, to be saved and looked at elsewhere."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sp2k.accounts.policy import why_not
from sp2k.base import clock
from sp2k.entries.models import DraftDocument, Evidence, FormDraft
from sp2k.entries.queries import newest_voided, participations_visible_to
from sp2k.entries.queries.opening import require_form
from sp2k.entries.reading import FormPage
from sp2k.entries.views.finding import admit, download, find_participation


@require_safe
def form(request, edition, stage, kecamatan, revision=None):
    """The last form of a kecamatan, or the revision asked for."""
    participation = find_participation(request, "form.read", edition, stage, kecamatan)
    forms = list(participation.forms.select_related("by", "voided_by").prefetch_related("verifications").order_by("-revision"))
    shown = next((row for row in forms if row.revision == revision or revision is None and not row.is_voided), None)
    if revision is not None and shown is None:
        raise Http404
    if shown:
        shown.participation = participation
    now = clock.now_of(participation)
    newest = next((row for row in forms if not row.is_voided), None)
    page = {"participation": participation, "forms": forms, "shown": shown, "edition": participation.edition}
    page["page"] = FormPage(require_form(shown)) if shown else None
    page["is_waiting"] = shown is not None and shown == newest and not shown.standing_verifications
    page["draft"] = FormDraft.objects.filter(participation=participation).first()
    page["voided"] = newest_voided([participation]).get(participation.pk)
    page["may_fill"] = why_not(request.user, "draft.read", participation, now=now) is None
    page["cannot_fill"] = why_not(request.user, "form.fill", participation, now=now)
    page["cannot_verify"] = why_not(request.user, "form.verify", participation, now=now)
    return render(request, "entries/form.html", page)


@require_safe
def evidence(request, pk):
    """One piece of evidence of a form that was sent."""
    seen = participations_visible_to(request.user)
    row = get_object_or_404(Evidence.objects.select_related("blob", "form"), pk=pk, form__participation__in=seen)
    admit(request.user, "form.read", seen.get(pk=row.form.participation_id))
    require_form(row.form, with_decisions=False)
    return download(row.blob, row.name)


@require_safe
def draft_document(request, pk):
    """One file of a draft: for the kecamatan that uploaded it."""
    seen = participations_visible_to(request.user)
    row = get_object_or_404(DraftDocument.objects.select_related("blob", "draft"), pk=pk, draft__participation__in=seen)
    admit(request.user, "draft.read", seen.get(pk=row.draft.participation_id))
    return download(row.blob, row.name)
