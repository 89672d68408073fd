"""Files as programs, phones and ill-willed people make them: small ones, from code, so that nothing is taken on trust."""

import base64
import io
import zipfile
import zlib

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from sp2k.base.pages.uploads import DOCUMENTS, Upload, clean_upload

RED, BLUE = (200, 10, 10), (10, 10, 200)
TURNED = 0x0112  # the EXIF tag of a picture's orientation
# A picture of 64 x 48, its left half red and its right half blue, as an encoder of HEIC wrote it.
HEIC = base64.b85decode(
    "0000SW^{RQXk}?*00000ZE0pPXk}?*ZE0a<0005LZDn*}000000000XXk=`10000000000aA{+700000000000000000000G-+&aV*mgE07O6l0ssL"
    "300001;s5~v00000002M$0ssI200JTa0RR9100000H~;_uIB98aW&i*H00062000$fZf0cy000000RRAKc4ILB0000LX>Mj^0ssI300IC2MR;ju0000"
    "04sdC7Z2$lO00031008}IaB^?}007--aAR)(004Gqc4I>U18@KU0FVFx0000U@BsY%`1k+-4+CHT0RR|40Sp2E{{wIU00RJ!0009300RIXx&lC90096"
    "hLID8-Z~y=U0FVFx0{{R603M(qfd!W8<fgf}2xu@M00096AOHXZ03l)k0RRR>0l{;?i2wiq6Ju{|a&BX6cmM$a4FCp!0000KX>)L8000000000$0000"
    "$0000eV{Bn?0000$000010000m000010000000002|NsB+000020000GaA|mH000000|*ER0000OX>e^}0000000001009Mo0s{qv0000QX>w&|0000"
    "00000EV`Ot<00IC3009610Dx^|VRQfh06ZuGuUO{v>c9W$eSiMMq=(IS|6l)Iy;tx9^ZvPAQcF;1Sd5X!gUr4(&6~9hU}7?w^xn$EX~3L5{H*{000u>"
    "PX=VTbO-%qQ0000800IFI00IC200#g7044zv00RI30096700000002v2ZDn#{000"
)


def taken(name: str, content: bytes, kinds=DOCUMENTS) -> Upload:
    """Return a file as it is kept."""
    return clean_upload(SimpleUploadedFile(name, content), kinds=kinds)


def halves(mode: str = "RGB") -> Image.Image:
    """A picture of 300 x 200 whose left half is red, its right half blue."""
    picture = Image.new("RGB", (300, 200), RED)
    picture.paste(BLUE, (150, 0, 300, 200))
    return picture.convert(mode)


def encoded(picture: Image.Image, kind: str, **options) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[TURNED] = orientation
    return exif


def opened(upload: Upload) -> Image.Image:
    return Image.open(io.BytesIO(upload.content))


def saved(pdf: pikepdf.Pdf, **options) -> bytes:
    written = io.BytesIO()
    pdf.save(written, **{"deterministic_id": "encryption" not in options} | options)
    return written.getvalue()


def blank(n_pages: int = 1) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _ in range(n_pages):
        pdf.add_blank_page()
    return pdf


class WrittenPages(bytes):
    """A PDF with the numbers of the objects that are its pages, and of those that draw them."""

    page_objects: list[int]
    content_objects: list[int]


def written_pages(n_pages: int, *, packed: bool = False) -> WrittenPages:
    """A PDF of which each page draws something of its own, every object in the open."""
    pdf = blank(n_pages)
    for n, page in enumerate(pdf.pages):
        page.obj.Contents = pdf.make_stream(b"%d w" % n if not packed else b"".join(b"%d w " % (n + i * i) for i in range(99)))
    content = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=packed)
    made = WrittenPages(content)
    with pikepdf.open(io.BytesIO(content)) as read:
        made.page_objects = [page.obj.objgen[0] for page in read.pages]
        made.content_objects = [page.obj.Contents.objgen[0] for page in read.pages]
    return made


def cross_reference_bomb(size: int = 1_500_000_000) -> bytes:
    """A PDF of under 3 kB whose table of objects unpacks, twice, to 1.5 GB."""
    body = (
        b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    )
    packer, zeros = zlib.compressobj(9), bytes(10_000_000)
    once = b"".join(packer.compress(zeros) for _ in range(size // len(zeros))) + packer.flush()
    data = zlib.compress(once, 9)
    table = b"4 0 obj<</Type/XRef/Size 5/Root 1 0 R/W[1 2 1]/Index[0 %d]/Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n"
    return body + table % (size // 4, len(data)) + data + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/{part}" '
    'ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
)
SHEETS, LETTER = ("xl/workbook.xml", "spreadsheetml.sheet"), ("word/document.xml", "wordprocessingml.document")


def office_file(parts: dict[str, bytes | str] | None = None, *, of=SHEETS, without=()) -> bytes:
    """Return the least that is an XLSX or DOCX, with further parts or others in their place."""
    part, kind = of
    whole = {"[Content_Types].xml": TYPES.format(part=part, kind=kind), part: "<x/>"} | (parts or {})
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            if name not in without:
                archive.writestr(name, content)
    return written.getvalue()
