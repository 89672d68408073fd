"""Entering a stage, handing in a form, accepting or returning it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.blobs import store_blob
from sp2k.base.bulk import insert_rows
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.editions.holding import held_stage
from sp2k.editions.models import Stage
from sp2k.editions.queries.opening import refuse_changed_rules
from sp2k.entries.claims import Claims, KeptDocument, claims_content, clean_claims, verification_content
from sp2k.entries.models import Answer, Entry, Evidence, Finding, Form, Participation, Verification
from sp2k.entries.queries import latest_forms
from sp2k.entries.queries.entrants import entries_of_list
from sp2k.entries.queries.opening import entries_hash, refuse_changed_entrants
from sp2k.entries.sealing import Sending, next_revision, reason_after, same_sending, seal
from sp2k.instruments.applying import unasked
from sp2k.instruments.fields import fill_fields, points_of_answers
from sp2k.journal import actions as journal
from sp2k.regions.opening import refuse_changed_regions


@transaction.atomic
def register_entries(stage: Stage, *, by, now: datetime) -> int:
    """Let every kecamatan of the edition's region enter its first stage; return how many entered."""
    stage = held_stage(stage)
    require(by, "entries.register", stage, now=now)
    refuse_changed_rules(stage.edition, "Penetapan peserta")
    refuse_changed_regions("Penetapan peserta")
    refuse_changed_entrants(stage.edition, "Penetapan peserta")
    if stage.rules["peserta"] != "wilayah":
        raise Refused(f"Tahap {stage.name} diisi oleh yang lolos dari tahap sebelumnya, bukan oleh semua kecamatan.")
    _refuse_registered(stage)
    Entry.objects.bulk_create(entries_of_list(stage.edition), ignore_conflicts=True)
    entries = list(stage.edition.entries.all())
    enter_stage(stage, entries, now=now)
    body = {
        "stage": stage.code, "n": len(entries), "codes": [entry.region_id for entry in entries],
        "sha256": entries_hash(entries),
    }  # fmt: skip
    journal.append(stage.edition.chain_id, "entries.register", body, by=by, now=now)
    return len(entries)


def enter_stage(stage: Stage, entries: Iterable[Entry], *, now: datetime) -> None:
    """Add the rows of those who enter; the act that calls this holds the edition and writes the journal line."""
    rows = [Participation(stage=stage, entry=entry, entered_at=now) for entry in entries]
    _refuse_registered(stage)
    Participation.objects.bulk_create(rows, batch_size=500)


def _refuse_registered(stage) -> None:
    if Participation.objects.filter(stage=stage).exists():
        raise Refused(f"Peserta tahap {stage.name} sudah ditetapkan. Peserta tidak dapat ditetapkan dua kali.")


@transaction.atomic
def submit_form(
    participation: Participation, claims: Claims, *, by, now: datetime, sending: Sending | None = None, reason: str = ""
) -> Form:
    """Hand in one kecamatan's form with its evidence; a form handed in again needs a reason or was returned."""
    return submit_forms([(participation, claims, sending or Sending())], by=by, now=now, reason=reason)[0]


