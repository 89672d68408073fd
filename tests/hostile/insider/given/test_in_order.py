"""What stood was hidden for a minute, so that something could follow it that could not: the order of the lines says so."""

from dataclasses import replace

import pytest

from sp2k.accounts.actions.ledger import SERVER, record
from sp2k.accounts.actions.people import Details, add_person, create_user
from sp2k.accounts.models import Membership, User
from sp2k.demo.evidence import common_sample
from sp2k.editions.models import Stage
from sp2k.entries.actions import accept_forms, submit_form
from sp2k.entries.actions.innovations import Telling, write_innovation
from sp2k.entries.claims import Claims
from sp2k.entries.models import Form
from sp2k.entries.region_lists.actions import correct_region_name
from sp2k.entries.sealing import Sending
from sp2k.judging.actions import declare_conflict, record_attendance, record_sheet, void_sheet
from sp2k.judging.actions.duties import carry_out_plan
from sp2k.judging.actions.panel import replace_person
from sp2k.judging.models import Assignment, Sheet
from sp2k.judging.planning.plans import every_pair
from sp2k.regions.models import Region
from sp2k.results.actions import lock_stage
from tests.hostile.insider.given.test_given_again import CHECKS, EIGHTY, JURY, filled, found, moved, sent_form
from tests.hostile.insider.test_sealed_things import faults, sql
from tests.judging.paper.story import Office
from tests.story.small import (
    BULUNGAN,
    FIRST,
    FORMS_OPEN,
    JURY_LOCKED,
    SECOND,
    SHEETS_IN,
    at,
    duty,
    entry,
    holder,
    person,
    play_small,
    seat,
    stage,
)

pytestmark = pytest.mark.django_db


def test_a_second_acceptance_beside_one_that_stands_is_found():
    story, verifier = play_small(until=FORMS_OPEN), None
    verifier, (name, document) = person(story, "V", BULUNGAN), next(iter(common_sample().items()))
    claims = Claims({"A1": {"isian": {}, "bukti": {"monografi": name}}}, {name: document})
    form = submit_form(entry(story, "isian", FIRST), claims, by=person(story, "C", BULUNGAN), now=FORMS_OPEN)
    accept_forms([form], rejected={form.pk: {"A1": ["monografi"]}}, by=verifier, now=CHECKS)

    sql("UPDATE entries_verification SET voided_at = '2024-04-06 00:00:00'")
    accept_forms([Form.objects.get(pk=form.pk)], by=verifier, now=CHECKS)
    sql("UPDATE entries_verification SET voided_at = NULL")

    assert found(story, "Putusan verifikasi", "putusan sebelumnya masih berlaku")


def test_an_older_revision_accepted_while_the_newer_was_hidden_is_found():
    story = play_small(until=FORMS_OPEN)
    older, camat = sent_form(story), person(story, "C", BULUNGAN)
    newer = submit_form(
        entry(story, "isian", FIRST), filled("2"), by=camat, now=FORMS_OPEN, reason="koreksi", sending=Sending(base_rev=1)
    )

    sql(f"UPDATE entries_form SET voided_at = '2024-04-06 00:00:00' WHERE id = {newer.pk}")
    accept_forms([Form.objects.get(pk=older.pk)], by=person(story, "V", BULUNGAN), now=CHECKS)
    sql(f"UPDATE entries_form SET voided_at = NULL WHERE id = {newer.pk}")

    assert found(story, "Putusan verifikasi", "dibatalkan atau diganti")


def test_a_predecessors_sheet_replaced_under_another_name_is_found():
    story = play_small(until=JURY)
    mine = duty(story, FIRST, "dpmd")
    sheet = record_sheet(mine, EIGHTY, by=holder(story, "dpmd"), now=JURY)
    newcomer = add_person("juri.baru", Details("Juri Baru"), role="J", region="65", by=story.bureau[0], now=JURY)
    replace_person(seat(story, "dpmd"), newcomer, by=story.bureau[0], reason="sakit", now=JURY)
    assert faults(story) == []

    sql(f"UPDATE judging_sheet SET by_id = {newcomer.pk} WHERE id = {sheet.pk}")
    later = at("2024-06-04 08.30")
    record_sheet(
        duty(story, FIRST, "dpmd"), EIGHTY | {"K1": "10"}, by=newcomer, now=later, reason="ubah", sending=Sending(base_rev=1)
    )
    sql(f"UPDATE judging_sheet SET by_id = {sheet.by_id} WHERE id = {sheet.pk}")

    assert Sheet.objects.count() > 1
    assert found(story, "revisi 2", "lembar orang lain")


