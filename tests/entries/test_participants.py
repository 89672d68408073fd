"""The bureau's list of kecamatan: state, filters, sorting and paging in the address, and never a score."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sp2k.accounts.actions import create_user
from sp2k.accounts.policy import why_not
from sp2k.base import clock
from sp2k.entries.models import Participation
from sp2k.entries.queries import participations_visible_to
from tests.entries.pages import browser, camat, text, words
from tests.story.locking import call_entry
from tests.story.small import BULUNGAN, FORMS_IN, FORMS_OPEN, TANA_TIDUNG, at, other_bureau, person, play_small

HERE = "/isian/peserta/kaltara-2024-uji/"


@pytest.fixture
def story(db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: FORMS_OPEN)
    return play_small(FORMS_OPEN)


@pytest.fixture
def bureau(story):
    return browser(story.bureau[0])


def names(response) -> list[str]:
    return [row["kecamatan"] for row in table(response)]


def table(response) -> list[dict]:
    first, _, rest = response.content.decode().partition("\n")
    assert first.startswith("# Data contoh: ")
    return list(csv.DictReader(io.StringIO(rest)))


def test_every_kecamatan_stands_there_with_the_state_of_its_form(story, bureau):
    form = camat(story)
    form.open("A")
    form.type({"isian:A2:layanan": "12"})

    page = words(bureau.get(HERE))

    assert "9 kecamatan 0 dikirim, 0 diterima, 0 dikembalikan, 1 draf, 8 belum diisi." in page
    assert "65.01.01 Tanjung Palas Kabupaten Bulungan belum ada belum ada Draf" in page
    form.send()
    assert "65.01.01 Tanjung Palas Kabupaten Bulungan 1 4 Maret 2024, 09.00 WITA Dikirim" in words(bureau.get(HERE))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("cari=palas+utara", ["Tanjung Palas Utara"]),
        ("cari=65.71.0", ["Tarakan Barat", "Tarakan Tengah", "Tarakan Timur"]),
        ("kabupaten=65.71&urut=-nama", ["Tarakan Timur", "Tarakan Tengah", "Tarakan Barat"]),
        ("status=diterima", []),
        ("status=bukan-status&kabupaten=65.71&urut=nilai", ["Tarakan Barat", "Tarakan Tengah", "Tarakan Timur"]),
        ("cari=%27+OR+1%3D1", []),
    ],
)
def test_the_list_and_its_file_follow_the_same_conditions(story, bureau, asked, found):
    kept = names(bureau.get(f"{HERE}tabel.csv?{asked}"))

    assert sorted(kept) == sorted(found)
    assert kept == found or "urut" not in asked or "nilai" in asked
    page = words(bureau.get(f"{HERE}?{asked}"))
    assert [name for name in found if name not in page] == []


def test_a_head_says_how_the_list_is_sorted_and_turns_it_round(story, bureau):
    page = text(bureau.get(f"{HERE}?urut=nama&cari=tarakan"))

    assert '<th scope="col" aria-sort="ascending"><a href="?urut=-nama&cari=tarakan">' in page
    assert page.count("aria-sort") == 1


def test_a_name_that_begins_like_a_formula_stays_text(story, bureau):
    name = '=HYPERLINK("http://contoh")'
    call_entry(story.edition, "65.01.01", name, by=story.bureau[0], now=FORMS_OPEN)

    assert names(bureau.get(f"{HERE}tabel.csv?cari=65.01.01")) == ["'" + name]
    assert bureau.get(f"{HERE}tabel.xlsx").content[:2] == b"PK"


def test_a_regency_sees_its_own_part_of_the_list_and_others_see_nothing(story):
    assert names(browser(person(story, "R", BULUNGAN)).get(f"{HERE}tabel.csv")) == [
        "Tanjung Palas", "Tanjung Palas Barat", "Tanjung Palas Utara",
    ]  # fmt: skip
    for user in (person(story, "C", BULUNGAN), story.leader, other_bureau()):
        assert browser(user).get(HERE).status_code == 404


def test_who_is_listed_is_who_may_be_asked_for_and_reading_follows_the_policy(story):
    witness = create_user("saksi", "Saksi", roles=[("I", "65")])
    own = person(story, "C", TANA_TIDUNG)
    everyone = Participation.objects.select_related("stage__edition", "entry__region")

    for user in (witness, own, person(story, "V", BULUNGAN), story.bureau[0], story.leader, other_bureau()):
        listed = set(participations_visible_to(user).values_list("pk", flat=True))
        readable = {row.pk for row in everyone if why_not(user, "form.read", row, now=FORMS_IN) is None}
        assert readable <= listed
        assert bool(listed) == (user not in (story.leader, other_bureau()))


def test_the_whole_province_costs_as_many_queries_as_one_regency(jatim_2022, client, django_user_model):
    client.force_login(django_user_model.objects.get(username="provinsi"))
    here = "/isian/peserta/jatim-2022/"

    def cost(address) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address).content.decode()
        return page.count('class="corner"'), len(queries)

    few, n_few = cost(f"{here}?kabupaten=35.79")
    half, n_half = cost(here)
    every, n_every = cost(f"{here}?halaman=semua")

    assert (few, half, every) == (3, 50, 666)
    assert (n_few, n_every) == (n_half, n_half + 1)  # all on one page are counted once more


class TestRegistering:
    """The button that lets the kecamatan of a region enter the first stage of an edition whose rules are locked."""

    @pytest.fixture
    def locked(self, db, monkeypatch):
        monkeypatch.setattr(clock, "now", lambda: at("2024-03-01 09.00"))
        return play_small(at("2024-03-01 09.00"))

    def test_the_bureau_registers_all_kecamatan_at_once_and_they_stand_in_the_list(self, locked):
        office = browser(locked.bureau[0])
        before = words(office.get(HERE))

        page = words(office.post(f"{HERE}isian/daftar/", follow=True))

        assert "Peserta belum didaftarkan" in before and "Daftarkan 9 kecamatan" in before
        assert "9 kecamatan terdaftar sebagai peserta." in page
        assert "0 dikirim, 0 diterima, 0 dikembalikan, 0 draf, 9 belum diisi." in page
        assert Participation.objects.filter(stage__code="isian").count() == 9

    def test_a_second_press_registers_nobody_twice(self, locked):
        office = browser(locked.bureau[0])
        office.post(f"{HERE}isian/daftar/")

        again = words(office.post(f"{HERE}isian/daftar/", follow=True))

        assert "Peserta tidak dapat ditetapkan dua kali." in again
        assert Participation.objects.count() == 9

    def test_a_later_stage_is_entered_by_those_who_advance_and_not_by_this_button(self, locked):
        office = browser(locked.bureau[0])

        said = words(office.post(f"{HERE}presentasi/daftar/", follow=True))

        assert "Tahap Presentasi diisi oleh yang lolos dari tahap sebelumnya" in said
        assert Participation.objects.count() == 0

    def test_whoever_is_not_the_bureau_of_the_region_registers_nobody(self, locked):
        for user in (other_bureau(), locked.leader, person(locked, "R", BULUNGAN), person(locked, "C", BULUNGAN)):
            assert browser(user).post(f"{HERE}isian/daftar/").status_code in {403, 404}
        assert Participation.objects.count() == 0

    def test_the_page_of_the_edition_and_of_the_stage_lead_there(self, locked):
        office = browser(locked.bureau[0])

        assert "Peserta belum didaftarkan" in words(office.get("/edisi/kaltara-2024-uji/"))
        assert "Daftarkan semua kecamatan" in words(office.get("/tahap/kaltara-2024-uji/isian/"))
        office.post(f"{HERE}isian/daftar/")
        assert "Peserta belum didaftarkan" not in words(office.get("/edisi/kaltara-2024-uji/"))
        assert "Daftarkan semua kecamatan" not in words(office.get("/tahap/kaltara-2024-uji/isian/"))
