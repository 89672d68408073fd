"""The desk: each edition as a line of steps, counts only for who may know them."""

import pytest

from sp2k.accounts.models import User
from sp2k.base import clock
from sp2k.desk.tasks.situation import situations_of
from sp2k.desk.timeline import timeline


def steps(edition, user):
    [here] = situations_of([edition], user=user, now=clock.clocks())
    return [(step.name, step.state) for step in timeline(here).steps]


@pytest.fixture
def of_role(demonstration, db):
    """Find the demonstration's person of a role."""
    return lambda role: User.objects.filter(memberships__role=role).order_by("pk").first()


def test_an_edition_in_mid_course_shows_what_is_done_what_runs_and_what_comes(jatim_2023, of_role):
    assert steps(jatim_2023, of_role("B")) == [
        ("Pengisian dan verifikasi", "done"),
        ("Peringkat kabupaten/kota", "done"),
        ("Presentasi", "now"),
        ("Tinjau lapang", "next"),
        ("Pengumuman", "next"),
    ]


def test_a_published_edition_is_done_to_the_end(jatim_2022, of_role):
    assert {state for _name, state in steps(jatim_2022, of_role("B"))} == {"done"}


@pytest.mark.parametrize(("role", "sees_counts"), [("B", True), ("K", True), ("I", True), ("C", False), ("R", False)])
def test_counts_are_shown_to_those_who_may_know_them(client, of_role, role, sees_counts):
    client.force_login(of_role(role))

    page = client.get("/meja/").content.decode()

    assert ("78 dari 180" in page, "Kemajuan" in page) == (sees_counts, sees_counts)
    assert "SKK Jawa Timur 2023" in page


def test_a_person_without_a_role_is_told_whom_to_ask(client, db):
    client.force_login(User.objects.create_user("baru", "Orang Baru", "sawah-pinang-jala"))

    page = client.get("/meja/").content.decode()

    assert "Anda belum memegang peran apa pun; hubungi penyelenggara." in page
