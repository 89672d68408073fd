"""Exact numbers: reading them from text, rounding half up, writing them back. No float comes in or goes out.

Everything official is an ``int``, a ``Fraction`` or a ``Decimal``. Two readers are kept apart on purpose: `exact` is
for what *we* wrote (instrument files, rules) and refuses what it does not understand; `number_of` is for what *people*
typed into a form and never refuses.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

# Longest number read, in digits before or after the decimal sign. Far beyond any count or amount (the greatest double
# has 309 digits), and short enough that nobody can occupy the server with "1e999999999".
MAX_DIGITS = 400
_TOO_LARGE = 10 ** (MAX_DIGITS + 1)

_TYPED_NUMBER = re.compile(r"[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)\Z", re.ASCII)
_WRITTEN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z|-?[0-9]+/[0-9]*[1-9][0-9]*\Z", re.ASCII)
_TWO_READINGS = re.compile(r"([+-]?[1-9][0-9]{0,2})[.,]([0-9]{3})\Z", re.ASCII)
_POWERS_OF_TEN = [10**n for n in range(19)]


# The same quotients come up form after form; making a Fraction costs ten times as much as finding it again.
quotient = lru_cache(maxsize=1 << 13)(Fraction)


def exact(value: int | Decimal | Fraction | str) -> Fraction:
    """Return the value as an exact fraction.

    Parameters
    ----------
    value : int, Decimal, Fraction or text
        Text is a plain decimal ("0.5", "12", "-3.25") or a ratio ("1/3"), as `exact_text` writes it.

    Raises
    ------
    TypeError
        For anything else, a float or a bool above all: a float has already lost the number that was written.
    ValueError
        For text that is no such number, for NaN and infinities, and for numbers longer than `MAX_DIGITS`.
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal | Fraction | str):
        raise TypeError(f"an official number is an int, Decimal, Fraction or text, not {type(value).__name__}")
    if isinstance(value, str):
        if len(value) > 2 * MAX_DIGITS or not _WRITTEN_NUMBER.match(value):
            raise ValueError(f"not an exact number: {value[:40]!r}")
        return Fraction(value)
    if isinstance(value, Decimal) and not _is_of_sane_size(value):
        raise ValueError(f"not a number of sane size: {value}")
    return Fraction(value)


def number_of(answer: object) -> Fraction | None:
    """Return the number an answer holds, or None for *no number*.

    A number is an int or Decimal, or text with comma or point as decimal sign, trimmed: ``"85,5"``, ``" 12 "``,
    ``"-3"``, ``",5"``. Absent, empty, true and false, lists, objects, "abc", "1e3", "½", "1.000,5" and numbers longer
    than `MAX_DIGITS` are no number.

    Raises
    ------
    TypeError
        For a float: whoever parses JSON here does so with ``parse_float=Decimal``.
    """
    number = rational_of(answer)
    return None if number is None else Fraction(number)


def rational_of(answer: object) -> int | Fraction | None:
    """Do what `number_of` does, but leave whole numbers ints: counting with them is many times faster."""
    kind = answer.__class__
    if kind is str:
        return _rational_in(answer.strip())
    if kind is int:
        return answer if -_TOO_LARGE < answer < _TOO_LARGE else None
    if answer is None or isinstance(answer, bool | list | tuple | dict):
        return None
    if isinstance(answer, Decimal):
        return Fraction(answer) if _is_of_sane_size(answer) else None
    if isinstance(answer, Fraction):
        return answer
    raise TypeError(f"an answer is parsed without {type(answer).__name__}: use Decimal")


def two_readings_of(text: str) -> tuple[str, str] | None:
    """Return how else a typed number may be meant, and how it is read: ("1234", "1,234") for ``1.234``; None if only one way.

    One to three digits, a point or comma, three digits: a whole number with its thousands set off, or three decimals. Before
    the separator a zero says that it can only be decimals.
    """
    found = _TWO_READINGS.match(text.strip())
    return (f"{found[1]}{found[2]}", f"{found[1]},{found[2]}") if found else None


def _rational_in(text: str) -> int | Fraction | None:
    if len(text) > MAX_DIGITS + 1 or not _TYPED_NUMBER.match(text):
        return None
    whole, _, decimals = text.replace(",", ".").partition(".")
    if not decimals:
        return int(whole)
    return Fraction(Decimal(f"{whole}.{decimals}"))


def _is_of_sane_size(value: Decimal) -> bool:
    return value.is_finite() and value.as_tuple().exponent >= -MAX_DIGITS and value.adjusted() <= MAX_DIGITS


def round_half_up(value: Fraction, places: int) -> Fraction:
    """Round to so many decimals; a half goes away from zero (0.125 -> 0.13, -0.125 -> -0.13).

    That is "pembulatan setengah ke atas" as people do it on paper and as `decimal.ROUND_HALF_UP` does it: the digits
    are rounded, the sign is kept. It matters only for negative totals, which a form refuses and only the scorer meets.
    """
    scale = _POWERS_OF_TEN[places]
    numerator, denominator = value.as_integer_ratio()
    twice = 2 * abs(numerator) * scale + denominator
    rounded = twice // (2 * denominator)
    return quotient(-rounded if numerator < 0 else rounded, scale)


def sum_exact(values: Iterable[Fraction]) -> Fraction:
    """Add fractions, many times faster than `sum`: numerators are added first, denominator by denominator."""
    by_denominator: dict[int, int] = {}
    for value in values:
        numerator, denominator = value.as_integer_ratio()
        by_denominator[denominator] = by_denominator.get(denominator, 0) + numerator
    common = lcm(*by_denominator)
    return quotient(sum(part * (common // denominator) for denominator, part in by_denominator.items()), common)


def over_one_denominator(values: Iterable[Fraction]) -> tuple[tuple[int, ...], int]:
    """Return whole numerators and the common denominator of some fractions, for whoever adds them again and again."""
    ratios = [value.as_integer_ratio() for value in values]
    common = lcm(*(denominator for _, denominator in ratios))
    return tuple(numerator * (common // denominator) for numerator, denominator in ratios), common


def exact_text(value: Fraction | int) -> str:
    """Write a value exactly: terminating as a decimal without exponent ("0.25", "2", "-1.5"), any other as "n/d"."""
    numerator, denominator = value.numerator, value.denominator
    if denominator == 1:
        return _digits(numerator)
    twos = (denominator & -denominator).bit_length() - 1
    fives, rest = 0, denominator >> twos
    while rest % 5 == 0:
        fives, rest = fives + 1, rest // 5
    if rest != 1:
        return f"{_digits(numerator)}/{_digits(denominator)}"
    return _with_point(numerator * 10 ** max(twos, fives) // denominator, max(twos, fives))


def fixed_text(value: Fraction, places: int) -> str:
    """Write an already rounded value with exactly so many decimals ("28.00").

    Raises
    ------
    ValueError
        If the value has more decimals than that: writing is not the place where rounding happens.
    """
    scaled = value * 10**places
    if scaled.denominator != 1:
        raise ValueError(f"{exact_text(value)} has more than {places} decimals: round it first")
    return _with_point(scaled.numerator, places)


def _with_point(scaled: int, places: int) -> str:
    sign, digits = ("-" if scaled < 0 else ""), _digits(abs(scaled)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def _digits(number: int) -> str:
    # Through Decimal, since Python refuses str() of integers beyond 4300 digits.
    return str(Decimal(number))
