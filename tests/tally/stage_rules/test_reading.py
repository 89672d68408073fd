from decimal import Decimal
from fractions import Fraction

import pytest

from sp2k.tally.stage_rules import RulesError, read_stage_rules
from sp2k.tally.stage_rules.model import CarryOver, Link, Quota, Rounding
from tests.tally.counting.contest import ROGOJAMPI, TAMAN, carried_rules, instrument, rules_data


def refusal(**changed) -> str:
    with pytest.raises(RulesError) as error:
        read_stage_rules(rules_data(**changed))
    return str(error.value)


def test_what_is_left_out_refuses_gaps_and_rounds_as_the_instrument_says():
    rules = read_stage_rules(rules_data())

    assert (rules.name, rules.is_sample) == ("presentasi", False)
    assert (rules.on_empty_mark, rules.on_no_sheet, rules.on_points_outside) == ("tolak", "tolak", "tolak")
    assert (rules.rounding, rules.instrument.round_places) == (Rounding(), 2)
    assert (rules.carry_over, rules.findings, rules.quota, rules.chain) == (None, {}, None, ())


def test_everything_that_can_be_declared_is_read():
    rules = read_stage_rules(
        rules_data(
            nama="Tinjau lapang",
            data_contoh=True,
            gabung="rata_rata",
            bila_kosong="abaikan",
            bila_tanpa_lembar="tidak_dinilai",
            poin_di_luar_rentang="terima",
            bulat={"indikator": 3, "aspek": 1, "nilai": 2},
            bawaan={"cara": "bobot", "tahap": "isian", "bobot": Decimal("0.6"), "bobot_tahap": "2/5"},
            temuan={"sebagian": Decimal("-0.5"), "lebih": "0.5"},
            kuota={"lingkup": "kabupaten_kota", "jumlah": 1, "kecuali": {"35.72": 0}},
            seri=["aspek:N", "indikator:N1", "tahap:presentasi", "tahap:seleksi", "bawaan:aspek:A"],
        )
    )

    assert (rules.name, rules.is_sample) == ("Tinjau lapang", True)
    assert (rules.on_empty_mark, rules.on_no_sheet, rules.on_points_outside) == ("abaikan", "tidak_dinilai", "terima")
    assert (rules.rounding, rules.instrument.round_places) == (Rounding(3, 1, 2), 1)
    assert rules.carry_over == CarryOver("bobot", "isian", Fraction(3, 5), Fraction(2, 5))
    assert rules.findings == {"sebagian": Fraction(-1, 2), "lebih": Fraction(1, 2)}
    assert rules.quota == Quota(True, 1, {"35.72": 0})
    assert rules.chain == (
        Link("aspek:N", "aspek", "N"),
        Link("indikator:N1", "indikator", "N1"),
        Link("tahap:presentasi", "tahap", "presentasi"),
        Link("tahap:seleksi", "tahap", "seleksi"),
        Link("bawaan:aspek:A", "bawaan:aspek", "A"),
    )
    assert rules.carried_stages == {"isian", "seleksi"}
    assert rules.scope_of(ROGOJAMPI) == "35.10"


def test_points_that_come_ready_have_one_seat_unless_others_are_named():
    assert read_stage_rules(rules_data(sumber="poin", penilai=None)).assessors == ("verifikator",)
    assert read_stage_rules(rules_data(sumber="poin", penilai=["tim-a"])).assessors == ("tim-a",)


def test_a_code_that_yaml_took_for_a_number_is_refused_with_its_cure():
    assert refusal(entries=[ROGOJAMPI, Decimal("35.10")]) == (
        'aturan: "peserta" memuat 35.10, yang terbaca sebagai angka, bukan teks; tulislah kode dalam tanda kutip, '
        'misalnya "35.10.13", supaya nol tidak hilang.'
    )


def test_a_key_that_nobody_knows_is_refused_with_those_that_are_known():
    assert refusal(kouta=1) == (
        'aturan: kunci "kouta" tidak dikenal di sini; yang dikenal: aturan, bawaan, benih, bila_kosong, '
        "bila_pangkas_kurang, bila_tanpa_lembar, bulat, data_contoh, edisi, gabung, instrumen, kuota, nama, pangkas, "
        "penilai, peserta, poin_di_luar_rentang, seri, sifat, sumber, tahap, temuan."
    )


