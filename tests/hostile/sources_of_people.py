"""Where the arguments of addresses about people and regions come from, as in `sources`."""

from sp2k.accounts.models import Appointment, Membership, Officeholder, User
from sp2k.entries.models import Entry
from sp2k.regions.models import ProposedList, Region

NOTHING = 987654321


def regions(wanted):
    entries = wanted.ends(Entry.objects.filter(edition__in=wanted.editions).order_by("region"))
    codes = {entry.region_id for entry in entries}
    codes |= {code.rpartition(".")[0] for code in codes} | {code[:2] for code in codes}
    for region in Region.objects.filter(code__in=codes).select_related("parent"):
        yield region, {"code": region.code}
    yield None, {"code": "99.99.99"}


def officeholders(wanted):
    for holder in wanted.ends(Officeholder.objects.select_related("region").order_by("pk")):
        yield holder, {"code": holder.region_id, "pk": holder.pk}
    yield None, {"code": "99.99.99", "pk": NOTHING}


def memberships(wanted):
    rows = Membership.objects.select_related("user").order_by("pk")
    for role in ("B", "C", "J", "R", "T"):
        for row in wanted.ends(rows.filter(role=role)):
            yield row, {"pk": row.user_id, "membership": row.pk}
    yield None, {"pk": rows[0].user_id, "membership": NOTHING}


def people(wanted):
    for row, told in memberships(wanted):
        yield (User.objects.get(pk=row.user_id), {"pk": told["pk"]}) if row else (None, {"pk": NOTHING})


def appointments(wanted):
    for row in wanted.ends(Appointment.objects.select_related("region").order_by("pk")):
        yield row, {"pk": row.pk}
    yield None, {"pk": NOTHING}


def proposed_lists(wanted):
    for row in wanted.ends(ProposedList.objects.order_by("pk")):
        yield row, {"pk": row.pk}
    yield None, {"pk": NOTHING}


def tokens(wanted):
    yield None, {"token": "a" * 43}
