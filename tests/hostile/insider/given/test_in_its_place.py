"""What stands in the place of what a line tells of: a paper nobody confirmed, a conflict that was deleted, a second lot."""

import pytest

from sp2k.entries.actions import erase_evidence, submit_form
from sp2k.entries.claims import Claims, Document
from sp2k.entries.models import Innovation
from sp2k.entries.sealing import Sending
from sp2k.instruments.asking import questions_of
from sp2k.journal.actions import append
from sp2k.judging.actions import declare_conflict, record_attendance, record_sheet, record_visit_finding, send_sheet
from sp2k.judging.actions.paper import print_papers
from sp2k.judging.models import LateSheet, PaperSheet, Sheet, VisitFinding
from sp2k.results.actions import lock_stage, propose_correction
from sp2k.results.actions.lots import announce_lot, sign_lot
from sp2k.results.models import Lot
from tests.hostile.insider.given.test_given_again import EIGHTY, JURY, found
from tests.hostile.insider.test_sealed_things import faults, sql
from tests.results.ties.test_lots import DRAW_AT, DRAWN, DRAWN_BY_LOT, LEVEL_CUT, SOURCE, chair, chair_of, drawn
from tests.story.small import (
    BULUNGAN,
    FIRST,
    FORMS_OPEN,
    JURY_LOCKED,
    SHEETS_IN,
    VISIT_SEATED,
    at,
    duty,
    entry,
    holder,
    person,
    play_small,
    stage,
)
from tests.story.visiting import VISITING, innovation

pytestmark = pytest.mark.django_db

IN_TIME, TOO_LATE, AFTER = at("2024-06-04 14.20"), at("2024-06-05 16.20"), at("2024-06-05 16.30")
VISIT_OVER = at("2024-06-21 16.20")


@pytest.fixture
def visiting():
    return play_small(until=VISIT_SEATED)


def closing(code: str, instant: str) -> str:
    return f"UPDATE editions_stage SET closes_at = '{instant}' WHERE code = '{code}'"


def sheet_after_the_deadline(story) -> Sheet:
    """A sheet sent twenty minutes late, while the deadline was put off for that minute."""
    closes_at = stage(story, "presentasi").closes_at
    sql(closing("presentasi", "2024-06-05 15:00:00"))
    sheet = record_sheet(duty(story, FIRST, "bappeda"), EIGHTY, by=holder(story, "bappeda"), now=TOO_LATE)
    sql(closing("presentasi", closes_at.isoformat(sep=" ")[:19]))
    assert found(story, "diterima sesudah batas waktunya")
    return sheet


def printed(story, duty, **kind) -> PaperSheet:
    print_papers(duty.stage, [duty], by=story.bureau[0], now=duty.stage.opens_at, **kind)
    return PaperSheet.objects.get(assignment=duty)


@pytest.mark.parametrize("told", ["sheet_id = {sheet}", "sheet_id = {sheet}, state = 'dikonfirmasi', juror_id = {by}"])
def test_a_late_sheet_does_not_come_of_a_paper_that_nobody_confirmed(told):
    story = play_small(until=JURY)
    paper = printed(story, duty(story, FIRST, "bappeda"))
    sheet = sheet_after_the_deadline(story)

    said = told.format(sheet=sheet.pk, by=sheet.by_id)
    sql("PRAGMA ignore_check_constraints = 1")
    sql(f"UPDATE judging_papersheet SET confirmed_at = printed_at, {said} WHERE id = {paper.pk}")
    sql("PRAGMA ignore_check_constraints = 0")

    assert found(story, "Lembar Bappeda", "diterima sesudah batas waktunya")
    assert found(story, "Kertas")


def test_a_late_finding_does_not_come_of_a_paper_that_nobody_confirmed(visiting):
    own = duty(visiting, FIRST, "bappeda", "lapang")
    paper, closes_at = printed(visiting, own, kind=PaperSheet.Kind.VISIT), own.stage.closes_at
    sql(closing("lapang", "2024-06-21 15:00:00"))
    by = holder(visiting, "bappeda", "lapang")
    finding = record_visit_finding(own, "A1", "tidak", note="Kosong.", by=by, now=VISIT_OVER)
    sql(closing("lapang", closes_at.isoformat(sep=" ")[:19]))

    sql(f"UPDATE judging_visitfinding SET paper_id = {paper.pk} WHERE id = {finding.pk}")

    assert found(visiting, "Temuan A1", "diterima sesudah batas waktunya")
    assert found(visiting, "Kertas", "jurinya tidak mengonfirmasinya")


