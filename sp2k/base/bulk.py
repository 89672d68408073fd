"""Inserting many plain rows at once, for the few tables that hold an answer a row.

Django's `bulk_create` builds an object and compiles an expression for every value: about eight times what the
database itself needs, which a province of 76,000 answers feels. This goes through the same field preparation and the
same constraints, without the objects. Names come from the model's own definition, never from outside.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, models


def insert_rows(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Insert rows of `model`; each row gives the values of `fields` in order (a foreign key by its key).

    Must run inside the caller's transaction. Constraints hold as for any insert; `save` and defaults do not run.
    """
    columns = [model._meta.get_field(name) for name in fields]
    prepare = [_preparation(column) for column in columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})"  # noqa: S608  names of the model
    prepared = [[way(value) if way else value for way, value in zip(prepare, row, strict=True)] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(statement, prepared)


def _preparation(column):
    """How a value becomes what the database takes; None where it is taken as it is."""
    if isinstance(column, models.CharField | models.TextField | models.ForeignKey):
        return None
    if isinstance(column, models.JSONField):
        return lambda value: connection.ops.adapt_json_value(value, column.encoder)
    return lambda value: column.get_db_prep_save(value, connection)
