"""Who is late with what: seats whose sheets are missing, regencies that are silent or have not checked their forms."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from sp2k.accounts.policy import why_not
from sp2k.base.language import spoken_instant
from sp2k.base.pages.addresses import address_of
from sp2k.desk.tasks.situation import Situation
from sp2k.editions.models import Edition, Stage
from sp2k.entries.models import Entry
from sp2k.entries.queries import accepted_verifications
from sp2k.judging.models import Reminder, Seating
from sp2k.judging.queries import unexplained_assignments
from sp2k.results.closing import regencies_in
from sp2k.results.models import Nomination
from sp2k.results.regencies.page import answers_taken_back

SHOWN = 8
NAMED = 3


@dataclass(frozen=True)
class Overdue:
    """One who is late. `names` are the first few of what is missing."""

    who: str
    kind: str
    count: int
    what: str
    names: tuple[str, ...]
    due: datetime
    reminded_at: datetime | None
    edition: Edition
    stage: Stage
    may_remind: bool

    @property
    def address(self) -> str:
        return address_of("results:reminders", self.edition.code, self.stage.code) if self.may_remind else ""


@dataclass(frozen=True)
class OverdueList:
    """The first of those who are late, and how many there are."""

    rows: tuple[Overdue, ...]
    total: int


def overdue(situations: list[Situation]) -> OverdueList:
    """Return who is late in the editions whose counts the person may see; the longest overdue first."""
    found = []
    for here in situations:
        stage = here.current
        if stage is None or not here.may_count or not here.is_past(stage):
            continue
        rows = {Stage.Kind.FILLING: _forms, Stage.Kind.SELECTION: _regencies}.get(stage.kind, _sheets)
        found += rows(here, stage)
    found.sort(key=lambda row: row.due)
    return OverdueList(tuple(found[:SHOWN]), len(found))


def _sheets(here, stage) -> list[Overdue]:
    may_remind = why_not(here.user, "reminder.send", stage, now=here.now) is None
    by_seat = {}
    of_entry = "participation__entry__name", "participation__entry__regency_name"
    for seat, name, regency in unexplained_assignments(stage).values_list("seat", *of_entry):
        by_seat.setdefault(seat, []).append(str(Entry(name=name, regency_name=regency)))
    seats = {seat.pk: seat for seat in here.facts.seats[stage.pk]}
    holders = dict(Seating.objects.filter(seat__stage=stage, until=None).values_list("seat", "user"))
    reminded = dict(
        Reminder.objects.filter(stage=stage)
        .order_by()
        .values("user")
        .annotate(last=Max("at"))
        .values_list("user", "last")
    )
    return [
        Overdue(
            seats[seat].institution, "juri", len(names), _("lembar belum masuk"), tuple(names[:NAMED]), stage.closes_at,
            reminded.get(holders.get(seat)), here.edition, stage, may_remind,
        )
        for seat, names in by_seat.items()
    ]  # fmt: skip


def _regencies(here, stage) -> list[Overdue]:
    may_remind = why_not(here.user, "reminder.send", stage, now=here.now) is None
    silent = regencies_in(here.edition).exclude(pk__in=stage.nominations.values("regency"))
    before = answers_taken_back(stage)
    return [
        Overdue(
            regency.called, "kabkota", 1, _unanswered(before.get(regency.pk), here.edition.zone), (), stage.closes_at, None,
            here.edition, stage, may_remind,
        )
        for regency in silent
    ]  # fmt: skip


def _unanswered(before: Nomination | None, zone: str) -> str:
    """What a regency owes; where an answer was taken back, whose that was."""
    if before is None:
        return _("belum mengajukan calon atau alasan tidak ikut")
    told = {"whose": before.who_answered, "by": before.withdrawn_by.name, "at": spoken_instant(before.withdrawn_at, zone)}
    return _("belum menjawab lagi; jawaban %(whose)s ditarik %(by)s, %(at)s") % told


def _forms(here, stage) -> list[Overdue]:
    may_remind = why_not(here.user, "reminder.send", stage, now=here.now) is None
    accepted = accepted_verifications(stage).values("form__participation")
    waiting = stage.participations.exclude(pk__in=accepted).order_by()
    rows = waiting.values("entry__regency_name").annotate(n=Count("pk")).order_by("entry__region__parent")
    return [
        Overdue(
            row["entry__regency_name"], "kabkota", row["n"], _("isian belum diterima"), (),
            here.last_instant(stage), None, here.edition, stage, may_remind,
        )
        for row in rows
    ]  # fmt: skip