def test_a_conflict_declared_after_the_own_sheet_is_no_fault_though_a_predecessor_had_one_too():
    story = play_small(until=JURY)
    bureau, first = story.bureau[0], entry(story, "presentasi", FIRST)
    declare_conflict(seat(story, "dpmd"), first, reason="pernah camat", by=holder(story, "dpmd"), now=JURY)
    newcomer = add_person("juri.baru", Details("Juri Baru"), role="J", region="65", by=bureau, now=JURY)
    replace_person(seat(story, "dpmd"), newcomer, by=bureau, reason="sakit", now=JURY)
    record_sheet(duty(story, FIRST, "dpmd"), EIGHTY, by=newcomer, now=at("2024-06-04 08.30"))
    declare_conflict(seat(story, "dpmd"), first, reason="saudara", by=newcomer, now=at("2024-06-04 09.00"))

    assert faults(story) == []


def test_what_was_recorded_as_a_conflict_and_then_declared_is_no_fault():
    story = play_small(until=JURY)
    mine = duty(story, FIRST, "dpmd")
    record_attendance([mine], "benturan", reason="ipar", by=story.bureau[0], now=JURY)
    declare_conflict(mine.seat, mine.participation, reason="saudara ipar", by=holder(story, "dpmd"), now=JURY)

    assert faults(story) == []


def test_a_duty_taken_away_from_an_absent_juror_and_given_again_is_no_fault():
    story = play_small(until=JURY)
    bureau, first, mine = story.bureau[0], stage(story, "presentasi"), duty(story, FIRST, "dpmd")
    record_attendance([mine], "absen", reason="sakit", by=bureau, now=JURY)
    codes = first.participations.values_list("entry__region_id", flat=True)
    every = every_pair(codes, first.seats.values_list("code", flat=True))
    without = replace(every, pairs=every.pairs - {(FIRST, "dpmd")})
    carry_out_plan(first, without, by=bureau, now=JURY, reason="sakit")
    carry_out_plan(stage(story, "presentasi"), every, by=bureau, now=JURY, reason="")
    assert faults(story) == []

    record_sheet(duty(story, FIRST, "dpmd"), EIGHTY, by=holder(story, "dpmd"), now=at("2024-06-04 09.00"))
    assert faults(story) == []


def test_a_sheet_that_a_blank_paper_was_pointed_at_is_still_late():
    office = Office()
    paper, mine = office.paper(), office.duty()
    sql(moved("presentasi", "2024-06-09 08:00:00"))
    sheet = record_sheet(Assignment.objects.get(pk=mine.pk), EIGHTY, by=mine.seat.holder, now=at("2024-06-06 08.15"))
    sql(moved("presentasi", "2024-06-05 08:00:00"))
    sql(f"UPDATE judging_papersheet SET sheet_id = {sheet.pk} WHERE id = {paper.pk}")

    assert found(office.story, "Lembar", "sesudah batas waktunya")


def test_a_name_corrected_by_the_bureau_of_a_kabupaten_is_no_fault_of_the_province():
    story = play_small(until=FORMS_OPEN)
    near = add_person("biro-bulungan", Details("Biro Bulungan"), role="B", region=BULUNGAN, by=admin(), now=FORMS_OPEN)
    region, near = Region.objects.get(code=FIRST), User.objects.get(pk=near.pk)
    correct_region_name(region, "Nama Lain", basis="Perda 1", by=near, now=FORMS_OPEN)

    assert faults(story) == []


def admin():
    return create_user("admin-uji", "Admin", roles=[("T", "65")])


