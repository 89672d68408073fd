"""An edition as one person meets it now: read once, asked by every module of tasks."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sp2k.accounts.models import User, contains
from sp2k.accounts.policy import why_not
from sp2k.editions.models import Edition, Stage
from sp2k.publication.models import Decree
from sp2k.results.models import Advancement, Award, Decision, FrozenTally
from sp2k.results.queries import StageProgress, edition_progress


@dataclass
class Situation:
    """One edition at one instant for one person. Its stages come prefetched."""

    edition: Edition
    user: User
    now: datetime
    counts: list[StageProgress] | None = None  # read for all editions at once, where the person may see them

    @cached_property
    def stages(self) -> list[Stage]:
        return list(self.edition.stages.all())

    @cached_property
    def current(self) -> Stage | None:
        """The first stage that is not locked; None before the rules are locked and after the last lock."""
        if not self.edition.has_locked_rules:
            return None
        return next((stage for stage in self.stages if not stage.is_locked), None)

    @cached_property
    def may_count(self) -> bool:
        return why_not(self.user, "progress.read", self.edition, now=self.now) is None

    @cached_property
    def progress(self) -> dict[int, StageProgress]:
        return {row.stage.pk: row for row in self.counts or edition_progress(self.edition)}

    @cached_property
    def frozen(self) -> set[int]:
        rows = FrozenTally.objects.filter(stage__edition=self.edition, scope="")
        return set(rows.values_list("stage", flat=True))

    @cached_property
    def advanced(self) -> set[int]:
        return set(Advancement.objects.filter(stage__edition=self.edition).values_list("stage", flat=True))

    @cached_property
    def has_awards(self) -> bool:
        return Award.objects.filter(edition=self.edition).exists()

    @cached_property
    def is_decided(self) -> bool:
        return Decision.objects.filter(edition=self.edition).exists()

    @cached_property
    def has_decree(self) -> bool:
        return Decree.objects.filter(edition=self.edition).exists()

    @property
    def is_published(self) -> bool:
        return self.edition.is_published

    @property
    def is_at_decision(self) -> bool:
        return self.edition.has_locked_rules and bool(self.stages) and self.stages[-1].is_locked

    def holds(self, role: str) -> bool:
        """Whether the person holds a role over the whole edition."""
        return self.user.reaches({role}, self.edition.region_id)

    def reach_within(self, role: str) -> list[str]:
        """The codes within the edition over which the person holds a role: a regency's, a kecamatan's."""
        region = self.edition.region_id
        return [
            row.region_id for row in self.user.held_memberships if row.role == role and contains(region, row.region_id)
        ]

    def is_past(self, stage: Stage) -> bool:
        """Whether a stage takes nothing any more and is not locked yet."""
        is_open = stage.is_open(self.now) or stage.is_open_for_checks(self.now)
        return not stage.is_locked and self.now >= stage.opens_at and not is_open

    def last_instant(self, stage: Stage) -> datetime:
        return max(stage.closes_at, stage.checks_until or stage.closes_at)


def concerns(user, edition: Edition) -> bool:
    """Whether an edition is of someone's region, above it or within it."""
    return any(
        contains(edition.region_id, row.region_id) or contains(row.region_id, edition.region_id)
        for row in user.held_memberships
    )
