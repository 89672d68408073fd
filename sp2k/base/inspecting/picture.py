"""Run apart: draw a picture anew, upright and no larger than a screen needs, without what a camera wrote into it.

It writes one line of JSON, then the new picture: ``{"kind": "JPEG" or "PNG"}``, or ``{"fault": word, …}``.
"""

import io
import json
import sys

import pi_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

LONGEST_SIDE = 2400
QUALITY = 85
# A JPEG is decoded at an eighth of its size where that is enough; every other picture is unpacked whole.
MOST_PIXELS = {"JPEG": 250_000_000, "MPO": 250_000_000}
MOST_PIXELS_UNPACKED = 60_000_000
READ_AS = ("JPEG", "PNG", "HEIF")  # Pillow comes to MPO through JPEG
DEEP_GREY = ("I;16", "I;16B", "I;16L", "I")


def main() -> None:
    try:
        verdict, drawn = look(sys.stdin.buffer.read())
    except MemoryError:
        verdict, drawn = {"fault": "memory"}, b""
    sys.stdout.buffer.write(json.dumps(verdict).encode() + b"\n" + drawn)


def look(content: bytes) -> tuple[dict, bytes]:
    pi_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # asked below, by kind
    try:
        with Image.open(io.BytesIO(content), formats=READ_AS) as picture:
            if picture.width * picture.height > MOST_PIXELS.get(picture.format, MOST_PIXELS_UNPACKED):
                return {"fault": "pixels", "width": picture.width, "height": picture.height}, b""
            return drawn(picture)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, ImageCms.PyCMSError):
        return {"fault": "broken"}, b""


def drawn(picture: Image.Image) -> tuple[dict, bytes]:
    kind, profile = picture.format, picture.info.get("icc_profile")
    if kind in ("JPEG", "MPO"):
        picture.seek(0)  # what follows in a phone's MPO is a second eye, or a map of depth
        picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
    small = eight_bit(picture)
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if kind != "HEIF":  # its decoder has turned it upright already
        small.getexif().update(picture.getexif())
        small = ImageOps.exif_transpose(small)
    small = in_usual_colours(small, profile)
    written = io.BytesIO()
    if kind == "PNG":
        small.save(written, "PNG")
        return {"kind": "PNG"}, written.getvalue()
    on_white(small).save(written, "JPEG", quality=QUALITY)
    return {"kind": "JPEG"}, written.getvalue()


def eight_bit(picture: Image.Image) -> Image.Image:
    """A picture of 8 bits a colour and without a palette. Pillow would take every grey of 16 bits above 255 for white."""
    if picture.mode in DEEP_GREY:
        return picture.convert("I").point(lambda grey: grey / 256).convert("L")
    has_alpha = "A" in picture.getbands() or "transparency" in picture.info
    if picture.mode in ("P", "PA", "LA", "La", "RGBa") or has_alpha:
        return picture.convert("RGBA" if has_alpha else "RGB")
    if picture.mode == "1":
        return picture.convert("L")
    picture.load()
    return picture


def in_usual_colours(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Colours as every screen shows them: those of print (CMYK) and of wide screens are reckoned over by their profile."""
    if picture.mode in ("L", "RGBA") or picture.mode == "RGB" and not profile:
        return picture
    if profile:
        try:
            given = ImageCms.getOpenProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile of another kind of colours: the picture is still there
    return picture.convert("RGB")


def on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


if __name__ == "__main__":
    main()
