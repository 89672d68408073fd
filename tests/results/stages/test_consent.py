"""A yes to a lock is a yes to what was shown: it lapses by whatever changes the stage, and the approver reads why."""

from dataclasses import replace

import pytest
from django.urls import reverse

from sp2k.accounts.actions import create_user
from sp2k.base import clock
from sp2k.base.refusals import Refused
from sp2k.editions.actions import give_approval, move_announcement, move_stage
from sp2k.editions.actions.approving import keep_approval
from sp2k.editions.models import Approval
from sp2k.editions.queries import announcement_subject, missing_approvals
from sp2k.editions.queries.lapsing import ENDED_BY, UNCHANGING, WORDS
from sp2k.journal import actions as journal
from sp2k.journal.line_types import LINE_TYPES
from sp2k.judging.actions import (
    carry_out_plan,
    declare_conflict,
    print_papers,
    record_attendance,
    void_sheet,
    withdraw_paper,
)
from sp2k.judging.planning.plans import every_pair
from sp2k.publication.checking.status import edition_status
from sp2k.results.actions import approve_lock, lock_stage, rank_regency, take_back_answer, take_back_ranking
from sp2k.results.models import FrozenTally, Nomination
from tests.entries.pages import words
from tests.pages.confirming import confirm, mark_shown
from tests.story import small
from tests.story.small import BULUNGAN, FIRST, SECOND, THIRD, at

pytestmark = pytest.mark.django_db
ASKED = small.EDITION.replace(
    "persetujuan:\n", "persetujuan:\n  kunci_tahap: {penilaian: [{peran: B, orang: 1}, {peran: I, orang: 1}]}\n"
)
AFTER = at("2024-06-05 16.30")
LACKING = ["kurang 1 orang Pengawas"]


