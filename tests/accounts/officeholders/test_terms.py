"""Officeholders: terms that follow one another, a camat replaced in the middle of filling."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sp2k.accounts.actions import create_user
from sp2k.accounts.models import Officeholder
from sp2k.accounts.officeholders.actions import add_officeholder, correct_officeholder, end_term, hand_over
from sp2k.accounts.officeholders.nip import why_no_nip
from sp2k.accounts.officeholders.queries import officeholder_on, officeholders_on
from sp2k.accounts.officeholders.terms import Term
from sp2k.base.refusals import NotAllowed, Refused
from sp2k.entries.models import Entry
from sp2k.journal.queries import replay
from sp2k.regions.models import Region
from tests.story.small import BULUNGAN, FIRST, FORMS_OPEN, person, play_small

NIP = "197001011990031001"
SITI = Term("camat", "Dra. Siti Aminah, M.Si.", NIP, "Pembina, IV/a", date(2023, 1, 2), None, "SK 821/12/2022")
BUDI = Term("camat", "Budi", "", "", date(2024, 3, 15))


@pytest.fixture
def story(db):
    return play_small(until=FORMS_OPEN)


@pytest.fixture
def first(story):
    return Region.objects.select_related("parent").get(code=FIRST)


@pytest.fixture
def regency(story):
    return person(story, "R", BULUNGAN)


def bureau(story):
    return story.bureau[0]


def of(region):
    terms = Officeholder.objects.filter(region=region).order_by("since")
    return [(term.name, term.since.isoformat(), term.until and term.until.isoformat()) for term in terms]


class TestTerms:
    def test_a_camat_replaced_in_the_middle_of_filling_leaves_entry_and_account_alone(self, story, first, regency):
        siti = add_officeholder(first, SITI, by=regency, now=FORMS_OPEN)
        entries = list(Entry.objects.values_list("pk", "region_id"))

        hand_over(siti, BUDI, by=regency, now=FORMS_OPEN)

        assert of(first) == [
            ("Dra. Siti Aminah, M.Si.", "2023-01-02", "2024-03-14"),
            ("Budi", "2024-03-15", None),
        ]
        assert list(Entry.objects.values_list("pk", "region_id")) == entries
        assert officeholder_on(first, date(2024, 3, 14)).name == "Dra. Siti Aminah, M.Si."
        assert officeholder_on(first, date(2024, 3, 15)).name == "Budi"
        assert officeholder_on(first, date(2022, 1, 1)) is None

    def test_the_same_person_twice_is_one_row_and_one_line(self, story, first, regency):
        for _ in range(2):
            add_officeholder(first, SITI, by=regency, now=FORMS_OPEN)

        assert (len(of(first)), replay("pejabat").size) == (1, 1)

    def test_the_chain_tells_no_name(self, story, first, regency):
        siti = add_officeholder(first, SITI, by=regency, now=FORMS_OPEN)
        hand_over(siti, BUDI, by=regency, now=FORMS_OPEN)

        told = replay("pejabat")

        assert told.is_intact
        sealed = {"c", "was"}
        bodies = [
            (entry["type"], {key: text for key, text in entry["body"].items() if key not in sealed}) for entry in told.entries
        ]
        assert bodies == [
            ("officeholder.add", {"region": FIRST, "office": "camat", "since": "2023-01-02"}),
            ("officeholder.end", {"region": FIRST, "office": "camat", "until": "2024-03-14"}),
            ("officeholder.add", {"region": FIRST, "office": "camat", "since": "2024-03-15"}),
        ]

    def test_a_chair_still_held_is_refused_with_who_holds_it(self, story, first, regency):
        add_officeholder(first, SITI, by=regency, now=FORMS_OPEN)

        with pytest.raises(Refused) as refused:
            add_officeholder(first, Term("plt", "Budi", "", "", date(2024, 3, 15)), by=regency, now=FORMS_OPEN)

        assert refused.value.sentence == (
            f"Dra. Siti Aminah, M.Si. tercatat sebagai Camat {first.full_name} sejak 2 Januari 2023 dan masih menjabat. "
            "Serah terimakan atau akhiri masa jabatan itu lebih dahulu."
        )

    def test_a_plh_stands_in_beside_the_camat_and_is_named_only_where_there_is_none(self, story, first, regency):
        siti = add_officeholder(first, SITI, by=regency, now=FORMS_OPEN)
        plh = Term("plh", "Wakil", "", "", date(2024, 3, 1), date(2024, 3, 31))
        add_officeholder(first, plh, by=regency, now=FORMS_OPEN)
        named = officeholder_on(first, date(2024, 3, 10)).name
        end_term(siti, until=date(2024, 3, 5), by=regency, now=FORMS_OPEN)

        assert (named, officeholder_on(first, date(2024, 3, 10)).name) == ("Dra. Siti Aminah, M.Si.", "Wakil")
        assert [row.name for row in officeholders_on([FIRST], date(2024, 3, 10)).values()] == ["Wakil"]

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"name": "  "}, "Tulis nama pejabat Kecamatan {name}, {regency}, dengan gelarnya."),
            ({"name": "A\u202eB"}, "Nama memuat tanda yang tidak terlihat (U+202E), huruf ke-2. "
             "Hapus atau ketik ulang bagian itu."),
            ({"office": "sekda"}, "Kecamatan {name}, {regency} tidak mempunyai jabatan itu. "
             "Pilih Camat, Plt. Camat, Plh. Camat."),
            ({"nip": "19700101"}, "NIP 19700101 terdiri atas 8 angka, semestinya 18."),
            ({"until": date(2022, 1, 1)}, "Masa jabatan berakhir 1 Januari 2022, sebelum mulainya 2 Januari 2023."),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_refused(self, story, first, regency, changed, sentence):
        term = Term(**{**vars(SITI), **changed})

        with pytest.raises(Refused) as refused:
            add_officeholder(first, term, by=regency, now=FORMS_OPEN)

        assert refused.value.sentence == sentence.format(name=first.name, regency=first.parent.name)
        assert of(first) == []

    def test_a_wrong_record_is_mended_with_a_reason(self, story, first, regency):
        siti = add_officeholder(first, SITI, by=regency, now=FORMS_OPEN)
        mended = Term(**{**vars(SITI), "nip": ""})

        with pytest.raises(Refused):
            correct_officeholder(siti, mended, reason=" ", by=regency, now=FORMS_OPEN)
        correct_officeholder(siti, mended, reason="Salah orang", by=regency, now=FORMS_OPEN)

        assert Officeholder.objects.get().nip == ""
        assert replay("pejabat").entries[-1]["body"]["changed"] == ["nip"]


def test_who_may_record_whom(story, first, regency):
    province = Region.objects.get(code="65")
    bulungan = Region.objects.get(code=BULUNGAN)
    other = Region.objects.get(code="65.04.01")
    head = Term("kepala-daerah", "Bupati", "", "", date(2021, 1, 1))

    add_officeholder(bulungan, head, by=bureau(story), now=FORMS_OPEN)
    add_officeholder(province, head, by=bureau(story), now=FORMS_OPEN)
    for region, term in ((bulungan, head), (other, SITI)):
        with pytest.raises(NotAllowed):
            add_officeholder(region, term, by=regency, now=FORMS_OPEN)
    with pytest.raises(NotAllowed):
        add_officeholder(first, SITI, by=person(story, "V", BULUNGAN), now=FORMS_OPEN)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [(NIP, True), ("19700101199003100", False), ("197013011990031001", False), ("197001011990033001", False),
     ("19700101199003100A", False), ("١٩٧٠٠١٠١١٩٩٠٠٣١٠٠١", False)],
)  # fmt: skip
def test_an_nip_is_eighteen_digits_that_begin_with_a_day_of_birth(text, is_one):
    assert (why_no_nip(text) is None) == is_one


class TestTheList:
    @pytest.fixture(autouse=True)
    def at_the_time(self, monkeypatch):
        monkeypatch.setattr("sp2k.base.clock.now", lambda: FORMS_OPEN)

    @pytest.fixture
    def client(self, client, regency):
        client.force_login(regency)
        return client

    def test_the_list_shows_who_is_in_office_and_who_is_missing(self, client, first, regency):
        add_officeholder(first, SITI, by=regency, now=FORMS_OPEN)

        page = client.get("/pejabat/").content.decode()
        missing = client.get("/pejabat/?kosong=1").content.decode()

        assert ("Dra. Siti Aminah, M.Si." in page, page.count('"muted">belum dicatat</span>')) == (True, 2)
        assert "Dra. Siti Aminah, M.Si." not in missing

    def test_a_handover_is_typed_on_the_page(self, client, first, regency):
        siti = add_officeholder(first, SITI, by=regency, now=FORMS_OPEN)
        told = {"office": "camat", "name": "Budi", "nip": "19800202 200502 2 002", "since": "2024-03-15"}

        client.post(f"/pejabat/{FIRST}/{siti.pk}/serah-terima/", told)

        assert of(first)[1] == ("Budi", "2024-03-15", None)
        assert Officeholder.objects.get(name="Budi").nip == "198002022005022002"

    def test_a_number_of_another_person_is_asked_about_on_the_page_too(self, client, first, regency):
        siti = add_officeholder(first, SITI, by=regency, now=FORMS_OPEN)
        told = {"office": "camat", "name": "Budi", "nip": NIP, "since": "2024-03-15"}
        address = f"/pejabat/{FIRST}/{siti.pk}/serah-terima/"

        asked = client.post(address, told)
        before = of(first)
        client.post(address, told | {"sure": "on"})

        assert asked.status_code == 422 and "NIP ini memang milik orang ini" in asked.content.decode()
        assert f"sudah tercatat pada {SITI.name}, Camat {first.full_name}." in asked.content.decode()
        assert (before, of(first)[1]) == ([(SITI.name, "2023-01-02", None)], ("Budi", "2024-03-15", None))
        assert "NIP ini memang milik" not in client.get(address).content.decode()

    def test_the_act_itself_refuses_a_number_of_another_person(self, client, first, regency):
        siti = add_officeholder(first, SITI, by=regency, now=FORMS_OPEN)

        with pytest.raises(Refused, match=f"NIP {NIP} sudah tercatat pada orang lain."):
            hand_over(siti, Term(**{**vars(BUDI), "nip": NIP}), by=regency, now=FORMS_OPEN)

    def test_the_queries_do_not_grow_with_the_list(self, story, client, regency, first):
        client.force_login(bureau(story))
        add_officeholder(first, SITI, by=regency, now=FORMS_OPEN)
        client.get("/pejabat/?halaman=semua")

        with CaptureQueriesContext(connection) as few:
            client.get("/pejabat/?kab=65.01&halaman=semua")
        with CaptureQueriesContext(connection) as many:
            client.get("/pejabat/?halaman=semua")

        assert len(many) == len(few)

    def test_others_do_not_find_the_page(self, client, story):
        client.force_login(person(story, "C", BULUNGAN))

        assert client.get("/pejabat/").status_code == 404
        assert client.get(f"/pejabat/{FIRST}/").status_code == 404


def test_a_regency_next_door_sees_nothing_of_it(client, story, first):
    client.force_login(create_user("tetangga", "Tetangga", roles=[("R", "65.04")]))

    assert client.get(f"/pejabat/{FIRST}/").status_code == 404
