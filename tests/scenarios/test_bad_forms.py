"""A kecamatan's form: what it cannot hold, being sent twice, sent back, changed, and checked."""

import pytest

from sp2k.accounts.actions import create_user
from sp2k.base.refusals import BadInput, NotAllowed
from sp2k.editions.actions import give_approval, lock_rules, open_edition
from sp2k.entries.actions import accept_forms, register_entries, return_form, submit_form, submit_forms
from sp2k.entries.claims import Claims, Document
from sp2k.entries.models import Answer, Evidence, Form
from sp2k.entries.sealing import Sending
from sp2k.publication.checking.status import edition_status
from sp2k.results.actions import lock_stage
from sp2k.results.queries import edition_progress
from tests.story.small import (
    BULUNGAN,
    EDITION,
    FIRST,
    FORMS_IN,
    FORMS_OPEN,
    SECOND,
    TANA_TIDUNG,
    at,
    entry,
    person,
    play_small,
    stage,
)
from tests.story.unchanged import refused

NOON = at("2024-03-05 12.00")
CHECKING = at("2024-04-10 12.00")
PDF = {"a.pdf": Document(b"%PDF a", "application/pdf"), "b.pdf": Document(b"%PDF b", "application/pdf")}
FULL = Claims(
    {
        "A1": {"bukti": {"monografi": "a.pdf"}},
        "A2": {"isian": {"layanan": "12"}},
        "A3": {"isian": {"loket": "ada"}},
        "B1": {"bukti": {"gagasan": "a.pdf", "hasil": "b.pdf"}},
    },
    PDF,
)


@pytest.fixture
def filling(db):
    """The first day of filling: nine kecamatan entered, none has sent."""
    return play_small(until=FORMS_OPEN)


@pytest.fixture
def operator(filling):
    return person(filling, "C", BULUNGAN)


@pytest.fixture
def verifier(filling):
    return person(filling, "V", BULUNGAN)


@pytest.fixture
def own(filling):
    return entry(filling, "isian", FIRST)


def asked(indicator, **values):
    return Claims({indicator: {"isian": values}})


WRONG = {
    "unknown indicator": (
        asked("Z9", layanan="3"),
        "Indikator Z9 tidak ada pada instrumen ini. Muat ulang halaman isian.",
    ),
    "unknown input": (
        asked("A2", warga="3"),
        "Isian warga tidak dikenal pada indikator A2. Muat ulang halaman isian.",
    ),
    "unknown evidence": (
        Claims({"A1": {"bukti": {"foto": "a.pdf"}}}, PDF),
        "Bukti foto tidak dikenal pada indikator A1. Muat ulang halaman isian.",
    ),
    "evidence not attached": (
        Claims({"A1": {"bukti": {"monografi": "hilang.pdf"}}}, PDF),
        'Indikator A1: berkas "hilang.pdf" belum terunggah. Unggah dahulu, lalu kirim lagi.',
    ),
    "empty document": (
        Claims({}, {"kosong.pdf": Document(b"", "application/pdf")}),
        'Berkas "kosong.pdf" kosong (0 bita). Pilih berkas lain, lalu unggah lagi.',
    ),
    "negative": (asked("A2", layanan="-3"), "Indikator A2: jumlah tidak boleh negatif. Anda menulis -3."),
    "negative number": (asked("A2", layanan=-3), "Indikator A2: jumlah tidak boleh negatif. Anda menulis -3."),
    "minus of a word processor": (
        asked("A2", layanan="\u2212 3"),
        "Indikator A2: jumlah tidak boleh negatif. Anda menulis \u2212 3.",
    ),
    "two readings": (
        asked("A2", layanan="1.000"),
        "Indikator A2: 1.000 dapat dibaca dua cara. Tulis 1000 (ribuan tanpa titik) atau 1,000 (desimal dengan koma).",
    ),
    "letters": (
        asked("A2", layanan="sepuluh"),
        'Indikator A2: jumlah harus angka, misalnya 12 atau 12,5. Anda menulis "sepuluh".',
    ),
    "no such choice": (
        asked("A3", loket="mungkin"),
        'Indikator A3: pilihan "mungkin" tidak ada. Pilih salah satu dari ada, belum.',
    ),
    "a list": (asked("A2", layanan=[1]), "Isian layanan pada indikator A2 tidak terbaca. Muat ulang halaman isian."),
    "turned writing": (
        asked("A3", loket="a\u202eda"),
        "Indikator A3 memuat tanda yang tidak terlihat (U+202E), huruf ke-2. Hapus atau ketik ulang bagian itu.",
    ),
    "control character in a name": (
        Claims({}, {"a\x00.pdf": Document(b"x", "application/pdf")}),
        "Nama berkas memuat tanda yang tidak terlihat (U+0000), huruf ke-2. Hapus atau ketik ulang bagian itu.",
    ),
    "name too long": (
        Claims({}, {"a" * 201: Document(b"x", "application/pdf")}),
        "Nama berkas terlalu panjang: 201 huruf, paling banyak 200. Ringkaskan.",
    ),
}


