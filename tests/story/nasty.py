"""The small edition told by people whose every word is nasty: all of it enters through the acts, so all of it is sealed."""

import csv
import io
import json
from datetime import datetime, timedelta

from sp2k.accounts.actions import create_user
from sp2k.editions.actions import open_edition
from sp2k.entries.actions.innovations import Telling, write_innovation
from sp2k.entries.claims import Claims
from sp2k.instruments.actions import import_instrument
from sp2k.judging.actions import declare_conflict, record_attendance, record_sheet
from sp2k.judging.actions.claims import note_presentation_claim
from sp2k.judging.models import Assignment
from sp2k.regions.actions import import_regions
from sp2k.regions.files import SHIPPED_DECREE, SHIPPED_LIST
from tests.story import small
from tests.story.told import LONG_BEFORE, Told, staff, targets

NASTY = '=HYPERLINK("http://x.test")<script>alert(1)</script>"\'><img src=x onerror=y>{{ 7 }}'
NAMED = (
    "Penilaian Kecamatan Uji", "Biro Pemerintahan Provinsi Kalimantan Utara", "Pengisian", "Seleksi", "Presentasi",
    "Tinjau lapang", "Gedung Gabungan Dinas, Tanjung Selor", "Universitas Borneo Tarakan",
    "Bappeda Provinsi Kalimantan Utara", "DPMD Provinsi Kalimantan Utara",
)  # fmt: skip


class NastyStory(Told):
    """Told by people who write nothing but nasty words: names of files, notes, reasons, innovations, claims."""

    def claims(self, participation, regency, rules, sample) -> Claims:
        plain = super().claims(participation, regency, rules, sample)
        answers = {
            code: {**answer, "bukti": dict.fromkeys(answer["bukti"], NASTY)} for code, answer in plain.answers.items()
        }
        return Claims(answers, {NASTY: next(iter(sample.values()))})

    def _innovations(self, stage):
        now = self._at(stage.opens_at + timedelta(days=1))
        for row in self._participations(stage, self.targets.nominees.values()):
            telling = Telling(kind="inovasi", **dict.fromkeys(("title", "problem", "works", "benefit", "place"), NASTY))
            write_innovation(row, telling, by=self.crew.operator(row.entry.region), now=now)

    def _scoring(self, stage):
        yield from super()._scoring(stage)
        now = self._at(stage.closes_at - timedelta(minutes=40))
        first = stage.participations.get(entry__region=small.FIRST)
        note_presentation_claim(first, NASTY, place=NASTY, by=self.bureau[0], now=now)
        revised, absent, barred = (
            self._duties(stage).get(participation__entry__region=code, seat__position=seat)
            for code, seat in ((small.FIRST, 2), (small.SECOND, 3), (small.THIRD, 2))
        )
        marks = self.marks(revised, [mark.indicator for mark in revised.sheets.first().marks.all()], 0)
        record_sheet(revised, marks, reason=NASTY, note=NASTY, by=revised.seat.holder, now=now)
        declare_conflict(barred.seat, barred.participation, reason=NASTY, by=barred.seat.holder, now=now)
        if not absent.sheets.exists():
            record_attendance([absent], Assignment.Attendance.ABSENT, reason=NASTY, by=self.bureau[0], now=now)


def tell_nasty(until: datetime) -> NastyStory:
    """Play the small edition up to `until` with a list of regions, people, texts and files that are all called `NASTY`."""
    import_regions(_listing(), decree=SHIPPED_DECREE, now=LONG_BEFORE)
    first, second, leader = staff("65")
    for number in (1, 2, 3):
        create_user(f"juri-{number}", NASTY, roles=[("J", "65")])
    for text in (small.FORM, small.SHEET, small.VISIT):
        import_instrument(text, name="uji.yaml", by=first, now=LONG_BEFORE)
    edition = open_edition(_source(), name="uji.yaml", by=first, now=LONG_BEFORE, is_sample=True)
    wanted = targets(nominees=small.NOMINEES, decree=small.DECREE, findings={small.FIRST: {"A1": ("tidak", NASTY)}})
    return NastyStory(edition, wanted, until, (first, second), leader, told=small.MARKS).play()


def _source() -> str:
    text = small.EDITION.replace("singkatan: PKU", f"singkatan: {json.dumps(NASTY[:40])}")
    for name in NAMED:
        text = text.replace(f": {name}\n", f": {json.dumps(NASTY)}\n").replace(
            f": {name}}}", f": {json.dumps(NASTY)}}}"
        )
        text = text.replace(f": {name},", f": {json.dumps(NASTY)},")
    return text


def _listing() -> str:
    """The regions of the small story, each called `NASTY`."""
    rows = list(csv.reader(SHIPPED_LIST.read_text(encoding="utf-8").splitlines()))
    kept = [row for row in rows[1:] if f"{row[0]},".startswith(small.PRESENT[1:])]
    written = io.StringIO()
    csv.writer(written).writerows([rows[0], *([row[0], NASTY, *row[2:]] for row in kept)])
    return written.getvalue()
