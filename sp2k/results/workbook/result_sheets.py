"""The worksheets from an indicator's points to the place: one row an entry, the same row on each of them."""

from collections.abc import Sequence
from fractions import Fraction

from sp2k.results.workbook import formulas
from sp2k.results.workbook.grid import FIRST_ROW, Formula, Grid
from sp2k.results.workbook.ledger_sheets import Lines, Seats
from sp2k.tally.accounts import Account, chain_values
from sp2k.tally.count import Count, EntryResult
from sp2k.tally.instrument import FULL, NONE, Aspect, Indicator
from sp2k.tally.places import lot_value
from sp2k.tally.sheets.columns import Column
from sp2k.tally.sheets.ledger import CARRIED, CARRIED_ASPECT, CARRIED_TOTAL, FINDING
from sp2k.tally.stage_rules import StageRules, model
from sp2k.tally.stage_rules.model import Link
from sp2k.tally.tables import through_text

MAXIMUM, WEIGHT, SHARE = 2, 3, 4


def write_parameters(grid: Grid, first: int, parts: Sequence[Aspect | Indicator]) -> None:
    """Write maximum, weight and weight/maximum above the columns they belong to (rows 3 to 5)."""
    rows = {
        MAXIMUM: ["maks", *[part.maximum for part in parts]],
        WEIGHT: ["bobot", *[part.weight for part in parts]],
        SHARE: ["bobot / maks", *[_share(part) for part in parts]],
    }
    for row, (name, *cells) in rows.items():
        live = [None if cell is None else Formula(formulas.number(cell), cell) for cell in cells]
        grid.row(row, [name, *[None] * (first - 1), *live])


def _share(part: Aspect | Indicator) -> Fraction | None:
    if part.weight is None:
        return None
    return part.weight / part.maximum if part.weight else Fraction(0)


class Points:
    """The sheet ``poin``: what an indicator comes to for an entry."""

    def __init__(self, grid: Grid, count: Count, accounts: dict[str, Account], seats: Seats):
        self._grid, self._count, self._seats = grid, count, seats
        self.columns = count.ledger.columns
        grid.heads(["kode", *[column.indicator.code for column in self.columns]])
        write_parameters(grid, 1, [column.indicator for column in self.columns])
        for row, (code, account) in enumerate(accounts.items(), start=FIRST_ROW):
            cells = [self._cell(code, column, account) for column in self.columns]
            grid.row(row, [code, *cells])

    def _cell(self, code: str, column: Column, account: Account) -> Formula:
        rules, indicator = self._count.rules, column.indicator
        instead = '""'
        if rules.source == model.JURORS and indicator.otherwise in (FULL, NONE):
            instead = formulas.number(indicator.maximum if indicator.otherwise == FULL else Fraction(0))
        text = formulas.combined(
            self._seats.points(code, column), column.combination, rules.rounding.indicator, instead
        )
        return Formula(text, account.points[indicator.code])

    def level(self, row: int, aspect: Aspect) -> str:
        own = {indicator.code for indicator in aspect.indicators}
        places = [1 + column.position for column in self.columns if column.indicator.code in own]
        if not places:
            return "0"
        across = [self._grid.across(at, places[0], places[-1]) for at in (row, MAXIMUM, WEIGHT, SHARE)]
        return formulas.level(*across, len(places), aspect.maximum, is_weighted=aspect.is_weighted)

    def cell(self, row: int, code: str) -> str:
        return self._grid.at(row, 1 + next(c.position for c in self.columns if c.indicator.code == code))


