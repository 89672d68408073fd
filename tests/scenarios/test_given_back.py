"""What is voided goes back to its author as a draft, with who voided it and why; nobody else's reason becomes the author's."""

import pytest

from sp2k.accounts.actions import create_user
from sp2k.accounts.models import User
from sp2k.base import clock
from sp2k.base.blobs import store_blob
from sp2k.base.pages.uploads import PICTURES, clean_upload
from sp2k.entries.actions import erase_evidence, save_draft, send_draft, submit_form, void_form, void_verification
from sp2k.entries.claims import Claims, Document
from sp2k.entries.drafting import mark_of, mark_of_whole, part_of
from sp2k.entries.models import Form, FormDraft
from sp2k.entries.queries import latest_forms
from sp2k.entries.sealing import Sending
from sp2k.instruments.asking import questions_of
from sp2k.judging.actions import erase_photo, record_sheet, record_visit_finding, seat_person, void_finding, void_sheet
from sp2k.judging.models import SheetDraft
from tests.entries.pages import PDF, browser, words
from tests.story import small
from tests.story.small import BULUNGAN, FIRST, at
from tests.story.visiting import picture

pytestmark = pytest.mark.django_db
OPEN, SEALING, VISITING = at("2024-04-05 15.45"), small.SHEETS_IN, at("2024-06-21 15.00")
WHY = "Isian milik kecamatan lain"


@pytest.fixture
def story(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: OPEN)
    return small.play_small(OPEN)


def sent(story) -> Form:
    """The form that the first kecamatan handed in."""
    return latest_forms(small.stage(story, "isian")).get(participation__entry__region=FIRST)


def operator(story):
    """Who fills in for that kecamatan alone."""
    return User.objects.filter(username="operator-palas").first() or create_user(
        "operator-palas", "Operator Tanjung Palas", roles=[("C", FIRST)]
    )


def voided(story, form=None, *, reason=WHY, by=None, now=OPEN) -> Form:
    form = form or sent(story)
    for decision in form.standing_verifications:
        void_verification(decision, reason="Dibuka lagi", by=story.bureau[0], now=now)
    return void_form(Form.objects.get(pk=form.pk), reason=reason, by=by or story.bureau[0], now=now)


def draft(story) -> FormDraft | None:
    return FormDraft.objects.filter(participation=small.entry(story, "isian", FIRST)).first()


# a kecamatan's form


def test_a_voided_form_is_its_kecamatans_draft_again_with_its_documents(story):
    before = {row.indicator: row.documents for row in sent(story).answers.all() if row.documents}

    form = voided(story)

    kept = draft(story)
    assert {code: answer["bukti"] for code, answer in kept.answers.items() if answer["bukti"]} == before
    assert [(row.name, row.blob_id) for row in kept.documents.all()] == [
        (row.name, row.blob_id) for row in form.evidence.order_by("name")
    ]
    assert (kept.restored_from, kept.by, form.voided_by, form.voided_as) == (form, form.by, story.bureau[0], "B")


def test_what_is_being_typed_is_never_written_over(story):
    participation = sent(story).participation
    aspect = questions_of(participation.stage.instrument)[0]
    standing = part_of(draft(story).answers if draft(story) else form_answers(story), aspect.questions)
    typed = {"A2": {"isian": {"layanan": "7"}, "bukti": {}}}
    save_draft(participation, typed, questions=aspect.questions, base=mark_of(standing), by=operator(story), now=OPEN)

    form = voided(story)

    assert draft(story).answers["A2"]["isian"] == {"layanan": "7"}
    assert draft(story).restored_from is None
    page = words(browser(operator(story)).get(f"/isian/{story.edition.code}/isian/{FIRST}/"))
    assert "Draf yang sedang ditulis tidak ditimpa." in page
    assert f"Baca revisi {form.revision}" in page
    of_regency = words(browser(small.person(story, "R", BULUNGAN)).get(f"/isian/peserta/{story.edition.code}/"))
    assert "dibatalkan oleh" in of_regency
    assert "Isinya kembali kepada kecamatan sebagai draf." not in of_regency


def form_answers(story):
    from_form = sent(story)
    return {row.indicator: {"isian": {k: str(v) for k, v in row.values.items()}, "bukti": row.documents}
            for row in from_form.answers.all()}  # fmt: skip


def test_desk_list_and_filling_page_say_who_voided_it_and_why(story):
    voided(story)
    said = f"dibatalkan oleh {story.bureau[0].name} (Penyelenggara provinsi) karena: {WHY}."
    client = browser(operator(story))

    for address in ("/meja/", "/isian/", f"/isian/{story.edition.code}/isian/{FIRST}/isi/A/"):
        page = words(client.get(address))
        assert said in page, address
        assert "Isinya kembali sebagai draf" in page, address


def test_the_regency_reads_it_in_its_list(story):
    voided(story)

    page = words(browser(small.person(story, "R", BULUNGAN)).get(f"/isian/peserta/{story.edition.code}/"))

    said = f"dibatalkan oleh {story.bureau[0].name} (Penyelenggara provinsi) karena: {WHY}."
    assert f"{said} Isinya kembali kepada kecamatan sebagai draf." in page


def test_the_form_sent_again_does_not_bear_the_bureaus_reason_as_its_own(story):
    voided(story)
    kept = draft(story)

    seen = mark_of_whole(kept.answers, kept.documents.all())
    again = send_draft(kept.participation, checked=seen, sending=Sending(), by=operator(story), now=OPEN)

    assert (again.revision, again.reason) == (2, "Menggantikan isian revisi 1 yang dibatalkan.")
    assert WHY not in words(browser(operator(story)).get(f"/isian/{story.edition.code}/isian/{FIRST}/"))


