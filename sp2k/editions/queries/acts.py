"""The acts of an edition that need someone's yes: whose, who has given it, and what the viewer may still give."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from sp2k.accounts.models import User
from sp2k.accounts.policy import why_not
from sp2k.accounts.roles import Role
from sp2k.base.clock import moment
from sp2k.editions import approvals
from sp2k.editions.file import EARLY_LOCK, LOCK
from sp2k.editions.models import Approval, Edition, Move, Proposal, Stage
from sp2k.editions.queries import act_of, editions_at_work_for, given_approvals, subject_of
from sp2k.editions.queries.chairs import speaks_for
from sp2k.editions.queries.lapsing import LOCKS, Lapsed, lapsed_approvals, standing_approvals
from sp2k.journal.queries import lines_of_type

NOBODY = -1
# The line by which each act was done; a lock before the deadline is told by a line of its own before that of the lock.
_DONE_IN = {
    "rules.lock": "kunci_aturan", "sheets.lock": LOCK, "stage.lock.early": EARLY_LOCK, "result.seal": "hasil",
    "result.publish": "terbit",
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One role that an act asks: how many persons, the recorded yeses, and whether a paper will do."""

    role: str
    label: str
    persons: int
    paper_by: int
    given: tuple[Approval, ...]


@dataclass(frozen=True)
class Act:
    """One act on one subject, as it stands for the viewer.

    `waits_for` are phrases of what is missing; `state` is done, due or later, `words` says it; `mine` are the roles in
    which the viewer can still say yes, `papers` those whose signed paper the viewer may record.
    """

    act: str
    name: str
    subject: str
    about: str
    state: str
    words: str
    asked: tuple[Asked, ...]
    waits_for: tuple[str, ...]
    mine: tuple[Role, ...]
    papers: tuple[Role, ...]
    asked_by: Move | Proposal | None = None
    lapsed: tuple[Lapsed, ...] = ()
    done_by: tuple[str, datetime] | None = None

    @property
    def move(self) -> Move | None:
        return self.asked_by if isinstance(self.asked_by, Move) else None

    @property
    def proposal(self) -> Proposal | None:
        return self.asked_by if isinstance(self.asked_by, Proposal) else None

    @property
    def key(self) -> str:
        return f"{self.act}-{self.subject}".replace(" ", "-")

    @property
    def is_due(self) -> bool:
        return self.state == "due"

    @property
    def is_lock(self) -> bool:
        """Whether this locks a stage: such a yes is given at the stage, which knows what it still lacks."""
        return self.act in LOCKS

    @property
    def stage(self) -> str:
        """The code of the stage that a lock is about."""
        return self.subject.partition(" ")[0]

    def again_by(self, user) -> tuple[Role, ...]:
        """The roles whose paper the person has recorded: recorded again, it takes that one's place while it does not count."""
        rows = [(asked.role, row) for asked in self.asked for row in asked.given if row.paper_number]
        return tuple(Role(role) for role, row in rows if row.by_id == user.pk)

    @property
    def n_papers(self) -> int:
        return sum(1 for asked in self.asked for given in asked.given if given.paper_id)


def act_name(act: str) -> str:
    """Return the act's name as people say it."""
    return {
        "kunci_aturan": _("Mengunci aturan"), "kunci_tahap": _("Mengunci tahap"),
        "kunci_dini": _("Mengunci tahap sebelum batasnya"), "jadwal": _("Memindahkan jadwal"),
        "pengumuman": _("Memindahkan pengumuman"),
        "panel": _("Mengganti orang pada kursi juri"), "hasil": _("Menetapkan hasil"), "terbit": _("Mengumumkan hasil"),
    }[act]  # fmt: skip


def acts_of(edition: Edition, user, *, now: datetime) -> list[Act]:
    """Return the declared acts of an edition in the order they come, each subject by itself; of those done also by whom."""
    acts = _acts_of(edition, user, now, list(edition.approvals.select_related("by").order_by("pk")))
    done = _doers(edition) if any(act.state == "done" for act in acts) else {}
    return [replace(act, done_by=done.get((act.act, act.stage if act.is_lock else ""))) for act in acts]


def acts_waiting_for(user, *, now: datetime) -> list[tuple[Edition, list[Act]]]:
    """Return, by edition, the acts that are due and to which the viewer can say yes or record a paper."""
    editions = editions_at_work_for(user).filter(published_at=None).select_related("decree", "decision").prefetch_related(
        "stages", "moves__stage", "approvals__by", "awards", "proposals", "returns"
    )  # fmt: skip
    found = []
    for edition in editions:
        acts = [act for act in _acts_of(edition, user, moment(now, edition), list(edition.approvals.all())) if act.is_due]
        if acts := [act for act in acts if act.mine or act.papers]:
            found.append((edition, acts))
    return found


def _doers(edition: Edition) -> dict[tuple[str, str], tuple[str, datetime]]:
    """Who did each act and when, by the journal: whoever does an act counts as one of those it asks."""
    lines = lines_of_type(edition.chain_id, _DONE_IN)
    names = dict(User.objects.filter(username__in={line.actor for line, _body in lines}).values_list("username", "name"))
    return {
        (_DONE_IN[line.type], body.get("stage", "")): (names.get(line.actor, line.actor), line.at) for line, body in lines
    }