class TestClaims:
    def test_what_the_instrument_cannot_hold_is_refused(self, own, operator, subtests):
        for case, (claims, sentence) in WRONG.items():
            with subtests.test(case), refused(sentence, BadInput):
                submit_form(own, claims, by=operator, now=NOON)

    def test_whoever_may_not_hand_in_leaves_no_file_on_the_disk(self, own, verifier, data_folder):
        before = sorted((data_folder / "berkas").rglob("*"))
        secret = Claims({}, {"berat.pdf": Document(b"berat" * 1000, "application/pdf")})

        with refused("Peran Anda tidak mencakup tindakan ini.", NotAllowed):
            submit_form(own, secret, by=verifier, now=NOON)
        assert sorted((data_folder / "berkas").rglob("*")) == before

    def test_text_is_kept_the_one_way_it_can_be_sealed(self, own, operator):
        name = "Dokume\u0301n.pdf"  # as some phones write é: a letter and an accent
        claims = Claims(
            {"A1": {"bukti": {"monografi": name}}, "A2": {"isian": {"layanan": " 12,5 "}}},
            {name: Document(b"x", "application/pdf")},
        )

        form = submit_form(own, claims, by=operator, now=NOON)

        assert Evidence.objects.get(form=form).name == "Dokum\u00e9n.pdf"
        assert Answer.objects.get(form=form, indicator="A2").values == {"layanan": "12,5"}

    def test_a_form_is_for_a_stage_that_is_filled_in(self, db):
        story = play_small(until=at("2024-06-04 07.59"))
        presenting, operator = entry(story, "presentasi", FIRST), person(story, "C", BULUNGAN)

        with refused("Tahap Presentasi tidak menerima isian kecamatan."):
            submit_form(presenting, Claims({}), by=operator, now=at("2024-06-04 09.00"))


class TestSentTwice:
    def test_the_same_sending_twice_is_one_form_also_after_closing(self, filling, own, operator):
        sending = Sending()
        first = submit_form(own, FULL, by=operator, now=NOON, sending=sending)

        again = submit_form(own, FULL, by=operator, now=NOON, sending=sending)
        late = submit_form(own, FULL, by=operator, now=at("2024-04-08 09.00"), sending=sending)

        assert (again.pk, late.pk, Form.objects.count(), Evidence.objects.count()) == (first.pk, first.pk, 1, 2)
        assert filling.edition.chain.lines.filter(type="form.submit").count() == 1

    def test_the_same_number_with_other_content_is_refused(self, own, operator):
        sending = Sending()
        submit_form(own, FULL, by=operator, now=NOON, sending=sending)

        with refused("Nomor kiriman ini sudah dipakai untuk isi yang berbeda. Muat ulang halaman, lalu kirim lagi."):
            submit_form(own, asked("A2", layanan="11"), by=operator, now=NOON, sending=sending)

    def test_the_number_of_another_account_is_refused(self, filling, own, operator):
        sending = Sending()
        submit_form(own, FULL, by=operator, now=NOON, sending=sending)
        stranger = person(filling, "C", TANA_TIDUNG)

        with refused("Kiriman ini dibuat dengan akun lain. Kirim dengan akun yang mengisinya.", NotAllowed):
            submit_form(own, FULL, by=stranger, now=NOON, sending=sending)

    def test_a_broken_sending_is_refused(self):
        for broken in ({"op_id": "1"}, {"device_nonce": ""}, {"device_nonce": "zz"}, {"device_nonce": "AB" * 32}):
            with pytest.raises(BadInput, match="rusak di jalan"):
                Sending(**broken)

    def test_the_same_sending_twice_in_one_batch_is_one_form(self, own, operator):
        sending = Sending()

        first, second = submit_forms([(own, FULL, sending), (own, FULL, sending)], by=operator, now=NOON)

        assert (first.pk, Form.objects.count()) == (second.pk, 1)

    def test_a_kecamatan_twice_in_one_batch_is_refused(self, own, operator):
        batch = [(own, FULL, Sending()), (own, FULL, Sending())]

        with refused(
            "Isian Kecamatan Tanjung Palas, Kabupaten Bulungan ada dua kali dalam kiriman ini. Kirim satu saja.",
            BadInput,
        ):
            submit_forms(batch, by=operator, now=NOON)

    def test_one_form_that_is_refused_refuses_the_whole_batch(self, filling, own, operator):
        foreign = entry(filling, "isian", SECOND)

        with refused("Wilayah ini di luar kewenangan Anda.", NotAllowed):
            submit_forms([(own, FULL, Sending()), (foreign, FULL, Sending())], by=operator, now=NOON)


