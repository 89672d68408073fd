"""Mistakes found before a lock: what is voided counts nowhere, its number is never reused, a file is truly gone."""

import pytest

from sp2k.base.blobs import blob_path, read_blob, store_blob
from sp2k.base.pages.uploads import PICTURES, clean_upload
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.entries.actions import accept_forms, erase_evidence, submit_form, void_form, void_verification
from sp2k.entries.claims import Claims, Document
from sp2k.entries.models import Evidence, Form
from sp2k.entries.queries import accepted_verifications, latest_forms
from sp2k.entries.sealing import Sending
from sp2k.journal.queries import replay
from sp2k.judging.actions import erase_photo, record_sheet, record_visit_finding, void_finding, void_sheet
from sp2k.judging.models import SheetDraft, VisitFinding
from sp2k.judging.queries import latest_visit_findings, unexplained_assignments
from sp2k.publication.checking.status import edition_status
from sp2k.results.actions import freeze_tally, lock_stage
from sp2k.results.bridge import marks_of_stage
from sp2k.results.closing import what_is_missing
from sp2k.results.queries import edition_progress
from tests.story import small
from tests.story.small import BULUNGAN, FIRST, SECOND, THIRD, at
from tests.story.visiting import picture

BEFORE_LOCK = at("2024-06-05 16.30")
pytestmark = pytest.mark.django_db


def progress(story, code):
    return next(row for row in edition_progress(story.edition) if row.stage.code == code)


def replayed(story, code):
    return next(row["lembar"] for row in edition_status(story.edition)["tahap"] if row["kode"] == code)


def sheet_of(story, code, seat):
    return small.duty(story, code, seat).standing_sheets[-1]


# a juror's sheet


def test_a_duty_whose_only_sheet_is_voided_awaits_one_again_and_the_replay_agrees():
    story = small.play_small(small.SHEETS_IN)
    stage = small.stage(story, "presentasi")
    sheet = sheet_of(story, FIRST, "bappeda")

    void_sheet(sheet, reason="Salah peserta", by=story.bureau[0], now=BEFORE_LOCK)

    assert [str(duty) for duty in unexplained_assignments(stage)] == [str(sheet.assignment)]
    assert (progress(story, "presentasi").n_sheets, progress(story, "presentasi").n_expected) == (8, 9)
    assert replayed(story, "presentasi") == 8
    assert [row for row in marks_of_stage(stage) if row[:2] == (FIRST, "bappeda")] == []
    assert what_is_missing(stage) == [f"1 lembar juri belum masuk ({sheet.assignment})"]


def test_a_sheet_after_a_voided_one_takes_the_next_number_and_is_the_one_that_counts():
    story = small.play_small(small.SHEETS_IN)
    duty = small.duty(story, FIRST, "bappeda")
    void_sheet(duty.standing_sheets[-1], reason="Salah peserta", by=story.bureau[0], now=small.SHEETS_IN)
    sending, marks = Sending(base_rev=0), {"K1": "60", "I1": "60", "I2": "60"}

    sheet = record_sheet(duty, marks, by=duty.seat.holder, now=small.SHEETS_IN, sending=sending)
    again = record_sheet(duty, marks, by=duty.seat.holder, now=BEFORE_LOCK, sending=sending)

    assert again == sheet
    assert (sheet.revision, sheet.reason) == (2, "Menggantikan lembar revisi 1 yang dibatalkan.")
    assert replayed(story, "presentasi") == progress(story, "presentasi").n_sheets == 9
    lock_stage(small.stage(story, "presentasi"), by=story.bureau[0], now=small.JURY_LOCKED)
    tally = freeze_tally(small.stage(story, "presentasi"), by=story.bureau[0], now=small.JURY_LOCKED)
    # Three seats: 90, 60 and 90 on every indicator give 80 on every aspect.
    assert tally.placements.get(participation__entry__region=FIRST).total == "80.00"
    line = replay(story.edition.chain_id).entries[-2]
    assert (line["type"], line["body"]) == ("sheets.lock", {"stage": "presentasi", "n": 9})


