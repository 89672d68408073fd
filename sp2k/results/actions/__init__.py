"""What is done with a stage's count, each act in the module of its moment."""

from sp2k.results.actions.closing import advance, freeze_tally, lock_stage
from sp2k.results.actions.corrections import approve_correction, propose_correction, refuse_correction
from sp2k.results.actions.deciding import decide_result, give_titles, propose_result, return_result
from sp2k.results.actions.selection import decline, nominate, rank_regency, upload_minutes

__all__ = [
    "advance", "approve_correction", "decide_result", "decline", "freeze_tally", "give_titles", "lock_stage", "nominate",
    "propose_correction", "propose_result", "rank_regency", "refuse_correction", "return_result", "upload_minutes",
]  # fmt: skip
