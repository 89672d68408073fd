"""PDF from outside: read whatever stands before it, rid of what starts by itself, or refused in a sentence."""

import base64
import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from sp2k.base.refusals import BadInput
from tests.base.files.made import blank, cross_reference_bomb, saved, taken, written_pages

PAGE = 0


def script():
    return Dictionary(S=Name.JavaScript, JS="app.alert('halo')")


def of_root(pdf, key, value):
    pdf.Root[key] = value


def of_page(pdf, key, value):
    pdf.pages[PAGE].obj[key] = value


def on_page(pdf, **annotation):
    pdf.pages[PAGE].obj.Annots = Array(
        [pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=[0, 0, 9, 9], **annotation))]
    )


def in_names(pdf):
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["mulai", pdf.make_indirect(script())])))


def in_a_field(pdf):
    field = pdf.make_indirect(
        Dictionary(FT=Name.Tx, T="jumlah", AA=Dictionary(K=script(), F=pdf.make_indirect(script())))
    )
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))


def in_an_outline(pdf):
    line = pdf.make_indirect(Dictionary(Title="Bab 1", A=Dictionary(S=Name.GoTo, D=[0], Next=Array([script()]))))
    pdf.Root.Outlines = Dictionary(First=line, Last=line, Count=1)


def in_a_stream(pdf):
    on_page(pdf, Subtype=Name.Link, A=Dictionary(S=Name.JavaScript, JS=pdf.make_stream(b"app.alert('halo')")))


PLACES = {
    "opening": lambda pdf: of_root(pdf, "/OpenAction", script()),
    "root": lambda pdf: of_root(pdf, "/AA", Dictionary(WC=script())),
    "page": lambda pdf: of_page(pdf, "/AA", Dictionary(O=script())),
    "link that opens by itself": lambda pdf: of_page(pdf, "/AA", Dictionary(O=Dictionary(S=Name.URI, URI="http://halo/"))),
    "address on opening": lambda pdf: of_root(pdf, "/OpenAction", Dictionary(S=Name.URI, URI="http://halo/")),
    "annotation": lambda pdf: on_page(pdf, Subtype=Name.Link, A=script()),
    "annotation's own": lambda pdf: on_page(pdf, Subtype=Name.Widget, AA=Dictionary(E=script())),
    "program": lambda pdf: on_page(pdf, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F="halo.exe")),
    "form sent off": lambda pdf: on_page(pdf, Subtype=Name.Widget, A=Dictionary(S=Name.SubmitForm, F="http://halo/")),
    "another file": lambda pdf: on_page(pdf, Subtype=Name.Link, A=Dictionary(S=Name.GoToR, F="halo.pdf", D=[0, Name.Fit])),
    "file of the computer": lambda pdf: on_page(pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="file:///halo")),
    "share of the network": lambda pdf: on_page(pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=r"\\halo\a")),
    "names": in_names, "field": in_a_field, "outline": in_an_outline, "stream": in_a_stream,
}  # fmt: skip
STARTS = (b"JavaScript", b"/AA", b"Launch", b"SubmitForm", b"GoToR", b"halo", b"/OpenAction")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("mode", ["disable", "generate"])
def test_what_starts_by_itself_is_gone_wherever_it_stood_and_the_pages_stay(place, mode):
    pdf = blank(2)
    PLACES[place](pdf)
    given = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode[mode])

    kept = taken("laporan.pdf", given)

    with pikepdf.open(io.BytesIO(kept.content)) as left:
        assert len(left.pages) == 2
        plain = saved(
            left, object_stream_mode=pikepdf.ObjectStreamMode.disable, stream_decode_level=pikepdf.StreamDecodeLevel.all
        )
    assert [word for word in STARTS if word in plain] == []


def test_a_name_written_with_escapes_is_the_same_name():
    given = blank()
    on_page(given, Subtype=Name.Link, A=script())
    disguised = saved(given).replace(b"/S /JavaScript", b"/S /J#61v#61Script".ljust(len(b"/S /JavaScript")))

    kept = taken("laporan.pdf", disguised)

    assert b"#61" not in kept.content and b"halo" not in kept.content


def test_links_to_click_fonts_of_any_name_and_where_to_open_stay_byte_for_byte():
    pdf = blank()
    on_page(pdf, Subtype=Name.Link, A=Dictionary(S=Name.URI, URI="https://kemendagri.go.id/"))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    of_page(pdf, "/Resources", Dictionary(Font=Dictionary(AA=font, EF=font, F=font, JavaScript=font)))
    of_root(pdf, "/OpenAction", Array([pdf.pages[PAGE].obj, Name.Fit]))
    given = saved(pdf)

    assert taken("laporan.pdf", given).content == given


