"""The policy table gives exactly what the matrix of permissions says, and docs/permissions.md is printed from it."""

from pathlib import Path

import pytest
import yaml
from django.urls import URLPattern, get_resolver

from sp2k.accounts.permissions_page import CONDITIONS, PAGE, SENTENCES, page
from sp2k.accounts.policy import POLICY
from sp2k.accounts.roles import Role

MATRIX = yaml.safe_load(Path(__file__).with_name("permission_matrix.yaml").read_text("utf-8"))
ROWS = MATRIX["baris"]
LETTERS = set(Role.values)


def test_every_cell_names_a_role_and_declared_conditions():
    for row in ROWS:
        assert set(row["sel"]) <= LETTERS | {"P"}, row["aksi"]
        for letter, conditions in row["sel"].items():
            assert conditions and set(conditions) <= set(MATRIX["syarat"]), f"{row['aksi']}: {letter}"


def test_every_declared_condition_is_used():
    used = {condition for row in ROWS for conditions in row["sel"].values() for condition in conditions}

    assert used == set(MATRIX["syarat"])


def test_a_row_is_built_or_says_that_it_is_not():
    undecided = [row["aksi"] for row in ROWS if bool(row.get("policy")) == bool(row.get("belum"))]

    assert undecided == []


@pytest.mark.parametrize("action", sorted(POLICY))
def test_an_action_is_open_to_exactly_the_roles_its_rows_give(action):
    given = [set(row["policy"][action]) for row in ROWS if action in row.get("policy", {})]

    assert given, f"{action} tidak ada dalam permission_matrix.yaml"
    assert {str(role) for role in POLICY[action].roles} == set().union(*given)


def test_the_matrix_names_no_action_that_the_policy_does_not_know():
    named = {action for row in ROWS for action in row.get("policy", {})}

    assert named - set(POLICY) == set()


def has_right(conditions) -> bool:
    return not set(conditions) & set(MATRIX["bukan-hak"])


def test_no_row_gives_a_role_what_its_cell_refuses():
    for row in ROWS:
        rights = {letter for letter, conditions in row["sel"].items() if has_right(conditions)}
        for action, letters in row.get("policy", {}).items():
            assert set(letters) <= rights, f"{row['aksi']}: {action}"


def test_no_right_in_a_built_row_is_forgotten():
    for row in ROWS:
        if row.get("belum"):
            continue
        rights = {letter for letter, conditions in row["sel"].items() if has_right(conditions)}
        built = set().union(*row["policy"].values())
        assert rights == built | set(row.get("nanti", {})), row["aksi"]


def addresses(patterns, namespace=""):
    """Yield the full name and the view of every address of the site."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern.callback
        else:
            yield from addresses(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)


def test_every_address_stands_in_the_matrix_and_none_is_left_over():
    assert sorted(name for name, _ in addresses(get_resolver().url_patterns)) == sorted(MATRIX["alamat"])


def test_only_the_addresses_called_open_can_be_opened_without_signing_in():
    views = dict(addresses(get_resolver().url_patterns))
    opened = {name for name, view in views.items() if not getattr(view, "login_required", True)}

    assert opened == {name for name, access in MATRIX["alamat"].items() if access == "terbuka"}


def test_every_address_is_open_to_all_to_members_or_to_those_of_an_action():
    assert set(MATRIX["alamat"].values()) <= {"terbuka", "masuk", *POLICY}


def test_every_action_has_a_sentence_and_no_sentence_is_left_over():
    assert set(SENTENCES) == set(POLICY)


def test_every_check_of_the_policy_is_told_as_a_condition_that_must_hold():
    checks = {check.name: check for rule in POLICY.values() for check in (*rule.own, *rule.state)}

    assert set(CONDITIONS) == set(checks)
    assert [name for name, said in CONDITIONS.items() if said == str(checks[name].reason) or not said[0].islower()] == []


def test_a_name_of_a_check_stands_for_one_check():
    checks = [check for rule in POLICY.values() for check in (*rule.own, *rule.state)]

    assert len({id(check) for check in checks}) == len({check.name for check in checks})


def test_the_page_of_permissions_is_not_stale():
    assert PAGE.read_text("utf-8") == page(), "jalankan `make docs`"
