"""The page "Mengapa tempat ini": an entry beside its neighbour above or below, indicator by indicator."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from sp2k.base.wording import number_in_words
from sp2k.results.certainty.jurors import signed
from sp2k.results.certainty.marks import read_ledger
from sp2k.results.certainty.plots import PointAxis, Tick
from sp2k.results.contributions.parts import (
    CARRIED,
    CEILING,
    FINDINGS,
    SHOWN_DECIMALS,
    Comparison,
    Shown,
    compare,
    parts_of,
)
from sp2k.results.frozen import require_frozen
from sp2k.results.models import LotDraw, Placement
from sp2k.results.queries import EntryAtStage, standing_tally
from sp2k.results.ties.lots import signed_draw
from sp2k.results.ties.ruled import placements_of
from sp2k.results.ties.told import parted_said, who_ruled
from sp2k.results.turnout.present import SeatsPresent, seats_present
from sp2k.tally.accounts import account_of
from sp2k.tally.instrument import Instrument
from sp2k.tally.numbers import exact_text, fixed_text
from sp2k.tally.sheets import Ledger
from sp2k.tally.stage_rules.model import LOT

TOTAL_DECIMALS = 2


@dataclass(frozen=True)
class Line:
    """One part: what it adds here and there, and the difference. The bar runs from `zero` to `end`."""

    name: str
    here: str
    there: str
    difference: str
    zero: str
    end: str
    is_ahead: bool


@dataclass(frozen=True)
class Group:
    """An aspect with its lines; the last group, without a name, holds what is no indicator."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Against:
    """The entry beside one neighbour."""

    placement: Placement
    sentence: str
    groups: tuple[Group, ...]
    total: Line
    ticks: list[Tick]
    grid: list[str]


@dataclass(frozen=True)
class ContributionsPage:
    """An entry's place and its parts against the neighbour above and below; `seats` is how many jurors its mark rests on."""

    placement: Placement
    against: tuple[Against, ...]
    n_placed: int
    draw: LotDraw | None = None
    seats: SeatsPresent | None = None

    @property
    def who_ruled(self) -> str:
        """Who ruled the tie of this place and whose voices are recorded; empty where nothing was ruled."""
        ruling = getattr(self.placement, "ruling", None)
        said = who_ruled(ruling) if ruling else ""
        return said[:1].upper() + said[1:]


def contributions_page(subject: EntryAtStage) -> ContributionsPage | None:
    """Read the frozen count of the entry's stage; None before it is frozen, or where the entry has no place."""
    tally = standing_tally(subject.stage)
    if tally is None:
        return None
    require_frozen(tally)
    placed = placements_of(tally, placed_only=True)
    at = next((n for n, row in enumerate(placed) if row.participation_id == subject.participation.pk), None)
    if at is None:
        return None
    ledger = read_ledger(tally.rules, tally.sheets)
    if ledger.rules.instrument is None:
        return None
    neighbours = [placed[n] for n in (at - 1, at + 1) if 0 <= n < len(placed)]
    return ContributionsPage(
        placement=placed[at], against=tuple(_against(ledger, placed[at], row) for row in neighbours),
        n_placed=len(placed), draw=signed_draw(subject.stage) if placed[at].decided_by == LOT else None,
        seats=seats_present(tally).get(placed[at].participation.region_code),
    )  # fmt: skip


def _against(ledger: Ledger, here: Placement, there: Placement) -> Against:
    both = [parts_of(ledger.rules, account_of(ledger, row.participation.region_code)) for row in (here, there)]
    compared = compare(*both)
    parts = [*compared.points.values(), *compared.others.values(), compared.rounding, compared.total]
    axis = PointAxis.around([float(part.difference) for part in parts])
    groups = [
        Group(aspect.name, tuple(_line(i.title, compared.points[i.code], axis) for i in aspect.indicators if i.is_scored))
        for aspect in ledger.rules.instrument.aspects
    ]
    rest = [_line(_name_of_other(name), part, axis) for name, part in compared.others.items()]
    rest.append(_line(_("Pembulatan"), compared.rounding, axis))
    return Against(
        there, sentence_of(here, there, compared, ledger.rules.instrument), (*groups, Group("", tuple(rest))),
        _line(_("Nilai"), compared.total, axis), [Tick(axis.at(value), signed(value)) for value in axis.ticks],
        [axis.at(value) for value in axis.ticks if value],
    )  # fmt: skip


def _name_of_other(name: str) -> str:
    names = {CEILING: _("Pemotongan pada maksimum aspek"), FINDINGS: _("Temuan lapangan"), CARRIED: _("Nilai bawaan")}
    return names[name]


def _line(name: str, part: Shown, axis: PointAxis) -> Line:
    return Line(
        name, points_in_words(part.here), points_in_words(part.there), difference_in_words(part.difference),
        axis.at(0), axis.at(float(part.difference)), part.difference >= 0,
    )  # fmt: skip


def points_in_words(points: Fraction, *, decimals: int = SHOWN_DECIMALS) -> str:
    """Return points as printed, with a decimal comma and a true minus; exactly, also where they have more decimals."""
    try:
        return number_in_words(fixed_text(points, decimals))
    except ValueError:
        return exact_text(points).replace(".", ",").replace("-", "−")


def difference_in_words(points: Fraction) -> str:
    return ("+" if points > 0 else "") + points_in_words(points)


def sentence_of(here: Placement, there: Placement, compared: Comparison, instrument: Instrument) -> str:
    """Say the distance, and the part that does most for it: an indicator, or what is no indicator."""
    gap = compared.total.difference
    ahead, behind = (here, there) if gap > 0 or not gap and here.place <= there.place else (there, here)
    names = {"ahead": _name(ahead), "behind": _name(behind)}
    if not gap:
        return _("%(ahead)s dan %(behind)s bernilai sama; %(how)s.") % (names | {"how": parted_said(ahead, behind)})
    names["gap"] = points_in_words(abs(gap), decimals=TOTAL_DECIMALS)
    sign = 1 if gap > 0 else -1
    parts = [(instrument.indicator(code).title, sign * part.difference) for code, part in compared.points.items()]
    parts += [(_name_of_other(name), sign * part.difference) for name, part in compared.others.items()]
    title, most = max(parts, key=lambda part: part[1])
    if most <= 0:
        return _("%(ahead)s unggul %(gap)s poin dari %(behind)s, semata-mata karena pembulatan.") % names
    return _(
        "%(ahead)s unggul %(gap)s poin dari %(behind)s; yang paling banyak menyumbang selisih itu %(title)s, %(points)s "
        "poin."
    ) % {**names, "title": title, "points": points_in_words(most)}


def _name(placement: Placement) -> str:
    entry = placement.participation.entry
    return f"{entry.name} ({entry.regency_name})"
