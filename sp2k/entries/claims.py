"""What a form holds between the page and the rows: claims and documents, checked against the instrument."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from sp2k.base.models import Blob
from sp2k.base.refusals import BadInput
from sp2k.base.typed import clean_text
from sp2k.instruments.fields import FillField, Input

LONGEST_NAME = 200  # characters of a document's name, as the row holds them
_LONGEST_VALUE = 2000
_NUMBER = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,9})?\Z", re.ASCII)
_LONG = re.compile(r"[0-9]{16,}\Z", re.ASCII)
_TWO_READINGS = re.compile(r"([0-9]{1,3})\.([0-9]{3})\Z", re.ASCII)
_NEGATIVE = re.compile("[-\u2212\u2012\u2013]\\s*[0-9.,]")  # a minus as keyboards, word processors and phones write it


@dataclass(frozen=True)
class Document:
    """An evidence file as uploaded."""

    content: bytes
    content_type: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def is_empty(self) -> bool:
        return not self.content


@dataclass(frozen=True)
class KeptDocument:
    """An evidence file that was kept when it was uploaded into the draft; its bytes need not be read again."""

    blob: Blob

    @property
    def sha256(self) -> str:
        return self.blob.sha256

    @property
    def is_empty(self) -> bool:
        return not self.blob.size


@dataclass(frozen=True)
class Claims:
    """A filled instrument.

    answers : {indicator: {"isian": {input key: value}, "bukti": {evidence key: document name}}}
    documents : {document name: Document or KeptDocument}
    """

    answers: Mapping[str, Mapping]
    documents: Mapping[str, Document | KeptDocument] = field(default_factory=dict)


def clean_claims(claims: Claims, fields: Mapping[str, FillField]) -> Claims:
    """Return the claims as they are kept: texts cleaned, values as the instrument can read them.

    Raises
    ------
    BadInput
        For what the instrument cannot hold: unknown keys, numbers that are none, negative or readable in two ways,
        choices that do not exist, and evidence whose document is not attached or empty.
    """
    documents = _clean_documents(claims.documents)
    answers = {}
    for code, answer in claims.answers.items():
        known = fields.get(code)
        if known is None:
            raise BadInput(f"Indikator {str(code)[:20]} tidak ada pada instrumen ini. Muat ulang halaman isian.")
        answers[code] = {
            "isian": _clean_values(code, answer.get("isian") or {}, known),
            "bukti": _clean_evidence(code, answer.get("bukti") or {}, known, documents),
        }
    return Claims(answers, documents)


def _clean_documents(documents) -> dict[str, Document | KeptDocument]:
    cleaned = {}
    for name, document in documents.items():
        name = clean_text(name, name="Nama berkas", longest=LONGEST_NAME)
        if document.is_empty:
            raise BadInput(f'Berkas "{name}" kosong (0 bita). Pilih berkas lain, lalu unggah lagi.')
        if name in cleaned:
            raise BadInput(f'Ada dua berkas bernama "{name}". Ganti nama salah satunya, lalu unggah lagi.')
        cleaned[name] = document
    return cleaned


def _clean_values(code, values, known) -> dict:
    for key in values:
        if key not in known.inputs:
            raise BadInput(f"Isian {str(key)[:40]} tidak dikenal pada indikator {code}. Muat ulang halaman isian.")
    return {key: clean_value(code, value, known.inputs[key]) for key, value in values.items()}


def clean_value(code: str, value, asked: Input):
    """Return one value as it is kept; BadInput with the sentence to show beside its box."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, list | tuple | Mapping):
        raise BadInput(f"Isian {asked.key} pada indikator {code} tidak terbaca. Muat ulang halaman isian.")
    text = clean_text(value, name=f"Indikator {code}", longest=_LONGEST_VALUE)
    if text and asked.reads == "angka":
        _refuse_no_number(code, text)
    elif text and asked.reads == "pilihan":
        _refuse_no_choice(code, text, [choice.code for choice in asked.choices])
    return value if isinstance(value, int) else text


