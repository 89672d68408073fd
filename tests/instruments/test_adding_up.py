"""An instrument whose maxima do not add up is a draft: it says why, and no edition takes it."""

import pytest

from sp2k.editions.checks import check_edition
from sp2k.editions.file import read_edition
from sp2k.instruments.adding_up import why_draft
from sp2k.instruments.reading import read_instrument_text
from sp2k.instruments.shelf import SHIPPED, find_instruments
from tests.editions.conftest import edition_text


def indicator(code: str, maximum, more: str = "") -> str:
    return f"{{kode: {code}, maks: {maximum}{more}, aturan: {{jenis: ada, masukan: {code}, poin: {maximum}}}}}"


def faults(aspects: str, maximum: str = "") -> tuple[str, ...]:
    text = f"instrumen: uji\n{maximum}aspek: [{aspects}]\n"
    return why_draft(read_instrument_text(text, name="uji.yaml"))


def aspect(*indicators: str, maximum="10", more: str = "") -> str:
    return f"{{kode: A, maks: {maximum}{more}, indikator: [{', '.join(indicators)}]}}"


def test_what_adds_up_exactly_is_no_draft():
    assert faults(aspect(indicator("A1", 4), indicator("A2", 6)), "maks: 10\n") == ()
    assert faults(aspect(*(indicator(f"A{n}", 0.1) for n in range(3)), maximum="0.3")) == ()  # no float in between


def test_every_level_that_does_not_add_up_is_told_with_both_figures():
    assert faults(aspect(indicator("A1", 4), indicator("A2", "6.5")), "maks: 100\n") == (
        'Aspek A menyatakan "maks" 10, tetapi jumlah "maks" indikatornya 10,5.',
        'Berkas menyatakan "maks" 100, tetapi jumlah "maks" aspeknya 10.',
    )


def test_weighted_parts_need_not_add_up():
    halves = [indicator(code, 100, ", bobot: 0.5") for code in ("A1", "A2")]

    assert faults(aspect(*halves, maximum="100", more=", bobot: 1"), "maks: 100\n") == ()


def test_what_is_only_recorded_is_outside_every_maximum():
    recorded = "{kode: A2, maks: 9, aturan: {jenis: pilihan, masukan: k, opsi: [{kode: a, poin: null}]}}"

    assert faults(aspect(indicator("A1", 10), recorded)) == ()


def test_indicators_for_other_kinds_of_kecamatan_add_up_for_every_kind():
    town, country = ", berlaku_untuk: [kota]", ", berlaku_untuk: [kabupaten]"

    assert faults(aspect(indicator("A1", 6), indicator("A2", 4, town), indicator("A3", 4, country))) == ()
    assert faults(aspect(indicator("A1", 6), indicator("A2", 4, town), indicator("A3", 5, country))) == (
        'Aspek A menyatakan "maks" 10, tetapi jumlah "maks" indikatornya 15.',
    )


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_of_the_shipped_files_only_the_older_one_of_sumedang_is_a_draft(path):
    found = why_draft(read_instrument_text(path.read_text("utf-8"), name=path.name))

    assert len(found) == (2 if path.stem == "instrumen-sumedang-2025-skor137" else 0)


def test_an_edition_that_names_a_draft_cannot_be_used_and_says_why():
    text = edition_text("jatim-2022").replace("instrumen: sumedang-2026-skor100", "instrumen: sumedang-2025-skor137", 1)
    edition = read_edition(text, name="berkas.yaml")
    used = {stage.instrument for stage in edition.stages if stage.instrument}

    found = check_edition(edition, instruments=find_instruments(used, [SHIPPED]), region=None)

    said = [finding.sentence for finding in found if finding.is_wrong and "draf" in finding.sentence]
    assert said == [
        'Tahap isian memakai instrumen sumedang-2025-skor137, yang masih draf. Aspek A menyatakan "maks" 25, tetapi jumlah '
        '"maks" indikatornya 27. Aspek B menyatakan "maks" 50, tetapi jumlah "maks" indikatornya 79. Betulkan berkas '
        "instrumennya dengan kode baru, lalu muat lagi."
    ]
