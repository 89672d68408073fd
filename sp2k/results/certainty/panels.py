"""Before the first mark: can the panels that were planned be compared at all?"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sp2k.analysis.answers import Labels
from sp2k.analysis.design import AMBER, GREEN, RED, DesignCheck, check_plan
from sp2k.editions.models import Stage
from sp2k.judging.models import Assignment


@dataclass(frozen=True)
class PanelWarning:
    """What the planned assignments allow. `is_red`: places across panels would mean nothing."""

    stage: Stage
    is_red: bool
    sentences: tuple[str, ...]
    design: DesignCheck


def panel_warning(stage: Stage) -> PanelWarning | None:
    """Return the warning of one stage, or None where every juror judges every entry or nothing is assigned yet."""
    return _warning(stage, _duties([stage]))


def planned_warning(stage: Stage, pairs: Iterable[tuple[str, str]]) -> PanelWarning | None:
    """Return the warning of assignments not yet saved: pairs of an entry's and a seat's code in which somebody judges."""
    entries = {row.region_code: row for row in stage.participations.select_related("entry__region__parent")}
    seats = {seat.code: seat for seat in stage.seats.all()}
    return _warning(
        stage,
        [
            (
                stage.pk, entries[entry].pk, entries[entry].entry.name, entries[entry].entry.regency_name,
                seats[seat].pk, seats[seat].institution,
            )
            for entry, seat in sorted(pairs)
        ],
    )  # fmt: skip


def panel_warnings(stages: Iterable[Stage]) -> list[PanelWarning]:
    """Return the warnings of those stages that still run, of whatever editions, in one query."""
    running = [
        stage for stage in stages if stage.kind in {Stage.Kind.SCORING, Stage.Kind.VISIT} and not stage.is_locked
    ]
    by_stage: dict[int, list] = {stage.pk: [] for stage in running}
    for duty in _duties(running) if running else ():
        by_stage[duty[0]].append(duty)
    return [warning for stage in running if (warning := _warning(stage, by_stage[stage.pk]))]


def _duties(stages: Iterable[Stage]) -> list[tuple]:
    """(stage, participation, kecamatan, regency, seat, institution) of every duty that is not excused."""
    rows = (
        Assignment.objects.filter(participation__stage__in=stages)
        .exclude(attendance__in=Assignment.AWAY)
        .order_by("participation__entry__region", "seat__position")
    )
    return list(
        rows.values_list(
            "participation__stage", "participation", "participation__entry__name",
            "participation__entry__regency_name", "seat", "seat__institution",
        )
    )  # fmt: skip


def _warning(stage: Stage, duties: list[tuple]) -> PanelWarning | None:
    if not duties:
        return None
    entries = {duty[1]: f"{duty[2]} ({duty[3]})" for duty in duties}
    seats = {duty[4]: duty[5] for duty in duties}
    row_of, column_of = ({pk: n for n, pk in enumerate(names)} for names in (entries, seats))
    presence = np.zeros((len(entries), len(seats)), dtype=bool)
    for duty in duties:
        presence[row_of[duty[1]], column_of[duty[4]]] = True
    design = _checked(presence.tobytes(), presence.shape)
    if design.light == GREEN or (design.light == AMBER and not design.cut_jurors and design.fewest_common > 1):
        return None
    labels = Labels(entries=list(entries.values()), jurors=list(seats.values()))
    said = tuple(sentence.text(labels) for sentence in design.explain())
    return PanelWarning(stage, design.light == RED, said, design)


@lru_cache(maxsize=256)
def _checked(presence: bytes, shape: tuple[int, int]) -> DesignCheck:
    """The check of a plan that was checked before is not made again: desks show it at every visit."""
    return check_plan(np.frombuffer(presence, dtype=bool).reshape(shape))
