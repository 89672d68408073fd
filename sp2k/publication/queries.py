"""What the public sees, read once for page, table, export and test."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from django.db.models import F, QuerySet
from django.utils.translation import ngettext

from sp2k.base.language import spoken_count, spoken_range
from sp2k.editions.models import Edition, Stage
from sp2k.entries.queries.entrants import regency_names
from sp2k.publication.checking.documents import require_amendments
from sp2k.publication.checking.opening import require_announced, require_decided
from sp2k.publication.formula import adds_up, formula_of, heading_of, shows_carried
from sp2k.publication.models import Amendment, Decree, Publication
from sp2k.regions.queries import regencies_of
from sp2k.results.disclosure import disclosed
from sp2k.results.frozen import require_frozen_places
from sp2k.results.models import FrozenTally, Nomination, Placement
from sp2k.results.opening.answers import require_answers
from sp2k.results.templatetags.ties import parting
from sp2k.results.ties.ruled import as_ruled, outcomes_of
from sp2k.results.ties.told import ungiven_said
from sp2k.results.turnout.present import SeatsPresent, seats_by_stage
from sp2k.results.turnout.reading import why_declined

JUDGED = frozenset({Stage.Kind.SCORING, Stage.Kind.VISIT})


@dataclass(frozen=True)
class StageColumn:
    """A stage whose score stands in the result table: of the last its own, of those before it the total that it gives on."""

    code: str
    name: str
    heading: str
    has_carried: bool = False  # its values hold what the stage carried: a total, as it was ranked and carried on


@dataclass(frozen=True)
class ResultRow:
    """One kecamatan in the result table.

    scores : one text per column: empty where nobody judged it, None where it took no part in that stage
    seats : per column how many jurors' sheets the score rests on, of how many
    total : likewise, of the last stage
    """

    place: int | None
    title: str
    code: str
    name: str
    regency: str
    regency_code: str
    scores: tuple[str | None, ...]
    total: str | None
    is_last_before_cut: bool
    decided_by: str
    shares_place: bool
    short_title: str = ""
    seats: tuple[SeatsPresent | None, ...] = ()

    @property
    def marks(self) -> list[tuple[str | None, SeatsPresent | None]]:
        """Each score with how many seats it rests on, where that is told."""
        return list(zip_longest(self.scores, self.seats[: len(self.scores)]))

    @property
    def parting(self) -> str:
        """What stands of its equals: how they were parted, or that they share the place."""
        return parting(self.decided_by, is_shared=self.shares_place)

    @property
    def title_in_picture(self) -> str:
        """The title where room is short; everywhere else it stands in full, as decreed."""
        return self.short_title or self.title


@dataclass(frozen=True)
class RegencyShare:
    """A regency's part in the edition. `state` is finalis, peserta or tidak_ikut."""

    code: str
    name: str
    state: str
    places: tuple[int, ...]
    reason: str


@dataclass(frozen=True)
class PublicResult:
    """A published result with all that its page shows."""

    edition: Edition
    columns: tuple[StageColumn, ...]
    rows: tuple[ResultRow, ...]
    regencies: tuple[RegencyShare, ...]
    formula: str
    lede: str
    decree: Decree
    publication: Publication
    shows_final: bool = True
    undisclosed: tuple[str, ...] = ()  # the names of the jury's stages whose totals the rules do not open to everyone
    stages: tuple[Stage, ...] = ()
    adds_up: bool = False  # whether the table holds all that the final score is made of, so that it can be counted again
    ungiven: tuple[str, ...] = ()  # a sentence for each title that nobody received

    @property
    def cut_some(self) -> bool:
        """Whether some took no part in a stage of the table, so that a dash stands there."""
        return any(None in row.scores or (self.shows_final and row.total is None) for row in self.rows)

    @property
    def winners(self) -> tuple[ResultRow, ...]:
        return tuple(row for row in self.rows if row.title)


def published_editions() -> QuerySet[Edition]:
    """Return the editions whose result is public, newest first."""
    return Edition.objects.filter(published_at__isnull=False).select_related("region", "decree", "publication")


