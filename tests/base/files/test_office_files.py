"""XLSX and DOCX kept as evidence: their bytes stay, so whatever could start or burst is a reason to refuse them."""

import io
import resource
import zipfile

import pytest
import xlsxwriter

from sp2k.base.pages.uploads import DOCUMENTS, DOCX, XLSX
from sp2k.base.refusals import BadInput
from tests.base.files.made import LETTER, SHEETS, office_file, taken

RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
LINK = (
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}" '
    'TargetMode="External"/>'
)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'


def workbook() -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("SKM")
        sheet.write_row(0, 0, ["Unsur", 3.5])
        sheet.write_url(1, 0, "https://example.go.id/skm")
        sheet.write_comment(0, 0, "dihitung ulang")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=SKM!$B$1:$B$1"})
        sheet.insert_chart("D1", chart)
    return content.getvalue()


def relations(kind: str, target: str) -> str:
    return RELATIONS.format(LINK.format(kind, target))


def refusal(given: bytes, kinds=DOCUMENTS, name="a.xlsx") -> str:
    with pytest.raises(BadInput) as refused:
        taken(name, given, kinds)
    return refused.value.sentence


def test_a_workbook_with_links_notes_and_charts_is_kept_byte_for_byte():
    kept = taken("skm", given := workbook())

    assert (kept.name, kept.content_type, kept.content == given) == ("skm.xlsx", XLSX, True)


def test_a_letter_is_taken_only_where_letters_are_and_is_no_workbook():
    letter = office_file(of=LETTER)

    assert (taken("surat", letter, (DOCX,)).name, taken("surat.docx", letter, (DOCX,)).content) == (
        "surat.docx",
        letter,
    )
    assert refusal(letter, name="surat.docx") == (
        'Berkas "surat.docx" bukan PDF, JPG, PNG, HEIC, atau XLSX. Simpan sebagai PDF, JPG, PNG, atau XLSX, lalu unggah lagi.'
    )
    assert refusal(letter, (XLSX,)) == 'Berkas "a.xlsx" bukan XLSX. Simpan sebagai XLSX, lalu unggah lagi.'


def archive_of(**parts) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return written.getvalue()


def encrypted(content: bytes) -> bytes:
    """The flag of encryption set in every header: what lies behind it is not looked at any more."""
    whole = bytearray(content)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = whole.find(sign)
        while place >= 0:
            whole[place + at] |= 1
            place = whole.find(sign, place + 4)
    return bytes(whole)


def doubled() -> bytes:
    written = io.BytesIO(office_file())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(written, "a") as archive:
        archive.writestr("xl/workbook.xml", "<lain/>")
    return written.getvalue()


AGAIN = "lalu unggah lagi."
KINDS = "PDF, JPG, PNG, atau XLSX"
ENTITIES = "memuat definisi entitas ({}), yang tidak pernah dibuat program perkantoran. Berkas ini tidak dibaca."
BURSTS = (
    "akan menjadi {} bila dibuka. Berkas ini tidak dibaca. Hapus sel kosong yang berformat dan lembar yang tidak diperlukan, "
    f"{AGAIN}"
)
STRANGER = f"memuat bagian yang tidak dikenal ({{}}). Simpan ulang, atau cetak ke PDF, {AGAIN}"
MACROS = f"memuat makro atau kendali ({{}}). Simpan tanpa makro, atau cetak ke PDF, {AGAIN}"
EMBEDDED = f"memuat berkas lain di dalamnya ({{}}). Unggah berkas itu tersendiri, hapus dari sini, {AGAIN}"
LINKED = f"mengambil isi dari berkas atau alamat lain ({{}}). Putuskan tautannya (Data > Edit Tautan), {AGAIN}"
BROKEN = f"rusak atau bukan XLSX, jadi tidak dapat dibaca. Buka dan simpan lagi, {AGAIN}"
LOCKED = f"dikunci kata sandi. Simpan tanpa kata sandi, {AGAIN}"
OLD = f"berkata sandi atau berbentuk Office lama. Simpan tanpa kata sandi sebagai {KINDS}, {AGAIN}"
OTHER = f"bukan PDF, JPG, PNG, HEIC, atau XLSX. Simpan sebagai {KINDS}, {AGAIN}"
SHEET, DRAWING = "xl/worksheets/sheet1.xml", "xl/drawings/_rels/drawing1.xml.rels"


def with_part(name: str, content: str | bytes = "<x/>"):
    return lambda: office_file({name: content})


REFUSED = {
    "entities": (with_part(SHEET, LAUGHS), ENTITIES, SHEET),
    "entities of two bytes": (with_part(SHEET, LAUGHS.encode("utf-16")), ENTITIES, SHEET),
    "bomb": (with_part(SHEET, bytes(90 * 10**6)), BURSTS, "90 MB"),
    "nested zip": (with_part("xl/media/dalam.zip", archive_of(isi=b"0")), STRANGER, "xl/media/dalam.zip"),
    "program": (with_part("xl/media/a.exe", b"MZ"), STRANGER, "xl/media/a.exe"),
    "macros": (with_part("xl/vbaProject.bin", b"x"), MACROS, "xl/vbaProject.bin"),
    "old macros": (with_part("xl/macrosheets/sheet1.xml"), MACROS, "xl/macrosheets/sheet1.xml"),
    "macros by type": (lambda: office_file(of=(SHEETS[0], "sheet.macroEnabled")), MACROS, "[Content_Types].xml"),
    "object": (with_part("xl/embeddings/oleObject1.bin", b"x"), EMBEDDED, "xl/embeddings/oleObject1.bin"),
    "other workbook": (with_part("xl/externalLinks/externalLink1.xml"), LINKED, "xl/externalLinks/externalLink1.xml"),
    "picture from outside": (with_part(DRAWING, relations("image", "http://halo/")), LINKED, DRAWING),
    "outside its folder": (with_part("../../a.xml"), BROKEN, ""),
    "doubled": (doubled, BROKEN, ""),
    "cut": (lambda: office_file({"xl/a.xml": "x" * 9000})[:400], BROKEN, ""),
    "locked": (lambda: encrypted(office_file()), LOCKED, ""),
    "old or locked": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), OLD, ""),
    "another zip": (lambda: archive_of(**{"bukti/a.pdf": b"%PDF-"}), OTHER, ""),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_could_start_or_burst_is_refused_by_its_part(case):
    given, said, part = REFUSED[case]

    assert refusal(given()) == f'Berkas "a.xlsx" {said.format(part)}'


def test_a_letter_that_fetches_its_template_or_starts_a_program_is_refused():
    fetched = office_file(
        {"word/_rels/settings.xml.rels": relations("attachedTemplate", "http://halo/a.dotm")}, of=LETTER
    )
    split = "<w:instrText>DD</w:instrText></w:r><w:r><w:instrText xml:space='preserve'>EAUTO cmd</w:instrText>"
    started = office_file({"word/document.xml": f"<w:document>{split}</w:document>"}, of=LETTER)

    for given, part in ((fetched, "word/_rels/settings.xml.rels"), (started, "word/document.xml")):
        assert refusal(given, (DOCX,), "a.docx") == f'Berkas "a.docx" {LINKED.format(part)}'


def test_a_bomb_leaves_the_servers_memory_as_it_was():
    bomb = office_file({"xl/worksheets/sheet1.xml": bytes(390 * 10**6)})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    assert "tidak dibaca" in refusal(bomb)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kB
