"""How long scoring takes: 10,000 forms of Sumedang's instrument, against a plain Python loop over the same rules.

The plain loop is what a colleague would write first: it reads the file's own dictionaries, adds floats, and notes
nothing. Both score the same forms in the same run and must agree to a hundredth, so only the ratio is of interest.

Run: ``python -m tests.bench.bench_scoring``
"""

import random
import time
from fractions import Fraction
from pathlib import Path

import yaml

from sp2k.base.exactyaml import load
from sp2k.tally.instrument import read_instrument
from sp2k.tally.scoring import score

N_FORMS = 10_000
ROUNDS = 3
FILE = Path(__file__).parents[2] / "sp2k" / "instruments" / "data" / "instrumen-sumedang-2025.yaml"


def forms(instrument, count: int) -> list[dict]:
    """Fill forms at random: most evidence accepted, numbers as ints, some as text, some left empty."""
    chance = random.Random(2022)
    return [{aspect.code: _aspect(aspect, chance) for aspect in instrument.aspects} for _ in range(count)]


def _aspect(aspect, chance) -> dict:
    values = {}
    for indicator in aspect.indicators:
        for entry in indicator.inputs:
            values[entry.key] = _value(entry, chance)
    evidence = [key for indicator in aspect.indicators for key in indicator.evidence_keys if chance.random() < 0.8]
    return {"isian": values, "bukti": evidence}


def _value(entry, chance):
    if chance.random() < 0.05:
        return None
    if entry.choices:
        return chance.choice(entry.choices).code
    number = chance.randint(0, 40)
    return number if chance.random() < 0.9 else f"{number},5"


def plain_score(instrument: dict, form: dict) -> float:
    """Score a form with floats, straight from the dictionaries of the file."""
    total = 0.0
    for aspect in instrument["aspek"]:
        part = form.get(aspect["kode"], {})
        values, evidence = part.get("isian", {}), set(part.get("bukti", []))
        points = sum(plain_points(indicator["aturan"], values, evidence) for indicator in aspect["indikator"])
        total += round(min(points, aspect["maks"]), 2)
    return round(total, 2)


def plain_points(rule: dict, values: dict, evidence: set) -> float:
    kind = rule["jenis"]
    if kind == "ada":
        return rule["poin"] if rule["kunci"] in evidence else 0
    if kind == "daftar":
        return sum(item["poin"] for item in rule["butir"] if item["kode"] in evidence)
    if kind == "pilihan":
        return _plain_choice(rule, values, evidence)
    if kind == "tingkat":
        return _plain_levels(rule, values, evidence)
    if not any(key in evidence for key in rule["gerbang_bukti"]):
        return 0
    if kind == "jenjang":
        value = _plain_number(values.get(rule["masukan"]))
    else:
        above = _plain_number(values.get(rule["pembilang"][0]))
        below = _plain_number(values.get(rule["penyebut"][0]))
        if above is None and below is None:
            return rule["bila_kosong"]["poin"]
        if above is None or not below or below < 0:
            return rule["penyebut_nol"]["poin"]
        value = min(100, max(0, above / below * 100))
    if value is None:
        return rule["bila_kosong"]["poin"]
    for band in rule["pita"]:
        if (
            ("min" in band and value >= band["min"])
            or ("lebih_dari" in band and value > band["lebih_dari"])
            or ("sama" in band and value == band["sama"])
            or "lain" in band
        ):
            return band["poin"]
    return 0


def _plain_number(value) -> float | None:
    if value is None or value == "":
        return None
    try:
        return float(str(value).strip().replace(",", "."))
    except ValueError:
        return None


def _plain_choice(rule: dict, values: dict, evidence: set) -> float:
    gate = rule["gerbang_bukti"]
    if gate != "per_opsi" and not any(key in evidence for key in gate):
        return 0
    options = {option["kode"]: option for option in rule["opsi"]}
    code = str(values.get(rule["masukan"]) or "").strip().lower()
    if code not in options:
        code = _plain_derived(rule, values)
    if code is None:
        return rule.get("bila_kosong", {}).get("poin", 0)
    stem = rule["masukan"].rpartition("_")[0]
    if gate == "per_opsi" and stem not in evidence and stem + code not in evidence:
        return 0
    return options[code]["poin"]


def _plain_derived(rule: dict, values: dict) -> str | None:
    if "turunan_dari_angka" in rule:
        number = _plain_number(values.get(rule["turunan_dari_angka"]["masukan"]))
        for low, high, code, *rest in rule["turunan_dari_angka"]["rentang"]:
            brackets = rest[0] if rest else "[]"
            if number is None or number < low or (number == low and brackets[0] == "("):
                continue
            if high is None or number < high or (number == high and brackets[1] == "]"):
                return code
    if "turunan_dari_kata" in rule:
        word = str(values.get(rule["turunan_dari_kata"]["masukan"]) or "").strip().upper()
        for option in rule["opsi"]:
            if word and word in [part.strip() for part in option["label"].split("/")]:
                return option["kode"]
    return None


def _plain_levels(rule: dict, values: dict, evidence: set) -> float:
    total = 0
    for group in rule["kelompok"]:
        if not any(key in evidence for key in group["gerbang_bukti"]):
            continue
        given = [(_plain_number(values.get(item["masukan"])), item["poin"]) for item in group["butir"]]
        if all(number is None for number, _ in given):
            total += group["bila_kosong"]["poin"]
        else:
            total += sum(points for number, points in given if number is not None and number > 0)
    return round(min(total, rule["batas"]), rule["bulat"])


def seconds(work) -> float:
    """Return the best time of some rounds, on the monotonic clock."""
    best = None
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        taken = time.perf_counter() - begun
        best = taken if best is None or taken < best else best
    return best


def main() -> None:
    text = FILE.read_text(encoding="utf-8")
    instrument, plain = read_instrument(load(text, name=FILE.name)), yaml.safe_load(text)
    filled = forms(instrument, N_FORMS)
    for form in filled:
        difference = score(instrument, form).tree.total - Fraction(str(plain_score(plain, form)))
        if abs(difference) > Fraction(11, 1000):
            raise SystemExit(f"the two disagree by {difference} on {form}")
    ours = seconds(lambda: [score(instrument, form) for form in filled])
    theirs = seconds(lambda: [plain_score(plain, form) for form in filled])
    print(
        f"penilaian: {N_FORMS} formulir, {len(instrument.indicators)} indikator: {ours:.2f} s, "
        f"{ours / N_FORMS * 1000:.3f} ms tiap formulir, {ours / theirs:.2f} x putaran Python biasa ({theirs:.2f} s)"
    )


if __name__ == "__main__":
    main()
