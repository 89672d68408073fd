"""Opening an edition, approving, locking its rules, moving its dates: what each writes, and what each refuses."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.editions.actions import Paper, give_approval, lock_rules, move_announcement, move_stage, open_edition
from sp2k.editions.actions.calendar import carry_out_move, propose_move
from sp2k.editions.models import Approval, Edition, Stage
from sp2k.editions.queries import (
    edition_by_code,
    editions_visible_to,
    missing_approvals,
    move_subject,
    rules_hash_of,
    stages_visible_to,
)
from sp2k.instruments.models import Instrument
from sp2k.journal.canonical import parse
from sp2k.journal.models import Chain
from sp2k.journal.queries import replay
from tests.editions.conftest import NOW, edition_text
from tests.story.small import JURY_LOCKED, at, play_small, stage

LATER = NOW + timedelta(hours=1)
LETTER = Paper("130/77/2022", date(2022, 5, 30), b"%PDF pindaian")


def journal(edition=None):
    return [(entry["type"], entry["body"]) for entry in replay((edition or Edition.objects.get()).chain_id).entries]


@pytest.fixture
def locked(jatim, people):
    give_approval(jatim, "kunci_aturan", jatim.code, role="B", by=people["biro2"], now=NOW)
    return lock_rules(jatim, by=people["biro"], now=LATER)


class TestOpening:
    def test_the_rows_say_what_the_file_says(self, jatim):
        stages = list(jatim.stages.select_related("instrument"))

        assert (str(jatim), jatim.organiser) == (
            "SP2K Jawa Timur 2022",
            "Biro Pemerintahan dan Otonomi Daerah Provinsi Jawa Timur",
        )
        assert [(stage.position, stage.code, stage.kind) for stage in stages] == [
            (1, "isian", "isian"),
            (2, "seleksi", "seleksi"),
            (3, "presentasi", "penilaian"),
            (4, "lapang", "kunjungan"),
        ]
        assert [stage.instrument and stage.instrument.code for stage in stages] == [
            "sumedang-2026-skor100",
            None,
            "presentasi-jatim-2022",
            "lapang-jatim-2022",
        ]
        assert stages[0].checks_until == datetime(2022, 9, 16, 9, 0, tzinfo=UTC)
        assert [(title.place, title.name) for title in jatim.titles.all()][3:] == [
            (4, "Juara Harapan I"),
            (5, "Juara Harapan II"),
        ]

    def test_the_chain_begins_with_the_list_of_regions_and_whether_it_is_sample_data(self, jatim):
        genesis = parse(Chain.objects.get(name="jatim-2022").genesis.encode())

        assert (genesis["edition"], genesis["regions"]["decree"], genesis["sample"]) == (
            "jatim-2022",
            "Kepmendagri 300.2.2-2430 Tahun 2025",
            False,
        )
        assert [type for type, _ in journal()] == ["edition.open"]

    def test_an_edition_of_one_regency_opens_as_well(self, instruments, people):
        name = "banyuwangi-2022-contoh"

        edition = open_edition(edition_text(name), name=name, by=people["biro"], now=NOW, is_sample=True)

        assert (edition.region.name, edition.titles.count(), edition.is_sample) == ("Kabupaten Banyuwangi", 3, True)

    def test_a_code_that_exists_is_refused(self, jatim, people):
        with pytest.raises(Refused) as refused:
            open_edition(edition_text("jatim-2022"), name="a.yaml", by=people["biro"], now=NOW)

        assert refused.value.sentence == "Edisi jatim-2022 sudah ada. Pakai kode lain pada kunci edisi di a.yaml."

    def test_an_instrument_that_is_not_loaded_is_named_with_the_command(self, instruments, people):
        Instrument.objects.filter(code="lapang-jatim-2022").delete()

        with pytest.raises(Refused) as refused:
            open_edition(edition_text("jatim-2022"), name="a.yaml", by=people["biro"], now=NOW)

        assert refused.value.sentence == (
            "Instrumen lapang-jatim-2022 untuk tahap Tinjau lapang belum dimuat. "
            "Muat lebih dahulu dengan: sp2k instrument import BERKAS.yaml."
        )

    def test_a_file_that_cannot_work_leaves_nothing_behind(self, instruments, people):
        text = edition_text("jatim-2022").replace("jumlah: 5}", "jumlah: 39}", 1)

        with pytest.raises(Refused) as refused:
            open_edition(text, name="a.yaml", by=people["biro"], now=NOW)

        assert refused.value.sentence == (
            "a.yaml belum dapat dipakai. Tahap presentasi meloloskan 39, padahal paling banyak 38 kecamatan masuk."
        )
        assert (Edition.objects.count(), Chain.objects.exclude(name="wilayah").count()) == (0, 0)

    def test_a_region_that_is_not_loaded_is_refused(self, instruments, people):
        text = edition_text("jatim-2022").replace('wilayah: "35"', 'wilayah: "32"')

        with pytest.raises(Refused) as refused:
            open_edition(text, name="a.yaml", by=people["biro"], now=NOW)

        assert refused.value.sentence == "Wilayah 32 pada a.yaml tidak ada dalam daftar wilayah yang dimuat."

    def test_only_the_bureau_opens(self, instruments, people):
        with pytest.raises(NotAllowed):
            open_edition(edition_text("jatim-2022"), name="a.yaml", by=people["juri"], now=NOW)

        assert Edition.objects.count() == 0


class TestLocking:
    def test_two_of_the_bureau_lock_and_the_journal_holds_the_hash(self, locked):
        assert (locked.rules_locked_at, locked.rules_hash) == (LATER, rules_hash_of(locked))
        assert journal()[1:] == [
            ("approval.give", {"act": "kunci_aturan", "subject": "jatim-2022", "role": "B"}),
            ("rules.lock", {"hash": locked.rules_hash}),
        ]

    def test_one_alone_cannot_lock(self, jatim, people):
        give_approval(jatim, "kunci_aturan", jatim.code, role="B", by=people["biro"], now=NOW)

        with pytest.raises(Refused) as refused:
            lock_rules(jatim, by=people["biro"], now=LATER)

        assert refused.value.sentence == "Persetujuan belum lengkap: kurang 1 orang Penyelenggara provinsi."
        assert Edition.objects.get().rules_locked_at is None

    def test_a_second_lock_is_refused_and_changes_nothing(self, locked, people):
        with pytest.raises(Refused) as refused:
            lock_rules(locked, by=people["biro2"], now=LATER + timedelta(days=1))

        assert refused.value.sentence == "Aturan edisi ini sudah dikunci."
        assert (Edition.objects.get().rules_locked_at, len(journal())) == (LATER, 3)

    def test_a_second_lock_from_an_old_page_is_refused(self, jatim, people):
        stale = Edition.objects.get(pk=jatim.pk)
        give_approval(jatim, "kunci_aturan", jatim.code, role="B", by=people["biro2"], now=NOW)
        lock_rules(jatim, by=people["biro"], now=LATER)

        with pytest.raises(Refused) as refused:
            lock_rules(stale, by=people["biro2"], now=LATER)

        assert refused.value.sentence == "Aturan edisi ini sudah dikunci."

    def test_the_hash_changes_with_any_rule_or_instrument_but_not_with_a_date(self, jatim):
        before = rules_hash_of(jatim)

        jatim.rules["pengumuman"] = "2022-12-30 10.00"
        jatim.rules["tahap"][0]["selesai"] = "2022-09-02 16.00"
        after_dates = rules_hash_of(jatim)
        jatim.rules["tahap"][2]["kuota"]["jumlah"] = 6
        after_quota = rules_hash_of(jatim)
        jatim.refresh_from_db()
        Instrument.objects.filter(code="lapang-jatim-2022").update(sha256="0" * 64)

        assert after_dates == before
        assert len({before, after_quota, rules_hash_of(jatim)}) == 3


class TestApproving:
    def test_the_same_yes_twice_is_one(self, jatim, people):
        for _ in range(2):
            give_approval(jatim, "hasil", jatim.code, role="G", by=people["sekda"], now=NOW)

        assert (Approval.objects.count(), len(journal())) == (1, 2)
        assert missing_approvals(jatim, "hasil", jatim.code, also=people["biro"]) == []

    def test_a_letter_recorded_by_two_of_the_bureau_stands_for_the_leader(self, jatim, people):
        give_approval(jatim, "hasil", jatim.code, role="G", by=people["biro"], now=NOW, paper=LETTER)
        waiting = missing_approvals(jatim, "hasil", jatim.code, also=people["biro"])
        give_approval(jatim, "hasil", jatim.code, role="G", by=people["biro2"], now=NOW, paper=LETTER)

        assert waiting == [
            "kurang 1 orang Pimpinan, atau suratnya dicatat 2 orang Penyelenggara provinsi "
            "(surat 130/77/2022 baru dicatat 1 dari 2 orang Penyelenggara provinsi)"
        ]
        assert missing_approvals(jatim, "hasil", jatim.code, also=people["biro"]) == []
        assert journal()[-1] == (
            "approval.give",
            {
                "act": "hasil",
                "subject": "jatim-2022",
                "role": "G",
                "paper": ["130/77/2022", "2022-05-30", Approval.objects.last().paper_id],
            },
        )

    def test_nobody_speaks_for_a_role_he_does_not_hold(self, jatim, people):
        with pytest.raises(NotAllowed) as refused:
            give_approval(jatim, "hasil", jatim.code, role="G", by=people["biro"], now=NOW)

        assert refused.value.sentence == "Anda tidak memegang peran Pimpinan untuk Jawa Timur."

    def test_a_leader_does_not_record_his_own_letter(self, jatim, people):
        with pytest.raises(NotAllowed):
            give_approval(jatim, "hasil", jatim.code, role="G", by=people["sekda"], now=NOW, paper=LETTER)

    @pytest.mark.parametrize(
        ("act", "role", "paper", "sentence"),
        [
            ("hasil", "B", None, "Persetujuan hasil diminta dari Pimpinan, bukan dari peran B."),
            ("pesta", "B", None, "Aturan edisi tidak meminta persetujuan untuk pesta."),
            ("kunci_tahap", "B", None, "Aturan edisi tidak meminta persetujuan untuk kunci_tahap."),
            ("terbit", "B", LETTER, "Menurut aturan edisi, persetujuan terbit dari Penyelenggara provinsi "
                                    "tidak dapat lewat surat."),
            ("hasil", "G", Paper(" ", LETTER.dated, b"x"), "Tulis nomor surat persetujuan."),
            ("hasil", "G", Paper("1", LETTER.dated, b""), "Lampirkan pindaian surat persetujuan."),
            ("hasil", "G", Paper("1", date(2022, 6, 2), b"x"),
             "Tanggal surat, 2 Juni 2022, belum tiba. Periksa tanggalnya."),
        ],
    )  # fmt: skip
    def test_what_the_rules_do_not_ask_is_not_taken(self, jatim, people, act, role, paper, sentence):
        with pytest.raises(Refused) as refused:
            give_approval(jatim, act, jatim.code, role=role, by=people["biro"], now=NOW, paper=paper)

        assert refused.value.sentence == sentence
        assert Approval.objects.count() == 0

    def test_a_second_letter_from_one_recorder_takes_the_place_of_the_first_while_it_does_not_count(self, jatim, people):
        give_approval(jatim, "hasil", jatim.code, role="G", by=people["biro"], now=NOW, paper=LETTER)

        other = Paper("130/78/2022", LETTER.dated, b"x")
        give_approval(jatim, "hasil", jatim.code, role="G", by=people["biro"], now=NOW, paper=other)

        assert list(Approval.objects.values_list("by", "paper_number")) == [(people["biro"].pk, "130/78/2022")]


class TestMoving:
    @pytest.fixture
    def isian(self, locked):
        return locked.stages.get(code="isian")

    def move(self, stage, people, *, closes="2022-09-02 09:00", until="2022-09-16 09:00", opens=None, now=LATER, **how):
        return move_stage(
            stage,
            opens_at=instant(opens) if opens else stage.opens_at,
            closes_at=instant(closes),
            checks_until=instant(until),
            reason=how.get("reason", "Pemadaman listrik di Sumenep"),
            by=people[how.get("by", "biro")],
            now=now,
        )

    def test_a_deadline_moves_for_all_after_the_lock(self, isian, locked, people):
        self.move(isian, people)

        assert Stage.objects.get(pk=isian.pk).closes_at == instant("2022-09-02 09:00")
        assert rules_hash_of(locked) == locked.rules_hash
        assert journal()[-1] == (
            "deadline.extend",
            {
                "stage": "isian",
                "from": ["1 Juli 2022, 08.00 WIB", "31 Agustus 2022, 16.00 WIB", "16 September 2022, 16.00 WIB"],
                "to": ["1 Juli 2022, 08.00 WIB", "2 September 2022, 16.00 WIB", "16 September 2022, 16.00 WIB"],
                "reason": "Pemadaman listrik di Sumenep",
            },
        )

    @pytest.mark.parametrize(
        ("how", "sentence"),
        [
            ({"reason": "  "}, "Tulis alasan pemindahan tahap Pengisian dan verifikasi. Alasannya dibaca semua orang."),
            ({"closes": "2022-08-31 09:00"},
             "Tanggal tahap Pengisian dan verifikasi sama dengan yang berlaku; tidak ada yang dipindah."),
            ({"opens": "2022-09-03 01:00"},
             "Tanggal tahap Pengisian dan verifikasi mundur: dibuka, ditutup, lalu batas verifikasi harus berurutan."),
            ({"until": "2022-09-01 09:00"},
             "Tanggal tahap Pengisian dan verifikasi mundur: dibuka, ditutup, lalu batas verifikasi harus berurutan."),
            ({"until": "2022-09-20 09:00"},
             "Tahap Pengisian dan verifikasi tidak dapat berakhir 20 September 2022, 16.00 WIB: "
             "tahap Peringkat kabupaten/kota mulai 19 September 2022, 08.00 WIB. Pindahkan tahap itu lebih dahulu."),
            ({"opens": "2022-07-04 01:00", "now": datetime(2022, 7, 2, tzinfo=UTC)},
             "Tahap Pengisian dan verifikasi sudah dibuka; hanya batas akhirnya yang dapat dipindah."),
            ({"now": datetime(2022, 9, 17, tzinfo=UTC)},
             "Batas baru tahap Pengisian dan verifikasi, 16 September 2022, 16.00 WIB, sudah lewat."),
        ],
    )  # fmt: skip
    def test_a_move_that_makes_no_sense_is_refused_and_changes_nothing(self, isian, people, how, sentence):
        with pytest.raises(Refused) as refused:
            self.move(isian, people, **how)

        assert refused.value.sentence == sentence
        assert (Stage.objects.get(pk=isian.pk).closes_at, len(journal())) == (isian.closes_at, 3)

    def test_a_stage_does_not_begin_before_the_last_one_ends(self, locked, people):
        lapang = locked.stages.get(code="lapang")

        with pytest.raises(Refused) as refused:
            self.move(lapang, people, opens="2022-11-04 08:00", closes="2022-11-25 09:00", until="2022-11-25 09:00")

        assert refused.value.sentence == (
            "Tahap Tinjau lapang tidak dapat mulai 4 November 2022, 15.00 WIB: "
            "tahap Presentasi baru berakhir 4 November 2022, 16.00 WIB."
        )

    def test_the_last_stage_waits_for_the_announcement_to_move(self, locked, people):
        lapang = locked.stages.get(code="lapang")
        late = {"opens_at": lapang.opens_at, "closes_at": instant("2022-12-29 09:00"), "reason": "Banjir", "now": LATER}

        with pytest.raises(Refused) as refused:
            move_stage(lapang, by=people["biro"], **late)
        later_still = {"closes_at": instant("2022-12-30 03:00"), "reason": "Banjir", "now": LATER}
        carry_out_move(propose_move(locked, None, by=people["biro"], **later_still), by=people["biro2"], now=LATER)
        move_stage(lapang, by=people["biro"], **late)

        assert refused.value.sentence == (
            "Tahap Tinjau lapang tidak dapat berakhir 29 Desember 2022, 16.00 WIB: "
            "pengumuman direncanakan 28 Desember 2022, 10.00 WIB. Pindahkan pengumuman lebih dahulu."
        )
        assert [body["stage"] for type, body in journal() if type == "deadline.extend"] == ["pengumuman", "lapang"]

    def test_an_announcement_does_not_come_before_the_end(self, locked, people):
        with pytest.raises(Refused) as refused:
            move_announcement(
                locked, announced_at=instant("2022-11-20 03:00"), reason="Cepat", by=people["biro"], now=LATER
            )

        assert refused.value.sentence == (
            "Pengumuman 20 November 2022, 10.00 WIB mendahului akhir tahap Tinjau lapang, 25 November 2022, 16.00 WIB."
        )

    def test_a_locked_stage_does_not_move(self, db):
        story = play_small(until=JURY_LOCKED)
        locked, dates = stage(story, "presentasi"), {"closes_at": at("2024-06-06 16.00"), "reason": "Banjir"}

        with pytest.raises(Refused) as refused:
            move_stage(locked, opens_at=locked.opens_at, by=story.bureau[0], now=JURY_LOCKED, **dates)

        assert refused.value.sentence == "Tahap Presentasi sudah dikunci pada 5 Juni 2024, 17.00 WITA."

    def test_where_the_edition_asks_two_for_a_move_one_is_not_enough(self, instruments, people):
        text = edition_text("jatim-2022").replace("persetujuan:\n", "persetujuan:\n  jadwal: [{peran: B, orang: 2}]\n")
        edition = open_edition(text, name="a.yaml", by=people["biro"], now=NOW)
        isian = edition.stages.get(code="isian")
        dates = {"closes_at": instant("2022-09-02 09:00"), "checks_until": isian.checks_until}

        with pytest.raises(Refused) as refused:
            self.move(isian, people)
        subject = move_subject(isian, opens_at=isian.opens_at, **dates)
        give_approval(edition, "jadwal", subject, role="B", by=people["biro2"], now=NOW)
        self.move(isian, people)

        assert refused.value.sentence == "Persetujuan belum lengkap: kurang 1 orang Penyelenggara provinsi."
        assert subject == "isian 202207010100-202209020900-202209160900"
        assert Stage.objects.get(pk=isian.pk).closes_at == dates["closes_at"]

    def test_a_juror_moves_nothing(self, isian, people):
        with pytest.raises(NotAllowed):
            self.move(isian, people, by="juri")


class TestSeeing:
    def test_a_draft_shows_to_those_who_take_part_and_to_nobody_else(self, jatim, people):
        seen = {name for name, user in people.items() if editions_visible_to(user).exists()}

        assert seen == set(people)
        assert not editions_visible_to(None).exists()

    def test_a_draft_of_one_regency_stays_from_another(self, instruments, people):
        text = edition_text("banyuwangi-2022-contoh").replace('"35.10"', '"35.07"')
        open_edition(text, name="a.yaml", by=people["biro"], now=NOW)

        assert not editions_visible_to(people["kabupaten"]).exists()
        assert editions_visible_to(people["biro"]).count() == 1

    def test_locked_rules_are_public(self, locked):
        assert [edition.code for edition in editions_visible_to(None)] == ["jatim-2022"]
        assert [stage.code for stage in stages_visible_to(None)] == ["isian", "seleksi", "presentasi", "lapang"]

    def test_an_edition_is_found_by_its_code(self, jatim):
        assert (edition_by_code("jatim-2022"), edition_by_code("jatim-1999")) == (jatim, None)


def test_an_empty_reason_for_a_new_announcement_is_refused(locked, people):
    with pytest.raises(BadInput):
        move_announcement(locked, announced_at=instant("2022-12-30 03:00"), reason="", by=people["biro"], now=LATER)


def instant(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
