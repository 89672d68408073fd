"""The panel: persons in seats and their replacement, conflicts by home and by declaration, also in mid-stage."""

import json

import pytest

from sp2k.accounts.actions import create_user
from sp2k.accounts.models import User
from sp2k.base import clock
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.desk.home import home_of
from sp2k.editions.actions import give_approval
from sp2k.editions.models import Proposal
from sp2k.instruments.fields import mark_fields
from sp2k.judging.actions import (
    declare_conflict,
    record_sheet,
    refresh_home_conflicts,
    replace_person,
    seat_person,
    set_up_panel,
    withdraw_replacement,
)
from sp2k.judging.models import Assignment, Conflict, Seat, Sheet
from sp2k.judging.queries import assignments_visible_to
from sp2k.judging.queries.panel import candidates, panel_rows
from sp2k.regions.models import Region
from sp2k.results.actions import advance, freeze_tally, lock_stage
from tests.judging.rooms import at_hour, chair, room, words
from tests.story.small import (
    BULUNGAN,
    EDITION,
    FIRST,
    JURY_SEATED,
    SECOND,
    THIRD,
    at,
    duty,
    entry,
    holder,
    person,
    play_small,
    seat,
    stage,
)
from tests.story.unchanged import refused

MORNING = at("2024-06-04 09.00")
EIGHTY = {"K1": "80", "I1": "80", "I2": "80"}
PALAS = "Kecamatan Tanjung Palas, Kabupaten Bulungan"
WITH_CHAIR = EDITION.replace("persetujuan:\n", "persetujuan:\n  panel: [{peran: K, orang: 1}]\n")


@pytest.fixture
def judging(db, monkeypatch):
    at_hour(monkeypatch, MORNING)
    return play_small(until=JURY_SEATED)


@pytest.fixture
def newcomer(judging):
    return create_user("juri-baru", "Juri Baru", roles=[("J", "65")])


def tasks_of(user) -> list[str]:
    return [task.title for task in home_of(user, now=MORNING).tasks]


def moved_home(user, code):
    user.home = Region.objects.get(code=code)
    user.save(update_fields=["home"])
    return user


class TestSeats:
    def test_the_bureau_fills_a_seat_again_in_mid_stage_and_the_page_tells_both(self, judging, newcomer, client):
        record_sheet(duty(judging, FIRST, "dpmd"), EIGHTY, by=holder(judging, "dpmd"), now=MORNING)
        client.force_login(judging.bureau[0])

        answer = client.post(room("panel/dpmd/"), {"person": newcomer.pk, "reason": "Dirawat di rumah sakit."})

        assert (answer.status_code, answer["Location"]) == (302, room("panel/"))
        assert holder(judging, "dpmd") == newcomer
        [row] = [
            row for row in panel_rows(stage(judging, "presentasi"), user=judging.bureau[0]) if row.seat.code == "dpmd"
        ]
        assert (row.n_sheets, row.n_duties, len(row.predecessors)) == (1, 3, 1)
        page = words(client.get(room("panel/")))
        assert "Juri Baru sejak 4 Juni 2024, 09.00 WITA" in page
        assert "Alasan: Dirawat di rumah sakit." in page

    def test_a_replacement_without_a_reason_is_answered_on_the_form_and_changes_nothing(
        self, judging, newcomer, client
    ):
        before = holder(judging, "dpmd")
        client.force_login(judging.bureau[0])

        answer = client.post(room("panel/dpmd/"), {"person": newcomer.pk, "reason": " "})

        assert (answer.status_code, holder(judging, "dpmd")) == (422, before)

    def test_a_juror_in_two_seats_of_a_stage_is_not_even_offered(self, judging, client):
        seated = holder(judging, "bappeda")
        client.force_login(judging.bureau[0])

        answer = client.post(room("panel/dpmd/"), {"person": seated.pk, "reason": "Tukar."})

        assert answer.status_code == 422
        assert seated not in candidates(seat(judging, "dpmd"))
        with refused(f"{seated.name} sudah menduduki kursi lain pada tahap Presentasi."):
            seat_person(seat(judging, "dpmd"), seated, by=judging.bureau[0], now=MORNING, reason="Tukar.")

    def test_setting_up_a_panel_twice_makes_its_seats_once(self, judging, client):
        client.force_login(judging.bureau[0])

        answer = client.post(room("panel/tetapkan/"), follow=True)

        assert "Kursi juri tahap Presentasi sudah ditetapkan." in words(answer)
        assert stage(judging, "presentasi").seats.count() == 3

    def test_whoever_may_not_seat_people_cannot_by_posting(self, judging, newcomer, client):
        client.force_login(chair(judging))

        assert client.post(room("panel/dpmd/"), {"person": newcomer.pk, "reason": "Ganti."}).status_code == 404


