"""What is true of a kecamatan beyond its name: in a kabupaten or a kota, and whether it has desa (decision 0023)."""

from collections.abc import Collection

from sp2k.regions.models import Region

KABUPATEN, KOTA, WITH_VILLAGES = "kabupaten", "kota", "ada_desa"


def traits_of(
    kecamatan: Region, *, with_villages: Collection[str] = (), without_villages: Collection[str] = ()
) -> list[str]:
    """Return the traits of a kecamatan, in order of the alphabet.

    Parameters
    ----------
    with_villages, without_villages : codes of kecamatan, or of a kabupaten/kota for all of its kecamatan
        What is declared; the nearer code goes before the wider. The list of regions does not reach down to desa: where
        nothing is declared, a kecamatan of a kabupaten has desa and one of a kota has none.
    """
    kind = KOTA if kecamatan.parent.level == Region.Level.KOTA else KABUPATEN
    has_villages = kind == KABUPATEN
    for code in (kecamatan.parent_id, kecamatan.code):
        if code in with_villages or code in without_villages:
            has_villages = code in with_villages
    return sorted([kind, WITH_VILLAGES] if has_villages else [kind])
