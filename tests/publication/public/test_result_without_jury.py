"""An edition whose last stage is a ranking, which no jury judges, has its whole public result."""

import csv
import io

import pytest

from sp2k.publication.queries import public_result
from tests.entries.pages import words
from tests.story import small
from tests.story.small import EDITION
from tests.story.told import targets

CODE = "bulungan-2024-uji"
CLAIMS = {"65.01.02": 1}


def source(disclosure: str) -> str:
    """The small edition as a regency's own: it ends with the ranking and gives one title."""
    head, _selection, rest = EDITION.partition("- kode: presentasi")
    text = head + rest[rest.index("gelar:"):]
    for before, after in [
        ("kaltara-2024-uji", CODE), ('wilayah: "65"', 'wilayah: "65.01"'), ("[Juara I, Juara II]", "[Kecamatan Terbaik]"),
        ("pengungkapan: calon", f"pengungkapan: {disclosure}"),
    ]:  # fmt: skip
        text = text.replace(before, after)
    return text


def published(disclosure: str) -> small.Told:
    decree = {"nomor": "188/uji/2024", "tanggal": "2024-05-20"}
    story = small.play_small(
        source=source(disclosure), region="65.01", evidence=CLAIMS, told={},
        targets=targets(nominees={"65.01": "65.01.02"}, decree=decree),
    )  # fmt: skip
    assert story.edition.is_published
    return story


@pytest.mark.parametrize("disclosure", ["calon", "sendiri", "total"])
def test_a_result_of_a_ranking_alone_is_public_on_every_address(db, client, disclosure):
    published(disclosure)

    for part in ("", "peserta/", "tabel.csv", "keputusan.pdf", "tahap/isian/", "tahap/seleksi/", "tahap/seleksi/tabel.csv"):
        assert client.get(f"/hasil/{CODE}/{part}").status_code == 200, part
    assert "Tiga kecamatan diperingkat, dijadwalkan pada 22 April–10 Mei 2024." in words(client.get(f"/hasil/{CODE}/"))
    assert "Kecamatan Terbaik" in words(client.get(f"/hasil/{CODE}/"))


def test_the_places_of_a_disclosed_ranking_are_those_of_its_count(db, client):
    story = published("total")

    result = public_result(story.edition)
    table = client.get(f"/hasil/{CODE}/tabel.csv").content.decode().partition("\n")[2]

    assert [(row.place, row.code) for row in result.rows] == [(1, "65.01.02"), (2, "65.01.01"), (2, "65.01.03")]
    assert [row["kode"] for row in csv.DictReader(io.StringIO(table))] == ["65.01.02", "65.01.01", "65.01.03"]
    assert [(row.code, row.title) for row in result.winners] == [("65.01.02", "Kecamatan Terbaik")]
    assert result.formula == "Nilai akhir = nilai pengisian, dibulatkan dua angka di belakang koma."


def test_of_a_ranking_that_is_not_disclosed_only_the_title_is_told(db):
    result = public_result(published("calon").edition)

    assert [(row.place, row.title, row.total) for row in result.rows] == [
        (1, "Kecamatan Terbaik", None), (None, "", None), (None, "", None),
    ]  # fmt: skip
