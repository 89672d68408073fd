"""What is stored for every edition alike: files by content, and the demonstration's clock."""

from django.db import models


class Blob(models.Model):
    """A file as received, named by its SHA-256; the bytes lie in the blob folder."""

    sha256 = models.CharField("sidik SHA-256", max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField("ukuran dalam bita")
    content_type = models.CharField("jenis berkas", max_length=100)
    stored_at = models.DateTimeField("disimpan")
    erased_at = models.DateTimeField("dihapus", null=True)  # the bytes are gone; hash, size and the act stay

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(size__gt=0), name="blob_is_not_empty")]

    def __str__(self):
        return self.sha256[:12]


class DemonstrationClock(models.Model):
    """At `started_at` true time the demonstration's clock showed `instant`; one row, or none on a real server."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    instant = models.DateTimeField("waktu contoh")
    started_at = models.DateTimeField("dimulai")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_demonstration_clock")]

    def __str__(self):
        return self.instant.isoformat()
