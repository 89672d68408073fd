"""Sample evidence: small PDFs that say on their face that they are samples."""

import json

import typst

from sp2k.entries.claims import Document

_PAGE = """
#let said = json(bytes(sys.inputs.said))
#set document(title: said.title, date: none)
#set page(width: 148mm, height: 105mm, margin: 14mm)
#set text(size: 10pt, lang: "id")
#text(size: 18pt, weight: "bold")[DATA CONTOH]
#v(4mm)
#text(size: 12pt)[#said.title]
#v(2mm)
#said.body
"""


def sample_document(title: str, body: str) -> Document:
    """Return a one-page PDF with `title` and `body`, the same bytes for the same words."""
    content = typst.compile(_PAGE.encode(), sys_inputs={"said": json.dumps({"title": title, "body": body})})
    return Document(content, "application/pdf")


def common_sample() -> dict[str, Document]:
    """The one labelled sample that stands for the evidence of kecamatan that were not nominated."""
    body = "Satu berkas contoh dipakai untuk semua bukti kecamatan ini pada peragaan. Bukan dokumen resmi."
    return {"contoh-bukti.pdf": sample_document("Bukti contoh", body)}


def nominee_documents(name: str) -> dict[str, Document]:
    """The sample document of a nominated kecamatan."""
    body = "Dokumen contoh yang dibuat untuk peragaan. Bukan dokumen resmi."
    return {"bukti-kecamatan.pdf": sample_document(f"Bukti {name}", body)}
