"""The roles, by the letters of the permission matrix."""

from django.db.models import TextChoices


class Role(TextChoices):
    """P, the public, is whoever is not signed in and needs no membership."""

    CAMAT = "C", "Camat dan staf"
    REGENCY = "R", "Penyelenggara kabupaten/kota"
    VERIFIER = "V", "Verifikator kabupaten/kota"
    BUREAU = "B", "Penyelenggara provinsi"
    CHAIR = "K", "Ketua juri"
    JUROR = "J", "Juri"
    INSPECTORATE = "I", "Pengawas"
    LEADER = "G", "Pimpinan"
    ADMIN = "T", "Administrator sistem"
