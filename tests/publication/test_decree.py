"""The decree says what the result says, prints every text as it is, and is the same file on every machine."""

import hashlib
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pypdf
import pytest

from sp2k.base.documents.typesetting import FONTS
from sp2k.base.refusals import BadInput
from sp2k.editions.decree import read_wording
from sp2k.editions.file import read_edition
from sp2k.publication.documents.decree import JournalHead, Winner, compose_decree, decree_pdf

EDITIONS = Path(__file__).resolve().parents[2] / "sp2k" / "editions" / "data"
HEAD = "3b90e7d24c1f08ab" * 4

# East Java's titles of 2022 as the governor gave them; the points are made up.
JATIM_2022 = (
    Winner(1, "Juara I", "Rogojampi", "Kabupaten Banyuwangi", "88.12"),
    Winner(2, "Juara II", "Taman", "Kabupaten Sidoarjo", "87.40"),
    Winner(3, "Juara III", "Tongas", "Kabupaten Probolinggo", "86.95"),
    Winner(4, "Juara Harapan I", "Bumiaji", "Kota Batu", "85.10"),
    Winner(5, "Juara Harapan II", "Pamekasan", "Kabupaten Pamekasan", "84.77"),
)


@cache
def edition_file(code):
    return read_edition((EDITIONS / f"{code}.yaml").read_text("utf-8"), name=code)


def decree(winners=JATIM_2022, *, edition="jatim-2022", **changes):
    """Return the decree of a shipped edition for these winners."""
    file = edition_file(edition)
    given = {
        "number": "188/966/KPTS/013/2022",
        "signed_on": date(2022, 12, 21),
        "facts": {
            "nama": file.name, "singkatan": file.short_name, "tahun": str(file.year), "wilayah": "Jawa Timur",
            "penyelenggara": file.organiser, "tanggal_berita_acara": "28 November 2022",
            "nomor_berita_acara": "01/BA-TP/2022", "kehadiran": "seluruh peserta dinilai",
            **{f"dinilai:{stage.code}": "30 (tiga puluh)" for stage in file.stages},
        },
        "journal": JournalHead(1197, HEAD),
        "is_sample": True,
        **changes,
    }  # fmt: skip
    wording = read_wording(file.decree, stages=[stage.code for stage in file.stages])
    return compose_decree(wording, winners=winners, **given)


@cache
def pages(text) -> list[str]:
    """Return what each page says: runs of blanks are one blank, marks where a long word may break are left out."""
    document = pypdf.PdfReader(io.BytesIO(decree_pdf(text)))
    return [" ".join(page.extract_text().replace("\u200b", "").split()) for page in document.pages]


def printed(text) -> str:
    return " ".join(pages(text))


def table_rows(text) -> list[str]:
    """Return the rows of the annex, from its head to the signature."""
    annex = printed(text).partition(" LAMPIRAN KEPUTUSAN ")[2]
    table = annex.partition("KABUPATEN/KOTA NILAI ")[2].partition(" Ditetapkan di")[0]
    return re.split(r" (?=\d+\. )", table)


def test_the_decree_names_the_winners_in_order_with_title_regency_and_points():
    assert table_rows(decree()) == [
        "1. Juara I Rogojampi Kabupaten Banyuwangi 88,12",
        "2. Juara II Taman Kabupaten Sidoarjo 87,40",
        "3. Juara III Tongas Kabupaten Probolinggo 86,95",
        "4. Juara Harapan I Bumiaji Kota Batu 85,10",
        "5. Juara Harapan II Pamekasan Kabupaten Pamekasan 84,77",
    ]


