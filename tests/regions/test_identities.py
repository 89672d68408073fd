"""Which region is which of a newer list: what is recognised, as what it is shown, and what is never paired."""

from time import process_time

import pytest

from sp2k.regions.files import SHIPPED_LIST, RegionRow, read_regions
from sp2k.regions.folding import fits, fold, name_key, words_of
from sp2k.regions.newer_lists.identities import StoredRow
from tests.regions.lists import compare, row, rows, stored, told

BASE = {"_65": "Utara", "_65_01": "Kabupaten Bulungan", "_65_04": "Kabupaten Tidung"}
BEFORE = rows(**BASE, _65_01_01="Awan", _65_01_02="Bandar", _65_01_03="Curah", _65_04_01="Bandar", _65_04_02="Duku")
TIDUNG = {"_65_04_01": "Bandar", "_65_04_02": "Duku"}


def bulungan(**parts):
    """The newer list with other kecamatan in Bulungan."""
    return rows(**BASE, **parts, **TIDUNG)


class TestWithinARegency:
    def test_two_that_exchange_their_codes_are_asked_as_that(self):
        found = compare(BEFORE, bulungan(_65_01_01="Awan", _65_01_02="Curah", _65_01_03="Bandar"))

        assert told(found) == [
            ("tukar", "65.01.03 Curah", "65.01.02 Curah"), ("tukar", "65.01.02 Bandar", "65.01.03 Bandar"),
        ]  # fmt: skip
        assert (found.matching.gone, found.matching.new) == ([], [])
        assert found.why_not() == "2 pasangan wilayah belum dijawab. Jawab satu per satu lebih dahulu."

    def test_a_run_moved_by_one_is_asked_as_a_shift_and_the_one_inserted_is_new(self):
        found = compare(BEFORE, bulungan(_65_01_01="Awan", _65_01_02="Baru", _65_01_03="Bandar", _65_01_04="Curah"))

        assert told(found) == [
            ("geser", "65.01.02 Bandar", "65.01.03 Bandar"), ("geser", "65.01.03 Curah", "65.01.04 Curah"),
        ]  # fmt: skip
        assert [new.name for new in found.matching.new] == ["Baru"]

    def test_one_under_another_code_is_asked(self):
        found = compare(BEFORE, bulungan(_65_01_01="Awan", _65_01_02="Bandar", _65_01_09="curah"))

        assert told(found) == [("kode", "65.01.03 Curah", "65.01.09 curah")]

    def test_a_name_changed_under_its_code_is_asked(self):
        found = compare(BEFORE, bulungan(_65_01_01="Awan", _65_01_02="Bandar", _65_01_03="Pelangi"))

        assert told(found) == [("nama", "65.01.03 Curah", "65.01.03 Pelangi")]

    def test_another_way_of_writing_a_name_is_no_question(self):
        found = compare(rows(**BASE, _65_01_01="Ra'as"), rows(**BASE | {"_65_01": "Kab. Bulungan"}, _65_01_01="RA’AS"))

        assert (told(found), [pair.new.name for pair in found.respelled]) == ([], ["Kab. Bulungan", "RA’AS"])

    def test_of_one_that_became_two_each_is_asked_and_one_at_most_continues(self):
        after = bulungan(_65_01_01="Awan", _65_01_02="Bandar Hulu", _65_01_03="Curah", _65_01_04="Bandar Hilir")
        asked = [
            ("pecah", "65.01.02 Bandar", "65.01.02 Bandar Hulu"), ("pecah", "65.01.02 Bandar", "65.01.04 Bandar Hilir"),
        ]  # fmt: skip

        assert told(compare(BEFORE, after)) == asked
        chosen = compare(BEFORE, after, {("65.01.02", "65.01.04"): True})
        assert (told(chosen), [new.name for new in chosen.matching.new]) == ([], ["Bandar Hulu"])

    def test_of_two_that_became_one_each_is_asked(self):
        found = compare(BEFORE, bulungan(_65_01_01="Awan", _65_01_05="Bandar Curah"))

        assert told(found) == [
            ("gabung", "65.01.02 Bandar", "65.01.05 Bandar Curah"), ("gabung", "65.01.03 Curah", "65.01.05 Bandar Curah"),
        ]  # fmt: skip

    def test_answered_that_an_exchange_is_none_the_codes_are_asked_as_renamed(self):
        after = bulungan(_65_01_01="Awan", _65_01_02="Curah", _65_01_03="Bandar")
        no = {("65.01.02", "65.01.03"): False, ("65.01.03", "65.01.02"): False}

        assert told(compare(BEFORE, after, no)) == [
            ("nama", "65.01.02 Bandar", "65.01.02 Curah"), ("nama", "65.01.03 Curah", "65.01.03 Bandar"),
        ]  # fmt: skip

    def test_a_region_answered_as_another_one_ends_and_the_row_is_new(self):
        found = compare(
            BEFORE,
            bulungan(_65_01_01="Awan", _65_01_02="Bandar", _65_01_03="Pelangi"),
            {("65.01.03", "65.01.03"): False},
        )

        assert ([old.name for old in found.matching.gone], [new.name for new in found.matching.new]) == (
            ["Curah"], ["Pelangi"],
        )  # fmt: skip
        assert found.why_not() == ""


