"""How equals came to their places: in sentences, for whoever approves a result, and for its documents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from sp2k.base.language import spoken_date
from sp2k.editions.models import Title
from sp2k.results.models import FrozenTally, Placement, TieRuling
from sp2k.results.templatetags.ties import BY_LOT, STILL_TIED, nilai, pemutus
from sp2k.results.ties.groups import can_hold_title
from sp2k.results.ties.ruled import placements_of, rulings_of


def order_said(tally: FrozenTally) -> list[str]:
    """Return a sentence for each group of equals whose places the marks did not give: by a plenary, shared, or by lot."""
    rows = placements_of(tally, placed_only=True)
    by_code = {row.participation.region_code: row for row in rows}
    return [_ruled(ruling, [by_code[code] for code in ruling.order]) for ruling in rulings_of(tally)] + _drawn(rows)


def parted_said(first, second) -> str:
    """Return how two of equal totals came to stand as they do: by a ruling, a lot, the declared chain, or not at all yet."""
    ways, ruling = {first.decided_by, second.decided_by}, common_ruling(first, second)
    if ruling is not None:
        return ruling_said(ruling)
    if ways == {BY_LOT}:
        return _("urutannya diundi dengan benih yang diumumkan")
    if ways <= {STILL_TIED, Placement.TIED_AT_CUT}:
        return _("serinya tidak diputus oleh aturan")
    links = [pemutus(way) for way in ways if ":" in way]
    return _("aturan seri yang memisahkannya: %s") % links[0] if links else _("aturan seri yang memisahkannya")


def common_ruling(first, second) -> TieRuling | None:
    """Return the ruling that made the order of both, None where there is none."""
    ruling = getattr(first, "ruling", None)
    return ruling if ruling is not None and ruling == getattr(second, "ruling", None) else None


def ruling_said(ruling: TieRuling) -> str:
    number = {"number": ruling.minutes_number}
    if ruling.way == TieRuling.Way.SHARED:
        return _("keduanya berbagi tempat menurut Berita Acara Nomor %(number)s") % number
    return _("urutannya ditetapkan rapat pleno menurut Berita Acara Nomor %(number)s") % number


def ungiven_said(titles: Iterable[Title], n: int) -> list[str]:
    """Return a sentence for each title that nobody can receive, because only `n` entries have a place."""
    why = _("yang mendapat tempat hanya %d") % n if n else _("tidak ada yang mendapat tempat")
    return [_("%(title)s tidak diberikan: %(why)s") % {"title": one.name, "why": why} for one in titles if one.place > n]


def who_ruled(ruling: TieRuling) -> str:
    """Return who ruled and whose voices are recorded; whom the minutes name as present is told apart from them."""
    votes = list(ruling.votes.select_related("by"))
    yes, no = ([vote.by.name for vote in votes if vote.agrees is agrees] for agrees in (True, False))
    said = [_("diputus %s") % ruling.ruled_by.name]
    if yes:
        said.append(_("suara setuju %s") % ", ".join(yes))
    if no:
        said.append(_("suara tidak setuju %s") % ", ".join(no))
    return "; ".join(said)


@dataclass(frozen=True)
class EarlierSaid:
    """A proposal that was taken back: what it was, the voices on it, and why it was taken back."""

    proposal: str
    voices: str
    reason: str
    n_against: int


def earlier_said(tally: FrozenTally, **where) -> list[EarlierSaid]:
    """Return the withdrawn proposals of a count, the oldest first, each with whoever voted on it."""
    rows = tally.rulings.filter(withdrawn_at__isnull=False, **where).prefetch_related("votes__by").order_by("pk")
    names = _names_of(tally) if rows else {}
    return [_earlier(row, names) for row in rows]


def _names_of(tally: FrozenTally) -> dict[str, str]:
    rows = tally.placements.select_related("participation__entry__region__parent")
    return {row.participation.region_code: str(row.participation.entry) for row in rows}


def _earlier(ruling: TieRuling, names) -> EarlierSaid:
    yes, no = _voices(ruling)
    listed = "; ".join(names.get(code, code) for code in ruling.order)
    told = {"way": ruling.get_way_display(), "place": ruling.place, "names": listed, "number": ruling.minutes_number}
    voices = _("Tidak ada suara yang tercatat.")
    if no:
        voices = _("Usul sebelumnya ditolak %(n)s suara: %(names)s.") % {"n": len(no), "names": ", ".join(no)}
        voices += _(" Setuju: %s.") % ", ".join(yes) if yes else ""
    elif yes:
        voices = _("Setuju: %s.") % ", ".join(yes)
    proposal = _("%(way)s atas tempat %(place)s, berita acara %(number)s: %(names)s.") % told
    return EarlierSaid(proposal, voices, ruling.withdrawn_reason, len(no))


def _voices(ruling: TieRuling) -> tuple[list[str], list[str]]:
    votes = list(ruling.votes.all())
    yes, no = ([vote.by.name for vote in votes if vote.agrees is agrees] for agrees in (True, False))
    return yes, no


def _ruled(ruling: TieRuling, rows: Sequence[Placement]) -> str:
    told = _equal(rows) | {
        "number": ruling.minutes_number, "day": spoken_date(ruling.minutes_on), "place": ruling.place,
    }  # fmt: skip
    if ruling.way == TieRuling.Way.SHARED:
        return _("%(names)s bernilai sama, %(total)s, dan berbagi tempat %(place)s menurut Berita Acara Nomor %(number)s "
                 "tanggal %(day)s.") % told  # fmt: skip
    return _("%(names)s bernilai sama, %(total)s; urutannya ditetapkan rapat pleno menurut Berita Acara Nomor %(number)s "
             "tanggal %(day)s.") % told  # fmt: skip


def _drawn(rows: Sequence[Placement]) -> list[str]:
    """Those whom the declared lot put in their order, where one of them goes on or may hold a title."""
    drawn = [row for row in rows if row.decided_by == BY_LOT]
    groups = [list(equals) for _key, equals in groupby(drawn, key=lambda row: (row.scope, row.total))]
    return [
        _("%(names)s bernilai sama, %(total)s; urutannya diundi dengan benih yang diumumkan.") % _equal(group)
        for group in groups
        if any(can_hold_title(row) for row in group)
    ]


def _equal(rows: Sequence[Placement]) -> dict:
    return {"names": "; ".join(str(row.participation.entry) for row in rows), "total": nilai(rows[0].total)}
