"""A post: an office of a region, as the policy asks of it; and which offices a region has."""

from dataclasses import dataclass

from sp2k.accounts.models import Officeholder
from sp2k.regions.models import Region

Office = Officeholder.Office
OF_KECAMATAN = (Office.CAMAT, Office.ACTING, Office.DAILY)
HEADS = (Office.HEAD, Office.INTERIM_HEAD, Office.ACTING_HEAD)
OF_GOVERNMENT = (*HEADS, Office.SECRETARY)
# Who holds an office of a day: the definitive one, else the one in the vacant place, else the one who stands in for days.
IN_PLACE = {
    Office.CAMAT: 0, Office.ACTING: 1, Office.DAILY: 2, Office.HEAD: 3, Office.INTERIM_HEAD: 4, Office.ACTING_HEAD: 5,
    Office.SECRETARY: 6,
}  # fmt: skip
BEFORE_THE_OFFICE = {Office.INTERIM_HEAD: "Pj. ", Office.ACTING_HEAD: "Plt. "}


@dataclass(frozen=True)
class Post:
    """The offices of a region. Of a kecamatan the regency keeps the list too; of governments the bureau alone."""

    region: Region

    @property
    def region_code(self) -> str:
        return self.region.code

    @property
    def is_of_kecamatan(self) -> bool:
        return self.region.level == Region.Level.KECAMATAN

    @property
    def offices(self) -> tuple[Office, ...]:
        return OF_KECAMATAN if self.is_of_kecamatan else OF_GOVERNMENT


def shares_a_chair(one: str, other: str) -> bool:
    """Return whether two offices exclude each other: a head and a plt., or twice the same; a plh. stands in for either."""
    chair = {Office.ACTING: Office.CAMAT, Office.INTERIM_HEAD: Office.HEAD, Office.ACTING_HEAD: Office.HEAD}
    return chair.get(one, one) == chair.get(other, other)
