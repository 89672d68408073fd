"""Ranking and nomination of a regency, locking a stage, freezing its count, advancing, titles, decision."""

from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.editions.holding import held_edition, held_stage
from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries import missing_approvals
from sp2k.entries.actions import enter_stage
from sp2k.entries.models import Participation
from sp2k.entries.queries import accepted_verifications
from sp2k.entries.sealing import Sending, seal
from sp2k.journal import actions as journal
from sp2k.results.closing import RegencyDesk, regencies_in, what_is_missing
from sp2k.results.freezing import count_stage, store_count
from sp2k.results.models import Advancement, Award, Decision, FrozenTally, Nomination, Placement
from sp2k.results.queries import result_content, standing_tally


@transaction.atomic
def rank_regency(desk: RegencyDesk, *, by, now: datetime) -> FrozenTally:
    """Count one regency's kecamatan by the stage's rules and keep the ranking."""
    desk = _held_desk(desk, "regency.rank", by=by, now=now)
    if desk.stage.tallies.filter(scope=desk.region_code).exists():
        raise Refused(f"Peringkat {desk.regency.name} sudah ditetapkan.")
    tally = store_count(desk.stage, scope=desk.region_code, by=by, now=now)
    body = {"stage": desk.stage.code, "regency": desk.region_code, "input": tally.input_hash, "n": tally.n_sheets}
    journal.append(desk.edition.chain_id, "regency.rank", body, by=by, now=now)
    return tally


@transaction.atomic
def nominate(desk: RegencyDesk, participation: Participation, *, minutes_number: str, by, now: datetime) -> Nomination:
    """Send the kecamatan that the regency's ranking puts within its quota, by its signed minutes."""
    desk = _held_desk(desk, "nominee.set", by=by, now=now)
    _refuse_second_answer(desk)
    if participation.stage_id != desk.stage.pk or participation.entry.region.parent_id != desk.region_code:
        raise Refused(f"{participation.entry} bukan kecamatan di {desk.regency.name}. Pilih kecamatan sendiri.")
    minutes_number = clean_text(minutes_number, name="Nomor berita acara", longest=80)
    if not minutes_number:
        raise BadInput("Tulis nomor berita acara penetapan calon.")
    tally = desk.stage.tallies.filter(scope=desk.region_code).first()
    if tally is None:
        raise Refused(f"Tetapkan peringkat {desk.regency.name} lebih dahulu, baru ajukan calon.")
    placement = tally.placements.get(participation=participation)
    if not placement.is_through:
        raise Refused(_why_not_nominee(tally, placement))
    nomination = Nomination.objects.create(
        stage=desk.stage, regency=desk.regency, participation=participation, minutes_number=minutes_number, by=by,
        at=now,
    )  # fmt: skip
    body = {"stage": desk.stage.code, "regency": desk.region_code, "entry": participation.region_code}
    journal.append(desk.edition.chain_id, "nominee.set", body, by=by, now=now)
    return nomination


@transaction.atomic
def decline(desk: RegencyDesk, *, reason: str, by, now: datetime) -> Nomination:
    """Record that a regency takes no part, with its reason."""
    desk = _held_desk(desk, "nominee.decline", by=by, now=now)
    _refuse_second_answer(desk)
    if not desk.stage.rules.get("boleh_tidak_ikut"):
        raise Refused(f"Aturan edisi mewajibkan setiap kabupaten/kota mengajukan calon pada tahap {desk.stage.name}.")
    reason = clean_text(reason, name="Alasan tidak ikut")
    if not reason:
        raise BadInput(f"Tulis alasan {desk.regency.name} tidak ikut.")
    nomination = Nomination.objects.create(
        stage=desk.stage, regency=desk.regency, declined_reason=reason, by=by, at=now
    )
    body = {"stage": desk.stage.code, "regency": desk.region_code, "reason": reason}
    journal.append(desk.edition.chain_id, "nominee.decline", body, by=by, now=now)
    return nomination


