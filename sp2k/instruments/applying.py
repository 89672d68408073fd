"""Which indicators are not asked of an entry (`berlaku_untuk`), why, and what the rules make of that."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sp2k.instruments.models import Instrument
from sp2k.instruments.queries import compiled
from sp2k.tally.instrument import FULL, NONE, Indicator
from sp2k.tally.numbers import exact_text

_ASKED_OF = {
    "kabupaten": gettext_lazy("kecamatan dalam kabupaten"),
    "kota": gettext_lazy("kecamatan dalam kota"),
    "ada_desa": gettext_lazy("kecamatan yang mempunyai desa"),
}


@dataclass(frozen=True)
class Unasked:
    """An indicator that does not apply to an entry (t.b.): neither asked nor missing."""

    code: str
    title: str
    maximum: str
    asked_of: tuple[str, ...]
    otherwise: str

    @property
    def reason(self) -> str:
        return _("Hanya untuk %s.") % _(" atau ").join(str(_ASKED_OF[trait]) for trait in self.asked_of)

    @property
    def effect(self) -> str:
        """What it counts for, as the instrument declares (`bila_tidak_berlaku`)."""
        if self.otherwise == NONE:
            return _("Bernilai 0.")
        if self.otherwise == FULL:
            return _("Bernilai penuh, %s poin.") % self.maximum
        return _("Keluar dari nilai dan dari maksimum.")


def unasked(instrument: Instrument, traits: Iterable[str]) -> dict[str, Unasked]:
    """Return the indicators that do not apply to an entry of these traits, by code, in the order of the instrument."""
    traits = frozenset(traits)
    return {
        indicator.code: _unasked(indicator)
        for indicator in compiled(instrument).indicators
        if not indicator.applies(traits)
    }


def asks_by_traits(instrument: Instrument) -> bool:
    """Return whether anything of the instrument applies only to some."""
    return any(indicator.applies_to for indicator in compiled(instrument).indicators)


def _unasked(indicator: Indicator) -> Unasked:
    maximum = exact_text(indicator.maximum).replace(".", ",")
    asked_of = tuple(trait for trait in _ASKED_OF if trait in indicator.applies_to)
    return Unasked(indicator.code, indicator.title, maximum, asked_of, indicator.otherwise)
