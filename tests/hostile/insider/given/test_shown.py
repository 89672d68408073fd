"""Pages print kecamatan, people and dates as their lines tell them: changed for the minute of a look, they refuse."""

import pytest

from sp2k.accounts.actions.people import add_person, edit_person
from sp2k.accounts.forms.people import Details
from sp2k.base.blobs import store_blob
from sp2k.base.clock import start_demonstration_clock
from sp2k.entries.actions import save_draft, send_draft, start_draft
from sp2k.entries.drafting import EVIDENCE, VALUES, mark_of, mark_of_whole, part_of
from sp2k.entries.models import DraftDocument
from sp2k.entries.sealing import Sending
from sp2k.instruments.asking import questions_of
from sp2k.journal.opening import keep_verdict, last_checks
from sp2k.judging.actions import draw_order, set_session
from sp2k.publication.checking.opening import opened_publication
from tests.hostile.insider.given.test_given_out import forged_blob
from tests.hostile.insider.test_sealed_things import sql
from tests.story.small import (
    BULUNGAN,
    FIRST,
    FORMS_OPEN,
    JURY_SEATED,
    LONG_AFTER,
    at,
    entry,
    holder,
    person,
    play_small,
    stage,
)
from tests.story.unchanged import refused
from tests.story.visiting import presented

pytestmark = pytest.mark.django_db

EDITION = "kaltara-2024-uji"
ROOM = f"/juri/{EDITION}/presentasi/"
STAGE = f"/tahap/{EDITION}/presentasi/"
SITTING = at("2024-06-04 09.00")
RENAMED = f"UPDATE entries_entry SET name = 'Palsu' WHERE region_id = '{FIRST}'"


@pytest.fixture
def sitting():
    """Jurors are seated and the order is drawn; the first session runs."""
    story = play_small(until=JURY_SEATED)
    turns = {"name": "Hari pertama", "starts_at": SITTING, "minutes": 30, "capacity": 3}
    set_session(stage(story, "presentasi"), **turns, by=story.bureau[0], now=JURY_SEATED)
    draw_order(stage(story, "presentasi"), "481516", by=story.bureau[0], now=JURY_SEATED)
    start_demonstration_clock(SITTING)
    return story


def told_of(someone, *, by):
    """Give a sample person, of whom no line tells, a line of the accounts' journal."""
    edit_person(someone, Details(name=someone.name, institution="Dinas", phone="", home=""), by=by, now=SITTING)


def pages_before_and_after(client, user, address, change) -> tuple[int, int]:
    client.force_login(user)
    before = client.get(address)
    sql(change)
    after = client.get(address)
    assert "Palsu" not in after.content.decode()
    return before.status_code, after.status_code


@pytest.mark.parametrize("address", [
    f"{ROOM}benturan/saya/", f"{ROOM}benturan/saya/{FIRST}/", f"{ROOM}jadwal/", "/juri/jadwal/", "/juri/lembar/",
])  # fmt: skip
def test_a_juror_is_shown_no_kecamatan_under_another_name(client, sitting, address):
    assert pages_before_and_after(client, holder(sitting, "dpmd"), address, RENAMED) == (200, 422)


@pytest.mark.parametrize("address", [
    f"{ROOM}panel/", f"{ROOM}panel/dpmd/", f"{ROOM}panel/daftar/", f"{ROOM}panel/daftar.xlsx", f"{ROOM}benturan/",
    f"{ROOM}kehadiran/", f"{ROOM}kemajuan/", f"{STAGE}penugasan/", f"{STAGE}pengingat/", STAGE, f"/catatan/edisi/{EDITION}/",
    f"/catatan/edisi/{EDITION}/tabel.csv", f"/tahap/{EDITION}/seleksi/kabupaten/", "/catatan/",
])  # fmt: skip
def test_the_bureau_is_shown_no_kecamatan_under_another_name(client, sitting, address):
    assert pages_before_and_after(client, sitting.bureau[0], address, RENAMED) == (200, 422)


@pytest.mark.parametrize("address", [f"{STAGE}mengapa/{FIRST}/", f"{STAGE}analisis/", f"{STAGE}yakin/", f"{STAGE}tempat/"])
def test_places_are_explained_under_no_other_name(client, address):
    story = play_small()
    start_demonstration_clock(LONG_AFTER)
    assert pages_before_and_after(client, story.bureau[0], address, RENAMED) == (200, 422)


def test_the_lists_of_desk_and_stages_leave_an_edition_out_that_was_changed(client, sitting):
    for user, address in ((holder(sitting, "dpmd"), "/meja/"), (sitting.bureau[0], "/meja/"), (sitting.bureau[0], "/tahap/")):
        client.force_login(user)
        assert "tidak lagi sama dengan yang dicatat jurnal" not in client.get(address).content.decode()
    sql(RENAMED)
    for user, address in ((holder(sitting, "dpmd"), "/meja/"), (sitting.bureau[0], "/meja/"), (sitting.bureau[0], "/tahap/")):
        client.force_login(user)
        page = client.get(address)
        told = page.content.decode()
        assert (page.status_code, "Palsu" in told, "Presentasi" in told) == (200, False, False)
        assert "tidak lagi sama dengan yang dicatat jurnal" in told


def test_the_list_of_stages_does_not_print_a_date_that_was_changed(client, sitting):
    client.force_login(sitting.bureau[0])
    sql("UPDATE editions_stage SET closes_at = '2024-12-31 00:00:00' WHERE code = 'isian'")

    assert "Desember" not in client.get("/tahap/").content.decode()


def test_searching_finds_nothing_of_an_edition_that_was_changed(client, sitting):
    client.force_login(sitting.bureau[0])
    assert f"/isian/{EDITION}/" in client.get("/meja/cari/?q=Tanjung Palas").content.decode()
    sql(RENAMED)
    assert f"/isian/{EDITION}/" not in client.get("/meja/cari/?q=Tanjung Palas").content.decode()


