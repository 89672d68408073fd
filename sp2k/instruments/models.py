"""Instruments as published: the file is the truth, compiled when needed (ADR 0003)."""

from django.db import models


class Instrument(models.Model):
    """One version of an instrument. `source` is the YAML text as given."""

    code = models.CharField("kode", max_length=80, unique=True)
    name = models.CharField("nama", max_length=250)
    source = models.TextField("berkas instrumen")
    sha256 = models.CharField("sidik berkas", max_length=64, unique=True)
    maximum = models.CharField("maksimum", max_length=40)
    n_indicators = models.PositiveIntegerField("jumlah indikator")
    imported_at = models.DateTimeField("dimuat")

    class Meta:
        ordering = ["code"]

    def __str__(self):
        return self.name
