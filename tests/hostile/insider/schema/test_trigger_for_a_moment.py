"""A trigger put into the file and taken out again stays in whatever connection read it; a transaction reads anew."""

import sqlite3

import pytest
from django.db.utils import ConnectionHandler

from sp2k.config.settings import DATABASES

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    """A database file with a table of marks and one that a trigger writes to."""
    file = tmp_path / "kecil.sqlite3"
    with sqlite3.connect(file) as made:
        made.executescript("CREATE TABLE mark (value INTEGER); CREATE TABLE ghost (value INTEGER);")
    made.close()
    return file


@pytest.fixture
def server(file):
    """The connection of a server that runs, by the engine that settings name."""
    server = ConnectionHandler({"default": DATABASES["default"] | {"NAME": file}})["default"]
    yield server
    server.close()


def put_in(file):
    with sqlite3.connect(file) as insider:
        insider.execute("CREATE TRIGGER ukur AFTER INSERT ON mark BEGIN INSERT INTO ghost VALUES (new.value); END")
    insider.close()


def take_out_unseen(file):
    """Remove the trigger's row by hand: the file's number of its schema stays, so no connection reads it again."""
    with sqlite3.connect(file) as insider:
        insider.execute("PRAGMA writable_schema = ON")
        insider.execute("DELETE FROM sqlite_master WHERE type = 'trigger'")
    insider.close()


def write(server):
    with server.cursor() as cursor:
        cursor.execute("INSERT INTO mark VALUES (80)")


def ghosts(server):
    with server.cursor() as cursor:
        return cursor.execute("SELECT count(*) FROM ghost").fetchone()[0]


def test_a_trigger_that_is_gone_from_the_file_changes_nothing_in_a_transaction(file, server):
    put_in(file)
    write(server)
    take_out_unseen(file)
    write(server)
    assert ghosts(server) == 2  # outside a transaction the connection still obeys it

    for _again in range(2):
        server.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)  # as atomic() begins
        write(server)
        server.commit()
        server.set_autocommit(True)

    assert ghosts(server) == 2
