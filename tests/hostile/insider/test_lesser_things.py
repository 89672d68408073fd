"""An insider with the database, and what acts leave beside sheets and forms: proposals, votes, papers, texts, yeses, files."""

import pytest

from sp2k.accounts.actions import create_user
from sp2k.base.models import Blob
from sp2k.editions.actions.abandoning import propose_abandonment, withdraw_abandonment
from sp2k.editions.models import EditionText, Proposal
from sp2k.entries.models import Evidence
from sp2k.entries.sealing import Sending
from sp2k.journal.models import Line
from sp2k.judging.actions import (
    confirm_paper,
    object_to_paper,
    record_attendance,
    replace_person,
    send_sheet,
    void_sheet,
    withdraw_paper,
)
from sp2k.judging.models import LateSheet, PaperSheet
from sp2k.results.actions import lock_stage, propose_correction
from sp2k.results.actions.silence import propose_silent_answer
from sp2k.results.models import Advancement, Award, SilentAnswer
from tests.hostile.insider.test_sealed_things import faults, sql
from tests.judging.paper.story import Office
from tests.story import small
from tests.story.small import FIRST, at

pytestmark = pytest.mark.django_db

CHANGED = "isinya tidak lagi sama dengan yang dicatat jurnal"
UNTOLD = "tidak ada baris jurnal yang mencatatnya"
GONE = "barisnya dalam basis data hilang, tanpa tindakan yang menghapusnya"
OTHER_ACT = "orang, waktu, atau nomornya tidak sama dengan yang dicatat jurnal"


def last(type, number=-1) -> int:
    return list(Line.objects.filter(type=type).order_by("seq"))[number].seq


@pytest.fixture
def published():
    return small.play_small()


def test_a_yes_that_was_deleted_is_missed(published):
    sql("DELETE FROM editions_approval WHERE act = 'hasil' AND role = 'G'")

    line = next(row.seq for row in Line.objects.filter(type="approval.give") if '"act":"hasil"' in row.canonical)
    assert faults(published) == [f"Persetujuan hasil oleh {published.leader.username}: {GONE} (baris jurnal {line})."]


def test_a_yes_without_a_letter_is_given_no_scan(published):
    sql("UPDATE editions_approval SET paper_id = (SELECT sha256 FROM base_blob LIMIT 1) "
        "WHERE act = 'kunci_aturan' AND paper_number = ''")  # fmt: skip

    assert {sentence.partition(" oleh ")[0] for sentence in faults(published)} == {"Persetujuan kunci_aturan"}


def test_a_text_of_the_edition_that_was_deleted_or_changed_is_named(published):
    EditionText.objects.update(text="edisi: lain")
    line = last("edition.open")
    assert faults(published) == [f"Naskah versi 1 PKU Kalimantan Utara 2024: {CHANGED} (baris jurnal {line})."]

    sql("DELETE FROM editions_editiontext")
    assert faults(published) == [f"Sebuah versi naskah PKU Kalimantan Utara 2024: {GONE} (baris jurnal {line})."]


def test_a_title_said_to_be_shared_is_named(published):
    Award.objects.filter(position=1).update(is_shared=True)

    assert faults(published) == [f"Gelar PKU Kalimantan Utara 2024: {CHANGED} (baris jurnal {last('titles.give')})."]


def test_how_many_went_on_and_when_is_that_of_the_act(published):
    Advancement.objects.filter(stage__code="isian").update(n_through=8)
    line = last("stage.advance", 0)
    assert faults(published) == [f"Lolosnya peserta tahap Pengisian: {CHANGED} (baris jurnal {line})."]
    Advancement.objects.filter(stage__code="isian").update(n_through=9, at=small.LONG_AFTER)
    assert faults(published) == [f"Lolosnya peserta tahap Pengisian: {OTHER_ACT} (baris jurnal {line})."]


def test_holidays_that_nobody_set_are_named(published):
    published.edition.rules["libur"] = [{"tanggal": "2024-06-04", "nama": "PALSU"}]
    published.edition.save()

    assert f"Hari libur PKU Kalimantan Utara 2024: {CHANGED} (baris jurnal {last('rules.lock')})." in faults(published)


@pytest.mark.parametrize("change", ["content_type = 'text/html'", "content_type = 'image/png'", "size = 7"])
def test_a_file_said_to_be_of_another_kind_or_size_is_named(published, change):
    evidence = Evidence.objects.order_by("pk").first()
    kept = Blob.objects.filter(pk=evidence.blob_id).values("content_type", "size").get()
    sql(f"UPDATE base_blob SET {change} WHERE sha256 = '{evidence.blob_id}'")

    [found] = faults(published)

    assert found.startswith(f'Berkas "{evidence.name}" pada Isian Kecamatan ')
    assert found.endswith(", revisi 1: ukuran atau jenis berkas yang tersimpan tidak sama dengan isinya.")
    Blob.objects.filter(pk=evidence.blob_id).update(**kept)


# -- proposals --------------------------------------------------------------------------------------------------------


