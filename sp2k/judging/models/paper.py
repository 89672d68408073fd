"""Paper when phones fail: blank sheets with a code, typed by two people, scanned, confirmed by the juror."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sp2k.base.models import Blob
from sp2k.entries.models import Sealed
from sp2k.judging.codes import grouped
from sp2k.judging.models.panel import Assignment
from sp2k.judging.models.sheets import LateSheet, Sheet


class PaperSheet(models.Model):
    """A printed blank of one duty. It becomes a sheet once typed alike twice, scanned and confirmed by its juror.

    A visit's form holds the claims of an entry instead of marks; confirmed, it becomes findings.
    """

    class Kind(models.TextChoices):
        SHEET = "lembar", _("Lembar nilai")
        VISIT = "kunjungan", _("Formulir kunjungan")

    class State(models.TextChoices):
        PRINTED = "dicetak", _("Dicetak")
        ONCE = "satu", _("Diketik satu orang")
        DIFFERENT = "berbeda", _("Berbeda")
        AGREED = "sepakat", _("Sepakat, belum dipindai")
        WAITING = "menunggu", _("Menunggu konfirmasi juri")
        CONFIRMED = "dikonfirmasi", _("Dikonfirmasi juri")
        DISPUTED = "dikeberatkan", _("Dikeberatkan juri")
        WITHDRAWN = "ditarik", _("Ditarik")

    RESTS = ~models.Q(state="ditarik")  # a withdrawn paper holds no scan back from being erased
    CLOSED = frozenset({State.CONFIRMED, State.WITHDRAWN})
    TO_TYPE = frozenset({State.PRINTED, State.ONCE, State.DISPUTED})

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="papers")
    juror = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="papers")  # as printed
    kind = models.CharField("jenis", max_length=10, choices=Kind, default=Kind.SHEET)
    claims = models.JSONField("klaim yang dicetak", default=list)  # [{kode, judul, tempat}], on a visit's form only
    code = models.CharField("kode lembar", max_length=12, unique=True)
    state = models.CharField("keadaan", max_length=12, choices=State, default=State.PRINTED)
    reading = models.PositiveSmallIntegerField("pembacaan", default=1)  # an objection begins the next
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField("dicetak")
    scan = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+", verbose_name="pindaian")
    erased_scans = models.JSONField("pindaian yang dihapus", default=list)  # [{sidik, alasan, oleh, pada}]
    objection = models.TextField("keberatan juri", blank=True)
    confirmed_at = models.DateTimeField("dikonfirmasi juri", null=True)
    sheet = models.OneToOneField(Sheet, models.PROTECT, null=True, related_name="paper", verbose_name="lembar")
    late_sheet = models.OneToOneField(LateSheet, models.PROTECT, null=True, related_name="paper")
    withdrawn_at = models.DateTimeField("ditarik", null=True)
    withdrawn_reason = models.TextField("alasan penarikan", blank=True)

    class Meta:
        ordering = ["assignment", "printed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "kind"], condition=~models.Q(state__in=["dikonfirmasi", "ditarik"]),
                name="one_living_paper_per_duty",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="dikonfirmasi")
                | models.Q(confirmed_at__isnull=False, scan__isnull=False)
                & (models.Q(kind="kunjungan") | models.Q(sheet__isnull=False) | models.Q(late_sheet__isnull=False)),
                name="a_confirmed_paper_has_scan_and_sheet",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ditarik") | models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_reason=""),
                name="a_withdrawn_paper_has_a_reason",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.shown_code}: {self.assignment}"

    @property
    def shown_code(self) -> str:
        return grouped(self.code)

    @property
    def region_code(self) -> str:
        return self.assignment.region_code

    @property
    def stage(self):
        return self.assignment.stage

    @property
    def edition(self):
        return self.stage.edition

    @property
    def is_visit(self) -> bool:
        return self.kind == self.Kind.VISIT

    @property
    def is_closed(self) -> bool:
        return self.state in self.CLOSED

    def is_open(self, now: datetime) -> bool:
        return self.stage.is_open(now)

    def is_held_by(self, user) -> bool:
        """A paper is its juror's: who was named on it and still sits in the seat, or who has confirmed it."""
        if self.state == self.State.CONFIRMED:
            return self.juror_id == user.pk
        return self.assignment.is_held_by(user) and self.juror_id in {None, user.pk}

    def has_conflict(self, user) -> bool:
        return self.assignment.has_conflict(user)

    def typings_now(self) -> list["PaperTyping"]:
        """The typings of the present reading, in the order in which they came."""
        return [typing for typing in self.typings.all() if typing.revision == self.reading]

    def is_in_hands_of(self, user) -> bool:
        """Whether the paper itself lies before `user`: its juror's, and its typists' until it is confirmed."""
        if self.is_held_by(user):
            return True
        if self.is_closed or not user.reaches({"B"}, self.region_code):
            return False
        typists = {typing.by_id for typing in self.typings_now()}
        return len(typists) < 2 or user.pk in typists


class PaperTyping(Sealed):
    """What one person read off the paper; `revision` is the reading. Two different people type, blind to each other."""

    paper = models.ForeignKey(PaperSheet, models.PROTECT, related_name="typings")
    marks = models.JSONField("nilai seperti diketik", default=dict)  # {indicator: text}; empty stays empty
    illegible = models.JSONField("tidak terbaca", default=dict)  # {indicator: reason}
    note = models.TextField("catatan", blank=True)

    class Meta:
        ordering = ["paper", "revision", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paper", "by", "revision"], name="one_typing_per_person_and_reading")
        ]

    def __str__(self):
        return f"{self.paper.shown_code}: {self.by}"


class PaperSettlement(models.Model):
    """What a third look at the paper settled where the two typists differed, or what the juror filled in himself."""

    paper = models.ForeignKey(PaperSheet, models.PROTECT, related_name="settlements")
    reading = models.PositiveSmallIntegerField("pembacaan")
    indicator = models.CharField("indikator", max_length=40)  # "catatan" for the note
    value = models.TextField("nilai menurut kertas", blank=True)
    reason = models.TextField("alasan", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("pada")

    class Meta:
        ordering = ["paper", "reading", "indicator", "at"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "reading", "indicator", "by"], name="one_settlement_per_mark_person_and_reading"
            )
        ]

    def __str__(self):
        return f"{self.paper.shown_code} {self.indicator}"
