"""A plain workbook: a head, rows, and on its first line that the data are a sample when they are."""

from collections.abc import Iterable, Sequence

from sp2k.base.documents.tables import Sheet, workbook_bytes

SAMPLE = "Data contoh. Dibuat untuk peragaan, bukan data resmi."


def simple_workbook(
    name: str, header: Sequence[str], rows: Iterable[Sequence[object]], *, is_sample: bool, notes: Sequence[str] = ()
) -> bytes:
    """Return a workbook of one sheet; texts stay texts whatever they begin with.

    Parameters
    ----------
    notes : lines above the head, after the sample's
    """
    above = [SAMPLE, *notes] if is_sample else list(notes)
    return workbook_bytes([Sheet(name, header, rows, above)])
