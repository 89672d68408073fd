"""All tasks of a person over all editions: at most seven, the most urgent first."""

from collections.abc import Iterable, Sequence

from sp2k.desk.tasks import approving, bureau, jury, kecamatan, proposed, regency, ties
from sp2k.desk.tasks.situation import Situation
from sp2k.desk.tasks.task import Task

SHOWN = 7
GROUPS = (bureau, regency, kecamatan, jury, approving, proposed, ties)


def all_tasks(situations: Sequence[Situation], others: Iterable[Task] = ()) -> list[Task]:
    """Return every task in the editions a person meets, and `others` of no edition, the most urgent first."""
    found = [*others]
    found += [one for here in situations for group in GROUPS for one in group.tasks_of(here)]
    return sorted(found, key=lambda one: one.urgency)