def test_the_first_ruling_lists_every_kecamatan_with_its_regency():
    ruling = printed(decree()).partition("KESATU : ")[2].partition(" KEDUA :")[0]

    assert ruling == (
        "Menetapkan Juara Sinergisitas Penyelenggaraan Pemerintahan di Kecamatan Provinsi Jawa Timur Tahun 2022 "
        "sebagai berikut: "
        "Juara I Kecamatan Rogojampi, Kabupaten Banyuwangi "
        "Juara II Kecamatan Taman, Kabupaten Sidoarjo "
        "Juara III Kecamatan Tongas, Kabupaten Probolinggo "
        "Juara Harapan I Kecamatan Bumiaji, Kota Batu "
        "Juara Harapan II Kecamatan Pamekasan, Kabupaten Pamekasan"
    )


def test_the_number_is_found_whole_by_whoever_searches_the_file():
    number = "188.45/417/KEP/422.012/23"
    document = pypdf.PdfReader(io.BytesIO(decree_pdf(decree(number=number))))

    assert "".join(page.extract_text() for page in document.pages).count(number) == 2


def test_another_result_makes_another_decree():
    first, second = JATIM_2022[:2]
    changed = (
        replace(first, kecamatan="Taman", regency="Kabupaten Sidoarjo", total="88.90"),
        replace(second, kecamatan="Rogojampi", regency="Kabupaten Banyuwangi", total="88.12"),
        *JATIM_2022[2:],
    )

    assert table_rows(decree(changed))[:2] == [
        "1. Juara I Taman Kabupaten Sidoarjo 88,90",
        "2. Juara II Rogojampi Kabupaten Banyuwangi 88,12",
    ]
    assert "Juara I Kecamatan Taman, Kabupaten Sidoarjo Juara II Kecamatan Rogojampi" in printed(decree(changed))


def test_the_parts_stand_in_the_order_officials_expect():
    text = printed(decree(is_sample=False))
    order = [
        "GUBERNUR JAWA TIMUR KEPUTUSAN GUBERNUR JAWA TIMUR NOMOR 188/966/KPTS/013/2022 TENTANG JUARA SINERGISITAS",
        "TAHUN 2022 GUBERNUR JAWA TIMUR, Menimbang : a. bahwa", "b. bahwa", "c. bahwa", "d. bahwa",
        "Mengingat : 1. Undang-Undang Nomor 2 Tahun 1950", "2. Undang-Undang Nomor 23 Tahun 2014",
        "Memperhatikan : Berita Acara Tim Penilai", "MEMUTUSKAN: Menetapkan : KEPUTUSAN GUBERNUR JAWA TIMUR TENTANG",
        "KESATU :", "KEDUA :", "KETIGA :", "KEEMPAT :",
        "Ditetapkan di Surabaya pada tanggal 21 Desember 2022 GUBERNUR JAWA TIMUR, tempat tanda tangan",
        "pada naskah asli (nama Gubernur Jawa Timur)", "Tembusan: 1. Yth.",
        "LAMPIRAN KEPUTUSAN GUBERNUR JAWA TIMUR NOMOR : 188/966/KPTS/013/2022 TANGGAL : 21 DESEMBER 2022 JUARA",
        "NO. GELAR KECAMATAN KABUPATEN/KOTA NILAI",
        "Ditetapkan di Surabaya pada tanggal 21 Desember 2022",
    ]  # fmt: skip

    missing, at = [], 0
    for part in order:
        found = text.find(part, at)
        missing += [part] if found < 0 else []
        at = max(at, found)

    assert missing == []


def test_counts_and_dates_of_the_edition_fill_the_wording():
    text = printed(decree(JATIM_2022[:3]))

    assert "Berita Acara Tim Penilai tanggal 28 November 2022 diperoleh 3 (tiga) kecamatan" in text
    assert "{" not in text


def test_a_regency_decides_in_its_own_words_and_nothing_of_the_province_remains():
    winners = tuple(replace(winner, regency="Kabupaten Banyuwangi") for winner in JATIM_2022[:3])
    text = decree(winners, edition="banyuwangi-2022-contoh", number="188/1/KEP/2022")

    front = pages(text)[0]

    assert (text.office, text.heading, text.city) == ("BUPATI BANYUWANGI", "KEPUTUSAN BUPATI BANYUWANGI", "Banyuwangi")
    assert "KEPUTUSAN BUPATI BANYUWANGI NOMOR 188/1/KEP/2022 TENTANG JUARA EVALUASI KINERJA KECAMATAN" in front
    assert "GUBERNUR" not in printed(text)


