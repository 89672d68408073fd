"""One run of a programme: its stages, titles, calendar and the lock of its rules."""

from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sp2k.base.clock import has_passed
from sp2k.base.language import spoken_instant
from sp2k.base.models import Blob
from sp2k.editions.period import Period
from sp2k.instruments.models import Instrument
from sp2k.journal.models import Chain
from sp2k.regions.models import Region


class Edition(models.Model):
    """One run of a programme in one region. `source` is the edition file as given; the rows are read from it."""

    code = models.CharField("kode", max_length=40, unique=True)
    name = models.CharField("nama", max_length=200)
    short_name = models.CharField("singkatan", max_length=40)
    year = models.PositiveSmallIntegerField("tahun")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="wilayah")
    region_name = models.CharField("nama wilayah", max_length=120)  # as the edition calls it; from the decision on it stands
    regions_at = models.DateTimeField("daftar wilayah per")  # the list of regions in force when it was opened
    organiser = models.CharField("penyelenggara", max_length=200)
    zone = models.CharField("zona waktu", max_length=40)
    source = models.TextField("berkas edisi")
    rules = models.JSONField("isi berkas edisi")  # as read, decimals as text
    chain = models.OneToOneField(Chain, models.PROTECT, related_name="+")
    is_sample = models.BooleanField("data contoh", default=False)
    announced_at = models.DateTimeField("rencana pengumuman", null=True)
    rules_hash = models.CharField("sidik aturan", max_length=64, blank=True)
    rules_locked_at = models.DateTimeField("aturan dikunci", null=True)
    published_at = models.DateTimeField("diterbitkan", null=True)
    voided_at = models.DateTimeField("dibatalkan", null=True)  # only a draft, with locked rules never
    voided_reason = models.TextField("alasan pembatalan", blank=True)
    abandoned_at = models.DateTimeField("ditutup tanpa hasil", null=True)  # locked, and nothing of it published
    abandoned_reason = models.TextField("alasan penutupan", blank=True)
    shares_name = models.BooleanField("bernama sama dengan edisi lain", null=True)  # its code then stands beside it

    class Meta:
        ordering = ["-year", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(rules_locked_at=None, rules_hash="")
                | models.Q(rules_locked_at__isnull=False) & ~models.Q(rules_hash=""),
                name="locked_rules_have_a_hash",
            ),
            models.CheckConstraint(
                condition=models.Q(abandoned_at=None)
                | models.Q(rules_locked_at__isnull=False, published_at=None) & ~models.Q(abandoned_reason=""),
                name="an_abandoned_edition_has_a_reason_and_no_result",
            ),
        ]

    def __str__(self):
        name = f"{self.short_name} {self.region_name} {self.year}"
        return f"{name} ({self.code})" if self.shares_name and not self.is_published else name

    @property
    def region_code(self) -> str:
        return self.region_id

    @property
    def standing_return(self) -> "ReturnedResult | None":
        """The return of the result that the bureau has not answered yet."""
        return next((row for row in self.returns.all() if row.answered_at is None), None)

    @property
    def result_subject(self) -> str:
        """What an approval of the result is about: each return begins a new round, in which no earlier yes counts."""
        n = len(self.returns.all())
        return f"{self.code} {n + 1}" if n else self.code

    @property
    def has_locked_rules(self) -> bool:
        return self.rules_locked_at is not None

    @property
    def is_voided(self) -> bool:
        return self.voided_at is not None

    @property
    def is_abandoned(self) -> bool:
        return self.abandoned_at is not None

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def edition(self):
        """An edition is its own edition: what the policy asks of every object."""
        return self


