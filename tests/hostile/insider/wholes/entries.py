"""Names of entrants, forms with their decisions and files, innovations; documents and drafts."""

from datetime import date

from sp2k.editions.actions import void_edition
from sp2k.entries.actions import erase_evidence, register_entries, submit_form, void_form, void_verification
from sp2k.entries.actions.innovations import Telling, void_innovation, write_innovation
from sp2k.entries.claims import Claims, Document
from sp2k.entries.models import Evidence, Form, Verification
from sp2k.entries.region_lists.actions import correct_region_name
from sp2k.publication.actions import propose_amendment, withdraw_amendment
from sp2k.publication.actions.heads import send_head
from sp2k.publication.checking.page import integrity_of
from sp2k.publication.models import Amendment, Decree
from sp2k.regions.models import Region
from tests.hostile.insider.wholes.cases import Case, camat, doing, playing
from tests.story import small
from tests.story.small import FIRST, THIRD, at, entry, stage

CASES = {}
BEFORE_ENTERING, CHECKED = at("2024-03-01 09.00"), at("2024-04-18 18.00")
RENAMED = "UPDATE entries_entry SET name = 'Kecamatan Palsu' WHERE region_id = '65.01.01'"
ENTERED = (
    "INSERT INTO entries_entry (edition_id, region_id, name, regency_name, traits) "
    "SELECT id, '65.01.01', 'Kecamatan Palsu', 'Bulungan', '[]' FROM editions_edition"
)
TOLD = Telling("inovasi", "Loket pasti", "Antrean.", "Nomor.", "Lebih cepat.", 2022, "Kantor")


def handed_in():
    """A form with a file of its own, not decided yet, beside those of the others."""
    story = playing(small.FORMS_IN)()
    file = Document(b"%PDF-1.4 kartu", "application/pdf")
    claims = Claims({"A1": {"isian": {}, "bukti": {"monografi": "ktp.pdf"}}}, {"ktp.pdf": file})
    submit_form(entry(story, "isian", FIRST), claims, by=camat(story), now=story.now, reason="Perbaikan")
    return story


def innovating():
    story = playing(small.FORMS_OPEN)()
    for _time in range(2):
        write_innovation(entry(story, "isian", FIRST), TOLD, by=camat(story), now=story.now)
    return story


def erase_own(story):
    return erase_evidence(Evidence.objects.get(name="ktp.pdf"), reason="Pribadi", by=camat(story), now=story.now)


def accepted_of(code):
    return Verification.objects.get(form__participation__entry__region=code)


A_FORM = "UPDATE entries_form SET reason = 'lain' WHERE id = (SELECT min(id) FROM entries_form)"
TAKEN_BACK = "UPDATE entries_verification SET voided_at = '2024-04-17 00:00:00'"
CASES |= {
    "a name corrected": Case(
        playing(small.FORMS_IN), RENAMED, lambda s: correct_region_name(
            Region.objects.get(code="65.71.02"), "Tarakan Tengahh", basis="Perda 1", **doing(s)),
        "Peserta tahap Pengisian, nama dan sifatnya: isinya"),
    "entering the first stage": Case(
        playing(BEFORE_ENTERING), ENTERED, lambda s: register_entries(stage(s, "isian"), **doing(s)),
        "Peserta PKU Kalimantan Utara 2024: tidak ada baris jurnal yang memasukkannya"),
    "a form voided": Case(
        playing(small.FORMS_IN), A_FORM, lambda s: void_form(
            Form.objects.get(participation__entry__region=THIRD), reason="Salah.", **doing(s)), "Isian Kecamatan"),
    "a verification voided": Case(
        playing(CHECKED), TAKEN_BACK, lambda s: void_verification(accepted_of(THIRD), reason="Salah.", **doing(s)),
        "Putusan verifikasi (diterima) atas isian"),
    "a file erased": Case(handed_in, A_FORM, erase_own, "Isian Kecamatan"),
    "an innovation changed": Case(
        innovating, "UPDATE entries_innovation SET document_name = 'palsu.pdf', benefit = 'x' WHERE number = 1",
        lambda s: write_innovation(entry(s, "isian", FIRST), TOLD, number=1, by=camat(s), now=s.now), "Inovasi ke-1"),
    "an innovation voided": Case(
        innovating, "UPDATE entries_innovation SET benefit = 'x' WHERE number = 1",
        lambda s: void_innovation(entry(s, "isian", FIRST), 2, reason="Ganda.", by=camat(s), now=s.now), "Inovasi ke-1"),
}  # fmt: skip

ISSUED = at("2024-08-01 09.00")


def amended():
    story = playing(small.LONG_AFTER, ISSUED)()
    said = {"corrects": "Menimbang huruf a: tertulis tahun 2023.", "reason": "Salah ketik."}
    decree = Decree.objects.get(edition=story.edition)
    propose_amendment(decree, number="188.44/K.2/2024", signed_on=date(2024, 7, 31), **said, **doing(story))
    return story


def send_last(story):
    heads = integrity_of(story.edition, user=story.bureau[0], now=story.now).heads
    return send_head(story.edition, heads[-1].size, **doing(story))


CASES |= {
    "a head sent": Case(
        playing(small.LONG_AFTER, ISSUED), "UPDATE results_award SET title = 'Juara Umum' WHERE position = 1", send_last,
        "Gelar PKU Kalimantan Utara 2024"),
    "an amendment withdrawn": Case(
        amended, "UPDATE results_award SET title = 'Juara Umum' WHERE position = 1",
        lambda s: withdraw_amendment(Amendment.objects.get(), **doing(s)), "Gelar PKU Kalimantan Utara 2024"),
    "a draft voided": Case(
        playing(at("2024-02-17 09.00")), "UPDATE editions_title SET name = 'Juara Umum' WHERE place = 1",
        lambda s: void_edition(s.edition, reason="Keliru.", **doing(s)), "Gelar PKU Kalimantan Utara 2024"),
}  # fmt: skip
