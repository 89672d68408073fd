"""Who judges and is of the bureau too sees, by every address, what he would see as a juror alone, until the announcement."""

import re

import pytest

from sp2k.accounts.models import Membership, User
from sp2k.base import clock
from tests.hostile.addresses import Wanted, every_address
from tests.hostile.knocking import client_of, knock
from tests.hostile.sight.test_blindness import _answer, other_result
from tests.story.small import SHEETS_IN, TITLES_GIVEN, holder, play_small

MOMENTS = {"presentasi": SHEETS_IN, "titles": TITLES_GIVEN}
# What the bureau does that tells nothing of how an edition is judged stays open to him: people, officeholders, regions, a new
# edition, dates; with the links to it on his desk and the calendar, and his own roles beside his own acts.
BESIDE = re.compile(
    r"accounts:|officeholders:|regions:|desk:home|record:(own|installation|edition-(csv|xlsx))"
    r"|editions:(new|holidays|move|proposal|answer-proposal|editions|calendar)$"
)
# Lists that are there for an office, and empty for him as long as he judges.
EMPTY = {"editions:waiting", "entries:participant-lists", "results:own-regencies"}
_HEAD = re.compile(rb"<header.*?</header>", re.DOTALL)  # the words of the navigation and of his roles


def answers(user, addresses) -> dict:
    client = client_of(User.objects.get(pk=user.pk))
    found = {}
    for address in addresses:
        response = knock(client, address.path).response
        if not response.streaming:
            response.content = _HEAD.sub(b"", response.content)
        found[str(address)] = _answer(response)
    return found


@pytest.fixture(params=MOMENTS)
def juror(request, db, monkeypatch):
    now = MOMENTS[request.param]
    story = play_small(now)
    monkeypatch.setattr(clock, "now", lambda: now)
    return holder(story, "dpmd")


def test_a_juror_of_the_bureau_is_answered_as_a_juror_everywhere(juror):
    addresses = [one for one in every_address(Wanted(2)) if not BESIDE.match(one.name)]
    alone = answers(juror, addresses)

    Membership.objects.create(user=juror, role="B", region_id="65")
    both = answers(juror, addresses)

    assert [both[str(one)][0] for one in addresses if one.name in EMPTY] == [200] * len(EMPTY)
    assert not any(b"Kecamatan T" in both[str(one)][2] for one in addresses if one.name in EMPTY)
    for one in addresses:
        if one.name in EMPTY:
            both[str(one)] = alone[str(one)]
    differing = [(path, alone[path][0], both[path][0]) for path in alone if alone[path] != both[path]]
    assert differing == []


def test_a_juror_of_the_bureau_cannot_tell_one_result_from_another_at_any_address(db, monkeypatch):
    """Also where the bureau's own business stands beside what a juror sees: on the desk, in the record, in the calendar."""
    story = play_small(TITLES_GIVEN)
    monkeypatch.setattr(clock, "now", lambda: TITLES_GIVEN)
    juror = holder(story, "dpmd")
    Membership.objects.create(user=juror, role="B", region_id="65")
    every = every_address(Wanted(2, (), ("presentasi", "lapang")))
    # A juror reads the sheets of a locked stage: that page is another by right.
    addresses = [one for one in every if one.name != "judging:stage-sheets"]
    before = answers(juror, addresses)

    other_result(juror)

    after = answers(juror, addresses)
    assert [path for path in before if before[path] != after[path]] == []


def test_after_the_announcement_he_is_of_the_bureau_again(db, monkeypatch):
    story = play_small()
    juror = holder(story, "dpmd")
    Membership.objects.create(user=juror, role="B", region_id="65")

    assert client_of(User.objects.get(pk=juror.pk)).get("/tahap/kaltara-2024-uji/lapang/tempat/").status_code == 200