def test_what_a_mail_programme_wrote_before_a_pdf_is_no_part_of_it():
    given = saved(blank())

    kept = taken("laporan.pdf", b"Content-Type: application/pdf\r\n\r\n" + given)

    assert kept.content == given


def test_a_pdf_that_counts_from_the_bytes_before_it_is_written_anew():
    given, before = saved(blank()), b"X-Pindai: 1\r\n\r\n"
    at = int(given.split(b"startxref\n")[1].split()[0])
    shifted = given.replace(b"startxref\n%d" % at, b"startxref\n%d" % (at + len(before)))

    kept = taken("laporan.pdf", before + shifted)

    with pikepdf.open(io.BytesIO(kept.content)) as pdf:
        assert (kept.content[:5], len(pdf.pages), pdf.get_warnings()) == (b"%PDF-", 1, [])


def signed(pdf):
    signature = Dictionary(Type=Name.Sig, ByteRange=[0, 1, 2, 3], Contents=b"tanda tangan")
    field = pdf.make_indirect(Dictionary(FT=Name.Sig, T="ttd", V=pdf.make_indirect(signature)))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
    return pdf


def test_a_signed_pdf_stays_byte_for_byte():
    given = saved(signed(blank()))

    assert taken("keputusan.pdf", given).content == given


def refusal(name: str, given: bytes) -> str:
    with pytest.raises(BadInput) as refused:
        taken(name, given)
    return refused.value.sentence


def test_a_signed_pdf_with_a_script_is_refused_rather_than_spoiled():
    pdf = signed(blank())
    of_page(pdf, "/AA", Dictionary(O=script()))

    assert refusal("sk.pdf", saved(pdf)) == (
        'Berkas "sk.pdf" bertanda tangan elektronik dan memuat tindakan otomatis. Membuangnya merusak tanda tangan itu. '
        "Minta berkas tanpa tindakan otomatis, atau unggah pindaiannya."
    )


def with_attachments(*names):
    pdf = blank()
    for name in names:
        pdf.attachments[name] = b"isi"
    return saved(pdf)


def test_attachments_are_not_thrown_away_unsaid():
    assert refusal("a.pdf", with_attachments("data.xlsx", "x\u202egnp.exe")) == (
        'Berkas "a.pdf" memuat lampiran (data.xlsx, x?gnp.exe). Unggah lampirannya sebagai berkas tersendiri, dan '
        "dokumennya tanpa lampiran: cetak ke PDF."
    )
    assert "(a, b, c, dan 1 lagi)" in refusal("a.pdf", with_attachments("a", "b", "c", "d"))


def test_a_file_attached_to_a_note_on_a_page_is_an_attachment():
    pdf = blank()
    file = Dictionary(Type=Name.Filespec, F="lain.doc", EF=Dictionary(F=pdf.make_stream(b"isi")))
    on_page(pdf, Subtype=Name.FileAttachment, FS=file)

    assert refusal("a.pdf", saved(pdf)).startswith('Berkas "a.pdf" memuat lampiran (lain.doc).')


def test_a_form_that_only_one_program_shows_is_refused():
    pdf = blank()
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=pdf.make_stream(b"<xdp/>"))

    assert refusal("f.pdf", saved(pdf)) == (
        'Berkas "f.pdf" berupa formulir XFA, yang isinya tidak tampak bagi pembaca lain. Cetak ke PDF (Simpan sebagai PDF), '
        "lalu unggah hasilnya."
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (lambda: saved(blank(), encryption=pikepdf.Encryption(user="rahasia", owner="x")),
         "dikunci kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."),
        (lambda: saved(blank(9))[:900],
         "bukan PDF yang utuh: bagian akhirnya tidak ada. Salin atau unduh lagi dari sumbernya, lalu unggah lagi."),
        (lambda: b"%PDF-1.7\n" + bytes(3000) + b"\n%%EOF\n",
         "bukan PDF yang utuh. Simpan atau pindai ulang, lalu unggah lagi."),
        (lambda: saved(blank(400)),
         "400 halaman; paling banyak 300. Pilih halaman yang menjadi bukti, lalu unggah lagi."),
        (cross_reference_bomb,
         "memerlukan terlalu banyak memori untuk diperiksa. Cetak ke PDF (Simpan sebagai PDF), lalu unggah hasilnya."),
    ],
    ids=["locked", "cut", "broken", "400 pages", "bomb"],
)  # fmt: skip
def test_a_pdf_that_cannot_be_kept_is_a_sentence(given, said):
    assert refusal("x.pdf", given()) == f'Berkas "x.pdf" {said}'


