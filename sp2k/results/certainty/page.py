"""All that the page "Seberapa yakin?" shows, from the answers and the official places."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sp2k.analysis.answers import Unavailable
from sp2k.analysis.design import AMBER, GREEN
from sp2k.base.language import spoken_count
from sp2k.results.certainty.asking import N_DRAWS, Answers
from sp2k.results.certainty.jurors import JurorTable, more_jurors, strictness
from sp2k.results.certainty.plots import RangePlot, Tick, percent, place_at, place_ticks
from sp2k.results.certainty.standings import Board, Standing
from sp2k.results.certainty.verdicts import OF_HUNDRED, Verdict, held_said, verdicts_of
from sp2k.tally.stage_rules.model import Combination

SHOWN_BELOW, SHOWN_BELOW_IN_SCOPE = 5, 2
LIGHTS = {GREEN: "ok", AMBER: "late"}


@dataclass(frozen=True)
class RangeRow:
    """One entry's plausible places. `kind` is tie, out or "" and says how its bar is drawn; `share` None: no number."""

    standing: Standing
    best: int
    worst: int
    share: int | None
    kind: str
    plot: RangePlot
    cut_at: str


@dataclass(frozen=True)
class RangeTable:
    """The range plot: rows around the cut, the axis, and the heading of the shares ("" without them)."""

    rows: tuple[RangeRow, ...]
    n_entries: int
    ticks: list[Tick]
    heading: str
    total: int

    @property
    def is_whole(self) -> bool:
        return len(self.rows) == self.n_entries


@dataclass(frozen=True)
class ScopeRow:
    """A regency's verdict, where places and quota are each regency's own."""

    name: str
    cut: int
    is_clear: bool
    said: str


@dataclass(frozen=True)
class CertaintyPage:
    """The page, in its order: headline, verdicts, ranges, what may be done, jurors, agreement, more jurors.

    `verdict` is None where there is not one order of all; `scopes` then has a row a regency. `verdict` and `ranges` are
    None where places cannot be told from chance at all; `why_not` says why.
    """

    n_entries: int
    n_jurors: int
    n_draws: int
    seed: int
    verdict: Verdict | None
    scopes: tuple[ScopeRow, ...]
    why_not: str
    headline: list[str]
    clear: str
    cut_name: str
    cut_said: str
    design_light: str
    design: list[str]
    is_order_kept: bool
    ties: list[str]
    advice: list[str]
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
    found = verdicts_of(answers, board)
    can = not isinstance(found, Unavailable)
    verdicts = found if can else ()
    one = verdicts[0] if len(verdicts) == 1 else None
    own, said = answers.own, board.said
    table = strictness(answers, board, institutions or {})
    return CertaintyPage(
        n_entries=len(board.standings), n_jurors=own.design.n_jurors - own.design.n_idle, n_draws=N_DRAWS,
        seed=answers.seed, verdict=one, scopes=() if one else tuple(_scope_row(each, board) for each in verdicts),
        why_not="" if can else said(found.explain())[0], headline=_headline(verdicts, board), clear=_clear(one) if one else "",
        cut_name=_cut_name(one, board) if one else "", cut_said=_cut_said(one) if one else "",
        design_light=LIGHTS.get(own.design.light, "back"), design=said(own.design.explain()),
        is_order_kept=not isinstance(own.order, Unavailable) and own.order.is_theorem,
        ties=said(pair.explain() for each in verdicts if each.why_not is None for pair in each.pairs if pair.is_tie),
        advice=said(each.advice() for each in verdicts if each.suggested and (each.cut > 1 or not one)),
        ranges=_ranges(answers, verdicts, show_all) if can else None,
        jurors=table if isinstance(table, JurorTable) else None,
        jurors_why_not="" if isinstance(table, JurorTable) else said(table.explain())[0],
        order=said([*own.order.explain(), *own.jackknife.explain()]), outliers=said(own.outliers.explain()),
        agreement=list(dict.fromkeys(said([*own.kendall.explain(), *own.icc.explain()]))),
        more=said(own.more_jurors.explain()), curve=more_jurors(own.more_jurors), notes=_notes(answers),
    )  # fmt: skip


def cut_heading(cut: int) -> str:
    """Return the heading of the column of shares: it adds up to cut x 100."""
    return _("Masuk %(n)s besar") % {"n": spoken_count(cut)} if cut > 1 else _("Tempat pertama")


def _headline(verdicts: tuple[Verdict, ...], board: Board) -> list[str]:
    if len(verdicts) == 1:
        return board.said(verdicts[0].headline())
    cuts = [each for each in verdicts if each.at_cut is not None]
    if not cuts:
        return [_("Kuotanya per kabupaten/kota, dan tidak menyisihkan siapa pun.")] if verdicts else []
    if cuts[0].why_not is not None:
        return [board.text(cuts[0].why_not)]
    return [
        _("Kuotanya per kabupaten/kota: batasnya jelas di %(clear)d dari %(n)d kabupaten/kota yang berbatas.")
        % {"clear": sum(each.is_clear for each in cuts), "n": len(cuts)}
    ]


