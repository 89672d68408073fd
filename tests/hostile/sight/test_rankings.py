"""A regency's ranking, and the forms' totals it rests on, are one thing: whoever may not read it meets it at no address."""

import pytest
from django.urls import reverse

from sp2k.base import clock
from sp2k.results.models import FrozenTally, Placement
from tests.hostile.addresses import Wanted, every_address
from tests.hostile.cast import cast
from tests.hostile.knocking import client_of
from tests.hostile.sight.sealing import seal_counts_anew
from tests.hostile.sight.test_blindness import differences, seen
from tests.story.small import BULUNGAN, JURY_FROZEN, NOMINATIONS_OPEN, play_small

STAGES = ("isian", "seleksi")
FILES = ("places.csv", "rules.yaml", "sheets.csv", "jejak.csv", "hitung.xlsx")


def played(monkeypatch, until):
    story = play_small(until)
    monkeypatch.setattr(clock, "now", lambda: until)
    return story, cast(story)


def other_rankings() -> None:
    """Turn every regency's ranking and the totals of the forms around, the last becoming the first."""
    for row in Placement.objects.filter(tally__stage__code__in=STAGES):
        place = 9 - row.place if row.place else None
        changed = {"total": "1.23", "own_total": "4.56", "aspects": {"A": "7.89"}, "decided_by": "bawaan:aspek:B", "note": "x"}
        Placement.objects.filter(pk=row.pk).update(place=place, **changed)
    tallies = FrozenTally.objects.filter(stage__code__in=STAGES)
    tallies.update(sheets="lain", places="lain", trace="lain")
    seal_counts_anew()


def rooms(who, people) -> dict[str, list[int]]:
    client = client_of(people[who])
    at = {code: f"/tahap/kaltara-2024-uji/{code}/" for code in STAGES}
    return {
        code: [client.get(f"{at[code]}{page}").status_code for page in ("tempat/", *(f"berkas/{name}" for name in FILES))]
        for code in STAGES
    }


@pytest.mark.parametrize("who", ["chair", "juror", "leader", "admin", "other regency", "sibling camat", "next province", None])
def test_whoever_may_not_read_a_ranking_cannot_tell_one_from_another_at_any_address(db, monkeypatch, who):
    _story, people = played(monkeypatch, JURY_FROZEN)
    addresses = [one for one in every_address(Wanted(2)) if "65.04" not in str(one)]  # the other regency's own ranking
    viewer = people[who] if who else None
    before = seen(viewer, addresses)

    other_rankings()

    assert differences(before, seen(viewer, addresses)) == []


@pytest.mark.parametrize("who", ["bureau", "inspectorate", "regency", "verifier"])
def test_whoever_may_read_it_does(db, monkeypatch, who):
    """The comparison above can fail."""
    _story, people = played(monkeypatch, JURY_FROZEN)
    addresses = list(every_address(Wanted(2, (), STAGES)))
    before = seen(people[who], addresses)

    other_rankings()

    assert differences(before, seen(people[who], addresses)) != []


def test_places_and_files_of_a_selection_and_of_the_filling_before_it_are_open_to_bureau_and_inspectorate_only(
    db, monkeypatch
):
    _story, people = played(monkeypatch, JURY_FROZEN)
    closed = {code: [404] * 6 for code in STAGES}

    assert {who: rooms(who, people) for who in ("chair", "leader", "regency", "verifier", "juror")} == dict.fromkeys(
        ("chair", "leader", "regency", "verifier", "juror"), closed
    )
    for who in ("bureau", "inspectorate"):
        assert rooms(who, people) == {code: [200] * 6 for code in STAGES}


def test_the_bureau_waits_for_the_end_of_the_selection_by_every_address(db, monkeypatch):
    """The filling is locked and counted, but what its totals would tell is the regencies' until their selection is over."""
    _story, people = played(monkeypatch, NOMINATIONS_OPEN)

    assert rooms("bureau", people)["isian"] == [403] * 6
    assert rooms("inspectorate", people)["isian"] == [200] * 6
    desk = client_of(people["bureau"]).get(reverse("results:regency", args=["kaltara-2024-uji", "seleksi", BULUNGAN]))
    assert desk.status_code == 403


def test_the_page_of_the_stage_says_to_the_chair_whose_the_ranking_is(db, monkeypatch):
    _story, people = played(monkeypatch, JURY_FROZEN)
    page = client_of(people["chair"]).get("/tahap/kaltara-2024-uji/seleksi/")

    assert page.context["sealed"] == (
        "Tempat pada tahap ini adalah peringkat di dalam kabupaten/kota. Yang membacanya kabupaten/kota itu sendiri, "
        "pengawas, dan penyelenggara provinsi setelah tahap peringkat selesai."
    )
    assert "places.csv" not in page.content.decode()
