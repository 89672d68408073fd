"""The chain of stages: who enters which, what each kind needs, seats, and whether quotas and titles can be filled."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sp2k.editions.file import WHOLE_REGION, EditionFile, Quota, StageFile
from sp2k.editions.reading import Finding, notice, wrong
from sp2k.regions.parts import RegionParts


@dataclass(frozen=True)
class Needs:
    """What a kind of stage reads its points from, and which keys it needs or may have."""

    source: str
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()


_COMBINING = ("gabung", "pangkas", "bila_pangkas_kurang", "bila_kosong")
KINDS = {
    "isian": Needs("poin", ("instrumen",), ("verifikasi_sampai",)),
    "seleksi": Needs("bawaan", ("bawaan", "kuota"), ("boleh_tidak_ikut",)),
    "penilaian": Needs("juri", ("instrumen", "kursi"), ("bawaan", *_COMBINING, "alasan_ekstrem", "klaim_oleh_juri")),
    "kunjungan": Needs("juri", ("instrumen", "kursi"), ("bawaan", *_COMBINING, "alasan_ekstrem", "temuan")),
}
_BOUND = sorted({key for needs in KINDS.values() for key in (*needs.needs, *needs.may)} - {"kuota"})


@dataclass(frozen=True)
class Field:
    """How many can be there at most: in all, and of each kabupaten/kota (name, count)."""

    total: int
    regencies: tuple[tuple[str, int], ...]

    def after(self, quota: Quota | None) -> "Field":
        """What is left when a quota has cut; per regency it stays the most that could be left of it."""
        if quota is None:
            return self
        regencies = tuple((name, min(count, quota.number)) for name, count in self.regencies)
        reach = sum(count for _, count in regencies)
        return Field(min(self.total, quota.number if quota.scope == "semua" else reach), regencies)


def check_stages(edition: EditionFile, region: RegionParts | None) -> Iterator[Finding]:
    """Yield findings on the chain of stages; quotas and titles only where the region's parts are known."""
    chain = list(_chain(edition.stages))
    yield from chain
    for stage in edition.stages:
        yield from _kind(stage)
        yield from _seats(stage)
    if region and region.regencies and edition.stages and not chain:
        yield from _quotas_and_titles(edition, region)


def _chain(stages: tuple[StageFile, ...]) -> Iterator[Finding]:
    position: Mapping[str, int] = {stage.code: n for n, stage in reversed(list(enumerate(stages)))}
    for code, count in Counter(stage.code for stage in stages).items():
        if count > 1:
            yield wrong(f"tahap {code}", f"Ada {count} tahap berkode {code}.")
    for n, stage in enumerate(stages):
        said = _entrants(stage, n, stages, position)
        if said:
            yield wrong(f"tahap {stage.code}", said)


def _entrants(stage, n, stages, position) -> str | None:
    if n == 0:
        is_whole = stage.entrants == WHOLE_REGION
        return None if is_whole else f"Tahap pertama, {stage.code}, diikuti semua kecamatan: tulis peserta: wilayah."
    if stage.entrants == WHOLE_REGION:
        return f"Tahap {stage.code} menerima semua kecamatan; hanya tahap pertama yang boleh berpeserta: wilayah."
    begins = f"Tahap {stage.code} mengambil peserta dari tahap {stage.entrants}"
    if stage.entrants not in position:
        return f"{begins}, yang tidak ada dalam berkas."
    if position[stage.entrants] >= n:
        return f"{begins}, yang tidak mendahuluinya."
    if stages[n - 1].code != stage.entrants:
        return f"{begins}, padahal tahap tepat sebelumnya {stages[n - 1].code}."
    return None


def _kind(stage: StageFile) -> Iterator[Finding]:
    place, named, kind = f"tahap {stage.code}", f"Tahap {stage.code} ({stage.kind})", KINDS[stage.kind]
    if stage.source != kind.source:
        yield wrong(place, f"{named} bersumber {stage.source}, semestinya {kind.source}.")
    for key in kind.needs:
        if not _has(stage, key):
            yield wrong(place, f"{named} memerlukan {key}.")
    for key in _BOUND:
        if _has(stage, key) and key not in (*kind.needs, *kind.may):
            yield wrong(place, f"{named} tidak memakai {key}.")


