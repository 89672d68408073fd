"""The rows of judging, each in the module of its noun."""

from sp2k.judging.models.panel import Assignment, Conflict, Seat, Seating, barred_entries
from sp2k.judging.models.paper import PaperSettlement, PaperSheet, PaperTyping
from sp2k.judging.models.schedule import Draw, Reminder, Session, Slot
from sp2k.judging.models.sheets import LateSheet, Mark, Sheet, SheetDraft
from sp2k.judging.models.visits import (
    ClaimPlace,
    HeldPhoto,
    PlannedClaim,
    PresentationClaim,
    VisitFinding,
    VisitPhoto,
    VisitPlan,
)

__all__ = [
    "Assignment", "ClaimPlace", "Conflict", "Draw", "HeldPhoto", "LateSheet", "Mark", "PaperSettlement",
    "PaperSheet", "PaperTyping", "PlannedClaim", "PresentationClaim", "Reminder", "Seat", "Seating", "Session",
    "Sheet", "SheetDraft", "Slot", "VisitFinding", "VisitPhoto", "VisitPlan",
    "barred_entries",
]  # fmt: skip