class TestApproval:
    @pytest.fixture
    def strict(self, db, monkeypatch):
        at_hour(monkeypatch, MORNING)
        return play_small(until=JURY_SEATED, source=WITH_CHAIR)

    def test_where_the_edition_says_so_a_replacement_waits_for_the_chair(self, strict, client):
        newcomer, told = create_user("juri-baru", "Juri Baru", roles=[("J", "65")]), "Dirawat."
        sitting = holder(strict, "dpmd")
        client.force_login(strict.bureau[0])
        proposed = client.post(room("panel/dpmd/"), {"person": newcomer.pk, "reason": told}, follow=True)
        assert holder(strict, "dpmd") == sitting
        assert f"Juri Baru menggantikan {sitting.name} pada kursi" in words(proposed)
        assert "Menunggu persetujuan: kurang 1 orang Ketua juri." in words(proposed)

        client.force_login(chair(strict))
        assert "Setujui usul" in words(client.get(room("panel/dpmd/")))
        client.post(room(f"panel/dpmd/setuju/{newcomer.pk}/"))
        client.force_login(strict.bureau[0])
        assert "Dudukkan Juri Baru" in words(client.get(room("panel/dpmd/")))
        client.post(room("panel/dpmd/"), {"person": newcomer.pk, "reason": told})

        assert holder(strict, "dpmd") == newcomer
        assert Proposal.objects.get().done_at == MORNING

    def test_the_proposal_waits_on_the_chairs_desk_and_among_the_approvals_and_then_on_the_bureaus(
        self, strict, client
    ):
        newcomer, first = create_user("juri-baru", "Juri Baru", roles=[("J", "65")]), strict.bureau[0]
        title, told = "Setujui pergantian pada kursi juri", "Alasan: Dirawat."
        assert title not in tasks_of(chair(strict))
        replace_person(seat(strict, "dpmd"), newcomer, by=first, now=MORNING, reason="Dirawat.")

        client.force_login(chair(strict))
        assert title in tasks_of(chair(strict)) and told in words(client.get("/meja/"))
        page = words(client.get("/edisi/persetujuan/"))
        assert "Mengganti orang pada kursi juri: Juri Baru menggantikan" in page and told in page
        assert "Dudukkan pengganti pada kursi juri" not in tasks_of(first)
        subject = Proposal.objects.get().subject
        client.post("/edisi/kaltara-2024-uji/persetujuan/beri/", {"act": "panel", "subject": subject, "role": "K"})

        assert title not in tasks_of(chair(strict))
        assert "Tidak ada yang menunggu Anda" in words(client.get("/edisi/persetujuan/"))
        assert "Dudukkan pengganti pada kursi juri" in tasks_of(first)

    def test_no_juror_leader_or_regency_is_asked_for_a_replacement(self, strict):
        newcomer = create_user("juri-baru", "Juri Baru", roles=[("J", "65")])
        replace_person(seat(strict, "dpmd"), newcomer, by=strict.bureau[0], now=MORNING, reason="Dirawat.")

        for other in (newcomer, holder(strict, "bappeda"), strict.leader, person(strict, "R", BULUNGAN)):
            assert not [title for title in tasks_of(other) if "kursi" in title]

    def test_another_proposal_for_the_seat_takes_the_place_of_the_first_and_can_be_taken_back(self, strict, client):
        first, other = (create_user(f"juri-{n}", f"Juri {n}", roles=[("J", "65")]) for n in ("satu-baru", "lain"))
        for newcomer in (first, other):
            replace_person(seat(strict, "dpmd"), newcomer, by=strict.bureau[0], now=MORNING, reason="Dirawat.")
        [waiting] = Proposal.objects.filter(done_at=None, withdrawn_at=None)
        assert waiting.subject == f"presentasi dpmd {other.pk}"

        client.force_login(strict.bureau[1])
        client.post(room("panel/dpmd/tarik-usul/"))

        assert not Proposal.objects.filter(withdrawn_at=None).exists()
        assert not [title for title in tasks_of(chair(strict)) if "kursi" in title]
        types = list(strict.edition.chain.lines.filter(type__startswith="panel.").values_list("type", flat=True))[-3:]
        assert types == ["panel.propose", "panel.propose", "panel.withdraw"]
        with refused("Tidak ada usul pergantian untuk kursi DPMD Provinsi Kalimantan Utara."):
            withdraw_replacement(seat(strict, "dpmd"), by=strict.bureau[0], now=MORNING)

    def test_a_proposal_without_reason_or_of_somebody_without_the_role_is_refused(self, strict):
        newcomer, stranger = create_user("juri-baru", "Juri Baru", roles=[("J", "65")]), strict.leader
        boss = chair(strict)
        left = f"Tulis alasan penggantian {holder(strict, 'dpmd').name} pada kursi DPMD Provinsi Kalimantan Utara."
        with refused(left, BadInput):
            replace_person(seat(strict, "dpmd"), newcomer, by=strict.bureau[0], now=MORNING)
        with refused(f"{stranger.name} belum memegang peran juri di Kalimantan Utara. Beri peran lebih dahulu."):
            replace_person(seat(strict, "dpmd"), stranger, by=strict.bureau[0], now=MORNING, reason="Dirawat.")
        with refused("Peran Anda tidak mencakup tindakan ini.", NotAllowed):
            replace_person(seat(strict, "dpmd"), newcomer, by=boss, now=MORNING, reason="Dirawat.")

    def test_a_supervisor_of_older_data_who_is_a_juror_too_is_not_seated(self, strict):
        both = create_user("rangkap", "Orang Rangkap", roles=[("J", "65")])
        both.memberships.create(role="I", region_id="65")

        with pytest.raises(Refused, match="Orang Rangkap memegang peran Pengawas, jadi tidak dapat menjadi Juri"):
            replace_person(seat(strict, "dpmd"), both, by=strict.bureau[0], now=MORNING, reason="Dirawat.")

    def test_where_two_are_asked_the_proposal_is_ready_when_both_have_said_yes(self, db, monkeypatch, client):
        both = EDITION.replace("persetujuan:\n", "persetujuan:\n  panel: [{peran: K, orang: 1}, {peran: B, orang: 2}]\n")
        at_hour(monkeypatch, MORNING)
        story = play_small(until=JURY_SEATED, source=both)
        newcomer = create_user("juri-baru", "Juri Baru", roles=[("J", "65")])
        first, second = story.bureau
        replace_person(seat(story, "dpmd"), newcomer, by=first, now=MORNING, reason="Dirawat.")
        subject, title = Proposal.objects.get().subject, "Setujui pergantian pada kursi juri"
        assert (title in tasks_of(first), title in tasks_of(second), title in tasks_of(chair(story))) == (False, True, True)

        give_approval(story.edition, "panel", subject, role="K", by=chair(story), now=MORNING)
        client.force_login(first)
        page = words(client.get(room("panel/dpmd/")))
        assert "kurang 1 orang Penyelenggara provinsi" in page and "Dudukkan Juri Baru" not in page
        give_approval(story.edition, "panel", subject, role="B", by=second, now=MORNING)

        assert "Dudukkan Juri Baru" in words(client.get(room("panel/dpmd/")))
        assert "Dudukkan pengganti pada kursi juri" in tasks_of(first)

    def test_the_journal_tells_of_the_proposal_without_the_person(self, strict):
        newcomer = create_user("juri-baru", "Juri Baru", roles=[("J", "65")])
        replace_person(seat(strict, "dpmd"), newcomer, by=strict.bureau[0], now=MORNING, reason="Dirawat.")

        line = strict.edition.chain.lines.get(type="panel.propose")
        body = json.loads(line.canonical)["body"]
        assert body.keys() == {"stage", "seat", "reason", "c"}
        assert "Juri Baru" not in line.canonical and "juri-baru" not in line.canonical

    def test_a_yes_to_one_person_is_no_yes_to_another(self, strict):
        first, other = (create_user(f"juri-{n}", f"Juri {n}", roles=[("J", "65")]) for n in ("satu", "lain"))
        own = seat(strict, "dpmd")
        give_approval(strict.edition, "panel", f"presentasi dpmd {first.pk}", role="K", by=chair(strict), now=MORNING)

        with pytest.raises(Refused, match="menunggu persetujuan"):
            seat_person(own, other, by=strict.bureau[0], now=MORNING, reason="Dirawat.")

    def test_the_first_person_in_a_seat_waits_for_nobody(self, strict):
        assert all(row.seating for row in panel_rows(stage(strict, "presentasi"), user=strict.bureau[0]))


