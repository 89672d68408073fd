"""Reading frozen counts, and how far an edition is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries import stages_visible_to
from sp2k.entries.models import Entry, Participation
from sp2k.entries.queries import accepted_in
from sp2k.judging.models import Assignment, Conflict
from sp2k.judging.queries import with_sheet, without_sheet
from sp2k.results.models import FrozenTally, Nomination, Placement


@dataclass(frozen=True)
class StageProgress:
    """How far a stage is, in counts without any score. `n_through` is None until the stage has been frozen."""

    stage: Stage
    n_entries: int
    n_sheets: int
    n_expected: int
    n_through: int | None


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
        return Conflict.objects.filter(user=user, participation__entry__in=entries).exists()


@dataclass(frozen=True)
class EntryAtStage(StageResult):
    """What a stage's count says of one entry."""

    participation: Participation

    def has_conflict(self, user) -> bool:
        """A conflict with a kecamatan holds in every stage, whichever it was declared at."""
        return Conflict.objects.filter(user=user, participation__entry=self.participation.entry_id).exists()


def counted_stages_visible_to(user) -> QuerySet[Stage]:
    """Return the stages that jurors or visitors score, of the editions a person may know of, newest edition first."""
    kinds = [Stage.Kind.SCORING, Stage.Kind.VISIT]
    return stages_visible_to(user).filter(kind__in=kinds).order_by("-edition__year", "edition__code", "position")


def entry_at_stage(stage: Stage, code: str) -> EntryAtStage | None:
    """Return an entry of a stage by its region code, or None."""
    found = stage.participations.filter(entry__region=code).select_related("entry__region__parent").first()
    return EntryAtStage(stage, found) if found else None


def standing_tally(stage: Stage) -> FrozenTally | None:
    """Return the stage's own frozen count (not a regency's), or None."""
    return stage.tallies.filter(scope="").first()


def result_content(edition: Edition) -> dict:
    """Return the result in the canonical profile: what is sealed, decreed, published and exported is this."""
    awards = edition.awards.select_related("placement", "entry")
    return {
        "edition": edition.code,
        "hasil": [
            [award.placement.place, award.title, award.entry.region_id, award.placement.total] for award in awards
        ],
    }


def edition_progress(edition: Edition) -> list[StageProgress]:
    """Return the counts of each stage of an edition, in its order."""
    return progress_by_edition([edition])[edition.pk]


def progress_by_edition(editions: Sequence[Edition]) -> dict[int, list[StageProgress]]:
    """Return {edition: counts of each stage} in a constant number of queries, each over one table's own rows."""
    entered = _by_stage(Participation.objects.filter(stage__edition__in=editions), "stage")
    forms = _by_stage(accepted_in(*editions), "form__participation__stage")
    answers = _by_stage(Nomination.objects.filter(stage__edition__in=editions), "stage")
    duties = Assignment.objects.filter(participation__stage__edition__in=editions)
    away = without_sheet(duties.filter(attendance__in=Assignment.AWAY))
    awaited = _by_stage(duties.exclude(pk__in=away), "participation__stage")
    sheets = _by_stage(with_sheet(duties), "participation__stage")
    through = _by_stage(
        Placement.objects.filter(tally__stage__edition__in=editions, tally__scope="", is_through=True), "tally__stage"
    )
    frozen = set(FrozenTally.objects.filter(stage__edition__in=editions, scope="").values_list("stage", flat=True))
    regencies = _regencies_by_edition(editions)
    progress = {edition.pk: [] for edition in editions}
    for stage in Stage.objects.filter(edition__in=editions).select_related("edition").order_by("edition", "position"):
        done, expected = {
            Stage.Kind.FILLING: (forms, entered), Stage.Kind.SELECTION: (answers, {stage.pk: regencies[stage.edition_id]}),
        }.get(stage.kind, (sheets, awaited))  # fmt: skip
        n_through = through.get(stage.pk, 0) if stage.pk in frozen else None
        progress[stage.edition_id].append(
            StageProgress(stage, entered.get(stage.pk, 0), done.get(stage.pk, 0), expected.get(stage.pk, 0), n_through)
        )
    return progress


def _regencies_by_edition(editions) -> dict[int, int]:
    """How many regencies' kecamatan entered each edition: as many answers as a selection awaits."""
    rows = Entry.objects.filter(edition__in=editions).order_by().values("edition")
    counted = dict(rows.annotate(n=Count("region__parent", distinct=True)).values_list("edition", "n"))
    return {edition.pk: counted.get(edition.pk, 0) for edition in editions}


def _by_stage(rows: QuerySet, stage: str) -> dict[int, int]:
    return dict(rows.order_by().values_list(stage).annotate(n=Count("pk", distinct=True)))
