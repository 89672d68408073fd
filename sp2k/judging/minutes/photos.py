"""The photos of a visit as its minutes print them: small, with what they show, when it was seen, and their hash."""

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from PIL import Image

from sp2k.base.blobs import read_blob
from sp2k.base.refusals import Refused
from sp2k.base.wording import in_fours, instant_in_words
from sp2k.judging.queries.checklist import Checklist
from sp2k.judging.queries.claims import VisitClaim

SIDE = 640  # pixels of the longer side: sharp enough at the width of a third of a page
QUALITY = 72
DRAWN = 2400  # the longer side of what an upload is drawn anew to


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
    """The picture in a size to print.

    It is opened here, in the server's own process, because nobody outside made it: when it was uploaded it was drawn anew
    (`base/inspecting`), no longer than 2400 pixels and without what the camera wrote, and `read_blob` gives out no other
    bytes than those. A picture that is larger all the same was not drawn by us and is not unpacked.
    """
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
        if max(picture.size) > DRAWN:
            raise Refused(f"Foto bersidik {in_fours(hashlib.sha256(content).hexdigest()[:8])} lebih besar daripada foto yang "
                          "diterima lewat unggahan, jadi tidak dicetak. Beri tahu administrator.")  # fmt: skip
        small = picture.convert("RGBA" if picture.mode == "RGBA" else "RGB")
        small.thumbnail((SIDE, SIDE))
        paper = Image.new("RGB", small.size, "white")  # what is see-through lies on paper
        paper.paste(small, mask=small.getchannel("A") if small.mode == "RGBA" else None)
        written = io.BytesIO()
        paper.save(written, "JPEG", quality=QUALITY)
        return written.getvalue()
