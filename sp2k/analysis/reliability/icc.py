"""Intraclass correlations, six forms (Shrout & Fleiss 1979, Psych. Bull. 86:420-428; McGraw & Wong 1996)."""

from dataclasses import dataclass

import numpy as np
from scipy.special import fdtrc, fdtri

from sp2k.analysis.answers import Sentence, Unavailable, sentence, unavailable
from sp2k.analysis.reliability.words import reliability_word

NOTHING = 1e-12


@dataclass(frozen=True)
class MeanSquares:
    """Two-way analysis of variance without replication.

    Attributes
    ----------
    n_entries, n_jurors : int
    between, jurors, residual, within : float
        BMS, JMS, EMS and WMS of Shrout & Fleiss.
    """

    n_entries: int
    n_jurors: int
    between: float
    jurors: float
    residual: float
    within: float

    @property
    def residual_df(self) -> int:
        return (self.n_entries - 1) * (self.n_jurors - 1)


@dataclass(frozen=True)
class Icc:
    """One form.

    Attributes
    ----------
    form : str
        `1,1` `2,1` `3,1` (one juror alone) or `1,k` `2,k` `3,k` (the panel's mean).
    value : float or None
        None when jurors disagree more than entries and jurors together differ: the panel form has no value then.
    f, df1, df2, p_value : float
        Test that there is no difference between entries; None when nothing is left over to test against.
    lower, upper : float or None
        Limits from F quantiles.
    """

    form: str
    value: float | None
    f: float | None = None
    df1: int | None = None
    df2: int | None = None
    p_value: float | None = None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class IccTable:
    """All six forms of one table.

    Attributes
    ----------
    squares : MeanSquares
    forms : dict of str to Icc
    level : float
    """

    squares: MeanSquares
    forms: dict[str, Icc]
    level: float
    is_available = True

    @property
    def single(self) -> float:
        """One juror alone, jurors drawn from many: form 2,1."""
        return self.forms["2,1"].value

    @property
    def panel(self) -> float | None:
        """The panel's mean, jurors drawn from many: form 2,k."""
        return self.forms["2,k"].value

    @property
    def word(self) -> str:
        return reliability_word(-1.0 if self.panel is None else self.panel)

    def explain(self) -> tuple[Sentence, ...]:
        if self.panel is None:
            return (sentence(
                "Pendapat {n_jurors} juri begitu berlainan sehingga keandalan rata-ratanya tidak ada angkanya; satu "
                "juri sendirian {single:2}.", n_jurors=self.squares.n_jurors, single=self.single),)
        return (sentence(
            "Keandalan rata-rata {n_jurors} juri, beda keketatan ikut dihitung, {word}: {panel:2} dari 1; satu juri "
            "sendirian {single:2}.",
            n_jurors=self.squares.n_jurors, word=self.word, panel=self.panel, single=self.single),)


def mean_squares(points: np.ndarray) -> MeanSquares:
    """Split the spread of a complete table (n_entries, n_jurors)."""
    n, k = points.shape
    left = points - points.mean()
    # Products with ones: means over a handful of jurors would cost more than all the rest.
    entry, juror = left @ np.full(k, 1 / k), np.full(n, 1 / n) @ left
    between, jurors = k * (entry @ entry), n * (juror @ juror)
    within = np.einsum("ej,ej->", left, left) - between
    return MeanSquares(n, k, between / (n - 1), jurors / (k - 1), max(within - jurors, 0) / ((n - 1) * (k - 1)),
                       within / (n * (k - 1)))


def icc(points: np.ndarray, *, level: float = 0.95) -> IccTable | Unavailable:
    """Compute the six intraclass correlations of a complete table.

    Parameters
    ----------
    points : float array, shape (n_entries, n_jurors)
    level : float
        Of the limits.
    """
    points = np.asarray(points, dtype=float)
    n, k = points.shape
    if n < 2:
        return unavailable("one_entry")
    if k < 2:
        return unavailable("one_juror")
    if not np.isfinite(points.sum()):
        return unavailable("empty_cells", n_empty=int(np.isnan(points).sum()))
    squares = mean_squares(points)
    scale = NOTHING * max(1.0, np.abs(points).max() ** 2)
    if max(squares.between, squares.jurors, squares.residual) <= scale:
        return unavailable("all_equal")
    if squares.between <= scale:
        return unavailable("no_spread")
    if squares.residual <= scale:
        squares = MeanSquares(n, k, squares.between, squares.jurors, 0.0, squares.within)
    forms = (*_one_way(squares, level), *_agreement(squares, level), *_consistency(squares, level))
    return IccTable(squares, {form.form: form for form in forms}, level)


