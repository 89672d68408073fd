"""What is done with a stage's count, each act in the module of its moment."""

from sp2k.results.actions.closing import advance, check_edition, freeze_tally, lock_stage
from sp2k.results.actions.corrections import approve_correction, propose_correction, refuse_correction
from sp2k.results.actions.deciding import decide_result, give_titles, propose_result, return_result
from sp2k.results.actions.early import approve_lock, lock_early, withdraw_early_lock
from sp2k.results.actions.selection import decline, nominate, rank_regency, upload_minutes
from sp2k.results.actions.silence import answer_for_silent, propose_silent_answer, withdraw_silent_answer
from sp2k.results.actions.taking_back import correct_minutes_number, take_back_answer, take_back_ranking

__all__ = [
    "advance", "answer_for_silent", "approve_correction", "approve_lock", "check_edition", "correct_minutes_number",
    "decide_result", "decline", "freeze_tally", "give_titles", "lock_early", "lock_stage", "nominate", "propose_correction",
    "propose_result", "propose_silent_answer", "rank_regency", "refuse_correction", "return_result",
    "take_back_answer", "take_back_ranking", "upload_minutes", "withdraw_early_lock", "withdraw_silent_answer",
]  # fmt: skip