class Totals:
    """The sheet ``hitung``: aspects exact, aspects rounded, the stage's own total, findings, carry-over, the total."""

    def __init__(self, grid: Grid, count: Count, accounts: dict[str, Account], points: Points | None, lines: Lines):
        self._grid, self._count, self._points, self._lines = grid, count, points, lines
        self._aspects = count.rules.instrument.aspects if count.rules.instrument else ()
        names, n = [aspect.code for aspect in self._aspects], len(self._aspects)
        self._rounded, self._tail = 1 + n, 1 + 2 * n
        grid.heads(
            ["kode", *[f"{name} tepat" for name in names], *names, "tahap", "temuan", "tahap dengan temuan", "bawaan",
             "nilai tepat", "nilai"]
        )  # fmt: skip
        write_parameters(grid, self._rounded, self._aspects) if n else None
        for row, (code, account) in enumerate(accounts.items(), start=FIRST_ROW):
            grid.row(row, [code, *self._tree(row, account), *self._after(row, code, account)])

    def _tree(self, row: int, account: Account) -> list[Formula]:
        if account.tree is None:
            return []
        instrument, exact, rounded = self._count.rules.instrument, [], []
        for n, aspect in enumerate(self._aspects):
            text, total = self._points.level(row, aspect), account.tree.aspects[aspect.code]
            if instrument.capped:
                text = f'IF({text}="","",MIN({text},{formulas.number(aspect.maximum)}))'
            exact.append(Formula(text, None if total.left_out else total.points))
            cell = self._grid.at(row, 1 + n)
            text = f'IF({cell}="","",{formulas.rounded(cell, instrument.round_places)})'
            rounded.append(Formula(text, None if total.left_out else total.rounded))
        return exact + rounded

    def _after(self, row: int, code: str, account: Account) -> list[Formula | None]:
        rules, at = self._count.rules, [self._grid.at(row, self._tail + n) for n in range(6)]
        tree = findings = own = None
        if account.tree is not None:
            tree = Formula(self._tree_total(row), account.tree.total)
            findings = Formula(self._findings(code), account.findings)
            own = Formula(formulas.with_findings(at[0], at[1], account.tree.maximum), account.own)
        carried = None
        if account.carried is not None:
            seat = CARRIED + rules.carry_over.stage
            carried = self._lines.value(code, seat, CARRIED_TOTAL, account.carried)
        exact = Formula(self._carry_over(at, own), account.exact)
        return [
            tree,
            findings,
            own,
            carried,
            exact,
            Formula(formulas.rounded(at[4], rules.rounding.total), account.total),
        ]

    def _tree_total(self, row: int) -> str:
        instrument, first, last = self._count.rules.instrument, self._rounded, self._tail - 1
        across = [self._grid.across(at, first, last) for at in (row, MAXIMUM, WEIGHT, SHARE)]
        is_weighted = self._aspects[0].weight is not None
        level = formulas.level(*across, len(self._aspects), instrument.maximum, is_weighted=is_weighted)
        return formulas.rounded(f'IF({level}="",0,{level})', instrument.round_places)

    def _findings(self, code: str) -> str:
        ledger = self._count.ledger
        cells = [
            self._lines.cell(code, finding.assessor, FINDING + claim)
            for claim, finding in sorted(ledger.findings.get(code, {}).items())
        ]
        points = dict(self._count.rules.findings)
        return "+".join(formulas.points_of_verdict(cell, points) for cell in cells) or "0"

    def _carry_over(self, at: list[str], own: Formula | None) -> str:
        carry_over = self._count.rules.carry_over
        if carry_over is None or carry_over.way == model.REPLACE:
            return at[2]
        carried = f"{formulas.number(carry_over.weight)}*{at[3]}"
        return carried if own is None else f"{formulas.number(carry_over.own_weight)}*{at[2]}+{carried}"

    def total(self, row: int) -> str:
        return self._grid.at(row, self._tail + 5)

    def own(self, row: int) -> str:
        return self._grid.at(row, self._tail + 2)

    def aspect(self, row: int, code: str) -> str:
        return self._grid.at(row, self._rounded + [aspect.code for aspect in self._aspects].index(code))


def _lots(rules: StageRules) -> dict[str, int]:
    """Return how many have a worse lot than each entry: a spreadsheet has no SHA-256, the trace has the digests."""
    if not rules.seed:
        return dict.fromkeys(rules.entries, 0)
    ordered = sorted(rules.entries, key=lambda code: lot_value(rules.seed, code))
    return {code: n for n, code in enumerate(ordered)}


AS_COUNTED = "(tetap)"  # beside live places: what a column says is of the official count, and does not follow


