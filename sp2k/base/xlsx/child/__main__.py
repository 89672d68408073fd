"""Run as a script, by `reading.py` through `apart/launcher.py` alone: parse one XLSX; print its cells as JSON lines.

It imports nothing of ours but `formats.py` beside it, so that nothing of ours is in reach of a file that breaks the parser.
It reads the parts of the workbook itself (ECMA-376, part 1, chapter 18), for a spreadsheet library turns an error, and a
formula without a result, into an empty cell. Lines, in this order:

``{"sheets": [[name, is hidden], …]}``, worksheets alone, then for each of them
its rows that hold something ``[row, [[column, cell], …], is hidden]``, and
``{"merged": ["A1:B2", …], "hidden": [[first, last column], …], "cut": whether rows were left out}``;
or, at any time, ``{"fault": word}``. Columns are counted from 0.

A cell is its text, or a list: ``["u", text, as shown]``, a text of which something else is seen, ``["n", digits, as shown]``,
``["p", digits, as shown]`` (a percentage), ``["d", ISO date]``, ``["t", time]``, ``["b", "TRUE"]``, ``["e", "#N/A"]`` or
``["f", ""]``, a formula whose result is not stored.
"""

import json
import posixpath
import re
import sys
import zipfile
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from xml.parsers import expat

from formats import BUILT_IN, DATE, EMPTY, PLAIN, TIME, Format, digits_of

CHUNK = 1 << 16
LEFT = {"told": 0}  # characters: a text that stands once in a file may be that of a million cells
# A hidden worksheet is not read; its first rows tell whether it is the one that was meant.
PEEKED = 12
# A number is shown with 15 digits at most, whatever of its binary form the file holds.
FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
LATEST = 2_958_465  # 31 December 9999
LEAST_HEIGHT, LEAST_WIDTH = 1, 0.3  # points; letters
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Fault(Exception):
    """A word of `_FAULTS` in reading.py."""


def main(path: str, unpacked: str, rows: str, told: str) -> None:
    LEFT["told"] = int(told)
    try:
        with zipfile.ZipFile(path) as archive:
            Workbook(archive, int(unpacked)).tell(int(rows))
    except Exception as fault:  # whatever the parser says of a file from outside, the file is at fault
        is_memory = isinstance(fault, MemoryError) or getattr(fault, "code", 0) == 1  # of expat: out of memory
        tell({"fault": str(fault) if isinstance(fault, Fault) else "memory" if is_memory else "broken"})


def tell(line) -> None:
    text = json.dumps(line, ensure_ascii=True, separators=(",", ":")) + "\n"
    LEFT["told"] -= len(text)
    if LEFT["told"] < 0 and "fault" not in line:
        raise Fault("told")
    sys.stdout.write(text)


def local(name: str) -> str:
    """`x:row` is `row`: any prefix may stand for the namespace of spreadsheets."""
    return name.rpartition(":")[2]


def pairs(attributes: list[str]) -> dict[str, str]:
    return {local(name): value for name, value in zip(attributes[::2], attributes[1::2], strict=True)}


def is_unseen(said: dict[str, str], size: str, least: float) -> bool:
    """Whether a row or column is hidden, or too low or narrow for anything in it to be seen."""
    return said.get("hidden") in ("1", "true") or float(said.get(size, least)) < least


class Workbook:
    """The parts of one file, each read once, as a stream; `left` is what may still be unpacked."""

    def __init__(self, archive: zipfile.ZipFile, left: int):
        self.archive, self.left = archive, left
        self.names = {info.filename.lower(): info.filename for info in archive.infolist()}
        self.book = BookPart(self.names["xl/workbook.xml"])
        self.read(self.book)
        self.book.name = self.names["xl/_rels/workbook.xml.rels"]
        self.read(self.book)
        self.targets = self.book.targets
        self.strings = self.optional("sharedStrings", StringsPart).strings
        self.styles = self.optional("styles", StylesPart).styles()

    def tell(self, most_rows: int) -> None:
        found = [(*named, *self.targets.get(key, ("", ""))) for *named, key in self.book.sheets]
        sheets = [(name, is_hidden, target) for name, is_hidden, kind, target in found if kind == "worksheet"]
        tell({"sheets": [[name, is_hidden] for name, is_hidden, _ in sheets]})
        for _name, is_hidden, target in sheets:
            part = SheetPart(self.part(target), self, PEEKED if is_hidden else most_rows)
            try:
                self.read(part)
            except StopIteration:
                pass
            tell({"merged": part.merged, "hidden": part.hidden, "cut": part.is_cut})

    def optional(self, kind: str, part):
        made = part(next((self.part(target) for each, target in self.targets.values() if each == kind), ""))
        if made.name:
            self.read(made)
        return made

    def part(self, target: str) -> str:
        """Return the name of the part that a relation of the workbook points to."""
        path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return self.names.get(posixpath.normpath(path).lower(), "")

    def read(self, part) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text, parser.buffer_size, parser.ordered_attributes = True, CHUNK, True
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse_entities
        parser.StartElementHandler, parser.EndElementHandler = part.start, part.end
        parser.CharacterDataHandler = part.text
        with self.archive.open(part.name) as content:
            while chunk := content.read(CHUNK):
                self.left -= len(chunk)
                if self.left < 0:
                    raise Fault("unpacked")
                parser.Parse(chunk)
        parser.Parse(b"", True)


