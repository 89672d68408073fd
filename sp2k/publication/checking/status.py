"""The state of an edition as its journal tells it, and whether what is stored still is what the journal tells."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError

from sp2k.base.clock import Clocks, moment
from sp2k.editions.models import Edition
from sp2k.journal.heads import FILE, chains_in_file
from sp2k.journal.models import Chain
from sp2k.journal.opening import Opening, keep_verdict, unread
from sp2k.journal.queries import Replay, entries_of_type
from sp2k.publication.checking.opening import ROWS_OF, opened_chain, opened_publication

_SHEETS = frozenset({"form.accept", "nominee.set", "nominee.decline", "sheet.submit", "sheet.correct"})
UNREADABLE = (
    DatabaseError, ObjectDoesNotExist, ValidationError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError,
)  # fmt: skip
_VOIDS = frozenset({"form.void", "verification.void", "sheet.void", "nominee.revoke"})


def edition_status(edition: Edition, opening: Opening | None = None) -> dict:
    """Replay the journal of an edition, open all that it commits to, and return what it tells with what was found.

    `opening` is what was opened already.

    Returns
    -------
    {"kode", "kejadian": lines, "rantai": "utuh" or "putus", "terbuka", "dihapus", "rusak": [{"apa", "mengapa", "baris"}],
     "tahap": [{"kode", "entri", "lembar", "lolos"}], "hasil": [{"tempat", "gelar", "kode", "nilai"}]}; `lolos` is None
    before the stage advanced, `hasil` is empty before publication.
    """
    opening = opening or opened_publication(edition)
    replayed = opening.replayed
    return {
        "kode": edition.code,
        "kejadian": len(replayed.entries),
        "rantai": "utuh" if replayed.is_intact else "putus",
        "terbuka": opening.n_opened,
        "dihapus": opening.n_erased,
        "rusak": [fault.plain for fault in opening.faults],
        "tahap": _stages(edition, replayed),
        "hasil": _result(replayed),
    }


def check_everything(*, now: datetime | Clocks) -> Iterator[Opening]:
    """Open every edition and every other chain, keep each verdict, and yield it."""
    editions = {edition.chain_id: edition for edition in Edition.objects.select_related("region", "chain")}
    names = list(Chain.objects.order_by("name").values_list("name", flat=True))
    for name in names:
        opening = _opened(name, editions.get(name))
        other = now if isinstance(now, datetime) else now.true
        keep_verdict(opening, now=moment(now, editions[name]) if name in editions else other)
        yield opening
    gone = chains_in_file() - set(names)
    for name in sorted(ROWS_OF.keys() - set(names) - gone):
        if not (opening := opened_chain(name)).is_whole:  # rows of a chain that nobody has begun
            yield opening
    for name in sorted(gone):
        yield unread(name, f"tidak ada lagi dalam basis data, padahal {FILE} memuat kepalanya")


def _opened(name: str, edition: Edition | None) -> Opening:
    """Open a chain; a value that cannot even be read is a fault of this chain, and keeps no other from being checked."""
    try:
        return opened_publication(edition) if edition is not None else opened_chain(name)
    except UNREADABLE as error:
        return unread(name, unreadable_in_words(error))


def unreadable_in_words(error: Exception) -> str:
    """Say of a chain that a value it needs cannot be read, or its row is gone."""
    return f"tidak dapat diperiksa: sebuah nilainya tidak terbaca lagi atau barisnya hilang ({type(error).__name__})"


def told_unread(edition: Edition, opening: Opening) -> dict:
    """Return what `edition_status` returns, of an edition that could not be opened."""
    found = dict.fromkeys(("kejadian", "terbuka", "dihapus"), 0)
    faults = [fault.plain for fault in opening.faults]
    return {"kode": edition.code, "rantai": "putus", **found, "rusak": faults, "tahap": [], "hasil": []}


def _stages(edition, replayed: Replay) -> list[dict]:
    entered = Counter({body["stage"]: body["n"] for body in entries_of_type(replayed, "entries.register")})
    through = {}
    for body in entries_of_type(replayed, "stage.advance"):
        entered[body["next"]] = body["n"]
        through[body["stage"]] = body["n"]
    for body in entries_of_type(replayed, "titles.give"):
        through[body["stage"]] = body["n"]
    sheets = _sheets(replayed)
    return [
        {"kode": code, "entri": entered[code], "lembar": sheets[code], "lolos": through.get(code)}
        for code in edition.stages.values_list("code", flat=True)
    ]


def _sheets(replayed: Replay) -> Counter:
    """Sheets that stand, by stage: accepted forms (each kecamatan once), a regency's answers, jurors' first sheets.

    What was voided later counts no more: its line says when it was the last that stood.
    """
    sheets = Counter()
    for entry in replayed.entries:
        is_one = entry["type"] in _SHEETS
        if is_one and not entry["body"].get("again"):
            sheets[entry["body"]["stage"]] += 1
        if entry["type"] in _VOIDS and entry["body"].get("last"):
            sheets[entry["body"]["stage"]] -= 1
    return sheets


def _result(replayed: Replay) -> list[dict]:
    return [
        {"tempat": place, "gelar": title, "kode": code, "nilai": total}
        for body in entries_of_type(replayed, "result.publish")
        for place, title, code, total in body["hasil"]
    ]
