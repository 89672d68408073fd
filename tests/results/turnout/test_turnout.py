"""The turnout of a frozen count: judged, not judged, not taking part, empty seats with reason and effect."""

from datetime import date

import pytest
from django.urls import reverse

from sp2k.accounts.actions import create_user
from sp2k.accounts.models import User
from sp2k.base import clock
from sp2k.editions.models import Edition, Stage
from sp2k.judging.actions import record_attendance, record_sheet, void_sheet
from sp2k.publication.documents.decree import _with_attendance
from sp2k.results.actions import freeze_tally, lock_stage
from sp2k.results.actions.ties import Minuted, propose_ruling, rule_tie, vote_on_ruling
from sp2k.results.models import FrozenTally
from sp2k.results.queries import standing_tally
from sp2k.results.ties.groups import panel_of, ties_of
from sp2k.results.turnout.page import recorded_absences
from sp2k.results.turnout.reading import turnout_of, turnouts_of
from sp2k.results.turnout.wording import attendance_of_record, empty_seats_said
from tests.story import small
from tests.story.refrozen import freeze_as
from tests.story.small import FIRST, SECOND, TARAKAN, THIRD, at

pytestmark = pytest.mark.django_db
SICK = "Sakit (lembarnya sudah masuk, lalu dibatalkan)"  # who was there and gave a sheet is not told as one who was not
VISITED, LOCKED = at("2024-06-21 16.00"), at("2024-06-21 16.30")


def with_an_empty_seat(seats=("akademisi",)):
    """The field visit at which a seat missed the second kecamatan and was hard on the first, locked and frozen.

    FIRST brings 90, SECOND 80; at 0.6 : 0.4 that is 54 and 48. With the seat: FIRST 54 + 0.4 x 60 = 78, SECOND
    48 + 0.4 x 80 = 80. Without it: FIRST 54 + 0.4 x 90 = 90.
    """
    story = small.play_small(VISITED)
    bureau = story.bureau[0]
    for seat in seats:
        duty = small.duty(story, SECOND, seat, "lapang")
        void_sheet(duty.standing_sheets[-1], reason="Salah peserta", by=bureau, now=VISITED)
        record_attendance([duty], "absen", reason="Sakit", by=bureau, now=VISITED)
        hard = small.duty(story, FIRST, seat, "lapang")
        record_sheet(hard, {"L1": "30"}, by=hard.seat.holder, reason="Ketik ulang", now=VISITED)
    stage = small.stage(story, "lapang")
    lock_stage(stage, by=bureau, now=LOCKED)
    freeze_tally(small.stage(story, "lapang"), by=bureau, now=LOCKED)
    return story


def test_an_empty_seat_is_told_with_its_reason_and_what_would_differ_without_it():
    story = with_an_empty_seat()

    [seat] = empty_seats_said(turnout_of(small.stage(story, "lapang")))

    assert seat.institution == "Universitas Borneo Tarakan"
    assert seat.absences == (
        f"tidak hadir untuk Kecamatan Sesayap, Kabupaten Tana Tidung: {SICK}",
    )
    assert seat.effect == "Tanpa kursi Universitas Borneo Tarakan, Juara I dan Juara II bertukar."


def test_the_state_of_a_seat_comes_from_the_frozen_sheets_and_not_from_todays_rows():
    story = with_an_empty_seat()
    tally = FrozenTally.objects.get(stage=small.stage(story, "lapang"), scope="")
    freeze_as(tally, sheets=tally.sheets.replace(f"{SECOND},akademisi,*,absen\n", f"{SECOND},akademisi,L1,80\n"))

    assert turnout_of(small.stage(story, "lapang")).absences == ()


def test_a_seat_that_was_given_no_duty_is_named_as_the_count_misses_its_sheet():
    story = small.play_small(small.VISIT_FROZEN)
    tally = FrozenTally.objects.get(stage__code="lapang", scope="")
    lines = tally.sheets.splitlines(keepends=True)
    freeze_as(tally, sheets="".join(line for line in lines if not line.startswith(f"{SECOND},akademisi,")))

    [seat] = empty_seats_said(turnout_of(small.stage(story, "lapang")))

    assert seat.absences == ("tidak memberi lembar untuk Kecamatan Sesayap, Kabupaten Tana Tidung: tidak ditugaskan",)
    assert "seluruh kursi penilai" not in attendance_of_record(turnouts_of(story.edition))


