"""From the decision on an edition keeps its names: what is announced is called as the decree that was signed calls it."""

import pytest

from sp2k.base.clock import start_demonstration_clock
from sp2k.entries.models import Entry
from sp2k.entries.region_lists.actions import correct_region_name
from sp2k.publication.checking.opening import opened_publication
from sp2k.regions.models import Region
from tests.story.small import DECREE_ISSUED, FIRST, LONG_AFTER, TITLES_GIVEN, play_small

pytestmark = pytest.mark.django_db


def correct(story, code, name, now):
    return correct_region_name(Region.objects.get(pk=code), name, basis="Perda 4/2003", by=story.bureau[0], now=now)


def test_a_name_corrected_after_the_decree_leaves_the_edition_as_it_was_signed(client):
    story = play_small(until=DECREE_ISSUED)
    before = dict(Entry.objects.filter(edition=story.edition).values_list("region", "name"))

    correct(story, FIRST, "Tanjung Palas Baru", DECREE_ISSUED)
    correct(story, FIRST.rpartition(".")[0], "Kabupaten Bulungan Baru", DECREE_ISSUED)

    assert dict(Entry.objects.filter(edition=story.edition).values_list("region", "name")) == before
    assert not Entry.objects.filter(edition=story.edition, regency_name__contains="Baru").exists()
    assert opened_publication(story.edition).faults == []


def test_before_the_decision_a_corrected_name_reaches_the_edition():
    story = play_small(until=TITLES_GIVEN)

    correct(story, FIRST, "Tanjung Palas Baru", TITLES_GIVEN)

    assert Entry.objects.get(edition=story.edition, region=FIRST).name == "Tanjung Palas Baru"


def test_a_regency_is_called_alike_on_the_whole_public_page(client):
    story = play_small()
    start_demonstration_clock(LONG_AFTER)
    regency = FIRST.rpartition(".")[0]

    correct(story, regency, "Kabupaten Bulungan Baru", LONG_AFTER)

    page = client.get(f"/hasil/{story.edition.code}/").content.decode()
    assert "Kabupaten Bulungan" in page and "Bulungan Baru" not in page
