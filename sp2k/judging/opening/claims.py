"""What entries claimed when they presented, and where claims are to be seen, held against the lines that tell of them."""

from collections.abc import Iterable

from sp2k.editions.models import Edition, Stage
from sp2k.entries.models import Entry, Participation
from sp2k.journal.opening import GONE, NOT_VOIDED, UNTOLD, Opening, open_lines
from sp2k.judging.contents import claim_content, places_content
from sp2k.judging.models import ClaimPlace, PresentationClaim

NOTED, STRUCK_OUT, PLACED = "claim.note", "claim.void", "visit.place"


def open_claims(opening: Opening, stage: Stage) -> None:
    """Hold every claim noted at a stage, what was struck out, and the places where claims are to be seen there."""
    rows = PresentationClaim.objects.filter(participation__stage=stage).select_related("participation__entry", "by")
    _hold_claims(opening, rows, {row.region_code: str(row.entry) for row in _entered(stage)}, stage=stage.code)
    places: dict[Participation, dict[str, str]] = {row: {} for row in _entered(stage)}
    for row in ClaimPlace.objects.filter(participation__stage=stage).select_related("participation__entry"):
        places[row.participation][row.claim] = row.place
    _hold_places(opening, places, stage.code)


def claims_noted(entry: Entry, edition: Edition) -> list[PresentationClaim]:
    """Return the claims noted while an entry presented, in order, those struck out too.

    Raises
    ------
    Refused
        Where one is not what the journal tells.
    """
    rows = PresentationClaim.objects.filter(participation__entry=entry, participation__stage__edition=edition)
    found = list(rows.select_related("by", "participation__entry").order_by("at", "pk"))
    opening = _lines_about(entry.region_id, edition, (NOTED, STRUCK_OUT))
    _hold_claims(opening, found, {entry.region_id: str(entry)})
    opening.refuse_to_show()
    return found


def claim_places(participation: Participation) -> dict[str, str]:
    """Return {claim: place} where an entry's claims are to be seen elsewhere than they say; refused as `claims_noted` is."""
    places = dict(ClaimPlace.objects.filter(participation=participation).values_list("claim", "place"))
    opening = _lines_about(participation.region_code, participation.edition, (PLACED,))
    _hold_places(opening, {participation: places}, participation.stage.code)
    opening.refuse_to_show()
    return places


def _entered(stage: Stage):
    return stage.participations.select_related("entry")


def _lines_about(code: str, edition: Edition, types) -> Opening:
    return open_lines(edition.chain_id, types, about=code)


def _hold_claims(opening: Opening, rows: Iterable[PresentationClaim], names: dict[str, str], *, stage=None) -> None:
    noted = {(body["entry"], body["claim"]): seq for seq, body in opening.entries(NOTED, stage=stage)}
    struck = {(body["entry"], body["claim"]): seq for seq, body in opening.entries(STRUCK_OUT, stage=stage)}
    for row in rows:
        key = row.participation.region_code, row.code
        seq, void = noted.pop(key, None), struck.get(key)
        what = f"Klaim paparan {row.code} {row.participation.entry}"
        if seq is None:
            opening.fail(what, UNTOLD)
        elif opening.open_line(seq, claim_content(row), what):
            opening.hold_act(row, what, seq)
        if opening.is_void_told(row.voided_at is not None, what, void) and void is not None:
            opening.hold_void(row, {"reason": row.voided_reason}, what, void)
        elif void is None and row.voided_at is None and row.voided_reason:
            opening.fail(what, NOT_VOIDED)
    for (code, claim), seq in noted.items():
        opening.fail(f"Klaim paparan {claim} {names.get(code, code)}", GONE, seq)


def _hold_places(opening: Opening, places: dict[Participation, dict[str, str]], stage: str) -> None:
    """The places of an entry's claims are those that the last line about them seals; without a line there are none."""
    told = {body["entry"]: seq for seq, body in opening.entries(PLACED, stage=stage)}
    for participation, kept in places.items():
        seq, what = told.get(participation.region_code), f"Tempat klaim dilihat, {participation.entry}"
        if seq is not None:
            opening.open_line(seq, places_content(kept), what)
        elif kept:
            opening.fail(what, UNTOLD)
