"""An insider with the database: drafts, moves, papers, borrowed reasons and files, held as strictly as what is locked."""

import pytest
from django.db import transaction
from django.urls import reverse

from sp2k.accounts.actions import create_user
from sp2k.accounts.actions.ledger import record
from sp2k.accounts.queries.opening import ACCOUNTS, open_people
from sp2k.base import clock
from sp2k.base.blobs import blob_path
from sp2k.editions.actions.abandoning import propose_abandonment
from sp2k.editions.actions.calendar import propose_move
from sp2k.entries.actions import erase_evidence, void_form
from sp2k.entries.models import Evidence, Form
from sp2k.entries.region_lists.actions import correct_region_name
from sp2k.journal.opening import open_chain_of
from sp2k.judging.actions import declare_conflict, record_sheet
from sp2k.regions.models import Region
from sp2k.results.actions import propose_correction
from tests.hostile.insider.test_sealed_things import faults, sql
from tests.hostile.knocking import client_of
from tests.scenarios.test_late_sheets import EVENING, late_story
from tests.story.small import (
    EDITION,
    FIRST,
    FORMS_IN,
    JURY_SEATED,
    NOMINATIONS_OPEN,
    SECOND,
    at,
    duty,
    entry,
    play_small,
    seat,
    stage,
)

pytestmark = pytest.mark.django_db
BEFORE_LOCK, ENDED = at("2024-02-18 09.00"), "ditandai selesai atau ditarik tanpa tindakan yang melakukannya"


@pytest.mark.parametrize("change", ["source = replace(source, '0.6', '0.9')", "name = 'Lain'"])
def test_a_draft_that_is_not_its_last_text_is_named(change):
    story = play_small(until=BEFORE_LOCK)
    assert faults(story) == []

    sql(f"UPDATE editions_edition SET {change}")

    assert any("tidak lagi sama dengan naskah yang terakhir disimpan" in sentence for sentence in faults(story))


ASKED = EDITION.replace("persetujuan:\n", "persetujuan:\n  jadwal: [{peran: B, orang: 2}]\n")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("reason = 'Permintaan gubernur.'", "isinya tidak lagi sama"),
        ("closes_at = '2024-04-30 08:00:00'", "isinya tidak lagi sama"),
        ("by_id = (SELECT max(id) FROM accounts_user)", "tidak ada baris jurnal"),
        ("done_at = '2024-04-05 08:00:00'", ENDED),
        ("withdrawn_at = '2024-04-05 08:00:00'", ENDED),
    ],
)
def test_a_move_that_waits_is_the_one_that_was_asked_for(change, why):
    story = play_small(until=FORMS_IN, source=ASKED)
    isian = stage(story, "isian")
    propose_move(
        story.edition, isian, opens_at=isian.opens_at, closes_at=at("2024-04-09 16.00"), reason="Banjir.",
        by=story.bureau[0], now=FORMS_IN,
    )  # fmt: skip
    assert faults(story) == []

    sql(f"UPDATE editions_move SET {change}")

    assert [sentence for sentence in faults(story) if "Usul pemindahan" in sentence and why in sentence]


@pytest.mark.parametrize("column", ["done_at", "withdrawn_at"])
def test_a_proposal_ends_by_an_act_alone(column):
    story = play_small(until=FORMS_IN)
    propose_abandonment(story.edition, "Bencana.", by=story.bureau[0], now=FORMS_IN)
    assert faults(story) == []

    sql(f"UPDATE editions_proposal SET {column} = '2024-04-05 08:00:00'")

    assert [sentence for sentence in faults(story) if ENDED in sentence]


def test_a_conflict_is_of_the_person_who_declared_it_and_of_no_other_seat():
    story = play_small(until=JURY_SEATED)
    own = seat(story, "bappeda")
    declare_conflict(own, entry(story, "presentasi", FIRST), reason="Kakak saya camatnya.", by=own.holder, now=JURY_SEATED)
    assert faults(story) == []

    sql(
        "UPDATE judging_assignment SET attendance = 'benturan', attendance_reason = 'Kakak saya camatnya.' "
        f"WHERE seat_id = {seat(story, 'dpmd').pk} AND participation_id = {entry(story, 'presentasi', FIRST).pk}"
    )

    assert [sentence for sentence in faults(story) if "tanpa tindakan yang mencatatnya" in sentence]


def test_another_file_of_a_form_is_not_erased_by_the_line_that_erased_one():
    story = play_small(until=FORMS_IN, evidence={FIRST: 2})
    first = Evidence.objects.filter(form__participation__entry__region=FIRST).first()
    for other in Form.objects.filter(evidence__blob=first.blob).exclude(pk=first.form_id).distinct():
        void_form(other, reason="Salah berkas", by=story.bureau[0], now=FORMS_IN)
    content = blob_path(first.blob_id).read_bytes()
    sql(
        "INSERT INTO base_blob (sha256, size, content_type, stored_at) SELECT 'ff' || substr(sha256, 3), size, content_type, "
        "stored_at FROM base_blob LIMIT 1"
    )
    erase_evidence(first, reason="Keliru.", by=story.bureau[0], now=FORMS_IN)
    before = faults(story)
    blob_path(first.blob_id).write_bytes(content)  # other tests share the folder, and the same sample

    sql(
        f"UPDATE entries_evidence SET blob_id = (SELECT sha256 FROM base_blob WHERE sha256 LIKE 'ff%') WHERE id != {first.pk}",
        "UPDATE base_blob SET erased_at = '2024-04-05 08:00:00'",
    )

    assert before == []
    assert [sentence for sentence in faults(story) if "ditandai dihapus tanpa tindakan yang menghapusnya" in sentence]


