"""What a reader must know beside an entry's number: who was absent, what was left out, what lies outside its range."""

from collections.abc import Iterable

from sp2k.tally.accounts import Account
from sp2k.tally.kinds.juror_mark import MEAN, MEDIAN, TRIMMED
from sp2k.tally.sheets.columns import DOES_NOT_APPLY, FIRST_MARK
from sp2k.tally.sheets.ledger import Ledger
from sp2k.tally.sheets.marks import ABSENT, RECUSED
from sp2k.tally.stage_rules.model import TWO_WAY

WAYS = {
    MEAN: "rata-rata",
    TRIMMED: "rata-rata pangkas",
    MEDIAN: "median",
    TWO_WAY: "rata-rata dengan penyesuaian dua arah",
}


def notes_on(ledger: Ledger, code: str, account: Account) -> tuple[str, ...]:
    """Return the notes on an entry that was judged, in Indonesian; none when all seats gave whole sheets."""
    if account.tree is None:
        return ()
    sheets, notes = ledger.sheets[code], _on_seats(ledger, code)
    silent = _silent_columns(ledger, code)
    ignored = [
        seat
        for seat in ledger.rules.assessors
        if seat in sheets and any(sheets[seat][position] < DOES_NOT_APPLY for position in silent)
    ]
    if ignored:
        notes.append(f"kosong diabaikan pada lembar {', '.join(ignored)}")
    if account.tree.left_out:
        notes.append(f"tidak berlaku: {', '.join(account.tree.left_out)}")
    if untrimmed := _untrimmed(ledger, code):
        notes.append(f"terlalu sedikit nilai untuk dipangkas, rata-rata biasa: {', '.join(untrimmed)}")
    if outside := _outside(ledger, code, account):
        notes.append(f"poin di luar rentang: {', '.join(outside)}")
    return tuple(notes)


def _on_seats(ledger: Ledger, code: str) -> list[str]:
    sheets, excused = ledger.sheets[code], ledger.excused.get(code, {})
    unexplained = [seat for seat in ledger.rules.assessors if seat not in sheets and seat not in excused]
    notes = [excuses(ledger, code)] if excused else []
    if unexplained:
        notes.append(f"tanpa lembar: {', '.join(unexplained)}")
    if notes:
        notes.append(f"{WAYS[ledger.rules.combination.way]} dari {len(sheets)} penilai yang ada")
    return notes


def _silent_columns(ledger: Ledger, code: str) -> list[int]:
    """Return where an empty cell is a gap: not where the rules themselves say that the indicator does not apply."""
    rules = ledger.rules
    if rules.traits is None:
        return [column.position for column in ledger.columns]
    return [column.position for column in ledger.columns if rules.applies(column.indicator, code)]


def _untrimmed(ledger: Ledger, code: str) -> list[str]:
    trimmed = [column for column in ledger.columns if column.combination.trim]
    given = {
        column: sum(sheet[column.position] >= FIRST_MARK for sheet in ledger.sheets[code].values())
        for column in trimmed
    }
    return [column.indicator.code for column, n in given.items() if 0 < n <= 2 * column.combination.trim]


def _outside(ledger: Ledger, code: str, account: Account) -> list[str]:
    """Return the indicators with points beyond 0 and their maximum: as they came in, or lifted there by adjustment."""
    found = []
    for column in ledger.columns:
        points = account.points[column.indicator.code]
        came_in = column.outside and any(s[column.position] in column.outside for s in ledger.sheets[code].values())
        adjusted = column.combination.way == TWO_WAY and points is not None
        if came_in or (adjusted and not 0 <= points <= column.indicator.maximum):
            found.append(column.indicator.code)
    return found


def excuses(ledger: Ledger, code: str) -> str:
    """Return who was excused and why: ``absen: jpip; benturan: unair, bappeda``."""
    excused = ledger.excused[code]
    return "; ".join(
        f"{state}: {', '.join(seats)}"
        for state in (ABSENT, RECUSED)
        if (seats := _in_order(ledger.rules.assessors, (seat for seat, why in excused.items() if why == state)))
    )


def _in_order(assessors: tuple[str, ...], seats: Iterable[str]) -> list[str]:
    return sorted(seats, key=assessors.index)