def refuse_entities(*_what) -> None:
    # No spreadsheet program writes any into a workbook; they are how entity bombs begin.
    raise Fault("entities")


class Acts(dict):
    """What to do at an element, by its name; names with a prefix are learnt as they come, for there are millions."""

    def __missing__(self, tag: str):
        self[tag] = found = self.get(local(tag))
        return found


class Part:
    """One XML part: `text` keeps what stands between <t> (or <v>), without how it is read aloud (rPh); the rest passes by."""

    def __init__(self, name: str):
        self.name, self.pieces, self.is_text, self.aloud = name, [], False, 0
        self.starts = Acts({"t": self.value, "rPh": self.reading})
        self.stops = Acts({"t": self.end_value, "rPh": self.end_reading})

    def start(self, tag: str, attributes: list[str]) -> None:
        if act := self.starts[tag]:
            act(attributes)

    def end(self, tag: str) -> None:
        if act := self.stops[tag]:
            act()

    def value(self, _attributes):
        self.is_text = not self.aloud

    def end_value(self):
        self.is_text = False

    def reading(self, _attributes):
        self.aloud += 1

    def end_reading(self):
        self.aloud -= 1

    def text(self, data: str) -> None:
        if self.is_text:
            self.pieces.append(data)

    def taken(self) -> str:
        text = "".join(self.pieces)
        self.pieces.clear()
        return text


class BookPart(Part):
    """xl/workbook.xml, then its relations: the sheets in order, the epoch, whether results are thrown away when it is
    opened, and the parts by their key (kind, where it is)."""

    def __init__(self, name: str):
        super().__init__(name)
        self.sheets, self.targets, self.is_1904, self.is_recounted = [], {}, False, False

    def start(self, tag, attributes):
        tag, said = local(tag), pairs(attributes)
        if tag == "sheet":
            self.sheets.append((said.get("name", ""), said.get("state", "visible") != "visible", said.get("id", "")))
        elif tag == "workbookPr":
            self.is_1904 = said.get("date1904") in ("1", "true")
        elif tag == "calcPr":
            self.is_recounted = said.get("fullCalcOnLoad") in ("1", "true")
        elif tag == "Relationship" and said.get("TargetMode") != "External":
            self.targets[said.get("Id", "")] = said.get("Type", "").rpartition("/")[2], said.get("Target", "")


class StringsPart(Part):
    """xl/sharedStrings.xml: texts by number."""

    def __init__(self, name: str):
        super().__init__(name)
        self.strings: list[str] = []
        self.stops["si"] = self.end_string

    def end_string(self):
        self.strings.append(unescaped(self.taken()))


class StylesPart(Part):
    """xl/styles.xml: what each style of a cell makes of a number."""

    def __init__(self, name: str):
        super().__init__(name)
        self.codes, self.used, self.is_used = {}, [], False

    def start(self, tag, attributes):
        tag = local(tag)
        if tag == "numFmt":
            said = pairs(attributes)
            self.codes[said.get("numFmtId", "")] = said.get("formatCode", "")
        elif tag == "cellXfs":
            self.is_used = True
        elif tag == "xf" and self.is_used:
            self.used.append(pairs(attributes).get("numFmtId", "0"))

    def end(self, tag):
        if local(tag) == "cellXfs":
            self.is_used = False

    def styles(self) -> list[Format]:
        codes = [self.codes.get(number, BUILT_IN.get(int(number), "General")) for number in self.used]
        made = {code: Format(code) for code in set(codes)}
        return [made[code] for code in codes]


