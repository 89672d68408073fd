"""The official places beside the codes of the analysis, and the names under which both are told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from sp2k.analysis.answers import Labels, Sentence
from sp2k.results.certainty.asking import Answers
from sp2k.results.certainty.heads import COEFFICIENTS
from sp2k.results.models import FrozenTally, Placement, TieRuling
from sp2k.tally.numbers import round_half_up

DECIMALS = 2


@dataclass(frozen=True)
class Standing:
    """One entry as officially placed. `entry` is its code in the analysis; `total` is as printed."""

    entry: int
    code: str
    name: str
    regency: str
    place: int
    total: str
    decided_by: str = ""
    ruling: TieRuling | None = None

    @property
    def label(self) -> str:
        return f"{self.name} ({self.regency})"


@dataclass(frozen=True)
class Board:
    """The entries by official place, and names for entries, jurors and indicators.

    Attributes
    ----------
    standings : tuple of Standing
    titles : dict from place to title
        Empty but for the edition's last stage.
    jurors : tuple of str
        Code names (`Juri 1`), by the analysis's codes.
    labels : Labels
    """

    standings: tuple[Standing, ...]
    titles: dict[int, str]
    jurors: tuple[str, ...]
    labels: Labels

    def place_name(self, place: int) -> str:
        return self.titles.get(place) or _("tempat %(place)d") % {"place": place}

    def said(self, sentences) -> list[str]:
        """Write sentences out with the names."""
        return [self.text(sentence) for sentence in sentences]

    def text(self, sentence: Sentence) -> str:
        told = sentence.numbers
        numbers = {name: COEFFICIENTS.get(told[name], told[name]) if name == "word" else told[name] for name in told}
        return replace(sentence, numbers=numbers).text(self.labels, _(sentence.template))


def board_of(tally: FrozenTally, answers: Answers, placed: Sequence[Placement]) -> Board:
    """Return the official places of a frozen count (`placed`, with what was ruled on ties) under the analysis's codes."""
    marks = answers.marks
    by_code = {code: n for n, code in enumerate(marks.entries)}
    standings = tuple(_standing(row, by_code) for row in placed if row.participation.region_code in by_code)
    names = {standing.entry: standing.label for standing in standings}
    jurors = code_names(tally.input_hash, marks.seats)
    is_last = tally.stage.next_stage is None
    titles = dict(tally.stage.edition.titles.values_list("place", "name")) if is_last else {}
    labels = Labels(
        entries=[names.get(n, code) for code, n in by_code.items()], jurors=jurors,
        indicators=[*(marks.rules.instrument.indicator(code).title for code in marks.indicators), _("Nilai bawaan")],
        last=_(" dan "),
    )  # fmt: skip
    return Board(standings, titles, jurors, labels)


def code_names(input_hash: str, seats: tuple[str, ...]) -> tuple[str, ...]:
    """Return `Juri 1` … for each seat, in an order that only this server knows and that a count never changes."""
    order = sorted(seats, key=lambda seat: salted_hmac("sp2k.juri", f"{input_hash}|{seat}").hexdigest())
    return tuple(_("Juri %(n)d") % {"n": 1 + order.index(seat)} for seat in seats)


def gap_between(ahead: Standing, behind: Standing) -> Decimal:
    """Return the official distance of two entries in points, from their totals as printed."""
    gap = round_half_up(Fraction(ahead.total) - Fraction(behind.total), DECIMALS)
    return (Decimal(gap.numerator) / Decimal(gap.denominator)).quantize(Decimal(1).scaleb(-DECIMALS))


def _standing(row: Placement, by_code: dict[str, int]) -> Standing:
    entry = row.participation.entry
    return Standing(
        by_code[entry.region_id], entry.region_id, entry.name, entry.regency_name, row.place, row.total, row.decided_by,
        getattr(row, "ruling", None),
    )  # fmt: skip
