"""An index that lacks a row hides it from whoever asks by that index; every row is still there, and none is changed."""

from datetime import date

import pytest
from django.db import connection

from sp2k.accounts.models import Officeholder
from sp2k.accounts.officeholders.actions import add_officeholder
from sp2k.accounts.officeholders.terms import Term
from sp2k.base.refusals import Refused
from sp2k.editions.queries.opening import refuse_changed_rules
from sp2k.judging.queries.changed import refuse_changed_duties, refuse_changed_papers
from sp2k.judging.queries.opening import refuse_changed_panel
from sp2k.publication.checking.opening import opened_chain
from sp2k.regions.models import Region
from sp2k.results.actions import freeze_tally
from tests.hostile.insider.test_sealed_things import faults
from tests.story.small import JURY_FROZEN, JURY_LOCKED, play_small, stage

pytestmark = pytest.mark.django_db


def hide_by_index(row):
    """Make an index of all terms but one, and then say in the file that it is one of all."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '%officeholder%region_id%'")
        name, whole = cursor.fetchone()
        cursor.execute(f"DROP INDEX {name}")
        cursor.execute(f"{whole} WHERE id <> {row.pk}")
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute("UPDATE sqlite_master SET sql = %s WHERE name = %s", [whole, name])
        cursor.execute("PRAGMA writable_schema = RESET")


def test_a_term_hidden_by_its_index_is_told_and_stops_the_count():
    story = play_small(JURY_LOCKED)
    region = Region.objects.get(pk="65.71")
    term = Term("kepala-daerah", "dr. Khairul", "", "", date(2019, 3, 1), source="SK")
    add_officeholder(region, term, by=story.bureau[0], now=JURY_LOCKED)
    assert [fault.sentence for fault in opened_chain("pejabat").faults] == faults(story) == []

    row = Officeholder.objects.get()
    hide_by_index(row)

    assert Officeholder.objects.filter(pk=row.pk).exists()
    assert not Officeholder.objects.filter(region=region).exists()
    said = "Berkas basis data: tidak utuh; ada baris yang dapat terlewat saat dibaca, atau yang melanggar batasnya (SQLite: "
    for told in ([fault.sentence for fault in opened_chain("pejabat").faults], faults(story)):
        assert [sentence.startswith(said) for sentence in told].count(True) >= 1, told
    with pytest.raises(Refused, match="Berkas basis data: tidak utuh"):
        freeze_tally(stage(story, "presentasi"), by=story.bureau[0], now=JURY_FROZEN)


def lying_index(table, columns, lie):
    """Make an index of what is not so, and then say in the file that it is one of what stands in the table."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX zz ON {table} ({lie})")
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute("UPDATE sqlite_master SET sql = %s WHERE name = 'zz'", [f'CREATE INDEX "zz" ON "{table}" ({columns})'])
        cursor.execute("PRAGMA writable_schema = RESET")


def test_no_term_is_recorded_beside_an_index_that_tells_others():
    story = play_small(JURY_LOCKED)
    region, since = Region.objects.get(pk="65.71"), date(2019, 3, 1)
    add_officeholder(
        region, Term("kepala-daerah", "dr. Khairul", "", "", since, source="SK"), by=story.bureau[0], now=JURY_LOCKED
    )
    false = "CASE id WHEN 0 THEN name ELSE 'H. Palsu' END"
    lying_index("accounts_officeholder", '"region_id", "name"', f"region_id, {false}")

    with pytest.raises(Refused, match="Berkas basis data: tidak utuh"):
        add_officeholder(
            region, Term("sekda", "Hamid Amren", "", "", since, source="SK"), by=story.bureau[0], now=JURY_LOCKED
        )


@pytest.mark.parametrize(
    "table, column, act",
    [
        ("editions_approval", "subject", lambda story: refuse_changed_rules(story.edition, "Pemindahan")),
        ("judging_assignment", "seat_id", lambda story: refuse_changed_duties(stage(story, "presentasi"), "Kehadiran")),
        ("judging_assignment", "seat_id", lambda story: refuse_changed_panel(stage(story, "presentasi"), "Penempatan")),
        ("judging_seating", "user_id", lambda story: refuse_changed_papers(stage(story, "presentasi"), "Pencetakan")),
    ],
)
def test_acts_of_a_panel_and_by_yeses_are_not_done_beside_one(table, column, act):
    story = play_small(JURY_LOCKED)
    act(story)
    lying_index(table, f'"{column}"', f"CASE id WHEN 0 THEN {column} ELSE 7 END")

    with pytest.raises(Refused, match="Berkas basis data: tidak utuh"):
        act(story)
