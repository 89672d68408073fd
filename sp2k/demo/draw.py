"""Synthetic claims and marks, drawn around targets with a generator of known seed. Never official, always labelled."""

import random
from collections.abc import Iterator, Mapping

from sp2k.base.exactyaml import load
from sp2k.entries.claims import Claims, Document
from sp2k.instruments.fields import MarkField

SPREAD = 4.0  # points a juror's mark strays from what the entry deserves


def rules_of(source: str) -> list[tuple[str, Mapping]]:
    """Return (indicator code, rule) of an instrument file, in order."""
    return list(_walk(load(source, name="instrumen")["aspek"]))


def _walk(parts) -> Iterator[tuple[str, Mapping]]:
    for part in parts:
        for indicator in part.get("indikator", ()):
            yield indicator["kode"], indicator["aturan"]
        yield from _walk(part.get("bagian", ()))


def draw_claims(
    rules: list[tuple[str, Mapping]], quality: float, documents: Mapping[str, Document], chance: random.Random
) -> Claims:
    """Fill an instrument as a kecamatan of that quality (0 to 1) might."""
    names = list(documents)
    answers = {}
    for code, rule in rules:
        values, keys = _draw(rule, quality, chance)
        answers[code] = {"isian": values, "bukti": {key: chance.choice(names) for key in keys}}
    return Claims(answers, documents)


def _draw(rule, quality, chance) -> tuple[dict, list[str]]:
    kind = rule["jenis"]
    if kind == "ada" and rule.get("dasar") == "bukti":
        return {}, [rule["kunci"]] if chance.random() < quality else []
    if kind == "daftar" and rule.get("dasar") == "bukti":
        return {}, [item["kode"] for item in rule["butir"] if chance.random() < quality]
    if kind == "pilihan":
        return _draw_choice(rule, quality, chance)
    if kind == "rasio_jenjang":
        whole = chance.randint(6, 20)
        part = min(whole, round(whole * min(1, quality + chance.uniform(-0.25, 0.15))))
        return {rule["pembilang"][0]: part, rule["penyebut"][0]: whole}, list(rule.get("gerbang_bukti", ()))[:1]
    if kind == "tingkat":
        groups = rule["kelompok"]
        values = {item["masukan"]: int(chance.random() < quality / 2) for group in groups for item in group["butir"]}
        return values, [group["gerbang_bukti"][0] for group in groups if chance.random() < quality]
    if kind == "jenjang":
        key = rule["masukan"]
        top = max((int(band.get("min", band.get("lebih_dari", 0)) or 0) for band in rule["pita"]), default=0)
        return {key: round(top * quality + chance.random())}, list(rule.get("gerbang_bukti", ()))[:1]
    raise ValueError(f"Peragaan belum dapat mengisi aturan {kind}; tambahkan di sp2k/demo/draw.py.")


def _draw_choice(rule, quality, chance) -> tuple[dict, list[str]]:
    options = sorted(rule["opsi"], key=lambda option: option["poin"])
    place = min(len(options) - 1, max(0, round((len(options) - 1) * (quality + chance.uniform(-0.3, 0.2)))))
    code, key, gate = options[place]["kode"], rule["masukan"], rule.get("gerbang_bukti")
    if gate == "per_opsi":
        return {key: code}, [f"{key.rpartition('_')[0]}{code}"]
    return {key: code}, list(gate or ())[:1]


def draw_marks(
    fields: Mapping[str, MarkField], target: float, severity: float, chance: random.Random
) -> dict[str, str]:
    """Return a juror's marks, typed as a person would (`87,5`), around what the entry deserves less the juror's severity."""
    marks = {}
    for code, field in fields.items():
        value = min(float(field.highest), max(float(field.lowest), chance.gauss(target - severity, SPREAD)))
        marks[code] = f"{round(value * 2) / 2:g}".replace(".", ",")
    return marks
