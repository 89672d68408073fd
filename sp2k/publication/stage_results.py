"""One stage of a published result, for whoever asks: its places and totals as far as its rules disclose them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from sp2k.base.documents.tables import csv_text, number_of, sample_line, xlsx_bytes
from sp2k.base.language import of_record
from sp2k.editions.models import Edition, Stage
from sp2k.instruments.queries import compiled
from sp2k.results.disclosure import Disclosure, disclosed, disclosed_marks
from sp2k.results.models import FrozenTally, Placement
from sp2k.results.queries import standing_tally
from sp2k.results.templatetags.ties import parting
from sp2k.results.ties.ruled import placements_of
from sp2k.results.turnout.present import SeatsPresent, seats_by_stage


@dataclass(frozen=True)
class StageResult:
    """A stage as one viewer reads it; `rows` hold only what may be shown, those of the own region where that is all."""

    stage: Stage
    tally: FrozenTally | None
    shown: Disclosure
    rows: tuple[Placement, ...]
    seats: Mapping[str, SeatsPresent] = field(default_factory=dict)  # of the jury's stages

    @property
    def edition(self) -> Edition:
        return self.stage.edition

    @property
    def sentence(self) -> str:
        """What the rules disclose of this stage, said to whoever reads the page."""
        return {
            "sendiri": _("Aturan edisi membuka nilai tahap ini hanya kepada masing-masing kecamatan dan kabupaten/kotanya."),
            "calon": _("Aturan edisi membuka dari tahap ini hanya siapa calon tiap kabupaten/kota, tanpa nilai."),
            "total": _("Aturan edisi membuka jumlah nilai dan tempat tahap ini kepada semua orang, dan nilai tiap juri dengan "
                       "nama samaran kepada kecamatan dan kabupaten/kota yang bersangkutan."),
            "semua": _("Aturan edisi membuka jumlah nilai, tempat, dan nilai tiap juri dengan nama samaran kepada semua "
                       "orang."),
        }[self.shown.value]  # fmt: skip

    @property
    def has_parting(self) -> bool:
        return any(row.parting for row in self.rows)

    @property
    def has_marks(self) -> bool:
        return any(self.shown.shows_marks(row.participation.region_code) for row in self.rows)


def stage_result(stage: Stage, viewer) -> StageResult:
    """Return a stage of a published edition as one viewer may read it."""
    shown, tally = disclosed(stage, viewer), standing_tally(stage)
    rows = placements_of(tally) if tally else []
    if shown.shows_nominees:
        kept = sorted((row for row in rows if row.is_through), key=lambda row: row.participation.region_code)
    else:
        kept = [row for row in rows if shown.shows_totals(row.participation.region_code)]
    seats = {} if shown.shows_nominees else seats_by_stage([stage]).get(stage.code, {})
    held = Counter((row.scope, row.place) for row in rows if row.place is not None)
    for row in kept:
        row.seats = seats.get(row.participation.region_code)
        shares = held[row.scope, row.place] > 1
        # that somebody else has the same total is told only where every total is
        row.parting = parting(row.decided_by, is_shared=shares) if shown.shows_all_totals and row.place is not None else ""
    return StageResult(stage, tally, shown, tuple(kept), seats)


@of_record
def stage_csv(result: StageResult) -> str:
    """Return, for programs, the places and totals that are disclosed; where only nominees are shown, who they are."""
    return csv_text(*_places(result), first_line=_first_line(result))


@of_record
def stage_workbook(result: StageResult) -> bytes:
    """Return the same for people: totals are numbers."""
    header, rows = _places(result)
    column = header.index("nilai") if "nilai" in header else None
    numbered = [[number_of(cell) if n == column else cell for n, cell in enumerate(row)] for row in rows]
    return xlsx_bytes(result.stage.code, header, numbered, first_line=_first_line(result))


@of_record
def marks_csv(result: StageResult) -> str:
    """Return, for programs, the jurors' marks that are disclosed, under pseudonyms."""
    return csv_text(["kode", "penilai", "indikator", "nilai"], _marks(result), first_line=_first_line(result))


@of_record
def marks_workbook(result: StageResult) -> bytes:
    """Return the same for people: with names beside the codes, and marks as numbers."""
    names = {row.participation.region_code: row.participation.entry.name for row in result.rows}
    instrument = compiled(result.stage.instrument) if result.stage.instrument_id else None
    titles = {indicator.code: indicator.title for indicator in instrument.indicators} if instrument else {}
    rows = [
        (code, names.get(code, ""), juror, indicator, titles.get(indicator, ""), number_of(mark))
        for code, juror, indicator, mark in _marks(result)
    ]
    header = ["kode", "kecamatan", "penilai", "indikator", "judul", "nilai"]
    return xlsx_bytes(f"lembar {result.stage.code}", header, rows, first_line=_first_line(result))


def _places(result: StageResult) -> tuple[list[str], list[tuple]]:
    if result.shown.shows_nominees:
        return ["kode", "kecamatan", "kabupaten_kota"], [_entry(row) for row in result.rows]
    header = ["tempat", "kode", "kecamatan", "kabupaten_kota", "nilai"] + (["juri", "kursi"] if result.seats else [])
    lines = [_line(row, result.seats) for row in result.rows]
    if not result.has_parting:
        return header, lines
    return [*header, "seri"], [(*line, row.parting) for line, row in zip(lines, result.rows, strict=True)]


def _marks(result: StageResult) -> list[tuple]:
    return list(disclosed_marks(result.tally, result.shown)) if result.tally else []


def _first_line(result: StageResult) -> str:
    """That it is a sample; and of a table without a row, why it has none."""
    said = [sample_line(result.stage)] if result.edition.is_sample else []
    if not result.rows:
        said.append(f"Tidak ada baris yang terbuka bagi Anda. {result.sentence}")
    return " ".join(said)


def _line(row: Placement, seats: Mapping[str, SeatsPresent]) -> tuple:
    """Place, entry, total, and of how many seats' sheets it was made, of how many."""
    line = ("" if row.place is None else row.place, *_entry(row), row.total or "tidak dinilai")
    if not seats:
        return line
    return (*line, row.seats.present, row.seats.asked) if row.seats else (*line, "", "")


def _entry(row: Placement) -> tuple[str, str, str]:
    entry = row.participation.entry
    return entry.region_id, entry.name, entry.regency_name
