"""Sixty names through a form, a workbook, a CSV, a PDF and a hash: one way to write each, and what deceives is refused."""

import csv
import io
import unicodedata

import pypdfium2
import pytest
from django import forms
from python_calamine import CalamineWorkbook

from sp2k.base.documents.tables import FORMULA_SIGNS, csv_text, xlsx_bytes
from sp2k.base.documents.typesetting import typeset
from sp2k.base.pages.fields import Text
from sp2k.base.refusals import BadInput
from sp2k.base.typed import clean_text
from sp2k.journal.canonical import canonical
from tests.base.files.names import NAMES, REFUSED

KEPT = sorted({kept for kept in NAMES.values() if kept})


class Form(forms.Form):
    name = Text(label="Nama", max_length=120)


def typed(name: str) -> str | None:
    """How a name arrives that somebody types into a page; None where the page refuses it."""
    form = Form({"name": name})
    return form.cleaned_data["name"] if form.is_valid() else None


def test_there_are_sixty_of_them():
    assert len(NAMES) == 60


@pytest.mark.parametrize("name", NAMES, ids=[f"{n}" for n in range(len(NAMES))])
def test_a_name_is_kept_in_one_way_or_refused_and_keeping_it_again_changes_nothing(name):
    kept = NAMES[name]

    assert typed(name) == kept
    if kept is not None:
        assert unicodedata.is_normalized("NFC", kept)
        assert clean_text(kept, name="Nama") == kept


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "Rogo\u202ejampi",
            "Nama memuat tanda yang tidak terlihat (U+202E), huruf ke-5. Hapus atau ketik ulang bagian itu.",
        ),
        (
            "R\u043egojampi",
            "Nama memuat huruf yang hanya mirip huruf Latin (\u043e, U+043E), huruf ke-2. Ketik ulang kata itu.",
        ),
    ],
)
def test_a_refused_name_says_which_sign_and_where(name, sentence):
    with pytest.raises(BadInput) as refused:
        clean_text(name, name="Nama")

    assert refused.value.sentence == sentence


def test_the_same_name_composed_and_decomposed_has_one_hash():
    hashes = {
        canonical({"name": clean_text(unicodedata.normalize(form, "Đặng Thị Mười"), name="Nama")})
        for form in ("NFC", "NFD")
    }

    assert len(hashes) == 1


def test_every_name_comes_back_from_a_workbook_as_it_was_and_none_is_a_formula():
    content = xlsx_bytes("nama", ["nama"], [[name] for name in KEPT])

    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    assert [clean_text(row[0], name="Nama") for row in sheet.to_python()[1:]] == KEPT


def test_every_name_comes_back_from_a_csv_and_what_looks_like_a_formula_has_an_apostrophe():
    rows = list(csv.reader(io.StringIO(csv_text(["nama"], [[name] for name in KEPT]))))[1:]

    assert [row[0] for row in rows] == ["'" + name if name.startswith(FORMULA_SIGNS) else name for name in KEPT]


def test_a_pdf_shows_every_name_or_the_number_of_the_letter_it_cannot_draw(tmp_path):
    template = tmp_path / "nama.typ"
    template.write_text(
        '#set document(title: "Nama")\n#set text(lang: "id", font: ("Source Sans 3", "Noto Naskh Arabic"))\n'
        "#let data = json(bytes(sys.inputs.data))\n#for name in data.names [#par(name)]\n"
    )
    latin = [
        name for name in KEPT if all(letter.isascii() or "LATIN" in unicodedata.name(letter, "") for letter in name)
    ]

    with pypdfium2.PdfDocument(typeset(template, {"names": [*latin, REFUSED[0], "山"]})) as pdf:
        shown = "".join(page.get_textpage().get_text_bounded() for page in pdf)

    text = "".join(unicodedata.normalize("NFC", shown).split())
    assert [name for name in latin if "".join(name.split()) not in text] == []
    assert "[U+202E]" in text and "[U+5C71]" in text
