"""Kecamatan taking part, what they claim, their evidence, and what the regency's verifier found."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sp2k.accounts.roles import Role
from sp2k.base.models import Blob
from sp2k.editions.models import Edition, Stage
from sp2k.regions.models import Region


class Entry(models.Model):
    """A kecamatan taking part in an edition. It keeps the names and traits it entered with, whatever becomes of its region."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="entries")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="kecamatan")
    name = models.CharField("nama saat masuk", max_length=120)
    regency_name = models.CharField("kabupaten/kota saat masuk", max_length=120)
    traits = models.JSONField("sifat saat masuk", default=list)  # kabupaten, kota, ada_desa

    class Meta:
        ordering = ["region"]
        constraints = [models.UniqueConstraint(fields=["edition", "region"], name="one_entry_per_kecamatan")]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        """`Kecamatan Taman, Kabupaten Sidoarjo`, as of the edition."""
        return f"Kecamatan {self.name}, {self.regency_name}"


class Participation(models.Model):
    """An entry in one stage: who is filled in, ranked, heard or visited there."""

    stage = models.ForeignKey(Stage, models.PROTECT, related_name="participations")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="participations")
    entered_at = models.DateTimeField("masuk tahap")

    class Meta:
        ordering = ["stage", "entry__region"]
        constraints = [models.UniqueConstraint(fields=["stage", "entry"], name="one_participation_per_stage")]

    def __str__(self):
        return f"{self.entry} · {self.stage.name}"

    @property
    def region_code(self) -> str:
        return self.entry.region_id

    @property
    def edition(self):
        return self.stage.edition

    def is_judged_by(self, user) -> bool:
        """Nobody judges a form. Who judges its entry reads it by that: `sp2k.judging.queries.visits.PanelEntry`."""
        return False

    def is_open(self, now: datetime) -> bool:
        return self.stage.is_open(now)


class Sealed(models.Model):
    """What a person sealed and sent: written once, each change a new revision. Room for its receipt is kept."""

    revision = models.PositiveSmallIntegerField("revisi")
    op_id = models.UUIDField("nomor dari perangkat", unique=True)
    device_nonce = models.CharField("garam perangkat", max_length=64)
    server_nonce = models.CharField("garam server", max_length=64)
    commitment = models.CharField("ikrar", max_length=64)
    receipt = models.JSONField("tanda terima", null=True)
    reason = models.TextField("alasan perubahan", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    at = models.DateTimeField("diterima server")
    voided_at = models.DateTimeField("dibatalkan", null=True)
    voided_reason = models.TextField("alasan pembatalan", blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="dibatalkan oleh"
    )
    voided_as = models.CharField("dibatalkan sebagai", max_length=1, choices=Role, blank=True)

    class Meta:
        abstract = True

    @property
    def is_voided(self) -> bool:
        """Whether it was withdrawn as a mistake: it stays, and nothing rests on it any more."""
        return self.voided_at is not None

    @property
    def voided_words(self) -> str:
        """Who withdrew it, in which role, and why: the reason is never shown without whose it is."""
        why = self.voided_reason if self.voided_reason.endswith((".", "!", "?")) else f"{self.voided_reason}."
        if self.voided_by is None:
            return gettext("dibatalkan; alasan yang membatalkan: %(why)s") % {"why": why}
        return gettext("dibatalkan oleh %(by)s (%(role)s) karena: %(why)s") % {
            "by": self.voided_by.name, "role": self.get_voided_as_display(), "why": why,
        }  # fmt: skip


class Form(Sealed):
    """The kecamatan's own sheet: its claims, as sent. Corrections are new forms; nothing is overwritten."""

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="forms")

    class Meta:
        ordering = ["participation", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "revision"], name="one_form_per_revision"),
            models.CheckConstraint(
                condition=models.Q(revision=1) | ~models.Q(reason=""), name="a_changed_form_has_a_reason"
            ),
        ]

    def __str__(self):
        return f"Isian {self.participation.entry}, revisi {self.revision}"

    @property
    def region_code(self) -> str:
        return self.participation.region_code

    @property
    def stage(self):
        return self.participation.stage

    @property
    def edition(self):
        return self.stage.edition

    @property
    def standing_verifications(self) -> list:
        """The decisions on this form that were not voided, oldest first."""
        return [row for row in self.verifications.all() if not row.is_voided]

    @property
    def is_accepted(self) -> bool:
        return any(row.decision == Verification.Decision.ACCEPTED for row in self.standing_verifications)


class Evidence(models.Model):
    """A document behind claims; one file may back many of them."""

    RESTS = models.Q(form__voided_at=None)  # what a voided form carried holds no file back from being erased

    form = models.ForeignKey(Form, models.PROTECT, related_name="evidence")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="berkas")
    name = models.CharField("nama berkas", max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "name"], name="one_document_per_name")]

    def __str__(self):
        return self.name


