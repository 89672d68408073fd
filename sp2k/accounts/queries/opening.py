"""Holding accounts with their roles, and officeholders, against the installation's two chains."""

from sp2k.accounts.models import Officeholder, User
from sp2k.base.clock import is_demonstration
from sp2k.journal.opening import GONE, UNTOLD, Opening

STATE = ("account.create", "account.edit", "account.close", "account.open", "role.give", "role.take", "role.paper")
TERMS = ("officeholder.add", "officeholder.end", "officeholder.correct")


def account_content(person: User) -> dict:
    """Return what an act leaves of an account: who it is, where from, whether it is open, and its roles."""
    roles = person.memberships.all()
    return {
        "username": _plain(person.get_username()), "name": _plain(person.name), "institution": _plain(person.institution),
        "home": person.home_id or "", "active": person.is_active,
        "roles": sorted([row.role, row.region_id] for row in roles),
    }  # fmt: skip


def terms_content(rows) -> list:
    """Return all terms of the offices of one region, as they stand after an act."""
    return sorted(
        [row.office, row.since.isoformat(), row.until.isoformat() if row.until else "", row.nip]
        + [_plain(text) for text in (row.name, row.rank, row.source)]
        for row in rows
    )


def open_accounts(opening: Opening) -> None:
    """Hold each account and its roles against the last line about the person; those made before the first line have none."""
    told = {body["person"]: seq for seq, body in opening.entries(*STATE) if "person" in body}
    first = next((body["person"] for _seq, body in opening.entries("account.create")), None)
    people = {person.pk: person for person in User.objects.prefetch_related("memberships")}
    for pk, seq in told.items():
        if pk in people:
            opening.open_line(seq, account_content(people[pk]), f"Akun {people[pk].get_username()} dan perannya")
        else:
            opening.fail(f"Akun ke-{pk}", GONE, seq)
    for pk, person in people.items():
        if first is not None and pk > first and pk not in told and not is_demonstration():
            opening.fail(f"Akun {person.get_username()} dan perannya", UNTOLD)


def open_officeholders(opening: Opening) -> None:
    """Hold the terms of each region's offices against the last line about them: they sign documents."""
    told = {body["region"]: seq for seq, body in opening.entries(*TERMS)}
    terms: dict[str, list[Officeholder]] = {}
    for row in Officeholder.objects.select_related("region"):
        terms.setdefault(row.region_id, []).append(row)
    for code, seq in told.items():
        rows = terms.pop(code, [])
        opening.open_line(seq, terms_content(rows), f"Pejabat {rows[0].region.full_name if rows else code}")
    for rows in terms.values():
        opening.fail(f"Pejabat {rows[0].region.full_name}", UNTOLD)


def _plain(text: str) -> str:
    """A text as it can always be sealed: what the server's command line was given is not refused for a sign in it."""
    return text.encode("unicode_escape").decode("ascii")