def test_a_pdf_that_only_forbids_printing_is_taken():
    given = saved(
        blank(), encryption=pikepdf.Encryption(user="", owner="x", allow=pikepdf.Permissions(print_highres=False))
    )

    assert taken("x.pdf", given).content == given


def lost(left: int, of: int) -> str:
    return (
        f'Berkas "spj.pdf" bukan PDF yang utuh: hanya {left} dari {of} halaman yang dapat dibaca. Salin atau unduh lagi dari '
        "sumbernya, lalu unggah lagi."
    )


def without(given: bytes, begin: bytes, length: int, put=bytes) -> bytes:
    """Return a file with a hole: `length` bytes from where `begin` stands are zero, or gone."""
    at = given.index(begin)
    return given[:at] + put(length) + given[at + length :]


DRAWING = b" ".join(b"%d %d m %d %d l S" % (n, n * n, n + 9, n * 7) for n in range(99))


def drawn_by(kinds, content: bytes) -> bytes:
    """One page with a drawing that is packed so."""
    pdf = blank()
    pdf.pages[PAGE].obj.Contents = pdf.make_stream(content, Filter=Array(kinds))
    return saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def in_a_form(pdf, picture):
    form = pdf.make_stream(b"/B Do", Subtype=Name.Form, Resources=Dictionary(XObject=Dictionary(B=picture)))
    of_page(pdf, "/Resources", Dictionary(XObject=Dictionary(A=form)))


def above_the_page(pdf, picture):
    page = pdf.pages[PAGE].obj
    above = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([page]), Count=1, Parent=page.Parent))
    above.Resources = Dictionary(XObject=Dictionary(A=picture))
    pdf.Root.Pages.Kids[PAGE] = above
    if "/Resources" in page:
        del page.Resources
    page.Parent = above


DEEPER = {
    "form": in_a_form,
    "mask": lambda pdf, part: of_page(
        pdf, "/Resources", Dictionary(XObject=Dictionary(A=pdf.make_stream(b"x", SMask=part)))
    ),
    "pattern": lambda pdf, part: of_page(pdf, "/Resources", Dictionary(Pattern=Dictionary(A=part))),
    "font": lambda pdf, part: of_page(
        pdf, "/Resources", Dictionary(Font=Dictionary(A=Dictionary(FontDescriptor=Dictionary(FontFile2=part))))
    ),
    "note": lambda pdf, part: on_page(pdf, Subtype=Name.Stamp, AP=Dictionary(N=part)),
    "above the page": above_the_page,
}


