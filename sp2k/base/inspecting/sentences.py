"""What is said of a file that cannot be kept: what is wrong with it, and what to do."""

from sp2k.base.wording import size_in_words

SHOWN = 3
_AGAIN = "lalu unggah lagi."
_PRINT = "Cetak ke PDF (Simpan sebagai PDF), lalu unggah hasilnya."
_OF_PDF = {
    "locked": f"dikunci kata sandi. Simpan tanpa kata sandi, {_AGAIN}",
    "cut": f"bukan PDF yang utuh: bagian akhirnya tidak ada. Salin atau unduh lagi dari sumbernya, {_AGAIN}",
    "lost": f"bukan PDF yang utuh: hanya {{pages}} dari {{of}} halaman yang dapat dibaca. Salin atau unduh lagi dari "
            f"sumbernya, {_AGAIN}",
    "broken": f"bukan PDF yang utuh. Simpan atau pindai ulang, {_AGAIN}",
    "pages": f"{{pages}} halaman; paling banyak {{most}}. Pilih halaman yang menjadi bukti, {_AGAIN}",
    "attached": "memuat lampiran{names}. Unggah lampirannya sebagai berkas tersendiri, dan dokumennya tanpa lampiran: "
                "cetak ke PDF.",
    "xfa": f"berupa formulir XFA, yang isinya tidak tampak bagi pembaca lain. {_PRINT}",
    "signed": "bertanda tangan elektronik dan memuat {removed}. Membuangnya merusak tanda tangan itu. Minta berkas tanpa "
              "{removed}, atau unggah pindaiannya.",
    "memory": f"memerlukan terlalu banyak memori untuk diperiksa. {_PRINT}",
    "time": f"terlalu lama diperiksa. {_PRINT}",
}  # fmt: skip
_OF_PICTURES = {
    "pixels": "terlalu besar: {width} x {height} titik. Perkecil dahulu.",
    "broken": "rusak, jadi tidak dapat dibaca. Ambil atau simpan ulang gambarnya.",
    "memory": "memerlukan terlalu banyak memori untuk diperiksa. Perkecil dahulu.",
    "time": "terlalu lama diperiksa. Perkecil dahulu, atau simpan ulang gambarnya.",
}
_OF_OFFICE_FILES = {
    "locked": f"dikunci kata sandi. Simpan tanpa kata sandi, {_AGAIN}",
    "broken": f"rusak atau bukan XLSX, jadi tidak dapat dibaca. Buka dan simpan lagi, {_AGAIN}",
    "unpacked": "akan menjadi {bytes} bila dibuka. Berkas ini tidak dibaca. Hapus sel kosong yang berformat dan lembar "
                f"yang tidak diperlukan, {_AGAIN}",
    "entities": "memuat definisi entitas ({name}), yang tidak pernah dibuat program perkantoran. Berkas ini tidak dibaca.",
    "macros": f"memuat makro atau kendali ({{name}}). Simpan tanpa makro, atau cetak ke PDF, {_AGAIN}",
    "embedded": f"memuat berkas lain di dalamnya ({{name}}). Unggah berkas itu tersendiri, hapus dari sini, {_AGAIN}",
    "linked": f"mengambil isi dari berkas atau alamat lain ({{name}}). Putuskan tautannya (Data > Edit Tautan), {_AGAIN}",
    "stranger": f"memuat bagian yang tidak dikenal ({{name}}). Simpan ulang, atau cetak ke PDF, {_AGAIN}",
    "memory": f"memerlukan terlalu banyak memori untuk diperiksa. Pecah berkasnya, {_AGAIN}",
    "time": f"terlalu lama diperiksa. Pecah berkasnya, {_AGAIN}",
}  # fmt: skip


def why_not_kept(name: str, verdict: dict, *, is_picture: bool, is_pdf: bool) -> str:
    """Return the sentence for the verdict of `sp2k.base.inspecting`."""
    sentences = _OF_PICTURES if is_picture else _OF_PDF if is_pdf else _OF_OFFICE_FILES
    told = dict(verdict)
    if "names" in told:
        told["names"] = _in_brackets([one for one in told["names"] if one])
    if "removed" in told:
        told["removed"] = " dan ".join(told["removed"])
    if "bytes" in told:
        told["bytes"] = size_in_words(told["bytes"])
    if "name" in told:
        told["name"] = _printable(told["name"])
    noun = "Gambar" if is_picture else "Berkas"
    return f'{noun} "{name}" {sentences[verdict["fault"]].format_map(told)}'


def _in_brackets(names: list[str]) -> str:
    shown = [_printable(name) for name in names[:SHOWN]]
    more = f", dan {len(names) - SHOWN} lagi" if len(names) > SHOWN else ""
    return f" ({', '.join(shown)}{more})" if shown else ""


def _printable(name: str) -> str:
    """A name from inside a file is shown short and without what turns or hides letters."""
    return "".join(letter if letter.isprintable() else "?" for letter in name[:80])
