"""Reading frozen counts, and how far an edition is."""

from dataclasses import dataclass

from django.db.models import Count, Q

from sp2k.editions.models import Edition, Stage
from sp2k.judging.models import Assignment
from sp2k.results.models import FrozenTally


@dataclass(frozen=True)
class StageProgress:
    """How far a stage is, in counts without any score. `n_through` is None until the stage has been frozen."""

    stage: Stage
    n_entries: int
    n_sheets: int
    n_expected: int
    n_through: int | None


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
    """Return the counts of each stage in a constant number of queries."""
    stages = list(edition.stages.select_related("edition").annotate(n_entries=Count("participations")))
    forms = dict(
        edition.stages.annotate(
            n=Count(
                "participations", filter=Q(participations__forms__verifications__decision="diterima"), distinct=True
            )
        ).values_list("pk", "n")
    )
    answers = dict(edition.stages.annotate(n=Count("nominations")).values_list("pk", "n"))
    duties = {
        row["participation__stage"]: row
        for row in Assignment.objects.filter(participation__stage__edition=edition)
        .values("participation__stage")
        .annotate(
            expected=Count("pk", filter=~Q(attendance__in=["absen", "benturan"]), distinct=True),
            sheets=Count("pk", filter=Q(sheets__revision=1), distinct=True),
        )
        .order_by()
    }
    through = dict(
        FrozenTally.objects.filter(stage__edition=edition, scope="")
        .annotate(n=Count("placements", filter=Q(placements__is_through=True)))
        .values_list("stage", "n")
    )
    return [_progress(stage, forms, answers, duties, through) for stage in stages]


def _progress(stage, forms, answers, duties, through) -> StageProgress:
    if stage.kind == Stage.Kind.FILLING:
        sheets, expected = forms[stage.pk], stage.n_entries
    elif stage.kind == Stage.Kind.SELECTION:
        sheets, expected = answers[stage.pk], len(_regencies(stage))
    else:
        row = duties.get(stage.pk, {"sheets": 0, "expected": 0})
        sheets, expected = row["sheets"], row["expected"]
    return StageProgress(stage, stage.n_entries, sheets, expected, through.get(stage.pk))


def _regencies(stage) -> set[str]:
    codes = stage.participations.values_list("entry__region_id", flat=True)
    return {code.rpartition(".")[0] for code in codes}
