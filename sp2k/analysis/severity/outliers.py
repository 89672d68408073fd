"""Single marks that stand out from the additive model, for the chair to look at before signing."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from sp2k.analysis.answers import Sentence, Unavailable, sentence, unavailable
from sp2k.analysis.ratings import Ratings
from sp2k.analysis.severity.cells import Cells


@dataclass(frozen=True)
class OutlierCell:
    """A juror's points for an entry, far from what entry and juror together lead one to expect."""

    entry: int
    juror: int
    points: float
    expected: float
    studentised: float


@dataclass(frozen=True, eq=False)
class Outliers:
    """Cells beyond the threshold, farthest first.

    Attributes
    ----------
    cells : tuple of OutlierCell
    threshold : float
        In externally studentised residuals (Cook & Weisberg 1982, sec. 2.2).
    n_cells : int
        Cells looked at.
    expected : float
        How many of them pure normal noise would put beyond the threshold.
    studentised : float array, shape (n_entries, n_jurors)
        0 where not given and where the cell alone decides its own fit.
    """

    cells: tuple[OutlierCell, ...]
    threshold: float
    n_cells: int
    expected: float
    studentised: np.ndarray
    is_available = True

    @property
    def n_found(self) -> int:
        return len(self.cells)

    def explain(self) -> tuple[Sentence, ...]:
        if not self.cells:
            return (sentence("Tidak ada nilai yang menyimpang jauh di antara {n} nilai juri.", n=self.n_cells),)
        chance = sentence("{found} dari {n} nilai juri menyimpang jauh; derau normal yang sama besar pada semua juri saja "
                          "memunculkan kira-kira {expected:1}, derau yang tidak sama besar lebih banyak.",
                          found=self.n_found, n=self.n_cells, expected=self.expected)
        return (chance, *(
            sentence("{juror:juri} memberi {entry:peserta} {points:1} poin, padahal menurut juri lain dan kebiasaannya "
                     "diperkirakan {expected:1}.",
                     juror=cell.juror, entry=cell.entry, points=cell.points, expected=cell.expected)
            for cell in self.cells[:5]))


def outlier_cells(ratings: Ratings, *, threshold: float = 3.0) -> Outliers | Unavailable:
    """Find juror totals whose externally studentised residual under the additive model exceeds `threshold`."""
    why_not = ratings.totals.why_not()
    if why_not:
        return why_not
    cells = Cells.of(ratings.totals)
    df = cells.n_cells - cells.n_entries - cells.n_jurors + 1
    if df < 2:
        return unavailable("too_few_marks")
    rest, leverage = _residuals(cells)
    free = np.maximum(1 - leverage, 0)
    total = (rest**2).sum()
    scale = max(1.0, float((cells.points**2).sum()))
    decided = (free > 1e-9) & (cells.given > 0) & (total > 1e-20 * scale)
    without = (total - np.divide(rest**2, free, out=np.zeros_like(rest), where=decided)) / (df - 1)
    # A residual that is all there is has nothing to be compared with: it counts as far as can be.
    deviation = np.sqrt(np.maximum(without, 1e-12 * total) * free)
    size = np.divide(rest, deviation, out=np.zeros_like(rest), where=decided)
    studentised = np.zeros(ratings.totals.points.shape)
    studentised[:, cells.jurors] = size
    found = np.argwhere(np.abs(size) > threshold)
    found = found[np.argsort(-np.abs(size[tuple(found.T)]), kind="stable")]
    return Outliers(
        cells=tuple(
            OutlierCell(int(e), int(cells.jurors[j]), float(cells.points[e, j]),
                        float(cells.points[e, j] - rest[e, j] / free[e, j]), float(size[e, j])) for e, j in found),
        threshold=threshold, n_cells=cells.n_cells,
        expected=float(2 * stdtr(df - 1, -threshold) * np.count_nonzero(decided)), studentised=studentised)


def _residuals(cells: Cells) -> tuple[np.ndarray, np.ndarray]:
    """Return residuals and leverages of the additive fit, both (n_entries, n_jurors)."""
    inverse = cells.inverse
    through = cells.share @ inverse
    own = (through * cells.share).sum(axis=1)[:, None]
    leverage = 1 / cells.per_entry[:, None] + np.diag(inverse) - 2 * through + own
    return cells.residuals(inverse @ cells.within), np.where(cells.given > 0, leverage, 1)
