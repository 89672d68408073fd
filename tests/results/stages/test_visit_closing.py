"""Before a visit stage is locked: what was to be looked into and was not, with its entry, and a way to it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sp2k.base import clock
from sp2k.base.refusals import Refused
from sp2k.judging.actions import record_visit_finding, set_visit_plan, void_finding
from sp2k.judging.models import VisitFinding
from sp2k.results.actions import lock_stage
from sp2k.results.closing import missing_things, what_is_missing
from tests.story.small import FIRST, SECOND, at, duty, entry, holder, play_small, stage
from tests.story.visiting import innovation

pytestmark = pytest.mark.django_db
AFTERNOON = at("2024-06-21 16.00")
LATER = at("2024-06-21 17.00")
PALAS, SESAYAP = "Kecamatan Tanjung Palas, Kabupaten Bulungan", "Kecamatan Sesayap, Kabupaten Tana Tidung"


@pytest.fixture
def story(monkeypatch):
    """The last afternoon of the visits: every sheet is in."""
    story = play_small(until=AFTERNOON)
    monkeypatch.setattr(clock, "now", lambda: LATER)
    return story


def plan(story, code, claims):
    set_visit_plan(entry(story, "lapang", code), claims, by=story.bureau[0], now=AFTERNOON)


def find(story, code, claim):
    own = duty(story, code, "bappeda", "lapang")
    return record_visit_finding(
        own, claim, "dikonfirmasi", note="Ada.", by=holder(story, "bappeda", "lapang"), now=AFTERNOON
    )


def test_planned_claims_without_a_finding_are_missing_with_their_entry_and_regency(story):
    assert what_is_missing(stage(story, "lapang")) == []
    plan(story, FIRST, ["B1", "A1"])
    plan(story, SECOND, ["A1"])
    find(story, FIRST, "A1")

    assert what_is_missing(stage(story, "lapang")) == [
        f"2 klaim yang direncanakan belum ada temuannya ({PALAS}: B1; {SESAYAP}: A1)"
    ]
    with pytest.raises(Refused, match="Tahap Tinjau lapang belum dapat ditutup: 2 klaim yang direncanakan"):
        lock_stage(stage(story, "lapang"), by=story.bureau[0], now=LATER)


def test_of_a_long_plan_the_first_six_are_named(story):
    claims = ["A1", "A2", "A3", "B1", "inov-1", "inov-2", "inov-3", "inov-4"]
    for number in (1, 2, 3, 4):
        innovation(entry(story, "lapang", FIRST), story.bureau[0], number)
    plan(story, FIRST, claims)

    assert what_is_missing(stage(story, "lapang")) == [
        f"8 klaim yang direncanakan belum ada temuannya ({PALAS}: A1, A2, A3, B1, inov-1, inov-2 dan 2 lainnya)"
    ]


def test_nothing_is_missing_where_nobody_planned_or_all_was_found(story):
    find(story, SECOND, "B1")
    plan(story, FIRST, ["A1"])
    find(story, FIRST, "A1")

    assert missing_things(stage(story, "lapang")) == []
    assert lock_stage(stage(story, "lapang"), by=story.bureau[0], now=LATER).locked_at == LATER


def test_a_voided_finding_leaves_its_claim_open_again(story):
    plan(story, FIRST, ["A1"])
    finding = find(story, FIRST, "A1")
    void_finding(finding, reason="Salah kecamatan.", by=story.bureau[0], now=LATER)

    assert VisitFinding.objects.count() == 1
    assert what_is_missing(stage(story, "lapang")) == [f"1 klaim yang direncanakan belum ada temuannya ({PALAS}: A1)"]


def test_a_claim_taken_off_the_plan_with_a_reason_is_no_longer_missing(story):
    plan(story, FIRST, ["A1", "B1"])
    find(story, FIRST, "A1")
    set_visit_plan(entry(story, "lapang", FIRST), ["A1"], reason="Balai terkunci.", by=story.bureau[0], now=LATER)

    assert what_is_missing(stage(story, "lapang")) == []


def test_the_page_leads_to_the_visit_whoever_may_open_it(story, client):
    plan(story, FIRST, ["A1"])
    visit = reverse("judging:visit", args=[entry(story, "lapang", FIRST).pk])
    page = reverse("results:stage", args=["kaltara-2024-uji", "lapang"])

    client.force_login(story.bureau[0])
    said = client.get(page).content.decode()

    assert f'<a href="{visit}">{PALAS}: A1</a>' in said
    holder(story, "bappeda", "lapang").memberships.create(role="K", region_id="65")
    client.force_login(holder(story, "bappeda", "lapang"))
    assert f'<a href="{visit}">{PALAS}: A1</a>' in client.get(page).content.decode()


def test_the_page_costs_the_same_with_two_claims_as_with_many(story, client):
    """At most three names are shown, so at most three visits are asked about."""
    client.force_login(story.bureau[0])
    page = reverse("results:stage", args=["kaltara-2024-uji", "lapang"])

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    plan(story, FIRST, ["A1"])
    plan(story, SECOND, ["A1"])
    two = cost()
    for code in (FIRST, SECOND):
        again = {"by": story.bureau[0], "now": LATER, "reason": "Ditambah."}
        set_visit_plan(entry(story, "lapang", code), ["A1", "A2", "A3", "B1"], **again)

    assert "8 klaim" in client.get(page).content.decode()
    assert cost() <= two
