"""Who reads which sheet, when, and under which name: the lists say exactly what the table of permissions says."""

import pytest

from sp2k.accounts.actions import create_user
from sp2k.accounts.policy import why_not
from sp2k.accounts.roles import Role
from sp2k.judging.actions import declare_conflict, record_sheet, seat_person
from sp2k.judging.models import Assignment, Sheet
from sp2k.judging.queries import assignments_visible_to, sheets_visible_to
from sp2k.judging.queries.sheets import duties_by_stage
from tests.judging.sheets.phone import Phone, address_of, at_hour, phone_of, words
from tests.story.locking import told_as_locked
from tests.story.small import (
    FIRST,
    JURY_SEATED,
    THIRD,
    at,
    duty,
    entry,
    holder,
    other_bureau,
    play_small,
    seat,
)

MORNING, EVENING = at("2024-06-04 09.41"), at("2024-06-05 17.30")
MARKS = {"K1": "80", "I1": "81", "I2": "82"}
LIST = "/juri/lembar/tahap/kaltara-2024-uji/presentasi/"


@pytest.fixture
def judging(db, monkeypatch):
    """Every sheet given; DPMD's first was changed and then handed over; Bappeda is in conflict with the third entry."""
    at_hour(monkeypatch, MORNING)
    story = play_small(until=JURY_SEATED)
    bappeda = holder(story, "bappeda")
    declare_conflict(
        seat(story, "bappeda"), entry(story, "presentasi", THIRD), reason="Adik camat.", by=bappeda, now=MORNING
    )
    for waiting in Assignment.objects.filter(attendance=""):
        record_sheet(waiting, MARKS, by=waiting.seat.holder, now=MORNING, note=f"Catatan {waiting.seat.code}.")
    first = duty(story, FIRST, "dpmd")
    record_sheet(first, MARKS | {"K1": "90"}, by=holder(story, "dpmd"), now=MORNING, reason="Salah baca.")
    return story


@pytest.fixture
def locked(judging, monkeypatch):
    at_hour(monkeypatch, EVENING)
    told_as_locked(judging.edition.stages.get(code="presentasi"), at=at("2024-06-05 17.00"), by=judging.bureau[0])
    return judging


def people(story):
    """Somebody of every role, of the province next door, in two roles, in none, switched off, and everyone on the panel."""
    chair = holder(story, "akademisi")
    chair.memberships.create(role="K", region_id="65")
    both = holder(story, "bappeda")
    both.memberships.create(role="B", region_id="65")
    made = [create_user(f"uji-{role}", f"Uji {role}", roles=[(role, "65")]) for role in Role.values]
    leaver = create_user("uji-keluar", "Uji Keluar", roles=[("J", "65"), ("B", "65")])
    leaver.is_active = False
    leaver.save()
    regency = create_user("uji-kabupaten", "Uji Kabupaten", roles=[("I", "65.01")])
    seats = [holder(story, code) for code in ("akademisi", "bappeda", "dpmd")]
    seat_person(seat(story, "dpmd"), made[Role.values.index("J")], by=story.bureau[0], now=MORNING, reason="Pindah.")
    return [*made, *seats, other_bureau(), regency, leaver, create_user("uji-tanpa", "Uji Tanpa Peran", roles=[])]


@pytest.mark.parametrize("moment", ["before the lock", "after the lock"])
def test_the_list_of_sheets_is_the_policys_row_by_row(judging, moment):
    everyone, now = people(judging), MORNING
    if moment == "after the lock":
        now = EVENING
        told_as_locked(judging.edition.stages.get(code="presentasi"), at=at("2024-06-05 17.00"), by=judging.bureau[0])

    for person in everyone:
        listed = set(sheets_visible_to(person).values_list("pk", flat=True))
        allowed = {sheet.pk for sheet in _sheets() if why_not(person, "sheet.read", sheet, now=now) is None}
        assert listed == allowed, person.username
    assert len({frozenset(sheets_visible_to(person).values_list("pk", flat=True)) for person in everyone}) >= 3


def test_the_list_of_duties_is_the_policys_row_by_row(judging):
    everyone = people(judging)

    for person in everyone:
        listed = set(assignments_visible_to(person).values_list("pk", flat=True))
        allowed = {row.pk for row in _duties() if why_not(person, "duty.read", row, now=MORNING) is None}
        assert listed == allowed, person.username


def _sheets():
    return Sheet.objects.select_related("assignment__participation__stage__edition", "assignment__participation__entry")


def _duties():
    return Assignment.objects.select_related("participation__stage__edition", "seat").prefetch_related(
        "seat__seatings__user"
    )


