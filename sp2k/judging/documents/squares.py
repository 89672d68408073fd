"""A QR code as squares that a document draws itself: no picture, no other server."""

import segno


def squares(text: str) -> dict:
    """Return the side of the QR code of `text` in modules, and its dark runs as (column, row, length)."""
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    runs = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                runs.append((x, y, length))
            x += length or 1
    return {"side": len(rows), "runs": runs}
