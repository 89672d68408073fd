"""Evidence from outside: what is no evidence is refused with a sentence, what is kept is one file however often it serves."""

import io

import pytest
from django.utils.http import content_disposition_header
from PIL import Image

from sp2k.base import clock
from sp2k.base.blobs import erase_blob, read_blob
from sp2k.base.models import Blob
from sp2k.entries.actions import drafts
from sp2k.entries.models import DraftDocument, Evidence, FormDraft
from tests.entries.pages import PDF, PLACE, browser, camat, file, pdf, text, words
from tests.story.small import BULUNGAN, FORMS_OPEN, TANA_TIDUNG, at, other_bureau, person, play_small


@pytest.fixture
def story(db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: FORMS_OPEN)
    return play_small(FORMS_OPEN)


@pytest.fixture
def form(story):
    form = camat(story)
    form.open("A")
    return form


def upload(form, given, **more):
    return form.type({"berkas:A1:monografi": given} | more, then="unggah")


def evidence_of_draft() -> dict:
    return {code: answer["bukti"] for code, answer in FormDraft.objects.get().answers.items()}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("kosong.pdf", b"", 'Berkas "kosong.pdf" kosong (0 bita). Pilih berkas lain, lalu unggah lagi.'),
        ("SKM.pdf", b"MZ\x90\x00" + bytes(400), 'Berkas "SKM.pdf" bukan PDF, JPG, PNG, HEIC, atau XLSX. Simpan sebagai '
         "PDF, JPG, PNG, atau XLSX, lalu unggah lagi."),
        ("rusak.pdf", b"%PDF-1.7\n%%EOF",
         'Berkas "rusak.pdf" bukan PDF yang utuh. Simpan atau pindai ulang, lalu unggah lagi.'),
        ("besar.pdf", b"%PDF-" + bytes(20_000_001), 'Berkas "besar.pdf" 20 MB; paling besar 20 MB. Pindai ulang dengan '
         "200 dpi atau pecah berkasnya."),
        ("gambar.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
         'Berkas "gambar.svg" bukan PDF, JPG, PNG, HEIC, atau XLSX. Simpan sebagai PDF, JPG, PNG, atau XLSX, lalu unggah '
         "lagi."),
    ],
)  # fmt: skip
def test_what_is_no_evidence_is_refused_beside_its_place_and_what_was_typed_is_kept(story, form, name, content, said):
    page = upload(form, file(name, content), **{"isian:A2:layanan": "12"})

    assert (page.status_code, said in words(page)) == (422, True)
    assert FormDraft.objects.get().answers == {"A2": {"isian": {"layanan": "12"}, "bukti": {}}}
    assert not DraftDocument.objects.exists()
    assert 'aria-invalid="true" aria-describedby="b-A1-monografi-e"' in text(page)


@pytest.mark.parametrize(
    "name", ["n" * 56 + ".pdf", "laporan \"akhir\" 'tw 3'.pdf", "تقرير الخدمة.pdf", "Rekap aduan 2021–2022 é.pdf"]
)
def test_a_file_comes_back_under_the_name_it_had_and_is_never_opened_by_the_browser(story, form, name):
    page = upload(form, file(name))

    document = DraftDocument.objects.get()
    answer = form.client.get(f"/isian/draf/bukti/{document.pk}/")

    assert document.name == name
    assert name in text(page)
    assert (answer.status_code, answer.content) == (200, PDF)
    disposition = answer.headers["Content-Disposition"]
    assert disposition == content_disposition_header(as_attachment=True, filename=name)
    assert disposition.startswith("attachment; filename")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_name_that_turns_its_ending_round_is_kept_straight_and_ends_as_what_it_is(story, form):
    upload(form, file("lap\u202egnp.exe"))

    assert DraftDocument.objects.get().name == "lapgnp.exe.pdf"


def test_one_file_serves_several_indicators_and_is_kept_once(story, form):
    upload(form, file("satu.pdf"))
    form.open("B")
    form.type({"bukti:B1:gagasan": "satu.pdf", "berkas:B1:hasil": file("nama lain.pdf")}, "B")

    assert evidence_of_draft() == {"A1": {"monografi": "satu.pdf"}, "B1": {"gagasan": "satu.pdf", "hasil": "satu.pdf"}}
    form.send()
    assert (Evidence.objects.count(), Blob.objects.filter(content_type="application/pdf").count()) == (1, 1)


