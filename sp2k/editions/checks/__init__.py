"""Checking an edition file before anyone rests on it: one sentence for each thing that cannot work or looks odd."""

from collections.abc import Mapping

from sp2k.editions.checks.calendar import check_calendar
from sp2k.editions.checks.counting import check_counting
from sp2k.editions.checks.office import check_office
from sp2k.editions.checks.stages import check_stages
from sp2k.editions.checks.villages import check_villages
from sp2k.editions.file import EditionFile
from sp2k.editions.reading import Finding
from sp2k.regions.parts import RegionParts


def check_edition(
    edition: EditionFile, *, instruments: Mapping[str, object], region: RegionParts | None
) -> list[Finding]:
    """Return what is wrong or worth a look, in the order of the file.

    Parameters
    ----------
    edition : the file as read
    instruments : compiled instruments by code, at least those that the file names as far as they are known
    region : what the edition's region is made of; None where the list of regions does not hold it
    """
    return [
        *check_stages(edition, region),
        *check_counting(edition, instruments),
        *check_calendar(edition),
        *check_office(edition, region),
        *check_villages(edition, instruments, region),
    ]
