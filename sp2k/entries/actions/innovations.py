"""Telling innovations: written by the kecamatan, corrected while its form may be filled in, voided with a reason."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.blobs import store_blob
from sp2k.base.pages.uploads import Upload
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.entries.claims import innovation_content
from sp2k.entries.models import Innovation, Participation
from sp2k.entries.queries.innovations import refuse_changed_innovations
from sp2k.journal import actions as journal

MOST = 20


@dataclass(frozen=True)
class Telling:
    """What is told of an innovation, as typed."""

    kind: str
    title: str
    problem: str
    works: str
    benefit: str
    since_year: int | None = None
    place: str = ""


@transaction.atomic
def write_innovation(
    participation: Participation, telling: Telling, *, by, now: datetime, number: int | None = None,
    document: Upload | None = None,
) -> Innovation:  # fmt: skip
    """Write a new innovation of a kecamatan, or change its innovation of that number; a new document replaces the old."""
    participation = _held(participation)
    require(by, "innovation.write", participation, now=now)
    refuse_changed_innovations(participation.entry, "Penulisan inovasi")
    if telling.kind not in Innovation.Kind.values:
        raise BadInput("Pilih jenisnya: inisiatif, kolaboratif, atau inovasi.")
    told = {name: _cleaned(name, value) for name, value in asdict(telling).items()}
    row = _new(participation) if number is None else _standing(participation, number)
    for name, value in told.items():
        setattr(row, name, value)
    if document is not None:
        row.document = store_blob(document.content, content_type=document.content_type, now=now)
        row.document_name = document.name
    row.by, row.updated_at = by, now
    row.save()
    body = {"entry": participation.region_code, "number": row.number, "again": number is not None}
    content = innovation_content(row)
    journal.append_sealed(participation.edition.chain_id, "innovation.write", body, content, by=by, now=now)
    return row


@transaction.atomic
def void_innovation(participation: Participation, number: int, *, reason: str, by, now: datetime) -> Innovation:
    """Take an innovation back. Its row stays, with the reason; nobody counts it any more."""
    participation = _held(participation)
    require(by, "innovation.write", participation, now=now)
    refuse_changed_innovations(participation.entry, "Pembatalan inovasi")
    row = _standing(participation, number)
    row.voided_reason = clean_text(reason, name="Alasan pembatalan", longest=500)
    if not row.voided_reason:
        raise BadInput("Tulis alasan membatalkan inovasi ini.")
    row.voided_at = now
    row.save(update_fields=["voided_at", "voided_reason"])
    body = {"entry": participation.region_code, "number": row.number}
    why = {"reason": row.voided_reason}
    journal.append_sealed(participation.edition.chain_id, "innovation.void", body, why, key="why", by=by, now=now)
    return row


def _held(participation) -> Participation:
    rows = Participation.objects.select_for_update(of=("self",))
    return rows.select_related("stage__edition", "entry__region__parent").get(pk=participation.pk)


def _new(participation) -> Innovation:
    numbers = list(participation.entry.innovations.values_list("number", flat=True))
    if len(numbers) >= MOST:
        raise Refused(f"Satu kecamatan paling banyak menulis {MOST} inovasi. Gabungkan yang serupa.")
    return Innovation(entry=participation.entry, number=max(numbers, default=0) + 1)


def _standing(participation, number) -> Innovation:
    row = participation.entry.innovations.filter(number=number).first()
    if row is None or row.voided_at:
        raise Refused("Inovasi ini tidak ada atau sudah dibatalkan. Muat ulang daftar inovasi.")
    return row


def _cleaned(name, value):
    names = {"title": ("Judul", 200), "place": ("Tempat", 200), "problem": ("Masalah", 4000),
             "works": ("Cara kerja", 4000), "benefit": ("Manfaat", 4000)}  # fmt: skip
    if name not in names:
        return value
    label, longest = names[name]
    text = clean_text(value, name=label, longest=longest)
    if not text and name != "place":
        raise BadInput(f"{label} belum diisi.")
    return text