def test_two_different_files_of_one_name_are_both_kept(story, form):
    upload(form, file("scan.pdf", pdf("satu")))
    form.open("B")
    form.type({"berkas:B1:hasil": file("scan.pdf", pdf("dua"))}, "B")

    assert evidence_of_draft() == {"A1": {"monografi": "scan.pdf"}, "B1": {"hasil": "scan (2).pdf"}}
    assert read_blob(DraftDocument.objects.get(name="scan (2).pdf").blob) == pdf("dua")


def test_a_photo_loses_what_the_camera_wrote_into_it(story, form):
    exif = Image.Exif()
    exif[0x010E] = "Rumah Pak Camat, -7.25, 112.75"
    photo = io.BytesIO()
    Image.new("RGB", (40, 30)).save(photo, "JPEG", exif=exif)
    assert b"Rumah Pak Camat" in photo.getvalue()

    upload(form, file("foto.jpg", photo.getvalue()))

    kept = DraftDocument.objects.get().blob
    assert (kept.content_type, b"Rumah Pak Camat" in read_blob(kept)) == ("image/jpeg", False)


def test_several_files_at_once_the_good_ones_kept_the_bad_one_named(story, form):
    page = form.client.post(f"{PLACE}bukti/", {"berkas": [file("a.pdf"), file("b.pdf", b""), file("c.pdf", pdf("c"))]})

    assert page.status_code == 422
    assert 'Berkas "b.pdf" kosong (0 bita).' in words(page)
    assert sorted(DraftDocument.objects.values_list("name", flat=True)) == ["a.pdf", "c.pdf"]


def test_a_file_taken_out_of_the_draft_leaves_every_answer_that_named_it(story, form):
    upload(form, file("satu.pdf"))
    form.open("B")
    form.type({"bukti:B1:gagasan": "satu.pdf"}, "B")

    asked = form.client.post(f"{PLACE}bukti/hapus/", {"nama": "satu.pdf"})
    assert "Berkas ini menjadi bukti 2 indikator: A1, B1." in words(asked)
    assert evidence_of_draft() == {"A1": {"monografi": "satu.pdf"}, "B1": {"gagasan": "satu.pdf"}}

    page = form.client.post(f"{PLACE}bukti/hapus/", {"nama": "satu.pdf", "yakin": "ya"}, follow=True)

    assert "Berkas satu.pdf dihapus dari draf. Bukti ini lepas dari A1, B1." in words(page)
    assert (evidence_of_draft(), DraftDocument.objects.count()) == ({"A1": {}, "B1": {}}, 0)


def test_a_form_names_no_document_that_is_not_there(story, form):
    page = form.type({"bukti:A1:monografi": "hilang.pdf", "isian:A2:layanan": "12"})

    assert "hilang.pdf" not in text(page)
    assert evidence_of_draft() == {"A2": {}}


def test_a_kecamatan_cannot_fill_the_disk(story, form, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_FILES", 1)
    upload(form, file("a.pdf"))

    page = form.client.post(f"{PLACE}bukti/", {"berkas": [file("b.pdf", pdf("b"))]})

    assert (page.status_code, DraftDocument.objects.count()) == (422, 1)
    assert "Bukti satu kecamatan paling banyak 1 berkas dan 1 GB." in words(page)


def sent_evidence(form) -> str:
    upload(form, file("satu.pdf"))
    form.send()
    return f"/isian/bukti/{Evidence.objects.get().pk}/"


def test_evidence_is_for_those_who_may_read_the_form(story, form, monkeypatch):
    address = sent_evidence(form)
    bureau = story.bureau[0]

    assert [browser(person(story, role, BULUNGAN)).get(address).status_code for role in "CRV"] == [200, 200, 200]
    others = [person(story, role, TANA_TIDUNG) for role in "CRV"] + [story.leader, other_bureau()]
    assert [browser(user).get(address).status_code for user in others] == [404] * 5
    assert browser(bureau).get(address).status_code == 403
    monkeypatch.setattr(clock, "now", lambda: at("2024-04-22 08.00"))
    assert browser(bureau).get(address).status_code == 200


def test_a_file_that_was_erased_says_so_and_is_not_an_error(story, form):
    address = sent_evidence(form)
    blob = Evidence.objects.get().blob
    erase_blob(blob, now=FORMS_OPEN)

    page = form.client.get(address)

    assert page.status_code == 422
    assert f"Yang tersisa sidiknya: {blob.sha256}." in words(page)
