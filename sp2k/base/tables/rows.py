"""One row of a list: its cells by the title of their column, read as what the column holds."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sp2k.base.refusals import BadInput
from sp2k.base.tables.columns import is_filled
from sp2k.base.tables.days import EXAMPLE, day_of
from sp2k.base.typed import clean_text, spelled_cell, title_key, why_posing
from sp2k.base.wording import date_in_words
from sp2k.base.xlsx.reading import DATE, ERROR, FORMULA, NUMBER, PERCENT, TEXT, UNSEEN, Cell, column_name

T = TypeVar("T")
AS_TEXT = "Ubah format kolomnya menjadi teks, lalu ketik ulang"
EPOCH = date(1899, 12, 30).toordinal()
_POWER = re.compile(r"\d(?:[.,]\d+)?e\+?\d+", re.IGNORECASE | re.ASCII)
_PROVINCE = re.compile(r"[1-9]\d", re.ASCII)


@dataclass(frozen=True)
class Row:
    """One row below the titles. Each reader raises BadInput with the place, what is there, and what to do.

    A reader returns None where the file has no such column, and an empty text where the cell is empty: neither changes
    anything, but only of an empty cell can a form say that it empties.

    Parameters
    ----------
    sheet : name of the worksheet; empty for CSV, where a row has no cells with addresses
    cells : from the first column of the file
    places : the position of each of our columns that the file has
    """

    number: int
    sheet: str
    cells: tuple[Cell | None, ...]
    places: Mapping[str, int]

    def has(self, title: str) -> bool:
        return title in self.places

    def cell(self, title: str) -> Cell | None:
        place = self.places.get(title, -1)
        return self.cells[place] if 0 <= place < len(self.cells) and is_filled(self.cells[place]) else None

    @property
    def place(self) -> str:
        """Where the row stands: `Lembar "orang", baris 3`; of CSV `Baris 3`."""
        return f'Lembar "{self.sheet}", baris {self.number}' if self.sheet else f"Baris {self.number}"

    def where(self, title: str) -> str:
        """Return the place of a cell: `Lembar "orang", sel D3, kolom wilayah`; of CSV `Baris 3, kolom wilayah`."""
        if not self.sheet:
            return f"Baris {self.number}, kolom {title}"
        if title not in self.places:
            return f'Lembar "{self.sheet}", baris {self.number}, kolom {title}'
        return f'Lembar "{self.sheet}", sel {column_name(self.places[title])}{self.number}, kolom {title}'

    def fault(self, title: str, sentence: str) -> BadInput:
        """Return what is wrong with a cell, with its place; `sentence` goes on after a colon."""
        return BadInput(f"{self.where(title)}: {sentence}")

    def text(self, title: str, *, longest: int = 200) -> str | None:
        """A name or other words in one line."""
        if (cell := self._readable(title)) is None:
            return self._nothing(title)
        if cell.kind == NUMBER and (not cell.text.isdigit() or len(cell.text) > 15):
            raise self.fault(title, f"berisi angka {cell.text}, bukan teks. {AS_TEXT} isinya.")
        if cell.kind not in (TEXT, NUMBER):
            raise self.fault(title, f"terbaca sebagai {cell.kind} {cell.shown or cell.text}. {AS_TEXT} isinya.")
        return self._words(title, cell.text, longest)

    def code(self, title: str) -> str | None:
        """A code with points or letters, which a spreadsheet breaks when it takes it for a number."""
        if (cell := self._readable(title)) is None:
            return self._nothing(title)
        if cell.kind == NUMBER and not _PROVINCE.fullmatch(cell.text):
            likely = f" Mungkin {cell.text}0." if re.fullmatch(r"\d\d\.\d", cell.text) else ""
            said = f"berisi angka {cell.text}, bukan teks: nolnya dapat hilang.{likely} {AS_TEXT} kodenya."
            raise self.fault(title, said)
        if cell.kind not in (TEXT, NUMBER):
            raise self.fault(title, f"terbaca sebagai {cell.kind} {cell.shown or cell.text}. {AS_TEXT} kodenya.")
        if _POWER.fullmatch(spelled_cell(cell.text)):
            raise self.fault(title, f"berisi {cell.text}: kodenya pernah menjadi angka. {AS_TEXT} kodenya.")
        return self._words(title, cell.text, 60)

    def digits(self, title: str) -> str | None:
        """A long number that is a name, such as a civil servant's: its digits without blanks and points."""
        if (cell := self._readable(title)) is None:
            return self._nothing(title)
        if cell.kind == NUMBER:
            lost = "angka belakangnya hilang" if len(cell.text) > 15 else "nol di depannya dapat hilang"
            raise self.fault(title, f"{cell.text} tersimpan sebagai angka, jadi {lost}. {AS_TEXT}.")
        if cell.kind != TEXT:
            raise self.fault(title, f"terbaca sebagai {cell.kind} {cell.shown or cell.text}. {AS_TEXT}.")
        if _POWER.fullmatch(spelled_cell(cell.text)):
            raise self.fault(title, f"berisi {cell.text}: angka belakangnya hilang karena disimpan sebagai angka. {AS_TEXT}.")
        return re.sub(r"[ .'-]", "", self._words(title, cell.text, 60))

    def day(self, title: str) -> date | None:
        """A date, as a cell of dates or as people write them; None also where the cell is empty."""
        if (cell := self._readable(title)) is None:
            return None
        try:
            if cell.kind == DATE:
                return day_of(cell.text.removesuffix("T00:00:00"))
            if cell.kind == TEXT:
                return day_of(spelled_cell(cell.text))
        except BadInput as refused:
            raise self.fault(title, refused.sentence) from None
        if cell.kind == NUMBER and cell.text.isdigit() and 10_000 < int(cell.text) < 100_000:
            likely = date_in_words(date.fromordinal(EPOCH + int(cell.text)))
            raise self.fault(title, f"berisi angka {cell.text}, mungkin {likely}. Ubah format selnya menjadi tanggal.")
        raise self.fault(title, f"terbaca sebagai {cell.kind} {cell.shown or cell.text}, bukan tanggal. {EXAMPLE}.")

    def choice(self, title: str, options: Mapping[str, T], *, offered: Iterable[str] = ()) -> T | None:
        """One of a few words, whatever their case; `options` are the words known, `offered` those that a refusal names."""
        if not (written := self.text(title)):
            return None
        known = {title_key(word): value for word, value in options.items()}
        if title_key(written) not in known:
            raise self.fault(title, f'berisi "{written[:40]}", yang tidak dikenal. Tulis {", ".join(offered or options)}.')
        return known[title_key(written)]

    def _readable(self, title: str) -> Cell | None:
        cell = self.cell(title)
        if cell is None:
            return None
        if cell.kind == ERROR:
            raise self.fault(title, f"berisi {cell.text}: rumusnya gagal. Ketik isinya, atau kosongkan selnya.")
        if cell.kind == FORMULA:
            said = "berisi rumus yang hasilnya tidak tersimpan. Buka berkasnya di Excel atau LibreOffice, simpan, lalu unggah"
            raise self.fault(title, f"{said} lagi; atau ketik isinya.")
        if cell.kind in (PERCENT, UNSEEN) or cell.kind == NUMBER and cell.shown:
            seen, kept = (_local(cell.shown), _local(cell.text)) if cell.kind != UNSEEN else (cell.shown, cell.text)
            raise self.fault(title, f"terlihat {seen[:40]} tetapi tersimpan {kept[:40]}. {AS_TEXT} isinya.")
        return cell

    def _nothing(self, title: str) -> str | None:
        return "" if self.has(title) else None

    def _words(self, title: str, written: str, longest: int) -> str:
        text = spelled_cell(written)
        if "\n" in text or "\r" in text:
            raise self.fault(title, "memuat baris baru. Tulis dalam satu baris.")
        if reason := why_posing(text):
            raise self.fault(title, reason)
        try:
            return clean_text(text, name="isinya", longest=longest)
        except BadInput as refused:
            raise self.fault(title, refused.sentence) from None


def _local(digits: str) -> str:
    return digits.replace(".", ",")