class TestHome:
    def test_whoever_is_seated_does_not_judge_the_home_regency(self, judging, newcomer):
        moved_home(newcomer, BULUNGAN)

        seat_person(seat(judging, "dpmd"), newcomer, by=judging.bureau[0], now=MORNING, reason="Pindah tugas.")

        found = Conflict.objects.get(user=newcomer)
        assert (found.participation.region_code, found.ground, found.reason) == (
            FIRST, Conflict.Ground.HOME, "Asal atau tugas di Kabupaten Bulungan.",
        )  # fmt: skip
        assert duty(judging, FIRST, "dpmd").attendance == Assignment.Attendance.RECUSED
        assert duty(judging, SECOND, "dpmd").attendance == Assignment.Attendance.AWAITED

    def test_a_home_told_later_is_found_by_looking_again_and_only_once(self, judging, client):
        moved_home(holder(judging, "bappeda"), BULUNGAN)
        client.force_login(judging.bureau[0])

        client.post(room("benturan/periksa/"))
        client.post(room("benturan/periksa/"))

        assert Conflict.objects.count() == 1
        assert judging.edition.chain.lines.filter(type="conflict.declare").count() == 1

    def test_a_home_that_is_the_whole_edition_bars_nobody(self, judging):
        moved_home(holder(judging, "bappeda"), "65")

        assert refresh_home_conflicts(stage(judging, "presentasi"), by=judging.bureau[0], now=MORNING) == []

    def test_a_home_in_another_province_bars_nobody(self, judging):
        moved_home(holder(judging, "bappeda"), "64.71")

        assert refresh_home_conflicts(stage(judging, "presentasi"), by=judging.bureau[0], now=MORNING) == []