class SheetPart(Part):
    """One worksheet: its rows are told as they are met."""

    def __init__(self, name: str, book: Workbook, most_rows: int):
        super().__init__(name)
        self.book, self.left = book, most_rows
        self.merged, self.hidden, self.is_cut, self.hides_zeros = [], [], False, False
        self.row, self.column, self.cells, self.is_hidden = 0, -1, [], False
        self.kind = self.style = ""
        self.has_value = self.has_formula = False
        self.letters: dict[str, int] = {}
        self.starts |= {"c": self.cell, "row": self.next_row, "v": self.value, "f": self.formula, "mergeCell": self.merge,
                        "col": self.columns, "sheetView": self.view}  # fmt: skip
        self.stops |= {"c": self.end_cell, "row": self.end_row, "v": self.end_value}

    def next_row(self, attributes):
        said = pairs(attributes)
        self.row = int(said.get("r") or self.row + 1)
        self.column, self.cells, self.is_hidden = -1, [], is_unseen(said, "ht", LEAST_HEIGHT)

    def cell(self, attributes):
        self.kind = self.style = ""
        self.pieces.clear()
        self.has_value = self.has_formula = False
        self.column += 1
        for n in range(0, len(attributes), 2):
            if (name := attributes[n]) == "r":
                self.column = self.position(attributes[n + 1])
            elif name == "t":
                self.kind = attributes[n + 1]
            elif name == "s":
                self.style = attributes[n + 1]

    def position(self, address: str) -> int:
        letters = address.rstrip("0123456789")
        if letters not in self.letters:
            found = 0
            for letter in letters:
                found = found * 26 + ord(letter.upper()) - 64
            self.letters[letters] = found - 1
        return self.letters[letters]

    def value(self, attributes):
        super().value(attributes)
        self.has_value = True

    def formula(self, _attributes):
        self.has_formula = True

    def merge(self, attributes):
        self.merged.append(pairs(attributes).get("ref", ""))

    def view(self, attributes):
        self.hides_zeros |= pairs(attributes).get("showZeros") in ("0", "false")

    def columns(self, attributes):
        said = pairs(attributes)
        if is_unseen(said, "width", LEAST_WIDTH):
            self.hidden.append([int(said["min"]) - 1, int(said["max"]) - 1])

    def end_cell(self):
        if not (self.has_value or self.has_formula):
            return
        if (cell := self.content(self.taken())) is not None:
            self.cells.append([self.column, cell])

    def end_row(self):
        if not self.cells:
            return
        if self.left <= 0:
            self.is_cut = True
            raise StopIteration
        self.left -= 1
        tell([self.row, self.cells, int(self.is_hidden)])

    def content(self, said: str):
        """Return what a cell holds, as this file's first lines say; None where it is empty."""
        if self.has_formula and (self.book.book.is_recounted or not said and self.kind != "str"):
            return ["f", ""]
        if self.kind == "s":
            return self.words(self.book.strings[int(said)])
        if self.kind in ("str", "inlineStr"):
            return self.words(unescaped(said))
        if not said:
            return None
        if self.kind == "e":
            return ["e", said]
        if self.kind == "b":
            return ["b", "TRUE" if said == "1" else "FALSE"]
        if self.kind == "d":
            return [DATE, said]
        return self.number(said.strip())

    def format(self) -> Format | None:
        number = int(self.style or 0)
        return self.book.styles[number] if number < len(self.book.styles) else None

    def words(self, said: str):
        """A text, and what is seen of it where its format hides or changes it."""
        found = self.format() if self.style and said.strip() else None
        if found is None or (shown := found.of_text(said)) == said:
            return said or None
        return ["u", said, shown]

    def number(self, said: str):
        exact = FIFTEEN.create_decimal(said)
        if exact == 0 and self.hides_zeros:
            return [PLAIN, "0", EMPTY]
        found = self.format()
        kind, shown = found.of_number(exact) if found else (PLAIN, digits_of(exact))
        if kind in (DATE, TIME):
            return instant_of(exact, is_time=kind == TIME, is_1904=self.book.book.is_1904)
        return [kind, digits_of(exact), shown]


def instant_of(serial: Decimal, *, is_time: bool, is_1904: bool):
    """Return a date, or a time of day, as a spreadsheet shows the number of days since its epoch."""
    if not 0 <= serial <= LATEST:
        return ["e", "#####"]
    days = int(serial)
    seconds = int(((serial - days) * 86_400).to_integral_value(rounding=ROUND_HALF_UP))
    if is_time or days == 0 and not is_1904:
        return [TIME, str(timedelta(days=days, seconds=seconds))]
    # The year 1900 has a 29 February in spreadsheets, and the serial of no day before it is to be trusted.
    begin = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 31) if days < 60 else datetime(1899, 12, 30)
    instant = begin + timedelta(days=days, seconds=seconds)
    return [DATE, instant.date().isoformat() if instant.hour == instant.minute == instant.second == 0 else instant.isoformat()]


def unescaped(text: str) -> str:
    """`_x000D_` stands for a sign that XML cannot hold."""
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


if __name__ == "__main__":
    main(*sys.argv[1:])
