"""`sp2k edition check` without a database, and `create`: sentences and exit codes."""

import shutil

from click.testing import CliRunner

from sp2k.config.cli import main
from tests.editions.conftest import SHIPPED, edition_text

# No test of `check` asks for a database: a query would fail the test.


def run(*arguments, command="check"):
    return CliRunner().invoke(main, ["edition", command, *map(str, arguments)])


def changed(folder, *changes):
    text = edition_text("jatim-2022")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "jatim-2022.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_shipped_edition_passes():
    done = run(SHIPPED / "editions" / "data" / "jatim-2022.yaml")

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        "jatim-2022.yaml: edisi jatim-2022 dapat dipakai. Tahap isian > seleksi > presentasi > lapang; 5 gelar.\n"
    )


def test_a_notice_is_printed_and_passes():
    done = run(SHIPPED / "editions" / "data" / "jatim-2023.yaml")

    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == (
        "Perhatian: Ada 5 gelar, padahal 7 yang lolos dari tahap lapang: tempat 6 dan 7 tidak bergelar."
    )


def test_each_fault_is_a_sentence_and_the_exit_code_is_two(tmp_path):
    done = run(changed(tmp_path, ("jumlah: 5}", "jumlah: 39}"), ("selesai: 2022-11-25", "selesai: 2022-11-14")))

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "Salah: Tahap presentasi meloloskan 39, padahal paling banyak 38 kecamatan masuk.",
        "Salah: Tahap lapang selesai 14 November 2022, 16.00 WIB, tidak sesudah mulainya 16 November 2022, 08.00 WIB.",
        "jatim-2022.yaml: 2 kesalahan. Berkas ini belum dapat dipakai.",
    ]


def test_a_file_that_cannot_be_read_whole_tells_every_fault(tmp_path):
    done = run(changed(tmp_path, ("cara: tambah", "cara: pangkat"), ("tahun: 2022", "tahun: 22")))

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        'Salah: Pada tahap seleksi, bawaan, "cara" tertulis "pangkat"; pilih ganti, tambah, atau bobot.',
        'Salah: Pada bagian utama, "tahun" tertulis 22; tulis bilangan bulat 2000 sampai 2100.',
        "jatim-2022.yaml: 2 kesalahan. Berkas ini belum dapat dipakai.",
    ]


def test_a_file_that_is_not_there_is_said_so():
    done = run("tiada.yaml")

    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "Salah: berkas tiada.yaml tidak ada. Periksa nama dan foldernya.\n"


def test_an_instrument_beside_the_file_is_found(tmp_path):
    path = changed(tmp_path, ("instrumen: presentasi-jatim-2022", "instrumen: presentasi-lain"))
    before = run(path)
    shipped = (SHIPPED / "instruments" / "data" / "presentasi-jatim-2022.yaml").read_text(encoding="utf-8")
    beside = shipped.replace("instrumen: presentasi-jatim-2022", "instrumen: presentasi-lain")
    (tmp_path / "lain.yaml").write_text(beside, encoding="utf-8")

    after = run(path)

    assert before.stderr.splitlines()[0] == (
        "Salah: Tahap presentasi memakai instrumen presentasi-lain, yang tidak dikenal."
    )
    assert after.exit_code == 0


def test_a_copy_in_a_folder_of_its_own_passes(tmp_path):
    shutil.copy(SHIPPED / "editions" / "data" / "banyuwangi-2022-contoh.yaml", tmp_path)

    assert run(tmp_path / "banyuwangi-2022-contoh.yaml").exit_code == 0


def test_an_edition_is_created_in_the_name_of_a_person(instruments, people):
    done = run(SHIPPED / "editions" / "data" / "jatim-2022.yaml", "--oleh", "biro", command="create")

    assert (done.exit_code, done.stdout) == (
        0, "Edisi jatim-2022 dibuka dengan 4 tahap. Aturannya belum dikunci.\n",
    )  # fmt: skip


def test_nobody_creates_in_the_name_of_a_person_who_is_not_there(east_java):
    done = run(SHIPPED / "editions" / "data" / "jatim-2022.yaml", "--oleh", "tiada", command="create")

    assert (done.exit_code, done.stderr) == (
        2, 'Salah: Akun "tiada" tidak ada. Periksa ejaannya, atau buat dengan: sp2k user create.\n',
    )  # fmt: skip
