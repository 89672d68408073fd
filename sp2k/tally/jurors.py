"""The mean of those present, indicator by indicator. Missing is not zero: who gave nothing is left out, a 0 counts."""

from collections.abc import Sequence
from fractions import Fraction

from sp2k.tally.instrument import FULL, NONE, Indicator
from sp2k.tally.kinds.form import ZERO
from sp2k.tally.sheets.columns import DOES_NOT_APPLY, FIRST_MARK, Column
from sp2k.tally.sheets.ledger import Ledger
from sp2k.tally.sheets.marks import MarkError
from sp2k.tally.stage_rules.model import IGNORE, JURORS


def mean_points(ledger: Ledger, code: str) -> dict[str, Fraction | None]:
    """Return an entry's points by indicator code, rounded if the rules round this level; None: it does not apply.

    Parameters
    ----------
    ledger : Ledger
    code : str
        An entry with at least one sheet.

    Raises
    ------
    MarkError
        About the whole: a mark is missing where the rules refuse that, nobody gave one, or opinions differ on whether
        the indicator applies.
    """
    tokens_by_column = zip(*ledger.sheets[code].values(), strict=True)
    return {
        column.indicator.code: column.mean(tokens)
        if min(tokens) >= FIRST_MARK
        else _mean_with_gaps(ledger, code, column, tokens)
        for column, tokens in zip(ledger.columns, tokens_by_column, strict=True)
    }


def _mean_with_gaps(ledger: Ledger, code: str, column: Column, tokens: Sequence[int]) -> Fraction | None:
    present = [token for token in tokens if token >= DOES_NOT_APPLY]
    if len(present) < len(tokens) and (ledger.rules.on_empty_mark != IGNORE or not present):
        raise _left_empty(ledger, code, column, tokens)
    if min(present) >= FIRST_MARK:
        return column.mean(present)
    if max(present) >= FIRST_MARK:
        raise MarkError(
            f"{code}: {column.indicator.code} tidak berlaku (t.b.) menurut sebagian penilai, dinilai oleh yang lain. "
            "Samakanlah lembarnya.",
            is_about_line=False,
        )
    return points_where_it_does_not_apply(column.indicator, ledger.rules.source)


def points_where_it_does_not_apply(indicator: Indicator, source: str) -> Fraction | None:
    """Return what `bila_tidak_berlaku` declares. Marks that are points already had it applied when they were scored."""
    if source != JURORS or indicator.otherwise not in (FULL, NONE):
        return None
    return indicator.maximum if indicator.otherwise == FULL else ZERO


def _left_empty(ledger: Ledger, code: str, column: Column, tokens: Sequence[int]) -> MarkError:
    silent = [seat for seat, token in zip(ledger.sheets[code], tokens, strict=True) if token < DOES_NOT_APPLY]
    named = ", ".join(sorted(silent, key=ledger.rules.assessors.index))
    cure = "lengkapilah lembarnya" if len(silent) == len(tokens) else "lengkapilah, atau nyatakan bila_kosong: abaikan"
    return MarkError(
        f"{code}: {column.indicator.code} tidak dinilai oleh {named}. Kosong bukan nol: {cure}.", is_about_line=False
    )
