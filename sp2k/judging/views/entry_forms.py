"""The form of an entry, for those who judge it: answers and evidence, without points."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sp2k.entries.queries.opening import require_form
from sp2k.entries.queries.shown import require_shown
from sp2k.entries.reading import FormPage
from sp2k.entries.views.finding import admit, download
from sp2k.judging.queries.visits import PanelEntry, judged_entries_visible_to, panel_entry, standing_form


@require_safe
def form(request, pk):
    """What the entry answered and attached, as it stands. Its points are its regency's ranking, which no juror reads."""
    judged = _judged(request, pk)
    sent = standing_form(judged.participation)
    if sent:
        require_form(sent, with_decisions=False)
    page = {
        "judged": judged, "edition": judged.edition, "sent": sent, "page": FormPage(sent) if sent else None,
        "duty": judged.duty_of(request.user),
    }  # fmt: skip
    return render(request, "judging/entry_form.html", page)


@require_safe
def evidence(request, pk, evidence):
    """One piece of evidence of that form, to be saved and looked at elsewhere."""
    sent = standing_form(_judged(request, pk).participation)
    if sent is None:
        raise Http404
    found = get_object_or_404(sent.evidence.select_related("blob"), pk=evidence)
    require_form(sent, with_decisions=False)
    return download(found.blob, found.name)


def _judged(request, pk) -> PanelEntry:
    judged = panel_entry(get_object_or_404(judged_entries_visible_to(request.user), pk=pk))
    admit(request.user, "form.read", judged)
    require_shown(judged.edition)
    return judged
