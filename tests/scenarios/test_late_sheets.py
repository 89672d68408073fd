"""A sheet that came too late: kept whole, counted only when the bureau proposes it and two others agree."""

import pytest
from django.urls import reverse

from sp2k.accounts.actions import create_user
from sp2k.base import clock
from sp2k.base.refusals import NotAllowed, Refused
from sp2k.editions.actions import give_approval
from sp2k.entries.sealing import Sending
from sp2k.journal.queries import replay
from sp2k.judging.actions import record_attendance, send_sheet, void_sheet
from sp2k.judging.models import Assignment, LateSheet, Sheet
from sp2k.publication.checking.status import edition_status
from sp2k.publication.issued.lots_and_late_sheets import late_sheets_told
from sp2k.publication.issued.minutes import MinutesFacts, minutes_pdf, minutes_text
from sp2k.results.actions import (
    approve_correction,
    freeze_tally,
    lock_stage,
    propose_correction,
    refuse_correction,
)
from sp2k.results.opening import opened_edition
from sp2k.results.queries import edition_progress
from tests.story import small
from tests.story.small import FIRST, at

pytestmark = pytest.mark.django_db
EVENING = at("2024-06-05 17.40")
MARKS = {"K1": "60", "I1": "60", "I2": "60"}


@pytest.fixture
def told():
    return late_story()


def late_story(source=small.EDITION):
    """Locked with one juror noted as absent, whose sheet arrives after the lock."""
    story = small.play_small(small.SHEETS_IN, source=source)
    duty, bureau = small.duty(story, FIRST, "bappeda"), story.bureau[0]
    void_sheet(duty.standing_sheets[-1], reason="Salah peserta", by=bureau, now=small.SHEETS_IN)
    record_attendance([duty], "absen", reason="Sinyal putus", by=bureau, now=at("2024-06-05 16.20"))
    lock_stage(small.stage(story, "presentasi"), by=bureau, now=small.JURY_LOCKED)
    story.late = send_sheet(duty, MARKS, by=duty.seat.holder, now=EVENING, sending=Sending())
    story.chair = small.chair(story)
    story.watcher = create_user("pengawas-65", "Pengawas Enam Lima", roles=[("I", "65")])
    return story


def n_sheets(story):
    rows = {row.stage.code: row.n_sheets for row in edition_progress(story.edition)}
    replayed = {row["kode"]: row["lembar"] for row in edition_status(story.edition)["tahap"]}
    return rows["presentasi"], replayed["presentasi"]


def test_a_late_sheet_is_kept_and_counts_for_nothing_by_itself(told):
    assert isinstance(told.late, LateSheet)
    assert n_sheets(told) == (8, 8)


def test_it_counts_once_the_bureau_proposes_and_chair_and_inspectorate_agree(told):
    propose_correction(told.late, reason="Sinyal putus di aula", by=told.bureau[0], now=EVENING)
    approve_correction(told.late, by=told.chair, now=EVENING)
    assert n_sheets(told) == (8, 8)
    approve_correction(told.late, by=told.watcher, now=EVENING)

    told.late.refresh_from_db()
    sheet = Sheet.objects.get(op_id=told.late.op_id)
    assert (told.late.decision, told.late.decided_at) == ("diterima", EVENING)
    assert (sheet.by, sheet.at, sheet.assignment.attendance) == (told.late.by, EVENING, Assignment.Attendance.PRESENT)
    assert (sheet.revision, sheet.reason) == (2, "Lembar terlambat yang dihitung lewat koreksi.")
    assert n_sheets(told) == (9, 9)
    assert replay(told.edition.chain_id).entries[-1]["type"] == "sheet.correct"
    tally = freeze_tally(small.stage(told, "presentasi"), by=told.bureau[0], now=small.JURY_FROZEN)
    assert tally.placements.get(participation__entry__region=FIRST).total == "80.00"  # 90, 60 and 90


