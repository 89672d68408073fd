"""One entry's way to its place, in sentences. Each number in them stands in the count, none is worked out anew."""

from collections.abc import Iterator

from sp2k.tally.accounts import Account, account_of, chain_values
from sp2k.tally.count import SHARED, Count, EntryResult
from sp2k.tally.explanation.words import link_in_words, listed, measured, titled, written
from sp2k.tally.instrument import Aspect
from sp2k.tally.places import lot_digest
from sp2k.tally.sheets import Ledger
from sp2k.tally.sheets.marks import ABSENT, RECUSED
from sp2k.tally.stage_rules.model import LOT, REPLACE, TOTAL

# Beyond so many, an aspect's indicators are not told one by one.
_INDICATORS = 12
_WHY = {ABSENT: "tidak hadir", RECUSED: "berbenturan kepentingan"}


def entry_lines(
    count: Count, result: EntryResult, above: EntryResult | None, below: EntryResult | None
) -> Iterator[str]:
    """Yield the sentences on one entry.

    Parameters
    ----------
    above, below : EntryResult or None
        Its neighbours among those placed in its scope.
    """
    ledger = count.ledger
    if result.place is None:
        yield f"Tidak mendapat tempat: {result.reason}."
        return
    account = account_of(ledger, result.code)
    if account.tree is not None:
        yield from _seats(ledger, result.code)
        yield from _aspects(ledger, account)
        yield _stage_total(count, account)
        yield from _findings(ledger, result.code, account)
    yield from _total(count, result, account)
    yield from (f"Catatan: {note}." for note in _other_notes(result))
    yield _place(count, result, above, below)
    if result.is_through is not None:
        yield _through(count, result)


def _seats(ledger: Ledger, code: str) -> Iterator[str]:
    rules, sheets, excused = ledger.rules, ledger.sheets[code], ledger.excused.get(code, {})
    if len(rules.assessors) == 1:
        return
    present = [seat for seat in rules.assessors if seat in sheets]
    yield f"Dinilai {len(present)} dari {len(rules.assessors)} penilai: {listed(present)}."
    for state, why in _WHY.items():
        away = [seat for seat in rules.assessors if excused.get(seat) == state]
        if away:
            yield f"{listed(away)} {why}: tidak dihitung, bukan nol."
    silent = [seat for seat in rules.assessors if seat not in sheets and seat not in excused]
    if silent:
        yield f"{listed(silent)} tidak memberi lembar: tidak dihitung, bukan nol."


def _aspects(ledger: Ledger, account: Account) -> Iterator[str]:
    for aspect in ledger.rules.instrument.aspects:
        total = account.tree.aspects[aspect.code]
        if total.left_out:
            yield f"{titled(aspect)}: tidak berlaku bagi peserta ini; keluar dari nilai dan dari maksimum."
            continue
        sentence = f"{titled(aspect)}: {written(total.rounded)} dari {written(total.maximum)}"
        yield sentence + _indicators(aspect, account) + "."


def _indicators(aspect: Aspect, account: Account) -> str:
    scored = [indicator for indicator in aspect.indicators if indicator.is_scored]
    if len(scored) > _INDICATORS:
        return f" ({len(scored)} indikator)"
    told = [
        f"{titled(indicator)} tidak berlaku"
        if account.points[indicator.code] is None
        else f"{titled(indicator)} {measured(account.points[indicator.code])} dari {written(indicator.maximum)}"
        for indicator in scored
    ]
    return f": {'; '.join(told)}" if told else ""


def _stage_total(count: Count, account: Account) -> str:
    instrument, tree = count.rules.instrument, account.tree
    counted = [aspect for aspect in instrument.aspects if not tree.aspects[aspect.code].left_out]
    sentence = f"Nilai tahap {written(tree.total)} dari {written(tree.maximum)}"
    added = " + ".join(written(tree.aspects[aspect.code].rounded) for aspect in counted)
    if not counted or instrument.aspects[0].weight is not None:
        names = listed([aspect.code for aspect in counted])
        sentence += f", dari {names} menurut bobot dan maksnya" if counted else ""
    elif len(counted) < len(instrument.aspects):
        remaining = sum(tree.aspects[aspect.code].maximum for aspect in counted)
        sentence += f": ({added}) × {written(tree.maximum)} / {written(remaining)}, karena sisanya tidak berlaku"
    elif len(counted) > 1:
        sentence += f": {added}"
    return f"{sentence}."


