"""What the pages of the regencies' selection show, read in a fixed number of queries whatever their number."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sp2k.accounts.policy import is_hidden, why_not
from sp2k.accounts.roles import Role
from sp2k.base.clock import moment
from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries import stages_visible_to
from sp2k.entries.models import Entry, Participation
from sp2k.entries.queries.states import state_counts, with_states
from sp2k.instruments.queries import compiled
from sp2k.regions.models import Region
from sp2k.results.closing import RegencyDesk, regencies_in
from sp2k.results.models import FrozenTally, Nomination, Placement, proposal_done_at
from sp2k.results.opening.answers import require_answers
from sp2k.results.regencies.silence import waiting_answers
from sp2k.results.ties.groups import Tie, ties_of
from sp2k.results.ties.page import address_of_tie
from sp2k.results.ties.ruled import placements_of


@dataclass(frozen=True)
class RankedRow:
    """One kecamatan in a regency's ranking; `named_aspects` are the totals that the place rests on, with their codes."""

    placement: Placement
    named_aspects: tuple[tuple[str, str], ...]
    shares_place: bool
    is_last_before_cut: bool

    @property
    def aspects(self) -> list[str]:
        return [points for _, points in self.named_aspects]

    @property
    def entry(self) -> Entry:
        return self.placement.participation.entry


@dataclass
class RegencyPage:
    """One regency in a selection."""

    desk: RegencyDesk

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How many forms are in which state, in the stage that kecamatan filled in."""
        return state_counts(with_states(_filled(self.desk.edition, self.desk.region_code)))

    @property
    def without_accepted_form(self) -> list[str]:
        """The kecamatan that would stand in the ranking with nothing that a verifier accepted."""
        rows = with_states(_filled(self.desk.edition, self.desk.region_code)).exclude(state="ok")
        return [str(row.entry) for row in rows.select_related("entry__region__parent").order_by("entry__region")]

    @property
    def n_kecamatan(self) -> int:
        return sum(self.counts.values())

    @cached_property
    def tally(self) -> FrozenTally | None:
        return self.desk.stage.tallies.filter(scope=self.desk.region_code).select_related("by").first()

    @property
    def ranked_by(self) -> str:
        """Who ranked, by name: of the bureau who proposed it and who carried it out."""
        done = proposal_done_at(self.desk.stage, self.desk.region_code, self.tally.frozen_at)
        if done is None:
            return self.tally.by.name
        told = {"one": done.by.name, "two": done.done_by.name}
        return _("penyelenggara provinsi, diusulkan %(one)s dan dilaksanakan %(two)s") % told

    @cached_property
    def answer(self) -> Nomination | None:
        require_answers(self.desk.stage, regency=self.desk.region_code)
        rows = self.desk.stage.nominations.filter(regency=self.desk.regency)
        return rows.select_related("participation__entry__region__parent", "minutes", "by").first()

    @cached_property
    def taken_back(self) -> list[FrozenTally | Nomination]:
        """The rankings and answers that were taken back, last one first."""
        answers = Nomination.every.filter(stage=self.desk.stage, regency=self.desk.regency)
        rankings = FrozenTally.every.filter(stage=self.desk.stage, scope=self.desk.region_code)
        rankings = rankings.defer("rules", "sheets", "places", "trace")
        rows = [
            *answers.exclude(withdrawn_at=None).select_related("withdrawn_by", "participation__entry__region__parent"),
            *rankings.exclude(withdrawn_at=None).select_related("withdrawn_by"),
        ]
        return sorted(rows, key=lambda row: row.withdrawn_at, reverse=True)

    @cached_property
    def aspects(self) -> tuple[tuple[str, str], ...]:
        """Code and name of the aspects whose totals stand beside the total."""
        source = self.filling
        if source is None or source.instrument is None:
            return ()
        return tuple((aspect.code, aspect.name) for aspect in compiled(source.instrument).aspects)

    @cached_property
    def rows(self) -> list[RankedRow]:
        """The ranking, best first; entries without a place at the end."""
        if self.tally is None:
            return []
        placements = placements_of(self.tally)
        held = self._aspect_totals([row.participation.entry_id for row in placements])
        shared = Counter(row.place for row in placements if row.place is not None)
        following = [*placements[1:], None]
        return [
            RankedRow(
                row, tuple((code, held.get(row.participation.entry_id, {}).get(code, "")) for code, _name in self.aspects),
                shared[row.place] > 1, row.is_through and after is not None and not after.is_through,
            )
            for row, after in zip(placements, following, strict=True)
        ]  # fmt: skip

    @property
    def through(self) -> list[Placement]:
        return [row.placement for row in self.rows if row.placement.is_through]

    @property
    def ties(self) -> list[tuple[Tie, str]]:
        """The ties at the cut that nobody has ruled, each with the address of its page."""
        if not any(row.placement.decided_by == Placement.TIED_AT_CUT for row in self.rows):
            return []
        return [(tie, address_of_tie(tie)) for tie in ties_of(self.tally)]

    @cached_property
    def filling(self) -> Stage | None:
        """The stage whose forms the ranking rests on."""
        code = (self.desk.stage.rules.get("bawaan") or {}).get("tahap")
        return self.desk.edition.stages.select_related("instrument").filter(code=code).first()

    def _aspect_totals(self, entries) -> dict[int, Mapping[str, str]]:
        rows = Placement.objects.filter(tally__stage=self.filling, tally__scope="", participation__entry__in=entries)
        return dict(rows.values_list("participation__entry", "aspects"))


@dataclass(frozen=True)
class RegencyLine:
    """One regency on the bureau's list."""

    desk: RegencyDesk
    answer: Nomination | None
    is_ranked: bool
    n_kecamatan: int
    n_accepted: int
    is_proposed: bool
    taken_back: Nomination | None = None  # the answer that was last taken back, where none stands

    @property
    def regency(self) -> Region:
        return self.desk.regency

    @property
    def state(self) -> str:
        """`calon`, `tidak-ikut` or `belum`."""
        if self.answer is None:
            return "belum"
        return "calon" if self.answer.participation_id else "tidak-ikut"


