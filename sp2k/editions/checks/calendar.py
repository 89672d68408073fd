"""Dates that go backwards, and deadlines on days when no office is open."""

from collections.abc import Iterator
from itertools import pairwise

from sp2k.base.wording import DAYS, date_in_words, instant_in_words
from sp2k.editions.file import EditionFile, StageFile
from sp2k.editions.reading import Finding, notice, wrong

ANNOUNCEMENT = "pengumuman"


def check_calendar(edition: EditionFile) -> Iterator[Finding]:
    """Yield findings on the dates within stages, between them, and up to the announcement."""
    for stage in edition.stages:
        yield from _within(stage, edition.zone)
        if stage.code == ANNOUNCEMENT:
            yield wrong(
                f"tahap {stage.code}", f'Tahap tidak dapat berkode "{stage.code}": kata itu milik hari pengumuman.'
            )
    for before, after in pairwise(edition.stages):
        yield from _between(before, after, edition.zone)
    yield from _announcement(edition)
    for stage in edition.stages:
        yield from _closed_days(stage, edition)


def _within(stage: StageFile, zone: str) -> Iterator[Finding]:
    place = f"tahap {stage.code}"
    opens, closes = (instant_in_words(instant, zone) for instant in (stage.opens_at, stage.closes_at))
    if stage.closes_at <= stage.opens_at:
        yield wrong(place, f"Tahap {stage.code} selesai {closes}, tidak sesudah mulainya {opens}.")
    if stage.checks_until and stage.checks_until < stage.closes_at:
        until = instant_in_words(stage.checks_until, zone)
        yield wrong(place, f"Verifikasi tahap {stage.code} berakhir {until}, sebelum pengisiannya selesai {closes}.")


def _between(before: StageFile, after: StageFile, zone: str) -> Iterator[Finding]:
    if after.opens_at < before.ends_at:
        opens, ends = instant_in_words(after.opens_at, zone), instant_in_words(before.ends_at, zone)
        yield wrong(
            f"tahap {after.code}", f"Tahap {after.code} mulai {opens}, sebelum tahap {before.code} berakhir {ends}."
        )


def _announcement(edition: EditionFile) -> Iterator[Finding]:
    if not edition.announced_at or not edition.stages:
        return
    last = max(edition.stages, key=lambda stage: stage.ends_at)
    if edition.announced_at < last.ends_at:
        announced, ends = (instant_in_words(at, edition.zone) for at in (edition.announced_at, last.ends_at))
        yield wrong("pengumuman", f"Pengumuman {announced} mendahului akhir tahap {last.code}, {ends}.")


def _closed_days(stage: StageFile, edition: EditionFile) -> Iterator[Finding]:
    holidays = {holiday.day: holiday.name for holiday in edition.holidays}
    deadlines = [("Batas", stage.closes_at), ("Batas verifikasi", stage.checks_until)]
    for what, deadline in deadlines:
        day = deadline.date() if deadline else None
        if day in holidays:
            reason = f"hari libur ({holidays[day]})"
        elif day and day.weekday() >= 5:
            reason = f"hari {DAYS[day.weekday()]}"
        else:
            continue
        yield notice(f"tahap {stage.code}", f"{what} tahap {stage.code}, {date_in_words(day)}, jatuh pada {reason}.")
