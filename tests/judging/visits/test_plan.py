"""Before the visit: which claims are looked into, where, and what was claimed at the presentation."""

import uuid

import pytest

from sp2k.accounts.actions import create_user
from sp2k.base.clock import start_demonstration_clock
from sp2k.base.refusals import BadInput, NotAllowed
from sp2k.entries.models import Answer, Finding
from sp2k.entries.sealing import Sending
from sp2k.journal.models import Line
from sp2k.judging.actions import (
    declare_conflict,
    note_presentation_claim,
    place_claim,
    record_visit_finding,
    set_visit_plan,
    void_finding,
    void_presentation_claim,
)
from sp2k.judging.models import ClaimPlace, PresentationClaim, VisitPlan
from sp2k.judging.queries.claims import by_place, chosen_claims, latest_plan, usual_choice, visit_claims
from tests.story.locking import told_as_locked
from tests.story.small import EDITION, FIRST, JURY_SEATED, at, duty, entry, holder, play_small, seat
from tests.story.unchanged import refused
from tests.story.visiting import VISITING, innovation, presented

PALAS = "Kecamatan Tanjung Palas, Kabupaten Bulungan"


def chosen(visit):
    return [claim.code for claim in chosen_claims(visit_claims(visit), latest_plan(visit))]


class TestClaims:
    def test_a_claim_says_what_was_claimed_its_evidence_and_its_points(self, visit):
        [claim] = visit_claims(visit)

        assert (claim.code, claim.group, claim.title, claim.place) == (
            "A1", "Pelayanan", "Monografi", "Kantor Kecamatan Tanjung Palas",
        )  # fmt: skip
        assert [row.name for row in claim.documents] == list(
            dict.fromkeys(Answer.objects.get(form__participation__entry=visit.entry).documents.values())
        )
        assert (claim.claimed, claim.verified, claim.points_in_words) == ("20", "20", "20")

    def test_values_are_told_in_words_and_points_beside_the_claim_where_they_differ(self, visit):
        form = Answer.objects.get(form__participation__entry=visit.entry).form
        Answer.objects.create(form=form, indicator="A2", values={"layanan": "12,5"}, documents={})
        Answer.objects.create(form=form, indicator="A3", values={"loket": "ada"}, documents={})
        Finding.objects.filter(verification__form=form, indicator="A3").update(points="2/3")

        told = {claim.code: claim for claim in visit_claims(visit)}

        assert told["A2"].said == (("Jumlah layanan", "12,5"),)
        assert told["A3"].said == (("", "ada"),)
        assert told["A3"].points_in_words == "2/3 (20)"

    def test_innovations_and_what_was_presented_follow_with_their_places(self, visiting, visit, visitor):
        innovation(visit, visitor)
        innovation(visit, visitor, number=2, place="", voided_at=VISITING, voided_reason="Keliru.")
        presented(visiting, visitor, place="Pasar Induk")
        presented(visiting, visitor, number=2)

        places = [(row.place, [claim.code for claim in row.claims]) for row in by_place(visit_claims(visit))]

        assert places == [
            ("Kantor Kecamatan Tanjung Palas", ["A1", "pres-2"]), ("Balai Desa Gunung Sari", ["inov-1"]),
            ("Pasar Induk", ["pres-1"]),
        ]  # fmt: skip

    def test_without_a_plan_the_ten_indicators_with_most_at_stake_and_all_that_was_told(self, visit, visitor):
        innovation(visit, visitor)
        [of_form, told] = visit_claims(visit)
        many = [type(of_form)(f"A{n}", "", "", claimed=str(n)) for n in range(1, 15)]

        assert usual_choice([*many, told]) == {f"A{n}" for n in range(5, 15)} | {"inov-1"}