class TestDamagedInside:
    """A copy that broke off has its end, and a hole: what was there before anything was mended must be there after."""

    @pytest.mark.parametrize("put", [bytes, lambda _n: b""], ids=["zeroed", "missing"])
    def test_pages_that_the_mending_leaves_out_are_missed(self, put):
        given = written_pages(9)

        damaged = without(given, b"%d 0 obj" % given.page_objects[4], 40, put)

        assert refusal("spj.pdf", damaged) == lost(8, 9)

    def test_a_page_whose_drawing_is_gone_is_not_left_blank(self):
        given = written_pages(9)

        damaged = without(given, b"%d 0 obj" % given.content_objects[4], 30)

        assert refusal("spj.pdf", damaged) == lost(8, 9)

    def test_a_drawing_that_no_longer_unpacks_is_missed_though_nothing_needs_mending(self):
        given = written_pages(9, packed=True)
        at = given.index(b"stream", given.index(b"%d 0 obj" % given.content_objects[4]))

        damaged = given[: at + 9] + bytes(20) + given[at + 29 :]

        assert refusal("spj.pdf", damaged) == lost(8, 9)

    @pytest.mark.parametrize(
        ("kinds", "packed"),
        [
            ([Name.ASCII85Decode, Name.FlateDecode], lambda data: base64.a85encode(data) + b"~>"),
            ([Name.ASCIIHexDecode, Name.FlateDecode], lambda data: data.hex().encode() + b">"),
            ([Name.FlateDecode, Name.FlateDecode], zlib.compress),
            ([Name("/Fl")], bytes),
        ],
        ids=["text", "digits", "packed twice", "short name"],
    )
    def test_a_drawing_behind_further_filters_is_unpacked_to_the_end(self, kinds, packed):
        whole = zlib.compress(DRAWING)
        given = [drawn_by(kinds, packed(data)) for data in (whole, whole[:12] + bytes(40) + whole[52:])]

        assert (taken("spj.pdf", given[0]).content, refusal("spj.pdf", given[1])) == (given[0], lost(0, 1))

    @pytest.mark.parametrize("kind", [Name.LZWDecode, Name("/TakDikenal")])
    def test_bytes_that_are_nothing_by_their_filter_are_no_drawing(self, kind):
        assert refusal("spj.pdf", drawn_by([kind], b"zzzz!!")) == lost(0, 1)

    @pytest.mark.parametrize("place", DEEPER)
    def test_what_a_drawing_is_made_from_is_looked_into_however_deep(self, place):
        whole = zlib.compress(DRAWING)
        given = []
        for data in (whole, whole[:12] + bytes(40) + whole[52:]):
            pdf = blank(2)
            part = pdf.make_stream(data, Filter=Name.FlateDecode, Width=1, Height=1, BitsPerComponent=8)
            DEEPER[place](pdf, part)
            given.append(saved(pdf))

        assert (taken("spj.pdf", given[0]).content, refusal("spj.pdf", given[1])) == (given[0], lost(1, 2))

    def test_forms_that_name_each_other_in_a_ring_are_looked_into_once(self):
        pdf = blank()
        form = pdf.make_stream(b"/A Do", Subtype=Name.Form)
        form.Resources = Dictionary(XObject=Dictionary(A=form))
        of_page(pdf, "/Resources", Dictionary(XObject=Dictionary(A=form)))
        given = saved(pdf)

        assert taken("spj.pdf", given).content == given

    def test_a_picture_that_is_gone_refuses_the_file(self):
        pdf = blank()
        picture = pdf.make_stream(b"\x80", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, BitsPerComponent=8)
        picture.ColorSpace = Name.DeviceGray
        pdf.pages[PAGE].obj.Resources = Dictionary(XObject=Dictionary(Im0=picture))
        pdf.pages[PAGE].obj.Contents = pdf.make_stream(b"q 9 0 0 9 0 0 cm /Im0 Do Q")
        given = saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        at = given.rindex(b" obj", 0, given.index(b"/BitsPerComponent"))

        assert refusal("spj.pdf", given[: at - 3] + bytes(12) + given[at + 9 :]) == (
            'Berkas "spj.pdf" bukan PDF yang utuh. Simpan atau pindai ulang, lalu unggah lagi.'
        )

    def test_a_signed_file_with_a_hole_is_refused_too(self):
        given = saved(signed(blank(3)), object_stream_mode=pikepdf.ObjectStreamMode.disable)
        at = given.rindex(b"/Type /Page ")

        assert refusal("spj.pdf", given[: at - 12] + bytes(30) + given[at + 18 :]) == lost(2, 3)

    def test_a_table_of_objects_that_is_wrong_loses_nothing_and_is_written_anew(self):
        given = written_pages(9)
        at = given.index(b"startxref\n") + len(b"startxref\n")

        kept = taken("spj.pdf", given[:at] + b"7" + given[at + 1 :])

        with pikepdf.open(io.BytesIO(kept.content)) as pdf:
            drawn = [page.obj.Contents.read_bytes() for page in pdf.pages]
        assert (kept.content == given, drawn) == (False, [b"%d w" % n for n in range(9)])

    def test_a_page_that_never_had_a_drawing_is_no_loss(self):
        pdf = blank()
        del pdf.pages[PAGE].obj.Contents
        given = saved(pdf)
        at = given.index(b"startxref\n") + len(b"startxref\n")

        kept = taken("spj.pdf", given[:at] + b"7" + given[at + 1 :])

        with pikepdf.open(io.BytesIO(kept.content)) as read:
            assert len(read.pages) == 1

    def test_pictures_that_every_page_names_are_looked_into_once(self):
        """300 pages that share a hundred pictures: 12 GB, were each unpacked for each page."""
        pdf = blank(300)
        packed = zlib.compress(bytes(400_000))
        pictures = {f"/Im{n}": pdf.make_stream(packed, Filter=Name.FlateDecode) for n in range(100)}
        shared = pdf.make_indirect(Dictionary(XObject=Dictionary(pictures)))
        for page in pdf.pages:
            page.obj.Resources = shared
        given = saved(pdf)

        assert taken("spj.pdf", given).content == given
