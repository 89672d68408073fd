"""What a form holds between the page and the rows: claims and documents, checked against the instrument."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sp2k.base.refusals import BadInput
from sp2k.instruments.fields import FillField


@dataclass(frozen=True)
class Document:
    """An evidence file as uploaded."""

    content: bytes
    content_type: str


@dataclass(frozen=True)
class Claims:
    """A filled instrument.

    answers : {indicator: {"isian": {input key: value}, "bukti": {evidence key: document name}}}
    documents : {document name: Document}
    """

    answers: Mapping[str, Mapping]
    documents: Mapping[str, Document] = field(default_factory=dict)


def check_claims(claims: Claims, fields: Mapping[str, FillField]) -> None:
    """Refuse claims that the instrument cannot hold: unknown keys, negative numbers, documents not attached."""
    for code, answer in claims.answers.items():
        known = fields.get(code)
        if known is None:
            raise BadInput(f"Indikator {code[:20]} tidak ada pada instrumen ini. Muat ulang halaman isian.")
        _check_values(code, answer.get("isian", {}), known)
        _check_evidence(code, answer.get("bukti", {}), known, claims.documents)
    for name, document in claims.documents.items():
        if not document.content:
            raise BadInput(f'Berkas "{name}" kosong (0 bita). Pilih berkas lain, lalu unggah lagi.')


def _check_values(code, values, known):
    for key, value in values.items():
        if key not in known.inputs:
            raise BadInput(f"Isian {key[:40]} tidak dikenal pada indikator {code}. Muat ulang halaman isian.")
        if str(value).strip().startswith("-") and str(value).strip()[1:2].isdigit():
            raise BadInput(f"Indikator {code}: jumlah tidak boleh negatif. Anda menulis {value}.")


def _check_evidence(code, evidence, known, documents):
    for key, name in evidence.items():
        if key not in known.evidence_keys:
            raise BadInput(f"Bukti {key[:40]} tidak dikenal pada indikator {code}. Muat ulang halaman isian.")
        if name not in documents:
            raise BadInput(f'Indikator {code}: berkas "{name}" belum terunggah. Unggah dahulu, lalu kirim lagi.')


def claims_content(code: str, stage: str, claims: Claims, sidik: Mapping[str, str]) -> dict:
    """Return the canonical content that a form's commitment covers; `sidik` maps document name to SHA-256."""
    return {
        "entry": code,
        "stage": stage,
        "answers": [
            [
                indicator,
                [[key, _text(value)] for key, value in sorted(answer.get("isian", {}).items())],
                [[key, sidik[name]] for key, name in sorted(answer.get("bukti", {}).items())],
            ]
            for indicator, answer in sorted(claims.answers.items())
        ],
    }


def _text(value) -> str | None:
    return None if value is None else str(value)
