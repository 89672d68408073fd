"""What may be concluded about the cut and about neighbours, told with the official totals."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from sp2k.analysis.answers import Sentence, Unavailable, sentence
from sp2k.analysis.uncertainty.neighbours import MORE_TO_VISIT, Neighbours
from sp2k.base.language import spoken_count
from sp2k.results.certainty.asking import Answers
from sp2k.results.certainty.standings import Board, Standing, gap_between
from sp2k.results.ties.told import common_ruling, ruling_said

OF_HUNDRED = 100
CLEAR = 95


@dataclass(frozen=True)
class PairVerdict:
    """Two official neighbours.

    Attributes
    ----------
    gap : Decimal
        Between the official totals.
    discernible : float or None
        The gap that could be told from none, in points; None where the totals are equal, or where the plain mean of the
        jurors has the two equal or the other way round.
    is_tie : bool
        Whether the two cannot be told apart: equal totals, or other jurors can turn them.
    """

    ahead: Standing
    behind: Standing
    ahead_name: str
    behind_name: str
    gap: Decimal
    discernible: float | None
    is_tie: bool
    ruled: str = ""  # how a ruling made the order of two equals

    def explain(self) -> Sentence:
        names = {
            "first": self.ahead_name, "second": self.behind_name, "ahead": self.ahead.entry, "behind": self.behind.entry,
            "gap": self.gap, "how": self.ruled,
        }  # fmt: skip
        if self.ruled:
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
    """The whole in one value.

    Attributes
    ----------
    cut : int
        How many are in; 1 where the question is who is first.
    shares : tuple of int
        Of 100 recounts, how often each standing is within the cut, in the order of the standings; adds up to cut x 100.
    n_clear : int
        Standings from the top that are in at least 95 of 100 recounts within the cut.
    pairs : tuple of PairVerdict
        Neighbours from the top to the cut, the one across it last; all titled places in a last stage.
    at_cut : PairVerdict
    suggested : tuple of Standing
        Officially outside, yet not to be told from the last inside.
    """

    cut: int
    shares: tuple[int, ...]
    n_clear: int
    pairs: tuple[PairVerdict, ...]
    at_cut: PairVerdict
    suggested: tuple[Standing, ...]

    @property
    def n_inner_ties(self) -> int:
        return sum(pair.is_tie for pair in self.pairs if pair is not self.at_cut)

    @property
    def n_inner(self) -> int:
        return sum(pair is not self.at_cut for pair in self.pairs)

    def headline(self) -> tuple[Sentence, ...]:
        """Return what a governor can repeat."""
        return (self._about_cut(), *self._about_order())

    def advice(self) -> Sentence:
        """Return what may be done about an unclear cut."""
        return sentence(
            "Sebelum nama diumumkan, pertimbangkan {total} peserta, bukan {cut}: tambahkan {more:peserta}.",
            total=self.cut + len(self.suggested), cut=self.cut, more=tuple(one.entry for one in self.suggested))

    def _about_cut(self) -> Sentence:
        numbers = {
            "n": spoken_count(self.cut), "ahead": self.at_cut.ahead.entry, "behind": self.at_cut.behind.entry,
            "share_in": self.shares[self.cut - 1], "share_out": self.shares[self.cut], "gap": self.at_cut.gap,
            "first": self.at_cut.ahead_name, "clear": spoken_count(self.n_clear), "how": self.at_cut.ruled,
        }  # fmt: skip
        if self.cut == 1 and self.at_cut.ruled:
            return sentence("{first}: {ahead:peserta} dan {behind:peserta} bernilai sama; {how}.", **numbers)
        if self.cut == 1:
            return sentence(
                "{first} belum jelas: {ahead:peserta} dan {behind:peserta} terpaut {gap:2} poin, dan juri lain dapat "
                "membaliknya." if self.at_cut.is_tie else
                "{first} jelas: {ahead:peserta} tetap pertama dalam {share_in} dari 100 hitungan ulang.",
                **numbers)  # fmt: skip
        if not self.at_cut.is_tie:
            return sentence(
                "{n} besar jelas: {ahead:peserta} di tempat terakhirnya tetap masuk dalam {share_in} dari 100 hitungan "
                "ulang, {behind:peserta} di luarnya dalam {share_out}.", **numbers)  # fmt: skip
        return sentence(
            ("{clear} dari {n} besar jelas; batasnya tidak. " if self.n_clear else "Batas {n} besar tidak jelas. ")
            + "Bila jurinya sedikit berbeda, {behind:peserta} masuk dalam {share_out} dari 100 hitungan ulang, "
            "{ahead:peserta} dalam {share_in}.", **numbers)

    def _about_order(self) -> tuple[Sentence, ...]:
        if not self.n_inner_ties:
            return ()
        if self.cut == 1:
            tied = [pair for pair in self.pairs[1:] if pair.is_tie]
            ties = [_("%(first)s dan %(second)s") % {"first": one.ahead_name, "second": one.behind_name} for one in tied]
            return (sentence("Tidak terbedakan: {ties}.", ties="; ".join(ties)),)
        return (
            sentence("Urutan di dalamnya belum tentu: {ties} dari {pairs} pasang tetangga tidak terbedakan.",
                     ties=self.n_inner_ties, pairs=self.n_inner),
        )  # fmt: skip


def verdict_of(answers: Answers, board: Board) -> Verdict | Unavailable:
    """Conclude from the answers; the reason where the jurors cannot be drawn again or nobody is outside."""
    whole, standings = answers.whole, board.standings
    for answer in (whole.jurors, whole.neighbours, whole.cut_check):
        if isinstance(answer, Unavailable):
            return answer
    cut = answers.marks.cut
    within = whole.jurors.p_top(cut)
    shares = of_hundred([within[one.entry] for one in standings], cut)
    last = max([cut, *board.titles]) if board.titles else cut
    pairs = [
        _named(board, _pair(board, a, b, whole.neighbours))
        for a, b in zip(standings[:last], standings[1 : last + 1], strict=False)
    ]
    at_cut = pairs[cut - 1]
    return Verdict(
        cut=cut, shares=shares, n_clear=clear_from_the_top(shares[:cut]), pairs=tuple(pairs), at_cut=at_cut,
        suggested=_suggested(board, at_cut, standings[cut:], whole.neighbours),
    )  # fmt: skip


def of_hundred(within: Sequence[float], cut: int) -> tuple[int, ...]:
    """Return shares as whole numbers of 100 that add up to cut x 100, by largest remainders.

    Recounts in which equals share the last place let in more than `cut`: the surplus is taken from those who are neither
    always nor never in, or from all alike where that does not suffice.
    """
    wanted = [OF_HUNDRED * share for share in _without_surplus([Fraction(float(share)) for share in within], cut)]
    whole = [int(share) for share in wanted]
    by_rest = sorted(range(len(wanted)), key=lambda n: (whole[n] - wanted[n], n))
    for n in by_rest[: cut * OF_HUNDRED - sum(whole)]:
        whole[n] += 1
    return tuple(whole)


def _without_surplus(shares: list[Fraction], cut: int) -> list[Fraction]:
    surplus = sum(shares) - cut
    doubt = [share * (1 - share) for share in shares]
    if surplus <= sum(doubt):
        return [share - surplus * part / sum(doubt) if part else share for share, part in zip(shares, doubt, strict=True)]
    return [share * cut / sum(shares) for share in shares]


def clear_from_the_top(shares: Sequence[int]) -> int:
    """Return how many from the top are within the cut in at least 95 of 100 recounts, until the first that is not."""
    return next((n for n, share in enumerate(shares) if share < CLEAR), len(shares))


def _pair(board: Board, ahead: Standing, behind: Standing, neighbours: Neighbours) -> PairVerdict:
    found = neighbours.between(ahead.entry, behind.entry)
    is_equal = Fraction(ahead.total) == Fraction(behind.total)
    ruling = common_ruling(ahead, behind)
    return PairVerdict(
        ahead=ahead, behind=behind, ahead_name=board.place_name(ahead.place), behind_name=board.place_name(behind.place),
        gap=gap_between(ahead, behind), discernible=None if is_equal or not found.gap else found.gap - found.low,
        is_tie=is_equal or found.is_tie, ruled=ruling_said(ruling) if ruling else "",
    )  # fmt: skip


def _named(board: Board, pair: PairVerdict) -> PairVerdict:
    """The pair under the places that are to be given: two equals that nothing has parted yet share one, and stand for two."""
    names = (_place_to_give(board, one) for one in (pair.ahead, pair.behind))
    return replace(pair, ahead_name=next(names), behind_name=next(names))


def _place_to_give(board: Board, standing: Standing) -> str:
    equals = [one for one in board.standings if one.place == standing.place]
    before = 0 if standing.ruling else equals.index(standing)
    return board.place_name(standing.place + before)


def _suggested(
    board: Board, at_cut: PairVerdict, outside: Sequence[Standing], neighbours: Neighbours
) -> tuple[Standing, ...]:
    """Return the next one or two outside who cannot be told from the last inside."""
    if not at_cut.is_tie:
        return ()
    return tuple(one for one in outside[:MORE_TO_VISIT] if _pair(board, at_cut.ahead, one, neighbours).is_tie)
