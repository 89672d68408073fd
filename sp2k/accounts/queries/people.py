"""Who sees whom: each list of people is the people whose roles the viewer looks after, within the viewer's region."""

from datetime import datetime

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from sp2k.accounts.models import Invitation, Membership, User
from sp2k.accounts.policy import why_not
from sp2k.accounts.roles import CARES_FOR, GIVES, SUPERVISED, Grant, Role
from sp2k.base.typed import spelled
from sp2k.regions.folding import words_of
from sp2k.regions.models import Region
from sp2k.regions.queries import named_like

STATES = ("aktif", "diundang", "belum-diundang", "nonaktif")


def roles_given_by(user) -> list[Role]:
    """Return the roles that a person hands out anywhere, in the order of the table of roles."""
    return [role for role in Role if any(role in GIVES.get(held, ()) for held in user.roles)]


def roles_seen_by(user) -> list[Role]:
    """Return the roles whose holders a person sees: those looked after, and all for the system's administrator."""
    if Role.ADMIN in user.roles:
        return list(Role)
    return [role for role in Role if any(role in CARES_FOR.get(held, ()) for held in user.roles)]


def people_visible_to(user) -> QuerySet[User]:
    """Return the people with a role that the viewer looks after within the own region; for an administrator, all there."""
    seen = Q(pk__in=[])
    for held in user.held_memberships:
        roles = Role.values if held.role == Role.ADMIN else CARES_FOR.get(held.role, ())
        if roles:
            seen |= Q(role__in=roles) & (Q(region=held.region_id) | Q(region__code__startswith=f"{held.region_id}."))
    return User.objects.filter(pk__in=Membership.objects.filter(seen).values("user"))


def listed_people(user, *, text: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """Return a page's people by name, with roles and state in a constant number of queries.

    The bureau's list leaves out the hundreds of operators of kecamatan until their role is asked for.
    """
    people = people_visible_to(user)
    if role:
        people = people.filter(memberships__role=role)
    elif Role.CAMAT not in user.roles and Role.REGENCY not in user.roles and not text:
        people = people.filter(
            ~Q(memberships__role=Role.CAMAT) | Q(memberships__role__in=set(Role.values) - {Role.CAMAT})
        )
    for word in spelled(text).split():
        words = words_of(word)
        found = Q(name__icontains=word) | Q(username__icontains=word) | Q(institution__icontains=word)
        held = Membership.objects.filter(named_like(words, at="region__")).values("user")
        people = people.filter(found | Q(pk__in=held)) if words else people
    people = with_state(people)
    if state in STATES:
        people = people.filter(_STATE_FILTERS[state])
    return (
        people.distinct().order_by("name", "pk").select_related("home").prefetch_related("memberships__region__parent")
    )


def roles_held(person: User, user, *, now: datetime) -> list[tuple[Membership, str]]:
    """Return a person's roles, each with the reason why this viewer does not take it away; empty where it can be taken."""
    held = list(person.memberships.all())
    return [(one, _why_it_stays(one, user, now, is_last=len(held) == 1)) for one in held]


def _why_it_stays(held: Membership, user, now, *, is_last: bool) -> str:
    if held.role == Role.INSPECTORATE:
        return _("Penugasan pengawas berasal dari surat pimpinan dan tidak dicabut di halaman ini. Bila tugasnya selesai, "
                 "nonaktifkan akunnya.")  # fmt: skip
    if reason := why_not(user, "role.give", Grant(held.role, held.region_id, held.user_id), now=now):
        return reason
    return _("Ini peran terakhir orang ini. Nonaktifkan akunnya bila ia tidak bertugas lagi.") if is_last else ""


def barred_people(people: QuerySet[User]) -> list[User]:
    """Return those who supervise and hold a role they would supervise: accounts older than the rule against it."""
    roles = Membership.objects.filter(user=OuterRef("pk"))
    both = people.filter(Exists(roles.filter(role=Role.INSPECTORATE)), Exists(roles.filter(role__in=SUPERVISED)))
    return list(both.order_by("name", "pk").prefetch_related("memberships"))


def with_state(people: QuerySet[User]) -> QuerySet[User]:
    """Add whether an invitation is open to each person."""
    open_ = Invitation.objects.filter(
        user=OuterRef("pk"), used_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
    )
    return people.annotate(is_invited=Exists(open_))


def state_of(person) -> str:
    """Return one of STATES for a person of `with_state`."""
    if not person.is_active:
        return "nonaktif"
    if person.has_usable_password():
        return "aktif"
    return "diundang" if person.is_invited else "belum-diundang"


def home_choices(user) -> QuerySet[Region]:
    """Return the kabupaten and kota of the provinces in which the person works."""
    provinces = {membership.region_id.split(".")[0] for membership in user.held_memberships}
    return (
        Region.objects.filter(
            level__in=[Region.Level.KABUPATEN, Region.Level.KOTA], parent__in=provinces, ended_at=None
        ).order_by("listed_code")
    )  # fmt: skip


_WITHOUT_PASSWORD = Q(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
_STATE_FILTERS = {
    "aktif": Q(is_active=True) & ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX),
    "diundang": _WITHOUT_PASSWORD & Q(is_invited=True),
    "belum-diundang": _WITHOUT_PASSWORD & Q(is_invited=False),
    "nonaktif": Q(is_active=False),
}