class Title(models.Model):
    """What the holder of a place is called, in full: Juara I, Juara Harapan II; `short` is for pictures alone."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="titles")
    place = models.PositiveSmallIntegerField("tempat")
    name = models.CharField("gelar", max_length=80)
    short = models.CharField("bentuk pendek", max_length=40, blank=True)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["edition", "place"], name="one_title_per_place")]

    def __str__(self):
        return self.name


class Stage(Period, models.Model):
    """A step of an edition. Its rules are locked with the edition; its dates are the calendar and may move."""

    class Kind(models.TextChoices):
        FILLING = "isian", _("Pengisian")
        SELECTION = "seleksi", _("Peringkat kabupaten/kota")
        SCORING = "penilaian", _("Penilaian juri")
        VISIT = "kunjungan", _("Tinjau lapang")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="stages")
    code = models.CharField("kode", max_length=30)
    position = models.PositiveSmallIntegerField("urutan")
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    name = models.CharField("nama", max_length=120)
    instrument = models.ForeignKey(Instrument, models.PROTECT, null=True, related_name="+")
    rules = models.JSONField("aturan tahap")
    opens_at = models.DateTimeField("dibuka")
    closes_at = models.DateTimeField("ditutup")
    checks_until = models.DateTimeField("batas verifikasi", null=True)
    locked_at = models.DateTimeField("dikunci", null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="one_stage_per_code"),
            models.UniqueConstraint(fields=["edition", "position"], name="one_stage_per_position"),
            models.CheckConstraint(condition=models.Q(closes_at__gt=models.F("opens_at")), name="stage_ends_after_start"),
        ]

    def __str__(self):
        return f"{self.name} {self.edition}"

    @property
    def region_code(self) -> str:
        return self.edition.region_id

    @property
    def stage(self):
        """A stage is its own stage: what the policy asks of every object below it."""
        return self

    @property
    def has_locked_rules(self) -> bool:
        return self.edition.has_locked_rules

    @property
    def is_running(self) -> bool:
        """Whether anything may still happen here: not locked, of an edition that was not left."""
        return self.has_locked_rules and not self.is_locked and not self.edition.is_abandoned

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    def is_open(self, now: datetime) -> bool:
        """Between its dates, the last minute included, and not locked."""
        return self.is_running and self.opens_at <= now and not has_passed(self.closes_at, now)

    def has_begun(self, now: datetime) -> bool:
        return self.has_locked_rules and self.opens_at <= now

    def is_over(self, now: datetime) -> bool:
        """Locked, or past the last minute of its deadline."""
        return self.has_locked_rules and (self.is_locked or has_passed(self.closes_at, now))

    def is_open_for_checks(self, now: datetime) -> bool:
        """Verifiers may go on until their own later date."""
        return self.is_running and self.opens_at <= now and not has_passed(self.ends_at, now)

    @property
    def jurors_note_claims(self) -> bool:
        """Whether the rules ask every juror, not the chair alone, to note what is claimed at a presentation."""
        return bool(self.rules.get("klaim_oleh_juri"))

    def is_followed(self, now: datetime) -> bool:
        """Locked, or the stage after it has begun: those who come later may look at it."""
        return self.is_locked or bool(self.next_stage and self.next_stage.opens_at <= now)

    def opening_in_words(self, now: datetime, *, checks: bool = False) -> str:
        """Say how the stage stands by the clock: locked, not yet begun, open, or past its deadline.

        With `checks` the deadline is that of the verifiers.
        """
        zone = self.edition.zone
        if not self.has_locked_rules:
            return gettext("Tahap %s belum dimulai: aturan edisi belum dikunci.") % self.name
        if self.edition.is_abandoned:
            return gettext("Edisi ini sudah ditutup tanpa hasil; tidak ada yang diterima lagi.")
        if self.is_locked:
            said, at = gettext("Tahap %(stage)s sudah dikunci pada %(when)s."), self.locked_at
        elif now < self.opens_at:
            said, at = gettext("Tahap %(stage)s baru dibuka pada %(when)s."), self.opens_at
        elif not has_passed(self.ends_at if checks else self.closes_at, now):
            said, at = gettext("Tahap %(stage)s masih dibuka sampai %(when)s."), self.ends_at if checks else self.closes_at
        elif checks and self.checks_until:
            said, at = gettext("Batas verifikasi tahap %(stage)s sudah lewat: %(when)s."), self.checks_until
        else:
            said, at = gettext("Batas waktu tahap %(stage)s sudah lewat: %(when)s."), self.closes_at
        return said % {"stage": self.name, "when": spoken_instant(at, zone)}

    @cached_property
    def next_stage(self):
        """The stage that those who advance enter, or None."""
        return self.edition.stages.filter(position__gt=self.position).first()


class Approval(models.Model):
    """One person's yes to one act, by account or recorded from a scanned, dated, numbered paper."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="approvals")
    act = models.CharField("tindakan", max_length=40)
    subject = models.CharField("tentang", max_length=80)
    role = models.CharField("atas nama peran", max_length=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("pada")
    paper_number = models.CharField("nomor surat", max_length=80, blank=True)
    paper_date = models.DateField("tanggal surat", null=True)
    paper = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+", verbose_name="pindaian")
    # Of a yes to a lock: the last journal line that had changed the stage. What comes later makes the yes lapse.
    seen = models.PositiveIntegerField("baris yang dilihat", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "act", "subject", "role", "by"], condition=models.Q(seen=None),
                name="one_yes_per_person_and_role",
            ),
            models.UniqueConstraint(
                fields=["edition", "act", "subject", "role", "by", "seen"], name="one_yes_to_each_state_of_a_stage"
            ),
            models.CheckConstraint(
                condition=models.Q(paper_number="", paper_date=None)
                | ~models.Q(paper_number="") & models.Q(paper_date__isnull=False),
                name="a_paper_has_number_and_date",
            ),
        ]

    def __str__(self):
        return f"{self.act} {self.subject}: {self.by}"


