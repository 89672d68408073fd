"""The journal: append-only hash chains by name. It knows no edition."""

from django.db import models


class Chain(models.Model):
    """One linear chain. Its row is the head, locked while a line is appended."""

    name = models.CharField("nama rantai", max_length=64, primary_key=True)
    genesis = models.TextField("naskah awal")
    size = models.PositiveIntegerField("jumlah baris", default=0)
    head = models.CharField("kepala", max_length=64)
    zone = models.CharField("zona waktu", max_length=40)

    def __str__(self):
        return self.name


class Line(models.Model):
    """One line: `canonical` is what was hashed. The person, the exact time and the nonces stay in this private record.

    From entry version 2 the hash covers a commitment to them, so that they cannot be changed either; the lines of
    version 1 have no number and no nonces.
    """

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="lines")
    seq = models.PositiveIntegerField("nomor urut")
    type = models.CharField("jenis", max_length=40)
    canonical = models.TextField("naskah")
    hash = models.CharField("sidik", max_length=64)
    at = models.DateTimeField("pukul")
    actor = models.CharField("oleh", max_length=150)
    op_id = models.UUIDField("nomor tindakan", null=True)
    device_nonce = models.CharField("garam perangkat", max_length=64, null=True)  # noqa: DJ001  none in version 1
    server_nonce = models.CharField("garam server", max_length=64, null=True)  # noqa: DJ001  none in version 1

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="one_line_per_number"),
            models.UniqueConstraint(fields=["chain", "hash"], name="one_line_per_hash"),
        ]
        ordering = ["chain", "seq"]

    def __str__(self):
        return f"{self.chain_id} no. {self.seq} {self.type}"


class Replaced(models.Model):
    """What an act found and replaced, kept beside its line, which commits to it under `was`: so it can still be read."""

    line = models.OneToOneField(Line, models.PROTECT, primary_key=True, related_name="replaced")
    content = models.JSONField("isi sebelumnya")

    def __str__(self):
        return f"sebelum {self.line_id}"


class ChainCheck(models.Model):
    """What one run found that held a chain against its rows: the verdict with its time, never derived from an older one."""

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="checks")
    at = models.DateTimeField("diperiksa")
    size = models.PositiveIntegerField("jumlah baris")
    head = models.CharField("kepala", max_length=64)
    n_opened = models.PositiveIntegerField("terbuka")
    n_erased = models.PositiveIntegerField("dihapus")
    faults = models.JSONField("rusak", default=list)  # [{"apa", "mengapa", "baris"}]
    # under the server's key; None of a verdict from before there was one, and an added column may not fill the table anew
    seal = models.CharField("segel putusan", max_length=64, null=True)  # noqa: DJ001

    class Meta:
        ordering = ["chain", "pk"]

    def __str__(self):
        return f"{self.chain_id}: {len(self.faults)} rusak"

    @property
    def is_whole(self) -> bool:
        return not self.faults


class NotedChain(models.Model):
    """That a head of this chain was noted in the file beside the database: from then on the file holds one."""

    chain = models.OneToOneField(Chain, models.PROTECT, primary_key=True, related_name="noted")

    def __str__(self):
        return self.chain_id
