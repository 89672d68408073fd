"""What is issued and published, made from the frozen result."""

from django.conf import settings
from django.db import models

from sp2k.base.models import Blob
from sp2k.editions.models import Edition


class Decree(models.Model):
    """The decree as issued: number, date and the PDF made from the frozen result."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="decree")
    number = models.CharField("nomor", max_length=80, unique=True)
    signed_on = models.DateField("tanggal ditetapkan")
    document = models.ForeignKey(Blob, models.PROTECT, related_name="+", verbose_name="dokumen")
    commitment = models.CharField("ikrar dokumen", max_length=64)
    device_nonce = models.CharField("garam pertama", max_length=64)
    server_nonce = models.CharField("garam kedua", max_length=64)
    issued_at = models.DateTimeField("dibuat")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(number=""), name="a_decree_has_a_number")]

    def __str__(self):
        return f"Keputusan {self.number}"


class Publication(models.Model):
    """That a result was published; once. The unique key is what two simultaneous publishers meet."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="publication")
    published_at = models.DateTimeField("diterbitkan")
    journal_size = models.PositiveIntegerField("jumlah baris jurnal")
    journal_head = models.CharField("kepala jurnal", max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self):
        return f"Pengumuman {self.edition}"