class TestDeclared:
    def test_a_juror_declares_and_no_longer_judges(self, judging, client):
        juror = holder(judging, "dpmd")
        client.force_login(juror)

        answer = client.post(room(f"benturan/saya/{FIRST}/"), {"reason": "Adik saya camat di sana."})

        assert answer.status_code == 302
        assert duty(judging, FIRST, "dpmd").attendance == Assignment.Attendance.RECUSED
        assert "Adik saya camat di sana." in words(client.get(room("benturan/saya/")))

    def test_declared_after_scoring_the_sheet_stays_and_bureau_and_chair_are_told(self, judging, client):
        juror = holder(judging, "dpmd")
        record_sheet(duty(judging, FIRST, "dpmd"), EIGHTY, by=juror, now=MORNING)
        client.force_login(juror)
        client.post(room(f"benturan/saya/{FIRST}/"), {"reason": "Baru tahu adik saya pindah ke sana."})

        client.force_login(chair(judging))
        page = words(client.get(room("benturan/")))

        assert Sheet.objects.count() == 1
        assert "1 lembar diberikan sebelum benturannya dicatat" in page
        assert f"{juror.name}: {PALAS}" in page

    def test_twice_is_once(self, judging, client):
        client.force_login(holder(judging, "dpmd"))
        for _ in range(2):
            client.post(room(f"benturan/saya/{FIRST}/"), {"reason": "Adik saya camat di sana."})

        assert Conflict.objects.count() == 1

    def test_a_juror_sees_no_conflict_of_another(self, judging, client):
        other = seat(judging, "bappeda")
        before = self._pages(judging, client)
        declare_conflict(other, entry(judging, "presentasi", FIRST), reason="Rahasia.", by=other.holder, now=MORNING)

        assert self._pages(judging, client) == before

    def test_without_a_reason_it_is_not_declared(self, judging):
        own = seat(judging, "dpmd")
        with refused("Tulis penjelasan benturan kepentingan, misalnya: pernah menjadi camat di sana.", BadInput):
            declare_conflict(own, entry(judging, "presentasi", FIRST), reason="", by=own.holder, now=MORNING)

    @staticmethod
    def _pages(judging, client):
        client.force_login(holder(judging, "dpmd"))
        return [words(client.get(room(page))) for page in ("benturan/saya/", "jadwal/")]


