"""The roles, by the letters of the permission matrix, and which of them hand out which."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """P, the public, is whoever is not signed in and needs no membership."""

    CAMAT = "C", _("Camat dan staf")
    REGENCY = "R", _("Penyelenggara kabupaten/kota")
    VERIFIER = "V", _("Verifikator kabupaten/kota")
    BUREAU = "B", _("Penyelenggara provinsi")
    CHAIR = "K", _("Ketua juri")
    JUROR = "J", _("Juri")
    INSPECTORATE = "I", _("Pengawas")
    LEADER = "G", _("Pimpinan")
    ADMIN = "T", _("Administrator sistem")


# Who holds the role on the left gives, takes and looks after the roles on the right, within the own region.
# The first administrator, and every further one, is made on the server: `sp2k user create`.
# Nobody gives I: a leader's paper does, recorded by two of the bureau (`sp2k.accounts.appointments`).
GIVES = {
    Role.CAMAT: frozenset({Role.CAMAT}),
    Role.REGENCY: frozenset({Role.CAMAT, Role.VERIFIER}),
    Role.BUREAU: frozenset({Role.REGENCY, Role.JUROR, Role.CHAIR, Role.LEADER, Role.CAMAT}),
    Role.ADMIN: frozenset({Role.BUREAU}),
}
# Invited, reset and closed by whoever gives the role; a supervisor by the bureau, which does not choose him.
CARES_FOR = GIVES | {Role.BUREAU: GIVES[Role.BUREAU] | {Role.INSPECTORATE}}
# Who supervises neither judges, nor organises, nor decides: these roles and I are never held by one person.
SUPERVISED = frozenset({Role.JUROR, Role.CHAIR, Role.BUREAU, Role.LEADER})
_REGENCY, _WHOLE = frozenset({"kabupaten", "kota"}), frozenset({"provinsi", "kabupaten", "kota"})
LEVELS = {Role.CAMAT: frozenset({"kecamatan"}), Role.REGENCY: _REGENCY, Role.VERIFIER: _REGENCY}


def fits(role: str, level: str) -> bool:
    """Return whether a role is held over regions of this level: a camat over a kecamatan, a juror over a province."""
    return level in LEVELS.get(role, _WHOLE)


def barring(role: str, held: Iterable[str]) -> Role | None:
    """Return one of the roles held that `role` is never held beside, or None."""
    against = SUPERVISED if role == Role.INSPECTORATE else {Role.INSPECTORATE} if role in SUPERVISED else ()
    return next((Role(letter) for letter in sorted(held) if letter in against), None)


def barring_in_words(name: str, role: str, held: Role) -> str:
    return (
        f"{name} memegang peran {held.label}, jadi tidak dapat menjadi {Role(role).label}: pengawas tidak merangkap juri, "
        "ketua juri, penyelenggara provinsi, atau pimpinan. Pilih orang lain, atau cabut peran itu lebih dahulu."
    )


@dataclass(frozen=True)
class Grant:
    """A role over a region as something to give or take; `person_id` is who gets it, None for someone new."""

    role: str
    region_code: str
    person_id: int | None = None