@transaction.atomic
def submit_forms(
    batch: Sequence[tuple[Participation, Claims, Sending]], *, by, now: datetime, reason: str = ""
) -> list[Form]:
    """Hand in several forms of one stage together, for the office that uploads for its kecamatan.

    Each form is checked as if it came alone; one that is refused refuses the batch, and nothing is kept.
    """
    if not batch:
        return []
    stage = held_stage(batch[0][0].stage)
    if stage.kind != Stage.Kind.FILLING:
        raise Refused(f"Tahap {stage.name} tidak menerima isian kecamatan.")
    typed = clean_text(reason, name="Alasan perubahan")
    fields, present, last = fill_fields(stage.instrument), _present(stage, batch), _last_forms(stage, batch)
    voided = _voided_forms(stage, batch)
    received = {form.op_id: form for form in Form.objects.filter(op_id__in=[sending.op_id for *_, sending in batch])}
    forms, new, kept = [], {}, {}  # kept: the same file behind several forms of a batch is stored once
    for participation, claims, sending in batch:
        participation, claims = present[participation.pk], clean_claims(claims, fields)
        _refuse_unasked(stage, participation, claims)
        if before := received.get(sending.op_id):
            forms.append(same_sending(before, _content(participation, claims, typed or before.reason), by=by))
            continue
        require(by, "form.fill", participation, now=now)
        if participation.pk in new:
            raise BadInput(f"Isian {participation.entry} ada dua kali dalam kiriman ini. Kirim satu saja.")
        before = last.get(participation.pk)
        withdrawn = voided.get(participation.pk)
        revision = next_revision(before, sending, what=f"Isian {participation.entry}", voided=withdrawn)
        why = _reason(before, typed) if before else reason_after(withdrawn, typed, what="isian")
        form = Form(
            participation=participation, revision=revision, by=by, at=now, reason=why,
            **seal(_content(participation, claims, why), sending),
        )  # fmt: skip
        blobs = {name: _stored(document, kept, now=now) for name, document in claims.documents.items()}
        new[participation.pk], received[sending.op_id] = (form, claims, blobs), form
        forms.append(form)
    _keep(list(new.values()), by=by, now=now)
    return forms


@transaction.atomic
def accept_forms(
    forms: Sequence[Form], *, by, now: datetime, rejected: Mapping[int, Mapping[str, Sequence[str]]] | None = None,
    notes: Mapping[int, Mapping[str, str]] | None = None,
) -> list[Verification]:  # fmt: skip
    """Accept forms of one stage; the points follow from the claims and the evidence accepted.

    Parameters
    ----------
    rejected : {form pk: {indicator: [evidence keys not accepted]}}; whatever is not named is accepted
    notes : {form pk: {indicator: what the kecamatan should know}}
    """
    if not forms:
        return []
    forms = _held_forms(forms)
    stage, claimed, rejected = forms[0].stage, _answers_by_form(forms), rejected or {}
    _refuse_unknown_rejections(rejected, claimed)
    verifications, found, before, notes = [], [], _accepted_before(forms), _clean_notes(notes or {}, claimed, stage)
    for form in forms:
        require(by, "form.verify", form, now=now)
        findings = _findings(form, claimed[form.pk], rejected.get(form.pk, {}), notes.get(form.pk, {}))
        verifications.append(_verification(form, Verification.Decision.ACCEPTED, findings, by=by, now=now))
        found.append(findings)
    _refuse_erased(zip(forms, found, strict=True))
    Verification.objects.bulk_create(verifications, batch_size=500)
    _keep_findings(zip(verifications, found, strict=True))
    lines = [
        ("form.accept", {**_body(stage, row), "again": row.form.participation_id in before}, row)
        for row in verifications
    ]
    journal.append_all(stage.edition.chain_id, lines, by=by, now=now)
    return verifications


@transaction.atomic
def return_form(
    form: Form, *, reason: str, by, now: datetime, rejected: Mapping[str, Sequence[str]] | None = None,
    notes: Mapping[str, str] | None = None,
) -> Verification:  # fmt: skip
    """Send a form back to its kecamatan with the reason; it may be handed in again until the deadline.

    `rejected` and `notes` by indicator: what was found so far goes back with it, and counts for nothing.
    """
    [form] = _held_forms([form])
    require(by, "form.verify", form, now=now)
    reason = clean_text(reason, name="Alasan pengembalian")
    if not reason:
        raise BadInput("Tulis alasan pengembalian. Kecamatan perlu tahu apa yang harus diperbaiki.")
    claimed, rejected = _answers_by_form([form]), rejected or {}
    _refuse_unknown_rejections({form.pk: rejected}, claimed)
    notes = _clean_notes({form.pk: notes or {}}, claimed, form.stage)[form.pk]
    findings = [
        row for row in _findings(form, claimed[form.pk], rejected, notes) if rejected.get(row[0]) or row[3]
    ]
    verification = _verification(form, Verification.Decision.RETURNED, findings, by=by, now=now, reason=reason)
    verification.save()
    _keep_findings([(verification, findings)])
    body = _body(form.stage, verification)
    journal.append(form.edition.chain_id, "form.return", body, by=by, now=now, sent=verification)
    return verification