class TestPlan:
    def test_the_chair_or_the_bureau_chooses_in_order_and_the_journal_keeps_a_commitment(self, visiting, visit, chair):
        plan = set_visit_plan(visit, ["B1", "A1"], by=chair, now=VISITING)

        body = f'"body":{{"c":"{plan.commitment}","entry":"65.01.01","n":2,"rev":1,"stage":"lapang"}}'
        assert body in Line.objects.get(type="visit.plan").canonical
        assert set_visit_plan(visit, ["A1"], by=visiting.bureau[0], now=VISITING, reason="Satu cukup.").revision == 2

    def test_a_visitor_who_is_not_the_chair_does_not_choose(self, visit, visitor):
        with refused("Peran Anda tidak mencakup tindakan ini.", NotAllowed):
            set_visit_plan(visit, ["A1"], by=visitor, now=VISITING)

    def test_a_chair_of_another_panel_does_not_choose(self, visit):
        stranger = create_user("ketua-lain", "Ketua Lain", roles=[("K", "65")])

        with refused("Anda bukan anggota tim kunjungan ini.", NotAllowed):
            set_visit_plan(visit, ["A1"], by=stranger, now=VISITING)

    def test_a_plan_holds_only_claims_of_this_entry_and_at_least_one(self, visit, chair):
        with refused("Pilih paling sedikit satu klaim yang dikunjungi.", BadInput):
            set_visit_plan(visit, [], by=chair, now=VISITING)
        with refused("Klaim Z9 bukan indikator isian kecamatan. Tulis kode indikatornya, misalnya A1.", BadInput):
            set_visit_plan(visit, ["A1", "Z9"], by=chair, now=VISITING)
        with refused(f"Klaim inov-1 tidak ada pada {PALAS}, atau sudah dibatalkan. Muat ulang halaman.", BadInput):
            set_visit_plan(visit, ["inov-1"], by=chair, now=VISITING)

    def test_a_change_has_a_reason_and_the_same_choice_is_no_change(self, visit, chair):
        first = set_visit_plan(visit, ["A1"], by=chair, now=VISITING)

        assert set_visit_plan(visit, ["A1"], by=chair, now=VISITING) == first
        with refused("Rencana kunjungan sudah ditetapkan. Tulis alasan perubahan sebelum menyimpan lagi.", BadInput):
            set_visit_plan(visit, ["A1", "B1"], by=chair, now=VISITING)
        with refused("Rencana kunjungan ini berubah di tempat lain: yang tersimpan revisi 1, kiriman ini mengubah revisi "
                     "0. Muat ulang, pilih yang berlaku, lalu kirim lagi."):  # fmt: skip
            set_visit_plan(visit, ["B1"], by=chair, now=VISITING, reason="Lain.", sending=Sending(base_rev=0))

    def test_what_has_a_finding_stays_on_the_plan_unless_the_finding_is_voided(self, visiting, visit, own, visitor, chair):
        finding = record_visit_finding(own, "A1", "tidak", note="Kosong.", by=visitor, now=VISITING)

        with refused("Klaim A1 sudah ada temuannya, jadi tetap dalam rencana."):
            set_visit_plan(visit, ["B1"], by=chair, now=VISITING)
        void_finding(finding, reason="Salah kecamatan.", by=visiting.bureau[0], now=VISITING)
        assert set_visit_plan(visit, ["B1"], by=chair, now=VISITING).revision == 1

    def test_after_the_lock_nothing_is_chosen(self, visiting, visit, chair):
        told_as_locked(visit.stage, at=VISITING, by=visiting.bureau[0])

        with refused("Tahap Tinjau lapang sudah dikunci pada 19 Juni 2024, 09.00 WITA.", NotAllowed):
            set_visit_plan(visit, ["A1"], by=chair, now=VISITING)

    def test_a_place_may_be_set_by_plan_or_visitor_but_never_emptied(self, visit, own, visitor, chair):
        set_visit_plan(visit, ["A1"], by=chair, now=VISITING, places={"A1": "Aula"})
        place_claim(own, "A1", "Gudang arsip", by=visitor, now=VISITING)

        assert [claim.place for claim in visit_claims(visit)] == ["Gudang arsip"]
        with refused("Tempat dilihat untuk klaim A1 kosong. Tulis tempatnya, misalnya kantor kecamatan.", BadInput):
            place_claim(own, "A1", "  ", by=visitor, now=VISITING)
        assert ClaimPlace.objects.count() == 1

    def test_the_chair_fills_in_the_page(self, visit, visitor, chair, client):
        innovation(visit, visitor)
        client.force_login(chair)
        address = f"/juri/kunjungan/{visit.pk}/rencana/"
        form = client.get(address).content.decode()
        assert 'name="pick-0"' in form and 'value="Balai Desa Gunung Sari"' in form

        answer = client.post(address, {
            "op_id": uuid.uuid4(), "device_nonce": "ab" * 32, "base_rev": 0, "pick-0": "on", "turn-0": "2",
            "place-0": "Aula", "pick-1": "on", "turn-1": "1", "place-1": "Balai Desa Gunung Sari",
        })  # fmt: skip

        assert answer.status_code == 302
        assert chosen(visit) == ["inov-1", "A1"]
        assert list(ClaimPlace.objects.values_list("claim", "place")) == [("A1", "Aula")]
        client.force_login(visitor)
        assert client.get(address).status_code == 404

    def test_a_page_refused_keeps_what_was_typed(self, visit, chair, client):
        client.force_login(chair)

        answer = client.post(f"/juri/kunjungan/{visit.pk}/rencana/", {
            "op_id": uuid.uuid4(), "device_nonce": "ab" * 32, "base_rev": 0, "place-0": "Gudang", "turn-0": "satu"
        })  # fmt: skip

        assert answer.status_code == 422
        assert 'value="Gudang"' in answer.content.decode() and "Urutan berupa angka" in answer.content.decode()
        assert VisitPlan.objects.count() == 0


