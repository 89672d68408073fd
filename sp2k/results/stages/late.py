"""Late sheets and the correction that may count one: who proposed it, who has said yes, whose yes is awaited."""

from dataclasses import dataclass

from sp2k.accounts.policy import why_not
from sp2k.accounts.roles import Role
from sp2k.editions.models import Approval, Stage
from sp2k.editions.queries.chairs import chair_terms, speaks_for
from sp2k.judging.models import LateSheet, barred_entries

ACT = "koreksi"  # no edition file can declare it, so that only the acts of a correction write its yeses


@dataclass(frozen=True)
class LateCase:
    """One late sheet. `awaited` are the roles whose yes is still missing; empty while nobody has proposed it."""

    late: LateSheet
    proposal: Approval | None
    yeses: tuple[Approval, ...]
    awaited: tuple[str, ...]

    @property
    def awaited_in_words(self) -> list[str]:
        return [str(Role(role).label) for role in self.awaited]


def subject_of(late: LateSheet) -> str:
    """Return what a yes to a correction is about."""
    return f"lembar {late.op_id}"


def late_cases(stage: Stage) -> list[LateCase]:
    """Return the late sheets of a stage, oldest first, in a constant number of queries; never a mark."""
    rows = LateSheet.objects.filter(assignment__participation__stage=stage).select_related(
        "by", "decided_by", "assignment__seat", "assignment__participation__entry__region__parent",
        "assignment__participation__stage__edition",
    )  # fmt: skip
    lates = list(rows.prefetch_related("by__memberships", "assignment__sheets"))
    if not lates:
        return []
    said = Approval.objects.filter(edition=stage.edition, act=ACT).select_related("by").order_by("pk")
    by_subject: dict[str, list[Approval]] = {}
    for yes in said:
        by_subject.setdefault(yes.subject, []).append(yes)
    barred = _entries_barred_to_the_chair(stage)
    chairs = {person for person, _since, until in chair_terms(stage.edition, stage.code) if until is None}
    return [_case(late, by_subject.get(subject_of(late), []), barred, chairs) for late in lates]


def case_of(late: LateSheet) -> LateCase:
    """Return one late sheet as it stands now."""
    return next(case for case in late_cases(late.stage) if case.late.pk == late.pk)


def late_sheets_to_approve(stage: Stage, *, user, now) -> list[LateCase]:
    """Return the corrections of a stage that await this person's yes."""
    return [case for case in late_cases(stage) if case.late.is_waiting and role_to_approve(case, user, now=now)]


def role_to_approve(case: LateCase, user, *, now) -> str:
    """Return the role in which this person's yes is awaited; an empty text where it is not."""
    if case.proposal is None or user.pk in {yes.by_id for yes in (case.proposal, *case.yeses)}:
        return ""
    if why_not(user, "correction.approve", case.late, now=now):
        return ""
    stage = case.late.stage
    return next((role for role in case.awaited if speaks_for(user, stage.edition, role, stage.code)), "")


def _case(late, said, barred, chairs) -> LateCase:
    proposal, yeses = (said[0], tuple(said[1:])) if said else (None, ())
    # A chair does not decide on the chair's own sheet, nor on an entry of the chair's own: another of the bureau does.
    stands_in = late.by_id in chairs or late.assignment.participation.entry_id in barred
    wanted = (Role.BUREAU if stands_in else Role.CHAIR, Role.INSPECTORATE)
    given = {yes.role for yes in yeses}
    awaited = tuple(str(role.value) for role in wanted if role.value not in given) if proposal else ()
    return LateCase(late, proposal, yeses, awaited)


def _entries_barred_to_the_chair(stage) -> frozenset[int]:
    chair = stage.seats.filter(is_chair=True, seatings__until=None).values("seatings__user")
    return frozenset(barred_entries(chair).filter(edition=stage.edition).values_list("pk", flat=True))
