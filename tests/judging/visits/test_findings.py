"""What a finding does to the count, exactly; what it may look into; who may record it, when, and with which photos."""

import pytest
from PIL import Image

from sp2k.base.blobs import read_blob
from sp2k.base.pages.uploads import PICTURES, clean_upload
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.entries.sealing import Sending
from sp2k.journal.models import Line
from sp2k.judging.actions import record_attendance, record_visit_finding, set_visit_plan
from sp2k.judging.models import Conflict, VisitFinding, VisitPhoto
from sp2k.results.actions import freeze_tally, lock_stage
from tests.story.small import FIRST, SECOND, at, duty, entry, holder, play_small, seat, stage
from tests.story.unchanged import refused
from tests.story.visiting import VISITING, innovation, picture, presented

PALAS = "Kecamatan Tanjung Palas, Kabupaten Bulungan"
LAST_DAY, EVENING = at("2024-06-21 15.00"), at("2024-06-21 17.00")
SEEN = {"note": "Dilihat di tempat.", "now": VISITING}


def cleaned(file):
    return clean_upload(file, kinds=PICTURES)


@pytest.fixture
def judged(db):
    """The last afternoon of the visits: every sheet is in, 90 for Tanjung Palas, nothing locked."""
    story = play_small(until=at("2024-06-21 16.30"))
    visit, by = entry(story, "lapang", FIRST), holder(story, "bappeda", "lapang")
    innovation(visit, by)
    presented(story, by)
    return story


def total_of(story, code):
    locked = lock_stage(stage(story, "lapang"), by=story.bureau[0], now=EVENING)
    return freeze_tally(locked, by=story.bureau[0], now=EVENING).placements.get(participation__entry__region=code).total


# Told: 90 at the presentation, 90 at the visit, 0.6 and 0.4 of them; {dikonfirmasi: 0, tidak: -1, lebih: 0.5}.
@pytest.mark.parametrize(
    ("findings", "total"),
    [
        ({}, "90"),
        ({"A1": "dikonfirmasi"}, "90"),
        ({"A1": "tidak"}, "89.6"),
        ({"A1": "lebih"}, "90.2"),
        ({"inov-1": "dikonfirmasi"}, "90"),
        ({"inov-1": "tidak"}, "89.6"),
        ({"inov-1": "lebih"}, "90.2"),
        ({"pres-1": "tidak"}, "89.6"),
        ({"pres-1": "lebih"}, "90.2"),
        ({"A1": "tidak", "B1": "tidak", "inov-1": "lebih", "pres-1": "tidak"}, "89"),
    ],
)
def test_each_verdict_moves_the_count_by_exactly_what_was_declared(judged, findings, total):
    own = duty(judged, FIRST, "bappeda", "lapang")
    for claim, verdict in findings.items():
        record_visit_finding(own, claim, verdict, note="Dilihat.", by=own.seat.holder, now=LAST_DAY)

    counted = total_of(judged, FIRST)

    assert counted.rstrip("0").rstrip(".") == total


def test_a_changed_finding_counts_once_and_only_its_last_revision(judged):
    own = duty(judged, FIRST, "bappeda", "lapang")
    say = {"note": "Dilihat.", "by": own.seat.holder, "now": LAST_DAY}
    record_visit_finding(own, "inov-1", "tidak", **say)
    record_visit_finding(own, "inov-1", "lebih", reason="Ditunjukkan kemudian.", **say)

    assert total_of(judged, FIRST) == "90.20"


class TestWhatMayBeLookedInto:
    def test_an_innovation_of_another_entry_or_a_voided_one_is_no_claim_here(self, visiting, visit, own, visitor):
        innovation(entry(visiting, "lapang", SECOND), visitor, number=3)
        innovation(visit, visitor, number=4, voided_at=VISITING, voided_reason="Keliru.")

        for claim in ("inov-3", "inov-4", "inov-9", "pres-1"):
            with refused(f"Klaim {claim} tidak ada pada {PALAS}, atau sudah dibatalkan. Muat ulang halaman.", BadInput):
                record_visit_finding(own, claim, "tidak", by=visitor, **SEEN)

    def test_with_a_plan_only_what_is_on_it(self, visit, own, visitor, chair):
        set_visit_plan(visit, ["A1"], by=chair, now=VISITING)

        with refused("Klaim B1 tidak ada dalam rencana kunjungan. Minta ketua tim atau sekretariat menambahkannya lebih "
                     "dahulu."):  # fmt: skip
            record_visit_finding(own, "B1", "tidak", by=visitor, **SEEN)
        assert record_visit_finding(own, "A1", "tidak", by=visitor, **SEEN).revision == 1

    def test_nothing_is_seen_before_the_stage_or_in_the_future(self, own, visitor):
        with refused("Waktu dilihat 19 Juni 2024, 09.01 WITA belum terjadi. Betulkan waktunya.", BadInput):
            record_visit_finding(own, "A1", "tidak", by=visitor, seen_at=at("2024-06-19 09.01"), **SEEN)
        with refused("Waktu dilihat 18 Juni 2024, 15.00 WITA mendahului tahap Tinjau lapang, yang dibuka 19 Juni 2024, "
                     "08.00 WITA.", BadInput):  # fmt: skip
            record_visit_finding(own, "A1", "tidak", by=visitor, seen_at=at("2024-06-18 15.00"), **SEEN)

    def test_a_note_holds_four_thousand_letters_and_arabic_but_no_marks_that_turn_the_writing(self, own, visitor):
        with refused("Catatan terlalu panjang: 4001 huruf, paling banyak 4000. Ringkaskan.", BadInput):
            record_visit_finding(own, "A1", "tidak", note="a" * 4001, by=visitor, now=VISITING)
        with refused("Catatan memuat tanda yang tidak terlihat (U+202E), huruf ke-5. Hapus atau ketik ulang bagian itu.",
                     BadInput):  # fmt: skip
            record_visit_finding(own, "A1", "tidak", note="Ada \u202egambar", by=visitor, now=VISITING)

        kept = record_visit_finding(own, "A1", "tidak", note="مسجد " + "a" * 3995, by=visitor, now=VISITING)

        assert len(kept.note) == 4000


