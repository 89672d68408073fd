"""What visitors meet in the small edition: innovations, claims of a presentation, photos as a phone takes them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from sp2k.entries.claims import innovation_content
from sp2k.entries.models import Innovation
from sp2k.journal.actions import append_all, sealed_line
from sp2k.judging.contents import claim_content
from sp2k.judging.models import PresentationClaim
from tests.story.small import FIRST, at, entry

VISITING = at("2024-06-19 09.00")
TOLD, PRESENTED = at("2024-03-20 09.00"), at("2024-06-04 09.30")  # while kecamatan fill in; while they present


def innovation(visit, by, number=1, **said):
    given = {"kind": "inovasi", "title": "Antar berkas", "problem": "Jauh.", "works": "Petugas menjemput.",
             "benefit": "312 warga.", "place": "Balai Desa Gunung Sari"}  # fmt: skip
    row = Innovation.objects.create(entry=visit.entry, number=number, by=by, updated_at=TOLD, **given | said)
    body, why = {"entry": visit.region_code, "number": number}, {"reason": row.voided_reason}
    _with_lines(visit, row, [sealed_line("innovation.write", body, innovation_content(row))], now=TOLD)
    if row.voided_at:
        _with_lines(visit, row, [sealed_line("innovation.void", body, why, key="why")], now=row.voided_at)
    return row


def presented(story, by, number=1, code=FIRST, text="Pengaduan dijawab dalam dua hari.", place=""):
    noted = entry(story, "presentasi", code)
    row = PresentationClaim.objects.create(
        participation=noted, code=f"pres-{number}", text=text, place=place, by=by, at=PRESENTED
    )
    body = {"stage": noted.stage.code, "entry": code, "claim": row.code}
    return _with_lines(noted, row, [sealed_line("claim.note", body, claim_content(row))], now=PRESENTED)


def _with_lines(participation, row, lines, *, now):
    """The row, with the lines that its act would have written."""
    with transaction.atomic():
        append_all(participation.edition.chain_id, lines, by=row.by, now=now)
    return row


def picture(name="foto.jpg", *, exif=True, colour="#246"):
    """A photo as a phone takes it, with the place it was taken at."""
    image, written = Image.new("RGB", (64, 48), colour), io.BytesIO()
    tags = Image.Exif()
    tags[0x010F] = "Kamera"
    tags.get_ifd(0x8825)[1] = "N"
    tags.get_ifd(0x8825)[2] = (2.0, 50.0, 12.0)
    image.save(written, "JPEG", **({"exif": tags} if exif else {}))
    return SimpleUploadedFile(name, written.getvalue(), content_type="image/jpeg")
