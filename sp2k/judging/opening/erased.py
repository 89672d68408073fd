"""Whether a photo or a scan was erased lawfully: nothing that stands rested on it when the act that erased it came."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sp2k.journal.opening import Opening
from sp2k.judging.models import PaperSheet, VisitFinding, VisitPhoto


def findings_with(found: Sequence[VisitFinding]) -> dict[str, list[VisitFinding]]:
    """{SHA-256: findings that a photo belongs to}"""
    rows, by_photo = {row.pk: row for row in found}, defaultdict(list)
    for finding, sha256 in VisitPhoto.objects.filter(finding__in=found).values_list("finding", "blob"):
        by_photo[sha256].append(rows[finding])
    return by_photo


def has_let_go(opening: Opening, finding: VisitFinding, erasing: int, own: Mapping[str, int]) -> bool:
    """Whether a finding did not rest on a photo when it was erased: an act on the same entry's, or voided by then."""
    if own.get(opening.replayed.entries[erasing]["body"].get("c")) == finding.participation_id:
        return True
    void = opening.line_of(("finding.void",), finding.commitment)
    return void is not None and void < erasing


def has_let_scan_go(opening: Opening, paper: PaperSheet, erasing: int) -> bool:
    """Whether the act that erased a scan was one on this paper, or the paper was withdrawn by then."""
    line = opening.replayed.entries[erasing]
    if line["type"] == "paper.erase" and line["body"].get("code", paper.code) == paper.code:
        return True
    return paper.withdrawn_at is not None and paper.withdrawn_at <= opening.replayed.acts[erasing][1]
