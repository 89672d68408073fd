"""Reading paper: whose it is, in which state, never a mark."""

from collections.abc import Mapping

from django.db.models import Count, Q, QuerySet

from sp2k.accounts.roles import Role
from sp2k.editions.models import Stage
from sp2k.editions.queries import beside_judging, stages_visible_to
from sp2k.entries.models import Entry
from sp2k.entries.queries.named import EntriesByName
from sp2k.judging.models import Assignment, PaperSheet, Seat, barred_entries
from sp2k.judging.queries import unexplained_assignments

OFFICES = frozenset({Role.BUREAU, Role.INSPECTORATE})


def papers_visible_to(user) -> QuerySet[PaperSheet]:
    """Return the papers that the policy's `paper.read` lets `user` know of: the bureau's all, a juror's own."""
    if not user.is_active:
        return PaperSheet.objects.none()
    own = Q(assignment__seat__seatings__user=user, assignment__seat__seatings__until=None)
    own &= Q(juror=user) | Q(juror=None)
    own |= Q(juror=user, state=PaperSheet.State.CONFIRMED)
    seen = Q(pk__in=[])
    for membership in user.held_memberships:
        within = _within(membership.region_id)
        if membership.role in OFFICES:
            seen |= within & beside_judging(user, membership, "assignment__participation__stage__edition")
        if membership.role in {Role.CHAIR, Role.JUROR}:
            seen |= within & Q(pk__in=PaperSheet.objects.filter(own).values("pk"))
    return (
        PaperSheet.objects.filter(seen)
        .select_related(
            "assignment__seat", "assignment__participation__stage__edition__region",
            "assignment__participation__stage__instrument", "assignment__participation__entry__region__parent", "juror",
            "printed_by", "scan", "sheet", "late_sheet",
        )
        .prefetch_related("typings__by", "settlements__by", "assignment__seat__seatings__user")
    )  # fmt: skip


def filtered(papers: QuerySet[PaperSheet], *, stage: int | None, state: str, words: str) -> QuerySet[PaperSheet]:
    """Return the papers of a stage, in a state, whose kecamatan, regency, juror or institution holds the words."""
    if stage is not None:
        papers = papers.filter(assignment__participation__stage=stage)
    if state:
        papers = papers.filter(state=state)
    region = "assignment__participation__entry__region"
    shown = papers.order_by().values("assignment__participation__entry")
    entries = EntriesByName(Entry.objects.filter(pk__in=shown))
    for word in words.split():
        papers = papers.filter(
            Q(assignment__participation__entry__in=entries.named(word))
            | Q(juror__name__icontains=word)
            | Q(assignment__seat__institution__icontains=word)
        )
    return papers.order_by(region, "assignment__seat__position", "printed_at")


def counts_by_state(papers: QuerySet[PaperSheet]) -> dict[str, int]:
    """Return how many papers are in each state that occurs."""
    rows = papers.order_by().values("state").annotate(n=Count("pk", distinct=True))
    return {row["state"]: row["n"] for row in rows}


def papers_to_confirm(user) -> QuerySet[PaperSheet]:
    """Return the papers that wait for `user`'s yes as their juror, save those of entries that `user` may not judge."""
    own = Q(assignment__seat__seatings__user=user, assignment__seat__seatings__until=None)
    rows = PaperSheet.objects.filter(own, Q(juror=user) | Q(juror=None), state=PaperSheet.State.WAITING)
    rows = rows.exclude(assignment__participation__entry__in=barred_entries([user]).values("pk"))
    return rows.select_related(
        "assignment__participation__entry__region__parent", "assignment__participation__stage__edition"
    ).order_by("assignment__participation__entry__region")


def papers_waiting(stage: Stage) -> QuerySet[PaperSheet]:
    """Return the papers on which something stands and which do not count yet, of duties that await their sheet."""
    state = PaperSheet.State
    unfinished = [state.ONCE, state.DIFFERENT, state.AGREED, state.WAITING, state.DISPUTED]
    rows = PaperSheet.objects.filter(assignment__in=unexplained_assignments(stage), state__in=unfinished)
    return rows.select_related("assignment__seat", "assignment__participation__entry__region__parent")


def printable_stages(user) -> QuerySet[Stage]:
    """Return the stages with jurors and duties that `user`'s bureau runs, the newest edition first."""
    return (
        stages_visible_to(user)
        .filter(_within_any(user), edition__abandoned_at=None, pk__in=Assignment.objects.values("participation__stage"))
        .order_by("-edition__year", "edition__code", "position")
    )


def duties_of(
    stage: Stage, *, seat: int | None = None, participation: int | None = None, kind: str = PaperSheet.Kind.SHEET
) -> list[Assignment]:
    """Return the duties of a stage, of one seat or one entry where named, in the order of the seats.

    A visit's form is one an entry: the duty of the first seat that is not away.
    """
    chosen = {key: value for key, value in {"seat": seat, "participation": participation}.items() if value is not None}
    rows = Assignment.objects.filter(participation__stage=stage, **chosen)
    found = list(
        rows.select_related(
            "seat", "participation__stage__edition__region", "participation__entry__region__parent",
            "participation__slot",
        )
        .prefetch_related("seat__seatings__user")
        .order_by("seat__position", "participation__entry__region")
    )
    if kind == PaperSheet.Kind.SHEET:
        return found
    first: dict[int, Assignment] = {}
    for duty in found:
        if duty.attendance not in Assignment.AWAY:
            first.setdefault(duty.participation_id, duty)
    return sorted(first.values(), key=lambda duty: duty.participation.region_code)


def blanks_of(stage: Stage, duties: list[Assignment], kind: str) -> list[PaperSheet]:
    """Return the unused blanks of the duties, in the order given."""
    rows = PaperSheet.objects.filter(assignment__in=duties, kind=kind, state=PaperSheet.State.PRINTED)
    by_duty: Mapping[int, PaperSheet] = {paper.assignment_id: paper for paper in rows.select_related("juror")}
    found = []
    for duty in duties:
        if paper := by_duty.get(duty.pk):
            paper.assignment = duty
            found.append(paper)
    return found


def seats_of(stage: Stage) -> QuerySet[Seat]:
    """Return the seats of a stage with the persons in them."""
    return stage.seats.prefetch_related("seatings__user")


def _within(code: str) -> Q:
    region = "assignment__participation__stage__edition__region"
    return Q(**{f"{region}__code": code}) | Q(**{f"{region}__code__startswith": code + "."})


def _within_any(user) -> Q:
    seen = Q(pk__in=[])
    for membership in user.held_memberships:
        if membership.role == Role.BUREAU:
            code = membership.region_id
            within = Q(edition__region__code=code) | Q(edition__region__code__startswith=code + ".")
            seen |= within & beside_judging(user, membership, "edition")
    return seen
