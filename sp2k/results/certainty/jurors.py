"""Jurors under code names: strictness in points with its picture, and what more of them would give."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sp2k.analysis.answers import Unavailable, in_words
from sp2k.analysis.reliability.generalizability import DStudy
from sp2k.results.certainty.asking import Answers
from sp2k.results.certainty.plots import PointAxis, RangePlot, Tick, percent
from sp2k.results.certainty.standings import Board


@dataclass(frozen=True)
class JurorRow:
    """One juror. `points` is signed, with a true minus: below the others is strict."""

    name: str
    institution: str
    points: str
    low: str
    high: str
    meaning: str
    plot: RangePlot


@dataclass(frozen=True)
class JurorTable:
    """Jurors, the strictest first, around a zero line."""

    rows: tuple[JurorRow, ...]
    ticks: list[Tick]
    grid: list[str]


def strictness(answers: Answers, board: Board, institutions: dict[str, str]) -> JurorTable | Unavailable:
    """Return the table; the reason where strictness cannot be told."""
    severity = answers.own.severity
    if isinstance(severity, Unavailable):
        return severity
    points, lows, highs = (-1 * values for values in (severity.strictness, severity.upper, severity.lower))
    axis = PointAxis.around([*map(float, lows), *map(float, highs)])
    rows = [
        JurorRow(
            name=board.jurors[juror], institution=institutions.get(answers.marks.seats[juror], ""),
            points=signed(points[n]), low=signed(lows[n]), high=signed(highs[n]),
            meaning=_meaning(float(lows[n]), float(highs[n])),
            plot=RangePlot(axis.at(float(lows[n])), axis.at(float(highs[n])), axis.at(float(points[n]))),
        )
        for n, juror in sorted(enumerate(severity.jurors.tolist()), key=lambda each: points[each[0]])
    ]  # fmt: skip
    ticks = [Tick(axis.at(value), signed(value, _decimals(axis.ticks))) for value in axis.ticks]
    return JurorTable(tuple(rows), ticks, [axis.at(value) for value in axis.ticks if value])


def more_jurors(study: DStudy | Unavailable) -> list[tuple[int, str, str, bool]]:
    """Return (jurors, reliability in words of numbers, width of its bar, whether so many there were)."""
    if isinstance(study, Unavailable):
        return []
    return [(size, in_words(value, 2), percent(max(value, 0.0)), size == study.now) for size, value in study.curve]


def signed(value: float, decimals: int = 1) -> str:
    """Return `+1,2`, `−0,4` (a true minus) or `0,0`."""
    text = in_words(float(value), decimals)
    if text.startswith("-"):
        return "−" + text[1:]
    return "+" + text if float(text.replace(",", ".")) else text


def _meaning(low: float, high: float) -> str:
    if high < 0:
        return _("lebih ketat")
    return _("lebih longgar") if low > 0 else _("sekitar rata-rata")


def _decimals(ticks: list[float]) -> int:
    return next((n for n in range(4) if all(abs(tick - round(tick, n)) < 1e-9 for tick in ticks)), 4)
