"""A newer list of regions: its differences, what it changes, and that an edition stays what it was."""

import io

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sp2k.accounts.actions import create_user
from sp2k.base.refusals import NotAllowed, Refused
from sp2k.editions.actions import open_edition, revise_edition
from sp2k.editions.queries import rules_hash_of
from sp2k.editions.queries.checking import fingerprint
from sp2k.entries.models import Entry
from sp2k.entries.queries.entrants import entries_of_list
from sp2k.entries.region_lists.actions import (
    apply_proposed_list,
    correct_region_name,
    upload_list,
    withdraw_list,
)
from sp2k.journal.queries import replay
from sp2k.publication.checking.opening import opened_chain
from sp2k.regions.models import ProposedList, Region
from sp2k.regions.queries import kecamatan_of, regencies_of, stored_parts_of, stored_rows
from sp2k.results.opening import opened_edition
from tests.base.tables import raw
from tests.regions.lists import NEW, newer, row, taken_in
from tests.story.lists import workbook
from tests.story.small import EDITION, FIRST, FORMS_OPEN, NOMINATIONS_OPEN, SECOND, play_small


@pytest.fixture
def story(db):
    return play_small(until=FORMS_OPEN)


@pytest.fixture
def admin(story):
    return create_user("admin", "Administrator", roles=[("T", "65")])


