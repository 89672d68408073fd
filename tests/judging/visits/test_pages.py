"""The pages of a visit: who finds them, what a phone sends, what two visitors meet, and what is never shown."""

import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sp2k.accounts.actions import create_user
from sp2k.base.clock import start_demonstration_clock
from sp2k.entries.models import Answer, Evidence
from sp2k.judging.actions import record_visit_finding, set_visit_plan
from sp2k.judging.models import Conflict, HeldPhoto, VisitFinding
from tests.story.locking import publish_as_it_stands, told_as_locked
from tests.story.small import at, entry, other_bureau, person, seat
from tests.story.visiting import VISITING, innovation, picture, presented

LIST = "/juri/kunjungan/"
NOT_READ = "Temuan dibaca tim kunjungan; penyelenggara membacanya setelah tahap dikunci"


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def address(visit):
    return f"{LIST}{visit.pk}/"


@pytest.fixture
def as_visitor(client, visitor):
    client.force_login(visitor)
    return client


@pytest.fixture
def send(as_visitor, address):
    """Send a finding as the page does, what is given replacing what was filled in."""

    def sending(claim="A1", client=as_visitor, **typed):
        filled = {
            "op_id": uuid.uuid4(), "device_nonce": "ab" * 32, "base_rev": 0, "verdict": "tidak",
            "note": "Papan tidak ada.", "place": "Ruang depan", "seen_at": "2024-06-19T08:45",
        }  # fmt: skip
        return client.post(f"{address}klaim/{claim}/", filled | typed)

    return sending


def recorded(own, by, **said):
    given = {"note": "Dilihat di tempat.", "verdict": "tidak", "now": VISITING} | said
    return record_visit_finding(own, given.pop("claim", "A1"), given.pop("verdict"), by=by, **given)


class TestWhoFindsIt:
    def test_a_juror_who_is_not_on_the_team_finds_nothing(self, visiting, client, address):
        client.force_login(create_user("juri-lain", "Juri Lain", roles=[("J", "65")]))

        pages = [client.get(f"{address}{page}").status_code for page in ("", "klaim/A1/", "rencana/", "berita-acara.pdf")]
        assert pages == [404, 404, 404, 404]
        assert "Tanjung Palas" not in words(client.get(LIST))

    @pytest.mark.parametrize("role", ["C", "R", "V"])
    def test_kecamatan_and_regency_find_nothing_before_the_publication(self, visiting, own, visitor, client, address, role):
        recorded(own, visitor)
        client.force_login(person(visiting, role, "65.01"))

        assert client.get(address).status_code == 404
        assert "Tanjung Palas" not in words(client.get(LIST))

    @pytest.mark.parametrize(("role", "status"), [("C", 200), ("R", 200), ("V", 404)])
    def test_after_the_publication_they_read_their_own(self, visiting, own, visitor, client, address, role, status):
        recorded(own, visitor)
        publish_as_it_stands(visiting.edition, by=visiting.bureau[0], now=VISITING)
        own_reader, stranger = person(visiting, role, "65.01"), person(visiting, role, "65.04")

        client.force_login(own_reader)
        assert client.get(f"{address}klaim/A1/").status_code == status
        client.force_login(stranger)
        assert client.get(f"{address}klaim/A1/").status_code == 404

    def test_the_bureau_follows_it_but_reads_findings_only_after_the_lock(self, visiting, own, visitor, client, address):
        recorded(own, visitor, note="Rahasia lapangan.")
        client.force_login(visiting.bureau[0])
        before = words(client.get(address))

        assert "1 dari" in before and NOT_READ in before
        assert "Rahasia" not in before
        assert client.get(f"{address}klaim/A1/").status_code == 403
        assert client.get(f"{address}berita-acara.pdf").status_code == 403
        told_as_locked(visiting.edition.stages.get(code="lapang"), at=VISITING, by=visiting.bureau[0])
        assert "Rahasia lapangan." in words(client.get(f"{address}klaim/A1/"))

    def test_the_bureaus_page_is_the_same_whatever_was_found(self, visiting, own, visitor, client, address):
        first = recorded(own, visitor, note="Tidak ada.")
        client.force_login(visiting.bureau[0])
        bad = client.get(address).content
        VisitFinding.objects.filter(pk=first.pk).update(
            verdict="lebih", note="Luar biasa, jauh lebih baik.", place="Aula", seen_at=VISITING
        )

        assert re.sub(rb'value="[^"]{64}"', b"", client.get(address).content) == re.sub(rb'value="[^"]{64}"', b"", bad)

    def test_the_inspectorate_reads_and_the_neighbours_bureau_does_not(self, visiting, own, visitor, client, address):
        recorded(own, visitor)
        client.force_login(create_user("pengawas", "Pengawas", roles=[("I", "65")]))
        assert "Dilihat di tempat." in words(client.get(f"{address}klaim/A1/"))
        assert client.post(f"{address}klaim/A1/", {}).status_code == 404

        client.force_login(other_bureau())
        assert client.get(address).status_code == 404

    def test_a_conflicted_visitor_is_told_why(self, visiting, visit, as_visitor, visitor, send, address):
        Conflict.objects.create(
            seat=seat(visiting, "bappeda", "lapang"), user=visitor, participation=visit, ground="asal", reason="Asal.",
            declared_at=VISITING,
        )  # fmt: skip

        for answer in (as_visitor.get(address), as_visitor.get(f"{address}klaim/A1/"), send()):
            assert answer.status_code == 403
            assert "benturan kepentingan yang tercatat" in words(answer)
        assert VisitFinding.objects.count() == 0


