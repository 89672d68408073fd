"""Juror strictness in points, with the adjusted value always beside the plain one."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import stdtrit

from sp2k.analysis.answers import Sentence, sentence
from sp2k.analysis.places import places
from sp2k.analysis.severity.cells import Cells

FIXED, RANDOM = "tetap", "acak"


@dataclass(frozen=True, eq=False)
class Severity:
    """How strict each juror is.

    Attributes
    ----------
    method : str
        FIXED (least squares, jurors as they are) or RANDOM (jurors drawn from many; REML).
    jurors : int array, shape (n_jurors,)
        Codes of the jurors who judged.
    strictness : float array, shape (n_jurors,)
        Points given below the panel's mean, the entries being equal; positive = strict.
    se, lower, upper : float array, shape (n_jurors,)
        Standard error of `strictness` were all jurors' noise alike, and intervals that hold for all jurors together at
        `level` (Bonferroni); FIXED: also with unequal noise, the wider of the joint noise and the juror's own.
    plain, adjusted : float array, shape (n_entries,)
        Mean of those present; the same with strictness taken out (BLUE: no shrinking towards the middle).
    adjusted_se : float array, shape (n_entries,)
    residual_sd : float
        What is left of a juror's points for an entry, in points.
    df : int
    level : float
    n_partial : int
        Cells with empty indicators (see `juror_totals`).
    """

    method: str
    jurors: np.ndarray
    strictness: np.ndarray
    se: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    plain: np.ndarray
    adjusted: np.ndarray
    adjusted_se: np.ndarray
    residual_sd: float
    df: int
    level: float
    is_crossed: bool
    n_partial: int
    is_available = True

    @cached_property
    def plain_places(self) -> np.ndarray:
        return places(self.plain)

    @cached_property
    def n_jurors(self) -> int:
        return len(self.jurors)

    @cached_property
    def chance(self) -> float:
        """Share of panels of equal jurors in which some juror would look different."""
        return 1 - self.level

    @cached_property
    def clear(self) -> np.ndarray:
        """Positions in `jurors` whose interval leaves out 0, most different first."""
        found = np.flatnonzero((self.lower > 0) | (self.upper < 0))
        return found[np.argsort(-np.abs(self.strictness[found]), kind="stable")]

    def explain(self) -> tuple[Sentence, ...]:
        said = [self._of_juror(position) for position in self.clear]
        if not said:
            most = int(np.argmax(np.abs(self.strictness)))
            said = [sentence(
                "Tidak ada juri yang jelas lebih ketat atau lebih longgar; yang paling berbeda {juror:juri}, "
                "{points:besar1} poin dari rata-rata panel.",
                juror=int(self.jurors[most]), points=float(self.strictness[most]))]
        if self.method == RANDOM:
            return (*said, sentence(
                "Selangnya menganggap derau {n} juri sama besar; bila tidak, lebih sering ada juri yang tampak berbeda.",
                n=self.n_jurors))
        return (*said, sentence(
            "Selangnya berlaku serentak untuk {n} juri, juga bila derau mereka tidak sama besar: bila semua sama ketat, dalam "
            "kira-kira {noise:persen} panel saja ada juri yang tampak berbeda.", n=self.n_jurors, noise=self.chance))

    def _of_juror(self, position: int) -> Sentence:
        strict = self.strictness[position] > 0
        ends = (self.lower, self.upper) if strict else (self.upper, self.lower)
        return sentence(
            "{juror:juri} lebih ketat {points:besar1} poin daripada rata-rata panel (antara {low:besar1} dan "
            "{high:besar1})." if strict else
            "{juror:juri} lebih longgar {points:besar1} poin daripada rata-rata panel (antara {low:besar1} dan "
            "{high:besar1}).",
            juror=int(self.jurors[position]), points=float(self.strictness[position]),
            low=float(ends[0][position]), high=float(ends[1][position]))


def severity_result(
    method: str, cells: Cells, leniency: np.ndarray, covariance: np.ndarray, residual_sd: float, df: int,
    level: float, n_partial: int, own_reach: np.ndarray | float = 0.0,
) -> Severity:
    """Put a solution into words and intervals.

    Parameters
    ----------
    leniency : float array, shape (n_jurors,)
        Points above the panel's mean.
    covariance : float array, shape (n_jurors, n_jurors)
        Of the leniencies' error, in units of the residual variance.
    own_reach : float array, shape (n_jurors,), optional
        The least half of each interval.
    """
    se = residual_sd * np.sqrt(np.maximum(np.diag(covariance), 0))
    reach = np.maximum(float(stdtrit(df, 1 - (1 - level) / (2 * cells.n_jurors))) * se, own_reach)
    spread = np.einsum("ej,jk,ek->e", cells.share, covariance, cells.share, optimize=True)
    return Severity(
        method=method, jurors=cells.jurors, strictness=-leniency, se=se, lower=-leniency - reach,
        upper=-leniency + reach, plain=cells.entry_mean, adjusted=cells.entry_mean - cells.share @ leniency,
        adjusted_se=residual_sd * np.sqrt(1 / cells.per_entry + np.maximum(spread, 0)), residual_sd=residual_sd,
        df=df, level=level, is_crossed=cells.n_cells == cells.n_entries * cells.n_jurors, n_partial=n_partial)