@pytest.mark.parametrize("was_there", [True, False])
def test_a_conflict_that_was_deleted_is_missed(was_there):
    story = play_small(until=JURY)
    mine = duty(story, FIRST, "dpmd")
    if was_there:
        record_attendance([mine], "hadir", by=story.bureau[0], now=JURY)
    declare_conflict(mine.seat, mine.participation, reason="ipar camat", by=holder(story, "dpmd"), now=JURY)
    assert faults(story) == []

    back = "hadir" if was_there else ""
    sql("DELETE FROM judging_conflict")
    sql(f"UPDATE judging_assignment SET attendance = '{back}', attendance_reason = '' WHERE id = {mine.pk}")

    assert found(story, "Benturan kepentingan kursi dpmd", "hilang")


def test_a_conflict_that_was_given_to_another_person_is_found():
    story = play_small(until=JURY)
    mine = duty(story, FIRST, "dpmd")
    declare_conflict(mine.seat, mine.participation, reason="ipar camat", by=holder(story, "dpmd"), now=JURY)

    sql(f"UPDATE judging_conflict SET user_id = {holder(story, 'bappeda').pk}")

    assert found(story, "Benturan kepentingan DPMD")


def test_a_sheet_in_time_that_was_kept_as_a_late_one_is_found():
    story = play_small(until=JURY)
    own, by, closes_at = duty(story, FIRST, "bappeda"), holder(story, "bappeda"), stage(story, "presentasi").closes_at
    sql(closing("presentasi", "2024-06-04 05:00:00"))
    late = send_sheet(own, EIGHTY, by=by, now=IN_TIME, sending=Sending())
    sql(closing("presentasi", closes_at.isoformat(sep=" ")[:19]))

    assert isinstance(late, LateSheet)
    assert found(story, "Lembar terlambat", "jadi tidak terlambat")


def test_a_finding_that_took_its_place_before_an_earlier_one_is_found(visiting):
    own, by = duty(visiting, FIRST, "bappeda", "lapang"), holder(visiting, "bappeda", "lapang")
    first = record_visit_finding(own, "A1", "tidak", note="Kosong.", by=by, now=VISITING)
    sql(f"UPDATE judging_visitfinding SET revision = 5, reason = 'x' WHERE id = {first.pk}")
    record_visit_finding(own, "A1", "dikonfirmasi", note="Ada.", reason="Ditemukan.", by=by, now=VISITING)
    sql(f"UPDATE judging_visitfinding SET revision = 1, reason = '' WHERE id = {first.pk}")
    second = VisitFinding.objects.order_by("-pk").first()
    sql(f"UPDATE judging_visitfinding SET revision = 2 WHERE id = {second.pk}")
    record_visit_finding(own, "A1", "tidak", note="Kosong.", reason="Salah lihat.", by=by, now=VISITING)
    sql(f"UPDATE judging_visitfinding SET revision = 6 WHERE id = {second.pk}")

    assert found(visiting, "Temuan A1", "revisinya tidak mengikuti yang sebelumnya")


def test_a_finding_on_an_innovation_that_nobody_had_told_of_is_found(visiting):
    own, by = duty(visiting, FIRST, "bappeda", "lapang"), holder(visiting, "bappeda", "lapang")
    innovation(entry(visiting, "lapang", FIRST), by)
    record_visit_finding(own, "inov-1", "lebih", note="Ada.", by=by, now=VISITING)
    assert not found(visiting, "Temuan inov-1")
    ghost = Innovation.objects.get()
    ghost.pk, ghost.number = None, 90
    ghost.save()
    record_visit_finding(own, "inov-90", "lebih", note="Ada.", by=by, now=VISITING)
    ghost.delete()

    assert found(visiting, "Temuan inov-90", "belum dicatat siapa pun")


