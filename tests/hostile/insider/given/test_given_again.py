"""Rows changed for the very minute of a frequent act, then put back: what was given through them is found for good."""

import pytest

from sp2k.accounts.actions.ledger import SERVER, record
from sp2k.accounts.actions.people import (
    Details,
    add_person,
    close_account,
    create_user,
    edit_person,
    give_role,
    open_account,
    take_role,
)
from sp2k.accounts.models import Membership, User
from sp2k.accounts.queries.opening import ACCOUNTS
from sp2k.base.refusals import Refused
from sp2k.editions.actions.calendar import move_stage
from sp2k.entries.actions import accept_forms, return_form, submit_form
from sp2k.entries.actions.checking import accept_checked
from sp2k.entries.checking import CheckDesk
from sp2k.entries.claims import Claims
from sp2k.entries.models import Form, Participation
from sp2k.entries.sealing import Sending
from sp2k.judging.actions import declare_conflict, record_attendance, record_sheet, send_sheet
from sp2k.judging.models import Assignment, Conflict
from sp2k.publication.checking.opening import opened_chain
from tests.hostile.insider.test_sealed_things import faults, sql
from tests.story.small import (
    BULUNGAN,
    FIRST,
    FORMS_OPEN,
    SECOND,
    at,
    duty,
    entry,
    holder,
    person,
    play_small,
    stage,
)

pytestmark = pytest.mark.django_db

CHECKS = at("2024-04-06 09.00")
JURY = at("2024-06-04 08.10")
EIGHTY = {"K1": "80", "I1": "80", "I2": "80"}


def filled(n: str) -> Claims:
    return Claims({"A2": {"isian": {"layanan": n}, "bukti": {}}}, {})


def sent_form(story) -> Form:
    return submit_form(entry(story, "isian", FIRST), filled("6"), by=person(story, "C", BULUNGAN), now=FORMS_OPEN)


def found(story, *words) -> list[str]:
    return [sentence for sentence in faults(story) if all(word in sentence for word in words)]


def test_points_of_an_instrument_changed_for_the_minute_of_the_acceptance_are_found():
    story = play_small(until=FORMS_OPEN)
    form, verifier = sent_form(story), person(story, "V", BULUNGAN)
    band = "{min: 5, poin: 10}", "{min: 5, poin: 20}"

    swap = "UPDATE instruments_instrument SET source = replace(source, '{}', '{}') WHERE code = 'isian-uji'"
    sql(swap.format(*band))
    form = Form.objects.get(pk=form.pk)
    accept_checked(form, seen=CheckDesk(form, verifier).mark, by=verifier, now=CHECKS)
    sql(swap.format(*reversed(band)))

    assert found(story, "Putusan verifikasi (diterima)", "tidak mengikuti jawaban")


def test_points_of_an_answer_changed_for_the_minute_of_the_acceptance_are_found():
    story = play_small(until=FORMS_OPEN)
    form = sent_form(story)

    sql("""UPDATE entries_answer SET "values" = json_set("values", '$.layanan', '99') WHERE indicator = 'A2'""")
    accept_forms([form], by=person(story, "V", BULUNGAN), now=CHECKS)
    sql("""UPDATE entries_answer SET "values" = json_set("values", '$.layanan', '6') WHERE indicator = 'A2'""")

    assert found(story, "Putusan verifikasi (diterima)", "tidak mengikuti jawaban")


def test_notes_of_a_returned_form_and_points_of_an_honest_one_are_no_fault():
    story = play_small(until=FORMS_OPEN)
    form, verifier = sent_form(story), person(story, "V", BULUNGAN)
    return_form(form, reason="Lampirkan bukti", notes={"A2": "Tulis tahunnya"}, by=verifier, now=FORMS_OPEN)
    camat, sending = person(story, "C", BULUNGAN), Sending(base_rev=1)
    again = submit_form(entry(story, "isian", FIRST), filled("12"), by=camat, now=FORMS_OPEN, sending=sending)
    accept_forms([again], by=verifier, now=CHECKS)

    assert faults(story) == []


def moved(code: str, closes: str) -> str:
    return f"UPDATE editions_stage SET closes_at = '{closes}' WHERE code = '{code}'"