class TestStage:
    def test_before_the_lock_nobody_reads_them_and_who_may_later_is_told_so(self, judging, subtests):
        create_user("uji-pengawas", "Uji Pengawas", roles=[("I", "65")])
        sentence = "Lembar penilaian dapat dibaca setelah tahapnya dikunci."

        for person in (judging.bureau[0], holder(judging, "akademisi"), holder(judging, "dpmd")):
            with subtests.test(person.username):
                answer = Phone(person).open(LIST)
                assert (answer.status_code, sentence in words(answer)) == (403, True)

    def test_for_others_the_list_is_not_there(self, locked, subtests):
        strangers = [create_user(f"uji-{role}", "Uji", roles=[(role, "65")]) for role in "CRVGT"]

        for person in [*strangers, other_bureau()]:
            for address in (LIST, LIST.replace("presentasi", "tiada"), LIST.replace("kaltara", "tiada")):
                with subtests.test(f"{person.username} {address}"):
                    assert Phone(person).open(address).status_code == 404

    def test_a_stage_without_jurors_has_no_such_list(self, locked):
        assert Phone(locked.bureau[0]).open(LIST.replace("presentasi", "isian")).status_code == 404

    def test_the_bureau_reads_every_sheet_that_counts_with_who_gave_it(self, locked):
        said = words(Phone(locked.bureau[0]).open(LIST))

        assert said.count("Tanjung Palas Kabupaten Bulungan") == 3
        assert "DPMD Provinsi Kalimantan Utara revisi 2 90 81 82" in said
        assert "Alasan perubahan: Salah baca." in said
        assert said.count("Tarakan Barat Kota Tarakan") == 2
        assert "1–8 dari 8" in said

    def test_a_juror_reads_the_others_under_no_name(self, locked):
        said = words(phone_of(locked, "dpmd").open(LIST))

        assert (said.count("Juri lain"), said.count("DPMD Provinsi")) == (5, 3)
        assert ("Bappeda" in said, "Universitas" in said) == (False, False)

    def test_a_juror_in_conflict_does_not_read_the_entry_of_the_conflict(self, locked):
        said = words(phone_of(locked, "bappeda").open(LIST))

        assert ("Tarakan Barat" in said, "Sesayap" in said) == (False, True)

    def test_own_sheets_stay_readable_after_the_lock_with_the_line_of_the_journal(self, locked):
        phone = phone_of(locked, "dpmd")

        said = words(phone.open(address_of(locked, FIRST, "dpmd")))
        listed = words(phone.open("/juri/lembar/"))
        opened = words(phone.open("/juri/lembar/?tahap=kaltara-2024-uji/presentasi"))

        seq = Sheet.objects.get(revision=2).receipt["seq"]
        assert f"Revisi 2 Baris jurnal {seq} " in said and "Terkunci, no. 4" in said
        assert "Tahap Presentasi sudah dikunci pada 5 Juni 2024, 17.00 WITA. Lembar semua juri" in listed
        assert "3 dari 3 Buka 3 lembar" in listed and "Tanjung Palas" not in listed
        assert "3 dari 3 Tanjung Palas Kabupaten Bulungan Terkunci, no. 4" in opened
        assert phone.open("/juri/lembar/?tahap=kaltara-2024-uji/lapang").status_code == 404

    def test_before_the_lock_the_line_of_the_journal_is_not_shown(self, judging):
        assert "Baris jurnal" not in words(phone_of(judging, "dpmd").open(address_of(judging, FIRST, "dpmd")))


class TestQueries:
    """The same number of queries for one duty as for thirty, for one sheet as for many."""

    def count(self, django_assert_max_num_queries, address, phone):
        with django_assert_max_num_queries(200) as captured:
            assert phone.client.get(address).status_code == 200
        return len(captured)

    def test_the_list_of_duties(self, judging, django_assert_max_num_queries):
        phone = phone_of(judging, "dpmd")
        full = self.count(django_assert_max_num_queries, "/juri/lembar/", phone)
        _drop(Assignment.objects.exclude(participation__entry__region=FIRST))

        assert self.count(django_assert_max_num_queries, "/juri/lembar/", phone) == full

    def test_the_sheet_and_its_list_beside_it(self, judging, django_assert_max_num_queries):
        phone, address = phone_of(judging, "dpmd"), address_of(judging, FIRST, "dpmd")
        full = self.count(django_assert_max_num_queries, address, phone)
        _drop(Assignment.objects.exclude(participation__entry__region=FIRST))

        assert self.count(django_assert_max_num_queries, address, phone) == full

    def test_the_sheets_of_a_stage(self, locked, django_assert_max_num_queries):
        bureau = Phone(locked.bureau[0])
        full = self.count(django_assert_max_num_queries, LIST, bureau)
        _drop(Assignment.objects.exclude(participation__entry__region=FIRST))

        assert self.count(django_assert_max_num_queries, LIST, bureau) == full

    def test_the_demonstrations_thirty_duties(self, jatim_2023, django_assert_max_num_queries):
        """Five editions, a hundred sheets: a dozen questions to the database for the list itself."""
        juror = seat_of(jatim_2023).holder

        with django_assert_max_num_queries(12):
            stages = duties_by_stage(juror, now=at("2023-10-31 11.00"))
            assert sum(len(one.rows) for one in stages) > 60


def seat_of(edition):
    return edition.stages.get(code="presentasi").seats.prefetch_related("seatings__user").get(position=2)


def _drop(duties):
    """Take duties away, with their sheets."""
    for sheet in Sheet.objects.filter(assignment__in=duties):
        sheet.marks.all().delete()
        sheet.delete()
    duties.delete()