def _refuse_no_number(code, text) -> None:
    if _NEGATIVE.match(text):
        raise BadInput(f"Indikator {code}: jumlah tidak boleh negatif. Anda menulis {text[:40]}.")
    if found := _TWO_READINGS.match(text):
        whole, rest = found.groups()
        raise BadInput(
            f"Indikator {code}: {text} dapat dibaca dua cara. Tulis {int(whole + rest)} (ribuan tanpa titik) "
            f"atau {whole},{rest} (desimal dengan koma)."
        )
    if _LONG.match(text):
        raise BadInput(f"Indikator {code}: jumlah paling panjang 15 angka. Anda menulis {text[:40]}.")
    if not _NUMBER.match(text):
        raise BadInput(f'Indikator {code}: jumlah harus angka, misalnya 12 atau 12,5. Anda menulis "{text[:40]}".')


def _refuse_no_choice(code, text, choices) -> None:
    if text.lower() not in {choice.lower() for choice in choices}:
        raise BadInput(
            f'Indikator {code}: pilihan "{text[:40]}" tidak ada. Pilih salah satu dari {", ".join(choices)}.'
        )


def _clean_evidence(code, evidence, known, documents) -> dict[str, str]:
    cleaned = {}
    for key, name in evidence.items():
        if key not in known.evidence_keys:
            raise BadInput(f"Bukti {str(key)[:40]} tidak dikenal pada indikator {code}. Muat ulang halaman isian.")
        cleaned[key] = clean_text(name, name="Nama berkas", longest=LONGEST_NAME)
        if cleaned[key] not in documents:
            raise BadInput(
                f'Indikator {code}: berkas "{cleaned[key]}" belum terunggah. Unggah dahulu, lalu kirim lagi.'
            )
    return cleaned


def claims_content(
    code: str, stage: str, answers: Iterable[tuple[str, Mapping, Mapping]], hashes: Mapping[str, str], reason: str
) -> dict:
    """Return the canonical content that a form's commitment covers.

    Parameters
    ----------
    answers : indicator, values by input key, document names by evidence key; in any order
    hashes : {document name: SHA-256}
    """
    return {
        "entry": code,
        "stage": stage,
        "answers": [
            [
                indicator,
                [[key, _text(value)] for key, value in sorted(values.items())],
                [[key, name] for key, name in sorted(documents.items())],
            ]
            for indicator, values, documents in sorted(answers, key=itemgetter(0))
        ],
        "documents": [[name, sha256] for name, sha256 in sorted(hashes.items())],
        "reason": reason,
    }


def verification_content(form: str, decision: str, reason: str, findings: Iterable[tuple[str, list, str, str]]) -> dict:
    """Return the canonical content that a verification's commitment covers.

    Parameters
    ----------
    form : the commitment of the form that it is about
    findings : indicator, evidence keys accepted, points, note; in any order
    """
    findings = sorted(findings)
    content = {
        "form": form, "decision": decision, "reason": reason,
        "findings": [[code, keys, text] for code, keys, text, _ in findings],
    }  # fmt: skip
    if said := [[code, note] for code, _, _, note in findings if note]:
        content["notes"] = said
    return content


def entries_content(entries: Iterable[tuple[str, str, str, list]]) -> list:
    """Return what is sealed of those who enter an edition: code, name, name of the regency and traits as they entered."""
    return [[code, name, regency, list(traits)] for code, name, regency, traits in sorted(entries)]


def innovation_content(row) -> dict:
    """Return what a kecamatan told of an innovation, with its document by name and SHA-256."""
    return {
        "entry": row.entry.region_id, "number": row.number, "kind": str(row.kind), "title": row.title,
        "problem": row.problem, "works": row.works, "benefit": row.benefit, "since": row.since_year, "place": row.place,
        "document": [row.document_name, row.document_id or ""],
    }  # fmt: skip


def _text(value) -> str | None:
    return None if value is None else str(value)
