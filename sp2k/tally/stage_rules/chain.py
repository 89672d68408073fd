"""The chain of tie-breaks (`seri`): each link names a value that every placed entry has."""

from sp2k.tally.instrument import LEAVE, Instrument
from sp2k.tally.stage_rules.model import CARRIED_ASPECT, LOT, OWN_ASPECT, OWN_INDICATOR, STAGE, Link
from sp2k.tally.stage_rules.rule_fields import RuleFields, is_token

_FORMS = "aspek:KODE, indikator:KODE, tahap:KODE, bawaan:aspek:KODE, undian"
LONGEST_SEED = 200


def read_chain(fields: RuleFields, stage: str, instrument: Instrument | None, *, carries: bool) -> tuple[Link, ...]:
    """Return the links in their order; () when none are declared: then equals simply share their place."""
    if "seri" not in fields or fields.get("seri") == []:
        return ()
    links: list[Link] = []
    for text in fields.list("seri"):
        if links and links[-1].kind == LOT:
            raise fields.fault(f'"seri" memuat "{LOT}" sebelum "{str(text)[:40]}"; undian selalu mata rantai terakhir.')
        link = _read_link(fields, text)
        if link in links:
            raise fields.fault(f'"seri" memuat "{text}" dua kali.')
        if link.kind == CARRIED_ASPECT and not carries:
            raise fields.fault(f'"seri" memuat "{text}", padahal tahap ini tidak mempunyai "bawaan".')
        if link.kind in (OWN_ASPECT, OWN_INDICATOR):
            _refuse_unknown(fields, link, instrument)
        if link.kind == STAGE and link.code == stage and instrument is None:
            raise fields.fault(f'"seri" memuat "{text}", padahal tahap ini tidak mempunyai nilai sendiri.')
        links.append(link)
    return tuple(links)


def read_seed(fields: RuleFields, chain: tuple[Link, ...]) -> str:
    """Return the seed of the lot, "" when none is declared or none is known yet."""
    if "benih" not in fields:
        return ""
    seed = fields.text("benih")
    if not any(link.kind == LOT for link in chain):
        raise fields.fault(f'"benih" tidak berarti tanpa "{LOT}" sebagai mata rantai terakhir "seri".')
    if len(seed) > LONGEST_SEED or seed != seed.strip() or not seed.isprintable():
        raise fields.fault(f'"benih" harus satu baris, paling banyak {LONGEST_SEED} huruf, tanpa spasi di tepinya.')
    return seed


def _read_link(fields: RuleFields, text: object) -> Link:
    if text == LOT:
        return Link(LOT, LOT, "")
    kind, _, code = text.rpartition(":") if isinstance(text, str) else ("", "", "")
    if kind not in (OWN_ASPECT, OWN_INDICATOR, STAGE, CARRIED_ASPECT) or not is_token(code):
        raise fields.fault(f'"seri" memuat "{str(text)[:40]}"; bentuk yang dikenal: {_FORMS}.')
    return Link(text, kind, code)


def _refuse_unknown(fields: RuleFields, link: Link, instrument: Instrument | None) -> None:
    parts = () if instrument is None else instrument.aspects if link.kind == OWN_ASPECT else instrument.indicators
    found = [part for part in parts if part.code == link.code]
    if not found:
        raise fields.fault(f'"seri" memuat "{link.text}", yang tidak ada pada instrumen tahap ini.')
    if link.kind == OWN_INDICATOR and (not found[0].is_scored or found[0].applies_to and found[0].otherwise == LEAVE):
        raise fields.fault(f'"seri" memuat "{link.text}", yang tidak dinilai pada semua peserta; pilihlah yang lain.')
