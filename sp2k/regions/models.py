"""Regions by the codes of Kemendagri. A code is text: `35.10` and `35.1` are two different places.

A region has a key of its own (`code`) and the ministry's code of today (`listed_code`): a newer list may give the code of
one region to another, and nothing that rests on a region follows the code (decision 0040).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sp2k.base.models import Blob
from sp2k.regions.folding import fold, is_name_of


class RegionList(models.Model):
    """One list of regions as the ministry decreed it."""

    decree = models.CharField("nomor Kepmendagri", max_length=60, unique=True)
    sha256 = models.CharField("sidik daftar", max_length=64)
    imported_at = models.DateTimeField("dimuat")

    def __str__(self):
        return self.decree


class ProposedList(models.Model):
    """A newer list that was uploaded and is looked at; nothing changes before it is applied."""

    decree = models.CharField("nomor Kepmendagri", max_length=60)
    name = models.CharField("nama berkas", max_length=200)
    file = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="berkas")
    uploaded_at = models.DateTimeField("diunggah")
    uploaded_by = models.CharField("oleh", max_length=150)  # accounts stand above regions
    applied_at = models.DateTimeField("diterapkan", null=True)
    withdrawn_at = models.DateTimeField("ditarik", null=True)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self):
        return self.decree

    @property
    def is_waiting(self) -> bool:
        return self.applied_at is None and self.withdrawn_at is None


class IdentityAnswer(models.Model):
    """What a person said of one proposed pair: the region that stands, and the code of the list, are the same or not."""

    proposed = models.ForeignKey(ProposedList, models.PROTECT, related_name="answers")
    region = models.ForeignKey("Region", models.PROTECT, related_name="+", verbose_name="wilayah")
    code = models.CharField("kode pada daftar baru", max_length=13)
    is_same = models.BooleanField("wilayah yang sama")
    by = models.CharField("oleh", max_length=150)  # accounts stand above regions
    at = models.DateTimeField("dijawab")

    class Meta:
        ordering = ["proposed", "region", "code"]
        constraints = [models.UniqueConstraint(fields=["proposed", "region", "code"], name="one_answer_per_pair")]

    def __str__(self):
        return f"{self.region_id} = {self.code}: {'sama' if self.is_same else 'lain'}"


ENDED = "(berakhir)"


class Region(models.Model):
    """A province, a kabupaten or kota, or a kecamatan. One that a newer list no longer holds stays, with its end.

    `code` is its key for good: the ministry's code under which it first came, or that code with `-2` where another region
    had it before. Everything that rests on a region holds this key, and a part's key begins with its parent's.
    `listed_code` is the ministry's code today: what people type and read.
    """

    class Level(models.TextChoices):
        PROVINCE = "provinsi", _("Provinsi")
        KABUPATEN = "kabupaten", _("Kabupaten")
        KOTA = "kota", _("Kota")
        KECAMATAN = "kecamatan", _("Kecamatan")

    code = models.CharField("nomor tetap", max_length=13, primary_key=True)
    listed_code = models.CharField("kode menurut daftar", max_length=13)
    name = models.CharField("nama", max_length=120)
    folded = models.CharField("nama untuk dicari", max_length=120)
    level = models.CharField("tingkat", max_length=10, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    source = models.ForeignKey(RegionList, models.PROTECT, related_name="regions")
    listed_at = models.DateTimeField("berlaku sejak")  # when the first list with it was loaded
    ended_at = models.DateTimeField("tidak lagi tercantum sejak", null=True)
    followed_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="forerunners", verbose_name="dilanjutkan oleh"
    )
    population = models.PositiveIntegerField("penduduk", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level="provinsi", parent=None)
                | ~models.Q(level="provinsi") & ~models.Q(parent=None),
                name="only_a_province_stands_alone",
            ),
            models.UniqueConstraint(
                fields=["listed_code"], condition=models.Q(ended_at=None), name="one_region_per_listed_code"
            ),
        ]
        indexes = [
            models.Index(fields=["level", "code"]),
            models.Index(fields=["listed_code"], name="regions_listed_code"),
        ]

    def __str__(self):
        return self.full_name

    def call(self, name: str) -> None:
        """Give the region a name, and the form in which it is searched."""
        self.name, self.folded = name, fold(name)[:120]

    @property
    def region_code(self) -> str:
        """A region reaches itself: what the policy asks of every object."""
        return self.code

    @property
    def full_name(self) -> str:
        """`Kecamatan Taman, Kabupaten Sidoarjo`: a kecamatan is never named without its regency."""
        return f"Kecamatan {self.name}, {self.parent.name}" if self.level == self.Level.KECAMATAN else self.name

    @property
    def name_in_lists(self) -> str:
        """The full name as a list shows it beside the code: of one that ended with a word for it, since its code may be
        another region's by now.
        """
        return f"{self.full_name} {ENDED}" if self.ended_at else self.full_name

    def is_called(self, written: str) -> bool:
        """Whether a name beside a code in a list means this region; an empty one says nothing against it."""
        own, comma, above = written.partition(",")
        is_own = not own.strip() or is_name_of(own, self.name, self.level)
        return is_own and (not comma or self.parent is not None and self.parent.is_called(above))


class FormerName(models.Model):
    """What a region was called until an instant: before a newer list, or before a name was corrected."""

    class Kind(models.TextChoices):
        RENAMED = "berganti", _("Berganti nama")
        CORRECTED = "dibetulkan", _("Dibetulkan")

    region = models.ForeignKey(Region, models.PROTECT, related_name="former_names")
    name = models.CharField("nama", max_length=120)
    until = models.DateTimeField("sampai")
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    basis = models.CharField("dasar", max_length=200)

    class Meta:
        ordering = ["region", "-until"]

    def __str__(self):
        return f"{self.region_id}: {self.name}"


class FormerCode(models.Model):
    """The ministry's code of a region until an instant: before a newer list gave it another one."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="former_codes")
    code = models.CharField("kode", max_length=13)
    until = models.DateTimeField("sampai")
    basis = models.CharField("dasar", max_length=200)

    class Meta:
        ordering = ["region", "-until"]

    def __str__(self):
        return f"{self.region_id}: {self.code}"