def test_before_the_lock_a_seat_without_duty_is_told_to_whoever_consents():
    story = small.play_small(small.JURY_SEATED)
    stage = small.stage(story, "presentasi")
    assert recorded_absences(stage) == []

    stage.seats.get(code="akademisi").assignments.filter(participation__entry__region=SECOND).delete()

    assert recorded_absences(stage) == ["Universitas Borneo Tarakan tidak ditugaskan untuk 1 peserta"]


def test_counts_are_those_of_the_frozen_places():
    story = small.play_small(small.VISIT_FROZEN)
    tally = FrozenTally.objects.get(stage=small.stage(story, "isian"), scope="")
    line = next(line for line in tally.places.splitlines() if f",{THIRD}," in line)
    freeze_as(tally, places=tally.places.replace(line, f",{THIRD},,semua,,,tanpa lembar"))

    told = {row.stage.code: (row.n_entries, row.n_judged) for row in turnouts_of(story.edition)}

    assert told == {"isian": (9, 8), "seleksi": (9, 9), "presentasi": (3, 3), "lapang": (2, 2)}
    [unjudged] = turnout_of(small.stage(story, "isian")).unjudged
    assert (unjudged.name, unjudged.reason) == ("Kecamatan Tarakan Barat, Kota Tarakan", "tanpa lembar")


def test_a_regency_that_declined_is_named_with_its_reason():
    nominees = {code: sent for code, sent in small.NOMINEES.items() if code != TARAKAN}
    targets = small.targets(nominees=nominees, declined={TARAKAN: "Pilkada."}, decree=small.DECREE)
    story = small.play_small(small.JURY_SEATED, targets=targets)

    [declined] = turnout_of(small.stage(story, "seleksi")).declined

    assert (declined.name, declined.reason) == ("Kota Tarakan", "Pilkada.")
    assert attendance_of_record(turnouts_of(story.edition)) == (
        "1 (satu) kabupaten/kota tidak ikut (data contoh), yaitu Kota Tarakan"
    )


def test_a_decree_says_who_was_absent_and_what_that_did():
    story = with_an_empty_seat()

    assert attendance_of_record(turnouts_of(story.edition)) == (
        "pada tahap Tinjau lapang kursi Universitas Borneo Tarakan tidak hadir untuk Kecamatan Sesayap, Kabupaten Tana "
        f"Tidung: {SICK}; tanpa kursi Universitas Borneo Tarakan, Juara I dan Juara II bertukar"
    )


def test_a_decree_says_too_that_nobody_was_missing():
    story = small.play_small(small.VISIT_FROZEN)

    assert attendance_of_record(turnouts_of(story.edition)) == (
        "pada setiap tahap yang dinilai juri seluruh peserta dinilai, dan seluruh kursi penilai memberikan lembarnya"
    )


def test_of_stages_without_seats_no_decree_says_that_all_seats_gave_their_sheets():
    story = small.play_small(small.JURY_SEATED)
    assert attendance_of_record(turnouts_of(story.edition)) == "hitungan tahap yang dinilai juri belum dibekukan"
    Stage.objects.filter(kind__in=["penilaian", "kunjungan"]).update(kind="seleksi")  # an edition that no jury judges

    alone = attendance_of_record(turnouts_of(Edition.objects.get()))

    assert alone == "edisi ini tidak memuat tahap yang dinilai juri"
    facts = {"singkatan": "Uji", "kehadiran": alone}
    assert _with_attendance(["bahwa a", "bahwa perlu menetapkan"], facts) == ["bahwa a", "bahwa perlu menetapkan"]


def test_before_a_count_is_frozen_there_is_no_turnout():
    story = small.play_small(small.SHEETS_IN)

    assert turnout_of(small.stage(story, "presentasi")) is None


def test_the_queries_do_not_grow_with_the_entries(django_assert_num_queries):
    story = small.play_small(small.VISIT_FROZEN)

    with django_assert_num_queries(14):  # five of them hold places and answers of regencies against the journal
        turnouts_of(story.edition)


