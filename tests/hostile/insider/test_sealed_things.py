"""An insider with the database: what is changed behind the acts is found, named with kecamatan or seat, and stops them."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from django.conf import settings
from django.db import connection

from sp2k.base.blobs import blob_path
from sp2k.base.refusals import Refused
from sp2k.config.cli import main
from sp2k.editions.actions import give_approval
from sp2k.entries.actions import erase_evidence, void_form
from sp2k.entries.models import Evidence, Form
from sp2k.entries.sealing import Sending
from sp2k.journal.heads import heads_path, keep_head, note_head
from sp2k.journal.models import Chain, ChainCheck
from sp2k.journal.opening import GONE
from sp2k.judging.actions import confirm_paper, record_attendance, send_sheet, void_sheet
from sp2k.judging.models import Mark
from sp2k.publication.actions import publish
from sp2k.publication.checking.opening import opened_chain, opened_publication
from sp2k.results.actions import decide_result, freeze_tally, lock_stage, propose_correction
from sp2k.results.models import FrozenTally
from tests.judging.paper.story import Office
from tests.story import small
from tests.story.small import FIRST, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def published():
    return small.play_small()


def sql(*statements):
    """What an insider with the database can do: constraints off, triggers gone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        for statement in statements:
            cursor.execute(statement)


def faults(story):
    story.edition.refresh_from_db()
    return [fault.sentence for fault in opened_publication(story.edition).faults]


def test_what_nobody_touched_opens_whole(published):
    opening = opened_publication(published.edition)

    assert [fault.sentence for fault in opening.faults] == []
    assert (opening.n_opened > 60, opening.n_erased) == (True, 0)


CHANGES = yaml.safe_load(Path(__file__).with_name("changes_behind_the_acts.yaml").read_text("utf-8"))


@pytest.mark.parametrize("change", CHANGES, ids=[change["what"] for change in CHANGES])
def test_a_change_in_the_database_is_found_and_named(published, change):
    sql(*change["sql"])

    found = faults(published)

    assert [sentence for sentence in found if change["found"] in sentence], found


def test_the_line_is_named_with_the_kecamatan(published):
    mark = Mark.objects.order_by("pk").first()
    sql(f"UPDATE judging_mark SET value = 99 WHERE id = {mark.pk}")

    [found] = faults(published)

    line = Chain.objects.get(pk=published.edition.chain_id).lines.filter(type="sheet.submit").first().seq
    assert found == (
        "Lembar Universitas Borneo Tarakan → Kecamatan Tanjung Palas, Kabupaten Bulungan, revisi 1: isinya tidak lagi sama "
        f"dengan yang dicatat jurnal (baris jurnal {line})."
    )


# -- acts stop --------------------------------------------------------------------------------------------------------


def test_a_stage_whose_marks_were_changed_is_not_locked():
    story = small.play_small(small.SHEETS_IN)
    sql("UPDATE judging_mark SET value = 99 WHERE id = (SELECT min(id) FROM judging_mark)")

    with pytest.raises(Refused, match="Penguncian tahap Presentasi dihentikan: .*Lembar Universitas Borneo Tarakan"):
        lock_stage(small.stage(story, "presentasi"), by=story.bureau[0], now=small.JURY_LOCKED)

    assert not small.stage(story, "presentasi").is_locked


def test_a_stage_whose_marks_were_changed_after_the_lock_is_not_counted():
    story = small.play_small(small.JURY_LOCKED)
    sql("UPDATE judging_mark SET value = 99 WHERE id = (SELECT min(id) FROM judging_mark)")

    with pytest.raises(Refused, match="Penghitungan tahap Presentasi dihentikan"):
        freeze_tally(small.stage(story, "presentasi"), by=story.bureau[0], now=small.JURY_FROZEN)

    assert not FrozenTally.objects.filter(stage__code="presentasi").exists()


