"""Each role's home, read once: tasks, who is late, counts beside them, the editions as lines of steps."""

from dataclasses import dataclass

from django.db.models import Prefetch

from sp2k.accounts.roles import Role
from sp2k.desk.coming import coming
from sp2k.desk.overdue import OverdueList, overdue
from sp2k.desk.panels import journals_of, lately_closed, server_numbers, sheets_by_seat, told_to_all
from sp2k.desk.tasks.compose import SHOWN, all_tasks
from sp2k.desk.tasks.installation import tasks_of_installation
from sp2k.desk.tasks.situation import Situation, situations_of
from sp2k.desk.tasks.task import Task
from sp2k.desk.timeline import Timeline, timeline
from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries import editions_at_work_for
from sp2k.entries.queries.shown import changed_names_among

WATCH_THE_JOURNAL = frozenset({Role.BUREAU, Role.INSPECTORATE, Role.ADMIN})


@dataclass(frozen=True)
class Home:
    """What the desk shows. `first` is the edition with the most urgent to do; quiet and published ones lie folded."""

    tasks: list[Task]
    n_more: int
    coming: list[str]
    late: OverdueList | None
    first: Timeline | None
    others: list[Timeline]
    quiet: list[Timeline]
    published: list[Timeline]
    sheets: list
    journals: list
    told: list
    server: object
    may_search: bool
    closed: list[Edition]
    changed: list[str]  # codes of editions of which nothing is shown: what is stored of them is not what the journal says


def home_of(user, *, now) -> Home:
    """Return a person's home at an instant."""
    editions = editions_at_work_for(user).select_related("chain", "decision", "decree", "publication")
    stages = Stage.objects.select_related("advancement").defer("rules")
    editions = editions.defer("source", "rules").prefetch_related(Prefetch("stages", stages), "returns")
    situations = situations_of(editions, user=user, now=now)
    closed = lately_closed(user, now=now)
    changed = changed_names_among([*(here.edition for here in situations), *closed])
    situations = [here for here in situations if here.edition.code not in changed]
    tasks = all_tasks(situations, tasks_of_installation(user, now=now))
    ordered = _ordered(situations, tasks)
    running = [here for here in ordered if not here.edition.is_published]
    lines = [timeline(here) for here in running]
    busy = {one.edition.pk for one in tasks if one.edition}
    counting = [here for here in running if here.may_count]
    return Home(
        tasks=tasks[:SHOWN], n_more=max(0, len(tasks) - SHOWN),
        coming=[] if tasks else coming(running, user=user),
        late=overdue(counting) if counting else None,
        first=lines[0] if lines else None,
        others=[line for line in lines[1:] if line.edition.pk in busy],
        quiet=[line for line in lines[1:] if line.edition.pk not in busy],
        published=[timeline(here) for here in ordered if here.edition.is_published],
        sheets=[found for here in counting if (found := sheets_by_seat(here))],
        journals=journals_of([here for here in running if WATCH_THE_JOURNAL & here.user.roles]),
        told=told_to_all(situations) if Role.INSPECTORATE in user.roles else [],
        server=server_numbers(user), may_search=bool(user.roles - {Role.ADMIN}),
        closed=[edition for edition in closed if edition.code not in changed], changed=sorted(changed),
    )  # fmt: skip


def _ordered(situations, tasks) -> list[Situation]:
    """Editions with something to do first, in the order of what is most urgent; then those whose stage ends first."""
    rank = {}
    for n, one in enumerate(tasks):
        if one.edition:
            rank.setdefault(one.edition.pk, n)
    return sorted(situations, key=lambda here: (rank.get(here.edition.pk, len(tasks)), *_next_end(here)))


def _next_end(here: Situation) -> tuple:
    """What ends first comes first; what has no stage left, the newest of them, after all that run."""
    stage = here.current
    return (0, here.last_instant(stage).timestamp()) if stage else (1, -here.edition.year)
