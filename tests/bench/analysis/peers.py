"""The same questions put to the peers, in the way their documentation shows and with what makes them fastest."""

import krippendorff
import numpy as np
import pandas as pd
import pingouin
from pymcdm.methods import WSM
from skcriteria import mkdm
from skcriteria.agg.simple import WeightedSumModel


def unchanged(column: np.ndarray, cost: bool = False) -> np.ndarray:
    """Marks are on one scale already: pymcdm need not normalise them again."""
    return column


def pymcdm_places(marks: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Places under every row of weights, shape (n_draws, n_entries): WSM, one call a draw."""
    model, types = WSM(normalization_function=unchanged), np.ones(marks.shape[1])
    return np.stack([model.rank(model(marks, weight, types)) for weight in weights])


def pymcdm_top(marks: np.ndarray, weights: np.ndarray, k: int) -> np.ndarray:
    """Share of draws in which each entry is among the best k: WSM, one call a draw, then a partition."""
    model, types = WSM(normalization_function=unchanged), np.ones(marks.shape[1])
    counts = np.zeros(len(marks))
    for weight in weights:
        scores = model(marks, weight, types)
        counts[np.argpartition(scores, len(scores) - k)[len(scores) - k :]] += 1
    return counts / len(weights)


def skcriteria_places(marks: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Places under every row of weights: WeightedSumModel, one decision matrix a draw."""
    model, objectives = WeightedSumModel(), [max] * marks.shape[1]
    return np.stack([model.evaluate(mkdm(marks, objectives, weights=weight)).rank_ for weight in weights])


def long_table(points: np.ndarray) -> pd.DataFrame:
    """One row a judgement, as pingouin reads it."""
    entry, juror = np.indices(points.shape)
    return pd.DataFrame({"entry": entry.ravel(), "juror": juror.ravel(), "points": points.ravel()})


def pingouin_icc(table: pd.DataFrame) -> list[float]:
    """Six intraclass correlations."""
    found = pingouin.intraclass_corr(data=table, targets="entry", raters="juror", ratings="points")
    return found["ICC"].tolist()


def pingouin_cronbach(table: pd.DataFrame) -> float:
    return float(pingouin.cronbach_alpha(data=table)[0])


def krippendorff_interval(points: np.ndarray) -> float:
    """Alpha of a table (n_entries, n_jurors)."""
    return float(krippendorff.alpha(reliability_data=points.T, level_of_measurement="interval"))
