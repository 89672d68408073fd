"""From the frozen result to the decree's document: the one place where rows become the words of a decree."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sp2k.base.documents.numerals import counted
from sp2k.base.language import of_record
from sp2k.editions.decree import ATTENDANCE, DECLINED, JUDGED, LISTED, UNJUDGED, DecreeWording
from sp2k.editions.models import Edition
from sp2k.journal.models import Chain
from sp2k.publication.documents.decree import TIES, UNGIVEN, DecreeText, JournalHead, Winner, compose_decree
from sp2k.publication.issued.facts import (
    NO_DATE,
    NO_NUMBER,
    DecreeFacts,
    minutes_words,
    signatory_of,
    with_facts,
    wording_of,
)
from sp2k.results.disclosure import opens_totals
from sp2k.results.ties.ruled import placements_of
from sp2k.results.ties.told import orders_said, ungiven_said
from sp2k.results.turnout.reading import Turnout, turnouts_of
from sp2k.results.turnout.wording import attendance_of_record

_PLACE = re.compile(r"\{([^{}]*)\}")
_VALUES_ANNEXED = re.compile(r"nilai\b.*\blampiran\b", re.IGNORECASE | re.DOTALL)


@of_record
def decree_text(edition: Edition, facts: DecreeFacts, *, day: date, is_draft: bool = False) -> DecreeText:
    """Return all that the decree prints: the wording, the facts of the day, the awards, and the journal's head.

    `day` dates the signature of a draft that has no date yet.
    """
    wording, signed_on = wording_of(edition), facts.signed_on or day
    signatory = signatory_of(edition, wording, signed_on)
    chain = Chain.objects.get(pk=edition.chain_id)
    text = compose_decree(
        without_values(with_facts(wording, facts, signatory), edition),
        number=facts.number or NO_NUMBER,
        signed_on=signed_on,
        winners=_winners(edition),
        facts=_words(edition) | minutes_words(facts),
        journal=JournalHead(chain.size, chain.head),
        is_sample=edition.is_sample,
        signing=(signatory.office, signatory.details),
        is_draft=is_draft,
    )
    return text if facts.signed_on else text.undated(NO_DATE)


def facts_in_words(edition: Edition, facts: DecreeFacts) -> DecreeFacts:
    """Return the facts with every place of their paragraphs in words, as whoever fills them in reads it."""
    words = _words(edition) | minutes_words(facts) | {"jumlah_gelar": counted(edition.awards.count())}
    lists = {
        name: tuple(_PLACE.sub(lambda place: words.get(place[1], place[0]), text) for text in getattr(facts, name))
        for name in ("recalling", "noting", "copies")
    }
    return replace(facts, **lists)


def without_values(wording: DecreeWording, edition) -> DecreeWording:
    """Leave out a ruling that finds the values in the annex where the rules close them: the annex then has none."""
    if opens_totals(edition.stages.last()):
        return wording
    return replace(wording, rulings=tuple(one for one in wording.rulings if not _VALUES_ANNEXED.match(one)))


def _winners(edition) -> list[Winner]:
    """The awards; a decree is public, so that its values are those which the rules open, or none."""
    shows_value = opens_totals(edition.stages.last())
    awards = edition.awards.select_related("placement", "entry__region__parent")
    return [
        Winner(
            award.position, award.title, award.entry.name, award.entry.regency_name,
            award.placement.total if shows_value else "",
        )
        for award in awards
    ]  # fmt: skip


def _words(edition) -> dict[str, str]:
    """What the wording's places say: every number is one of a frozen count."""
    turnouts = turnouts_of(edition)
    return {
        "nama": edition.name,
        "singkatan": edition.short_name,
        "tahun": str(edition.year),
        "wilayah": edition.region_name,
        "penyelenggara": edition.organiser,
        ATTENDANCE: attendance_of_record(turnouts),
        TIES: "; ".join(_as_clause(said) for said in orders_said(edition, as_opened=True)),
        UNGIVEN: "; ".join(_ungiven(edition, turnouts[-1].tally)) if turnouts else "",
        **_counts(turnouts),
    }


def _as_clause(said: str) -> str:
    """A sentence as it goes on after `bahwa`; one that begins with a name keeps its capital."""
    said = said.rstrip(".")
    return said[0].lower() + said[1:] if said.startswith("Pada ") else said


def _ungiven(edition, tally) -> list[str]:
    return ungiven_said(edition.titles.all(), placements_of(tally, placed_only=True))


def _counts(turnouts: Sequence[Turnout]) -> dict[str, str]:
    words = {}
    for row in turnouts:
        code = row.stage.code
        words |= {
            JUDGED + code: counted(row.n_judged), "peserta:" + code: counted(row.n_judged),
            LISTED + code: counted(row.n_entries), UNJUDGED + code: counted(row.n_unjudged),
            DECLINED + code: counted(len(row.declined)),
        }  # fmt: skip
    return words
