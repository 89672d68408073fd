"""`sp2k instrument score`: the form of its output, and the only reasons for which it stops."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sp2k.config.cli import main

ROOT = Path(__file__).parents[2]
DATA = ROOT / "sp2k" / "instruments" / "data"
NEW = str(DATA / "instrumen-sumedang-2025.yaml")
OLD = str(DATA / "instrumen-sumedang-2025-skor137.yaml")

SHAPE = '{"A": {"isian": {"kunci": nilai}, "bukti": ["kunci"]}} atau daftarnya'


def run(file, content: str | bytes, *options):
    return CliRunner().invoke(main, ["instrument", "score", file, "--answers", "-", *options], input=content)


def scored(file, content: str | bytes, *options):
    result = run(file, content, *options)
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def test_one_form_gives_one_result():
    result = scored(NEW, '{"A": {"isian": {"ind_4": 3}, "bukti": ["ind_1"]}}')

    assert list(result) == ["aspek", "nilai", "maks", "kategori", "tak_dikenal", "catatan"]
    assert list(result["aspek"]) == ["A", "B", "C", "D", "E", "F"]
    assert list(result["aspek"]["A"]) == ["nilai", "maks", "indikator"]
    assert (result["aspek"]["A"]["nilai"], result["aspek"]["A"]["maks"]) == ("2.00", "30")
    assert result["aspek"]["A"]["indikator"]["A1"] == "2"
    assert (result["nilai"], result["maks"], result["kategori"]) == ("2.00", "100", "Sangat Kurang")
    assert (result["tak_dikenal"], result["catatan"]) == ([], [])


def test_a_list_of_forms_gives_a_list_of_results():
    results = scored(OLD, '[{}, {"E": {"isian": {"ind_2_jumlah": "2"}}}]')

    assert [result["nilai"] for result in results] == ["9.00", "10.00"]
    assert scored(OLD, "[]") == []


def test_ratios_without_a_decimal_end_are_printed_as_ratios():
    result = scored(OLD, '{"A": {"isian": {"ind_14a_status": "ada"}}}')

    assert result["aspek"]["A"]["indikator"]["A14"] == "2/3"
    assert result["aspek"]["A"]["nilai"] == "1.17"


def test_numbers_in_the_file_are_read_exactly():
    # As a float 2.675 would be 2.67499999..., and 1e400 would be infinite.
    text = '{"A": {"isian": {"ind_15_persen": 2.675, "ind_16_persen": 1e400, "ind_7_jumlah": %s}}}' % ("9" * 5000)
    points = scored(OLD, text)["aspek"]["A"]["indikator"]

    assert (points["A15"], points["A16"], points["A7"]) == ("0.02675", "1", "0")


@pytest.mark.parametrize(
    "odd", ["NaN", "Infinity", "-Infinity", "1e999999999999999999999", "1e-999999", "true", "[]", "{}"]
)
def test_a_value_that_is_no_number_is_noted_not_refused(odd):
    result = scored(OLD, f'{{"A": {{"isian": {{"ind_4_jumlah": {odd}}}}}}}')

    assert (result["aspek"]["A"]["indikator"]["A4"], len(result["catatan"])) == ("0", 1)


@pytest.mark.parametrize(
    ("typed", "read", "whole"),
    [("1.234", "1,234", "1234"), ("1,234", "1,234", "1234"), (" 12.500 ", "12,500", "12500"), ("-3.000", "-3,000", "-3000")],
)
def test_a_number_that_can_be_read_two_ways_is_read_as_decimals_and_that_is_said(typed, read, whole):
    result = scored(OLD, json.dumps({"A": {"isian": {"ind_4_jumlah": typed}}}))

    assert result["catatan"] == [
        f'A.ind_4_jumlah: "{typed}" dapat dibaca dua cara; dibaca {read}. Bila maksudnya {whole}, tulis {whole}.'
    ]


@pytest.mark.parametrize("typed", ['"12,5"', '"0,125"', '"1234"', '"12,50"', '"1.2345"', "1.234", '"1234,567"'])
def test_a_number_that_can_be_read_one_way_only_is_read_without_a_word(typed):
    assert scored(OLD, f'{{"A": {{"isian": {{"ind_4_jumlah": {typed}}}}}}}')["catatan"] == []


def test_an_instrument_that_does_not_add_up_is_scored_all_the_same():
    assert scored(OLD, '{"E": {"isian": {"ind_2_jumlah": "2"}}}')["maks"] == "137.5"


def test_a_key_written_twice_counts_with_its_last_value_and_is_noted():
    text = '{"A": {"isian": {"ind_4_jumlah": 1, "ind_4_jumlah": 5}}, "F": {}, "F": {"isian": {"ind_1_status": "ada"}}}'
    result = scored(OLD, text)

    assert (result["aspek"]["A"]["indikator"]["A4"], result["aspek"]["F"]["nilai"]) == ("2", "0.38")
    assert result["catatan"] == [
        "F: tertulis dua kali; yang terakhir dipakai.",
        "A.ind_4_jumlah: tertulis dua kali; yang terakhir dipakai.",
    ]


def test_half_a_character_in_an_answer_does_not_stop_the_result():
    result = scored(OLD, r'{"A": {"isian": {"ind_4_jumlah": "\ud800", "kunci\udfff": 1}}}')

    assert result["tak_dikenal"] == ["A.kunci\udfff"]


def test_a_byte_order_mark_is_no_fault():
    assert scored(OLD, b"\xef\xbb\xbf{}")["nilai"] == "9.00"


def test_traits_of_the_kecamatan_can_be_told(tmp_path):
    file = tmp_path / "uji.yaml"
    file.write_text(
        "instrumen: uji\naspek:\n- {kode: A, indikator: [{kode: A1, maks: 1, berlaku_untuk: [ada_desa], "
        "bila_tidak_berlaku: penuh, aturan: {jenis: ada, masukan: k, poin: 1}}]}\n",
        encoding="utf-8",
    )

    assert [scored(str(file), "{}", "--sifat", trait)["nilai"] for trait in ("ada_desa", "kota")] == ["0.00", "1.00"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", f"masukan baku bukan JSON: baris 1, kolom 1 tidak dapat dibaca. Bentuk yang diminta: {SHAPE}."),
        ('{"A": ', f"masukan baku bukan JSON: baris 1, kolom 7 tidak dapat dibaca. Bentuk yang diminta: {SHAPE}."),
        ("5", f"masukan baku bukan objek JSON. Bentuk yang diminta: {SHAPE}."),
        ('"A"', f"masukan baku bukan objek JSON. Bentuk yang diminta: {SHAPE}."),
        ("null", f"masukan baku bukan objek JSON. Bentuk yang diminta: {SHAPE}."),
        ("[{}, 1]", f"masukan baku, formulir ke-2 bukan objek JSON. Bentuk yang diminta: {SHAPE}."),
        ('{"A": [1]}', f'masukan baku, aspek "A" bukan objek. Bentuk yang diminta: {SHAPE}.'),
        ('{"A": {"isian": []}}', f'masukan baku, "isian" aspek "A" bukan objek. Bentuk yang diminta: {SHAPE}.'),
        ('{"A": {"bukti": "a"}}', f'masukan baku, "bukti" aspek "A" bukan daftar. Bentuk yang diminta: {SHAPE}.'),
        (b"\xff\xfe", "masukan baku bukan teks UTF-8; simpanlah berkas itu sebagai JSON UTF-8."),
        ("[" * 100_000, f"masukan baku bertingkat terlalu dalam. Bentuk yang diminta: {SHAPE}."),
    ],
)
def test_only_what_is_not_json_of_this_shape_is_refused(content, sentence):
    result = run(OLD, content)

    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"Salah: {sentence}\n")


def test_a_missing_file_is_told_by_its_name(tmp_path):
    result = run("tidak-ada.yaml", "{}")

    assert (result.exit_code, result.stderr) == (
        2, "Salah: berkas tidak-ada.yaml tidak ada. Periksa nama dan foldernya.\n",
    )  # fmt: skip


def test_a_fault_in_the_instrument_is_told_with_its_place(tmp_path):
    file = tmp_path / "uji.yaml"
    file.write_text("instrumen: uji\naspek: [{kode: A, indikator: [{kode: A1, maks: satu}]}]\n", encoding="utf-8")
    result = run(str(file), "{}")

    assert (result.exit_code, result.stderr) == (
        2, 'Salah: uji.yaml, aspek A > indikator A1: "maks" harus berupa angka, bukan "satu".\n',
    )  # fmt: skip


def test_the_command_runs_by_itself_without_settings_or_database(tmp_path):
    answers = tmp_path / "jawaban.json"
    answers.write_text('{"D": {"isian": {"ind_3_jumlah": 11}, "bukti": ["ind_3"]}}', encoding="utf-8")
    ended = subprocess.run(
        [Path(sys.executable).parent / "sp2k", "instrument", "score", NEW, "--answers", str(answers)],
        capture_output=True,
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "DATABASE_URL": "postgres://nowhere.invalid/x", "LC_ALL": "C"},
        timeout=60,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert json.loads(ended.stdout)["nilai"] == "2.50"
    assert list(tmp_path.iterdir()) == [answers]