def test_when_a_revision_is_voided_the_sheet_before_it_stands_again_and_a_draft_of_the_revision_follows():
    story = small.play_small(small.SHEETS_IN)
    duty = small.duty(story, FIRST, "bappeda")
    marks = {"K1": "10", "I1": "10", "I2": "10"}
    second = record_sheet(duty, marks, by=duty.seat.holder, now=small.SHEETS_IN, reason="Keliru")
    draft = SheetDraft.objects.create(
        assignment=duty, by=duty.seat.holder, op_id=Sending().op_id, device_nonce="0" * 64, base_rev=2,
        updated_at=small.SHEETS_IN,
    )  # fmt: skip

    void_sheet(second, reason="Yang pertama yang benar", by=story.bureau[0], now=BEFORE_LOCK)

    draft.refresh_from_db()
    assert [sheet.revision for sheet in small.duty(story, FIRST, "bappeda").standing_sheets] == [1]
    assert (draft.base_rev, replayed(story, "presentasi")) == (1, 9)
    counted = [value for code, seat, _, value in marks_of_stage(small.stage(story, "presentasi")) if seat == "bappeda"]
    assert sorted(set(counted)) == ["70", "80", "90"]


def test_only_the_bureau_voids_a_sheet_with_a_reason_once_and_before_the_lock():
    story = small.play_small(small.SHEETS_IN)
    sheet = sheet_of(story, FIRST, "bappeda")
    bureau = story.bureau[0]

    with pytest.raises(NotAllowed):
        void_sheet(sheet, reason="Salah", by=sheet.by, now=BEFORE_LOCK)
    with pytest.raises(NotAllowed):
        void_sheet(sheet, reason="Salah", by=small.other_bureau(), now=BEFORE_LOCK)
    with pytest.raises(BadInput, match="Tulis alasan pembatalan"):
        void_sheet(sheet, reason="  ", by=bureau, now=BEFORE_LOCK)
    void_sheet(sheet, reason="Salah", by=bureau, now=BEFORE_LOCK)
    with pytest.raises(Refused, match="sudah dibatalkan"):
        void_sheet(sheet, reason="Salah", by=bureau, now=BEFORE_LOCK)

    locked = small.entry(story, "seleksi", FIRST).stage
    assert locked.is_locked
    form = latest_forms(small.stage(story, "isian")).first()
    with pytest.raises(NotAllowed, match="sudah dikunci"):
        void_form(form, reason="Terlambat", by=bureau, now=BEFORE_LOCK)


def test_after_a_predecessors_sheet_is_voided_the_successor_may_give_one():
    story = small.play_small(small.SHEETS_IN)
    duty = small.duty(story, FIRST, "bappeda")
    void_sheet(duty.standing_sheets[-1], reason="Salah peserta", by=story.bureau[0], now=small.SHEETS_IN)
    successor = story.crew.juror(9)
    from_seat = small.seat(story, "bappeda")
    from_seat.seatings.update(user=successor)

    sheet = record_sheet(duty, {"K1": "60", "I1": "60", "I2": "60"}, by=successor, now=small.SHEETS_IN)

    assert (sheet.by, sheet.revision) == (successor, 2)


# a visit's finding


def test_a_voided_finding_moves_no_points_and_the_next_one_follows_it():
    story = small.play_small(small.at("2024-06-21 15.00"))
    duty = small.duty(story, FIRST, "akademisi", "lapang")
    chair, now = duty.seat.holder, small.at("2024-06-21 15.00")
    found = record_visit_finding(duty, "A1", "tidak", note="Tidak ada di tempat", by=chair, now=now)

    void_finding(found, reason="Salah kecamatan", by=story.bureau[0], now=now)

    stage = small.stage(story, "lapang")
    assert list(latest_visit_findings(stage)) == []
    assert [row for row in marks_of_stage(stage) if row[2].startswith("temuan:")] == []
    again = record_visit_finding(duty, "A1", "dikonfirmasi", note="Ada", by=chair, now=now)
    assert (again.revision, again.reason) == (2, "Menggantikan temuan revisi 1 yang dibatalkan.")
    assert [row[3] for row in marks_of_stage(stage) if row[2] == "temuan:A1"] == ["dikonfirmasi"]
    assert VisitFinding.objects.count() == 2