def test_a_proposal_changed_behind_the_acts_is_named_before_anybody_agrees():
    story = small.play_small(small.JURY_SEATED)
    proposal = propose_abandonment(story.edition, "Anggaran ditarik", by=story.bureau[0], now=small.JURY_SEATED)
    assert faults(story) == []

    Proposal.objects.update(about="Menyetujui sesuatu yang lain")
    [found] = faults(story)
    assert found == f"Usul: Menyetujui sesuatu yang lain: {CHANGED} (baris jurnal {last('abandon.propose')})."
    Proposal.objects.update(about=proposal.about, reason="PALSU")
    assert f"Usul: {proposal.about}: {UNTOLD}." in faults(story)
    sql("DELETE FROM editions_proposal")
    assert faults(story) == [f"Sebuah usul (tutup): {GONE} (baris jurnal {last('abandon.propose')})."]


def test_a_withdrawn_proposal_does_not_wait_again():
    story = small.play_small(small.JURY_SEATED)
    proposal = propose_abandonment(story.edition, "Anggaran ditarik", by=story.bureau[0], now=small.JURY_SEATED)
    withdraw_abandonment(proposal, by=story.bureau[0], now=small.JURY_SEATED)
    assert faults(story) == []
    Proposal.objects.update(withdrawn_at=None)

    assert f"Sebuah usul (tutup): penarikannya dihapus (baris jurnal {last('abandon.withdraw')})." in faults(story)
    assert [sentence for sentence in faults(story) if sentence.startswith("Usul: Menutup")]


def test_another_answer_proposed_for_a_silent_regency_is_named():
    story = small.play_small(at("2024-05-10 15.00"), targets=small.targets(nominees={}, decree=small.DECREE))
    desk, after = small.desk(story, small.TARAKAN), at("2024-05-10 16.30")
    propose_silent_answer(desk, is_declining=True, reason="Tidak menjawab", by=story.bureau[0], now=after)
    assert faults(story) == []
    SilentAnswer.objects.update(is_declining=False)

    assert f"Usul jawaban bagi Kota Tarakan: {UNTOLD}." in faults(story)


# -- why a late sheet was proposed ------------------------------------------------------------------------------------


def test_the_reason_for_counting_a_late_sheet_is_the_one_that_was_given():
    story = small.play_small(small.SHEETS_IN)
    duty, bureau = small.duty(story, FIRST, "bappeda"), story.bureau[0]
    void_sheet(duty.standing_sheets[-1], reason="Salah peserta", by=bureau, now=small.SHEETS_IN)
    record_attendance([duty], "absen", reason="Sinyal putus", by=bureau, now=at("2024-06-05 16.20"))
    lock_stage(small.stage(story, "presentasi"), by=bureau, now=small.JURY_LOCKED)
    late = send_sheet(duty, {"K1": "60", "I1": "60", "I2": "60"}, by=duty.seat.holder, now=at("2024-06-05 17.40"),
                      sending=Sending())  # fmt: skip
    propose_correction(late, reason="Sinyal putus di aula", by=bureau, now=at("2024-06-05 17.45"))
    LateSheet.objects.update(proposal_reason="PALSU")

    assert faults(story) == [
        f"Lembar terlambat {late.assignment}: alasan usulnya tidak sama dengan yang dicatat jurnal "
        f"(baris jurnal {last('correction.propose')})."
    ]


# -- papers -----------------------------------------------------------------------------------------------------------


def test_a_paper_is_for_whom_it_was_printed():
    office = Office()
    office.prints()
    assert faults(office.story) == []
    PaperSheet.objects.update(juror=office.juror("dpmd"))

    assert faults(office.story) == [f"Kertas tahap Presentasi: {CHANGED} (baris jurnal {last('paper.print')})."]


def test_why_a_paper_was_withdrawn_and_objected_to_is_what_was_said():
    office = Office()
    paper = office.typed_alike()
    object_to_paper(paper, objection="K1 tertulis lain", by=office.juror(), now=office.now)
    withdraw_paper(paper, reason="Kertas hilang", by=office.first, now=office.now)
    assert faults(office.story) == []
    PaperSheet.objects.update(objection="PALSU", withdrawn_reason="PALSU")

    named = f"kertas {PaperSheet.objects.get()}"
    assert faults(office.story) == [
        f"Keberatan atas {named}: {CHANGED} (baris jurnal {last('paper.object')}).",
        f"Penarikan {named}: {CHANGED} (baris jurnal {last('paper.withdraw')}).",
    ]


def test_another_scan_than_the_one_attached_is_named():
    office = Office()
    confirm_paper(office.typed_alike(), by=office.juror(), now=office.now)
    assert faults(office.story) == []
    sql("UPDATE judging_papersheet SET scan_id = (SELECT blob_id FROM entries_evidence LIMIT 1)")

    named = f"kertas {PaperSheet.objects.get()}"
    assert f"Pindaian {named}: {CHANGED} (baris jurnal {last('paper.scan')})." in faults(office.story)


def test_a_person_proposed_for_a_seat_is_the_one_that_was_proposed():
    asked = "  terbit: [{peran: B, orang: 2}]\n"
    source = small.EDITION.replace(asked, f"{asked}  panel: [{{peran: B, orang: 2}}]\n")
    story = small.play_small(small.JURY_SEATED, source=source)
    person = create_user("juri-baru", "Juri Baru", roles=[("J", "65")])
    seat = small.seat(story, "bappeda")
    replace_person(seat, person, by=story.bureau[0], now=small.JURY_SEATED, reason="Pindah tugas")
    assert faults(story) == []
    Proposal.objects.update(subject="bappeda lain")

    assert [text for text in faults(story) if CHANGED in text and text.startswith("Usul: Juri Baru menggantikan")]
