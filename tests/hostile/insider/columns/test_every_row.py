"""Rows that the one published edition lacks, made by short stories: each of their columns is held, and each row is missed.

What is left out is named here with its reason, as in `test_every_column`.
"""

import pytest
from django.apps import apps

from tests.hostile.insider.columns.changing import APPS, constraints_off, faults, is_missed, silent_columns
from tests.hostile.insider.columns.row_stories import ROWS
from tests.hostile.insider.columns.test_every_column import NOT_HELD as OF_ANY_EDITION

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOT_HELD = OF_ANY_EDITION | {
    "judging.ClaimPlace.at": "no page reads it; which place stands is held by the last line about them",
    "judging.ClaimPlace.by": "no page reads it; who set a place stands in its line",
    "judging.LateSheet.base_rev": "what the sender had before; nothing reads it, a late sheet that counts comes last",
    "judging.PlannedClaim.position": "another number with the same order; the order itself is held",
    "judging.VisitPhoto.name": "how the phone called its file; the picture is held by its hash",
    "publication.Amendment.approved_as": "read only while the document is made, which prints it and whose bytes are held",
}
STATES = {"state", "decision", "withdrawn_at", "returned_at", "approved_at", "done_at"}
MODELS = {model.__name__: model for model in apps.get_models() if model._meta.app_label in APPS}


@pytest.mark.parametrize("play", ROWS)
def test_a_change_of_any_column_is_a_fault_and_a_row_that_is_gone_is_missed(play):
    edition = play().edition
    assert faults(edition) == []

    rows = [row for name in ROWS[play].split() for row in _ends_of(MODELS[name])]
    with constraints_off():
        silent = set().union(*(silent_columns(edition, row) for row in rows))
        gone = {row._meta.label for row in rows if not is_missed(edition, row)}

    assert silent <= NOT_HELD.keys(), silent - NOT_HELD.keys()
    assert gone == set()


def _ends_of(model) -> list:
    """The last row of a table, and the first where rows differ in their state; a story that makes none is told wrongly."""
    keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    has_states = STATES & {field.name for field in model._meta.concrete_fields}
    return list(model._base_manager.filter(pk__in={keys[0], keys[-1]} if has_states else {keys[-1]}).order_by("pk"))
