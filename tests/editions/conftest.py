"""What the tests of editions stand on: regions, people and instruments loaded through the actions that load them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sp2k.accounts.actions import create_user
from sp2k.accounts.models import User
from sp2k.editions.actions import open_edition
from sp2k.instruments.actions import import_instrument
from sp2k.instruments.models import Instrument
from sp2k.regions.actions import import_regions
from sp2k.regions.files import SHIPPED_DECREE, SHIPPED_LIST

SHIPPED = Path(__file__).parents[2] / "sp2k"
NOW = datetime(2022, 6, 1, 1, 0, tzinfo=UTC)
INSTRUMENTS = ("instrumen-sumedang-2025", "presentasi-jatim-2022", "lapang-jatim-2022")


def edition_text(code: str) -> str:
    return (SHIPPED / "editions" / "data" / f"{code}.yaml").read_text(encoding="utf-8")


@pytest.fixture
def east_java(db):
    """The regions of East Java and no other, so that loading takes a moment only."""
    lines = SHIPPED_LIST.read_text(encoding="utf-8").splitlines(keepends=True)
    listing = "".join(line for line in lines if line.startswith(("kode", "35")))
    return import_regions(listing, decree=SHIPPED_DECREE, now=NOW)


@pytest.fixture
def people(east_java):
    """People by a word: three of the bureau, a leader, a juror, a regency organiser."""
    roles = {"biro": "B:35", "biro2": "B:35", "biro3": "B:35", "sekda": "G:35", "juri": "J:35", "kabupaten": "R:35.10"}
    made = {name: create_user(name, name.capitalize(), roles=[tuple(role.split(":"))]) for name, role in roles.items()}
    # A real edition asks a second factor of the bureau before its pages open; here it is set.
    User.objects.update(totp_confirmed_at=NOW)
    return made


@pytest.fixture(scope="session")
def imported():
    """Rows as the import made them once; reading 114 indicators again for every test would double its time."""
    return []


@pytest.fixture
def instruments(people, imported):
    if not imported:
        for name in INSTRUMENTS:
            path = SHIPPED / "instruments" / "data" / f"{name}.yaml"
            text = path.read_text(encoding="utf-8")
            imported.append(import_instrument(text, name=path.name, by=people["biro"], now=NOW))
        return
    Instrument.objects.bulk_create(imported)


@pytest.fixture
def jatim(instruments, people):
    """The edition of 2022, open, its rules not yet locked."""
    return open_edition(edition_text("jatim-2022"), name="jatim-2022.yaml", by=people["biro"], now=NOW)
