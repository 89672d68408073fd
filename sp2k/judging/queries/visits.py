"""Visits: who may know of which, who is on the team, and how far each is."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from sp2k.accounts.policy import POLICY
from sp2k.accounts.roles import Role
from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries import beside_judging
from sp2k.entries.models import Evidence, Form, Innovation, Participation
from sp2k.entries.queries.innovations import innovations_of
from sp2k.judging.models import (
    Assignment,
    PlannedClaim,
    PresentationClaim,
    VisitFinding,
    VisitPhoto,
    VisitPlan,
    barred_entries,
)
from sp2k.judging.opening.claims import claims_noted


@dataclass(frozen=True)
class PanelEntry:
    """An entry before a panel, with the duties of its seats: the object of acts that belong to no single seat."""

    participation: Participation
    duties: tuple[Assignment, ...]

    @property
    def region_code(self) -> str:
        return self.participation.region_code

    @property
    def stage(self) -> Stage:
        return self.participation.stage

    @property
    def edition(self) -> Edition:
        return self.stage.edition

    def is_held_by(self, user) -> bool:
        return self.duty_of(user) is not None

    def is_judged_by(self, user) -> bool:
        """Whether a person judges it; the chair answers for all entries before the jury."""
        return self.is_held_by(user) or user.reaches({Role.CHAIR}, self.region_code)

    def duty_of(self, user) -> Assignment | None:
        """The duty of the seat that a person holds now, or None for whoever is not on the team."""
        return next((duty for duty in self.duties if duty.is_held_by(user)), None)

    def has_conflict(self, user) -> bool:
        """A conflict with a kecamatan holds in every stage, whichever it was declared at."""
        return barred_entries([user]).filter(pk=self.participation.entry_id).exists()


@dataclass(frozen=True)
class VisitRow:
    """A visit in a list: the team, when, and how many claims have a finding; never what was found.

    `n_planned` is None where nobody has chosen the claims yet. `duty` is the reader's own, or None.
    """

    visit: PanelEntry
    n_planned: int | None
    n_found: int
    duty: Assignment | None

    @property
    def participation(self) -> Participation:
        return self.visit.participation


def visits_visible_to(user) -> QuerySet[Participation]:
    """Return the visits a person may know of: the team's own, the bureau's and inspectorate's within reach.

    A kecamatan and its regency know of their own once the result is public.
    """
    return _before_panels(Stage.Kind.VISIT, user)


def presentations_visible_to(user) -> QuerySet[Participation]:
    """Return the entries before a jury that a person may know of, by the same reach as visits."""
    return _before_panels(Stage.Kind.SCORING, user)


def judged_entries_visible_to(user) -> QuerySet[Participation]:
    """Return the entries before a panel that a person may know of as one who judges: a juror's own, a chair's all."""
    visible = Q(pk__in=[])
    own = Assignment.objects.filter(seat__seatings__user=user, seat__seatings__until=None).values("participation")
    for membership in user.held_memberships if user.is_active else ():
        within = _within(membership.region_id, "stage__edition__region")
        if membership.role in {Role.CHAIR, Role.JUROR}:
            visible |= within if membership.role == Role.CHAIR else within & Q(pk__in=own)
    return _with_team(Participation.objects.filter(visible, stage__kind__in=[Stage.Kind.SCORING, Stage.Kind.VISIT]))


def standing_form(participation: Participation) -> Form | None:
    """Return the last form that an entry before a panel has sent in the edition, voided ones left aside."""
    rows = Form.objects.filter(
        participation__entry=participation.entry, participation__stage__kind=Stage.Kind.FILLING, voided_at=None
    )
    rows = rows.exclude(participation__stage__instrument=None).order_by("participation__stage__position", "revision")
    return rows.select_related("participation__stage__instrument", "participation__entry").last()


def panel_entry(participation: Participation) -> PanelEntry:
    """Return the entry with its team; the participation comes from one of the queries above."""
    return PanelEntry(participation, tuple(participation.assignments.all()))


def held_panel_entry(stage: Stage, pk: int) -> PanelEntry:
    """Return an entry of a stage held by an act, with its team as it stands now."""
    participation = _with_team(stage.participations.filter(pk=pk)).get()
    participation.stage = stage
    return panel_entry(participation)


def visit_rows(user) -> list[VisitRow]:
    """Return the visits a person may know of, newest edition first, in a constant number of queries."""
    rows = list(
        visits_visible_to(user)
        .filter(stage__edition__abandoned_at=None)
        .select_related("slot__session")
        .order_by("-stage__edition__year", "stage__edition__code", "stage__position", "entry__region")
    )
    found = dict(
        VisitFinding.objects.filter(participation__in=rows, voided_at=None)
        .order_by()
        .values_list("participation")
        .annotate(n=Count("claim", distinct=True))
    )
    planned = dict(
        VisitPlan.objects.filter(participation__in=rows)
        .annotate(n=Count("claims"))
        .order_by("revision")
        .values_list("participation", "n")
    )
    visits = [panel_entry(row) for row in rows]
    return [
        VisitRow(visit, planned.get(row.pk), found.get(row.pk, 0), visit.duty_of(user))
        for visit, row in zip(visits, rows, strict=True)
    ]


def presentation_rows(user) -> list[Participation] | None:
    """Return the entries whose claims a person may note, with `n_claims`; None for whoever has no such task."""
    if not user.roles & POLICY["claim.note"].roles:
        return None
    rows = presentations_visible_to(user).filter(stage__edition__abandoned_at=None)
    rows = rows.order_by("-stage__edition__year", "stage__edition__code", "stage__position", "entry__region")
    noting = [row for row in rows if not _notes_own(user, row) or row.stage.jurors_note_claims]
    standing = PresentationClaim.objects.filter(participation__in=noting, voided_at=None).order_by()
    of_all = Counter(standing.values_list("participation", flat=True))
    of_user = Counter(standing.filter(by=user).values_list("participation", flat=True))
    for row in noting:
        row.n_claims = (of_user if _notes_own(user, row) else of_all)[row.pk]
    return None if not noting and Role.JUROR in user.roles and Role.CHAIR not in user.roles else noting


def _notes_own(user, row: Participation) -> bool:
    """Whether a person notes claims there as a juror: of others' claims neither words nor number are shown."""
    return is_only_juror(user.as_judge(row.stage.edition))


