"""2022 as it really ran: from the first indicator to the published five. Source of the five, their titles, the decree's
number and date: the announcement of 28 December 2022 (suarapubliknews.net), jpipnetwork.id."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from sp2k.base.blobs import read_blob
from sp2k.demo.load import SHIPPED
from sp2k.demo.targets import FOLDER, read_targets
from sp2k.journal.queries import replay
from sp2k.publication.checking.status import edition_status
from sp2k.publication.queries import public_result
from sp2k.results.queries import edition_progress
from tests.story.told import tell

PUBLISHED = [
    ("Juara I", "Rogojampi", "Kabupaten Banyuwangi"),
    ("Juara II", "Taman", "Kabupaten Sidoarjo"),
    ("Juara III", "Tongas", "Kabupaten Probolinggo"),
    ("Juara Harapan I", "Bumiaji", "Kota Batu"),
    ("Juara Harapan II", "Pamekasan", "Kabupaten Pamekasan"),
]


def winners(edition):
    return [(row.title, row.name, row.regency) for row in public_result(edition).winners]


def decree_words(edition) -> str:
    pages = PdfReader(io.BytesIO(read_blob(edition.decree.document))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_published_five_come_out_with_their_titles(jatim_2022):
    assert winners(jatim_2022) == PUBLISHED


def test_the_numbers_of_the_year_are_those_of_the_story(jatim_2022):
    counts = [(p.stage.code, p.n_entries, p.n_sheets, p.n_expected, p.n_through) for p in edition_progress(jatim_2022)]

    assert counts == [
        ("isian", 666, 666, 666, 666), ("seleksi", 666, 38, 38, 30), ("presentasi", 30, 180, 180, 5),
        ("lapang", 5, 30, 30, 5),
    ]  # fmt: skip
    assert jatim_2022.stages.get(code="seleksi").nominations.filter(participation=None).count() == 8


def test_the_journal_tells_the_same_result_as_the_rows(jatim_2022):
    told = edition_status(jatim_2022)

    assert told["rantai"] == "utuh"
    assert [(row["gelar"], row["kode"], row["nilai"]) for row in told["hasil"]] == [
        (row.title, row.code, row.total) for row in public_result(jatim_2022).winners
    ]


def test_the_decree_read_back_from_its_pdf_says_what_was_frozen(jatim_2022):
    words = decree_words(jatim_2022)

    assert "NOMOR 188/966/KPTS/013/2022" in words
    assert "pada tanggal 21 Desember 2022" in words
    for row in public_result(jatim_2022).winners:
        assert f"{row.title} Kecamatan {row.name}, {row.regency}" in words
        assert row.total.replace(".", ",") in words


@pytest.mark.slow
def test_with_lower_targets_for_rogojampi_taman_becomes_juara_one_in_decree_and_page(demonstration, db, client):
    """Nothing below the demonstration knows a winner: another draw is another decree."""
    drawn = read_targets(FOLDER / "jatim-2022.yaml")
    lower = {stage: {**marks, "35.10.13": marks["35.10.13"] - 2.5} for stage, marks in drawn.scores.items()}
    other = replace(drawn, scores=lower, decree={"nomor": "188/uji/2022", "tanggal": "2022-12-21"})
    source = (SHIPPED / "editions" / "data" / "jatim-2022.yaml").read_text(encoding="utf-8")
    source = source.replace("edisi: jatim-2022", "edisi: jatim-2022-lain")

    edition = tell("jatim-2022-lain", other, source=source).play().edition

    assert winners(edition)[0] == ("Juara I", "Taman", "Kabupaten Sidoarjo")
    assert "Juara I Kecamatan Taman, Kabupaten Sidoarjo" in decree_words(edition)
    page = client.get("/hasil/jatim-2022-lain/").content.decode()
    assert page.index("Taman") < page.index("Rogojampi")
    assert replay(edition.chain_id).is_intact