class TestApplying:
    CHANGED = {"renamed": {FIRST: "Tanjung Palas Lama"}, "without": {"65.01.02"},
               "more": [row("65.01.09", "Palas Baru"), row("65.04.09", "Sesayap Baru")]}  # fmt: skip

    def test_an_edition_stays_on_its_list_and_its_entries_keep_their_names(self, story, admin):
        edition = story.edition
        before = list(Entry.objects.values_list("region_id", "name", "regency_name"))
        hash_before, parts = rules_hash_of(edition), stored_parts_of("65")

        taken_in(newer(**self.CHANGED), admin)

        edition.refresh_from_db()
        assert list(Entry.objects.values_list("region_id", "name", "regency_name")) == before
        assert str(Entry.objects.get(region=FIRST)).startswith("Kecamatan Tanjung Palas, ")
        assert str(Region.objects.get(pk=FIRST)).startswith("Kecamatan Tanjung Palas Lama, ")
        assert (rules_hash_of(edition), stored_parts_of("65", at=edition.regions_at)) == (hash_before, parts)
        assert kecamatan_of("65", at=edition.regions_at).filter(pk="65.01.02").exists()
        assert [region.code for region in kecamatan_of("65.01")] == ["65.01.01", "65.01.03", "65.01.09"]
        assert regencies_of("65").count() == regencies_of("65", at=edition.regions_at).count() == 3

    def test_nothing_is_deleted_and_the_neighbour_is_not_touched(self, story, admin):
        neighbour = list(Region.objects.filter(pk__startswith="64").values())
        n_before = Region.objects.count()

        taken_in(newer(**self.CHANGED), admin)

        gone = Region.objects.get(pk="65.01.02")
        assert (Region.objects.count(), gone.ended_at) == (n_before + 2, NOMINATIONS_OPEN)
        assert list(Region.objects.filter(pk__startswith="64").values()) == neighbour
        assert Region.objects.get(pk="65").source.decree == NEW

    def test_the_chain_tells_what_was_applied(self, story, admin):
        proposed = taken_in(newer(**self.CHANGED), admin)

        told = [(entry["type"], entry["body"]) for entry in replay("wilayah").entries]
        assert told[0] == ("region.match", {
            "decree": NEW, "region": FIRST, "now": FIRST, "same": True, "was": "65.01.01 Tanjung Palas",
            "is": "65.01.01 Tanjung Palas Lama",
        })  # fmt: skip
        assert {key: value for key, value in told[1][1].items() if key != "c"} == {
            "decree": NEW, "sha256": proposed.file_id, "new": 2, "gone": 1, "renamed": 1, "moved": 0,
            "carried": {"roles": 0, "homes": 0, "terms": 0},
        }  # fmt: skip
        assert opened_chain("wilayah").faults == []

    def test_the_same_list_has_nothing_to_apply(self, story, admin):
        with pytest.raises(Refused) as refused:
            taken_in(newer(), admin)

        assert refused.value.sentence == "Daftar ini tidak berbeda dari yang berlaku."

    def test_a_draft_opened_before_registers_the_names_and_places_of_its_own_list(self, story, admin):
        text = EDITION.replace("kaltara-2024-uji", "kaltara-2025-uji")
        draft = open_edition(text, name="a.yaml", by=story.bureau[0], now=FORMS_OPEN)
        taken_in(newer(**self.CHANGED), admin)
        later = text.replace("kaltara-2025-uji", "kaltara-2026-uji")
        fresh = open_edition(later, name="b.yaml", by=story.bureau[0], now=NOMINATIONS_OPEN)
        revise_edition(draft, text + "# catatan\n", base=fingerprint(text), by=story.bureau[0], now=NOMINATIONS_OPEN)

        assert (draft.regions_at, fresh.regions_at) == (story.edition.regions_at, NOMINATIONS_OPEN)
        assert {entry.region_id: entry.name for entry in entries_of_list(draft)}[FIRST] == "Tanjung Palas"
        assert {entry.region_id: entry.name for entry in entries_of_list(fresh)}[FIRST] == "Tanjung Palas Lama"
        assert (len(entries_of_list(draft)), len(entries_of_list(fresh))) == (9, 10)

    def test_a_kecamatan_that_moved_is_linked_to_what_follows_it(self, story, admin):
        name = Region.objects.get(pk=SECOND).name

        taken_in(newer(without={SECOND}, more=[row("65.71.09", name)]), admin)

        assert Region.objects.get(pk=SECOND).followed_by_id == "65.71.09"

    def test_one_that_comes_back_stands_again(self, story, admin):
        whole = newer()
        taken_in(newer(without={SECOND}), admin)
        taken_in(whole, admin, decree="Kepmendagri 2 Tahun 2027")

        assert Region.objects.get(pk=SECOND).ended_at is None

    def test_twice_is_refused_and_so_is_a_withdrawn_one(self, story, admin):
        proposed = taken_in(newer(**self.CHANGED), admin)
        with pytest.raises(Refused):
            apply_proposed_list(proposed, by=admin, now=NOMINATIONS_OPEN)
        with pytest.raises(Refused) as refused:
            upload_list(newer(), decree=NEW, name="a.csv", by=admin, now=NOMINATIONS_OPEN)
        other = upload_list(newer(without={SECOND}), decree="K 3", name="a.csv", by=admin, now=NOMINATIONS_OPEN)
        withdraw_list(other, by=admin, now=NOMINATIONS_OPEN)
        with pytest.raises(Refused):
            apply_proposed_list(other, by=admin, now=NOMINATIONS_OPEN)

        assert refused.value.sentence == f"Daftar {NEW} sudah dimuat. Periksa nomor Kepmendagrinya."

    def test_only_the_administrator_loads_and_only_the_bureau_corrects(self, story, admin):
        region = Region.objects.get(pk=FIRST)

        with pytest.raises(NotAllowed):
            upload_list(newer(), decree=NEW, name="a.csv", by=story.bureau[0], now=NOMINATIONS_OPEN)
        with pytest.raises(NotAllowed):
            correct_region_name(region, "Lain", basis="Perda", by=admin, now=NOMINATIONS_OPEN)


