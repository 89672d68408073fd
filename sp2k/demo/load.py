"""Load the demonstration in one transaction: whole, or not at all."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from sp2k.accounts.models import User
from sp2k.base import clock
from sp2k.base.models import DemonstrationClock
from sp2k.base.refusals import Refused
from sp2k.demo.people import make_logins, ready_logins, write_logins
from sp2k.demo.play import Play
from sp2k.demo.targets import FOLDER, read_targets
from sp2k.editions.actions import open_edition
from sp2k.editions.models import Edition
from sp2k.entries.models import Answer
from sp2k.instruments.actions import import_instrument
from sp2k.journal.models import Line
from sp2k.regions.actions import load_shipped_regions

SHIPPED = Path(settings.SOURCE_DIR) / "sp2k"
EDITIONS = (
    "jatim-2022", "jatim-2023", "jatim-2024-contoh", "banyuwangi-2023-contoh", "batu-2023-contoh", "mojokerto-2023-contoh",
)  # fmt: skip
INSTRUMENTS = ("instrumen-sumedang-2025", "presentasi-jatim-2022", "lapang-jatim-2022")
STANDS_AT = datetime(2023, 10, 31, 10, 0, tzinfo=ZoneInfo("Asia/Jakarta"))


@dataclass
class Stopwatch:
    """Where the time went: seconds by name, on the monotonic clock."""

    spent: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        started = time.monotonic()
        try:
            yield
        finally:
            self.spent[name] = self.spent.get(name, 0) + time.monotonic() - started


def is_loaded() -> bool:
    """Return whether this database holds the demonstration."""
    return DemonstrationClock.objects.exists()


def logins_path() -> Path:
    """Where the ready logins stand, readable by the owner of the folder only."""
    return Path(settings.DATA_DIR) / "demo-logins.txt"


@transaction.atomic
def load_demonstration(
    *, at: datetime = STANDS_AT, tell: Callable[[str], None] = lambda name: None, editions: tuple[str, ...] = EDITIONS
) -> Stopwatch:
    """Load regions, instruments, people and editions, and play each edition up to `at`.

    Raises
    ------
    Refused
        If the database already holds editions: real data and sample data never share a database.
    """
    if Edition.objects.exists():
        raise Refused(
            "Basis data ini sudah berisi edisi. Data contoh tidak dicampur dengan data lain; "
            "pakai SP2K_DATA_DIR lain untuk peragaan."
        )
    watch = Stopwatch()
    with watch("wilayah"):
        load_shipped_regions(now=at)
    with watch("akun"):
        made = make_logins(ready_logins("35", "35.10", "35.10.13"))
    bureau = (User.objects.get(username="provinsi"), User.objects.get(username="provinsi2"))
    with watch("instrumen"):
        for name in INSTRUMENTS:
            path = SHIPPED / "instruments" / "data" / f"{name}.yaml"
            import_instrument(path.read_text(encoding="utf-8"), name=path.name, by=bureau[0], now=at)
    for code in editions:
        play_edition(code, at=at, bureau=bureau, watch=watch, tell=tell)
    clock.start_demonstration_clock(at)
    write_logins(logins_path(), made)
    return watch


def play_edition(code: str, *, at, bureau, watch: Stopwatch, tell, folder: Path = FOLDER) -> Edition:
    """Open one shipped edition and play it."""
    source = (SHIPPED / "editions" / "data" / f"{code}.yaml").read_text(encoding="utf-8")
    edition = open_edition(source, name=f"{code}.yaml", by=bureau[0], now=at, is_sample=True)
    targets = read_targets(folder / f"{code}.yaml")
    play = Play(edition, targets, at, bureau, User.objects.get(username="pimpinan"), draws_order=True)
    steps = play.steps()
    while True:
        started = time.monotonic()
        done = next(steps, None)
        if done is None:
            break
        name = f"{code}: {done.split(':')[0]}"
        watch.spent[name] = watch.spent.get(name, 0) + time.monotonic() - started
        tell(f"{code}: {done}")
    return edition


def resume_clock() -> None:
    """Let the demonstration's clock go on from where it stood, or from the last act: it rests while no server runs.

    A line that is later than the clock can have shown by now was not written by it, and does not carry it along.
    """
    stood = DemonstrationClock.objects.get().instant
    of_the_demonstration = Edition.objects.filter(is_sample=True).values("chain")  # accounts act in true time
    lines = Line.objects.filter(chain__in=of_the_demonstration, at__lte=clock.shown())
    last_act = lines.aggregate(last=Max("at"))["last"]
    clock.start_demonstration_clock(max(stood, last_act or stood))


def count_answers() -> int:
    """How many answers are stored: what the loading time is divided by."""
    return Answer.objects.count()
