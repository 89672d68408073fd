"""Regions in the database: loaded once, and found with their regency."""

from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest

from sp2k.base.refusals import BadInput, Refused
from sp2k.regions.actions import import_regions
from sp2k.regions.files import SHIPPED_DECREE, SHIPPED_LIST, SHIPPED_STATISTICS, read_regions
from sp2k.regions.folding import listed_name
from sp2k.regions.models import Region, RegionList
from sp2k.regions.queries import kecamatan_of, regencies_of, search_kecamatan

pytestmark = pytest.mark.django_db
NOW = datetime(2022, 6, 1, 1, 0, tzinfo=UTC)


@pytest.fixture
def indonesia():
    return import_regions(SHIPPED_LIST, decree=SHIPPED_DECREE, statistics=SHIPPED_STATISTICS, now=NOW)


def test_all_of_indonesia_is_loaded_with_its_decree_and_population(indonesia):
    assert Region.objects.count() == 7837
    assert Region.objects.get(code="35.10.13").source.decree == "Kepmendagri 300.2.2-2430 Tahun 2025"
    assert Region.objects.get(code="35.15").population == 2_027_874


@pytest.mark.parametrize(
    ("written", "level", "kept"),
    [
        ("Kec. Donorojo", "kecamatan", "Donorojo"), ("Distrik Donorojo", "kecamatan", "Donorojo"),
        ("Donorojo, Kec.", "kecamatan", "Donorojo"), ("Donorojo (Kec.)", "kecamatan", "Donorojo"),
        ("Kec-Donorojo", "kecamatan", "Donorojo"), ("Pacitan (Kabupaten)", "kabupaten", "Kabupaten Pacitan"),
        ("Ibukota Baru", "kota", "Kota Ibukota Baru"), ("Kab. Kota Baru", "kabupaten", "Kabupaten Kota Baru"),
        ("Kabupaten Madiun", "kota", "Kabupaten Madiun"), ("Kabat", "kecamatan", "Kabat"),
    ],
)  # fmt: skip
def test_the_word_of_a_level_is_dropped_at_either_end_and_nowhere_else(written, level, kept):
    assert listed_name(written, level) == kept


def test_no_name_of_the_shipped_list_is_changed():
    rows = read_regions(SHIPPED_LIST.read_text(), name="wilayah.csv")

    assert [row.name for row in rows if listed_name(row.name, row.level) != row.name] == []


def test_loading_takes_less_than_four_seconds_of_computing():
    started = process_time()

    import_regions(SHIPPED_LIST, decree=SHIPPED_DECREE, statistics=SHIPPED_STATISTICS, now=NOW)

    assert process_time() - started < 4


def test_the_same_list_twice_changes_nothing(indonesia, django_assert_num_queries):
    with django_assert_num_queries(3):  # savepoint, one look, savepoint
        again = import_regions(SHIPPED_LIST, decree=SHIPPED_DECREE, statistics=SHIPPED_STATISTICS, now=NOW)

    assert again == indonesia


def test_another_list_is_refused_with_how_it_differs(indonesia):
    newer = SHIPPED_LIST.read_text().replace("35.10.13,Rogojampi", "35.10.13,Rogojampi Baru")
    newer = newer.replace("35.79.03,Junrejo,kecamatan,35.79\n", "") + "35.79.04,Songgoriti,kecamatan,35.79\n"

    with pytest.raises(Refused) as refused:
        import_regions(newer, decree="Kepmendagri 1 Tahun 2027", now=NOW)

    assert refused.value.sentence == (
        "Daftar Kepmendagri 1 Tahun 2027 tidak dimuat karena daftar Kepmendagri 300.2.2-2430 Tahun 2025 sudah dipakai. "
        "Bedanya: 1 baru, 1 hilang, 1 berganti nama. Wilayah yang sudah dipakai edisi tidak diubah."
    )
    assert [listed.decree for listed in RegionList.objects.all()] == ["Kepmendagri 300.2.2-2430 Tahun 2025"]


