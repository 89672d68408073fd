"""Appending and replaying a chain, and a database that refuses to forget."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from sp2k.accounts.models import User
from sp2k.journal.actions import append, append_all, open_chain
from sp2k.journal.canonical import canonical, commitment, tagged_hash
from sp2k.journal.models import Chain, Line
from sp2k.journal.queries import replay

NOW = datetime(2022, 11, 2, 20, 30, tzinfo=UTC)  # 3 November, 03.30 WIB
PRIVATE = "at, actor, chain_id, op_id, device_nonce, server_nonce"  # the columns of the private record


@pytest.fixture
def chain(db):
    return open_chain("uji", {"v": 1, "edition": "uji"}, zone="Asia/Jakarta")


@pytest.fixture
def person():
    return User(username="ani", name="Ani")


def test_a_line_is_hashed_over_the_one_before_it(chain, person):
    first, second = append_all("uji", [("edition.open", {"n": 1}), ("rules.lock", {"n": 2})], by=person, now=NOW)

    genesis = tagged_hash("sp2k/genesis/1", canonical({"v": 1, "edition": "uji"}))
    act = {
        "at": "2022-11-02T20:30:00.000000Z",
        "by": "ani",
        "op_id": str(second.op_id),
        "device_nonce": second.device_nonce,
        "server_nonce": second.server_nonce,
    }
    entry = {
        "v": 2,
        "chain": "uji",
        "seq": 1,
        "prev": first.hash,
        "type": "rules.lock",
        "day": "2022-11-03",
        "body": {"n": 2},
        "c_act": commitment(act, device_nonce=second.device_nonce, server_nonce=second.server_nonce),
    }
    assert f'"prev":"{genesis}"' in first.canonical
    assert second.canonical.encode() == canonical(entry)
    assert second.hash == tagged_hash("sp2k/entry/1", canonical(entry))


def test_the_line_tells_the_local_day_but_not_the_minute_nor_the_person(chain, person):
    line = append("uji", "sheet.submit", {"c": "00"}, by=person, now=NOW)

    assert '"day":"2022-11-03"' in line.canonical
    assert "ani" not in line.canonical
    assert "20:30" not in line.canonical


def test_a_replay_of_an_untouched_chain_is_intact(chain, person):
    for n in range(5):
        append("uji", "sheet.submit", {"n": n}, by=person, now=NOW)

    replayed = replay("uji")

    assert replayed.is_intact
    assert [entry["body"]["n"] for entry in replayed.entries] == [0, 1, 2, 3, 4]
    assert (replayed.size, replayed.head) == (5, Line.objects.get(seq=4).hash)


def test_the_database_refuses_to_change_or_remove_a_line(chain, person):
    line = append("uji", "sheet.submit", {"n": 1}, by=person, now=NOW)

    for change in (lambda: Line.objects.update(type="edition.open"), line.delete, Chain.objects.get().delete):
        with pytest.raises((DatabaseError, Exception), match="jurnal|PROTECT|referenced"), transaction.atomic():
            change()
    assert replay("uji").is_intact


def test_the_database_refuses_to_shorten_a_chain(chain, person):
    append("uji", "sheet.submit", {"n": 1}, by=person, now=NOW)

    with pytest.raises(DatabaseError, match="rantai jurnal hanya dapat bertambah"), transaction.atomic():
        Chain.objects.update(size=0)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO journal_line SELECT * FROM journal_line WHERE seq = 0",
        f"INSERT OR REPLACE INTO journal_line SELECT NULL, seq, 'x', canonical, 'aa', {PRIVATE} FROM journal_line",
        f"INSERT OR REPLACE INTO journal_line SELECT NULL, 7, 'x', canonical, hash, {PRIVATE} FROM journal_line",
        "INSERT OR REPLACE INTO journal_chain SELECT * FROM journal_chain",
        "UPDATE journal_chain SET head = 'aa'",
        "UPDATE journal_chain SET zone = 'Asia/Jayapura', size = size + 1",
    ],
)
def test_the_database_refuses_to_write_over_what_stands(chain, person, statement):
    append("uji", "sheet.submit", {"n": 1}, by=person, now=NOW)
    before = list(Line.objects.values_list()), list(Chain.objects.values_list())

    with pytest.raises(DatabaseError, match="jurnal"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert (list(Line.objects.values_list()), list(Chain.objects.values_list())) == before


@pytest.mark.parametrize(
    ("forgery", "broken_at"),
    [
        ("UPDATE journal_line SET canonical = replace(canonical, '\"n\":1', '\"n\":9') WHERE seq = 1", 1),
        ("UPDATE journal_line SET type = 'edition.open' WHERE seq = 2", 2),
        ("UPDATE journal_line SET canonical = '[1]' WHERE seq = 1", 1),
        (f"UPDATE journal_line SET canonical = '{'1' * 5000}' WHERE seq = 1", 1),
        (f"UPDATE journal_line SET canonical = '{'[' * 900 + ']' * 900}' WHERE seq = 1", 1),
        ("UPDATE journal_line SET canonical = '{\"body\":1}' WHERE seq = 1", 1),
        ("DELETE FROM journal_line WHERE seq = 2", 2),
        ("UPDATE journal_chain SET size = 4", 3),
        ("UPDATE journal_chain SET head = 'aa'", 3),
    ],
)
def test_a_forgery_behind_the_triggers_is_found_at_its_line(chain, person, forgery, broken_at):
    for n in range(3):
        append("uji", "sheet.submit", {"n": n}, by=person, now=NOW)
    without_triggers(forgery)

    assert replay("uji").broken_at == broken_at


def test_a_line_and_its_row_stand_or_fall_together(chain, person):
    with pytest.raises(RuntimeError, match="listrik"), transaction.atomic():
        append("uji", "sheet.submit", {"n": 1}, by=person, now=NOW)
        raise RuntimeError("listrik padam")

    assert (replay("uji").size, Line.objects.count()) == (0, 0)


def test_a_line_cannot_be_written_outside_a_transaction():
    with pytest.raises(RuntimeError, match="transaction"):
        append("uji", "sheet.submit", {"n": 1}, by=User(username="ani"), now=NOW)


def test_a_type_outside_of_the_list_is_refused(chain, person):
    with pytest.raises(ValueError, match="not a type of journal line"):
        append("uji", "sheet.invent", {"n": 1}, by=person, now=NOW)


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'budi'",
        "at = '2022-11-02 20:30:00.000001'",
        "op_id = '00000000000000000000000000000000'",
        f"device_nonce = '{'0' * 64}'",
        f"server_nonce = '{'0' * 64}'",
        "server_nonce = NULL",
    ],
)
def test_who_acted_and_when_cannot_be_changed_behind_the_triggers(chain, person, change):
    append("uji", "sheet.submit", {"n": 0}, by=person, now=NOW)
    append("uji", "sheet.submit", {"n": 1}, by=person, now=NOW)
    without_triggers(f"UPDATE journal_line SET {change} WHERE seq = 1")

    assert replay("uji").broken_at == 1


def test_a_private_record_that_cannot_even_be_read_breaks_the_chain(chain, person):
    append("uji", "sheet.submit", {"n": 0}, by=person, now=NOW)
    without_triggers("UPDATE journal_line SET actor = char(55296)")  # no UTF-8

    assert not replay("uji").is_intact


def test_a_chain_of_version_1_is_replayed_by_its_version_and_goes_on_in_version_2(chain, person):
    write_version_1(chain, [("sheet.submit", {"n": 0}), ("sheet.submit", {"n": 1})])
    append("uji", "sheet.submit", {"n": 2}, by=person, now=NOW)

    replayed = replay("uji")

    assert [entry["v"] for entry in replayed.entries] == [1, 1, 2]
    assert replayed.is_intact


def test_an_entry_of_version_1_does_not_follow_one_of_version_2(chain, person):
    append("uji", "sheet.submit", {"n": 0}, by=person, now=NOW)
    write_version_1(Chain.objects.get(), [("sheet.submit", {"n": 1})])

    assert replay("uji").broken_at == 1


def without_triggers(statement):
    """What an insider with the database can do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement)


def write_version_1(chain, lines):
    """Lines as they were written before entry version 2."""
    for type, body in lines:
        entry = {
            "v": 1, "chain": chain.name, "seq": chain.size, "prev": chain.head, "type": type, "day": "2022-11-03",
            "body": body,
        }  # fmt: skip
        content = canonical(entry)
        chain.head = tagged_hash("sp2k/entry/1", content)
        Line.objects.create(
            chain=chain, seq=chain.size, type=type, canonical=content.decode(), hash=chain.head, at=NOW, actor="ani"
        )
        chain.size += 1
    chain.save(update_fields=["size", "head"])
