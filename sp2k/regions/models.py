"""Regions by the codes of Kemendagri. A code is text: `35.10` and `35.1` are two different places."""

from django.db import models


class RegionList(models.Model):
    """One list of regions as the ministry decreed it."""

    decree = models.CharField("nomor Kepmendagri", max_length=60, unique=True)
    sha256 = models.CharField("sidik daftar", max_length=64)
    imported_at = models.DateTimeField("dimuat")

    def __str__(self):
        return self.decree


class Region(models.Model):
    """A province, a kabupaten or kota, or a kecamatan."""

    class Level(models.TextChoices):
        PROVINCE = "provinsi", "Provinsi"
        KABUPATEN = "kabupaten", "Kabupaten"
        KOTA = "kota", "Kota"
        KECAMATAN = "kecamatan", "Kecamatan"

    code = models.CharField("kode", max_length=13, primary_key=True)
    name = models.CharField("nama", max_length=120)
    level = models.CharField("tingkat", max_length=10, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    source = models.ForeignKey(RegionList, models.PROTECT, related_name="regions")
    population = models.PositiveIntegerField("penduduk", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level="provinsi", parent=None)
                | ~models.Q(level="provinsi") & ~models.Q(parent=None),
                name="only_a_province_stands_alone",
            )
        ]
        indexes = [models.Index(fields=["level", "code"])]

    def __str__(self):
        return self.full_name

    @property
    def region_code(self) -> str:
        """A region reaches itself: what the policy asks of every object."""
        return self.code

    @property
    def full_name(self) -> str:
        """`Kecamatan Taman, Kabupaten Sidoarjo`: a kecamatan is never named without its regency."""
        return f"Kecamatan {self.name}, {self.parent.name}" if self.level == self.Level.KECAMATAN else self.name
