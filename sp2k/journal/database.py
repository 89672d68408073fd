"""What the database does by itself: only the triggers that the migrations make, and no view; and whether it is whole.

What an act wrote is sealed as it is read back. A trigger left in the database changes rows while an innocent act writes
them, and its line would then seal what nobody decided; so no line is written while there is one.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import import_module

from django.apps import apps
from django.db import connection

from sp2k.base.refusals import NAMES_ARE_TOLD, Refused

MIGRATIONS = ("0002_append_only", "0003_no_replacement")  # those that make triggers, or remove them
TOLD_AT_MOST = 5
# Read word by word, apart from what stands in quotes and comments: SQLite keeps a statement as it was typed, so that
# `ON/**/CONFLICT` is none of the spellings anybody would look for.
_WORDS = re.compile(
    r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|/\*.*?(?:\*/|\Z)|--[^\n]*|([A-Za-z_][\w$]*)""", re.DOTALL
)
# All words that the migrations' tables and indexes are made of; a new one is added with the migration that needs it.
KNOWN_WORDS = frozenset({
    "AND", "AUTOINCREMENT", "BIGINT", "BOOL", "CHAR", "CHECK", "CONSTRAINT", "CREATE", "DATE", "DATETIME", "DECIMAL",
    "DEFERRABLE", "DEFERRED", "IN", "INDEX", "INITIALLY", "INTEGER", "IS", "JSON_VALID", "KEY", "NOT", "NULL", "ON",
    "OR", "PRIMARY", "REFERENCES", "SMALLINT", "TABLE", "TEXT", "UNIQUE", "UNSIGNED", "VARCHAR", "WHERE",
})  # fmt: skip
_STORED = "SELECT name, CAST(sql AS TEXT) FROM {} WHERE sql IS NOT NULL"
_COLUMNS = "SELECT t.name, c.name, c.type FROM sqlite_master AS t, pragma_table_xinfo(t.name) AS c WHERE t.type = 'table'"
ITS_OWN = "CREATE TABLE sqlite_sequence(name,seq)"


def foreign_objects() -> list[str]:
    """Return triggers and views that no migration made, and tables that replace or reckon rows by themselves. Two queries.

    Of SQLite alone. Other vendors keep theirs in catalogues of their own: whoever adds one asks it here, and until then
    nothing is found there.
    """
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{_STORED.format('sqlite_master')} UNION ALL {_STORED.format('sqlite_temp_master')} ORDER BY 1, 2")
        stored = cursor.fetchall()
        cursor.execute(_COLUMNS)
        columns = cursor.fetchall()
    odd = [f'{_kind(sql)} basis data "{name}"' for name, sql in stored if not (_is_plain(sql) or _is_made(name, sql))]
    types = declared_types()
    other = sorted({table for table, column, type in columns if types.get((table, column), type.lower()) != type.lower()})
    return list(dict.fromkeys([*odd, *(f'Tabel basis data "{table}"' for table in other)]))


@cache
def declared_types() -> dict[tuple[str, str], str]:
    """Return {(table, column): type} as the models declare it: another type changes values while they are written."""
    return {
        (model._meta.db_table, field.column): field.db_type(connection).lower()
        for model in apps.get_models(include_auto_created=True) for field in model._meta.local_concrete_fields
    }  # fmt: skip


@lru_cache(maxsize=4096)
def _is_plain(statement: str) -> bool:
    """Whether it makes a table or an index, of words that the migrations use for them."""
    words = {word.upper() for word in _WORDS.findall(statement) if word}
    return words <= KNOWN_WORDS and bool(words & {"TABLE", "INDEX"}) or statement == ITS_OWN


def _is_made(name: str, statement: str) -> bool:
    return made_triggers().get(name) == _plain(statement)


def damage(tables: Iterable[str] = ()) -> list[str]:
    """Return what SQLite finds amiss in its file, the first few: an index that lacks rows, a row that breaks its bounds.

    Whoever asks by such an index does not find a row that stands in the table, and nothing that is held is missing. Reads
    the whole file: about a second for 100 MB; with `tables` these alone, and their indexes. Of SQLite alone, as
    `foreign_objects`.
    """
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        found = []
        for what in [f'"{table}"' for table in tables] or [TOLD_AT_MOST]:
            cursor.execute(f"PRAGMA integrity_check({what})")
            found += [text for (text,) in cursor.fetchall() if text != "ok"]
        return found[:TOLD_AT_MOST]


def _kind(statement: str) -> str:
    words = [word.casefold() for word in _WORDS.findall(statement) if word][:4]
    kinds = {"view": "Tampilan", "trigger": "Pemicu", "table": "Tabel", "index": "Indeks"}
    return next((kinds[word] for word in words if word in kinds), "Pemicu")


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
