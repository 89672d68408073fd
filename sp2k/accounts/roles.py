"""The roles, by the letters of the permission matrix, and which of them hand out which."""

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
GIVES = {
    Role.CAMAT: frozenset({Role.CAMAT}),
    Role.REGENCY: frozenset({Role.CAMAT, Role.VERIFIER}),
    Role.BUREAU: frozenset({Role.REGENCY, Role.JUROR, Role.CHAIR, Role.LEADER, Role.INSPECTORATE, Role.CAMAT}),
    Role.ADMIN: frozenset({Role.BUREAU, Role.INSPECTORATE}),
}
_REGENCY, _WHOLE = frozenset({"kabupaten", "kota"}), frozenset({"provinsi", "kabupaten", "kota"})
LEVELS = {Role.CAMAT: frozenset({"kecamatan"}), Role.REGENCY: _REGENCY, Role.VERIFIER: _REGENCY}


def fits(role: str, level: str) -> bool:
    """Return whether a role is held over regions of this level: a camat over a kecamatan, a juror over a province."""
    return level in LEVELS.get(role, _WHOLE)


@dataclass(frozen=True)
class Grant:
    """A role over a region as something to give or take; `person_id` is who gets it, None for someone new."""

    role: str
    region_code: str
    person_id: int | None = None