def test_places_that_later_stages_carry_are_held_before_they_are_counted_on():
    story = small.play_small(at("2024-06-21 16.30"))
    frozen = FrozenTally.objects.get(stage__code="presentasi")
    sql(f"UPDATE results_placement SET total = '99.99' WHERE place = 1 AND tally_id = {frozen.pk}")

    with pytest.raises(Refused, match="Hitungan beku tahap Presentasi"):
        lock_stage(small.stage(story, "lapang"), by=story.bureau[0], now=at("2024-06-21 17.00"))


@pytest.fixture
def to_announce():
    """The decree is made, and one of the two yeses to the announcement given."""
    story = small.play_small(small.DECREE_ISSUED)
    code = story.edition.code
    give_approval(story.edition, "terbit", code, role="B", by=story.bureau[0], now=at("2024-07-05 09.00"))
    return story


def test_a_result_whose_places_were_changed_is_not_announced(to_announce):
    story = to_announce
    sql("UPDATE results_placement SET total = '99.99' WHERE id = (SELECT max(id) FROM results_placement)")

    with pytest.raises(Refused, match="Pengumuman dihentikan"):
        publish(story.edition, by=story.bureau[1], now=at("2024-07-10 10.00"))

    story.edition.refresh_from_db()
    assert not story.edition.is_published


def test_a_result_that_rests_on_a_changed_finding_is_not_decided():
    story = small.play_small(small.TITLES_GIVEN)
    code = story.edition.result_subject
    give_approval(story.edition, "hasil", code, role="G", by=story.leader, now=at("2024-06-25 09.30"))
    sql("UPDATE entries_finding SET points = '20' WHERE id = (SELECT min(id) FROM entries_finding WHERE points <> '20')")

    with pytest.raises(Refused, match="Penetapan hasil dihentikan: .*Putusan verifikasi"):
        decide_result(story.edition, by=story.bureau[0], now=at("2024-06-25 10.00"))


def test_a_result_on_a_broken_chain_is_not_announced(to_announce):
    story = to_announce
    sql("UPDATE journal_line SET canonical = replace(canonical, '\"n\":9', '\"n\":8') WHERE type = 'entries.register'")

    with pytest.raises(Refused, match="Rantai jurnal kaltara-2024-uji: putus"):
        publish(story.edition, by=story.bureau[1], now=at("2024-07-10 10.00"))


# -- files ------------------------------------------------------------------------------------------------------------


def test_other_bytes_and_a_missing_file_are_each_found(published):
    path = blob_path(Evidence.objects.first().blob_id)
    kept = path.read_bytes()
    try:
        path.write_bytes(kept[:-1] + b"x")
        other = faults(published)
        path.unlink()
        missing = faults(published)
    finally:
        path.write_bytes(kept)

    assert [text for text in other if "isi berkasnya pada cakram tidak lagi sesuai" in text]
    assert [text for text in missing if "hilang dari cakram, tanpa tindakan yang menghapusnya" in text]


def test_a_file_erased_by_an_act_is_told_apart_from_one_that_was_only_removed():
    story = small.play_small(small.FORMS_IN)
    form = Form.objects.filter(evidence__isnull=False).order_by("pk").first()
    evidence, now = form.evidence.first(), small.FORMS_IN
    for other in Form.objects.filter(evidence__blob=evidence.blob).exclude(pk=form.pk).distinct():
        void_form(other, reason="Salah berkas", by=story.bureau[0], now=now)
    content = blob_path(evidence.blob_id).read_bytes()
    erase_evidence(evidence, reason="Memuat data pribadi", by=story.bureau[0], now=now)
    opening = opened_publication(story.edition)
    blob_path(evidence.blob_id).write_bytes(content)  # other tests share the folder, and the same sample

    assert (opening.n_erased, [fault.sentence for fault in opening.faults]) == (1, [])


# -- papers and late sheets -------------------------------------------------------------------------------------------


def test_a_paper_and_what_its_typists_and_its_juror_said_are_held():
    office = Office()
    confirm_paper(office.typed_alike(), by=office.juror(), now=office.now)
    assert faults(office.story) == []

    sql("UPDATE judging_papertyping SET marks = replace(marks, '8', '9')")
    assert [text for text in faults(office.story) if "Ketikan kertas" in text]
    sql("UPDATE judging_papersheet SET state = 'menunggu', confirmed_at = NULL, sheet_id = NULL")
    assert [text for text in faults(office.story) if "konfirmasi jurinya hilang" in text]


