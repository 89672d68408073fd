"""Sessions, the order drawn from a public seed that anybody can draw again, and turns that are exchanged."""

import hashlib
import io

import pytest
from python_calamine import CalamineWorkbook

from sp2k.accounts.policy import why_not
from sp2k.base.refusals import BadInput
from sp2k.judging.actions import draw_order, record_attendance, record_sheet, remove_session, set_session, swap_turns
from sp2k.judging.models import Assignment, Session, Slot
from sp2k.judging.planning.order import draw_digest, drawn_order
from sp2k.judging.queries.schedule import slots_visible_to
from sp2k.tally.places import lot_digest
from tests.judging.rooms import at_hour, room, somebody, words
from tests.story.small import (
    FIRST,
    JURY_SEATED,
    SECOND,
    THIRD,
    at,
    duty,
    holder,
    other_bureau,
    play_small,
    seat,
    stage,
)
from tests.story.unchanged import refused

MORNING = at("2024-06-04 09.00")
SEED = "Undian umum 3 Juni 2024: 481516"
EIGHTY = {"K1": "80", "I1": "80", "I2": "80"}
DAY = {"name": "Hari pertama", "starts_at": at("2024-06-04 08.30"), "minutes": 30, "capacity": 2, "room": "Aula"}
NEXT_DAY = {"name": "Hari kedua", "starts_at": at("2024-06-05 08.30"), "minutes": 30, "capacity": 2}
WORKED = {"35.10.13": "e5959666", "35.15.08": "e9208fca", "35.79.01": "cee37fc8"}


@pytest.fixture
def judging(db, monkeypatch):
    at_hour(monkeypatch, JURY_SEATED)
    return play_small(until=JURY_SEATED)


@pytest.fixture
def two_days(judging):
    for said in (DAY, NEXT_DAY):
        set_session(stage(judging, "presentasi"), **said, by=judging.bureau[0], now=JURY_SEATED)
    return judging


@pytest.fixture
def drawn(two_days):
    draw_order(stage(two_days, "presentasi"), SEED, by=two_days.bureau[0], now=JURY_SEATED)
    return two_days


def turns():
    rows = Slot.objects.order_by("position").values_list("participation__entry__region_id", "starts_at")
    return [(code, starts) for code, starts in rows]


def order():
    return [code for code, _ in turns()]


class TestOrder:
    def test_the_worked_example_of_the_method(self):
        """docs/methods/undian-urutan.md; the digests are those of sha256sum."""
        codes, seed = ["35.10.13", "35.15.08", "35.79.01"], "undian 481516"

        assert [draw_digest(seed, code)[:8] for code in codes] == [
            hashlib.sha256(seed.encode() + b"\0" + code.encode()).hexdigest()[:8] for code in codes
        ]
        assert {code: draw_digest(seed, code)[:8] for code in codes} == WORKED
        assert drawn_order(seed, codes) == sorted(codes, key=WORKED.get)

    def test_lots_of_the_order_and_of_ties_are_drawn_the_same_way(self):
        assert draw_digest("benih", "35.10.13") == lot_digest("benih", "35.10.13")

    def test_the_order_does_not_depend_on_how_the_entries_are_listed(self):
        codes = [f"35.10.{n:02}" for n in range(1, 26)]

        assert drawn_order("a", codes) == drawn_order("a", codes[::-1])


