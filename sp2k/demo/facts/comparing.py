"""Holding a fact against the rows that it speaks of.

Each kind of comparison finds in the rows what the fact says of them, in the fact's own shape, so that equal means equal.
It finds None where the rows are not there yet, or may not be told yet: the page is public.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sp2k.demo.facts.reading import Fact
from sp2k.editions.models import Edition, Stage
from sp2k.instruments.models import Instrument
from sp2k.publication.models import Decree
from sp2k.regions.queries import stored_parts_of
from sp2k.results.models import Nomination


class Verdict(StrEnum):
    """How the rows stand to a fact; NONE where it names no row."""

    SAME = "sama"
    ABSENT = "belum"
    CHANGED = "berubah"
    NONE = ""


Found = Mapping | list | str | None


def compare(fact: Fact, edition: Edition | None = None) -> Verdict:
    """Return how the loaded rows stand to a fact of an edition, or to one of all editions."""
    found = [(FINDERS[kind](edition, told), told) for kind, told in fact.checks.items()]
    if not found:
        return Verdict.NONE
    if any(there is None for there, _told in found):
        return Verdict.ABSENT
    return Verdict.SAME if all(there == told for there, told in found) else Verdict.CHANGED


def _titles(edition: Edition, told) -> Found:
    if not edition.is_published:
        return None
    return [list(pair) for pair in edition.awards.order_by("position").values_list("title", "entry__region")]


def _decree(edition: Edition, told) -> Found:
    issued = Decree.objects.filter(edition=edition).first() if edition.is_published else None
    return issued and {"nomor": issued.number, "tanggal": issued.signed_on.isoformat()}


def _announcement(edition: Edition, told) -> Found:
    return edition.announced_at and _day(edition, edition.announced_at)


def _dates(edition: Edition, told) -> Found:
    stage = _stage(edition, told)
    first, last = stage.local_dates()
    return {"tahap": stage.code, "mulai": first.isoformat(), "selesai": last.isoformat()}


def _checks(edition: Edition, told) -> Found:
    stage = _stage(edition, told)
    until = stage.checks_until and _day(edition, stage.checks_until)
    return until and {"tahap": stage.code, "sampai": until}


def _place(edition: Edition, told) -> Found:
    stage = _stage(edition, told)
    place = stage.rules.get("tempat", "")
    is_there = place.split(", ")[0] == told["tempat"]  # the source names the house, the rules its town too
    return {"tahap": stage.code, "tempat": told["tempat"] if is_there else place}


def _entrants(edition: Edition, told) -> Found:
    stage = _stage(edition, told)
    n = stage.participations.count()
    return _asked({"tahap": stage.code, "jumlah": n, "lolos": stage.rules["kuota"]["jumlah"]}, told) if n else None


def _seats(edition: Edition, told) -> Found:
    stage = _stage(edition, told)
    found = [seat["lembaga"] for seat in stage.rules.get("kursi", ())]
    is_same = sorted(found) == sorted(told["lembaga"])  # their order is no fact
    return {"tahap": stage.code, "lembaga": told["lembaga"] if is_same else found}


def _deciding(edition: Edition, told) -> Found:
    last = edition.stages.order_by("position").last()
    carry = last.rules.get("bawaan") or {}
    is_carried = carry.get("cara") in ("tambah", "bobot")
    return {"tahap": last.code, "bawaan": carry["tahap"] if is_carried else "tidak"}


def _taking_part(edition: Edition, told) -> Found:
    answers = _answers(edition, told)
    if answers is None:
        return None
    regions = stored_parts_of(edition.region_id, at=edition.regions_at)
    n = answers.exclude(participation=None).count()
    return _asked({"seleksi": told["seleksi"], "ikut": n, "dari": len(regions.regencies)}, told)


def _declining(edition: Edition, told) -> Found:
    answers = _answers(edition, told)
    if answers is None:
        return None
    reasons = list(answers.filter(participation=None).values_list("declined_reason", flat=True))
    is_labelled = all(reason.startswith(told["alasan"]) for reason in reasons)
    return {**told, "jumlah": len(reasons), "alasan": told["alasan"] if is_labelled else ""}


def _other_nominees(edition: Edition, told) -> Found:
    answers = _answers(edition, told)
    if answers is None or not edition.is_published:
        return None
    winners = edition.awards.values("entry")
    n = answers.exclude(participation=None).exclude(participation__entry__in=winners).count()
    return {**told, "jumlah": n}


def _regions(edition, told) -> Found:
    found = stored_parts_of(told["kode"])
    return found and {**told, "kabupaten_kota": len(found.regencies), "kecamatan": found.n_kecamatan}


def _indicators(edition, told) -> Found:
    found = Instrument.objects.filter(code=told["instrumen"]).first()
    return found and {**told, "jumlah": found.n_indicators}


def _asked(found: Mapping, told: Mapping) -> Mapping:
    """Only what the fact speaks of: a source tells the one number and not the other."""
    return {key: value for key, value in found.items() if key in told}


def _stage(edition: Edition, told) -> Stage:
    return edition.stages.select_related("edition").get(code=told["tahap"])


def _day(edition: Edition, instant: datetime) -> str:
    return instant.astimezone(ZoneInfo(edition.zone)).date().isoformat()


def _answers(edition: Edition, told):
    """The regencies' answers at a selection; None while it is not locked: until then they are nobody else's business."""
    stage = edition.stages.get(code=told["seleksi"])
    return Nomination.objects.filter(stage=stage) if stage.is_locked else None


FINDERS: Mapping[str, Callable[[Edition, Mapping], Found]] = {
    "juara": _titles, "keputusan": _decree, "pengumuman": _announcement, "waktu": _dates, "verifikasi": _checks,
    "tempat": _place, "peserta": _entrants, "kursi": _seats, "penentu": _deciding, "ikut": _taking_part,
    "tidak_ikut": _declining, "calon_lain": _other_nominees, "wilayah": _regions, "indikator": _indicators,
}  # fmt: skip