class TestRegencies:
    EXCHANGED = rows(
        _65="Utara", _65_01="Kabupaten Tidung", _65_04="Kabupaten Bulungan", _65_01_01="Bandar", _65_01_02="Duku",
        _65_04_01="Awan", _65_04_02="Bandar", _65_04_03="Curah",
    )  # fmt: skip
    SAID = {("65.01", "65.04"): True, ("65.04", "65.01"): True}

    def test_regencies_are_asked_first_and_their_kecamatan_wait(self):
        found = compare(BEFORE, self.EXCHANGED)

        assert [kind for kind, *_ in told(found)] == ["tukar", "tukar"]
        assert (len(found.matching.waiting), found.matching.settled[1:]) == (5, [])
        assert found.why_not() == (
            "2 pasangan wilayah belum dijawab, dan 5 baris di bawahnya menunggu. Jawab satu per satu lebih dahulu."
        )

    def test_a_homonym_goes_with_its_own_regency_and_not_with_its_code(self):
        found = compare(BEFORE, self.EXCHANGED, self.SAID)

        assert ("ikut", "65.04.01 Bandar", "65.01.01 Bandar") in told(found)
        assert ("ikut", "65.01.02 Bandar", "65.04.02 Bandar") in told(found)
        assert {kind for kind, *_ in told(found)} == {"ikut"} and len(told(found)) == 5

    def test_a_renumbered_regency_brings_its_kecamatan_one_by_one(self):
        after = rows(
            _65="Utara", _65_80="Kabupaten Bulungan", _65_04="Kabupaten Tidung", _65_80_01="Awan", _65_80_02="Bandar",
            _65_80_03="Curah", **TIDUNG,
        )  # fmt: skip

        assert told(compare(BEFORE, after)) == [("kode", "65.01 Kabupaten Bulungan", "65.80 Kabupaten Bulungan")]
        assert told(compare(BEFORE, after, {("65.01", "65.80"): True})) == [
            ("ikut", "65.01.01 Awan", "65.80.01 Awan"), ("ikut", "65.01.02 Bandar", "65.80.02 Bandar"),
            ("ikut", "65.01.03 Curah", "65.80.03 Curah"),
        ]  # fmt: skip

    def test_a_renamed_regency_needs_no_question_for_kecamatan_that_keep_code_and_name(self):
        after = [row("65.01", "Kabupaten Pelangi") if r.code == "65.01" else r for r in BEFORE]

        assert told(compare(BEFORE, after)) == [("nama", "65.01 Kabupaten Bulungan", "65.01 Kabupaten Pelangi")]
        assert told(compare(BEFORE, after, {("65.01", "65.01"): True})) == []

    def test_one_that_moved_to_another_regency_is_asked(self):
        after = rows(**BASE, _65_01_01="Awan", _65_01_02="Bandar", **TIDUNG, _65_04_03="Curah")

        assert told(compare(BEFORE, after)) == [("pindah", "65.01.03 Curah", "65.04.03 Curah")]

    def test_one_that_moved_is_not_taken_for_the_new_one_that_has_its_code(self):
        after = rows(**BASE, _65_01_01="Awan", _65_01_02="Bandar", _65_01_03="Pelangi", **TIDUNG, _65_04_03="Curah")

        found = compare(BEFORE, after)

        assert told(found) == [("pindah", "65.01.03 Curah", "65.04.03 Curah")]
        assert [new.name for new in found.matching.new] == ["Pelangi"]

    def test_namesakes_are_named_and_never_paired_across_regencies(self):
        after = rows(**BASE, _65_01_01="Awan", _65_01_03="Curah", **TIDUNG, _65_04_09="Bandar")
        found = compare(BEFORE, after)
        [gone], [new] = found.matching.gone, found.matching.new

        assert (told(found), gone.code, new.code) == ([], "65.01.02", "65.04.09")
        assert [other.code for other in found.namesakes(gone)] == ["65.04.01", "65.04.09"]

    def test_a_code_that_changes_its_level_is_refused(self):
        after = [row("65.01", "Kota Bulungan", "kota") if r.code == "65.01" else r for r in BEFORE]

        assert compare(BEFORE, after).why_not() == (
            "Kode 65.01 semula kabupaten Kabupaten Bulungan, pada daftar baru kota. Wilayah yang berganti tingkat memakai "
            "kode baru; periksa berkasnya."
        )

    def test_one_that_comes_back_is_asked(self):
        ended = [StoredRow("65.01.07", "Lama", "kecamatan", "65.01", "65.01.07", "65.01")]

        found = compare(BEFORE, [*BEFORE, row("65.01.07", "Lama")], ended=ended)

        assert told(found) == [("kembali", "65.01.07 Lama", "65.01.07 Lama")]


