"""The page of one tie: who is equal, what hangs on it, what was proposed, who voted, and what each person may do now."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sp2k.accounts.models import User
from sp2k.accounts.policy import why_not, why_not_or_whose
from sp2k.accounts.roles import Role
from sp2k.base.pages.addresses import address_of
from sp2k.editions.models import Stage
from sp2k.results.models import FrozenTally, Placement, TieRuling
from sp2k.results.queries import standing_tally
from sp2k.results.ties.groups import PLENARY, Tie, panel_of, tie_at, tie_of_ruling
from sp2k.results.ties.told import EarlierSaid, deciders_of, earlier_said, is_against_own_voice
from sp2k.results.ties.voices import Missing, has_failed, missing_voices


@dataclass(frozen=True)
class OutcomeLine:
    """What a ruling makes of one of the tied: its place, whether it goes on (None: not at the cut), its title."""

    placement: Placement
    place: int
    is_through: bool | None
    title: str


@dataclass(frozen=True)
class TiePage:
    """A tie as one person meets it. `ruling` is the proposal that waits or was ruled, None before there is one."""

    tie: Tie
    ruling: TieRuling | None
    user: User
    now: object

    @property
    def lines(self) -> list[OutcomeLine]:
        return outcome_lines(self.tie, self.ruling.way, self.ruling.order, self.ruling.seats) if self.ruling else []

    @property
    def votes(self) -> list:
        return list(self.ruling.votes.select_related("by")) if self.ruling else []

    @property
    def deciders(self) -> list[str]:
        """Who made a ruling, each once; who is only minuted is not among them."""
        return deciders_of(self.ruling) if self.ruling and self.ruling.is_ruled else []

    @property
    def is_against_own_voice(self) -> bool:
        return bool(self.ruling and self.ruling.is_ruled) and is_against_own_voice(self.ruling)

    @property
    def earlier(self) -> list[EarlierSaid]:
        """The proposals of this tie that were taken back, each with its voices."""
        return earlier_said(self.tie.tally, scope=self.tie.scope, place=self.tie.place)

    @property
    def may_vote(self) -> bool:
        waits = self.ruling is not None and not self.ruling.is_ruled
        voted = any(vote.by_id == self.user.pk for vote in self.votes)
        return waits and not voted and why_not(self.user, "tie.vote", self.tie, now=self.now) is None

    @property
    def why_not_propose(self) -> str:
        return why_not_or_whose(self.user, "tie.propose", self.tie, now=self.now)

    @property
    def why_not_rule(self) -> str:
        """Why this person cannot rule as proposed, or who can; empty when free."""
        if self.ruling is not None and not self.ruling.is_ruled and has_failed(self.ruling, self.tie):
            return _("Suara setuju tidak mencukupi, jadi usul ini tidak dapat dijalankan. %s menariknya dengan alasan, "
                     "lalu serinya dimusyawarahkan lagi.") % self.tie.proposer.label  # fmt: skip
        reason = why_not(self.user, "tie.rule", self.tie, now=self.now) or ""
        if not reason and self.ruling is not None and not self.ruling.is_ruled:
            missing = missing_voices(self.ruling, self.tie, ruler=self.user)
            return _missing_said(missing) if missing.n else ""
        return reason if not reason or self.tie.is_ruler(self.user) else _("Dijalankan oleh %s.") % self.tie.ruler.label

    @property
    def may_withdraw(self) -> bool:
        return why_not(self.user, "tie.propose", self.tie, now=self.now) is None


def _missing_said(missing: Missing) -> str:
    told = {"n": missing.n, "names": missing.names}
    return _("Usul ini belum disetujui lebih dari setengah anggota panel yang memutus: kurang %(n)s suara setuju. Yang belum "
             "memberi suara: %(names)s.") % told  # fmt: skip


def tie_page(stage: Stage, scope: str, place: int, *, user, now) -> TiePage | None:
    """Return the page of a tie that waits or was ruled; None where there is none."""
    tally = tally_of(stage, scope)
    if tally is None:
        return None
    rows = tally.rulings.filter(scope=scope, place=place, withdrawn_at=None).select_related("by", "ruled_by")
    ruling = rows.first()
    tie = tie_of_ruling(ruling, tally) if ruling and ruling.is_ruled else tie_at(tally, scope, place)
    return TiePage(tie, ruling, user, now) if tie else None


def tally_of(stage: Stage, scope: str) -> FrozenTally | None:
    """Return the count in which a tie stands: the regency's own ranking in a selection, else the stage's."""
    own = stage.tallies.filter(scope=scope).defer("rules", "sheets", "places", "trace").first()
    found = own or standing_tally(stage)
    if found is not None:
        found.stage = stage
    return found


def outcome_lines(tie: Tie, way: str, order: Sequence[str], seats: int | None) -> list[OutcomeLine]:
    """Return what each of the tied would get, the best first."""
    rows = {row.participation.region_code: row for row in tie.placements}
    titles = tie.title_names
    return [
        OutcomeLine(
            rows[code], tie.place + n if way == PLENARY else tie.place, None if seats is None else n < seats,
            titles.get(tie.place + n if way == PLENARY else tie.place, ""),
        )
        for n, code in enumerate(order)
    ]  # fmt: skip


def people_to_choose(tie: Tie) -> list[User]:
    """Return who may be minuted as having ruled: the panel, a regency's organisers and verifiers, else the bureau."""
    if tie.is_of_regency:
        return _holders({Role.REGENCY, Role.VERIFIER}, tie.scope)
    return panel_of(tie.stage) or _holders({Role.BUREAU}, tie.edition.region_id)


def address_of_tie(tie: Tie) -> str:
    return address_of("results:tie", tie.edition.code, tie.stage.code, tie.scope, tie.place)


def _holders(roles, region: str) -> list[User]:
    rows = User.objects.filter(is_active=True, memberships__role__in=roles, memberships__region=region)
    return [person for person in rows.distinct().order_by("name") if person.reaches(roles, region)]