def test_a_late_sheet_and_what_was_decided_of_it_are_held():
    story = small.play_small(small.SHEETS_IN)
    duty, bureau = small.duty(story, FIRST, "bappeda"), story.bureau[0]
    void_sheet(duty.standing_sheets[-1], reason="Salah peserta", by=bureau, now=small.SHEETS_IN)
    record_attendance([duty], "absen", reason="Sinyal putus", by=bureau, now=at("2024-06-05 16.20"))
    lock_stage(small.stage(story, "presentasi"), by=bureau, now=small.JURY_LOCKED)
    late = send_sheet(duty, {"K1": "60", "I1": "60", "I2": "60"}, by=duty.seat.holder, now=at("2024-06-05 17.40"),
                      sending=Sending())  # fmt: skip
    propose_correction(late, reason="Sinyal putus di aula", by=bureau, now=at("2024-06-05 17.45"))
    assert faults(story) == []

    sql("UPDATE judging_latesheet SET decision = 'diterima'")
    assert [text for text in faults(story) if "putusannya tidak sama dengan yang dicatat jurnal" in text]
    sql("UPDATE judging_latesheet SET decision = '', marks = replace(marks, '60', '99')")
    assert [text for text in faults(story) if "Lembar terlambat Bappeda Provinsi Kalimantan Utara" in text]
    sql("UPDATE judging_latesheet SET marks = replace(marks, '99', '60')",
        "UPDATE judging_assignment SET attendance_reason = 'Malas' WHERE attendance = 'absen'")  # fmt: skip
    assert [text for text in faults(story) if "Kehadiran Bappeda Provinsi Kalimantan Utara" in text]


# -- heads kept outside -----------------------------------------------------------------------------------------------


def test_a_journal_cut_short_with_its_head_is_found_by_the_file_and_by_paper(published):
    chain = Chain.objects.get(pk=published.edition.chain_id)
    keep_head(chain.name, size=chain.size, head=chain.head, at=at("2024-07-10 10.00"))
    last = chain.lines.order_by("-seq")[1]
    sql(
        "DELETE FROM publication_publication", "UPDATE editions_edition SET published_at = NULL",
        f"DELETE FROM journal_line WHERE seq > {last.seq}",
        f"UPDATE journal_chain SET size = {last.seq + 1}, head = '{last.hash}' WHERE name = '{chain.name}'",
    )  # fmt: skip

    with_file = faults(published)
    heads_path().unlink()
    without = faults(published)

    assert [text for text in with_file if "kepala.jsonl: rantainya dipotong atau ditulis ulang" in text]
    assert without == []
    shown = " ".join(chain.head[n : n + 4].upper() for n in range(0, 64, 4))
    assert status("--jangkar", f"{chain.size}:{shown}") == 1
    assert status("--jangkar", f"{last.seq + 1}:{last.hash}") == 0


def test_a_line_of_the_file_that_cannot_be_read_is_not_taken_for_absent(published):
    heads_path().write_text("{\n")

    assert [text for text in faults(published) if "Baris 1 pada kepala.jsonl tidak terbaca" in text]


def status(*options):
    return CliRunner().invoke(main, ["edition", "status", "kaltara-2024-uji", *options]).exit_code


# -- the command ------------------------------------------------------------------------------------------------------


def test_the_command_says_what_does_not_open_and_exits_1(published):
    assert status() == 0
    sql("UPDATE judging_mark SET value = 99 WHERE id = (SELECT min(id) FROM judging_mark)")

    told = CliRunner().invoke(main, ["edition", "status", "kaltara-2024-uji", "--json"])

    found = json.loads(told.stdout)
    assert (told.exit_code, found["rantai"], found["dihapus"], len(found["rusak"])) == (1, "utuh", 0, 1)
    assert found["rusak"][0]["apa"].startswith("Lembar Universitas Borneo Tarakan → Kecamatan Tanjung Palas")