class TestSentAgain:
    def test_a_form_already_sent_is_changed_with_a_reason_only(self, own, operator):
        submit_form(own, FULL, by=operator, now=NOON)

        with refused("Isian ini sudah dikirim. Tulis alasan perubahan sebelum mengirim lagi.", BadInput):
            submit_form(own, asked("A2", layanan="11"), by=operator, now=NOON)
        changed = submit_form(own, asked("A2", layanan="11"), by=operator, now=NOON, reason=" Salah ketik. ")
        assert (changed.revision, changed.reason) == (2, "Salah ketik.")

    def test_a_form_changed_elsewhere_is_not_overwritten_unseen(self, own, operator):
        submit_form(own, FULL, by=operator, now=NOON)
        stale = Sending(base_rev=0)

        with refused(
            "Isian Kecamatan Tanjung Palas, Kabupaten Bulungan berubah di tempat lain: yang tersimpan revisi 1, kiriman "
            "ini mengubah revisi 0. Muat ulang, pilih yang berlaku, lalu kirim lagi."
        ):
            submit_form(own, asked("A2", layanan="11"), by=operator, now=NOON, sending=stale, reason="Dari telepon.")

    def test_a_form_is_sent_back_with_a_reason_only(self, own, operator, verifier):
        form = submit_form(own, FULL, by=operator, now=NOON)

        with refused("Tulis alasan pengembalian. Kecamatan perlu tahu apa yang harus diperbaiki.", BadInput):
            return_form(form, reason="  ", by=verifier, now=NOON)

    def test_a_form_sent_back_is_handed_in_again_with_that_reason(self, own, operator, verifier):
        form = submit_form(own, FULL, by=operator, now=NOON)
        return_form(form, reason="Monografi tahun lalu.", by=verifier, now=NOON)

        again = submit_form(own, FULL, by=operator, now=NOON)

        assert (again.revision, again.reason) == (2, "Diperbaiki setelah dikembalikan verifikator.")
        assert not again.verifications.exists()


