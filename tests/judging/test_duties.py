"""Who judges whom: by rule, by hand and by file, looked at before it is saved, taken away only while no sheet is there."""

import pytest

from sp2k.accounts.actions import create_user
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.tables import read_table
from sp2k.judging.actions import (
    carry_out_plan,
    declare_conflict,
    draw_order,
    record_sheet,
    seat_person,
    set_session,
    set_up_panel,
)
from sp2k.judging.models import Assignment, SheetDraft
from sp2k.judging.planning.plans import Plan, every_pair
from sp2k.judging.planning.tables import KIND, plan_of_table
from sp2k.judging.planning.workbooks import DUTY_HEADER
from sp2k.regions.models import Region
from tests.base.tables import raw
from tests.judging.rooms import at_hour, room, words
from tests.story.lists import looked_at, workbook
from tests.story.small import (
    FIRST,
    JURY_SEATED,
    SECOND,
    THIRD,
    at,
    duty,
    entry,
    holder,
    play_small,
    seat,
    stage,
)
from tests.story.unchanged import refused

UNSEATED, MORNING = at("2024-05-28 07.00"), at("2024-06-04 09.00")
EIGHTY = {"K1": "80", "I1": "80", "I2": "80"}
ALL_SEATS = "Universitas Borneo Tarakan, Bappeda Provinsi Kalimantan Utara, DPMD Provinsi Kalimantan Utara"
SEATS = ["akademisi", "bappeda", "dpmd"]


@pytest.fixture
def judging(db, monkeypatch):
    at_hour(monkeypatch, MORNING)
    return play_small(until=JURY_SEATED)


@pytest.fixture
def bureau(judging, client):
    client.force_login(judging.bureau[0])
    return client


def pairs(story):
    rows = Assignment.objects.filter(participation__stage=stage(story, "presentasi"))
    return set(rows.values_list("participation__entry__region_id", "seat__code"))


def the_plan(*given, entries=None):
    return Plan(frozenset(entries or {entry for entry, _ in given}), frozenset(given), "dengan tangan")


def lines(story, kind):
    return story.edition.chain.lines.filter(type=kind).count()


