"""A tie that the chain left: proposed with its minutes, voted on, ruled; places then read as ruled, the count as it was."""

from datetime import date

import pytest

from sp2k.accounts.models import User
from sp2k.base.exactyaml import load
from sp2k.base.refusals import BadInput, NotAllowed
from sp2k.entries.models import Participation
from sp2k.entries.sealing import is_sealed_as
from sp2k.journal.models import Line
from sp2k.judging.actions import declare_conflict
from sp2k.results.actions import advance, freeze_tally, give_titles, lock_stage, nominate, rank_regency
from sp2k.results.actions.ties import (
    Minuted,
    propose_ruling,
    rule_tie,
    vote_on_ruling,
    withdraw_ruling,
)
from sp2k.results.models import Award, Placement, TieRuling
from sp2k.results.queries import edition_progress, standing_tally
from sp2k.results.ties.groups import panel_of, ties_of
from sp2k.results.ties.ruled import placements_of, rulings_of
from sp2k.results.ties.sealing import ruling_content
from sp2k.tally.count import count
from sp2k.tally.sheets import MarkLines
from sp2k.tally.stage_rules import read_stage_rules
from sp2k.tally.tables import places_lines
from tests.story.small import (
    BULUNGAN,
    EDITION,
    FIRST,
    JURY_FROZEN,
    JURY_LOCKED,
    NOMINATIONS_OPEN,
    SECOND,
    SHEETS_IN,
    THIRD,
    TITLES_GIVEN,
    VISIT_FROZEN,
    at,
    desk,
    entry,
    holder,
    person,
    play_small,
    seat,
    stage,
)
from tests.story.unchanged import refused

LEVEL_CUT = {"presentasi": {FIRST: 90, SECOND: 80, THIRD: 80}}
LEVEL_TOP = {"presentasi": {FIRST: 90, SECOND: 90, THIRD: 70}, "lapang": {FIRST: 80, SECOND: 80}}
SHARING = EDITION.replace("  seri: [", "  seri_habis: [berbagi, pleno]\n  seri: [").replace(
    '  seri_habis: [berbagi, pleno]\n  seri: ["bawaan', '  seri: ["bawaan'
)
EACH = "Setiap yang seri mendapat tepat satu urutan."
MEETING, AFTER = at("2024-06-05 19.00"), at("2024-06-05 20.00")


@pytest.fixture
def level(db):
    """Three before the jury, two of them equal where the quota takes two: frozen, nobody gone on."""
    story = play_small(until=SHEETS_IN, told=LEVEL_CUT)
    lock_stage(stage(story, "presentasi"), by=story.bureau[0], now=JURY_LOCKED)
    freeze_tally(stage(story, "presentasi"), by=story.bureau[0], now=JURY_FROZEN)
    return story


def the_tie(story, code="presentasi"):
    return ties_of(standing_tally(stage(story, code)))[0]


def chair_of(story, code="presentasi"):
    """The person in the chair's seat, with the chair's role."""
    chair = holder(story, "akademisi", code)
    chair.memberships.get_or_create(role="K", region_id="65")
    return User.objects.get(pk=chair.pk)


def minutes(people, **said) -> Minuted:
    return Minuted(**{"number": "BA-7", "dated": date(2024, 6, 5), "reason": "Kinerja lebih merata.", "people": people} | said)


def proposed(story, order=(THIRD, SECOND), way="pleno", **said):
    tie = the_tie(story)
    return propose_ruling(tie, way, order, minutes(panel_of(tie.stage), **said), by=story.bureau[0], now=MEETING)


def agreed(ruling, story, code="presentasi", *, seats=("bappeda",)):
    """The proposal with the yes of some seats, so that with the chair's more than half agree."""
    for taken in seats:
        vote_on_ruling(ruling, agrees=True, by=holder(story, taken, code), now=max(ruling.at, AFTER))
    return ruling