def test_whoever_consents_to_a_lock_reads_who_was_absent_and_why_and_not_what_it_did(client, monkeypatch):
    story = small.play_small(VISITED)
    monkeypatch.setattr(clock, "now", lambda: LOCKED)
    duty = small.duty(story, SECOND, "akademisi", "lapang")
    void_sheet(duty.standing_sheets[-1], reason="Salah peserta", by=story.bureau[0], now=VISITED)
    record_attendance([duty], "absen", reason="Sakit", by=story.bureau[0], now=VISITED)
    chair = create_user("ketua-65", "Ketua", roles=[("K", "65")])
    said = f"Universitas Borneo Tarakan tidak hadir untuk Kecamatan Sesayap, Kabupaten Tana Tidung: {SICK}"

    for user, page in ((story.bureau[0], "lock"), (story.bureau[0], "stage"), (chair, "stage")):
        client.force_login(user)
        html = client.get(reverse(f"results:{page}", args=["kaltara-2024-uji", "lapang"])).content.decode()
        assert said in html and "Tanpa kursi" not in html


def test_after_the_count_the_stage_and_the_decision_say_what_the_empty_seat_did(client, monkeypatch):
    story = with_an_empty_seat()
    monkeypatch.setattr(clock, "now", lambda: LOCKED)
    client.force_login(story.bureau[0])

    for address in (reverse("results:stage", args=["kaltara-2024-uji", "lapang"]), "/keputusan/kaltara-2024-uji/"):
        html = client.get(address).content.decode()
        assert "Tanpa kursi Universitas Borneo Tarakan, Juara I dan Juara II bertukar." in html


def with_a_seat_away_at_a_tie(*, everywhere=False):
    """Two equal at the top of the field visit, a seat absent for one of them or for both, frozen."""
    marks = {"presentasi": {FIRST: 90, SECOND: 90, THIRD: 70}, "lapang": {FIRST: 80, SECOND: 80}}
    story = small.play_small(VISITED, told=marks)
    for code in (FIRST, SECOND) if everywhere else (SECOND,):
        duty = small.duty(story, code, "akademisi", "lapang")
        void_sheet(duty.standing_sheets[-1], reason="Salah peserta", by=story.bureau[0], now=VISITED)
        record_attendance([duty], "absen", reason="Sakit", by=story.bureau[0], now=VISITED)
    lock_stage(small.stage(story, "lapang"), by=story.bureau[0], now=LOCKED)
    freeze_tally(small.stage(story, "lapang"), by=story.bureau[0], now=LOCKED)
    return story


def effect_of(story) -> str:
    [seat] = empty_seats_said(turnout_of(small.stage(story, "lapang")))
    return seat.effect


def test_while_a_tie_leaves_titles_without_holders_only_the_places_are_said_to_stay():
    story = with_a_seat_away_at_a_tie()

    assert effect_of(story) == (
        "Tanpa kursi Universitas Borneo Tarakan, tempat yang membawa gelar tetap sama menurut hitungan; belum setiap gelar "
        "mempunyai pemegang."
    )


def test_titles_that_a_plenary_ruled_are_told_as_ruled():
    story = with_a_seat_away_at_a_tie()
    [tie] = ties_of(standing_tally(small.stage(story, "lapang")))
    said = Minuted(number="BA-7", dated=date(2024, 6, 21), reason="Kinerja lebih merata.", people=panel_of(tie.stage))
    ruling = propose_ruling(tie, "pleno", (SECOND, FIRST), said, by=story.bureau[0], now=LOCKED)
    chair = small.holder(story, "akademisi", "lapang")
    chair.memberships.get_or_create(role="K", region_id="65")
    vote_on_ruling(ruling, agrees=True, by=small.holder(story, "bappeda", "lapang"), now=LOCKED)
    rule_tie(ruling, by=User.objects.get(pk=chair.pk), now=LOCKED)

    assert effect_of(story) == (
        "Tanpa kursi Universitas Borneo Tarakan, tempat yang membawa gelar tetap sama menurut hitungan; gelarnya sebagaimana "
        "diputus menurut Berita Acara Nomor BA-7."
    )


def test_a_seat_that_gave_no_sheet_at_all_is_said_to_leave_nothing_to_compare():
    story = with_a_seat_away_at_a_tie(everywhere=True)

    assert effect_of(story) == (
        "Kursi Universitas Borneo Tarakan tidak memberi satu lembar pun, jadi tidak ada yang dapat dibandingkan."
    )
