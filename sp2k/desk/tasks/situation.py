"""An edition as one person meets it now: read once, asked by every module of tasks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sp2k.accounts.models import User, contains
from sp2k.accounts.policy import why_not
from sp2k.base.clock import Clocks, moment
from sp2k.desk.tasks.facts import Facts
from sp2k.editions.file import EARLY_LOCK
from sp2k.editions.models import Edition, Proposal, Stage
from sp2k.results.closing import Missing, missing_things
from sp2k.results.queries import StageProgress


@dataclass
class Situation:
    """One edition at one instant for one person. Its stages come prefetched."""

    edition: Edition
    user: User
    now: datetime
    facts: Facts

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
    def missing(self) -> list[Missing]:
        """What stands in the way of locking the stage that runs."""
        return missing_things(self.current) if self.current else []

    @cached_property
    def progress(self) -> dict[int, StageProgress]:
        return {row.stage.pk: row for row in self.facts.progress[self.edition.pk]}

    @property
    def frozen(self) -> set[int]:
        return self.facts.frozen

    @property
    def advanced(self) -> set[int]:
        return self.facts.advanced

    @property
    def has_awards(self) -> bool:
        return self.edition.pk in self.facts.awarded

    @property
    def is_decided(self) -> bool:
        return hasattr(self.edition, "decision")

    @property
    def has_decree(self) -> bool:
        return hasattr(self.edition, "decree")

    @property
    def is_published(self) -> bool:
        return self.edition.is_published or hasattr(self.edition, "publication")

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

    def standing_proposals(self, act: str) -> list[Proposal]:
        """What waits for someone's yes; an early lock is past once its stage has ended anyway."""
        ended = {stage.code for stage in self.stages if stage.is_locked or stage.has_ended(self.now)}
        rows = [row for row in self.facts.proposals.get(self.edition.pk, ()) if row.act == act]
        return [row for row in rows if act != EARLY_LOCK or row.subject.partition(" ")[0] not in ended]

    def last_instant(self, stage: Stage) -> datetime:
        return max(stage.closes_at, stage.checks_until or stage.closes_at)


def situations_of(editions: Iterable[Edition], *, user: User, now: datetime | Clocks) -> list[Situation]:
    """Return each edition that concerns a person, all read together, each at the moment of its own clock."""
    own = [edition for edition in editions if concerns(user, edition)]
    facts = Facts(own, user, now)
    return [Situation(edition, user.as_judge(edition), moment(now, edition), facts) for edition in own]


def concerns(user, edition: Edition) -> bool:
    """Whether an edition is of someone's region, above it or within it."""
    return any(
        contains(edition.region_id, row.region_id) or contains(row.region_id, edition.region_id)
        for row in user.held_memberships
    )
