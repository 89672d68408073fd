"""What may be concluded about the cut and about neighbours, told with the official totals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from sp2k.analysis.answers import Sentence, Unavailable, in_words, sentence, unavailable
from sp2k.analysis.uncertainty.certain_places import CLEAR_AT_CUT, PlaceCertainty
from sp2k.base.language import spoken_count
from sp2k.results.certainty.asking import Answers
from sp2k.results.certainty.standings import Board, Standing, gap_between
from sp2k.results.ties.told import common_ruling, parted_said, ruling_said

OF_HUNDRED = 100
MORE_TO_VISIT = 2
# By what is so: is the cut clear, are the two equal, may shares be given. `held` says what share of the score is fixed.
SENTENCES = {
    "clear": "{n} besar jelas: {ahead:peserta} di tempat terakhirnya termasuk yang terbaik dalam {share_in} dari 100 "
    "kemungkinan, {behind:peserta} di luarnya dalam {share_out}{held}.",
    "clear, no shares": "{n} besar jelas: {ahead:peserta} di tempat terakhirnya dan {behind:peserta} di luarnya terpaut "
    "{gap:2} poin{held}.",
    "first clear": "{first} jelas: {ahead:peserta} yang terbaik dalam {share_in} dari 100 kemungkinan{held}.",
    "first clear, no shares": "{first} jelas: {ahead:peserta} terpaut {gap:2} poin dari {behind:peserta}{held}.",
    "first unclear": "{first} belum jelas: {ahead:peserta} dan {behind:peserta} terpaut {gap:2} poin; yang terbaik "
    "{ahead:peserta} dalam {share_in} dari 100 kemungkinan, {behind:peserta} dalam {share_out}{held}.",
    "first unclear, no shares": "{first} belum jelas: {ahead:peserta} dan {behind:peserta} terpaut {gap:2} poin{held}.",
    "first equal": "{first}: {ahead:peserta} dan {behind:peserta} bernilai sama; {how}.",
    "some": "{clear} dari {n} besar jelas; batasnya tidak. Termasuk yang terbaik: {ahead:peserta} dalam {share_in} dari 100 "
    "kemungkinan, {behind:peserta} dalam {share_out}{held}.",
    "some, no shares": "{clear} dari {n} besar jelas; batasnya tidak: {ahead:peserta} dan {behind:peserta} terpaut {gap:2} "
    "poin{held}.",
    "some, equal": "{clear} dari {n} besar jelas; di batasnya {ahead:peserta} dan {behind:peserta} bernilai sama; {how}.",
    "none": "Batas {n} besar tidak jelas. Termasuk yang terbaik: {ahead:peserta} dalam {share_in} dari 100 kemungkinan, "
    "{behind:peserta} dalam {share_out}{held}.",
    "none, no shares": "Batas {n} besar tidak jelas: {ahead:peserta} dan {behind:peserta} terpaut {gap:2} poin{held}.",
    "none, equal": "Di batas {n} besar {ahead:peserta} dan {behind:peserta} bernilai sama; {how}.",
}


@dataclass(frozen=True)
class PairVerdict:
    """Two official neighbours.

    Attributes
    ----------
    gap : Decimal
        Between the official totals.
    is_tie : bool
        Whether the two cannot be told apart: equal totals, or the marks leave open who is better.
    how : str
        How two of equal totals came to their order; "" where the totals differ.
    ruled : str
        The same where a ruling made the order.
    """

    ahead: Standing
    behind: Standing
    ahead_name: str
    behind_name: str
    gap: Decimal
    is_tie: bool
    how: str = ""
    ruled: str = ""

    @property
    def is_equal(self) -> bool:
        return not self.gap

    def explain(self) -> Sentence:
        names = {
            "first": self.ahead_name, "second": self.behind_name, "ahead": self.ahead.entry, "behind": self.behind.entry,
            "gap": self.gap, "how": self.how,
        }  # fmt: skip
        if self.is_equal:
            return sentence(
                "{first}, {ahead:peserta}, dan {second}, {behind:peserta}, bernilai sama; {how}.", **names)
        if self.is_tie:
            return sentence(
                "{first}, {ahead:peserta}, dan {second}, {behind:peserta}, tidak terbedakan: selisih {gap:2} poin, juri "
                "lain dapat membaliknya.", **names)  # fmt: skip
        return sentence(
            "{first}, {ahead:peserta}, dan {second}, {behind:peserta}, terbedakan: selisih {gap:2} poin.", **names)


@dataclass(frozen=True)
class Verdict:
    """What may be said of one scope: the whole, or a regency where places and quota are its own.

    Attributes
    ----------
    scope : str
        The regency's name; "" for the whole.
    cut : int
        How many are in; 1 where the question is who is first.
    standings : tuple of Standing
        Of the scope, best first.
    shares : tuple of int
        Of 100, how often each standing is within the cut, in the order of the standings; adds up to cut x 100. Empty
        where so few jurors give no number.
    n_clear : int
        Standings from the top that are clearly within the cut, all of them together.
    needed : int
        Of 100, what makes so many clear.
    pairs : tuple of PairVerdict
        Neighbours from the top to the cut, the one across it last; all titled places in a last stage.
    at_cut : PairVerdict or None
        None where the quota shuts nobody out.
    suggested : tuple of Standing
        Officially outside, yet not to be told from the last inside.
    why_not : Sentence or None
        Why nothing may be called clear.
    fixed_share : float
        What part of the points no juror of this stage can change.
    may_be_alike : bool
        Whether the marks leave open that all are equally good: nothing is then clear, whatever the shares.
    """

    scope: str
    cut: int
    standings: tuple[Standing, ...]
    shares: tuple[int, ...]
    n_clear: int
    needed: int
    pairs: tuple[PairVerdict, ...]
    at_cut: PairVerdict | None
    suggested: tuple[Standing, ...]
    why_not: Sentence | None
    fixed_share: float
    may_be_alike: bool = False

    @property
    def is_clear(self) -> bool:
        """Whether everybody within the cut is clearly in."""
        return self.n_clear >= self.cut

    @property
    def n_inner_ties(self) -> int:
        return sum(pair.is_tie for pair in self.pairs if pair is not self.at_cut)

    @property
    def n_inner(self) -> int:
        return sum(pair is not self.at_cut for pair in self.pairs)

    def headline(self) -> tuple[Sentence, ...]:
        """Return what a governor can repeat."""
        if self.why_not is not None:
            return (self.why_not, *([self.at_cut.explain()] if self.at_cut and self.at_cut.is_equal else []))
        return (self.about_cut(), *self._about_order())

    def advice(self) -> Sentence:
        """Return what may be done about an unclear cut."""
        return sentence(
            "Sebelum nama diumumkan, pertimbangkan {total} peserta, bukan {cut}: tambahkan {more:peserta}.",
            total=self.cut + len(self.suggested), cut=self.cut, more=tuple(one.entry for one in self.suggested))

    def about_cut(self) -> Sentence:
        """Return one sentence about the cut."""
        if self.at_cut is None:
            return sentence("Kuotanya tidak menyisihkan siapa pun.")
        return Sentence(SENTENCES[self._kind()], self._numbers())

    def _kind(self) -> str:
        kind = "clear" if self.is_clear else "some" if self.n_clear else "none"
        if self.cut == 1:
            kind = "first clear" if self.is_clear else "first unclear"
        if not self.is_clear and self.at_cut.is_equal:
            return "first equal" if self.cut == 1 else f"{kind}, equal"
        return kind if self.shares else f"{kind}, no shares"

    def _numbers(self) -> Mapping[str, object]:
        at = self.at_cut
        numbers = {
            "n": spoken_count(self.cut), "ahead": at.ahead.entry, "behind": at.behind.entry, "gap": at.gap,
            "first": at.ahead_name, "clear": spoken_count(self.n_clear), "how": at.how, "held": held_said(self.fixed_share),
        }  # fmt: skip
        if self.shares:
            numbers |= {"share_in": self.shares[self.cut - 1], "share_out": self.shares[self.cut]}
        return numbers

    def _about_order(self) -> tuple[Sentence, ...]:
        if not self.n_inner_ties:
            return ()
        if self.cut == 1:
            tied = [pair for pair in self.pairs if pair is not self.at_cut and pair.is_tie]
            ties = [_("%(first)s dan %(second)s") % {"first": one.ahead_name, "second": one.behind_name} for one in tied]
            return (sentence("Tidak terbedakan: {ties}.", ties="; ".join(ties)),)
        return (
            sentence("Urutan di dalamnya belum tentu: {ties} dari {pairs} pasang tetangga tidak terbedakan.",
                     ties=self.n_inner_ties, pairs=self.n_inner),
        )  # fmt: skip


def held_said(share: float) -> str:
    """Return the clause on the part of the score that was held fixed, "" where there is none."""
    whole = round(100 * share)
    return _(", dengan %(share)s dari nilainya, yang dibawa dari luar tahap ini, dianggap tetap") % {
        "share": in_words(whole, 0) + "%"
    } if whole else ""  # fmt: skip


def verdicts_of(answers: Answers, board: Board) -> tuple[Verdict, ...] | Unavailable:
    """Conclude for each scope; the reason where the jurors' noise cannot be told or nobody is outside anywhere."""
    certain = answers.own.places
    if isinstance(certain, Unavailable):
        return certain
    verdicts = tuple(
        _of_scope(certain, board, [one for one in board.standings if certain.official.scope[one.entry] == code], quota)
        for code, quota in enumerate(certain.official.quota.tolist())
    )
    if len(verdicts) == 1 and verdicts[0].at_cut is None:
        return unavailable("cut_takes_all", cut=verdicts[0].cut, n_entries=len(board.standings))
    return verdicts


