"""Where desa are declared, and where something depends on them that is not declared (decision 0023)."""

from collections import Counter
from collections.abc import Iterator, Mapping

from sp2k.editions.file import EditionFile
from sp2k.editions.reading import Finding, notice, wrong
from sp2k.regions.files import why_no_code
from sp2k.regions.parts import RegionParts

PLACE = "desa"
WITH_VILLAGES, CITY, KECAMATAN = "ada_desa", "kota", "kecamatan"


def check_villages(edition: EditionFile, instruments: Mapping[str, object], region: RegionParts | None) -> Iterator[Finding]:
    """Yield findings on the part `desa`, and on indicators that rest on what nobody has declared."""
    declared = (*edition.villages.present, *edition.villages.absent)
    for code, count in Counter(declared).items():
        if count > 1:
            yield wrong(PLACE, f"Kode {code} tertulis {count} kali pada desa.")
        if reason := why_no_code(code):
            yield wrong(PLACE, f"Pada desa, {reason.partition('. ')[0]}.")
        elif region is not None and (code not in region.levels or code == region.code and "." not in code):
            yield wrong(PLACE, f"Kode {code} pada desa bukan kecamatan atau kabupaten/kota dalam wilayah {region.code}.")
    if region is not None:
        yield from _undeclared(edition, instruments, region, set(declared))


def _undeclared(edition, instruments, region, declared) -> Iterator[Finding]:
    used = [instruments[stage.instrument] for stage in edition.stages if instruments.get(stage.instrument)]
    asking = dict.fromkeys(i.code for used_one in used for i in used_one.indicators if WITH_VILLAGES in i.applies_to)
    silent = [
        code for code, level in region.levels.items()
        if level == KECAMATAN and region.levels.get(code[:5]) == CITY and declared.isdisjoint({code, code[:5]})
    ]  # fmt: skip
    if asking and silent:
        yield notice(
            PLACE,
            f"Indikator {next(iter(asking))} memakai sifat ada_desa, dan {len(silent)} kecamatan dalam kota dianggap tanpa "
            "desa karena daftar wilayah tidak memuat desa. Sebutlah yang mempunyai desa pada desa, ada.",
        )