def answers_taken_back(stage: Stage) -> dict[str, Nomination]:
    """Return by regency the answer that was last taken back at a selection, the bureau's in its place as well."""
    rows = Nomination.every.filter(stage=stage).exclude(withdrawn_at=None).select_related("withdrawn_by")
    return {row.regency_id: row for row in rows.order_by("withdrawn_at")}


def regency_lines(stage: Stage) -> list[RegencyLine]:
    """Return all regencies of a selection: who answered what, who has not."""
    require_answers(stage)
    every = Nomination.every.filter(stage=stage).order_by("withdrawn_at")
    rows = list(every.select_related("participation__entry__region__parent", "minutes", "withdrawn_by"))
    answers = {row.regency_id: row for row in rows if row.withdrawn_at is None}
    before = {row.regency_id: row for row in rows if row.withdrawn_at}
    ranked = set(stage.tallies.exclude(scope="").values_list("scope", flat=True))
    proposed = set(waiting_answers(stage).values_list("regency", flat=True))
    forms = with_states(_filled(stage.edition)).values_list("entry__region__parent", "state").order_by()
    total, accepted = Counter(), Counter()
    for regency, state in forms:
        total[regency] += 1
        accepted[regency] += state == "ok"
    return [
        RegencyLine(
            RegencyDesk(stage, regency), answers.get(regency.pk), regency.pk in ranked, total[regency.pk],
            accepted[regency.pk], regency.pk in proposed, None if regency.pk in answers else before.get(regency.pk),
        )
        for regency in regencies_in(stage.edition)
    ]  # fmt: skip


def desks_of(user, *, now: datetime) -> list[RegencyDesk]:
    """Return the selections in which one's own regencies take part, newest edition first."""
    held = [row.region_id for row in user.held_memberships if row.role in {Role.REGENCY, Role.VERIFIER}]
    stages = stages_visible_to(user).filter(kind=Stage.Kind.SELECTION, edition__rules_locked_at__isnull=False)
    desks = [
        RegencyDesk(stage, regency)
        for stage in stages.filter(edition__abandoned_at=None).order_by("-edition__year", "edition__code")
        if any(f"{code}.".startswith(f"{stage.region_code}.") for code in held)
        for regency in regencies_in(stage.edition).filter(pk__in=held)
    ]
    return [desk for desk in desks if not is_hidden(user, "ranking.read", desk, now=moment(now, desk.edition))]


def may(user, desk: RegencyDesk, *, now: datetime) -> dict[str, str | None]:
    """Return for each act of a regency why this person cannot do it now, or None."""
    acts = {
        "rank": "regency.rank", "nominate": "nominee.set", "decline": "nominee.decline", "minutes": "minutes.upload",
        "take_back_answer": "nominee.revoke", "take_back_ranking": "ranking.revoke", "correct": "minutes.correct",
    }  # fmt: skip
    return {name: why_not(user, action, desk, now=now) for name, action in acts.items()}


def _filled(edition: Edition, regency: str = "") -> QuerySet[Participation]:
    rows = Participation.objects.filter(stage__edition=edition, stage__kind=Stage.Kind.FILLING)
    return rows.filter(entry__region__parent=regency) if regency else rows
