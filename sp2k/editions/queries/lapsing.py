"""Which yes still counts: one to a lock while nothing changed the stage, one to dates or a seat while what was asked waits.

A yes keeps the number of the last line that had changed the stage when it was given (`Approval.seen`). It lapses by itself
once another such line follows, so that no act has to remember to take it back (decision 0035). A paper bears no day before the
one on which what it agrees to came about.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sp2k.editions.file import EARLY_LOCK, LOCK
from sp2k.editions.models import Approval, Edition, Move
from sp2k.journal.models import Line

LOCKS = frozenset({LOCK, EARLY_LOCK})
# A yes to dates or to a person in a seat is one to what was asked then: it lapses once that was done, or taken back.
ENDED_BY = {
    "jadwal": ("deadline.extend", "deadline.withdraw"), "pengumuman": ("deadline.extend", "deadline.withdraw"),
    "panel": ("panel.seat", "panel.withdraw"),
}  # fmt: skip
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
# What a yes of each act agrees to, by the last line that brought it about; what was proposed is there as a row.
_BROUGHT_ABOUT = {
    "kunci_aturan": {"edition.open": "pembukaan draf edisi", "edition.revise": "perubahan terakhir aturan"},
    "hasil": {"titles.give": "pemberian gelar", "result.propose": "pengajuan kembali hasil"},
    "terbit": {"decree.attach": "pembuatan keputusan"},
}  # fmt: skip
_CHANGED, _PROPOSED = "perubahan terakhir tahap itu", "usulnya"
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
    "deadline.withdraw": _("usul sebelumnya ditarik"), "panel.withdraw": _("usul sebelumnya ditarik"),
    "entries.register": _ENTRIES, "entries.rename": _ENTRIES, "stage.advance": _ENTRIES,
}  # fmt: skip
_OTHERWISE = _("tahapnya berubah")


@dataclass(frozen=True)
class Lapsed:
    """A yes that no longer counts, with what changed the stage after it and since when; no instant where that is unknown."""

    approval: Approval
    changed_at: datetime | None
    words: str


def seen_by(edition: Edition, act: str, subject: str) -> dict[str, int]:
    """Return the field that a yes given now keeps: the last journal line by which it would have lapsed, where it can."""
    if act in LOCKS:
        code = subject.partition(" ")[0]
        return {"seen": _last(_changes(edition, code, _lock_line(edition, code)))}
    return {"seen": _last(_ends(edition, act, _matter(subject)))} if act in ENDED_BY else {}


def brought_about(edition: Edition, act: str, subject: str) -> list[tuple[datetime, str]]:
    """Return when what a yes to `act` on `subject` agrees to came about, each instant with what happened then."""
    rows = [row for row in edition.proposals.filter(act=act, subject=subject) if row.is_waiting]
    if act in ("jadwal", "pengumuman"):
        # the subject of a move is derived; only one move of a stage can wait
        rows += [row for row in edition.moves.select_related("stage") if row.is_waiting and _is_about(row, subject)]
    found = [(row.at, _PROPOSED) for row in rows]
    if act in LOCKS:
        code = subject.partition(" ")[0]
        line = _changes(edition, code, _lock_line(edition, code)).order_by("-seq").first()
        return found + ([(line.at, _CHANGED)] if line else [])
    events = _BROUGHT_ABOUT.get(act, {})
    line = Line.objects.filter(chain=edition.chain_id, type__in=events).order_by("-seq").first()
    return found + ([(line.at, events[line.type])] if line else [])


def _is_about(move: Move, subject: str) -> bool:
    return subject.partition(" ")[0] == (move.stage.code if move.stage else "pengumuman")


def standing_approvals(edition: Edition, rows: Iterable[Approval]) -> list[Approval]:
    """Return the rows without the yeses that have lapsed. No query where there is none to a lock, dates or a seat."""
    rows, asked, ended = list(rows), {}, {}
    for code in {_stage_of(row) for row in rows if row.act in LOCKS}:
        locked = _lock_line(edition, code)
        asked[code] = _last(_changes(edition, code, locked)), locked is not None
    for act, matter in {(row.act, _matter(row.subject)) for row in rows if row.act in ENDED_BY}:
        ended[act, matter] = _last(_ends(edition, act, matter))
    return [row for row in rows if _stands(row, asked, ended)]


def _stands(row: Approval, asked, ended) -> bool:
    if row.act in LOCKS:
        return _counts(row, *asked[_stage_of(row)])
    return row.act not in ENDED_BY or (row.seen or 0) >= ended[row.act, _matter(row.subject)]


def _matter(subject: str) -> str:
    """What a yes is about without the dates or the person: a stage, or a stage and a seat of it."""
    return " ".join(subject.split()[:2]) if len(subject.split()) > 2 else subject.split()[0]


def _ends(edition: Edition, act: str, matter: str):
    """The lines by which what was asked ended: moved or taken back, seated or taken back."""
    code, _, seat = matter.partition(" ")
    lines = Line.objects.filter(chain=edition.chain_id, type__in=ENDED_BY[act])
    if seat:
        return lines.filter(canonical__contains=f'"stage":"{code}"').filter(canonical__contains=f'"seat":"{seat}"')
    return lines.filter(Q(canonical__contains=f'"stage":"{code}"') | Q(canonical__contains=f'"subject":"{code} '))


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
    is_ended = row.act in ENDED_BY
    lines = _ends(edition, row.act, _matter(row.subject)) if is_ended else _changes(edition, _stage_of(row), None)
    after = list(lines.filter(seq__gt=row.seen).order_by("seq").values_list("type", "at"))
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