class TestDraw:
    def test_entries_get_their_turns_through_the_sessions_in_the_order_of_the_seed(self, drawn):
        expected = drawn_order(SEED, [FIRST, SECOND, THIRD])

        assert turns() == list(
            zip(expected, [at("2024-06-04 08.30"), at("2024-06-04 09.00"), at("2024-06-05 08.30")], strict=True)
        )
        assert drawn.edition.chain.lines.filter(type="order.draw").count() == 1

    def test_of_two_who_draw_at_once_the_second_is_refused(self, drawn):
        first, second = drawn.bureau

        with refused(f'Urutan sudah diundi oleh {first.name} pada 4 Juni 2024, 07.59 WITA dengan benih "{SEED}".'):
            draw_order(stage(drawn, "presentasi"), "benih lain", by=second, now=MORNING)

    def test_on_the_page_too_and_nothing_typed_is_lost(self, drawn, client):
        client.force_login(drawn.bureau[1])

        answer = client.post(room("jadwal/undian/"), {"seed": "benih lain", "instead_of": ""})

        assert (answer.status_code, "Urutan sudah diundi oleh" in words(answer)) == (422, True)
        assert b'value="benih lain"' in answer.content

    def test_before_the_first_attendance_it_is_drawn_again_with_a_reason(self, drawn, client):
        client.force_login(drawn.bureau[0])

        client.post(room("jadwal/undian/"), {"seed": "baru", "instead_of": SEED, "reason": "Benih salah tulis."})

        assert order() == drawn_order("baru", [FIRST, SECOND, THIRD])
        assert "Diundi ulang, sebab: Benih salah tulis." in words(client.get(room("jadwal/")))
        with refused("Tulis alasan undian ulang. Alasannya dibaca semua orang.", BadInput):
            draw_order(stage(drawn, "presentasi"), "lagi", by=drawn.bureau[0], now=MORNING, instead_of="baru")

    def test_after_the_first_attendance_the_order_stands(self, drawn):
        record_attendance([duty(drawn, FIRST, "dpmd")], "hadir", by=drawn.bureau[0], now=MORNING)

        with refused("Kehadiran pertama sudah dicatat; urutan tidak diundi lagi."):
            draw_order(
                stage(drawn, "presentasi"), "lagi", by=drawn.bureau[0], now=MORNING, instead_of=SEED, reason="Salah."
            )

    def test_without_room_for_all_it_is_not_drawn(self, judging):
        by = judging.bureau[0]
        with refused("Susun sesi lebih dahulu, baru undi urutannya."):
            draw_order(stage(judging, "presentasi"), SEED, by=by, now=JURY_SEATED)
        set_session(stage(judging, "presentasi"), **DAY, by=by, now=JURY_SEATED)

        with refused("Sesi yang tersusun memuat 2 giliran untuk 3 peserta. Tambah 1 giliran."):
            draw_order(stage(judging, "presentasi"), SEED, by=by, now=JURY_SEATED)

    def test_another_province_draws_nothing_here(self, two_days, client):
        client.force_login(other_bureau())

        assert client.post(room("jadwal/undian/"), {"seed": SEED, "instead_of": ""}).status_code == 404
        assert Slot.objects.count() == 0


class TestSessions:
    def test_a_break_moves_whoever_comes_after_it(self, two_days):
        session = set_session(
            stage(two_days, "presentasi"), 1, **DAY | {"capacity": 3}, break_after=2, break_minutes=45,
            by=two_days.bureau[0], now=JURY_SEATED,
        )  # fmt: skip

        assert [session.starts_of(turn) for turn in (1, 2, 3)] == [
            at("2024-06-04 08.30"), at("2024-06-04 09.00"), at("2024-06-04 10.15"),
        ]  # fmt: skip

    def test_turns_that_are_drawn_move_with_their_session(self, drawn):
        before = order()

        set_session(
            stage(drawn, "presentasi"), 1, **DAY | {"starts_at": at("2024-06-04 10.00"), "capacity": 1},
            by=drawn.bureau[0], now=JURY_SEATED,
        )  # fmt: skip

        assert turns() == list(
            zip(before, [at("2024-06-04 10.00"), at("2024-06-05 08.30"), at("2024-06-05 09.00")], strict=True)
        )

    def test_a_session_made_smaller_than_its_entries_is_refused(self, drawn):
        sentence = "Sesi yang tersusun memuat 2 giliran untuk 3 peserta. Tambah 1 giliran."
        set_session(stage(drawn, "presentasi"), 1, **DAY | {"capacity": 1}, by=drawn.bureau[0], now=JURY_SEATED)

        with refused(sentence):
            set_session(stage(drawn, "presentasi"), 2, **NEXT_DAY | {"capacity": 1}, by=drawn.bureau[0], now=MORNING)
        with refused(sentence):
            remove_session(stage(drawn, "presentasi"), 1, by=drawn.bureau[0], now=JURY_SEATED)

    def test_saving_the_same_session_twice_writes_one_line(self, two_days):
        set_session(stage(two_days, "presentasi"), 1, **DAY, by=two_days.bureau[0], now=JURY_SEATED)

        assert two_days.edition.chain.lines.filter(type="schedule.set").count() == 2

    def test_a_session_outside_the_stage_is_answered_on_the_form(self, judging, client):
        client.force_login(judging.bureau[0])
        typed = {
            "name": "Malam", "room": "", "starts_at": "2024-06-05T15:30", "capacity": "2", "minutes": "30",
            "break_after": "", "break_minutes": "",
        }  # fmt: skip

        answer = client.post(room("jadwal/sesi/"), typed)

        assert answer.status_code == 422
        assert (
            "Sesi berlangsung 5 Juni 2024, 15.30 WITA sampai 5 Juni 2024, 16.30 WITA, di luar masa tahap Presentasi: "
            "4 Juni 2024, 08.00 WITA sampai 5 Juni 2024, 16.00 WITA."
        ) in words(answer)
        assert Session.objects.count() == 0

    @pytest.mark.parametrize(("field", "typed"), [("minutes", "0"), ("capacity", "banyak"), ("starts_at", "besok")])
    def test_what_cannot_be_read_is_told_beside_its_field(self, judging, client, field, typed):
        client.force_login(judging.bureau[0])
        said = {"name": "Pagi", "starts_at": "2024-06-05T08:30", "capacity": "2", "minutes": "30"}

        answer = client.post(room("jadwal/sesi/"), said | {field: typed})

        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])

    @pytest.mark.parametrize(
        ("said", "faults"),
        [
            ({"break_after": "1"}, ["break_minutes"]), ({"break_after": "2", "break_minutes": "15"}, ["break_after"]),
            ({"break_after": "1", "break_minutes": "15"}, []),
        ],
    )  # fmt: skip
    def test_a_break_lies_between_entries_and_has_a_length(self, judging, client, said, faults):
        client.force_login(judging.bureau[0])
        session = {"name": "Pagi", "starts_at": "2024-06-05T08:30", "capacity": "2", "minutes": "30"}

        answer = client.post(room("jadwal/sesi/"), session | said)

        found = list(answer.context["form"].errors) if answer.status_code == 422 else []
        assert (found, Session.objects.count()) == (faults, 0 if faults else 1)


