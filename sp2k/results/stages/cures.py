"""Where each thing that is missing is put right."""

from sp2k.base.pages.addresses import address_of
from sp2k.editions.models import Stage
from sp2k.results.closing import Missing

# Kind of missing thing: the page, and how far its address says where: edition, stage, or neither.
CURES = {
    "peserta": ("entries:participants", 1),
    "isian": ("entries:participants", 1),
    "kabkota": ("results:regencies", 2),
    "tugas": ("results:duties", 2),
    "lembar": ("judging:progress", 2),
    "kertas": ("judging:papers", 0),
}


def cure_of(thing: Missing, stage: Stage) -> str:
    """Return the address of the page where a missing thing is put right."""
    name, depth = CURES[thing.kind]
    return address_of(name, *(stage.edition.code, stage.code)[:depth])
