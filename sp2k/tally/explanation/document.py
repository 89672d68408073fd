"""The whole explanation: what was declared, then each entry in the order of the places."""

from collections.abc import Iterator

from sp2k.tally.count import Count, EntryResult
from sp2k.tally.explanation.entry import entry_lines
from sp2k.tally.explanation.words import combination_in_words, link_in_words, titled, written
from sp2k.tally.stage_rules import StageRules, model
from sp2k.tally.stage_rules.model import WHOLE
from sp2k.tally.tables import SAMPLE_LINE


def explanation_lines(count: Count) -> Iterator[str]:
    """Yield ``penjelasan.md``, line by line, each ending in ``\\n``; the first says so when the data are synthetic."""
    rules = count.rules
    if rules.is_sample:
        yield SAMPLE_LINE.removeprefix("# ")
        yield "\n"
    yield f"# Penjelasan hitungan: {rules.name} ({rules.edition})\n\n"
    yield f"{_counts(count)}\n\n"
    if count.cut_ties:
        yield f"**Belum diputus siapa yang lolos.** {count.why_through_is_undecided}\n\n"
    yield "## Aturannya\n\n"
    for sentence in _rules(rules):
        yield f"- {sentence}\n"
    yield "\n"
    for above, result, below in _with_neighbours(count):
        yield f"## {_heading(result)}\n\n"
        for sentence in entry_lines(count, result, above, below):
            yield f"- {sentence}\n"
        yield "\n"
    yield "Setiap angka di atas berasal dari hitungan yang sama dengan places.csv; jejak.csv memuat setiap langkahnya.\n"


def _counts(count: Count) -> str:
    unplaced = len(count.results) - count.n_placed
    sentence = f"{len(count.results)} peserta, {count.n_sheets} lembar; {count.n_placed} mendapat tempat"
    if unplaced:
        sentence += f", {unplaced} tidak"
    if count.rules.quota is not None:
        sentence += f"; {count.n_through} lolos"
    return f"{sentence}."


def _heading(result: EntryResult) -> str:
    where = "" if result.scope == WHOLE else f"{result.scope}: "
    if result.place is None:
        return f"{where}Tanpa tempat: {result.code}"
    return f"{where}Tempat {result.place}: {result.code}, nilai {result.total_text.replace('.', ',')}"


def _with_neighbours(count: Count) -> Iterator[tuple[EntryResult | None, EntryResult, EntryResult | None]]:
    results = [None, *count.results, None]
    for above, result, below in zip(results, results[1:], results[2:], strict=False):
        yield _if_beside(above, result), result, _if_beside(below, result)


def _if_beside(other: EntryResult | None, result: EntryResult) -> EntryResult | None:
    return other if other is not None and other.scope == result.scope and other.place is not None else None


def _rules(rules: StageRules) -> Iterator[str]:
    if rules.instrument is not None:
        if len(rules.assessors) > 1:
            yield f"Poin indikator: {combination_in_words(rules.combination)}."
        for code, how in sorted(rules.other_combinations.items()):
            yield f"Khusus {titled(rules.instrument.indicator(code))}: {combination_in_words(how)}."
    yield _rounding(rules)
    if rules.carry_over is not None:
        yield _carry_over(rules)
    yield _chain(rules)
    if rules.quota is not None:
        where = "tiap kabupaten/kota" if rules.quota.is_per_regency else "semua peserta"
        yield f"Kuota: {rules.quota.number} dari {where}; yang seri di batas kuota tidak diloloskan menurut urutan."


def _rounding(rules: StageRules) -> str:
    own = None if rules.instrument is None else rules.instrument.round_places
    levels = {"indikator": rules.rounding.indicator, "aspek dan nilai tahap": own, "nilai akhir": rules.rounding.total}
    said = [f"{level} {places} desimal" for level, places in levels.items() if places is not None]
    if not said:
        return "Tidak ada yang dibulatkan."
    return f"Pembulatan, setengah ke atas: {'; '.join(said)}."


def _carry_over(rules: StageRules) -> str:
    carry_over = rules.carry_over
    if carry_over.way == model.REPLACE:
        return f"Nilai tahap {carry_over.stage} tidak ikut dijumlah."
    own = "" if rules.instrument is None else f"{written(carry_over.own_weight)} × nilai tahap ini + "
    return f"Nilai = {own}{written(carry_over.weight)} × nilai tahap {carry_over.stage}."


def _chain(rules: StageRules) -> str:
    if not rules.chain:
        return "Yang bernilai sama berbagi tempat; tidak ada pemutus seri."
    chain = ", lalu ".join(link_in_words(link, rules) for link in rules.chain)
    waiting = "; undiannya menunggu benih" if rules.awaits_seed else ""
    return f"Yang bernilai sama diputus menurut {chain}{waiting}; yang tetap sama berbagi tempat."
