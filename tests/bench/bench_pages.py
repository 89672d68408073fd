"""Server time of every page as a multiple of an empty page for someone signed in, measured in one run.

``python -m tests.bench.bench_pages`` loads the demonstration into a folder of its own, follows the links as each role
does, and prints a line a kind of page, the slowest last: multiple, time, whether it keeps to the target, queries, path.
The empty page is the frame alone: session, account, navigation, nothing in it.
"""

import os
import statistics
import sys
import tempfile
import time

TARGET = 10
ROUNDS = 7


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        _prepare(folder)
        rows = _measure()
    slow = [row for row in rows if row[0] > TARGET]
    for times, seconds, name, username, path, queries in rows:
        told = "ok" if times <= TARGET else "SLOW"
        print(
            f"{times:6.1f} <= {TARGET} {told:4} {seconds * 1000:7.1f} ms {queries:3} queries  {name:32} {username:11} {path}"
        )
    print(f"{len(rows)} kinds of pages, {len(slow)} above {TARGET} times the empty page")
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


def _measure() -> list[tuple]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from sp2k.accounts.models import User
    from tests.pages.crawl import crawl
    from tests.pages.people import USERNAMES

    worst: dict[str, tuple] = {}
    for username in USERNAMES:
        client = Client()
        client.force_login(User.objects.get(username=username))
        empty = _time(client, "/kosong/")
        for visit in crawl(username):
            if not visit.is_page or visit.status != 200:
                continue
            seconds = _time(client, visit.path, rounds=3)
            if seconds / empty > worst.get(visit.name, (0,))[0]:
                seconds, empty = _time(client, visit.path), _time(client, "/kosong/")
                with CaptureQueriesContext(connection) as queries:
                    client.get(visit.path)
                worst[visit.name] = (seconds / empty, seconds, visit.name, username, visit.path, len(queries))
    return sorted(worst.values())


def _time(client, path: str, rounds: int = ROUNDS) -> float:
    """Median seconds of a GET, after one that warms up."""
    client.get(path)
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        client.get(path)
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


if __name__ == "__main__":
    sys.exit(main())