def _of_scope(certain: PlaceCertainty, board: Board, standings: Sequence[Standing], cut: int) -> Verdict:
    is_whole = len(certain.official.quota) == 1
    order = [one.entry for one in standings]
    has_cut = 0 < cut < len(standings)
    shares = of_hundred([certain.within[entry] for entry in order], cut) if certain.can_say_shares and has_cut else ()
    last = max([cut, *board.titles]) if board.titles and is_whole else cut
    pairs = [
        _named(board, standings, _pair(board, a, b, certain))
        for a, b in zip(standings[:last], standings[1 : last + 1], strict=False)
    ]
    n_clear = certain.n_clear(order[:cut], cut) if has_cut else 0
    at_cut = pairs[cut - 1] if has_cut else None
    return Verdict(
        scope="" if is_whole or not standings else standings[0].regency, cut=cut, standings=tuple(standings), shares=shares,
        n_clear=n_clear, needed=round(OF_HUNDRED * (CLEAR_AT_CUT if n_clear == cut else certain.clear)), pairs=tuple(pairs),
        at_cut=at_cut,
        suggested=_suggested(board, at_cut, standings[cut:], certain) if has_cut and n_clear < cut else (),
        why_not=None if certain.can_say_clear or not has_cut else certain.why_not_clear(),
        fixed_share=certain.official.fixed_share, may_be_alike=bool(order) and certain.may_be_alike(order[0]),
    )  # fmt: skip