def amendments_in_force(edition: Edition) -> QuerySet[Amendment]:
    """Return the approved corrections of an edition's decree, oldest first; held against their lines."""
    require_amendments(edition)
    rows = Amendment.objects.filter(decree__edition=edition, approved_at__isnull=False)
    return rows.select_related("document").order_by("position")


def public_result(edition: Edition) -> PublicResult:
    """Return the published result of an edition in a constant number of queries; held against its lines first."""
    require_announced(edition)
    require_decided(edition)
    every = tuple(edition.stages.all())
    stages = [stage for stage in every if stage.kind in JUDGED] or list(every[-1:])  # without a jury the last stage decides
    placements = _placements(stages)
    shown = {stage.code: disclosed(stage).shows_all_totals for stage in stages}
    titles = list(edition.titles.all())
    rows = _rows(edition, stages, placements, shown, titles, seats_by_stage([stage for stage in stages if shown[stage.code]]))
    return PublicResult(
        edition=edition,
        columns=tuple(
            StageColumn(row.code, row.name, heading_of(row, stages[-1]), shows_carried(row, stages[-1]))
            for row in _own_columns(stages, shown)
        ),
        rows=rows,
        regencies=regency_shares(edition, rows),
        formula=formula_of(stages[-1], every),
        lede=_lede(stages, placements),
        decree=edition.decree,
        publication=edition.publication,
        shows_final=shown[stages[-1].code],
        undisclosed=tuple(stage.name for stage in stages if not shown[stage.code]),
        stages=every,
        adds_up=adds_up(stages[-1], shown),
        ungiven=tuple(ungiven_said(titles, placements[stages[-1].code].values())),
    )


def _own_columns(stages, shown) -> list[Stage]:
    """The stages whose own score stands in the table: a ranking has none beside the total."""
    return [stage for stage in stages if stage.kind in JUDGED and shown[stage.code]]


def _placements(stages) -> dict[str, dict[int, Placement]]:
    """{stage code: {entry pk: placement}} of the stages' own frozen counts."""
    found = {stage.code: {} for stage in stages}
    frozen = FrozenTally.objects.filter(stage__in=stages, scope="").select_related("stage__edition")
    frozen = list(frozen.only("stage", "scope", "frozen_at"))
    for tally in frozen:
        require_frozen_places(tally)
    # The code alone: a tally carries its whole input and trace, which a row of the table has no use for.
    rows = Placement.objects.filter(tally__stage__in=stages, tally__scope="").annotate(stage=F("tally__stage__code"))
    ruled = outcomes_of(frozen)
    for placement in as_ruled(rows.select_related("participation__entry__region__parent"), ruled):
        found[placement.stage][placement.participation.entry_id] = placement
    return found


def _rows(edition, stages, placements, shown, declared, seats) -> tuple[ResultRow, ...]:
    """All who reached the jury; where a stage's totals are not disclosed, neither is the order that they gave."""
    awarded = {entry: (position, title) for entry, position, title in edition.awards.values_list("entry", "position", "title")}
    titles = {entry: title for entry, (_position, title) in awarded.items()}
    shorts = {title.name: title.short for title in declared}
    last = stages[-1].code
    reached = placements[stages[0].code]
    furthest = {}
    for stage in stages:
        furthest |= {entry: (stage, row) for entry, row in placements[stage.code].items()}
    came = [furthest[entry][1] for entry in reached]
    ordered = sorted(came, key=lambda row: _order(row, furthest, placements[last], awarded, stages, shown))
    final_places = [row.place for row in placements[last].values()]
    cut_after = len(placements[last])
    return tuple(
        replace(
            _row(n, furthest, placement, stages, placements, shown, titles, shorts, final_places, cut_after),
            seats=tuple(held.get(placement.participation.entry.region_id) for held in seats.values()),
        )
        for n, placement in enumerate(ordered, start=1)
    )


def _order(placement, furthest, final, awarded, stages, shown):
    """Who came further stands before, and among those who came equally far the better place there, as far as it is shown."""
    entry = placement.participation.entry_id
    stage = furthest[entry][0]
    best = final.get(entry)
    unplaced = 10**6
    held = awarded.get(entry, (unplaced, ""))[0]
    at_last = (best.place if shown[stages[-1].code] else held) or unplaced if best else 0
    at_end = (placement.place or unplaced) if shown[stage.code] else unplaced
    return best is None, at_last, -stages.index(stage), at_end, placement.participation.entry.region_id


