"""Whatever is changed in the rows that a published edition rests on is a fault: column by column, table by table.

What is left out is named here with its reason. A new column is held from the day it is made, or stands in this list.
"""

import json

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from sp2k.editions.models import Edition
from sp2k.publication.checking.opening import opened_publication
from tests.hostile.insider.test_sealed_things import sql
from tests.story import small

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

APPS = {"base", "editions", "entries", "instruments", "judging", "publication", "results"}
NOT_HELD = {
    "base.Blob.stored_at": "no page prints it",
    "editions.Approval.paper": "of a yes without a paper: read only beside its number, which is held",
    "editions.Approval.paper_date": "of a yes without a paper: read only beside its number, which is held",
    "editions.Edition.regions_at": "which list of regions names are read from; the entrants' own names are sealed",
    "editions.Edition.shares_name": "follows from the names of all editions",
    "editions.EditionText.base_sha256": "what a later text of a draft was written upon; the texts themselves are held",
    "editions.EditionText.number": "the order of a draft's texts; each is held with its person and time",
    "entries.Participation.entered_at": "no page prints it; the line that let them in has its own time",
    "instruments.Instrument.imported_at": "no page of an edition prints it",
    "results.Nomination.declined_reason": "of an answer that names a nominee: never read",
    "results.Nomination.participation": "the same kecamatan at another stage; the line names it by its code",
}


@pytest.fixture
def without_constraints(db):
    """Whoever has the database can switch its constraints off; for the tests that follow on this connection they hold."""
    sql("PRAGMA ignore_check_constraints = 1")
    yield
    sql("PRAGMA ignore_check_constraints = 0")


@pytest.mark.usefixtures("without_constraints")
def test_a_change_of_any_column_is_a_fault():
    edition = small.play_small().edition
    assert opened_publication(edition).faults == []

    silent = {
        name
        for model in apps.get_models()
        if model._meta.app_label in APPS and (row := model._base_manager.first())
        for field in model._meta.concrete_fields
        if not field.primary_key
        if (name := f"{model._meta.label}.{field.name}") and is_silent(edition, row, field)
    }

    assert silent <= NOT_HELD.keys(), silent - NOT_HELD.keys()
    assert len(silent) > 5  # the loop does look: these are known to be free


class Undo(Exception):
    """Takes a change back."""


def is_silent(edition, row, field) -> bool:
    """Whether nothing speaks up when this column of this row says something else."""
    found, value = [True], getattr(row, field.attname)
    if (changed := other(field, value)) == value:
        return False  # a key of which there is no other row
    try:
        with transaction.atomic():
            table, column, key = row._meta.db_table, field.column, row._meta.pk.column
            with connection.cursor() as cursor:
                told = f'UPDATE OR IGNORE "{table}" SET "{column}" = %s WHERE "{key}" = %s'
                cursor.execute(told, [changed, row.pk])
                if cursor.rowcount:
                    found = faults(edition)
            raise Undo
    except Undo:
        return not found


def faults(edition) -> list:
    try:
        return opened_publication(Edition.objects.select_related("region", "chain").get(pk=edition.pk)).faults
    except Exception:  # a value that cannot be read any more is a fault too: see check_everything
        return [True]


def other(field, value):
    """Another value of the same kind; of a key that of another row, itself where there is none."""
    if isinstance(field, models.ForeignKey):
        row = field.related_model._base_manager.exclude(pk=value).first()
        return row.pk if row else value
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateField):
        return "2019-01-01 00:00:00" if isinstance(field, models.DateTimeField) else "2019-01-01"
    if isinstance(field, models.IntegerField | models.DecimalField):
        return 8 if value == 7 else 7
    if isinstance(field, models.JSONField):
        return json.dumps(["palsu"] if isinstance(value, list) else {"palsu": "1"})
    return "0" * 32 if isinstance(field, models.UUIDField) else "palsu"