def test_an_attendance_changed_while_the_lock_was_lifted_for_a_minute_is_found():
    story, bureau = play_small(until=SHEETS_IN), None
    bureau, mine = story.bureau[0], duty(story, FIRST, "dpmd")
    void_sheet(mine.standing_sheets[-1], reason="keliru", by=bureau, now=SHEETS_IN)
    record_attendance([mine], "absen", reason="sakit", by=bureau, now=SHEETS_IN)
    lock_stage(stage(story, "presentasi"), by=bureau, now=JURY_LOCKED)
    assert faults(story) == []

    locked = stage(story, "presentasi").locked_at
    sql("UPDATE editions_stage SET locked_at = NULL WHERE code = 'presentasi'")
    record_attendance([duty(story, FIRST, "dpmd")], "benturan", reason="saudara", by=bureau, now=at("2024-06-07 09.00"))
    assert duty(story, FIRST, "dpmd").attendance == "benturan"
    Stage.objects.filter(code="presentasi").update(locked_at=locked)

    assert found(story, "attendance.record", "sesudah tahapnya dikunci")


def test_an_innovation_rewritten_after_the_deadline_is_found():
    story, told = play_small(until=FORMS_OPEN), Telling("inovasi", "J", "M", "K", "B", 2023, "")
    camat, own = person(story, "C", BULUNGAN), entry(story, "isian", FIRST)
    write_innovation(own, told, by=camat, now=FORMS_OPEN)

    sql(moved("isian", "2024-09-10 08:00:00"))
    write_innovation(own, Telling("inovasi", "J", "M", "Lain", "B", 2023, ""), number=1, by=camat, now=at("2024-05-20 09.00"))
    sql(moved("isian", "2024-04-05 08:00:00"))

    assert found(story, "Inovasi ke-1", "sesudah batas waktunya")


def test_a_camat_who_checked_the_own_form_while_that_role_was_elsewhere_is_found():
    story = play_small(until=FORMS_OPEN)
    camat = add_person("camat.satu", Details("Camat"), role="C", region=FIRST, by=story.bureau[0], now=FORMS_OPEN)
    Membership.objects.create(user=camat, role="V", region_id=BULUNGAN)
    record("role.give", {"person": camat.pk, "role": f"V:{BULUNGAN}"}, by=SERVER, now=FORMS_OPEN)
    form = submit_form(entry(story, "isian", FIRST), filled("12"), by=User.objects.get(pk=camat.pk), now=FORMS_OPEN)
    role = Membership.objects.get(user=camat, role="C")

    sql(f"UPDATE accounts_membership SET region_id = '{SECOND}' WHERE id = {role.pk}")
    accept_forms([form], by=User.objects.get(pk=camat.pk), now=CHECKS)
    sql(f"UPDATE accounts_membership SET region_id = '{FIRST}' WHERE id = {role.pk}")

    assert found(story, "form.accept oleh camat.satu", "peran lain yang dipegangnya")


def test_a_juror_who_typed_a_paper_while_that_role_was_hidden_is_found():
    office = Office()
    both = add_person("bj", Details("BJ"), role="J", region="65", by=office.first, now=office.now)
    Membership.objects.create(user=both, role="B", region_id="65")  # as an administrator gives it
    paper = office.paper()

    sql(f"UPDATE accounts_membership SET role = 'C' WHERE user_id = {both.pk} AND role = 'J'")
    office.types(paper, User.objects.get(pk=both.pk), {"K1": "12,5", "I1": "80", "I2": "75"})
    sql(f"UPDATE accounts_membership SET role = 'J' WHERE user_id = {both.pk} AND role = 'C'")

    assert found(office.story, "paper.type oleh bj")


def test_an_act_of_somebody_who_is_in_no_list_of_people_is_found():
    story = play_small(until=JURY)
    ghost = User.objects.create(username="hantu", name="Hantu")
    Membership.objects.create(user=ghost, role="B", region_id="65")
    record_attendance([duty(story, FIRST, "dpmd")], "absen", reason="x", by=User.objects.get(pk=ghost.pk), now=JURY)

    sql(f"DELETE FROM accounts_membership WHERE user_id = {ghost.pk}", f"DELETE FROM accounts_user WHERE id = {ghost.pk}")

    assert found(story, "attendance.record oleh hantu")
