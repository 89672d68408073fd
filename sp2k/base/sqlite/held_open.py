"""One connection that a server keeps for as long as it runs.

SQLite removes its write-ahead log and its index when the last connection closes, and every request closes its own. On a full
or read-only disk they could not be made again, and not even reading would work. Held open, they stay, with their room.
"""

import atexit
import sqlite3
from pathlib import Path

_HELD: list[sqlite3.Connection] = []


def hold_open(database: Path) -> None:
    """Hold the database open until this process ends; nothing is read or written through this connection afterwards."""
    connection = sqlite3.connect(database, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL").fetchone()
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    _HELD.append(connection)
    atexit.register(connection.close)
