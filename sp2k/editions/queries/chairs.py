"""Whose yes a chair's yes is: that of whoever holds the edition's own chair seat, not of any chair in the province."""

from datetime import datetime

from sp2k.accounts.roles import Role
from sp2k.editions.models import Edition


def chair_terms(edition: Edition, subject: str = "") -> list[tuple[int, datetime, datetime | None]]:
    """Return who sat on the chair seat that an act is about: the person, since when, until when.

    A subject that begins with the code of a stage with a chair of its own asks that stage's chair; any other asks the
    chairs of the edition's panels.
    """
    seats = edition.stages.filter(seats__is_chair=True)
    own = seats.filter(code=subject.partition(" ")[0])
    terms = ("seats__seatings__user", "seats__seatings__since", "seats__seatings__until")
    rows = (own if own.exists() else seats).order_by().values_list(*terms)  # the join of the filter is that of the values
    return [row for row in rows if row[0] is not None]


def is_chair(user, edition: Edition, subject: str = "") -> bool:
    """Return whether a person holds the chair seat now."""
    return any(person == user.pk and until is None for person, _since, until in chair_terms(edition, subject))


def was_chair(person: int, at: datetime, terms) -> bool:
    """Return whether a person held the chair seat at an instant."""
    return any(who == person and since <= at and (until is None or at < until) for who, since, until in terms)


def speaks_for(user, edition: Edition, role: str, subject: str = "") -> bool:
    """Return whether a person may say yes in a role: holds it there and, for the chair's, holds the seat as well."""
    if not user.reaches({role}, edition.region_id):
        return False
    return role != Role.CHAIR or is_chair(user, edition, subject)
