"""When who is heard: sessions, the order drawn from a public seed, and reminders."""

from django.conf import settings
from django.db import models

from sp2k.editions.models import Stage
from sp2k.entries.models import Participation


class Draw(models.Model):
    """The order of a stage's entries as drawn from a seed that everyone was told; anybody can draw it again."""

    stage = models.OneToOneField(Stage, models.PROTECT, related_name="draw")
    seed = models.CharField("benih", max_length=200)
    method = models.CharField("cara mengundi", max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("diundi")

    def __str__(self):
        return f"Undian {self.stage}: {self.seed}"


class Session(models.Model):
    """A sitting of the panel: a room, a beginning, and so many minutes an entry."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="sessions")
    position = models.PositiveSmallIntegerField("urutan")
    name = models.CharField("nama", max_length=120)
    room = models.CharField("tempat", max_length=200, blank=True)
    starts_at = models.DateTimeField("mulai")
    minutes = models.PositiveSmallIntegerField("menit tiap peserta")

    class Meta:
        ordering = ["stage", "position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "position"], name="one_session_per_position"),
            models.CheckConstraint(condition=models.Q(minutes__gt=0), name="a_slot_takes_time"),
        ]

    def __str__(self):
        return self.name


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
        return f"{self.user}: {self.text[:60]}"
