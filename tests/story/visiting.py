"""What visitors meet in the small edition: innovations, claims of a presentation, photos as a phone takes them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from sp2k.entries.models import Innovation
from sp2k.judging.models import PresentationClaim
from tests.story.small import FIRST, at, entry

VISITING = at("2024-06-19 09.00")


def innovation(visit, by, number=1, **said):
    given = {"kind": "inovasi", "title": "Antar berkas", "problem": "Jauh.", "works": "Petugas menjemput.",
             "benefit": "312 warga.", "place": "Balai Desa Gunung Sari"}  # fmt: skip
    return Innovation.objects.create(entry=visit.entry, number=number, by=by, updated_at=VISITING, **given | said)


def presented(story, by, number=1, code=FIRST, text="Pengaduan dijawab dalam dua hari.", place=""):
    return PresentationClaim.objects.create(
        participation=entry(story, "presentasi", code), code=f"pres-{number}", text=text, place=place, by=by, at=VISITING
    )


def picture(name="foto.jpg", *, exif=True, colour="#246"):
    """A photo as a phone takes it, with the place it was taken at."""
    image, written = Image.new("RGB", (64, 48), colour), io.BytesIO()
    tags = Image.Exif()
    tags[0x010F] = "Kamera"
    tags.get_ifd(0x8825)[1] = "N"
    tags.get_ifd(0x8825)[2] = (2.0, 50.0, 12.0)
    image.save(written, "JPEG", **({"exif": tags} if exif else {}))
    return SimpleUploadedFile(name, written.getvalue(), content_type="image/jpeg")
