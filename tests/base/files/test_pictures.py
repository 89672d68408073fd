"""Pictures from phones, scanners and programs: kept as what the name says, upright, in the colours that were seen."""

import pytest
from PIL import Image

from sp2k.base.pages.uploads import PDF, PICTURES
from sp2k.base.refusals import BadInput
from tests.base.files.made import BLUE, HEIC, RED, encoded, halves, opened, taken, turned


def near(colour, wanted) -> bool:
    """JPEG changes a colour by a few steps."""
    return all(abs(one - other) <= 4 for one, other in zip(colour, wanted, strict=True))


def test_a_photo_with_a_second_frame_is_kept_as_the_jpeg_it_is_called():
    kept = taken("IMG_1.jpg", encoded(halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (30, 20))]))

    picture = opened(kept)
    assert (kept.name, kept.content_type, picture.format, picture.size) == (
        "IMG_1.jpg",
        "image/jpeg",
        "JPEG",
        (300, 200),
    )
    assert near(picture.getpixel((5, 5)), RED) and near(picture.getpixel((295, 5)), BLUE)


@pytest.mark.parametrize(
    ("name", "kept_as"),
    [("IMG_2.HEIC", "IMG_2.jpg"), ("foto.heif", "foto.jpg"), ("foto.jpg", "foto.jpg"), ("foto.png", "foto.jpg"),
     ("foto", "foto.jpg"), ("foto.exe", "foto.exe.jpg")],
)  # fmt: skip
def test_a_heic_becomes_a_jpeg_and_its_name_follows(name, kept_as):
    kept = taken(name, HEIC, PICTURES)

    picture = opened(kept)
    assert (kept.name, kept.content_type, picture.format, picture.size) == (kept_as, "image/jpeg", "JPEG", (64, 48))
    assert near(picture.getpixel((2, 2)), RED) and near(picture.getpixel((61, 2)), BLUE)


@pytest.mark.parametrize("length", [len(HEIC) // 2, len(HEIC) - 40])
def test_a_heic_that_is_cut_is_refused(length):
    with pytest.raises(BadInput) as refused:
        taken("foto.heic", HEIC[:length])

    assert refused.value.sentence == (
        'Gambar "foto.heic" rusak, jadi tidak dapat dibaca. Ambil atau simpan ulang gambarnya.'
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_that_was_taken_on_its_side_stands_upright_once(kind):
    picture = opened(taken("foto", encoded(halves(), kind, exif=turned(6))))

    assert picture.size == (200, 300)
    assert near(picture.getpixel((5, 5)), RED) and near(picture.getpixel((5, 295)), BLUE)
    assert dict(picture.getexif()) == {}


def test_a_grey_scan_of_sixteen_bits_keeps_its_greys():
    scan = Image.new("I;16", (30, 20), 30_000)
    scan.paste(Image.new("I;16", (15, 20), 60_000), (15, 0))

    picture = opened(taken("pindaian.png", encoded(scan, "PNG")))

    assert (picture.mode, picture.getpixel((2, 2)), picture.getpixel((28, 2))) == ("L", 30_000 // 256, 60_000 // 256)


def test_colours_of_print_become_colours_of_the_screen():
    picture = opened(taken("foto.jpg", encoded(halves("CMYK"), "JPEG")))

    assert picture.mode == "RGB"
    assert near(picture.getpixel((5, 5)), RED) and near(picture.getpixel((295, 5)), BLUE)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
def test_a_png_keeps_what_can_be_seen_through_and_is_no_more_than_it_was(mode):
    given = {"LA": Image.new("LA", (30, 20), (100, 50)), "RGBA": Image.new("RGBA", (30, 20), (*RED, 0))}.get(
        mode, halves(mode)
    )

    picture = opened(taken("gambar.png", encoded(given, "PNG")))

    assert picture.mode == {"1": "L", "L": "L", "LA": "RGBA", "P": "RGB", "RGBA": "RGBA"}[mode]
    assert picture.convert("RGBA").getpixel((1, 1)) == given.convert("RGBA").getpixel((1, 1))


def test_what_a_camera_wrote_into_a_picture_is_gone():
    exif = turned(1)
    exif[0x010E] = "Rumah Pak Camat"
    for kind in ("JPEG", "PNG"):
        given = encoded(halves(), kind, exif=exif)
        assert b"Rumah Pak Camat" in given

        assert b"Rumah Pak Camat" not in taken("foto", given).content


def test_a_photo_of_a_hundred_million_points_is_drawn_smaller():
    picture = opened(taken("foto.jpg", encoded(Image.new("RGB", (12_000, 9_000), RED), "JPEG")))

    assert picture.size == (2400, 1800)


@pytest.mark.parametrize(
    ("name", "given", "sentence"),
    [
        ("a.png", lambda: encoded(Image.new("1", (30_000, 30_000)), "PNG"),
         'Gambar "a.png" terlalu besar: 30000 x 30000 titik. Perkecil dahulu.'),
        ("b.png", lambda: encoded(Image.new("RGBA", (7_700, 7_700)), "PNG"),
         'Gambar "b.png" memerlukan terlalu banyak memori untuk diperiksa. Perkecil dahulu.'),
        ("c.jpg", lambda: encoded(halves(), "JPEG")[:1500],
         'Gambar "c.jpg" rusak, jadi tidak dapat dibaca. Ambil atau simpan ulang gambarnya.'),
        ("d.jpg", lambda: encoded(halves(), "GIF"),
         'Berkas "d.jpg" bukan JPG, PNG, atau HEIC. Simpan sebagai JPG atau PNG, lalu unggah lagi.'),
    ],
    ids=["huge", "heavy", "cut", "other"],
)  # fmt: skip
def test_a_picture_that_cannot_be_drawn_is_a_sentence(name, given, sentence):
    with pytest.raises(BadInput) as refused:
        taken(name, given(), PICTURES)

    assert refused.value.sentence == sentence


def test_where_only_papers_are_taken_a_photo_of_a_phone_is_not():
    with pytest.raises(BadInput) as refused:
        taken("foto.heic", HEIC, (PDF,))

    assert refused.value.sentence == 'Berkas "foto.heic" bukan PDF. Simpan sebagai PDF, lalu unggah lagi.'
