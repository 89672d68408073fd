"""An insider with the database who changes something for a moment: every act that rests on it stops while it stands.

What is put back afterwards leaves no row to find. So the act itself holds what it goes by: the whole chain, and the rows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from sp2k.accounts.actions.people import Details, add_person
from sp2k.base.refusals import Refused
from sp2k.editions.actions import give_approval, lock_rules
from sp2k.editions.actions.abandoning import propose_abandonment
from sp2k.editions.actions.calendar import propose_move, set_holidays
from sp2k.judging.actions.panel import replace_person
from sp2k.publication.actions import issue_decree, make_minutes
from sp2k.publication.issued.facts import proposed_facts
from sp2k.publication.issued.minutes import MinutesFacts
from sp2k.results.actions import (
    advance,
    decline,
    give_titles,
    rank_regency,
    return_result,
)
from tests.hostile.insider.test_sealed_things import sql
from tests.story.small import (
    BULUNGAN,
    DECREE_ISSUED,
    FORMS_OPEN,
    JURY_FROZEN,
    JURY_SEATED,
    NOMINATIONS_OPEN,
    TITLES_GIVEN,
    VISIT_FROZEN,
    at,
    desk,
    other_bureau,
    person,
    play_small,
    seat,
    stage,
)

pytestmark = pytest.mark.django_db
STOPPED = "dihentikan: yang tersimpan tidak lagi sama dengan yang dicatat jurnal"
BEFORE_LOCK = at("2024-02-18 09.00")
# one line rewritten in its words alone, as one rewrites what an act looks up there
ANOTHER_WORD = "UPDATE journal_line SET canonical = replace(canonical, '\"v\":2', '\"v\": 2') WHERE seq = 0"


@dataclass(frozen=True)
class Act:
    """An act, the moment it is due, and what an insider may have changed in a row that it goes by."""

    due: object
    do: Callable
    change: str


def _decree(story, now):
    edition = story.edition
    issue_decree(edition, number="X/1/2024", signed_on=now.date(), facts=proposed_facts(edition), by=story.bureau[0], now=now)


def _minutes(story, now):
    facts = MinutesFacts("9/BA/2024", now.date(), "Tanjung Selor", "Salah ketik.")
    make_minutes(stage(story, "presentasi"), facts, by=story.bureau[0], now=now)


ACTS = {
    "a yes": Act(
        TITLES_GIVEN,
        lambda story, now: give_approval(story.edition, "hasil", story.edition.code, role="G", by=story.leader, now=now),
        "UPDATE editions_edition SET name = 'Lain'",
    ),
    "locking rules": Act(
        BEFORE_LOCK,
        lambda story, now: lock_rules(story.edition, by=story.bureau[1], now=now),
        "UPDATE editions_edition SET source = replace(source, 'bobot: 0.6', 'bobot: 0.5')",
    ),
    "moving dates": Act(
        FORMS_OPEN,
        lambda story, now: propose_move(
            story.edition, stage(story, "isian"), opens_at=stage(story, "isian").opens_at, closes_at=at("2024-04-08 16.00"),
            reason="Listrik padam.", by=story.bureau[0], now=now,
        ),
        "UPDATE editions_stage SET checks_until = '2024-04-20 08:00:00' WHERE code = 'isian'",
    ),
    "holidays": Act(
        FORMS_OPEN,
        lambda story, now: set_holidays(story.edition, [(now.date(), "Nyepi")], by=story.bureau[0], now=now),
        "UPDATE editions_edition SET organiser = 'Lain'",
    ),
    "closing without result": Act(
        FORMS_OPEN,
        lambda story, now: propose_abandonment(story.edition, "Bencana.", by=story.bureau[0], now=now),
        "UPDATE editions_title SET name = 'Juara Umum' WHERE place = 1",
    ),
    "ranking a regency": Act(
        NOMINATIONS_OPEN,
        lambda story, now: rank_regency(desk(story, BULUNGAN), by=person(story, "R", BULUNGAN), now=now),
        "UPDATE results_placement SET total = '99' WHERE id = (SELECT min(id) FROM results_placement)",
    ),
    "a regency declining": Act(
        NOMINATIONS_OPEN,
        lambda story, now: decline(desk(story, BULUNGAN), reason="Bencana.", by=person(story, "R", BULUNGAN), now=now),
        "UPDATE editions_stage SET closes_at = '2030-01-01 00:00:00' WHERE code = 'seleksi'",
    ),
    "replacing a juror": Act(
        JURY_SEATED,
        lambda story, now: replace_person(
            seat(story, "dpmd"), other_bureau(), by=story.bureau[0], reason="Sakit.", now=now
        ),
        "UPDATE judging_assignment SET attendance = 'absen', attendance_reason = 'x'",
    ),
    "advancing": Act(
        JURY_FROZEN,
        lambda story, now: advance(stage(story, "presentasi"), by=story.bureau[0], now=now),
        "UPDATE results_placement SET is_through = 1",
    ),
    "minutes": Act(
        JURY_FROZEN, _minutes, "UPDATE entries_participation SET entry_id = (SELECT max(id) FROM entries_entry) "
        "WHERE id = (SELECT max(id) FROM entries_participation)",
    ),
    "titles": Act(
        VISIT_FROZEN,
        lambda story, now: give_titles(story.edition, by=story.bureau[0], now=now),
        "UPDATE results_placement SET place = 3 - place WHERE tally_id = (SELECT max(id) FROM results_frozentally)",
    ),
    "returning the result": Act(
        TITLES_GIVEN,
        lambda story, now: return_result(story.edition, "Periksa.", by=story.leader, now=now),
        "UPDATE results_award SET title = 'Juara Umum' WHERE position = 1",
    ),
    "the decree": Act(
        DECREE_ISSUED - timedelta(days=3, hours=9), _decree, "UPDATE results_award SET position = position + 5",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("is_a_line", [True, False], ids=["a line", "a row"])
def test_an_act_stops_while_something_it_goes_by_is_not_what_its_line_says(name, is_a_line):
    act = ACTS[name]
    story = play_small(until=act.due)

    sql(ANOTHER_WORD if is_a_line else act.change)

    with pytest.raises(Refused, match=STOPPED):
        act.do(story, act.due)


def test_a_decree_is_signed_by_no_officeholder_whom_nobody_recorded():
    now = DECREE_ISSUED - timedelta(days=3, hours=9)
    story = play_small(until=now)

    sql(
        "INSERT INTO accounts_officeholder (office, region_id, name, nip, rank, since, source) VALUES "
        "('kepala-daerah', '65', 'GUBERNUR PALSU', '', '', '2020-01-01', '')"
    )

    with pytest.raises(Refused, match="Pejabat Kalimantan Utara: tidak ada baris jurnal yang mencatatnya"):
        _decree(story, now)


def test_minutes_are_signed_under_no_name_that_nobody_recorded():
    story = play_small(until=JURY_FROZEN)
    someone = add_person(
        "orang-tercatat", Details("Orang Tercatat"), role="J", region="65", by=story.bureau[0], now=JURY_FROZEN
    )

    sql(f"UPDATE accounts_user SET name = 'JURI PALSU' WHERE id = {someone.pk}")

    with pytest.raises(Refused, match="Akun orang-tercatat dan perannya: isinya tidak lagi sama"):
        _minutes(story, JURY_FROZEN)