class TestRecording:
    def test_a_visitor_records_a_claim_with_a_photo_and_reads_it_back(self, as_visitor, send, address):
        answer = send(photos=[picture("satu.jpg"), picture("dua.jpg", colour="#a00")], camera=picture(colour="#0a0"))

        assert (answer.status_code, answer.url) == (302, f"{address}#klaim-A1")
        page = words(as_visitor.get(address))
        assert "Temuan A1 tersimpan: Tidak ditemukan, mengurangi 1 poin." in page
        assert "Juri 2 (contoh) · 3 foto" in page
        finding = VisitFinding.objects.get()
        assert (finding.place, finding.seen_at) == ("Ruang depan", at("2024-06-19 08.45"))

    def test_nothing_is_chosen_beforehand(self, as_visitor, address):
        form = as_visitor.get(f"{address}klaim/A1/").content.decode()

        assert form.count('type="radio"') == 3
        assert "checked" not in form

    def test_what_is_refused_keeps_what_was_typed(self, as_visitor, send):
        answer = send(verdict="", note="Sudah saya tulis panjang.", place="Gudang")

        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Pilih salah satu." in page and "Sudah saya tulis panjang." in page and 'value="Gudang"' in page

    @pytest.mark.parametrize(
        ("file", "sentence"),
        [
            (("foto.jpg", b"MZ\x90\x00" + b"\x00" * 300), "Berkas &quot;foto.jpg&quot; bukan JPG, PNG, atau HEIC."),
            (("foto.jpg", b""), "Berkas &quot;foto.jpg&quot; kosong (0 bita)."),
            (("foto.pdf", b"%PDF-1.4\n"), "Berkas &quot;foto.pdf&quot; bukan JPG, PNG, atau HEIC."),
        ],
    )
    def test_a_file_that_is_no_picture_is_refused(self, send, file, sentence):
        answer = send(photos=[SimpleUploadedFile(*file, content_type="image/jpeg")])

        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert VisitFinding.objects.count() == 0

    def test_the_same_sending_twice_is_one_finding(self, as_visitor, send):
        sent = uuid.uuid4()

        answers = [send(op_id=sent, photos=[picture()]).status_code for _ in range(2)]

        assert answers == [302, 302]
        assert VisitFinding.objects.count() == 1

    def test_extra_fields_change_nothing(self, send, visitor):
        send(by="1", seat="1", points="99", revision="7", stage="lain")

        finding = VisitFinding.objects.get()
        assert (finding.by, finding.revision, finding.seat.code) == (visitor, 1, "bappeda")

    def test_after_the_deadline_the_sentence_stands_in_the_form(self, visiting, send, as_visitor, address):
        start_demonstration_clock(at("2024-06-21 16.01"))

        answer = send()

        assert answer.status_code == 422
        assert "Batas waktu tahap Tinjau lapang sudah lewat" in words(answer)
        assert "Simpan temuan" not in words(as_visitor.get(f"{address}klaim/A1/"))

    def test_a_second_visitor_sees_both_and_decides(self, as_visitor, send, chair, client, own, visitor):
        recorded(own, visitor, note="Papan tidak ada.")
        client.force_login(chair)

        answer = send(client=client, verdict="lebih", note="Papan ada di aula.")

        page = words(answer)
        assert answer.status_code == 409
        assert "Papan tidak ada." in page and "Papan ada di aula." in page
        assert VisitFinding.objects.count() == 1
        changed = send(client=client, verdict="lebih", note="Papan ada di aula.", base_rev=1, reason="Dilihat bersama.")
        assert changed.status_code == 302
        assert list(VisitFinding.objects.values_list("revision", "verdict")) == [(1, "tidak"), (2, "lebih")]

    def test_photos_of_a_refused_sending_wait_at_the_server(self, as_visitor, send, address, client, chair):
        refused = send(verdict="", photos=[picture("aula.jpg")], camera=picture("kamera.jpg", colour="#a00"))
        first, second = HeldPhoto.objects.all()

        assert refused.status_code == 422 and VisitFinding.objects.count() == 0
        for page in (refused, as_visitor.get(f"{address}klaim/A1/")):
            boxes = re.findall(r'name="held" value="(\d+)"[^>]*checked', page.content.decode())
            assert boxes == [str(first.pk), str(second.pk)]
        sent = uuid.uuid4()
        assert [send(op_id=sent, held=[first.pk]).status_code for _ in range(2)] == [302, 302]
        assert list(VisitFinding.objects.get().photos.values_list("name", flat=True)) == [first.name]
        client.force_login(chair)
        assert 'name="held"' not in client.get(f"{address}klaim/A1/").content.decode()

    def test_photos_of_someone_else_or_another_claim_cannot_be_attached(self, as_visitor, send, chair, client):
        send(verdict="", photos=[picture()])
        photo = HeldPhoto.objects.get()

        assert send(claim="A1", held=[photo.pk + 1]).status_code == 422
        client.force_login(chair)
        assert send(client=client, held=[photo.pk]).status_code == 422
        assert VisitFinding.objects.count() == 0

    def test_photos_survive_a_conflict_of_two_visitors(self, send, chair, client, own, visitor):
        recorded(own, visitor)
        client.force_login(chair)

        answer = send(client=client, photos=[picture()])

        photo = HeldPhoto.objects.get()
        assert answer.status_code == 409 and f'name="held" value="{photo.pk}"' in answer.content.decode()
        assert send(client=client, base_rev=1, reason="Dilihat bersama.", held=[photo.pk]).status_code == 302
        assert VisitFinding.objects.get(revision=2).photos.count() == 1

    def test_a_change_needs_a_reason(self, send, own, visitor):
        recorded(own, visitor)

        assert send(base_rev=1, verdict="lebih").status_code == 422
        assert send(base_rev=1, verdict="lebih", reason="Dilihat lagi.").status_code == 302

    @pytest.mark.parametrize("broken", [{"op_id": "bukan"}, {"device_nonce": "pendek"}, {"base_rev": "-1"}])
    def test_a_sending_broken_on_the_way_is_refused(self, send, broken):
        assert send(**broken).status_code == 422
        assert VisitFinding.objects.count() == 0

    def test_a_visitor_moves_a_claim_to_another_place(self, as_visitor, address):
        as_visitor.post(f"{address}klaim/A1/tempat/", {"place": "Balai Desa Gunung Sari"})

        page = words(as_visitor.get(address))
        assert re.search(r"Balai Desa Gunung Sari Pelayanan A1 Monografi", page)

    def test_a_claim_that_is_not_on_the_list_is_not_there(self, as_visitor, address):
        assert as_visitor.get(f"{address}klaim/Z9/").status_code == 404
        assert as_visitor.post(f"{address}klaim/Z9/tempat/", {"place": "x"}).status_code == 404


