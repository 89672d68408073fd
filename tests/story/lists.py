"""Lists taken in through their pages: a file is looked at, and what was shown is then applied."""

import io

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile


def workbook(*rows, header, above=()) -> bytes:
    """Return an XLSX file with its titles; texts stay texts, numbers become numbers."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("daftar")
        for number, row in enumerate([*([line] for line in above), header, *rows]):
            for place, value in enumerate(row):
                sheet.write(number, place, value)
    return content.getvalue()


def looked_at(client, address: str, content: bytes, name: str = "daftar.xlsx", **ticked):
    """Send a file and return the answer: its preview, or why it is none."""
    return client.post(address, {"file": SimpleUploadedFile(name, content), **ticked})


def applied(client, address: str, shown, *, agreed=()):
    """Press the button of a preview that was shown."""
    told = {"isi": shown.context["sealed"], "shown": shown.context["preview"].mark, "setuju": list(agreed)}
    return client.post(address, told)


def changes_in(shown) -> list[tuple]:
    """Return what a preview says would change: row, kind, and (what, old, new)."""
    return [
        (row.number, row.kind, [(change.what, change.old, change.new) for change in row.changes])
        for row in shown.context["preview"].shown
    ]
