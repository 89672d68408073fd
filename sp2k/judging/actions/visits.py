"""What the visitors find of the claims of an entry; the effect on points was declared before the visit."""

from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.entries.sealing import Sending, next_revision, reason_after, same_sending, seal
from sp2k.journal import actions as journal
from sp2k.judging.holding import held_assignments, refuse_away
from sp2k.judging.models import Assignment, VisitFinding
from sp2k.judging.queries import claimable_indicators


@transaction.atomic
def record_visit_finding(
    assignment: Assignment, claim: str, verdict: str, *, note: str, by, now: datetime, sending: Sending | None = None,
    reason: str = "",
) -> VisitFinding:  # fmt: skip
    """Keep what the visitors found of one claim; the rules declared beforehand say what it does to the points."""
    [duty], sending = held_assignments([assignment]), sending or Sending()
    stage, participation = duty.stage, duty.participation
    claim, note = clean_text(claim, name="Klaim", longest=20), clean_text(note, name="Catatan")
    reason = clean_text(reason, name="Alasan perubahan")
    content = {
        "stage": stage.code, "entry": participation.region_code, "claim": claim, "verdict": verdict, "note": note,
    }  # fmt: skip
    if received := VisitFinding.objects.filter(op_id=sending.op_id).first():
        return same_sending(received, content | {"reason": reason or received.reason}, by=by)
    require(by, "visit.record", duty, now=now)
    refuse_away(duty)
    _refuse_unknown_finding(stage, claim, verdict, note)
    earlier = participation.visit_findings.filter(claim=claim).order_by("-revision")
    before, voided = earlier.filter(voided_at=None).first(), earlier.exclude(voided_at=None).first()
    revision = next_revision(before, sending, what="Temuan ini", voided=voided)
    if before is not None and not reason:
        raise BadInput(f"Temuan {claim} sudah dicatat. Tulis alasan perubahan sebelum menyimpan lagi.")
    reason = reason_after(voided, reason, what="temuan")
    finding = VisitFinding.objects.create(
        participation=participation, seat=duty.seat, claim=claim, verdict=verdict, note=note, revision=revision,
        reason=reason, by=by, at=now, **seal(content | {"reason": reason}, sending),
    )  # fmt: skip
    body = {"stage": stage.code, "rev": finding.revision, "c": finding.commitment}
    journal.append(stage.edition.chain_id, "visit.finding", body, by=by, now=now)
    return finding


def _refuse_unknown_finding(stage, claim, verdict, note) -> None:
    declared = stage.rules.get("temuan", {})
    if not declared:
        raise Refused(f"Aturan tahap {stage.name} tidak memakai temuan kunjungan.")
    if verdict not in declared:
        raise BadInput(f'Temuan "{str(verdict)[:20]}" tidak dinyatakan dalam aturan. Pilih {", ".join(declared)}.')
    if not note or not claim:
        raise BadInput("Tulis klaim yang diperiksa dan apa yang dilihat di tempat.")
    claimable = claimable_indicators(stage.edition)
    if claimable and claim not in claimable:
        raise BadInput(f"Klaim {claim} bukan indikator isian kecamatan. Tulis kode indikatornya, misalnya "
                       f"{min(claimable)}.")  # fmt: skip
