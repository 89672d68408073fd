"""A stage's dates: as they are declared, and as they came to be where it was locked before its deadline."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sp2k.base.clock import has_passed


class Period:
    """What follows from a stage's dates and its lock. Whoever tells of a past period asks here, not the declared dates."""

    @property
    def ends_at(self) -> datetime:
        """The last deadline of all: that of the verifiers where one is declared."""
        return self.checks_until or self.closes_at

    def has_ended(self, now: datetime) -> bool:
        """Past the last minute of its last deadline: nobody could send or check anything any more."""
        return has_passed(self.ends_at, now)

    @property
    def was_locked_early(self) -> bool:
        """Locked before its last deadline had passed: told wherever the stage is shown."""
        return self.is_locked and not self.has_ended(self.locked_at)

    @property
    def real_end(self) -> datetime:
        """When it ended or will end: the earlier of its last deadline and its lock."""
        return min(self.ends_at, self.locked_at or self.ends_at)

    @property
    def period_end(self) -> datetime:
        """The end of its own period, without the checking that may follow; never after its real end."""
        return min(self.closes_at, self.real_end)

    def local_dates(self) -> tuple[date, date]:
        """The first and the last day of its period in the edition's zone, as it was or as it is planned."""
        zone = ZoneInfo(self.edition.zone)
        return self.opens_at.astimezone(zone).date(), self.period_end.astimezone(zone).date()
