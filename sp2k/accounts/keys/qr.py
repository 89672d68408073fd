"""A QR code as a drawing of our own, for a page (a path) and for a document (SVG)."""

from dataclasses import dataclass

import segno


@dataclass(frozen=True)
class Drawing:
    """A square of `side` modules, quiet zone included; `path` draws the dark ones."""

    side: int
    path: str

    @property
    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.side} {self.side}">'
            f'<path fill="#000" d="{self.path}"/></svg>'
        )


def drawing_of(text: str) -> Drawing:
    """Draw `text` as a QR code, a tenth of it readable over damage (level M)."""
    rows = list(segno.make(text, error="m", micro=False).matrix_iter(border=4))
    squares = [
        f"M{column} {row}h1v1h-1z" for row, modules in enumerate(rows) for column, dark in enumerate(modules) if dark
    ]
    return Drawing(len(rows), "".join(squares))