def _acts_of(edition: Edition, user, now, given: list[Approval]) -> list[Act]:
    may = why_not(user, "approval.give", edition, now=now) is None
    found = []
    for act, subject, about, state, words, asked_by in _subjects(edition, now):
        rules = approvals.rules_of_act(edition.rules, act, subject)
        state, words = _unless_left(edition, state, words)
        if rules:
            said = [row for row in given if (row.act, row.subject) == (act, subject)]
            yeses = standing_approvals(edition, said)
            mine, papers = _open_to(user, edition, rules, yeses, subject) if may and state == "due" else ((), ())
            found.append(
                Act(
                    act, act_name(act), subject, about, state, words, _asked(rules, yeses),
                    _missing(edition, rules, yeses, subject), mine, papers, asked_by,
                    tuple(lapsed_approvals(edition, said, yeses)) if state == "due" else (),
                )
            )  # fmt: skip
    return found


def _subjects(edition: Edition, now) -> Iterable[tuple[str, str, str, str, str, Move | Proposal | None]]:
    is_draft, stages = not edition.has_locked_rules, list(edition.stages.all())
    yield "kunci_aturan", edition.code, str(edition), *_state(edition.has_locked_rules, True, ""), None
    for move in edition.moves.all():
        if move.is_waiting:
            about = move.stage.name if move.stage else _("Pengumuman")
            yield act_of(move), subject_of(move), about, "due", _("menunggu"), move
    for stage in stages:
        if early := early_lock_of(edition, stage):
            yield EARLY_LOCK, early.subject, stage.name, *_state(True, True, ""), early
            continue
        begun = not is_draft and stage.opens_at <= now
        state = _state(stage.is_locked, begun, _("setelah tahapnya dibuka"))
        yield "kunci_tahap", stage.code, stage.name, *state, None
    for asked in edition.proposals.all():
        if asked.is_waiting:
            yield asked.act, asked.subject, asked.about, *_state(edition.is_published, True, ""), asked
    words = _("diputuskan kursi demi kursi pada halaman panel juri")
    yield "panel", "", _("tiap pergantian"), "done" if edition.is_published else "later", words, None
    has_titles, has_decree = bool(edition.awards.all()), hasattr(edition, "decree")
    is_back = edition.standing_return is not None
    later = _("setelah biro menjawab pengembalian") if is_back else _("setelah gelar diberikan")
    decided = _state(hasattr(edition, "decision"), has_titles and not is_back, later)
    yield "hasil", edition.result_subject, str(edition), *decided, None
    told = _state(edition.is_published, has_decree, _("setelah keputusan dibuat"))
    yield "terbit", edition.code, str(edition), *told, None


def early_lock_of(edition: Edition, stage: Stage) -> Proposal | None:
    """The proposal by which a stage was locked before its deadline: the yeses to the lock were given to it."""
    rows = (row for row in edition.proposals.all() if row.act == EARLY_LOCK and row.done_at)
    return next((row for row in rows if row.subject.startswith(f"{stage.code} ")), None) if stage.is_locked else None


def _unless_left(edition: Edition, state: str, words: str) -> tuple[str, str]:
    """Of an edition that was closed without result nothing waits any more."""
    if edition.is_abandoned and state != "done":
        return "later", _("tidak diteruskan: edisi ditutup tanpa hasil")
    return state, words


def _state(is_done: bool, is_due: bool, later: str) -> tuple[str, str]:
    if is_done:
        return "done", _("sudah dilakukan")
    return ("due", _("menunggu")) if is_due else ("later", _("belum waktunya: %(when)s") % {"when": later})


def _asked(rules, yeses) -> tuple[Asked, ...]:
    return tuple(
        Asked(
            rule.role, Role(rule.role).label, rule.persons, rule.paper.persons if rule.paper else 0,
            tuple(row for row in yeses if row.role == rule.role),
        )
        for rule in rules
    )  # fmt: skip


def _missing(edition, rules, yeses, subject) -> tuple[str, ...]:
    given = given_approvals(edition, yeses, subject)
    return tuple(approvals.missing(rules, given, actor=NOBODY, roles=set()))


def _may_record(user, rule, yeses, given) -> bool:
    """Whether the person has recorded no paper yet, or one that does not count: that recording may be replaced."""
    own = next((row for row in yeses if row.role == rule.role and row.by_id == user.pk), None)
    if own is None:
        return True
    others = any(row.paper_number and row.role == rule.role and row.by_id != user.pk for row in yeses)
    paper = (own.paper_number, own.paper_date)
    return bool(own.paper_number) and others and not approvals.is_complete_paper(rule, given, paper)


def _open_to(user, edition, rules, yeses, subject) -> tuple[tuple[Role, ...], tuple[Role, ...]]:
    said, user = {row.role for row in yeses if row.by_id == user.pk}, user.as_judge(edition)
    mine = [Role(rule.role) for rule in rules if rule.role not in said and speaks_for(user, edition, rule.role, subject)]
    papers = [
        Role(rule.role)
        for rule in rules
        if rule.paper
        and user.reaches({rule.paper.role}, edition.region_id)
        and _may_record(user, rule, yeses, given_approvals(edition, yeses, subject))
    ]
    return tuple(mine), tuple(papers)
