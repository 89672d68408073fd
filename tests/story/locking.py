"""A stage locked by its line alone, for tests of what follows a lock and asks nothing of how it came about."""

from django.db import transaction

from sp2k.editions.models import Stage
from sp2k.journal.actions import append


def told_as_locked(stage: Stage, *, at, by) -> None:
    """Mark a stage as locked and tell the journal of it, without what the act of locking asks."""
    with transaction.atomic():
        Stage.objects.filter(pk=stage.pk).update(locked_at=at)
        append(stage.edition.chain_id, "sheets.lock", {"stage": stage.code, "n": 0}, by=by, now=at)
