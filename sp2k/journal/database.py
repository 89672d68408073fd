"""What the database does by itself: only the triggers that the migrations make, and no view; and whether it is whole.

What an act wrote is sealed as it is read back. A trigger left in the database changes rows while an innocent act writes
them, and its line would then seal what nobody decided; so no line is written while there is one.
"""

from functools import cache
from importlib import import_module

from django.db import connection

from sp2k.base.refusals import NAMES_ARE_TOLD, Refused

MIGRATIONS = ("0002_append_only", "0003_no_replacement")  # those that make triggers, or remove them
TOLD_AT_MOST = 5
# Told by its statement and not by its type: SQLite runs a statement whatever the column beside it says.
_STORED = (
    "SELECT name, sql FROM {} WHERE (sql NOT LIKE 'CREATE TABLE %' AND sql NOT LIKE 'CREATE INDEX %' "
    "AND sql NOT LIKE 'CREATE UNIQUE INDEX %') OR sql LIKE '%ON CONFLICT%' OR sql LIKE '%GENERATED ALWAYS%' "
    "OR sql LIKE '%ON DELETE%' OR sql LIKE '%ON UPDATE%'"
)


def foreign_objects() -> list[str]:
    """Return triggers and views that no migration made, and tables that replace or reckon rows by themselves. One query.

    Of SQLite alone. Other vendors keep theirs in catalogues of their own: whoever adds one asks it here, and until then
    nothing is found there.
    """
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{_STORED.format('sqlite_master')} UNION ALL {_STORED.format('sqlite_temp_master')} ORDER BY 1, 2")
        stored = cursor.fetchall()
    return [f'{_kind(sql)} basis data "{name}"' for name, sql in stored if made_triggers().get(name) != _plain(sql)]


def damage() -> list[str]:
    """Return what SQLite finds amiss in its file, the first few: an index that lacks rows, a row that breaks its bounds.

    Whoever asks by such an index does not find a row that stands in the table, and nothing that is held is missing. Reads
    the whole file: about a second for 100 MB. Of SQLite alone, as `foreign_objects`.
    """
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA integrity_check({TOLD_AT_MOST})")
        return [text for (text,) in cursor.fetchall() if text != "ok"]


def _kind(statement: str) -> str:
    words = statement.casefold().split()[:3]
    return "Tampilan" if "view" in words else "Tabel" if "table" in words else "Pemicu"


def refuse_foreign_objects() -> None:
    """Stop any act while the database holds a trigger or a view that no migration made.

    Raises
    ------
    Refused
        Naming them to those who may read what was changed behind the acts.
    """
    if not (found := foreign_objects()):
        return
    named = f" ({', '.join(found)})" if NAMES_ARE_TOLD.get() else ""
    raise Refused(
        f"Basis data memuat pemicu (trigger) atau tampilan (view) yang bukan buatan SP2K{named}. Ia dapat mengubah apa yang "
        "ditulis tindakan ini, jadi tindakan dihentikan dan tidak ada yang berubah. Minta administrator sistem menghapusnya "
        "dan pengawas memeriksanya (sp2k edition status), lalu ulangi."
    )


@cache
def made_triggers() -> dict[str, str]:
    """Return {name: statement} of the triggers that the migrations leave in a SQLite database, white space aside."""
    made: dict[str, str] = {}
    for name in MIGRATIONS:
        for statement in import_module(f"sp2k.journal.migrations.{name}").SQLITE:
            verb, _trigger, called, *_rest = statement.split()
            if verb == "DROP":
                del made[called]
            else:
                made[called] = _plain(statement)
    return made


def _plain(statement: str) -> str:
    return " ".join(statement.split())
