"""A row lent for the minute of an act: a clock, a chair's seat; and the end of one proposal borrowed from another."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from sp2k.accounts.actions import create_user
from sp2k.accounts.actions.people import give_role
from sp2k.accounts.models import User
from sp2k.base import clock
from sp2k.base.clock import start_demonstration_clock
from sp2k.editions.actions import give_approval
from sp2k.editions.actions.calendar import carry_out_move, propose_move
from sp2k.editions.models import Edition, Move, Proposal
from sp2k.editions.queries import subject_of
from sp2k.judging.actions.panel import replace_person
from sp2k.judging.queries.panel import replacement_subject
from sp2k.publication.checking.opening import opened_publication
from sp2k.results.actions import lock_stage
from sp2k.results.actions.early import lock_early, withdraw_early_lock
from sp2k.results.stages.early import early_figures
from tests.hostile.insider.test_sealed_things import sql
from tests.story.small import EDITION, JURY_LOCKED, JURY_SEATED, at, holder, play_small, seat, stage

pytestmark = pytest.mark.django_db
ENDED = "ditandai selesai atau ditarik tanpa tindakan yang melakukannya"


def asking(act: str, who: str) -> str:
    return EDITION.replace("persetujuan:\n", f"persetujuan:\n  {act}: [{who}]\n")


def sentences(story) -> str:
    return " ".join(fault.sentence for fault in opened_publication(Edition.objects.get(pk=story.edition.pk)).faults)


def test_on_a_server_of_real_editions_a_clock_put_into_the_database_changes_no_time(settings):
    story = play_small(until=JURY_SEATED)
    start_demonstration_clock(at("2024-06-05 07.50"))
    assert clock.now_of(story.edition).year == 2024

    settings.SERVES_REAL = True

    assert timezone.now() - clock.now_of(story.edition) < timedelta(minutes=5)
    assert not clock.is_demonstration()


def test_a_server_started_without_a_word_of_demonstrations_serves_true_time(tmp_path):
    told = {name: value for name, value in os.environ.items() if name != "SP2K_DEMONSTRATION"}
    told["SP2K_DATA_DIR"] = str(tmp_path)
    ask = (
        "import os; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'sp2k.config.settings'); import django; django.setup();"
        "from django.core.management import call_command; call_command('migrate', verbosity=0, interactive=False);"
    )
    serve = "import sp2k.config.wsgi; from django.conf import settings; print(settings.SERVES_REAL)"
    subprocess.run([sys.executable, "-c", ask], env=told, check=True)
    answer = subprocess.run([sys.executable, "-c", serve], env=told, check=True, capture_output=True, text=True)

    assert answer.stdout.split() == ["True"]


def test_a_chairs_yes_by_whoever_was_put_on_the_seat_for_its_minute_is_no_chairs_yes():
    story = play_small(until=JURY_SEATED, source=asking("jadwal", "{peran: B, orang: 1}, {peran: K, orang: 1}"))
    bureau, own, other = story.bureau[0], holder(story, "akademisi"), holder(story, "dpmd")
    give_role(other, "K", "65", by=bureau, now=JURY_SEATED)
    sitting = stage(story, "presentasi")
    moved = {"opens_at": sitting.opens_at, "closes_at": at("2024-06-07 16.00"), "reason": "Sakit"}
    move = propose_move(story.edition, sitting, **moved, by=bureau, now=JURY_SEATED + timedelta(minutes=1))
    seats = "UPDATE judging_seating SET user_id = {} WHERE seat_id = {}"
    chair, plain = seat(story, "akademisi").pk, seat(story, "dpmd").pk

    sql(seats.format(bureau.pk, plain), seats.format(other.pk, chair))
    told = {"role": "K", "by": User.objects.get(pk=other.pk), "now": JURY_SEATED + timedelta(minutes=2)}
    give_approval(Edition.objects.get(pk=story.edition.pk), "jadwal", subject_of(move), **told)
    carry_out_move(Move.objects.get(pk=move.pk), by=bureau, now=JURY_SEATED + timedelta(minutes=3))
    sql(seats.format(own.pk, chair), seats.format(other.pk, plain))

    assert "tidak menduduki kursi ketua saat itu" in sentences(story)


def test_an_early_lock_that_lapsed_is_not_done_by_the_lock_of_another_stage():
    before = at("2024-06-05 15.40")
    story = play_small(until=at("2024-06-05 15.59"), source=asking("kunci_dini", "{peran: B, orang: 2}"))
    sitting = stage(story, "presentasi")
    number = early_figures(sitting, before).n_lost
    lock_early(sitting, number=number, by=story.bureau[0], now=before, reason="Sudah lengkap")
    lock_stage(stage(story, "presentasi"), by=story.bureau[0], now=JURY_LOCKED)
    assert sentences(story) == ""

    another = "(SELECT locked_at FROM editions_stage WHERE code = 'seleksi')"
    sql(f"UPDATE editions_proposal SET withdrawn_at = NULL, done_at = {another}")

    assert ENDED in sentences(story)


def test_a_replacement_that_waits_is_not_done_by_one_on_another_seat():
    story = play_small(until=JURY_SEATED, source=asking("panel", "{peran: B, orang: 2}"))
    first, second = story.bureau
    new = [create_user(name, name.title(), roles=[("J", "65")]) for name in ("utami", "wati")]
    subject = replacement_subject(seat(story, "dpmd"), new[0])
    replace_person(seat(story, "dpmd"), new[0], reason="Cuti", by=first, now=JURY_SEATED)
    for by in (first, second):
        give_approval(story.edition, "panel", subject, role="B", by=by, now=JURY_SEATED)
    replace_person(seat(story, "dpmd"), new[0], reason="Cuti", by=second, now=JURY_SEATED + timedelta(minutes=1))
    replace_person(seat(story, "bappeda"), new[1], reason="Cuti", by=first, now=JURY_SEATED + timedelta(minutes=2))
    waiting = Proposal.objects.get(done_at=None, withdrawn_at=None, subject__contains="bappeda")

    sql(f"UPDATE editions_proposal SET done_at = (SELECT max(done_at) FROM editions_proposal) WHERE id = {waiting.pk}")

    assert ENDED in sentences(story)


def test_an_early_lock_between_the_deadlines_of_filling_and_checking_is_no_fault():
    now, two = at("2024-04-19 15.30"), "{peran: B, orang: 2}"
    story = play_small(until=now, source=asking("kunci_dini", two))
    filling, (first, second) = stage(story, "isian"), story.bureau
    number = early_figures(filling, now).n_lost

    lock_early(filling, number=number, by=first, now=now, reason="Sudah lengkap")
    lock_early(stage(story, "isian"), number=number, by=second, now=now + timedelta(minutes=1), reason="Sudah lengkap")

    assert stage(story, "isian").is_locked
    assert sentences(story) == ""


def test_what_an_early_lock_carried_out_is_the_proposal_that_was_asked_last():
    now, bureau = at("2024-06-05 15.30"), "{peran: B, orang: 2}"
    story = play_small(until=now, source=asking("kunci_dini", bureau))
    first, second = story.bureau

    def lock(by, minutes, reason=""):
        at_ = now + timedelta(minutes=minutes)
        sitting = stage(story, "presentasi")
        return lock_early(sitting, number=early_figures(sitting, at_).n_lost, by=by, now=at_, reason=reason)

    lock(first, 0, "Alasan pertama")
    withdraw_early_lock(stage(story, "presentasi"), by=first, now=now + timedelta(minutes=1))
    lock(first, 2, "Alasan kedua")
    lock(second, 3)
    assert stage(story, "presentasi").is_locked and sentences(story) == ""
    given_up, done = Proposal.objects.filter(act="kunci_dini").order_by("pk")

    Proposal.objects.filter(pk=given_up.pk).update(done_at=done.done_at, withdrawn_at=None)
    Proposal.objects.filter(pk=done.pk).update(done_at=None, withdrawn_at=done.done_at)

    assert sentences(story).count(ENDED) == 2
