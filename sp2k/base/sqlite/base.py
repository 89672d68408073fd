"""The database engine that settings name. What says no here is still an OperationalError to Django, so it rolls back."""

import sqlite3

from django.db import OperationalError
from django.db.backends.sqlite3 import base
from django.db.utils import DatabaseErrorWrapper
from django.utils.functional import cached_property

from sp2k.base.faults.storage import BUSY, CannotStore, cannot_store, kind_of_database

WAITED_ONCE = "PRAGMA busy_timeout = 100"
READ_SCHEMA_ANEW = "PRAGMA writable_schema = RESET"


class DatabaseCannotStore(CannotStore, OperationalError):
    """The database refused because of its storage, not because of what was asked."""


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's for SQLite, except that every transaction begins by reading the schema anew.

    A connection keeps the triggers it once read. One that was put into the file for a moment would go on changing what
    acts write while nobody who looks at the file finds it. The transaction holds the only right to write, so the schema
    read in it is that of the file until it ends.
    """

    @cached_property
    def wrap_database_errors(self):
        return ErrorsOfStorage(self)

    def _start_transaction_under_autocommit(self):
        super()._start_transaction_under_autocommit()
        with self.wrap_database_errors:
            self.connection.execute(READ_SCHEMA_ANEW)


class ErrorsOfStorage(DatabaseErrorWrapper):
    """As Django's, which translates every error of the driver; those of the storage become a refusal."""

    def __exit__(self, exc_type, exc_value, traceback):
        kind = kind_of_database(exc_value)
        if kind is None:
            return super().__exit__(exc_type, exc_value, traceback)
        self.wrapper.errors_occurred = True
        if kind is BUSY:
            self._wait_no_longer()
        raise cannot_store(kind, exc_value, made_as=DatabaseCannotStore) from exc_value

    def _wait_no_longer(self) -> None:
        """Whoever has waited in vain does not wait again in the same request: its connection ends with it."""
        if self.wrapper.connection is not None:
            try:
                self.wrapper.connection.execute(WAITED_ONCE)
            except sqlite3.Error:
                pass