class TestPlan:
    def test_what_already_stands_changes_nothing(self, judging):
        before = lines(judging, "jurors.assign")
        plan = every_pair([FIRST, SECOND, THIRD], SEATS)

        change = carry_out_plan(stage(judging, "presentasi"), plan, by=judging.bureau[0], now=MORNING)

        assert (change.is_empty, change.kept, lines(judging, "jurors.assign")) == (True, 9, before)

    def test_a_duty_is_taken_away_with_a_reason_and_the_journal_keeps_it(self, judging):
        plan = the_plan((FIRST, "akademisi"), (FIRST, "bappeda"))
        with refused("Tulis alasan pencabutan 1 tugas. Alasannya dicatat dalam jurnal.", BadInput):
            carry_out_plan(stage(judging, "presentasi"), plan, by=judging.bureau[0], now=MORNING)

        carry_out_plan(stage(judging, "presentasi"), plan, by=judging.bureau[0], now=MORNING, reason="Panel dibagi.")

        assert pairs(judging) == {(e, s) for e in (FIRST, SECOND, THIRD) for s in SEATS} - {(FIRST, "dpmd")}
        assert lines(judging, "duty.void") == 1

    def test_a_duty_with_a_sheet_is_never_taken_away(self, judging):
        record_sheet(duty(judging, FIRST, "dpmd"), EIGHTY, by=holder(judging, "dpmd"), now=MORNING)
        plan, told = the_plan((FIRST, "akademisi")), "Panel dibagi."

        with pytest.raises(Refused) as said:
            carry_out_plan(stage(judging, "presentasi"), plan, by=judging.bureau[0], now=MORNING, reason=told)

        assert said.value.sentence == (
            "DPMD Provinsi Kalimantan Utara → Kecamatan Tanjung Palas, Kabupaten Bulungan tidak dapat dicabut: lembar atau "
            "kertasnya sudah ada. Lembar yang sudah diberikan tetap dihitung."
        )
        assert len(pairs(judging)) == 9

    def test_a_duty_that_meets_a_conflict_is_kept_as_not_judged(self, judging):
        own = seat(judging, "dpmd")
        carry_out_plan(
            stage(judging, "presentasi"), the_plan(entries={FIRST}), by=judging.bureau[0], now=MORNING, reason="Ulang."
        )
        declare_conflict(own, entry(judging, "presentasi", FIRST), reason="Adik.", by=own.holder, now=MORNING)

        carry_out_plan(stage(judging, "presentasi"), every_pair([FIRST], SEATS), by=judging.bureau[0], now=MORNING)

        assert duty(judging, FIRST, "dpmd").attendance == Assignment.Attendance.RECUSED
        assert duty(judging, FIRST, "bappeda").attendance == Assignment.Attendance.AWAITED

    def test_a_vacant_seat_is_assigned_nothing(self, db):
        story = play_small(until=UNSEATED)
        for one in set_up_panel(stage(story, "presentasi"), by=story.bureau[0], now=UNSEATED)[:2]:
            seat_person(one, story.crew.juror(one.position), by=story.bureau[0], now=UNSEATED)

        with refused("Kursi DPMD Provinsi Kalimantan Utara belum terisi. Isi kursi lebih dahulu."):
            carry_out_plan(
                stage(story, "presentasi"), the_plan((FIRST, "bappeda"), (FIRST, "dpmd"), entries=[FIRST]),
                by=story.bureau[0], now=MORNING, reason="Ulang.",
            )  # fmt: skip

    def test_a_newcomer_goes_on_where_the_leaver_stopped(self, judging):
        record_sheet(duty(judging, FIRST, "dpmd"), EIGHTY, by=holder(judging, "dpmd"), now=MORNING)
        newcomer = create_user("juri-baru", "Juri Baru", roles=[("J", "65")])
        seat_person(seat(judging, "dpmd"), newcomer, by=judging.bureau[0], now=MORNING, reason="Dirawat.")

        record_sheet(duty(judging, SECOND, "dpmd"), EIGHTY, by=newcomer, now=MORNING)
        with pytest.raises(Refused, match="Lembar pendahulu tetap berlaku"):
            record_sheet(duty(judging, FIRST, "dpmd"), EIGHTY, by=newcomer, now=MORNING)

    def test_codes_that_the_stage_does_not_know_change_nothing(self, judging):
        change = carry_out_plan(
            stage(judging, "presentasi"), the_plan(("99.99.99", "dpmd"), (FIRST, "tidak-ada"), entries={"99.99.99"}),
            by=judging.bureau[0], now=MORNING,
        )  # fmt: skip

        assert change.is_empty


def by_hand(client, tick):
    """Tick one seat of one entry; return the form below the preview."""
    entry, _seat = tick.split()
    return client.post(room("tahap:penugasan/tangan/"), {"peserta": [entry], "tugas": [tick]}).context["saving"]


def saved_as(saving, *, reason) -> dict:
    return {name: saving[name].value() for name in ("plan", "how", "shown")} | {"reason": reason}


