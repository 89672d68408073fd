"""A sheet being written: kept as typed, by the page while typing or by its button; two devices lose nothing between them."""

import pytest

from sp2k.journal.models import Line
from sp2k.judging.actions import record_attendance
from sp2k.judging.actions.drafts import MOST_SET_ASIDE
from sp2k.judging.models import Sheet, SheetDraft
from tests.judging.sheets.phone import EIGHTY, address_of, at_hour, fresh, phone_of, words
from tests.story.small import FIRST, JURY_SEATED, SECOND, at, duty, play_small

MORNING = at("2024-06-04 09.41")


@pytest.fixture
def judging(db, monkeypatch):
    at_hour(monkeypatch, MORNING)
    return play_small(until=JURY_SEATED)


@pytest.fixture
def sheet(judging):
    """The addresses of one duty's sheet."""
    return lambda rest="": address_of(judging, FIRST, "dpmd", rest)


@pytest.fixture
def phone(judging):
    return phone_of(judging, "dpmd")


@pytest.fixture
def tablet(judging):
    """The same juror's other device."""
    return phone_of(judging, "dpmd")


class TestKeeping:
    def test_what_is_typed_is_kept_and_the_page_says_when(self, sheet, phone):
        phone.open(sheet())

        answer = phone.type(sheet("draf/"), nilai_K1="87,5", catatan="Angka\r\nsebelum dan sesudah")

        draft = SheetDraft.objects.get()
        assert (answer.status_code, answer.json()) == (200, {"says": "Tersimpan 09.41 WITA."})
        assert (draft.marks, draft.note) == ({"K1": "87,5", "I1": "", "I2": ""}, "Angka\r\nsebelum dan sesudah")
        assert str(draft.op_id) == phone.fields["op_id"]
        assert (draft.device_nonce, draft.base_rev) == (phone.fields["device_nonce"], 0)

    def test_what_cannot_be_read_is_kept_and_told(self, sheet, phone):
        phone.open(sheet())

        answer = phone.type(sheet("draf/"), nilai_K1="87.500", nilai_I1="105", nilai_I2="baik", catatan="a\u202eb")

        assert answer.status_code == 200
        assert answer.json()["says"] == (
            "Tersimpan 09.41 WITA. "
            "Catatan memuat tanda yang tidak terlihat (U+202E), huruf ke-2. Hapus atau ketik ulang bagian itu. "
            "Nilai K1: angka 87.500 dapat dibaca sebagai 87500 atau 87,5. Bila maksudnya 87,5, tulis 87,5. "
            "Nilai I1 harus antara 0 dan 100. Anda menulis 105. "
            'Nilai I2 harus angka, misalnya 87,5. Anda menulis "baik".'
        )
        assert SheetDraft.objects.get().marks == {"K1": "87.500", "I1": "105", "I2": "baik"}

    def test_the_button_keeps_it_without_javascript_and_the_page_comes_back_filled(self, sheet, phone):
        phone.open(sheet())

        answer = phone.press(sheet("draf/"), nilai_K1="87.500", catatan="Ada.")

        assert (answer.status_code, answer["Location"]) == (302, sheet())
        said = words(phone.open(sheet()))
        assert "Tersimpan 09.41 WITA. Nilai K1: angka 87.500 dapat dibaca" in said
        assert "1 dari 3 terisi, kurang I1, I2" in said
        assert 'value="87.500"' in phone.text and "Salah: lembar" not in said

    def test_nothing_typed_makes_no_draft(self, sheet, phone):
        phone.open(sheet())

        answer = phone.type(sheet("draf/"), nilai_K1=" ")

        assert (answer.json(), SheetDraft.objects.count()) == ({"says": "Belum ada yang diketik."}, 0)

    def test_a_draft_that_is_emptied_is_kept_empty(self, sheet, phone):
        phone.open(sheet())
        phone.type(sheet("draf/"), nilai_K1="80")

        phone.type(sheet("draf/"), nilai_K1="")

        assert SheetDraft.objects.get().marks["K1"] == ""

    def test_a_draft_is_no_sheet_and_leaves_no_line_in_the_journal(self, judging, sheet, phone):
        before = Line.objects.count()
        phone.open(sheet())

        phone.type(sheet("draf/"), **EIGHTY)

        assert (Sheet.objects.count(), Line.objects.count()) == (0, before)

    def test_fields_that_nobody_offered_and_endless_text_are_not_kept(self, sheet, phone):
        phone.open(sheet())

        phone.type(sheet("draf/"), nilai_X9="80", nilai_K1="9" * 500, catatan="x" * 30_000 + "\x00", by="1")

        draft = SheetDraft.objects.get()
        assert (set(draft.marks), len(draft.marks["K1"]), len(draft.note)) == ({"K1", "I1", "I2"}, 60, 20_000)

    def test_the_draft_goes_on_after_the_deadline_and_not_before_the_opening(self, judging, sheet, phone, monkeypatch):
        typed = fresh() | {"nilai_K1": "80"}

        at_hour(monkeypatch, at("2024-06-04 07.59"))
        early = phone.type(sheet("draf/"), **typed)
        at_hour(monkeypatch, at("2024-06-05 16.01"))
        late = phone.type(sheet("draf/"), **typed)

        assert (early.status_code, early.json()["says"]) == (
            403,
            "Tahap Presentasi baru dibuka pada 4 Juni 2024, 08.00 WITA.",
        )
        assert (late.status_code, late.json()["says"]) == (200, "Tersimpan 16.01 WITA.")

    def test_a_draft_that_cannot_be_kept_comes_back_with_its_reason_and_its_words(self, sheet, phone):
        phone.open(sheet())
        phone.fields["naskah"] = "bukan"

        answer = phone.press(sheet("draf/"), nilai_K1="80")

        assert (answer.status_code, SheetDraft.objects.count(), 'value="80"' in phone.text) == (422, 0, True)
        assert "Salah: draf belum tersimpan Kiriman dari perangkat ini rusak di jalan." in words(answer)

    def test_a_number_that_another_sending_has_used_is_not_used_again(self, judging, sheet, phone, tablet):
        """Nothing is lost and nothing collides when a device sends a number twice for two different sheets."""
        phone.open(sheet())
        phone.press(sheet("segel/"), **EIGHTY)
        typed = phone.fields | {"nilai_K1": "70"}

        answer = tablet.type(address_of(judging, SECOND, "dpmd", "draf/"), **typed)

        assert answer.status_code == 200
        assert str(SheetDraft.objects.get().op_id) != phone.fields["op_id"]

    def test_an_absence_recorded_meanwhile_leaves_the_draft_where_it_is(self, judging, sheet, phone):
        phone.open(sheet())
        phone.type(sheet("draf/"), nilai_K1="80")
        record_attendance([duty(judging, FIRST, "dpmd")], "absen", by=judging.bureau[0], now=MORNING, reason="Sakit.")

        assert phone.open(sheet()).status_code == 403
        record_attendance([duty(judging, FIRST, "dpmd")], "hadir", by=judging.bureau[0], now=MORNING)
        assert 'value="80"' in phone.open(sheet()).content.decode()


