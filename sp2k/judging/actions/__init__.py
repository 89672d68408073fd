"""Verbs of the panel, its sheets and its visits, each in the module of its noun."""

from sp2k.judging.actions.claims import (
    note_presentation_claim,
    place_claim,
    set_visit_plan,
    void_presentation_claim,
)
from sp2k.judging.actions.confirming import confirm_paper, object_to_paper
from sp2k.judging.actions.drafts import choose_version, discard_draft, keep_draft
from sp2k.judging.actions.duties import assign_jurors, carry_out_plan, record_attendance
from sp2k.judging.actions.panel import (
    declare_conflict,
    refresh_home_conflicts,
    replace_person,
    seat_person,
    set_up_panel,
    withdraw_replacement,
)
from sp2k.judging.actions.paper import attach_scan, erase_scan, print_papers, settle_paper, type_paper, withdraw_paper
from sp2k.judging.actions.reminders import remind
from sp2k.judging.actions.schedule import draw_order, remove_session, set_session, swap_turns
from sp2k.judging.actions.sheets import keep_late_sheet, record_sheet, send_sheet, take_late_sheet
from sp2k.judging.actions.visits import hold_photos, record_visit_finding
from sp2k.judging.actions.voiding import erase_photo, void_finding, void_sheet

__all__ = [
    "assign_jurors", "attach_scan", "carry_out_plan", "choose_version", "confirm_paper", "declare_conflict",
    "discard_draft", "draw_order", "erase_photo", "erase_scan",
    "hold_photos", "keep_draft", "keep_late_sheet", "note_presentation_claim",
    "object_to_paper", "place_claim", "print_papers", "record_attendance", "record_sheet", "record_visit_finding",
    "refresh_home_conflicts", "remind", "remove_session", "replace_person", "seat_person", "send_sheet", "set_session",
    "set_up_panel", "set_visit_plan", "settle_paper", "swap_turns", "take_late_sheet", "type_paper", "void_finding",
    "void_presentation_claim", "void_sheet", "withdraw_paper", "withdraw_replacement",
]  # fmt: skip