class TestAPlenary:
    def test_the_order_ruled_decides_who_goes_on_and_the_count_stays_as_it_was(self, level):
        ruling = agreed(proposed(level), level)
        chair = chair_of(level)

        rule_tie(ruling, by=chair, now=AFTER)
        advance(stage(level, "presentasi"), by=level.bureau[0], now=AFTER)

        tally = standing_tally(stage(level, "presentasi"))
        places = [(row.participation.region_code, row.place, row.is_through, row.decided_by) for row in placements_of(tally)]
        assert places == [(FIRST, 1, True, "nilai"), (THIRD, 2, True, "pleno"), (SECOND, 3, False, "pleno")]
        counted = Placement.objects.filter(tally=tally).order_by("participation__entry__region")
        assert [(row.place, row.is_through, row.decided_by) for row in counted] == [
            (1, True, "nilai"), (2, False, Placement.TIED_AT_CUT), (2, False, Placement.TIED_AT_CUT),
        ]  # fmt: skip
        entered = Participation.objects.filter(stage__code="lapang").values_list("entry__region", flat=True)
        assert set(entered) == {FIRST, THIRD}

    def test_the_frozen_texts_count_to_the_frozen_places_after_a_ruling(self, level):
        rule_tie(agreed(proposed(level), level), by=chair_of(level), now=AFTER)
        tally = stage(level, "presentasi").tallies.get()

        again = count(read_stage_rules(load(tally.rules, name="rules.yaml")), MarkLines(tally.sheets.splitlines(True)))

        assert "".join(places_lines(again)) == tally.places

    def test_it_is_three_lines_that_tell_no_name_and_no_place_and_hold_the_row(self, level):
        ruling = proposed(level)
        vote_on_ruling(ruling, agrees=True, by=holder(level, "bappeda"), now=AFTER)

        ruled = rule_tie(ruling, by=chair_of(level), now=AFTER)

        lines = Line.objects.filter(type__startswith="tie.").order_by("seq")
        assert [line.type for line in lines] == ["tie.propose", "tie.vote", "tie.rule"]
        assert all(f'"c":"{ruled.commitment}"' in line.canonical for line in lines)
        assert not any(code in line.canonical for line in lines for code in (SECOND, THIRD))
        assert is_sealed_as(ruling_content(TieRuling.objects.get()), ruled)
        TieRuling.objects.update(order=[SECOND, THIRD])
        assert not is_sealed_as(ruling_content(TieRuling.objects.get()), ruled)

    def test_the_counts_say_how_many_go_on(self, level):
        def through():
            return next(row.n_through for row in edition_progress(level.edition) if row.stage.code == "presentasi")

        assert through() == 1

        rule_tie(agreed(proposed(level), level), by=chair_of(level), now=AFTER)

        assert through() == 2

    def test_a_ruling_is_read_with_its_tally(self, level):
        ruling = rule_tie(agreed(proposed(level), level), by=chair_of(level), now=AFTER)

        assert rulings_of(standing_tally(stage(level, "presentasi"))) == [ruling]

    def test_whoever_has_a_conflict_with_one_of_the_tied_neither_takes_part_nor_votes_nor_rules(self, level):
        chair = chair_of(level)
        tied = Participation.objects.get(stage__code="presentasi", entry__region=SECOND)
        declare_conflict(seat(level, "akademisi"), tied, reason="Kerabat.", by=chair, now=MEETING)
        with refused(
            f"{chair.name} mempunyai benturan kepentingan dengan salah satu yang seri dan tidak ikut memutus."
        ):
            proposed(level)
        tie = the_tie(level)
        able = [one for one in panel_of(tie.stage) if one != chair]
        ruling = propose_ruling(tie, "pleno", [THIRD, SECOND], minutes(able), by=level.bureau[0], now=MEETING)

        barred = "Anda tidak ikut memutus seri ini karena ada benturan kepentingan dengan salah satu yang seri."
        with refused(barred, NotAllowed):
            rule_tie(ruling, by=chair, now=AFTER)
        agreed(ruling, level, seats=[seat.code for seat in tie.stage.seats.all() if seat.holder != chair])
        rule_tie(ruling, by=level.bureau[1], now=AFTER)  # the bureau in the place of a chair in conflict

        assert TieRuling.objects.get().ruled_by == level.bureau[1]

    def test_while_the_chair_is_able_nobody_else_rules(self, level):
        chair_of(level)
        ruling = proposed(level)

        with refused(
            "Seri ini diputus oleh ketua panel, atau oleh penyelenggara bila ketua berbenturan; seri dalam peringkat "
            "kabupaten/kota oleh verifikatornya.", NotAllowed,
        ):  # fmt: skip
            rule_tie(ruling, by=level.bureau[1], now=AFTER)

    def test_more_voices_against_than_for_stop_the_ruling(self, level):
        ruling, chair = proposed(level), chair_of(level)
        vote_on_ruling(ruling, agrees=False, by=holder(level, "bappeda"), now=AFTER)

        with refused(
            "Suara tidak setuju 1, setuju 0, jadi usul ini tidak dijalankan. Penyelenggara provinsi menariknya dengan alasan, "
            "lalu serinya dimusyawarahkan lagi."
        ):
            rule_tie(ruling, by=chair, now=AFTER)
        with refused("Suara Anda atas putusan seri ini sudah dicatat."):
            vote_on_ruling(ruling, agrees=True, by=holder(level, "bappeda"), now=AFTER)

    def test_without_the_yes_of_more_than_half_of_the_named_nobody_rules(self, level):
        bureau, chair, juror = level.bureau[0], chair_of(level), holder(level, "bappeda")
        silent = [one for one in panel_of(stage(level, "presentasi")) if one != chair]
        short = "Usul ini belum disetujui lebih dari setengah anggota panel yang memutus: kurang 1 suara setuju."
        first = proposed(level, others="Inspektur Pembantu")
        vote_on_ruling(first, agrees=False, by=juror, now=AFTER)
        withdraw_ruling(first, "Dimusyawarahkan lagi.", by=bureau, now=AFTER)

        again = proposed(level, number="BA-8", others="Inspektur Pembantu")
        with refused(f"{short} Yang belum memberi suara: {', '.join(one.name for one in silent)}."):
            rule_tie(again, by=chair, now=AFTER)
        vote_on_ruling(again, agrees=True, by=juror, now=AFTER)

        assert rule_tie(again, by=chair, now=AFTER).ruled_by == chair

    def test_a_chair_who_is_named_alone_is_not_the_panel(self, level):
        chair = chair_of(level)
        alone = propose_ruling(the_tie(level), "pleno", [THIRD, SECOND], minutes([chair]), by=level.bureau[0], now=MEETING)

        with refused(
            "Usul ini belum disetujui lebih dari setengah anggota panel yang memutus: kurang 1 suara setuju. Yang belum "
            f"memberi suara: {', '.join(one.name for one in panel_of(stage(level, 'presentasi')) if one != chair)}."
        ):
            rule_tie(alone, by=chair, now=AFTER)

    def test_a_proposal_is_taken_back_with_a_reason_and_another_made(self, level):
        ruling = proposed(level)
        with refused("Usul putusan seri ini sudah ada. Tarik usul itu lebih dahulu bila keliru."):
            proposed(level)

        withdraw_ruling(ruling, "Nomor berita acara keliru.", by=level.bureau[1], now=AFTER)
        second = proposed(level, number="BA-8")

        assert TieRuling.objects.get(withdrawn_at=None) == second


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("order", "sentence"),
        [
            ([SECOND], f"Kecamatan Tarakan Barat, Kota Tarakan belum mendapat urutan. {EACH}"),
            ([SECOND, SECOND, THIRD], f"Kecamatan Sesayap, Kabupaten Tana Tidung disebut dua kali. {EACH}"),
            ([SECOND, THIRD, FIRST], f"{FIRST} tidak termasuk yang seri di tempat 2."),
        ],
    )  # fmt: skip
    def test_an_order_that_misses_doubles_or_adds_one(self, level, order, sentence):
        with refused(sentence, BadInput):
            proposed(level, order)

    def test_a_place_where_nobody_is_tied(self, level):
        tie = the_tie(level)
        elsewhere = type(tie)(tie.tally, tie.scope, 1, tie.placements, tie.seats)

        with refused("Di tempat 1 tidak ada seri yang perlu diputus. Muat ulang halaman."):
            propose_ruling(elsewhere, "pleno", [SECOND, THIRD], minutes([]), by=level.bureau[0], now=MEETING)

    def test_minutes_before_the_tie_was_known_or_of_a_day_to_come(self, level):
        early = "Berita acara bertanggal 4 Juni 2024, sedangkan serinya baru diketahui 5 Juni 2024. Periksa tanggalnya."
        with refused(early, BadInput):
            proposed(level, dated=date(2024, 6, 4))
        with refused("Tanggal berita acara, 6 Juni 2024, belum tiba. Periksa tanggalnya.", BadInput):
            proposed(level, dated=date(2024, 6, 6))

    def test_minutes_without_number_reason_or_people(self, level):
        with refused("Tulis nomor berita acara dan alasan putusan.", BadInput):
            proposed(level, reason=" ")
        with refused("Pilih siapa yang ikut memutus. Putusan tanpa nama tidak dicatat.", BadInput):
            propose_ruling(the_tie(level), "pleno", [THIRD, SECOND], minutes([]), by=level.bureau[0], now=MEETING)

    def test_a_way_that_the_rules_do_not_know(self, level):
        with refused("Aturan tahap Presentasi tidak memuat cara itu untuk memutus seri."):
            proposed(level, way="berbagi")

    def test_a_second_ruling_of_the_same_tie(self, level):
        ruling = rule_tie(agreed(proposed(level), level), by=chair_of(level), now=AFTER)

        with refused("Seri ini sudah diputus."):
            rule_tie(ruling, by=chair_of(level), now=AFTER)


