"""What stands beside the tasks: sheets a seat has given, the journal, what all were told, the server's numbers."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sp2k.accounts.models import User
from sp2k.accounts.roles import Role
from sp2k.base.clock import Clocks, moment
from sp2k.desk.tasks.situation import Situation, concerns
from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries import editions_visible_to
from sp2k.journal.canonical import parse
from sp2k.journal.models import ChainCheck, Line
from sp2k.journal.opening import last_checks
from sp2k.judging.models import Seat

TOLD = {
    "deadline.extend": _("Tanggal dipindah"),
    "panel.seat": _("Kursi juri diisi atau diganti"),
    "rules.lock": _("Aturan dikunci"),
    "abandon.propose": _("Penutupan tanpa hasil diusulkan"),
    "sheets.lock": _("Tahap dikunci"),
    "stage.lock.early": _("Tahap dikunci sebelum batasnya"),
}
SHOWN_TOLD = 6
CLOSED_TOLD_FOR = timedelta(days=60)


@dataclass(frozen=True)
class SeatProgress:
    """How many sheets a seat has given of those awaited; never a mark."""

    seat: Seat
    n_given: int
    n_awaited: int


@dataclass(frozen=True)
class StageSheets:
    """The sheets of the stage that runs, by seat."""

    stage: Stage
    seats: tuple[SeatProgress, ...]

    @property
    def n_given(self) -> int:
        return sum(row.n_given for row in self.seats)

    @property
    def n_awaited(self) -> int:
        return sum(row.n_awaited for row in self.seats)


@dataclass(frozen=True)
class JournalState:
    """An edition's chain: lines, head, and the verdict of the last run that opened everything, None before the first."""

    edition: object
    size: int
    head: str
    check: ChainCheck | None


def sheets_by_seat(here: Situation) -> StageSheets | None:
    """Return who has given how many sheets in the running stage, for whoever may see the counts."""
    stage = here.current
    if stage is None or not here.may_count or stage.kind not in {Stage.Kind.SCORING, Stage.Kind.VISIT}:
        return None
    counts = here.progress[stage.pk].seats
    seats = tuple(
        SeatProgress(seat, *counts[seat.pk]) for seat in here.facts.seats.get(stage.pk, ()) if seat.pk in counts
    )
    return StageSheets(stage, seats) if seats else None


def journals_of(situations: Sequence[Situation]) -> list[JournalState]:
    """Return the state of the editions' chains: nothing is checked here, what a run found is told with its time."""
    chains = [here.edition.chain for here in situations]
    checks = last_checks(chain.name for chain in chains)
    return [
        JournalState(here.edition, chain.size, chain.head, checks.get(chain.name))
        for here, chain in zip(situations, chains, strict=True)
    ]


@dataclass(frozen=True)
class Told:
    """One thing that all were told, how often on that day, and of which stage."""

    what: str
    stage: str
    edition: object
    times: int
    at: object


def told_to_all(situations) -> list[Told]:
    """Return what the inspectorate is told and does not wait for, newest first, alike things of one day together."""
    by_chain = {here.edition.chain_id: here for here in situations}
    lines = Line.objects.filter(chain__in=by_chain, type__in=TOLD).order_by("-at", "-seq")[: SHOWN_TOLD * 10]
    alike: dict[tuple, list] = {}
    for line in lines:
        alike.setdefault((line.chain_id, line.type, _stage_code(line), line.at.date()), []).append(line)
    told = []
    for (chain, kind, code, _day), rows in list(alike.items())[:SHOWN_TOLD]:
        here = by_chain[chain]
        names = {stage.code: stage.name for stage in here.stages}
        told.append(Told(TOLD[kind], names.get(code, code), here.edition, len(rows), rows[0].at))
    return told


def _stage_code(line) -> str:
    return str(parse(line.canonical.encode())["body"].get("stage", ""))


@dataclass(frozen=True)
class ServerNumbers:
    """Technical numbers only: no entry, no sheet, no score."""

    n_users: int
    n_inactive: int
    free: int
    size: int
    database: int


def server_numbers(user) -> ServerNumbers | None:
    """Return the server's numbers to an administrator, None to others."""
    if Role.ADMIN not in user.roles:
        return None
    disk, database = shutil.disk_usage(settings.DATA_DIR), settings.DATABASES["default"]["NAME"]
    size = database.stat().st_size if hasattr(database, "stat") and database.exists() else 0
    return ServerNumbers(
        User.objects.filter(is_active=True).count(), User.objects.filter(is_active=False).count(), disk.free, disk.total,
        size,
    )  # fmt: skip


def lately_closed(user, *, now: datetime | Clocks) -> list[Edition]:
    """Return the editions around a person that were left in the last weeks, the newest first."""
    if not user.roles - {Role.ADMIN}:
        return []
    rows = editions_visible_to(user).filter(abandoned_at__isnull=False).defer("source", "rules").order_by("-abandoned_at")
    late = [row for row in rows if row.abandoned_at > moment(now, row) - CLOSED_TOLD_FOR]
    return [edition for edition in late if concerns(user, edition)]
