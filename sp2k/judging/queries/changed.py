"""Stopping acts of a session's day or a visit: each holds what it looks at, narrower than `refuse_changed_panel`."""

from sp2k.editions.models import Stage
from sp2k.editions.queries.opening import open_instruments, open_rules
from sp2k.entries.queries.innovations import open_innovations
from sp2k.journal.opening import Opening, open_chain_of, open_lines
from sp2k.judging.models import (
    Assignment,
    ClaimPlace,
    Conflict,
    PaperSettlement,
    PaperSheet,
    PaperTyping,
    PresentationClaim,
    Seat,
    Seating,
)
from sp2k.judging.opening.attendance import open_attendance
from sp2k.judging.opening.claims import open_claims
from sp2k.judging.opening.papers import OBJECTED, PRINTED, SCANNED, SETTLED, WITHDRAWN
from sp2k.judging.queries.opening import open_duties, open_findings, open_papers, open_seats, open_sheets
from sp2k.judging.queries.visits import PanelEntry

PAPER = ("paper.type", "paper.confirm", PRINTED, SCANNED, SETTLED, OBJECTED, WITHDRAWN, "file.erase", "paper.erase")


def refuse_changed_duties(stage: Stage, act: str) -> None:
    """Stop an act about who was there or may not judge whom, where seats, duties, attendance, conflicts or sheets changed."""
    opening = open_chain_of(stage.edition.chain_id, reads_bytes=False)
    opening.expect_whole_database(Seat, Seating, Conflict, Assignment)
    _open_duties(opening, stage)
    opening.refuse_faults(act)


def refuse_changed_papers(stage: Stage, act: str) -> None:
    """Stop an act about a paper, where it or what it meets is not what the lines say: rules, duties, sheets, findings.

    All papers of the stage are held: a line that printed several seals them together.
    """
    opening = open_chain_of(stage.edition.chain_id, reads_bytes=False)
    opening.expect_whole_database(Seat, Seating, Conflict, Assignment, PaperSheet, PaperTyping, PaperSettlement)
    open_rules(opening, stage.edition)
    open_instruments(opening, stage.edition)
    _open_duties(opening, stage)
    open_papers(opening, stage)
    if stage.kind == Stage.Kind.VISIT:
        open_findings(opening, stage)
        open_claims(opening, stage)
    opening.refuse_faults(act)


def require_papers(stage: Stage) -> None:
    """Refuse to show papers whose typings, scans, settlements or objections are not those of their lines."""
    opening = open_lines(stage.edition.chain_id, PAPER)
    opening.reads_bytes = False
    open_papers(opening, stage)
    opening.refuse_to_show(of_others=True)


def refuse_changed_claims(entry: PanelEntry, act: str) -> None:
    """Stop an act about claims, or where they are seen, that are not what their lines say; innovations are claims too.

    The rules are held with them: they say whether jurors note claims at all.
    """
    opening = open_chain_of(entry.edition.chain_id, reads_bytes=False)
    opening.expect_whole_database(PresentationClaim, ClaimPlace)
    open_rules(opening, entry.edition)
    open_innovations(opening, entry.edition)
    for stage in entry.edition.stages.filter(kind__in=(Stage.Kind.SCORING, Stage.Kind.VISIT)):
        stage.edition = entry.edition
        open_claims(opening, stage)
        open_findings(opening, stage)
    opening.refuse_faults(act)


def _open_duties(opening: Opening, stage: Stage) -> None:
    open_seats(opening, stage)
    open_duties(opening, stage)
    open_attendance(opening, stage)
    open_sheets(opening, stage)
