"""What a number format makes of a value on the screen (ECMA-376, part 1, 18.8.31).

A format has up to four sections, parted by semicolons: for positive numbers, negative ones, zero, and text; or its first
two name conditions, `[=0]`. A section may show nothing of the value: it is empty, or words and dashes alone.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

PERCENT, DATE, TIME, PLAIN = "p", "d", "t", "n"
EMPTY = "kosong"  # what a refusal calls a cell that shows nothing
TOO_WIDE = "#####"
# The formats that a file names by number alone (18.8.30). A currency is a word like any other.
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "$#,##0;-$#,##0", 6: "$#,##0;[Red]-$#,##0", 7: "$#,##0.00;-$#,##0.00",
    8: "$#,##0.00;[Red]-$#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "d/m/yyyy h:mm", 37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)', 42: '_($* #,##0_);_($* (#,##0);_($* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)', 44: '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
} | dict.fromkeys((*range(14, 18), *range(27, 37), *range(50, 59)), "d/m/yyyy")  # fmt: skip
PARTS = re.compile(r'"([^"]*)"?|\\(.)|([_*]).|\[([^\]]*)\]|(general)|(e[+-])|(.)', re.IGNORECASE | re.DOTALL)
ANY = "\ue000"  # stands for any text: no format has it
END = ("",) * 6 + (";",)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)", re.ASCII)
ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color ?\d+", re.IGNORECASE)
CODE = frozenset("0#?.,%@/dyhms")  # whatever else stands in a section is shown as it is
DIGITS = re.compile(r"[#0?,]*(?:\.([0#?]*))?")
PLACE = frozenset("0#?")
COMPARED = {
    "<=": lambda one, other: one <= other, ">=": lambda one, other: one >= other, "<>": lambda one, other: one != other,
    "<": lambda one, other: one < other, ">": lambda one, other: one > other, "=": lambda one, other: one == other,
}  # fmt: skip


@dataclass(frozen=True)
class Section:
    """One section of a format.

    Attributes
    ----------
    parts : (sign, whether it is shown as it is), in their order
    code : the signs that stand for the value, without scaling commas and percent
    decimals : how many are shown, where that is certain
    thousands : how often the value is divided by a thousand
    condition : (comparison, number), or None
    """

    kind: str
    parts: tuple[tuple[str, bool], ...]
    code: str
    decimals: int | None
    thousands: int
    condition: tuple[str, Decimal] | None
    is_coloured: bool

    @cached_property
    def words(self) -> str:
        return "".join(sign for sign, is_shown in self.parts if is_shown)

    @cached_property
    def is_bare(self) -> bool:
        """Whether it is nothing but places of digits: nothing needs to be looked at but how many decimals."""
        return self.kind == PLAIN and not (self.thousands or self.words) and ("0" in self.code or self.code == "general")

    @cached_property
    def has_digits(self) -> bool:
        return re.search("[0#?@g]", self.code) is not None

    def holds(self, number: Decimal) -> bool:
        return self.condition is not None and COMPARED[self.condition[0]](number, self.condition[1])


def section_of(parts: list[tuple[str, bool]], brackets: list[str]) -> Section:
    code = "".join(sign for sign, is_shown in parts if not is_shown).lower()
    condition = next((found for each in brackets if (found := CONDITION.fullmatch(each.strip()))), None)
    tail = (condition[1], Decimal(condition[2])) if condition else None, any(COLOUR.fullmatch(each) for each in brackets)
    if code == "general" or "@" in code:
        return Section(PLAIN, tuple(parts), code, None, 0, *tail)
    is_percent = "%" in code
    if not is_percent and re.search("[dyhms]", code):
        is_date = "d" in code or "y" in code or "h" not in code and "s" not in code and "[" not in code
        return Section(DATE if is_date else TIME, tuple(parts), code, None, 0, *tail)
    code = code.replace("%", "")
    scaling = re.search(r"[0#?](,+)(?=\.|$)", code)
    code = code[: scaling.start(1)] + code[scaling.end(1) :] if scaling else code
    found = DIGITS.fullmatch(code)
    decimals = len(found[1] or "") if found and code else None
    return Section(PERCENT if is_percent else PLAIN, tuple(parts), code, decimals, len(scaling[1]) if scaling else 0, *tail)


class Format:
    """A number format, parsed once; `text` is the section that texts are shown by, or None where they stay as they are."""

    def __init__(self, code: str):
        sections, parts, brackets = [], [], []
        for quoted, escaped, filler, bracket, general, power, sign in [*PARTS.findall(code or "General"), END]:
            if sign == ";":
                sections.append(section_of(parts, brackets))
                parts, brackets = [], []
            elif bracket and ELAPSED.fullmatch(bracket):
                parts.append((f"[{bracket}]", False))
            elif bracket:
                brackets.append(bracket)
                parts += [(letter, True) for letter in _currency(bracket)]
            elif general or power:
                parts.append((general or power, False))
            elif not filler:
                is_code = sign.lower() in CODE and sign != ""
                parts += [(letter, not is_code) for letter in quoted or escaped or sign]
        is_last_text = len(sections) > 3 or "@" in sections[-1].code
        self.text = sections[-1] if is_last_text and _shown_text(sections[-1], ANY) != ANY else None
        self.sections = sections[:-1] if is_last_text else sections
        self.is_conditional = any(section.condition for section in self.sections)

    def of_text(self, text: str) -> str:
        """Return what is shown of a text."""
        return text if self.text is None else _shown_text(self.text, text)

    def of_number(self, number: Decimal) -> tuple[str, str]:
        """Return the kind of a number, and the digits or words that the screen shows of it.

        Where a file's conditions leave two sections possible, one that hides or changes the number is the one that counts.
        """
        if not self.sections:
            return PLAIN, digits_of(number)
        if number > 0 and self.sections[0].is_bare and not self.is_conditional:  # nearly all there are
            return PLAIN, digits_of(rounded(number, self.sections[0].decimals))
        is_alone = len(self.sections) == 1 or self.is_conditional
        found = [(each.kind, _shown(each, number, is_alone=is_alone)) for each in self._possible(number)]
        return next((each for each in found if each[1] != digits_of(number)), found[0]) if found else (PLAIN, TOO_WIDE)

    def _possible(self, number: Decimal) -> list[Section]:
        if self.is_conditional:
            held = next((each for each in self.sections if each.holds(number)), None)
            return [held] if held else [each for each in self.sections if each.condition is None]
        place = 0 if number > 0 else 1 if number < 0 else 2
        return [self.sections[place] if place < len(self.sections) else self.sections[0]]


def _currency(bracket: str) -> str:
    """`$Rp-421` shows Rp; a colour, a condition and a language show nothing."""
    return bracket[1:].partition("-")[0] if bracket.startswith("$") else ""


def _shown_text(section: Section, text: str) -> str:
    if section.code == "general":
        return text
    if section.code == "@" and not re.search(r"\d", section.words):
        return text  # a word beside it adds nothing to it
    shown = "".join(sign if is_shown else text if sign == "@" else "" for sign, is_shown in section.parts)
    return shown.strip() or EMPTY


def _shown(section: Section, number: Decimal, *, is_alone: bool) -> str:
    if section.kind in (DATE, TIME):
        return digits_of(number)
    if not section.has_digits:
        return section.words.strip() or EMPTY
    if section.kind == PERCENT:
        number *= 100
    shown = rounded(number.scaleb(-3 * section.thousands), section.decimals)
    if shown == 0 and not re.search("[0/eg@]", section.code):
        return section.words.strip() or EMPTY
    if _changes(section, number):
        return _filled(section, shown)
    has_sign = is_alone or section.is_coloured or re.search(r"[-(]", section.words)
    return digits_of(shown if has_sign else abs(shown)) + (" %" if section.kind == PERCENT else "")


def _changes(section: Section, number: Decimal) -> bool:
    """Whether words shown beside or between the digits read as part of the number: `"9"0`, `0\\.0`, `"-"0`."""
    places = [n for n, (sign, is_shown) in enumerate(section.parts) if not is_shown and sign not in "%,"]
    if re.search(r"\d", section.words):
        return True
    before = "".join(sign for sign, is_shown in section.parts[: places[0]] if is_shown)
    inside = "".join(sign for sign, is_shown in section.parts[places[0] : places[-1]] if is_shown)
    return bool(inside.strip()) and "e" not in section.code or number >= 0 and re.search(r"[-(]", before) is not None


def _filled(section: Section, number: Decimal) -> str:
    """Put the digits of a number in their places, words between them."""
    if section.decimals is None:
        return "".join(sign if is_shown else "…" for sign, is_shown in section.parts)
    whole, _point, decimals = format(abs(number), "f").partition(".")
    decimals = decimals.ljust(section.decimals, "0")[: section.decimals]
    waiting, shown = list(whole), []
    n_places = len([1 for sign, is_shown in section.parts if not is_shown and sign in PLACE]) - section.decimals
    for sign, is_shown in reversed(section.parts):
        if is_shown:
            shown.append(sign)
        elif sign in PLACE and decimals:
            shown.append(decimals[-1])
            decimals = decimals[:-1]
        elif sign in PLACE:
            n_places -= 1
            digits = "".join(waiting) if not n_places else waiting.pop() if waiting else ""
            shown.append(digits or ("0" if sign == "0" else ""))
        elif sign in ".%":
            shown.append(sign)
    return "".join(reversed(shown)).strip()


def rounded(number: Decimal, decimals: int | None) -> Decimal:
    if decimals is None or -number.as_tuple().exponent <= decimals:
        return number
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def digits_of(number: Decimal) -> str:
    text = format(number, "f")
    return "0" if number == 0 else text.rstrip("0").rstrip(".") if "." in text else text