class TestPresentation:
    MORNING = at("2024-06-04 09.00")

    @pytest.fixture
    def presenting(self, db):
        story = play_small(until=JURY_SEATED)
        start_demonstration_clock(self.MORNING)
        return story

    @pytest.fixture
    def address(self, presenting):
        return f"/juri/paparan/{entry(presenting, 'presentasi', FIRST).pk}/"

    def test_the_bureau_notes_claims_and_strikes_one_out(self, presenting, client, address):
        client.force_login(presenting.bureau[0])
        client.post(address, {"text": "Pengaduan dijawab dalam dua hari.", "place": "Loket"})
        client.post(address, {"text": "Semua desa mempunyai petugas statistik."})
        first, second = PresentationClaim.objects.order_by("pk")

        client.post(f"{address}klaim/{second.pk}/batal/", {"reason": "Salah dengar."})

        assert (first.code, first.place, second.code) == ("pres-1", "Loket", "pres-2")
        page = client.get(address).content.decode()
        assert "dibatalkan: Salah dengar." in page
        assert client.get("/juri/paparan/").content.decode().count(">1</td>") == 1
        assert {line.type for line in Line.objects.filter(type__startswith="claim.")} == {"claim.note", "claim.void"}
        assert not Line.objects.filter(canonical__contains="Pengaduan").exists()

    def test_the_number_of_a_voided_claim_is_not_given_again(self, presenting):
        by, subject = presenting.bureau[0], entry(presenting, "presentasi", FIRST)
        first = note_presentation_claim(subject, "Satu.", by=by, now=self.MORNING)
        void_presentation_claim(first, reason="Keliru.", by=by, now=self.MORNING)

        assert note_presentation_claim(subject, "Satu.", by=by, now=self.MORNING).code == "pres-2"

    def test_a_claim_is_one_sentence_once(self, presenting):
        by, subject = presenting.bureau[0], entry(presenting, "presentasi", FIRST)
        note_presentation_claim(subject, "Satu.", by=by, now=self.MORNING)

        for text, sentence, kind in (
            ("Satu.", "Klaim ini sudah dicatat dengan kata-kata yang sama.", None),
            (" ", "Tulis satu klaim dalam satu kalimat, misalnya: layanan KTP selesai dalam satu hari.", BadInput),
            ("a" * 501, "Klaim terlalu panjang: 501 huruf, paling banyak 500. Ringkaskan.", BadInput),
        ):
            with refused(sentence, *filter(None, [kind])):
                note_presentation_claim(subject, text, by=by, now=self.MORNING)

    def test_a_juror_does_not_note_and_a_locked_stage_is_only_read(self, presenting, client, address):
        client.force_login(holder(presenting, "bappeda"))
        assert client.get(address).status_code == 403
        assert client.get("/juri/paparan/").status_code == 404

        client.force_login(presenting.bureau[0])
        subject = entry(presenting, "presentasi", FIRST)
        told_as_locked(subject.stage, at=self.MORNING, by=presenting.bureau[0])
        assert "Tahap Presentasi sudah dikunci" in client.get(address).content.decode()
        assert client.post(address, {"text": "Terlambat."}).status_code == 422
        assert PresentationClaim.objects.count() == 0

    def test_a_claim_that_visitors_may_look_into_is_not_struck_out(self, visiting, visitor):
        claim = presented(visiting, visiting.bureau[0])

        with refused("Tahap Presentasi sudah dikunci pada 5 Juni 2024, 17.00 WITA.", NotAllowed):
            void_presentation_claim(claim, reason="Keliru.", by=visiting.bureau[0], now=VISITING)


