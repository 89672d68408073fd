"""Processor time of every page as a multiple of an empty page for someone signed in, measured in one run.

``python -m tests.bench.bench_pages`` loads the demonstration into a folder of its own, follows the links as each role
does, and prints a line a kind of page, the slowest last: multiple, whether it keeps to the target, time, queries, who,
path. Of a kind of page the slowest that any role met counts. The empty page is the frame alone: session,
account, navigation, nothing in it; it is measured in turn with the page, and the medians of several rounds are compared.
The database lives in the process, so its time is in it. The table goes to docs/bench-pages.md.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

TARGET = 10
ROUNDS = 11
PER_NAME = 4  # of each kind of page and role: most editions of the demonstration
WRITTEN = Path(__file__).parents[2] / "docs" / "bench-pages.md"

# Pages that may take longer than the target, each with its reason. They are printed like the others.
EXCEPTED = {
    "desk:home": "semua yang menunggu seseorang di semua edisi sekaligus, bukan satu daftar",
    "judging:visit-plan": "satu formulir dengan tiga isian untuk setiap klaim, lebih dari seratus klaim",
}


@dataclass(frozen=True, order=True)
class Row:
    """The slowest page of a kind: `times` the empty page."""

    times: float
    seconds: float
    name: str
    username: str
    path: str
    queries: int

    @property
    def told(self) -> str:
        if self.times <= TARGET:
            return "ok"
        return "except" if self.name in EXCEPTED else "SLOW"

    def __str__(self):
        return (
            f"{self.times:6.1f} <= {TARGET} {self.told:6} {self.seconds * 1000:7.1f} ms {self.queries:3} queries  "
            f"{self.name:32} {self.username:11} {self.path}"
        )


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        _prepare(folder)
        rows, empty = _measure()
    for row in rows:
        print(row)
    slow, excepted = (sum(row.told == told for row in rows) for told in ("SLOW", "except"))
    print(f"{len(rows)} kinds of pages, empty page {empty * 1000:.1f} ms, {slow} slow, {excepted} slow for a reason:")
    for name, reason in EXCEPTED.items():
        print(f"  {name}: {reason}")
    WRITTEN.write_text(_page(rows, empty), encoding="utf-8")
    return 1 if slow else 0


def _prepare(folder: str) -> None:
    os.environ |= {"SP2K_DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "sp2k.config.settings"}
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from sp2k.demo.load import load_demonstration

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.ROOT_URLCONF = "tests.bench.empty_page"
    call_command("migrate", verbosity=0)
    load_demonstration()


def _measure() -> tuple[list[Row], float]:
    """Return the slowest page of each kind, and the typical time of the empty page."""
    from django.test import Client

    from sp2k.accounts.models import User
    from tests.pages.crawl import crawl
    from tests.pages.people import USERNAMES

    worst: dict[str, Row] = {}
    frames = []
    for username in USERNAMES:
        client = Client()
        client.force_login(User.objects.get(username=username))
        for visit in crawl(username, per_name=PER_NAME):
            if not visit.is_page or visit.status != 200:
                continue
            seconds, empty = _medians(client, visit.path, 3)
            if visit.name not in worst or seconds / empty > worst[visit.name].times:
                seconds, empty = _medians(client, visit.path, ROUNDS)
                row = Row(seconds / empty, seconds, visit.name, username, visit.path, visit.queries)
                worst[visit.name] = max(row, worst.get(visit.name, row))
            frames.append(empty)
    return sorted(worst.values()), statistics.median(frames)


def _medians(client, path: str, rounds: int) -> tuple[float, float]:
    """The median seconds of a page and of the empty page, in turn, after one that warms up."""
    client.get(path)
    pairs = [(_time(lambda: client.get(path)), _time(lambda: client.get("/kosong/"))) for _ in range(rounds)]
    return statistics.median(page for page, _ in pairs), statistics.median(empty for _, empty in pairs)


def _time(act: Callable) -> float:
    started = time.process_time()
    act()
    return time.process_time() - started


def _page(rows: list[Row], empty: float) -> str:
    """The table as a page of the documentation."""
    excepted = "\n".join(f"- `{name}`: {reason}." for name, reason in EXCEPTED.items())
    table = "\n".join(
        f"| `{row.name}` | {row.times:.1f} | {row.seconds * 1000:.0f} | {row.queries} | {row.username} | `{row.path}` |"
        for row in reversed(rows)
    )
    return f"""# Seberapa cepat halamannya

Ditulis oleh `make bench ARGS=pages`; jangan disunting. Data peragaan: 38 kabupaten/kota, 666 kecamatan, 75.924 jawaban
setiap edisi provinsi. Setiap jenis halaman diwakili yang paling lambat yang ditemui tiap peran. Waktunya waktu
prosesor, basis data termasuk; **kali** adalah kelipatan halaman kosong bagi orang yang sudah masuk, diukur bergantian
dalam satu jalan ({empty * 1000:.1f} ms di sini). Kelipatan lebih berarti daripada milidetiknya: mesin lain, waktu lain.

Batasnya {TARGET} kali. Yang boleh melewatinya, dengan alasannya:

{excepted}

| halaman | kali | ms | kueri | siapa | alamat |
|---|---|---|---|---|---|
{table}
"""


if __name__ == "__main__":
    sys.exit(main())