class TestCorrecting:
    def test_a_name_is_corrected_with_its_source_on_what_is_not_published(self, story):
        region = Region.objects.get(pk=FIRST)

        correct_region_name(region, "Tanjung  Palas’", basis="Perda 4/2003", by=story.bureau[0], now=NOMINATIONS_OPEN)

        assert Entry.objects.get(region=FIRST).name == Region.objects.get(pk=FIRST).name == "Tanjung  Palas’"
        assert [(name.name, name.kind) for name in region.former_names.all()] == [("Tanjung Palas", "dibetulkan")]

    @pytest.mark.parametrize("code", [FIRST, "65.01"])
    def test_what_the_edition_sealed_of_its_entrants_opens_after_a_correction(self, story, code):
        region = Region.objects.get(pk=code)

        correct_region_name(
            region, f"{region.name} Raya", basis="Perda 4/2003", by=story.bureau[0], now=NOMINATIONS_OPEN
        )
        assert opened_edition(story.edition).faults == []

        Entry.objects.filter(region=FIRST).update(name="Palsu")
        assert len(opened_edition(story.edition).faults) == 1

    def test_a_published_edition_stays_as_printed(self, story):
        story.edition.published_at = NOMINATIONS_OPEN
        story.edition.save()
        region = Region.objects.get(pk=FIRST)

        correct_region_name(region, "Palas", basis="Perda 4/2003", by=story.bureau[0], now=NOMINATIONS_OPEN)

        assert Entry.objects.get(region=FIRST).name == "Tanjung Palas"

    @pytest.mark.parametrize(
        ("name", "basis", "sentence"),
        [
            ("", "Perda", "Tulis nama wilayah dalam satu baris."),
            ("Palas", " ", "Tulis dasar pembetulan, misalnya nomor peraturan daerah atau halaman Kepmendagri."),
            ("Tanjung Palas", "Perda", "Nama Kecamatan Tanjung Palas, Kabupaten Bulungan sudah tertulis begitu."),
            ("A\u2067B", "Perda", "Nama wilayah memuat tanda yang tidak terlihat (U+2067), huruf ke-2. "
             "Hapus atau ketik ulang bagian itu."),
        ],
    )  # fmt: skip
    def test_what_cannot_be_is_refused(self, story, name, basis, sentence):
        with pytest.raises(Refused) as refused:
            correct_region_name(
                Region.objects.get(pk=FIRST), name, basis=basis, by=story.bureau[0], now=NOMINATIONS_OPEN
            )

        assert refused.value.sentence == sentence


