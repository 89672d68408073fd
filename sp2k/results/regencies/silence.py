"""What the page of answering for a silent regency shows before the act: whom the rules would send, or why nobody."""

from dataclasses import dataclass
from functools import cached_property

from sp2k.base.language import of_record
from sp2k.base.refusals import Refused
from sp2k.results.closing import RegencyDesk
from sp2k.results.freezing import count_stage
from sp2k.results.models import FrozenTally, Nomination, SilentAnswer
from sp2k.results.ties.ruled import placements_of


@dataclass
class SilencePage:
    """One silent regency, with the proposal that waits for a second person."""

    desk: RegencyDesk

    @cached_property
    def waiting(self) -> SilentAnswer | None:
        rows = self.desk.stage.silent_answers.filter(regency=self.desk.regency, done_at=None, withdrawn_at=None)
        return rows.select_related("by").first()

    @cached_property
    def answer(self) -> Nomination | None:
        rows = self.desk.stage.nominations.filter(regency=self.desk.regency)
        return rows.select_related("participation__entry__region__parent", "by").first()

    @cached_property
    def tally(self) -> FrozenTally | None:
        """The ranking that the regency left, if it left one."""
        return self.desk.stage.tallies.filter(scope=self.desk.region_code).select_related("by").first()

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
        within = f"{self.desk.region_code}."
        return self.desk.stage.participations.filter(entry__region__code__startswith=within)

    @cached_property
    def _counted(self) -> tuple[str, str]:
        try:
            code = self._first()
        except Refused as refused:
            return "", refused.marked
        if code is None:
            nobody = "Peringkat menurut aturan tidak menempatkan satu kecamatan pun dalam kuota, atau ada seri di batasnya."
            return "", nobody
        return str(self._roster.select_related("entry__region__parent").get(entry__region=code).entry), ""

    @of_record
    def _first(self) -> str | None:
        """The first within the quota, by the ranking kept or by counting now as the act would."""
        if self.tally is not None:
            through = [row for row in placements_of(self.tally) if row.is_through]
            return through[0].participation.region_code if through else None
        counted, _rules, _marks = count_stage(self.desk.stage, scope=self.desk.region_code)
        through = [row for row in counted.results if row.is_through]
        return min(through, key=lambda row: (row.place, row.code)).code if through else None