class TestWhoAndWhen:
    def test_a_conflicted_visitor_is_refused_with_the_reason(self, visiting, visit, own, visitor):
        Conflict.objects.create(
            seat=seat(visiting, "bappeda", "lapang"), user=visitor, participation=visit, ground="asal", reason="Asal.",
            declared_at=VISITING,
        )  # fmt: skip

        with refused("Anda tidak menilai peserta ini karena ada benturan kepentingan yang tercatat.", NotAllowed):
            record_visit_finding(own, "A1", "tidak", by=visitor, **SEEN)

    def test_after_the_lock_only_a_resend_is_answered(self, judged):
        own, sending = duty(judged, FIRST, "bappeda", "lapang"), Sending()
        say = {"note": "Dilihat.", "by": own.seat.holder}
        first = record_visit_finding(own, "A1", "tidak", sending=sending, now=LAST_DAY, **say)
        lock_stage(stage(judged, "lapang"), by=judged.bureau[0], now=EVENING)

        assert record_visit_finding(own, "A1", "tidak", sending=sending, now=EVENING, **say).pk == first.pk
        with refused("Tahap Tinjau lapang sudah dikunci pada 21 Juni 2024, 17.00 WITA.", NotAllowed):
            record_visit_finding(own, "B1", "tidak", now=EVENING, **say)

    def test_who_was_absent_found_nothing(self, visiting, own, visitor):
        record_attendance([own], "absen", by=visiting.bureau[0], now=VISITING, reason="Sakit.")

        with pytest.raises(Refused):
            record_visit_finding(own, "A1", "tidak", by=visitor, **SEEN)

    def test_two_visitors_share_one_standing_finding(self, visiting, own, visitor, chair):
        other = duty(visiting, FIRST, "akademisi", "lapang")
        record_visit_finding(own, "A1", "tidak", by=visitor, sending=Sending(base_rev=0), **SEEN)

        with refused("Temuan ini berubah di tempat lain: yang tersimpan revisi 1, kiriman ini mengubah revisi 0. Muat "
                     "ulang, pilih yang berlaku, lalu kirim lagi."):  # fmt: skip
            record_visit_finding(other, "A1", "lebih", by=chair, sending=Sending(base_rev=0), **SEEN)

    def test_the_journal_tells_neither_claim_nor_verdict_nor_note(self, own, visitor):
        finding = record_visit_finding(own, "A1", "tidak", by=visitor, **SEEN)

        line = Line.objects.filter(type="visit.finding").get()
        assert f'"body":{{"c":"{finding.commitment}","rev":1,"stage":"lapang"}}' in line.canonical


class TestPhotos:
    def test_the_place_a_photo_was_taken_at_is_gone(self, own, visitor):
        taken = picture()
        assert Image.open(taken).getexif().get_ifd(0x8825) != {}
        taken.seek(0)

        finding = record_visit_finding(own, "A1", "tidak", by=visitor, photos=[cleaned(taken)], **SEEN)

        kept = read_blob(finding.photos.get().blob)
        assert b"Exif" not in kept and b"Kamera" not in kept

    def test_a_photo_belongs_to_what_was_sealed(self, own, visitor):
        sending, photo = Sending(), cleaned(picture())
        say = {"by": visitor, "sending": sending, **SEEN}
        first = record_visit_finding(own, "A1", "tidak", photos=[photo], **say)

        assert record_visit_finding(own, "A1", "tidak", photos=[photo, photo], **say).pk == first.pk
        with refused("Nomor kiriman ini sudah dipakai untuk isi yang berbeda. Muat ulang halaman, lalu kirim lagi."):
            record_visit_finding(own, "A1", "tidak", photos=[cleaned(picture(colour="#a00"))], **say)
        assert VisitPhoto.objects.count() == 1

    def test_a_change_keeps_the_photos_it_says_and_adds_new_ones(self, own, visitor):
        photos = [cleaned(picture("satu.jpg")), cleaned(picture("dua.jpg", colour="#a00"))]
        first = record_visit_finding(own, "A1", "tidak", by=visitor, photos=photos, **SEEN)

        second = record_visit_finding(
            own, "A1", "lebih", by=visitor, reason="Dilihat lagi.", kept=[first.photos.get(name="dua.jpg")],
            photos=[cleaned(picture("tiga.jpg", colour="#0a0"))], **SEEN,
        )  # fmt: skip

        assert set(second.photos.values_list("name", flat=True)) == {"dua.jpg", "tiga.jpg"}
        assert first.photos.count() == 2

    def test_at_most_eight_photos(self, own, visitor):
        nine = [cleaned(picture(colour=(n, 0, 0))) for n in range(0, 90, 10)]

        with refused("Satu temuan memuat paling banyak 8 foto; Anda melampirkan 9.", BadInput):
            record_visit_finding(own, "A1", "tidak", by=visitor, photos=nine, **SEEN)

    def test_a_photo_of_another_finding_cannot_be_kept(self, own, visitor):
        first = record_visit_finding(own, "A1", "tidak", by=visitor, photos=[cleaned(picture())], **SEEN)

        with refused("Foto yang dipertahankan bukan dari temuan yang diubah. Muat ulang halaman."):
            record_visit_finding(own, "B1", "tidak", by=visitor, kept=list(first.photos.all()), **SEEN)
        assert VisitFinding.objects.count() == 1
