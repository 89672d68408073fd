"""Every step from mark to place, so that a reader with a calculator can follow one entry line by line."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from sp2k.tally.accounts import Account, account_of, chain_values
from sp2k.tally.count import Count, EntryResult
from sp2k.tally.instrument import Aspect
from sp2k.tally.jurors import effects_of
from sp2k.tally.kinds.juror_mark import MEAN, MEDIAN
from sp2k.tally.numbers import exact_text
from sp2k.tally.places import lot_digest
from sp2k.tally.sheets import EMPTY, NOT_APPLICABLE, Ledger
from sp2k.tally.sheets.columns import FIRST_MARK, Column
from sp2k.tally.sheets.ledger import CARRIED
from sp2k.tally.stage_rules import StageRules
from sp2k.tally.stage_rules.model import JURORS, LOT, REPLACE, TOTAL, TWO_WAY
from sp2k.tally.tables import table_lines, through_text

HEADER = ("kode", "langkah", "butir", "penilai", "masukan", "hasil", "cara")

# How many of those who share a place are named.
_SHOWN = 5

# (step, item, seat, before, after, how)
Step = tuple[str, str, str, str, str, str]


def trace_lines(count: Count) -> Iterator[str]:
    """Yield ``jejak.csv``: for each entry, by code, the steps from its marks to its place, exactly."""
    results = sorted(count.results, key=lambda result: result.code)
    rows = ((result.code, *step) for result in results for step in steps_of(count, result))
    return table_lines(HEADER, rows, is_sample=count.rules.is_sample)


def steps_of(count: Count, result: EntryResult) -> Iterator[Step]:
    """Yield one entry's steps, counted anew from the ledger by the same arithmetic that placed it."""
    ledger = count.ledger
    yield from _excused(ledger, result.code)
    if result.place is None:
        yield "tanpa_tempat", result.scope, "", "", "", result.reason
        return
    account = account_of(ledger, result.code)
    if account.tree is not None:
        yield from _marks(ledger, result.code, account)
        yield from _aspects(count.rules, account)
        yield from _findings(ledger, result.code, account)
    yield from _carried(ledger, result.code)
    yield "nilai", "", "", exact_text(account.exact), result.total_text, _how_total(count.rules, account)
    yield from _placing(ledger, result, account)


def _excused(ledger: Ledger, code: str) -> Iterator[Step]:
    excused = ledger.excused.get(code, {})
    for seat in sorted(excused, key=ledger.rules.assessors.index):
        yield "lembar", "*", seat, excused[seat], "", "tidak dihitung, bukan nol"
    for seat in ledger.rules.assessors if ledger.sheets[code] else ():
        if seat not in excused and seat not in ledger.sheets[code]:
            yield "lembar", "*", seat, "", "", "tanpa satu baris pun: tidak dihitung, bukan nol"


def _marks(ledger: Ledger, code: str, account: Account) -> Iterator[Step]:
    rules, sheets = ledger.rules, ledger.sheets[code]
    seats = [seat for seat in rules.assessors if seat in sheets]
    # Where there is but one seat, its points are the mean: a second line would say the same.
    says_mean = len(rules.assessors) > 1 or rules.rounding.indicator is not None
    for column in ledger.columns:
        tokens = {seat: sheets[seat][column.position] for seat in seats}
        for seat, token in tokens.items():
            yield _mark(rules, column, seat, token)
        if says_mean or min(tokens.values()) < FIRST_MARK:
            yield from _combined(ledger, code, column, tokens, account.points[column.indicator.code])


def _mark(rules: StageRules, column: Column, seat: str, token: int) -> Step:
    code, written = column.indicator.code, column.written(token)
    if token < FIRST_MARK:
        how = {EMPTY: "kosong: tidak dihitung, bukan nol", NOT_APPLICABLE: "tidak berlaku bagi peserta ini"}[written]
        return "lembar", code, seat, written, "", how
    scale = rules.source == JURORS and column.indicator.rule.scale
    if not scale:
        return "lembar", code, seat, written, written, "poin apa adanya"
    points, lowest, highest = exact_text(column.points[token]), *map(exact_text, scale)
    how = f"({written} - {lowest}) / ({highest} - {lowest}) x {exact_text(column.indicator.maximum)}"
    return "lembar", code, seat, written, points, how


