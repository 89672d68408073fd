"""Reading officeholders: who holds an office on a day, and the list with what is missing in it."""

import json
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet

from sp2k.accounts.models import Officeholder
from sp2k.accounts.officeholders.posts import HEADS, IN_PLACE
from sp2k.accounts.officeholders.terms import bare_name
from sp2k.accounts.policy import POLICY
from sp2k.accounts.queries.opening import OFFICEHOLDERS
from sp2k.accounts.roles import Role
from sp2k.journal.models import Line
from sp2k.regions.folding import words_of
from sp2k.regions.models import Region
from sp2k.regions.queries import named_like

NAME = OFFICEHOLDERS  # of the chain


def officeholder_on(region: Region, day: date, *, office: str = "") -> Officeholder | None:
    """Return who held a region's office on a day, the definitive one before those who stand in; None where nobody did.

    `office` narrows to one office; without it a kecamatan gives its camat and a government its head.
    """
    holders = region.officeholders.filter(_on(day))
    if office:
        holders = holders.filter(office=office)
    return min(holders, key=_order, default=None)


def signatory_on(region: Region, day: date) -> Officeholder | None:
    """Return who signs for a government on a day: its head, definitive before acting. Every document asks here."""
    holders = region.officeholders.filter(_on(day), office__in=HEADS)
    return min(holders, key=_order, default=None)


def officeholders_on(codes, day: date) -> dict[str, Officeholder]:
    """Return who held the first office of each of the regions on a day: one query for all certificates."""
    holders = Officeholder.objects.filter(_on(day), region_id__in=codes)
    found: dict[str, Officeholder] = {}
    for holder in sorted(holders, key=_order, reverse=True):
        found[holder.region_id] = holder
    return found


def regions_with_posts(user) -> QuerySet[Region]:
    """Return the regions whose officeholders the viewer keeps, by code: a regency its kecamatan, the bureau all."""
    seen = Q(pk=None)
    for membership in user.held_memberships:
        within = Q(code__startswith=f"{membership.region_id}.")
        if membership.role == Role.BUREAU:
            seen |= Q(code=membership.region_id) | within
        elif membership.role == Role.REGENCY:
            seen |= within & Q(level=Region.Level.KECAMATAN)
    return Region.objects.filter(seen, ended_at=None).select_related("parent").order_by("listed_code")


def may_keep_officeholders(user) -> bool:
    """Return whether the list is a page of this person's."""
    return bool(user.roles & POLICY["officeholder.keep"].roles)


def listed_posts(user, *, within: str, text: str, day: date, only_missing: bool) -> QuerySet[Region]:
    """Return the regions of the list, each with `current` officeholders of the day."""
    now = _on(day)
    regions = regions_with_posts(user)
    if within:
        regions = regions.filter(Q(code=within) | Q(code__startswith=f"{within}."))
    for typed in text.split()[:6]:
        if words := words_of(typed):
            holders = Officeholder.objects.filter(now, name__icontains=typed).values("region")
            regions = regions.filter(named_like(words) | Q(pk__in=holders))
    if only_missing:
        regions = regions.exclude(pk__in=Officeholder.objects.filter(now).values("region"))
    current = Officeholder.objects.filter(now).order_by("since")
    return regions.prefetch_related(Prefetch("officeholders", current, to_attr="current"))


def regions_recorded_since(at: datetime, codes: Collection[str]) -> list[str]:
    """Return the names of those of some regions, by today's code, whose officeholders were recorded anew after an instant."""
    later = Line.objects.filter(chain=NAME, at__gt=at).values_list("canonical", flat=True)
    named = {json.loads(canonical)["body"].get("region") for canonical in later}
    regions = Region.objects.filter(code__in=named, listed_code__in=codes, ended_at=None)
    return [region.full_name for region in regions.select_related("parent").order_by("listed_code")]


def other_person_with(nip: str, name: str, *, besides: int | None = None) -> Officeholder | None:
    """Return a recorded holder with this number who is another person, or None."""
    holders = Officeholder.objects.filter(nip=nip).exclude(pk=besides).select_related("region__parent").order_by("pk")
    return next((holder for holder in holders if nip and bare_name(holder.name) != bare_name(name)), None)


def _on(day: date) -> Q:
    return Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))


def _order(holder: Officeholder) -> tuple:
    return IN_PLACE[holder.office], -holder.since.toordinal(), holder.pk