def _findings(ledger: Ledger, code: str, account: Account) -> Iterator[str]:
    findings, points = ledger.findings.get(code, {}), ledger.rules.findings
    if not findings:
        return
    told = [
        f"{claim} {finding.verdict} ({written(points[finding.verdict])})" for claim, finding in sorted(findings.items())
    ]
    yield f"Temuan lapang: {'; '.join(told)}. Bersama temuan, nilai tahap menjadi {written(account.own)}."


def _total(count: Count, result: EntryResult, account: Account) -> Iterator[str]:
    rules, carry_over = count.rules, count.rules.carry_over
    rounded = "" if rules.rounding.total is None else f", dibulatkan menjadi {_total_of(result)}"
    if carry_over is None or carry_over.way == REPLACE:
        if account.exact != account.total:
            yield f"Nilai: {measured(account.exact)}{rounded}."
        return
    carried = f"{written(carry_over.weight)} × {written(account.carried)} (tahap {carry_over.stage})"
    own = "" if account.own is None else f"{written(carry_over.own_weight)} × {written(account.own)} (tahap ini) + "
    yield f"Nilai: {own}{carried} = {measured(account.exact)}{rounded}."


def _other_notes(result: EntryResult) -> list[str]:
    """Leave out what `_seats` and `_aspects` have told already."""
    told = (f"{ABSENT}:", f"{RECUSED}:", "tanpa lembar:", "tidak berlaku:")
    return [note for note in result.notes if not note.startswith(told) and " penilai yang ada" not in note]


def _place(count: Count, result: EntryResult, above: EntryResult | None, below: EntryResult | None) -> str:
    if result.decided_by == SHARED:
        return f"Berbagi tempat {result.place} dengan {listed(result.tied_with)}: nilainya sama, pemutus seri habis."
    if result.decided_by != TOTAL:
        return _parted(count, result, [other for other in (above, below) if other and other.total == result.total])
    told = [
        f"{written(abs(other.total - result.total))} {word} {other.code} (tempat {other.place})"
        for other, word in ((above, "di bawah"), (below, "di atas"))
        if other is not None
    ]
    return f"Tempat {result.place} menurut nilai" + (f": {' dan '.join(told)}." if told else ".")


def _parted(count: Count, result: EntryResult, equals: list[EntryResult]) -> str:
    told = [_parted_from(count, result, other) for other in equals]
    return f"Tempat {result.place}: {'; '.join(told)}."


def _parted_from(count: Count, result: EntryResult, other: EntryResult) -> str:
    rules, ledger = count.rules, count.ledger
    own, others = (chain_values(ledger, each.code, account_of(ledger, each.code)) for each in (result, other))
    link, mine, theirs = next((link, a, b) for link, a, b in zip(rules.chain, own, others, strict=True) if a != b)
    beginning = f"nilainya sama dengan {other.code}, diputus {link_in_words(link, rules)}"
    if link.kind == LOT:
        a, b = (lot_digest(rules.seed, each.code)[:12] for each in (result, other))
        return f"{beginning}, sidik {a}… lawan {b}…, yang terkecil menang"
    return f"{beginning}, {written(mine)} lawan {written(theirs)}"


def _through(count: Count, result: EntryResult) -> str:
    number = count.rules.quota.of(result.scope)
    if result.is_at_cut:
        return f"Belum diputus: seri di batas kuota {number}."
    return f"Lolos; kuota {number}." if result.is_through else f"Tidak lolos; kuota {number}."


def _total_of(result: EntryResult) -> str:
    return result.total_text.replace(".", ",")
