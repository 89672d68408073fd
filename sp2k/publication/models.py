"""What is issued and published, made from the frozen result. What is printed is what is stored, and both are sealed."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models

from sp2k.base.models import Blob
from sp2k.editions.models import Edition, Stage


class Issued(models.Model):
    """A document as issued: its PDF, the facts of the day printed in it, the journal's head it prints, its seal."""

    document = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="dokumen")
    facts = models.JSONField("fakta hari itu", default=dict)
    journal_size = models.PositiveIntegerField("jumlah baris jurnal yang tercetak", default=0)
    journal_head = models.CharField("kepala jurnal yang tercetak", max_length=64, blank=True)
    commitment = models.CharField("ikrar dokumen", max_length=64)
    device_nonce = models.CharField("garam pertama", max_length=64)
    server_nonce = models.CharField("garam kedua", max_length=64)

    class Meta:
        abstract = True


class Minutes(Issued):
    """The minutes of a judged stage. Made anew they get a further revision with its reason; earlier ones stay."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="minutes")
    revision = models.PositiveSmallIntegerField("revisi")
    number = models.CharField("nomor", max_length=80)
    signed_on = models.DateField("tanggal berita acara")
    place = models.CharField("tempat", max_length=120)
    reason = models.TextField("alasan dibuat lagi", blank=True)
    made_at = models.DateTimeField("dibuat")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["stage", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "revision"], name="one_minutes_per_revision"),
            models.CheckConstraint(
                condition=models.Q(revision=1) | ~models.Q(reason=""), name="minutes_made_anew_have_a_reason"
            ),
        ]

    def __str__(self):
        return f"Berita acara {self.number}"

    @property
    def replaced_by(self) -> "Minutes | None":
        """The minutes that stand in the place of these: the newest of the stage, where those are not these."""
        return Minutes.objects.filter(stage=self.stage_id, revision__gt=self.revision).order_by("revision").last()


class Decree(Issued):
    """The decree as issued: number, date and the PDF made from the frozen result."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="decree")
    number = models.CharField("nomor", max_length=80, unique=True)
    signed_on = models.DateField("tanggal ditetapkan")
    issued_at = models.DateTimeField("dibuat")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(number=""), name="a_decree_has_a_number")]

    def __str__(self):
        return f"Keputusan {self.number}"


class Amendment(Issued):
    """A further act that corrects an issued decree: it adds and explains, the decree itself stays as issued.

    One person proposes, another approves; only then there is a document, and `commitment` seals it. A proposal may be
    withdrawn.
    """

    decree = models.ForeignKey(Decree, models.PROTECT, related_name="amendments")
    position = models.PositiveSmallIntegerField("urutan")
    number = models.CharField("nomor", max_length=80)
    signed_on = models.DateField("tanggal ditetapkan")
    corrects = models.TextField("yang dibetulkan")
    reason = models.TextField("alasan")
    proposed_at = models.DateTimeField("diusulkan")
    proposal_commitment = models.CharField("ikrar usul", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    document = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+", verbose_name="dokumen")
    approved_at = models.DateTimeField("disetujui", null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_as = models.CharField("disetujui sebagai", max_length=1, blank=True)
    withdrawn_at = models.DateTimeField("ditarik", null=True)

    class Meta:
        ordering = ["decree", "position"]
        constraints = [
            models.UniqueConstraint(fields=["decree", "position"], name="one_amendment_per_position"),
            models.UniqueConstraint(
                fields=["decree"], condition=models.Q(approved_at=None, withdrawn_at=None), name="one_open_amendment"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at=None, document=None)
                | models.Q(approved_at__isnull=False, document__isnull=False, withdrawn_at=None),
                name="an_amendment_in_force_has_a_document",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("by")),
                name="an_amendment_is_approved_by_another",
            ),
        ]

    def __str__(self):
        return f"Pembetulan {self.number}"

    @property
    def edition(self):
        return self.decree.edition

    @property
    def holds_from_its_yes(self) -> bool:
        """Whether it was dated before the day of its approval: then it holds from its approval, not from its date."""
        zone = ZoneInfo(self.edition.zone)
        return self.approved_at is not None and self.approved_at.astimezone(zone).date() > self.signed_on

    @property
    def region_code(self) -> str:
        return self.decree.edition.region_id

    @property
    def is_at_decision(self) -> bool:
        """What the policy asks of it: a decree was issued, so the last stage was locked long before."""
        return True

    @property
    def is_waiting(self) -> bool:
        return self.approved_at is None and self.withdrawn_at is None


class Publication(models.Model):
    """That a result was published; once. The unique key is what two simultaneous publishers meet."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="publication")
    published_at = models.DateTimeField("diterbitkan")
    journal_size = models.PositiveIntegerField("jumlah baris jurnal")
    journal_head = models.CharField("kepala jurnal", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self):
        return f"Pengumuman {self.edition}"


class SentHead(models.Model):
    """That a head of the journal was sent to the regencies as a text: whoever rewrites the journal cannot fetch it back."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="sent_heads")
    size = models.PositiveIntegerField("jumlah baris jurnal")
    head = models.CharField("kepala jurnal", max_length=64)
    text = models.TextField("isi")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("dikirim")

    class Meta:
        ordering = ["edition", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "size"], name="one_text_per_head")]

    def __str__(self):
        return f"Kepala jurnal {self.edition}, {self.size} baris"
