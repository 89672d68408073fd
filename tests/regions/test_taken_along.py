"""Whoever loads lists gives nobody a role: what a list takes along to another key is borne out by the pair its chain tells."""

from datetime import date

import pytest

from sp2k.accounts.actions import create_user
from sp2k.accounts.actions.ledger import SERVER, record
from sp2k.accounts.actions.people import Details, add_person
from sp2k.accounts.models import Membership
from sp2k.accounts.officeholders.actions import Term, add_officeholder
from sp2k.accounts.officeholders.ledger import tell
from sp2k.accounts.queries.opening import NO_RIGHT
from sp2k.publication.checking.opening import opened_chain
from sp2k.regions.models import Region
from tests.regions.lists import newer, row, taken_in
from tests.story.small import FIRST, FORMS_IN, NOMINATIONS_OPEN, SECOND, THIRD, at, play_small
from tests.story.told import LONG_BEFORE

BEFORE_ENTERING, NEW_KEY = at("2024-03-01 09.00"), "65.04.09"
CAMAT = Term("camat", "Camat Pindah", "", "", date(2023, 1, 15))


def known(name, role, region):
    """A person of whom the journal tells from the beginning, as on a server."""
    person = create_user(name, name.title(), roles=[(role, region)])
    record("account.create", {"person": person.pk, "roles": [f"{role}:{region}"]}, by=SERVER, now=LONG_BEFORE)
    return person


def moved(until=FORMS_IN):
    """One kecamatan lies in another regency by a newer list, which an administrator applied; its camat and term went along."""
    story = play_small(until)
    story.admin, story.camat = known("admin", "T", "65"), known("camat-pindah", "C", FIRST)
    add_officeholder(Region.objects.get(pk=FIRST), CAMAT, by=story.bureau[0], now=until)
    text = newer(without={FIRST}, more=[row(NEW_KEY, Region.objects.get(pk=FIRST).name)])
    taken_in(text, story.admin)
    return story


def faults(chain):
    return [(fault.why, fault.line is not None) for fault in opened_chain(chain).faults]


@pytest.mark.parametrize(("until", "held"), [(FORMS_IN, [FIRST, NEW_KEY]), (BEFORE_ENTERING, [NEW_KEY])])
def test_what_an_administrator_took_along_opens_and_acts_on_accounts_go_on(db, until, held):
    story = moved(until)

    assert sorted(Membership.objects.filter(user=story.camat).values_list("region", flat=True)) == held
    assert faults("akun.instalasi") == faults("pejabat") == []
    add_person("orang.lain", Details("Orang"), role="J", region="65", by=story.bureau[0], now=NOMINATIONS_OPEN)
    add_officeholder(Region.objects.get(pk=SECOND), CAMAT, by=story.bureau[0], now=NOMINATIONS_OPEN)


@pytest.mark.parametrize(
    ("held", "role", "pair"),
    [
        (SECOND, f"C:{NEW_KEY}", None),
        (SECOND, f"C:{NEW_KEY}", [SECOND, NEW_KEY]),
        (SECOND, f"C:{NEW_KEY}", [FIRST, NEW_KEY]),
        (FIRST, "R:65.04", [FIRST, NEW_KEY]),
        (FIRST, f"V:{NEW_KEY}", [FIRST, NEW_KEY]),
    ],
    ids=["no pair", "a pair that no list told", "a role not held there", "a wider region", "another role"],
)  # fmt: skip
def test_an_administrator_gives_no_role_by_calling_it_taken_along(db, held, role, pair):
    story = moved()
    other = known("orang-lain", "C", held)
    letter, _, region = role.partition(":")
    Membership.objects.create(user=other, role=letter, region_id=region)
    body = {"person": other.pk, "role": role} | ({"carried": pair} if pair else {})

    record("role.give", body, by=story.admin, now=NOMINATIONS_OPEN)

    assert faults("akun.instalasi") == [(NO_RIGHT, True)]


def test_whoever_may_load_no_list_takes_nothing_along(db):
    moved()
    regency = known("kabupaten", "R", "65.01")
    other = known("orang-lain", "C", FIRST)
    Membership.objects.create(user=other, role="C", region_id=NEW_KEY)

    record("role.give", {"person": other.pk, "role": f"C:{NEW_KEY}", "carried": [FIRST, NEW_KEY]}, by=regency,
           now=NOMINATIONS_OPEN)  # fmt: skip

    assert faults("akun.instalasi") == [(NO_RIGHT, True)]


@pytest.mark.parametrize(("region", "pair"), [(SECOND, [FIRST, NEW_KEY]), (THIRD, [FIRST, THIRD])])
def test_an_administrator_records_no_officeholder_by_calling_the_term_taken_along(db, region, pair):
    story = moved()
    add_officeholder(Region.objects.get(pk=region), CAMAT, by=story.bureau[0], now=NOMINATIONS_OPEN)

    tell("officeholder.add", {"region": region, "office": "camat", "since": "2023-01-15", "carried": pair}, by=story.admin,
         now=NOMINATIONS_OPEN)  # fmt: skip

    assert faults("pejabat") == [(NO_RIGHT, True)]