def _stepped_up(value: float, k: int) -> float | None:
    """Spearman-Brown: from one juror to the mean of k; None where jurors differ so much that there is no such mean."""
    below = 1 + (k - 1) * value
    return k * value / below if below > NOTHING else None


def _one_way(s: MeanSquares, level: float) -> tuple[Icc, Icc]:
    return _ratio_forms("1", s, s.within, s.n_entries * (s.n_jurors - 1), level)


def _consistency(s: MeanSquares, level: float) -> tuple[Icc, Icc]:
    return _ratio_forms("3", s, s.residual, s.residual_df, level)


def _ratio_forms(model: str, s: MeanSquares, error: float, df2: int, level: float) -> tuple[Icc, Icc]:
    k, df1 = s.n_jurors, s.n_entries - 1
    single = (s.between - error) / (s.between + (k - 1) * error)
    panel = (s.between - error) / s.between
    if error <= NOTHING * s.between:
        return Icc(f"{model},1", single), Icc(f"{model},k", panel)
    f = s.between / error
    low, high = f / fdtri(df1, df2, (1 + level) / 2), f * fdtri(df2, df1, (1 + level) / 2)
    test = (f, df1, df2, float(fdtrc(df1, df2, f)))
    return (Icc(f"{model},1", single, *test, (low - 1) / (low + k - 1), (high - 1) / (high + k - 1)),
            Icc(f"{model},k", panel, *test, 1 - 1 / low, 1 - 1 / high))


def _agreement(s: MeanSquares, level: float) -> tuple[Icc, Icc]:
    n, k, residual = s.n_entries, s.n_jurors, s.residual
    single = (s.between - residual) / (s.between + (k - 1) * residual + k * (s.jurors - residual) / n)
    panel = _stepped_up(single, k)
    if residual <= NOTHING * s.between:
        return Icc("2,1", single), Icc("2,k", panel)
    f = s.between / residual
    low, high = agreement_limits(s, level)
    test = (f, n - 1, s.residual_df, float(fdtrc(n - 1, s.residual_df, f)))
    return (Icc("2,1", single, *test, low, high),
            Icc("2,k", panel, *test, _stepped_up(low, k), _stepped_up(high, k)))


def agreement_limits(s: MeanSquares, level: float, *, at: float | None = None) -> tuple[float, float]:
    """Limits of form 2,1 with Satterthwaite's degrees of freedom (McGraw & Wong 1996, table 7).

    Parameters
    ----------
    at : float, optional
        The correlation at which the degrees of freedom are taken; by default the estimate itself. Some software takes
        them at the panel's correlation when it prints limits of form 2,k.
    """
    n, k = s.n_entries, s.n_jurors
    if at is None:
        at = (s.between - s.residual) / (s.between + (k - 1) * s.residual + k * (s.jurors - s.residual) / n)
    a = k * at / (n * (1 - at))
    b = 1 + a * (n - 1)
    mixed = a * s.jurors + b * s.residual
    df = mixed**2 / ((a * s.jurors) ** 2 / (k - 1) + (b * s.residual) ** 2 / s.residual_df)
    low, high = (fdtri(*pair, (1 + level) / 2) for pair in ((n - 1, df), (df, n - 1)))
    spread = k * s.jurors + (k * n - k - n) * s.residual
    between, residual = n * s.between, n * s.residual
    return _fraction(low, -residual, between, spread, between), _fraction(high, between, -residual, between, spread)


def _fraction(q: float, a: float, b: float, c: float, d: float) -> float:
    """Return (a q + b) / (c q + d); with next to no degrees of freedom the quantile q is boundless or next to 0."""
    if not np.isfinite(q):
        return float(a / c)
    return float((a * q + b) / (c * q + d) if q <= 1 else (a + b / q) / (c + d / q))