def _row(n, furthest, placement, stages, placements, shown, titles, shorts, final_places, cut_after) -> ResultRow:
    entry = placement.participation.entry
    final = placements[stages[-1].code].get(entry.pk)
    columns = [(stage, placements[stage.code].get(entry.pk)) for stage in _own_columns(stages, shown)]
    shows_order = shown[furthest[entry.pk][0].code]
    shows_place = shows_order or entry.pk in titles  # a title is public, and with it the place it was given for
    return ResultRow(
        place=placement.place if shows_place else None,
        title=titles.get(entry.pk, ""),
        code=entry.region_id,
        name=entry.name,
        regency=entry.regency_name,
        regency_code=entry.region.parent_id,
        scores=tuple(
            (row.own_total if stage is stages[-1] else row.total) if row else None for stage, row in columns
        ),
        total=final.total if final and shown[stages[-1].code] else None,
        is_last_before_cut=n == cut_after and len(placements[stages[0].code]) > cut_after,
        decided_by=placement.decided_by if shows_order else "",
        shares_place=bool(final and shows_place and final_places.count(final.place) > 1),
        short_title=shorts.get(titles.get(entry.pk, ""), ""),
    )


def regency_shares(edition: Edition, rows: Sequence[ResultRow]) -> tuple[RegencyShare, ...]:
    """Return each regency's part in an edition, with why it took none; its answers are held against their lines first."""
    selections = [stage for stage in edition.stages.all() if stage.kind == Stage.Kind.SELECTION]
    for stage in selections:
        require_answers(stage)
    answers = Nomination.objects.filter(stage__edition=edition, participation=None)
    declined = {answer.regency_id: why_declined(answer) for answer in answers}
    reached = {row.regency_code for row in rows}
    if not selections:  # no regency answers: whoever is registered takes part, also where none of it reached the jury
        reached |= set(edition.entries.values_list("region__parent", flat=True))
    places, taking_part = {}, reached - declined.keys()
    for row in rows:
        if row.title:
            places.setdefault(row.regency_code, []).append(row.place)
    regencies = list(regencies_of(edition.region_id, at=edition.regions_at))
    names = regency_names(edition, regencies)
    return tuple(
        RegencyShare(
            region.code, names[region.code],
            "finalis" if region.code in places else "peserta" if region.code in taking_part else "tidak_ikut",
            tuple(places.get(region.code, ())), declined.get(region.code, ""),
        )
        for region in regencies
    )  # fmt: skip


def _lede(stages, placements) -> str:
    """How many were judged, stage by stage, each by what was done there, and for which days the stage was scheduled."""
    sentences = []
    for stage in stages:
        n = sum(row.place is not None for row in placements[stage.code].values())
        told = {"n": spoken_count(n).capitalize(), "days": spoken_range(*stage.local_dates()), "stage": stage.name}
        sentences.append(_what_was_done(stage, n, is_first=not sentences) % told)
    return " ".join(sentences)


def _what_was_done(stage: Stage, n: int, *, is_first: bool) -> str:
    if stage.kind not in JUDGED:
        return ngettext(
            "%(n)s kecamatan diperingkat, dijadwalkan pada %(days)s.",
            "%(n)s kecamatan diperingkat, dijadwalkan pada %(days)s.", n,
        )  # fmt: skip
    if is_first:
        return ngettext(
            "%(n)s kecamatan dinilai juri, dijadwalkan pada %(days)s.",
            "%(n)s kecamatan dinilai juri, dijadwalkan pada %(days)s.", n,
        )  # fmt: skip
    if stage.kind == Stage.Kind.VISIT:
        return ngettext(
            "%(n)s di antaranya dikunjungi, dijadwalkan pada %(days)s.",
            "%(n)s di antaranya dikunjungi, dijadwalkan pada %(days)s.", n,
        )  # fmt: skip
    return ngettext(
        "%(n)s di antaranya dinilai lagi pada tahap %(stage)s, dijadwalkan pada %(days)s.",
        "%(n)s di antaranya dinilai lagi pada tahap %(stage)s, dijadwalkan pada %(days)s.", n,
    )  # fmt: skip