class TestPhotos:
    def test_a_photo_is_served_as_a_picture_and_nothing_else(self, as_visitor, own, visitor, send, address):
        send(photos=[picture()])
        photo = VisitFinding.objects.get().photos.get()

        answer = as_visitor.get(f"{address}foto/{photo.pk}/")

        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.content[:3] == b"\xff\xd8\xff" and b"Exif" not in answer.content

    def test_a_photo_is_found_only_at_its_own_visit_and_by_who_may_read(self, visiting, send, address, client, chair):
        send(photos=[picture()])
        photo = VisitFinding.objects.get().photos.get()
        elsewhere = entry(visiting, "lapang", "65.04.01")

        client.force_login(chair)
        assert client.get(f"{LIST}{elsewhere.pk}/foto/{photo.pk}/").status_code == 404
        client.force_login(visiting.bureau[0])
        assert client.get(f"{address}foto/{photo.pk}/").status_code == 403
        client.force_login(create_user("juri-lain", "Juri Lain", roles=[("J", "65")]))
        assert client.get(f"{address}foto/{photo.pk}/").status_code == 404


class TestEvidence:
    @pytest.fixture
    def evidence(self, visit):
        return Evidence.objects.get(form__participation__entry=visit.entry)

    def test_the_team_saves_the_evidence_that_is_named_beside_the_claim(self, as_visitor, address, evidence):
        link = f"{address}bukti/{evidence.pk}/"
        assert link in as_visitor.get(f"{address}klaim/A1/").content.decode()

        answer = as_visitor.get(link)

        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.content[:5] == b"%PDF-"

    def test_evidence_of_another_entry_and_other_readers_find_nothing(self, visiting, as_visitor, evidence, client, address):
        elsewhere = entry(visiting, "lapang", "65.04.01")
        assert as_visitor.get(f"{LIST}{elsewhere.pk}/bukti/{evidence.pk}/").status_code == 404

        client.force_login(create_user("juri-lain", "Juri Lain", roles=[("J", "65")]))
        assert client.get(f"{address}bukti/{evidence.pk}/").status_code == 404

    def test_the_document_of_an_innovation_is_saved_too(self, visit, as_visitor, visitor, evidence, address):
        innovation(visit, visitor, document=evidence.blob, document_name="inovasi.pdf")

        assert f"{address}inovasi/1/" in as_visitor.get(f"{address}klaim/inov-1/").content.decode()
        assert 'filename="inovasi.pdf"' in as_visitor.get(f"{address}inovasi/1/").headers["Content-Disposition"]
        assert as_visitor.get(f"{address}inovasi/2/").status_code == 404


