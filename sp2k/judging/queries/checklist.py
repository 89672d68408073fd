"""A visit as its pages show it: the checklist by place, and one claim with all that was recorded of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from sp2k.entries.sealing import Sending
from sp2k.judging.models import Assignment, HeldPhoto, VisitFinding, VisitPhoto, VisitPlan
from sp2k.judging.queries.claims import (
    PlaceVisited,
    VisitClaim,
    by_place,
    chosen_claims,
    finding_history,
    latest_plan,
    visit_claims,
)
from sp2k.judging.queries.opening import require_findings
from sp2k.judging.queries.visits import PanelEntry
from sp2k.judging.verdicts import Verdict, declared_verdicts


@dataclass(frozen=True)
class Checklist:
    """What a visit looks into. `duty` is the reader's own on the team, or None."""

    plan: VisitPlan | None
    places: tuple[PlaceVisited, ...]
    verdicts: Mapping[str, Verdict]
    duty: Assignment | None

    @cached_property
    def claims(self) -> list[VisitClaim]:
        return [claim for place in self.places for claim in place.claims]

    @property
    def n_found(self) -> int:
        return sum(claim.finding is not None for claim in self.claims)

    @property
    def next_claim(self) -> VisitClaim | None:
        """The first without a finding, in the order of the places."""
        return next((claim for claim in self.claims if claim.finding is None), None)


@dataclass(frozen=True)
class ClaimPage:
    """One claim, the findings recorded of it (newest first, voided ones too), and what verdicts there are."""

    claim: VisitClaim
    history: tuple[VisitFinding, ...]
    verdicts: Mapping[str, Verdict]

    @property
    def latest(self) -> VisitFinding | None:
        return next((finding for finding in self.history if not finding.is_voided), None)

    def voided_of(self, user) -> VisitFinding | None:
        """A person's own newest finding, where it was voided and nothing has taken its place: the form begins with it."""
        newest = self.history[0] if self.history else None
        return newest if newest and newest.is_voided and newest.by_id == user.pk else None

    def revision(self, number: object) -> VisitFinding | None:
        """The finding of that revision, as a page that was fetched earlier names it."""
        return next((finding for finding in self.history if str(finding.revision) == str(number)), None)


def checklist_of(visit: PanelEntry, *, user=None, may_read: bool = True) -> Checklist:
    """Return the checklist in a constant number of queries; who may not read the findings sees the places as planned."""
    plan = latest_plan(visit.participation)
    chosen = chosen_claims(visit_claims(visit.participation), plan)
    if may_read:
        require_findings(visit.stage, [claim.finding for claim in chosen if claim.finding])
    duty = visit.duty_of(user) if user else None
    return Checklist(plan, tuple(by_place(chosen, as_planned=not may_read)), declared_verdicts(visit.stage), duty)


def claim_of(visit: PanelEntry, code: str) -> ClaimPage | None:
    """Return one claim of the checklist, or None for what is not on it."""
    chosen = chosen_claims(visit_claims(visit.participation), latest_plan(visit.participation))
    found = next((claim for claim in chosen if claim.code == code), None)
    if found is None:
        return None
    history = tuple(finding_history(visit.participation, code))
    require_findings(visit.stage, history)
    return ClaimPage(found, history, declared_verdicts(visit.stage))


def held_photos(duty: Assignment, user, code: str, *, also: Collection[str] = ()) -> list[HeldPhoto]:
    """Return a person's photos of one claim that wait for their finding, and those of the keys `also`."""
    rows = HeldPhoto.objects.filter(assignment=duty, by=user, claim=code, blob__erased_at=None)
    standing = {"finding__participation": duty.participation, "finding__claim": code, "finding__voided_at": None}
    attached = VisitPhoto.objects.filter(**standing).values("blob")
    waiting = set(rows.exclude(blob__in=attached).values_list("pk", flat=True))
    return [row for row in rows if row.pk in waiting or str(row.pk) in also]


def overtaken(shown: ClaimPage, sending: Sending) -> bool:
    """Return whether someone else recorded this claim after the page was fetched that `sending` answers."""
    return shown.latest is not None and sending.base_rev != shown.latest.revision
