"""Seats and the persons in them, conflicts of interest, and who judges whom."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sp2k.editions.models import Stage
from sp2k.entries.models import Entry, Participation


class Seat(models.Model):
    """A place on a panel. It belongs to an institution; persons come and go."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="seats")
    code = models.CharField("kode", max_length=30)
    position = models.PositiveSmallIntegerField("urutan")
    institution = models.CharField("lembaga", max_length=200)
    is_chair = models.BooleanField("ketua", default=False)

    class Meta:
        ordering = ["stage", "position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "code"], name="one_seat_per_code"),
            models.UniqueConstraint(fields=["stage"], condition=models.Q(is_chair=True), name="one_chair_per_panel"),
        ]

    def __str__(self):
        return self.institution

    @property
    def region_code(self) -> str:
        return self.stage.region_code

    @property
    def edition(self):
        return self.stage.edition

    @property
    def holder(self):
        """The person in the seat now, or None."""
        return self.seating.user if self.seating else None

    @property
    def seating(self):
        """Who sits in the seat now and since when, or None."""
        return next((seating for seating in self.seatings.all() if seating.until is None), None)

    def is_held_by(self, user) -> bool:
        holder = self.holder
        return holder is not None and holder.pk == user.pk


class Seating(models.Model):
    """A person in a seat, from an instant until another takes it; a replacement has a reason."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="seatings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seatings")
    since = models.DateTimeField("sejak")
    until = models.DateTimeField("sampai", null=True)
    reason = models.TextField("alasan", blank=True)

    class Meta:
        ordering = ["seat", "since"]
        constraints = [
            models.UniqueConstraint(fields=["seat"], condition=models.Q(until=None), name="one_person_in_a_seat"),
        ]

    def __str__(self):
        return f"{self.seat}: {self.user}"


class Conflict(models.Model):
    """A person on the panel who may not judge an entry: home regency, or declared."""

    class Ground(models.TextChoices):
        HOME = "asal", _("Asal atau tugas di kabupaten/kota peserta")
        DECLARED = "pernyataan", _("Dinyatakan sendiri")

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="conflicts")
    ground = models.CharField("dasar", max_length=12, choices=Ground)
    reason = models.TextField("penjelasan")
    declared_at = models.DateTimeField("dicatat")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "participation"], name="one_conflict_per_person_and_entry")
        ]

    def __str__(self):
        return f"{self.user} · {self.participation.entry}"


class Assignment(models.Model):
    """A seat's duty to judge an entry at a stage, and whether its juror was there."""

    class Attendance(models.TextChoices):
        AWAITED = "", _("Menunggu lembar")
        PRESENT = "hadir", _("Hadir")
        ABSENT = "absen", _("Juri absen")
        RECUSED = "benturan", _("Benturan kepentingan")

    AWAY = frozenset({Attendance.ABSENT, Attendance.RECUSED})

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="assignments")
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="assignments")
    attendance = models.CharField("kehadiran", max_length=10, choices=Attendance, blank=True, default="")
    attendance_reason = models.TextField("alasan", blank=True)

    class Meta:
        ordering = ["participation__entry__region", "seat__position"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "participation"], name="one_assignment_per_seat_and_entry"),
            models.CheckConstraint(
                condition=~models.Q(attendance__in=["absen", "benturan"]) | ~models.Q(attendance_reason=""),
                name="an_absence_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.seat} → {self.participation.entry}"

    @property
    def region_code(self) -> str:
        return self.participation.stage.region_code

    @property
    def stage(self):
        return self.participation.stage

    @property
    def edition(self):
        return self.stage.edition

    def is_held_by(self, user) -> bool:
        return self.seat.is_held_by(user)

    def has_conflict(self, user) -> bool:
        """A conflict with a kecamatan holds in every stage, whichever it was declared at."""
        return barred_entries([user]).filter(pk=self.participation.entry_id).exists()

    def is_open(self, now: datetime) -> bool:
        return self.stage.is_open(now)

    @property
    def standing_sheets(self) -> list:
        """The sheets given for this duty that were not voided, oldest first."""
        return [sheet for sheet in self.sheets.all() if not sheet.is_voided]


def barred_entries(people) -> models.QuerySet[Entry]:
    """Return the entries that these people may not judge, in any stage.

    By a recorded conflict, or by one that the secretariat noted where their seat was awaited: that one goes with its note.
    """
    declared = Conflict.objects.filter(user__in=people, participation__entry=models.OuterRef("pk"))
    noted = Assignment.objects.filter(
        attendance=Assignment.Attendance.RECUSED, participation__entry=models.OuterRef("pk"),
        seat__seatings__user__in=people, seat__seatings__until=None,
    )  # fmt: skip
    return Entry.objects.filter(models.Exists(declared) | models.Exists(noted))