def _present(stage, batch) -> dict[int, Participation]:
    """The participations of a batch as they stand, all of this stage."""
    rows = stage.participations.filter(pk__in=[participation.pk for participation, *_ in batch])
    present = {row.pk: row for row in rows.select_related("entry__region__parent")}
    for participation, *_ in batch:
        if participation.pk not in present:
            raise Refused(f"{participation.entry} bukan peserta tahap {stage.name}. Kirim per tahap.")
    return present


def _last_forms(stage, batch) -> dict[int, Form]:
    rows = latest_forms(stage).filter(participation__in=[participation.pk for participation, *_ in batch])
    return {form.participation_id: form for form in rows.prefetch_related("verifications")}


def _voided_forms(stage, batch) -> dict[int, Form]:
    """The last withdrawn form of each participation of a batch."""
    rows = Form.objects.filter(participation__in=[participation.pk for participation, *_ in batch])
    return {form.participation_id: form for form in rows.exclude(voided_at=None).order_by("revision")}


def _refuse_unasked(stage, participation, claims) -> None:
    """What does not apply to a kecamatan cannot be claimed by it."""
    outside = unasked(stage.instrument, participation.entry.traits)
    if answered := [code for code in claims.answers if code in outside]:
        raise BadInput(
            f"Indikator {answered[0]} tidak berlaku bagi {participation.entry}, jadi tidak dapat diisi. Muat ulang halaman."
        )


def _content(participation, claims, reason) -> dict:
    hashes = {name: document.sha256 for name, document in claims.documents.items()}
    answers = [(code, answer["isian"], answer["bukti"]) for code, answer in claims.answers.items()]
    return claims_content(participation.region_code, participation.stage.code, answers, hashes, reason)


def _stored(document, kept, *, now):
    if isinstance(document, KeptDocument):
        return document.blob
    if document.content not in kept:
        kept[document.content] = store_blob(document.content, content_type=document.content_type, now=now)
    return kept[document.content]


def _keep(new, *, by, now) -> None:
    """Write the forms of a batch with their evidence and answers, and their journal lines."""
    if not new:
        return
    forms = [form for form, *_ in new]
    Form.objects.bulk_create(forms, batch_size=500)
    Evidence.objects.bulk_create(
        [Evidence(form=form, blob=blob, name=name) for form, _, blobs in new for name, blob in blobs.items()],
        batch_size=500,
    )
    answers = [
        (form.pk, code, answer["isian"], answer["bukti"])
        for form, claims, _ in new
        for code, answer in claims.answers.items()
    ]
    insert_rows(Answer, ("form", "indicator", "values", "documents"), answers)
    stage = forms[0].stage
    lines = [("form.submit", _body(stage, form), form) for form in forms]
    journal.append_all(stage.edition.chain_id, lines, by=by, now=now)


def _body(stage, row) -> dict:
    return {"stage": stage.code, "rev": row.revision, "c": row.commitment}


def _accepted_before(forms) -> set[int]:
    """Participations of which an acceptance already stands: a replay counts each kecamatan once."""
    rows = Verification.objects.filter(
        form__participation__in=[form.participation_id for form in forms], decision=Verification.Decision.ACCEPTED,
        voided_at=None, form__voided_at=None,
    )  # fmt: skip
    return set(rows.values_list("form__participation", flat=True))


def _held_forms(forms) -> list[Form]:
    """The forms as they stand, in the order given, all of one stage and each the last of its kecamatan."""
    stage = held_stage(forms[0].stage)
    rows = Form.objects.filter(participation__stage=stage, pk__in={form.pk for form in forms})
    found = rows.select_related("participation__entry__region__parent").prefetch_related("verifications").in_bulk()
    last = set(latest_forms(stage).filter(pk__in=found).values_list("pk", flat=True))
    for form in forms:
        if form.pk not in found:
            raise Refused(f"{form} bukan isian tahap {stage.name}. Periksa per tahap.")
        if form.pk not in last:
            raise Refused(f"{form}, sudah diganti revisi yang lebih baru. Periksa revisi terakhirnya.")
        found[form.pk].participation.stage = stage
    return [found[pk] for pk in dict.fromkeys(form.pk for form in forms)]


