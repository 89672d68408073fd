"""A regency's ranking and nomination, and what visitors may not write."""

import pytest

from sp2k.accounts.actions import create_user
from sp2k.base.refusals import BadInput, NotAllowed
from sp2k.entries.sealing import Sending
from sp2k.judging.actions import record_attendance, record_visit_finding
from sp2k.judging.models import VisitFinding
from sp2k.regions.models import Region
from sp2k.results.actions import decline, lock_stage, nominate, rank_regency
from sp2k.results.closing import RegencyDesk
from tests.story.small import (
    BULUNGAN,
    EDITION,
    FIRST,
    NOMINATIONS_OPEN,
    SECOND,
    TANA_TIDUNG,
    VISIT_SEATED,
    at,
    desk,
    duty,
    entry,
    holder,
    person,
    play_small,
    stage,
)
from tests.story.unchanged import refused

VISITING = at("2024-06-19 09.00")
PALAS = "Kecamatan Tanjung Palas, Kabupaten Bulungan"


@pytest.fixture
def choosing(db):
    """The selection has opened: no regency has ranked yet."""
    return play_small(until=NOMINATIONS_OPEN)


@pytest.fixture
def organiser(choosing):
    return person(choosing, "R", BULUNGAN)


@pytest.fixture
def bulungan(choosing):
    return desk(choosing, BULUNGAN)


class TestRanking:
    def test_a_regency_ranks_once(self, bulungan, organiser):
        rank_regency(bulungan, by=organiser, now=NOMINATIONS_OPEN)

        with refused("Peringkat Kabupaten Bulungan sudah ditetapkan."):
            rank_regency(bulungan, by=organiser, now=NOMINATIONS_OPEN)

    def test_a_regency_of_another_province_has_no_desk_here(self, choosing):
        """Its organiser reaches its own code: that alone must not let it answer in somebody else's edition."""
        balikpapan = RegencyDesk(stage(choosing, "seleksi"), Region.objects.get(code="64.71"))
        stranger = create_user("penyelenggara-64.71", "Penyelenggara Balikpapan", roles=[("R", "64.71")])
        sentence = "Kota Balikpapan tidak mempunyai kecamatan peserta dalam edisi ini."

        with refused(sentence):
            rank_regency(balikpapan, by=stranger, now=NOMINATIONS_OPEN)
        with refused(sentence):
            decline(balikpapan, reason="Tidak ikut.", by=stranger, now=NOMINATIONS_OPEN)

    def test_a_desk_is_of_a_selection(self, choosing, organiser):
        elsewhere = RegencyDesk(stage(choosing, "presentasi"), Region.objects.get(code=BULUNGAN))

        with refused("Tahap Presentasi bukan tahap peringkat kabupaten/kota."):
            rank_regency(elsewhere, by=organiser, now=at("2024-06-04 09.00"))


