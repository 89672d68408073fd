"""Who reads which acts: the own always; a regency, the bureau, the inspectorate and the administrator those of others."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client

from sp2k.accounts.actions.invitations import invite
from sp2k.accounts.actions.people import give_role
from sp2k.accounts.models import Membership, User
from sp2k.base import clock
from sp2k.desk.record.sight import acts_of_edition, acts_of_installation, own_acts
from sp2k.editions.models import Edition
from sp2k.entries.actions import return_form
from sp2k.entries.queries import latest_forms
from sp2k.journal import actions as journal
from sp2k.journal.models import Line
from sp2k.judging.actions import declare_conflict, record_attendance, record_sheet, void_sheet
from sp2k.judging.models import Sheet
from sp2k.regions.models import Region
from tests.hostile.cast import cast, made
from tests.story.small import (
    BULUNGAN,
    DECREE_ISSUED,
    FIRST,
    FORMS_IN,
    JURY_LOCKED,
    JURY_SEATED,
    SECOND,
    THIRD,
    at,
    duty,
    entry,
    holder,
    person,
    play_small,
    seat,
    stage,
)

pytestmark = pytest.mark.django_db
MORNING = at("2024-06-04 10.00")
MARKS = {"K1": "87,5", "I1": "80", "I2": "75"}


def types(lines) -> set[str]:
    return set(lines.values_list("type", flat=True))


def record_of(user, path="/catatan/edisi/kaltara-2024-uji/", **asked):
    client = Client()
    client.force_login(user)
    return client.get(path, asked)


@pytest.fixture
def morning(monkeypatch):
    """Two jurors have sealed a sheet each; the third is noted as absent by the bureau, the chair as present by herself."""
    story = play_small(JURY_SEATED)
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    for code in ("akademisi", "dpmd"):
        record_sheet(duty(story, FIRST, code), MARKS, by=holder(story, code), now=MORNING)
    chair = cast(story)["chair"]
    record_attendance([duty(story, SECOND, "akademisi")], "hadir", by=chair, now=MORNING)
    record_attendance([duty(story, SECOND, "bappeda")], "absen", by=story.bureau[0], now=MORNING, reason="Sakit.")
    return story


def test_the_inspectorate_reads_every_line(morning):
    people = cast(morning)

    every = Line.objects.filter(chain=morning.edition.chain)
    assert set(acts_of_edition(people["inspectorate"], morning.edition)) == set(every)


@pytest.mark.parametrize("who", ["camat", "verifier", "chair", "juror", "leader", "admin"])
def test_the_others_read_their_own_acts_and_nothing_else(morning, who):
    reader = cast(morning)[who]
    declare_conflict(seat(morning, "bappeda"), entry(morning, "presentasi", THIRD), reason="Saudara.",
                     by=holder(morning, "bappeda"), now=MORNING)  # fmt: skip

    assert set(acts_of_edition(reader, morning.edition)) == set(own_acts(reader).filter(chain=morning.edition.chain))
    assert set(own_acts(reader)) == set(Line.objects.filter(actor=reader.username))


def test_the_bureau_reads_no_sheet_before_the_lock_and_who_sealed_it_after(morning):
    bureau = morning.bureau[0]
    Line.objects.filter(type="sheet.submit").get(actor=holder(morning, "dpmd").username)

    before = types(acts_of_edition(bureau, morning.edition))

    assert {"sheet.submit", "sheet.revise"} & before == set()
    noted = acts_of_edition(bureau, morning.edition).filter(type="attendance.record")
    assert {line.actor for line in noted} == {bureau.username, holder(morning, "akademisi").username}


def test_after_the_lock_the_bureau_reads_of_whom_and_by_whom():
    story = play_small(JURY_LOCKED)

    assert "sheet.submit" in types(acts_of_edition(story.bureau[0], story.edition))
    page = record_of(story.bureau[0], jenis="penilaian").content.decode()
    assert f"Menyegel lembar penilaian {entry(story, 'presentasi', FIRST).entry}, tahap Presentasi." in page
    assert holder(story, "dpmd").name in page


def test_the_bureau_reads_its_own_voiding_of_a_sheet(morning):
    void_sheet(Sheet.objects.first(), reason="Tertukar.", by=morning.bureau[0], now=MORNING)

    assert "sheet.void" in types(acts_of_edition(morning.bureau[1], morning.edition))


def test_a_regency_reads_its_own_accounts_over_its_own_kecamatan():
    story = play_small(FORMS_IN)
    organiser, neighbour = person(story, "R", BULUNGAN), person(story, "R", "65.04")
    form = latest_forms(stage(story, "isian")).filter(participation__entry__region__parent=BULUNGAN).first()
    return_form(form, reason="Pindaian tidak terbaca.", by=person(story, "V", BULUNGAN), now=FORMS_IN)
    actors = {person(story, role, BULUNGAN).username for role in "CRV"}

    read = acts_of_edition(organiser, story.edition)

    assert {line.actor for line in read} <= actors
    assert types(read) == {"form.submit", "form.return"}
    assert "form.return" not in types(acts_of_edition(neighbour, story.edition))


def test_an_account_of_the_regency_that_also_judges_is_read_as_an_account_of_the_regency_only(morning):
    juror, organiser = holder(morning, "dpmd"), person(morning, "R", BULUNGAN)
    Membership.objects.create(user=juror, role="V", region_id=BULUNGAN)

    assert juror.username in set(Line.objects.filter(type="sheet.submit").values_list("actor", flat=True))
    assert acts_of_edition(organiser, morning.edition).filter(actor=juror.username).count() == 0


def test_whoever_judges_and_is_of_the_bureau_reads_his_own_acts_alone_until_the_announcement():
    story = play_small(JURY_LOCKED)
    juror = holder(story, "dpmd")
    Membership.objects.create(user=juror, role="B", region_id="65")
    juror, edition = User.objects.get(pk=juror.pk), Edition.objects.get(pk=story.edition.pk)

    before = acts_of_edition(juror, edition)
    assert ("sheet.submit" in types(before), set(before.values_list("actor", flat=True))) == (True, {juror.username})
    edition.published_at = clock.now()
    assert "sheets.lock" in types(acts_of_edition(juror, edition))


def test_an_inspectorate_account_that_also_judges_reads_no_line_of_a_fellow_juror(morning):
    """Nobody may hold both roles any more; who held them before that rule still learns nothing of the others."""
    juror = holder(morning, "dpmd")
    Membership.objects.create(user=juror, role="I", region_id="65")
    juror = User.objects.get(pk=juror.pk)
    fellow = holder(morning, "akademisi").username

    read = acts_of_edition(juror, morning.edition)

    assert Line.objects.filter(type="sheet.submit", actor=fellow).exists()
    assert set(read.values_list("actor", flat=True)) == {juror.username}
    assert types(read) == {"sheet.submit"}


def test_innovations_are_the_kecamatans_own_until_the_announcement(monkeypatch):
    story = play_small(FORMS_IN)
    writer = person(story, "C", BULUNGAN)
    with transaction.atomic():
        journal.append(story.edition.chain_id, "innovation.write", {"entry": FIRST, "number": 1, "again": False}, by=writer,
                       now=FORMS_IN)  # fmt: skip

    assert "innovation.write" not in types(acts_of_edition(story.bureau[0], story.edition))
    assert "innovation.write" in types(acts_of_edition(person(story, "R", BULUNGAN), story.edition))


def test_accounts_are_read_by_the_administrator_and_the_inspectorate_of_the_same_province(morning):
    people = cast(morning)
    invite(people["juror"], by=people["bureau"], now=datetime.now(UTC))
    neighbour = made("admin-tetangga", "T", "64")

    assert types(acts_of_installation(people["admin"])) == {"account.invite"}
    assert types(acts_of_installation(people["inspectorate"])) == {"account.invite"}
    assert types(acts_of_installation(people["bureau"])) == {"account.invite"}  # his own act
    assert types(acts_of_installation(people["second bureau"])) == set()
    assert types(acts_of_installation(neighbour)) == set()
    assert types(acts_of_installation(people["juror"])) == set()


def test_a_sentence_on_accounts_names_person_role_and_region(morning):
    people = cast(morning)
    give_role(people["verifier"], "C", "65.01.02", by=people["regency"], now=datetime.now(UTC))

    page = record_of(people["admin"], "/catatan/luar-edisi/").content.decode()

    name = people["verifier"].name
    assert f"Memberi {name} peran Camat dan staf ({Region.objects.get(pk='65.01.02').full_name})." in page


def test_the_decision_is_told_without_a_place_or_total():
    story = play_small(DECREE_ISSUED)
    page = record_of(story.bureau[0], jenis="penutupan").content.decode()

    assert "Menetapkan hasil." in page and "Memberikan 2 gelar menurut hitungan tahap Tinjau lapang." in page
    assert "Juara I" not in page


def test_later_is_first_and_days_are_told_in_the_editions_zone(morning):
    acts = list(record_of(morning.bureau[0]).context["days"])

    assert acts[0][0] == "Selasa, 4 Juni 2024"
    instants = [act.at for _day, rows in acts for act in rows]
    assert instants == sorted(instants, reverse=True)
    assert all(later - earlier >= timedelta(0) for later, earlier in zip(instants, instants[1:], strict=False))
