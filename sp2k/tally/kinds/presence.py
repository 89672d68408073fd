"""Kinds that ask whether something is there: `ada`, `daftar`, `tingkat`."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sp2k.tally.kinds.fields import Fields
from sp2k.tally.kinds.form import ZERO, AspectForm, Input, evidence_key, is_empty, shown, text_of
from sp2k.tally.kinds.rule import NOTHING, Fallback, Place, Rule, read_fallback, read_gate
from sp2k.tally.numbers import exact, exact_text, over_one_denominator, quotient, rational_of, round_half_up, sum_exact

ABOVE_ZERO, FILLED = ">0", "terisi"
TABLE_ERROR = re.compile(r"#(?:N/A|[A-Z/0]+[!?])\Z")  # in any language: #N/A, #REF!, #NILAI!, #NAME?
INVISIBLE = " \t\n\r\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class EvidencePresence:
    """There if the evidence key is accepted."""

    key: str

    def holds(self, form: AspectForm) -> bool:
        return self.key in form.evidence


@dataclass(frozen=True, slots=True)
class AnswerPresence:
    """There if the answer equals one of the texts, is above 0 (``>0``), or is not empty (``terisi``)."""

    key: str
    texts: frozenset
    above_zero: bool
    filled: bool

    def holds(self, form: AspectForm) -> bool:
        value = form.values.get(self.key)
        if is_empty(value):
            return False
        if self.filled and not _is_unreadable(value):
            return True
        if self.filled:
            form.note(self.key, f"{shown(value)} tidak terbaca; dianggap tidak ada.")
            return False
        if isinstance(value, bool):
            found = value in self.texts
        else:
            found = text_of(value) in self.texts or (self.above_zero and (rational_of(value) or 0) > 0)
        if not found and (isinstance(value, bool) or not isinstance(value, str | int | Decimal | Fraction)):
            form.note(self.key, f"{shown(value)} bukan teks atau angka; dianggap tidak ada.")
        return found


Presence = EvidencePresence | AnswerPresence


def _is_unreadable(value: object) -> bool:
    """Whether something stands there that nobody can read: an error of a table, signs without width, or no text at all."""
    if not isinstance(value, str):
        return not isinstance(value, bool | int | Decimal | Fraction)
    return bool(TABLE_ERROR.match(value.strip())) or not value.strip(INVISIBLE)


def read_presence(fields: Fields, key: str, *, by_evidence: bool) -> Presence:
    """Read how an item is found: by its evidence key, or by `nilai_ada` (``[ada]`` if left out)."""
    if by_evidence:
        return EvidencePresence(evidence_key(key))
    values = fields.list("nilai_ada", ["ada"])
    if any(not isinstance(value, str | bool | int | Decimal) for value in values):
        raise fields.fault('"nilai_ada" harus berupa daftar teks.')
    texts = {_present(value) for value in values}
    return AnswerPresence(key, frozenset(texts - {ABOVE_ZERO, FILLED}), ABOVE_ZERO in texts, FILLED in texts)


def _present(value: object) -> object:
    if isinstance(value, str | bool):
        return value if isinstance(value, bool) else value.strip()
    return exact_text(exact(value))


def _input_of(presence: Presence, title: str = "") -> tuple[Input, ...]:
    if isinstance(presence, EvidencePresence):
        return ()
    extra = [ABOVE_ZERO] * presence.above_zero + [FILLED] * presence.filled
    return (Input(presence.key, "ada", title, present=(*sorted(map(str, presence.texts)), *extra)),)


def _evidence_of(presence: Presence) -> tuple[str, ...]:
    return (presence.key,) if isinstance(presence, EvidencePresence) else ()


@dataclass(frozen=True, slots=True)
class PresenceRule:
    """`ada`: the points if it is there, else 0."""

    presence: Presence
    points: Fraction | None
    if_empty: Fallback | None
    kind = "ada"

    @property
    def inputs(self) -> tuple[Input, ...]:
        return _input_of(self.presence)

    @property
    def evidence_keys(self) -> tuple[str, ...]:
        return _evidence_of(self.presence)

    @property
    def is_scored(self) -> bool:
        return self.points is not None

    def score(self, form: AspectForm) -> Fraction | None:
        if self.if_empty and is_empty(form.values.get(self.presence.key)):
            return self.if_empty.points
        return self.points if self.points is None or self.presence.holds(form) else ZERO


def read_presence_rule(fields: Fields, place: Place) -> Rule:
    by_evidence = fields.word("dasar", None, ("bukti",)) == "bukti"
    key = fields.code("kunci" if by_evidence else "masukan", place.code)
    presence = read_presence(fields, key, by_evidence=by_evidence)
    return PresenceRule(presence, fields.points("poin"), None if by_evidence else _read_if_empty(fields))


def _read_if_empty(fields: Fields) -> Fallback | None:
    fallback = read_fallback(fields, "bila_kosong", None)
    if fallback and fallback.assumed is not None:
        raise fields.fault('"bila_kosong" di sini hanya dapat memuat poin atau keluarkan.')
    return fallback


@dataclass(frozen=True, slots=True)
class ListItem:
    """One `butir` of a list: how it is found, its title, its points (None: recorded, not scored)."""

    presence: Presence
    title: str
    points: Fraction | None


@dataclass(frozen=True, slots=True)
class ListRule:
    """`daftar`: the sum of the points of the items present; in mode proporsi each has its share poin/n.

    `shares` pairs the items that give points with these points, whole over `denominator`; the other items
    (``poin: null``) are only recorded.
    """

    items: tuple[ListItem, ...]
    shares: tuple[tuple[Presence, int], ...]
    denominator: int
    if_empty: Fallback | None
    kind = "daftar"

    @property
    def inputs(self) -> tuple[Input, ...]:
        return tuple(entry for item in self.items for entry in _input_of(item.presence, item.title))

    @property
    def evidence_keys(self) -> tuple[str, ...]:
        return tuple(key for item in self.items for key in _evidence_of(item.presence))

    @property
    def is_scored(self) -> bool:
        return bool(self.shares)

    def score(self, form: AspectForm) -> Fraction | None:
        if self.if_empty and form.all_empty(item.presence.key for item in self.items):
            return self.if_empty.points
        if not self.shares:
            return None
        return quotient(sum([share for presence, share in self.shares if presence.holds(form)]), self.denominator)


def read_list_rule(fields: Fields, place: Place) -> Rule:
    mode = fields.word("mode", "", ("bobot", "proporsi"))
    if not mode:
        raise fields.fault('"mode" tidak ada; isilah dengan bobot (poin per butir) atau proporsi (poin x k/n).')
    by_evidence = fields.word("dasar", None, ("bukti",)) == "bukti"
    whole = fields.points("poin") if mode == "proporsi" else None
    parts = fields.parts("butir")
    items = tuple(_read_item(part, by_evidence, None if mode == "bobot" else _share(whole, parts)) for part in parts)
    keys = [item.presence.key for item in items]
    if len(set(keys)) < len(keys):
        raise fields.fault('"butir" memuat kunci yang sama dua kali.')
    counted = [item for item in items if item.points is not None]
    shares, denominator = over_one_denominator([item.points for item in counted])
    paired = tuple(zip([item.presence for item in counted], shares, strict=True))
    return ListRule(items, paired, denominator, None if by_evidence else _read_if_empty(fields))


def _share(whole: Fraction | None, parts: list[Fields]) -> tuple:
    """Return what one item of a proportional list gives, in a tuple: items with ``poin: null`` do not count in n."""
    counted = sum(not ("poin" in part and part.data["poin"] is None) for part in parts)
    return (None if whole is None or not counted else whole / counted,)


def _read_item(part: Fields, by_evidence: bool, share: tuple | None) -> ListItem:
    named = [key for key in ("kode", "masukan") if key in part]
    if len(named) != 1:
        raise part.fault("harus memuat tepat satu dari kode, masukan.")
    presence = read_presence(part, part.code(named[0]), by_evidence=by_evidence)
    own = part.points("poin") if share is None else part.points("poin", ZERO)
    points = own if share is None or own is None else share[0]
    item = ListItem(presence, part.text("judul", ""), points)
    part.done()
    return item


@dataclass(frozen=True, slots=True)
class LevelGroup:
    """A group of levels: its evidence gate, the points of each input above 0, and what an empty group gives."""

    gate: tuple[str, ...]
    levels: tuple[tuple[str, Fraction], ...]
    if_empty: Fallback

    def score(self, form: AspectForm) -> Fraction:
        if self.gate and not form.accepts(self.gate):
            return ZERO
        if form.all_empty(key for key, _ in self.levels):
            return self.if_empty.resolve(self._assume)
        return sum_exact([points for key, points in self.levels if (form.number(key) or 0) > 0])

    def _assume(self, value: Fraction) -> Fraction:
        return sum_exact([points for _, points in self.levels]) if value > 0 else ZERO


@dataclass(frozen=True, slots=True)
class LevelsRule:
    """`tingkat`: points for each level with a number above 0, groups added, cut at `ceiling`, rounded half up."""

    groups: tuple[LevelGroup, ...]
    ceiling: Fraction | None
    places: int | None
    inputs: tuple[Input, ...]
    evidence_keys: tuple[str, ...]
    kind = "tingkat"
    is_scored = True

    def score(self, form: AspectForm) -> Fraction:
        total = sum_exact([group.score(form) for group in self.groups])
        if self.ceiling is not None and total > self.ceiling:
            total = self.ceiling
        return total if self.places is None else round_half_up(total, self.places)


def read_levels_rule(fields: Fields, place: Place) -> Rule:
    groups, inputs, evidence = [], {}, {}
    for part in fields.parts("kelompok"):
        levels = []
        for level in part.parts("butir"):
            key = level.code("masukan")
            levels.append((key, level.number("poin")))
            inputs[key] = Input(key, "angka", level.text("judul", ""))
            level.done()
        gate = read_gate(part)
        evidence.update(dict.fromkeys(gate))
        groups.append(LevelGroup(gate, tuple(levels), read_fallback(part, "bila_kosong", NOTHING, may_leave=False)))
        part.done()
    ceiling, places = fields.number("batas", None), fields.whole("bulat", None, highest=6)
    return LevelsRule(tuple(groups), ceiling, places, tuple(inputs.values()), tuple(evidence))