class TestNomination:
    def test_a_nomination_rests_on_a_ranking_and_signed_minutes(self, choosing, bulungan, organiser):
        own = entry(choosing, "seleksi", FIRST)

        with refused("Tetapkan peringkat Kabupaten Bulungan lebih dahulu, baru ajukan calon."):
            nominate(bulungan, own, minutes_number="BA-1", by=organiser, now=NOMINATIONS_OPEN)
        with refused("Tulis nomor berita acara penetapan calon.", BadInput):
            nominate(bulungan, own, minutes_number=" ", by=organiser, now=NOMINATIONS_OPEN)
        with refused("Nomor berita acara terlalu panjang: 81 huruf, paling banyak 80. Ringkaskan.", BadInput):
            nominate(bulungan, own, minutes_number="1" * 81, by=organiser, now=NOMINATIONS_OPEN)

    def test_only_who_stands_within_the_quota_is_nominated(self, choosing, bulungan, organiser):
        rank_regency(bulungan, by=organiser, now=NOMINATIONS_OPEN)
        second = entry(choosing, "seleksi", "65.01.02")

        with refused(
            "Kecamatan Tanjung Palas Barat, Kabupaten Bulungan berada di tempat 2, di luar kuota. Menurut peringkat, "
            f"calonnya {PALAS}."
        ):
            nominate(bulungan, second, minutes_number="BA-1", by=organiser, now=NOMINATIONS_OPEN)

    def test_equals_at_the_top_are_not_chosen_between_by_hand(self, db):
        """Nobody of Bulungan holds evidence: three equals, and no link of the chain parts them."""
        story = play_small(until=NOMINATIONS_OPEN, evidence={SECOND: 1, "65.71.01": 1})
        own, organiser = desk(story, BULUNGAN), person(story, "R", BULUNGAN)
        rank_regency(own, by=organiser, now=NOMINATIONS_OPEN)
        first = entry(story, "seleksi", FIRST)

        with refused(
            f"Seri di batas lolos tahap Seleksi: {PALAS} (0,00); Kecamatan Tanjung Palas Barat, Kabupaten Bulungan "
            "(0,00); Kecamatan Tanjung Palas Utara, Kabupaten Bulungan (0,00). Aturan pemutus seri sudah habis, jadi "
            "tidak ada yang maju sebelum seri itu diputus: rapat pleno dengan berita acara, diusulkan kabupaten/kota dan "
            "diputus verifikatornya."
        ):
            nominate(own, first, minutes_number="BA-1", by=organiser, now=NOMINATIONS_OPEN)

    def test_a_regency_answers_once(self, choosing, bulungan, organiser):
        own = entry(choosing, "seleksi", FIRST)
        rank_regency(bulungan, by=organiser, now=NOMINATIONS_OPEN)
        nominate(bulungan, own, minutes_number="BA-1", by=organiser, now=NOMINATIONS_OPEN)
        sentence = f"Kabupaten Bulungan sudah mengajukan {PALAS}."

        with refused(sentence):
            nominate(bulungan, own, minutes_number="BA-2", by=organiser, now=NOMINATIONS_OPEN)
        with refused(sentence):
            decline(bulungan, reason="Berubah pikiran.", by=organiser, now=NOMINATIONS_OPEN)

    def test_a_regency_that_declined_has_answered(self, choosing, bulungan, organiser):
        own = entry(choosing, "seleksi", FIRST)
        rank_regency(bulungan, by=organiser, now=NOMINATIONS_OPEN)
        decline(bulungan, reason="Camat berganti.", by=organiser, now=NOMINATIONS_OPEN)

        with refused("Kabupaten Bulungan sudah menyatakan tidak ikut."):
            nominate(bulungan, own, minutes_number="BA-1", by=organiser, now=NOMINATIONS_OPEN)

    def test_taking_no_part_needs_a_reason_that_can_be_read(self, bulungan, organiser):
        with refused("Tulis alasan Kabupaten Bulungan tidak ikut.", BadInput):
            decline(bulungan, reason=" ", by=organiser, now=NOMINATIONS_OPEN)
        with refused(
            "Alasan tidak ikut memuat tanda yang tidak terlihat (U+2067), huruf ke-1. Hapus atau ketik ulang bagian itu.",
            BadInput,
        ):
            decline(bulungan, reason="\u2067anggaran", by=organiser, now=NOMINATIONS_OPEN)

    def test_where_the_rules_do_not_let_a_regency_stay_away_it_cannot(self, db):
        source = EDITION.replace("  boleh_tidak_ikut: true\n", "")
        story = play_small(until=NOMINATIONS_OPEN, source=source)
        own, organiser = desk(story, BULUNGAN), person(story, "R", BULUNGAN)

        with refused("Aturan edisi mewajibkan setiap kabupaten/kota mengajukan calon pada tahap Seleksi."):
            decline(own, reason="Anggaran.", by=organiser, now=NOMINATIONS_OPEN)

    def test_a_nomination_after_the_deadline_is_refused(self, bulungan, organiser):
        with refused("Batas waktu tahap Seleksi sudah lewat: 10 Mei 2024, 16.00 WITA.", NotAllowed):
            decline(bulungan, reason="Anggaran.", by=organiser, now=at("2024-05-10 16.01"))

    def test_a_selection_closes_when_every_regency_has_answered(self, choosing, bulungan, organiser):
        decline(bulungan, reason="Camat berganti.", by=organiser, now=NOMINATIONS_OPEN)
        selection = stage(choosing, "seleksi")

        with refused(
            "Tahap Seleksi belum dapat ditutup: 2 kabupaten/kota belum mengajukan calon atau alasan tidak ikut "
            "(Kabupaten Tana Tidung; Kota Tarakan). Kosong tidak dihitung nol."
        ):
            lock_stage(selection, by=choosing.bureau[0], now=at("2024-05-10 17.00"))


