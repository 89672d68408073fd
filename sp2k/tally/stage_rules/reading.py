"""From the data of a rules file to `StageRules`, refusing every unknown key, wrong value and contradiction."""

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from sp2k.tally.instrument import TRAITS, Instrument, read_instrument
from sp2k.tally.kinds.fields import InstrumentError
from sp2k.tally.numbers import exact_text
from sp2k.tally.stage_rules.chain import read_chain, read_seed
from sp2k.tally.stage_rules.combining import read_combinations
from sp2k.tally.stage_rules.model import (
    ACCEPT,
    ADD,
    CARRIED_ONLY,
    IGNORE,
    JURORS,
    METHOD,
    NOT_JUDGED,
    POINTS,
    REFUSE,
    REGENCY,
    REPLACE,
    WEIGH,
    WHOLE,
    CarryOver,
    Quota,
    Rounding,
    RulesError,
    StageRules,
)
from sp2k.tally.stage_rules.rule_fields import RuleFields, is_token

MOST_DECIMALS = 6
# Who "assessed" what came as points already, when the file does not say.
DEFAULT_SEAT = "verifikator"

_DIGITS_AND_POINTS = re.compile(r"[0-9.]+\Z", re.ASCII)
_REGION = re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?\Z", re.ASCII)
_REGENCY = re.compile(r"[^.]+\.[^.]+\Z")


def read_stage_rules(data: Mapping) -> StageRules:
    """Read the rules of a stage from data as `exactyaml.load` gives it (numbers int or Decimal, or as exact text).

    Raises
    ------
    RulesError
        At the first unknown key, wrong value or contradiction, with its place and an Indonesian sentence.
    """
    try:
        return _read(RuleFields(data, "aturan"))
    except InstrumentError as fault:
        raise RulesError(fault.place, fault.sentence) from None


def _read(fields: RuleFields) -> StageRules:
    fields.choice("aturan", (METHOD,))
    source, stage = fields.choice("sumber", (JURORS, POINTS, CARRIED_ONLY)), fields.token("tahap")
    carry_over, rounding, quota = _read_carry_over(fields, source, stage), _read_rounding(fields), _read_quota(fields)
    instrument = _read_instrument(fields, source)
    is_aspect_said = rounding.aspect is not None or _says_its_rounding(fields)
    if instrument is not None and rounding.aspect is not None:
        instrument = replace(instrument, round_places=rounding.aspect)
    combination, others = read_combinations(fields, instrument)
    entries = _read_roster(fields, quota)
    chain = read_chain(fields, stage, instrument, carries=carry_over is not None)
    rules = StageRules(
        edition=fields.token("edisi"),
        stage=stage,
        name=fields.text("nama", stage),
        is_sample=fields.flag("data_contoh", False),
        entries=entries,
        assessors=_read_assessors(fields, source),
        source=source,
        instrument=instrument,
        combination=combination,
        other_combinations=others,
        traits=_read_traits(fields, source, entries),
        on_empty_mark=fields.word("bila_kosong", REFUSE, (REFUSE, IGNORE)),
        on_no_sheet=fields.word("bila_tanpa_lembar", REFUSE, (REFUSE, NOT_JUDGED)),
        on_points_outside=fields.word("poin_di_luar_rentang", REFUSE, (REFUSE, ACCEPT)),
        rounding=rounding,
        carry_over=carry_over,
        findings=_read_findings(fields, source),
        quota=quota,
        chain=chain,
        seed=read_seed(fields, chain),
        is_aspect_rounding_said=is_aspect_said,
    )
    fields.done()
    return rules


def _read_roster(fields: RuleFields, quota: Quota | None) -> tuple[str, ...]:
    entries = fields.tokens("peserta")
    for code in entries:
        if _DIGITS_AND_POINTS.match(code) and not _REGION.match(code):
            raise fields.fault(f'"peserta" memuat "{code[:40]}", kode yang rusak; bentuknya seperti "35.10.13".')
        if quota is not None and quota.is_per_regency and code.count(".") < 2:
            raise fields.fault(f'"peserta" memuat "{code}", yang tidak berada di bawah suatu kabupaten/kota.')
    return entries


def _read_traits(fields: RuleFields, source: str, entries: tuple[str, ...]) -> dict[str, frozenset[str]] | None:
    """Read `sifat`: what each entry is, so that `berlaku_untuk` is applied by the count itself."""
    if "sifat" not in fields:
        return None
    if source != JURORS:
        raise fields.fault(f'"sifat" hanya berarti bila "sumber" {JURORS}: poin sudah menerapkan berlaku_untuk.')
    part = fields.part("sifat")
    if not part.data:
        raise part.fault("kosong; sebutlah sifat setiap peserta, atau hapuslah kunci itu.")
    for code in part.data:
        if part.code_text("sifat", code) not in entries:
            raise part.fault(f'"{code}" tidak ada dalam "peserta".')
    if missing := [code for code in entries if code not in part.data]:
        raise part.fault(f"sifat {missing[0]} tidak ada; sebutlah sifat setiap peserta, atau hapuslah bagian ini.")
    if empty := [code for code in entries if not part.data[code]]:
        raise part.fault(f"sifat {empty[0]} kosong; isilah dengan {', '.join(TRAITS[:-1])}, atau {TRAITS[-1]}.")
    traits = {code: frozenset(part.keys(code)) for code in entries}
    if unknown := sorted(frozenset().union(*traits.values()) - set(TRAITS)):
        raise part.fault(f'memuat "{unknown[0]}"; yang dikenal: {", ".join(TRAITS)}.')
    return traits