class Answer(models.Model):
    """What was claimed for one indicator: values by input key, and evidence (document name) by evidence key."""

    form = models.ForeignKey(Form, models.PROTECT, related_name="answers")
    indicator = models.CharField("indikator", max_length=20)
    values = models.JSONField("isian")
    documents = models.JSONField("bukti")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "indicator"], name="one_answer_per_indicator")]

    def __str__(self):
        return self.indicator


class Verification(Sealed):
    """What a regency's verifier decided about a form: accepted with findings, or returned with a reason."""

    class Decision(models.TextChoices):
        ACCEPTED = "diterima", _("Diterima")
        RETURNED = "dikembalikan", _("Dikembalikan")

    form = models.ForeignKey(Form, models.PROTECT, related_name="verifications")
    decision = models.CharField("putusan", max_length=12, choices=Decision)

    class Meta:
        ordering = ["form", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["form", "revision"], name="one_verification_per_revision"),
            models.CheckConstraint(
                condition=models.Q(revision=1, decision="diterima") | ~models.Q(reason=""),
                name="a_return_or_change_has_a_reason",
            ),
        ]

    def __str__(self):
        return f"Putusan verifikasi {self.form}"

    @property
    def region_code(self) -> str:
        return self.form.region_code

    @property
    def stage(self):
        return self.form.stage

    @property
    def edition(self):
        return self.stage.edition


class Finding(models.Model):
    """The verifier's finding on one indicator: the evidence keys accepted, and the exact points that follow."""

    verification = models.ForeignKey(Verification, models.PROTECT, related_name="findings")
    indicator = models.CharField("indikator", max_length=20)
    accepted = models.JSONField("bukti diterima")
    points = models.CharField("poin", max_length=40)  # exact: "0.25" or "2/3"
    note = models.TextField("catatan", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["verification", "indicator"], name="one_finding_per_indicator")]

    def __str__(self):
        return self.indicator


class CheckDraft(models.Model):
    """What one verifier ticked and wrote about a form so far: nobody else's, and no finding before it is sent."""

    form = models.ForeignKey(Form, models.CASCADE, related_name="check_drafts")
    checks = models.JSONField("temuan", default=dict)  # {indicator: {"tolak": [key], "catatan": text, "diperiksa": bool}}
    reason = models.TextField("alasan pengembalian", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    updated_at = models.DateTimeField("disimpan")

    class Meta:
        ordering = ["form", "updated_at"]
        constraints = [models.UniqueConstraint(fields=["form", "by"], name="one_check_draft_per_verifier")]

    def __str__(self):
        return f"Draf temuan {self.form}"


class FormDraft(models.Model):
    """A form being filled in: only the kecamatan sees it, and nothing is claimed until it is sent."""

    participation = models.OneToOneField(Participation, models.CASCADE, related_name="draft")
    answers = models.JSONField("isian", default=dict)  # {indicator: {"isian": {key: text}, "bukti": {key: name}}}
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="terakhir oleh")
    updated_at = models.DateTimeField("disimpan")
    restored_from = models.ForeignKey(  # the voided form whose content came back as this draft
        Form, models.PROTECT, null=True, related_name="+", verbose_name="kembali dari isian yang dibatalkan"
    )

    def __str__(self):
        return f"Draf {self.participation.entry}"


class DraftDocument(models.Model):
    """An evidence file uploaded into a draft; it is kept once, however many answers name it."""

    RESTS = models.Q(draft__restored_from=None)  # what came back from a voided form holds no file back, as that did not

    draft = models.ForeignKey(FormDraft, models.CASCADE, related_name="documents")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="berkas")
    name = models.CharField("nama berkas", max_length=200)

    class Meta:
        ordering = ["draft", "name"]
        constraints = [models.UniqueConstraint(fields=["draft", "name"], name="one_draft_document_per_name")]

    def __str__(self):
        return self.name


class Innovation(models.Model):
    """What a kecamatan tells of its own: an initiative, a collaboration or an innovation that others may copy."""

    RESTS = models.Q(voided_at=None)

    class Kind(models.TextChoices):
        INITIATIVE = "inisiatif", _("Inisiatif")
        COLLABORATION = "kolaboratif", _("Kolaboratif")
        INNOVATION = "inovasi", _("Inovasi")

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="innovations")
    number = models.PositiveSmallIntegerField("nomor")
    kind = models.CharField("jenis", max_length=12, choices=Kind)
    title = models.CharField("judul", max_length=200)
    problem = models.TextField("masalah yang dijawab")
    works = models.TextField("cara kerja")
    benefit = models.TextField("manfaat, dengan angka")
    since_year = models.PositiveSmallIntegerField("sejak tahun", null=True)
    place = models.CharField("tempat dilihat", max_length=200, blank=True)
    document = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+", verbose_name="berkas")
    document_name = models.CharField("nama berkas", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh")
    updated_at = models.DateTimeField("disimpan")
    voided_at = models.DateTimeField("dibatalkan", null=True)
    voided_reason = models.TextField("alasan pembatalan", blank=True)

    class Meta:
        ordering = ["entry", "number"]
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="one_innovation_per_number")]

    def __str__(self):
        return f"Inovasi {self.number}"
