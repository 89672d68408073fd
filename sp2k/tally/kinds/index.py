"""`indeks`: a named formula of another regulation, with its version in the name."""

from dataclasses import dataclass
from fractions import Fraction

from sp2k.tally.kinds.bands import Bands, read_bands
from sp2k.tally.kinds.fields import Fields
from sp2k.tally.kinds.form import AspectForm, Input
from sp2k.tally.kinds.rule import NOTHING, Fallback, Place, Rule, numbers_asked, read_fallback
from sp2k.tally.numbers import round_half_up

SATISFACTION = "skm-14-2017"
N_ELEMENTS = 9


@dataclass(frozen=True, slots=True)
class SatisfactionRule:
    """Survei Kepuasan Masyarakat, Permenpanrb 14/2017: nine elements on a scale of 1 to 4, weight 1/9 each.

    The first key holds the number of respondents, the nine others the sum of what they gave each element.
    IKM = sum of the nine means x 1/9 x 25 (29 respondents, 955 in all: 91.475...). Not 0.11 for 1/9: that loses 1 %.
    With bands the IKM is first rounded half up to two decimals, as the regulation's table is (65; 76.61; 88.31);
    without them the points are IKM/100 of the maximum.
    """

    keys: tuple[str, ...]
    maximum: Fraction
    bands: Bands | None
    if_empty: Fallback
    if_no_denominator: Fallback
    kind = "indeks"
    evidence_keys = ()
    is_scored = True

    @property
    def inputs(self) -> tuple[Input, ...]:
        return numbers_asked(self.keys)

    def score(self, form: AspectForm) -> Fraction | None:
        respondents, total = form.number(self.keys[0]), form.total(self.keys[1:])
        unread = form.unread(self.keys)
        if unread and (respondents is None or total is None or self.bands and not self.bands.rises):
            return form.least(unread)
        if respondents is None and total is None:
            return self.if_empty.resolve(self._points)
        if not respondents or respondents < 0:
            return self.if_no_denominator.resolve(self._points)
        return self._points(Fraction(total or 0) * 25 / (respondents * N_ELEMENTS))

    def _points(self, index: Fraction) -> Fraction | None:
        if self.bands:
            return self.bands.points(round_half_up(index, 2))
        return index / 100 * self.maximum


def read_index_rule(fields: Fields, place: Place) -> Rule:
    fields.word("rumus", None, (SATISFACTION,))
    if fields.get("rumus") is None:
        raise fields.fault(f'"rumus" tidak ada; rumus yang dikenal: {SATISFACTION}.')
    keys = fields.keys("masukan")
    if len(keys) != 1 + N_ELEMENTS:
        raise fields.fault(f'"masukan" harus memuat 10 kunci: jumlah responden, lalu jumlah nilai {N_ELEMENTS} unsur.')
    return SatisfactionRule(
        keys=keys,
        maximum=place.maximum,
        bands=read_bands(fields) if "pita" in fields else None,
        if_empty=read_fallback(fields, "bila_kosong", NOTHING),
        if_no_denominator=read_fallback(fields, "penyebut_nol", NOTHING),
    )
