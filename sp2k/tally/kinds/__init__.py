"""The rule kinds of the instrument file: one definition gives the form, the check and the points."""

from sp2k.tally.kinds.amounts import read_band_rule, read_count_rule, read_goalpost_rule, read_percentage_rule
from sp2k.tally.kinds.choices import read_choice_rule
from sp2k.tally.kinds.compound import read_compound_rule
from sp2k.tally.kinds.fields import Fields
from sp2k.tally.kinds.index import read_index_rule
from sp2k.tally.kinds.juror_mark import read_mark_rule
from sp2k.tally.kinds.presence import read_levels_rule, read_list_rule, read_presence_rule
from sp2k.tally.kinds.ratios import read_ratio_band_rule, read_ratio_line_rule
from sp2k.tally.kinds.rule import GatedRule, Place, Rule, read_gate

KINDS = {
    "ada": read_presence_rule,
    "daftar": read_list_rule,
    "hitung": read_count_rule,
    "jenjang": read_band_rule,
    "rasio_jenjang": read_ratio_band_rule,
    "persen_linear": read_percentage_rule,
    "tiang": read_goalpost_rule,
    "rasio_linear": read_ratio_line_rule,
    "pilihan": read_choice_rule,
    "tingkat": read_levels_rule,
    "gabungan": read_compound_rule,
    "juri": read_mark_rule,
    "indeks": read_index_rule,
}
# These read `gerbang_bukti` themselves, since it changes how they read the answer; a juror's mark has no gate.
_OWN_GATE = ("rasio_jenjang", "pilihan", "juri")


def read_rule(fields: Fields, place: Place) -> Rule:
    """Read one `aturan` (or part of one) and refuse every key its kind does not know."""
    kind = fields.word("jenis", None, tuple(KINDS))
    if kind is None:
        raise fields.fault(f'"jenis" tidak ada; isilah dengan salah satu dari {", ".join(KINDS)}.')
    gate = () if kind in _OWN_GATE else read_gate(fields)
    rule = KINDS[kind](fields, place)
    fields.done()
    return GatedRule(rule, gate) if gate else rule
