"""The sheet on a phone: what it asks, what it refuses beside each field, what it keeps, and what it answers once sealed."""

import re

import pytest

from sp2k.judging.actions import draw_order, record_attendance, set_session
from sp2k.judging.models import Mark, Sheet, SheetDraft
from tests.judging.sheets.phone import EIGHTY, Phone, address_of, at_hour, phone_of, sealed, words
from tests.story.locking import call_entry
from tests.story.small import (
    EDITION,
    FIRST,
    FORM,
    JURY_SEATED,
    SECOND,
    SHEET,
    THIRD,
    VISIT,
    at,
    duty,
    holder,
    play_small,
    stage,
)

MORNING = at("2024-06-04 09.41")


@pytest.fixture
def judging(db, monkeypatch):
    """The morning of the presentations: three entries, three jurors, no sheet yet; 09.41 in Makassar's zone."""
    at_hour(monkeypatch, MORNING)
    return play_small(until=JURY_SEATED)


@pytest.fixture
def phone(judging):
    return phone_of(judging, "dpmd")


class TestList:
    def test_duties_stand_by_region_with_their_regency_and_how_far_each_is(self, judging, phone):
        sealed(judging, phone)
        phone.open(address_of(judging, SECOND, "dpmd"))
        phone.type(address_of(judging, SECOND, "dpmd", "draf/"), nilai_K1="80", nilai_I1="delapan")
        record_attendance([duty(judging, THIRD, "dpmd")], "absen", by=judging.bureau[0], now=MORNING, reason="Sakit.")

        said = words(phone.open("/juri/lembar/"))

        assert (
            "Presentasi PKU Kalimantan Utara 2024 Batas kirim 5 Juni 2024, 16.00 WITA. 1 dari 2 "
            "Tanjung Palas Kabupaten Bulungan Diterima server, no. 1 "
            "Sesayap Kabupaten Tana Tidung Draf, 2 dari 3 "
            "Tarakan Barat Kota Tarakan Juri absen"
        ) in said

    def test_only_what_is_still_to_be_sent_on_request(self, judging, phone):
        sealed(judging, phone)

        said = words(phone.open("/juri/lembar/?saring=belum"))

        assert ("Sesayap" in said, "Tarakan Barat" in said, "Tanjung Palas" in said) == (True, True, False)

    def test_who_judges_nothing_is_told_what_will_fill_the_list(self, judging):
        said = words(Phone(judging.bureau[0]).open("/juri/lembar/"))

        assert "Belum ada lembar Lembar muncul setelah sekretariat menugaskan Anda menilai peserta suatu tahap." in said

    def test_the_order_of_the_schedule_goes_before_the_order_of_the_regions(self, judging, phone):
        presenting, by = stage(judging, "presentasi"), {"by": judging.bureau[0], "now": MORNING}
        set_session(presenting, name="Sesi pagi", starts_at=at("2024-06-04 08.00"), minutes=35, capacity=3, **by)
        draw_order(presenting, "4", **by)

        said = words(phone.open("/juri/lembar/"))

        assert said.index("Tarakan Barat") < said.index("Tanjung Palas") < said.index("Sesayap")
        said = words(phone.open(address_of(judging, FIRST, "dpmd")))
        assert "Presentasi · peserta 2 dari 3 · Sesi pagi, 4 Juni 2024, 08.35 WITA" in said


