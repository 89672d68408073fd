"""A juror assigned to an entry reads its form and evidence, by the link on the sheet; others do not, nor in conflict."""

import pytest
from django.urls import reverse

from sp2k.accounts.actions import create_user
from sp2k.accounts.models import Membership, User
from sp2k.base import clock
from sp2k.entries.models import Evidence, Finding
from sp2k.judging.actions import declare_conflict
from tests.hostile.sight.test_blindness import _answer
from tests.story.small import FIRST, JURY_SEATED, SECOND, at, duty, entry, holder, play_small, seat

MORNING = at("2024-06-04 10.00")


@pytest.fixture
def story(db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    return play_small(JURY_SEATED)


def paths(story, code=FIRST, stage="presentasi") -> list[str]:
    """The form of an entry and one piece of its evidence."""
    row = entry(story, stage, code)
    filed = Evidence.objects.filter(form__participation__entry=row.entry).order_by("pk").first()
    return [
        reverse("judging:entry-form", args=[row.pk]), reverse("judging:entry-evidence", args=[row.pk, filed.pk]),
    ]  # fmt: skip


def answers(client, user, addresses) -> list[int]:
    client.force_login(User.objects.get(pk=user.pk))
    return [client.get(address).status_code for address in addresses]


def test_an_assigned_juror_is_led_from_the_sheet_to_the_form_and_its_evidence(story, client):
    juror, (form, evidence) = holder(story, "dpmd"), paths(story)
    client.force_login(juror)
    sheet = client.get(reverse("judging:sheet", args=[duty(story, FIRST, "dpmd").pk])).content.decode()
    page = client.get(form).content.decode()

    assert f'href="{form}"' in sheet
    assert f'href="{evidence}"' in page and "Monografi" in page
    assert client.get(evidence).headers["Content-Disposition"].startswith("attachment")


def test_the_form_that_a_juror_reads_tells_nothing_of_its_points(story, client):
    client.force_login(holder(story, "dpmd"))
    form = paths(story)[0]
    before = _answer(client.get(form))

    Finding.objects.update(points="0", accepted=[], note="Catatan lain.")

    assert _answer(client.get(form)) == before
    assert b"poin" not in before[2].replace(b"Poinnya tidak ditampilkan kepada juri.", b"")


def test_a_juror_without_that_duty_finds_nothing(story, client):
    idle = create_user("juri-lain", "Juri Lain", roles=[("J", "65")])
    duty(story, FIRST, "dpmd").delete()

    assert answers(client, idle, paths(story)) == [404, 404]
    assert answers(client, holder(story, "dpmd"), paths(story)) == [404, 404]
    assert answers(client, holder(story, "dpmd"), paths(story, SECOND)) == [200, 200]


def test_whoever_is_in_conflict_is_refused_with_the_reason_the_chair_too(story, client):
    chair = holder(story, "akademisi")
    Membership.objects.filter(user=chair).update(role="K")
    for code in ("dpmd", "akademisi"):
        person = User.objects.get(pk=holder(story, code).pk)
        declare_conflict(seat(story, code), entry(story, "presentasi", FIRST), by=person, reason="Kerabat.", now=MORNING)
        assert answers(client, person, paths(story)) == [403, 403]
        assert answers(client, person, paths(story, SECOND)) == [200, 200]
    assert b"bila tidak ada benturan kepentingan yang tercatat" in client.get(paths(story)[0]).content


def test_the_chair_reads_the_form_of_every_entry_before_the_jury(story, client):
    chair = create_user("ketua", "Ketua Juri", roles=[("K", "65")])

    assert answers(client, chair, paths(story)) == [200, 200]


def test_a_form_is_no_jurors_before_its_entry_comes_before_a_jury(story, client):
    """The pages of the filling itself stay closed to jurors, and an entry of the filling is no entry of theirs."""
    juror, of_filling = holder(story, "dpmd"), entry(story, "isian", "65.01.02")
    closed = [
        reverse("judging:entry-form", args=[of_filling.pk]),
        reverse("entries:form", args=["kaltara-2024-uji", "isian", FIRST]),
    ]

    assert answers(client, juror, closed) == [404, 404]


def test_evidence_of_another_entry_is_not_reached_through_ones_own(story, client):
    own, other = entry(story, "presentasi", FIRST), Evidence.objects.filter(form__participation__entry__region=SECOND).first()

    assert answers(client, holder(story, "dpmd"), [reverse("judging:entry-evidence", args=[own.pk, other.pk])]) == [404]


@pytest.mark.parametrize("who", ["B", "I", "R", "V", "G", "C", "T"])
def test_others_have_their_own_pages_for_it_and_none_here(story, client, who):
    region = {"R": "65.01", "V": "65.01", "C": FIRST}.get(who, "65")

    assert answers(client, create_user("orang", "Orang", roles=[(who, region)]), paths(story)) == [404, 404]