class TestASharedPlace:
    def test_at_the_cut_all_of_them_go_on(self, db):
        story = play_small(until=SHEETS_IN, told=LEVEL_CUT, source=SHARING)
        lock_stage(stage(story, "presentasi"), by=story.bureau[0], now=JURY_LOCKED)
        freeze_tally(stage(story, "presentasi"), by=story.bureau[0], now=JURY_FROZEN)

        rule_tie(agreed(proposed(story, way="berbagi"), story), by=chair_of(story), now=AFTER)
        advance(stage(story, "presentasi"), by=story.bureau[0], now=AFTER)

        rows = placements_of(standing_tally(stage(story, "presentasi")))
        assert [(row.place, row.is_through, row.decided_by) for row in rows] == [
            (1, True, "nilai"), (2, True, "berbagi"), (2, True, "berbagi"),
        ]  # fmt: skip
        assert Participation.objects.filter(stage__code="lapang").count() == 3

    def test_a_title_is_shared_and_the_next_one_is_not_given(self, db):
        story = play_small(until=VISIT_FROZEN, told=LEVEL_TOP, source=SHARING)
        tie = the_tie(story, "lapang")
        told = minutes(panel_of(tie.stage), dated=date(2024, 6, 21))
        ruling = propose_ruling(tie, "berbagi", (), told, by=story.bureau[0], now=VISIT_FROZEN)

        rule_tie(agreed(ruling, story, "lapang"), by=chair_of(story, "lapang"), now=VISIT_FROZEN)
        give_titles(story.edition, by=story.bureau[0], now=TITLES_GIVEN)

        assert list(Award.objects.values_list("title", "position", "entry__region")) == [
            ("Juara I", 1, FIRST), ("Juara I", 1, SECOND),
        ]  # fmt: skip


