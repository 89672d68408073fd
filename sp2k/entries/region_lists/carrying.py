"""What rests on a region that continues under a new key, because it lies in another region now.

A region that keeps its key keeps everything by that alone. One that was moved to another regency gets a new key; its
accounts, homes and officeholders are carried to it once a person has said that it is the same region (decision 0040).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sp2k.accounts.actions.ledger import record, role_in_words
from sp2k.accounts.actions.people import end_sessions
from sp2k.accounts.models import Membership, Officeholder, User
from sp2k.accounts.officeholders.ledger import tell
from sp2k.accounts.queries.opening import refuse_changed_officeholders, refuse_changed_people
from sp2k.accounts.queries.roles_then import CARRIED
from sp2k.base.refusals import Refused
from sp2k.editions.models import Edition
from sp2k.entries.models import Entry


def refuse_running(carried: Iterable[tuple[str, str]], names: Mapping[str, str]) -> None:
    """Refuse to move a regency whose kecamatan take part in an edition that runs: homes and desks could not follow both."""
    for old, _new in carried:
        if old.count(".") != 1:
            continue
        running = running_editions().filter(entries__region__parent=old).distinct().first()
        if running is not None:
            raise Refused(
                f"{names[old]} pindah ke provinsi lain, dan kecamatannya masih dinilai dalam {running}. Terapkan daftar "
                "sesudah edisi itu diumumkan atau ditutup, atau jawab wilayah lain."
            )


def running_editions():
    """Return the editions whose rules are locked and whose result is not announced."""
    return Edition.objects.filter(published_at=None, abandoned_at=None, voided_at=None).exclude(rules_locked_at=None)


def carry(carried: Iterable[tuple[str, str]], *, decree: str, by, now: datetime) -> dict[str, int]:
    """Carry accounts, homes and officeholders to the regions that continue others; each act is told in its own chain.

    A role over a region under which somebody entered an edition stays beside the new one: its holder reads that form still.
    Each line seals an account, or all terms of a region, so these are held first.

    Returns
    -------
    how many roles, homes and terms were carried
    """
    follows = dict(carried)
    if not follows:
        return {"roles": 0, "homes": 0, "terms": 0}
    refuse_changed_people("Penerapan daftar wilayah")
    refuse_changed_officeholders("Penerapan daftar wilayah")
    return {
        "roles": _carry_roles(follows, by=by, now=now), "homes": _carry_homes(follows, by=by, now=now),
        "terms": _carry_terms(follows, decree, by=by, now=now),
    }  # fmt: skip


def _carry_roles(follows, *, by, now) -> int:
    rows = list(Membership.objects.filter(region__in=follows).select_related("user").order_by("pk"))
    entered = set(Entry.objects.filter(region__in=follows).values_list("region_id", flat=True))
    entered |= set(Entry.objects.filter(region__parent__in=follows).values_list("region__parent_id", flat=True))
    for row in rows:
        new = follows[row.region_id]
        _given, is_new = Membership.objects.get_or_create(user=row.user, role=row.role, region_id=new)
        if row.region_id not in entered:
            row.delete()
        end_sessions(row.user)
        body = {"person": row.user_id, CARRIED: [row.region_id, new]}
        if is_new:
            record("role.give", body | {"role": role_in_words(row.role, new)}, by=by, now=now)
        if row.pk is None:
            record("role.take", body | {"role": role_in_words(row.role, row.region_id)}, by=by, now=now)
    return len(rows)


def _carry_homes(follows, *, by, now) -> int:
    people = list(User.objects.filter(home__in=follows).order_by("pk"))
    for person in people:
        was = {"home_id": person.home_id}
        person.home_id = follows[person.home_id]
        person.save(update_fields=["home"])
        record("account.edit", {"person": person.pk, "fields": ["home_id"]}, by=by, now=now, was=was)
    return len(people)


def _carry_terms(follows, decree, *, by, now) -> int:
    """Record the terms that run at the new key too; the old one keeps its own, for what was printed under it."""
    terms = defaultdict(list)
    for row in Officeholder.objects.filter(region__in=follows, until=None).order_by("pk"):
        terms[row.region_id].append(row)
    for old, rows in terms.items():
        for row in rows:
            row.pk, row.region_id, row.source = None, follows[old], row.source or decree
            row.save(force_insert=True)
            body = {"region": row.region_id, "office": row.office, "since": row.since.isoformat()}
            tell("officeholder.add", body | {CARRIED: [old, row.region_id]}, by=by, now=now)
    return sum(map(len, terms.values()))
