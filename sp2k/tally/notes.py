"""What a reader must know beside an entry's number: who was absent, what was left out, what lies outside its range."""

from collections.abc import Iterable

from sp2k.tally.accounts import Account
from sp2k.tally.sheets.columns import DOES_NOT_APPLY
from sp2k.tally.sheets.ledger import Ledger
from sp2k.tally.sheets.marks import ABSENT, RECUSED


def notes_on(ledger: Ledger, code: str, account: Account) -> tuple[str, ...]:
    """Return the notes on an entry that was judged, in Indonesian; none when all seats gave whole sheets."""
    if account.tree is None:
        return ()
    sheets, notes = ledger.sheets[code], _on_seats(ledger, code)
    ignored = [seat for seat in ledger.rules.assessors if seat in sheets and min(sheets[seat]) < DOES_NOT_APPLY]
    if ignored:
        notes.append(f"kosong diabaikan pada lembar {', '.join(ignored)}")
    if account.tree.left_out:
        notes.append(f"tidak berlaku: {', '.join(account.tree.left_out)}")
    outside = [
        column.indicator.code
        for column in ledger.columns
        if column.outside and any(sheet[column.position] in column.outside for sheet in sheets.values())
    ]
    if outside:
        notes.append(f"poin di luar rentang: {', '.join(outside)}")
    return tuple(notes)


def _on_seats(ledger: Ledger, code: str) -> list[str]:
    sheets, excused = ledger.sheets[code], ledger.excused.get(code, {})
    unexplained = [seat for seat in ledger.rules.assessors if seat not in sheets and seat not in excused]
    notes = [excuses(ledger, code)] if excused else []
    if unexplained:
        notes.append(f"tanpa lembar: {', '.join(unexplained)}")
    if notes:
        notes.append(f"rata-rata dari {len(sheets)} penilai yang ada")
    return notes


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
