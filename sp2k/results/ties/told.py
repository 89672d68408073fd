"""How equals came to their places: in sentences, for whoever approves a result, and for its documents."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from sp2k.base.language import spoken_date, spoken_instant
from sp2k.editions.models import Edition, Title
from sp2k.results.disclosure import opens_totals
from sp2k.results.models import FrozenTally, LotDraw, Placement, TieRuling
from sp2k.results.templatetags.ties import BY_LOT, STILL_TIED, nilai, pemutus
from sp2k.results.ties.groups import can_hold_title, is_shared_place, n_placed, titles_of
from sp2k.results.ties.lots import signed_draw
from sp2k.results.ties.ruled import placements_of, ruled_ties, rulings_of


def orders_said(edition: Edition, *, as_opened: bool = False) -> list[str]:
    """Return how equals came to their places in every frozen stage: at the cut of those before the last, and in the last.

    Whoever lost an earlier cut by a plenary or a lot stands in no title: the documents of the end say it all the same.
    With `as_opened` a value stands only where the rules of its stage open it to everyone.
    """
    heavy = ("rules", "sheets", "places", "trace")
    tallies = list(
        FrozenTally.objects.filter(stage__edition=edition, scope="").select_related("stage__edition").defer(*heavy)
    )
    drawn = set(Placement.objects.filter(tally__in=tallies, decided_by=BY_LOT).values_list("tally_id", flat=True))
    ruled = {ruling.tally.stage_id for ruling in ruled_ties().filter(tally__stage__edition=edition)}
    last, found = edition.stages.last(), []
    for tally in sorted(tallies, key=lambda row: row.stage.position):
        if tally.pk not in drawn and tally.stage_id not in ruled:
            continue
        shows_value = not as_opened or opens_totals(tally.stage)
        if tally.stage_id == last.pk:
            found += order_said(tally, shows_value=shows_value)
        else:
            said = order_said(tally, at_cut=True, shows_value=shows_value)
            found += [_("Pada tahap %(stage)s, %(said)s") % {"stage": tally.stage.name, "said": one} for one in said]
    return found


def order_said(tally: FrozenTally, *, at_cut: bool = False, shows_value: bool = True) -> list[str]:
    """Return a sentence for each group of equals whose places the marks did not give: by a plenary, shared, or by lot.

    With `at_cut` only those of whom some went on by it, or might not have.
    """
    rows = placements_of(tally, placed_only=True)
    by_code = {row.participation.region_code: row for row in rows}
    rulings = [ruling for ruling in rulings_of(tally) if not at_cut or ruling.seats is not None]
    ruled = [_ruled(ruling, [by_code[code] for code in ruling.order], shows_value) for ruling in rulings]
    return ruled + _drawn(tally, rows, at_cut=at_cut, shows_value=shows_value)


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


def ungiven_titles(titles: Iterable[Title], rows: Iterable[Placement]) -> list[tuple[Title, str]]:
    """Return each title that nobody of a last stage's placements can receive, with the sentence that says why.

    Either fewer have a place than there are titles, or its place is taken up by those who share a better one (1-1-3). A place
    that is empty because a tie above it still waits for its ruling is not among them.
    """
    rows, titles = list(rows), list(titles)
    n = n_placed(rows)
    few = _("yang mendapat tempat hanya %d") % n if n else _("tidak ada yang mendapat tempat")
    open_to = {title.place: holders for title, holders in titles_of(rows, titles)}
    found, shared = [], ""
    for title in titles:
        holders = open_to.get(title.place, [])
        if is_shared_place(holders):
            shared = _("%(n)d kecamatan berbagi tempat %(place)d") % {"n": len(holders), "place": title.place}
        if title.place > n:
            found.append((title, few))
        elif title.place not in open_to:
            found.append((title, _("tempatnya tidak ada, karena %s") % shared))
    return [(title, _("%(title)s tidak diberikan: %(why)s") % {"title": title.name, "why": why}) for title, why in found]


def ungiven_said(titles: Iterable[Title], rows: Iterable[Placement]) -> list[str]:
    """Return the sentences of `ungiven_titles`."""
    return [said for _title, said in ungiven_titles(titles, rows)]


def who_ruled(ruling: TieRuling) -> str:
    """Return who ruled and whose voices are recorded; whom the minutes name as present is told apart from them."""
    yes, no = _voices(ruling)
    said = [_("diputus %s") % ruling.ruled_by.name]
    if is_against_own_voice(ruling):
        said = [_("diputus suara terbanyak dan diberlakukan %s, yang suaranya tidak setuju") % ruling.ruled_by.name]
    if yes:
        said.append(_("suara setuju %s") % ", ".join(yes))
    if no:
        said.append(_("suara tidak setuju %s") % ", ".join(no))
    return "; ".join(said)


def deciders_of(ruling: TieRuling) -> list[str]:
    """Return who made a ruling, each once: whoever put it in force, unless the own voice was against, and the yeses."""
    first = [] if is_against_own_voice(ruling) else [ruling.ruled_by.name]
    return list(dict.fromkeys(first + _voices(ruling)[0]))


def is_against_own_voice(ruling: TieRuling) -> bool:
    """Whether whoever put a ruling in force had voted against it: then the others decided."""
    return any(vote.by_id == ruling.ruled_by_id and not vote.agrees for vote in ruling.votes.all())


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


def _ruled(ruling: TieRuling, rows: Sequence[Placement], shows_value: bool) -> str:
    told = _equal(rows, shows_value) | {
        "number": ruling.minutes_number, "day": spoken_date(ruling.minutes_on), "place": ruling.place,
        "who": ", ".join(deciders_of(ruling)),
    }  # fmt: skip
    if ruling.way == TieRuling.Way.SHARED:
        return _("%(names)s bernilai sama%(total)s, dan berbagi tempat %(place)s menurut Berita Acara Nomor %(number)s "
                 "tanggal %(day)s, diputus %(who)s.") % told  # fmt: skip
    return _("%(names)s bernilai sama%(total)s; urutannya ditetapkan rapat pleno menurut Berita Acara Nomor %(number)s "
             "tanggal %(day)s, diputus %(who)s.") % told  # fmt: skip


def _drawn(tally: FrozenTally, rows: Sequence[Placement], *, at_cut: bool, shows_value: bool) -> list[str]:
    """Those whom the declared lot put in their order, where one of them goes on or may hold a title."""
    drawn = [row for row in rows if row.decided_by == BY_LOT]
    groups = [list(equals) for _key, equals in groupby(drawn, key=lambda row: (row.scope, row.total))]
    decisive = [
        group
        for group in groups
        if any(can_hold_title(row) for row in group) and not (at_cut and all(can_hold_title(row) for row in group))
    ]
    return [_lot_said(group, signed_draw(tally.stage), shows_value) for group in decisive]


def _lot_said(rows: Sequence[Placement], draw: LotDraw | None, shows_value: bool) -> str:
    if draw is None:
        return _("%(names)s bernilai sama%(total)s; urutannya diundi dengan benih yang diumumkan.") % _equal(rows, shows_value)
    when = spoken_instant(draw.at, draw.lot.stage.edition.zone)
    return _("%(names)s bernilai sama%(total)s; urutannya diundi dengan benih yang diumumkan, dicatat pada %(when)s, "
             "disahkan %(who)s.") % (_equal(rows, shows_value) | {"when": when, "who": draw.signed_by.name})  # fmt: skip


def _equal(rows: Sequence[Placement], shows_value: bool) -> dict:
    value = f", {nilai(rows[0].total)}" if shows_value else ""
    return {"names": "; ".join(str(row.participation.entry) for row in rows), "total": value}
