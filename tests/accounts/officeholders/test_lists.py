"""The list of officeholders: looked at row by row, applied once, and never wiping what a file does not say."""

import io
import zipfile
from datetime import date

import pytest

from sp2k.accounts.models import Officeholder
from sp2k.accounts.officeholders.actions import add_officeholder, correct_officeholder
from sp2k.accounts.officeholders.terms import Term
from sp2k.journal.queries import replay
from sp2k.regions.models import Region
from tests.base.tables import raw
from tests.story.lists import applied, changes_in, looked_at, workbook
from tests.story.small import BULUNGAN, FIRST, FORMS_OPEN, person, play_small

ADDRESS = "/pejabat/muat/"
HEADER = ("kode", "jabatan", "nama", "nip", "pangkat", "sejak", "sampai", "dasar")
NIP, OTHER = "197001011990031001", "198002022005022002"
SITI = Term("camat", "Dra. Siti Aminah, M.Si.", NIP, "Pembina, IV/a", date(2023, 1, 2), None, "SK 821/12/2022")
AS_RECORDED = (FIRST, "camat", SITI.name, NIP, SITI.rank, "2023-01-02", "", SITI.source)
BLANK = (FIRST, "camat", SITI.name, "", "", "2023-01-02", "", "")


@pytest.fixture(autouse=True)
def at_the_time(monkeypatch):
    monkeypatch.setattr("sp2k.base.clock.now", lambda: FORMS_OPEN)


@pytest.fixture
def story(db):
    return play_small(until=FORMS_OPEN)


@pytest.fixture
def first(story):
    return Region.objects.select_related("parent").get(code=FIRST)


@pytest.fixture
def regency(story):
    return person(story, "R", BULUNGAN)


@pytest.fixture
def client(client, regency):
    client.force_login(regency)
    return client


@pytest.fixture
def siti(first, regency):
    return add_officeholder(first, SITI, by=regency, now=FORMS_OPEN)


def recorded():
    return list(Officeholder.objects.order_by("pk").values())


def list_of(*rows, header=HEADER):
    return workbook(*rows, header=header)


def of(region):
    terms = Officeholder.objects.filter(region=region).order_by("since")
    return [(term.name, term.since.isoformat(), term.until and term.until.isoformat()) for term in terms]


def taken_in(client, content, **ticked):
    return applied(client, ADDRESS, looked_at(client, ADDRESS, content, **ticked))


def test_nothing_is_written_before_what_changes_was_shown_old_beside_new(client, first, siti):
    before, lines = recorded(), replay("pejabat").size

    shown = looked_at(client, ADDRESS, list_of((FIRST, "Camat", "Dra. Siti Aminah, M.A.", OTHER, "", "02/01/2023", "", "")))

    assert changes_in(shown) == [
        (2, "berubah", [("nama", SITI.name, "Dra. Siti Aminah, M.A."), ("NIP", NIP, OTHER)]),
    ]
    assert (recorded(), replay("pejabat").size) == (before, lines)
    assert shown.status_code == 200 and "Belum ada yang disimpan." in shown.content.decode()


def test_the_button_does_what_was_shown_and_the_same_file_again_changes_nothing(client, first):
    content = list_of(AS_RECORDED)

    assert taken_in(client, content).status_code == 302
    before, lines = recorded(), replay("pejabat").size
    again = looked_at(client, ADDRESS, content)

    assert of(first) == [(SITI.name, "2023-01-02", None)]
    assert changes_in(again) == [] and again.context["preview"].counts["tetap"] == 1
    assert "Terapkan" not in again.content.decode()
    assert (recorded(), replay("pejabat").size) == (before, lines)


def test_a_later_row_hands_over_and_a_mended_one_corrects(client, first):
    taken_in(client, list_of((FIRST, "camat", "Siti", "", "", "2023-01-02", "", "")))
    content = list_of(
        (FIRST, "Camat", "Siti Aminah", NIP, "", "2 Januari 2023", "", ""),
        (FIRST, "Plt. Camat", "Budi", "", "", "1-3-2024", "", ""),
    )

    shown = looked_at(client, ADDRESS, content)
    applied(client, ADDRESS, shown)

    assert changes_in(shown) == [
        (2, "berubah", [("nama", "Siti", "Siti Aminah"), ("NIP", "", NIP)]),
        (3, "berubah", [
            ("Camat Siti Aminah", "masih menjabat", "sampai 29 Februari 2024"), ("jabatan", "", "Plt. Camat"),
            ("nama", "", "Budi"), ("sejak", "", "1 Maret 2024"),
        ]),
    ]  # fmt: skip
    assert of(first) == [("Siti Aminah", "2023-01-02", "2024-02-29"), ("Budi", "2024-03-01", None)]