class TestLists:
    def test_whoever_is_not_signed_in_is_sent_to_the_door(self, visiting, client, address):
        assert {client.get(page).status_code for page in (LIST, address, f"{address}klaim/A1/")} == {302}

    def test_the_list_counts_and_never_tells(self, visiting, visit, own, visitor, chair, client):
        set_visit_plan(visit, ["A1", "B1"], by=chair, now=VISITING)
        recorded(own, visitor)
        client.force_login(visiting.bureau[0])

        page = words(client.get(LIST))

        assert "Tanjung Palas Kabupaten Bulungan" in page and "1 dari 2 klaim" in page
        assert "rencana belum disusun" in page and "poin" not in page

    def test_pages_ask_the_same_number_of_questions_however_long_they_are(self, visiting, visit, own, visitor, as_visitor,
                                                                         address):  # fmt: skip
        def asked(page):
            with CaptureQueriesContext(connection) as queries:
                assert as_visitor.get(page).status_code == 200
            return len(queries)

        recorded(own, visitor)
        recorded(own, visitor, claim="A2")
        short = [asked(page) for page in (LIST, address, f"{address}klaim/A1/")]
        form = Answer.objects.get(form__participation__entry=visit.entry).form
        Answer.objects.bulk_create([Answer(form=form, indicator=code, values={}, documents={}) for code in ("A2", "A3", "B1")])
        for n in range(1, 60):
            innovation(visit, visitor, number=n)
            presented(visiting, visitor, number=n, text=f"Klaim ke-{n}.")
        for n in range(1, 20):
            recorded(own, visitor, claim=f"inov-{n}")
        long = [asked(page) for page in (LIST, address, f"{address}klaim/A1/")]

        assert short == long
        assert max(long) < 50


