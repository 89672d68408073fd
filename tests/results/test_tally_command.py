"""`sp2k tally`, run as people run it: two files in, tables, words and a workbook out, no database."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sp2k.config.cli import main
from sp2k.results.files import write_all

PROJECT = Path(__file__).parents[2]
RULES = """\
aturan: sp2k-hitung-1
edisi: contoh-2022
tahap: presentasi
nama: Presentasi
data_contoh: true
sumber: juri
peserta: ["35.10.13", "35.13.23", "35.15.13"]
penilai: [unair, jpip]
instrumen:
  instrumen: presentasi-contoh
  aspek:
    - kode: N
      indikator:
        - {kode: N1, maks: 100, aturan: {jenis: juri, skala: [0, 100], desimal: 1}}
bulat: {nilai: 2}
kuota: {lingkup: semua, jumlah: 1}
"""
SHEETS = """\
kode,penilai,indikator,nilai
35.10.13,unair,N1,90
35.10.13,jpip,N1,"87,5"
35.13.23,unair,N1,80
35.13.23,jpip,N1,85
35.15.13,unair,N1,82.5
35.15.13,jpip,*,absen
"""
PLACES = """\
# Data contoh: nilai sintetis, bukan nilai resmi.
tempat,kode,nilai,lingkup,diputus_oleh,lolos,keterangan
1,35.10.13,88.75,semua,nilai,ya,
2,35.13.23,82.50,semua,seri,tidak,
2,35.15.13,82.50,semua,seri,tidak,"absen: jpip; rata-rata dari 1 penilai yang ada"
"""


class Desk:
    """A folder with a rules file and a sheets file, and a way to count them."""

    def __init__(self, folder: Path):
        self.folder, self.rules, self.sheets, self.out = (
            folder, folder / "rules.yaml", folder / "sheets.csv", folder / "out"
        )  # fmt: skip
        self.rules.write_text(RULES, "utf-8")
        self.sheets.write_text(SHEETS, "utf-8")

    @property
    def files(self) -> list[str]:
        return [str(self.rules), str(self.sheets), "--out", str(self.out)]

    def tally(self, *options: str):
        return CliRunner().invoke(main, ["tally", *self.files, *options])

    def tally_apart(self, **environment):
        """Count in a process of its own. Its settings do not exist: whoever asked for the database would fail."""
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "no.such.settings", **environment}
        command = [sys.executable, "-c", "from sp2k.config.cli import main; main()", "tally", *self.files]
        return subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, encoding="utf-8", check=False
        )

    def refusal(self) -> str:
        """Count what cannot be counted; return the sentence after making sure that nothing was written."""
        answer = self.tally()
        assert (answer.exit_code, answer.stdout, self.out.exists()) == (2, "", False)
        return answer.stderr

    def tables(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.out.iterdir()}

    def changes_sheets(self, before: str, after: str) -> None:
        self.sheets.write_text(SHEETS.replace(before, after), "utf-8")


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


WRITTEN = ["hitung.xlsx", "jejak.csv", "penjelasan.md", "places.csv"]


def test_two_files_give_tables_words_a_workbook_and_a_summary(desk):
    answer = desk.tally_apart()

    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == (
        "# Data contoh: nilai sintetis, bukan nilai resmi.\n"
        "Presentasi (contoh-2022): 3 peserta, 3 mendapat tempat.\n"
        "5 lembar dihitung.\n"
        "1 lolos.\n"
        f"Ditulis ke {desk.out}: places.csv, jejak.csv, penjelasan.md, hitung.xlsx\n"
    )
    assert sorted(desk.tables()) == WRITTEN
    assert desk.tables()["places.csv"].decode() == PLACES
    assert desk.tables()["jejak.csv"].decode().splitlines()[:2] == [
        "# Data contoh: nilai sintetis, bukan nilai resmi.",
        "kode,langkah,butir,penilai,masukan,hasil,cara",
    ]


def test_a_second_count_replaces_the_first_and_leaves_nothing_beside_it(desk):
    desk.tally()
    desk.changes_sheets("35.13.23,jpip,N1,85", "35.13.23,jpip,N1,95")

    assert desk.tally().exit_code == 0
    assert desk.tables()["places.csv"].decode().splitlines()[3] == "2,35.13.23,87.50,semua,nilai,tidak,"
    assert sorted(desk.tables()) == WRITTEN


def test_shuffled_rows_windows_files_hash_seed_and_locale_change_no_byte(desk):
    desk.tally_apart(PYTHONHASHSEED="0")
    first = desk.tables()
    title, *rows = SHEETS.splitlines()
    random.Random(2022).shuffle(rows)
    desk.sheets.write_bytes(b"\xef\xbb\xbf" + "".join(f"{row}\r\n" for row in [title, *rows]).encode())
    desk.rules.write_bytes(b"\xef\xbb\xbf" + RULES.replace("\n", "\r\n").encode())

    for seed, locale in [("1", "C"), ("2022", "id_ID.UTF-8"), ("3", "tr_TR.UTF-8")]:
        answer = desk.tally_apart(PYTHONHASHSEED=seed, LC_ALL=locale, LANG=locale, PYTHONUTF8="0", TZ="Asia/Jayapura")

        assert answer.returncode == 0, answer.stderr
        assert desk.tables() == first


def test_a_tie_across_the_cut_is_written_marked_and_said_loudly(desk):
    desk.rules.write_text(RULES.replace("jumlah: 1", "jumlah: 2"), "utf-8")

    answer = desk.tally()

    assert answer.exit_code == 0
    assert "PERHATIAN, BELUM DIPUTUS SIAPA YANG LOLOS. Seri di batas lolos: 35.13.23 dan 35.15.13" in answer.stdout
    lines = desk.tables()["places.csv"].decode().splitlines()
    assert [line.split(",")[5] for line in lines[2:]] == ["ya", "seri di batas", "seri di batas"]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("87.500", "nilai 87.500 dapat dibaca 87500 atau 87.5. Tulislah 87500 atau 87.5."),
        ("-1", "nilai -1 harus antara 0 dan 100."),
        ("101", "nilai 101 harus antara 0 dan 100."),
        ("", "nilai tidak tertulis. Tulislah angkanya, atau kosong bila tidak diisi; kosong bukan nol."),
        ("abc", 'nilai "abc" bukan angka, bukan pula absen, benturan, kosong, t.b.; tulislah misalnya 87.5.'),
    ],
)
def test_a_bad_mark_is_refused_with_file_line_and_cure_and_writes_nothing(desk, written, said):
    desk.changes_sheets("35.13.23,jpip,N1,85", f"35.13.23,jpip,N1,{written}")

    assert desk.refusal() == f"Salah: sheets.csv baris 5: 35.13.23, penilai jpip, N1: {said}\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("35.13.23,jpip,N1,85", "nilai N1 untuk 35.13.23 dari jpip tertulis dua kali; hapuslah salah satu."),
        ("35.99.01,jpip,N1,85", '"35.99.01" tidak ada dalam daftar peserta tahap ini.'),
        ("35.13.23,dpmd,N1,85", 'penilai "dpmd" tidak ada dalam aturan; yang ada: unair, jpip.'),
        ("35.13.23,jpip,N7,85", 'indikator "N7" tidak ada pada instrumen tahap ini, atau tidak dinilai.'),
        ("35.13.23,jpip,N1,87,5", "ada 5 kolom, seharusnya 4. Bila maksudnya 87,5, tulislah 87.5."),
    ],
)
def test_a_line_too_many_is_refused_with_its_number(desk, line, said):
    desk.sheets.write_text(f"{SHEETS}{line}\n", "utf-8")

    assert desk.refusal() == f"Salah: sheets.csv baris 8: {said}\n"


def test_what_is_missing_as_a_whole_names_the_file_but_no_line(desk):
    desk.sheets.write_text("kode,penilai,indikator,nilai\n35.10.13,unair,N1,90\n", "utf-8")

    assert desk.refusal() == (
        "Salah: sheets.csv: 2 peserta tidak dapat dinilai: 35.13.23 tanpa lembar; 35.15.13 tanpa lembar. Kosong bukan "
        "nol: lengkapilah, atau nyatakanlah bila_tanpa_lembar: tidak_dinilai.\n"
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("kuota:", "kouta:", 'rules.yaml, aturan: kunci "kouta" tidak dikenal di sini;'),
        ('"35.15.13"', "35.15", 'rules.yaml, aturan: "peserta" memuat 35.15, yang terbaca sebagai angka, bukan teks;'),
        ("skala: [0, 100]", "skala: [100, 0]", "rules.yaml, aspek N > indikator N1 > aturan: "),
        ("edisi: contoh-2022\n", "edisi: [\n", "rules.yaml baris "),
        ("edisi: contoh-2022\n", "edisi: a\nedisi: b\n", "rules.yaml baris 3 "),
    ],
)
def test_bad_rules_are_refused_with_their_place(desk, before, after, said):
    desk.rules.write_text(RULES.replace(before, after), "utf-8")

    assert desk.refusal().startswith(f"Salah: {said}")


def test_files_that_are_missing_folders_or_not_utf8_are_refused(desk):
    desk.sheets.write_bytes("kode,penilai,indikator,nilai\n35.10.13,unair,N1,9½\n".encode("latin-1"))
    assert desk.refusal() == (
        "Salah: sheets.csv bukan teks UTF-8: baris 2 memuat tanda yang tidak pasti bacaannya. Simpanlah lagi sebagai CSV "
        "UTF-8 atau YAML UTF-8.\n"
    )

    desk.sheets = desk.folder
    assert desk.refusal() == f"Salah: {desk.folder} adalah folder, bukan berkas.\n"

    desk.rules = desk.folder / "tidak-ada.yaml"
    assert desk.refusal() == f"Salah: berkas {desk.rules} tidak ada. Periksalah nama dan foldernya.\n"


def test_a_file_in_the_folder_s_place_is_left_alone(desk):
    desk.out.write_text("milik orang lain", "utf-8")

    answer = desk.tally()

    assert answer.exit_code == 2
    assert answer.stderr == (
        f"Salah: {desk.out} tidak dapat ditulisi: di tempat itu ada berkas, bukan folder. Pilihlah folder lain.\n"
    )
    assert desk.out.read_text("utf-8") == "milik orang lain"


def test_when_the_second_table_cannot_be_put_in_place_the_first_stays_as_it_was(desk):
    desk.tally()
    before = desk.tables()["places.csv"]
    (desk.out / "jejak.csv").unlink()
    (desk.out / "jejak.csv").mkdir()
    desk.changes_sheets("35.13.23,jpip,N1,85", "35.13.23,jpip,N1,95")

    answer = desk.tally()

    assert answer.exit_code == 2
    assert answer.stderr.startswith(f"Salah: {desk.out} tidak dapat ditulisi: ")
    assert (desk.out / "places.csv").read_bytes() == before
    assert sorted(path.name for path in desk.out.iterdir()) == WRITTEN


def test_a_table_that_breaks_off_while_being_written_leaves_nothing(tmp_path):
    def breaking_off():
        yield "kode\n"
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        write_all(tmp_path, {"places.csv": ["tempat\n"], "jejak.csv": breaking_off()})

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "encoded",
    [
        lambda text: ("sep=;\r\n" + text).encode("utf-8-sig"),
        lambda text: text.replace(";", "\t").encode("utf-16"),
        lambda text: text.replace("unair", "\u00a0unair\u200b").encode(),
    ],
    ids=["sep=", "UTF-16 with tabs", "signs that cannot be seen"],
)
def test_marks_as_a_spreadsheet_saves_them_are_the_same_marks(tmp_path, encoded):
    desk = Desk(tmp_path)
    text = SHEETS.replace('"87,5"', "87.5").replace(",", ";").replace("87.5", "87,5")
    desk.sheets.write_bytes(encoded(text))

    assert desk.tally().exit_code == 0
    assert desk.tables()["places.csv"].decode() == PLACES