class TestWhatIsNotSaidStays:
    @pytest.mark.parametrize(
        "content",
        [list_of(BLANK), list_of(AS_RECORDED[:3] + AS_RECORDED[5:6], header=("kode", "jabatan", "nama", "sejak"))],
        ids=["empty cells", "columns that are not there"],
    )  # fmt: skip
    def test_an_empty_cell_and_a_missing_column_change_nothing(self, client, siti, content):
        assert changes_in(looked_at(client, ADDRESS, content)) == []

    def test_an_empty_cell_empties_only_where_the_form_says_so(self, client, siti):
        shown = looked_at(client, ADDRESS, list_of(BLANK), clears="on")
        applied(client, ADDRESS, shown)

        assert changes_in(shown) == [
            (2, "berubah", [("NIP", NIP, ""), ("pangkat", SITI.rank, ""), ("dasar", SITI.source, "")]),
        ]
        assert (Officeholder.objects.get().nip, Officeholder.objects.get().rank) == ("", "")

    def test_a_missing_column_empties_nothing_whatever_the_form_says(self, client, siti):
        content = list_of(AS_RECORDED[:3] + AS_RECORDED[5:6], header=("kode", "jabatan", "nama", "sejak"))
        shown = looked_at(client, ADDRESS, content, clears="on")

        assert changes_in(shown) == []
        assert "Kolom wilayah, nip, pangkat, sampai, dasar tidak ada dalam berkas; isinya tetap." in shown.content.decode()

    @pytest.mark.parametrize("title", ["nama", "nip", "sejak", "pangkat"])
    def test_an_error_in_a_cell_erases_nobody(self, client, siti, title):
        cells = list(AS_RECORDED)
        cells[HEADER.index(title)] = raw.NOT_AVAILABLE
        before = recorded()

        page = looked_at(client, ADDRESS, raw.book({"pejabat": [HEADER, cells]}))

        place = f"{'ABCDEFGH'[HEADER.index(title)]}2"
        assert f"Lembar &quot;pejabat&quot;, sel {place}, kolom {title}: berisi #N/A" in page.content.decode()
        assert (page.status_code, recorded()) == (422, before)

    def test_regions_that_are_not_named_stay_and_the_preview_counts_them(self, client, first, siti):
        page = looked_at(client, ADDRESS, list_of(AS_RECORDED, ("65.01.02", "", "", "", "", "", "", ""))).content.decode()

        assert "wilayah dalam daftar Anda tanpa nama dalam berkas ini; catatannya tetap." in page
        assert "dilewati" not in page

    @pytest.mark.parametrize("name", ["-", "0", "---"])
    def test_a_sign_in_the_place_of_a_name_is_nobody(self, client, siti, name):
        page = looked_at(client, ADDRESS, list_of((FIRST, "camat", name, NIP, "", "2023-01-02", "", ""))).content.decode()

        assert f"sel C2, kolom nama: berisi &quot;{name}&quot;, bukan nama. Tulis namanya, atau kosongkan" in page

    def test_a_row_that_says_something_of_nobody_is_a_fault(self, client, siti):
        page = looked_at(client, ADDRESS, list_of((FIRST, "camat", "", NIP, "", "2023-01-02", "", ""))).content.decode()

        assert "sel C2, kolom nama: kosong. Tulis namanya, atau kosongkan seluruh barisnya selain kode dan wilayah." in page


