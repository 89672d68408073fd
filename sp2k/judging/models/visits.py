"""What a visit looks into and what it finds."""

from django.conf import settings
from django.db import models

from sp2k.base.models import Blob
from sp2k.entries.models import Participation, Sealed
from sp2k.judging.models.panel import Assignment, Seat


class PresentationClaim(models.Model):
    """What an entry claimed when it presented, noted for the visit: one sentence, and where it can be seen."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="presentation_claims")
    code = models.CharField("kode", max_length=20)
    text = models.TextField("klaim")
    place = models.CharField("tempat dilihat", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dicatat oleh")
    at = models.DateTimeField("dicatat")
    voided_at = models.DateTimeField("dibatalkan", null=True)
    voided_reason = models.TextField("alasan pembatalan", blank=True)

    class Meta:
        ordering = ["participation", "code"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "code"], name="one_presentation_claim_per_code")
        ]

    def __str__(self):
        return f"Klaim paparan {self.code}"


class VisitPlan(Sealed):
    """Which claims of an entry the visitors look into, chosen and sealed beforehand; a change is a revision."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="visit_plans")

    class Meta:
        ordering = ["participation", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "revision"], name="one_visit_plan_per_revision"),
            models.CheckConstraint(
                condition=models.Q(revision=1) | ~models.Q(reason=""), name="a_changed_visit_plan_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"Rencana kunjungan {self.participation.entry}, revisi {self.revision}"


class PlannedClaim(models.Model):
    """One claim on a visit's plan, in the order in which it is to be looked into."""

    plan = models.ForeignKey(VisitPlan, models.PROTECT, related_name="claims")
    claim = models.CharField("klaim", max_length=20)
    position = models.PositiveSmallIntegerField("urutan")

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "claim"], name="one_planned_claim_per_plan")]

    def __str__(self):
        return self.claim


class ClaimPlace(models.Model):
    """Where a claim is to be looked at, when it is elsewhere than the claim itself says. Visitors may set it anew."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="claim_places")
    claim = models.CharField("klaim", max_length=20)
    place = models.CharField("tempat dilihat", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("ditetapkan")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participation", "claim"], name="one_place_per_claim")]

    def __str__(self):
        return f"Tempat klaim {self.claim}"


class VisitFinding(Sealed):
    """What the visitors found of one claim; its effect on points was declared before the visit."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="visit_findings")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    claim = models.CharField("klaim", max_length=20)
    verdict = models.CharField("temuan", max_length=20)
    note = models.TextField("catatan")
    place = models.CharField("tempat dilihat", max_length=200, blank=True)
    seen_at = models.DateTimeField("waktu dilihat", null=True)
    paper = models.ForeignKey("judging.PaperSheet", models.PROTECT, null=True, related_name="findings")

    class Meta:
        ordering = ["participation", "claim", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "claim", "revision"], name="one_visit_finding_per_revision"
            ),
            models.CheckConstraint(
                condition=models.Q(revision=1) | ~models.Q(reason=""), name="a_changed_finding_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"Temuan {self.claim} di {self.participation.entry}, revisi {self.revision}"

    @property
    def is_from_paper(self) -> bool:
        """Written on a visit's form, typed by two people and confirmed by the juror."""
        return self.paper_id is not None

    @property
    def region_code(self) -> str:
        return self.participation.stage.region_code

    @property
    def stage(self):
        return self.participation.stage

    @property
    def edition(self):
        return self.stage.edition


class HeldPhoto(models.Model):
    """A photo that reached us with a finding that could not be saved yet; only who took it sees it, until it is saved."""

    RESTS = models.Q(is_given_back=False)  # what came back from a voided finding holds no file back

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="held_photos")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="oleh")
    claim = models.CharField("klaim", max_length=20)
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="foto")
    name = models.CharField("nama berkas", max_length=200)
    at = models.DateTimeField("diterima server")
    is_given_back = models.BooleanField("kembali dari temuan yang dibatalkan", default=False)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "by", "claim", "blob"], name="one_held_photo_per_claim")
        ]

    def __str__(self):
        return self.name


class VisitPhoto(models.Model):
    """A picture taken at a visit, re-encoded without the place and time that a camera writes into it."""

    RESTS = models.Q(finding__voided_at=None)

    finding = models.ForeignKey(VisitFinding, models.PROTECT, related_name="photos")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="foto")
    name = models.CharField("nama berkas", max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "blob"], name="one_photo_per_finding")]

    def __str__(self):
        return self.name
