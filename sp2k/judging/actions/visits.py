"""What the visitors find of the claims of an entry; the effect on points was declared before the visit."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.blobs import store_blob
from sp2k.base.pages.uploads import Upload
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.base.wording import instant_in_words
from sp2k.entries.sealing import Sending, next_revision, reason_after, same_sending, seal
from sp2k.journal import actions as journal
from sp2k.judging.contents import finding_content
from sp2k.judging.holding import held_assignments, refuse_away
from sp2k.judging.models import Assignment, HeldPhoto, PaperSheet, VisitFinding, VisitPhoto
from sp2k.judging.queries import claimable_indicators
from sp2k.judging.queries.claims import INNOVATION, PRESENTED, presentation_claims
from sp2k.judging.verdicts import declared_verdicts

MOST_PHOTOS = 8
MOST_HELD = 200
LONGEST_NOTE = 4000
LONGEST_PLACE = 200


@transaction.atomic
def record_visit_finding(
    assignment: Assignment, claim: str, verdict: str, *, note: str, by, now: datetime, sending: Sending | None = None,
    reason: str = "", place: str = "", seen_at: datetime | None = None, photos: Sequence[Upload] = (),
    kept: Sequence[VisitPhoto] = (), held: Sequence[HeldPhoto] = (),
    paper: PaperSheet | None = None,
) -> VisitFinding:  # fmt: skip
    """Keep what the visitors found of one claim; the rules declared beforehand say what it does to the points.

    Parameters
    ----------
    seen_at : when it was seen; None where nobody said
    photos : new ones, as cleaned when they were uploaded
    kept : photos of the finding before this revision that still belong to it
    held : photos that came with an earlier try of this person; see `hold_photos`
    paper : the form on paper that the juror confirms with this
    """
    [duty], sending = held_assignments([assignment]), sending or Sending()
    stage, participation = duty.stage, duty.participation
    claim, note = clean_text(claim, name="Klaim", longest=20), clean_text(note, name="Catatan", longest=LONGEST_NOTE)
    place = clean_text(place, name="Tempat dilihat", longest=LONGEST_PLACE)
    reason = clean_text(reason, name="Alasan perubahan")
    pictures = {hashlib.sha256(photo.content).hexdigest(): photo for photo in photos}
    content = finding_content(
        stage.code, participation.region_code, claim, verdict, note=note, place=place, seen_at=seen_at,
        photos=[*pictures, *(photo.blob_id for photo in [*kept, *held])], reason=reason,
    )  # fmt: skip
    if received := VisitFinding.objects.filter(op_id=sending.op_id).first():
        return same_sending(received, content | {"reason": reason or received.reason}, by=by)
    require(by, "paper.confirm" if paper else "visit.record", duty, now=now)
    refuse_away(duty)
    _refuse_unknown_finding(participation, stage, claim, verdict, note)
    _refuse_impossible(stage, seen_at, content["photos"], now=now)
    earlier = participation.visit_findings.filter(claim=claim).order_by("-revision")
    before, voided = earlier.filter(voided_at=None).first(), earlier.exclude(voided_at=None).first()
    revision = next_revision(before, sending, what="Temuan ini", voided=voided)
    if before is not None and not reason:
        raise BadInput(f"Temuan {claim} sudah dicatat. Tulis alasan perubahan sebelum menyimpan lagi.")
    reason = reason_after(voided, reason, what="temuan")
    finding = VisitFinding.objects.create(
        participation=participation, seat=duty.seat, claim=claim, verdict=verdict, note=note, place=place,
        seen_at=seen_at, revision=revision, reason=reason, by=by, at=now, paper=paper,
        **seal(content | {"reason": reason}, sending),
    )  # fmt: skip
    _keep_photos(finding, before, pictures, kept, now=now)
    _attach_held(finding, duty, held)
    body = {"stage": stage.code, "rev": finding.revision, "c": finding.commitment}
    journal.append(stage.edition.chain_id, "visit.finding", body, by=by, now=now, sent=finding)
    return finding


@transaction.atomic
def hold_photos(assignment: Assignment, claim: str, photos: Sequence[Upload], *, by, now: datetime) -> list[HeldPhoto]:
    """Keep the photos of a finding that was refused, so that nothing is photographed twice. Like a draft, no line tells."""
    [duty] = held_assignments([assignment])
    require(by, "visit.record", duty, now=now)
    claim, held = clean_text(claim, name="Klaim", longest=20), []
    if HeldPhoto.objects.filter(assignment=duty, by=by).count() + len(photos) > MOST_HELD:
        raise Refused(f"Sudah ada {MOST_HELD} foto yang menunggu temuannya. Simpan temuan itu lebih dahulu.")
    for photo in photos:
        blob = store_blob(photo.content, content_type=photo.content_type, now=now)
        told = {"name": photo.name, "at": now}
        held.append(HeldPhoto.objects.get_or_create(assignment=duty, by=by, claim=claim, blob=blob, defaults=told)[0])
    return held


def _attach_held(finding, duty, held) -> None:
    there = set(finding.photos.values_list("blob", flat=True))
    for photo in held:
        if (photo.assignment_id, photo.by_id, photo.claim) != (duty.pk, finding.by_id, finding.claim):
            raise Refused("Foto yang dilampirkan bukan dari klaim ini. Muat ulang halaman.")
        if photo.blob_id not in there:
            there.add(photo.blob_id)
            VisitPhoto.objects.create(finding=finding, name=photo.name, blob_id=photo.blob_id)


def _keep_photos(finding, before, pictures, kept, *, now) -> None:
    rows = {
        sha256: VisitPhoto(
            finding=finding, name=photo.name, blob=store_blob(photo.content, content_type=photo.content_type, now=now)
        )
        for sha256, photo in pictures.items()
    }
    for photo in kept:
        if before is None or photo.finding_id != before.pk:
            raise Refused("Foto yang dipertahankan bukan dari temuan yang diubah. Muat ulang halaman.")
        if photo.blob.erased_at is not None:
            raise Refused(f"Foto {photo.name} sudah dihapus, jadi tidak dapat dipertahankan. Muat ulang halaman.")
        rows.setdefault(photo.blob_id, VisitPhoto(finding=finding, name=photo.name, blob_id=photo.blob_id))
    VisitPhoto.objects.bulk_create(rows.values())


def _refuse_unknown_finding(participation, stage, claim, verdict, note) -> None:
    declared = declared_verdicts(stage)
    if not declared:
        raise Refused(f"Aturan tahap {stage.name} tidak memakai temuan kunjungan.")
    if verdict not in declared:
        raise BadInput(f'Temuan "{str(verdict)[:20]}" tidak dinyatakan dalam aturan. Pilih {", ".join(declared)}.')
    if not note or not claim:
        raise BadInput("Tulis klaim yang diperiksa dan apa yang dilihat di tempat.")
    refuse_unknown_claims(participation, stage, [claim])
    plan = participation.visit_plans.order_by("-revision").first()
    if plan is not None and not plan.claims.filter(claim=claim).exists():
        raise Refused(f"Klaim {claim} tidak ada dalam rencana kunjungan. Minta ketua tim atau sekretariat menambahkannya "
                      "lebih dahulu.")  # fmt: skip


def refuse_unknown_claims(participation, stage, claims: Sequence[str]) -> None:
    """Refuse what this entry has not claimed: an indicator nobody fills in, an innovation or a sentence not noted."""
    claimable = claimable_indicators(stage.edition)
    told = {f"{INNOVATION}{number}" for number in participation.entry.innovations.filter(voided_at=None).values_list(
        "number", flat=True)} | {row.code for row in presentation_claims(participation.entry, stage.edition)}  # fmt: skip
    for claim in claims:
        if claim.startswith((INNOVATION, PRESENTED)) and claim not in told:
            raise BadInput(f"Klaim {claim} tidak ada pada {participation.entry}, atau sudah dibatalkan. Muat ulang halaman.")
        if claimable and claim not in told and claim not in claimable:
            raise BadInput(f"Klaim {claim} bukan indikator isian kecamatan. Tulis kode indikatornya, misalnya "
                           f"{min(claimable)}.")  # fmt: skip


def _refuse_impossible(stage, seen_at, photos, *, now) -> None:
    if len(photos) > MOST_PHOTOS:
        raise BadInput(f"Satu temuan memuat paling banyak {MOST_PHOTOS} foto; Anda melampirkan {len(photos)}.")
    if seen_at is None:
        return
    told = instant_in_words(seen_at, stage.edition.zone)
    if seen_at > now:
        raise BadInput(f"Waktu dilihat {told} belum terjadi. Betulkan waktunya.")
    if seen_at < stage.opens_at:
        raise BadInput(f"Waktu dilihat {told} mendahului tahap {stage.name}, yang dibuka "
                       f"{instant_in_words(stage.opens_at, stage.edition.zone)}.")  # fmt: skip
