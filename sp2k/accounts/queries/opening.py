"""Holding accounts with their roles, and officeholders, against the installation's two chains."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sp2k.accounts.models import Appointment, Membership, Officeholder, User
from sp2k.accounts.policy import POLICY
from sp2k.accounts.queries.roles_then import LETTING_IN, TOLD, CarriedAlong, RolesThen
from sp2k.accounts.roles import GIVES, Role
from sp2k.base.blobs import states_of
from sp2k.base.clock import is_demonstration
from sp2k.journal.canonical import parse
from sp2k.journal.models import Chain
from sp2k.journal.opening import CHANGED, GONE, OTHER_ACT, UNTOLD, Opening, open_chain_of, open_lines
from sp2k.journal.queries import picked_lines

STATE = ("account.create", "account.edit", "account.close", "account.open", "role.give", "role.take", "role.paper")
ACCOUNTS, OFFICEHOLDERS = "akun.instalasi", "pejabat"  # the chains; the dot keeps one apart from every edition's code
KEEPERS = POLICY["officeholder.keep"].roles
NO_RIGHT = "dilakukan oleh yang tidak memegang peran untuk itu menurut jurnal akun"
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


def replaced_content(pairs: Mapping[str, object]) -> dict[str, str]:
    """Return what fields held before an act, by their names, as it can be sealed."""
    return {key: value.isoformat() if isinstance(value, date) else _plain(value or "") for key, value in pairs.items()}


def unsealed(text: str) -> str:
    """Return a text of `replaced_content` as it was written."""
    return text.encode("ascii").decode("unicode_escape")


def open_people(opening: Opening) -> None:
    """Hold accounts with their roles, and the papers by which supervisors were appointed."""
    open_accounts(opening)
    open_appointments(opening)


def open_accounts(opening: Opening, *, only: User | None = None) -> None:
    """Hold each account and its roles against the last line about the person: every account has one, save sample people.

    `only` is the one person that is held, where nobody else is asked about.
    """
    opening.expect_whole_database(User, Membership, Appointment)
    people = {person.pk: person for person in User.objects.prefetch_related("memberships")}
    if only is None:
        opening.open_replaced(*STATE)
    _open_givers(opening, people)
    _open_rows(opening, people, among=None if only is None else {only.pk})


def require_accounts(people: Iterable[int]) -> None:
    """Refuse to show people, named by key, under names, institutions or roles other than those of their last lines."""
    opening, _changed = _opened_rows(people)
    opening.refuse_to_show(of_others=True)


def changed_accounts(people: Iterable[int]) -> set[int]:
    """Return the keys of those people of whom a list shows nothing: their rows are not what their last lines say."""
    return _opened_rows(people)[1]


def _opened_rows(people: Iterable[int]) -> tuple[Opening, set[int]]:
    among, opening = set(people), open_lines(ACCOUNTS, STATE)
    rows = User.objects.filter(pk__in=among).prefetch_related("memberships")
    return opening, _open_rows(opening, {person.pk: person for person in rows}, among=among)


def _open_rows(opening: Opening, people: Mapping[int, User], *, among: Collection[int] | None) -> set[int]:
    """Hold the rows of these people against their last lines; return the keys of those that do not open."""
    changed = set()
    told = {body["person"]: seq for seq, body in opening.entries(*STATE) if "person" in body}
    first = next((body["person"] for _seq, body in opening.entries("account.create")), None)
    for pk, seq in told.items():
        if among is not None and pk not in among:
            continue
        if pk not in people:
            opening.fail(f"Akun ke-{pk}", GONE, seq)
        elif not opening.open_line(seq, account_content(people[pk]), f"Akun {people[pk].get_username()} dan perannya"):
            changed.add(pk)
    # Sample people are made without lines, before the first act on an account; in a demonstration at any time.
    untold = [pk for pk in people if first is not None and pk not in told and (among is None or pk in among)]
    is_all_sample, at_any_time = (_is_all_sample(), is_demonstration()) if untold else (False, False)
    for pk in untold:
        if not (is_all_sample and (pk < first or at_any_time)):
            opening.fail(f"Akun {people[pk].get_username()} dan perannya", UNTOLD)
            changed.add(pk)
    return changed


def _open_givers(opening: Opening, people: dict[int, User]) -> None:
    """Hold that whoever made an account, or gave or took a role, held then a role that gives it."""
    then = RolesThen(opening.replayed, by_server=True)
    carried = CarriedAlong(then)
    for seq, body in opening.entries(*STATE, *LETTING_IN):
        by, at = opening.replayed.acts[seq]
        at = None if is_demonstration() else at
        roles = body.get("roles") or [body.get("role") or ""]
        name = person.get_username() if (person := people.get(body.get("person"))) else ""
        if carried.is_role(body, name, by, at):
            continue
        for role, _, region in (said.partition(":") for said in roles):
            if not (name == by and not role) and not then.could(by, _givers(role), region, at):
                opening.fail(f"Tindakan {opening.replayed.entries[seq]['type']} oleh {by}", NO_RIGHT, seq)


def _givers(role: str) -> frozenset[str]:
    """The roles that hand out a role; that of a supervisor comes of a paper which the bureau records."""
    givers = frozenset(giver for giver, given in GIVES.items() if not role or role in given)
    return givers or frozenset({Role.BUREAU})


def _is_all_sample() -> bool:
    """Whether every edition's chain says from its beginning that it is sample data; the clock's row alone proves nothing."""
    said = [parse(text.encode()).get("sample") for text in Chain.objects.values_list("genesis", flat=True)]
    return True in said and False not in said


def appointed_content(row: Appointment) -> dict:
    """Return whom a leader's paper appoints, as its first recorder read it."""
    return {
        "username": _plain(row.username), "name": _plain(row.name), "institution": _plain(row.institution),
        "region": row.region_id,
    }  # fmt: skip


