"""The photos of a visit as its minutes print them: small, with what they show, when it was seen, and their hash."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PIL import Image

from sp2k.base.blobs import read_blob
from sp2k.base.wording import in_fours, instant_in_words
from sp2k.judging.queries.checklist import Checklist
from sp2k.judging.queries.claims import VisitClaim

SIDE = 640  # pixels of the longer side: sharp enough at the width of a third of a page
QUALITY = 72


@dataclass(frozen=True)
class PhotoLine:
    """A photo under the place where it was taken: the picture's file, "" where it was erased, and what stands below."""

    file: str
    said: str
    foot: str


def photo_lines(claims: Iterable[VisitClaim], zone: str) -> Iterator[PhotoLine]:
    """Yield the photos of the findings of one place, claim by claim."""
    for claim in claims:
        for photo in _photos(claim):
            seen = claim.finding.seen_at
            when = f"dilihat {instant_in_words(seen, zone)}" if seen else "waktu dilihat tidak ditulis"
            erased = ", dihapus dari server" if photo.blob.erased_at else ""
            yield PhotoLine(
                "" if erased else _file(photo), f"{claim.code} {claim.title}",
                f"{claim.place_seen}, {when}, sidik {in_fours(photo.blob_id[:8])}{erased}",
            )  # fmt: skip


def pictures_of(listed: Checklist) -> dict[str, bytes]:
    """Return the small pictures by the names that the lines give them; what was erased has none."""
    photos = [photo for claim in listed.claims for photo in _photos(claim) if photo.blob.erased_at is None]
    return {_file(photo): _small(read_blob(photo.blob)) for photo in photos}


def _photos(claim) -> list:
    return sorted(claim.finding.photos.all(), key=lambda photo: photo.pk) if claim.finding else []


def _file(photo) -> str:
    return f"{photo.blob_id[:24]}.jpg"


def _small(content: bytes) -> bytes:
    """The picture in a size to print; it was cleaned of place and camera when it was uploaded."""
    with Image.open(io.BytesIO(content)) as picture:
        small = picture.convert("RGB")
        small.thumbnail((SIDE, SIDE))
        written = io.BytesIO()
        small.save(written, "JPEG", quality=QUALITY)
        return written.getvalue()
