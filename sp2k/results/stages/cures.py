"""Where each thing that is missing is put right."""

from sp2k.base.pages.addresses import address_of
from sp2k.editions.models import Stage
from sp2k.results.closing import Missing

# Kind of missing thing: the page, and whether its address names the stage besides the edition.
CURES = {
    "peserta": ("entries:participants", False),
    "isian": ("entries:participants", False),
    "kabkota": ("results:regencies", True),
    "tugas": ("results:duties", True),
    "lembar": ("judging:progress", True),
}


def cure_of(thing: Missing, stage: Stage) -> str:
    """Return the address of the page where a missing thing is put right."""
    name, is_of_stage = CURES[thing.kind]
    return address_of(name, stage.edition.code, *([stage.code] if is_of_stage else []))