def _combined(
    ledger: Ledger, code: str, column: Column, tokens: dict[str, int], points: Fraction | None
) -> Iterator[Step]:
    item, way = column.indicator.code, column.combination.way
    present = {seat: token for seat, token in tokens.items() if token >= FIRST_MARK}
    rounded = _rounded(ledger.rules.rounding.indicator)
    if not present:
        after = "" if points is None else exact_text(points)
        yield way, item, "", NOT_APPLICABLE, after, f"bila tidak berlaku: {column.indicator.otherwise}"
        return
    if way == TWO_WAY:
        yield from _freed(ledger, code, column, present)
        effects = effects_of(ledger, column, ledger.rules.scope_of(code))
        freed = [column.points[token] - effects[seat] for seat, token in present.items()]
        before, how = (
            f"{_in_brackets(sum(freed))} / {len(freed)}",
            "jumlah poin yang disesuaikan dibagi banyaknya penilai",
        )
    else:
        kept = [column.points[token] for token in column.kept(list(present.values()))]
        before, how = f"{_in_brackets(sum(kept))} / {len(kept)}", _how_combined(column, len(present), len(kept))
    yield way, item, "", before, exact_text(points), how + rounded


def _freed(ledger: Ledger, code: str, column: Column, present: dict[str, int]) -> Iterator[Step]:
    effects = effects_of(ledger, column, ledger.rules.scope_of(code))
    for seat, token in present.items():
        points, effect = column.points[token], effects[seat]
        before, how = f"{exact_text(points)} - {_in_brackets(effect)}", "poin dikurangi efek penilai"
        yield "penyesuaian", column.indicator.code, seat, before, exact_text(points - effect), how


def _in_brackets(value: Fraction) -> str:
    text = exact_text(value)
    return f"({text})" if text.startswith("-") or "/" in text else text


def _how_combined(column: Column, n_present: int, n_kept: int) -> str:
    way, trim = column.combination.way, column.combination.trim
    if way == MEAN:
        return "jumlah poin dibagi banyaknya penilai yang menilai"
    if way == MEDIAN:
        return (
            f"yang di tengah dari {n_present} poin" if n_kept == 1 else f"rata-rata dua di tengah dari {n_present} poin"
        )
    if n_kept == n_present:
        return f"{n_present} poin terlalu sedikit untuk dipangkas {trim} di tiap ujung: rata-rata biasa"
    return f"{trim} tertinggi dan {trim} terendah dari {n_present} poin dikeluarkan, sisanya dirata-rata"


def _aspects(rules: StageRules, account: Account) -> Iterator[Step]:
    instrument, tree = rules.instrument, account.tree
    for aspect in instrument.aspects:
        total = tree.aspects[aspect.code]
        if total.left_out:
            yield "aspek", aspect.code, "", "", "", "tidak berlaku: keluar dari nilai dan dari maksimum"
            continue
        how = _how_aspect(aspect, account)
        if instrument.capped:
            how += f", dipotong pada {exact_text(aspect.maximum)}"
        how += _aspect_rounded(rules)
        yield "aspek", aspect.code, "", exact_text(total.points), exact_text(total.rounded), how
    left = [aspect for aspect in instrument.aspects if not tree.aspects[aspect.code].left_out]
    parts = [(aspect.code, aspect.weight, aspect.maximum) for aspect in left]
    how = _how_level(parts, instrument.maximum, is_whole=len(left) == len(instrument.aspects))
    before = " + ".join(exact_text(tree.aspects[aspect.code].rounded) for aspect in left)
    yield "tahap", rules.stage, "", before, exact_text(tree.total), how + _aspect_rounded(rules)


def _how_aspect(aspect: Aspect, account: Account) -> str:
    scored = [indicator for indicator in aspect.indicators if indicator.is_scored]
    counted = [indicator for indicator in scored if account.points[indicator.code] is not None]
    parts = [(indicator.code, indicator.weight, indicator.maximum) for indicator in counted]
    return _how_level(parts, aspect.maximum, is_whole=len(counted) == len(scored))


