"""What pages print of an edition, held when they are shown: rules, dates, instruments, and kecamatan by their names."""

from collections.abc import Iterable
from contextvars import ContextVar

from django.db.models import F

from sp2k.editions.models import Edition
from sp2k.editions.queries.opening import openings_of_rules
from sp2k.entries.models import Entry, Participation
from sp2k.entries.queries.opening import entries_hash, hold_regencies, names_as_told
from sp2k.journal.opening import Opening, open_lines_of

# The editions held already while one page is made; None outside of a request.
SHOWN: ContextVar[set[int] | None] = ContextVar("shown", default=None)


def require_entrants(edition: Edition) -> None:
    """Refuse to show kecamatan under names, regencies or codes other than those they entered with. Four queries."""
    for opening in _openings_of_entrants([edition]).values():
        opening.refuse_to_show()


def require_shown(*editions: Edition) -> None:
    """Refuse a page on which people fill in, check or judge, where its rules, dates, instruments or entrants were changed."""
    seen = SHOWN.get()
    others = {edition.pk: edition for edition in editions if seen is None or edition.pk not in seen}
    for opening in (*openings_of_rules(others.values()).values(), *_openings_of_entrants(others.values()).values()):
        opening.refuse_to_show()
    if seen is not None:
        seen |= set(others)


def changed_names_among(editions: Iterable[Edition]) -> set[str]:
    """Return the codes of the editions that `require_shown` refuses. A fixed number of queries for all of them."""
    editions = list(editions)
    openings = (*openings_of_rules(editions).items(), *_openings_of_entrants(editions).items())
    return {code for code, opening in openings if not opening.is_whole}


def _openings_of_entrants(editions: Iterable[Edition]) -> dict[str, Opening]:
    """Hold the entrants of each of these editions, as stored now, by its code. Four queries for all of them."""
    editions = list(editions)
    found = open_lines_of([edition.chain_id for edition in editions], ("entries.register", "entries.rename"))
    entries: dict[int, list[Entry]] = {edition.pk: [] for edition in editions}
    for entry in Entry.objects.filter(edition__in=entries).select_related("region__parent").order_by("edition", "region"):
        entries[entry.edition_id].append(entry)
    strangers = Participation.objects.filter(stage__edition__in=entries).exclude(entry__edition=F("stage__edition"))
    with_strangers = set(strangers.values_list("stage__edition", flat=True))
    openings = {}
    for edition in editions:
        openings[edition.code] = opening = found[edition.chain_id]
        registered, body = opening.last("entries.register")
        if registered is not None and "sha256" in body:
            told = names_as_told(opening, registered, body)
            opening.hold(told == entries_hash(entries[edition.pk]), f"Nama dan sifat peserta {edition}", registered)
        hold_regencies(opening, entries[edition.pk])
        if edition.pk in with_strangers:
            opening.fail(f"Peserta {edition}", "menunjuk ke peserta edisi lain")
    return openings
