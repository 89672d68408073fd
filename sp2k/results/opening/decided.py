"""Holding titles, the sealed result and every return of it against the journal, and the titles against the count."""

from collections import Counter

from sp2k.editions.models import Edition
from sp2k.journal.opening import UNTOLD, Opening
from sp2k.results.models import Award, Decision
from sp2k.results.opening.acts import hold_second
from sp2k.results.queries import result_content, standing_tally
from sp2k.results.ties.groups import titles_of
from sp2k.results.ties.ruled import as_ruled, outcomes_of

OTHER_HOLDERS = "bukan pemegang tempatnya menurut hitungan beku tahap terakhir"


def open_decision(opening: Opening, edition: Edition) -> None:
    """Hold titles, the sealed result and every return of it against their lines."""
    seq, _body = opening.last("titles.give")
    awards = list(edition.awards.select_related("entry"))
    if seq is None and awards:
        opening.fail(f"Gelar {edition}", UNTOLD)
    elif seq is not None:
        holders = Counter(award.position for award in awards)
        is_same = all(
            award.is_shared == (holders[award.position] > 1) for award in awards
        )  # what is held by two is shared
        opening.hold(bool(awards) and is_same and opening.seals(seq, awards_content(awards)), f"Gelar {edition}", seq)
    decision = Decision.objects.filter(edition=edition).first()
    if decision is not None:
        opening.open_row(("result.seal",), decision, result_content(edition), f"Hasil {edition} yang ditetapkan")
    for row in edition.returns.select_related("by", "answered_by"):
        content = {"edition": edition.code, "number": row.number, "reason": row.reason}
        opening.open_row(("result.return",), row, content, f"Pengembalian ke-{row.number} {edition}")
        seq, _body = opening.last("result.propose", number=row.number)
        if seq is None and (row.answer or row.answered_by_id or row.answered_at):
            opening.fail(f"Jawaban atas pengembalian ke-{row.number}", UNTOLD)
        elif seq is not None and opening.open_line(
            seq, answer_content(row), f"Jawaban atas pengembalian ke-{row.number}"
        ):
            hold_second(opening, row.answered_by, row.answered_at, f"Jawaban atas pengembalian ke-{row.number}", seq)
    opening.expect_met([("result.seal", "Hasil yang ditetapkan"), ("result.return", "Pengembalian hasil")])


def open_holders(opening: Opening, edition: Edition) -> None:
    """Hold that each title is with whoever has its place in the last stage's count, with what was ruled on it.

    The line that gave the titles seals who got them; this says whether they were the right ones.
    """
    awards = list(edition.awards.all())
    if not awards:
        return
    tally = standing_tally(edition.stages.last())
    rows = list(tally.placements.select_related("participation__entry__region__parent")) if tally else []
    groups = titles_of(as_ruled(rows, outcomes_of([tally] if tally else [])), edition.titles.all())
    told = {(title.place, title.name, holder.pk) for title, holders in groups for holder in holders}
    seq, _body = opening.last("titles.give")
    kept = {(award.position, award.title, award.placement_id) for award in awards}
    opening.hold(kept == told, f"Pemegang gelar {edition}", seq, why=OTHER_HOLDERS)


def awards_content(awards: list[Award]) -> list:
    """Return what is sealed when titles are given: place in the order of titles, title, and who holds it."""
    return [[award.position, award.title, award.entry.region_id] for award in awards]


def answer_content(returned) -> dict:
    """Return what is sealed of the bureau's answer to a returned result."""
    return {"number": returned.number, "answer": returned.answer}