class TestWhatIsAsked:
    def test_a_number_already_on_another_person_needs_a_tick_of_its_own(self, client, first, siti):
        content = list_of((FIRST, "Plt. Camat", "Budi", NIP, "", "2024-03-01", "", ""))
        shown = looked_at(client, ADDRESS, content)

        refused = applied(client, ADDRESS, shown)
        before = of(first)
        applied(client, ADDRESS, shown, agreed=[NIP])

        assert [ask.sentence for ask in shown.context["preview"].asks] == [
            f'NIP {NIP} bagi Budi (lembar "daftar", baris 2) sudah tercatat pada {SITI.name}, Camat {first.full_name}. '
            "NIP ini memang miliknya."
        ]
        assert (refused.status_code, before) == (422, [(SITI.name, "2023-01-02", None)])
        assert of(first)[-1] == ("Budi", "2024-03-01", None)

    def test_the_same_person_elsewhere_or_with_another_title_is_not_asked_about(self, client, siti):
        moved = ("65.01.02", "camat", "Siti Aminah", NIP, "", "2024-03-01", "", "")
        mended = (FIRST, "camat", "Siti Aminah Rahayu", NIP, "", "2023-01-02", "", "")

        assert looked_at(client, ADDRESS, list_of(moved)).context["preview"].asks == ()
        assert looked_at(client, ADDRESS, list_of(mended)).context["preview"].asks == ()

    def test_one_number_under_two_names_in_a_file_is_asked_about_once(self, client, story):
        siti = (FIRST, "camat", "Siti", OTHER, "", "2023-01-02", "", "")
        rows = [siti, ("65.01.02", "camat", "Budi", *siti[3:])]
        (ask,) = looked_at(client, ADDRESS, list_of(*rows)).context["preview"].asks

        assert ask.sentence.endswith("juga tertulis pada Budi dalam berkas ini. NIP ini memang miliknya.")

    def test_a_holder_beyond_the_readers_reach_is_not_named(self, client, story):
        far = Region.objects.get(code="65.04.01")
        Officeholder.objects.create(region=far, office="camat", name="Orang Jauh", nip=OTHER, since=date(2023, 1, 1))
        (ask,) = looked_at(client, ADDRESS, list_of((FIRST, "camat", "Siti", OTHER, "", "2023-01-02", "", ""))).context[
            "preview"
        ].asks

        assert "sudah tercatat pada orang lain di luar wilayah Anda" in ask.sentence
        assert "Orang Jauh" not in ask.sentence


