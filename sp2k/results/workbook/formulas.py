"""The arithmetic of the count as spreadsheet formulas: each function returns text that stands behind ``=``."""

from collections.abc import Sequence
from fractions import Fraction

from sp2k.tally.kinds.juror_mark import MEAN, MEDIAN, TRIMMED
from sp2k.tally.numbers import exact_text
from sp2k.tally.stage_rules.model import Combination

# A spreadsheet counts in binary: 2.675 is a little less there. What is rounded to the declared decimals is therefore
# first rounded to so many, which takes off what binary has added or lost; a half then goes up as it does in the count.
GUARD = 9
# More digits than a spreadsheet keeps.
MOST_DIGITS = 15


def is_plain(value: Fraction) -> bool:
    """Tell whether a spreadsheet can hold a value as the very decimal it is."""
    text = exact_text(value)
    return "/" not in text and len(text.strip("-").replace(".", "").lstrip("0")) <= MOST_DIGITS


def number(value: Fraction) -> str:
    """Write a value inside a formula: a decimal, or a ratio in brackets."""
    text = exact_text(value) if is_plain(value) else f"{value.numerator}/{value.denominator}"
    return f"({text})" if "/" in text or text.startswith("-") else text


def rounded(formula: str, places: int | None) -> str:
    """Round half up to the declared decimals; without any, only take off what binary added."""
    guarded = f"ROUND({formula},{GUARD})"
    return guarded if places is None else f"ROUND({guarded},{places})"


def points_of_mark(mark: str, scale: tuple[Fraction, Fraction] | None, maximum: Fraction) -> str:
    """Turn the mark in a cell into points; what is no number (kosong, t.b., absen) stays empty."""
    if scale is None:
        return f'IF(ISNUMBER({mark}),{mark},"")'
    low, high = scale
    share = f"({mark}-{number(low)})/({number(high)}-{number(low)})*{number(maximum)}"
    return f'IF(ISNUMBER({mark}),{share},"")'


def combined(cells: str, how: Combination, places: int | None, instead: str) -> str:
    """Combine the points of several assessors; `instead` stands where nobody gave any."""
    inner = {MEAN: f"AVERAGE({cells})", MEDIAN: f"MEDIAN({cells})"}.get(how.way, f"AVERAGE({cells})")
    if how.way == TRIMMED:
        ends = "".join(f"-LARGE({cells},{n})-SMALL({cells},{n})" for n in range(1, how.trim + 1))
        trimmed = f"(SUM({cells}){ends})/(COUNT({cells})-{2 * how.trim})"
        inner = trimmed if how.on_too_few != MEAN else f"IF(COUNT({cells})>{2 * how.trim},{trimmed},{inner})"
    if places is not None:
        inner = rounded(inner, places)
    return f"IF(COUNT({cells})=0,{instead},{inner})"


def level(
    cells: str, maxima: str, weights: str, shares: str, n_parts: int, maximum: Fraction, *, is_weighted: bool
) -> str:
    """Add or weigh one level's parts; parts that are empty leave points and maxima.

    `maxima`, `weights` and `shares` (weight / maximum) are the parameter cells above `cells`.
    """
    most = number(maximum)
    if is_weighted:
        weighing = f"SUMPRODUCT(ISNUMBER({cells})*{weights})"
        return f'IF({weighing}>0,SUMPRODUCT({shares},{cells})/{weighing}*{most},"")'
    remaining = f"SUMPRODUCT(ISNUMBER({cells})*{maxima})"
    scaled = f'IF({remaining}>0,SUM({cells})*{most}/{remaining},"")'
    return f"IF(COUNT({cells})={n_parts},SUM({cells}),{scaled})"


def with_findings(own: str, findings: str, maximum: Fraction) -> str:
    """Findings lift nobody above the maximum and press nobody below 0."""
    up, down = f"MAX({own},MIN({own}+{findings},{number(maximum)}))", f"MIN({own},MAX({own}+{findings},0))"
    return f"IF({findings}>0,{up},{down})"


def points_of_verdict(cell: str, points: dict[str, Fraction]) -> str:
    """Look up what a visitor's verdict adds."""
    formula = "0"
    for verdict, value in points.items():
        formula = f'IF({cell}="{verdict}",{number(value)},{formula})'
    return formula


def place(values: Sequence[tuple[str, str]]) -> str:
    """Place an entry, 1-2-2-4: by its total, then, among equals, link by link of the chain.

    Parameters
    ----------
    values : sequence of (own cell, cells of all placed with it), the total first
    """
    (own, cells), *links = values
    formula = f"RANK({own},{cells},0)"
    if not links:
        return formula
    equal, terms = f"({cells}={own})", []
    for link, link_cells in links:
        terms.append(f"SUMPRODUCT({equal}*({link_cells}>{link}))")
        equal += f"*({link_cells}={link})"
    return f"{formula}+IF(COUNTIF({cells},{own})>1,{'+'.join(terms)},0)"


def through(place_cell: str, places: str, quota: int) -> str:
    """Say whether a place is within the quota; equals across the cut are not."""
    last = f"{place_cell}+COUNTIF({places},{place_cell})-1"
    return f'IF({last}<={quota},"ya",IF({place_cell}<={quota},"seri di batas","tidak"))'