def test_every_page_says_that_its_data_are_made_up():
    for page in pages(decree()):
        assert page.startswith("DATA CONTOH ")
        assert page.endswith(
            "Data contoh: nilai, siapa yang tidak ikut, dan naskahnya dibuat untuk peragaan, bukan dokumen resmi; "
            "yang nyata disebut pada halaman “Apa yang nyata, apa yang contoh”."
        )


def test_a_decree_of_real_data_has_no_watermark():
    assert "data contoh" not in printed(decree(is_sample=False)).lower()


def test_every_page_ends_with_the_head_of_the_journal():
    fours = " ".join(re.findall("....", HEAD))

    for page in pages(decree(is_sample=False)):
        assert page.endswith(f"Kepala jurnal saat keputusan dibuat: 1.197 baris · {fours}")


def test_pages_after_the_first_are_numbered():
    found = pages(decree(is_sample=False))

    assert [re.findall(r"^- (\d+) - ", page) for page in found] == [[], ["2"], ["3"]]


HOSTILE = [
    "#import(x)", "*tebal* _miring_ = Judul", "<script>alert(1)</script>", "\"kutip\" 'tunggal' `kode` $x^2$",
    '\\u{41} #eval("1") @ref --- ...', "https://x.id/a_b [c](d) // /* x */", "Ma'rang & Ñandú – «é»",
    "<b> $ \\ # ~ {x}", "Kulon Progo Wetan Lor Kidul Tengah Barat Daya Utara Selatan", "X" * 60,
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_looks_like_markup_prints_as_itself(name):
    winner = Winner(1, name, name, name, "1.5")

    without_blanks = "".join(printed(decree((winner,), number=name)).split())

    wanted = "".join(name.split())
    assert f"KEPUTUSANGUBERNURJAWATIMURNOMOR{wanted}TENTANG" in without_blanks
    assert f"{wanted}Kecamatan{wanted},{wanted}KEDUA:" in without_blanks
    assert f"NILAI1.{wanted}{wanted}{wanted}1,5Ditetapkan" in without_blanks


def test_a_mark_that_turns_the_writing_is_shown_and_not_obeyed():
    winner = Winner(1, "Juara I", "Taman\u202e\u2066\u200b", "Kabupaten Sidoarjo\u0000", "1.5")

    [row] = table_rows(decree((winner,)))

    assert row.replace(" ", "") == "1.JuaraITaman[U+202E][U+2066][U+200B]KabupatenSidoarjo[U+0000]1,5"


def test_a_letter_without_letterform_is_shown_by_its_number():
    winner = Winner(1, "Juara I", "中 A", "Kota Batu", "1.5")

    assert table_rows(decree((winner,))) == ["1. Juara I [U+4E2D] A Kota Batu 1,5"]


def test_arabic_letters_are_printed_with_letterforms_of_our_own():
    winner = Winner(1, "Juara I", "كرامة", "Kota Batu", "1.5")

    document = pypdf.PdfReader(io.BytesIO(decree_pdf(decree((winner,), is_sample=False))))
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2].removesuffix("-Identity-H")
        for page in document.pages
        for font in page["/Resources"]["/Font"].values()
    }

    assert fonts == {
        "TeXGyreBonum-Regular", "TeXGyreBonum-Bold", "SourceSans3ExtraLight-Regular", "NotoNaskhArabic-Regular",
    }  # fmt: skip
    assert "U+" not in " ".join(pages(decree((winner,))))