class TestByHand:
    def test_a_plan_that_nobody_was_shown_or_that_others_overtook_is_shown_again(self, judging, bureau):
        sent = saved_as(by_hand(bureau, f"{FIRST} dpmd"), reason="Panel dibagi.")
        carry_out_plan(stage(judging, "presentasi"), the_plan((FIRST, "dpmd"), (FIRST, "bappeda")), by=judging.bureau[0],
                       now=MORNING, reason="Lebih dahulu.")  # fmt: skip

        overtaken = bureau.post(room("tahap:penugasan/simpan/"), sent)
        unseen = bureau.post(room("tahap:penugasan/simpan/"), {**sent, "shown": ""})

        assert (overtaken.status_code, unseen.status_code, len(pairs(judging))) == (409, 409, 8)
        assert "Belum dilakukan: keadaannya berubah" in words(overtaken)

    def test_ticks_are_looked_at_with_the_check_of_the_design_and_then_saved(self, judging, bureau):
        # two panels that share nobody: the first entry with one seat, the others with the two others
        ticks = [f"{FIRST} akademisi"] + [f"{e} {s}" for e in (SECOND, THIRD) for s in ("bappeda", "dpmd")]

        looked = bureau.post(room("tahap:penugasan/tangan/"), {"peserta": [FIRST, SECOND, THIRD], "tugas": ticks})

        page = words(looked)
        assert "Panel juri tidak dapat dibandingkan" in page
        assert len(pairs(judging)) == 9
        saving = looked.context["saving"]
        assert [(row.now, row.then) for row in looked.context["preview"].rows][0] == (
            ALL_SEATS, "Universitas Borneo Tarakan",
        )  # fmt: skip
        bureau.post(room("tahap:penugasan/simpan/"), saved_as(saving, reason="Dua panel."))
        assert pairs(judging) == {tuple(tick.split()) for tick in ticks}
        assert "Panel juri tidak dapat dibandingkan" in words(bureau.get(room("tahap:penugasan/")))

    def test_ticks_of_other_pages_are_left_as_they_are(self, judging, bureau):
        looked = bureau.post(room("tahap:penugasan/tangan/"), {"peserta": [FIRST], "tugas": [f"{FIRST} dpmd"]})

        assert len(looked.context["preview"].change.removed) == 2

    def test_saving_without_the_reason_is_answered_with_the_preview_and_the_sentence(self, judging, bureau):
        sent = saved_as(by_hand(bureau, f"{FIRST} dpmd"), reason="")

        answer = bureau.post(room("tahap:penugasan/simpan/"), sent)

        assert answer.status_code == 422
        assert "Tulis alasan pencabutan 2 tugas. Alasannya dicatat dalam jurnal." in words(answer)
        assert len(pairs(judging)) == 9

    def test_saving_twice_by_a_double_click_changes_once(self, judging, bureau):
        sent = saved_as(by_hand(bureau, f"{FIRST} dpmd"), reason="Panel dibagi.")
        for _ in range(2):
            assert bureau.post(room("tahap:penugasan/simpan/"), sent).status_code == 302

        assert lines(judging, "duty.void") == 2


class TestByRule:
    def test_a_rule_is_previewed_from_its_address_and_saves_nothing(self, judging, bureau):
        answer = bureau.get(room("tahap:penugasan/aturan/?cara=seimbang&juri=2&benih=481516"))

        assert answer.context["preview"].change.kept == 6
        assert len(pairs(judging)) == 9

    def test_a_jury_split_by_sessions_is_warned_of_before_it_is_saved(self, judging, bureau):
        for day in ("04", "05"):
            said = {"name": f"Tanggal {day}", "starts_at": at(f"2024-06-{day} 08.30"), "minutes": 30, "capacity": 2}
            set_session(stage(judging, "presentasi"), **said, by=judging.bureau[0], now=JURY_SEATED)
        draw_order(stage(judging, "presentasi"), "481516", by=judging.bureau[0], now=JURY_SEATED)

        split = bureau.get(room("tahap:penugasan/aturan/?cara=sesi&sesi-1=akademisi&sesi-2=bappeda&sesi-2=dpmd"))
        shared = bureau.get(
            room("tahap:penugasan/aturan/?cara=sesi&sesi-1=akademisi&sesi-1=dpmd&sesi-2=akademisi&sesi-2=dpmd")
        )

        assert ["Panel juri tidak dapat dibandingkan" in words(page) for page in (split, shared)] == [True, False]
        assert len(pairs(judging)) == 9

    def test_a_rule_without_its_seed_says_so(self, judging, bureau):
        answer = bureau.get(room("tahap:penugasan/aturan/?cara=seimbang&juri=2"))

        assert (answer.status_code, "Tulis benihnya." in words(answer)) == (422, True)


