"""Many faults as one sentence: the first few with their places, and how many more there are."""

from collections.abc import Sequence

from sp2k.base.refusals import BadInput

SHOWN = 8


def refuse_rows(name: str, faults: Sequence[str], *, shown: int = SHOWN) -> None:
    """Refuse a file for the faults in its rows; nothing of it is taken.

    Parameters
    ----------
    faults : whole sentences, each with its place
    """
    if faults:
        rest = f" Dan {len(faults) - shown} kesalahan lain." if len(faults) > shown else ""
        raise BadInput(f'Berkas "{name}" tidak dimuat. {" ".join(faults[:shown])}{rest}')