def of_hundred(within: Sequence[float], cut: int) -> tuple[int, ...]:
    """Return shares as whole numbers of 100 that add up to cut x 100, by largest remainders.

    Parameters
    ----------
    within : sequence of float
        Adding up to `cut`: in every draw so many are within it.
    """
    wanted = [OF_HUNDRED * Fraction(float(share)) for share in within]
    whole = [int(share) for share in wanted]
    by_rest = sorted(range(len(wanted)), key=lambda n: (whole[n] - wanted[n], n))
    for n in by_rest[: cut * OF_HUNDRED - sum(whole)]:
        whole[n] += 1
    return tuple(whole)


def _pair(board: Board, ahead: Standing, behind: Standing, certain: PlaceCertainty) -> PairVerdict:
    is_equal = Fraction(ahead.total) == Fraction(behind.total)
    ruling = common_ruling(ahead, behind)
    return PairVerdict(
        ahead=ahead, behind=behind, ahead_name=board.place_name(ahead.place), behind_name=board.place_name(behind.place),
        gap=gap_between(ahead, behind), is_tie=is_equal or not certain.are_told_apart(ahead.entry, behind.entry),
        how=parted_said(ahead, behind) if is_equal else "", ruled=ruling_said(ruling) if ruling else "",
    )  # fmt: skip


def _named(board: Board, standings: Sequence[Standing], pair: PairVerdict) -> PairVerdict:
    """The pair under the places that are to be given: two equals that nothing has parted yet share one, and stand for two."""
    ahead, behind = (_place_to_give(board, standings, one) for one in (pair.ahead, pair.behind))
    return replace(pair, ahead_name=ahead, behind_name=behind)


def _place_to_give(board: Board, standings: Sequence[Standing], standing: Standing) -> str:
    equals = [one for one in standings if one.place == standing.place]
    before = 0 if standing.ruling else equals.index(standing)
    return board.place_name(standing.place + before)


def _suggested(
    board: Board, at_cut: PairVerdict, outside: Sequence[Standing], certain: PlaceCertainty
) -> tuple[Standing, ...]:
    """Return the one or two outside who are likeliest within, of those who cannot be told from the last inside."""
    if not certain.can_say_clear:
        return ()
    tied = [one for one in outside if _pair(board, at_cut.ahead, one, certain).is_tie]
    likeliest = sorted(tied, key=lambda one: -certain.within[one.entry])[:MORE_TO_VISIT]
    return tuple(one for one in outside if one in likeliest)
