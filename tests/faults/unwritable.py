"""A database that SQLite itself refuses to write to, in the process of the test."""

from contextlib import contextmanager

from django.db import connection


@contextmanager
def read_only():
    """Let SQLite refuse every write, as on a disk that is mounted read-only."""
    connection.ensure_connection()
    connection.connection.execute("PRAGMA query_only = ON")
    try:
        yield
    finally:
        connection.connection.execute("PRAGMA query_only = OFF")
