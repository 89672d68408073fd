"""Reminding whom a stage still waits for. SP2K sends nothing itself: the text is pasted where people read."""

from datetime import datetime, timedelta

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import BadInput
from sp2k.base.typed import clean_text
from sp2k.editions.holding import held_stage
from sp2k.editions.models import Stage
from sp2k.journal import actions as journal
from sp2k.judging.models import Reminder

PAUSE = timedelta(hours=1)


@transaction.atomic
def remind(stage: Stage, user, text: str, *, by, now: datetime) -> Reminder:
    """Record that a person is reminded; within an hour of the last time that one is returned and nothing is recorded."""
    stage = held_stage(stage)
    require(by, "reminder.send", stage, now=now)
    text = clean_text(text, name="Isi pengingat", longest=2000)
    if not text:
        raise BadInput("Tulis isi pengingat.")
    if recent := stage.reminders.filter(user=user, at__gt=now - PAUSE).select_related("by", "user").first():
        return recent
    reminder = Reminder.objects.create(stage=stage, user=user, text=text, by=by, at=now)
    body = {"stage": stage.code, "roles": sorted(user.roles)}
    journal.append(stage.edition.chain_id, "reminder.send", body, by=by, now=now)
    return reminder
