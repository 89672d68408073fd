"""``hitung.xlsx``: the count as a workbook whose formulas make the places anew from the marks.

The bytes depend on rules and marks alone: no clock, no name of a machine, one order.
"""

from datetime import datetime
from io import BytesIO

from sp2k.results.workbook.grid import HEADER, Formula, Grid
from sp2k.results.workbook.ledger_sheets import Effects, Lines, Seats
from sp2k.results.workbook.result_sheets import Places, Points, Totals
from sp2k.tally.accounts import account_of
from sp2k.tally.count import Count
from sp2k.tally.notes import WAYS
from sp2k.tally.stage_rules.model import TWO_WAY
from sp2k.tally.tables import SAMPLE_LINE

# Beyond so many cells of marks a workbook serves nobody and takes minutes to open.
MOST_MARKS = 300_000
# A workbook must say when it was made; the same count must give the same bytes.
MADE_AT = datetime(2000, 1, 1)

ABOUT = (
    "lembar: masukan hitungan, satu nilai satu baris. Hanya lembar kerja ini yang berisi data; ubahlah nilainya, dan "
    "semua yang lain ikut berubah, kecuali yang bertanda (tetap) pada lembar tempat. sp2k tally membacanya lagi.",
    "penilai: nilai tiap kursi dan poinnya. Kosong, t.b., absen, dan benturan bukan angka, jadi tidak ikut dihitung.",
    "poin: poin tiap indikator sesudah penilai digabung: {way}.",
    "hitung: aspek tepat, aspek dibulatkan, nilai tahap, temuan, bawaan, nilai.",
    "tempat: 1-2-2-4 menurut nilai, lalu pemutus seri dari kiri ke kanan. Kolom periksa membandingkan tempat dan nilai yang "
    "hidup dengan hitungan resmi. Kolom bertanda (tetap), dan baris tanpa tempat, tertulis seperti pada hitungan resmi dan "
    "tidak ikut berubah; setelah nilai diubah bacalah hanya kolom yang lain.",
    "Hitungan resmi memakai bilangan bulat dan pecahan; lembar kerja memakai bilangan biner. Karena itu setiap pembulatan "
    "di sini lebih dahulu membulatkan ke 9 desimal. Beda hanya mungkin bila nilai tepat berada kurang dari 0,0000000005 di "
    "bawah batas setengah; kolom periksa lalu berbunyi BERBEDA, dan yang berlaku hitungan resmi.",
)
ABOUT_EFFECTS = (
    "efek: murah (di atas 0) atau ketatnya (di bawah 0) tiap penilai menurut penyesuaian dua arah, hasil hitungan."
)


def n_marks(count: Count) -> int:
    return count.n_sheets * len(count.ledger.columns)


def workbook_of(count: Count) -> bytes:
    """Return the workbook of a count. The caller asks `n_marks` first: this one writes whatever it is given."""
    # Half of the command's start, and not every count writes a workbook.
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

    # The writer looks for thirty new functions in every formula; ours have none, and are many.
    worksheet = type("Worksheet", (Worksheet,), {"_prepare_formula": lambda self, formula, *_: formula.removeprefix("=")})
    content = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(content, options) as workbook:
        workbook.set_properties({"title": _title(count), "created": MADE_AT})
        workbook.set_calc_mode("auto")
        _Book(workbook, worksheet, count)
    return content.getvalue()


class _Book:
    def __init__(self, workbook, worksheet: type, count: Count):
        self._workbook, self._worksheet, self._title = workbook, worksheet, _title(count)
        self._formats = {
            "title": workbook.add_format({"italic": True}),
            "head": workbook.add_format({"bold": True, "bottom": 1}),
            "live": workbook.add_format({"num_format": "General"}),
        }
        rules = count.rules
        accounts = {r.code: account_of(count.ledger, r.code) for r in count.results if r.place is not None}
        names = ["tempat", "hitung", "lembar", "keterangan"]
        if rules.instrument is not None:
            names[2:2] = ["poin", "penilai"]
        has_effects = any(column.combination.way == TWO_WAY for column in count.ledger.columns)
        if has_effects:
            names.insert(names.index("lembar"), "efek")
        grids = {name: self._grid(name) for name in names}
        lines, points = Lines(grids["lembar"], count.ledger), None
        if rules.instrument is not None:
            effects = Effects(grids["efek"], count, list(accounts)) if has_effects else None
            seats = Seats(grids["penilai"], count, list(accounts), lines, effects)
            points = Points(grids["poin"], count, accounts, seats)
        totals = Totals(grids["hitung"], count, accounts, points, lines)
        places = Places(grids["tempat"], count, accounts, points, totals, lines)
        about = [line.format(way=WAYS[rules.combination.way]) for line in ABOUT] + [ABOUT_EFFECTS] * has_effects
        grids["keterangan"].heads(["keterangan"])
        for row, text in enumerate([Formula(places.summary(), "semua sama"), *about], start=HEADER + 1):
            grids["keterangan"].row(row, [text])

    def _grid(self, name: str) -> Grid:
        return Grid(self._workbook.add_worksheet(name, self._worksheet), self._title, self._formats)


def _title(count: Count) -> str:
    """The first line of every sheet; behind ``#``, so that the sheet of lines can be read again."""
    rules = count.rules
    name = f"{rules.name} ({rules.edition})"
    return f"{SAMPLE_LINE.strip()} {name}" if rules.is_sample else f"# {name}"
