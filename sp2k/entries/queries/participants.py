"""Long lists of kecamatan with the state of their forms: filtered, sorted and counted by the database."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from sp2k.editions.models import Stage
from sp2k.editions.queries import stages_visible_to
from sp2k.entries.models import Participation
from sp2k.entries.queries.entrants import called_in
from sp2k.entries.queries.forms import participations_visible_to
from sp2k.entries.queries.named import EntriesByName
from sp2k.entries.queries.states import ACCEPTED, DRAFT, NONE, RETURNED, SENT, state_counts, with_states
from sp2k.regions.models import Region

STATES = {"belum": NONE, "draf": DRAFT, "dikirim": SENT, "dikembalikan": RETURNED, "diterima": ACCEPTED}
ORDERS = {
    "kode": ("entry__region",),
    "nama": ("entry__name", "entry__region"),
    "kabupaten": ("entry__regency_name", "entry__region"),
    "revisi": ("revision", "entry__region"),
    "diubah": ("changed_at", "entry__region"),
    "status": ("state", "entry__region"),
}


@dataclass(frozen=True)
class Wanted:
    """What a list was asked for, as it stands in the address; whatever is not known is not asked."""

    text: str = ""
    regency: str = ""
    state: str = ""
    order: str = "kode"
    is_descending: bool = False

    @classmethod
    def of(cls, data) -> "Wanted":
        order = data.get("urut", "")
        name = order.removeprefix("-")
        state = data.get("status", "")
        return cls(
            data.get("cari", "").strip()[:80], data.get("kabupaten", "")[:8], state if state in STATES else "",
            name if name in ORDERS else "kode", order.startswith("-") and name in ORDERS,
        )  # fmt: skip


def filling_stages(user) -> list[Stage]:
    """Return the stages of the editions one may know of that kecamatan fill in, newest edition first."""
    rows = stages_visible_to(user).filter(kind=Stage.Kind.FILLING, edition__rules_locked_at__isnull=False)
    return list(rows.filter(edition__abandoned_at=None).order_by("-edition__year", "edition__code", "position"))


def stages_within(user, *, roles: Collection[str]) -> list[Stage]:
    """Return the filling stages in which kecamatan take part over which one holds one of these roles."""
    stages = filling_stages(user)
    taking_part = participations_visible_to(user).filter(_reach(user, roles), stage__in=stages)
    keys = set(taking_part.order_by().values_list("stage", flat=True).distinct())
    return [stage for stage in stages if stage.pk in keys]


def listed(
    user, stage: Stage, wanted: Wanted, *, roles: Collection[str]
) -> tuple[QuerySet[Participation], dict[str, int]]:
    """Return the kecamatan asked for, and how many are in each state whatever state was asked for."""
    rows = with_states(_within(user, stage, roles))
    if wanted.regency:
        rows = rows.filter(entry__region__parent=wanted.regency)
    if wanted.text:
        rows = rows.filter(entry__in=EntriesByName(stage.edition.entries.all()).named(wanted.text))
    counts = state_counts(rows)
    if wanted.state:
        rows = rows.filter(state=STATES[wanted.state])
    first, *rest = ORDERS[wanted.order]
    return rows.order_by(("-" if wanted.is_descending else "") + first, *rest), counts


def regencies_within(user, stage: Stage, *, roles: Collection[str]) -> list[Region]:
    """Return the regencies that the list can be narrowed to."""
    parents = _within(user, stage, roles).values("entry__region__parent")
    return list(called_in(stage.edition, Region.objects.filter(pk__in=parents)).order_by("code"))


def _within(user, stage, roles) -> QuerySet[Participation]:
    """The participations of a stage over which one holds one of these roles."""
    # Without the edition: its rules would be read and parsed anew for each of 666 rows.
    rows = participations_visible_to(user).select_related(None).select_related("entry__region__parent")
    return rows.filter(_reach(user, roles), stage=stage)


def _reach(user, roles) -> Q:
    """Participations of the regions over which one holds one of these roles."""
    reach = Q(pk__in=[])
    for membership in user.held_memberships:
        if membership.role in roles:
            code = membership.region_id
            reach |= Q(entry__region_id=code) | Q(entry__region__code__startswith=f"{code}.")
    return reach