def test_a_form_after_its_deadline_is_found():
    story = play_small(until=FORMS_OPEN)
    sql(moved("isian", "2024-04-10 08:00:00"))
    submit_form(entry(story, "isian", FIRST), filled("6"), by=person(story, "C", BULUNGAN), now=at("2024-04-08 09.00"))
    sql(moved("isian", "2024-04-05 08:00:00"))

    assert found(story, "Isian", "sesudah batas waktunya")


def test_a_form_before_a_deadline_that_was_moved_since_is_no_fault():
    story, late = play_small(until=FORMS_OPEN), at("2024-04-06 09.00")
    first, bureau = stage(story, "isian"), story.bureau[0]
    move_stage(first, opens_at=first.opens_at, closes_at=at("2024-04-09 16.00"), reason="Listrik", by=bureau, now=FORMS_OPEN)
    submit_form(entry(story, "isian", FIRST), filled("6"), by=person(story, "C", BULUNGAN), now=late)
    first = stage(story, "isian")
    move_stage(first, opens_at=first.opens_at, closes_at=at("2024-04-08 16.00"), reason="Pulih", by=bureau, now=late)

    assert faults(story) == []


def open_duty(story) -> Assignment:
    return Assignment.objects.filter(participation__stage__code="presentasi", sheets=None).first()


def test_a_sheet_of_somebody_who_did_not_sit_there_is_found():
    story = play_small(until=JURY)
    mine = open_duty(story)
    seating, own = mine.seat.seatings.get(until=None), mine.seat.holder
    other = User.objects.filter(memberships__role__in=["J", "K"]).exclude(pk=own.pk).first()

    sql(f"UPDATE judging_seating SET user_id = {other.pk} WHERE id = {seating.pk}")
    record_sheet(Assignment.objects.get(pk=mine.pk), EIGHTY, by=other, now=JURY)
    sql(f"UPDATE judging_seating SET user_id = {own.pk} WHERE id = {seating.pk}")

    assert found(story, "Lembar", "tidak menduduki kursi")


def test_a_sheet_after_its_deadline_is_found():
    story = play_small(until=JURY)
    mine = open_duty(story)
    sql(moved("presentasi", "2024-06-09 08:00:00"))
    record_sheet(Assignment.objects.get(pk=mine.pk), EIGHTY, by=mine.seat.holder, now=at("2024-06-06 08.15"))
    sql(moved("presentasi", "2024-06-05 08:00:00"))

    assert found(story, "Lembar", "sesudah batas waktunya")


def test_a_sheet_despite_a_conflict_hidden_for_the_minute_is_found():
    story = play_small(until=JURY)
    mine = open_duty(story)
    declare_conflict(mine.seat, mine.participation, reason="pernah camat", by=mine.seat.holder, now=JURY)
    [conflict], mine = Conflict.objects.all(), Assignment.objects.get(pk=mine.pk)
    kept = mine.attendance, mine.attendance_reason

    sql(
        f"UPDATE judging_conflict SET user_id = (SELECT min(id) FROM accounts_user) WHERE id = {conflict.pk}",
        f"UPDATE judging_assignment SET attendance = '', attendance_reason = '' WHERE id = {mine.pk}",
    )
    record_sheet(Assignment.objects.get(pk=mine.pk), EIGHTY, by=mine.seat.holder, now=JURY)
    sql(
        f"UPDATE judging_conflict SET user_id = {conflict.user_id} WHERE id = {conflict.pk}",
        f"UPDATE judging_assignment SET attendance = '{kept[0]}', attendance_reason = '{kept[1]}' WHERE id = {mine.pk}",
    )

    assert found(story, "Lembar", "berbenturan kepentingan")


def test_a_sheet_of_a_juror_recorded_absent_is_found():
    story = play_small(until=JURY)
    mine = open_duty(story)
    record_attendance([mine], "absen", reason="sakit", by=story.bureau[0], now=JURY)

    sql(f"UPDATE judging_assignment SET attendance = '', attendance_reason = '' WHERE id = {mine.pk}")
    record_sheet(Assignment.objects.get(pk=mine.pk), EIGHTY, by=mine.seat.holder, now=JURY)
    sql(f"UPDATE judging_assignment SET attendance = 'absen', attendance_reason = 'sakit' WHERE id = {mine.pk}")

    assert found(story, "Lembar", "tercatat tidak menilai")


