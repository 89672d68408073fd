"""Storing a count for good: its input, its output, and the places as rows."""

from datetime import datetime

from sp2k.base.exactyaml import dump, load
from sp2k.base.refusals import Refused
from sp2k.editions.models import Stage
from sp2k.entries.queries.entrants import regency_names
from sp2k.regions.models import Region
from sp2k.results.bridge import MarkRow, marks_of_stage, rules_of_stage
from sp2k.results.frozen import hash_of_rows, input_hash, placements_hash
from sp2k.results.models import FrozenTally, Placement
from sp2k.tally.count import Count, EntryResult, count, total_text
from sp2k.tally.numbers import exact_text, fixed_text
from sp2k.tally.sheets import MarkError
from sp2k.tally.stage_rules import METHOD, RulesError, read_stage_rules
from sp2k.tally.tables import SAMPLE_LINE, places_lines, sheets_lines
from sp2k.tally.trace import trace_lines


def count_stage(stage: Stage, *, scope: str) -> tuple[Count, str, list[MarkRow]]:
    """Count a stage (or one regency of it) as it stands; return the count with the rules' text and the marks it read.

    Raises
    ------
    Refused
        Where it cannot be counted, with the reason.
    """
    if not stage.participations.filter(entry__region__code__startswith=f"{scope}." if scope else "").exists():
        raise Refused(_nobody_to_place(stage, scope))
    rules_text = f"{SAMPLE_LINE if stage.edition.is_sample else ''}{dump(rules_of_stage(stage, scope=scope))}"
    marks = list(marks_of_stage(stage, scope=scope))
    try:
        return count(read_stage_rules(load(rules_text, name="rules.yaml")), marks), rules_text, marks
    except (RulesError, MarkError) as error:
        raise Refused(f"Tahap {stage.name} belum dapat dihitung. {error}") from error


def _nobody_to_place(stage: Stage, scope: str) -> str:
    if not scope:
        return f"Tahap {stage.name} belum dapat dihitung: pesertanya belum ditetapkan."
    name = regency_names(stage.edition, Region.objects.filter(pk=scope))[scope]
    return f"Tidak ada kecamatan {name} yang masuk tahap {stage.name}, jadi tidak ada yang diperingkat."


def store_count(stage: Stage, *, scope: str, by, now: datetime) -> FrozenTally:
    """Count a stage (or one regency of it) and keep what was counted and what came out."""
    counted, rules_text, marks = count_stage(stage, scope=scope)
    sheets_text = "".join(sheets_lines(marks, is_sample=counted.rules.is_sample))
    tally = FrozenTally.objects.create(
        stage=stage, scope=scope, rules=rules_text, sheets=sheets_text, places="".join(places_lines(counted)),
        trace="".join(trace_lines(counted)), input_hash=input_hash(rules_text, sheets_text), method=METHOD,
        n_sheets=counted.n_sheets, frozen_at=now, by=by,
    )  # fmt: skip
    _store_placements(tally, counted)
    return tally


def counted_places_hash(counted: Count) -> str:
    """Return what `placements_hash` is of the places that this count gives, whatever the rows say."""
    return hash_of_rows((result.code, *_placed(counted, result).values()) for result in counted.results)


def _store_placements(tally: FrozenTally, counted: Count) -> None:
    counted_ones = tally.stage.participations.filter(entry__region__in=counted.rules.entries)
    by_code = {row.region_code: row for row in counted_ones.select_related("entry")}
    rows = [
        Placement(tally=tally, participation=by_code[result.code], **_placed(counted, result)) for result in counted.results
    ]
    Placement.objects.bulk_create(rows, batch_size=500)
    if placements_hash(tally) != counted_places_hash(counted):  # the line seals them as they are read back
        raise Refused(
            f"Tempat yang tersimpan dari hitungan tahap {tally.stage.name} tidak sama dengan yang dihitung: basis data "
            "mengubahnya. Tidak ada yang berubah. Minta pengawas memeriksanya: sp2k edition status."
        )


def _placed(counted: Count, result: EntryResult) -> dict:
    """What a row tells of a place, in the order in which `hash_of_rows` takes it."""
    rules = counted.rules
    aspects = rules.instrument.round_places if rules.instrument else 0
    is_through = result.place is not None if result.is_through is None else result.is_through
    return dict(
        scope=result.scope,
        place=result.place,
        total=result.total_text,
        own_total="" if result.own is None else _own_text(counted, result),
        aspects={code: fixed_text(points, aspects) for code, points in result.aspects.items()},
        decided_by=Placement.TIED_AT_CUT if result.is_at_cut else result.decided_by,
        is_through=is_through,
        note="; ".join([result.reason, *result.notes]).strip("; "),
    )


def _own_text(counted: Count, result: EntryResult) -> str:
    """The stage's own total as printed; where it is finer than the declared decimals it is written exactly."""
    text = exact_text(result.own)
    try:
        return total_text(counted.rules, result.own)
    except ValueError:
        return text