class TestByFile:
    ADDRESS = "tahap:penugasan/berkas/"

    def send(self, client, content, name="tugas.csv", **ticked):
        content = content if isinstance(content, bytes) else content.encode()
        return looked_at(client, room(self.ADDRESS), content, name, **ticked)

    def template(self, client):
        return client.get(room("tahap:penugasan/templat.xlsx")).content

    def test_the_template_sent_back_changes_nothing(self, judging, bureau):
        answer = self.send(bureau, self.template(bureau), "penugasan.xlsx")

        assert "Penugasan sudah seperti ini; tidak ada yang berubah." in words(answer)

    def test_one_row_left_out_of_the_template_is_the_one_change_shown(self, judging, bureau):
        rows = [row for row in table_rows(self.template(bureau)) if row[:4:3] != (FIRST, "dpmd")]

        answer = self.send(bureau, workbook(*rows, header=DUTY_HEADER), "penugasan.xlsx")

        preview = answer.context["preview"]
        assert [(row.entry.region_id, row.now, row.then) for row in preview.rows] == [
            (FIRST, ALL_SEATS, "Universitas Borneo Tarakan, Bappeda Provinsi Kalimantan Utara"),
        ]
        assert len(pairs(judging)) == 9

    def test_a_file_says_all_duties_of_the_entries_it_names(self, judging, bureau):
        answer = self.send(bureau, f"kode peserta;kode kursi\n{FIRST};dpmd\n{FIRST};bappeda\n{FIRST};dpmd\n")

        change = answer.context["preview"].change
        assert (len(change.removed), change.kept, change.added) == (1, 2, [])

    def test_a_row_without_a_seat_takes_nothing_away_unless_the_form_says_so(self, judging, bureau):
        text = f"kode peserta;kode kursi\n{FIRST};\n{SECOND};dpmd\n"

        left, cleared = self.send(bureau, text), self.send(bureau, text, clears="on")

        assert {duty.participation.region_code for duty in left.context["preview"].change.removed} == {SECOND}
        assert len(cleared.context["preview"].change.removed) == 5

    def test_a_seat_emptied_among_others_of_its_entry_is_refused_until_it_is_said_what_it_means(self, judging, bureau):
        text = f"kode peserta;kode kursi\n{FIRST};akademisi\n{FIRST};\n{FIRST};dpmd\n{SECOND};\n"

        untold, told = self.send(bureau, text), self.send(bureau, text, clears="on")

        assert untold.context["faults"] == [
            "Baris 3, kolom kode kursi: kosong, padahal baris lain menyebut kursi bagi peserta ini. Isi kursinya; bila "
            'tugasnya hendak dicabut, hapus baris ini atau centang "Cabut semua tugas peserta yang kolom kursinya kosong".'
        ]
        removed = {(one.participation.region_code, one.seat.code) for one in told.context["preview"].change.removed}
        assert removed == {(FIRST, "bappeda")} | {(SECOND, one) for one in SEATS}

    def test_an_error_in_a_cell_takes_no_duty_away(self, judging, bureau):
        content = raw.book({"penugasan": [("kode peserta", "kode kursi"), (FIRST, raw.NOT_AVAILABLE), (FIRST, "dpmd")]})

        answer = self.send(bureau, content, "penugasan.xlsx")

        assert answer.context["faults"] == [
            'Lembar "penugasan", sel B2, kolom kode kursi: berisi #N/A: rumusnya gagal. Ketik isinya, atau kosongkan selnya.',
        ]

    def test_each_unknown_code_is_told_with_its_row_and_nothing_is_previewed(self, judging, bureau):
        answer = self.send(
            bureau, f"Kode peserta,Kode kursi\n{FIRST},dpmd\n65.99.01,dpmd\n{SECOND},gubernur\n", "dua.csv"
        )

        assert answer.status_code == 422
        assert answer.context["faults"] == [
            'Baris 3, kolom kode peserta: peserta "65.99.01" tidak ada pada tahap ini.',
            'Baris 4, kolom kode kursi: kursi "gubernur" tidak ada pada panel ini.',
        ]

    def test_a_code_that_slipped_by_a_row_is_found_by_the_names_beside_it(self, judging, bureau):
        name, other = (Region.objects.get(code=code).name for code in (FIRST, SECOND))

        answer = self.send(bureau, f"kode peserta;kecamatan;kode kursi\n{FIRST};{other};dpmd\n")

        assert answer.context["faults"] == [
            f'Baris 2, kolom kecamatan: tertulis "{other}", padahal kode di baris ini milik {name}. Periksa kodenya.'
        ]

    def test_names_beside_a_code_may_have_their_level_in_any_writing(self, judging, bureau):
        name, regency = Region.objects.get(code=FIRST).name, Region.objects.get(code=FIRST[:5]).name
        written = f"Kec. {name};{regency.replace('Kabupaten', 'Kab.')}"

        answer = self.send(bureau, f"kode peserta;kecamatan;kabupaten/kota;kode kursi\n{FIRST};{written};dpmd\n")

        assert (answer.status_code, len(answer.context["preview"].change.removed)) == (200, 2)

    def test_the_file_of_another_stage_or_edition_says_what_it_is(self, judging, bureau):
        content = workbook((FIRST, "dpmd"), header=("kode peserta", "kode kursi"), above=["Penugasan [jatim-2022/lapang] x"])

        answer = self.send(bureau, content, "lama.xlsx")

        assert answer.context["faults"] == [
            f'Berkas "lama.xlsx" adalah penugasan [jatim-2022/lapang], bukan [{judging.edition.code}/presentasi]. Unduh '
            "templat tahap ini.",
        ]

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", 'Berkas "tugas.csv" kosong (0 bita). Pilih berkas lain, lalu unggah lagi.'),
            (b"MZ\x90\x00\x03", 'Berkas "tugas.csv" adalah program, bukan XLSX atau CSV. Mulailah dari templatnya.'),
            (b"PK\x03\x04rusak", 'Berkas "tugas.csv" adalah arsip ZIP, bukan XLSX. Simpan sebagai XLSX, lalu unggah lagi.'),
            (b"kode peserta,kode kursi\n" + b"x,y\n" * 30_100, "paling banyak 30000. Pecah berkasnya."),
            (b"a,b\n1,2\n", 'Berkas "tugas.csv" tidak mempunyai kolom kode peserta, kode kursi, jadi bukan daftar penugasan. '
             "Baris pertamanya berisi: a, b. Mulailah dari templatnya."),
        ],
        ids=["nothing", "a program", "a broken workbook", "too many", "other columns"],
    )  # fmt: skip
    def test_what_is_no_such_file_is_told_in_one_sentence(self, judging, bureau, content, sentence):
        answer = self.send(bureau, content)

        assert answer.status_code == 422
        assert sentence in words(answer)

    def test_a_long_list_of_faults_is_cut(self):
        content = "kode peserta;kode kursi\n" + "".join(f"x{n};dpmd\n" for n in range(38))
        table = read_table("a.csv", content.encode(), KIND)

        _, faults = plan_of_table(table, mark="", entries={FIRST: ("", "")}, seats=dict.fromkeys(SEATS, ""))

        assert (len(faults), faults[-1]) == (21, "Dan 18 baris lain.")


def table_rows(content) -> list[tuple]:
    """The rows of a template below its titles, as texts."""
    rows = read_table("templat.xlsx", content, KIND).rows
    return [tuple(cell.text if cell else "" for cell in row.cells) for row in rows]


def test_a_draft_goes_with_its_duty(judging):
    own = duty(judging, FIRST, "dpmd")
    SheetDraft.objects.create(
        assignment=own, by=holder(judging, "dpmd"), op_id="7b0c2f7e-6f0e-4a43-9d1a-3c0c6a7b9a10", device_nonce="0" * 32,
        marks={"K1": "80"}, updated_at=MORNING,
    )  # fmt: skip

    carry_out_plan(
        stage(judging, "presentasi"),
        the_plan(entries={FIRST}),
        by=judging.bureau[0],
        now=MORNING,
        reason="Panel dibagi.",
    )

    assert SheetDraft.objects.count() == 0
