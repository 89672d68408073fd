"""Where each thing that is missing is put right."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sp2k.accounts.policy import why_not
from sp2k.base.pages.addresses import address_of
from sp2k.editions.models import Stage
from sp2k.judging.queries.visits import panel_entry, visits_visible_to
from sp2k.results.closing import UNJUDGED, Missing

# Kind of missing thing: the page, and how far its address says where: edition, stage, or neither.
CURES = {
    "peserta": ("entries:participants", 1),
    "isian": ("entries:participants", 1),
    "kabkota": ("results:regencies", 2),
    "tugas": ("results:duties", 2),
    UNJUDGED: ("judging:attendance", 2),
    "lembar": ("judging:progress", 2),
    "kertas": ("judging:papers", 0),
    "klaim": ("judging:visits", 0),
}


def own_pages(thing: Missing, user, *, now) -> list[tuple[str, str]]:
    """Return each name with the address of its own page, "" where there is none or the reader may not open it."""
    if not thing.things:
        return [(name, "") for name in thing.names]
    seen = {row.pk: row for row in visits_visible_to(user).filter(pk__in=thing.things)}
    follows = {pk for pk, row in seen.items() if not why_not(user, "visit.follow", panel_entry(row), now=now)}
    return [
        (name, address_of("judging:visit", pk) if pk in follows else "")
        for name, pk in zip(thing.names, thing.things, strict=True)
    ]


def ways_of(missing: Iterable[Missing], stage: Stage) -> tuple[tuple[str, str], ...]:
    """Return what can be done where forms or jurors who are away hold a stage back, each with its page."""
    kinds, code = {thing.kind for thing in missing}, stage.edition.code
    if UNJUDGED in kinds:
        return (
            (_("Batalkan catatan kehadiran yang keliru"), address_of("judging:attendance", code, stage.code)),
            (_("Dudukkan juri pengganti"), address_of("judging:panel", code, stage.code)),
            (_("Pindahkan batas tahap ini"), address_of("editions:move", code, stage.code)),
            (_("Tutup edisi ini tanpa hasil"), address_of("editions:abandon", code)),
        )
    if "isian" not in kinds:
        return ()
    return (
        (_("Periksa isian yang belum diterima"), address_of("entries:participants", code)),
        (_("Pindahkan batas tahap ini"), address_of("editions:move", code, stage.code)),
        (_("Tutup edisi ini tanpa hasil"), address_of("editions:abandon", code)),
    )


def cure_of(thing: Missing, stage: Stage) -> str:
    """Return the address of the page where a missing thing is put right."""
    name, depth = CURES[thing.kind]
    if thing.kind == "peserta" and stage.kind != Stage.Kind.FILLING:
        name, depth = "results:stage", 2  # there the button stands; the list of forms knows of filling stages alone
    return address_of(name, *(stage.edition.code, stage.code)[:depth])
