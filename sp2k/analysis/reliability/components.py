"""Variance components of crossed and nested designs by the analysis of variance (Brennan 2001, ch. 3, 4 and 7).

Every effect is a set of facets closed under nesting. Its T term is the sum over its levels of (sum of values)^2 / count;
the expected T terms are linear in the components, whatever is missing (Henderson's method 1), and for complete designs
this is the ordinary expected-mean-squares solution.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import combinations

import numpy as np


@dataclass(frozen=True)
class Effect:
    """One effect of a design.

    Attributes
    ----------
    name : str
        Brennan's notation: `p x i`, `i:p`, `p x i:j`.
    facets : frozenset of str
        With the facets they are nested in.
    levels : int
    t, ss, ms, df : float or None
        T term; sum of squares, mean square and degrees of freedom (None unless the design is balanced).
    variance : float
        Estimated component as it comes out, negative ones too.
    """

    name: str
    facets: frozenset[str]
    levels: int
    t: float
    df: int | None
    ss: float | None
    ms: float | None
    variance: float


@dataclass(frozen=True)
class Components:
    """All effects of one table of values.

    Attributes
    ----------
    effects : tuple of Effect
        Smallest first.
    mean_t : float
        T term of the grand mean.
    is_balanced : bool
    """

    effects: tuple[Effect, ...]
    mean_t: float
    is_balanced: bool

    def __getitem__(self, name: str) -> Effect:
        return next(effect for effect in self.effects if effect.name == name)


class _Cells:
    """The values added up within each level of an effect."""

    def __init__(self, codes: list[np.ndarray], values: np.ndarray):
        flat = reduce(lambda left, code: left * (int(code.max()) + 1) + code, codes)
        size = int(flat.max()) + 1
        counts = np.bincount(flat, minlength=size)
        used = counts > 0
        self.counts = counts[used].astype(float)
        self.levels = len(self.counts)
        self.code = flat if used.all() else (np.cumsum(used) - 1)[flat]
        sums = np.bincount(flat, weights=values, minlength=size)[used]
        self.t = float((sums**2 / self.counts).sum())
        self.is_even = bool((self.counts == self.counts[0]).all())


def effect_sets(facets: tuple[str, ...], nested: Mapping[str, tuple[str, ...]]) -> list[frozenset[str]]:
    """Return the effects of a design, smallest first: sets of facets that hold what their members are nested in."""
    found = []
    for size in range(1, len(facets) + 1):
        for chosen in combinations(facets, size):
            if all(set(nested.get(facet, ())) <= set(chosen) for facet in chosen):
                found.append(frozenset(chosen))
    return found


def _name(effect: frozenset[str], facets: tuple[str, ...], nested: Mapping[str, tuple[str, ...]]) -> str:
    above = {outer for facet in effect for outer in nested.get(facet, ())}
    parts = [
        ":".join([facet, "".join(f for f in facets if f in nested[facet])]) if facet in nested else facet
        for facet in facets if facet in effect and facet not in above]
    return " x ".join(parts)


def variance_components(
    values: np.ndarray, codes: Mapping[str, np.ndarray], nested: Mapping[str, tuple[str, ...]] | None = None
) -> Components:
    """Estimate the variance component of every effect.

    Parameters
    ----------
    values : float array, shape (n,)
    codes : mapping of str to int array, shape (n,)
        Level of each facet, from 0. Levels of a nested facet need be unique only within what they are nested in.
    nested : mapping of str to tuple of str, optional
        `{"i": ("p",)}`: i is nested in p.

    Returns
    -------
    Components
        With one value a cell, the largest effect is confounded with error, as always.
    """
    nested, facets = dict(nested or {}), tuple(codes)
    # Centred, so that T terms of long scales keep their digits; the true T terms are put back in the answer.
    centre = float(values.mean())
    sets = effect_sets(facets, nested)
    cells = [_Cells([np.asarray(codes[f]) for f in facets if f in effect], values - centre) for effect in sets]
    n, whole = len(values), float((values - centre).sum()) ** 2 / len(values)
    is_balanced = all(cell.is_even for cell in cells) and all(
        np.prod([_levels(sets, cells, facet, nested) for facet in effect]) == cell.levels
        for effect, cell in zip(sets, cells, strict=True))
    joint = _even_joint if is_balanced else _any_joint
    table = np.array([[joint(sets, cells, row, column, n) for column in range(len(sets))] for row in range(len(sets))])
    mean_row = np.array([(cell.counts**2).sum() / n for cell in cells])
    # Unknowns: the components and the squared mean.
    system = np.block([[table, np.full((len(sets), 1), n)], [mean_row, np.array([n])]])
    known = np.array([cell.t for cell in cells] + [whole])
    solution = np.linalg.lstsq(system, known, rcond=None)[0]
    put_back = n * centre**2 + 2 * centre * float((values - centre).sum())
    effects = _with_mean_squares(sets, cells, whole, solution, is_balanced, put_back, facets, nested)
    return Components(effects, whole + put_back, is_balanced)


def _levels(sets, cells, facet: str, nested) -> int:
    """Levels of a facet, within one level of what it is nested in."""
    closure = frozenset((facet, *nested.get(facet, ())))
    outer = frozenset(nested.get(facet, ()))
    levels = cells[sets.index(closure)].levels
    return levels // cells[sets.index(outer)].levels if outer in sets else levels


def _even_joint(sets, cells, row: int, column: int, n: int) -> float:
    return n * cells[row].levels / cells[sets.index(sets[row] | sets[column])].levels


def _any_joint(sets, cells, row: int, column: int, n: int) -> float:
    """Sum over levels of both effects of (count together)^2 / (count of the row's level)."""
    union = cells[sets.index(sets[row] | sets[column])]
    of_row = np.empty(union.levels)
    of_row[union.code] = cells[row].counts[cells[row].code]
    return float((union.counts**2 / of_row).sum())


def _with_mean_squares(sets, cells, whole, solution, is_balanced, put_back, facets, nested) -> tuple[Effect, ...]:
    ss, df, effects = {}, {}, []
    for position, effect in enumerate(sets):
        below = [other for other in sets if other < effect]
        ss[effect] = cells[position].t - whole - sum(ss[other] for other in below)
        df[effect] = cells[position].levels - 1 - sum(df[other] for other in below)
        told = is_balanced and df[effect] > 0
        effects.append(Effect(
            name=_name(effect, facets, nested), facets=effect, levels=cells[position].levels,
            t=cells[position].t + put_back, df=df[effect] if is_balanced else None,
            ss=ss[effect] if is_balanced else None, ms=ss[effect] / df[effect] if told else None,
            variance=float(solution[position])))
    return tuple(effects)
