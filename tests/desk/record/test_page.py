"""The page of the record: its filters, its files, as many questions to the database for many lines as for few."""

import csv
import io
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from sp2k.accounts.actions import create_user
from sp2k.base import clock
from sp2k.journal.models import Line
from sp2k.judging.models import Sheet
from tests.story.small import FIRST, FORMS_IN, JURY_LOCKED, SECOND, duty, entry, holder, person, play_small

pytestmark = pytest.mark.django_db
PAGE = "/catatan/edisi/kaltara-2024-uji/"


def record_of(user, path=PAGE, **asked):
    client = Client()
    client.force_login(user)
    return client.get(path, asked)


def sentences(answer) -> list[str]:
    return [act.sentence for _day, acts in answer.context["days"] for act in acts]


@pytest.fixture
def locked(monkeypatch):
    story = play_small(JURY_LOCKED)
    monkeypatch.setattr(clock, "now", lambda: JURY_LOCKED)
    return story


def test_kind_person_day_and_kecamatan_narrow_the_record_together(locked):
    bureau, juror = locked.bureau[0], holder(locked, "dpmd")
    name = str(entry(locked, "presentasi", SECOND).entry)

    day = (
        Sheet.objects.get(assignment=duty(locked, SECOND, "dpmd")).at.astimezone(JURY_LOCKED.tzinfo).date().isoformat()
    )
    asked = {"jenis": "penilaian", "orang": juror.name, "peserta": SECOND, "hari": day}

    found = record_of(bureau, **asked)
    assert sentences(found) == [f"Menyegel lembar penilaian {name}, tahap Presentasi."]
    assert sentences(record_of(bureau, **asked | {"hari": "2024-01-01"})) == []
    assert sentences(record_of(bureau, **asked | {"jenis": "aturan"})) == []


def test_a_kecamatan_is_found_in_lists_of_codes_and_behind_commitments(locked):
    found = sentences(record_of(locked.bureau[0], peserta=FIRST, halaman="semua"))

    name = str(entry(locked, "presentasi", FIRST).entry)
    assert "Mendaftarkan 9 kecamatan sebagai peserta tahap Pengisian." in found
    assert f"Mengirim isian {name}, tahap Pengisian." in found
    assert f"Menyegel lembar penilaian {name}, tahap Presentasi." in found


@pytest.mark.parametrize("asked", [
    {"hari": "bukan-tanggal"}, {"hari": "2024-13-45"}, {"jenis": "tidak-ada"}, {"halaman": "-7"}, {"halaman": "xyz"},
    {"orang": "", "peserta": "   "},
])  # fmt: skip
def test_what_cannot_be_asked_is_not_asked(locked, asked):
    answer = record_of(locked.bureau[0], **asked)

    assert answer.status_code == 200
    assert answer.context["page"].paginator.count == record_of(locked.bureau[0]).context["page"].paginator.count


def test_a_name_that_nobody_bears_leaves_an_empty_page_that_says_so(locked):
    page = record_of(locked.bureau[0], orang="Tidak Ada").content.decode()

    assert "Tidak ada tindakan yang cocok" in page


def test_whoever_has_done_nothing_is_told_what_will_stand_here(locked):
    newcomer = create_user("baru", "Orang Baru", roles=[("J", "65")])

    assert "Belum ada tindakan Anda" in record_of(newcomer, "/catatan/").content.decode()
    assert "Belum ada tindakan Anda" in record_of(newcomer).content.decode()


def test_whoever_holds_no_role_has_no_record_and_the_next_province_is_refused_with_a_reason(locked):
    nobody = create_user("kosong", "Tanpa Peran", roles=[])
    neighbour = create_user("tetangga", "Biro Tetangga", roles=[("B", "64")])

    assert record_of(nobody, "/catatan/").status_code == 404
    assert record_of(nobody).status_code == 404
    refused = record_of(neighbour)
    assert refused.status_code == 403
    assert "dibaca oleh yang bertugas di wilayahnya" in refused.content.decode()
    assert record_of(neighbour, "/catatan/edisi/tidak-ada/").status_code == 404