def test_a_mark_beyond_the_scale_of_the_locked_instrument_is_found():
    story = play_small(until=JURY)
    mine = open_duty(story)
    swap = "UPDATE instruments_instrument SET source = replace(source, '[0, {}]', '[0, {}]') WHERE code = 'juri-uji'"

    sql(swap.format(100, 900))
    record_sheet(Assignment.objects.get(pk=mine.pk), EIGHTY | {"K1": "800"}, by=mine.seat.holder, now=JURY)
    sql(swap.format(900, 100))

    assert found(story, "Lembar", "K1")


def test_a_role_lent_for_the_minute_of_an_acceptance_is_found():
    story = play_small(until=FORMS_OPEN)
    form = sent_form(story)
    friend = add_person("teman", Details("Teman"), role="J", region="65", by=story.bureau[0], now=CHECKS)

    sql(f"INSERT INTO accounts_membership (user_id, role, region_id) VALUES ({friend.pk}, 'V', '{BULUNGAN}')")
    accept_forms([form], by=User.objects.get(pk=friend.pk), now=CHECKS)
    sql(f"DELETE FROM accounts_membership WHERE user_id = {friend.pk} AND role = 'V'")

    assert found(story, "form.accept oleh teman", "tidak memegang peran")


def test_a_role_given_by_somebody_who_could_give_it_for_a_minute_alone_is_found():
    story = play_small(until=FORMS_OPEN)
    friend = add_person("teman", Details("Teman"), role="J", region="65", by=story.bureau[0], now=CHECKS)

    sql(f"INSERT INTO accounts_membership (user_id, role, region_id) VALUES ({friend.pk}, 'T', '65')")
    with pytest.raises(Refused, match="Akun teman"):
        add_person("orang", Details("Orang"), role="B", region="65", by=User.objects.get(pk=friend.pk), now=CHECKS)
    other = create_user("orang", "Orang", roles=[("B", "65")])  # as it was written when nothing was held before the act
    record("account.create", {"person": other.pk, "roles": ["B:65"]}, by=friend, now=CHECKS)
    sql(f"DELETE FROM accounts_membership WHERE user_id = {friend.pk} AND role = 'T'")

    [told] = [fault.sentence for fault in opened_chain(ACCOUNTS).faults]
    assert "account.create oleh teman" in told


def test_a_person_corrected_closed_and_opened_by_the_bureau_is_no_fault():
    story = play_small(until=FORMS_OPEN)
    juror = add_person("teman", Details("Teman"), role="J", region="65", by=story.bureau[0], now=CHECKS)
    bureau = create_user("biro-baru", "Biro Baru", roles=[("B", "65")])
    record("account.create", {"person": bureau.pk, "roles": ["B:65"]}, by=SERVER, now=FORMS_OPEN)

    edit_person(juror, Details("Teman Baik"), by=bureau, now=CHECKS)
    close_account(juror, by=bureau, now=CHECKS)
    open_account(juror, by=bureau, now=CHECKS)

    assert opened_chain(ACCOUNTS).faults == []


def test_what_was_done_with_a_role_that_was_taken_away_since_is_no_fault():
    story = play_small(until=FORMS_OPEN, is_sample=False)
    for one in User.objects.prefetch_related("memberships"):
        roles = [f"{row.role}:{row.region_id}" for row in one.memberships.all()]
        record("account.create", {"person": one.pk, "roles": roles}, by=SERVER, now=at("2020-01-02 08.00"))
    bureau, kecamatan = story.bureau[0], Participation.objects.get(stage__code="isian", entry__region=FIRST)
    camat = add_person("camat.lama", Details("Camat Lama"), role="C", region=FIRST, by=bureau, now=FORMS_OPEN)
    submit_form(kecamatan, filled("6"), by=camat, now=FORMS_OPEN)
    give_role(camat, "C", SECOND, by=bureau, now=CHECKS)
    take_role(Membership.objects.get(user=camat, region=FIRST), by=bureau, now=CHECKS)

    assert faults(story) == []


def test_a_late_sheet_of_an_absent_juror_is_no_fault():
    story = play_small(until=JURY)
    mine = duty(story, FIRST, "dpmd")
    record_attendance([mine], "absen", reason="sakit", by=story.bureau[0], now=JURY)
    send_sheet(mine, EIGHTY, by=holder(story, "dpmd"), now=at("2024-06-05 16.40"), sending=Sending())

    assert faults(story) == []