def _how_level(parts: Iterable[tuple[str, Fraction | None, Fraction]], maximum: Fraction, *, is_whole: bool) -> str:
    """Return in words what `tree_total` did at one level: a sum, a sum scaled to the maximum, or a weighted mean."""
    codes, weights, maxima = zip(*parts, strict=True) if parts else ((), (), ())
    if not codes:
        return "tidak ada butir yang bernilai"
    if weights[0] is not None:
        shares = " + ".join(
            f"{exact_text(w)} x {c} / {exact_text(m)}" for c, w, m in zip(codes, weights, maxima, strict=True) if w > 0
        )
        return f"({shares}) / {exact_text(sum(weights))} x {exact_text(maximum)}"
    added = " + ".join(codes)
    return added if is_whole else f"({added}) x {exact_text(maximum)} / {exact_text(sum(maxima))}"


def _findings(ledger: Ledger, code: str, account: Account) -> Iterator[Step]:
    findings, points = ledger.findings.get(code, {}), ledger.rules.findings
    for claim, finding in sorted(findings.items()):
        how = "poin temuan menurut aturan"
        yield "temuan", claim, finding.assessor, finding.verdict, exact_text(points[finding.verdict]), how
    if findings:
        before = f"{exact_text(account.tree.total)} + {exact_text(account.findings)}"
        how = f"nilai tahap ditambah temuan, dijaga antara 0 dan {exact_text(account.tree.maximum)}"
        yield "tahap_dengan_temuan", ledger.rules.stage, "", before, exact_text(account.own), how


def _carried(ledger: Ledger, code: str) -> Iterator[Step]:
    for (stage, part), value in sorted(ledger.carried.get(code, {}).items()):
        yield "bawaan", part, CARRIED + stage, exact_text(value), exact_text(value), "dari hitungan tahap sebelumnya"


def _how_total(rules: StageRules, account: Account) -> str:
    carry_over = rules.carry_over
    if carry_over is None or carry_over.way == REPLACE:
        return "nilai tahap" + _rounded(rules.rounding.total)
    carried = f"{exact_text(carry_over.weight)} x {exact_text(account.carried)} (bawaan {carry_over.stage})"
    if account.own is None:
        return carried + _rounded(rules.rounding.total)
    own = f"{exact_text(carry_over.own_weight)} x {exact_text(account.own)} (tahap ini)"
    return f"{own} + {carried}{_rounded(rules.rounding.total)}"


def _placing(ledger: Ledger, result: EntryResult, account: Account) -> Iterator[Step]:
    if result.decided_by != TOTAL:
        values = chain_values(ledger, result.code, account)
        for n, (link, value) in enumerate(zip(ledger.rules.chain, values, strict=True), start=1):
            if link.kind == LOT:
                yield _lot(ledger.rules.seed, result.code, n)
                continue
            written, how = exact_text(value), f"pemutus seri ke-{n}: yang lebih tinggi menang"
            yield "seri", link.text, "", written, written, how
    for note in result.notes:
        yield "catatan", "", "", "", "", note
    how = f"diputus oleh {result.decided_by}"
    if others := len(result.sharing) - 1:
        shown = [code for code in result.sharing[: _SHOWN + 1] if code != result.code][:_SHOWN]
        more = f", dan {others - _SHOWN} lainnya" if others > _SHOWN else ""
        how = f"seri dengan {', '.join(shown)}{more}: rantai pemutus seri habis"
    if through := through_text(result):
        how += f"; lolos: {through}"
    yield "tempat", result.scope, "", result.total_text, str(result.place), how


def _lot(seed: str, code: str, n: int) -> Step:
    if not seed:
        return "seri", LOT, "", "", "", f"pemutus seri ke-{n}: undian menunggu benih"
    how = f"pemutus seri ke-{n}: SHA-256 atas benih, bita nol, kode; yang terkecil menang"
    return "seri", LOT, "", f"{seed} {code}", lot_digest(seed, code), how


def _aspect_rounded(rules: StageRules) -> str:
    said = _rounded(rules.instrument.round_places)
    return said if rules.is_aspect_rounding_said else f"{said}; aturan dan instrumen tidak menyebut desimalnya"


def _rounded(places: int | None) -> str:
    return "" if places is None else f", dibulatkan {places} desimal (setengah ke atas)"