class TestWhatIsRefused:
    def test_every_wrong_row_is_named_with_its_cell_and_nothing_is_taken(self, client, first):
        page = looked_at(client, ADDRESS, list_of(
            AS_RECORDED,
            (FIRST, "lurah", "Budi", "", "", "2024-03-01", "", ""),
            (65.1, "camat", "Budi", "", "", "2024-03-01", "", ""),
            (FIRST, "camat", "Budi", 197001011990031001, "", "2024-03-01", "", ""),
            (FIRST, "camat", "Budi", "", "", "15/01/23", "", ""),
        ))  # fmt: skip
        said = page.content.decode()

        assert page.status_code == 422
        assert "sel B3, kolom jabatan: berisi &quot;lurah&quot;, yang tidak dikenal." in said
        assert "sel A4, kolom kode: berisi angka 65.1, bukan teks: nolnya dapat hilang. Mungkin 65.10." in said
        assert "sel D5, kolom nip: 197001011990031000 tersimpan sebagai angka, jadi angka belakangnya hilang." in said
        assert "sel F6, kolom sejak: berisi &quot;15/01/23&quot;: tahunnya harus empat angka" in said
        assert of(first) == []

    def test_a_region_of_another_regency_and_two_rows_at_odds_hold_back_the_whole_list(self, client, first):
        shown = looked_at(client, ADDRESS, list_of(
            AS_RECORDED, ("65.04.01", "camat", "Siti", "", "", "2023-01-02", "", ""), BLANK[:2] + ("Budi",) + BLANK[3:],
        ))  # fmt: skip

        assert [(row.number, row.says) for row in shown.context["preview"].shown] == [
            (3, ('Lembar "daftar", baris 3, kolom kode: wilayah 65.04.01 tidak ada dalam daftar yang Anda kelola. Hapus '
                 "barisnya.",)),
            (4, ('Lembar "daftar", baris 4: berbeda dari baris 2 tentang masa jabatan yang sama.',)),
        ]
        assert applied(client, ADDRESS, shown).status_code == 422 and of(first) == []

    def test_a_code_that_slipped_by_a_row_is_found_by_the_name_beside_it(self, client, first):
        header = ("kode", "wilayah", "jabatan", "nama", "sejak")
        other = Region.objects.select_related("parent").get(code="65.01.02")
        row = (FIRST, other.full_name, "camat", "Siti", "2023-01-02")

        (wrong,) = looked_at(client, ADDRESS, list_of(row, header=header)).context["preview"].shown

        assert wrong.says == (
            f'Lembar "daftar", baris 2, kolom wilayah: kode {FIRST} adalah {first.full_name}, tetapi tertulis '
            f'"{other.full_name}". Periksa '
            "kode dan namanya.",
        )

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [(b"", "kosong (0 bita)"), (b"MZ\x90\x00", "bukan XLSX"), (list_of(header=("a", "b")), "tidak mempunyai kolom kode"),
         (b"%PDF-1.4", "adalah PDF")],
        ids=["empty", "a program", "other columns", "PDF"],
    )  # fmt: skip
    def test_a_file_that_is_no_list_is_refused(self, client, content, sentence):
        assert sentence in looked_at(client, ADDRESS, content).content.decode()

    def test_what_changed_since_it_was_shown_is_shown_again_instead_of_done(self, client, first, siti, regency):
        shown = looked_at(client, ADDRESS, list_of(AS_RECORDED[:2] + ("Siti Baru",) + AS_RECORDED[3:]))
        mended = Term(**{**vars(SITI), "rank": "Pembina Tk. I, IV/b"})
        correct_officeholder(siti, mended, reason="x", by=regency, now=FORMS_OPEN)

        again = applied(client, ADDRESS, shown)

        assert (again.status_code, Officeholder.objects.get().name) == (409, SITI.name)
        assert ("pangkat", "Pembina Tk. I, IV/b", SITI.rank) in changes_in(again)[0][2]

    def test_a_preview_of_somebody_else_or_a_changed_one_does_nothing(self, client, story, first):
        shown = looked_at(client, ADDRESS, list_of(AS_RECORDED))
        mark = shown.context["preview"].mark
        forged = client.post(ADDRESS, {"isi": shown.context["sealed"][:-2] + "xx", "shown": mark})
        client.force_login(story.bureau[0])
        others = client.post(ADDRESS, {"isi": shown.context["sealed"], "shown": mark})

        assert "tidak sampai utuh atau sudah terlalu lama dibuka" in forged.content.decode()
        assert (others.status_code, of(first)) == (forged.status_code, [])


class TestWhatIsGivenOut:
    def test_one_cell_changed_in_what_was_given_out_is_the_one_change_shown(self, client, first, siti):
        content = client.get("/pejabat/daftar.xlsx").content

        unchanged = looked_at(client, ADDRESS, content)
        changed = looked_at(client, ADDRESS, with_text(content, SITI.rank, "Pembina Tk. I, IV/b"))

        assert changes_in(unchanged) == [] and unchanged.context["preview"].counts["tetap"] == 1
        assert [change for _row, _kind, change in changes_in(changed)] == [[("pangkat", SITI.rank, "Pembina Tk. I, IV/b")]]

    def test_a_list_given_out_before_others_wrote_says_so(self, client, first, siti, regency, monkeypatch):
        content = client.get("/pejabat/daftar.xlsx").content
        later = FORMS_OPEN.replace(day=FORMS_OPEN.day + 1)
        correct_officeholder(siti, Term(**{**vars(SITI), "nip": OTHER}), reason="x", by=regency, now=later)

        shown = looked_at(client, ADDRESS, content)

        (note,) = shown.context["preview"].notes
        assert f"Sejak itu catatan pejabat {first.full_name} berubah." in note
        assert changes_in(shown)[0][2] == [("NIP", OTHER, NIP)]


def with_text(content: bytes, old: str, new: str) -> bytes:
    """Change a text of a workbook, as somebody does in a spreadsheet."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(changed, "w") as after:
        for part in before.infolist():
            after.writestr(part.filename, before.read(part).replace(old.encode(), new.encode()))
    return changed.getvalue()