def test_a_stranger_to_a_page_is_told_nothing_of_what_was_changed(client, sitting):
    sql(RENAMED)
    client.force_login(person(sitting, "C", BULUNGAN))
    assert client.get(f"{ROOM}panel/").status_code in {403, 404}


class TestPeople:
    """Accounts made by acts are held by name; sample people of a demonstration have no lines."""

    def test_a_juror_who_is_called_otherwise_is_not_shown_in_the_panel(self, client, sitting):
        told_of(holder(sitting, "dpmd"), by=sitting.bureau[0])
        change = f"UPDATE accounts_user SET name = 'Palsu' WHERE id = {holder(sitting, 'dpmd').pk}"
        assert pages_before_and_after(client, sitting.bureau[0], f"{ROOM}panel/", change) == (200, 422)

    def test_lists_of_people_leave_out_whoever_was_changed(self, client, sitting):
        juror = holder(sitting, "dpmd")
        told_of(juror, by=sitting.bureau[0])
        client.force_login(sitting.bureau[0])
        address = f"/akun/orang/?cari={juror.username}"
        assert juror.name in client.get(address).content.decode()

        sql(f"UPDATE accounts_user SET institution = 'Palsu' WHERE id = {juror.pk}")

        page = client.get(address).content.decode()
        assert juror.username in page and juror.name not in page
        assert "tidak ditampilkan sebelum pengawas memeriksanya" in page
        assert client.get(f"/akun/orang/{juror.pk}/").status_code == 422


class TestSending:
    """What is sent is what its sender saw, the files behind the names too."""

    def test_a_file_put_in_the_place_of_another_after_the_check_is_not_sent(self):
        story = play_small(until=FORMS_OPEN)
        by, participation = person(story, "C", BULUNGAN), entry(story, "isian", FIRST)
        draft = self._with_a_file(story, participation, by)
        seen = mark_of_whole(draft.answers, draft.documents.all())
        sql(f"UPDATE entries_draftdocument SET blob_id = '{forged_blob(FORMS_OPEN)}' WHERE draft_id = {draft.pk}")

        with refused("Isian berubah sejak Anda memeriksanya. Periksa lagi di bawah ini, lalu kirim."):
            send_draft(participation, checked=seen, sending=Sending(), by=by, now=FORMS_OPEN)

    def test_the_same_file_is_sent(self):
        story = play_small(until=FORMS_OPEN)
        by, participation = person(story, "C", BULUNGAN), entry(story, "isian", FIRST)
        draft = self._with_a_file(story, participation, by)
        seen = mark_of_whole(draft.answers, draft.documents.all())

        assert send_draft(participation, checked=seen, sending=Sending(), by=by, now=FORMS_OPEN).evidence.count() == 1

    def _with_a_file(self, story, participation, by):
        draft = start_draft(participation, by=by, now=FORMS_OPEN)
        blob = store_blob(b"%PDF-1.4 asli\n", content_type="application/pdf", now=FORMS_OPEN)
        DraftDocument.objects.create(draft=draft, blob=blob, name="asli.pdf")
        aspect = questions_of(participation.stage.instrument)[0]
        question = aspect.questions[0]
        standing = part_of(draft.answers, aspect.questions)
        typed = {question.code: {VALUES: {}, EVIDENCE: {question.slots[0].key: "asli.pdf"}}}
        return save_draft(
            participation, typed, questions=aspect.questions, base=mark_of(standing), by=by, now=FORMS_OPEN
        )


class TestVerdicts:
    """A verdict that was taken away is missed: its seal stands in the file of heads."""

    @pytest.mark.parametrize("take_away", [
        "DELETE FROM journal_chaincheck WHERE id = (SELECT max(id) FROM journal_chaincheck)", "DELETE FROM journal_chaincheck",
    ])  # fmt: skip
    @pytest.mark.django_db(transaction=True)
    def test_a_verdict_that_was_deleted_is_missed(self, take_away):
        story = play_small()
        chain = story.edition.chain_id
        keep_verdict(opened_publication(story.edition), now=LONG_AFTER)
        sql(RENAMED)
        keep_verdict(opened_publication(story.edition), now=LONG_AFTER)
        assert not last_checks([chain])[chain].is_whole

        sql(take_away)

        last = last_checks([chain])[chain]
        assert (last.at, [fault["apa"] for fault in last.faults]) == (LONG_AFTER, ["Putusan pemeriksaan terakhir"])

    def test_a_new_key_does_not_make_old_verdicts_false_where_the_old_one_is_named(self, settings):
        story = play_small()
        chain, old = story.edition.chain_id, settings.SECRET_KEY
        keep_verdict(opened_publication(story.edition), now=LONG_AFTER)

        settings.SECRET_KEY = "lain" * 10
        [fault] = last_checks([chain])[chain].faults
        assert "kunci server diganti" in fault["mengapa"]
        settings.SECRET_KEY_FALLBACKS = [old]
        assert last_checks([chain])[chain].is_whole


def test_a_claim_that_a_juror_noted_where_the_rules_ask_none_is_a_fault():
    story = play_small(until=JURY_SEATED)
    details = Details(name="Juri Baru", institution="Dinas", phone="", home="")
    juror = add_person("juri.baru", details, role="J", region="65", by=story.bureau[0], now=JURY_SEATED)
    presented(story, story.bureau[0])
    assert opened_publication(story.edition).is_whole

    presented(story, juror, number=2, text="Semua desa terang.")

    [fault] = opened_publication(story.edition).faults
    assert fault.what == f"Tindakan claim.note oleh {juror.username}"
