"""People as a workbook: the template and the list that go out, the rows that come in."""

from sp2k.base.tables import Column, ListKind

COLUMNS = ("nama_pengguna", "nama", "peran", "wilayah", "nama_wilayah", "lembaga", "telepon", "asal")
REQUIRED = ("nama_pengguna", "nama", "peran", "wilayah")
KIND = ListKind(
    "daftar orang", tuple(Column(title, title in REQUIRED) for title in COLUMNS), 2_000,
    "Unduh contoh kosongnya, lalu isi di sana.",
)  # fmt: skip
EXPLAINED = {
    "nama_pengguna": "untuk masuk: huruf kecil, angka, titik, tanda hubung; 3 sampai 60",
    "nama": "dengan gelar, paling panjang 120",
    "peran": "huruf peran: C, R, V, B, K, J, I, atau G",
    "wilayah": "kode wilayah sebagai teks, misalnya 35.10",
    "nama_wilayah": "boleh kosong; dicocokkan dengan kodenya, supaya kolom yang bergeser ketahuan; "
                    "(berakhir): wilayahnya tidak tercantum lagi",
    "lembaga": "boleh kosong",
    "telepon": "nomor WhatsApp, boleh kosong",
    "asal": "kode kabupaten/kota asal atau tugas, boleh kosong",
}