class TestForm:
    def test_the_sheet_names_the_entry_with_its_regency_the_scale_and_what_is_missing(self, judging, phone):
        said = words(phone.open(address_of(judging, FIRST, "dpmd")))

        assert "Presentasi · peserta 1 dari 3 Tanjung Palas Kabupaten Bulungan · Kalimantan Utara" in said
        assert "Beri nilai 0 sampai 100. Koma boleh: 87,5. Kosong berarti belum dinilai, bukan nol." in said
        assert "Kinerja 0 dari 1 K1 Kinerja" in said
        assert "0 dari 3 terisi, kurang K1, I1, I2" in said

    def test_the_keyboard_is_for_numbers_and_the_text_is_as_typed(self, judging, phone):
        phone.open(address_of(judging, FIRST, "dpmd"))

        [field] = re.findall(r'<input[^>]* name="nilai_K1"[^>]*>', phone.text)
        assert 'inputmode="decimal"' in field and 'type="text"' in field and 'autocomplete="off"' in field

    def test_the_anchors_of_a_scale_stand_beside_the_mark(self, db, monkeypatch):
        at_hour(monkeypatch, MORNING)
        anchored = SHEET.replace(
            "desimal: 1}}\n- kode",
            "desimal: 1}, rubrik_cetak: [{nilai: 0, arti: Tidak ada}, {dari: 50, sampai: 70.5, arti: Sebagian}, "
            "{min: 85, arti: '<b>Semua</b>'}]}\n- kode",
        )
        assert anchored != SHEET
        story = play_small(until=JURY_SEATED, instruments=(FORM, anchored, VISIT))

        phone = phone_of(story, "dpmd")
        said = words(phone.open(address_of(story, FIRST, "dpmd")))

        assert "Jangkar nilai K1 0 Tidak ada 50–70,5 Sebagian 85 ke atas <b>Semua</b>" in said
        assert "&lt;b&gt;Semua&lt;/b&gt;" in phone.text

    def test_marks_from_a_list_say_which_they_are(self, db, monkeypatch):
        at_hour(monkeypatch, MORNING)
        listed = SHEET.replace("skala: [0, 100], desimal: 1", "nilai_sah: [0, 3.5, 7]", 1)
        story = play_small(until=JURY_SEATED, instruments=(FORM, listed, VISIT))

        said = words(phone_of(story, "dpmd").open(address_of(story, FIRST, "dpmd")))

        assert "Pilihan nilai: 0, 3,5 dan 7." in said
        assert "Skala tertulis pada tiap nilai." in said

    def test_before_the_stage_opens_the_page_says_when(self, judging, phone, monkeypatch):
        at_hour(monkeypatch, at("2024-06-04 07.59"))

        answer = phone.open(address_of(judging, FIRST, "dpmd"))

        assert (answer.status_code, "Tahap Presentasi baru dibuka pada 4 Juni 2024, 08.00 WITA." in words(answer)) == (
            403,
            True,
        )

    def test_a_name_of_sixty_characters_is_shown_whole_and_escaped(self, judging, phone):
        long = "Tanjung " + "<i>Palas</i> " * 4
        call_entry(judging.edition, FIRST, long[:60], by=judging.bureau[0], now=MORNING)

        phone.open(address_of(judging, FIRST, "dpmd"))

        assert long[:60] in words(phone.answer).replace("&lt;", "<")
        assert "<i>Palas" not in phone.text