def open_appointments(opening: Opening) -> None:
    """Hold each recording of a leader's paper: what it says, who recorded and confirmed it, and that it was withdrawn."""
    told = {(body["appointment"], body["n"]): (seq, body) for seq, body in opening.entries("role.paper")}
    withdrawn = {body["appointment"]: seq for seq, body in opening.entries("role.withdraw")}
    people = dict(User.objects.values_list("username", "pk"))
    rows = list(Appointment.objects.select_related("by", "confirmed_by", "scan").order_by("pk"))
    states = states_of([row.scan for row in rows], by_bytes=opening.reads_bytes)
    for row in rows:
        opening.open_file(states[row.scan_id], f"Pindaian surat penugasan {row.username}", None)
        what, paper = f"Penugasan {row.username} menurut surat", (row.number, row.dated.isoformat(), row.scan_id)
        for n, by, at in ((1, row.by, row.at), (2, row.confirmed_by, row.confirmed_at)):
            seq, body = told.pop((row.pk, n), (None, {}))
            if by is None and seq is None:
                continue
            said = (body.get("number"), body.get("dated"), body.get("scan"), *opening.replayed.acts[seq]) if body else None
            kept = (*paper, by and by.get_username(), at)
            opening.hold(said == kept, what, seq, why=UNTOLD if seq is None else OTHER_ACT)
            if n == 1 and "c" in body:  # sealed since names of those appointed are held
                opening.open_line(seq, appointed_content(row), what)
            place, person = body.get("role", "").partition(":")[2], body.get("person")
            if place not in {"", row.region_id} or person not in {None, people.get(row.username)}:
                opening.fail(what, CHANGED, seq)
        seq = withdrawn.pop(row.pk, None)
        since = opening.replayed.acts[seq][1] if seq is not None else None
        if row.withdrawn_at != since:
            opening.fail(what, "ditandai ditarik tanpa tindakan yang menariknya" if seq is None else OTHER_ACT, seq)
    for seq, _body in told.values():
        opening.fail("Penugasan menurut sebuah surat", GONE, seq)


def require_appointments() -> None:
    """Refuse to show papers of appointment that are not those which were recorded."""
    opening = open_lines(ACCOUNTS, ("role.paper", "role.withdraw"))
    open_appointments(opening)
    opening.refuse_to_show()


def refuse_changed_people(act: str) -> None:
    """Stop an act of people whose accounts, roles or appointments are not those of their lines.

    Roles are rows too: whoever gave one to an accomplice for a minute leaves nothing behind but what was done with it.
    """
    opening = open_chain_of(ACCOUNTS, reads_bytes=False)
    open_people(opening)
    opening.refuse_faults(act)


def refuse_changed_account(person: User, act: str) -> None:
    """Stop an act of a person on the own account, which seals all of it, where it is not that of its last line."""
    opening = open_chain_of(ACCOUNTS)
    open_accounts(opening, only=person)
    opening.refuse_faults(act)


def refuse_changed_officeholders(act: str) -> None:
    """Stop an act that prints or seals who holds an office where the terms are not those of their lines."""
    opening = open_chain_of(OFFICEHOLDERS)
    open_officeholders(opening)
    opening.refuse_faults(act)


def require_officeholders() -> None:
    """Refuse to show who holds an office where the terms are not those of their lines."""
    opening = open_chain_of(OFFICEHOLDERS)
    open_officeholders(opening)
    opening.refuse_to_show()


def open_officeholders(opening: Opening) -> None:
    """Hold the terms of each region's offices against the last line about them: they sign documents."""
    opening.expect_whole_database(Officeholder)
    told = {body["region"]: seq for seq, body in opening.entries(*TERMS)}
    terms: dict[str, list[Officeholder]] = {}
    for row in Officeholder.objects.select_related("region"):
        terms.setdefault(row.region_id, []).append(row)
    for code, seq in told.items():
        rows = terms.pop(code, [])
        opening.open_line(seq, terms_content(rows), f"Pejabat {rows[0].region.full_name if rows else code}")
    opening.open_replaced(*TERMS)
    for rows in terms.values():
        opening.fail(f"Pejabat {rows[0].region.full_name}", UNTOLD)
    then = RolesThen(picked_lines(ACCOUNTS, TOLD))
    carried = CarriedAlong(then)
    for seq, body in opening.entries(*TERMS):
        by, at = opening.replayed.acts[seq]
        at = None if is_demonstration() else at
        if not then.could(by, KEEPERS, body["region"], at) and not carried.is_term(body, by, at):
            opening.fail(f"Pejabat wilayah {body['region']}, dicatat oleh {by}", NO_RIGHT, seq)


def _plain(text: str) -> str:
    """A text as it can always be sealed: what the server's command line was given is not refused for a sign in it."""
    return text.encode("unicode_escape").decode("ascii")