@transaction.atomic
def lock_stage(stage: Stage, *, by, now: datetime) -> Stage:
    """Close a stage for good: after this no sheet, form or finding is taken."""
    stage = held_stage(stage)
    require(by, "stage.lock", stage, now=now)
    if now < stage.opens_at:
        raise Refused(stage.opening_in_words(now))
    if missing := what_is_missing(stage):
        raise Refused(f"Tahap {stage.name} belum dapat ditutup: {'; '.join(missing)}. Kosong tidak dihitung nol.")
    _refuse_missing_approvals(stage.edition, "kunci_tahap", stage.code, by)
    count_stage(stage, scope="")  # a stage that is locked but cannot be counted would be a dead end
    stage.locked_at = now
    stage.save(update_fields=["locked_at"])
    journal.append(stage.edition.chain_id, "sheets.lock", {"stage": stage.code, "n": _n_sealed(stage)}, by=by, now=now)
    return stage


@transaction.atomic
def freeze_tally(stage: Stage, *, by, now: datetime) -> FrozenTally:
    """Count the stage's sheets and store the places for good."""
    stage = held_stage(stage)
    require(by, "results.freeze", stage, now=now)
    if standing_tally(stage):
        raise Refused(f"Hitungan tahap {stage.name} sudah dibekukan. Hitungan yang beku tidak diulang.")
    tally = store_count(stage, scope="", by=by, now=now)
    body = {"stage": stage.code, "input": tally.input_hash, "n": tally.n_sheets, "method": tally.method}
    journal.append(stage.edition.chain_id, "tally.frozen", body, by=by, now=now)
    return tally


@transaction.atomic
def advance(stage: Stage, *, by, now: datetime) -> Advancement:
    """Let those within the quota enter the next stage. A tie across the cut stops the act."""
    stage = held_stage(stage)
    require(by, "stage.advance", stage, now=now)
    tally, next_stage = _tally_to_use(stage), stage.next_stage
    if next_stage is None:
        raise Refused(f"{stage.name} adalah tahap terakhir. Langkah berikutnya: beri gelar.")
    if Advancement.objects.filter(stage=stage).exists():
        raise Refused(f"Yang lolos dari tahap {stage.name} sudah masuk tahap {next_stage.name}.")
    _refuse_ties_at_the_cut(tally)
    through = list(tally.placements.filter(is_through=True).select_related("participation__entry"))
    if not through:
        raise Refused(f"Tidak ada peserta yang lolos dari tahap {stage.name}. Periksa kuota dan lembarnya.")
    entries = sorted((placement.participation.entry for placement in through), key=lambda entry: entry.region_id)
    enter_stage(next_stage, entries, now=now)
    advancement = Advancement.objects.create(stage=stage, n_through=len(entries), by=by, at=now)
    codes = [entry.region_id for entry in entries]
    body = {"stage": stage.code, "next": next_stage.code, "n": len(codes), "codes": codes}
    journal.append(stage.edition.chain_id, "stage.advance", body, by=by, now=now)
    return advancement


@transaction.atomic
def give_titles(edition: Edition, *, by, now: datetime) -> list[Award]:
    """Give each declared title to the holder of its place in the last stage's frozen count."""
    last = held_stage(edition.stages.last())
    edition = last.edition
    require(by, "titles.give", last, now=now)
    if edition.awards.exists():
        raise Refused("Gelar edisi ini sudah diberikan.")
    tally = _tally_to_use(last)
    awards = [
        Award(
            edition=edition, position=title.place, title=title.name, placement=holder, entry=holder.participation.entry
        )
        for title in edition.titles.all()
        for holder in [_only_holder(tally, title)]
    ]
    Award.objects.bulk_create(awards)
    journal.append(edition.chain_id, "titles.give", {"stage": last.code, "n": len(awards)}, by=by, now=now)
    return awards


