"""Verbs of an edition, each in the module of its noun: opening and revising, approving and locking, its calendar."""

from sp2k.editions.actions.approving import Paper, give_approval, lock_rules
from sp2k.editions.actions.calendar import (
    carry_out_move,
    move_announcement,
    move_stage,
    propose_move,
    set_holidays,
    withdraw_move,
)
from sp2k.editions.actions.opening import StaleText, keep_lost_text, open_edition, revise_edition, void_edition

__all__ = [
    "Paper", "StaleText", "carry_out_move", "give_approval", "keep_lost_text", "lock_rules",
    "move_announcement", "move_stage", "open_edition", "propose_move", "revise_edition", "set_holidays", "void_edition",
    "withdraw_move",
]  # fmt: skip
