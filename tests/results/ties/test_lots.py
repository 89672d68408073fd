"""A lot: announced to all beforehand, drawn in presence, signed by another; its seed is frozen with the rules."""

import hashlib

import pytest
from django.urls import reverse

from sp2k.accounts.actions import create_user
from sp2k.accounts.models import User
from sp2k.base import clock
from sp2k.base.exactyaml import load
from sp2k.base.refusals import BadInput, NotAllowed
from sp2k.entries.sealing import is_sealed_as
from sp2k.journal.models import Line
from sp2k.judging.actions import seat_person
from sp2k.results.actions import advance, freeze_tally, lock_stage
from sp2k.results.actions.lots import announce_lot, draw_lot, return_lot, sign_lot
from sp2k.results.models import LotDraw, Placement
from sp2k.results.ties.lots import draw_content
from sp2k.tally.count import count
from sp2k.tally.sheets import MarkLines
from sp2k.tally.stage_rules import read_stage_rules
from sp2k.tally.tables import places_lines
from tests.results.ties.test_rulings import LEVEL_CUT, chair_of
from tests.story.small import (
    EDITION,
    FIRST,
    JURY_FROZEN,
    JURY_LOCKED,
    SECOND,
    SHEETS_IN,
    THIRD,
    at,
    play_small,
    seat,
    stage,
)
from tests.story.unchanged import refused

DRAWN_BY_LOT = EDITION.replace('  seri: ["aspek:kinerja"]', '  seri: ["aspek:kinerja", undian]')
SOURCE, SEED = "Enam bola yang diundi di depan saksi, menurut urutan keluarnya", "04-17-23-31-38-42"
DRAW_AT, DRAWN = at("2024-06-05 18.00"), at("2024-06-05 18.05")
INSPECTOR = "Inspektur Pembantu Wilayah I"


@pytest.fixture
def level(db):
    """Two equal where the quota takes one of them, by rules that end with a lot; the stage is locked, not counted."""
    story = play_small(until=SHEETS_IN, told=LEVEL_CUT, source=DRAWN_BY_LOT)
    chair_of(story)
    announce_lot(stage(story, "presentasi"), SOURCE, DRAW_AT, by=story.bureau[0], now=SHEETS_IN)
    lock_stage(stage(story, "presentasi"), by=story.bureau[0], now=JURY_LOCKED)
    return story


def the_stage(story):
    return stage(story, "presentasi")


def drawn(story, seed=SEED):
    return draw_lot(the_stage(story), seed, present_with(story), by=story.bureau[0], now=DRAWN)


def present_with(story) -> list[str]:
    return [f"{chair_of(story).name}, ketua panel", INSPECTOR]


def chair(story):
    return User.objects.get(pk=chair_of(story).pk)


def test_the_seed_that_was_signed_decides_and_the_frozen_files_alone_give_the_same_places(level):
    sign_lot(drawn(level), by=chair(level), now=DRAWN)

    tally = freeze_tally(the_stage(level), by=level.bureau[0], now=JURY_FROZEN)
    advance(the_stage(level), by=level.bureau[0], now=JURY_FROZEN)

    lots = {code: hashlib.sha256(f"{SEED}\0{code}".encode()).hexdigest() for code in (SECOND, THIRD)}
    winner = min(lots, key=lots.get)
    rows = Placement.objects.filter(tally=tally).order_by("place")
    assert [row.participation.region_code for row in rows][:2] == [FIRST, winner]
    assert [row.decided_by for row in rows] == ["nilai", "undian", "undian"]
    assert load(tally.rules, name="rules.yaml")["benih"] == SEED
    again = count(read_stage_rules(load(tally.rules, name="rules.yaml")), MarkLines(tally.sheets.splitlines(True)))
    assert "".join(places_lines(again)) == tally.places


def test_a_count_that_needs_the_lot_is_not_frozen_without_it(level):
    with refused(
        "2 peserta tahap Presentasi bernilai sama di tempat yang menentukan, dan aturan memutusnya dengan undian. Umumkan "
        "asal benih dan waktunya, tarik di hadapan yang disebut, sahkan, lalu ulangi."
    ):
        freeze_tally(the_stage(level), by=level.bureau[0], now=JURY_FROZEN)
    drawn(level)
    with refused(
        "2 peserta tahap Presentasi bernilai sama di tempat yang menentukan, dan aturan memutusnya dengan undian. Umumkan "
        "asal benih dan waktunya, tarik di hadapan yang disebut, sahkan, lalu ulangi."
    ):
        freeze_tally(the_stage(level), by=level.bureau[0], now=JURY_FROZEN)