CARRY = {"cara": "bobot", "tahap": "isian", "bobot": Decimal("0.6"), "bobot_tahap": Decimal("0.4")}
OTHER_KIND = {"maks": 1, "aturan": {"jenis": "ada", "dasar": "bukti", "kunci": "a", "poin": 1}}
TRIMMED = {"maks": 1, "aturan": {"jenis": "juri", "skala": [0, 1], "gabung": "rata_rata_pangkas"}}
VILLAGES = {"maks": 1, "aturan": {"jenis": "juri", "skala": [0, 1]}, "berlaku_untuk": ["ada_desa"]}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"aturan": None}, 'aturan: kunci "aturan" tidak ada; isilah dengan salah satu dari sp2k-hitung-1.'),
        ({"aturan": "sp2k-hitung-2"}, 'aturan: "aturan" harus salah satu dari sp2k-hitung-1, bukan "sp2k-hitung-2".'),
        ({"edisi": 2022}, 'aturan: "edisi" harus berupa teks, bukan "2022".'),
        ({"tahap": "tinjau lapang"},
         'aturan: "tahap" berisi "tinjau lapang"; pakai huruf, angka, titik, dan tanda hubung saja.'),
        ({"data_contoh": "ya"}, 'aturan: "data_contoh" harus berupa true atau false, bukan "ya".'),
        ({"sumber": "nilai"}, 'aturan: "sumber" harus salah satu dari juri, poin, bawaan, bukan "nilai".'),
        ({"gabung": "modus"},
         'aturan: "gabung" harus salah satu dari rata_rata, rata_rata_pangkas, median, dua_arah, bukan "modus".'),
        ({"gabung": "rata_rata_pangkas"},
         'aturan: "gabung" rata_rata_pangkas memerlukan "pangkas": berapa tertinggi, dan berapa terendah, '
         "dikeluarkan."),
        ({"gabung": "rata_rata_pangkas", "pangkas": 0},
         'aturan: "pangkas" paling sedikit 1; tanpa pangkas, pakailah "gabung" rata_rata.'),
        ({"gabung": "median", "pangkas": 1},
         'aturan: "pangkas" hanya berarti bersama "gabung" rata_rata_pangkas; hapuslah kunci itu.'),
        ({"gabung": "median", "bila_pangkas_kurang": "rata_rata"},
         'aturan: "bila_pangkas_kurang" hanya berarti bersama "gabung" rata_rata_pangkas; hapuslah kunci itu.'),
        ({"aspects": {"N": {"N1": TRIMMED}}},
         'instrumen > indikator N1: "gabung" rata_rata_pangkas memerlukan "pangkas": berapa tertinggi, dan berapa '
         "terendah, dikeluarkan."),
        ({"sifat": {ROGOJAMPI: ["kota"]}},
         "aturan > sifat: sifat 35.15.13 tidak ada; sebutlah sifat setiap peserta, atau hapuslah bagian ini."),
        ({"sifat": {}}, "aturan > sifat: kosong; sebutlah sifat setiap peserta, atau hapuslah kunci itu."),
        ({"entries": [TAMAN], "sifat": {TAMAN: []}},
         "aturan > sifat: sifat 35.15.13 kosong; isilah dengan kabupaten, kota, atau ada_desa."),
        ({"sifat": {"35.99.01": ["kota"]}}, 'aturan > sifat: "35.99.01" tidak ada dalam "peserta".'),
        ({"entries": [TAMAN], "sifat": {TAMAN: ["desa"]}},
         'aturan > sifat: memuat "desa"; yang dikenal: kabupaten, kota, ada_desa.'),
        ({"sumber": "poin", "sifat": {TAMAN: ["kota"]}},
         'aturan: "sifat" hanya berarti bila "sumber" juri: poin sudah menerapkan berlaku_untuk.'),
        ({"seri": ["undian", "aspek:N"]},
         'aturan: "seri" memuat "undian" sebelum "aspek:N"; undian selalu mata rantai terakhir.'),
        ({"benih": "7"}, 'aturan: "benih" tidak berarti tanpa "undian" sebagai mata rantai terakhir "seri".'),
        ({"benih": 7, "seri": ["undian"]}, 'aturan: "benih" harus berupa teks, bukan "7".'),
        ({"benih": " 7", "seri": ["undian"]},
         'aturan: "benih" harus satu baris, paling banyak 200 huruf, tanpa spasi di tepinya.'),
        ({"benih": "7\n8", "seri": ["undian"]},
         'aturan: "benih" harus satu baris, paling banyak 200 huruf, tanpa spasi di tepinya.'),
        ({"bila_kosong": "nol"}, 'aturan: "bila_kosong" harus salah satu dari tolak, abaikan, bukan "nol".'),
        ({"bila_tanpa_lembar": "nol"},
         'aturan: "bila_tanpa_lembar" harus salah satu dari tolak, tidak_dinilai, bukan "nol".'),
        ({"entries": []}, 'aturan: "peserta" kosong; isilah paling sedikit satu.'),
        ({"entries": [ROGOJAMPI, ROGOJAMPI]}, 'aturan: "peserta" memuat "35.10.13" dua kali.'),
        ({"entries": ["35.1.13"]},
         'aturan: "peserta" memuat "35.1.13", kode yang rusak; bentuknya seperti "35.10.13".'),
        ({"entries": ["35.10"], "kuota": {"lingkup": "kabupaten_kota", "jumlah": 1}},
         'aturan: "peserta" memuat "35.10", yang tidak berada di bawah suatu kabupaten/kota.'),
        ({"seats": [1]},
         'aturan: "penilai" memuat 1, yang terbaca sebagai angka, bukan teks; tulislah kode dalam tanda kutip, '
         'misalnya "35.10.13", supaya nol tidak hilang.'),
        ({"seats": ["tahap:isian"]},
         'aturan: "penilai" memuat "tahap:isian"; pakai huruf, angka, titik, dan tanda hubung saja.'),
        ({"penilai": None}, 'aturan: kunci "penilai" tidak ada; isilah dengan daftar.'),
        ({"instrumen": None}, 'aturan: bagian "instrumen" tidak ada, padahal "sumber" juri memerlukannya.'),
        ({"aspects": {"N": {"N1": OTHER_KIND}}},
         'instrumen > indikator N1: berjenis ada; bila "sumber" juri, semua indikator berjenis juri.'),
        ({"bulat": {"nilai": 7}}, 'aturan > bulat: "nilai" harus antara 0 dan 6.'),
        ({"bulat": {"total": 2}},
         'aturan > bulat: kunci "total" tidak dikenal di sini; yang dikenal: aspek, indikator, nilai.'),
        ({"bawaan": {**CARRY, "cara": "kali"}},
         'aturan > bawaan: "cara" harus salah satu dari ganti, tambah, bobot, bukan "kali".'),
        ({"bawaan": {**CARRY, "tahap": "presentasi"}},
         'aturan > bawaan: "tahap" presentasi adalah tahap ini sendiri; sebutlah tahap sebelumnya.'),
        ({"bawaan": {**CARRY, "bobot": Decimal("0.5")}},
         'aturan > bawaan: "bobot" dan "bobot_tahap" berjumlah 0.9; harus tepat 1.'),
        ({"bawaan": {"cara": "bobot", "tahap": "isian", "bobot": 1}},
         'aturan > bawaan: "cara" bobot memerlukan "bobot" (untuk nilai bawaan) dan "bobot_tahap" (untuk tahap ini).'),
        ({"bawaan": {"cara": "ganti", "tahap": "isian", "bobot": 1}},
         'aturan > bawaan: "bobot" tidak berarti bila "cara" ganti: nilai bawaan tidak ikut dijumlah.'),
        ({"bawaan": {"cara": "tambah", "tahap": "isian", "bobot_tahap": 1}},
         'aturan > bawaan: "bobot_tahap" tidak berarti bila "cara" tambah; hapuslah kunci itu.'),
        ({"temuan": {}}, "aturan > temuan: kosong; isilah dengan temuan dan poinnya, atau hapuslah kunci itu."),
        ({"temuan": {"tidak": "kurang"}},
         'aturan > temuan: "tidak" harus berupa angka, misalnya -0.5, bukan "kurang".'),
        ({"temuan": {True: 1}}, 'aturan > temuan: temuan "True" harus berupa satu kata, misalnya dikonfirmasi.'),
        ({"kuota": {"lingkup": "provinsi", "jumlah": 1}},
         'aturan > kuota: "lingkup" harus salah satu dari semua, kabupaten_kota, bukan "provinsi".'),
        ({"kuota": {"lingkup": "semua"}}, 'aturan > kuota: kunci "jumlah" tidak ada; isilah dengan bilangan bulat.'),
        ({"kuota": {"lingkup": "semua", "jumlah": -1}}, 'aturan > kuota: "jumlah" harus antara 0 dan 100000.'),
        ({"kuota": {"lingkup": "semua", "jumlah": 1, "kecuali": {"35.72": 0}}},
         'aturan > kuota > kecuali: hanya berarti bila "lingkup" kabupaten_kota; hapuslah bagian ini.'),
        ({"kuota": {"lingkup": "kabupaten_kota", "jumlah": 1, "kecuali": {Decimal("35.70"): 0}}},
         'aturan > kuota > kecuali: "kecuali" memuat 35.70, yang terbaca sebagai angka, bukan teks; tulislah kode '
         'dalam tanda kutip, misalnya "35.10.13", supaya nol tidak hilang.'),
        ({"kuota": {"lingkup": "kabupaten_kota", "jumlah": 1, "kecuali": {"35.72.01": 0}}},
         'aturan > kuota > kecuali: "35.72.01" bukan kode kabupaten/kota; bentuknya seperti "35.72".'),
        ({"seri": ["abjad"]},
         'aturan: "seri" memuat "abjad"; bentuk yang dikenal: aspek:KODE, indikator:KODE, tahap:KODE, '
         "bawaan:aspek:KODE, undian."),
        ({"seri": ["aspek:N", "aspek:N"]}, 'aturan: "seri" memuat "aspek:N" dua kali.'),
        ({"seri": ["aspek:X"]}, 'aturan: "seri" memuat "aspek:X", yang tidak ada pada instrumen tahap ini.'),
        ({"seri": ["bawaan:aspek:A"]},
         'aturan: "seri" memuat "bawaan:aspek:A", padahal tahap ini tidak mempunyai "bawaan".'),
        ({"aspects": {"N": {"N1": VILLAGES}}, "seri": ["indikator:N1"]},
         'aturan: "seri" memuat "indikator:N1", yang tidak dinilai pada semua peserta; pilihlah yang lain.'),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_with_its_place(changed, sentence):
    assert refusal(**changed) == sentence


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"bawaan": None}, 'aturan: "sumber" bawaan memerlukan bagian "bawaan".'),
        ({"bawaan": CARRY},
         'aturan > bawaan: "cara" bobot memerlukan nilai tahap sendiri; bila "sumber" bawaan, pakailah tambah.'),
        ({"penilai": ["unair"]},
         'aturan: "penilai" tidak berarti bila "sumber" bawaan: tahap ini tidak mempunyai nilai sendiri.'),
        ({"instrumen": instrument({"N": {"N1": 1}})},
         'aturan: "instrumen" tidak berarti bila "sumber" bawaan: tahap ini tidak mempunyai nilai sendiri.'),
        ({"temuan": {"tidak": -1}},
         'aturan: "temuan" tidak berarti bila "sumber" bawaan: tahap ini tidak mempunyai nilai sendiri.'),
        ({"seri": ["tahap:presentasi"]},
         'aturan: "seri" memuat "tahap:presentasi", padahal tahap ini tidak mempunyai nilai sendiri.'),
        ({"seri": ["aspek:N"]}, 'aturan: "seri" memuat "aspek:N", yang tidak ada pada instrumen tahap ini.'),
    ],
)  # fmt: skip
def test_a_stage_that_only_carries_over_has_nothing_of_its_own(changed, sentence):
    data = carried_rules([ROGOJAMPI, TAMAN]) | changed

    with pytest.raises(RulesError) as error:
        read_stage_rules({key: value for key, value in data.items() if value is not None})

    assert str(error.value) == sentence


@pytest.mark.parametrize("data", [None, [], "aturan", 3])
def test_data_that_are_no_mapping_are_refused(data):
    with pytest.raises(RulesError, match="aturan: harus berupa pasangan kunci dan isi"):
        read_stage_rules(data)


def test_a_fault_in_the_instrument_keeps_its_own_place():
    assert refusal(aspects={"N": {"N1": {"maks": -1, "aturan": {"jenis": "juri", "skala": [0, 1]}}}}) == (
        'aspek N > indikator N1: "maks" tidak boleh di bawah 0.'
    )
