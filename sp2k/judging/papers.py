"""What the pages on paper show: a list, one paper and its next step, the juror's view of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from sp2k.accounts.policy import why_not
from sp2k.accounts.roles import Role
from sp2k.base.clock import moment
from sp2k.editions.models import Stage
from sp2k.judging.marks import comma, extremes_of
from sp2k.judging.models import PaperSheet, Sheet, SheetDraft
from sp2k.judging.paper_places import WORDS, Place, places_of
from sp2k.judging.queries import latest_visit_findings
from sp2k.judging.queries.paper import counts_by_state, filtered, papers_visible_to, printable_stages
from sp2k.judging.readings import Standing, has_scan, n_settled, open_differences, standing

State = PaperSheet.State
BADGES = {
    State.PRINTED: "none", State.ONCE: "draft", State.DIFFERENT: "late", State.AGREED: "sent", State.WAITING: "sent",
    State.CONFIRMED: "ok", State.DISPUTED: "back", State.WITHDRAWN: "locked",
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A line of the list."""

    paper: PaperSheet
    badge: str
    typists: str


@dataclass(frozen=True)
class Line:
    """A mark as it stands on the paper, and how it came to stand."""

    key: str
    title: str
    value: str
    told: str
    on_phone: str = ""
    differs: bool = False

    @property
    def is_words(self) -> bool:
        return self.key.endswith(WORDS)


def paper_list(user, asked, *, form, now: datetime) -> dict:
    """Return what the list of papers shows to `user` under the conditions `asked`."""
    visible = papers_visible_to(user).filter(assignment__participation__stage__edition__abandoned_at=None)
    stages = list(printable_stages(user))
    is_bureau = bool(stages) or Role.BUREAU in user.roles and not user.roles & {Role.JUROR, Role.CHAIR}
    conditions = form(asked, stages=_stages_of(visible, stages))
    counts = counts_by_state(visible)
    rows = filtered(visible, **conditions.chosen)
    if "keadaan" not in asked and not is_bureau and Role.INSPECTORATE not in user.roles:
        rows = rows.exclude(state=State.WITHDRAWN)
    return {
        "rows": rows, "filter": conditions, "stages": _printable(stages, visible, user, now),
        "is_bureau": is_bureau, "n": sum(counts.values()), "is_narrowed": any(asked.get(key) for key in conditions.fields),
        "counts": [(label, value, counts[value]) for value, label in State.choices if counts.get(value)],
    }  # fmt: skip


def row_of(paper: PaperSheet) -> Row:
    """Return a paper as a line of the list."""
    return Row(paper, BADGES[State(paper.state)], ", ".join(typing.by.name for typing in paper.typings_now()))


def paper_page(paper: PaperSheet, user, *, now: datetime) -> dict:
    """Return where a paper stands and what `user` may do with it now; no mark is among it."""
    typings = paper.typings_now()
    is_typist = user.pk in {typing.by_id for typing in typings}
    return {
        "paper": paper, "edition": paper.edition, "stage": paper.stage, "badge": BADGES[State(paper.state)],
        "typings": typings, "typists": ", ".join(typing.by.name for typing in typings), "is_typist": is_typist,
        "has_scan": has_scan(paper), "n_differences": len(open_differences(paper)), "n_settled": n_settled(paper),
        "sent": _sent_from_phone(paper),
        "why_not_type": why_not(user, "paper.type", paper, now=now),
        "may_confirm": why_not(user, "paper.confirm", paper, now=now) is None,
        "may_see_scan": why_not(user, "paper.scan", paper, now=now) is None,
        "reset_address": _reset_address(paper, user),
        "is_to_type": paper.state in PaperSheet.TO_TYPE, "is_juror": paper.is_held_by(user),
        "lines": lines_of(paper) if _may_read(paper, user, now) else None,
    }  # fmt: skip


