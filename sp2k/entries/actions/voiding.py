"""Withdrawing a form or a verification that was a mistake, and erasing a file that should not have been uploaded."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from sp2k.accounts.policy import require
from sp2k.base.blobs import erase_blob, rows_resting_on
from sp2k.base.models import Blob
from sp2k.base.refusals import Refused
from sp2k.editions.holding import held_stage
from sp2k.entries.actions.drafts import draft_of_form
from sp2k.entries.models import DraftDocument, Evidence, Form, FormDraft, Verification
from sp2k.entries.queries import accepted_in_participation, latest_forms
from sp2k.entries.queries.opening import refuse_changed_forms
from sp2k.entries.voiding import voiding_reason, withdraw
from sp2k.journal import actions as journal
from sp2k.journal.opening import void_content


@transaction.atomic
def void_form(form: Form, *, reason: str, by, now: datetime) -> Form:
    """Withdraw a kecamatan's last form; the one before it stands again, or the kecamatan may hand in anew.

    Its content goes back to the kecamatan as a draft, unless one is being written: that is never written over.
    """
    form = _held(Form.objects, form, held_stage(form.stage))
    require(by, "form.void", form, now=now)
    refuse_changed_forms(form.stage, "Pembatalan isian")
    _refuse_replaced(form)
    counted = form.is_accepted
    withdraw(form, reason, by=by, now=now)
    if not FormDraft.objects.filter(participation=form.participation).exists():
        draft_of_form(form, by=form.by, now=now)
    _append("form.void", form, form.participation, counted=counted, by=by, now=now)
    return form


@transaction.atomic
def void_verification(verification: Verification, *, reason: str, by, now: datetime) -> Verification:
    """Withdraw a verifier's decision on a standing form; the form awaits another."""
    stage = held_stage(verification.stage)
    verification = Verification.objects.select_related("form").get(pk=verification.pk)
    verification.form = form = _held(Form.objects, verification.form, stage)
    require(by, "verification.void", verification, now=now)
    refuse_changed_forms(stage, "Pembatalan putusan verifikasi")
    _refuse_replaced(form)
    counted = verification.decision == Verification.Decision.ACCEPTED
    withdraw(verification, reason, by=by, now=now)
    _append("verification.void", verification, form.participation, counted=counted, by=by, now=now)
    return verification


@transaction.atomic
def erase_evidence(evidence: Evidence, *, reason: str, by, now: datetime) -> Blob:
    """Remove a wrongly uploaded file from the disk. Its name, its hash, its size and this act stay.

    Refused while an accepted form rests on it (the acceptance is voided first), and while anything outside this
    kecamatan's part rests on the same content.
    """
    stage = held_stage(evidence.form.stage)
    evidence = Evidence.objects.select_related("blob").get(pk=evidence.pk)
    form = _held(Form.objects, evidence.form, stage)
    require(by, "file.erase", form, now=now)
    refuse_changed_forms(stage, "Penghapusan berkas")
    voiding_reason(reason)
    blob, participation = evidence.blob, form.participation
    if blob.erased_at is not None:
        raise Refused(f"Berkas {evidence.name} sudah dihapus.")
    accepted = accepted_in_participation(participation)
    if Evidence.objects.filter(blob=blob, form__in=accepted.values("form")).exists():
        raise Refused(f"Berkas {evidence.name} menjadi dasar isian yang sudah diterima. Batalkan putusan verifikasinya "
                      "lebih dahulu.")  # fmt: skip
    if any(rows.exists() for rows in _elsewhere(blob, participation)):
        raise Refused(f"Berkas {evidence.name} sama dengan berkas yang dipakai di tempat lain, jadi tidak dihapus. "
                      "Batalkan pemakaiannya di sana lebih dahulu.")  # fmt: skip
    _forget_in_draft(participation, blob)
    body = {"stage": stage.code, "rev": form.revision, "c": form.commitment, "sha256": blob.sha256}
    journal.append(stage.edition.chain_id, "file.erase", body, by=by, now=now)
    erase_blob(blob, now=now)
    return blob


def _held(rows, form: Form, stage) -> Form:
    held = rows.select_related("participation__entry__region__parent").prefetch_related("verifications").get(pk=form.pk)
    held.participation.stage = stage
    return held


def _refuse_replaced(form: Form) -> None:
    if form.is_voided:
        raise Refused(f"{form} sudah dibatalkan.")
    if not latest_forms(form.stage).filter(pk=form.pk).exists():
        raise Refused(f"{form}, sudah diganti revisi yang lebih baru; yang dibatalkan revisi terakhir.")


def _append(kind: str, row, participation, *, counted: bool, by, now) -> None:
    """The line; `last` says that nothing accepted of this kecamatan stands any more: a replay counts one fewer."""
    last = counted and not accepted_in_participation(participation).exists()
    body = {"stage": row.stage.code, "rev": row.revision, "c": row.commitment, "last": last}
    journal.append_sealed(row.edition.chain_id, kind, body, void_content(row), key="why", by=by, now=now)


def _elsewhere(blob, participation):
    own = {Evidence: {"form__participation": participation}, DraftDocument: {"draft__participation": participation}}
    for rows in rows_resting_on(blob):
        yield rows.exclude(**own[rows.model]) if rows.model in own else rows


def _forget_in_draft(participation, blob) -> None:
    """The kecamatan's own draft, and those that came back from voided forms, let go of the file: it will be gone."""
    drafts = FormDraft.objects.filter(documents__blob=blob)
    for draft in drafts.filter(Q(participation=participation) | ~Q(restored_from=None)).distinct():
        documents = draft.documents.filter(blob=blob)
        names = set(documents.values_list("name", flat=True))
        documents.delete()
        for answer in draft.answers.values():
            answer["bukti"] = {key: name for key, name in answer.get("bukti", {}).items() if name not in names}
        draft.save(update_fields=["answers"])