def test_a_broken_list_leaves_nothing_behind(tmp_path):
    broken = tmp_path / "wilayah.csv"
    broken.write_text("kode,nama,tingkat,induk\n35,Jawa Timur,provinsi,\n35.1,Kabupaten Banyuwangi,kabupaten,35\n")

    with pytest.raises(BadInput):
        import_regions(broken, decree="1 Tahun 2025", now=NOW)

    assert (Region.objects.count(), RegionList.objects.count()) == (0, 0)


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(BadInput) as refused:
        import_regions(Path("tiada.csv"), decree="1 Tahun 2025", now=NOW)

    assert refused.value.sentence == "tiada.csv tidak dapat dibaca. Periksa nama dan letak berkasnya."


def test_a_file_that_is_not_utf8_is_named(tmp_path):
    (tmp_path / "wilayah.csv").write_bytes("kode,nama\n35,Jawa\xe9".encode("latin-1"))

    with pytest.raises(BadInput) as refused:
        import_regions(tmp_path / "wilayah.csv", decree="1 Tahun 2025", now=NOW)

    assert refused.value.sentence == "wilayah.csv bukan teks UTF-8. Simpan ulang sebagai CSV UTF-8."


def test_the_parts_of_east_java_and_of_a_regency(indonesia):
    assert (kecamatan_of("35").count(), regencies_of("35").count()) == (666, 38)
    assert (kecamatan_of("35.10").count(), [str(region) for region in regencies_of("35.10")]) == (
        25,
        ["Kabupaten Banyuwangi"],
    )


def test_kecamatan_of_one_name_are_told_apart_by_their_regency(indonesia):
    assert [str(region) for region in search_kecamatan("taman", within="35")][:2] == [
        "Kecamatan Taman, Kabupaten Sidoarjo",
        "Kecamatan Taman, Kota Madiun",
    ]
    assert [region.code for region in search_kecamatan("Kec. Taman, Kabupaten Sidoarjo", within="35")] == ["35.15.13"]


def test_a_search_stays_within_its_region(indonesia):
    assert search_kecamatan("Taman", within="35.10") == []
    assert [region.code for region in search_kecamatan("35.10.13", within="35")] == ["35.10.13"]
    assert search_kecamatan("  ", within="35") == []


def test_a_search_names_every_regency_in_one_query(indonesia, django_assert_num_queries):
    with django_assert_num_queries(1):
        names = [region.full_name for region in search_kecamatan("sumber", within="35")]

    assert (len(names), names[0]) == (12, "Kecamatan Sumber, Kabupaten Probolinggo")


@pytest.mark.parametrize(
    ("level", "name", "written", "means"),
    [
        ("kabupaten", "Kabupaten Pasuruan", "Kab. Pasuruan", True),
        ("kabupaten", "Kabupaten Pasuruan", "KAB PASURUAN", True),
        ("kabupaten", "Kabupaten Pasuruan", "Kota Pasuruan", False),
        ("kota", "Kota Pasuruan", "kota pasuruan", True),
        ("kota", "Kota Pasuruan", "Kab. Pasuruan", False),
        ("kecamatan", "Donorojo", "Kec. Donorojo", True),
        ("kecamatan", "Donorojo", "Kec. Donorojo, Kab. Pacitan", True),
        ("kecamatan", "Donorojo", "Donorojo, Kab. Jepara", False),
        ("kecamatan", "Donorojo", "Punung", False),
        ("kecamatan", "Donorojo", "", True),
    ],
)
def test_a_name_beside_a_code_may_have_its_level_in_any_writing(level, name, written, means):
    above = Region(code="35.01", name="Kabupaten Pacitan", level="kabupaten")
    region = Region(code="35.01.01", name=name, level=level, parent=above if level == "kecamatan" else None)

    assert region.is_called(written) is means
