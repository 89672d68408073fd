"""When who is heard: sessions, the order drawn from a public seed, and reminders."""

import shlex
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from sp2k.editions.models import Stage
from sp2k.entries.models import Participation


class Draw(models.Model):
    """The order of a stage's entries as drawn from a seed that everyone was told; anybody can draw it again."""

    stage = models.OneToOneField(Stage, models.PROTECT, related_name="draw")
    seed = models.CharField("benih", max_length=200)
    reason = models.TextField("alasan diundi ulang", blank=True)
    method = models.CharField("cara mengundi", max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("diundi")

    def __str__(self):
        return f"Undian {self.stage}"

    @property
    def quoted_seed(self) -> str:
        """The seed as a shell takes it whole, whatever stands in it: people copy the line that draws again."""
        return shlex.quote(self.seed)


class Session(models.Model):
    """A sitting of the panel: a room, a beginning, so many entries of so many minutes, and a break between them."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="sessions")
    position = models.PositiveSmallIntegerField("urutan")
    name = models.CharField("nama", max_length=120)
    room = models.CharField("tempat", max_length=200, blank=True)
    starts_at = models.DateTimeField("mulai")
    minutes = models.PositiveSmallIntegerField("menit tiap peserta")
    capacity = models.PositiveSmallIntegerField("banyak peserta", default=1)
    break_after = models.PositiveSmallIntegerField("jeda setelah peserta ke", null=True)
    break_minutes = models.PositiveSmallIntegerField("lama jeda", default=0)

    class Meta:
        ordering = ["stage", "position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "position"], name="one_session_per_position"),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="a_slot_takes_time"),
            models.CheckConstraint(condition=models.Q(capacity__gt=0), name="a_session_hears_somebody"),
        ]

    def __str__(self):
        return self.name

    def starts_of(self, turn: int) -> datetime:
        """When the entry of that turn (1-based, within the session) begins."""
        rested = self.break_minutes if self.break_after and turn > self.break_after else 0
        return self.starts_at + timedelta(minutes=(turn - 1) * self.minutes + rested)

    @property
    def ends_at(self) -> datetime:
        """When the last entry that the session can hear is done."""
        return self.starts_of(self.capacity) + timedelta(minutes=self.minutes)


class Slot(models.Model):
    """An entry's turn in a session."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="slots")
    participation = models.OneToOneField(Participation, models.PROTECT, related_name="slot")
    position = models.PositiveSmallIntegerField("giliran")  # through the whole stage
    starts_at = models.DateTimeField("mulai")

    class Meta:
        ordering = ["starts_at", "position"]
        constraints = [models.UniqueConstraint(fields=["session", "position"], name="one_entry_per_turn")]

    def __str__(self):
        return f"{self.position}. {self.participation.entry}"

    @property
    def region_code(self) -> str:
        return self.participation.region_code

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.session.minutes)

    def is_held_by(self, user) -> bool:
        """A turn is a juror's own when the juror has a duty towards its entry."""
        mine = {"seat__seatings__user": user, "seat__seatings__until": None}
        return self.participation.assignments.filter(**mine).exists()


class Reminder(models.Model):
    """That somebody was reminded of what a stage still waits for: when, by whom, about what."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="reminders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reminders")
    text = models.TextField("isi")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("diingatkan")

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return f"Pengingat {self.user}"
