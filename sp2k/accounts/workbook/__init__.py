"""People as a workbook: the template and the list that go out, the rows that come in."""

COLUMNS = ("nama_pengguna", "nama", "peran", "wilayah", "lembaga", "telepon", "asal")
REQUIRED = ("nama_pengguna", "nama", "peran", "wilayah")
EXPLAINED = {
    "nama_pengguna": "untuk masuk: huruf kecil, angka, titik, tanda hubung; 3 sampai 60",
    "nama": "dengan gelar, paling panjang 120",
    "peran": "huruf peran: C, R, V, B, K, J, I, atau G",
    "wilayah": "kode wilayah sebagai teks, misalnya 35.10",
    "lembaga": "boleh kosong",
    "telepon": "nomor WhatsApp, boleh kosong",
    "asal": "kode kabupaten/kota asal atau tugas, boleh kosong",
}