class TestSealing:
    def test_a_sealed_sheet_is_read_only_with_number_hour_revision_and_code(self, judging, phone):
        answer = sealed(judging, phone, nilai_K1="87,5", catatan="Jelas.")

        assert answer.status_code == 302
        said = words(phone.open(answer["Location"]))
        sheet = Sheet.objects.get()
        assert "Lembar diterima server pukul 09.41 WITA." in said
        assert "Nomor 1 di antara kiriman Anda pada tahap ini Revisi 1 Diterima server 4 Juni 2024, 09.41 WITA" in said
        assert re.search(r"Kode segel [0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3} ", said)
        assert "K1 Kinerja 87,5" in said and "Catatan Jelas." in said
        assert 'name="nilai_K1"' not in phone.text
        assert [str(mark.value.normalize()) for mark in sheet.marks.order_by("pk")] == ["87.5", "8E+1", "8E+1"]

    def test_comma_and_point_are_the_same_mark(self, judging, phone):
        sealed(judging, phone, nilai_K1="87,5", nilai_I1="87.5")

        assert set(Mark.objects.filter(indicator__in=["K1", "I1"]).values_list("value", flat=True)) == {87.5}

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("105", "Nilai K1 harus antara 0 dan 100. Anda menulis 105."),
            ("-1", "Nilai K1 harus antara 0 dan 100. Anda menulis -1."),
            ("delapan", 'Nilai K1 harus angka, misalnya 87,5. Anda menulis "delapan".'),
            ("8e1", 'Nilai K1 harus angka, misalnya 87,5. Anda menulis "8e1".'),
            ("٨٠", 'Nilai K1 harus angka, misalnya 87,5. Anda menulis "٨٠".'),
            ("87,55", "Nilai K1 paling banyak 1 angka di belakang koma. Anda menulis 87,55."),
            ("87.500", "Nilai K1: angka 87.500 dapat dibaca sebagai 87500 atau 87,5. Bila maksudnya 87,5, tulis 87,5."),
            ("", "Masih kosong. Kosong bukan nol."),
            ("   ", "Masih kosong. Kosong bukan nol."),
            ("<script>", 'Nilai K1 harus angka, misalnya 87,5. Anda menulis "<script>".'),
        ],
    )
    def test_a_mark_that_cannot_be_meant_is_told_at_its_field_and_at_the_head(self, judging, phone, typed, sentence):
        answer = sealed(judging, phone, nilai_K1=typed, catatan="Tetap ada.")

        assert (answer.status_code, Sheet.objects.count()) == (422, 0)
        said = words(answer)
        assert "Salah: lembar belum dapat disegel K1 Kinerja" in said
        assert said.count(sentence) == 2
        assert "Tetap ada." in said
        [field] = re.findall(r'<input[^>]* name="nilai_K1"[^>]*>', phone.text)
        assert 'aria-invalid="true"' in field and 'aria-describedby="K1-petunjuk K1-salah"' in field
        assert '<a href="#K1">' in phone.text
        assert "<script>" not in phone.text.split("<body", 1)[1]

    def test_a_refused_sheet_loses_nothing_even_when_the_page_is_closed(self, judging, phone):
        sealed(judging, phone, nilai_K1="105", catatan="Tetap ada.")

        draft = SheetDraft.objects.get()
        assert (draft.marks["K1"], draft.note) == ("105", "Tetap ada.")
        assert "Nilai K1 harus antara 0 dan 100." in words(phone.open(address_of(judging, FIRST, "dpmd")))

    def test_zero_is_a_mark(self, judging, phone):
        assert sealed(judging, phone, nilai_K1="0").status_code == 302
        assert "K1 Kinerja 0 " in words(phone.open(address_of(judging, FIRST, "dpmd")))

    def test_marks_that_turn_the_writing_are_refused_in_a_note_and_kept_in_the_draft(self, judging, phone):
        turned = "bagus\u202esugab"

        answer = sealed(judging, phone, catatan=turned)

        assert "Catatan memuat tanda yang tidak terlihat (U+202E), huruf ke-6." in words(answer)
        assert (Sheet.objects.count(), SheetDraft.objects.get().note) == (0, turned)

    def test_fields_that_nobody_offered_change_nothing(self, judging, phone):
        other = holder(judging, "bappeda")

        sealed(judging, phone, nilai_X9="80", revision="7", by=str(other.pk), stage="1", attendance="absen", score="99")

        sheet = Sheet.objects.get()
        assert (sheet.revision, sheet.by, sheet.marks.count()) == (1, phone.user, 3)
        assert (duty(judging, FIRST, "dpmd").attendance, SheetDraft.objects.count()) == ("", 0)

    def test_a_sending_without_its_number_is_refused_and_stays_on_the_page(self, judging, phone):
        phone.open(address_of(judging, FIRST, "dpmd"))

        for broken in ({"op_id": "bukan"}, {"device_nonce": "zz"}, {"base_rev": ""}, {"op_id": ""}):
            answer = phone.press(address_of(judging, FIRST, "dpmd", "segel/"), **EIGHTY | broken)
            assert "Kiriman dari perangkat ini rusak di jalan. Muat ulang halaman, lalu kirim lagi." in words(answer)
            assert (answer.status_code, 'value="80"' in phone.text) == (422, True)
        assert Sheet.objects.count() == 0


class TestTwice:
    def test_a_double_click_is_one_sheet_and_the_same_answer(self, judging, phone):
        first = sealed(judging, phone)
        again = phone.press(address_of(judging, FIRST, "dpmd", "segel/"), **EIGHTY)

        assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
        assert Sheet.objects.count() == 1
        assert SheetDraft.objects.count() == 0

    def test_the_page_that_saves_once_more_while_it_closes_leaves_no_draft(self, judging, phone):
        sealed(judging, phone)

        phone.type(address_of(judging, FIRST, "dpmd", "draf/"), **EIGHTY)

        assert SheetDraft.objects.count() == 0