class TestPages:
    @pytest.fixture(autouse=True)
    def at_the_time(self, monkeypatch):
        monkeypatch.setattr("sp2k.base.clock.now", lambda: NOMINATIONS_OPEN)

    def sent(self, client, content, name="baru.csv"):
        told = {"decree": NEW, "file": SimpleUploadedFile(name, content)}
        return client.post("/wilayah/muat/", told, follow=True)

    def test_a_list_is_uploaded_looked_at_and_applied(self, client, story, admin):
        client.force_login(admin)

        page = self.sent(client, newer(**TestApplying.CHANGED).encode()).content.decode()
        proposed = ProposedList.objects.get()
        early = client.post(f"/wilayah/muat/{proposed.pk}/jawab/", {"answer": "apply"}, follow=True).content.decode()
        told = {f"jawab:{FIRST}:{FIRST}": "sama"}
        client.post(f"/wilayah/muat/{proposed.pk}/wilayah/?jenis=tanya&halaman=1", told)
        client.post(f"/wilayah/muat/{proposed.pk}/jawab/", {"answer": "apply"})
        listed = client.get("/wilayah/?cari=65.01").content.decode()

        assert "Ditanyakan: 1 · Hilang: 1 · Baru: 2 · Berganti penulisan: 0" in page
        assert "Berkas ini tidak memuat provinsi 64" in page
        assert str(story.edition) in page
        assert "65.01.01 Tanjung Palas Lama<br><b>berganti nama</b>" in page
        assert "1 pasangan wilayah belum dijawab. Jawab satu per satu lebih dahulu." in early
        assert "bernama Tanjung Palas sampai" in listed

    def test_names_with_the_word_of_their_level_change_nothing(self, client, story, admin):
        client.force_login(admin)
        wordy = {row.code: {"kecamatan": "Kec. ", "kabupaten": "KAB. ", "kota": "Kota "}.get(row.level, "Prov. ")
                 + row.name.removeprefix("Kabupaten ").removeprefix("Kota ") for row in stored_rows()}  # fmt: skip

        page = self.sent(client, newer(renamed=wordy).encode()).content.decode()

        assert "Ditanyakan: 0 · Hilang: 0 · Baru: 0 · Berganti penulisan: 0" in page
        assert "Daftar ini tidak berbeda dari yang berlaku." in page

    def test_a_list_in_capitals_says_so_before_it_is_applied(self, client, story, admin):
        client.force_login(admin)
        loud = {row.code: row.name.upper() for row in stored_rows() if row.level == "kecamatan"}
        n = sum(code.startswith("65") for code in loud)

        page = self.sent(client, newer(renamed=loud).encode()).content.decode()

        assert f"{n} nama hanya berganti penulisan ({n} di antaranya huruf besar dan kecilnya saja), misalnya " in page

    def test_a_corrected_name_is_kept_without_the_word_of_its_level(self, story, admin):
        region = Region.objects.get(pk=FIRST)
        with pytest.raises(Refused, match="sudah tertulis begitu"):
            correct_region_name(region, f"Kec. {region.name}", basis="Perda", by=story.bureau[0], now=NOMINATIONS_OPEN)

    def test_a_workbook_whose_codes_became_numbers_is_refused_with_the_cure(self, client, story, admin):
        client.force_login(admin)
        content = io.BytesIO()
        with xlsxwriter.Workbook(content) as book:
            sheet = book.add_worksheet()
            rows = [("kode", "nama", "tingkat", "induk"), (65, "Kalimantan Utara", "provinsi", ""),
                    (65.1, "Kabupaten Baru", "kabupaten", 65)]  # fmt: skip
            for n, values in enumerate(rows):
                for place, value in enumerate(values):
                    sheet.write(n, place, value)

        page = self.sent(client, content.getvalue(), name="baru.xlsx")

        assert page.status_code == 422
        assert "sel A3, kolom kode: berisi angka 65.1, bukan teks: nolnya dapat hilang. Mungkin 65.10." in (
            page.content.decode()
        )

    def test_a_workbook_of_the_same_list_says_the_same_as_its_csv(self, client, story, admin):
        client.force_login(admin)
        text = newer(**TestApplying.CHANGED)
        self.sent(client, text.encode())
        rows = [line.split(",") for line in text.splitlines()]
        content = workbook(*rows[1:], header=rows[0], above=["Lampiran Kepmendagri"])

        again = self.sent(client, content, name="baru.xlsx")

        assert again.status_code == 200
        assert ProposedList.objects.count() == 1  # the same list under the same decree is the same proposal

    def test_an_error_in_a_name_is_no_region_without_a_name(self, client, story, admin):
        client.force_login(admin)
        rows = [("kode", "nama", "tingkat", "induk"), ("65", raw.NOT_AVAILABLE, "provinsi", "")]

        page = self.sent(client, raw.book({"wilayah": rows}), name="baru.xlsx")

        assert "Lembar &quot;wilayah&quot;, sel B2, kolom nama: berisi #N/A" in page.content.decode()
        assert not ProposedList.objects.exists()

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [(b"", "kosong (0 bita)"), (b"\xe9\n", "bukan teks UTF-8"), (b"PK\x03\x04x", "bukan XLSX")],
    )
    def test_a_file_that_is_no_list_is_refused(self, client, story, admin, content, sentence):
        client.force_login(admin)

        page = self.sent(client, content)

        assert (page.status_code, sentence in page.content.decode()) == (422, True)

    def test_the_list_asks_the_same_number_of_questions_however_long(self, client, story, admin):
        client.force_login(admin)
        taken_in(newer(**TestApplying.CHANGED), admin)
        client.get("/wilayah/")

        with CaptureQueriesContext(connection) as few:
            client.get("/wilayah/?cari=65.04&halaman=semua")
        with CaptureQueriesContext(connection) as many:
            client.get("/wilayah/?halaman=semua")

        assert len(few) == len(many)

    def test_others_do_not_find_the_upload(self, client, story):
        client.force_login(story.bureau[0])

        assert client.get("/wilayah/").status_code == 200
        assert client.get("/wilayah/muat/").status_code == 404
