"""The page of a decision, and the list of editions that have one."""

from dataclasses import dataclass

from sp2k.accounts.policy import is_hidden, roles_said, why_not
from sp2k.base.clock import moment
from sp2k.editions.models import Edition
from sp2k.editions.queries import editions_at_work_for
from sp2k.publication.checking.opening import changed_decrees, require_decided
from sp2k.publication.deciding.minutes import is_minuted
from sp2k.publication.deciding.route import Standing, next_act, route_of, standing_of
from sp2k.publication.models import Decree
from sp2k.results.certainty.reading import certainty_of
from sp2k.results.models import Placement
from sp2k.results.queries import StageResult
from sp2k.results.stages.approvals import Approvals
from sp2k.results.ties.groups import holders_by_title, is_shared_place
from sp2k.results.ties.ruled import placements_of
from sp2k.results.ties.told import orders_said, ungiven_titles
from sp2k.results.turnout.page import turnouts_shown


@dataclass(frozen=True)
class TitleLine:
    """One title and its holder; before titles are given, who would hold it by the places, or None where a tie stands.

    `ungiven` is the sentence of a title that nobody can receive.
    """

    title: str
    holder: Placement | None
    ungiven: str = ""


@dataclass(frozen=True)
class DecisionRow:
    """An edition in the list: whether its page can be opened, else why not yet; a changed decree is named, not shown."""

    edition: Edition
    reason: str
    decree: Decree | None
    is_changed: bool = False


def decisions_for(user, *, now) -> list[DecisionRow] | None:
    """Return the editions whose decision a person may or will open, those still to be decided first; None for outsiders."""
    decrees = {row.edition_id: row for row in Decree.objects.select_related("edition", "by")}
    changed = changed_decrees(decrees.values())
    rows = []
    for edition in editions_at_work_for(user).filter(rules_locked_at__isnull=False).prefetch_related("stages__edition"):
        stages, here = list(edition.stages.all()), moment(now, edition)
        if not stages or is_hidden(user, "decision.read", StageResult(stages[-1]), now=here):
            continue
        reason = why_not(user, "decision.read", StageResult(stages[-1]), now=here) or ""
        decree = None if reason else decrees.get(edition.pk)
        rows.append(DecisionRow(edition, reason, decree, decree is not None and edition.pk in changed))
    rows.sort(key=lambda row: (row.edition.is_published, bool(row.reason)))
    return rows or None


def decision_page(edition: Edition, *, user, now) -> dict:
    """Return what the page of a decision shows to one person."""
    require_decided(edition)
    here = standing_of(edition, user=user)
    last = edition.stages.last()
    act = next_act(here, user=user, now=now)
    returns = edition.returns.select_related("by", "answered_by")
    is_due = not here.publication and edition.announced_at and now < edition.announced_at
    return {
        "edition": edition, "last": last, "result": StageResult(last), "here": here, "route": route_of(here), "act": act,
        "titles": titles_of(here), "is_embargoed": bool(here.tally) and not here.publication,
        "is_due": is_due, "readers": roles_said("decision.read", "places.read"),
        "days_left": (edition.announced_at - now).days if is_due else None,
        "headline": _headline(here, last), "asked": asked_now(here),
        "returned": next((row for row in returns if row.answered_at is None), None),
        "returns": [row for row in returns if row.answered_at],
        "may_return": bool(here.awards) and not here.decision and may(user, "result.return", edition, now=now),
        "turnouts": turnouts_shown(edition) if here.tally else [],
        "order_said": orders_said(edition) if here.tally else [],
        "n_amendments": here.decree.amendments.filter(approved_at__isnull=False).count() if here.decree else 0,
        "minuted": [stage for stage in edition.stages.all() if is_minuted(stage)],
        "may_answer": may(user, "result.propose", edition, now=now),
    }  # fmt: skip


def may(user, action: str, edition: Edition, *, now) -> bool:
    return why_not(user, action, edition, now=now) is None


def titles_of(here: Standing) -> list[TitleLine]:
    """Return the titles with their holders; nothing before the last count is frozen."""
    if here.tally is None:
        return []
    rows, titles = placements_of(here.tally, placed_only=True), here.edition.titles.all()
    ungiven = {title.place: said for title, said in ungiven_titles(titles, rows)}
    lines = [(title.place, TitleLine(title.name, None, ungiven[title.place])) for title in titles if title.place in ungiven]
    if here.awards:
        lines += [(award.position, TitleLine(award.title, award.placement)) for award in here.awards]
    else:
        for title, holders in holders_by_title(here.tally):
            if title.place not in ungiven:
                shown = holders if len(holders) == 1 or is_shared_place(holders) else [None]
                lines += [(title.place, TitleLine(title.name, holder)) for holder in shown]
    return [line for _place, line in sorted(lines, key=lambda told: told[0])]


def _headline(here, last) -> list[str]:
    """How sure the places are, in the sentences that a leader can repeat; else why nothing can be said of that."""
    if here.tally is None or here.publication:
        return []
    page = certainty_of(last, show_all=False, named=False)["page"]
    if page is None:
        return []
    return list(page.headline) if page.verdict else [page.why_not] if page.why_not else []


def asked_now(here: Standing) -> Approvals | None:
    """Return the approvals asked for now: of the result from its titles until it is decided, of the announcement after.

    A yes given earlier would be a yes to something that nobody has seen yet.
    """
    if here.publication or not here.awards:
        return None
    if not here.decision:
        return None if here.edition.standing_return else here.result_approvals
    return here.publish_approvals if here.decree else None
