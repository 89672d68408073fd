"""Reading the leaders' papers that appoint supervisors, and who is meant by them."""

from django.db.models import Q, QuerySet

from sp2k.accounts.models import Appointment, User
from sp2k.accounts.policy import POLICY


def appointments_visible_to(user) -> QuerySet[Appointment]:
    """Return the papers about regions over which a person may record one, newest first."""
    seen = Q(pk__in=[])
    for held in user.held_memberships:
        if held.role in POLICY["role.paper"].roles:
            seen |= Q(region=held.region_id) | Q(region__code__startswith=f"{held.region_id}.")
    return Appointment.objects.filter(seen).select_related("region", "by", "confirmed_by", "scan")


def appointed_person(username: str) -> User | None:
    """Return the account that a paper is about, or None: then the second recording makes it."""
    return User.objects.filter(username__iexact=username).first()
