"""Paper when phones fail: printing blanks, typing them twice, settling, scanning, withdrawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.blobs import erase_blob, rows_resting_on, store_blob
from sp2k.base.pages.uploads import Upload
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.base.wording import instant_in_words
from sp2k.editions.holding import held_stage
from sp2k.editions.models import Stage
from sp2k.entries.sealing import Sending, is_sealed_as, seal
from sp2k.entries.voiding import voiding_reason
from sp2k.journal import actions as journal
from sp2k.judging.codes import new_code
from sp2k.judging.contents import paper_content, settlement_content, typing_content
from sp2k.judging.holding import held_assignments, held_paper
from sp2k.judging.models import Assignment, PaperSettlement, PaperSheet, PaperTyping
from sp2k.judging.opening.papers import HOLDER_CHANGED, PLAN_CHANGED
from sp2k.judging.paper_places import places_of
from sp2k.judging.queries.changed import refuse_changed_papers
from sp2k.judging.queries.claims import chosen_claims, latest_plan, visit_claims
from sp2k.judging.readings import (
    LONGEST_NOTE,
    LONGEST_REASON,
    NOTE,
    Reading,
    clean_reading,
    has_scan,
    open_differences,
    state_now,
)

State = PaperSheet.State


@dataclass(frozen=True)
class Printed:
    """Blanks ready to be printed, and how many duties need none: judged already, away, or being typed."""

    papers: Sequence[PaperSheet]
    n_new: int
    n_judged: int
    n_away: int
    n_in_use: int


@dataclass(frozen=True)
class Settled:
    """What the paper says after a third look: a mark, or "" with the reason why it cannot be read."""

    value: str
    reason: str = ""


@transaction.atomic
def print_papers(
    stage: Stage, duties: Sequence[Assignment], *, by, now: datetime, kind=PaperSheet.Kind.SHEET
) -> Printed:
    """Give each duty a blank with its code; a blank that was printed and not used keeps its code."""
    stage = held_stage(stage)
    require(by, "paper.print", stage, now=now)
    refuse_changed_papers(stage, "Pencetakan kertas")
    if not duties:
        raise Refused("Tidak ada tugas pada pilihan itu, jadi tidak ada kertas yang dicetak. Pilih kursi atau peserta lain.")
    duties = held_assignments(duties)
    living = {
        paper.assignment_id: paper
        for paper in PaperSheet.objects.filter(assignment__in=duties, kind=kind).exclude(state__in=PaperSheet.CLOSED)
    }
    is_visit = kind == PaperSheet.Kind.VISIT
    judged = [duty for duty in duties if not is_visit and duty.standing_sheets]
    away = [duty for duty in duties if duty.attendance in Assignment.AWAY and duty not in judged]
    wanted = [duty for duty in duties if duty not in judged and duty not in away]
    in_use = [duty for duty in wanted if duty.pk in living and living[duty.pk].state != State.PRINTED]
    unused = [duty for duty in wanted if duty not in in_use]
    claims = {duty.pk: printed_claims(duty) if is_visit else [] for duty in unused}
    kept, fresh, replaced = _blanks(unused, living, kind, claims, by, now)
    if not kept and not fresh:
        raise Refused("Tidak ada lembar yang perlu dicetak: semua tugas yang dipilih sudah dinilai, jurinya absen, "
                      "atau kertasnya sudah diketik.")  # fmt: skip
    PaperSheet.objects.bulk_create(fresh, batch_size=500)
    body = {"stage": stage.code, "kind": str(kind), "n": len(kept) + len(fresh), "new": len(fresh), "withdrawn": replaced}
    made = [paper_content(paper) for paper in sorted(fresh, key=lambda paper: paper.code)]
    journal.append_sealed(stage.edition.chain_id, "paper.print", body, made, by=by, now=now)
    return Printed([*kept, *fresh], len(fresh), len(judged), len(away), len(in_use))


@transaction.atomic
def type_paper(
    paper: PaperSheet, reading: Reading, *, by, now: datetime, sending: Sending | None = None
) -> PaperTyping:
    """Keep what one person read off the paper. The same person twice is one typing; the second must be another."""
    paper = held_paper(paper)
    reading = clean_reading(reading, places_of(paper))
    content = typing_content(paper.code, paper.reading, reading.marks, reading.illegible, reading.note)
    mine = next((typing for typing in paper.typings_now() if typing.by_id == by.pk), None)
    if mine is not None and is_sealed_as(content, mine):
        return mine
    require(by, "paper.type", paper, now=now)
    _refuse_typing(paper, mine)
    typing = PaperTyping.objects.create(
        paper=paper, revision=paper.reading, marks=dict(reading.marks), illegible=dict(reading.illegible),
        note=reading.note, by=by, at=now, **seal(content, sending or Sending()),
    )  # fmt: skip
    _write_state(held_paper(paper))
    body = {"stage": paper.stage.code, "rev": paper.reading, "c": typing.commitment}
    journal.append(paper.edition.chain_id, "paper.type", body, by=by, now=now, sent=typing)
    return typing


@transaction.atomic
def settle_paper(paper: PaperSheet, settled: Mapping[str, Settled], *, by, now: datetime) -> PaperSheet:
    """Settle every difference by a third look at the paper: one of the two typings, or another value with a reason."""
    paper = held_paper(paper)
    require(by, "paper.type", paper, now=now)
    refuse_changed_papers(paper.stage, "Penyelesaian beda ketikan")
    typings, different = paper.typings_now(), {row.key: row for row in open_differences(paper)}
    if by.pk not in {typing.by_id for typing in typings}:
        raise Refused("Perbedaan diselesaikan oleh salah satu dari kedua pengetik, dengan melihat kertasnya.")
    if not different:
        return paper
    places = places_of(paper)
    rows = [
        PaperSettlement(
            paper=paper, reading=paper.reading, indicator=key, by=by, at=now,
            **_clean_settled(row, settled.get(key), places),
        )
        for key, row in different.items()
    ]  # fmt: skip
    PaperSettlement.objects.bulk_create(rows)
    _write_state(held_paper(paper))
    body = {"stage": paper.stage.code, "code": paper.code, "rev": paper.reading, "n": len(rows)}
    journal.append_sealed(paper.edition.chain_id, "paper.settle", body, settlement_content(rows), by=by, now=now)
    return held_paper(paper)


@transaction.atomic
def attach_scan(paper: PaperSheet, upload: Upload, *, by, now: datetime) -> PaperSheet:
    """Keep the scan of the filled paper; another scan takes its place until the juror has confirmed."""
    paper = held_paper(paper)
    require(by, "paper.type", paper, now=now)
    if paper.is_closed:
        raise Refused(f"Kertas ini {paper.get_state_display().lower()}; pindaiannya tidak diganti lagi.")
    paper.scan = store_blob(upload.content, content_type=upload.content_type, now=now)
    paper.save(update_fields=["scan"])
    _write_state(paper)
    body = {"stage": paper.stage.code, "code": paper.code, "sha256": paper.scan.sha256}
    journal.append(paper.edition.chain_id, "paper.scan", body, by=by, now=now)
    return paper


@transaction.atomic
def erase_scan(paper: PaperSheet, *, reason: str, by, now: datetime) -> PaperSheet:
    """Remove a wrongly uploaded scan from the disk for good. Its hash, its size and this act stay."""
    paper = held_paper(paper)
    require(by, "paper.type", paper, now=now)
    refuse_changed_papers(paper.stage, "Penghapusan pindaian")
    reason = voiding_reason(reason)
    if paper.state == State.CONFIRMED:
        raise Refused("Juri sudah mengonfirmasi dengan pindaian ini, jadi pindaiannya tetap.")
    if not has_scan(paper):
        raise Refused("Kertas ini tidak mempunyai pindaian.")
    others = (rows.exclude(pk=paper.pk) if rows.model is PaperSheet else rows for rows in rows_resting_on(paper.scan))
    if any(rows.exists() for rows in others):
        raise Refused("Pindaian ini sama dengan berkas yang dipakai di tempat lain, jadi tidak dihapus.")
    body = {"stage": paper.stage.code, "code": paper.code, "sha256": paper.scan.sha256}
    told = {"sidik": paper.scan.sha256, "alasan": reason, "oleh": by.name, "pada": instant_in_words(now, paper.edition.zone)}
    journal.append_sealed(paper.edition.chain_id, "paper.erase", body, told, key="why", by=by, now=now)
    paper.scan.erased_at = now
    paper.erased_scans += [told]
    paper.save(update_fields=["erased_scans"])
    _write_state(paper)
    erase_blob(paper.scan, now=now)
    return paper


@transaction.atomic
def withdraw_paper(paper: PaperSheet, *, reason: str, by, now: datetime) -> PaperSheet:
    """Take a paper out of use, with a reason; its code is never given again."""
    paper = held_paper(paper)
    require(by, "paper.type", paper, now=now)
    refuse_changed_papers(paper.stage, "Penarikan kertas")
    reason = clean_text(reason, name="Alasan penarikan", longest=LONGEST_REASON)
    if paper.is_closed:
        raise Refused(f"Kertas ini {paper.get_state_display().lower()}; tidak dapat ditarik lagi.")
    if not reason:
        raise BadInput("Tulis alasan menarik kertas ini, misalnya: kertas hilang.")
    paper.state, paper.withdrawn_at, paper.withdrawn_reason = State.WITHDRAWN, now, reason
    paper.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])
    body, why = {"stage": paper.stage.code, "code": paper.code, "rev": paper.reading}, {"reason": reason}
    journal.append_sealed(paper.edition.chain_id, "paper.withdraw", body, why, key="why", by=by, now=now)
    return paper


def printed_claims(duty: Assignment) -> list[dict[str, str]]:
    """Return the claims of a visit as its form prints them, by the plan that stands."""
    participation = duty.participation
    claims = chosen_claims(visit_claims(participation), latest_plan(participation))
    return [{"kode": claim.code, "judul": claim.title, "tempat": claim.place_seen} for claim in claims]


def _blanks(duties, living, kind, claims, by, now) -> tuple[list[PaperSheet], list[PaperSheet], int]:
    """Return the unused blanks that stay and those to be made; one that no longer fits is withdrawn."""
    kept, fresh, replaced = [], [], 0
    for duty in duties:
        holder, paper = duty.seat.holder, living.get(duty.pk)
        holder_id = holder.pk if holder else None
        if paper is not None and paper.juror_id == holder_id and paper.claims == claims[duty.pk]:
            kept.append(paper)
            continue
        if paper is not None:
            reason = PLAN_CHANGED if paper.juror_id == holder_id else HOLDER_CHANGED
            paper.state, paper.withdrawn_at, paper.withdrawn_reason = State.WITHDRAWN, now, reason
            paper.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])
            replaced += 1
        fresh.append(
            PaperSheet(
                assignment=duty, kind=kind, juror=holder, claims=claims[duty.pk], code=new_code(), printed_by=by,
                printed_at=now,
            )  # fmt: skip
        )
    return kept, fresh, replaced


def _refuse_typing(paper, mine) -> None:
    if mine is not None:
        raise Refused("Anda sudah mengetik kertas ini. Orang kedua harus mengetiknya dengan akun lain, tanpa melihat "
                      "ketikan Anda.")  # fmt: skip
    if paper.assignment.standing_sheets and not paper.is_visit:
        raise Refused("Juri sudah mengirim lembar ini dari perangkatnya. Kertas tidak diketik; tarik kertasnya, atau "
                      "minta juri memperbaiki lembarnya sendiri.")  # fmt: skip
    if paper.state not in PaperSheet.TO_TYPE:
        raise Refused(f"Kertas ini tidak diketik lagi: {paper.get_state_display().lower()}.")


def _clean_settled(row, settled: Settled | None, places) -> dict[str, str]:
    if settled is None:
        raise BadInput(f"Pilih isi {row.title} menurut kertasnya.")
    reason = clean_text(settled.reason, name=f"Alasan {row.title}", longest=LONGEST_REASON)
    if row.key == NOTE:
        return {"value": clean_text(settled.value, name="Catatan", longest=LONGEST_NOTE), "reason": reason}
    value = settled.value.strip()
    value = places[row.key].clean(value) if value else ""
    both = {(row.first, bool(row.first_illegible)), (row.second, bool(row.second_illegible))}
    if (value, bool(not value and reason)) not in both and not (reason or row.is_words):
        raise BadInput(f"{row.key}: tulis alasan mengapa isinya bukan salah satu dari kedua ketikan.")
    return {"value": value, "reason": reason}


def _write_state(paper: PaperSheet) -> None:
    paper.state = state_now(paper)
    paper.save(update_fields=["state"])