@pytest.fixture
def story(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    return small.play_small(small.SHEETS_IN, source=ASKED)


@pytest.fixture
def watcher(db):
    return create_user("pengawas-65", "Pengawas Enam Lima", roles=[("I", "65")])


def says_yes(story, watcher, code="presentasi", now=AFTER) -> Approval:
    return give_approval(story.edition, "kunci_tahap", code, role="I", by=watcher, now=now)


def lacking(story, code="presentasi") -> list[str]:
    return missing_approvals(story.edition, "kunci_tahap", code, also=story.bureau[0])


def page_of(client, story, name, code="presentasi"):
    return reverse(f"results:{name}", args=["kaltara-2024-uji", code])


def absent(story, code=FIRST, reason="Sakit"):
    duty = small.duty(story, code, "bappeda")
    void_sheet(duty.standing_sheets[-1], reason="Keliru", by=story.bureau[0], now=AFTER)
    record_attendance([small.duty(story, code, "bappeda")], "absen", reason=reason, by=story.bureau[0], now=AFTER)


def conflict(story):
    seat = small.seat(story, "bappeda")
    person = small.entry(story, "presentasi", FIRST)
    declare_conflict(seat, person, reason="Adik camatnya.", by=seat.holder, now=at("2024-06-05 15.00"))


def deadline(story):
    presentation = small.stage(story, "presentasi")
    told = {"opens_at": presentation.opens_at, "closes_at": at("2024-06-06 16.00")}
    move_stage(presentation, **told, reason="Listrik padam.", by=story.bureau[0], now=AFTER)


def duties(story):
    plan = every_pair((FIRST, SECOND, THIRD), ("akademisi", "bappeda", "dpmd"))
    left = replace(plan, pairs=plan.pairs - {(FIRST, "bappeda")})
    told = {"by": story.bureau[0], "now": at("2024-06-05 15.00")}
    carry_out_plan(small.stage(story, "presentasi"), left, reason="Berbagi tugas.", **told)


def paper(story):
    told = {"by": story.bureau[0], "now": at("2024-06-05 15.00")}
    printed = print_papers(small.stage(story, "presentasi"), [small.duty(story, FIRST, "bappeda")], **told)
    withdraw_paper(printed.papers[0], reason="Sobek", **told)


@pytest.mark.parametrize("change", [absent, conflict, deadline, duties, paper])
def test_a_yes_lapses_whatever_act_changed_the_stage(monkeypatch, change):
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    story = small.play_small(small.JURY_SEATED if change in (duties, paper) else small.SHEETS_IN, source=ASKED)
    says_yes(story, create_user("pengawas-65", "Pengawas Enam Lima", roles=[("I", "65")]))
    assert lacking(story) == []

    change(story)

    assert lacking(story) == LACKING


def test_a_yes_lapses_when_a_nomination_or_a_ranking_is_taken_back_or_made_anew(db):
    story = small.play_small(at("2024-05-10 15.00"), source=ASKED.replace("{penilaian:", "{seleksi:"))
    watcher = create_user("pengawas-65", "Pengawas Enam Lima", roles=[("I", "65")])
    organiser, now = small.person(story, "R", BULUNGAN), at("2024-05-10 15.30")
    told = {"reason": "Salah pilih.", "by": organiser, "now": now}
    for change in (
        lambda: take_back_answer(Nomination.objects.get(regency=BULUNGAN), **told),
        lambda: take_back_ranking(FrozenTally.objects.get(scope=BULUNGAN), **told),
        lambda: rank_regency(small.desk(story, BULUNGAN), by=organiser, now=now),
    ):
        says_yes(story, watcher, "seleksi", now)
        assert lacking(story, "seleksi") == []
        change()
        assert lacking(story, "seleksi") == LACKING


def test_every_type_of_line_about_a_stage_makes_a_yes_lapse_save_those_listed(story, watcher):
    chain, lapsing = story.edition.chain_id, set()
    for type in sorted(LINE_TYPES - {"sheets.lock"}):
        keep_approval(story.edition, "kunci_tahap", "presentasi", role="I", by=watcher, now=AFTER)  # the lines have no rows
        journal.append(chain, type, {"stage": "presentasi"}, by=story.bureau[0], now=AFTER)
        journal.append(chain, type, {"stage": "lapang"}, by=story.bureau[0], now=AFTER)
        if lacking(story):
            lapsing.add(type)

    assert lapsing == LINE_TYPES - UNCHANGING
    assert UNCHANGING | set(WORDS) <= LINE_TYPES
    ending_others = {type for types in ENDED_BY.values() for type in types}  # yeses to dates or seats
    assert UNCHANGING & set(WORDS) <= ending_others


def test_what_changes_nothing_of_the_stage_leaves_the_yes(story, watcher):
    says_yes(story, watcher)

    give_approval(
        story.edition, "pengumuman", announcement_subject(at("2024-07-12 10.00")), role="B", by=story.bureau[1], now=AFTER
    )
    move_announcement(
        story.edition, announced_at=at("2024-07-12 10.00"), reason="Gubernur dinas.", by=story.bureau[0], now=AFTER
    )
    says_yes(story, watcher)  # a second tap

    assert lacking(story) == []
    assert story.edition.approvals.filter(act="kunci_tahap").count() == 1
    assert lock_stage(small.stage(story, "presentasi"), by=story.bureau[0], now=AFTER).is_locked


def test_the_approver_reads_on_every_page_why_the_yes_lapsed_and_says_yes_again_to_what_is_shown(client, story, watcher):
    client.force_login(watcher)
    address = page_of(client, story, "approve-lock") + "?role=I"
    confirm(client, address)
    absent(story)
    why = ("Persetujuan Pengawas Enam Lima pada 5 Juni 2024, 16.30 WITA gugur: sesudahnya lembar juri dibatalkan; kehadiran "
           "juri dicatat (sejak 5 Juni 2024, 16.30 WITA).")  # fmt: skip

    assert why in words(client.get(page_of(client, story, "stage")))
    assert why in words(client.get("/edisi/kaltara-2024-uji/persetujuan/"))
    read = words(client.get(address))
    assert why in read and "Kursi yang tidak memberi lembar Bappeda" in read and "Sakit" in read
    confirm(client, address)
    assert lacking(story) == []
    assert why not in words(client.get(page_of(client, story, "stage")))


def test_of_an_act_that_is_done_the_page_names_who_did_it_beside_who_agreed(client, story, watcher):
    says_yes(story, watcher)
    lock_stage(small.stage(story, "presentasi"), by=story.bureau[1], now=AFTER)
    client.force_login(story.bureau[0])

    page = words(client.get("/edisi/kaltara-2024-uji/persetujuan/"))

    rules, stages = page.split("Mengunci aturan:")[1].split("Mengunci tahap:", 1)
    first, second = (person.name for person in story.bureau)
    assert first in rules and f"Dilakukan {second} pada" in rules
    assert f"Dilakukan {second} pada 5 Juni 2024, 16.30 WITA." in stages


def test_what_changed_between_the_page_and_its_button_is_shown_before_the_yes_is_taken(client, story, watcher):
    client.force_login(watcher)
    address = page_of(client, story, "approve-lock") + "?role=I"
    seen = mark_shown(client, address)
    absent(story)

    answer = client.post(address, {"shown": seen})

    assert answer.status_code == 409
    assert "Belum dilakukan: keadaannya berubah sejak Anda membukanya" in words(answer)
    assert not story.edition.approvals.filter(act="kunci_tahap").exists()


def test_a_lapsed_yes_put_back_or_made_to_have_seen_more_is_a_fault_and_stops_the_lock(story, watcher):
    yes = approve_lock(small.stage(story, "presentasi"), "kunci_tahap", role="I", by=watcher, now=AFTER)
    absent(story)
    assert edition_status(story.edition)["rusak"] == []

    Approval.objects.filter(pk=yes.pk).update(seen=story.edition.chain.lines.count())

    assert lacking(story) == []
    told = [fault["apa"] for fault in edition_status(story.edition)["rusak"]]
    assert told == ["Persetujuan kunci_tahap oleh Pengawas Enam Lima", "Persetujuan kunci_tahap oleh pengawas-65"]
    with pytest.raises(Refused, match="Penguncian tahap Presentasi dihentikan"):
        lock_stage(small.stage(story, "presentasi"), by=story.bureau[0], now=AFTER)


def test_a_yes_that_an_earlier_version_took_back_is_a_fault_when_its_row_is_put_back(story, watcher):
    chain, told = story.edition.chain_id, {"act": "kunci_tahap", "subject": "presentasi", "role": "I"}
    journal.append(chain, "approval.give", told, by=watcher, now=AFTER)
    journal.append(chain, "sheet.void", {"stage": "presentasi", "lapsed": ["I"]}, by=story.bureau[0], now=AFTER)
    assert "Persetujuan" not in str(edition_status(story.edition)["rusak"])

    Approval.objects.create(edition=story.edition, **told, by=watcher, at=AFTER)

    assert "sudah gugur menurut baris jurnal" in str(edition_status(story.edition)["rusak"])
    assert lacking(story) == LACKING


def test_a_yes_to_rules_that_changed_since_is_a_fault_when_its_row_is_put_back(story):
    first, second = story.bureau
    chain = story.edition.chain_id
    told = {"act": "kunci_aturan", "subject": story.edition.code, "role": "B"}
    journal.append(chain, "approval.give", told, by=second, now=AFTER)
    journal.append(chain, "edition.revise", {"withdrawn": ["B"], "source": ""}, by=first, now=AFTER)
    Approval.objects.create(edition=story.edition, **told, by=second, at=AFTER)

    assert "Persetujuan kunci_aturan oleh" in str(edition_status(story.edition)["rusak"])
