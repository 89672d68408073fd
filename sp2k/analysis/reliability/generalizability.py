"""G study: where the differences come from. D study: what more jurors would give (Brennan 2001)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sp2k.analysis.answers import Sentence, Unavailable, sentence, unavailable
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.reliability.components import Components, variance_components
from sp2k.analysis.reliability.words import reliability_word

NOTHING = 1e-12


@dataclass(frozen=True)
class Coefficients:
    """Reliability for given numbers of jurors and indicators.

    Attributes
    ----------
    sizes : mapping of str to float
        Levels of each facet other than the object.
    universe : float
        Variance of what is to be measured.
    relative_error, absolute_error : float
        Error variance of differences between entries, and of points as such.
    relative, absolute : float
        Generalizability coefficient (E rho squared) and dependability (Phi).
    """

    sizes: Mapping[str, float]
    universe: float
    relative_error: float
    absolute_error: float

    @property
    def relative(self) -> float:
        return self.universe / (self.universe + self.relative_error)

    @property
    def absolute(self) -> float:
        return self.universe / (self.universe + self.absolute_error)


@dataclass(frozen=True)
class DStudy:
    """Reliability against the number of levels of one facet.

    Attributes
    ----------
    facet : str
    points : tuple of (int, Coefficients)
    now : int
        The number there was, rounded.
    """

    facet: str
    points: tuple[tuple[int, Coefficients], ...]
    now: int
    is_available = True

    def at(self, size: int) -> Coefficients:
        return dict(self.points)[size]

    @cached_property
    def curve(self) -> tuple[tuple[int, float], ...]:
        """(number, E rho squared)."""
        return tuple((size, coefficients.relative) for size, coefficients in self.points)

    def explain(self) -> tuple[Sentence, ...]:
        sizes = [size for size, _ in self.points if size != self.now]
        if not sizes:
            return ()
        told = [max([s for s in sizes if s < self.now], default=None), max(sizes)]
        return tuple(
            sentence("Dengan {n} juri keandalan urutan, tanpa beda keketatan, menjadi {value:2}.",
                     n=size, value=self.at(size).relative)
            for size in dict.fromkeys(told) if size is not None)


@dataclass(frozen=True, eq=False)
class GStudy:
    """Variance components with the coefficients they give.

    Attributes
    ----------
    components : Components
    object_facet : str
        What is measured.
    nested : mapping of str to tuple of str
    sizes : mapping of str to float
        Levels of each other facet within one object (harmonic mean over objects when they differ).
    fixed : tuple of str
        Facets that are not a sample: all the levels there are.
    """

    components: Components
    object_facet: str
    nested: Mapping[str, tuple[str, ...]]
    sizes: Mapping[str, float]
    fixed: tuple[str, ...]
    is_available = True

    def coefficients(self, sizes: Mapping[str, float] | None = None) -> Coefficients | Unavailable:
        """Return the coefficients for other numbers of levels (those left out stay as they were).

        Components estimated below zero count as zero here; `components` has them as they came out. Where a nested
        design is unbalanced there are none: the formulas would be those of another mean.
        """
        if self.nested and not self.components.is_balanced:
            return unavailable("unbalanced")
        sizes = {**self.sizes, **(sizes or {})}
        measured = {self.object_facet, *self.nested.get(self.object_facet, ())}
        universe = relative = absolute = 0.0
        for effect in self.components.effects:
            sampled = effect.facets - measured
            share = max(effect.variance, 0.0) / np.prod([sizes[facet] for facet in sampled])
            about_object = self.object_facet in effect.facets
            if sampled <= set(self.fixed):
                universe += share if about_object else 0.0
                continue
            absolute += share
            # What varies within one object's own levels cannot be told from the object, nested or crossed.
            relative += share if about_object else 0.0
        if universe <= NOTHING * (universe + absolute) or universe == 0:
            return unavailable("no_variance_components")
        return Coefficients({f: float(s) for f, s in sizes.items()}, float(universe), float(relative), float(absolute))

    def d_study(self, facet: str, sizes: Iterable[int]) -> DStudy | Unavailable:
        """Return the coefficients for each number of levels of one facet."""
        points = [(int(size), self.coefficients({facet: size})) for size in sizes]
        lost = next((value for _, value in points if isinstance(value, Unavailable)), None)
        return lost or DStudy(facet, tuple(points), round(self.sizes[facet]))

    @cached_property
    def now(self) -> Coefficients | Unavailable:
        """Coefficients of the design as it was."""
        return self.coefficients()

    @property
    def word(self) -> str | None:
        return None if isinstance(self.now, Unavailable) else reliability_word(self.now.relative)

    def explain(self) -> tuple[Sentence, ...]:
        if isinstance(self.now, Unavailable):
            return self.now.explain()
        said = "Bila semua indikator sama berat: keandalan urutan {word}: {relative:2} dari 1; nilai itu sendiri {absolute:2}."
        if "indicator" in self.sizes:
            return (sentence(said, word=self.word, relative=self.now.relative, absolute=self.now.absolute),)
        return (sentence("Keandalan urutan {word}: {relative:2} dari 1; keandalan nilai itu sendiri {absolute:2}.",
                         word=self.word, relative=self.now.relative, absolute=self.now.absolute),)


def g_study(
    values: np.ndarray, codes: Mapping[str, np.ndarray], *, object_facet: str,
    nested: Mapping[str, tuple[str, ...]] | None = None, fixed: tuple[str, ...] = (),
) -> GStudy | Unavailable:
    """Study any crossed or nested design of up to a few facets.

    Parameters
    ----------
    values : float array, shape (n,)
    codes : mapping of str to int array, shape (n,)
    object_facet : str
    nested : mapping, optional
        `{"juror": ("session",)}` for jurors who sit in one session each.
    fixed : tuple of str
    """
    values, nested = np.asarray(values, dtype=float), dict(nested or {})
    codes = {facet: np.unique(code, return_inverse=True)[1] for facet, code in codes.items()}
    lone = next((facet for facet in codes if facet not in nested and codes[facet].max() == 0), None)
    if lone:
        return unavailable({object_facet: "one_entry", "juror": "one_juror"}.get(lone, "one_indicator"))
    if np.ptp(values) <= NOTHING * max(1.0, np.abs(values).max()):
        return unavailable("all_equal")
    components = variance_components(values, codes, nested)
    if all(e.levels == len(values) for e in components.effects if object_facet in e.facets):
        return unavailable("too_few_marks")
    sizes = {facet: _per_object(codes, object_facet, facet, nested) for facet in codes
             if facet != object_facet and facet not in nested.get(object_facet, ())}
    return GStudy(components, object_facet, nested, sizes, tuple(fixed))


def _per_object(codes, object_facet: str, facet: str, nested) -> float:
    """Harmonic mean over objects of the levels of a facet met by each, within what the facet is nested in."""
    outer = [f for f in nested.get(facet, ()) if f != object_facet]
    objects = codes[object_facet]
    groups = objects
    for other in (*outer, *nested.get(object_facet, ())):
        groups = groups * (int(codes[other].max()) + 1) + codes[other]
    span = int(codes[facet].max()) + 1
    _, counts = np.unique(np.unique(groups * span + codes[facet]) // span, return_counts=True)
    return float(len(counts) / (1 / counts).sum())


def panel_study(ratings: Ratings) -> GStudy | Unavailable:
    """Study entry x juror x indicator, or entry x juror when there is one indicator.

    The indicators of an instrument are all there are, not a sample of others. Jurors are nested in their session when
    sessions were declared, every juror sat in one of them, and every entry was seen in more than one; otherwise
    sessions are left out.
    """
    codes = {"entry": ratings.entry, "juror": ratings.juror, "indicator": ratings.indicator}
    if ratings.n_indicators == 1:
        del codes["indicator"]
    nested = {}
    if ratings.session is not None and _jurors_sit_in_one(ratings):
        codes = {"entry": ratings.entry, "session": ratings.session, **codes}
        nested = {"juror": ("session",)}
    return g_study(ratings.value, codes, object_facet="entry", nested=nested, fixed=("indicator",))


def points_study(ratings: Ratings) -> GStudy | Unavailable:
    """Study entry x juror on the points: the indicators stand with their weights, as the instrument has them."""
    entry, juror = np.nonzero(ratings.presence)
    return g_study(ratings.totals.points[entry, juror], {"entry": entry, "juror": juror}, object_facet="entry")


def _jurors_sit_in_one(ratings: Ratings) -> bool:
    pairs = np.unique(np.stack([ratings.juror, ratings.session]), axis=1)
    seen = np.unique(np.stack([ratings.entry, ratings.session]), axis=1)
    return len(np.unique(pairs[0])) == pairs.shape[1] and bool((np.bincount(seen[0]) > 1).all())
