"""What the page of answering for a silent regency shows before the act: whom the rules would send, or why nobody."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from sp2k.base.language import of_record
from sp2k.base.refusals import Refused
from sp2k.editions.models import Stage
from sp2k.results.closing import RegencyDesk
from sp2k.results.freezing import count_stage
from sp2k.results.models import FrozenTally, Nomination, SilentAnswer
from sp2k.results.ties.groups import ties_of, way_in_words, ways_after_the_chain
from sp2k.results.ties.ruled import placements_of


@dataclass
class SilencePage:
    """One silent regency, with the proposal that waits for a second person."""

    desk: RegencyDesk

    @cached_property
    def waiting(self) -> SilentAnswer | None:
        rows = waiting_answers(self.desk.stage).filter(regency=self.desk.regency)
        return rows.select_related("by").first()

    @cached_property
    def answer(self) -> Nomination | None:
        rows = self.desk.stage.nominations.filter(regency=self.desk.regency)
        return rows.select_related("participation__entry__region__parent", "by").first()

    @cached_property
    def tally(self) -> FrozenTally | None:
        """The ranking that the regency left, if it left one."""
        return self.desk.stage.tallies.filter(scope=self.desk.region_code).select_related("by").first()

    @cached_property
    def taken_back(self) -> Nomination | None:
        """The answer that was last taken back: then the regency was not silent all along."""
        rows = Nomination.every.filter(stage=self.desk.stage, regency=self.desk.regency).exclude(withdrawn_at=None)
        return rows.select_related("withdrawn_by").order_by("withdrawn_at").last()

    @property
    def n_kecamatan(self) -> int:
        return self._roster.count()

    @property
    def may_decline(self) -> bool:
        return bool(self.desk.stage.rules.get("boleh_tidak_ikut"))

    @property
    def nominee(self) -> str:
        return self._counted[0]

    @property
    def why_nobody(self) -> str:
        """Why no kecamatan can be nominated; empty where one can."""
        return self._counted[1]

    @property
    def _roster(self):
        return _roster(self.desk)

    @cached_property
    def _counted(self) -> tuple[str, str]:
        try:
            code = first_by_rules(self.desk)
        except Refused as refused:
            return "", refused.marked
        if code is None:
            return "", why_nobody(self.desk)
        return str(self._roster.select_related("entry__region__parent").get(entry__region=code).entry), ""


def waiting_answers(stage: Stage) -> QuerySet[SilentAnswer]:
    """The proposals that wait for a second person: none that was made before a deadline which was moved since."""
    return open_answers(stage).filter(at__gt=stage.closes_at)


def open_answers(stage: Stage) -> QuerySet[SilentAnswer]:
    """The proposals neither carried out nor withdrawn, the lapsed as well."""
    return stage.silent_answers.filter(done_at=None, withdrawn_at=None)


@of_record
def first_by_rules(desk: RegencyDesk) -> str | None:
    """Return the first within the quota, by the ranking kept or by counting now as the act would; None where nobody is."""
    tally = desk.stage.tallies.filter(scope=desk.region_code).first()
    if tally is not None:
        through = [row for row in placements_of(tally) if row.is_through]
        return through[0].participation.region_code if through else None
    counted, _rules, _marks = count_stage(desk.stage, scope=desk.region_code)
    through = [row for row in counted.results if row.is_through]
    return min(through, key=lambda row: (row.place, row.code)).code if through else None


@of_record
def why_nobody(desk: RegencyDesk) -> str:
    """Say why the ranking sends no kecamatan: who is tied at the quota and what ends the tie, or that nobody has a place."""
    tally = desk.stage.tallies.filter(scope=desk.region_code).first()
    names = _tied(desk, tally)
    declining = "Yang dapat dijawab menggantikannya: tidak ikut."
    may_decline = bool(desk.stage.rules.get("boleh_tidak_ikut"))
    if not names:
        nobody = f"Tidak ada kecamatan {desk.name} yang mendapat tempat dalam kuota."
        return f"{nobody} {declining if may_decline else _to_move(desk, 'menjawab sendiri')}"
    ways = " atau ".join(way_in_words(way) for way in ways_after_the_chain(desk.stage))
    ruled = f"{ways}, diusulkan {desk.name} dan diputus verifikatornya"
    way_on = f"Serinya diputus dengan {ruled}." if tally else _to_move(desk, f"menetapkan peringkatnya, lalu {ruled}")
    tied = f"{'; '.join(names)} seri di batas kuota, dan aturan pemutus seri sudah habis; penyelenggara tidak memilih."
    return " ".join([tied, way_on, *([declining] if may_decline else [])])


def _tied(desk: RegencyDesk, tally: FrozenTally | None) -> list[str]:
    """Who is equal across the quota, by the ranking kept or by counting now."""
    if tally is not None:
        return [str(row.participation.entry) for tie in ties_of(tally) if tie.seats is not None for row in tie.placements]
    counted, _rules, _marks = count_stage(desk.stage, scope=desk.region_code)
    codes = [code for tie in counted.cut_ties for code in tie.codes]
    rows = _roster(desk).filter(entry__region__in=codes).select_related("entry__region__parent")
    return [str(row.entry) for row in rows.order_by("entry__region")]


def _to_move(desk: RegencyDesk, what: str) -> str:
    return f"Pindahkan batas tahap {desk.stage.name} di Kalender, supaya {desk.name} {what}."


def _roster(desk: RegencyDesk):
    return desk.stage.participations.filter(entry__region__code__startswith=f"{desk.region_code}.")
