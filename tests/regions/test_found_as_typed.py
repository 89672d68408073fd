"""A kecamatan is found however its name is typed, wherever people look one up."""

import pytest

from sp2k.accounts.actions import create_user
from sp2k.accounts.forms.people import region_of
from sp2k.accounts.officeholders.queries import listed_posts
from sp2k.accounts.queries.people import listed_people
from sp2k.base import clock
from sp2k.desk.record.acts import KINDS
from sp2k.desk.record.sight import acts_of_edition
from sp2k.desk.record.wanted import Wanted as WantedLines
from sp2k.desk.record.wanted import narrowed
from sp2k.desk.search import found_kecamatan
from sp2k.editions.models import Edition
from sp2k.entries.models import Entry
from sp2k.entries.queries.participants import Wanted, listed
from sp2k.entries.region_lists.queries import found_regions
from sp2k.regions.models import Region
from sp2k.results.stages.voiding import voidable_rows
from tests.story.small import FIRST, NOMINATIONS_OPEN, play_small, stage

TYPED = ["Ra’as", "Raas", "Ra'as", "kec. raas", "RA`AS", "Kecamatan Raʼas", "Distrik raas", "Kec.Ra'as, Kab. Bulungan"]


@pytest.fixture
def story(db, monkeypatch):
    story = play_small(until=NOMINATIONS_OPEN)
    region = Region.objects.get(pk=FIRST)
    region.call("Ra'as")
    region.save()
    Entry.objects.filter(region=region).update(name="Ra'as")
    create_user("camat-raas", "Camat", roles=[("C", FIRST)])
    monkeypatch.setattr("sp2k.base.clock.now", lambda: NOMINATIONS_OPEN)
    return story


@pytest.mark.parametrize("typed", TYPED)
def test_every_place_finds_it(story, typed):
    bureau, day = story.bureau[0], NOMINATIONS_OPEN.date()
    filling = stage(story, "isian")

    rows, _counts = listed(bureau, filling, Wanted(text=typed), roles={"B"})
    told = acts_of_edition(bureau, story.edition)
    lines = narrowed(told, WantedLines(entry=typed), kinds=KINDS, editions=Edition.objects.all())

    assert [row.region_code for row in rows] == [FIRST]
    assert lines.filter(type="form.submit").count() == 1
    assert [found.region.pk for found in found_kecamatan(typed, user=bureau, now=clock.now())] == [FIRST]
    assert [found.pk for found in listed_posts(bureau, within="", text=typed, day=day, only_missing=False)] == [FIRST]
    assert [found.pk for found in found_regions(within="65", text=typed, ended=False)] == [FIRST]
    assert [person.username for person in listed_people(bureau, text=typed)] == ["camat-raas"]
    assert {row.where.region_id for row in voidable_rows(filling, user=bureau, text=typed)} == {FIRST}
    assert region_of(typed, within="65") == FIRST