class TestChange:
    def test_a_change_is_a_new_revision_with_a_reason_and_the_history_keeps_both(self, judging, phone):
        sealed(judging, phone)
        phone.open(address_of(judging, FIRST, "dpmd", "ubah/"))
        assert 'value="80"' in phone.text

        refused = phone.press(
            address_of(judging, FIRST, "dpmd", "segel/"), **EIGHTY | {"nilai_K1": "90"}, perubahan=" "
        )
        taken = phone.press(
            address_of(judging, FIRST, "dpmd", "segel/"), **EIGHTY | {"nilai_K1": "90"}, perubahan="Salah baca rubrik."
        )

        assert "Alasan perubahan: Tulis mengapa lembar yang sudah diterima ini diubah." in words(refused)
        assert (refused.status_code, taken.status_code) == (422, 302)
        said = words(phone.open(taken["Location"]))
        assert "K1 Kinerja 90" in said
        assert (
            "Revisi 1, no. 1, 4 Juni 2024, 09.41 WITA Revisi 2, no. 2, 4 Juni 2024, 09.41 WITA Salah baca rubrik."
            in said
        )
        old = words(phone.open(address_of(judging, FIRST, "dpmd", "revisi/1/")))
        assert "Ini revisi 1, bukan yang berlaku." in old and "K1 Kinerja 80" in old
        assert phone.open(address_of(judging, FIRST, "dpmd", "revisi/3/")).status_code == 404

    def test_after_the_deadline_the_button_says_why_it_does_nothing(self, judging, phone, monkeypatch):
        sealed(judging, phone)
        at_hour(monkeypatch, at("2024-06-05 16.01"))

        said = words(phone.open(address_of(judging, FIRST, "dpmd")))

        assert "Ubah dengan alasan Batas waktu tahap Presentasi sudah lewat: 5 Juni 2024, 16.00 WITA." in said
        assert 'href="' + address_of(judging, FIRST, "dpmd", "ubah/") not in phone.text


class TestExtremes:
    RULE = "bila_kosong: tolak\n  bulat: {aspek: 2, nilai: 2}\n  kuota: {lingkup: semua, jumlah: 2}"

    @pytest.fixture
    def strict(self, db, monkeypatch):
        at_hour(monkeypatch, MORNING)
        asked = EDITION.replace(self.RULE, "alasan_ekstrem: {di_bawah: 60, di_atas: 95}\n  " + self.RULE, 1)
        assert asked != EDITION
        return play_small(until=JURY_SEATED, source=asked)

    def test_a_mark_beyond_the_limits_wants_a_reason_and_the_limits_themselves_do_not(self, strict):
        phone = phone_of(strict, "dpmd")

        answer = sealed(strict, phone, nilai_K1="95,5", nilai_I1="60", nilai_I2="95")

        assert answer.status_code == 422
        said = words(answer)
        assert (
            "Alasan nilai K1: Tulis alasan nilai K1: aturan meminta alasan nilai di bawah 60 atau di atas 95." in said
        )
        assert said.count("aturan meminta alasan") == 2
        assert "Nilai di bawah 60 atau di atas 95 disertai alasan." in said

    def test_the_reason_is_kept_with_the_mark_and_sealed_with_the_sheet(self, strict):
        phone = phone_of(strict, "dpmd")

        answer = sealed(strict, phone, nilai_K1="100", alasan_K1=" Terbaik yang pernah kami lihat. ")

        assert answer.status_code == 302
        assert "K1 Kinerja 100 Alasan: Terbaik yang pernah kami lihat." in words(phone.open(answer["Location"]))
        assert Mark.objects.get(indicator="K1").remark == "Terbaik yang pernah kami lihat."

    def test_a_reason_that_turns_the_writing_is_refused_at_its_field(self, strict):
        answer = sealed(strict, phone_of(strict, "dpmd"), nilai_K1="100", alasan_K1="\u2066x")

        assert "Alasan nilai K1 memuat tanda yang tidak terlihat (U+2066), huruf ke-1." in words(answer)

    def test_without_the_rule_no_reason_is_asked_or_kept(self, judging, phone):
        sealed(judging, phone, nilai_K1="100", alasan_K1="Tidak ditanya.")

        assert "Alasan nilai" not in phone.text
        assert set(Mark.objects.values_list("remark", flat=True)) == {""}

