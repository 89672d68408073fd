"""The additive two-way adjustment: each entry's points freed of how strict the jurors were who happened to judge it.

Model, one indicator at a time: points of entry e by juror j = level of e + effect of j + the rest. Levels and effects are
the least-squares ones, the effects of all jurors adding up to 0. An entry's adjusted points are its level: what the mean
of all jurors would be if each had judged every entry with its own strictness. Equivalently, the mean over the entry's
own jurors of (points - effect). Where every juror judged every entry it is the plain mean, exactly.

The normal equations are reduced to the jurors (entries eliminated; J x J) and solved in rationals. Source of the model:
Searle, Linear Models (1971), chapter 7, two-way classification without interaction, unbalanced data.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sp2k.tally.numbers import over_one_denominator, sum_exact

Group = tuple[tuple[str, ...], tuple[str, ...]]


class NotConnected(ValueError):
    """Panels without a common juror, directly or through others: their points cannot be compared.

    `groups` holds, for each connected part, its jurors and its entries, both sorted.
    """

    def __init__(self, groups: list[Group]):
        super().__init__(f"{len(groups)} groups without a common juror")
        self.groups = groups


def juror_effects(points: Mapping[str, Mapping[str, Fraction]]) -> dict[str, Fraction]:
    """Return each juror's effect in points: above 0 is mild, below 0 strict. They add up to 0.

    Parameters
    ----------
    points : mapping from entry to mapping from juror to points
        Only what was given; an entry without any juror is not to be in it.

    Raises
    ------
    NotConnected
        When the entries and jurors fall into parts that share no juror and no entry.
    """
    jurors = sorted({juror for row in points.values() for juror in row})
    _refuse_parts(points, jurors)
    panels = _sums_of_panels(points)
    matrix = [[Fraction(1)] * len(jurors) for _ in jurors]
    right = [Fraction(0)] * len(jurors)
    position = {juror: n for n, juror in enumerate(jurors)}
    for panel, (n_entries, sums) in panels.items():
        mean, share = sum_exact(sums) / len(panel), Fraction(n_entries, len(panel))
        for juror, given in zip(panel, sums, strict=True):
            row = position[juror]
            right[row] += given - mean
            matrix[row][row] += n_entries
            for other in panel:
                matrix[row][position[other]] -= share
    return dict(zip(jurors, _solve(matrix, right), strict=True))


def _sums_of_panels(points: Mapping[str, Mapping[str, Fraction]]) -> dict[tuple[str, ...], tuple[int, list[Fraction]]]:
    """Return for each set of jurors that judged together how many entries it judged and each juror's sum of points."""
    rows: dict[tuple[str, ...], list[list[Fraction]]] = {}
    for row in points.values():
        panel = tuple(sorted(row))
        rows.setdefault(panel, []).append([row[juror] for juror in panel])
    return {
        panel: (len(given), [sum_exact(column) for column in zip(*given, strict=True)]) for panel, given in rows.items()
    }


def _refuse_parts(points: Mapping[str, Mapping[str, Fraction]], jurors: Sequence[str]) -> None:
    head = {juror: juror for juror in jurors}

    def head_of(juror: str) -> str:
        while head[juror] != juror:
            head[juror] = juror = head[head[juror]]
        return juror

    for panel in {tuple(sorted(row)) for row in points.values()}:
        for juror in panel[1:]:
            first, second = sorted((head_of(panel[0]), head_of(juror)))
            head[second] = first
    heads = sorted({head_of(juror) for juror in jurors})
    if len(heads) > 1:
        raise NotConnected([_part(points, jurors, head_of, first) for first in heads])


def _part(points, jurors, head_of, first) -> Group:
    entries = sorted(entry for entry, row in points.items() if head_of(next(iter(row))) == first)
    return tuple(juror for juror in jurors if head_of(juror) == first), tuple(entries)


def _solve(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction]:
    """Solve a regular symmetric system exactly, in whole numbers (Bareiss 1968: no fraction grows on the way)."""
    rows = [list(over_one_denominator([*row, value])[0]) for row, value in zip(matrix, right, strict=True)]
    size, before = len(rows), 1
    for n in range(size):
        pivot = next(row for row in range(n, size) if rows[row][n])
        rows[n], rows[pivot] = rows[pivot], rows[n]
        for m in range(n + 1, size):
            top, here, factor = rows[n], rows[m], rows[m][n]
            rows[m] = [(top[n] * here[k] - factor * top[k]) // before for k in range(size + 1)]
        before = rows[n][n]
    return _substituted_back(rows)


def _substituted_back(rows: list[list[int]]) -> list[Fraction]:
    size = len(rows)
    found = [Fraction(0)] * size
    for n in reversed(range(size)):
        known = sum_exact([rows[n][k] * found[k] for k in range(n + 1, size)])
        found[n] = (rows[n][size] - known) / rows[n][n]
    return found