class TestSwap:
    def test_two_entries_exchange_their_turns_with_a_reason(self, drawn):
        before = order()

        swap_turns(
            stage(drawn, "presentasi"), before[0], before[2], reason="Banjir di jalan.", by=drawn.bureau[0], now=MORNING
        )

        assert order() == before[::-1]

    def test_without_a_reason_or_after_a_sheet_it_is_refused(self, drawn):
        first, last = order()[0], order()[2]
        act = {"by": drawn.bureau[0], "now": MORNING}
        with refused("Tulis alasan pertukaran. Alasannya dicatat dalam jurnal.", BadInput):
            swap_turns(stage(drawn, "presentasi"), first, last, reason="", **act)
        with refused("Pilih dua peserta yang berbeda.", BadInput):
            swap_turns(stage(drawn, "presentasi"), first, first, reason="Banjir.", **act)
        record_sheet(duty(drawn, FIRST, "dpmd"), EIGHTY, by=holder(drawn, "dpmd"), now=MORNING)

        with refused("Kecamatan Tanjung Palas, Kabupaten Bulungan sudah dinilai; gilirannya tidak dapat ditukar."):
            swap_turns(stage(drawn, "presentasi"), FIRST, SECOND, reason="Banjir.", **act)


class TestWhoSees:
    def test_each_sees_the_turns_that_are_theirs(self, drawn):
        Assignment.objects.filter(seat=seat(drawn, "dpmd"), participation__entry__region=THIRD).delete()

        seen = {
            letter: sorted(
                slots_visible_to(somebody(drawn, letter)).values_list("participation__entry__region", flat=True)
            )
            for letter in "BKJCRG"
        }

        everyone = [FIRST, SECOND, THIRD]
        assert seen == {"B": everyone, "K": everyone, "J": [FIRST, SECOND], "C": [FIRST], "R": [FIRST], "G": []}

    def test_a_camat_reads_the_own_turn_and_no_other(self, drawn, client):
        client.force_login(somebody(drawn, "C"))

        for page in (room("jadwal/"), "/juri/jadwal/"):
            said = words(client.get(page))
            assert ("Tanjung Palas" in said, "Sesayap" in said) == (True, False)

    def test_the_workbook_says_that_the_data_are_a_sample(self, drawn, client):
        client.force_login(drawn.bureau[0])

        content = client.get(room("jadwal/jadwal.xlsx")).content

        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        assert rows[0][0].startswith("Data contoh") and rows[2][0] == "giliran"


def test_the_line_to_copy_takes_any_seed_whole(drawn):
    draw = drawn.edition.stages.get(code="presentasi").draw
    draw.seed = "a'; ls; '"

    assert draw.quoted_seed == """'a'"'"'; ls; '"'"''"""


def test_past_turns_are_kept_apart_from_those_to_come(drawn, client, monkeypatch):
    client.force_login(somebody(drawn, "B"))
    at_hour(monkeypatch, at("2024-06-05 07.00"))

    rows = [list(client.get(f"/juri/jadwal/{when}").context["page"]) for when in ("", "?lalu")]

    assert [len(one) for one in rows] == [1, 2]


def test_the_list_of_turns_shows_exactly_what_the_table_allows(drawn):
    Assignment.objects.filter(seat=seat(drawn, "dpmd"), participation__entry__region=THIRD).delete()
    slots = Slot.objects.select_related("participation__entry", "session__stage__edition")

    for letter in "BKJCRG":
        user = somebody(drawn, letter)
        allowed = {slot.pk for slot in slots if why_not(user, "schedule.read", slot, now=MORNING) is None}
        assert set(slots_visible_to(user).values_list("pk", flat=True)) == allowed, letter