def confirmation_page(paper: PaperSheet, user, *, now: datetime) -> dict:
    """Return what the juror sees before he says yes: his paper as typed, the scan, what he sent or began elsewhere."""
    phone = _from_phone(paper)
    return paper_page(paper, user, now=now) | {
        "lines": lines_of(paper, phone), "note": standing(paper).note, "extremes": extremes_of(paper.stage),
        "is_beside": bool(phone), "is_picture": paper.scan.content_type.startswith("image/"),
        "draft": SheetDraft.objects.filter(assignment=paper.assignment, by=user).first(),
    }  # fmt: skip


def lines_of(paper: PaperSheet, phone: Mapping[str, str] | None = None) -> list[Line]:
    """Return what stands on a paper, beside what was sent from a phone (`phone`, as shown) where something was."""
    content, phone = standing(paper), phone or {}
    return [_line(key, place, content, phone.get(key, "")) for key, place in places_of(paper).items()]


def _line(key, place: Place, content: Standing, on_phone: str) -> Line:
    kept, settled = content.marks[key], content.settled.get(key)
    if kept:
        told = _("diketik sama oleh dua orang") if settled is None else _settled_said(settled)
        value = place.shown(kept)
        return Line(key, place.title, value, told, on_phone, bool(on_phone) and on_phone != value)
    reason = content.illegible.get(key)
    told = _("tidak terbaca: %(reason)s") % {"reason": reason} if reason else _("kosong pada kertas")
    return Line(key, place.title, "", told, on_phone, bool(on_phone))


def _from_phone(paper: PaperSheet) -> dict[str, str]:
    """What stands already of the same duty, sent from a phone: marks, or a visit's findings, as they are shown."""
    if paper.is_visit:
        found = latest_visit_findings(paper.stage).filter(participation=paper.assignment.participation)
        places, phone = places_of(paper), {}
        for finding in found:
            if finding.claim in places:
                phone |= {finding.claim: places[finding.claim].shown(finding.verdict), finding.claim + WORDS: finding.note}
        return phone
    sent = _sent_from_phone(paper)
    return {mark.indicator: comma(mark.value) for mark in sent.marks.all()} if sent else {}


def _settled_said(settled) -> str:
    said = _("diselesaikan %(name)s") % {"name": settled.by.name}
    return f"{said}: {settled.reason}" if settled.reason else said


def _may_read(paper, user, now) -> bool:
    """Marks show once two have typed alike: to the juror, and after the lock to whoever may read sheets."""
    if len(paper.typings_now()) < 2 or open_differences(paper) or paper.state == State.WITHDRAWN:
        return False
    is_closed_to_typists = not paper.is_held_by(user) and not paper.stage.is_locked
    return not is_closed_to_typists and why_not(user, "paper.scan", paper, now=now) is None


def _sent_from_phone(paper) -> Sheet | None:
    """The juror's sheet of this duty that did not come from this paper, or None; a visit's form leaves sheets alone."""
    if paper.is_visit or paper.sheet_id:
        return None
    sheets = paper.assignment.sheets.filter(voided_at=None).prefetch_related("marks").order_by("-revision")
    return sheets.first()


def _reset_address(paper, user) -> str:
    """Where the bureau makes a fresh way in for the juror of a paper; "" for others."""
    if paper.juror is None or not user.reaches({Role.BUREAU}, paper.region_code):
        return ""
    return reverse("accounts:person", args=[paper.juror.pk])


def _stages_of(visible, stages) -> list:
    """The stages a list can be narrowed to: the bureau's, else those the papers lie in."""
    if stages:
        return stages
    seen = visible.order_by().values("assignment__participation__stage")
    return list(Stage.objects.filter(pk__in=seen).select_related("edition__region").order_by("-edition__year", "position"))


def _printable(stages, visible, user, now) -> list[dict]:
    """The stages where blanks can be printed now, and those of which there are papers, with the reason why not."""
    used = set(visible.order_by().values_list("assignment__participation__stage", flat=True))
    rows = [
        {"stage": stage, "reason": why_not(user, "paper.print", stage, now=moment(now, stage.edition))} for stage in stages
    ]
    return [row for row in rows if row["reason"] is None or row["stage"].pk in used]