class Places:
    """The sheet ``tempat``: totals, the values of the chain, and the place they give."""

    def __init__(
        self,
        grid: Grid,
        count: Count,
        accounts: dict[str, Account],
        points: Points | None,
        totals: Totals,
        lines: Lines,
    ):
        self._grid, self._count, self._points, self._totals, self._lines = grid, count, points, totals, lines
        self._chain, self._accounts, self._lots = count.rules.chain, accounts, _lots(count.rules)
        links = [link.text for link in self._chain]
        self.check_column = 7 + len(links)
        decided, notes = f"diputus_oleh {AS_COUNTED}", f"keterangan {AS_COUNTED}"
        grid.heads(["tempat", "kode", "nilai", "lingkup", *links, decided, "lolos", notes, "periksa"])
        placed = [result for result in count.results if result.place is not None]
        last_rows = {result.scope: row for row, result in enumerate(placed, start=FIRST_ROW)}
        first_rows = {result.scope: row for row, result in reversed(list(enumerate(placed, start=FIRST_ROW)))}
        for row, result in enumerate(placed, start=FIRST_ROW):
            grid.row(row, self._row(row, first_rows[result.scope], last_rows[result.scope], result))
        rest = [result for result in count.results if result.place is None]
        for row, result in enumerate(rest, start=FIRST_ROW + len(placed)):
            grid.row(
                row, ["", result.code, "", result.scope, *[None] * len(links), "", through_text(result), result.reason]
            )
        self.n_placed = len(placed)

    def _row(self, row: int, first: int, last: int, result: EntryResult) -> list:
        account = self._accounts[result.code]
        values = chain_values(self._count.ledger, result.code, account)
        columns = [2, *range(4, 4 + len(self._chain))]
        compared = [(self._grid.at(row, column), self._grid.down(first, last, column)) for column in columns]
        total = Formula(self._totals.total(row), account.total)
        links = [self._link(row, result, link, value) for link, value in zip(self._chain, values, strict=True)]
        notes = "; ".join(result.notes)
        place = Formula(formulas.place(compared), Fraction(result.place))
        return [
            place, result.code, total, result.scope, *links, result.decided_by, self._through(row, first, last, result),
            notes, self._check(row, result),
        ]  # fmt: skip

    def _link(self, row: int, result: EntryResult, link: Link, value: Fraction) -> Formula | Fraction:
        if link.kind == model.LOT:
            return Fraction(self._lots[result.code])
        if link.kind == model.OWN_ASPECT:
            cell = self._totals.aspect(row, link.code)
        elif link.kind == model.OWN_INDICATOR:
            cell = self._points.cell(row, link.code)
        elif link.kind == model.STAGE and link.code == self._count.rules.stage:
            cell = self._totals.own(row)
        else:
            is_aspect = link.kind == model.CARRIED_ASPECT
            stage = self._count.rules.carry_over.stage if is_aspect else link.code
            part = CARRIED_ASPECT + link.code if is_aspect else CARRIED_TOTAL
            cell = self._lines.value(result.code, CARRIED + stage, part, value).text
        return Formula(formulas.rounded(cell, None), value)

    def _through(self, row: int, first: int, last: int, result: EntryResult) -> Formula | str:
        quota = self._count.rules.quota
        if quota is None:
            return ""
        places = self._grid.down(first, last, 0)
        return Formula(formulas.through(self._grid.at(row, 0), places, quota.of(result.scope)), through_text(result))

    def _check(self, row: int, result: EntryResult) -> Formula:
        place, total = self._grid.at(row, 0), self._grid.at(row, 2)
        same = f"AND({place}={result.place},ABS({total}-{formulas.number(result.total)})<0.0000001)"
        return Formula(f'IF({same},"sama","BERBEDA")', "sama")

    def summary(self) -> str:
        """Return a formula: does every entry's live place and total agree with the count?"""
        if not self.n_placed:
            return '"tidak ada yang mendapat tempat"'
        cells = self._grid.down(FIRST_ROW, FIRST_ROW + self.n_placed - 1, self.check_column)
        return f'IF(COUNTIF({cells},"sama")={self.n_placed},"semua sama","ADA YANG BERBEDA")'
