"""All that the page "Seberapa yakin?" shows, from the answers and the official places."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sp2k.analysis.answers import Unavailable, in_words
from sp2k.analysis.design import AMBER, GREEN
from sp2k.base.language import spoken_count
from sp2k.results.certainty.asking import N_DRAWS, Answers
from sp2k.results.certainty.jurors import JurorTable, more_jurors, strictness
from sp2k.results.certainty.plots import RangePlot, Tick, percent, place_at, place_ticks
from sp2k.results.certainty.standings import Board, Standing
from sp2k.results.certainty.verdicts import OF_HUNDRED, Verdict, verdict_of
from sp2k.results.ties.told import parted_said
from sp2k.tally.stage_rules.model import Combination

SHOWN_BELOW = 5
LIGHTS = {GREEN: "ok", AMBER: "late"}


@dataclass(frozen=True)
class RangeRow:
    """One entry's plausible places. `kind` is tie, out or "" and says how its bar is drawn."""

    standing: Standing
    best: int
    worst: int
    share: int
    kind: str
    plot: RangePlot


@dataclass(frozen=True)
class RangeTable:
    """The range plot: rows around the cut, the axis, and where the cut lies on it."""

    rows: tuple[RangeRow, ...]
    n_entries: int
    ticks: list[Tick]
    cut_at: str
    heading: str
    total: int

    @property
    def is_whole(self) -> bool:
        return len(self.rows) == self.n_entries


@dataclass(frozen=True)
class CertaintyPage:
    """The page, in its order: headline, verdicts, ranges, what may be done, jurors, agreement, more jurors.

    `verdict` and `ranges` are None where places cannot be told from chance at all; `why_not` says why.
    """

    n_entries: int
    n_jurors: int
    n_draws: int
    seed: int
    verdict: Verdict | None
    why_not: str
    headline: list[str]
    clear: str
    cut_name: str
    cut_said: str
    design_light: str
    design: list[str]
    ties: list[str]
    advice: str
    ranges: RangeTable | None
    jurors: JurorTable | None
    jurors_why_not: str
    order: list[str]
    outliers: list[str]
    agreement: list[str]
    more: list[str]
    curve: list[tuple[int, str, str, bool]]
    notes: list[str]


def certainty_page(answers: Answers, board: Board, *, show_all: bool = False, institutions=None) -> CertaintyPage:
    """Put the page together.

    Parameters
    ----------
    institutions : dict from seat code to institution, optional
        For whoever may know who is behind a code name.
    """
    verdict = verdict_of(answers, board)
    can = not isinstance(verdict, Unavailable)
    own = answers.own
    said = board.said
    table = strictness(answers, board, institutions or {})
    return CertaintyPage(
        n_entries=len(board.standings), n_jurors=own.design.n_jurors - own.design.n_idle, n_draws=N_DRAWS,
        seed=answers.seed, verdict=verdict if can else None, why_not="" if can else said(verdict.explain())[0],
        headline=said(verdict.headline()) if can else [], clear=_clear(verdict) if can else "",
        cut_name=_cut_name(verdict, board) if can else "", cut_said=_cut_said(verdict) if can else "",
        design_light=LIGHTS.get(own.design.light, "back"), design=said(own.design.explain()),
        ties=said(pair.explain() for pair in verdict.pairs if pair.is_tie) if can else [],
        advice=board.text(verdict.advice()) if can and verdict.suggested and verdict.cut > 1 else "",
        ranges=_ranges(answers, board, verdict, show_all) if can else None,
        jurors=table if isinstance(table, JurorTable) else None,
        jurors_why_not="" if isinstance(table, JurorTable) else said(table.explain())[0],
        order=_order(answers, board), outliers=said(own.outliers.explain()),
        agreement=list(dict.fromkeys(said([*own.kendall.explain(), *own.icc.explain()]))),
        more=said(own.more_jurors.explain()), curve=more_jurors(own.more_jurors), notes=_notes(answers),
    )  # fmt: skip