def test_a_count_without_a_tie_that_decides_needs_no_lot(db):
    story = play_small(until=SHEETS_IN, source=DRAWN_BY_LOT)
    lock_stage(the_stage(story), by=story.bureau[0], now=JURY_LOCKED)

    tally = freeze_tally(the_stage(story), by=story.bureau[0], now=JURY_FROZEN)

    assert "benih" not in load(tally.rules, name="rules.yaml")


class TestWhatIsRefused:
    def test_a_seed_announced_after_the_draw(self, level):
        late = "Waktu penarikan yang diumumkan, 5 Juni 2024, 18.00 WITA, sudah tiba. Benih ditarik menurut pengumuman itu."
        with refused(late):
            announce_lot(the_stage(level), "Angka lain", at("2024-06-06 09.00"), by=level.bureau[0], now=DRAWN, reason="x")
        drawn(level)
        with refused("Benih undian ini sudah ditarik. Pengumuman sesudahnya tidak berlaku."):
            announce_lot(the_stage(level), "Angka lain", at("2024-06-06 09.00"), by=level.bureau[0], now=DRAWN, reason="x")

    def test_a_draw_in_the_past(self, db):
        story = play_small(until=SHEETS_IN, source=DRAWN_BY_LOT)
        with refused(
            "Waktu penarikan, 5 Juni 2024, 15.00 WITA, sudah lewat. Benih yang diumumkan setelah ditarik tidak berlaku; "
            "umumkan waktu yang akan datang.", BadInput,
        ):  # fmt: skip
            announce_lot(the_stage(story), SOURCE, at("2024-06-05 15.00"), by=story.bureau[0], now=SHEETS_IN)

    def test_a_lot_that_nobody_announced_or_that_is_not_due(self, db):
        story = play_small(until=SHEETS_IN, source=DRAWN_BY_LOT)
        chair_of(story)
        with refused("Undian tahap Presentasi belum diumumkan. Umumkan lebih dahulu asal benih dan waktunya."):
            drawn(story)
        announce_lot(the_stage(story), SOURCE, DRAW_AT, by=story.bureau[0], now=SHEETS_IN)
        with refused("Benih baru ditarik pada 5 Juni 2024, 18.00 WITA, menurut pengumumannya."):
            draw_lot(the_stage(story), SEED, present_with(story), by=story.bureau[0], now=at("2024-06-05 17.59"))
        with refused("Nilai tahap Presentasi masih dapat berubah. Kunci tahap lebih dahulu, baru tarik benihnya."):
            drawn(story)

    def test_a_lot_drawn_twice(self, level):
        drawn(level)

        with refused(f'Benih sudah ditarik, "{SEED}", dicatat oleh Biro-Satu 65. Undian tidak ditarik dua kali.'):
            drawn(level, "lain")

    def test_the_same_person_and_somebody_without_the_chair(self, level):
        draw = drawn(level)

        with refused(
            "Benih yang ditarik disahkan ketua panel, atau orang kedua penyelenggara bila panel tidak mempunyai ketua.",
            NotAllowed,
        ):
            sign_lot(draw, by=level.bureau[1], now=DRAWN)
        sign_lot(draw, by=chair(level), now=DRAWN)
        with refused("Benih ini sudah disahkan."):
            sign_lot(draw, by=chair(level), now=DRAWN)

    def test_fewer_than_two_present_and_one_twice(self, level):
        with refused("Tulis sedikitnya dua nama yang hadir, satu per baris.", BadInput):
            draw_lot(the_stage(level), SEED, ["Ketua"], by=level.bureau[0], now=DRAWN)
        with refused("Ketua disebut dua kali di antara yang hadir.", BadInput):
            draw_lot(the_stage(level), SEED, ["Ketua", "Ketua"], by=level.bureau[0], now=DRAWN)

    def test_a_draw_without_the_chair_who_signs_it(self, level):
        name = chair(level).name

        with refused(
            f"Yang hadir tidak memuat ketua panel yang mengesahkan, {name}. Benih ditarik di hadapannya; tulis namanya "
            "bila ia hadir, atau tarik lagi pada waktu ia hadir.", BadInput,
        ):  # fmt: skip
            draw_lot(the_stage(level), SEED, ["Sekretaris panel", INSPECTOR], by=level.bureau[0], now=DRAWN)

    def test_a_chair_who_was_not_there_when_it_was_drawn(self, level):
        draw, names = drawn(level), "; ".join(present_with(level))
        successor = create_user("ketua-baru", "Ketua Baru", roles=[("J", "65"), ("K", "65")])
        seat_person(seat(level, "akademisi"), successor, by=level.bureau[0], reason="Sakit.", now=DRAWN)

        with refused(
            f"Nama Anda, Ketua Baru, tidak ada di antara yang hadir: {names}. Yang mengesahkan ikut hadir; "
            "kembalikan catatan ini dengan alasan bila Anda hadir.", NotAllowed,
        ):  # fmt: skip
            sign_lot(draw, by=successor, now=DRAWN)

    def test_a_stage_whose_rules_draw_no_lot(self, db):
        story = play_small(until=SHEETS_IN)
        with refused("Aturan tahap Presentasi tidak memakai undian."):
            announce_lot(the_stage(story), SOURCE, DRAW_AT, by=story.bureau[0], now=SHEETS_IN)

    def test_after_the_count_is_frozen(self, db):
        story = play_small(until=JURY_FROZEN, source=DRAWN_BY_LOT)
        with refused("Hitungan tahap Presentasi sudah dibekukan; undian tidak mengubahnya lagi."):
            announce_lot(the_stage(story), SOURCE, at("2024-06-09 09.00"), by=story.bureau[0], now=JURY_FROZEN)


