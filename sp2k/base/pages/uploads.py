"""Files from outside: their kind by their first bytes, their size, and what is taken out of them before they are kept.

Nothing is opened here. PDF, pictures and office files are looked into apart, under limits (ADR 0039).
"""

from collections.abc import Collection
from dataclasses import dataclass

from sp2k.base.inspecting import inspect_office_file, inspect_pdf, inspect_picture
from sp2k.base.inspecting.sentences import why_not_kept
from sp2k.base.refusals import BadInput
from sp2k.base.typed import clean_text
from sp2k.base.wording import size_in_words

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"  # looked into, taken by no form yet
PICTURES = (JPEG, PNG)
DOCUMENTS = (PDF, JPEG, PNG, XLSX)
NAMES = {PDF: "PDF", JPEG: "JPG", PNG: "PNG", XLSX: "XLSX", DOCX: "DOCX"}
LARGEST = 20 * 10**6
LONGEST_NAME = 200
HEADER_WITHIN = 1024
# The first ending of a kind is the one that a name is given.
_ENDINGS = {
    ".pdf": PDF, ".jpg": JPEG, ".jpeg": JPEG, ".jfif": JPEG, ".png": PNG, ".xlsx": XLSX, ".docx": DOCX,
}  # fmt: skip
HEIC = ("image/heic", "image/heif")  # what phones take photos as; taken wherever JPEG is
_PHONES = (".heic", ".heif", ".hif", ".mpo")
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_OFFICE = {"XLSX": XLSX, "DOCX": DOCX}
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Upload:
    """A file as it may be kept: its name cleaned, its kind read from its bytes, a picture re-encoded."""

    name: str
    content: bytes
    content_type: str


def clean_upload(file, *, kinds: Collection[str] = DOCUMENTS, largest: int = LARGEST) -> Upload:
    """Return what was uploaded as it may be kept. A phone's HEIC becomes a JPEG, and its name says so.

    Parameters
    ----------
    file : Django's uploaded file, or anything with `name`, `size` and `read()`
    kinds : the content types taken
    largest : bytes

    Raises
    ------
    BadInput
        For an empty file, one too large, one that is not of the kinds taken, whatever its name says, one that cannot be
        read whole, and one that holds what would start by itself and cannot be taken out.
    TooBusy
        When so many files are being looked at that this one did not get its turn.
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
    looks_like = _kinds(content)
    if not looks_like & set(kinds):
        raise _other_kind(name, content, kinds)
    if looks_like & {JPEG, PNG}:
        verdict, content = inspect_picture(content)
        kind = PNG if verdict.get("kind") == "PNG" else JPEG
    elif PDF in looks_like:
        (verdict, content), kind = inspect_pdf(content), PDF
    else:
        verdict = inspect_office_file(content)
        kind = _OFFICE.get(verdict.get("kind"))
    if verdict.get("fault") == "kind" or "fault" not in verdict and kind not in kinds:
        raise _other_kind(name, content, kinds)
    if "fault" in verdict:
        raise BadInput(why_not_kept(name, verdict, is_picture=bool(looks_like & {JPEG, PNG}), is_pdf=PDF in looks_like))
    return Upload(_named(name, kind), content, kind)


def _named(name: str, kind: str) -> str:
    """The name with an ending of its kind: nobody downloads a PDF that is called `laporan.exe`."""
    lower = name.lower()
    if any(lower.endswith(ending) for ending, taken in _ENDINGS.items() if taken == kind):
        return name
    ending = next(ending for ending, taken in _ENDINGS.items() if taken == kind)
    other = next((other for other in (*_ENDINGS, *_PHONES) if lower.endswith(other)), "")
    return name[: len(name) - len(other)][: LONGEST_NAME - len(ending)] + ending


def _kinds(content: bytes) -> set[str]:
    """The kinds that the first bytes may stand for; none where they show none that we know."""
    if content.startswith(b"\xff\xd8\xff") or _is_heic(content):
        return {JPEG}
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return {PNG}
    if content.startswith(_ZIP):
        return {XLSX, DOCX}
    return {PDF} if b"%PDF-" in content[:HEADER_WITHIN] else set()


def _is_heic(content: bytes) -> bool:
    """Whether the box that every such file begins with names one of its brands; AVIF has a box like it."""
    brands = content[8 : min(int.from_bytes(content[:4]), 256)]
    found = {brands[at : at + 4] for at in range(0, len(brands), 4)}
    return content[4:8] == b"ftyp" and bool(found & _HEIC) and b"avif" not in found


def _other_kind(name: str, content: bytes, kinds: Collection[str]) -> BadInput:
    allowed = _listed([NAMES[taken] for taken in kinds])
    if content.startswith(_OLD_OFFICE):
        return BadInput(
            f'Berkas "{name}" berkata sandi atau berbentuk Office lama. Simpan tanpa kata sandi sebagai {allowed}, lalu '
            "unggah lagi."
        )
    # A phone's HEIC is taken wherever JPG is: it becomes one.
    names = [NAMES[taken] for taken in kinds if taken != XLSX] + ["HEIC"] * (JPEG in kinds)
    read = _listed(names + [NAMES[XLSX]] * (XLSX in kinds))
    return BadInput(f'Berkas "{name}" bukan {read}. Simpan sebagai {allowed}, lalu unggah lagi.')


def _listed(names: list[str]) -> str:
    if len(names) < 3:
        return " atau ".join(names)
    return f"{', '.join(names[:-1])}, atau {names[-1]}"
