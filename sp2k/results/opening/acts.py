"""Acts as the journal tells them in their order, beside the rows that they made and took back."""

from collections.abc import Iterator
from dataclasses import dataclass

from sp2k.journal.opening import OTHER_ACT, UNTOLD

NOT_WITHDRAWN = "ditandai ditarik kembali tanpa tindakan yang menariknya"


@dataclass
class Act:
    """A line that counted or answered for a regency, and the line that took it back, if any."""

    seq: int
    type: str
    body: dict
    revoked: int | None = None


def acts_of(opening, stage, regency: str, types, revoking: str) -> list[Act]:
    """The acts of a regency (or of the stage itself) in the order of the journal."""
    acts: list[Act] = []
    for seq, body in opening.entries(*types, revoking, stage=stage.code):
        if body.get("regency", "") != regency:
            continue
        kind = opening.replayed.entries[seq]["type"]
        if kind != revoking:
            acts.append(Act(seq, kind, body))
        elif acts:
            acts[-1].revoked = seq
    return acts


def paired(opening, rows, acts: list[Act], what) -> Iterator[tuple]:
    """Each row with the act that made it, both in their order; a row too many is one that no line tells of."""
    for n, row in enumerate(rows):
        if n < len(acts):
            yield row, acts[n]
        else:
            opening.fail(what, UNTOLD)


def hold_withdrawal(opening, row, act: Act, what) -> None:
    if (row.withdrawn_at is not None) != (act.revoked is not None):
        why = NOT_WITHDRAWN if row.withdrawn_at else "penarikannya kembali dihapus"
        opening.fail(what, why, act.revoked)
    elif act.revoked is None:
        if row.withdrawn_reason or row.withdrawn_by_id or row.is_withdrawn_by_bureau:
            opening.fail(what, NOT_WITHDRAWN)
    else:
        said = opening.replayed.entries[act.revoked]["body"]
        is_same = (said["reason"], said["by_bureau"]) == (row.withdrawn_reason, row.is_withdrawn_by_bureau)
        if opening.hold(is_same, f"Penarikan kembali: {what}", act.revoked):
            hold_second(opening, row.withdrawn_by, row.withdrawn_at, f"Penarikan kembali: {what}", act.revoked)


def hold_second(opening, by, at, what, seq: int) -> None:
    """Hold who did the further act on a row, and when."""
    if (by and by.get_username(), at) != opening.replayed.acts[seq]:
        opening.fail(what, OTHER_ACT, seq)


def by_name(rows, name: str) -> dict[str, list]:
    found: dict[str, list] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found
