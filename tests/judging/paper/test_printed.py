"""What comes out of the printer, and the list of papers."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from sp2k.judging.actions import print_papers
from sp2k.judging.codes import grouped
from sp2k.judging.models import Assignment, PaperSheet
from tests.judging.paper.story import LIST, PRINT, Office, words
from tests.story.small import FIRST, SECOND, THIRD
from tests.story.unchanged import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def as_person(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def test_of_no_duty_at_all_nobody_says_that_every_one_was_judged(office):
    with refused("Tidak ada tugas pada pilihan itu, jadi tidak ada kertas yang dicetak. Pilih kursi atau peserta lain."):
        print_papers(office.stage, [], by=office.first, now=office.now)


# -- what is printed ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "height"), [("F4", 935), ("A4", 842)])
def test_the_blanks_are_one_page_a_duty_with_code_names_and_the_word_sample(office, as_person, size, height):
    client = as_person(office.first)
    client.post(PRINT, {"kursi": "", "peserta": "", "ukuran": size})

    answer = client.get(f"{PRINT}lembar.pdf?kursi=&peserta=&ukuran={size}")

    pages = PdfReader(io.BytesIO(answer.content)).pages
    papers = {paper.assignment_id: paper for paper in PaperSheet.objects.select_related("juror")}
    duties = Assignment.objects.filter(participation__stage=office.stage).order_by(
        "seat__position", "participation__entry__region"
    )
    assert len(pages) == len(papers) == 9
    assert round(float(pages[0].mediabox.height)) == height
    for page, duty in zip(pages, duties, strict=True):
        text = " ".join(page.extract_text().split())
        region = duty.participation.entry.region
        for told in (
            papers[duty.pk].shown_code, f"Kecamatan {region.name}", region.parent.name, papers[duty.pk].juror.name,
            duty.seat.institution, "K1", "bukan nol", "DATA CONTOH", "tanda tangan juri",
        ):  # fmt: skip
            assert told in text, told


def test_the_pdf_can_be_of_one_seat_and_one_entry(office, as_person):
    client, duty = as_person(office.first), office.duty()
    chosen = {"kursi": duty.seat_id, "peserta": duty.participation_id, "ukuran": "A4"}

    printed = client.post(PRINT, chosen)
    pdf = client.get(printed.url.replace("?", "lembar.pdf?"))

    assert PaperSheet.objects.count() == len(PdfReader(io.BytesIO(pdf.content)).pages) == 1


def test_getting_a_pdf_makes_no_codes(office, as_person):
    client = as_person(office.first)

    assert client.get(f"{PRINT}lembar.pdf?kursi=&peserta=&ukuran=F4").status_code == 404
    assert not PaperSheet.objects.exists()


def test_the_list_of_codes_says_sample_and_holds_every_code_and_no_mark(office, as_person):
    paper = office.typed_alike({"K1": "61,3", "I1": "62,4", "I2": "63,5"})
    office.paper(THIRD)

    answer = as_person(office.first).get(f"{PRINT}kode.xlsx")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0].startswith("Data contoh")
    assert [row[5] for row in rows[2:]] == ["Menunggu konfirmasi juri", "Dicetak"]
    assert rows[2][0] == grouped(paper.code) and "61" not in str(rows).replace(grouped(paper.code), "")


# -- the list -----------------------------------------------------------------------------------------------------------


def test_the_list_asks_as_much_for_nine_papers_as_for_one(office, as_person):
    client = as_person(office.first)
    office.paper()
    client.get(LIST)

    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        asked.append(len(queries))
        client.post(PRINT, {"kursi": "", "peserta": "", "ukuran": "F4"})
        client.get(LIST)  # shows and forgets what the printing said

    assert PaperSheet.objects.count() == 9
    assert asked[0] == asked[1], asked


def test_the_list_is_narrowed_by_state_stage_and_words(office, as_person):
    office.types(office.paper(FIRST), office.first)
    office.paper(SECOND)
    client, stage = as_person(office.first), office.stage

    def n(query):
        return client.get(f"{LIST}?{query}").content.decode().count("papercode")

    name = office.duty(SECOND).participation.entry.region.name
    assert (n(""), n("keadaan=satu"), n(f"tahap={stage.pk}"), n(f"cari={name}"), n("keadaan=ditarik")) == (2, 1, 2, 1, 0)
    assert n("keadaan=tidak-ada&tahap=abc") == 2
    assert "Tidak ada kertas dengan saringan ini" in words(client.get(f"{LIST}?keadaan=ditarik"))


def test_an_empty_list_says_what_will_fill_it(office, as_person):
    assert "Belum ada lembar kertas" in words(as_person(office.first).get(LIST))
