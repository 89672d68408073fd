"""Paper when phones fail: blank sheets with a code, typed by two people, scanned, confirmed by the juror."""

from django.conf import settings
from django.db import models

from sp2k.base.models import Blob
from sp2k.judging.models.panel import Assignment
from sp2k.judging.models.sheets import Sheet


class PaperSheet(models.Model):
    """A printed blank sheet of one duty. It becomes a sheet once typed alike twice, scanned and confirmed."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="papers")
    code = models.CharField("kode lembar", max_length=12, unique=True)
    printed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField("dicetak")
    scan = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+", verbose_name="pindaian")
    objection = models.TextField("keberatan juri", blank=True)
    confirmed_at = models.DateTimeField("dikonfirmasi juri", null=True)
    sheet = models.OneToOneField(Sheet, models.PROTECT, null=True, related_name="paper", verbose_name="lembar")

    class Meta:
        ordering = ["assignment", "printed_at"]

    def __str__(self):
        return f"{self.code}: {self.assignment}"


class PaperTyping(models.Model):
    """What one person read off the paper. Two different people type; where they differ, the paper is looked at again."""

    paper = models.ForeignKey(PaperSheet, models.PROTECT, related_name="typings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="pengetik")
    marks = models.JSONField("nilai seperti diketik", default=dict)  # {indicator: text}
    note = models.TextField("catatan", blank=True)
    at = models.DateTimeField("diketik")

    class Meta:
        ordering = ["paper", "at"]
        constraints = [models.UniqueConstraint(fields=["paper", "by"], name="one_typing_per_person_and_paper")]

    def __str__(self):
        return f"{self.paper.code}: {self.by}"