def cut_heading(cut: int) -> str:
    """Return the heading of the column of shares: it adds up to cut x 100."""
    return _("Masuk %(n)s besar") % {"n": spoken_count(cut)} if cut > 1 else _("Tempat pertama")


def _clear(verdict: Verdict) -> str:
    if not verdict.n_clear:
        return _("Belum ada tempat yang jelas: tidak satu pun masuk dalam sedikitnya 95 dari 100 hitungan ulang.")
    what = _("%(n)s besar") % {"n": spoken_count(verdict.cut)} if verdict.cut > 1 else _("sebagai yang pertama")
    share = min(verdict.shares[: verdict.n_clear])
    if share >= 100:
        return _("Masuk %(what)s dalam 100 dari 100 hitungan ulang.") % {"what": what}
    return _("Masuk %(what)s dalam sedikitnya %(share)d dari 100 hitungan ulang.") % {"what": what, "share": share}


def _cut_name(verdict: Verdict, board: Board) -> str:
    first = verdict.at_cut
    if verdict.cut == 1 and board.titles:
        return _("%(first)s dan %(second)s") % {"first": first.ahead_name, "second": first.behind_name}
    return _("Batas %(inside)d dan %(outside)d") % {"inside": verdict.cut, "outside": verdict.cut + 1}


def _cut_said(verdict: Verdict) -> str:
    if (discernible := verdict.at_cut.discernible) is None:
        if not verdict.at_cut.gap:
            return _("Keduanya bernilai sama; %s.") % parted_said(verdict.at_cut.ahead, verdict.at_cut.behind)
        return _("Menurut rata-rata juri tanpa pembulatan, keduanya sama atau terbalik; cara hitung resmi yang memisahkannya.")
    return _("Selisih yang dapat dibedakan: kira-kira %(points)s poin.") % {"points": in_words(discernible, 2)}


def _ranges(answers: Answers, board: Board, verdict: Verdict, show_all: bool) -> RangeTable:
    best, worst = answers.whole.jurors.range90
    standings = board.standings
    last_share = max(n for n, share in enumerate(verdict.shares, start=1) if share)
    n_shown = len(standings) if show_all else min(len(standings), max(verdict.cut + SHOWN_BELOW, last_share))
    shown = standings[:n_shown]
    n_places = max([n_shown, *(int(worst[one.entry]) for one in shown)])
    in_tie = {verdict.at_cut.ahead, *verdict.suggested} if verdict.at_cut.is_tie else set()
    rows = [
        RangeRow(
            standing=one, best=int(best[one.entry]), worst=int(worst[one.entry]), share=verdict.shares[n],
            kind="tie" if one in in_tie else "" if n < verdict.cut else "out",
            plot=RangePlot(*(place_at(place, n_places) for place in (best[one.entry], worst[one.entry], one.place))),
        )
        for n, one in enumerate(shown)
    ]  # fmt: skip
    return RangeTable(
        tuple(rows), len(standings), place_ticks(n_places), percent(verdict.cut / n_places), cut_heading(verdict.cut),
        verdict.cut * OF_HUNDRED,
    )  # fmt: skip


def _order(answers: Answers, board: Board) -> list[str]:
    """Return whether strictness, and whether any one juror, changes the order."""
    severity = answers.whole.severity
    plain = [one for one in severity.explain() if "juror" not in one.numbers]
    return board.said([*plain, *answers.whole.jackknife.explain()])


def _notes(answers: Answers) -> list[str]:
    """Return what a recount takes for granted, where it is not the count itself."""
    rules, notes = answers.marks.rules, []
    if {rules.combination, *rules.other_combinations.values()} != {Combination()}:
        notes.append(_("Hitungan ulang memakai rata-rata juri, bukan cara gabung resmi; baca sebagai perkiraan."))
    if answers.marks.brings_along:
        notes.append(
            _("Nilai bawaan dari tahap sebelumnya dan temuan dianggap tetap; yang diundi kembali hanya juri tahap ini.")
        )
    return notes