def test_a_kecamatan_that_voids_its_own_form_is_named_as_that(story):
    form = voided(story, by=operator(story), reason="Salah unggah")

    assert form.voided_words == f"dibatalkan oleh {operator(story).name} (Camat dan staf) karena: Salah unggah."


def test_a_file_erased_from_the_voided_form_leaves_the_draft_too(story):
    voided(story)
    FormDraft.objects.all().delete()
    claims = Claims({"A1": {"isian": {}, "bukti": {"monografi": "ktp.pdf"}}}, {"ktp.pdf": Document(PDF, "application/pdf")})
    form = voided(story, submit_form(small.entry(story, "isian", FIRST), claims, by=operator(story), now=OPEN))

    erase_evidence(form.evidence.get(), reason="Memuat KTP", by=story.bureau[0], now=OPEN)

    assert (draft(story).documents.count(), draft(story).answers["A1"]["bukti"]) == (0, {})
    store_blob(PDF, content_type="application/pdf", now=OPEN)  # the other stories of this run rest on it too


# a juror's sheet


@pytest.fixture
def sealing(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: SEALING)
    return small.play_small(SEALING)


def test_a_voided_sheet_is_its_jurors_draft_again_with_marks_and_note_and_can_be_sealed(sealing):
    duty = small.duty(sealing, FIRST, "bappeda")
    juror = duty.seat.holder
    marks = {"K1": "87,5", "I1": "60", "I2": "61"}
    sheet = record_sheet(duty, marks, by=juror, now=SEALING, reason="Salah baca", note="Paparan jelas")

    void_sheet(sheet, reason="Salah peserta", by=sealing.bureau[0], now=SEALING)

    kept = SheetDraft.objects.get(assignment=duty, by=juror)
    assert (kept.marks, kept.note, kept.base_rev, kept.restored_from) == (marks, "Paparan jelas", 1, sheet)
    sending = Sending(kept.op_id, kept.device_nonce, kept.base_rev)
    again = record_sheet(duty, kept.marks, by=juror, now=SEALING, sending=sending, reason="Diperbaiki")
    assert (again.revision, again.reason, SheetDraft.objects.count()) == (3, "Diperbaiki", 0)


def test_the_jurors_list_and_sheet_say_who_voided_it_and_why(sealing):
    duty = small.duty(sealing, FIRST, "bappeda")
    void_sheet(duty.standing_sheets[-1], reason="Salah peserta", by=sealing.bureau[0], now=SEALING)
    client = browser(duty.seat.holder)

    page = words(client.get(f"/juri/lembar/{duty.pk}/"))

    said = f"dibatalkan oleh {sealing.bureau[0].name} (Penyelenggara provinsi) karena: Salah peserta."
    assert said in page
    assert "Isinya kembali sebagai draf: periksa, perbaiki, lalu segel lagi." in page
    assert "Dibatalkan, isinya kembali sebagai draf" in words(client.get("/juri/lembar/"))


def test_a_draft_of_a_revision_is_not_written_over(sealing):
    duty = small.duty(sealing, FIRST, "bappeda")
    typed = SheetDraft.objects.create(
        assignment=duty, by=duty.seat.holder, op_id=Sending().op_id, device_nonce="0" * 64, base_rev=1,
        marks={"K1": "12"}, updated_at=SEALING,
    )  # fmt: skip

    void_sheet(duty.standing_sheets[-1], reason="Salah peserta", by=sealing.bureau[0], now=SEALING)

    typed.refresh_from_db()
    assert (typed.marks, typed.base_rev, typed.restored_from) == ({"K1": "12"}, 0, None)
    page = words(browser(duty.seat.holder).get(f"/juri/lembar/{duty.pk}/"))
    assert "Draf yang sedang Anda tulis tidak ditimpa." in page


def test_a_successor_never_gets_a_predecessors_marks(sealing):
    duty, successor = small.duty(sealing, FIRST, "bappeda"), create_user("pengganti", "Pengganti", roles=[("J", "65")])
    seat_person(duty.seat, successor, by=sealing.bureau[0], now=SEALING, reason="Cuti")

    void_sheet(small.duty(sealing, FIRST, "bappeda").standing_sheets[-1], reason="Keliru", by=sealing.bureau[0], now=SEALING)

    assert SheetDraft.objects.count() == 0


# a visitor's finding


def test_a_voided_finding_begins_its_writers_form_with_its_photos_waiting(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: VISITING)
    story = small.play_small(VISITING)
    duty = small.duty(story, FIRST, "akademisi", "lapang")
    visitor = duty.seat.holder
    shot = clean_upload(picture(), kinds=PICTURES)
    found = record_visit_finding(duty, "A1", "tidak", note="Papan kosong", by=visitor, now=VISITING, photos=[shot])
    photo = found.photos.get()

    void_finding(found, reason="Salah klaim", by=story.bureau[0], now=VISITING)

    page = browser(visitor).get(f"/juri/kunjungan/{duty.participation_id}/klaim/A1/")
    assert "Papan kosong</textarea>" in page.content.decode()
    assert photo.name in words(page)
    assert f"dibatalkan oleh {story.bureau[0].name} (Penyelenggara provinsi) karena: Salah klaim." in words(page)
    erase_photo(photo, reason="Memuat wajah", by=story.bureau[0], now=VISITING)
    assert duty.held_photos.count() == 0
