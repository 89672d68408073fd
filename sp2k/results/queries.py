"""Reading frozen counts, and how far an edition is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from sp2k.accounts.policy import is_hidden, why_not
from sp2k.base.wording import number_in_words
from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries import stages_visible_to
from sp2k.entries.models import Entry, Participation
from sp2k.entries.queries import accepted_in
from sp2k.judging.models import Assignment, Sheet, barred_entries
from sp2k.results.models import FrozenTally, Nomination
from sp2k.results.ties.ruled import ruled_ties


@dataclass(frozen=True)
class StageProgress:
    """How far a stage is, in counts without any score. `n_through` is None until the stage has been frozen.

    `seats` holds, by the key of a seat, its sheets given and its sheets given or awaited.
    """

    stage: Stage
    n_entries: int
    n_sheets: int
    n_expected: int
    n_through: int | None
    seats: Mapping[int, tuple[int, int]] = field(default_factory=dict)


def is_whole(progress: StageProgress) -> bool:
    """Whether everything that a stage awaits is in; of nothing nobody says so."""
    return 0 < progress.n_expected <= progress.n_sheets


def arrivals_in_words(progress: StageProgress) -> str:
    """Say what a stage that lacks nothing stands on: all of it, a part, or nothing at all. Nothing is never "all"."""
    if not progress.n_expected:
        return _("Tahap ini tidak menunggu apa pun, dan tidak ada yang masuk.")
    told = {"n": number_in_words(progress.n_sheets), "of": number_in_words(progress.n_expected)}
    if not progress.n_sheets:
        return _("Belum ada satu pun yang masuk (0 dari %(of)s). Yang tidak masuk tidak dinilai.") % told
    if progress.n_sheets < progress.n_expected:
        return _("%(n)s dari %(of)s sudah masuk. Yang tidak masuk tidak dinilai.") % told
    return _("Semua yang ditunggu tahap ini sudah masuk (%(of)s).") % told


@dataclass(frozen=True)
class StageResult:
    """What a stage's count says: the object of the acts that read it."""

    stage: Stage

    @property
    def edition(self) -> Edition:
        return self.stage.edition

    @property
    def region_code(self) -> str:
        return self.stage.region_code

    @property
    def is_at_decision(self) -> bool:
        """Whether the edition's last stage is locked: what is left is to decide."""
        return self.edition.stages.last().is_locked

    def has_conflict(self, user) -> bool:
        """Whether any entry of the stage is one that this person may not judge."""
        entries = self.stage.participations.values("entry")
        return barred_entries([user]).filter(pk__in=entries).exists()


@dataclass(frozen=True)
class EntryAtStage(StageResult):
    """What a stage's count says of one entry."""

    participation: Participation

    def has_conflict(self, user) -> bool:
        """A conflict with a kecamatan holds in every stage, whichever it was declared at."""
        return barred_entries([user]).filter(pk=self.participation.entry_id).exists()


def counted_stages_visible_to(user) -> QuerySet[Stage]:
    """Return the stages that jurors or visitors score, of the editions a person may know of, newest edition first."""
    kinds = [Stage.Kind.SCORING, Stage.Kind.VISIT]
    return stages_visible_to(user).filter(kind__in=kinds).order_by("-edition__year", "edition__code", "position")


def entry_at_stage(stage: Stage, code: str) -> EntryAtStage | None:
    """Return an entry of a stage by its region code, or None."""
    found = stage.participations.filter(entry__region=code).select_related("entry__region__parent").first()
    return EntryAtStage(stage, found) if found else None


def asked_of_places(stage: Stage, action: str = "places.read") -> list[tuple[str, StageResult]]:
    """Return what the table of permissions is asked before a stage's places are read: acts with their objects.

    The places of a selection are the regencies' own rankings, and those of the filling before it are what they rest on: both
    are `ranking.read`, by whichever address they are reached.
    """
    asked = [(action, StageResult(stage))]
    if selection := _selection_of(stage):
        asked.insert(0, ("ranking.read", StageResult(selection)))
    return asked


def why_no_places(user, stage: Stage, *, now, action: str = "places.read") -> str | None:
    """Return why a person does not read a stage's places, or None."""
    if _selection_of(stage) and is_hidden(user, *asked_of_places(stage)[0], now=now):
        return _(
            "Tempat pada tahap ini adalah peringkat di dalam kabupaten/kota. Yang membacanya kabupaten/kota itu sendiri, "
            "pengawas, dan penyelenggara provinsi setelah tahap peringkat selesai."
        )
    return next((reason for asked in asked_of_places(stage, action) if (reason := why_not(user, *asked, now=now))), None)


