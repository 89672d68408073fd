"""Minutes that something overtook: a tie was ruled, or the stage was counted anew, after they were made."""

from sp2k.base.wording import date_in_words, instant_in_words
from sp2k.editions.models import Edition
from sp2k.journal.queries import lines_of_type
from sp2k.publication.issued.facts import Lacking
from sp2k.publication.models import Minutes

_AFTERWARDS = {"tie.rule": "seri tahap itu diputus pada", "tally.frozen": "tahap itu dihitung lagi, dibekukan"}


def overtaken_minutes(edition: Edition) -> list[Lacking]:
    """Return, of each stage, its newest minutes where they were made before its last ruling or count.

    The journal's order decides, not a date: the head that minutes print says how much had happened.
    """
    newest = {row.stage.code: row for row in Minutes.objects.filter(stage__edition=edition).select_related("stage")
              .order_by("revision")}  # fmt: skip
    lines = lines_of_type(edition.chain_id, tuple(_AFTERWARDS)) if newest else []
    last = {body.get("stage"): line for line, body in lines}
    return [
        _said(row, last[code], edition.zone)
        for code, row in newest.items()
        if code in last and last[code].seq >= row.journal_size
    ]


def _said(minutes: Minutes, line, zone: str) -> Lacking:
    return Lacking(
        f"Berita Acara Nomor {minutes.number} tanggal {date_in_words(minutes.signed_on)}, tahap {minutes.stage.name},",
        f"yang dibuat sebelum {_AFTERWARDS[line.type]} {instant_in_words(line.at, zone)}",
        "buat lagi berita acara tahap itu dengan alasannya, lalu buat keputusan",
    )
