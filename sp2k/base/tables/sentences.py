"""What a preview says of the file as a whole."""

from sp2k.base.tables.reading import Table

SHOWN = 8


def said_of_columns(table: Table, *, clears: bool) -> list[str]:
    """Return sentences on the columns that are not there, those that are not read, and what an empty cell does."""
    said = []
    if table.missing:
        said.append(f"Kolom {', '.join(table.missing)} tidak ada dalam berkas; isinya tetap.")
    if table.unread:
        named = ", ".join(f'"{title[:40]}"' for title in table.unread[:SHOWN])
        said.append(f"Kolom {named} tidak dibaca.")
    does = "mengosongkan yang tercatat, karena itu yang Anda centang" if clears else "tidak mengubah apa pun"
    return [*said, f"Sel kosong {does}."]
