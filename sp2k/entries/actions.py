"""Entering a stage, handing in a form, accepting or returning it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.blobs import store_blob
from sp2k.base.bulk import insert_rows
from sp2k.base.refusals import BadInput, Refused
from sp2k.editions.models import Stage
from sp2k.entries.claims import Claims, check_claims, claims_content
from sp2k.entries.models import Answer, Entry, Evidence, Finding, Form, Participation, Verification
from sp2k.entries.queries import latest_forms
from sp2k.entries.sealing import Sending, next_revision, received_before, seal
from sp2k.instruments.fields import fill_fields, points_of_answers
from sp2k.journal import actions as journal
from sp2k.regions.queries import kecamatan_of


@transaction.atomic
def register_entries(stage: Stage, *, by, now: datetime) -> int:
    """Let every kecamatan of the edition's region enter its first stage; return how many entered."""
    require(by, "entries.register", stage, now=now)
    if stage.rules["peserta"] != "wilayah":
        raise Refused(f"Tahap {stage.name} diisi oleh yang lolos dari tahap sebelumnya, bukan oleh semua kecamatan.")
    regions = kecamatan_of(stage.edition.region_id)
    Entry.objects.bulk_create(
        [Entry(edition=stage.edition, region=region) for region in regions], ignore_conflicts=True
    )
    entries = list(stage.edition.entries.all())
    enter_stage(stage, entries, now=now)
    body = {"stage": stage.code, "n": len(entries), "codes": [entry.region_id for entry in entries]}
    journal.append(stage.edition.chain_id, "entries.register", body, by=by, now=now)
    return len(entries)


def enter_stage(stage: Stage, entries: Iterable[Entry], *, now: datetime) -> None:
    """Add the rows of those who enter; the act that calls this writes the journal line."""
    rows = [Participation(stage=stage, entry=entry, entered_at=now) for entry in entries]
    if Participation.objects.filter(stage=stage).exists():
        raise Refused(f"Peserta tahap {stage.name} sudah ditetapkan. Peserta tidak dapat ditetapkan dua kali.")
    Participation.objects.bulk_create(rows, batch_size=500)


@transaction.atomic
def submit_form(
    participation: Participation, claims: Claims, *, by, now: datetime, sending: Sending | None = None
) -> Form:
    """Hand in one kecamatan's form with its evidence."""
    return submit_forms([(participation, claims, sending or Sending())], by=by, now=now)[0]


@transaction.atomic
def submit_forms(
    batch: Sequence[tuple[Participation, Claims, Sending]], *, by, now: datetime, reason: str = ""
) -> list[Form]:
    """Hand in several forms of one stage together, for the office that uploads for its kecamatan.

    Each form is checked as if it came alone; one that is refused refuses the batch, and nothing is kept.
    """
    if not batch:
        return []
    stage = batch[0][0].stage
    fields = fill_fields(stage.instrument)
    last = {
        form.participation_id: form for form in latest_forms(stage).filter(participation__in=[p for p, _, _ in batch])
    }
    forms, answers, evidence, lines = [], [], [], []
    kept = {}  # the same file behind several forms of a batch is stored once
    for participation, claims, sending in batch:
        check_claims(claims, fields)
        blobs = {name: _stored(document, kept, now=now) for name, document in claims.documents.items()}
        content = claims_content(
            participation.region_code, stage.code, claims, {name: blob.sha256 for name, blob in blobs.items()}
        )
        if received := received_before(Form.objects, content, sending):
            forms.append(received)
            continue
        require(by, "form.fill", participation, now=now)
        before = last.get(participation.pk)
        revision = next_revision(before, sending, what="Isian")
        form = Form.objects.create(
            participation=participation, revision=revision, by=by, at=now, reason=_reason(before, reason),
            **seal(content, sending),
        )  # fmt: skip
        forms.append(form)
        evidence += [Evidence(form=form, blob=blob, name=name) for name, blob in blobs.items()]
        answers += [
            (form.pk, code, answer.get("isian", {}), answer.get("bukti", {})) for code, answer in claims.answers.items()
        ]
        lines.append(("form.submit", {"stage": stage.code, "rev": revision, "c": form.commitment}))
    Evidence.objects.bulk_create(evidence, batch_size=500)
    insert_rows(Answer, ("form", "indicator", "values", "documents"), answers)
    journal.append_all(stage.edition.chain_id, lines, by=by, now=now)
    return forms


