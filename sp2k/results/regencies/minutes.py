"""The draft of a regency's minutes: its ranking as frozen, set as PDF for the signatures."""

from pathlib import Path
from zoneinfo import ZoneInfo

from sp2k.base.documents.numerals import counted
from sp2k.base.documents.typesetting import typeset
from sp2k.base.language import of_record
from sp2k.base.wording import date_in_words, in_fours, number_in_words
from sp2k.results.regencies.page import RegencyPage
from sp2k.results.templatetags.ties import pemutus

TEMPLATE = Path(__file__).with_name("minutes.typ")


@of_record
def minutes_pdf(page: RegencyPage) -> bytes:
    """Return the minutes of a regency that has ranked; the same bytes for the same ranking."""
    return typeset(TEMPLATE, minutes(page))


def minutes(page: RegencyPage) -> dict:
    """Return all that the minutes print."""
    desk, tally = page.desk, page.tally
    frozen = tally.frozen_at.astimezone(ZoneInfo(desk.edition.zone)).date()
    n_judged = sum(row.placement.place is not None for row in page.rows)
    return {
        "title": f"Berita Acara Peringkat Kecamatan {desk.name}",
        "edition": f"{desk.edition.name} Tahun {desk.edition.year}",
        "stage": desk.stage.name,
        "number": page.answer.minutes_number if page.answer and page.answer.minutes_number else "",
        "day": [frozen.year, frozen.month, frozen.day],
        "opening": (
            f"Peringkat {counted(n_judged)} kecamatan di {desk.name} ditetapkan pada "
            f"{date_in_words(frozen)} menurut aturan edisi, dari isian yang sudah diverifikasi."
            + (f" {counted(len(page.rows) - n_judged)} kecamatan lain tidak dinilai." if n_judged < len(page.rows) else "")
        ),
        "closing": _closing(page),
        "aspects": [code for code, _ in page.aspects],
        "legend": "; ".join(f"{code}: {name}" for code, name in page.aspects),
        "rows": [_row(row) for row in page.rows],
        "hash": in_fours(tally.input_hash),
        "method": tally.method,
        "is_sample": desk.edition.is_sample,
    }


def _closing(page: RegencyPage) -> str:
    """What follows from the ranking: who is sent, that the regency takes no part, or who answered in its place and why."""
    name, answer = page.desk.name, page.answer
    if answer is not None and answer.is_by_bureau:
        said = f"mengajukan {answer.participation.entry}" if answer.participation else "mencatat tidak ikut"
        return f"Penyelenggara provinsi {said} menggantikan {name}. Menurut penyelenggara provinsi: {answer.reason_of_bureau}"
    if answer is not None and answer.participation is None:
        return f"{name} menyatakan tidak ikut. Alasan: {answer.declined_reason}"
    nominees = [str(row.participation.entry) for row in page.through]
    if nominees:
        return f"Berdasarkan peringkat itu, {name} mengajukan {' dan '.join(nominees)}."
    return "Belum ada calon: ada seri di batas lolos, dan aturan pemutus seri sudah habis."


def _row(row) -> dict:
    placed = row.placement
    return {
        "place": "tanpa" if placed.place is None else str(placed.place),
        "name": row.entry.name,
        "aspects": [number_in_words(text) if text else "tidak dinilai" for text in row.aspects],
        "total": number_in_words(placed.total) if placed.total else "tidak dinilai",
        "by": str(pemutus(placed.decided_by) or ("nilai" if placed.place is not None else placed.note)),
        "is_through": placed.is_through,
    }
