"""Locking a stage, freezing its count, letting those within the quota go on."""

from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import Refused
from sp2k.base.wording import instant_in_words
from sp2k.editions.holding import held_stage
from sp2k.editions.models import Edition, Stage
from sp2k.entries.actions import enter_stage
from sp2k.entries.queries import accepted_verifications
from sp2k.journal import actions as journal
from sp2k.journal.models import ChainCheck
from sp2k.journal.opening import keep_verdict
from sp2k.judging.actions.panel import note_homes_of_panel
from sp2k.judging.models import Assignment
from sp2k.judging.queries import with_sheet
from sp2k.results.actions.conditions import (
    refuse_missing_approvals,
    refuse_tie_that_awaits_its_lot,
    refuse_ties_at_the_cut,
    tally_to_use,
)
from sp2k.results.closing import missing_things, ways_on
from sp2k.results.freezing import count_stage, store_count
from sp2k.results.frozen import sealed_tally
from sp2k.results.models import Advancement, FrozenTally
from sp2k.results.opening import opened_edition, opened_stage, refuse_changed_edition
from sp2k.results.queries import standing_tally
from sp2k.results.stages.early import open_early_locks
from sp2k.results.ties.ruled import placements_of


@transaction.atomic
def lock_stage(stage: Stage, *, by, now: datetime) -> Stage:
    """Close a stage for good: after this no sheet, form or finding is taken."""
    stage = held_stage(stage)
    require(by, "stage.lock", stage, now=now)
    if now < stage.opens_at:
        raise Refused(stage.opening_in_words(now))
    refuse_what_is_missing(stage)
    if not stage.has_ended(now):
        until = instant_in_words(stage.ends_at, stage.edition.zone)
        raise Refused(f"Batas tahap {stage.name}, {until}, belum lewat. Menguncinya sebelum itu memerlukan alasan dan "
                      "persetujuan orang lain; buka halaman kunci tahap.")  # fmt: skip
    refuse_missing_approvals(stage.edition, "kunci_tahap", stage.code, by)
    closed = close_stage(stage, by=by, now=now)
    open_early_locks(stage).update(withdrawn_at=now)  # what was proposed before the deadline came is past
    return closed


def close_stage(stage: Stage, *, by, now: datetime) -> Stage:
    """Lock a stage whose conditions were asked; part of an act, never one by itself."""
    opened_stage(stage).refuse_faults(f"Penguncian tahap {stage.name}")
    count_stage(stage, scope="")  # a stage that is locked but cannot be counted would be a dead end
    stage.locked_at = now
    stage.save(update_fields=["locked_at"])
    journal.append(stage.edition.chain_id, "sheets.lock", {"stage": stage.code, "n": _n_sealed(stage)}, by=by, now=now)
    return stage


def refuse_what_is_missing(stage: Stage) -> None:
    """Refuse a lock while something that the stage waits for is neither there nor explained."""
    if missing := missing_things(stage):
        told = "; ".join(thing.sentence for thing in missing)
        said = f"Tahap {stage.name} belum dapat ditutup: {told}. Kosong tidak dihitung nol."
        raise Refused(f"{said} {ways_on(missing)}".strip())


def check_edition(edition: Edition, *, now: datetime) -> ChainCheck:
    """Open everything of an edition and keep the verdict for the desk: run after each lock, outside of its transaction."""
    return keep_verdict(opened_edition(edition), now=now)


@transaction.atomic
def freeze_tally(stage: Stage, *, by, now: datetime) -> FrozenTally:
    """Count the stage's sheets and store the places for good."""
    stage = held_stage(stage)
    require(by, "results.freeze", stage, now=now)
    if standing_tally(stage):
        raise Refused(f"Hitungan tahap {stage.name} sudah dibekukan. Hitungan yang beku tidak diulang.")
    refuse_tie_that_awaits_its_lot(stage)
    opened_stage(stage).refuse_faults(f"Penghitungan tahap {stage.name}")
    tally = store_count(stage, scope="", by=by, now=now)
    body = {"stage": stage.code, "input": tally.input_hash, "n": tally.n_sheets, "method": tally.method}
    journal.append_all(stage.edition.chain_id, [sealed_tally("tally.frozen", body, tally)], by=by, now=now)
    return tally


@transaction.atomic
def advance(stage: Stage, *, by, now: datetime) -> Advancement:
    """Let those within the quota enter the next stage. A tie across the cut stops the act."""
    stage = held_stage(stage)
    require(by, "stage.advance", stage, now=now)
    refuse_changed_edition(stage.edition, f"Meneruskan peserta tahap {stage.name}")
    tally, next_stage = tally_to_use(stage), stage.next_stage
    if next_stage is None:
        raise Refused(f"{stage.name} adalah tahap terakhir. Langkah berikutnya: beri gelar.")
    if Advancement.objects.filter(stage=stage).exists():
        raise Refused(f"Yang lolos dari tahap {stage.name} sudah masuk tahap {next_stage.name}.")
    refuse_ties_at_the_cut(tally)
    through = [placement for placement in placements_of(tally) if placement.is_through]
    if not through:
        raise Refused(f"Tidak ada peserta yang lolos dari tahap {stage.name}. Periksa kuota dan lembarnya.")
    entries = sorted((placement.participation.entry for placement in through), key=lambda entry: entry.region_id)
    enter_stage(next_stage, entries, now=now)
    note_homes_of_panel(next_stage, by=by, now=now)
    advancement = Advancement.objects.create(stage=stage, n_through=len(entries), by=by, at=now)
    codes = [entry.region_id for entry in entries]
    body = {"stage": stage.code, "next": next_stage.code, "n": len(codes), "codes": codes}
    journal.append(stage.edition.chain_id, "stage.advance", body, by=by, now=now)
    return advancement


def _n_sealed(stage) -> int:
    from_forms = accepted_verifications(stage).count()
    from_sheets = with_sheet(Assignment.objects.filter(participation__stage=stage)).count()
    return from_forms + from_sheets + stage.nominations.count()