class TestClaimsNotedByJurors:
    """Where the stage's rules say `klaim_oleh_juri`, each juror notes claims, and sees the own alone."""

    MORNING = at("2024-06-04 09.00")
    RULE = EDITION.replace("  sumber: juri\n", "  sumber: juri\n  klaim_oleh_juri: true\n", 1)

    @pytest.fixture
    def presenting(self, db):
        story = play_small(until=JURY_SEATED, source=self.RULE)
        start_demonstration_clock(self.MORNING)
        return story

    @pytest.fixture
    def address(self, presenting):
        return f"/juri/paparan/{entry(presenting, 'presentasi', FIRST).pk}/"

    def note(self, client, user, address, text):
        client.force_login(user)
        return client.post(address, {"text": text}, follow=True)

    def test_a_juror_notes_a_claim_from_the_sheet_and_sees_no_other_jurors(self, presenting, client, address):
        first, second = holder(presenting, "bappeda"), holder(presenting, "dpmd")
        self.note(client, first, address, "Pengaduan dijawab dalam dua hari.")

        page = self.note(client, second, address, "Semua desa punya petugas statistik.").content.decode()

        assert ("petugas statistik" in page, "Pengaduan" in page) == (True, False)
        sheet = client.get(f"/juri/lembar/{duty(presenting, FIRST, 'dpmd').pk}/").content.decode()
        assert f'<a href="{address}">Catat klaim paparan</a>' in sheet
        assert client.get("/juri/paparan/").content.decode().count(">1</td>") == 1
        assert [row.by for row in PresentationClaim.objects.order_by("pk")] == [first, second]

    def test_the_bureau_sees_all_that_was_noted(self, presenting, client, address):
        self.note(client, holder(presenting, "bappeda"), address, "Pengaduan dijawab dalam dua hari.")

        client.force_login(presenting.bureau[0])

        assert "Pengaduan dijawab" in client.get(address).content.decode()

    def test_a_juror_strikes_out_the_own_alone(self, presenting, client, address):
        first, second = holder(presenting, "bappeda"), holder(presenting, "dpmd")
        self.note(client, first, address, "Pengaduan dijawab dalam dua hari.")
        claim = PresentationClaim.objects.get()

        client.force_login(second)
        assert client.get(f"{address}klaim/{claim.pk}/batal/").status_code == 404
        with refused("Klaim ini dicatat orang lain; ketua juri atau sekretariat yang membatalkannya.", NotAllowed):
            void_presentation_claim(claim, reason="Keliru.", by=second, now=self.MORNING)
        assert void_presentation_claim(claim, reason="Keliru.", by=first, now=self.MORNING).voided_at == self.MORNING

    def test_without_the_rule_a_juror_is_refused_before_and_after_the_lock(self, db, client):
        story = play_small(until=JURY_SEATED)
        start_demonstration_clock(self.MORNING)
        subject = entry(story, "presentasi", FIRST)
        client.force_login(holder(story, "dpmd"))

        assert client.get(f"/juri/paparan/{subject.pk}/").status_code == 403
        assert client.get("/juri/paparan/").status_code == 404
        assert "Catat klaim paparan" not in client.get(f"/juri/lembar/{duty(story, FIRST, 'dpmd').pk}/").content.decode()
        told_as_locked(subject.stage, at=self.MORNING, by=story.bureau[0])
        assert client.get(f"/juri/paparan/{subject.pk}/").status_code == 403

    def test_a_juror_in_conflict_notes_nothing(self, presenting, client, address):
        juror = holder(presenting, "bappeda")
        declare_conflict(
            seat(presenting, "bappeda"), entry(presenting, "presentasi", FIRST), reason="Adik.", by=juror, now=self.MORNING
        )

        assert self.note(client, juror, address, "Satu.").status_code == 403
        assert not PresentationClaim.objects.exists()