@pytest.mark.parametrize("options", [("--jangkar", "12"), ("--jangkar", "x:" + "a" * 64), ("--all",)])
def test_options_that_say_nothing_are_refused(published, options):
    assert status(*options) == 2


def test_the_run_over_everything_keeps_its_verdict_with_its_time(published):
    sql("UPDATE judging_mark SET value = 99 WHERE id = (SELECT min(id) FROM judging_mark)")

    told = CliRunner().invoke(main, ["edition", "status", "--all"])

    kept = ChainCheck.objects.get(chain=published.edition.chain_id)
    assert told.exit_code == 1
    assert "kaltara-2024-uji: RUSAK" in told.stdout
    assert (kept.is_whole, len(kept.faults), kept.size) == (False, 1, Chain.objects.get(pk=published.edition.chain_id).size)
    assert str(settings.DATA_DIR) not in told.stdout


# -- pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE results_placement SET total = '99.99' WHERE id = (SELECT max(id) FROM results_placement)",
        "UPDATE results_frozentally SET places = replace(places, 'ya', 'tidak') WHERE scope = ''",
        "UPDATE results_frozentally SET sheets = replace(sheets, '90', '99') WHERE scope = ''",
        "UPDATE results_award SET title = CASE position WHEN 1 THEN 'Juara II' ELSE 'Juara I' END",
    ],
)
def test_the_public_page_shows_nothing_that_was_changed_behind_the_acts(published, client, statement):
    assert client.get("/hasil/kaltara-2024-uji/").status_code == 200
    sql(statement)

    answer = client.get("/hasil/kaltara-2024-uji/")

    assert answer.status_code == 422
    assert "Juara I" not in answer.content.decode().partition("<main")[2]


def test_a_frozen_count_is_held_against_the_sheets_that_were_given(published):
    tally = FrozenTally.objects.filter(stage__code="presentasi").get()
    kept = tally.sheets
    FrozenTally.objects.filter(pk=tally.pk).update(sheets=kept.replace("90", "91", 1))
    assert any("Hitungan beku tahap Presentasi" in sentence for sentence in faults(published))
    FrozenTally.objects.filter(pk=tally.pk).update(sheets=kept)

    assert faults(published) == []


def test_a_file_of_heads_that_was_emptied_is_a_fault(published, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    note_head(published.edition.chain_id, at=small.LONG_AFTER)
    assert faults(published) == []

    heads_path().write_bytes(b"")

    assert faults(published) == ["Catatan kepala jurnal kaltara-2024-uji: kepala.jsonl hilang atau tidak memuatnya lagi."]


def test_a_chain_that_was_deleted_is_missed(published, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    keep_head("lain-2024", size=3, head="ab" * 32, at=small.LONG_AFTER)

    told = CliRunner().invoke(main, ["edition", "status", "--all"])

    assert told.exit_code == 1
    assert "Jurnal lain-2024: tidak ada lagi dalam basis data" in told.stdout


def test_a_value_that_cannot_be_read_keeps_no_other_chain_from_being_checked(published):
    sql("UPDATE judging_mark SET value = 'abc' WHERE id = (SELECT min(id) FROM judging_mark)")

    told = CliRunner().invoke(main, ["edition", "status", "--all"])

    assert (told.exit_code, type(told.exception)) == (1, SystemExit)
    assert "kaltara-2024-uji: RUSAK" in told.stdout
    assert "wilayah: utuh" in told.stdout


def test_a_chain_of_an_edition_that_is_gone_is_not_one_of_no_edition(published):
    """What the check of everything does with a chain to which no edition belongs any more."""
    line = Chain.objects.get(pk=published.edition.chain_id).lines.get(type="edition.open").seq

    told = [fault.sentence for fault in opened_chain(published.edition.chain_id).faults]

    assert told == [f"Edisi {published.edition.code}: {GONE} (baris jurnal {line})."]