class TestTheFile:
    def test_one_of_another_province_under_this_code_is_refused(self):
        after = rows(**BASE, _65_01_01="Xa", _65_01_02="Xb", _65_01_03="Xc", _65_04_01="Xd")

        assert compare(BEFORE, after).why_not() == (
            "Dari 5 kecamatan Utara hanya 0 yang namanya ada dalam berkas ini. Berkasnya terpotong atau milik provinsi lain; "
            "tidak ada yang dapat diterapkan."
        )

    def test_one_cut_in_the_middle_is_refused(self):
        found = compare(BEFORE, rows(**BASE, _65_01_01="Awan", _65_01_02="Bandar", _65_01_03="Curah"))

        assert found.why_not() == (
            "Kabupaten Tidung (65.04) tercantum tanpa satu kecamatan pun. Berkasnya tampak terpotong; periksa akhirnya."
        )

    def test_one_that_drops_or_renames_more_than_a_few_gives_the_number_to_type(self):
        many = rows(**BASE, **TIDUNG, **{f"_65_01_{n:02}": f"Nama {n}" for n in range(1, 20)})

        assert compare(many, many[:-5]).figures.to_type is None
        assert compare(many, many[:-6]).figures.to_type == 6

    def test_provinces_it_does_not_name_are_left_alone(self):
        found = compare([*BEFORE, row("64", "Timur"), row("64.71", "Kota B", "kota")], BEFORE)

        assert (found.provinces, found.untouched, found.is_empty) == (("65",), ("64",), True)

    def test_all_of_indonesia_with_codes_moved_is_compared_in_two_seconds_of_computing(self):
        listed = read_regions(SHIPPED_LIST.read_text(), name="wilayah.csv")
        moved = [
            RegionRow(f"{r.code[:6]}{int(r.code[6:]) + 1:02}", r.name, r.level, r.parent)
            if r.level == "kecamatan"
            else r
            for r in listed
        ]
        before = stored(listed)

        started = process_time()
        found = compare(listed, moved)

        assert process_time() - started < 2
        assert len(before) == 7837 and len(found.matching.open) > 7200
        assert found.kind_of(found.matching.open[0]) == "geser"


@pytest.mark.parametrize(
    "typed", ["Ra’as", "Raas", "Ra'as", "kec. raas", "RA`AS", "Kecamatan Raʼas", "ra as", "distrik RAAS"]
)
def test_a_name_is_found_however_its_apostrophe_is_typed(typed):
    assert fits(words_of(typed), "Ra'as", "Kabupaten Sumenep", "35.29.22")


def test_folding_takes_signs_and_accents_and_short_words_away():
    assert fold("Grong-grong") == fold("GRONG GRONG") == "gronggrong"
    assert words_of("35.10.13, Kec.Taman, Kab. Sidoarjo") == ["35.10.13", "taman", "sidoarjo"]
    assert name_key("Kab. Madiun", "kabupaten") == name_key("Kabupaten Madiun", "kabupaten") == "madiun"
    assert name_key("Kota Agung", "kecamatan") == "kotaagung"
    assert words_of("kec.") == []
