"""What a juror sends, the draft before it, and what came after the lock."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sp2k.entries.models import Sealed
from sp2k.judging.models.panel import Assignment


class Sheet(Sealed):
    """What a juror or visitor sent, as sent. Corrections are new sheets; nothing is overwritten."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="sheets")
    note = models.TextField("catatan", blank=True)

    class Meta:
        ordering = ["assignment", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "revision"], name="one_sheet_per_revision"),
            models.CheckConstraint(
                condition=models.Q(revision=1) | ~models.Q(reason=""), name="a_revised_sheet_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"Lembar {self.assignment}, revisi {self.revision}"

    @property
    def is_from_paper(self) -> bool:
        """Written on paper, typed by two people and confirmed by the juror; wherever it is shown, it says so."""
        return hasattr(self, "paper")

    @property
    def region_code(self) -> str:
        return self.assignment.region_code

    @property
    def stage(self):
        return self.assignment.stage

    @property
    def edition(self):
        return self.stage.edition

    def is_held_by(self, user) -> bool:
        """A sheet stays its writer's, whoever sits in the seat now."""
        return self.by_id == user.pk

    def has_conflict(self, user) -> bool:
        return self.assignment.has_conflict(user)


class Mark(models.Model):
    """One mark on a sheet, as typed. An indicator left empty has no row: empty is not zero."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="marks")
    indicator = models.CharField("indikator", max_length=20)
    value = models.DecimalField("nilai", max_digits=15, decimal_places=6)  # as fine as an instrument may ask
    remark = models.TextField("alasan nilai", blank=True)  # where the rules ask why a mark is so low or high

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "indicator"], name="one_mark_per_indicator")]

    def __str__(self):
        return self.indicator


class SheetDraft(models.Model):
    """A sheet being written: only its writer sees it, and it never counts. The number it will be sent under is made here.

    `copy` names the open page that wrote last: another page that has not seen `version` does not write over it, what it
    holds is `set_aside` until the writer chooses.
    """

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="drafts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="oleh")
    op_id = models.UUIDField("nomor dari perangkat", unique=True)
    device_nonce = models.CharField("garam perangkat", max_length=64)
    base_rev = models.PositiveSmallIntegerField("revisi yang diubah", default=0)
    marks = models.JSONField("nilai seperti diketik", default=dict)  # {indicator: text}
    remarks = models.JSONField("alasan nilai seperti diketik", default=dict)  # {indicator: text}
    note = models.TextField("catatan", blank=True)
    reason = models.TextField("alasan perubahan", blank=True)
    updated_at = models.DateTimeField("disimpan")
    copy = models.CharField("halaman yang menulis", max_length=32, blank=True)
    version = models.PositiveIntegerField("simpanan ke", default=1)
    set_aside = models.JSONField("versi dari halaman lain", default=list)  # [{copy, at, marks, remarks, note, reason}]
    restored_from = models.ForeignKey(  # the voided sheet whose content came back as this draft
        Sheet, models.PROTECT, null=True, related_name="+", verbose_name="kembali dari lembar yang dibatalkan"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assignment", "by"], name="one_draft_per_person_and_duty")]

    def __str__(self):
        return f"Draf {self.assignment}"


class LateSheet(models.Model):
    """A sheet that came after its stage had ended: kept whole, counted only when two others decide so."""

    class Decision(models.TextChoices):
        WAITING = "", _("Menunggu keputusan")
        ACCEPTED = "diterima", _("Diterima lewat koreksi")
        REFUSED = "ditolak", _("Tidak dihitung")

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="late_sheets")
    op_id = models.UUIDField("nomor dari perangkat", unique=True)
    device_nonce = models.CharField("garam perangkat", max_length=64)
    server_nonce = models.CharField("garam server", max_length=64, blank=True)
    commitment = models.CharField("ikrar", max_length=64, blank=True)
    base_rev = models.PositiveSmallIntegerField("revisi yang diubah", default=0)
    marks = models.JSONField("nilai")  # {indicator: text}
    remarks = models.JSONField("alasan nilai", default=dict)  # {indicator: text}
    note = models.TextField("catatan", blank=True)
    reason = models.TextField("alasan perubahan", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("diterima server")
    decision = models.CharField("putusan", max_length=10, choices=Decision, blank=True, default="")
    proposal_reason = models.TextField("alasan usul", blank=True)  # why the bureau proposed that it be counted
    decision_reason = models.TextField("alasan putusan", blank=True)  # why it is not counted
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="diputus oleh"
    )  # whoever refused it, or gave the last yes; None: decided before this was kept
    decided_at = models.DateTimeField("diputus", null=True)

    class Meta:
        ordering = ["at"]

    def __str__(self):
        return f"Lembar terlambat {self.assignment}"

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
    def is_waiting(self) -> bool:
        return self.decision == self.Decision.WAITING

    def is_held_by(self, user) -> bool:
        return self.by_id == user.pk

    def has_conflict(self, user) -> bool:
        return self.assignment.has_conflict(user)
