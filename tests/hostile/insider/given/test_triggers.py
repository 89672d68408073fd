"""A trigger left in the database changes rows while an innocent act writes them: no act is done beside one."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from django.db import connection

from sp2k.accounts.actions.people import Details, add_person
from sp2k.accounts.models import Officeholder, User
from sp2k.accounts.officeholders.actions import add_officeholder
from sp2k.accounts.officeholders.terms import Term
from sp2k.base.refusals import NAMES_ARE_TOLD, Refused
from sp2k.config.cli import main
from sp2k.journal.actions import append_all
from sp2k.journal.database import foreign_objects, made_triggers
from sp2k.judging.actions import record_sheet
from sp2k.judging.models import Sheet
from sp2k.publication.checking.opening import opened_publication
from sp2k.regions.models import Region
from sp2k.results.actions import advance, freeze_tally
from sp2k.results.freezing import store_count
from sp2k.results.frozen import sealed_tally
from sp2k.results.models import FrozenTally, Placement
from tests.hostile.insider.given.test_given_again import EIGHTY, JURY, found
from tests.hostile.insider.test_sealed_things import faults, sql
from tests.story.small import FIRST, JURY_FROZEN, JURY_LOCKED, THIRD, duty, holder, play_small, stage

pytestmark = pytest.mark.django_db

PLACES = """CREATE TRIGGER ukur AFTER INSERT ON results_placement BEGIN
    UPDATE results_placement SET place = CASE place WHEN 1 THEN 3 WHEN 3 THEN 1 ELSE place END WHERE id = NEW.id; END"""
ROLES = """CREATE TRIGGER ukur AFTER INSERT ON accounts_membership WHEN NEW.role = 'R' BEGIN
    INSERT OR IGNORE INTO accounts_membership (role, region_id, user_id) VALUES ('I', '65', NEW.user_id); END"""
TERMS = """CREATE TRIGGER ukur AFTER INSERT ON accounts_officeholder WHEN NEW.office = 'sekda' BEGIN
    UPDATE accounts_officeholder SET name = 'H. Palsu' WHERE office = 'kepala-daerah'; END"""
GONE_AGAIN = "DROP TRIGGER ukur"


def test_the_database_holds_the_triggers_of_the_migrations_and_no_others():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')")
        stored = {name: " ".join(statement.split()) for name, statement in cursor.fetchall()}

    assert (stored, foreign_objects()) == (made_triggers(), [])


@pytest.mark.parametrize("type", ["TRIGGER", "Trigger", "table", "index", "x"])
def test_a_trigger_is_told_by_its_statement_whatever_is_said_to_be_its_type(type):
    sql(PLACES)
    sql("PRAGMA writable_schema = ON")
    try:
        sql(f"UPDATE sqlite_master SET type = '{type}' WHERE name = 'ukur'")
        assert foreign_objects() == ['Pemicu basis data "ukur"']
    finally:
        sql("UPDATE sqlite_master SET type = 'trigger' WHERE name = 'ukur'")
        sql("PRAGMA writable_schema = OFF")
        sql(GONE_AGAIN)


@pytest.mark.parametrize(
    "column",
    [
        "TEXT UNIQUE ON CONFLICT REPLACE", "TEXT UNIQUE ON/**/CONFLICT REPLACE", "TEXT UNIQUE on\n  conflict replace",
        "TEXT UNIQUE ON -- sama\nCONFLICT REPLACE", "TEXT GENERATED ALWAYS AS (1)", "TEXT AS ('H. Palsu')",
        "TEXT DEFAULT 'H. Palsu'", "TEXT COLLATE NOCASE", "TEXT REFERENCES auth_group (id) ON/**/DELETE CASCADE",
    ],
)  # fmt: skip
def test_a_table_that_changes_rows_by_itself_is_named_however_it_is_written(column):
    sql(f'CREATE TABLE "ganti" ("id" integer, "satu" {column})')

    assert foreign_objects() == ['Tabel basis data "ganti"']


def test_a_table_that_takes_texts_for_numbers_is_named():
    """A code such as 35.10 would be kept as 35.1, and sealed as it is read back."""
    sql("PRAGMA writable_schema = ON")
    was, becomes = '"nip" varchar(18)', '"nip" decimal'
    sql(f"UPDATE sqlite_master SET sql = replace(sql, '{was}', '{becomes}') WHERE name = 'accounts_officeholder'")
    sql("PRAGMA writable_schema = RESET")

    assert foreign_objects() == ['Tabel basis data "accounts_officeholder"']


def test_quotes_hide_nothing_and_accuse_nobody():
    sql("""CREATE TABLE "tampak" ("ON CONFLICT" text, [AS] text, `default` text CHECK ("ON CONFLICT" IN ('AS')))""")

    assert foreign_objects() == []


def test_places_are_not_frozen_beside_a_trigger_and_are_once_it_is_gone():
    story = play_small(JURY_LOCKED)
    sql(PLACES)

    with pytest.raises(Refused, match="basis data"):
        freeze_tally(stage(story, "presentasi"), by=story.bureau[0], now=JURY_FROZEN)

    assert not FrozenTally.objects.filter(stage__code="presentasi").exists()
    sql(GONE_AGAIN)
    freeze_tally(stage(story, "presentasi"), by=story.bureau[0], now=JURY_FROZEN)
    places = Placement.objects.filter(tally__stage__code="presentasi").order_by("place")
    assert list(places.values_list("participation__entry__region_id", flat=True))[0::2] == [FIRST, THIRD]
    assert faults(story) == []


def test_no_role_is_added_by_a_trigger_while_another_is_given():
    story = play_small(JURY_LOCKED)
    sql(ROLES)

    with pytest.raises(Refused, match='Pemicu basis data "ukur"'):
        add_person("operator.baru", Details("Operator Baru"), role="R", region="65.01", by=story.bureau[0], now=JURY)

    assert not User.objects.filter(username="operator.baru").exists()


def test_no_head_of_region_is_renamed_by_a_trigger_while_another_is_recorded():
    story = play_small(JURY_LOCKED)
    region, since = Region.objects.get(pk="65.71"), date(2019, 3, 1)
    add_officeholder(region, Term("kepala-daerah", "dr. Khairul", "", "", since, source="SK"), by=story.bureau[0], now=JURY)
    sql(TERMS)

    with pytest.raises(Refused, match='Pemicu basis data "ukur"'):
        add_officeholder(region, Term("sekda", "Hamid Amren", "", "", since, source="SK"), by=story.bureau[0], now=JURY)

    assert list(Officeholder.objects.values_list("name", flat=True)) == ["dr. Khairul"]


def send_sheet_beside_a_trigger():
    """A frequent act, which holds nothing before it: only the journal stands in its way."""
    story = play_small(JURY)
    mine = duty(story, FIRST, "dpmd")
    sql("CREATE TRIGGER ukur AFTER INSERT ON judging_mark BEGIN UPDATE judging_mark SET value = 10 WHERE id = NEW.id; END")
    with pytest.raises(Refused) as refused:
        record_sheet(mine, EIGHTY, by=holder(story, "dpmd"), now=JURY)
    assert not Sheet.objects.exists()
    return str(refused.value)


def test_no_sheet_is_taken_beside_a_trigger():
    assert 'bukan buatan SP2K (Pemicu basis data "ukur").' in send_sheet_beside_a_trigger()


def test_whoever_may_not_read_what_was_changed_is_told_no_name():
    told = NAMES_ARE_TOLD.set(False)
    try:
        assert "bukan buatan SP2K." in send_sheet_beside_a_trigger()
    finally:
        NAMES_ARE_TOLD.reset(told)


@pytest.mark.parametrize(
    "left, named",
    [
        (PLACES, 'Pemicu basis data "ukur"'),
        ("CREATE VIEW semua AS SELECT * FROM results_placement", 'Tampilan basis data "semua"'),
        (
            "CREATE TRIGGER journal_line_no_update BEFORE UPDATE ON journal_line BEGIN SELECT 1; END",
            'Pemicu basis data "journal_line_no_update"',
        ),
    ],
)
def test_the_command_names_what_no_migration_made(left, named):
    play_small(JURY_LOCKED)
    sql(left)  # the journal's own triggers are gone by then

    told = CliRunner().invoke(main, ["edition", "status", "kaltara-2024-uji", "--json"])
    everything = CliRunner().invoke(main, ["edition", "status", "--all"])

    assert (told.exit_code, [fault["apa"] for fault in json.loads(told.stdout)["rusak"]]) == (1, [named])
    assert (everything.exit_code, f"{named}: bukan buatan SP2K" in everything.stdout) == (1, True)


@pytest.mark.parametrize(
    "change",
    [
        "place = CASE place WHEN 1 THEN 3 WHEN 3 THEN 1 ELSE place END",
        "own_total = '11.11'",
        """aspects = '{"kinerja": "1.00"}'""",
        "is_through = NOT is_through",
    ],
)
def test_places_that_do_not_follow_from_what_was_counted_are_found_though_a_line_seals_them(change):
    story = play_small(JURY_LOCKED)
    jury, by = stage(story, "presentasi"), story.bureau[0]

    tally = store_count(jury, scope="", by=by, now=JURY_FROZEN)
    sql(f"UPDATE results_placement SET {change} WHERE tally_id = {tally.pk}")
    body = {"stage": jury.code, "input": tally.input_hash, "n": tally.n_sheets, "method": tally.method}
    append_all(story.edition.chain_id, [sealed_tally("tally.frozen", body, tally)], by=by, now=JURY_FROZEN)

    assert found(story, "Hitungan beku tahap Presentasi", "bukan hasil menghitung masukannya")
    with pytest.raises(Refused, match="Meneruskan peserta tahap Presentasi dihentikan"):
        advance(stage(story, "presentasi"), by=by, now=JURY_FROZEN)


def test_an_edition_played_to_its_end_follows_from_what_was_counted():
    assert opened_publication(play_small().edition).faults == []
