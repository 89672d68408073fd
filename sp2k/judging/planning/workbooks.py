"""The jury's room as workbooks: the panel, the schedule, the duties. No mark is in them."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from sp2k.base.language import of_record
from sp2k.base.wording import date_in_words, hour_in_words, instant_in_words
from sp2k.base.xlsx.writing import simple_workbook
from sp2k.editions.models import Stage
from sp2k.judging.models import Slot
from sp2k.judging.planning.plans import Pair
from sp2k.judging.planning.tables import ENTRY, INSTITUTION, KECAMATAN, REGENCY, SEAT, mark_of
from sp2k.judging.queries.panel import SeatRow

DUTY_HEADER = (ENTRY, KECAMATAN, REGENCY, SEAT, INSTITUTION)


@of_record
def roster_workbook(stage: Stage, rows: Iterable[SeatRow]) -> bytes:
    """Return the panel: a row a seat and person, predecessors included."""
    zone, lines = stage.edition.zone, []
    for row in rows:
        told = (row.seat.position, row.seat.code, row.seat.institution, "ya" if row.seat.is_chair else "")
        for past in row.predecessors:
            lines.append((*told, past.user.name, _at(past.since, zone), _at(past.until, zone), past.reason, "", ""))
        if row.seating is None:
            lines.append((*told, "belum terisi", "", "", "", row.n_sheets, row.n_duties))
        else:
            now = row.seating
            lines.append((*told, now.user.name, _at(now.since, zone), "", now.reason, row.n_sheets, row.n_duties))
    header = (
        "urutan", "kode kursi", "lembaga", "ketua", "nama", "sejak", "sampai", "alasan penggantian", "lembar masuk",
        "tugas",
    )  # fmt: skip
    return simple_workbook("juri", header, lines, is_sample=stage.edition.is_sample, notes=[f"Juri {stage}"])


@of_record
def schedule_workbook(stage: Stage, slots: Iterable[Slot]) -> bytes:
    """Return the turns, a row an entry."""
    zone = stage.edition.zone
    rows = [
        (
            slot.position, date_in_words(slot.starts_at.astimezone(ZoneInfo(zone)).date()),
            hour_in_words(slot.starts_at, zone), slot.session.name, slot.session.room, slot.participation.region_code,
            slot.participation.entry.name,
            slot.participation.entry.regency_name,
        )
        for slot in slots
    ]  # fmt: skip
    header = ("giliran", "tanggal", "jam", "sesi", "tempat", "kode", "kecamatan", "kabupaten/kota")
    return simple_workbook("jadwal", header, rows, is_sample=stage.edition.is_sample, notes=[f"Jadwal {stage}"])


@of_record
def duties_workbook(stage: Stage, entries, seats, standing: Iterable[Pair]) -> bytes:
    """Return the template of the duties: a row a pair as it stands; entries without a duty with an empty seat."""
    by_entry: dict[str, list[str]] = {}
    for entry, seat in standing:
        by_entry.setdefault(entry, []).append(seat)
    named = {seat.code: seat.institution for seat in seats}
    rows = []
    for row in entries:
        told = (row.region_code, row.entry.name, row.entry.regency_name)
        rows += [(*told, code, named[code]) for code in sorted(by_entry.get(row.region_code, ()))] or [(*told, "", "")]
    notes = [f"Penugasan {mark_of(stage.edition.code, stage.code)} {stage}"]
    return simple_workbook("penugasan", DUTY_HEADER, rows, is_sample=stage.edition.is_sample, notes=notes)


def _at(instant, zone: str) -> str:
    return instant_in_words(instant, zone)
