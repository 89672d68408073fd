"""The verdicts that a stage's rules declare for a visit, and what each does to the points, in words."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from sp2k.base.wording import number_in_words
from sp2k.editions.models import Stage

KNOWN = {
    "dikonfirmasi": _("Dikonfirmasi"), "sebagian": _("Sebagian"), "tidak": _("Tidak ditemukan"),
    "lebih": _("Lebih baik daripada klaim"),
}  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What visitors may find of a claim, and the points it adds to the stage's value; below zero it takes away."""

    code: str
    points: Decimal

    @property
    def label(self) -> str:
        return str(KNOWN.get(self.code, self.code.capitalize()))

    @property
    def effect(self) -> str:
        """`mengurangi 0,5 poin`"""
        size = number_in_words(f"{abs(self.points).normalize():f}")
        if self.points == 0:
            return str(_("tidak mengubah nilai"))
        return str(_("menambah %s poin") if self.points > 0 else _("mengurangi %s poin")) % size


def declared_verdicts(stage: Stage) -> dict[str, Verdict]:
    """Return the verdicts by code, in the order of the edition file; empty where a stage declares none."""
    return {code: Verdict(code, Decimal(str(points))) for code, points in stage.rules.get("temuan", {}).items()}
