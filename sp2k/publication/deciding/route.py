"""The route of a decision: each step with when it was done, and the one act that comes next."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sp2k.accounts.policy import why_not_or_whose
from sp2k.base.language import spoken_date, spoken_instant
from sp2k.base.refusals import Refused
from sp2k.editions.models import Edition
from sp2k.publication.models import Decree, Publication
from sp2k.results.actions.deciding import title_holders
from sp2k.results.models import Award, Decision, FrozenTally
from sp2k.results.stages.approvals import Approvals, approvals_of
from sp2k.results.ties.groups import n_placed
from sp2k.results.ties.ruled import placements_of


@dataclass(frozen=True)
class RouteStep:
    """One step; `at` says when it was done, empty while it is not."""

    name: str
    at: str
    state: str


@dataclass(frozen=True)
class NextAct:
    """The act that comes next: its address's name, its label, and why it cannot be done now (empty when it can)."""

    name: str
    label: str
    reason: str
    ways: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where the decision of an edition stands; read once."""

    edition: Edition
    tally: FrozenTally | None
    awards: tuple[Award, ...]
    decision: Decision | None
    decree: Decree | None
    publication: Publication | None
    result_approvals: Approvals | None
    publish_approvals: Approvals | None


def standing_of(edition: Edition, *, user) -> Standing:
    """Return where the decision of an edition stands. Constant queries."""
    last = edition.stages.last()
    tally = FrozenTally.objects.filter(stage=last, scope="").first() if last else None
    awards = edition.awards.select_related("placement", "entry__region__parent")
    return Standing(
        edition, tally, tuple(awards), Decision.objects.filter(edition=edition).select_related("by").first(),
        Decree.objects.filter(edition=edition).select_related("document").first(),
        Publication.objects.filter(edition=edition).first(),
        approvals_of(edition, "hasil", edition.result_subject, user=user),
        approvals_of(edition, "terbit", edition.code, user=user),
    )  # fmt: skip


def route_of(here: Standing) -> list[RouteStep]:
    """Return the steps from the frozen count to the announcement; the first that is not done is the one now."""
    zone, decree = here.edition.zone, here.decree
    said = [
        (_("Hitungan dibekukan"), here.tally and spoken_instant(here.tally.frozen_at, zone)),
        (
            _("Gelar diberikan"),
            here.awards
            and ngettext(
                "%d gelar",
                "%d gelar",
                len(here.awards),
            )
            % len(here.awards),
        ),
        (_("Persetujuan hasil"), _approved(here)),
        (_("Hasil ditetapkan"), here.decision and spoken_instant(here.decision.at, zone)),
        (_("Keputusan dibuat"), decree and f"{spoken_date(decree.signed_on)}, {decree.number}"),
        (_("Diumumkan"), here.publication and spoken_instant(here.publication.published_at, zone)),
    ]
    if here.result_approvals is None:
        said.pop(2)
    first_open = next((n for n, (_name, done) in enumerate(said) if not done), len(said))
    return [
        RouteStep(name, done or "", "done" if done else "now" if n == first_open else "")
        for n, (name, done) in enumerate(said)
    ]


def next_act(here: Standing, *, user, now: datetime) -> NextAct | None:
    """Return the one act that comes next, with the reason why this person cannot do it now."""
    edition, last = here.edition, here.edition.stages.last()
    if here.publication:
        return None
    if not here.awards:
        reason = why_not_or_whose(user, "titles.give", last, now=now) or _why_no_titles(here)
        return NextAct("publication:decision-titles", _("Beri gelar"), reason, ways_without_titles(here))
    if not here.decision:
        reason = why_not_or_whose(user, "result.decide", edition, now=now) or _returned(here)
        reason = reason or _lacking(here.result_approvals)
        return NextAct("publication:decision-decide", _("Tetapkan hasil"), reason)
    if not here.decree:
        reason = why_not_or_whose(user, "decree.issue", edition, now=now)
        return NextAct("publication:decision-decree", _("Buat keputusan"), reason)
    reason = (
        why_not_or_whose(user, "result.publish", edition, now=now)
        or _embargo(edition, now)
        or _lacking(here.publish_approvals)
    )
    return NextAct("publication:decision-publish", _("Terbitkan hasil"), reason)


def ways_without_titles(here: Standing) -> tuple[tuple[str, str], ...]:
    """The way on where nobody was placed: closing the edition without a result."""
    if here.tally is None or here.awards or n_placed(placements_of(here.tally, placed_only=True)):
        return ()
    return ((_("Tutup edisi ini tanpa hasil"), reverse("editions:abandon", args=[here.edition.code])),)


def _approved(here) -> str:
    asked = here.result_approvals
    if asked is None:
        return ""
    if here.decision:
        return _("lengkap")
    return _("lengkap") if all(one.is_met for one in asked.asked) else ""


def _returned(here) -> str:
    return _("Hasil dikembalikan pimpinan. Jawab dan ajukan lagi lebih dahulu.") if here.edition.standing_return else ""


def _why_no_titles(here) -> str:
    if here.tally is None:
        return _("Hitungan tahap terakhir belum dibekukan.")
    try:
        title_holders(here.tally)
    except Refused as refused:
        return refused.sentence
    return ""


def _lacking(approvals: Approvals | None) -> str:
    missing = approvals.missing if approvals else ()
    return _("Persetujuan belum lengkap: %s.") % "; ".join(missing) if missing else ""


def _embargo(edition, now) -> str:
    at = edition.announced_at
    if at is None or now >= at:
        return ""
    return _("Hasil baru boleh diumumkan pada %s.") % spoken_instant(at, edition.zone)