class TestTwoDevices:
    def test_a_page_that_has_not_seen_the_other_does_not_write_over_it(self, sheet, phone, tablet, monkeypatch):
        phone.open(sheet())
        tablet.open(sheet())
        phone.type(sheet("draf/"), nilai_K1="80")
        at_hour(monkeypatch, at("2024-06-04 10.31"))

        answer = tablet.type(sheet("draf/"), nilai_I1="70")

        assert answer.status_code == 409
        assert answer.json()["says"] == (
            "Lembar ini juga diubah di perangkat lain pukul 09.41 WITA. Ketikan di halaman ini disimpan terpisah; "
            'tekan "Simpan draf" untuk memilih versi yang berlaku.'
        )
        draft = SheetDraft.objects.get()
        assert (draft.marks["K1"], draft.marks["I1"]) == ("80", "")
        assert [version["marks"]["I1"] for version in draft.set_aside] == ["70"]

    def test_a_page_opened_after_the_other_has_saved_goes_on_with_its_words(self, sheet, phone, tablet):
        phone.open(sheet())
        phone.type(sheet("draf/"), nilai_K1="80")
        tablet.open(sheet())

        answer = tablet.type(sheet("draf/"), nilai_K1="80", nilai_I1="70")
        stale = phone.type(sheet("draf/"), nilai_K1="81")

        assert (answer.status_code, stale.status_code) == (200, 409)
        assert SheetDraft.objects.get().marks == {"K1": "80", "I1": "70", "I2": ""}

    def test_one_page_saves_as_often_as_it_likes_and_is_set_aside_once(self, sheet, phone, tablet):
        phone.open(sheet())
        tablet.open(sheet())
        for mark in ("80", "81", "82"):
            assert phone.type(sheet("draf/"), nilai_K1=mark).status_code == 200
        for mark in ("70", "71", "72"):
            assert tablet.type(sheet("draf/"), nilai_K1=mark).status_code == 409

        draft = SheetDraft.objects.get()
        assert (draft.marks["K1"], [version["marks"]["K1"] for version in draft.set_aside]) == ("82", ["72"])

    def test_the_same_words_on_both_are_no_conflict(self, sheet, phone, tablet):
        phone.open(sheet())
        tablet.open(sheet())
        phone.type(sheet("draf/"), **EIGHTY)

        answer = tablet.type(sheet("draf/"), **EIGHTY)

        assert (answer.status_code, SheetDraft.objects.get().set_aside) == (200, [])

    def test_a_page_that_saves_once_more_while_it_closes_is_no_other_device(self, sheet, phone):
        phone.open(sheet())
        closing = dict(phone.fields)
        phone.press(sheet("draf/"), nilai_K1="80")
        phone.open(sheet())
        phone.client.post(sheet("draf/"), closing | {"nilai_K1": "80"}, headers={"Accept": "application/json"})

        typed = phone.type(sheet("draf/"), nilai_K1="80", nilai_I1="70")
        sealed = phone.press(sheet("segel/"), nilai_K1="80", nilai_I1="70")

        assert (typed.status_code, sealed.status_code) == (200, 422)
        assert "Salah: lembar belum dapat disegel" in words(sealed)
        assert SheetDraft.objects.get().set_aside == []

    def test_both_versions_stand_side_by_side_and_the_one_chosen_goes_on(self, sheet, phone, tablet, monkeypatch):
        phone.open(sheet())
        tablet.open(sheet())
        phone.type(sheet("draf/"), nilai_K1="80", nilai_I1="75")
        at_hour(monkeypatch, at("2024-06-04 10.31"))

        answer = tablet.press(sheet("draf/"), nilai_K1="80", nilai_I1="70", catatan="Dari tablet.")

        assert (answer.status_code, answer["Location"]) == (302, sheet("versi/"))
        said = words(tablet.open(sheet("versi/")))
        assert "Nilai Versi A 09.41 WITA Versi B 10.31 WITA" in said
        assert "I1 Gagasan beda 75 70" in said and "K1 Kinerja 80 80" in said
        chosen = SheetDraft.objects.get().set_aside[0]["copy"]
        answer = tablet.press(sheet("versi/"), pilih=chosen)
        assert (answer.status_code, answer["Location"]) == (302, sheet())
        draft = SheetDraft.objects.get()
        assert (draft.marks["I1"], draft.note, draft.set_aside[0]["marks"]["I1"]) == ("70", "Dari tablet.", "75")
        assert "Lembar ini juga diubah di halaman atau perangkat lain; keduanya tersimpan." in words(
            tablet.open(sheet())
        )

    def test_a_version_that_nobody_kept_cannot_be_chosen(self, sheet, phone):
        phone.open(sheet())
        phone.type(sheet("draf/"), nilai_K1="80")

        for copy in ("", "f" * 32, "<b>"):
            phone.press(sheet("versi/"), pilih=copy)
            assert "Versi itu tidak ada lagi." in words(phone.open(sheet("versi/")))
        assert SheetDraft.objects.get().marks["K1"] == "80"

    def test_no_more_than_so_many_pages_are_set_aside_and_the_newest_stay(self, sheet, phone):
        phone.open(sheet())
        phone.type(sheet("draf/"), nilai_K1="80")
        for n in range(MOST_SET_ASIDE + 3):
            phone.type(sheet("draf/"), nilai_K1=str(n), naskah=f"{n:032x}", dilihat="0")

        kept = [version["marks"]["K1"] for version in SheetDraft.objects.get().set_aside]
        assert kept == [str(n) for n in range(3, MOST_SET_ASIDE + 3)]