def noted_claims(presented: PanelEntry, user) -> list[PresentationClaim]:
    """Return the claims noted of an entry, in order; a juror sees the own alone, as with sheets."""
    participation, is_own = presented.participation, is_only_juror(user.as_judge(presented.edition))
    rows = claims_noted(participation.entry, presented.edition)
    return [row for row in rows if row.participation_id == participation.pk and (not is_own or row.by_id == user.pk)]


def is_only_juror(user) -> bool:
    """Return whether a person notes claims as a juror, neither for the secretariat nor as chair."""
    return not user.roles & {Role.BUREAU, Role.CHAIR}


def visit_photo(participation: Participation, pk: int) -> VisitPhoto | None:
    """Return a photo taken at this visit, or None."""
    return VisitPhoto.objects.filter(finding__participation=participation, pk=pk).select_related("blob", "finding").first()


def visit_evidence(participation: Participation, pk: int) -> Evidence | None:
    """Return a piece of evidence that the visited entry attached in this edition, or None."""
    rows = Evidence.objects.filter(
        form__participation__entry=participation.entry, form__participation__stage__edition=participation.stage.edition
    )
    return rows.filter(pk=pk).select_related("blob").first()


def visit_innovation(participation: Participation, number: int) -> Innovation | None:
    """Return an innovation of the visited entry that has a document, or None."""
    rows = innovations_of(participation.entry)
    return next((row for row in rows if row.number == number and row.document and row.voided_at is None), None)


def planned_without_finding(stage: Stage) -> QuerySet[PlannedClaim]:
    """Return the claims that the plans in force of a stage's visits name, and of which nothing was found yet."""
    newer = VisitPlan.objects.filter(participation=OuterRef("plan__participation"), revision__gt=OuterRef("plan__revision"))
    found = VisitFinding.objects.filter(
        participation=OuterRef("plan__participation"), claim=OuterRef("claim"), voided_at=None
    )
    rows = PlannedClaim.objects.filter(~Exists(newer), ~Exists(found), plan__participation__stage=stage)
    return rows.select_related("plan__participation__entry").order_by("plan__participation__entry__region", "position")


def _before_panels(kind, user) -> QuerySet[Participation]:
    rows = Participation.objects.filter(stage__kind=kind)
    if not user.is_active:
        return rows.none()
    own = Assignment.objects.filter(seat__seatings__user=user, seat__seatings__until=None).values("participation")
    visible = Q(pk__in=[])
    for membership in user.held_memberships:
        code = membership.region_id
        if membership.role in {Role.BUREAU, Role.INSPECTORATE}:
            visible |= _within(code, "stage__edition__region") & beside_judging(user, membership, "stage__edition")
        if membership.role in {Role.CHAIR, Role.JUROR}:
            visible |= _within(code, "stage__edition__region") & Q(pk__in=own)
        if membership.role in {Role.CAMAT, Role.REGENCY}:
            visible |= _within(code, "entry__region") & Q(stage__edition__published_at__isnull=False)
    return _with_team(rows.filter(visible))


def _with_team(rows: QuerySet[Participation]) -> QuerySet[Participation]:
    team = Assignment.objects.select_related("seat").prefetch_related("seat__seatings__user").order_by("seat__position")
    return rows.select_related(
        "stage__edition__region", "stage__instrument", "entry__region__parent"
    ).prefetch_related(Prefetch("assignments", team))


def _within(code: str, region: str) -> Q:
    return Q(**{f"{region}__code": code}) | Q(**{f"{region}__code__startswith": code + "."})
