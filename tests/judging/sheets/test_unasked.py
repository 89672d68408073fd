"""A score sheet asks a juror only what applies to the kecamatan; the rest is said with its reason."""

import pytest

from sp2k.base.refusals import BadInput
from sp2k.judging.actions import record_sheet
from sp2k.judging.documents.blank import blanks_data
from sp2k.judging.models import Sheet
from sp2k.judging.paper_places import places_of
from sp2k.judging.queries.stage_sheets import read_sheets
from tests.judging.paper.story import Office
from tests.judging.sheets.phone import Phone, address_of, at_hour, words
from tests.story.small import FIRST, FORM, JURY_SEATED, THIRD, VISIT, at, duty, holder, play_small, sheet_with, stage

MORNING = at("2024-06-04 09.41")
INSTRUMENTS = (FORM, sheet_with("keluarkan"), VISIT)


@pytest.fixture
def judging(db, monkeypatch):
    at_hour(monkeypatch, MORNING)
    return play_small(JURY_SEATED, instruments=INSTRUMENTS)


@pytest.fixture
def phone(judging):
    return Phone(holder(judging, "dpmd"))


def test_the_sheet_of_a_city_asks_for_two_marks_and_says_why_not_for_the_third(judging, phone):
    page = words(phone.open(address_of(judging, THIRD, "dpmd")))

    assert ("nilai_I1" in phone.text, "nilai_I2" in phone.text) == (False, True)
    assert "0 dari 2 terisi, kurang K1, I2" in page
    assert (
        "Tidak berlaku (t.b.) I1 Gagasan t.b. Hanya untuk kecamatan yang mempunyai desa. Keluar dari nilai dan dari maksimum."
    ) in page


def test_the_sheet_of_a_kabupaten_asks_for_all(judging, phone):
    page = words(phone.open(address_of(judging, FIRST, "dpmd")))

    assert ("nilai_I1" in phone.text, "Tidak berlaku" in page) == (True, False)


def test_it_is_sealed_whole_without_the_mark_and_read_as_not_applying(judging, phone):
    address = address_of(judging, THIRD, "dpmd")
    phone.open(address)
    phone.press(f"{address}segel/", nilai_K1="95", nilai_I2="85", catatan="")

    sheet = Sheet.objects.get()
    assert list(sheet.marks.order_by("pk").values_list("indicator", flat=True)) == ["K1", "I2"]
    kept = words(phone.open(address))
    assert "I1 Gagasan t.b." in kept
    [read] = read_sheets(judging.bureau[0], stage(judging, "presentasi"), [sheet])
    assert read.marks == [("K1", "95"), ("I1", "t.b."), ("I2", "85")]


def test_a_mark_for_it_is_refused(judging):
    with pytest.raises(BadInput, match="Indikator I1 tidak ada pada lembar ini"):
        record_sheet(
            duty(judging, THIRD, "dpmd"), {"K1": "95", "I1": "80", "I2": "85"}, by=holder(judging, "dpmd"), now=MORNING
        )


def test_a_draft_counts_what_is_asked(judging, phone):
    address = address_of(judging, THIRD, "dpmd")
    phone.open(address)
    phone.press(f"{address}draf/", nilai_K1="95")

    assert "Draf, 1 dari 2" in words(phone.open("/juri/lembar/"))


@pytest.mark.django_db
def test_a_blank_has_no_box_for_it_and_the_typist_is_not_asked():
    office = Office(instruments=INSTRUMENTS)
    office.prints(office.duty(FIRST), office.duty(THIRD))
    papers = [office.paper(FIRST), office.paper(THIRD)]

    data = blanks_data(office.stage, papers, size="F4", address=lambda paper: paper.code)

    assert [blank["outside"] for blank in data["blanks"]] == [[], ["I1"]]
    assert [list(places_of(paper)) for paper in papers] == [["K1", "I1", "I2"], ["K1", "I2"]]
