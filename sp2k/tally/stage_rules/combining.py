"""How the points of several assessors are combined: what the stage says, else what the indicator says, else the mean."""

from sp2k.tally.instrument import Indicator, Instrument
from sp2k.tally.kinds.juror_mark import COMBINATIONS, MEAN, TRIMMED, read_combination
from sp2k.tally.stage_rules.model import JURORS, REFUSE, TWO_WAY, Combination, RulesError
from sp2k.tally.stage_rules.rule_fields import RuleFields

STAGE_COMBINATIONS = (*COMBINATIONS, TWO_WAY)


def read_combinations(fields: RuleFields, instrument: Instrument | None) -> tuple[Combination, dict[str, Combination]]:
    """Return the stage's combination, and those of the indicators that have their own, by code.

    What the stage writes holds for all its indicators: the edition's rules decide, an instrument only proposes. Where
    the stage writes nothing, each indicator's own `gabung` holds.

    Raises
    ------
    RulesError
        For a trimmed mean of which nobody says how much is trimmed, and for keys that would mean nothing.
    """
    way, trim = read_combination(fields, STAGE_COMBINATIONS)
    on_too_few = fields.word("bila_pangkas_kurang", REFUSE, (REFUSE, MEAN))
    if way == TRIMMED and trim is None:
        raise fields.fault(f'"gabung" {way} memerlukan "pangkas": berapa tertinggi, dan berapa terendah, dikeluarkan.')
    stage = Combination(way or MEAN, trim or 0, on_too_few)
    others = {} if way or instrument is None else _of_indicators(instrument, on_too_few)
    if "bila_pangkas_kurang" in fields and not any(each.trim for each in (stage, *others.values())):
        raise fields.fault(f'"bila_pangkas_kurang" hanya berarti bersama "gabung" {TRIMMED}; hapuslah kunci itu.')
    return stage, others


def _of_indicators(instrument: Instrument, on_too_few: str) -> dict[str, Combination]:
    own = [i for i in instrument.indicators if i.kind == JURORS and i.rule.combine not in ("", MEAN)]
    return {indicator.code: _of_indicator(indicator, on_too_few) for indicator in own}


def _of_indicator(indicator: Indicator, on_too_few: str) -> Combination:
    rule = indicator.rule
    if rule.combine == TRIMMED and rule.trim is None:
        raise RulesError(
            f"instrumen > indikator {indicator.code}",
            f'"gabung" {TRIMMED} memerlukan "pangkas": berapa tertinggi, dan berapa terendah, dikeluarkan.',
        )
    return Combination(rule.combine, rule.trim or 0, on_too_few)