def _has(stage: StageFile, key: str) -> bool:
    return bool(stage.checks_until) if key == "verifikasi_sampai" else bool(stage.rules.get(key))


def _seats(stage: StageFile) -> Iterator[Finding]:
    place = f"tahap {stage.code}"
    for code, count in Counter(seat.code for seat in stage.seats).items():
        if count > 1:
            yield wrong(place, f"Pada tahap {stage.code}, kursi {code} tertulis {count} kali.")
    for institution, count in Counter(seat.institution for seat in stage.seats).items():
        if count > 1:
            yield notice(place, f"Pada tahap {stage.code}, {institution} mempunyai {count} kursi.")
    chairs = sum(seat.is_chair for seat in stage.seats)
    if chairs > 1:
        yield wrong(place, f"Tahap {stage.code} mempunyai {chairs} ketua; paling banyak satu.")
    if stage.seats and not chairs:
        yield notice(place, f"Tahap {stage.code} belum mempunyai ketua.")


def _quotas_and_titles(edition: EditionFile, region: RegionParts) -> Iterator[Finding]:
    field = Field(region.n_kecamatan, region.regencies)
    for stage, following in zip(edition.stages, (*edition.stages[1:], None), strict=True):
        if stage.quota:
            yield from _quota(stage, field)
        elif following and stage.kind != "isian":
            yield notice(
                f"tahap {stage.code}",
                f"Tahap {stage.code} tidak berkuota: semua pesertanya masuk tahap {following.code}.",
            )
        field = field.after(stage.quota)
    yield from _titles(edition, field)


def _quota(stage: StageFile, field: Field) -> Iterator[Finding]:
    place, number = f"tahap {stage.code}", stage.quota.number
    if stage.quota.scope == "semua":
        if number > field.total:
            yield wrong(
                place, f"Tahap {stage.code} meloloskan {number}, padahal paling banyak {field.total} kecamatan masuk."
            )
        return
    smallest, least = min(field.regencies, key=lambda regency: regency[1])
    if number > least:
        yield wrong(
            place,
            f"Tahap {stage.code} meloloskan {number} dari tiap kabupaten/kota, "
            f"padahal dari {smallest} paling banyak {least} kecamatan masuk.",
        )
    elif number * len(field.regencies) > field.total:
        yield wrong(
            place,
            f"Tahap {stage.code} meloloskan {number} dari tiap kabupaten/kota, {number * len(field.regencies)} "
            f"seluruhnya, padahal paling banyak {field.total} kecamatan masuk.",
        )


def _titles(edition: EditionFile, field: Field) -> Iterator[Finding]:
    last, n_titles = edition.stages[-1], len(edition.titles)
    if not n_titles:
        yield wrong("gelar", "Gelar belum dinyatakan; tulis sedikitnya satu, untuk tempat 1.")
    if last.quota and last.quota.scope == "kabupaten_kota" and len(field.regencies) > 1:
        yield wrong(
            "gelar",
            f"Gelar mengikuti tempat pada tahap terakhir, {last.code}, yang berperingkat per kabupaten/kota; "
            "pakai kuota berlingkup semua.",
        )
    elif n_titles > field.total:
        yield wrong(
            "gelar", f"Ada {n_titles} gelar, padahal paling banyak {field.total} yang lolos dari tahap {last.code}."
        )
    elif last.quota and n_titles and n_titles < last.quota.number:
        yield notice(
            "gelar",
            f"Ada {n_titles} gelar, padahal {last.quota.number} yang lolos dari tahap {last.code}: "
            f"{_places(n_titles + 1, last.quota.number)} tidak bergelar.",
        )


def _places(first: int, last: int) -> str:
    if first == last:
        return f"tempat {first}"
    return f"tempat {first} {'dan' if last == first + 1 else 'sampai'} {last}"
