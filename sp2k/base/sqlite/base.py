"""The database engine that settings name. What says no here is still an OperationalError to Django, so it rolls back."""

import sqlite3

from django.db import OperationalError
from django.db.backends.sqlite3 import base
from django.db.utils import DatabaseErrorWrapper
from django.utils.functional import cached_property

from sp2k.base.faults.storage import BUSY, CannotStore, cannot_store, kind_of_database

WAITED_ONCE = "PRAGMA busy_timeout = 100"


class DatabaseCannotStore(CannotStore, OperationalError):
    """The database refused because of its storage, not because of what was asked."""


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's for SQLite."""

    @cached_property
    def wrap_database_errors(self):
        return ErrorsOfStorage(self)


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