class TestVerification:
    def test_points_follow_from_what_was_accepted(self, own, operator, verifier):
        form = submit_form(own, FULL, by=operator, now=NOON)

        [verification] = accept_forms([form], by=verifier, now=NOON, rejected={form.pk: {"B1": ["hasil"]}})

        found = {row.indicator: (row.accepted, row.points) for row in verification.findings.all()}
        assert found == {
            "A1": (["monografi"], "20"), "A2": ([], "20"), "A3": ([], "20"), "B1": (["gagasan"], "15")
        }  # fmt: skip

    def test_evidence_that_is_not_in_the_form_cannot_be_rejected(self, own, operator, verifier, subtests):
        form = submit_form(own, FULL, by=operator, now=NOON)

        for code, key in (("B1", "monografi"), ("Z9", "hasil"), ("A2", "layanan")):
            sentence = f"Bukti {key} pada indikator {code} tidak ada dalam isian yang diperiksa. Muat ulang halaman."
            with subtests.test(code), refused(sentence, BadInput):
                accept_forms([form], by=verifier, now=NOON, rejected={form.pk: {code: [key]}})

    def test_a_form_is_decided_once(self, own, operator, verifier):
        form = submit_form(own, FULL, by=operator, now=NOON)
        accept_forms([form], by=verifier, now=NOON)
        sentence = (
            "Isian Kecamatan Tanjung Palas, Kabupaten Bulungan revisi 1 sudah diterima. Muat ulang halaman untuk melihat "
            "putusannya."
        )

        with refused(sentence):
            accept_forms([form], by=verifier, now=NOON)
        with refused(sentence):
            return_form(form, reason="Terlambat.", by=verifier, now=NOON)

    def test_a_form_that_was_replaced_cannot_be_accepted_any_more(self, own, operator, verifier):
        old = submit_form(own, FULL, by=operator, now=NOON)
        submit_form(own, asked("A2", layanan="11"), by=operator, now=NOON, reason="Dibetulkan.")

        with refused(
            "Isian Kecamatan Tanjung Palas, Kabupaten Bulungan, revisi 1, sudah diganti revisi yang lebih baru. Periksa "
            "revisi terakhirnya."
        ):
            accept_forms([old], by=verifier, now=NOON)

    def test_a_verifier_works_until_the_later_date_and_not_after(self, own, operator, verifier):
        form = submit_form(own, FULL, by=operator, now=NOON)

        with refused("Batas verifikasi tahap Pengisian sudah lewat: 19 April 2024, 16.00 WITA.", NotAllowed):
            accept_forms([form], by=verifier, now=at("2024-04-19 16.01"))
        assert len(accept_forms([form], by=verifier, now=at("2024-04-19 16.00.59"))) == 1

    def test_an_accepted_form_that_is_replaced_waits_again(self, db):
        """The regency's yes was to the old claims: neither the lock nor the counts may take it for the new ones."""
        story = play_small(until=FORMS_IN)
        of_all = create_user("verifikator", "Verifikator", roles=[("V", "65")])
        accept_forms(list(Form.objects.all()), by=of_all, now=FORMS_IN)
        operator, own = person(story, "C", BULUNGAN), entry(story, "isian", FIRST)
        submit_form(own, FULL, by=operator, now=FORMS_IN, reason="Bukti tambahan.")
        filling = stage(story, "isian")

        with refused(
            "Tahap Pengisian belum dapat ditutup: 1 isian belum diterima verifikator (Kecamatan Tanjung Palas, Kabupaten "
            "Bulungan). Kosong tidak dihitung nol. Jalan keluarnya: isian yang sudah dikirim diperiksa, batas "
            "tahap dipindahkan supaya yang belum mengirim dapat mengirim, atau edisi ditutup tanpa hasil."
        ):
            lock_stage(filling, by=story.bureau[0], now=at("2024-04-19 17.00"))
        assert edition_progress(story.edition)[0].n_sheets == 8

    def test_a_kecamatan_accepted_twice_counts_once_in_rows_and_journal(self, own, operator, verifier, filling):
        accept_forms([submit_form(own, FULL, by=operator, now=NOON)], by=verifier, now=NOON)
        changed = submit_form(own, asked("A2", layanan="11"), by=operator, now=NOON, reason="Dibetulkan.")
        accept_forms([changed], by=verifier, now=NOON)

        assert edition_progress(filling.edition)[0].n_sheets == 1
        assert edition_status(filling.edition)["tahap"][0]["lembar"] == 1


class TestStagesApart:
    def test_forms_of_two_stages_cannot_be_mixed(self, filling, own, operator):
        """A batch is written into one edition's journal: a form of another stage would be told in the wrong one."""
        other = _same_kecamatan_in_a_second_edition(filling)

        with refused("Kecamatan Tanjung Palas, Kabupaten Bulungan bukan peserta tahap Pengisian. Kirim per tahap."):
            submit_forms([(own, FULL, Sending()), (other, FULL, Sending())], by=operator, now=NOON)


def _same_kecamatan_in_a_second_edition(story):
    text = EDITION.replace("kaltara-2024-uji", "kaltara-2024-lain")
    edition = open_edition(text, name="uji.yaml", by=story.bureau[0], now=FORMS_OPEN, is_sample=True)
    give_approval(edition, "kunci_aturan", edition.code, role="B", by=story.bureau[0], now=FORMS_OPEN)
    lock_rules(edition, by=story.bureau[1], now=FORMS_OPEN)
    first = edition.stages.get(code="isian")
    register_entries(first, by=story.bureau[0], now=FORMS_OPEN)
    return first.participations.get(entry__region=FIRST)
