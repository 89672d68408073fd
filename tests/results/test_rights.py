"""Every line of an edition's journal names the right without which nobody could have written it."""

from sp2k.accounts.policy import POLICY
from sp2k.journal.line_types import LINE_TYPES
from sp2k.results.opening.rights import RIGHTS, roles_for

OF_NO_EDITION = (
    "account.", "role.", "invitation.", "password.", "factor.", "sessions.", "people.", "officeholder.", "region.",
)  # fmt: skip


def test_every_line_of_an_edition_names_the_roles_it_needs():
    types = {type for type in LINE_TYPES if not type.startswith(OF_NO_EDITION)}

    assert {type: roles_for(type, {"role": "B"}) for type in types if not roles_for(type, {"role": "B"})} == {}


def test_no_right_is_named_for_a_line_or_by_a_name_that_does_not_exist():
    assert RIGHTS.keys() - LINE_TYPES == set()
    assert {right for rights in RIGHTS.values() for right in rights} - POLICY.keys() == set()


def test_a_yes_on_paper_is_recorded_by_others_than_whoever_signed_it():
    assert roles_for("approval.give", {"role": "G"}) == {"G"}
    assert {"B", "G"} <= roles_for("approval.give", {"role": "G", "paper": ["700/1/2024", "2024-07-01", "0" * 64]})