class TestVisit:
    @pytest.fixture
    def visiting(self, db):
        return play_small(until=VISIT_SEATED)

    @pytest.fixture
    def visitor(self, visiting):
        return holder(visiting, "bappeda", "lapang")

    @pytest.fixture
    def own(self, visiting):
        return duty(visiting, FIRST, "bappeda", "lapang")

    def test_a_finding_is_of_a_claim_a_declared_verdict_and_what_was_seen(self, own, visitor, subtests):
        cases = {
            ("A1", "bagus", "Ada."): 'Temuan "bagus" tidak dinyatakan dalam aturan. Pilih dikonfirmasi, tidak, lebih.',
            ("A1", "tidak", " "): "Tulis klaim yang diperiksa dan apa yang dilihat di tempat.",
            (" ", "tidak", "Ada."): "Tulis klaim yang diperiksa dan apa yang dilihat di tempat.",
            ("Z9", "tidak", "Ada."): "Klaim Z9 bukan indikator isian kecamatan. Tulis kode indikatornya, misalnya A1.",
            ("A1" * 11, "tidak", "Ada."): "Klaim terlalu panjang: 22 huruf, paling banyak 20. Ringkaskan.",
        }
        for (claim, verdict, note), sentence in cases.items():
            with subtests.test(f"{claim} {verdict}"), refused(sentence, BadInput):
                record_visit_finding(own, claim, verdict, note=note, by=visitor, now=VISITING)

    def test_findings_are_for_stages_that_declare_them(self, visiting):
        juror, presented = holder(visiting, "bappeda"), duty(visiting, FIRST, "bappeda")

        with refused("Tahap Presentasi sudah dikunci pada 5 Juni 2024, 17.00 WITA.", NotAllowed):
            record_visit_finding(presented, "A1", "tidak", note="Ada.", by=juror, now=VISITING)

    def test_a_finding_is_sent_once_and_changed_with_a_reason(self, own, visitor):
        sending = Sending()
        say = {"note": "Papan ada.", "by": visitor, "now": VISITING}
        first = record_visit_finding(own, "A1", "dikonfirmasi", sending=sending, **say)

        assert record_visit_finding(own, "A1", "dikonfirmasi", sending=sending, **say).pk == first.pk
        with refused("Temuan A1 sudah dicatat. Tulis alasan perubahan sebelum menyimpan lagi.", BadInput):
            record_visit_finding(own, "A1", "tidak", **say)
        with refused(
            "Temuan ini berubah di tempat lain: yang tersimpan revisi 1, kiriman ini mengubah revisi 0. Muat ulang, "
            "pilih yang berlaku, lalu kirim lagi."
        ):
            record_visit_finding(own, "A1", "tidak", sending=Sending(base_rev=0), reason="Lain.", **say)
        record_visit_finding(own, "A1", "tidak", reason="Papannya kosong.", **say)
        assert list(VisitFinding.objects.values_list("revision", "verdict")) == [(1, "dikonfirmasi"), (2, "tidak")]

    def test_who_was_not_there_found_nothing(self, visiting, own, visitor):
        record_attendance([own], "absen", by=visiting.bureau[0], now=VISITING, reason="Sakit.")

        with refused(
            f"Bappeda Provinsi Kalimantan Utara tercatat juri absen pada {PALAS}. Minta sekretariat membetulkan "
            "kehadiran lebih dahulu."
        ):
            record_visit_finding(own, "A1", "tidak", note="Ada.", by=visitor, now=VISITING)

    def test_another_regencys_organiser_may_not_answer_for_it(self, db):
        story = play_small(until=NOMINATIONS_OPEN)
        stranger, own = person(story, "R", TANA_TIDUNG), desk(story, BULUNGAN)

        with refused("Wilayah ini di luar kewenangan Anda.", NotAllowed):
            decline(own, reason="Anggaran.", by=stranger, now=NOMINATIONS_OPEN)
