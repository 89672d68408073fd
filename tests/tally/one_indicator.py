"""The smallest instrument there is: one aspect A with one indicator A1, so that a test can show one rule at work."""

from sp2k.base.exactyaml import load
from sp2k.tally.instrument import Instrument, read_instrument
from sp2k.tally.numbers import exact_text
from sp2k.tally.scoring import Score, score


def instrument_of(rule: str, *, maximum: str = "10", extra: str = "") -> Instrument:
    """Return the instrument whose one indicator has this rule (YAML, flow or block) and extra keys."""
    data = load(
        "instrumen: uji\n"
        "aspek:\n"
        "- kode: A\n"
        f"  indikator: [{{kode: A1, maks: {maximum}{', ' + extra if extra else ''}}}]\n",
        name="uji",
    )
    data["aspek"][0]["indikator"][0]["aturan"] = load(rule, name="aturan")
    return read_instrument(data)


def score_of(rule: str, isian=None, bukti=(), *, maximum: str = "10") -> Score:
    return score(instrument_of(rule, maximum=maximum), {"A": {"isian": isian or {}, "bukti": list(bukti)}})


def points_of(rule: str, isian=None, bukti=(), *, maximum: str = "10") -> str:
    """Return the exact points as text, "dikeluarkan" when the indicator is left out."""
    points = score_of(rule, isian, bukti, maximum=maximum).points["A1"]
    return "dikeluarkan" if points is None else exact_text(points)
