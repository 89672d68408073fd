"""XLSX files written part by part, so that a test can say exactly what a cell holds."""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

from sp2k.base.xlsx.reading import column_name

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# A cell's style is the position of its format here; 0 is General.
FORMATS = ("General", "@", "0%", "dd/mm/yyyy", "0", "0.0", "h:mm", '"Rp"#,##0', "[$-421]d mmmm yyyy", "0.00%")
TEXT, PERCENT, DATE, WHOLE, TENTHS, HOUR, MONEY, WORDS, PERCENTS = range(1, 10)


class Raw:
    """The inside of a cell as XML: attributes and content."""

    def __init__(self, content: str, **attributes):
        self.content, self.attributes = content, attributes


NOT_AVAILABLE = Raw("<f>VLOOKUP(1,A:A,1,0)</f><v>#N/A</v>", t="e")
NOT_COUNTED = Raw("<f>A1&amp;B1</f><v></v>")
COUNTED = Raw("<f>A1</f><v>ok</v>", t="str")
EMPTY_RESULT = Raw('<f>IF(1,"","x")</f><v></v>', t="str")


def number(value, style=0) -> Raw:
    return Raw(f"<v>{value}</v>", s=style)


def row_xml(number_: int, cells, hidden=()) -> str:
    shown = ' hidden="1"' if number_ in hidden else ""
    inside = "".join(_cell(column, number_, cell) for column, cell in enumerate(cells))
    return f'<row r="{number_}"{shown}>{inside}</row>'


def _cell(column: int, row: int, cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int):
        cell = number(cell)
    if isinstance(cell, str):
        cell = Raw(f'<is><t xml:space="preserve">{escape(cell)}</t></is>', t="inlineStr")
    attributes = "".join(f" {name}={quoteattr(str(value))}" for name, value in cell.attributes.items())
    return f'<c r="{column_name(column)}{row}"{attributes}>{cell.content}</c>'


def sheet_xml(rows, *, merged=(), hidden=(), hidden_columns=()) -> str:
    columns = "".join(f'<col min="{n + 1}" max="{n + 1}" hidden="1"/>' for n in hidden_columns)
    body = "".join(row_xml(n, cells, hidden) for n, cells in enumerate(rows, start=1))
    areas = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    return (
        f'<worksheet xmlns="{MAIN}">' + (f"<cols>{columns}</cols>" if columns else "") + f"<sheetData>{body}</sheetData>"
        + (f"<mergeCells>{areas}</mergeCells>" if areas else "") + "</worksheet>"
    )


def book(sheets, *, states=None, is_1904=False, recounts=False, charts=(), formats=FORMATS) -> bytes:
    """Return a workbook.

    Parameters
    ----------
    sheets : name -> rows, or the XML of the whole worksheet
    states : name -> ``hidden`` or ``veryHidden``
    charts : names of chart sheets that come first
    formats : codes of number formats, or their numbers, by the position that a cell names as its style
    """
    named, related, parts = [], [], {}
    for n, name in enumerate([*charts, *sheets], start=1):
        state = f' state="{states[name]}"' if name in (states or {}) else ""
        named.append(f'<sheet name={quoteattr(name)} sheetId="{n}"{state} r:id="rId{n}"/>')
        kind = "chartsheet" if name in charts else "worksheet"
        related.append(f'<Relationship Id="rId{n}" Type="{RELATED}/{kind}" Target="{kind}s/sheet{n}.xml"/>')
        content = f'<chartsheet xmlns="{MAIN}"/>' if name in charts else sheets[name]
        parts[f"xl/{kind}s/sheet{n}.xml"] = content if isinstance(content, str) else sheet_xml(content)
    related.append(f'<Relationship Id="rIdS" Type="{RELATED}/styles" Target="/xl/styles.xml"/>')
    flags = ('<workbookPr date1904="1"/>' if is_1904 else "") + f"<sheets>{''.join(named)}</sheets>"
    flags += '<calcPr fullCalcOnLoad="1"/>' if recounts else ""
    own = {n: code for n, code in enumerate(formats, start=200) if isinstance(code, str)}
    codes = "".join(f'<numFmt numFmtId="{n}" formatCode={quoteattr(code)}/>' for n, code in own.items())
    used = "".join(f'<xf numFmtId="{n if n in own else code}"/>' for n, code in enumerate(formats, start=200))
    parts |= {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATED}">{flags}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="x">{"".join(related)}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts><cellXfs>{used}</cellXfs></styleSheet>',
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            archive.writestr(name, xml)
    return content.getvalue()
