"""One sheet on how a stage is counted and how sure that is, fed from its rules and set as PDF."""

from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path

from sp2k.base.documents.numerals import counted
from sp2k.base.documents.typesetting import typeset
from sp2k.base.exactyaml import dump, load
from sp2k.base.language import of_record
from sp2k.base.wording import in_fours, number_in_words
from sp2k.editions.models import Stage
from sp2k.results.bridge import rules_of_stage
from sp2k.results.certainty.asking import N_DRAWS, seed_of
from sp2k.results.methodology.measured import measured_for, worst_said
from sp2k.results.methodology.wording import (
    OECD_STEPS,
    carry_over_said,
    combining_said,
    missing_said,
    rounding_said,
    ties_said,
)
from sp2k.results.models import FrozenTally
from sp2k.results.queries import standing_tally
from sp2k.tally.instrument import Instrument
from sp2k.tally.numbers import exact_text
from sp2k.tally.stage_rules import StageRules, read_stage_rules
from sp2k.tally.stage_rules.model import JURORS

TEMPLATE = Path(__file__).with_name("sheet.typ")


@dataclass(frozen=True)
class WeightLine:
    """An aspect or indicator: its scale and its share of the stage's points, in words of numbers."""

    name: str
    scale: str
    share: str
    is_aspect: bool


@dataclass(frozen=True)
class MethodologySheet:
    """All that the sheet prints, final: the template only places it. `day` is (year, month, day) of the lock."""

    title: str
    edition: str
    facts: tuple[tuple[str, str], ...]
    weights: tuple[WeightLine, ...]
    steps: tuple[tuple[str, str, str], ...]
    foot: str
    day: tuple[int, int, int]
    is_sample: bool


@of_record
def methodology_pdf(stage: Stage) -> bytes:
    """Return the sheet of a stage; the same bytes for the same rules and count."""
    return typeset(TEMPLATE, asdict(methodology_sheet(stage)))


def methodology_sheet(stage: Stage) -> MethodologySheet:
    """Fill the sheet from the stage's rules: those that were counted once it is frozen, the declared ones before."""
    tally = standing_tally(stage)
    rules = read_stage_rules(load(tally.rules if tally else dump(rules_of_stage(stage)), name="rules.yaml"))
    day = stage.edition.rules_locked_at or stage.opens_at
    return MethodologySheet(
        title=f"Cara menilai: {stage.name}", edition=f"{stage.edition.name}, {stage.edition}",
        facts=tuple(_facts(rules, tally)), weights=tuple(_weights(rules.instrument)), steps=OECD_STEPS,
        foot=_foot(tally), day=(day.year, day.month, day.day), is_sample=stage.edition.is_sample,
    )  # fmt: skip


def _facts(rules: StageRules, tally: FrozenTally | None):
    yield "Peserta", f"{counted(len(rules.entries))} kecamatan"
    yield "Penilai", f"{counted(len(rules.assessors))} kursi juri" if rules.assessors else "tanpa juri"
    yield "Ujung skala", (
        "Tetap dan dinyatakan sebelum penilaian, bukan dari nilai peserta: masuk atau mundurnya satu peserta tidak "
        "mengubah urutan yang lain."
    )
    yield "Penggabungan", combining_said(rules)
    yield "Pembulatan", rounding_said(rules)
    yield "Nilai bawaan", carry_over_said(rules)
    yield "Seri", ties_said(rules)
    yield "Kosong", missing_said(rules)
    yield "Seberapa yakin", _certainty_said(tally)
    if rules.source == JURORS and rules.assessors:
        yield "Salah seberapa sering", f"{measured_for(rules).said()} {worst_said()}"


def _certainty_said(tally: FrozenTally | None) -> str:
    said = (
        f"Mutu peserta yang cocok dengan nilai juri diundi {number_in_words(N_DRAWS)} kali, dan tempatnya dihitung. "
        "Jelas: sedikitnya 97 dari 100 undian, 99 dari 3 juri; seluruh kuota, dan pasangan yang terbedakan: 99; dari 2 "
        "juri tidak ada. Rentang: 90 dari 100 memuat tempat yang sebenarnya. Nilai resmi tidak diubah."
    )
    if tally is None:
        return said + " Benih ditetapkan oleh sidik masukan saat hitungan dibekukan."
    return said + f" Benih {number_in_words(seed_of(tally.input_hash))}, dari sidik masukan hitungan."


def _weights(instrument: Instrument | None):
    if instrument is None:
        return
    of_aspects = _shares(instrument.aspects)
    for aspect, share in zip(instrument.aspects, of_aspects, strict=True):
        yield WeightLine(aspect.name, f"0 sampai {_plain(aspect.maximum)}", _percent(share), True)
        scored = [indicator for indicator in aspect.indicators if indicator.is_scored]
        for indicator, within in zip(scored, _shares(scored), strict=True):
            yield WeightLine(indicator.title, _scale(indicator), _percent(share * within), False)


def _scale(indicator) -> str:
    low, high = getattr(indicator.rule, "scale", None) or (Fraction(0), indicator.maximum)
    return f"{_plain(low)} sampai {_plain(high)}"


def _shares(parts) -> list[Fraction]:
    """Return each part's share of its level: by weights where there are, else by maxima."""
    sizes = [part.maximum if part.weight is None else part.weight for part in parts]
    total = sum(sizes)
    return [size / total if total else Fraction(0) for size in sizes]


def _percent(share: Fraction) -> str:
    tenths = round(share * 1000)
    return number_in_words(f"{tenths // 10}.{tenths % 10}") + "%"


def _plain(value: Fraction) -> str:
    return exact_text(value).replace(".", ",")


def _foot(tally: FrozenTally | None) -> str:
    if tally is None:
        return "Aturan menurut edisi; hitungan belum dibekukan."
    return f"Cara {tally.method} · sidik masukan {in_fours(tally.input_hash)}"
