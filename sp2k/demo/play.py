"""Play an edition through the actions by its own calendar, up to an instant.

Nothing here writes a row but through an action; nothing below this room knows a winner.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from sp2k.accounts.models import User
from sp2k.base.wording import date_in_words
from sp2k.demo.draw import draw_claims, draw_marks, rules_of
from sp2k.demo.evidence import common_sample, nominee_documents
from sp2k.demo.people import Crew
from sp2k.demo.targets import Targets
from sp2k.demo.tell import asked_rules, fill_half, note_claims, tell_innovations
from sp2k.editions.actions import give_approval, lock_rules
from sp2k.editions.approvals import rules_of_act
from sp2k.editions.models import Edition, Stage
from sp2k.entries import actions as entries
from sp2k.entries.claims import Claims
from sp2k.entries.models import Participation
from sp2k.entries.sealing import Sending
from sp2k.judging import actions as judging
from sp2k.judging.marks import asked_fields
from sp2k.judging.models import Assignment
from sp2k.judging.queries.schedule import turns_of
from sp2k.publication.actions import issue_decree, make_minutes, publish
from sp2k.publication.issued.facts import proposed_facts
from sp2k.publication.issued.minutes import MinutesFacts
from sp2k.regions.models import Region
from sp2k.results import actions as results
from sp2k.results.closing import RegencyDesk
from sp2k.results.queries import standing_tally

SLOT = 35  # minutes of a presentation


class NotYet(Exception):
    """The instant up to which the edition is played has been reached."""


@dataclass
class Play:
    """One edition being played. `until` is the last instant that happens; `draws_order`: juries sit by a drawn schedule;
    `is_minuted`: the minutes of its stages are made here too."""

    edition: Edition
    targets: Targets
    until: datetime
    bureau: tuple[User, User]
    leader: User
    clock: datetime | None = None
    draws_order: bool = False
    is_minuted: bool = True
    crew: Crew = field(init=False)
    chance: random.Random = field(init=False)

    def __post_init__(self):
        self.crew = Crew(self.edition.region_id)
        self.chance = random.Random(self.targets.seed)  # noqa: S311  synthetic marks want a known seed

    def steps(self) -> Iterator[str]:
        """Play on, yielding the name of each thing done, until the calendar or `until` ends it."""
        try:
            yield from self._steps()
        except NotYet:
            return

    def _steps(self):
        stages = list(self.edition.stages.select_related("edition__region", "instrument"))
        self._lock_rules(stages[0])
        yield "aturan dikunci"
        for stage in stages:
            play = {
                Stage.Kind.FILLING: self._filling, Stage.Kind.SELECTION: self._selection,
                Stage.Kind.SCORING: self._scoring, Stage.Kind.VISIT: self._visits,
            }[stage.kind]  # fmt: skip
            for done in play(stage):
                yield f"{stage.name}: {done}"
            if stage.code == self.targets.awaits:
                return
            self._close(stage)
            yield f"{stage.name}: dibekukan"
        self._decide(stages[-1])
        yield "keputusan dan pengumuman"

    def _at(self, instant: datetime) -> datetime:
        """Move the play's clock forward to `instant`; stop where the demonstration's own clock stands."""
        if instant > self.until:
            raise NotYet
        self.clock = max(instant, self.clock or instant)
        return self.clock

    def _lock_rules(self, first):
        now = self._at(first.opens_at - timedelta(days=14))
        give_approval(self.edition, "kunci_aturan", self.edition.code, role="B", by=self.bureau[0], now=now)
        lock_rules(self.edition, by=self.bureau[1], now=self._at(now + timedelta(hours=1)))
        self.edition.refresh_from_db()

    def _filling(self, stage):
        stage.edition = self.edition
        now = self._at(stage.opens_at)
        entries.register_entries(stage, by=self.bureau[0], now=now)
        yield "peserta terdaftar"
        self._innovations(stage)
        if self.targets.handed_in is not None:
            yield from self._some_forms(stage)
            raise NotYet
        by_regency = self._participations_by_regency(stage)
        days = max(1, (stage.closes_at - stage.opens_at).days - 2)
        rules, sample = rules_of(stage.instrument.source), common_sample()
        handed_in = []
        for n, (regency, rows) in enumerate(by_regency):
            now = self._at(stage.opens_at + timedelta(days=1 + n * days // len(by_regency), hours=2))
            batch = [(row, self.claims(row, regency, asked_rules(row, rules), sample), Sending()) for row in rows]
            operator = self.crew.of_regency("C", regency)
            handed_in.append((regency, entries.submit_forms(batch, by=operator, now=now)))
            yield f"{len(rows)} isian {regency.name}"
        for n, (regency, forms) in enumerate(handed_in):
            now = self._at((stage.checks_until or stage.closes_at) - timedelta(days=2, minutes=len(handed_in) - n))
            entries.accept_forms(forms, by=self.crew.of_regency("V", regency), now=now)
            yield f"{len(forms)} isian {regency.name} diterima"

    def _some_forms(self, stage):
        """The forms that the targets name, one by one, as far as each has come; the others have not been sent."""
        rules, sample = rules_of(stage.instrument.source), common_sample()
        rows = stage.participations.select_related(
            "stage__edition__region", "stage__instrument", "entry__region__parent"
        )
        found = {row.region_code: row for row in rows.filter(entry__region__in=self.targets.handed_in)}
        for n, (code, state) in enumerate(sorted(self.targets.handed_in.items())):
            participation = found[code]
            regency = participation.entry.region.parent
            now = self._at(stage.opens_at + timedelta(days=2 + n % 24, hours=n % 7))
            claims = self.claims(participation, regency, asked_rules(participation, rules), sample)
            form = entries.submit_form(participation, claims, by=self.crew.of_regency("C", regency), now=now)
            verifier, later = self.crew.of_regency("V", regency), now + timedelta(days=1, hours=3)
            if state == "diterima":
                entries.accept_forms([form], by=verifier, now=self._at(later))
            elif state != "dikirim":
                entries.return_form(form, reason=state, by=verifier, now=self._at(later))
        yield f"{len(found)} isian"
        for row in rows.filter(entry__region__in=self.targets.half_filled):
            operator, now = self.crew.operator(row.entry.region), self._at(stage.opens_at + timedelta(days=27))
            fill_half(row, sample, self.chance, by=operator, now=now)

    def _innovations(self, stage):
        """What kecamatan tell of themselves in the first week."""
        for row in self._participations(stage, self.targets.innovations):
            told, now = self.targets.innovations[row.region_code], self._at(stage.opens_at + timedelta(days=1))
            tell_innovations(row, told, by=self.crew.operator(row.entry.region), now=now)

    def claims(self, participation: Participation, regency: Region, rules, sample) -> Claims:
        """What one kecamatan claims, and with which documents."""
        is_nominee = self.targets.nominees.get(regency.code) == participation.region_code
        quality = self.chance.uniform(0.95, 0.98) if is_nominee else self.chance.uniform(0.45, 0.80)
        documents = nominee_documents(str(participation.entry)) if is_nominee else sample
        return draw_claims(rules, quality, documents, self.chance)

    def _selection(self, stage):
        stage.edition = self.edition
        for n, (regency, rows) in enumerate(self._participations_by_regency(stage)):
            now = self._at(stage.opens_at + timedelta(days=1, hours=1 + n))
            desk, organiser = RegencyDesk(stage, regency), self.crew.of_regency("R", regency)
            if reason := self.targets.declined.get(regency.code):
                results.decline(desk, reason=reason, by=organiser, now=now)
                continue
            if regency.code not in self.targets.nominees:
                continue  # it has not answered yet
            results.rank_regency(desk, by=organiser, now=now)
            nominee = next(row for row in rows if row.region_code == self.targets.nominees[regency.code])
            minutes = f"BA-{regency.code}/{self.edition.year} (contoh)"
            results.nominate(desk, nominee, minutes_number=minutes, by=organiser, now=now)
        yield "calon dan yang tidak ikut"

    def _scoring(self, stage):
        self._seat_panel(stage)
        yield "juri dan penugasan"
        yield from self._sheets(stage)
        for row in self._participations(stage, self.targets.presented):
            told, now = self.targets.presented[row.region_code], self._at(stage.closes_at - timedelta(hours=1))
            note_claims(row, told, by=self.crew.juror(1), now=now)

    def _visits(self, stage):
        self._seat_panel(stage)
        yield "tim kunjungan"
        yield from self._sheets(stage)
        for assignment in self._duties(stage).filter(seat__position=1):
            found = self.targets.findings.get(assignment.participation.region_code, {})
            for claim, (verdict, note) in found.items():
                by, now = assignment.seat.holder, self._at(stage.closes_at - timedelta(hours=3))
                judging.record_visit_finding(assignment, claim, verdict, note=note, by=by, now=now)
        yield "temuan lapang"

    def _seat_panel(self, stage):
        stage.edition = self.edition
        now = self._at(stage.opens_at - timedelta(days=7))
        for seat in judging.set_up_panel(stage, by=self.bureau[0], now=now):
            judging.seat_person(seat, self.crew.juror(seat.position), by=self.bureau[0], now=now)
        judging.assign_jurors(stage, by=self.bureau[0], now=self._at(now + timedelta(hours=2)))
        if self.draws_order:
            self._draw_order(stage, now=self._at(now + timedelta(hours=3)))

    def _draw_order(self, stage, now):
        """A session a day, as many entries each as `_slot` puts there, in the order of a seed."""
        total, zone = stage.participations.count(), ZoneInfo(self.edition.zone)
        for day, turns in groupby(range(total), key=lambda n: self._slot(stage, n, total).astimezone(zone).date()):
            turns = list(turns)
            starts_at, room = self._slot(stage, turns[0], total), stage.rules.get("tempat", "")
            judging.set_session(
                stage, name=f"Sesi {date_in_words(day)}", room=room, starts_at=starts_at, minutes=SLOT, by=self.bureau[0],
                capacity=len(turns), now=now,
            )  # fmt: skip
        seed = f"Contoh: angka undian umum {date_in_words(now.date())}, {self.targets.seed}"
        judging.draw_order(stage, seed, by=self.bureau[0], now=now)

    def _sheets(self, stage):
        severity = {seat.pk: self.chance.uniform(-3, 3) for seat in stage.seats.all()}
        heard = [
            [(duty, self.marks(duty, asked_fields(duty), severity[duty.seat_id])) for duty in rows]
            for _, rows in groupby(self._duties(stage), key=lambda duty: duty.participation_id)
        ]  # by code, so that no mark depends on the draw
        turns = {slot.participation_id: slot.position for slot in turns_of(stage)}
        heard.sort(key=lambda drawn: turns.get(drawn[0][0].participation_id, 0))
        for n, drawn in enumerate(heard):
            start, rows = self._slot(stage, n, len(heard)), [duty for duty, _ in drawn]
            late = self.targets.missing.get(stage.code, {}).get(rows[0].participation.region_code, ())
            there = [duty for duty in rows if duty.seat.code not in late]
            judging.record_attendance(there, Assignment.Attendance.PRESENT, by=self.bureau[0], now=self._at(start))
            for minute, (duty, marks) in enumerate(drawn, start=20):
                now = self._at(start + timedelta(minutes=minute))
                if duty in there:
                    judging.record_sheet(duty, marks, by=duty.seat.holder, now=now)
            yield f"lembar {rows[0].participation.entry}"

    def marks(self, duty: Assignment, fields, severity: float) -> dict[str, str]:
        """What the juror types on the sheet of one duty."""
        target = self.targets.scores[duty.stage.code][duty.participation.region_code]
        return draw_marks(fields, target, severity, self.chance)

    @staticmethod
    def _slot(stage, n, total) -> datetime:
        """Spread presentations evenly over the stage's days, `SLOT` minutes each from the opening hour."""
        first, last = stage.local_dates()
        days = (last - first).days + 1
        per_day = -(-total // days)
        return stage.opens_at + timedelta(days=n // per_day, minutes=SLOT * (n % per_day))

    def _duties(self, stage):
        return (
            Assignment.objects.filter(participation__stage=stage)
            .select_related(
                "seat__stage", "participation__stage__edition__region", "participation__entry__region__parent"
            )
            .prefetch_related("seat__seatings__user")
            .order_by("participation__entry__region", "seat__position")
        )

    def _close(self, stage):
        end = max(stage.closes_at, stage.checks_until or stage.closes_at)
        for rule in rules_of_act(self.edition.rules, "kunci_tahap", stage.code):
            yes, now = self.crew.juror(1), self._at(end + timedelta(minutes=30))
            give_approval(self.edition, "kunci_tahap", stage.code, role=rule.role, by=yes, now=now)
        results.lock_stage(stage, by=self.bureau[0], now=self._at(end + timedelta(hours=1)))
        stage.refresh_from_db()
        results.freeze_tally(stage, by=self.bureau[0], now=self._at(end + timedelta(hours=2)))
        self._write_minutes(stage, now=self._at(end + timedelta(hours=2, minutes=30)))
        if stage.next_stage:
            results.advance(stage, by=self.bureau[0], now=self._at(end + timedelta(hours=3)))

    def _write_minutes(self, stage, now):
        if self.is_minuted and stage.kind in (Stage.Kind.SCORING, Stage.Kind.VISIT):
            place = stage.rules.get("tempat") or self.edition.rules["keputusan"]["kota"]
            day = now.astimezone(ZoneInfo(self.edition.zone)).date()
            number = f"{stage.position:02}/BA-TP/{self.edition.year} (contoh)"
            make_minutes(stage, MinutesFacts(number, day, place), by=self.bureau[0], now=now)

    def _decide(self, last):
        edition, decree = self.edition, self.targets.decree
        results.give_titles(edition, by=self.bureau[0], now=self._at(last.closes_at + timedelta(days=3)))
        signed_on = date.fromisoformat(str(decree["tanggal"]))
        signed = datetime.combine(signed_on, last.closes_at.timetz())
        give_approval(edition, "hasil", edition.code, role="G", by=self.leader, now=self._at(signed))
        results.decide_result(edition, by=self.bureau[0], now=self._at(signed + timedelta(minutes=30)))
        number = decree["nomor"]
        facts = proposed_facts(edition)
        if facts.minutes_on is None:  # a last stage that no jury judges has its minutes elsewhere
            minutes_on = standing_tally(last).frozen_at.astimezone(ZoneInfo(edition.zone)).date()
            facts = replace(facts, minutes_number=f"BA/{edition.code} (contoh)", minutes_on=minutes_on)
        issue_decree(
            edition, number=number, signed_on=signed_on, facts=facts, by=self.bureau[0],
            now=self._at(signed + timedelta(hours=1)),
        )  # fmt: skip
        announced = self._at(edition.announced_at)
        give_approval(edition, "terbit", edition.code, role="B", by=self.bureau[0], now=announced)
        publish(edition, by=self.bureau[1], now=announced)

    @staticmethod
    def _participations(stage, codes) -> list[Participation]:
        rows = stage.participations.select_related("stage__edition__region", "entry__region__parent")
        return list(rows.filter(entry__region__in=codes))

    def _participations_by_regency(self, stage) -> list[tuple[Region, list[Participation]]]:
        rows = stage.participations.select_related(
            "stage__edition__region", "stage__instrument", "entry__region__parent"
        )
        ordered = sorted(rows, key=lambda row: row.region_code)
        return [(regency, list(parts)) for regency, parts in groupby(ordered, key=lambda row: row.entry.region.parent)]