class TestLots:
    """One announcement, one draw: whoever could announce again after the draw could choose."""

    @pytest.fixture
    def signed(self):
        story = play_small(until=SHEETS_IN, told=LEVEL_CUT, source=DRAWN_BY_LOT)
        chair_of(story)
        announce_lot(stage(story, "presentasi"), SOURCE, DRAW_AT, by=story.bureau[0], now=SHEETS_IN)
        lock_stage(stage(story, "presentasi"), by=story.bureau[0], now=JURY_LOCKED)
        sign_lot(drawn(story), by=chair(story), now=DRAWN)
        assert faults(story) == []
        return story

    def test_an_announcement_that_nobody_replaced_is_not_marked_so(self, signed):
        sql("UPDATE results_lot SET replaced_at = '2024-06-05 10:06:00'")
        assert found(signed, "Undian tahap Presentasi", "ditandai diganti")

    def test_a_second_announcement_after_the_draw_is_found(self, signed):
        sql("UPDATE results_lot SET replaced_at = '2024-06-05 10:06:00', draws_at = '2024-06-06 10:06:00'")
        sql("UPDATE results_lotdraw SET returned_at = '2024-06-05 10:06:00', signed_at = NULL, signed_by_id = NULL")
        later = at("2024-06-05 18.20")
        body = {"stage": "presentasi", "source": SOURCE, "draws_at": "2024-06-05T10:30Z", "reason": "x"}
        append(signed.edition.chain_id, "lot.announce", body, by=signed.bureau[0], now=later)
        Lot.objects.create(stage=stage(signed, "presentasi"), source=SOURCE, draws_at=at("2024-06-05 18.30"),
                           reason="x", by=signed.bureau[0], at=later)  # fmt: skip
        sql("UPDATE results_lot SET draws_at = '2024-06-05 10:00:00' WHERE id = (SELECT min(id) FROM results_lot)")

        assert found(signed, "Undian tahap Presentasi", "diumumkan lagi sesudah")

    @pytest.mark.parametrize("change", ["signed_by_id = NULL", "returned_reason = 'keliru'"])
    def test_who_signed_and_why_nobody_returned_it_are_held(self, signed, change):
        sql("PRAGMA ignore_check_constraints = 1", f"UPDATE results_lotdraw SET {change}")
        sql("PRAGMA ignore_check_constraints = 0")
        assert found(signed, "Undian tahap Presentasi")


def test_a_file_deleted_after_it_was_sent_again_is_not_excused_by_an_earlier_erasure():
    story = play_small(until=FORMS_OPEN)
    camat, bureau, participation = person(story, "C", BULUNGAN), story.bureau[0], entry(story, "isian", FIRST)
    question = questions_of(participation.stage.instrument)[0].questions[0]
    proof = Document(b"%PDF-1.4 dikirim dua kali\n", "application/pdf")
    claims = Claims({question.code: {"isian": {}, "bukti": {question.slots[0].key: "asli.pdf"}}}, {"asli.pdf": proof})
    form = submit_form(participation, claims, by=camat, now=FORMS_OPEN)
    erase_evidence(form.evidence.first(), reason="Salah unggah.", by=bureau, now=FORMS_OPEN)
    submit_form(participation, claims, reason="Benar juga.", by=camat, now=FORMS_OPEN)
    assert faults(story) == []

    sql("UPDATE base_blob SET erased_at = '2024-03-05 08:00:00'")

    assert found(story, "Berkas", "tanpa tindakan yang menghapusnya")


def test_a_yes_to_one_late_sheet_is_none_to_another():
    story = play_small(until=JURY)
    lates = [late_sheet(story, seat) for seat in ("bappeda", "dpmd")]
    propose_correction(lates[0], reason="Sinyal.", by=story.bureau[0], now=AFTER)
    assert faults(story) == []

    sql(f"UPDATE editions_approval SET subject = 'lembar {lates[1].op_id}' WHERE subject = 'lembar {lates[0].op_id}'")

    assert found(story, "Persetujuan koreksi")


def late_sheet(story, seat) -> LateSheet:
    own = duty(story, FIRST, seat)
    return send_sheet(own, EIGHTY, by=holder(story, seat), now=TOO_LATE, sending=Sending())
