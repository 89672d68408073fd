"""Setting up on the pages: opened, arranged, approved, locked; who finds what, and what is refused where it was typed."""

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sp2k.editions.actions import give_approval, lock_rules, move_stage, revise_edition, set_holidays
from sp2k.editions.drafts.shifting import shifted
from sp2k.editions.models import Approval, Edition, EditionText
from sp2k.editions.queries import rules_hash_of
from sp2k.editions.queries.checking import fingerprint
from tests.editions.conftest import NOW as AT
from tests.editions.conftest import edition_text


@pytest.fixture(autouse=True)
def at_the_time(monkeypatch):
    """The pages' clock stands at the instant of these stories."""
    monkeypatch.setattr("sp2k.base.clock.now", lambda: AT)


@pytest.fixture
def biro(client, people):
    client.force_login(people["biro"])
    return client


def said(page) -> str:
    """The text of a page without its markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def start(code="jatim-2023-baru", year="2023", origin="salinan:jatim-2022"):
    return {"way": "text", "origin": origin, "code": code, "year": year, "zone": "Asia/Jakarta"}


class TestOpening:
    def test_a_copy_of_last_years_has_this_years_dates_and_says_which_holidays_were_left_out(self, biro, jatim):
        page = biro.post("/edisi/baru/", start(), follow=True)
        copy = Edition.objects.get(code="jatim-2023-baru")

        assert (copy.year, copy.stages.first().opens_at.year, copy.announced_at.year) == (2023, 2023, 2023)
        assert [stage.code for stage in copy.stages.all()] == [stage.code for stage in jatim.stages.all()]
        assert [day["tanggal"] for day in copy.rules["libur"]] == ["2023-08-17", "2023-12-25"]
        assert "Hari libur yang berganti tanggal tiap tahun tidak ikut disalin: " in said(page)
        assert "# contoh" in copy.source

    def test_a_copy_takes_the_dates_and_holidays_as_they_were_held(self, biro, jatim, people):
        give_approval(jatim, "kunci_aturan", jatim.code, role="B", by=people["biro2"], now=AT)
        lock_rules(jatim, by=people["biro"], now=AT)
        filling, told = jatim.stages.get(code="isian"), {"by": people["biro"], "now": AT}
        closes = filling.closes_at + timedelta(days=2)
        move_stage(filling, opens_at=filling.opens_at, closes_at=closes, reason="Pemadaman listrik.", **told)
        set_holidays(jatim, [(date(2022, 8, 17), "Hari Kemerdekaan Republik Indonesia")], **told)

        biro.post("/edisi/baru/", start(), follow=True)
        copy = Edition.objects.get(code="jatim-2023-baru")

        held, copied = (row.stages.get(code="isian") for row in (Edition.objects.get(pk=jatim.pk), copy))
        assert copied.closes_at == held.closes_at.replace(year=2023)
        assert [day["tanggal"] for day in copy.rules["libur"]] == ["2023-08-17"]
        assert "# contoh" in copy.source

    def test_a_holiday_named_by_its_year_is_named_by_the_new_one(self):
        text = shifted(
            "edisi: a\ntahun: 2022\nlibur:\n- {tanggal: 2022-01-01, nama: Tahun Baru 2022 Masehi}\ntahap: []\n",
            code="b", year=2025,
        ).text  # fmt: skip

        assert "Tahun Baru 2025 Masehi" in text and "2025-01-01" in text

    def test_a_template_is_opened_in_the_region_of_who_opens_it(self, client, instruments, people):
        client.force_login(people["biro"])

        client.post("/edisi/baru/", start(code="bwi-2024", year="2024", origin="templat:banyuwangi-2022-contoh"))

        assert Edition.objects.get(code="bwi-2024").region_id == "35.10"

    @pytest.mark.parametrize(
        ("code", "sentence"),
        [
            ("jatim-2022", "Kode jatim-2022 sudah dipakai edisi lain. Tulis kode lain."),
            ("Jatim 2022", "Pakai huruf kecil, angka, dan tanda hubung saja"),
            ("x" * 41, "Kode edisi terlalu panjang: 41 huruf, paling banyak 40."),
            ("a\u202eb", "Kode edisi memuat tanda yang tidak terlihat (U+202E)"),
            ("كود", "Pakai huruf kecil, angka, dan tanda hubung"),
            ("baru", "kode itu dipakai alamat halaman"),
            ('a"b', "Pakai huruf kecil, angka, dan tanda hubung"),
        ],
    )
    def test_a_code_that_cannot_be_is_refused_and_stays_typed(self, biro, jatim, code, sentence):
        page = biro.post("/edisi/baru/", start(code=code))

        assert page.status_code == 422
        assert sentence.replace('"', "&quot;") in said(page)
        assert Edition.objects.count() == 1

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", 'Berkas "edisi.yaml" kosong (0 bita).'),
            (b"\xff\xfe\x00", 'Berkas "edisi.yaml" bukan teks UTF-8.'),
            (b"edisi: [", "bukan YAML yang dapat dibaca"),
            (b"PK\x03\x04\x00", 'Berkas "edisi.yaml" bukan teks.'),
            (b"- a\n- b\n", "isinya harus pasangan kunci dan isi"),
        ],
    )
    def test_a_file_that_is_no_edition_is_refused_in_a_sentence(self, biro, instruments, content, sentence):
        page = biro.post("/edisi/baru/", {"way": "file", "file": SimpleUploadedFile("edisi.yaml", content)})

        assert page.status_code == 422
        assert sentence.replace('"', "&quot;") in said(page)

    def test_a_file_is_opened_as_it_is(self, biro, instruments):
        text = edition_text("jatim-2022")

        biro.post("/edisi/baru/", {"way": "file", "file": SimpleUploadedFile("e.yaml", text.encode())})

        assert Edition.objects.get().source == text

    def test_an_unknown_instrument_is_named_with_its_nearest(self, biro, instruments):
        text = edition_text("jatim-2022").replace("lapang-jatim-2022", "lapang-jatim-2202")

        page = biro.post("/edisi/baru/", {"way": "file", "file": SimpleUploadedFile("e.yaml", text.encode())})

        assert "Instrumen lapang-jatim-2202 untuk tahap Tinjau lapang belum dimuat." in said(page)
        assert "Mungkin maksudnya &quot;lapang-jatim-2022&quot;." in said(page)


class TestTheManuscript:
    def test_the_check_names_the_line_and_stores_nothing(self, biro, jatim):
        text = jatim.source.replace("jumlah: 5}", "jumlah: 700}", 1)

        answer = biro.post("/edisi/jatim-2022/naskah/periksa/", {"text": text}).json()

        line = next(n for n, row in enumerate(text.splitlines(), start=1) if "kode: presentasi" in row)
        wrong = [found for found in answer["findings"] if found["wrong"]]
        assert wrong[0]["line"] == line
        assert answer["says"].endswith("Naskah belum dapat disimpan.")
        assert Edition.objects.get().source == jatim.source

    def test_the_button_checks_without_saving(self, biro, jatim):
        text = jatim.source.replace("singkatan: SP2K", "singkatan: ''")

        page = biro.post("/edisi/jatim-2022/naskah/", {"text": text, "base": fingerprint(jatim.source), "act": "check"})

        assert (page.status_code, "&quot;singkatan&quot; kosong" in said(page)) == (200, True)
        assert Edition.objects.get().source == jatim.source

    def test_what_is_saved_is_read_anew_into_rows(self, biro, jatim):
        text = jatim.source.replace("singkatan: SP2K", "singkatan: SKK")

        biro.post("/edisi/jatim-2022/naskah/", {"text": text.replace("\n", "\r\n"), "base": fingerprint(jatim.source)})

        edition = Edition.objects.get()
        assert (edition.short_name, edition.rules["singkatan"]) == ("SKK", "SKK")
        assert edition.source == text.strip() + "\n"

    def test_two_tabs_lose_nothing_and_overwrite_nothing(self, biro, jatim, people):
        base = fingerprint(jatim.source)
        revise_edition(jatim, jatim.source.replace("tahun: 2022", "tahun: 2023"), base=base, by=people["biro2"], now=AT)

        mine = jatim.source.replace("singkatan: SP2K", "singkatan: SKK")

        page = biro.post("/edisi/jatim-2022/naskah/", {"text": mine, "base": base})

        assert page.status_code == 422
        assert "Naskah ini sudah diubah oleh Biro2 sejak halaman Anda dibuka." in said(page)
        assert Edition.objects.get().year == 2023
        assert [(text.number, text.is_standing) for text in EditionText.objects.all()] == [
            (1, True), (2, True), (3, False),
        ]  # fmt: skip
        assert "tahun: 2023" in said(page) and "singkatan: SKK" in said(page)

    def test_an_edition_cannot_become_another(self, biro, jatim):
        text = jatim.source.replace("edisi: jatim-2022", "edisi: jatim-2029")

        page = biro.post("/edisi/jatim-2022/naskah/", {"text": text, "base": fingerprint(jatim.source)})

        assert "jurnal edisi ini sudah dibuka dengannya" in said(page)
        assert Edition.objects.get().code == "jatim-2022"

    def test_approvals_fall_when_a_rule_changes_and_stay_when_a_date_does(self, jatim, people):
        give_approval(jatim, "kunci_aturan", jatim.code, role="B", by=people["biro2"], now=AT)

        dated = jatim.source.replace("selesai: 2022-08-31 16.00", "selesai: 2022-08-30 16.00")
        revise_edition(jatim, dated, base=fingerprint(jatim.source), by=people["biro"], now=AT)
        after_dates = Approval.objects.count()
        ruled = dated.replace("jumlah: 5}", "jumlah: 6}")
        revise_edition(jatim, ruled, base=fingerprint(dated), by=people["biro"], now=AT)

        assert (after_dates, Approval.objects.count()) == (1, 0)

    def test_after_the_lock_the_page_says_why_not(self, biro, jatim, people):
        locked(jatim, people)

        page = biro.get("/edisi/jatim-2022/naskah/")

        assert (page.status_code, "Aturan edisi ini sudah dikunci." in said(page)) == (403, True)


class TestGuidedForms:
    def form(self, client, part, **changed):
        """Fill a guided form as it stands, but for what is changed."""
        page = client.get(f"/edisi/jatim-2022/susun/{part}/")
        form = page.context["form"]
        told = {}
        for field in form:
            value = field.value()
            shown = field.field.widget.format_value(value) if hasattr(field.field.widget, "format_value") else value
            told[field.name] = "on" if value is True else "" if shown in (None, False) else shown
        told = {name: value for name, value in told.items() if value != ""}
        return client.post(f"/edisi/jatim-2022/susun/{part}/", told | changed)

    @pytest.mark.parametrize(
        ("part", "changed", "line"),
        [
            ("identitas", {"short_name": "SKK"}, "singkatan: SKK"),
            ("jadwal", {"0-selesai": "2022-08-30T16:00"}, "  selesai: 2022-08-30 16.00"),
            ("libur", {"day-8": "2022-11-10", "name-8": 'Hari Pahlawan, "lokal"'}, None),
            ("gelar", {"titles": "Juara I\nJuara II\nJuara III"}, "gelar: [Juara I, Juara II, Juara III]"),
            (
                "gelar", {"titles": "Juara I\nJuara Harapan I | Harapan I"},
                "- {nama: Juara Harapan I, pendek: Harapan I}",
            ),
            ("tahap-presentasi", {"number": "6"}, "  kuota: {lingkup: semua, jumlah: 6}"),
            ("persetujuan", {"kunci_tahap-B": "2"}, None),
        ],
    )
    def test_a_part_is_written_back_and_nothing_else_changes(self, biro, jatim, part, changed, line):
        before = jatim.source.splitlines()

        answer = self.form(biro, part, **changed)

        after = Edition.objects.get().source.splitlines()
        gone = [row for row in before if row not in after]
        assert answer.status_code == 302
        assert line is None or line in [row.split("  #")[0].rstrip() for row in after]
        assert 0 <= len(gone) <= 9
        assert Edition.objects.get().rules["tahap"][0]["instrumen"] == "sumedang-2026-skor100"

    def test_a_form_that_changes_nothing_changes_no_byte(self, biro, jatim):
        for part in ("identitas", "jadwal", "libur", "gelar", "tahap-lapang", "persetujuan"):
            self.form(biro, part)

        assert Edition.objects.get().source == jatim.source

    def test_an_order_of_dates_that_cannot_be_is_refused_beside_the_form(self, biro, jatim):
        answer = self.form(biro, "jadwal", **{"1-mulai": "2022-08-01T08:00"})

        assert answer.status_code == 422
        assert "Tahap seleksi mulai 1 Agustus 2022, 08.00 WIB, sebelum tahap isian berakhir" in said(answer)

    def test_a_seat_is_added_with_a_code_of_its_own(self, biro, jatim):
        free = len(jatim.rules["tahap"][2]["kursi"])

        self.form(biro, "tahap-presentasi", **{f"seat-{free}": "Dinas Pendidikan “Jatim” عربي"})

        seat = Edition.objects.get().rules["tahap"][2]["kursi"][-1]
        assert seat == {"kode": "dinas-pendidikan-jat", "lembaga": "Dinas Pendidikan “Jatim” عربي"}

    def test_someone_elses_change_is_not_overwritten_by_the_form(self, biro, jatim, people):
        page = biro.get("/edisi/jatim-2022/susun/gelar/")
        base = page.context["form"].initial["base"]
        revise_edition(jatim, jatim.source.replace("tahun: 2022", "tahun: 2023"), base=base, by=people["biro2"], now=AT)

        refused = biro.post("/edisi/jatim-2022/susun/gelar/", {"base": base, "titles": "Juara I"})
        again = refused.context["form"]["base"].value()
        saved = biro.post("/edisi/jatim-2022/susun/gelar/", {"base": again, "titles": "Juara I"})

        edition = Edition.objects.get()
        assert (refused.status_code, saved.status_code) == (422, 302)
        assert (edition.year, edition.rules["gelar"]) == (2023, ["Juara I"])


class TestLocking:
    def test_two_approve_and_lock_what_they_were_shown(self, client, jatim, people):
        shown = rules_hash_of(jatim)
        client.force_login(people["biro2"])
        told = {"act": "kunci_aturan", "subject": "jatim-2022", "role": "B", "shown": shown}
        client.post("/edisi/jatim-2022/persetujuan/beri/", told)
        client.force_login(people["biro"])

        page = client.post("/edisi/jatim-2022/aturan/kunci/", {"shown": shown}, follow=True)

        assert Edition.objects.get().rules_hash == shown
        assert "Aturan yang terkunci" in said(page)

    def test_rules_changed_since_the_page_was_opened_are_not_locked(self, biro, jatim, people):
        shown = rules_hash_of(jatim)
        changed = jatim.source.replace("jumlah: 5}", "jumlah: 6}")
        revise_edition(jatim, changed, base=fingerprint(jatim.source), by=people["biro2"], now=AT)
        give_approval(jatim, "kunci_aturan", jatim.code, role="B", by=people["biro2"], now=AT)

        page = biro.post("/edisi/jatim-2022/aturan/kunci/", {"shown": shown}, follow=True)

        assert "Aturan edisi ini berubah sejak halaman Anda dibuka." in said(page)
        assert not Edition.objects.get().has_locked_rules

    def test_dates_that_are_past_are_told_before_the_lock_and_not_before_they_are(self, biro, jatim, monkeypatch):
        before = said(biro.get("/edisi/jatim-2022/aturan/"))
        first = jatim.stages.first()
        monkeypatch.setattr("sp2k.base.clock.now", lambda: first.ends_at + timedelta(minutes=1))
        after = said(biro.get("/edisi/jatim-2022/aturan/"))

        assert "Batasnya sudah lewat" not in before
        assert (
            f"Batasnya sudah lewat ({first.name}: 16 September 2022, 16.00 WIB). Bila dikunci dengan tanggal ini, "
            "tahap itu tidak menerima apa pun. Perbaiki tanggalnya pada naskah sebelum mengunci." in after
        )

    def test_alone_the_button_stays_with_its_reason(self, biro, jatim):
        page = said(biro.get("/edisi/jatim-2022/aturan/"))

        assert "Kunci aturan Persetujuan belum lengkap: kurang 1 orang Penyelenggara provinsi." in page

    def test_every_key_that_is_hashed_stands_on_the_page(self, biro, jatim):
        page = biro.get("/edisi/jatim-2022/aturan/").content.decode()

        keys = {key for part in (jatim.rules, *jatim.rules["tahap"], jatim.rules["keputusan"]) for key in part}
        not_hashed = {"tahap", "keputusan", "libur", "pengumuman", "mulai", "selesai", "verifikasi_sampai"}
        assert {key for key in keys - not_hashed if f"({key})" not in page} == set()
        assert "905c 4978 12fa" in page or "sidik" in page


class TestWhoFindsWhat:
    def test_rules_are_read_by_all_once_locked(self, client, jatim, people):
        before = {path: client.get(f"/edisi/jatim-2022/{path}").status_code for path in ("", "aturan/", "kalender/")}
        locked(jatim, people)
        after = {path: client.get(f"/edisi/jatim-2022/{path}").status_code for path in ("", "aturan/", "kalender/")}

        assert (set(before.values()), set(after.values())) == ({404}, {200})

    @pytest.mark.parametrize("who", ["juri", "kabupaten"])
    @pytest.mark.parametrize(
        "path", ["naskah/", "susun/gelar/", "batal/", "kalender/libur/", "kalender/lapang/pindah/"]
    )
    def test_pages_of_the_bureau_are_not_there_for_others(self, client, jatim, people, who, path):
        client.force_login(people[who])

        assert client.get(f"/edisi/jatim-2022/{path}").status_code == 404

    def test_the_leader_approves_and_reads_but_moves_nothing(self, client, jatim, people):
        client.force_login(people["sekda"])

        found = [client.get(path).status_code for path in ("/edisi/persetujuan/", "/edisi/jatim-2022/persetujuan/")]

        assert found == [200, 200]
        assert client.get("/edisi/jatim-2022/naskah/").status_code == 404
        assert client.get("/edisi/baru/").status_code == 404


class TestVoiding:
    def test_a_voided_draft_leaves_every_list_and_its_code_is_explained(self, biro, jatim):
        empty = biro.post("/edisi/jatim-2022/batal/", {"reason": " "})
        biro.post("/edisi/jatim-2022/batal/", {"reason": "Keliru tahun"})
        again = biro.post("/edisi/baru/", start(code="jatim-2022", origin="templat:jatim-2022", year="2022"))

        assert (empty.status_code, biro.get("/edisi/jatim-2022/").status_code) == (422, 404)
        assert "Kode jatim-2022 pernah dipakai edisi yang dibatalkan" in said(again)
        assert "Keliru tahun" in said(biro.get("/edisi/"))


def locked(edition, people):
    give_approval(edition, "kunci_aturan", edition.code, role="B", by=people["biro2"], now=AT)
    return lock_rules(edition, by=people["biro"], now=AT)
