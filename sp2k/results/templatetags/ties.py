"""Totals, and how a shared total was parted, in words."""

from django import template
from django.utils.translation import gettext as _

from sp2k.base.wording import number_in_words
from sp2k.results.models import TieRuling

register = template.Library()
BY_TOTAL = "nilai"  # nothing was shared: the total alone decided
BY_LOT = "undian"
STILL_TIED = "seri"


@register.filter
def nilai(total: str) -> str:
    """Return a total as officials write it; one that is no decimal (`250/3`) stays as it is printed."""
    return total if "/" in total else number_in_words(total)


@register.filter
def pemutus(decided_by: str) -> str:
    """Return `aspek kinerja` for the link `aspek:kinerja` of the rules; empty where the total alone decided."""
    kind, colon, code = decided_by.rpartition(":")
    words = {
        "aspek": _("aspek %s"),
        "indikator": _("indikator %s"),
        "tahap": _("nilai tahap %s"),
        "bawaan:aspek": _("aspek %s pada tahap sebelumnya"),
    }
    if colon and kind in words:
        return words[kind] % code
    if decided_by == BY_LOT:
        return _("undian dengan benih yang diumumkan")
    if decided_by == TieRuling.Way.PLENARY:
        return _("rapat pleno")
    if decided_by == TieRuling.Way.SHARED:
        return _("aturan tempat bersama")
    if decided_by == STILL_TIED:
        return _("seri")
    return "" if decided_by == BY_TOTAL else decided_by


def parting(decided_by: str, *, is_shared: bool) -> str:
    """Return what a table says of equal totals: that they share a place, or what parted them; empty where none were equal."""
    if is_shared:
        return _("tempat bersama")
    by = pemutus(decided_by)
    return _("seri, diputus oleh %(by)s") % {"by": by} if by else ""
