"""Keeping what is being typed, and sending it. A draft claims nothing, so it leaves no line in the journal (ADR 0012)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.blobs import store_blob
from sp2k.base.pages.uploads import LONGEST_NAME, Upload
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.wording import hour_in_words, size_in_words
from sp2k.entries.actions.forms import submit_form
from sp2k.entries.claims import Claims, KeptDocument
from sp2k.entries.drafting import (
    EVIDENCE,
    VALUES,
    Part,
    Stale,
    answers_of_form,
    free_name,
    mark_of,
    mark_of_whole,
    part_of,
)
from sp2k.entries.models import DraftDocument, Form, FormDraft, Participation
from sp2k.entries.sealing import Sending
from sp2k.instruments.applying import unasked
from sp2k.instruments.asking import Question, questions_of

MOST_FILES = 300
MOST_BYTES = 1_000_000_000


@transaction.atomic
def start_draft(participation: Participation, *, by, now: datetime) -> FormDraft:
    """Return the draft of a kecamatan, begun from its last form where there is none."""
    participation = _held(participation)
    require(by, "form.fill", participation, now=now)
    return _draft(participation, by=by, now=now)


@transaction.atomic
def save_draft(
    participation: Participation, part: Part, *, questions: Sequence[Question], base: str, by, now: datetime,
    uploads: Mapping[tuple[str, str], Upload] | None = None,
) -> FormDraft:  # fmt: skip
    """Keep the answers to some questions, whatever they are, and the files uploaded behind them.

    Parameters
    ----------
    part : {indicator: {"isian": {key: as typed}, "bukti": {key: document name}}}
    base : the mark of what the page was made from; where something else stands by now, nothing is overwritten
    uploads : {(indicator, evidence key): file}

    Raises
    ------
    Stale
        Where someone else changed the same answers meanwhile.
    """
    participation = _held(participation)
    require(by, "form.fill", participation, now=now)
    draft = _draft(participation, by=by, now=now)
    standing, part = part_of(draft.answers, questions), part_of(part, questions)
    if mark_of(standing) != base and standing != part:
        raise Stale(_changed_elsewhere(draft, participation), standing)
    names = _keep_uploads(draft, uploads or {}, now=now)
    for (code, key), name in names.items():
        part.setdefault(code, {VALUES: {}, EVIDENCE: {}})[EVIDENCE][key] = name
    _refuse_unknown_documents(draft, part)
    _write(draft, {**_without(draft.answers, questions), **part}, by=by, now=now)
    return draft


@transaction.atomic
def keep_documents(participation: Participation, uploads: Sequence[Upload], *, by, now: datetime) -> list[str]:
    """Keep files in the draft that no answer names yet; return their names there."""
    participation = _held(participation)
    require(by, "form.fill", participation, now=now)
    draft = _draft(participation, by=by, now=now)
    names = _keep_uploads(draft, dict(enumerate(uploads)), now=now)
    _write(draft, draft.answers, by=by, now=now)
    return list(names.values())


@transaction.atomic
def drop_document(participation: Participation, name: str, *, by, now: datetime) -> None:
    """Take a file out of the draft, and out of every answer that names it. What was sent keeps its own."""
    participation = _held(participation)
    require(by, "form.fill", participation, now=now)
    draft = _draft(participation, by=by, now=now)
    found = draft.documents.filter(name=name)
    if not found:
        raise Refused(f'Berkas "{name[:60]}" tidak ada dalam draf ini. Muat ulang halaman.')
    found.delete()
    answers = {
        code: {**answer, EVIDENCE: {key: named for key, named in answer[EVIDENCE].items() if named != name}}
        for code, answer in draft.answers.items()
    }
    _write(draft, answers, by=by, now=now)


@transaction.atomic
def send_draft(
    participation: Participation, *, checked: str, sending: Sending, reason: str = "", by, now: datetime
) -> Form:
    """Hand in what the draft holds. `checked` is the mark of what the person saw: nothing else is sent."""
    participation = _held(participation)
    if received := Form.objects.filter(op_id=sending.op_id, by=by, participation=participation).first():
        return received
    require(by, "form.fill", participation, now=now)
    draft = FormDraft.objects.filter(participation=participation).first()
    if draft is None:
        raise Refused("Tidak ada draf yang menunggu dikirim. Buka isian, ubah seperlunya, lalu periksa dan kirim.")
    if mark_of_whole(draft.answers, draft.documents.all()) != checked:
        raise Refused("Isian berubah sejak Anda memeriksanya. Periksa lagi di bawah ini, lalu kirim.")
    form = submit_form(participation, _claims(draft, participation), sending=sending, reason=reason, by=by, now=now)
    draft.delete()
    return form


def _held(participation) -> Participation:
    """The participation as it stands, held so that two people who save at once follow one another."""
    rows = Participation.objects.select_for_update(of=("self",))
    return rows.select_related("stage__edition", "stage__instrument", "entry__region__parent").get(pk=participation.pk)


def draft_of_form(form: Form, *, by, now: datetime) -> FormDraft:
    """Begin a draft from what a form claimed, with its documents that still exist; part of an act, never one by itself."""
    gone = set(form.evidence.exclude(blob__erased_at=None).values_list("name", flat=True))
    answers = answers_of_form(form.answers.all(), questions_of(form.stage.instrument))
    for answer in answers.values():
        answer[EVIDENCE] = {key: name for key, name in answer[EVIDENCE].items() if name not in gone}
    draft = FormDraft.objects.create(
        participation=form.participation, answers=answers, by=by, updated_at=now,
        restored_from=form if form.is_voided else None,
    )  # fmt: skip
    kept = form.evidence.filter(blob__erased_at=None)
    DraftDocument.objects.bulk_create([DraftDocument(draft=draft, blob_id=row.blob_id, name=row.name) for row in kept])
    return draft


def _draft(participation, *, by, now) -> FormDraft:
    draft = FormDraft.objects.select_related("by").filter(participation=participation).first()
    if draft is not None:
        return draft
    rows = participation.forms.order_by("-revision")
    last = rows.filter(voided_at=None).first() or rows.first()
    if last is None:
        return FormDraft.objects.create(participation=participation, by=by, updated_at=now)
    last.participation = participation
    return draft_of_form(last, by=by, now=now)


def _write(draft, answers, *, by, now) -> None:
    draft.answers, draft.by, draft.updated_at = answers, by, now
    draft.save(update_fields=["answers", "by", "updated_at"])


def _without(answers, questions) -> dict:
    codes = {question.code for question in questions}
    return {code: answer for code, answer in answers.items() if code not in codes}


def _keep_uploads(draft, uploads, *, now) -> dict:
    """Store each file and return its name in the draft: the same file again is the one already there."""
    if not uploads:
        return {}
    rows = list(draft.documents.select_related("blob"))
    by_hash, taken = {row.blob_id: row.name for row in rows}, {row.name for row in rows}
    size, names = sum(row.blob.size for row in rows), {}
    for place, upload in uploads.items():
        blob = store_blob(upload.content, content_type=upload.content_type, now=now)
        if blob.pk not in by_hash:
            size += blob.size
            _refuse_too_much(len(taken) + 1, size)
            name = free_name(upload.name[: LONGEST_NAME - 8], taken)
            DraftDocument.objects.create(draft=draft, blob=blob, name=name)
            by_hash[blob.pk] = name
            taken.add(name)
        names[place] = by_hash[blob.pk]
    return names


def _refuse_too_much(files, size) -> None:
    if files > MOST_FILES or size > MOST_BYTES:
        raise BadInput(
            f"Bukti satu kecamatan paling banyak {MOST_FILES} berkas dan {size_in_words(MOST_BYTES)}. "
            "Hapus berkas yang tidak dipakai, lalu unggah lagi."
        )


def _refuse_unknown_documents(draft, part) -> None:
    named = {name for answer in part.values() for name in answer[EVIDENCE].values()}
    if lost := sorted(named - set(draft.documents.values_list("name", flat=True))):
        raise BadInput(f'Berkas "{lost[0]}" tidak ada lagi dalam draf ini. Pilih berkas lain atau unggah lagi.')


def _changed_elsewhere(draft, participation) -> str:
    hour = hour_in_words(draft.updated_at, participation.edition.zone)
    return (
        f"Aspek ini juga diubah di tempat lain oleh {draft.by.name} pukul {hour}. Yang Anda ketik belum disimpan dan "
        "tetap ada di halaman ini; yang tersimpan tertulis di bawah tiap indikator yang berbeda. Simpan lagi bila yang "
        "Anda ketik yang berlaku."
    )


def _claims(draft, participation) -> Claims:
    """What the draft claims: its answers, with the documents that they name and no others."""
    questions = [question for aspect in questions_of(participation.stage.instrument) for question in aspect.questions]
    outside = unasked(participation.stage.instrument, participation.entry.traits)
    answers = {
        question.code: {
            VALUES: {ask.key: _value(ask, given[VALUES][ask.key]) for ask in question.asks if ask.key in given[VALUES]},
            EVIDENCE: given[EVIDENCE],
        }
        for question in questions
        if (given := draft.answers.get(question.code)) and question.code not in outside
    }
    named = {name for answer in answers.values() for name in answer[EVIDENCE].values()}
    rows = draft.documents.filter(name__in=named).select_related("blob")
    return Claims(answers, {row.name: KeptDocument(row.blob) for row in rows})


def _value(ask, text: str):
    """A rule that asks for true itself gets true; everything else stays as it was typed."""
    return True if text == "True" and ask.asked.present[:1] == ("True",) else text
