"""Whether the kecamatan of an edition still wait to be registered, and how many they are."""

from sp2k.editions.file import WHOLE_REGION
from sp2k.editions.models import Stage
from sp2k.regions.queries import kecamatan_of


def kecamatan_to_register(stage: Stage) -> int:
    """Return how many kecamatan enter a first stage that nobody has entered yet; 0 where there is nothing to register."""
    if stage.rules.get("peserta") != WHOLE_REGION or stage.participations.exists():
        return 0
    edition = stage.edition
    return kecamatan_of(edition.region_id, at=edition.regions_at).count()
