"""Run apart: look through a PDF, take out what would start by itself, or say why it cannot be kept.

PDFium comes first: it turns a bomb away with a few megabytes, where qpdf takes all it is given. What is untouched stays
byte for byte what was sent, so that an electronic signature on it stays good.

It writes one line of JSON, then the bytes to keep where they are others than were sent. ``{"fault": word, …}`` or
``{"pages": n, "removed": […]}``.

qpdf mends what it can and leaves out the rest: what a damaged file had is counted before, and what it lacks refuses it.
"""

import io
import json
import re
import sys
import zlib

import pikepdf
import pypdfium2

HEADER_WITHIN, END_WITHIN = 1024, 4096
MOST_PAGES = 300
# Of one stream, 128 MB are unpacked to see whether it is whole.
CHUNK, MOST_CHUNKS = 1 << 20, 128
UNPACKED = {"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"}
LEFT_TO_READERS = {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/Crypt"}
SHORT = {
    "/Fl": "/FlateDecode", "/LZW": "/LZWDecode", "/A85": "/ASCII85Decode", "/AHx": "/ASCIIHexDecode",
    "/RL": "/RunLengthDecode", "/DCT": "/DCTDecode", "/CCF": "/CCITTFaxDecode",
}  # fmt: skip
# What stands beside a drawing and is no part of what is seen; the way back up would lead to other pages.
NOT_DRAWN = {"/Parent", "/P", "/Metadata", "/ToUnicode", "/ColorSpace", "/Properties", "/PieceInfo", "/OC", "/OPI", "/Ref"}
MOST_ABOVE = 50
MOST_OBJECTS = 8_388_607
REFERENCE = re.compile(rb"[/\[ ]\s*(\d{1,8})\s+(\d{1,5})\s+R(?![A-Za-z0-9])")
WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD
# Actions that run a program, a script or a player, send something off, or open another file.
ACTIONS = {
    "/JavaScript": "skrip", "/Launch": "perintah menjalankan program", "/SubmitForm": "pengiriman formulir",
    "/ImportData": "pemuatan data", "/GoToR": "pembuka berkas lain", "/GoToE": "pembuka berkas lain",
    "/Thread": "pembuka berkas lain",
    "/Rendition": "pemutar media", "/Movie": "pemutar media", "/Sound": "pemutar media", "/RichMediaExecute": "pemutar media",
}  # fmt: skip
PLAIN_LINKS = {"http", "https", "mailto", "tel"}
SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):|\s*(\\\\)")
WORTH_A_LOOK = re.compile(
    b"/(?:" + b"|".join(
        name[1:].encode() for name in {*ACTIONS, "/AA", "/OpenAction", "/URI", "/EF", "/ByteRange", "/Ref", "/F"}
    ) + rb")(?![A-Za-z0-9])"
)  # fmt: skip


class Looked:
    """What the walk through a PDF found: what was taken out, attachments by name, whether it is signed."""

    def __init__(self):
        self.removed, self.attached, self.is_signed = set(), [], False


def main() -> None:
    content = sys.stdin.buffer.read()
    try:
        verdict, kept = look(content)
    except MemoryError:
        verdict, kept = {"fault": "memory"}, b""
    sys.stdout.buffer.write(json.dumps(verdict).encode() + b"\n" + kept)


def look(content: bytes) -> tuple[dict, bytes]:
    start = content.find(b"%PDF-", 0, HEADER_WITHIN)
    if start < 0:
        return {"fault": "broken"}, b""
    # Readers count from the header on; what a mail programme or scanner wrote before it is no part of the document.
    whole = content[start:]
    if b"%%EOF" not in whole[-END_WITHIN:]:
        return {"fault": "cut"}, b""
    fault, n_pages = opened(whole)
    if fault:
        return fault, b""
    try:
        return cleaned(whole, n_pages, was_moved=start > 0)
    except MemoryError:
        raise
    except pikepdf.PasswordError:
        return {"fault": "locked"}, b""
    except Exception:  # whatever the parser says of a file from outside, the file is at fault
        return {"fault": "broken"}, b""


