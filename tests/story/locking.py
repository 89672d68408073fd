"""States written with their lines alone, for tests of what follows them: no lawful act would reach them so shortly."""

from datetime import datetime

from django.db import connection, transaction

from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries import rules_hash_of
from sp2k.entries.models import Entry
from sp2k.entries.queries.opening import entries_hash
from sp2k.journal.actions import append
from sp2k.journal.models import Line
from sp2k.regions.models import Region


def told_as_locked(stage: Stage, *, at, by) -> None:
    """Mark a stage as locked and tell the journal of it, without what the act of locking asks."""
    with transaction.atomic():
        Stage.objects.filter(pk=stage.pk).update(locked_at=at)
        append(stage.edition.chain_id, "sheets.lock", {"stage": stage.code, "n": 0}, by=by, now=at)


@transaction.atomic
def lock_rules_as_they_stand(edition: Edition, *, by, now: datetime) -> Edition:
    """Lock the rules of a draft whose dates are past, or whose approvals nobody gave."""
    edition.rules_locked_at, edition.rules_hash = now, rules_hash_of(edition)
    edition.save()
    append(edition.chain_id, "rules.lock", {"hash": edition.rules_hash}, by=by, now=now)
    return edition


@transaction.atomic
def publish_as_it_stands(edition: Edition, *, by, now: datetime) -> Edition:
    """Announce an edition that has no result yet."""
    edition.published_at = now
    edition.save()
    append(edition.chain_id, "result.publish", {"hasil": [], "nomor": "", "sha256": ""}, by=by, now=now)
    return edition


@transaction.atomic
def call_entry(edition: Edition, code: str, name: str, *, by, now: datetime) -> None:
    """Give a kecamatan a name that the correction of a name would refuse."""
    Region.objects.filter(pk=code).update(name=name)
    Entry.objects.filter(edition=edition, region_id=code).update(name=name)
    body = {"sha256": entries_hash(edition.entries.select_related("region__parent"))}
    append(edition.chain_id, "entries.rename", body, by=by, now=now)


def as_before(edition: Edition, *, unlocked: tuple[str, ...] = ()) -> Edition:
    """Take an announced edition back to before its announcement, and stages of it to before their lock, lines and all.

    For pages, which hold their rows against single lines: the chain as a whole no longer follows after this.
    """
    lines = Line.objects.filter(chain=edition.chain_id)
    with connection.cursor() as cursor:  # until the end of the test lines can be taken away
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
    Edition.objects.filter(pk=edition.pk).update(published_at=None)
    lines.filter(type="result.publish").delete()
    for code in unlocked:
        Stage.objects.filter(edition=edition, code=code).update(locked_at=None)
        lines.filter(type="sheets.lock", canonical__contains=f'"stage":"{code}"').delete()
    return edition