def test_an_erased_photo_is_gone_and_its_finding_stands_unless_another_visit_rests_on_it():
    now = small.at("2024-06-21 15.00")
    story = small.play_small(now)
    duty, bureau = small.duty(story, FIRST, "akademisi", "lapang"), story.bureau[0]
    other = small.duty(story, SECOND, "akademisi", "lapang")
    said = {"note": "Tidak ada", "now": now, "photos": [clean_upload(picture("rumah.jpg", colour="#135"), kinds=PICTURES)]}
    found = record_visit_finding(duty, "A1", "tidak", by=duty.seat.holder, **said)
    elsewhere = record_visit_finding(other, "A1", "tidak", by=other.seat.holder, **said)
    photo = found.photos.get()
    blob = photo.blob

    with pytest.raises(Refused, match="dipakai di tempat lain"):
        erase_photo(photo, reason="Memuat wajah", by=bureau, now=now)
    with pytest.raises(NotAllowed):
        erase_photo(photo, reason="Memuat wajah", by=duty.seat.holder, now=now)
    void_finding(elsewhere, reason="Salah kecamatan", by=bureau, now=now)
    erase_photo(photo, reason="Memuat wajah", by=bureau, now=now)

    assert not blob_path(blob.sha256).exists()
    assert [row.claim for row in latest_visit_findings(small.stage(story, "lapang"))] == ["A1"]


# a form and its verification


def claims(name="dok.pdf", content=b"%PDF-1.4 sendiri"):
    answers = {"A1": {"isian": {}, "bukti": {"monografi": name}}}
    return Claims(answers, {name: Document(content, "application/pdf")})


@pytest.fixture
def filled():
    """Every form is handed in and accepted; the checks are still open."""
    return small.play_small(small.at("2024-04-19 15.00"))


CHECKS = small.at("2024-04-19 15.30")


def test_a_voided_verification_leaves_its_form_waiting_and_the_next_one_counts_once(filled):
    stage, verifier = small.stage(filled, "isian"), small.person(filled, "V", BULUNGAN)
    verification = accepted_verifications(stage).get(form__participation__entry__region=FIRST)
    before = replayed(filled, "isian")

    void_verification(verification, reason="Salah buka", by=small.person(filled, "R", BULUNGAN), now=CHECKS)

    assert accepted_verifications(stage).count() == progress(filled, "isian").n_sheets == 8
    assert (before, replayed(filled, "isian")) == (9, 8)
    [again] = accept_forms([verification.form], by=verifier, now=CHECKS)
    assert (again.revision, again.reason) == (2, "Menggantikan putusan revisi 1 yang dibatalkan.")
    assert replayed(filled, "isian") == progress(filled, "isian").n_sheets == 9


def test_a_voided_form_takes_its_acceptance_with_it_and_the_kecamatan_hands_in_anew(filled):
    stage = small.stage(filled, "isian")
    form = latest_forms(stage).get(participation__entry__region=FIRST)

    void_form(form, reason="Isian tahun lalu", by=filled.bureau[0], now=small.FORMS_IN)

    assert list(latest_forms(stage).filter(participation=form.participation)) == []
    assert replayed(filled, "isian") == progress(filled, "isian").n_sheets == 8
    assert [row for row in marks_of_stage(stage) if row[0] == FIRST] == []
    operator = small.person(filled, "C", BULUNGAN)
    participation = small.entry(filled, "isian", FIRST)
    new = submit_form(participation, claims(), by=operator, now=small.FORMS_IN, sending=Sending(base_rev=0))
    assert (new.revision, new.reason) == (2, "Menggantikan isian revisi 1 yang dibatalkan.")
    accept_forms([new], by=small.person(filled, "V", BULUNGAN), now=CHECKS)
    assert replayed(filled, "isian") == progress(filled, "isian").n_sheets == 9


def test_a_kecamatan_voids_its_own_form_before_acceptance_and_not_after(filled):
    form = latest_forms(small.stage(filled, "isian")).get(participation__entry__region=FIRST)
    operator = small.person(filled, "C", BULUNGAN)

    with pytest.raises(NotAllowed, match="sudah diterima"):
        void_form(form, reason="Salah", by=operator, now=CHECKS)
    void_verification(form.verifications.get(), reason="Salah", by=filled.bureau[0], now=CHECKS)
    void_form(form, reason="Salah", by=operator, now=CHECKS)

    assert Form.objects.get(pk=form.pk).voided_reason == "Salah"


