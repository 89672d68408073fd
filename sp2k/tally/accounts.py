"""How one entry's total comes about: means, tree, findings, carry-over, rounding, each step exact and kept apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sp2k.tally.jurors import combined_points
from sp2k.tally.kinds.form import ZERO
from sp2k.tally.numbers import round_half_up, sum_exact
from sp2k.tally.places import lot_value
from sp2k.tally.sheets.ledger import CARRIED_ASPECT, CARRIED_TOTAL, Ledger
from sp2k.tally.sheets.marks import MarkError
from sp2k.tally.stage_rules import model
from sp2k.tally.stage_rules.model import Link, StageRules
from sp2k.tally.tree import TreeTotal, tree_total


@dataclass(frozen=True, slots=True)
class Account:
    """One entry's way from marks to total.

    Attributes
    ----------
    points : mapping from indicator code to combined points; None: the indicator does not apply to this entry
    tree : TreeTotal or None
        None when the stage has no marks of its own; then `own` is None too.
    findings : Fraction
        What the findings add, before the result is kept within 0 and the maximum.
    own : Fraction or None
        The stage's own total, findings included.
    carried : Fraction or None
        The value carried over from the earlier stage, None where there is none.
    exact, total : Fraction
        Before and after the rounding of the total. What is printed is what is placed.
    """

    points: Mapping[str, Fraction | None]
    tree: TreeTotal | None
    findings: Fraction
    own: Fraction | None
    carried: Fraction | None
    exact: Fraction
    total: Fraction


def account_of(ledger: Ledger, code: str) -> Account:
    """Count one entry that has what the rules ask for.

    Raises
    ------
    MarkError
        About the whole: marks or a carried value missing.
    """
    rules, points, tree, findings, own = ledger.rules, {}, None, ZERO, None
    if rules.instrument is not None:
        points = combined_points(ledger, code)
        tree = tree_total(rules.instrument, points)
        verdicts = [finding.verdict for finding in ledger.findings.get(code, {}).values()]
        findings = sum_exact([rules.findings[verdict] for verdict in verdicts])
        own = _with_findings(tree.total, findings, tree.maximum)
    carried = ledger.carried.get(code, {}).get((rules.carry_over.stage, CARRIED_TOTAL)) if rules.carry_over else None
    exact = _carry_over(rules, code, own, carried)
    total = exact if rules.rounding.total is None else round_half_up(exact, rules.rounding.total)
    return Account(points, tree, findings, own, carried, exact, total)


def _with_findings(own: Fraction, findings: Fraction, maximum: Fraction) -> Fraction:
    """Add findings: they lift nobody above the maximum and press nobody below 0."""
    if findings > 0:
        return max(own, min(own + findings, maximum))
    return min(own, max(own + findings, ZERO))


def _carry_over(rules: StageRules, code: str, own: Fraction | None, carried: Fraction | None) -> Fraction:
    carry_over = rules.carry_over
    if carry_over is None or carry_over.way == model.REPLACE:
        return own
    if carried is None:
        raise _nothing_carried(code, carry_over.stage, CARRIED_TOTAL)
    added = carry_over.weight * carried
    return added if own is None else carry_over.own_weight * own + added


def chain_values(ledger: Ledger, code: str, account: Account) -> tuple[Fraction, ...]:
    """Return an entry's value for every link of the chain.

    Raises
    ------
    MarkError
        About the whole: an entry lacks a value that the chain compares.
    """
    return tuple(_link_value(ledger, code, account, link) for link in ledger.rules.chain)


def _link_value(ledger: Ledger, code: str, account: Account, link: Link) -> Fraction:
    if link.kind == model.LOT:
        return lot_value(ledger.rules.seed, code)
    if link.kind == model.OWN_ASPECT:
        aspect = account.tree.aspects[link.code]
        value = None if aspect.left_out else aspect.rounded
    elif link.kind == model.OWN_INDICATOR:
        value = account.points[link.code]
    elif link.kind == model.STAGE and link.code == ledger.rules.stage:
        value = account.own
    else:
        is_aspect = link.kind == model.CARRIED_ASPECT
        stage = ledger.rules.carry_over.stage if is_aspect else link.code
        part = CARRIED_ASPECT + link.code if is_aspect else CARRIED_TOTAL
        value = ledger.carried.get(code, {}).get((stage, part))
        if value is None:
            raise _nothing_carried(code, stage, part)
    if value is None:
        sentence = f"{code}: {link.text} memutus seri, jadi tidak boleh seluruhnya t.b. Ubahlah rantai seri."
        raise MarkError(sentence, is_about_line=False)
    return value


def _nothing_carried(code: str, stage: str, part: str) -> MarkError:
    sentence = f'{code}: nilai bawaan tidak ada; tambahkanlah baris dengan penilai "tahap:{stage}", indikator "{part}".'
    return MarkError(sentence, is_about_line=False)
