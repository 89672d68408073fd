"""Titles of an edition file: in full, and a short form for pictures where one is declared."""

import pytest

from sp2k.editions.file import EditionFileError, read_edition
from tests.editions.conftest import edition_text
from tests.editions.test_checks import findings


def with_titles(written):
    source = edition_text("jatim-2022")
    line = next(line for line in source.splitlines() if line.startswith("gelar:"))
    return source.replace(line, f"gelar: {written}")


def test_a_title_may_declare_a_short_form_beside_plain_ones():
    edition = read_edition(with_titles("[Juara I, {nama: Juara Harapan I, pendek: Harapan I}, Juara III]"), name="uji")

    assert edition.titles == ("Juara I", "Juara Harapan I", "Juara III")
    assert edition.short_titles == {"Juara Harapan I": "Harapan I"}


def test_a_title_written_wrongly_is_named_by_its_number():
    with pytest.raises(EditionFileError) as refused:
        read_edition(with_titles("[Juara I, {nama: Juara II, singkat: II}, {pendek: III}]"), name="uji")

    assert [finding.sentence for finding in refused.value.findings] == [
        'Pada gelar ke-2, kunci "singkat" tidak dikenal.',
        'Pada gelar ke-3, kunci "nama" belum ada.',
    ]


def test_two_titles_that_look_the_same_in_a_picture_are_refused():
    found = findings("gelar: [Juara I, Juara II,", "gelar: [Juara I, {nama: Juara II, pendek: Juara I},")

    assert found == [("salah", 'Bentuk pendek "Juara I" dipakai 2 gelar, sehingga pada gambar tidak terbedakan.')]