def test_nobody_says_yes_twice_nor_to_an_own_sheet_nor_before_a_proposal(told):
    with pytest.raises(Refused, match="belum diusulkan"):
        approve_correction(told.late, by=told.chair, now=EVENING)
    propose_correction(told.late, reason="Sinyal putus", by=told.bureau[0], now=EVENING)
    with pytest.raises(Refused, match="sudah diusulkan"):
        propose_correction(told.late, reason="Lagi", by=told.bureau[1], now=EVENING)
    with pytest.raises(Refused, match="Persetujuan yang masih ditunggu: Ketua juri dan Pengawas"):
        approve_correction(told.late, by=told.bureau[0], now=EVENING)
    with pytest.raises(Refused):
        approve_correction(told.late, by=told.bureau[1], now=EVENING)
    approve_correction(told.late, by=told.chair, now=EVENING)
    with pytest.raises(Refused, match="Persetujuan yang masih ditunggu: Pengawas"):
        approve_correction(told.late, by=told.chair, now=EVENING)
    with pytest.raises(NotAllowed):
        approve_correction(told.late, by=told.late.by, now=EVENING)

    assert n_sheets(told) == (8, 8)


def test_for_the_chairs_own_sheet_a_second_bureau_member_stands_in():
    other = "kode: bappeda, lembaga: Bappeda Provinsi Kalimantan Utara"
    told = late_story(small.EDITION.replace(", ketua: true}", "}").replace(other, f"{other}, ketua: true"))
    told.late.by.memberships.create(role="K", region_id="65")
    propose_correction(told.late, reason="Sinyal putus", by=told.bureau[0], now=EVENING)

    approve_correction(told.late, by=told.watcher, now=EVENING)
    with pytest.raises(NotAllowed, match="Anda tidak memutus lembar Anda sendiri"):
        approve_correction(told.late, by=type(told.late.by).objects.get(pk=told.late.by_id), now=EVENING)
    with pytest.raises(Refused):
        approve_correction(told.late, by=told.bureau[0], now=EVENING)
    approve_correction(told.late, by=told.bureau[1], now=EVENING)

    assert n_sheets(told) == (9, 9)


def test_after_the_count_is_frozen_nothing_is_taken_and_nothing_is_discarded(told):
    propose_correction(told.late, reason="Sinyal putus", by=told.bureau[0], now=EVENING)
    freeze_tally(small.stage(told, "presentasi"), by=told.bureau[0], now=small.JURY_FROZEN)

    with pytest.raises(Refused, match="sudah dibekukan"):
        approve_correction(told.late, by=told.chair, now=small.JURY_FROZEN)
    refuse_correction(told.late, reason="Hitungan sudah beku", by=told.watcher, now=small.JURY_FROZEN)

    told.late.refresh_from_db()
    assert (told.late.decision, told.late.marks) == ("ditolak", {"K1": "60", "I1": "60", "I2": "60"})
    with pytest.raises(Refused, match="sudah diputus"):
        refuse_correction(told.late, reason="Lagi", by=told.bureau[0], now=small.JURY_FROZEN)


def test_the_act_of_a_correction_cannot_be_approved_on_the_page_of_declared_approvals(told):
    with pytest.raises(Refused, match="tidak meminta persetujuan"):
        give_approval(told.edition, "koreksi", f"lembar {told.late.op_id}", role="K", by=told.chair, now=EVENING)


def test_a_chair_of_another_edition_of_the_province_decides_nothing_here(told):
    propose_correction(told.late, reason="Sinyal putus", by=told.bureau[0], now=EVENING)
    elsewhere = create_user("ketua-lain", "Ketua Lain", roles=[("K", "65")])

    with pytest.raises(Refused, match="Persetujuan yang masih ditunggu: Ketua juri dan Pengawas"):
        approve_correction(told.late, by=elsewhere, now=EVENING)


# the page


def see(client, user, name="late-sheets", *more):
    client.force_login(user)
    return client.get(reverse(f"results:{name}", args=["kaltara-2024-uji", "presentasi", *more]))


def send(client, user, name, pk, **data):
    client.force_login(user)
    address = reverse(f"results:{name}", args=["kaltara-2024-uji", "presentasi", pk])
    return client.post(address, data, follow=True).content.decode()


