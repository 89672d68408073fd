"""What several assessors' points come to, indicator by indicator, as declared. Missing is not zero: a 0 counts."""

from collections.abc import Mapping
from fractions import Fraction

from sp2k.tally.instrument import FULL, NONE, Indicator
from sp2k.tally.kinds.form import ZERO
from sp2k.tally.numbers import sum_exact
from sp2k.tally.sheets.columns import DOES_NOT_APPLY, FIRST_MARK, Column, TooFewToTrim
from sp2k.tally.sheets.ledger import Ledger
from sp2k.tally.sheets.marks import MarkError
from sp2k.tally.stage_rules.model import IGNORE, JURORS, TWO_WAY, WHOLE
from sp2k.tally.two_way import NotConnected, juror_effects

# How many entries and seats of one part are named in a sentence.
_NAMED = 5

# Seat -> token: what each seat that gave a sheet says of one indicator.
Tokens = Mapping[str, int]


def combined_points(ledger: Ledger, code: str) -> dict[str, Fraction | None]:
    """Return an entry's points by indicator code, rounded if the rules round this level; None: it does not apply.

    Parameters
    ----------
    ledger : Ledger
    code : str
        An entry with at least one sheet.

    Raises
    ------
    MarkError
        About the whole: a mark is missing where the rules refuse that, nobody gave one, too few are there to trim,
        opinions differ on whether the indicator applies, or panels without a common juror were to be compared.
    """
    sheets = ledger.sheets[code]
    return {
        column.indicator.code: column.mean(tokens)
        if column.is_plain and min(tokens) >= FIRST_MARK
        else _points(ledger, code, column, dict(zip(sheets, tokens, strict=True)))
        for column, tokens in zip(ledger.columns, zip(*sheets.values(), strict=True), strict=True)
    }


def _points(ledger: Ledger, code: str, column: Column, tokens: Tokens) -> Fraction | None:
    applies = ledger.rules.applies(column.indicator, code)
    if applies is False:
        _refuse_marks_beside_traits(code, column, tokens)
        return points_where_it_does_not_apply(column.indicator, ledger.rules.source)
    present = {seat: token for seat, token in tokens.items() if token >= DOES_NOT_APPLY}
    if len(present) < len(tokens) and (ledger.rules.on_empty_mark != IGNORE or not present):
        raise _left_empty(ledger, code, column, tokens)
    if min(present.values()) >= FIRST_MARK:
        return _combined(ledger, code, column, present)
    if max(present.values()) >= FIRST_MARK:
        raise _about_whole(
            f"{code}: {column.indicator.code} tidak berlaku (t.b.) menurut sebagian penilai, dinilai oleh yang lain. "
            "Samakanlah lembarnya."
        )
    if applies:
        raise _about_whole(f"{code}: {column.indicator.code} tertulis t.b., padahal berlaku menurut sifat peserta ini.")
    return points_where_it_does_not_apply(column.indicator, ledger.rules.source)


def _combined(ledger: Ledger, code: str, column: Column, present: Tokens) -> Fraction:
    if column.combination.way == TWO_WAY:
        effects = effects_of(ledger, column, ledger.rules.scope_of(code))
        freed = [column.points[token] - effects[seat] for seat, token in present.items()]
        return column.rounded(sum_exact(freed) / len(freed))
    try:
        return column.mean(column.kept(list(present.values())))
    except TooFewToTrim as error:
        raise _about_whole(
            f"{code}: {column.indicator.code} hanya dinilai {len(present)} penilai; rata-rata pangkas memerlukan paling "
            f"sedikit {error.needed}. Lengkapilah, atau nyatakan bila_pangkas_kurang: rata_rata."
        ) from None


def effects_of(ledger: Ledger, column: Column, scope: str) -> dict[str, Fraction]:
    """Return the effect of each seat that marked an indicator, among the entries that are placed together."""
    if (scope, column.position) not in ledger.effects:
        points = {}
        for code in ledger.judged_in(scope):
            sheets = ledger.sheets[code].items()
            row = {seat: sheet[column.position] for seat, sheet in sheets if sheet[column.position] >= FIRST_MARK}
            if row:
                points[code] = {seat: column.points[token] for seat, token in row.items()}
        try:
            ledger.effects[scope, column.position] = juror_effects(points)
        except NotConnected as error:
            raise _about_parts(column, scope, error) from None
    return ledger.effects[scope, column.position]


def _about_parts(column: Column, scope: str, error: NotConnected) -> MarkError:
    where = "" if scope == WHOLE else f" di {scope}"
    parts = "; ".join(
        f"({n}) {_few(jurors)} menilai {_few(entries)}" for n, (jurors, entries) in enumerate(error.groups, 1)
    )
    return _about_whole(
        f"{column.indicator.code}{where}: panel terbagi menjadi {len(error.groups)} kelompok tanpa penilai bersama: {parts}. "
        "Nilai antarkelompok tidak dapat dibandingkan, jadi penyesuaian dua arah tidak dapat dihitung; tambahkanlah "
        "penilai yang menilai di kedua kelompok, atau pakailah gabung yang lain."
    )


def _few(names: tuple[str, ...]) -> str:
    return ", ".join(names[:_NAMED]) + (f", dan {len(names) - _NAMED} lainnya" if len(names) > _NAMED else "")


def _refuse_marks_beside_traits(code: str, column: Column, tokens: Tokens) -> None:
    marked = [seat for seat, token in tokens.items() if token >= FIRST_MARK]
    if marked:
        raise _about_whole(
            f"{code}: {column.indicator.code} tidak berlaku menurut sifat peserta ini, tetapi dinilai oleh "
            f"{_few(tuple(sorted(marked)))}. Hapuslah nilainya, atau betulkanlah sifat."
        )


def points_where_it_does_not_apply(indicator: Indicator, source: str) -> Fraction | None:
    """Return what `bila_tidak_berlaku` declares. Marks that are points already had it applied when they were scored."""
    if source != JURORS or indicator.otherwise not in (FULL, NONE):
        return None
    return indicator.maximum if indicator.otherwise == FULL else ZERO


def _left_empty(ledger: Ledger, code: str, column: Column, tokens: Tokens) -> MarkError:
    silent = [seat for seat, token in tokens.items() if token < DOES_NOT_APPLY]
    named = ", ".join(sorted(silent, key=ledger.rules.assessors.index))
    cure = "lengkapilah lembarnya" if len(silent) == len(tokens) else "lengkapilah, atau nyatakan bila_kosong: abaikan"
    return _about_whole(f"{code}: {column.indicator.code} tidak dinilai oleh {named}. Kosong bukan nol: {cure}.")


def _about_whole(sentence: str) -> MarkError:
    return MarkError(sentence, is_about_line=False)