def test_a_panel_that_is_not_set_up_says_so_and_is_set_up_by_one_button(judging, client):
    client.force_login(judging.bureau[0])
    assert "Kursi juri belum ditetapkan" in words(client.get(room("panel/", "lapang")))

    client.post(room("panel/tetapkan/", "lapang"))

    page = words(client.get(room("panel/", "lapang")))
    assert ("Belum terisi" in page, stage(judging, "lapang").seats.count()) == (True, 2)
    with refused("Kursi juri tahap Tinjau lapang sudah ditetapkan."):
        set_up_panel(stage(judging, "lapang"), by=judging.bureau[0], now=MORNING)


def test_entries_that_come_after_the_jurors_meet_their_homes_too(judging):
    """The panel of the visit is seated before anybody knows who will be visited."""
    set_up_panel(stage(judging, "lapang"), by=judging.bureau[0], now=MORNING)
    visitor = moved_home(create_user("juri-lapang", "Juri Lapang", roles=[("J", "65")]), BULUNGAN)
    seat_person(seat(judging, "bappeda", "lapang"), visitor, by=judging.bureau[0], now=MORNING)
    for code in (FIRST, SECOND):
        for seat_code in ("akademisi", "bappeda", "dpmd"):
            record_sheet(duty(judging, code, seat_code), EIGHTY, by=holder(judging, seat_code), now=MORNING)
    for seat_code in ("akademisi", "bappeda", "dpmd"):
        lower = EIGHTY | {"K1": "70"}
        record_sheet(duty(judging, THIRD, seat_code), lower, by=holder(judging, seat_code), now=MORNING)
    evening = at("2024-06-05 17.00")
    locked = lock_stage(stage(judging, "presentasi"), by=judging.bureau[0], now=evening)
    freeze_tally(locked, by=judging.bureau[0], now=evening)

    advance(locked, by=judging.bureau[0], now=evening)

    found = Conflict.objects.get(user=visitor)
    assert (found.participation.stage.code, found.participation.region_code) == ("lapang", FIRST)


def test_a_juror_who_leaves_after_thirteen_of_thirty_is_followed_by_another(jatim_2023, client):
    bureau = User.objects.get(username="provinsi")
    own = Seat.objects.get(stage__edition=jatim_2023, stage__code="presentasi", code="jpip")
    newcomer, now = create_user("juri-ganti", "Juri Pengganti", roles=[("J", "35")]), clock.shown()
    client.force_login(bureau)

    client.post(f"/juri/jatim-2023/presentasi/panel/{own.code}/", {"person": newcomer.pk, "reason": "Dirawat."})

    page = words(client.get("/juri/jatim-2023/presentasi/panel/"))
    assert ("Juri Pengganti sejak" in page, "Juri 2 (contoh), sampai" in page) == (True, True)
    given = own.assignments.filter(sheets__isnull=False)
    assert (given.count(), set(given.values_list("sheets__by__username", flat=True))) == (13, {"juri"})
    waiting = assignments_visible_to(newcomer).filter(participation__stage=own.stage, sheets=None)
    assert waiting.count() == 17
    record_sheet(waiting[0], {code: "80" for code in mark_fields(own.stage.instrument)}, by=newcomer, now=now)
    with pytest.raises(Refused, match="Lembar pendahulu tetap berlaku"):
        record_sheet(given[0], {code: "80" for code in mark_fields(own.stage.instrument)}, by=newcomer, now=now)
