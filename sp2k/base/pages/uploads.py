"""Files from outside: their kind by their first bytes, their size, and what is taken out of them before they are kept."""

import io
from collections.abc import Collection
from dataclasses import dataclass

import pikepdf
import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError

from sp2k.base.refusals import BadInput
from sp2k.base.typed import clean_text
from sp2k.base.wording import size_in_words

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES = (JPEG, PNG)
DOCUMENTS = (PDF, JPEG, PNG, XLSX)
NAMES = {PDF: "PDF", JPEG: "JPG", PNG: "PNG", XLSX: "XLSX"}
LARGEST = 20 * 10**6
LONGEST_NAME = 200
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 2400
_ENDINGS = {".pdf": PDF, ".jpg": JPEG, ".jpeg": JPEG, ".jfif": JPEG, ".png": PNG, ".xlsx": XLSX}


@dataclass(frozen=True)
class Upload:
    """A file as it may be kept: its name cleaned, its kind read from its bytes, a picture re-encoded."""

    name: str
    content: bytes
    content_type: str


def clean_upload(file, *, kinds: Collection[str] = DOCUMENTS, largest: int = LARGEST) -> Upload:
    """Return what was uploaded as it may be kept.

    Parameters
    ----------
    file : Django's uploaded file, or anything with `name`, `size` and `read()`
    kinds : the content types taken
    largest : bytes

    Raises
    ------
    BadInput
        For an empty file, one too large, and one that is not of the kinds taken, whatever its name says.
    """
    name = clean_text(file.name, name="Nama berkas", longest=LONGEST_NAME)
    if file.size == 0:
        raise BadInput(f'Berkas "{name}" kosong (0 bita). Pilih berkas lain, lalu unggah lagi.')
    if file.size > largest:
        raise BadInput(
            f'Berkas "{name}" {size_in_words(file.size)}; paling besar {size_in_words(largest)}. '
            "Pindai ulang dengan 200 dpi atau pecah berkasnya."
        )
    content = file.read()
    kind = _kind(content)
    if kind not in kinds:
        allowed = _listed([NAMES[taken] for taken in kinds])
        raise BadInput(f'Berkas "{name}" bukan {allowed}. Simpan sebagai {allowed}, lalu unggah lagi.')
    if kind in PICTURES:
        content, kind = _picture(content, name), JPEG if kind == JPEG else PNG
    elif kind == PDF:
        content = _without_scripts(content, name)
    return Upload(_named(name, kind), content, kind)


def _named(name: str, kind: str) -> str:
    """The name with an ending of its kind: nobody downloads a PDF that is called `laporan.exe`."""
    if any(name.lower().endswith(ending) for ending, taken in _ENDINGS.items() if taken == kind):
        return name
    ending = next(ending for ending, taken in _ENDINGS.items() if taken == kind)
    return name[: LONGEST_NAME - len(ending)] + ending


def _kind(content: bytes) -> str:
    """The kind that the bytes themselves show; an empty text where they show none that we know."""
    try:
        found = puremagic.magic_string(content[:4096] + content[-4096:] if len(content) > 8192 else content)
    except puremagic.PureError:
        return ""
    if content[:5] == b"%PDF-":
        return PDF
    if content[:4] == b"PK\x03\x04":
        return XLSX if b"xl/workbook" in content or b"[Content_Types].xml" in content and b"xl/" in content else ""
    return next((_ENDINGS[match.extension] for match in found if match.extension in _ENDINGS), "")


def _picture(content: bytes, name: str) -> bytes:
    """A picture drawn anew: upright, no longer than a screen needs, without what a camera wrote into it."""
    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise BadInput(f'Gambar "{name}" terlalu besar: {image.width} x {image.height} titik. Perkecil dahulu.')
            kind = image.format
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            drawn = io.BytesIO()
            if kind == "JPEG":
                upright.convert("RGB").save(drawn, "JPEG", quality=85)
            else:
                upright.convert("RGBA").save(drawn, "PNG")
            return drawn.getvalue()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError):
        raise BadInput(f'Gambar "{name}" rusak, jadi tidak dapat dibaca. Ambil atau simpan ulang gambarnya.') from None


def _without_scripts(content: bytes, name: str) -> bytes:
    """A PDF without JavaScript and actions that start by themselves; untouched where it has none."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            root = pdf.Root
            scripted = [key for key in ("/OpenAction", "/AA") if key in root]
            names = root.get("/Names")
            has_scripts = names is not None and "/JavaScript" in names
            if not scripted and not has_scripts:
                return content
            for key in scripted:
                del root[key]
            if has_scripts:
                del names["/JavaScript"]
            kept = io.BytesIO()
            pdf.save(kept)
            return kept.getvalue()
    except pikepdf.PasswordError:
        raise BadInput(f'Berkas "{name}" dikunci kata sandi. Simpan tanpa kata sandi, lalu unggah lagi.') from None
    except pikepdf.PdfError:
        raise BadInput(f'Berkas "{name}" bukan PDF yang utuh. Simpan atau pindai ulang, lalu unggah lagi.') from None


def _listed(names: list[str]) -> str:
    if len(names) < 3:
        return " atau ".join(names)
    return f"{', '.join(names[:-1])}, atau {names[-1]}"
