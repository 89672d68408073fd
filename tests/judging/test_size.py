"""Pages of the jury's room ask the database as often for three entries as for hundreds."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sp2k.entries.models import Entry, Participation
from sp2k.entries.queries.opening import entries_hash
from sp2k.journal import actions as journal
from sp2k.judging.actions import carry_out_plan, draw_order, set_session
from sp2k.judging.planning.plans import every_pair
from sp2k.regions.models import Region
from tests.judging.rooms import at_hour, room
from tests.story.small import BULUNGAN, JURY_SEATED, at, play_small, stage

PAGES = [
    "panel/", "panel/daftar/", "benturan/", "jadwal/", "kehadiran/", "kehadiran/?sesi=1", "kemajuan/",
    "kemajuan/?halaman=semua", "tahap:penugasan/", "tahap:penugasan/?halaman=semua",
    "tahap:penugasan/aturan/?cara=seimbang&juri=2&benih=481516", "tahap:pengingat/", "jadwal/tukar/",
]  # fmt: skip
MORE = 120


@pytest.fixture
def judging(db, monkeypatch):
    at_hour(monkeypatch, JURY_SEATED)
    story = play_small(until=JURY_SEATED)
    said = {"name": "Pagi", "starts_at": at("2024-06-04 08.30"), "minutes": 1, "capacity": 3 + MORE}
    set_session(stage(story, "presentasi"), **said, by=story.bureau[0], now=JURY_SEATED)
    draw_order(stage(story, "presentasi"), "481516", by=story.bureau[0], now=JURY_SEATED)
    return story


def asked(client, pages):
    counts = {}
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(room(page)).status_code == 200
        counts[page] = len(queries)
    return counts


def grow(story):
    """As many more entries, each with its three duties and its turn."""
    presentation, parent = stage(story, "presentasi"), Region.objects.get(code=BULUNGAN)
    regions = [
        Region(
            code=f"65.01.{n}",
            listed_code=f"65.01.{n}",
            name=f"Kecamatan Uji {n}",
            level="kecamatan",
            parent=parent,
            source=parent.source,
            listed_at=parent.listed_at,
        )
        for n in range(100, 100 + MORE)
    ]
    Region.objects.bulk_create(regions)
    traits = story.edition.entries.filter(region__parent=parent).first().traits
    entries = Entry.objects.bulk_create(
        Entry(edition=story.edition, region=region, name=region.name, regency_name=parent.name, traits=traits)
        for region in regions
    )
    Participation.objects.bulk_create(
        [Participation(stage=presentation, entry=entry, entered_at=JURY_SEATED) for entry in entries]
    )
    codes = list(presentation.participations.values_list("entry__region_id", flat=True))
    first = stage(story, "isian")
    _tell_entrants(first, list(first.participations.values_list("entry__region_id", flat=True)), by=story.bureau[0])
    _tell_entrants(presentation, codes, by=story.bureau[0])
    plan = every_pair(codes, ["akademisi", "bappeda", "dpmd"])
    carry_out_plan(presentation, plan, by=story.bureau[0], now=JURY_SEATED)
    said = {"name": "Pagi", "starts_at": at("2024-06-04 08.00"), "minutes": 1, "capacity": 3 + MORE}
    set_session(presentation, 1, **said, by=story.bureau[0], now=JURY_SEATED)


@transaction.atomic
def _tell_entrants(entered, codes, *, by):
    body = {"stage": entered.code, "n": len(codes), "codes": codes, "sha256": entries_hash(entered.edition.entries.all())}
    journal.append(entered.edition.chain_id, "entries.register", body, by=by, now=JURY_SEATED)


def test_a_page_asks_as_often_for_many_entries_as_for_three(judging, client):
    client.force_login(judging.bureau[0])
    client.get(room("panel/"))
    few = asked(client, PAGES)

    grow(judging)

    assert asked(client, PAGES) == few
    assert max(few.values()) <= 44  # thirteen hold rules, dates, institutions, names of entries and of the panel
