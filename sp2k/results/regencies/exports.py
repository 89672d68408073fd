"""A regency's ranking as a table for a spreadsheet."""

from sp2k.base.documents.tables import csv_text, number_of, sample_line, xlsx_bytes
from sp2k.base.language import of_record
from sp2k.results.regencies.page import RegencyPage
from sp2k.results.templatetags.ties import pemutus


def ranking_table(page: RegencyPage) -> tuple[list[str], list[tuple]]:
    """Return head and rows; decimals with a point, as data."""
    header = ["tempat", "kode", "kecamatan", "kabupaten_kota", *(f"aspek_{code}" for code, _ in page.aspects), "nilai",
              "diputus_oleh", "lolos", "keterangan"]  # fmt: skip
    rows = []
    for row in page.rows:
        placed, entry = row.placement, row.entry
        rows.append((
            "tanpa" if placed.place is None else placed.place, entry.region_id, entry.name, entry.regency_name, *row.aspects,
            placed.total, str(pemutus(placed.decided_by)), "ya" if placed.is_through else "tidak", placed.note,
        ))  # fmt: skip
    return header, rows


@of_record
def ranking_file(page: RegencyPage, kind: str) -> str | bytes:
    """Return the ranking as `csv` or `xlsx`."""
    desk = page.desk
    first_line = sample_line(f"{desk.stage}, {desk.name}") if desk.edition.is_sample else ""
    header, rows = ranking_table(page)
    if kind == "csv":
        return csv_text(header, rows, first_line=first_line)
    marks = [n for n, head in enumerate(header) if head == "nilai" or head.startswith("aspek_")]
    numbered = [[number_of(cell) if n in marks else cell for n, cell in enumerate(row)] for row in rows]
    return xlsx_bytes(f"peringkat {desk.region_code}", header, numbered, first_line=first_line)
