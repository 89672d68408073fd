"""What the count will need: instruments that exist and fit, sources carried over, and keys that break ties."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from sp2k.editions.file import Carry, EditionFile, StageFile
from sp2k.editions.reading import Finding, notice, wrong
from sp2k.instruments.adding_up import why_draft

_TIE = re.compile(r"(?P<what>aspek|indikator|tahap|bawaan:aspek):(?P<code>[^:\s]+)\Z")
_TIE_FORM = "pakai aspek:KODE, indikator:KODE, tahap:KODE, bawaan:aspek:KODE, atau undian"
LOT, SHARED = "undian", "berbagi"
CLOSED, OPEN = "sendiri", ("total", "semua")


def check_counting(edition: EditionFile, instruments: Mapping[str, object]) -> Iterator[Finding]:
    """Yield findings on what each stage counts. `instruments` are compiled (aspects and indicators with codes)."""
    earlier: dict[str, StageFile] = {}
    for stage in edition.stages:
        yield from _instrument(stage, instruments)
        yield from _extremes(stage, instruments)
        yield from _carry(stage, earlier)
        yield from _told_by_reckoning(stage, earlier)
        yield from _ties(stage, earlier, instruments)
        yield from _after_the_chain(stage, is_last=stage is edition.stages[-1])
        earlier[stage.code] = stage


def _instrument(stage: StageFile, instruments) -> Iterator[Finding]:
    if stage.instrument is None:
        return
    place, instrument = f"tahap {stage.code}", instruments.get(stage.instrument)
    if instrument is None:
        yield wrong(place, f"Tahap {stage.code} memakai instrumen {stage.instrument}, yang tidak dikenal.")
        return
    if faults := why_draft(instrument):
        yield wrong(
            place,
            f"Tahap {stage.code} memakai instrumen {stage.instrument}, yang masih draf. {' '.join(faults)} Betulkan berkas "
            "instrumennya dengan kode baru, lalu muat lagi.",
        )
    way = stage.rules.get("gabung")
    unlike = [i for i in instrument.indicators if i.kind == "juri" and way and i.rule.combine not in ("", way)]
    if unlike:
        yield notice(
            place,
            f"Tahap {stage.code} menyatakan gabung {way}; itu yang dipakai, walaupun instrumen {stage.instrument} "
            f"mengusulkan {unlike[0].rule.combine} pada indikator {unlike[0].code}."
            f"{_and_more([i.code for i in unlike])}",
        )
    by_jurors = [indicator.code for indicator in instrument.indicators if indicator.kind == "juri"]
    others = [indicator.code for indicator in instrument.indicators if indicator.kind != "juri"]
    if stage.source == "juri" and others:
        yield wrong(
            place,
            f"Tahap {stage.code} dinilai juri, tetapi indikator {others[0]} pada instrumen {stage.instrument} "
            f"dihitung dari isian.{_and_more(others)}",
        )
    if stage.source == "poin" and by_jurors:
        yield wrong(
            place,
            f"Tahap {stage.code} dihitung dari isian, tetapi indikator {by_jurors[0]} pada instrumen "
            f"{stage.instrument} memerlukan juri.{_and_more(by_jurors)}",
        )


def _extremes(stage: StageFile, instruments) -> Iterator[Finding]:
    """A limit outside a scale asks for a reason of every mark, or of none."""
    instrument, limits = instruments.get(stage.instrument), stage.rules.get("alasan_ekstrem")
    if instrument is None or not limits:
        return
    for indicator in instrument.indicators:
        if indicator.kind != "juri":
            continue
        lowest, highest = indicator.rule.scale or (min(indicator.rule.allowed), max(indicator.rule.allowed))
        if not all(lowest <= Fraction(str(limit)) <= highest for limit in limits.values()):
            yield wrong(
                f"tahap {stage.code}",
                f"Tahap {stage.code} meminta alasan nilai ekstrem di luar skala indikator {indicator.code}: "
                f"{_comma_of(lowest)} sampai {_comma_of(highest)}.",
            )


def _and_more(codes: list[str]) -> str:
    return f" Begitu juga {len(codes) - 1} indikator lain." if len(codes) > 1 else ""


def _carry(stage: StageFile, earlier: Mapping[str, StageFile]) -> Iterator[Finding]:
    if stage.carry is None:
        return
    place, carry = f"tahap {stage.code}", stage.carry
    if carry.stage not in earlier:
        yield wrong(place, f"Tahap {stage.code} membawa nilai dari tahap {carry.stage}, yang tidak mendahuluinya.")
    if stage.source == "bawaan" and carry.method != "tambah":
        yield wrong(place, f"Tahap {stage.code} tidak mempunyai nilai sendiri; pakai cara: tambah pada bawaannya.")
    for reason in _weights(carry):
        yield wrong(place, f"Bawaan tahap {stage.code} bercara {carry.method}, {reason}.")


def _weights(carry: Carry) -> Iterator[str]:
    weights = {"bobot": carry.weight, "bobot_tahap": carry.own_weight}
    for key, weight in weights.items():
        if weight is not None and weight <= 0:
            yield f"tetapi {key} tertulis {_comma(weight)}, harus lebih dari 0"
    if carry.method == "ganti" and carry.weight is not None:
        yield "jadi tidak memakai bobot"
    if carry.method != "bobot" and carry.own_weight is not None:
        yield "jadi tidak memakai bobot_tahap"
    if carry.method == "bobot" and None in weights.values():
        yield "jadi memerlukan bobot dan bobot_tahap"
    elif carry.method == "bobot" and sum(map(Fraction, weights.values())) != 1:
        shares = f"{_comma(carry.weight)} dan {_comma(carry.own_weight)}"
        yield f"tetapi bobotnya, {shares}, berjumlah {_comma(sum(weights.values()))}, harus tepat 1"


def _ties(stage: StageFile, earlier: Mapping[str, StageFile], instruments) -> Iterator[Finding]:
    place = f"tahap {stage.code}"
    if LOT in stage.tie_breaks[:-1]:
        yield wrong(place, f"Undian pada tahap {stage.code} harus menjadi pemutus seri terakhir.")
    if stage.rules.get("benih") and LOT not in stage.tie_breaks:
        yield wrong(place, f"Tahap {stage.code} mempunyai benih, tetapi undian tidak ada di antara pemutus serinya.")
    for key, count in Counter(stage.tie_breaks).items():
        if count > 1:
            yield wrong(place, f'Pemutus seri "{key}" pada tahap {stage.code} tertulis {count} kali.')
        if reason := _why_no_tie_break(key, stage, earlier, instruments):
            yield wrong(place, f'Pemutus seri "{key}" pada tahap {stage.code} {reason}.')


def _told_by_reckoning(stage: StageFile, earlier: Mapping[str, StageFile]) -> Iterator[Finding]:
    """Who reads a total and the part that was added to it knows the rest: a closed stage carried into an open one is open."""
    carried = earlier.get(stage.carry.stage) if stage.carry else None
    if carried and carried.source == "juri" and carried.disclosure not in OPEN and stage.disclosure in OPEN:
        yield notice(f"tahap {stage.code}", f"Nilai tahap {carried.code} hanya dibuka bagi masing-masing (pengungkapan "
                     f"{carried.disclosure}), tetapi ikut dihitung pada tahap {stage.code}, yang jumlah nilainya diumumkan: "
                     f"siapa pun dapat menghitungnya dari kedua nilai tahap {stage.code}. Pakai pengungkapan {CLOSED} pada "
                     f"tahap {stage.code}, atau terima bahwa nilainya diketahui.")  # fmt: skip


def _after_the_chain(stage: StageFile, *, is_last: bool) -> Iterator[Finding]:
    """A chain without a lot can end in a tie: said beforehand, where the file does not say itself how it is ended."""
    place, ways = f"tahap {stage.code}", stage.rules.get("seri_habis") or ()
    if stage.kind == "seleksi" and SHARED in ways:
        yield wrong(place, f"Tahap {stage.code} tidak dapat memakai seri_habis {SHARED}: tiap kabupaten/kota mengajukan "
                           "satu calon. Pakai pleno.")  # fmt: skip
    if LOT not in stage.tie_breaks and not ways and (stage.quota is not None or is_last):
        yield notice(place, f"Tahap {stage.code} dapat berakhir seri: pemutus serinya tidak ditutup {LOT}, dan seri_habis "
                            "tidak disebut. Seri yang menentukan siapa lolos atau bergelar diputus rapat pleno.")  # fmt: skip


def _why_no_tie_break(key: str, stage: StageFile, earlier, instruments) -> str | None:
    """Say what is wrong with a key, but not again what its stage, carry-over or instrument is blamed for already."""
    found = _TIE.match(key)
    if key == LOT:
        return None
    if not found:
        return f"tidak dikenal; {_TIE_FORM}"
    carried = earlier.get(stage.carry.stage) if stage.carry else None
    if found["what"] == "tahap":
        return _why_no_stage(found["code"], stage, carried)
    source = carried if found["what"] == "bawaan:aspek" else stage
    if source is None:
        return None if stage.carry else "menunjuk nilai bawaan, padahal tahap ini tidak membawa nilai"
    if source.source == "bawaan":
        return f"menunjuk tahap {source.code}, yang tidak mempunyai aspek"
    instrument = instruments.get(source.instrument)
    if instrument is None:
        return None
    parts = instrument.indicators if found["what"] == "indikator" else instrument.aspects
    part = next((part for part in parts if part.code == found["code"]), None)
    if part is None:
        what = found["what"].rpartition(":")[2]
        return f"menunjuk {what} {found['code']}, yang tidak ada pada instrumen {source.instrument}"
    if found["what"] == "indikator" and (not part.is_scored or part.applies_to):
        return f"menunjuk indikator {part.code}, yang tidak dinilai pada semua peserta"
    return None


def _why_no_stage(code: str, stage: StageFile, carried: StageFile | None) -> str | None:
    if code == stage.code:
        return None if stage.source != "bawaan" else "menunjuk tahap ini, yang tidak mempunyai nilai sendiri"
    if carried is None or code != carried.code:
        return "menunjuk tahap yang nilainya tidak dibawa ke tahap ini"
    return None


def _comma(value) -> str:
    return f"{value.normalize():f}".replace(".", ",")


def _comma_of(value: Fraction) -> str:
    return _comma(Decimal(value.numerator) / value.denominator)