def opened(content: bytes) -> tuple[dict | None, int]:
    """Ask PDFium, which is frugal: a password, too many pages, none, or no PDF at all; and how many it says it has."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            n_pages = len(document)
    except pypdfium2.PdfiumError as error:
        return {"fault": "locked" if error.err_code == WRONG_PASSWORD else "broken"}, 0
    if n_pages > MOST_PAGES:
        return {"fault": "pages", "pages": n_pages, "most": MOST_PAGES}, n_pages
    return (None if n_pages else {"fault": "broken"}), n_pages


def cleaned(content: bytes, n_said: int, *, was_moved: bool) -> tuple[dict, bytes]:
    """Return the verdict and what is kept.

    Parameters
    ----------
    n_said : pages as the file itself counts them, before anything was mended
    """
    with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
        looked, n_pages = look_through(pdf), len(pdf.pages)
        form = pdf.Root.get("/AcroForm")
        is_mended = bool(pdf.get_warnings())
        if fault := why_not_whole(pdf, content, n_said, is_mended=is_mended):
            return fault, b""
        if looked.attached:
            return {"fault": "attached", "names": looked.attached}, b""
        if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
            return {"fault": "xfa"}, b""
        if looked.is_signed and looked.removed:
            return {"fault": "signed", "removed": sorted(looked.removed)}, b""
        if not looked.removed and (looked.is_signed or not is_mended):
            return {"pages": n_pages, "removed": []}, content if was_moved else b""
        written = io.BytesIO()
        # Without the encryption that only forbids printing: it would hide from others what was looked at here.
        pdf.save(written, encryption=False)
    # What another reader finds is what was written, not what was read.
    with pikepdf.open(io.BytesIO(written.getvalue()), suppress_warnings=True) as pdf:
        if look_through(pdf).removed or len(pdf.pages) != n_pages:
            return {"fault": "broken"}, b""
    return {"pages": n_pages, "removed": sorted(looked.removed)}, written.getvalue()


def why_not_whole(pdf: pikepdf.Pdf, content: bytes, n_said: int, *, is_mended: bool) -> dict | None:
    """Say how many of how many pages are left, or that something else is gone, of a file damaged inside."""
    is_lacking = is_mended and _lacks_objects(pdf, content)
    # What objects packed together referred to is not seen: then a page without a drawing is taken for one that lost it.
    is_blank_lost = is_lacking or is_mended and b"/ObjStm" in content
    known: dict[tuple[int, int], bool] = {}
    n_left = sum(_is_drawn(page.obj, known) and not (is_blank_lost and "/Contents" not in page.obj) for page in pdf.pages)
    if is_mended:
        # An older page that a later one replaced may be counted too: then a whole file is refused, never a short one kept.
        n_said = max(n_said, sum(_is_page(found) for found in pdf.objects))
        n_left = min(n_left, _opened_pages(content))
    n_said = max(n_said, len(pdf.pages))
    if n_left < n_said:
        return {"fault": "lost", "pages": n_left, "of": n_said}
    return {"fault": "broken"} if is_lacking else None


def _is_page(found) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/Page"


def _opened_pages(content: bytes) -> int:
    """Return how many pages PDFium can open."""
    n_opened = 0
    with pypdfium2.PdfDocument(content) as document:
        for n in range(len(document)):
            try:
                document[n].close()
            except pypdfium2.PdfiumError:
                continue
            n_opened += 1
    return n_opened


def _is_drawn(page: pikepdf.Dictionary, known: dict[tuple[int, int], bool]) -> bool:
    """Whether what a page is drawn from can be read: its own streams, and all that they name, however deep.

    Parameters
    ----------
    known : objects that were looked into, by their number; many pages may name the same pictures
    """
    notes = page.get("/Annots")
    looks = [note.get("/AP") for note in notes if isinstance(note, pikepdf.Dictionary)] if _is_list(notes) else []
    return all(_unpacks_throughout(part, known) for part in (page.get("/Contents"), _resources_of(page), *looks))


def _is_list(part) -> bool:
    return isinstance(part, pikepdf.Array)


def _resources_of(page: pikepdf.Dictionary):
    """The pictures, forms and fonts that a page names; it may have them from those above it."""
    for _turn in range(MOST_ABOVE):
        if page is None or "/Resources" in page:
            break
        page = page.get("/Parent")
    return page.get("/Resources") if page is not None else None


def _unpacks_throughout(part, known: dict[tuple[int, int], bool]) -> bool:
    """Whether each stream in a part, or named by one in it, unpacks: a picture in a form, the mask of a picture, a font."""
    if not isinstance(part, pikepdf.Stream | pikepdf.Dictionary | pikepdf.Array):
        return True
    if part.is_indirect:
        if part.objgen in known:
            return known[part.objgen]
        known[part.objgen] = True  # what names itself is looked into once
    is_whole = _unpacks(part) if isinstance(part, pikepdf.Stream) else True
    if not _is_list(part):
        inside = part.stream_dict if isinstance(part, pikepdf.Stream) else part
        below = [inside[key] for key in inside.keys() if key not in NOT_DRAWN]  # noqa: SIM118 - a dictionary of PDF
    else:
        below = list(part)
    is_whole = is_whole and all(_unpacks_throughout(one, known) for one in below)
    if part.is_indirect:
        known[part.objgen] = is_whole
    return is_whole


def _unpacks(stream: pikepdf.Stream) -> bool:
    """Whether the packed bytes of a stream unpack, filter behind filter.

    One that merely ends early, or has a bad sum, is left to readers; so is what comes behind a filter of pictures.
    """
    kinds, told = _listed(stream.get("/Filter")), _listed(stream.get("/DecodeParms"))
    content, is_whole = stream.read_raw_bytes() if kinds else b"", True
    for n, kind in enumerate(kinds):
        kind = SHORT.get(str(kind), str(kind))
        if kind not in UNPACKED or not is_whole or not content:
            return is_whole and (kind in UNPACKED or kind in LEFT_TO_READERS)
        if kind == "/FlateDecode":
            content, is_whole = _inflated(content, is_asked=n + 1 < len(kinds))
        else:
            content, is_whole = _decoded(content, kind, told[n] if n < len(told) else None)
    return is_whole


def _listed(part) -> list:
    return list(part) if _is_list(part) else [] if part is None else [part]


def _inflated(packed: bytes, *, is_asked: bool) -> tuple[bytes, bool]:
    """Return what was packed, where a further filter asks for it, and whether it unpacks."""
    unpacked, unpacker = [], zlib.decompressobj()
    try:
        for _turn in range(MOST_CHUNKS // 2 if is_asked else MOST_CHUNKS):
            chunk = unpacker.decompress(packed, CHUNK)
            unpacked += [chunk] if is_asked else []
            packed = unpacker.unconsumed_tail
            if not packed:
                break
    except zlib.error as error:
        return b"", "incorrect data check" in str(error)
    return b"".join(unpacked), True


def _decoded(content: bytes, kind: str, told) -> tuple[bytes, bool]:
    """Undo one filter; runs of bytes cannot be damaged other than by ending early."""
    with pikepdf.new() as aside:
        stream = pikepdf.Stream(aside, content, Filter=pikepdf.Name(kind))
        if isinstance(told, pikepdf.Dictionary) and "/EarlyChange" in told:
            stream.DecodeParms = pikepdf.Dictionary(EarlyChange=int(told["/EarlyChange"]))
        try:
            return stream.read_bytes(pikepdf.StreamDecodeLevel.specialized), True
        except (RuntimeError, ValueError, pikepdf.PdfError):
            return b"", kind == "/RunLengthDecode"


def _lacks_objects(pdf: pikepdf.Pdf, content: bytes) -> bool:
    """Whether something in the open refers to an object that is not there."""
    asked = {(int(number), int(generation)) for number, generation in REFERENCE.findall(content)}
    return any(number > MOST_OBJECTS or pdf.get_object(number, generation) is None for number, generation in asked)


def look_through(pdf: pikepdf.Pdf) -> Looked:
    """Visit every object there is, reachable or not, and all that stands directly in it."""
    looked = Looked()
    for found in pdf.objects:
        inside = found.stream_dict if isinstance(found, pikepdf.Stream) else found
        if not isinstance(inside, pikepdf.Dictionary | pikepdf.Array):
            continue
        if not WORTH_A_LOOK.search(inside.unparse(resolved=True)):
            continue
        below = [inside]
        while below:
            one = below.pop()
            if isinstance(one, pikepdf.Dictionary):
                _make_harmless(one, looked, is_stream=one is inside and isinstance(found, pikepdf.Stream))
                parts = [one[key] for key in one.keys()]  # noqa: SIM118 - a dictionary of PDF
            else:
                parts = list(one)
            below += [part for part in parts if _is_nested(part)]
    return looked


def _is_nested(part) -> bool:
    return isinstance(part, pikepdf.Dictionary | pikepdf.Array) and not part.is_indirect


def _make_harmless(one: pikepdf.Dictionary, looked: Looked, *, is_stream: bool) -> None:
    """Take out of one dictionary what starts by itself; an action becomes an empty one, which readers pass over."""
    if why := _why_no_action(one):
        looked.removed.add(why)
        _drop(one, *one.keys())
        return
    # Resources may have any of these names: what stands behind the key tells an action from a font called AA.
    if _holds_actions(one.get("/AA")):
        looked.removed.add("tindakan otomatis")
        _drop(one, "/AA")
    if "/OpenAction" in one and not _only_turns_to_a_page(one["/OpenAction"]):
        looked.removed.add("tindakan otomatis")
        _drop(one, "/OpenAction")
    if _is_name_tree(one.get("/JavaScript")):
        looked.removed.add("skrip")
        _drop(one, "/JavaScript")
    if is_stream and ("/F" in one or "/Ref" in one):
        looked.removed.add("isi dari berkas lain")
        _drop(one, "/F", "/FFilter", "/FDecodeParms", "/Ref")
    looked.is_signed |= "/ByteRange" in one and "/Contents" in one
    if _holds_files(one.get("/EF")):
        looked.attached.append(_name_of(one))


def _drop(one: pikepdf.Dictionary, *keys: str) -> None:
    for key in keys:
        if key in one:
            del one[key]


def _why_no_action(one: pikepdf.Dictionary) -> str:
    kind = one.get("/S")
    if not isinstance(kind, pikepdf.Name):
        return ""
    if kind != "/URI":
        return ACTIONS.get(str(kind), "")
    scheme = SCHEME.match(str(one.get("/URI", "")))
    return "tautan ke berkas atau program" if scheme and (scheme[1] or "").lower() not in PLAIN_LINKS else ""


def _only_turns_to_a_page(action) -> bool:
    if isinstance(action, pikepdf.Dictionary):
        return action.get("/S") == "/GoTo" and "/Next" not in action
    return True


def _holds_actions(value) -> bool:
    return isinstance(value, pikepdf.Dictionary) and any(
        isinstance(action, pikepdf.Dictionary) and "/S" in action for action in value.values()
    )


def _is_name_tree(value) -> bool:
    return isinstance(value, pikepdf.Dictionary) and ("/Names" in value or "/Kids" in value)


def _holds_files(value) -> bool:
    return isinstance(value, pikepdf.Dictionary) and any(isinstance(file, pikepdf.Stream) for file in value.values())


def _name_of(specification: pikepdf.Dictionary) -> str:
    for key in ("/UF", "/F"):
        if isinstance(given := specification.get(key), pikepdf.String):
            return str(given)
    return ""


if __name__ == "__main__":
    main()
