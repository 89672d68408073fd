"""How a shared total was parted, in words."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()
BY_TOTAL = "nilai"  # nothing was shared: the total alone decided
BY_LOT = "undian"


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
    return "" if decided_by == BY_TOTAL else decided_by