@transaction.atomic
def accept_forms(
    forms: Sequence[Form], *, by, now: datetime, rejected: Mapping[int, Mapping[str, Sequence[str]]] | None = None
) -> list[Verification]:
    """Accept forms of one stage; the points follow from the claims and the evidence accepted.

    Parameters
    ----------
    rejected : {form pk: {indicator: [evidence keys not accepted]}}; whatever is not named is accepted
    """
    if not forms:
        return []
    stage = forms[0].stage
    claimed = _answers_by_form(forms)
    verifications, findings, lines = [], [], []
    for form in forms:
        require(by, "form.verify", form, now=now)
        refused = (rejected or {}).get(form.pk, {})
        accepted = {
            code: [key for key in documents if key not in refused.get(code, ())]
            for code, (_, documents) in claimed[form.pk].items()
        }
        points = points_of_answers(
            stage.instrument, {code: values for code, (values, _) in claimed[form.pk].items()}, accepted
        )
        verification = _verification(form, Verification.Decision.ACCEPTED, points, by=by, now=now)
        verifications.append(verification)
        findings += [(verification.pk, code, accepted.get(code, []), text, "") for code, text in points.items()]
        body = {"stage": stage.code, "rev": verification.revision, "c": verification.commitment}
        lines.append(("form.accept", body))
    insert_rows(Finding, ("verification", "indicator", "accepted", "points", "note"), findings)
    journal.append_all(stage.edition.chain_id, lines, by=by, now=now)
    return verifications


@transaction.atomic
def return_form(form: Form, *, reason: str, by, now: datetime) -> Verification:
    """Send a form back to its kecamatan with the reason; it may be handed in again until the deadline."""
    require(by, "form.verify", form, now=now)
    if not reason.strip():
        raise BadInput("Tulis alasan pengembalian. Kecamatan perlu tahu apa yang harus diperbaiki.")
    verification = _verification(form, Verification.Decision.RETURNED, {}, by=by, now=now, reason=reason.strip())
    body = {"stage": form.stage.code, "rev": verification.revision, "c": verification.commitment}
    journal.append(form.edition.chain_id, "form.return", body, by=by, now=now)
    return verification


def _stored(document, kept, *, now):
    if document.content not in kept:
        kept[document.content] = store_blob(document.content, content_type=document.content_type, now=now)
    return kept[document.content]


def _verification(form, decision, points, *, by, now, reason=""):
    before = form.verifications.order_by("-revision").first()
    if before is not None:
        raise Refused(
            f"Isian {form.participation.entry} revisi {form.revision} sudah {before.get_decision_display().lower()}. "
            "Muat ulang halaman untuk melihat putusannya."
        )
    content = {
        "form": form.commitment, "decision": decision.value, "reason": reason,
        "points": [[code, text] for code, text in sorted(points.items())],
    }  # fmt: skip
    return Verification.objects.create(
        form=form, revision=1, decision=decision, reason=reason, by=by, at=now, **seal(content, Sending())
    )


def _answers_by_form(forms):
    """{form pk: {indicator: (values, documents)}}"""
    claimed = {form.pk: {} for form in forms}
    rows = Answer.objects.filter(form__in=forms).values_list("form", "indicator", "values", "documents")
    for form, code, values, documents in rows:
        claimed[form][code] = values, documents
    return claimed


def _reason(before, reason):
    if before is None:
        return ""
    returned = before.verifications.order_by("-revision").first()
    if reason.strip():
        return reason.strip()
    if returned is not None and returned.decision == Verification.Decision.RETURNED:
        return f"Diperbaiki setelah dikembalikan: {returned.reason}"
    raise BadInput("Isian ini sudah dikirim. Tulis alasan perubahan sebelum mengirim lagi.")