def test_a_corrected_name_is_told_in_the_journal_of_each_edition_it_is_written_anew_in():
    story = play_small(until=NOMINATIONS_OPEN)

    correct_region_name(
        Region.objects.get(code=FIRST), "Tanjung Palaz", basis="Perda 4/2003", by=story.bureau[0], now=NOMINATIONS_OPEN
    )
    assert faults(story) == []
    sql("UPDATE entries_entry SET name = 'PALSU' WHERE name = 'Tanjung Palaz'")

    assert [sentence for sentence in faults(story) if "nama dan sifatnya" in sentence]


@pytest.mark.parametrize("name", ["result", "participants", "table"])
@pytest.mark.parametrize(
    "change",
    [
        "entries_entry SET name = 'PALSU' WHERE region_id = '65.01.01'",
        "regions_region SET name = 'PALSU' WHERE code = '65.01'",
    ],
)
def test_the_public_reads_no_name_that_nobody_entered_with(name, change, monkeypatch):
    story = play_small()
    monkeypatch.setattr(clock, "now", lambda: at("2024-07-11 09.00"))
    path = reverse(f"publication:{name}", args=[story.edition.code])
    assert client_of(None).get(path).status_code == 200

    sql(f"UPDATE {change}")

    assert faults(story)
    answer = client_of(None).get(path)
    assert (answer.status_code, b"PALSU" in answer.content) == (422, False)


def test_a_seat_bears_the_name_that_the_rules_gave_it(monkeypatch):
    story = play_small()
    monkeypatch.setattr(clock, "now", lambda: at("2024-07-11 09.00"))
    path = reverse("publication:result", args=[story.edition.code])

    sql("UPDATE judging_seat SET institution = 'PALSU'")

    assert client_of(None).get(path).status_code == 422


def test_the_page_of_conflicts_shows_none_that_was_not_declared(monkeypatch):
    story = play_small(until=JURY_SEATED)
    monkeypatch.setattr(clock, "now", lambda: JURY_SEATED)
    own = seat(story, "bappeda")
    declare_conflict(own, entry(story, "presentasi", SECOND), reason="Kerabat.", by=own.holder, now=JURY_SEATED)
    path = reverse("judging:conflicts", args=[story.edition.code, "presentasi"])
    assert client_of(story.bureau[0]).get(path).status_code == 200

    sql("UPDATE judging_conflict SET reason = 'PALSU'")

    assert client_of(story.bureau[0]).get(path).status_code == 422


def test_a_leaders_paper_that_nobody_recorded_is_named():
    story = play_small(until=FORMS_IN)
    append_first_line(story)
    sql(
        "INSERT INTO accounts_appointment (username, name, institution, region_id, number, dated, scan_id, by_id, at) SELECT "
        "'palsu', 'Palsu', '', '65', '1', '2024-01-01', sha256, (SELECT max(id) FROM accounts_user), '2024-01-01 00:00:00' "
        "FROM base_blob LIMIT 1"
    )

    opening = open_chain_of(ACCOUNTS)
    open_people(opening)

    assert [fault.sentence for fault in opening.faults] == [
        "Penugasan palsu menurut surat: tidak ada baris jurnal yang mencatatnya."
    ]


def append_first_line(story):
    """The chain of accounts begins with any act upon one."""
    with transaction.atomic():
        record("sessions.end", {"person": story.leader.pk}, by=story.bureau[0], now=FORMS_IN)


def test_a_sheet_is_of_whoever_sat_in_its_seat_when_it_was_sent():
    story = play_small(until=JURY_SEATED)
    own, someone = duty(story, FIRST, "bappeda"), create_user("susupan", "Susupan", roles=[("J", "65")])
    seating = own.seat.seatings.get()
    sql(f"UPDATE judging_seating SET user_id = {someone.pk} WHERE id = {seating.pk}")
    now = at("2024-06-04 09.00")
    record_sheet(own, {"K1": "1", "I1": "1", "I2": "1"}, by=someone, now=now)

    sql(f"UPDATE judging_seating SET user_id = {seating.user_id} WHERE id = {seating.pk}")

    assert [sentence for sentence in faults(story) if "tidak menduduki kursi itu pada waktu itu" in sentence]


def test_the_page_of_late_sheets_says_no_reason_that_nobody_gave(monkeypatch):
    story = late_story()
    propose_correction(story.late, reason="Sinyal putus", by=story.bureau[0], now=EVENING)
    monkeypatch.setattr(clock, "now", lambda: EVENING)
    path = reverse("results:late-sheets", args=[story.edition.code, "presentasi"])
    assert client_of(story.bureau[0]).get(path).status_code == 200

    sql("UPDATE judging_latesheet SET proposal_reason = 'PALSU'")

    assert client_of(story.bureau[0]).get(path).status_code == 422