def test_files_hold_what_the_page_holds_and_say_first_that_it_is_a_sample(locked):
    asked = {"jenis": "penilaian", "halaman": "semua"}
    page = record_of(locked.bureau[0], **asked)
    lines = record_of(locked.bureau[0], f"{PAGE}tabel.csv", **asked).content.decode().splitlines()
    book = CalamineWorkbook.from_filelike(io.BytesIO(record_of(locked.bureau[0], f"{PAGE}tabel.xlsx", **asked).content))
    sheet = book.get_sheet_by_index(0).to_python()

    assert lines[0].startswith("# Data contoh")
    assert sheet[0][0].startswith("Data contoh")
    table = list(csv.DictReader(lines[1:]))
    assert [row["tindakan"] for row in table] == sentences(page) == [row[4] for row in sheet[2:]]
    assert {(type(row[0]), row[1]) for row in sheet[2:]} == {(datetime, "WITA")}
    assert {row["sidik"] for row in table} <= set(Line.objects.values_list("hash", flat=True))


def test_the_file_of_ones_own_acts_names_the_person(locked):
    juror = holder(locked, "dpmd")
    rows = record_of(juror, "/catatan/tabel.csv").content.decode().splitlines()

    assert rows[0].startswith("# Data contoh")
    assert {row["oleh"] for row in csv.DictReader(rows[1:])} == {juror.name}


def test_hashes_are_chained_so_only_who_reads_the_chain_reads_them_before_the_announcement(locked):
    """From two own lines whose hashes are known follows whether anybody acted in between."""
    juror, bureau = holder(locked, "dpmd"), locked.bureau[0]
    known = set(Line.objects.filter(chain=locked.edition.chain_id).values_list("hash", flat=True))

    own, of_office = (record_of(who, f"{PAGE}tabel.csv").content.decode().splitlines()[1:] for who in (juror, bureau))

    assert {row["sidik"] for row in csv.DictReader(own)} == {""}
    assert {row["sidik"] for row in csv.DictReader(of_office)} == known
    page = record_of(juror).content.decode()
    assert "setelah pengumuman" in page and not any(one[:4] + " " + one[4:8] in page for one in known)


def test_a_formula_as_a_name_stays_text(locked):
    juror = holder(locked, "dpmd")
    type(juror).objects.filter(pk=juror.pk).update(name="=cmd()")
    text = record_of(locked.bureau[0], f"{PAGE}tabel.csv", jenis="penilaian").content.decode()

    assert "'=cmd()" in text and ",=cmd()" not in text


@pytest.mark.parametrize("who", ["bureau", "regency"])
def test_many_lines_are_read_with_as_many_questions_as_few(monkeypatch, who):
    story = play_small(FORMS_IN)
    monkeypatch.setattr(clock, "now", lambda: FORMS_IN)
    reader = story.bureau[0] if who == "bureau" else person(story, "R", "65.01")
    few = questions(reader, peserta=FIRST, jenis="isian")

    many = questions(reader, jenis="isian")

    assert len(sentences(record_of(reader, jenis="isian"))) > 2
    assert many <= few


def questions(reader, **asked) -> int:
    client = Client()
    client.force_login(reader)
    client.get(PAGE, asked)
    with CaptureQueriesContext(connection) as found:
        client.get(PAGE, asked)
    return len(found)


def test_the_page_is_reached_from_the_edition_the_desk_and_the_profile(locked):
    reader = locked.bureau[0]

    assert f'href="{PAGE}"' in record_of(reader, "/edisi/kaltara-2024-uji/").content.decode()
    assert f'href="{PAGE}"' in record_of(reader, "/meja/").content.decode()
    for page in ("/meja/", "/akun/saya/"):
        assert 'href="/catatan/"' in record_of(reader, page).content.decode()
