"""The worksheets nearest to the input: the lines as they came in, and the marks of each seat with their points."""

from collections.abc import Iterator
from fractions import Fraction

from sp2k.results.workbook import formulas
from sp2k.results.workbook.grid import FIRST_ROW, Formula, Grid
from sp2k.tally.count import Count
from sp2k.tally.jurors import effects_of
from sp2k.tally.numbers import exact
from sp2k.tally.sheets import HEADER as SHEETS_HEADER
from sp2k.tally.sheets import Ledger, Mark
from sp2k.tally.sheets.columns import FIRST_MARK, NO_LINE, Column
from sp2k.tally.sheets.ledger import CARRIED, FINDING
from sp2k.tally.stage_rules.model import JURORS, TWO_WAY

# (entry, seat, position of the column, carried part or claim) -> row on the sheet of lines
LineKey = tuple[str, str, str]


def lines_of(ledger: Ledger) -> Iterator[Mark]:
    """Yield what came in as lines of a sheets file, in the one order that does not depend on how it came in."""
    for code in sorted(ledger.rules.entries):
        for (stage, part), value in sorted(ledger.carried.get(code, {}).items()):
            yield code, CARRIED + stage, part, formulas.exact_text(value)
        for seat in ledger.rules.assessors:
            if state := ledger.excused.get(code, {}).get(seat):
                yield code, seat, "*", state
            for column in ledger.columns if seat in ledger.sheets[code] else ():
                token = ledger.sheets[code][seat][column.position]
                if token != NO_LINE:
                    yield code, seat, column.indicator.code, column.written(token)
        for claim, finding in sorted(ledger.findings.get(code, {}).items()):
            yield code, finding.assessor, FINDING + claim, finding.verdict


class Lines:
    """The sheet ``lembar``: the input itself, which `sp2k tally` reads again. All other sheets point to its cells."""

    def __init__(self, grid: Grid, ledger: Ledger):
        self._grid, self._rows = grid, {}
        grid.heads(list(SHEETS_HEADER))
        for row, (code, seat, item, value) in enumerate(lines_of(ledger), start=2):
            grid.row(row, [code, seat, item, _number_or_text(value)])
            self._rows[code, seat, item] = row

    def cell(self, code: str, seat: str, item: str) -> str:
        return self._grid.at(self._rows[code, seat, item], len(SHEETS_HEADER) - 1)

    def value(self, code: str, seat: str, item: str, value: Fraction) -> Formula:
        """Return a live cell for a number; where no spreadsheet can hold it exactly, its ratio."""
        text = self.cell(code, seat, item) if formulas.is_plain(value) else formulas.number(value)
        return Formula(text, value)


def _number_or_text(value: str) -> Fraction | str:
    try:
        number = exact(value)
    except ValueError:
        return value
    return number if formulas.is_plain(number) else value


class Seats:
    """The sheet ``penilai``: one row an entry and seat; its marks, their points, and, if adjusted, those points freed of
    the seat's effect (from the sheet ``efek``)."""

    def __init__(self, grid: Grid, count: Count, codes: list[str], lines: Lines, effects: "Effects | None"):
        self._grid, self._ledger, self._lines, self._effects = grid, count.ledger, lines, effects
        self._columns, self._n = count.ledger.columns, len(count.ledger.columns)
        self._first: dict[str, int] = {}
        names = [column.indicator.code for column in self._columns]
        heads = names + [f"poin {name}" for name in names]
        grid.heads(["kode", "penilai", *heads, *([f"disesuaikan {name}" for name in names] if effects else [])])
        row = FIRST_ROW
        for code in codes:
            self._first[code] = row
            for seat in count.rules.assessors:
                grid.row(row, self._cells(row, code, seat))
                row += 1

    def points(self, code: str, column: Column) -> str:
        """Return the cells with what enters an indicator's combination: points, or points freed of effects."""
        block = 2 if column.combination.way == TWO_WAY else 1
        first = self._first[code]
        last = first + len(self._ledger.rules.assessors) - 1
        return self._grid.down(first, last, 2 + block * self._n + column.position)

    def _cells(self, row: int, code: str, seat: str) -> list:
        sheet = self._ledger.sheets[code].get(seat)
        if sheet is None:
            state = self._ledger.excused.get(code, {}).get(seat, "tanpa lembar")
            return [code, seat, *[state] * self._n]
        tokens = [(column, sheet[column.position]) for column in self._columns]
        marks = [self._mark(code, seat, column, token) for column, token in tokens]
        points = [self._points(row, column, token) for column, token in tokens]
        freed = [self._freed(row, code, seat, column, token) for column, token in tokens] if self._effects else []
        return [code, seat, *marks, *points, *freed]

    def _mark(self, code: str, seat: str, column: Column, token: int) -> Formula | str:
        if token == NO_LINE:
            return column.written(token)
        if token < FIRST_MARK:
            return Formula(self._lines.cell(code, seat, column.indicator.code), column.written(token))
        return self._lines.value(code, seat, column.indicator.code, column.values[token])

    def _points(self, row: int, column: Column, token: int) -> Formula:
        rule = column.indicator.rule
        scale = rule.scale if self._ledger.rules.source == JURORS else None
        mark = self._grid.at(row, 2 + column.position)
        value = column.points[token] if token >= FIRST_MARK else None
        return Formula(formulas.points_of_mark(mark, scale, column.indicator.maximum), value)

    def _freed(self, row: int, code: str, seat: str, column: Column, token: int) -> Formula | None:
        if column.combination.way != TWO_WAY:
            return None
        points = self._grid.at(row, 2 + self._n + column.position)
        effect = self._effects.cell(self._ledger.rules.scope_of(code), seat, column)
        value = column.points[token] - self._effects.value(code, seat, column) if token >= FIRST_MARK else None
        return Formula(f'IF(ISNUMBER({points}),{points}-{effect},"")', value)


class Effects:
    """The sheet ``efek``: each seat's effect, indicator by indicator, as the count solved it."""

    def __init__(self, grid: Grid, count: Count, codes: list[str]):
        self._grid, self._ledger, self._rows = grid, count.ledger, {}
        columns = [column for column in count.ledger.columns if column.combination.way == TWO_WAY]
        self._position = {column.position: 2 + n for n, column in enumerate(columns)}
        grid.heads(["lingkup", "penilai", *[column.indicator.code for column in columns]])
        row = FIRST_ROW
        for scope in sorted({count.rules.scope_of(code) for code in codes}):
            effects = [effects_of(count.ledger, column, scope) for column in columns]
            for seat in count.rules.assessors:
                cells = [each.get(seat) for each in effects]
                live = [None if cell is None else Formula(formulas.number(cell), cell) for cell in cells]
                grid.row(row, [scope, seat, *live])
                self._rows[scope, seat] = row
                row += 1

    def cell(self, scope: str, seat: str, column: Column) -> str:
        return self._grid.at(self._rows[scope, seat], self._position[column.position])

    def value(self, code: str, seat: str, column: Column) -> Fraction:
        return effects_of(self._ledger, column, self._ledger.rules.scope_of(code))[seat]