@transaction.atomic
def decide_result(edition: Edition, *, by, now: datetime) -> Decision:
    """Seal the result once the approvals that the edition declares are given."""
    edition = held_edition(edition.pk)
    require(by, "result.decide", edition, now=now)
    if not edition.awards.exists():
        raise Refused("Gelar belum diberikan. Beri gelar lebih dahulu, baru tetapkan hasil.")
    if Decision.objects.filter(edition=edition).exists():
        raise Refused("Hasil edisi ini sudah ditetapkan.")
    _refuse_missing_approvals(edition, "hasil", edition.code, by)
    sealed = seal(result_content(edition), Sending())
    sealed.pop("op_id")
    decision = Decision.objects.create(edition=edition, by=by, at=now, **sealed)
    journal.append(edition.chain_id, "result.seal", {"c": decision.commitment}, by=by, now=now)
    return decision


def _held_desk(desk, action, *, by, now) -> RegencyDesk:
    """The desk as it stands now, for whoever may act there: a regency of this edition, in a selection."""
    stage, regency = held_stage(desk.stage), desk.regency
    desk = RegencyDesk(stage, regency)
    require(by, action, desk, now=now)
    if stage.kind != Stage.Kind.SELECTION:
        raise Refused(f"Tahap {stage.name} bukan tahap {Stage.Kind.SELECTION.label.lower()}.")
    if not regencies_in(stage.edition).filter(pk=regency.pk).exists():
        raise Refused(f"{regency.name} tidak mempunyai kecamatan peserta dalam edisi ini.")
    return desk


def _tally_to_use(stage):
    tally = standing_tally(stage)
    if tally is None:
        raise Refused(f"Hitungan tahap {stage.name} belum dibekukan. Bekukan hitungan lebih dahulu.")
    return tally


def _only_holder(tally, title) -> Placement:
    holders = list(tally.placements.filter(place=title.place).select_related("participation__entry__region__parent"))
    if len(holders) == 1:
        return holders[0]
    if not holders:
        raise Refused(f"Tidak ada peserta di tempat {title.place} untuk gelar {title.name}: ada seri di atasnya atau "
                      "peserta kurang. Gelar tidak diberikan sebelum itu diputus.")  # fmt: skip
    names = " dan ".join(str(holder.participation.entry) for holder in holders)
    raise Refused(f"Tempat {title.place} ({title.name}) dihuni {names} dengan nilai sama, dan aturan seri sudah habis. "
                  "Gelar tidak diberikan sebelum seri itu diputus.")  # fmt: skip


def _refuse_ties_at_the_cut(tally):
    tied = tally.placements.filter(decided_by=Placement.TIED_AT_CUT).select_related(
        "participation__entry__region__parent"
    )
    if tied:
        names = "; ".join(f"{row.participation.entry} ({row.total.replace('.', ',')})" for row in tied)
        raise Refused(f"Seri di batas lolos tahap {tally.stage.name}: {names}. Aturan pemutus seri sudah habis, jadi "
                      "tidak ada yang maju sebelum seri itu diputus menurut aturan.")  # fmt: skip


def _why_not_nominee(tally, placement):
    first = tally.placements.filter(is_through=True).select_related("participation__entry__region__parent").first()
    if first is None:
        _refuse_ties_at_the_cut(tally)
    entry = placement.participation.entry
    return (
        f"{entry} berada di tempat {placement.place}, di luar kuota. Menurut peringkat, calonnya "
        f"{first.participation.entry}."
        if first
        else f"{entry} tidak berada dalam kuota."
    )


def _refuse_second_answer(desk):
    answer = (
        desk.stage.nominations.filter(regency=desk.regency)
        .select_related("participation__entry__region__parent")
        .first()
    )
    if answer is not None:
        said = f"mengajukan {answer.participation.entry}" if answer.participation else "menyatakan tidak ikut"
        raise Refused(f"{desk.regency.name} sudah {said}.")


def _refuse_missing_approvals(edition, act, subject, by):
    if missing := missing_approvals(edition, act, subject, also=by):
        raise Refused(f"Persetujuan belum lengkap: {'; '.join(missing)}.")


def _n_sealed(stage) -> int:
    from_forms = accepted_verifications(stage).count()
    from_sheets = stage.participations.filter(assignments__sheets__revision=1).count()
    return from_forms + from_sheets + stage.nominations.count()
