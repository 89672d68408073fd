"""What an act rests on, read anew inside its transaction and held until it ends.

What a page fetched a minute ago may since have been locked, answered or published by someone else. Every act of an
edition therefore begins here: it takes the edition's row, and only then reads what it decides by. SQLite has begun
the transaction as the only writer anyway; on PostgreSQL the row makes acts of one edition follow one another, as the
lines of its journal do, so that two people at the same moment meet a sentence and not a broken constraint.
"""

from sp2k.editions.models import Edition, Stage


def held_edition(edition_id: int) -> Edition:
    """Return the edition as it stands now, held until the transaction ends."""
    return Edition.objects.select_for_update(of=("self",)).select_related("region").get(pk=edition_id)


def held_stage(stage: Stage) -> Stage:
    """Return the stage as it stands now, its edition held until the transaction ends."""
    # Two statements: a row read beside the one that was waited for would be of before the wait.
    edition = held_edition(stage.edition_id)
    held = Stage.objects.select_related("instrument").get(pk=stage.pk)
    held.edition = edition
    return held