def _scope_row(verdict: Verdict, board: Board) -> ScopeRow:
    said = board.text(verdict.why_not or verdict.about_cut())
    if verdict.why_not is None and verdict.may_be_alike and verdict.at_cut is not None:
        said = f"{said} {too_near_said()}"
    return ScopeRow(verdict.scope, verdict.cut, verdict.is_clear, said)


def too_near_said() -> str:
    return _("Pesertanya terlalu sedikit, atau nilainya terlalu rapat, untuk menyebutnya jelas.")


def _clear(verdict: Verdict) -> str:
    if verdict.why_not is not None:
        return _("Tidak ada tempat yang dapat disebut jelas dari nilai sesedikit ini.")
    if verdict.may_be_alike:
        return _("Belum ada tempat yang jelas: nilai seperti ini dapat muncul juga bila semua peserta sama baik.")
    if not verdict.n_clear:
        return _("Belum ada tempat yang jelas, dihitung berturut-turut dari tempat pertama.")
    what = _("%(n)s besar") % {"n": spoken_count(verdict.cut)} if verdict.cut > 1 else _("sebagai yang pertama")
    return _("Semuanya masuk %(what)s dalam sedikitnya %(needed)d dari 100 kemungkinan%(held)s.") % {
        "what": what, "needed": verdict.needed, "held": held_said(verdict.fixed_share)
    }  # fmt: skip


def _cut_name(verdict: Verdict, board: Board) -> str:
    first = verdict.at_cut
    if verdict.cut == 1 and board.titles:
        return _("%(first)s dan %(second)s") % {"first": first.ahead_name, "second": first.behind_name}
    return _("Batas %(inside)d dan %(outside)d") % {"inside": verdict.cut, "outside": verdict.cut + 1}


def _cut_said(verdict: Verdict) -> str:
    if verdict.at_cut.is_equal:
        return _("Keduanya bernilai sama; %s.") % verdict.at_cut.how
    if verdict.why_not is not None:
        return ""
    if verdict.at_cut.is_tie:
        return _("Keduanya tidak terbedakan.")
    if verdict.is_clear:
        return _("Keduanya terbedakan.")
    return _("Keduanya terbedakan, tetapi batasnya belum jelas bagi semuanya.")


def _ranges(answers: Answers, verdicts: tuple[Verdict, ...], show_all: bool) -> RangeTable:
    ends = answers.own.places.range90
    shown = {n: _n_shown(each, len(verdicts) == 1, show_all) for n, each in enumerate(verdicts)}
    told = [one for n, each in enumerate(verdicts) for one in each.standings[: shown[n]]]
    n_places = max([1, *shown.values(), *(int(ends[1][one.entry]) for one in told)])
    rows = [row for n, each in enumerate(verdicts) for row in _rows(each, ends, shown[n], n_places)]
    has_shares = any(each.shares for each in verdicts)
    one = verdicts[0] if len(verdicts) == 1 else None
    heading = (cut_heading(one.cut) if one else _("Masuk kuota")) if has_shares else ""
    return RangeTable(
        tuple(rows), sum(len(each.standings) for each in verdicts), place_ticks(n_places), heading,
        one.cut * OF_HUNDRED if one else 0,
    )  # fmt: skip


def _n_shown(verdict: Verdict, is_whole: bool, show_all: bool) -> int:
    if show_all:
        return len(verdict.standings)
    last_share = max((n for n, share in enumerate(verdict.shares, start=1) if share), default=0) if is_whole else 0
    below = SHOWN_BELOW if is_whole else SHOWN_BELOW_IN_SCOPE
    return min(len(verdict.standings), max(verdict.cut + below, last_share))


def _rows(verdict: Verdict, ends, n_shown: int, n_places: int):
    in_tie = {verdict.at_cut.ahead, *verdict.suggested} if verdict.suggested else set()
    for n, one in enumerate(verdict.standings[:n_shown]):
        best, worst = (int(end[one.entry]) for end in ends)
        worst = min(worst, verdict.cut) if n < verdict.n_clear else worst
        yield RangeRow(
            standing=one, best=min(best, worst), worst=worst, share=verdict.shares[n] if verdict.shares else None,
            kind="tie" if one in in_tie else "" if n < verdict.cut else "out",
            plot=RangePlot(*(place_at(place, n_places) for place in (min(best, worst), worst, one.place))),
            cut_at=percent(min(verdict.cut, n_places) / n_places),
        )  # fmt: skip


def _notes(answers: Answers) -> list[str]:
    """Return what some numbers take for granted, where it is not the count itself."""
    rules, notes = answers.marks.rules, []
    if {rules.combination, *rules.other_combinations.values()} != {Combination()}:
        notes.append(_("Kesepakatan, keketatan, dan keandalan dihitung atas rata-rata juri, bukan cara gabung resmi."))
    if answers.marks.brings_along:
        notes.append(
            _("Nilai bawaan dari tahap sebelumnya dan temuan dianggap tetap; yang diragukan hanya nilai juri tahap ini.")
        )
    return notes
