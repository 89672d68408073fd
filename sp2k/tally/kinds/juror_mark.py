"""`juri`: a mark given by a person, on a scale or from a list of legal marks."""

from dataclasses import dataclass
from fractions import Fraction

from sp2k.tally.kinds.fields import Fields
from sp2k.tally.kinds.form import AspectForm, Input
from sp2k.tally.kinds.rule import NOTHING, Fallback, Place, Rule, read_fallback
from sp2k.tally.numbers import exact_text

MEAN, TRIMMED, MEDIAN = "rata_rata", "rata_rata_pangkas", "median"
COMBINATIONS = (MEAN, TRIMMED, MEDIAN)
MOST_TRIMMED = 100


@dataclass(frozen=True, slots=True)
class MarkRule:
    """How one assessor's mark becomes points, and how the marks of several are combined.

    Attributes
    ----------
    scale : (lowest, highest) or None
        Points are (mark - lowest) / (highest - lowest) x maximum.
    allowed : tuple of Fraction
        The legal marks (`nilai_sah`), () with a scale; the mark itself is then the points.
    decimals : int
        How many decimals a mark on the scale may have.
    combine : str
        ``rata_rata``, ``rata_rata_pangkas`` or ``median``; "" when the file leaves it to the stage.
    trim : int or None
        How many of the highest, and as many of the lowest, ``rata_rata_pangkas`` takes off.
    """

    key: str
    maximum: Fraction
    scale: tuple[Fraction, Fraction] | None
    allowed: tuple[Fraction, ...]
    decimals: int
    combine: str
    trim: int | None
    if_empty: Fallback
    kind = "juri"
    evidence_keys = ()
    is_scored = True

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (Input(self.key, "angka"),)

    def points(self, mark: Fraction | int) -> Fraction:
        """Return the points of a mark, exactly; a mark outside the scale is computed like any other."""
        if self.scale is None:
            return Fraction(mark)
        lowest, highest = self.scale
        return (mark - lowest) / (highest - lowest) * self.maximum

    def why_not(self, mark: Fraction | int) -> str | None:
        """Return why a mark may not be given, as an Indonesian sentence, or None if it may."""
        written = exact_text(mark).replace(".", ",")
        if self.scale is None:
            if mark in self.allowed:
                return None
            legal = "; ".join(exact_text(value).replace(".", ",") for value in self.allowed)
            return f"Nilai {written} tidak ada dalam daftar nilai sah: {legal}."
        lowest, highest = self.scale
        if not lowest <= mark <= highest:
            limits = " dan ".join(exact_text(limit).replace(".", ",") for limit in self.scale)
            return f"Nilai {written} harus antara {limits}."
        if (Fraction(mark) * 10**self.decimals).denominator != 1:
            most = f"paling banyak {self.decimals} angka di belakang koma" if self.decimals else "harus bilangan bulat"
            return f"Nilai {written} {most}."
        return None

    def score(self, form: AspectForm) -> Fraction | None:
        mark = form.number(self.key)
        if unread := form.unread((self.key,)):
            return form.least(unread)
        if mark is None:
            return self.if_empty.resolve(self.points)
        reason = self.why_not(mark)
        if reason:
            form.note(self.key, reason)
        return self.points(mark)


def read_combination(fields: Fields, ways: tuple[str, ...] = COMBINATIONS) -> tuple[str, int | None]:
    """Read `gabung` and `pangkas`: "" and None where they are not written."""
    combine, trim = fields.word("gabung", "", ways), fields.whole("pangkas", None, highest=MOST_TRIMMED)
    if trim is not None and combine != TRIMMED:
        raise fields.fault(f'"pangkas" hanya berarti bersama "gabung" {TRIMMED}; hapuslah kunci itu.')
    if trim == 0:
        raise fields.fault('"pangkas" paling sedikit 1; tanpa pangkas, pakailah "gabung" rata_rata.')
    return combine, trim


def read_mark_rule(fields: Fields, place: Place) -> Rule:
    if ("skala" in fields) == ("nilai_sah" in fields):
        raise fields.fault('harus memuat tepat satu dari "skala" dan "nilai_sah".')
    scale = fields.numbers("skala") if "skala" in fields else None
    if scale is not None and (len(scale) != 2 or scale[0] >= scale[1]):
        raise fields.fault('"skala" harus berupa dua angka, yang kecil dahulu, misalnya [0, 100].')
    combine, trim = read_combination(fields)
    return MarkRule(
        key=fields.code("masukan", place.code),
        maximum=place.maximum,
        scale=scale,
        allowed=() if scale else fields.numbers("nilai_sah"),
        decimals=fields.whole("desimal", 0, highest=6),
        combine=combine,
        trim=trim,
        if_empty=read_fallback(fields, "bila_kosong", NOTHING),
    )
