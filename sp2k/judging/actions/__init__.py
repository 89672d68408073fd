"""Verbs of the panel, its sheets and its visits, each in the module of its noun."""

from sp2k.judging.actions.claims import (
    note_presentation_claim,
    place_claim,
    set_visit_plan,
    void_presentation_claim,
)
from sp2k.judging.actions.confirming import confirm_paper, object_to_paper
from sp2k.judging.actions.drafts import choose_version, discard_draft, keep_draft
from sp2k.judging.actions.panel import assign_jurors, declare_conflict, record_attendance, seat_person, set_up_panel
from sp2k.judging.actions.paper import attach_scan, print_papers, settle_paper, type_paper, withdraw_paper
from sp2k.judging.actions.sheets import keep_late_sheet, record_sheet, send_sheet
from sp2k.judging.actions.visits import record_visit_finding
from sp2k.judging.actions.voiding import void_finding, void_sheet

__all__ = [
    "assign_jurors", "attach_scan", "choose_version", "confirm_paper", "declare_conflict", "discard_draft",
    "keep_draft", "keep_late_sheet", "note_presentation_claim", "object_to_paper", "place_claim", "print_papers",
    "record_attendance", "record_sheet", "record_visit_finding", "seat_person", "send_sheet", "set_up_panel",
    "set_visit_plan", "settle_paper", "type_paper", "void_finding", "void_presentation_claim", "void_sheet",
    "withdraw_paper",
]  # fmt: skip
