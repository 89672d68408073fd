"""An edition begins by naming the decree of its list of regions and the hash of that list: both are held."""

import pytest

from sp2k.base.refusals import Refused
from sp2k.editions.actions import open_edition
from sp2k.editions.models import Edition
from sp2k.publication.checking.opening import opened_chain
from sp2k.regions.models import Region, RegionList
from tests.story.small import EDITION, FIRST, JURY_LOCKED, play_small

pytestmark = pytest.mark.django_db
NEXT = EDITION.replace("kaltara-2024-uji", "kaltara-2025-uji").replace("2024", "2025")


@pytest.mark.parametrize(
    "change",
    [
        lambda lists: lists.update(decree="Kepmendagri 999 Tahun 2031"),
        lambda lists: lists.update(sha256="ab" * 32),
        lambda lists: lists.create(decree="Kepmendagri 999 Tahun 2031", sha256="ab" * 32, imported_at=JURY_LOCKED),
    ],
    ids=["decree", "hash", "another list"],
)
def test_a_list_that_no_line_tells_of_is_named_and_begins_no_edition(change):
    story = play_small(JURY_LOCKED)
    assert opened_chain("wilayah").faults == []

    change(RegionList.objects.all())

    assert [fault.what for fault in opened_chain("wilayah").faults] == ["Keputusan dan sidik daftar wilayah"]
    with pytest.raises(Refused, match="Pembukaan edisi dihentikan.*Keputusan dan sidik daftar wilayah"):
        open_edition(NEXT, name="uji.yaml", by=story.bureau[0], now=JURY_LOCKED, is_sample=True)
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda: RegionList.objects.update(imported_at=JURY_LOCKED.replace(year=2031)),
        lambda: Region.objects.filter(pk=FIRST).update(listed_at=JURY_LOCKED.replace(year=2031)),
    ],
    ids=["list", "kecamatan"],
)
def test_since_when_a_list_or_a_kecamatan_is_in_force_is_held(change):
    play_small(JURY_LOCKED)

    change()

    assert [fault.what for fault in opened_chain("wilayah").faults] == ["Sejak kapan daftar wilayah berlaku"]


def test_no_edition_begins_under_a_name_that_a_region_had_for_a_moment():
    story = play_small(JURY_LOCKED)
    Region.objects.filter(pk="65").update(name="Kalimantan Palsu")

    with pytest.raises(Refused, match="Pembukaan edisi dihentikan.*Daftar wilayah"):
        open_edition(NEXT, name="uji.yaml", by=story.bureau[0], now=JURY_LOCKED, is_sample=True)
