"""What is sealed of a frozen count, and holding its texts and places against their line before anything reads them."""

import hashlib
from collections.abc import Collection, Iterable, Sequence

from sp2k.base.refusals import Refused
from sp2k.journal.actions import ActNumbers
from sp2k.journal.canonical import NotCanonical, canonical, commitment, tagged_hash
from sp2k.journal.opening import CHANGED, UNTOLD
from sp2k.journal.queries import lines_of_type
from sp2k.results.models import FrozenTally

FROZEN = ("tally.frozen", "regency.rank")
_SHOWN = (
    "participation__entry__region_id", "scope", "place", "total", "own_total", "aspects", "decided_by", "is_through", "note",
)  # fmt: skip


def input_hash(rules_text: str, sheets_text: str) -> str:
    """Return the hash of what was counted: rules and sheets, each with its length, so that nothing can slide between."""
    whole = hashlib.sha256(b"sp2k/input/1\x00")
    for text in (rules_text, sheets_text):
        content = text.encode()
        whole.update(len(content).to_bytes(8, "big") + content)
    return whole.hexdigest()


def tally_content(tally: FrozenTally) -> dict:
    """Return what is sealed of a frozen count besides its places: its input, what came out of it, and how."""
    return {
        "scope": tally.scope, "input": input_hash(tally.rules, tally.sheets), "method": tally.method, "n": tally.n_sheets,
        "places": _text_hash(tally.places), "trace": _text_hash(tally.trace),
    }  # fmt: skip


def placements_hash(tally: FrozenTally) -> str:
    """Return the hash of a frozen count's places as rows: all that pages, documents and later stages read of them."""
    return hash_of_rows(tally.placements.values_list(*_SHOWN))


def hash_of_rows(rows: Iterable[Sequence]) -> str:
    """Return the hash of places, by code: code, scope, place, total, own total, aspects, decided by, through, note."""
    rows = sorted(rows, key=lambda row: row[0])
    return tagged_hash("sp2k/placements/1", canonical([[*row[:5], sorted(row[5].items()), *row[6:]] for row in rows]))


def sealed_tally(type: str, body: dict, tally: FrozenTally) -> tuple:
    """Return the line of a count that is frozen: `c` seals its texts, `rows` its places, `places` the table of them."""
    numbers = ActNumbers()
    sealed = {
        "c": numbers.commit(tally_content(tally)), "rows": numbers.commit(placements_hash(tally)),
        "places": numbers.commit(table_of(tally)),
    }  # fmt: skip
    return type, {**body, **sealed}, numbers


def hash_of_places(tally: FrozenTally) -> str:
    """Return `placements_hash`, or an empty text where the rows are such as could never have been sealed."""
    try:
        return placements_hash(tally)
    except (NotCanonical, AttributeError, TypeError):
        return ""


def require_frozen(tally: FrozenTally) -> FrozenTally:
    """Return a count whose texts and places are those of the line that froze it: what files and analyses ask first.

    Raises
    ------
    Refused
        Naming the stage and the line.
    """
    return _require(tally, {"c": tally_content, "rows": hash_of_places})


def require_frozen_places(tally: FrozenTally) -> FrozenTally:
    """Return a count whose places are those of the line that froze it: what pages and documents ask first."""
    return _require(tally, {"rows": hash_of_places})


def require_frozen_tables(tallies: Sequence[FrozenTally], *, with_input: Collection[int] = ()) -> None:
    """Refuse counts whose table of places (places.csv) is not that of the line that froze them; one query for all.

    `with_input` are the keys of those whose rules and marks are read as well. Traces need not be loaded.
    """
    lines = lines_of_type(tallies[0].stage.edition.chain_id, FROZEN) if tallies else ()
    for tally in tallies:
        told = _lines_of(tally, lines)
        inputs = input_hash(tally.rules, tally.sheets) if tally.pk in with_input else None
        holds = any(
            _seals(line, body.get("places"), table_of(tally)) and inputs in {None, body["input"]} for line, body in told
        )
        if not holds:
            _refuse(tally, told)


def table_of(tally) -> list[str]:
    """Return what is sealed of a count's table of places: its name and the hash of its text."""
    return ["places.csv", _text_hash(tally.places)]


def _require(tally, wanted) -> FrozenTally:
    told = _lines_of(tally, lines_of_type(tally.stage.edition.chain_id, FROZEN))
    contents = {key: content(tally) for key, content in wanted.items()}
    holding = [
        line for line, body in told if all(_seals(line, body.get(key), content) for key, content in contents.items())
    ]
    if not any(line.at == tally.frozen_at for line in holding):
        _refuse(tally, told)
    return tally


def _lines_of(tally, lines) -> list[tuple]:
    return [
        (line, body)
        for line, body in lines
        if body.get("stage") == tally.stage.code and body.get("regency", "") == tally.scope
    ]


def _refuse(tally, told) -> None:
    line = f" (baris jurnal {told[-1][0].seq})" if told else ""
    raise Refused(
        f"Hitungan beku tahap {tally.stage.name}{f', {tally.scope}' if tally.scope else ''}: "
        f"{CHANGED if told else UNTOLD}{line}. Halaman atau berkas ini tidak ditampilkan sebelum pengawas memeriksanya: "
        "sp2k edition status."
    )


def _seals(line, sealed: str | None, content) -> bool:
    """Whether a line seals this content, or, written before entry version 2, seals none."""
    return sealed is None or commitment(content, device_nonce=line.device_nonce, server_nonce=line.server_nonce) == sealed


def _text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