class TestSealedElsewhere:
    @pytest.fixture
    def overtaken(self, sheet, phone, tablet, monkeypatch):
        """Both devices opened the empty sheet; the phone has sealed; the tablet presses Segel a little later."""
        phone.open(sheet())
        tablet.open(sheet())
        phone.press(sheet("segel/"), **EIGHTY)
        at_hour(monkeypatch, at("2024-06-04 10.31"))
        return tablet.press(sheet("segel/"), **EIGHTY | {"nilai_K1": "90"}, catatan="Dari tablet.")

    def test_the_second_sealing_is_kept_and_shown_beside_the_first(self, sheet, overtaken, tablet):
        assert (overtaken.status_code, overtaken["Location"]) == (302, sheet("versi/"))
        assert Sheet.objects.count() == 1

        said = words(tablet.open(sheet("versi/")))

        assert (
            "Lembar ini sudah diterima dari perangkat lain, 4 Juni 2024, 09.41 WITA (revisi 1), sebelum versi ini"
            in said
        )
        assert "Nilai Diterima server 09.41 WITA Versi A 10.31 WITA" in said and "K1 Kinerja beda 80 90" in said
        assert "Ubah lembar menjadi versi A" in said and "Biarkan lembar yang sudah diterima" in said

    def test_the_other_version_becomes_a_revision_with_a_reason_under_a_new_number(self, sheet, overtaken, tablet):
        old_number = SheetDraft.objects.get().op_id

        answer = tablet.press(sheet("versi/"), pilih=SheetDraft.objects.get().copy)

        assert (answer.status_code, answer["Location"]) == (302, sheet("ubah/"))
        tablet.open(sheet("ubah/"))
        assert tablet.fields["base_rev"] == "1" and tablet.fields["op_id"] != str(old_number)
        typed = EIGHTY | {"nilai_K1": "90", "catatan": "Dari tablet."}
        assert tablet.press(sheet("segel/"), **typed).status_code == 422
        assert tablet.press(sheet("segel/"), **typed, perubahan="Tablet yang benar.").status_code == 302
        assert list(Sheet.objects.values_list("revision", "reason")) == [(1, ""), (2, "Tablet yang benar.")]
        assert SheetDraft.objects.count() == 0

    def test_the_sheet_received_may_be_left_as_it_is(self, sheet, overtaken, tablet):
        answer = tablet.press(sheet("versi/"), pilih="buang")

        assert (answer["Location"], SheetDraft.objects.count(), Sheet.objects.count()) == (sheet(), 0, 1)
        assert "Draf dibuang. Lembar yang sudah diterima tetap berlaku." in words(tablet.open(sheet()))

    def test_a_form_of_a_change_whose_ground_has_moved_leads_to_the_choice(self, sheet, overtaken, tablet):
        answer = tablet.client.get(sheet("ubah/"))

        assert (answer.status_code, answer["Location"]) == (302, sheet("versi/"))

    def test_going_back_and_sealing_other_marks_under_the_same_number_loses_neither(self, sheet, phone):
        phone.open(sheet())
        phone.press(sheet("segel/"), **EIGHTY)

        answer = phone.press(sheet("segel/"), **EIGHTY | {"nilai_K1": "90"})

        assert (answer.status_code, answer["Location"]) == (302, sheet("versi/"))
        assert (Sheet.objects.count(), SheetDraft.objects.get().marks["K1"]) == (1, "90")

    def test_a_page_still_open_elsewhere_keeps_what_it_types_as_a_draft_of_a_change(self, sheet, phone, tablet):
        phone.open(sheet())
        tablet.open(sheet())
        phone.press(sheet("segel/"), **EIGHTY)

        answer = tablet.type(sheet("draf/"), nilai_K1="90")

        assert answer.status_code == 200
        assert "Ada draf perubahan yang belum dikirim." in words(tablet.open(sheet()))
        assert "Diterima server, no. 1 Draf perubahan" in words(tablet.open("/juri/lembar/"))

    def test_a_version_set_aside_survives_the_sealing_of_the_other(self, sheet, phone, tablet):
        phone.open(sheet())
        tablet.open(sheet())
        phone.type(sheet("draf/"), **EIGHTY)
        tablet.type(sheet("draf/"), **EIGHTY | {"nilai_K1": "90"})

        phone.press(sheet("segel/"), **EIGHTY)

        draft = SheetDraft.objects.get()
        assert (Sheet.objects.count(), draft.marks["K1"], draft.set_aside) == (1, "90", [])
        assert str(draft.op_id) != phone.fields["op_id"]
