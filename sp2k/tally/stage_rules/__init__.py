"""The rules by which one stage is counted. The form of the file: `docs/methods/hitung.md`."""

from sp2k.tally.stage_rules.model import METHOD, CarryOver, Link, Quota, Rounding, RulesError, StageRules
from sp2k.tally.stage_rules.reading import read_stage_rules

__all__ = ["METHOD", "CarryOver", "Link", "Quota", "Rounding", "RulesError", "StageRules", "read_stage_rules"]