class Proposal(models.Model):
    """An act that waits for someone's yes before it can be done; `about` and `reason` are what that person reads."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="proposals")
    act = models.CharField("tindakan", max_length=40)
    subject = models.CharField("tentang", max_length=80)
    about = models.TextField("yang diusulkan")
    reason = models.TextField("alasan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diusulkan oleh")
    at = models.DateTimeField("diusulkan")
    done_at = models.DateTimeField("dilaksanakan", null=True)
    withdrawn_at = models.DateTimeField("ditarik", null=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "act", "subject"], condition=models.Q(done_at=None, withdrawn_at=None),
                name="one_open_proposal_per_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(withdrawn_at=None), name="a_proposal_is_done_or_withdrawn"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Usul {self.act} {self.subject}".strip()

    @property
    def is_waiting(self) -> bool:
        return self.done_at is None and self.withdrawn_at is None


class ReturnedResult(models.Model):
    """A leader sends the result back with a reason instead of a yes; the bureau answers and proposes it anew."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="returns")
    number = models.PositiveSmallIntegerField("yang ke-")
    reason = models.TextField("alasan")
    commitment = models.CharField("ikrar alasan", max_length=64)
    device_nonce = models.CharField("garam pertama", max_length=64)
    server_nonce = models.CharField("garam kedua", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dikembalikan oleh")
    at = models.DateTimeField("dikembalikan")
    answer = models.TextField("jawaban", blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("diajukan lagi", null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_return_per_number"),
            models.UniqueConstraint(
                fields=["edition"], condition=models.Q(answered_at=None), name="one_return_awaits_its_answer"
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answer="")
                | models.Q(answered_at__isnull=False) & ~models.Q(answer=""),
                name="an_answered_return_has_its_answer",
            ),
        ]

    def __str__(self):
        return f"{self.edition}, pengembalian ke-{self.number}"


class EditionText(models.Model):
    """One version of a draft's file. `is_standing` is False for a text that came too late: kept, never in force."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="texts")
    number = models.PositiveSmallIntegerField("versi")
    text = models.TextField("naskah")
    sha256 = models.CharField("sidik", max_length=64)
    base_sha256 = models.CharField("sidik naskah asalnya", max_length=64, blank=True)
    is_standing = models.BooleanField("berlaku", default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("pada")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="one_text_per_number")]

    def __str__(self):
        return f"{self.edition.code}, versi {self.number}"


class Move(models.Model):
    """Dates someone asks to move; carried out at once, or when the declared approvals are there. No stage: announcement."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="moves")
    stage = models.ForeignKey(Stage, models.PROTECT, null=True, related_name="moves")
    opens_at = models.DateTimeField("dibuka", null=True)
    closes_at = models.DateTimeField("ditutup atau diumumkan")
    checks_until = models.DateTimeField("batas verifikasi", null=True)
    despite_closed_day = models.BooleanField("tetap pada hari libur", default=False)
    reason = models.TextField("alasan")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diusulkan oleh")
    at = models.DateTimeField("diusulkan")
    done_at = models.DateTimeField("dilaksanakan", null=True)
    withdrawn_at = models.DateTimeField("ditarik", null=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(withdrawn_at=None), name="a_move_is_done_or_withdrawn"
            ),
        ]

    def __str__(self):
        return f"{self.stage.name if self.stage else 'Pengumuman'}, {self.edition}"

    @property
    def region_code(self) -> str:
        return self.edition.region_id

    @property
    def is_waiting(self) -> bool:
        return self.done_at is None and self.withdrawn_at is None
