"""Which yes to locking a stage still counts: one that nothing followed that changed the stage, by its journal.

A yes keeps the number of the last line that had changed the stage when it was given (`Approval.seen`). It lapses by itself
once another such line follows, so that no act has to remember to take it back (decision 0035).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sp2k.editions.file import EARLY_LOCK, LOCK
from sp2k.editions.models import Approval, Edition
from sp2k.journal.models import Line

LOCKS = frozenset({LOCK, EARLY_LOCK})
# Lines about a stage that change nothing of what is locked; every other type does, also one that is added later.
UNCHANGING = frozenset(
    (
        "approval.give", "stage.lock.propose", "stage.lock.withdraw", "stage.lock.early", "sheets.lock",
        "reminder.send", "schedule.set", "order.draw", "order.swap", "panel.propose", "panel.withdraw",
        "silence.propose", "silence.withdraw", "minutes.upload", "minutes.correct", "minutes.make",
        "paper.print", "paper.type", "paper.settle", "paper.scan", "paper.object", "claim.note", "visit.place",
    )
)  # fmt: skip
_SHEETS = _("lembar juri masuk atau berubah")
_FORMS = _("isian atau putusan verifikasinya berubah")
_ANSWERS = _("jawaban atau peringkat sebuah kabupaten/kota berubah")
_DUTIES = _("penugasan juri berubah")
_SEATS = _("orang atau kursi juri berubah")
_VISITS = _("rencana atau temuan kunjungan berubah")
_ENTRIES = _("peserta tahap berubah")
WORDS = {
    "attendance.record": _("kehadiran juri dicatat"), "conflict.declare": _("benturan kepentingan juri dicatat"),
    "sheet.void": _("lembar juri dibatalkan"), "deadline.extend": _("tanggal tahap dipindahkan"),
    "file.erase": _("berkas dihapus"), "paper.confirm": _("lembar kertas dikonfirmasi juri"),
    "paper.withdraw": _("lembar kertas ditarik"), "duty.void": _DUTIES, "jurors.assign": _DUTIES,
    "panel.seat": _SEATS, "panel.lock": _SEATS, "visit.plan": _VISITS, "visit.finding": _VISITS, "finding.void": _VISITS,
    "form.submit": _FORMS, "form.accept": _FORMS, "form.return": _FORMS, "form.void": _FORMS, "verification.void": _FORMS,
    "regency.rank": _ANSWERS, "nominee.set": _ANSWERS, "nominee.decline": _ANSWERS, "nominee.revoke": _ANSWERS,
    "ranking.revoke": _ANSWERS, "sheet.submit": _SHEETS, "sheet.revise": _SHEETS, "sheet.late": _SHEETS,
    "sheet.correct": _SHEETS, "correction.propose": _SHEETS, "correction.approve": _SHEETS, "correction.refuse": _SHEETS,
    "claim.void": _VISITS, "innovation.write": _FORMS, "innovation.void": _FORMS,
    "entries.register": _ENTRIES, "entries.rename": _ENTRIES, "stage.advance": _ENTRIES,
}  # fmt: skip
_OTHERWISE = _("tahapnya berubah")


@dataclass(frozen=True)
class Lapsed:
    """A yes that no longer counts, with what changed the stage after it and since when; no instant where that is unknown."""

    approval: Approval
    changed_at: datetime | None
    words: str


def last_change(edition: Edition, code: str) -> int:
    """Return the number of the last journal line that changed a stage: what a yes given now has seen. Before its lock."""
    return _last(_changes(edition, code, _lock_line(edition, code)))


def standing_approvals(edition: Edition, rows: Iterable[Approval]) -> list[Approval]:
    """Return the rows without the yeses to a lock that have lapsed. No query where there is no yes to a lock."""
    rows, asked = list(rows), {}
    for code in {_stage_of(row) for row in rows if row.act in LOCKS}:
        locked = _lock_line(edition, code)
        asked[code] = _last(_changes(edition, code, locked)), locked is not None
    return [row for row in rows if row.act not in LOCKS or _counts(row, *asked[_stage_of(row)])]


def lapsed_approvals(edition: Edition, rows: Iterable[Approval], standing: list[Approval]) -> list[Lapsed]:
    """Return the yeses among `rows` that have lapsed, each person's last, save of whoever has said yes again since.

    `standing` are those of them that `standing_approvals` returned.
    """
    again = {(row.act, row.subject, row.role, row.by_id) for row in standing}
    gone = {
        key: row
        for row in sorted(rows, key=lambda row: row.pk)
        if row not in standing and (key := (row.act, row.subject, row.role, row.by_id)) not in again
    }
    return [_lapsed(edition, row) for row in gone.values()]


def _lapsed(edition, row: Approval) -> Lapsed:
    if row.seen is None:
        return Lapsed(row, None, str(_OTHERWISE))
    after = list(_changes(edition, _stage_of(row), None).filter(seq__gt=row.seen).order_by("seq").values_list("type", "at"))
    words = dict.fromkeys(str(WORDS.get(type, _OTHERWISE)) for type, _at in after)
    return Lapsed(row, after[0][1], "; ".join(words))


def _counts(row: Approval, last: int, is_locked: bool) -> bool:
    """A yes of before `seen` was kept counts where the stage was locked with it, and is asked again where it is not."""
    return is_locked if row.seen is None else row.seen >= last


def _stage_of(row: Approval) -> str:
    return row.subject.partition(" ")[0]


def _lock_line(edition, code: str) -> Line | None:
    lines = Line.objects.filter(chain=edition.chain_id, type="sheets.lock", canonical__contains=f'"stage":"{code}"')
    return lines.only("seq").first()


def _last(changes) -> int:
    return changes.order_by("-seq").values_list("seq", flat=True).first() or 0


def _changes(edition, code: str, lock: Line | None):
    """The lines that changed a stage: those that name it, or as the one that others go on to; up to its lock."""
    named = Q(canonical__contains=f'"stage":"{code}"') | Q(canonical__contains=f'"next":"{code}"')
    changes = Line.objects.filter(named, chain=edition.chain_id).exclude(type__in=UNCHANGING)
    return changes.filter(seq__lt=lock.seq) if lock else changes
