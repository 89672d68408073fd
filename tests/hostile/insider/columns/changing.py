"""One row of the database changed in one column, or deleted, and taken back again: whether anything speaks up meanwhile."""

import json
from contextlib import contextmanager

from django.db import connection, models, transaction

from sp2k.editions.models import Edition
from sp2k.publication.checking.opening import opened_publication
from tests.hostile.insider.test_sealed_things import sql

APPS = {"base", "editions", "entries", "instruments", "judging", "publication", "results"}


class Undo(Exception):
    """Takes a change back."""


@contextmanager
def constraints_off():
    """Whoever has the database can switch its constraints off; for the tests that follow on this connection they hold."""
    sql("PRAGMA ignore_check_constraints = 1")
    yield
    sql("PRAGMA ignore_check_constraints = 0")


def silent_columns(edition, row) -> set[str]:
    """Return the columns of a row that may say something else without a fault."""
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    return {f"{row._meta.label}.{field.name}" for field in fields if is_silent(edition, row, field)}


def is_silent(edition, row, field) -> bool:
    """Whether nothing speaks up when this column of this row says something else."""
    table, column, key = row._meta.db_table, field.column, row._meta.pk.column
    told = f'UPDATE OR IGNORE "{table}" SET "{column}" = %s WHERE "{key}" = %s'
    values = others(field, getattr(row, field.attname))
    return any(_goes_unnoticed(edition, told, [value, row.pk]) for value in values)


def is_missed(edition, row) -> bool:
    """Whether something speaks up when this row is gone."""
    return not _goes_unnoticed(edition, f'DELETE FROM "{row._meta.db_table}" WHERE "{row._meta.pk.column}" = %s', [row.pk])


def _goes_unnoticed(edition, statement: str, values: list) -> bool:
    found = [True]
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
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


def others(field, value) -> list:
    """Other values of the same kind; of a key that of another row, none where there is none; nothing, where it may be."""
    found = _of_its_kind(field, value)
    if field.null and value is not None:
        found.append(None)
    return found


def _of_its_kind(field, value) -> list:
    if isinstance(field, models.ForeignKey):
        row = field.related_model._base_manager.exclude(pk=value).first()
        return [row.pk] if row else []
    if isinstance(field, models.BooleanField):
        return [not value]
    if isinstance(field, models.DateField):
        return ["2019-01-01 00:00:00" if isinstance(field, models.DateTimeField) else "2019-01-01"]
    if isinstance(field, models.IntegerField | models.DecimalField):
        return [8 if value == 7 else 7]
    if isinstance(field, models.JSONField):
        return [json.dumps(["palsu"] if isinstance(value, list) else {"palsu": "1"})]
    if field.choices:
        return [key for key, _label in field.flatchoices if key != value]
    return ["0" * 32 if isinstance(field, models.UUIDField) else "palsu", *(["" ] if value else [])]
