"""The permission table: role, reach by region code, own duty, state; each refusal with its reason."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from sp2k.accounts.models import contains
from sp2k.accounts.policy import POLICY, is_hidden, require, why_not
from sp2k.accounts.roles import Role
from sp2k.base.refusals import NotAllowed

NOW = datetime(2022, 11, 2, tzinfo=UTC)


@dataclass
class Person:
    """Stands for a user with memberships, as the table asks them."""

    held: list[tuple[str, str]]
    is_active: bool = True
    pk: int = 1

    @property
    def roles(self):
        return {role for role, _ in self.held}

    def reaches(self, roles, code):
        return any(role in roles and contains(region, code) for role, region in self.held)

    def as_judge(self, edition):
        return self


@dataclass
class Duty:
    """The small protocol that every object of the table implements."""

    region_code: str = "35"
    opened: bool = True
    holders: set = field(default_factory=lambda: {1})
    conflicted: set = field(default_factory=set)
    is_locked: bool = False
    has_locked_rules: bool = True
    is_published: bool = False
    is_abandoned: bool = False

    @property
    def stage(self):
        return self

    @property
    def edition(self):
        return self

    def is_open(self, now):
        return self.opened

    def is_open_for_checks(self, now):
        return self.opened

    def opening_in_words(self, now):
        return "Tahap Presentasi sudah dikunci pada 4 November 2022, 17.00 WIB."

    def is_held_by(self, user):
        return user.pk in self.holders

    def has_conflict(self, user):
        return user.pk in self.conflicted


def juror():
    return Person([("J", "35")])


def test_a_juror_writes_the_sheet_of_an_own_open_duty():
    assert why_not(juror(), "sheet.write", Duty(), now=NOW) is None


@pytest.mark.parametrize(
    ("duty", "reason"),
    [
        (Duty(holders={2}), "Ini bukan tugas penilaian Anda."),
        (Duty(conflicted={1}), "Anda tidak menilai peserta ini karena ada benturan kepentingan yang tercatat."),
        (Duty(opened=False), "Tahap Presentasi sudah dikunci pada 4 November 2022, 17.00 WIB."),
        (Duty(region_code="33"), "Wilayah ini di luar kewenangan Anda."),
    ],
)
def test_a_refusal_says_why(duty, reason):
    with pytest.raises(NotAllowed) as refusal:
        require(juror(), "sheet.write", duty, now=NOW)

    assert refusal.value.sentence == reason


def test_a_role_without_the_act_may_not_even_know_of_the_object():
    camat = Person([("C", "35.10.13")])

    assert why_not(camat, "sheet.write", Duty(), now=NOW) == "Peran Anda tidak mencakup tindakan ini."
    assert is_hidden(camat, "sheet.write", Duty(), now=NOW)
    assert not is_hidden(juror(), "sheet.write", Duty(opened=False), now=NOW)


def test_an_account_that_was_switched_off_may_do_nothing():
    for action in POLICY:
        assert why_not(Person([(role, "35") for role in Role.values], is_active=False), action, Duty(), now=NOW)


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("35.10", "35.10", True),
        ("35.10", "35.10.14", True),
        ("35", "35.10.14", True),
        ("35.1", "35.10.14", False),
        ("35.10", "35.1", False),
        ("35.10.14", "35.10", False),
    ],
)
def test_reach_compares_codes_by_segment(outer, inner, expected):
    assert contains(outer, inner) is expected


def test_a_verifier_who_also_fills_the_form_may_not_accept_it():
    both = Person([("V", "35.10"), ("C", "35.10.13")])

    assert why_not(both, "form.verify", Duty(region_code="35.10.14"), now=NOW) is None
    assert (
        why_not(both, "form.verify", Duty(region_code="35.10.13"), now=NOW)
        == "Anda tidak dapat memverifikasi isian kecamatan Anda sendiri."
    )