def test_the_holder_that_a_plenary_put_first_gets_the_first_title_and_the_public_reads_why(db):
    story = play_small(until=VISIT_FROZEN, told=LEVEL_TOP)
    tie = the_tie(story, "lapang")
    told = minutes(panel_of(tie.stage), dated=date(2024, 6, 21))
    ruling = propose_ruling(tie, "pleno", [SECOND, FIRST], told, by=story.bureau[0], now=VISIT_FROZEN)
    rule_tie(agreed(ruling, story, "lapang"), by=chair_of(story, "lapang"), now=VISIT_FROZEN)

    give_titles(story.edition, by=story.bureau[0], now=TITLES_GIVEN)

    assert list(Award.objects.values_list("title", "entry__region")) == [("Juara I", SECOND), ("Juara II", FIRST)]


def test_a_regency_rules_the_tie_of_its_own_ranking_and_the_whole_count_follows(db):
    """Nobody of Bulungan holds evidence: three equals at a quota of one."""
    story = play_small(until=NOMINATIONS_OPEN, evidence={SECOND: 1, THIRD: 1})
    own, organiser, verifier = desk(story, BULUNGAN), person(story, "R", BULUNGAN), person(story, "V", BULUNGAN)
    tally = rank_regency(own, by=organiser, now=NOMINATIONS_OPEN)
    tie = ties_of(tally)[0]
    order, told = ["65.01.02", "65.01.03", FIRST], minutes([verifier], dated=date(2024, 4, 22))

    ruling = propose_ruling(tie, "pleno", order, told, by=organiser, now=NOMINATIONS_OPEN)
    rule_tie(ruling, by=verifier, now=NOMINATIONS_OPEN)
    nominee = entry(story, "seleksi", "65.01.02")
    nominate(own, nominee, minutes_number="BA-1", by=organiser, now=NOMINATIONS_OPEN)

    assert [row.participation.region_code for row in placements_of(tally) if row.is_through] == ["65.01.02"]
    with refused("Di tempat 1 tidak ada seri yang perlu diputus. Muat ulang halaman."):
        propose_ruling(tie, "pleno", order, told, by=organiser, now=NOMINATIONS_OPEN)
