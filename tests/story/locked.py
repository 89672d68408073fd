"""A stage locked as it stands: with its line, and without asking what is missing."""

from datetime import datetime

from django.db import transaction

from sp2k.editions.models import Stage
from sp2k.journal import actions as journal


@transaction.atomic
def lock_as_it_stands(stage: Stage, *, by, now: datetime) -> None:
    """Lock a stage that still misses something, for tests of what comes after the lock."""
    Stage.objects.filter(pk=stage.pk).update(locked_at=now)
    journal.append(stage.edition.chain_id, "sheets.lock", {"stage": stage.code, "n": 0}, by=by, now=now)