def test_every_character_of_the_list_has_a_letterform():
    runs = [line.split("-") for line in (FONTS / "aksara.txt").read_text("utf-8").splitlines()[1:]]
    characters = [chr(code) for first, last in runs for code in range(int(first, 16), int(last, 16) + 1)]
    text = replace(decree(), considering=(" ".join(characters),))

    # PDF/A refuses a document with a letterform missing.
    assert decree_pdf(text).startswith(b"%PDF-1.7")


def test_the_file_is_an_archive_a_screen_reader_can_read():
    document = pypdf.PdfReader(io.BytesIO(decree_pdf(decree())))
    said = document.xmp_metadata.stream.get_data().decode()

    claims = [("aid:part", "2"), ("aid:conformance", "A"), ("uaid:part", "1")]
    assert re.findall(r"<pdf(u?aid:\w+)>(\w)</pdf", said) == claims
    assert document.metadata.title == "KEPUTUSAN GUBERNUR JAWA TIMUR NOMOR 188/966/KPTS/013/2022"
    assert document.trailer["/Root"]["/Lang"] == "id-ID"
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True


@pytest.mark.parametrize(("paper", "millimetres"), [("F4", (215, 330)), ("A4", (210, 297))])
def test_the_paper_is_the_one_the_edition_names(paper, millimetres):
    text = replace(decree(), paper=paper)

    sizes = {
        (round(float(page.mediabox.width) * 25.4 / 72), round(float(page.mediabox.height) * 25.4 / 72))
        for page in pypdf.PdfReader(io.BytesIO(decree_pdf(text))).pages
    }

    assert sizes == {millimetres}


LONG_NAME = "Kulon Progo Wetan Lor Kidul Tengah Barat Daya Utara Selatan"


@pytest.mark.parametrize(
    ("n", "name", "paper"),
    [(1, LONG_NAME, "A4"), (10, LONG_NAME, "F4"), (10, "Taman", "A4"), (30, "Taman", "F4"), (80, LONG_NAME, "A4")],
)
def test_no_signature_stands_alone_on_a_page(n, name, paper):
    winners = [Winner(place, f"Gelar {place}", name, "Kabupaten Sidoarjo", "80.00") for place in range(1, n + 1)]
    signed = [
        page.partition("Ditetapkan di")[0]
        for page in pages(replace(decree(winners, is_sample=False), paper=paper))
        if "Ditetapkan di" in page
    ]

    assert len(signed) == 2
    assert re.search(r"KE\w+ : .+ tanggal ditetapkan\. $", signed[0])
    assert signed[1].endswith(f" {n}. Gelar {n} {name} Kabupaten Sidoarjo 80,00 ")


def test_the_copies_do_not_fill_a_page_of_their_own():
    winners = [Winner(place, f"Harapan {place}", "Taman", "Kabupaten Sidoarjo", "80.00") for place in range(1, 11)]

    [page] = [page for page in pages(decree(winners)) if "Tembusan:" in page]

    assert "Ditetapkan di Surabaya" in page


_MAKE_ONE = """
import django, hashlib
django.setup()
from tests.publication.test_decree import decree
from sp2k.publication.documents.decree import decree_pdf
print(hashlib.sha256(decree_pdf(decree())).hexdigest())
"""


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Jayapura", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1"},
    ],
)
def test_the_same_result_makes_the_same_file_anywhere(surroundings, tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", _MAKE_ONE], cwd=EDITIONS.parents[2], capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "sp2k.config.settings",
             "SP2K_DATA_DIR": str(tmp_path), **surroundings},
    )  # fmt: skip

    assert (run.stderr, run.stdout.strip()) == ("", hashlib.sha256(decree_pdf(decree())).hexdigest())


def test_a_place_of_the_wording_without_its_fact_is_refused():
    with pytest.raises(BadInput) as refused:
        decree(facts={"nama": "SP2K"})

    assert str(refused.value) == "Isian {wilayah} dalam bagian keputusan tidak dikenal. Periksa berkas edisi."