def _verification(form, decision, findings, *, by, now, reason="") -> Verification:
    if standing := form.standing_verifications:
        raise Refused(
            f"Isian {form.participation.entry} revisi {form.revision} sudah "
            f"{standing[-1].get_decision_display().lower()}. Muat ulang halaman untuk melihat putusannya."
        )
    earlier = list(form.verifications.all())
    reason = reason_after(earlier[-1] if earlier else None, reason, what="putusan")
    content = verification_content(form.commitment, decision.value, reason, findings)
    return Verification(
        form=form, revision=len(earlier) + 1, decision=decision, reason=reason, by=by, at=now, **seal(content, Sending())
    )


def _findings(form, claimed, rejected, notes) -> list[tuple]:
    """Each indicator's finding: code, evidence accepted, the points that follow, note."""
    accepted = {
        code: [key for key in documents if key not in rejected.get(code, ())] for code, (_, documents) in claimed.items()
    }
    values, traits = {code: values for code, (values, _) in claimed.items()}, form.participation.entry.traits
    points = points_of_answers(form.stage.instrument, values, accepted, traits=traits)
    return [(code, accepted.get(code, []), text, notes.get(code, "")) for code, text in points.items()]


def _refuse_erased(found: Iterable[tuple[Form, list]]) -> None:
    """Nobody accepts evidence that was erased since the form came: there is nothing to be seen of it."""
    found = list(found)
    erased = Evidence.objects.filter(form__in=[form for form, _findings in found]).exclude(blob__erased_at=None)
    gone = set(erased.values_list("form", "name"))
    if not gone:
        return
    answers = Answer.objects.filter(form__in={form for form, _name in gone}).values_list("form", "indicator", "documents")
    named = {(form, code): documents for form, code, documents in answers}
    for form, findings in found:
        for code, accepted, *_rest in findings:
            for name in (named.get((form.pk, code), {}).get(key) for key in accepted):
                if (form.pk, name) in gone:
                    raise Refused(f'Berkas "{name}" pada indikator {code} sudah dihapus, jadi tidak dapat diterima sebagai '
                                  "bukti. Tandai tidak diterima, atau kembalikan isiannya.")  # fmt: skip


def _keep_findings(found) -> None:
    """Write the findings of each verification."""
    rows = [(verification.pk, *finding) for verification, findings in found for finding in findings]
    insert_rows(Finding, ("verification", "indicator", "accepted", "points", "note"), rows)


def _refuse_unknown_rejections(rejected, claimed) -> None:
    for form, by_indicator in rejected.items():
        for code, keys in by_indicator.items():
            _, documents = claimed.get(form, {}).get(code, ({}, {}))
            if unknown := [key for key in keys if key not in documents]:
                raise BadInput(
                    f"Bukti {unknown[0]} pada indikator {code} tidak ada dalam isian yang diperiksa. Muat ulang halaman."
                )


def _clean_notes(notes, claimed, stage) -> dict[int, dict[str, str]]:
    fields = fill_fields(stage.instrument) if notes else {}
    cleaned = {}
    for form, by_indicator in notes.items():
        if form not in claimed or not fields.keys() >= by_indicator.keys():
            raise BadInput("Ada catatan untuk indikator yang tidak ada pada instrumen ini. Muat ulang halaman.")
        cleaned[form] = {code: clean_text(text, name=f"Catatan {code}", longest=1000) for code, text in by_indicator.items()}
    return cleaned


def _answers_by_form(forms):
    """{form pk: {indicator: (values, documents)}}"""
    claimed = {form.pk: {} for form in forms}
    rows = Answer.objects.filter(form__in=forms).values_list("form", "indicator", "values", "documents")
    for form, code, values, documents in rows:
        claimed[form][code] = values, documents
    return claimed


def _reason(before, typed):
    if typed:
        return typed
    returned = before.standing_verifications
    if returned and returned[-1].decision == Verification.Decision.RETURNED:
        return "Diperbaiki setelah dikembalikan verifikator."
    raise BadInput("Isian ini sudah dikirim. Tulis alasan perubahan sebelum mengirim lagi.")
