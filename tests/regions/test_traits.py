"""What is true of a kecamatan: from the kind of its regency, and from what is declared of desa."""

import pytest

from sp2k.regions.models import Region
from sp2k.regions.traits import traits_of


def kecamatan(code: str, level: str) -> Region:
    parent = Region(code=code[:5], name="Induk", level=level)
    return Region(code=code, name="Kecamatan", level="kecamatan", parent=parent)


@pytest.mark.parametrize(
    ("level", "declared", "traits"),
    [
        ("kabupaten", {}, ["ada_desa", "kabupaten"]),
        ("kota", {}, ["kota"]),
        ("kota", {"with_villages": ["35.79"]}, ["ada_desa", "kota"]),
        ("kota", {"with_villages": ["35.79.02"]}, ["ada_desa", "kota"]),
        ("kota", {"with_villages": ["35.79.03"]}, ["kota"]),
        ("kabupaten", {"without_villages": ["35.79.02"]}, ["kabupaten"]),
        ("kabupaten", {"without_villages": ["35.7"]}, ["ada_desa", "kabupaten"]),
        ("kota", {"with_villages": ["35.79"], "without_villages": ["35.79.02"]}, ["kota"]),
        ("kota", {"with_villages": ["35.79.02"], "without_villages": ["35.79"]}, ["ada_desa", "kota"]),
    ],
)
def test_the_nearer_declaration_goes_before_the_wider_and_both_before_the_kind_of_regency(level, declared, traits):
    assert traits_of(kecamatan("35.79.02", level), **declared) == traits
