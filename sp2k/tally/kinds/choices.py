"""`pilihan`: one option of several, chosen by its code or derived from a number or a word."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sp2k.tally.kinds.fields import Fields, InstrumentError
from sp2k.tally.kinds.form import ZERO, AspectForm, Choice, Input, evidence_key, shown
from sp2k.tally.kinds.rule import NOTHING, Fallback, Place, Rule, read_fallback, read_gate
from sp2k.tally.numbers import exact

_BRACKETS = ("[]", "[)", "(]", "()")


@dataclass(frozen=True, slots=True)
class Range:
    """A range of numbers that stands for an option; a bound of None is open."""

    lowest: Fraction | None
    highest: Fraction | None
    option: str
    brackets: str

    def holds(self, value: Fraction | int) -> bool:
        if self.lowest is not None and (value < self.lowest or (value == self.lowest and self.brackets[0] == "(")):
            return False
        if self.highest is None:
            return True
        return value < self.highest or (value == self.highest and self.brackets[1] == "]")


@dataclass(frozen=True, slots=True)
class ChoiceRule:
    """The points of the option chosen; where nothing is answered, `if_empty`; an answer that is no option gives 0.

    Parameters
    ----------
    options : mapping from the code as compared to the Choice, in the order written
    gate : evidence keys of which one must be accepted, or ()
    stem : for ``gerbang_bukti: per_opsi``, the text before the last ``_`` of the key; None otherwise
    ranges, ranges_key : `turunan_dari_angka`
    words, words_key : `turunan_dari_kata`, words in capitals
    """

    key: str
    options: Mapping[str, Choice]
    gate: tuple[str, ...]
    stem: str | None
    ranges_key: str | None
    ranges: tuple[Range, ...]
    words_key: str | None
    words: Mapping[str, str]
    if_empty: Fallback
    kind = "pilihan"

    @property
    def inputs(self) -> tuple[Input, ...]:
        choices = tuple(self.options.values())
        inputs = [Input(self.key, "pilihan", choices=choices)]
        if self.ranges_key:
            inputs.append(Input(self.ranges_key, "angka"))
        if self.words_key:
            inputs.append(Input(self.words_key, "kata", choices=choices))
        return tuple(inputs)

    @property
    def evidence_keys(self) -> tuple[str, ...]:
        if self.stem is None:
            return self.gate
        return (self.stem, *(self.stem + code for code in self.options))

    @property
    def is_scored(self) -> bool:
        return any(option.points is not None for option in self.options.values())

    def score(self, form: AspectForm) -> Fraction | None:
        if self.gate and not form.accepts(self.gate):
            return ZERO
        code = self._chosen(form)
        if code is not None:
            return self._points_behind_gate(form, code)
        if not form.all_empty(entry.key for entry in self.inputs):
            return ZERO
        if self.stem is not None and self.if_empty.assumed is None and self.stem not in form.evidence:
            return ZERO
        return self.if_empty.resolve(lambda option: self._points_behind_gate(form, option))

    def _points_behind_gate(self, form: AspectForm, code: str) -> Fraction | None:
        if self.stem is not None and not form.accepts((self.stem + code, self.stem)):
            return ZERO
        return self.options[code].points

    def _chosen(self, form: AspectForm) -> str | None:
        """Return the option answered, else the one derived from a number, else from a word, else None."""
        answer = form.text(self.key)
        code = self._compared(answer)
        if code in self.options:
            return code
        if answer:
            known = ", ".join(option.code for option in self.options.values())
            form.note(self.key, f"{shown(answer)} bukan pilihan yang ada ({known}).")
        return self._from_number(form) or self._from_word(form)

    def _compared(self, answer: str) -> str:
        return answer.lower() if self.gate or self.stem is not None else answer

    def _from_number(self, form: AspectForm) -> str | None:
        number = form.number(self.ranges_key) if self.ranges_key else None
        if number is None:
            return None
        for part in self.ranges:
            if part.holds(number):
                return part.option
        form.note(self.ranges_key, f"{shown(number)} tidak masuk rentang mana pun.")
        return None

    def _from_word(self, form: AspectForm) -> str | None:
        word = form.text(self.words_key).upper() if self.words_key else ""
        if word and word not in self.words:
            form.note(self.words_key, f"{shown(word)} tidak ada dalam pilihan mana pun.")
        return self.words.get(word)


def read_choice_rule(fields: Fields, place: Place) -> Rule:
    key = fields.code("masukan", place.code)
    by_option = fields.get("gerbang_bukti") == "per_opsi"
    gate = () if by_option else read_gate(fields)
    options = _read_options(fields, lower=bool(gate) or by_option)
    ranges_key, ranges = _read_ranges(fields, options, lower=bool(gate) or by_option)
    words_key, words = _read_words(fields, options)
    return ChoiceRule(
        key=key,
        options=options,
        gate=gate,
        stem=evidence_key(key.rpartition("_")[0] or key) if by_option else None,
        ranges_key=ranges_key,
        ranges=ranges,
        words_key=words_key,
        words=words,
        if_empty=read_fallback(fields, "bila_kosong", NOTHING, options=tuple(options)),
    )


def _read_options(fields: Fields, *, lower: bool) -> dict[str, Choice]:
    options: dict[str, Choice] = {}
    for number, part in enumerate(fields.parts("opsi"), start=1):
        code = part.code("kode", str(number))
        compared = code.lower() if lower else code
        if compared in options:
            raise part.fault(f'kode "{code}" sudah dipakai opsi lain.')
        options[compared] = Choice(code, str(part.take("label", "", (str, int, Decimal), "teks")), part.points("poin"))
        part.done()
    return options


def _read_ranges(fields: Fields, options: Mapping[str, Choice], *, lower: bool):
    if "turunan_dari_angka" not in fields:
        return None, ()
    part = fields.part("turunan_dari_angka")
    key = part.code("masukan")
    ranges = []
    for number, row in enumerate(part.list("rentang"), start=1):
        place = f"{part.place} > rentang ke-{number}"
        ranges.append(_read_range(row, place, options, lower))
    part.done()
    return key, tuple(ranges)


def _read_range(row: object, place: str, options: Mapping[str, Choice], lower: bool) -> Range:
    if not isinstance(row, list | tuple) or len(row) not in (3, 4):
        raise InstrumentError(place, "harus berupa [dari, sampai atau null, opsi] dengan kurung bila perlu.")
    lowest, highest = (_bound(value, place) for value in row[:2])
    option = str(row[2]).strip()
    option = option.lower() if lower else option
    if option not in options:
        raise InstrumentError(place, f'opsi "{option[:40]}" tidak ada dalam daftar opsi.')
    brackets = row[3] if len(row) == 4 else "[]"
    if brackets not in _BRACKETS:
        raise InstrumentError(place, f"kurung harus salah satu dari {' '.join(_BRACKETS)}.")
    if lowest is not None and highest is not None and lowest > highest:
        raise InstrumentError(place, "batas bawah lebih besar daripada batas atas.")
    return Range(lowest, highest, option, brackets)


def _bound(value: object, place: str) -> Fraction | None:
    if value is None:
        return None
    try:
        if isinstance(value, str):
            raise ValueError
        return exact(value)
    except (TypeError, ValueError):
        raise InstrumentError(place, "batas rentang harus berupa angka atau null.") from None


def _read_words(fields: Fields, options: Mapping[str, Choice]):
    if "turunan_dari_kata" not in fields:
        return None, {}
    part = fields.part("turunan_dari_kata")
    key = part.code("masukan")
    part.done()
    words: dict[str, str] = {}
    for code, option in options.items():
        for word in option.label.split("/"):
            if word.strip():
                words.setdefault(word.strip().upper(), code)
    return key, words
