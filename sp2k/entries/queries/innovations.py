"""A kecamatan's innovations, held against the lines that tell of them: for the check of an edition, and for a page."""

from collections.abc import Iterable

from sp2k.base.blobs import states_of
from sp2k.editions.models import Edition
from sp2k.entries.claims import innovation_content
from sp2k.entries.models import Entry, Innovation
from sp2k.entries.queries.opening import erasing_lines
from sp2k.journal.opening import GONE, UNTOLD, Opening, open_chain_of, open_lines

WRITTEN, VOIDED = "innovation.write", "innovation.void"


def open_innovations(opening: Opening, edition: Edition) -> None:
    """Hold every innovation of an edition and its document against the line that told it last, and its voiding."""
    rows = list(Innovation.objects.filter(entry__edition=edition).select_related("entry", "document").order_by("pk"))
    _hold(opening, rows, {entry.region_id: entry for entry in edition.entries.all()})
    documents = {row.document_id: row for row in rows if row.document_id}
    kept, erased = [row.document for row in documents.values()], erasing_lines(opening)
    states = states_of(kept, by_bytes=opening.reads_bytes)
    written = {(body["entry"], body["number"]): seq for seq, body in opening.entries(WRITTEN)}
    for sha256, row in documents.items():
        given = written.get((row.entry.region_id, row.number))
        what = f'Berkas "{row.document_name}" pada {_named(row)}'
        opening.open_file(states[sha256], what, erased.get(sha256), given=given)


def innovations_of(entry: Entry) -> list[Innovation]:
    """Return what a kecamatan told, in order, those taken back too: what every page of innovations and claims asks.

    Raises
    ------
    Refused
        Where one is not what the journal tells.
    """
    rows = list(entry.innovations.select_related("document", "by").order_by("number"))
    opening = open_lines(entry.edition.chain_id, (WRITTEN, VOIDED), about=entry.region_id)
    for row in rows:
        row.entry = entry
    _hold(opening, rows, {entry.region_id: entry})
    opening.refuse_to_show()
    return rows


def refuse_changed_innovations(entry: Entry, act: str) -> None:
    """Stop an act that seals a kecamatan's innovation as a whole where one of them is not what its line says."""
    opening = open_chain_of(entry.edition.chain_id, reads_bytes=False)
    rows = entry.innovations.select_related("entry", "document").order_by("number")
    _hold(opening, rows, {entry.region_id: entry}, only=entry.region_id)
    opening.refuse_faults(act)


def _hold(opening: Opening, rows: Iterable[Innovation], entries: dict[str, Entry], *, only: str | None = None) -> None:
    """Hold rows against their lines, and the lines of all kecamatan (or `only` of one) against the rows."""
    lines = opening.entries(WRITTEN)
    written = {(body["entry"], body["number"]): seq for seq, body in lines if only in {None, body["entry"]}}
    voided = {(body["entry"], body["number"]): seq for seq, body in opening.entries(VOIDED)}
    for row in rows:
        key, what = (row.entry.region_id, row.number), _named(row)
        seq, void = written.pop(key, None), voided.get(key)
        if seq is None:
            opening.fail(what, UNTOLD)
        elif opening.open_line(seq, innovation_content(row), what):
            opening.hold_act(row, what, seq)
        if opening.is_void_told(row.voided_at is not None, what, void) and void is not None:
            opening.hold_void(row, {"reason": row.voided_reason}, what, void)
    for (code, number), seq in written.items():
        opening.fail(f"Inovasi ke-{number} {entries.get(code, code)}", GONE, seq)


def _named(row: Innovation) -> str:
    return f"Inovasi ke-{row.number} {row.entry}"