def _selection_of(stage: Stage) -> Stage | None:
    if stage.kind == Stage.Kind.SELECTION:
        return stage
    if stage.kind != Stage.Kind.FILLING:
        return None
    return stage.edition.stages.filter(kind=Stage.Kind.SELECTION, position__gt=stage.position).first()


def standing_tally(stage: Stage) -> FrozenTally | None:
    """Return the stage's own frozen count (not a regency's), or None; its files are read when asked for."""
    return stage.tallies.filter(scope="").defer("rules", "sheets", "places", "trace").first()


def result_content(edition: Edition) -> dict:
    """Return the result in the canonical profile: what is sealed, decreed, published and exported is this."""
    awards = edition.awards.select_related("placement", "entry")
    return {
        "edition": edition.code,
        "hasil": [
            [award.position, award.title, award.entry.region_id, award.placement.total] for award in awards
        ],
    }


def edition_progress(edition: Edition) -> list[StageProgress]:
    """Return the counts of each stage of one edition."""
    return progress_by_edition([edition])[edition.pk]


def progress_by_edition(editions: Sequence[Edition], stages: Sequence[Stage] | None = None) -> dict[int, list[StageProgress]]:
    """Return the counts of each stage by edition: the same few queries for one edition and for ten.

    `stages` are all of the editions' own, where they have been read before.
    """
    if stages is None:
        stages = list(Stage.objects.filter(edition__in=editions))
    keys = [stage.pk for stage in stages]
    entered = _by_stage(Participation.objects.filter(stage__in=keys), "stage")
    forms = _by_stage(accepted_in(keys), "form__participation__stage")
    answers = _by_stage(Nomination.objects.filter(stage__in=keys), "stage")
    frozen = FrozenTally.objects.filter(stage__in=keys, scope="").values_list("stage")
    through = dict(frozen.annotate(n=Count("placements", filter=Q(placements__is_through=True)) + _n_ruled_through()))
    seats, regencies = _sheets_of_seats(keys), _n_regencies(editions)
    whole, progress = {edition.pk: edition for edition in editions}, {edition.pk: [] for edition in editions}
    for stage in stages:
        stage.edition = whole[stage.edition_id]
        own, n_entries = seats.get(stage.pk, {}), entered.get(stage.pk, 0)
        done, expected = {
            Stage.Kind.FILLING: (forms.get(stage.pk, 0), n_entries),
            Stage.Kind.SELECTION: (answers.get(stage.pk, 0), regencies[stage.edition_id]),
        }.get(stage.kind, (sum(n for n, _of in own.values()), sum(of for _n, of in own.values())))  # fmt: skip
        progress[stage.edition_id].append(StageProgress(stage, n_entries, done, expected, through.get(stage.pk), own))
    return progress


def _n_ruled_through() -> Coalesce:
    """How many of a tie at the cut go on by a ruling; in a selection the regencies' own rankings carry the rulings."""
    ruled = ruled_ties().filter(tally__stage=OuterRef("stage"), seats__isnull=False)
    return Coalesce(Subquery(ruled.order_by().values("tally__stage").annotate(n=Sum("seats")).values("n")), 0)


def _sheets_of_seats(stages) -> dict[int, dict[int, tuple[int, int]]]:
    """By stage and seat: the duties with a sheet, and those with one or awaited."""
    given = Exists(Sheet.objects.filter(assignment=OuterRef("pk"), voided_at=None))
    duties = Assignment.objects.filter(participation__stage__in=stages).annotate(is_given=given)
    expected = Q(is_given=True) | ~Q(attendance__in=Assignment.AWAY)
    rows = duties.order_by().values_list("participation__stage", "seat")
    counts: dict[int, dict[int, tuple[int, int]]] = {}
    for stage, seat, n, of in rows.annotate(n=Count("pk", filter=Q(is_given=True)), of=Count("pk", filter=expected)):
        counts.setdefault(stage, {})[seat] = n, of
    return counts


def _n_regencies(editions) -> dict[int, int]:
    """How many regencies' kecamatan entered each edition: as many answers as a selection awaits."""
    rows = Entry.objects.filter(edition__in=editions).order_by().values_list("edition")
    counted = dict(rows.annotate(n=Count("region__parent", distinct=True)))
    return {edition.pk: counted.get(edition.pk, 0) for edition in editions}


def _by_stage(rows: QuerySet, stage: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(stage).annotate(n=Count("pk")))
