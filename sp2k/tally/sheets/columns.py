"""One indicator's marks: reading them, keeping each distinct one once, and combining them as whole numbers."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from sp2k.tally.instrument import Indicator
from sp2k.tally.kinds.juror_mark import MEAN, MEDIAN, TRIMMED
from sp2k.tally.numbers import exact_text, round_half_up, sum_exact
from sp2k.tally.sheets.marks import ABSENT, EMPTY, NOT_APPLICABLE, RECUSED, MarkError, read_exact, read_mark
from sp2k.tally.stage_rules.model import ACCEPT, JURORS, REFUSE, StageRules

# Tokens that are no mark: the sheet has no line for the indicator, or says kosong, or t.b.
NO_LINE, LEFT_EMPTY, DOES_NOT_APPLY, FIRST_MARK = 0, 1, 2, 3
# Beyond this common denominator integers cease to be quicker than fractions.
_LARGEST_SCALE = 2**62


class TooFewToTrim(ValueError):
    """Fewer marks than a trimmed mean needs; `needed` says how many that are."""

    def __init__(self, needed: int):
        super().__init__(f"a trimmed mean needs {needed} marks")
        self.needed = needed


class Column:
    """One indicator's distinct marks and what each is worth. A token is the number by which a sheet points to one.

    `outside` holds the tokens of points beyond the indicator's range, where the rules accept them. `is_plain` tells that
    the mean of all marks present is the indicator's points, without a further look at the entry.
    """

    def __init__(self, rules: StageRules, indicator: Indicator, position: int):
        self.indicator, self.position = indicator, position
        self.values: list[Fraction | None] = [None] * FIRST_MARK
        self.points: list[Fraction | None] = [None] * FIRST_MARK
        self.tokens: dict[str, int] = {}
        self.outside: set[int] = set()
        self.combination = rules.combination_of(indicator)
        self.is_plain = self.combination.way == MEAN and not (rules.traits is not None and indicator.applies_to)
        self._texts: dict[int, str] = {}
        self._has_marks = rules.source == JURORS
        self._is_bound = rules.on_points_outside != ACCEPT
        self._decimals = rules.rounding.indicator
        self._scaled: list[int] | None = None
        self._scale = 1
        self._means: dict[tuple[int, int], Fraction] = {}

    def token_of(self, text: str) -> int:
        """Return the token of a mark never seen before, and remember it."""
        state = text.lower()
        if state == EMPTY:
            token = LEFT_EMPTY
        elif state == NOT_APPLICABLE:
            token = self._not_applicable()
        elif state in (ABSENT, RECUSED):
            raise MarkError(f"{state} berlaku untuk seluruh lembar: kosongkanlah kolom indikator, atau tulislah *.")
        else:
            self.values.append(self._read(text))
            self.points.append(self.indicator.rule.points(self.values[-1]) if self._has_marks else self.values[-1])
            token = len(self.values) - 1
            if not self._has_marks and self._why_not_points(self.points[token]):
                self.outside.add(token)
        self.tokens[text] = token
        return token

    def _read(self, text: str) -> Fraction:
        if self._has_marks:
            return read_mark(text, self.indicator.rule.why_not)
        if "/" not in text:
            return read_mark(text, self._why_not_points, is_bound=self._is_bound)
        points = read_exact(text)
        if self._is_bound and (reason := self._why_not_points(points)):
            raise MarkError(reason)
        return points

    def _why_not_points(self, points: Fraction) -> str | None:
        if 0 <= points <= self.indicator.maximum:
            return None
        return f"poin {exact_text(points)} di luar 0 sampai {exact_text(self.indicator.maximum)}."

    def _not_applicable(self) -> int:
        if self._has_marks and not self.indicator.applies_to:
            raise MarkError(f"indikator {self.indicator.code} berlaku untuk semua peserta, jadi tidak boleh t.b.")
        return DOES_NOT_APPLY

    def mean(self, tokens: Sequence[int]) -> Fraction:
        """Return the mean points of some marks, rounded if the rules round this level."""
        if self._scaled is None:
            self._close()
        if not self._scale:
            return self.rounded(sum_exact([self.points[token] for token in tokens]) / len(tokens))
        scaled = self._scaled
        key = sum([scaled[token] for token in tokens]), len(tokens)
        if key not in self._means:
            self._means[key] = self.rounded(Fraction(key[0], self._scale * key[1]))
        return self._means[key]

    def kept(self, tokens: Sequence[int]) -> list[int]:
        """Return the marks that enter the mean, by points: all of them, those left after trimming, or the middle one
        or two, whose mean is the median.

        Raises
        ------
        TooFewToTrim
            When too few are there to trim and the rules refuse that.
        """
        ordered = sorted(tokens, key=self.points.__getitem__)
        way, trim = self.combination.way, self.combination.trim
        if way == MEDIAN:
            return ordered[(len(ordered) - 1) // 2 : len(ordered) // 2 + 1]
        if way != TRIMMED:
            return ordered
        if len(ordered) > 2 * trim:
            return ordered[trim : len(ordered) - trim]
        if self.combination.on_too_few == REFUSE:
            raise TooFewToTrim(2 * trim + 1)
        return ordered

    def _close(self) -> None:
        self._scaled = []
        for points in self.points[FIRST_MARK:]:
            self._scale = lcm(self._scale, points.denominator)
            if self._scale > _LARGEST_SCALE:
                self._scale = 0
                return
        whole = [points.numerator * (self._scale // points.denominator) for points in self.points[FIRST_MARK:]]
        self._scaled = [0] * FIRST_MARK + whole

    def rounded(self, value: Fraction) -> Fraction:
        """Round points of this indicator, if the rules round this level."""
        return value if self._decimals is None else round_half_up(value, self._decimals)

    def written(self, token: int) -> str:
        """Return what a sheet says: the mark, `kosong` (also when it has no line) or `t.b.`"""
        if token < FIRST_MARK:
            return NOT_APPLICABLE if token == DOES_NOT_APPLY else EMPTY
        if token not in self._texts:
            self._texts[token] = exact_text(self.values[token])
        return self._texts[token]