def test_a_draw_written_wrongly_goes_back_and_is_written_anew(level):
    return_lot(drawn(level, "04-17"), "Empat angka tertinggal.", by=chair(level), now=DRAWN)

    sign_lot(drawn(level), by=chair(level), now=DRAWN)

    assert [draw.seed for draw in LotDraw.objects.filter(signed_at__isnull=False)] == [SEED]


def test_announcement_draw_and_signature_are_lines_that_hold_the_row(level):
    draw = sign_lot(drawn(level), by=chair(level), now=DRAWN)

    lines = Line.objects.filter(type__startswith="lot.").order_by("seq")
    assert [line.type for line in lines] == ["lot.announce", "lot.draw", "lot.sign"]
    assert SOURCE in lines[0].canonical
    assert all(SEED in line.canonical and draw.commitment in line.canonical for line in lines[1:])
    assert is_sealed_as(draw_content(draw), draw)
    LotDraw.objects.update(seed="lain")
    assert not is_sealed_as(draw_content(LotDraw.objects.get()), draw)


class TestPages:
    @pytest.fixture
    def now(self, monkeypatch):
        return lambda instant: monkeypatch.setattr(clock, "now", lambda: instant)

    def test_anybody_reads_the_announcement_before_the_draw_and_the_seed_after_it(self, client, level, now):
        now(JURY_LOCKED)
        page = client.get(reverse("results:lots", args=["kaltara-2024-uji"])).content.decode()
        assert SOURCE in page
        assert SEED not in page
        sign_lot(drawn(level), by=chair(level), now=DRAWN)

        after = client.get(reverse("results:lots", args=["kaltara-2024-uji"])).content.decode()
        assert "BENIH" in page and "BENIH" not in after
        assert f"printf '%s\\0%s' {SEED} 'KODE' | sha256sum" in after
        rules = client.get(reverse("editions:rules", args=["kaltara-2024-uji"])).content.decode()
        assert reverse("results:lots", args=["kaltara-2024-uji"]) in rules

    def test_it_is_drawn_and_signed_by_buttons(self, client, level, now):
        now(DRAWN)

        def address(name):
            return reverse(f"results:{name}", args=["kaltara-2024-uji", "presentasi"])

        client.force_login(level.bureau[0])
        assert "Undi pemutus seri tahap Presentasi" in client.get("/meja/").content.decode()
        shown = client.get(address("lot-draw")).context["preview"].mark
        typed = {"seed": SEED, "present": "\n".join(present_with(level)), "shown": shown}
        assert client.post(address("lot-draw"), typed).status_code == 302
        client.force_login(chair(level))
        assert "Sahkan benih undian tahap Presentasi" in client.get("/meja/").content.decode()
        shown = client.get(address("lot-sign")).context["preview"].mark
        assert client.post(address("lot-sign"), {"shown": shown}).status_code == 302

        assert LotDraw.objects.get().signed_by == chair(level)
        again = client.post(address("lot-sign"), {"shown": shown}, follow=True)
        assert "Ini sudah dilakukan: benih disahkan" in again.content.decode()