def _read_assessors(fields: RuleFields, source: str) -> tuple[str, ...]:
    if source == CARRIED_ONLY:
        _refuse_without_marks(fields, "penilai")
        return ()
    if "penilai" not in fields and source == POINTS:
        return (DEFAULT_SEAT,)
    return fields.tokens("penilai")


def _refuse_without_marks(fields: RuleFields, key: str) -> None:
    if key in fields:
        raise fields.fault(f'"{key}" tidak berarti bila "sumber" bawaan: tahap ini tidak mempunyai nilai sendiri.')


def _read_instrument(fields: RuleFields, source: str) -> Instrument | None:
    if source == CARRIED_ONLY:
        _refuse_without_marks(fields, "instrumen")
        return None
    if "instrumen" not in fields:
        raise fields.fault(f'bagian "instrumen" tidak ada, padahal "sumber" {source} memerlukannya.')
    instrument = read_instrument(fields.get("instrumen"))
    for indicator in instrument.indicators if source == JURORS else ():
        place = f"instrumen > indikator {indicator.code}"
        if indicator.kind != JURORS:
            raise RulesError(place, f'berjenis {indicator.kind}; bila "sumber" juri, semua indikator berjenis juri.')
    return instrument


def _says_its_rounding(fields: RuleFields) -> bool:
    """Tell whether the instrument itself says how aspects are rounded; it rounds them to 2 decimals where nobody does."""
    return "instrumen" in fields and "bulat_aspek" in fields.get("instrumen")


def _read_rounding(fields: RuleFields) -> Rounding:
    if "bulat" not in fields:
        return Rounding()
    part = fields.part("bulat")
    levels = [part.whole(level, None, highest=MOST_DECIMALS) for level in ("indikator", "aspek", "nilai")]
    part.done()
    return Rounding(*levels)


def _read_carry_over(fields: RuleFields, source: str, stage: str) -> CarryOver | None:
    if "bawaan" not in fields:
        if source == CARRIED_ONLY:
            raise fields.fault('"sumber" bawaan memerlukan bagian "bawaan".')
        return None
    part = fields.part("bawaan")
    way, earlier = part.choice("cara", (REPLACE, ADD, WEIGH)), part.token("tahap")
    weight, own_weight = part.weight("bobot"), part.weight("bobot_tahap")
    part.done()
    if earlier == stage:
        raise part.fault(f'"tahap" {earlier} adalah tahap ini sendiri; sebutlah tahap sebelumnya.')
    if source == CARRIED_ONLY and way != ADD:
        raise part.fault(f'"cara" {way} memerlukan nilai tahap sendiri; bila "sumber" bawaan, pakailah tambah.')
    if way == REPLACE and weight is not None:
        raise part.fault('"bobot" tidak berarti bila "cara" ganti: nilai bawaan tidak ikut dijumlah.')
    if way != WEIGH and own_weight is not None:
        raise part.fault(f'"bobot_tahap" tidak berarti bila "cara" {way}; hapuslah kunci itu.')
    if way == WEIGH:
        _refuse_bad_shares(part, weight, own_weight)
        return CarryOver(way, earlier, weight, own_weight)
    return CarryOver(way, earlier, Fraction(1) if weight is None else weight, Fraction(1))


def _refuse_bad_shares(part: RuleFields, weight: Fraction | None, own_weight: Fraction | None) -> None:
    if weight is None or own_weight is None:
        raise part.fault('"cara" bobot memerlukan "bobot" (untuk nilai bawaan) dan "bobot_tahap" (untuk tahap ini).')
    if weight + own_weight != 1:
        raise part.fault(f'"bobot" dan "bobot_tahap" berjumlah {exact_text(weight + own_weight)}; harus tepat 1.')


def _read_findings(fields: RuleFields, source: str) -> dict[str, Fraction]:
    if "temuan" not in fields:
        return {}
    if source == CARRIED_ONLY:
        _refuse_without_marks(fields, "temuan")
    part = fields.part("temuan")
    if not part.data:
        raise part.fault("kosong; isilah dengan temuan dan poinnya, atau hapuslah kunci itu.")
    for verdict in part.data:
        if not is_token(verdict):
            raise part.fault(f'temuan "{str(verdict)[:40]}" harus berupa satu kata, misalnya dikonfirmasi.')
    return {verdict: part.signed(verdict) for verdict in part.data}


def _read_quota(fields: RuleFields) -> Quota | None:
    if "kuota" not in fields:
        return None
    part = fields.part("kuota")
    is_per_regency, number = part.choice("lingkup", (WHOLE, REGENCY)) == REGENCY, part.count("jumlah")
    exceptions = _read_exceptions(part, is_per_regency) if "kecuali" in part else {}
    part.done()
    return Quota(is_per_regency, number, exceptions)


def _read_exceptions(quota: RuleFields, is_per_regency: bool) -> dict[str, int]:
    part = quota.part("kecuali")
    if not is_per_regency:
        raise part.fault(f'hanya berarti bila "lingkup" {REGENCY}; hapuslah bagian ini.')
    for code in part.data:
        if not _REGENCY.match(part.code_text("kecuali", code)):
            raise part.fault(f'"{code}" bukan kode kabupaten/kota; bentuknya seperti "35.72".')
    return {code: part.count(code) for code in part.data}