def test_a_replaced_form_is_not_voided_and_another_regency_voids_nothing(filled):
    participation = small.entry(filled, "isian", FIRST)
    old = latest_forms(small.stage(filled, "isian")).get(participation=participation)
    operator = small.person(filled, "C", BULUNGAN)
    submit_form(participation, claims(), by=operator, now=small.FORMS_IN, reason="Perbaikan")

    with pytest.raises(Refused, match="sudah diganti revisi yang lebih baru"):
        void_form(old, reason="Salah", by=filled.bureau[0], now=CHECKS)
    with pytest.raises(NotAllowed):
        void_form(old, reason="Salah", by=small.person(filled, "R", small.TARAKAN), now=CHECKS)


# a file that should not have been uploaded


def test_an_erased_file_is_gone_from_the_disk_its_hash_and_the_act_stay(filled):
    participation = small.entry(filled, "isian", SECOND)
    operator = small.person(filled, "C", small.TANA_TIDUNG)
    form = submit_form(
        participation, claims("ktp.pdf", b"%PDF-1.4 kartu"), by=operator, now=small.FORMS_IN, reason="Perbaikan"
    )
    evidence = form.evidence.get()
    path = blob_path(evidence.blob_id)
    assert path.exists()

    blob = erase_evidence(evidence, reason="Memuat data pribadi", by=operator, now=CHECKS)

    assert not path.exists()
    assert (blob.sha256, blob.size, blob.erased_at) == (evidence.blob_id, 14, CHECKS)
    with pytest.raises(Refused, match="Berkas ini dihapus pada 19 April 2024.*karena keliru diunggah"):
        read_blob(blob)
    line = replay(filled.edition.chain_id).entries[-1]
    body = {"stage": "isian", "rev": 2, "c": form.commitment, "sha256": blob.sha256}
    assert (line["type"], line["body"]) == ("file.erase", body)
    assert replay(filled.edition.chain_id).is_intact


def test_the_same_bytes_uploaded_again_are_a_new_deed(filled):
    blob = store_blob(b"%PDF-1.4 lagi", content_type="application/pdf", now=CHECKS)
    participation = small.entry(filled, "isian", SECOND)
    operator = small.person(filled, "C", small.TANA_TIDUNG)
    form = submit_form(
        participation, claims("a.pdf", b"%PDF-1.4 lagi"), by=operator, now=small.FORMS_IN, reason="Perbaikan"
    )
    erase_evidence(form.evidence.get(), reason="Keliru", by=operator, now=CHECKS)

    again = store_blob(b"%PDF-1.4 lagi", content_type="application/pdf", now=CHECKS)

    assert (again.pk, again.erased_at, read_blob(again)) == (blob.pk, None, b"%PDF-1.4 lagi")


def test_a_file_is_not_erased_under_an_acceptance_nor_while_another_kecamatan_rests_on_it(filled):
    form = latest_forms(small.stage(filled, "isian")).get(participation__entry__region=FIRST)
    evidence = form.evidence.first()
    bureau = filled.bureau[0]

    with pytest.raises(Refused, match="menjadi dasar isian yang sudah diterima"):
        erase_evidence(evidence, reason="Keliru", by=bureau, now=CHECKS)
    void_verification(form.verifications.get(), reason="Keliru", by=bureau, now=CHECKS)
    with pytest.raises(Refused, match="dipakai di tempat lain"):
        erase_evidence(evidence, reason="Keliru", by=bureau, now=CHECKS)

    assert Evidence.objects.filter(blob=evidence.blob_id).exclude(form__participation=form.participation).exists()
    assert blob_path(evidence.blob_id).exists()


def test_a_voided_form_elsewhere_holds_no_file_back(filled):
    stage, bureau = small.stage(filled, "isian"), filled.bureau[0]
    for form in latest_forms(stage):
        void_form(form, reason="Keliru", by=bureau, now=small.FORMS_IN)
    evidence = Evidence.objects.filter(form__participation__entry__region=THIRD).first()
    sample = read_blob(evidence.blob)

    erase_evidence(evidence, reason="Keliru", by=bureau, now=CHECKS)

    assert not blob_path(evidence.blob_id).exists()
    store_blob(sample, content_type="application/pdf", now=CHECKS)  # the other stories of this run rest on it too
