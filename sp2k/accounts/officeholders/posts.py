"""A post: an office of a region, as the policy asks of it; and which offices a region has."""

from dataclasses import dataclass

from sp2k.accounts.models import Officeholder
from sp2k.regions.models import Region

Office = Officeholder.Office
OF_KECAMATAN = (Office.CAMAT, Office.ACTING, Office.DAILY)
OF_GOVERNMENT = (Office.HEAD, Office.SECRETARY)
# Who is the camat of a day: the definitive one, else the one in his vacant place, else the one who stands in for days.
IN_PLACE = {Office.CAMAT: 0, Office.ACTING: 1, Office.DAILY: 2, Office.HEAD: 3, Office.SECRETARY: 4}


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
    """Return whether two offices exclude each other: a camat and a plt., or twice the same; a plh. stands in for either."""
    chair = {Office.ACTING: Office.CAMAT}
    return chair.get(one, one) == chair.get(other, other)