def test_the_three_decide_on_the_page_and_no_mark_is_shown(client, told, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: EVENING)
    late = told.late

    assert "Usulkan dihitung" in see(client, told.bureau[0]).content.decode()
    send(client, told.bureau[0], "late-propose", late.pk, reason="Sinyal putus")
    html = see(client, told.chair).content.decode()
    assert "Setujui dihitung" in html and "Masih ditunggu: Ketua juri, Pengawas." in " ".join(html.split())
    assert ">60<" not in html and "60.0" not in html
    send(client, told.chair, "late-approve", late.pk)
    html = send(client, told.watcher, "late-approve", late.pk)

    assert "Dihitung" in html
    assert n_sheets(told) == (9, 9)


def test_a_refusal_without_a_reason_changes_nothing_and_outsiders_find_no_page(client, told, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: EVENING)

    html = send(client, told.bureau[0], "late-refuse", told.late.pk, reason=" ")

    assert "Isian ini belum diisi." in html
    told.late.refresh_from_db()
    assert told.late.decision == ""
    assert see(client, told.late.by).status_code == 404
    assert see(client, small.person(told, "R", small.BULUNGAN)).status_code == 404


def test_a_refusal_keeps_the_reason_of_the_proposal_and_says_who_refused_and_why(client, told, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: EVENING)
    propose_correction(told.late, reason="Sinyal putus di aula", by=told.bureau[0], now=EVENING)
    refuse_correction(told.late, reason="Dikirim sesudah nilai dibicarakan", by=told.watcher, now=EVENING)

    html = " ".join(see(client, told.bureau[0]).content.decode().split())

    assert "Alasan usul: Sinyal putus di aula" in html
    assert (
        "Diputus tidak dihitung oleh Pengawas Enam Lima, 5 Juni 2024, 17.40 WITA. Alasan: Dikirim sesudah nilai dibicarakan"
    ) in html
    assert [fault for fault in opened_edition(told.edition).faults if "terlambat" in str(fault)] == []
    for changed in ({"proposal_reason": "PALSU"}, {"decision_reason": "PALSU"}, {"decided_by": told.bureau[1]}):
        kept = {name: getattr(LateSheet.objects.get(), name) for name in changed}
        LateSheet.objects.update(**changed)
        assert [fault for fault in opened_edition(told.edition).faults if "terlambat" in str(fault)] != [], changed
        LateSheet.objects.update(**kept)


def test_the_minutes_say_that_a_sheet_came_late_and_who_let_it_count(told):
    propose_correction(told.late, reason="Sinyal putus di aula", by=told.bureau[0], now=EVENING)
    approve_correction(told.late, by=told.chair, now=EVENING)
    approve_correction(told.late, by=told.watcher, now=EVENING)
    freeze_tally(small.stage(told, "presentasi"), by=told.bureau[0], now=small.JURY_FROZEN)

    text = minutes_text(small.stage(told, "presentasi"), MinutesFacts("1", None, "Tarakan"), today=EVENING.date())

    at_evening = "pada 5 Juni 2024, 17.40 WITA"
    assert text.late_sheets == (
        f"Lembar kursi Bappeda Provinsi Kalimantan Utara untuk Kecamatan Tanjung Palas, Kabupaten Bulungan datang sesudah "
        f"tahap dikunci, {at_evening}, dan dihitung lewat koreksi. Sebelum itu kursinya tercatat absen. Diusulkan "
        f"{told.bureau[0].name} {at_evening}; disetujui {told.chair.name} {at_evening} dan {told.watcher.name} {at_evening}.",
    )
    assert minutes_pdf(text).startswith(b"%PDF")
    LateSheet.objects.update(at=at("2024-06-05 17.10"))  # after the deadline and before the lock
    [before_the_lock] = late_sheets_told(small.stage(told, "presentasi"))
    assert "datang sesudah batas waktu tahap, pada 5 Juni 2024, 17.10 WITA, dan" in before_the_lock
