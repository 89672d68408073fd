"""A fault in an instrument file is told with its place and a sentence; what only informs is let through."""

from fractions import Fraction

import pytest

from sp2k.base.exactyaml import load
from sp2k.tally.instrument import InstrumentError, read_instrument
from tests.tally.one_indicator import instrument_of

ADA = "{jenis: ada, masukan: k, poin: 1}"


def fault_of(text: str) -> str:
    with pytest.raises(InstrumentError) as fault:
        read_instrument(load(text, name="uji"))
    return str(fault.value)


def fault_of_rule(rule: str, **kwargs) -> str:
    with pytest.raises(InstrumentError) as fault:
        instrument_of(rule, **kwargs)
    return str(fault.value).removeprefix("aspek A > indikator A1 > aturan")


def file_of(indicators: str, extra: str = "") -> str:
    return f"instrumen: uji\n{extra}aspek:\n- kode: A\n  indikator: [{indicators}]\n"


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("{jenis: ada, poinn: 1}", ': kunci "poin" tidak ada; isilah dengan angka.'),
        ("{jenis: ada, poin: 1, k: 2}", ': kunci "k" tidak dikenal di sini; yang dikenal: bila_kosong, dasar, '
         "gerbang_bukti, jenis, masukan, nilai_ada, poin."),
        ("{jenis: ada, poin: satu}", ': "poin" harus berupa angka, bukan "satu".'),
        ("{jenis: ada, poin: true}", ': "poin" harus berupa angka, bukan true.'),
        ("{poin: 1}", ': "jenis" tidak ada; isilah dengan salah satu dari ada, daftar, hitung, jenjang, '
         "rasio_jenjang, persen_linear, tiang, rasio_linear, pilihan, tingkat, gabungan, juri, indeks."),
        ("{jenis: sulap}", ': "jenis" harus salah satu dari ada, daftar, hitung, jenjang, rasio_jenjang, '
         'persen_linear, tiang, rasio_linear, pilihan, tingkat, gabungan, juri, indeks, bukan "sulap".'),
        ("[ada]", ": harus berupa pasangan kunci dan isi."),
        ("{jenis: daftar, butir: [{kode: a, poin: 1}]}",
         ': "mode" tidak ada; isilah dengan bobot (poin per butir) atau proporsi (poin x k/n).'),
        ("{jenis: daftar, mode: bobot, butir: [{kode: a, poin: 1}, {kode: b}]}",
         ' > butir ke-2: kunci "poin" tidak ada; isilah dengan angka.'),
        ("{jenis: daftar, mode: bobot, butir: [{kode: a, poin: 1}, {masukan: a, poin: 1}]}",
         ': "butir" memuat kunci yang sama dua kali.'),
        ("{jenis: jenjang, masukan: [a, b], pita: [{min: 0, poin: 1}]}",
         ': "agregat" tidak ada; isilah dengan jumlah atau rata_rata, sebab "masukan" lebih dari satu.'),
        ("{jenis: jenjang, masukan: a, pita: [{min: 0, sama: 1, poin: 1}]}",
         " > pita ke-1: harus memuat tepat satu dari min, lebih_dari, sama, lain."),
        ("{jenis: jenjang, masukan: a, pita: []}", ': "pita" kosong; isilah paling sedikit satu.'),
        ("{jenis: jenjang, masukan: a, pita: [{min: 0, poin: 1}], bila_kosong: {poin: 1, anggap: 0}}",
         " > bila_kosong: harus memuat tepat satu dari poin, anggap, keluarkan."),
        ("{jenis: persen_linear, masukan: a, penuh: 0, poin: 1}",
         ': "penuh" harus di atas 0 dan "poin" tidak boleh di bawah 0.'),
        ("{jenis: rasio_jenjang, pembilang: [a], penyebut: [b], pita: [{min: 0, poin: 1}], jepit: [100, 0]}",
         ': "jepit" harus berupa dua angka, yang kecil dahulu, misalnya [0, 100].'),
        ("{jenis: pilihan, opsi: [{kode: a, poin: 1}, {kode: a, poin: 2}]}",
         ' > opsi ke-2: kode "a" sudah dipakai opsi lain.'),
        ("{jenis: pilihan, gerbang_bukti: [e], opsi: [{kode: a, poin: 1}, {kode: A, poin: 2}]}",
         ' > opsi ke-2: kode "A" sudah dipakai opsi lain.'),
        ("{jenis: pilihan, opsi: [{kode: a, poin: 1}], turunan_dari_angka: {masukan: n, rentang: [[1, 2, z]]}}",
         ' > turunan_dari_angka > rentang ke-1: opsi "z" tidak ada dalam daftar opsi.'),
        ("{jenis: pilihan, opsi: [{kode: a, poin: 1}], turunan_dari_angka: {masukan: n, rentang: [[3, 2, a]]}}",
         " > turunan_dari_angka > rentang ke-1: batas bawah lebih besar daripada batas atas."),
        ("{jenis: gabungan, bagian: [{jenis: juri, skala: [0, 100]}]}",
         ': jenis "juri" tidak dapat menjadi bagian; jadikan indikator tersendiri.'),
        ("{jenis: juri, desimal: 1}", ': harus memuat tepat satu dari "skala" dan "nilai_sah".'),
        ("{jenis: indeks, rumus: iid-2023, masukan: a}",
         ': "rumus" harus salah satu dari skm-14-2017, bukan "iid-2023".'),
        ("{jenis: tingkat, kelompok: [{butir: [{masukan: a, poin: 1}], bila_kosong: {keluarkan: true}}]}",
         " > kelompok ke-1 > bila_kosong: keluarkan hanya boleh true, dan hanya untuk indikator utuh."),
    ],
)  # fmt: skip
def test_a_fault_in_a_rule_is_told_with_its_place(rule, sentence):
    assert fault_of_rule(rule) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "berkas instrumen: harus berupa pasangan kunci dan isi."),
        ("instrumen: uji", 'berkas instrumen: kunci "aspek" tidak ada; isilah dengan daftar.'),
        (file_of(""), 'aspek A: "indikator" kosong; isilah paling sedikit satu.'),
        (file_of(f"{{kode: A1, aturan: {ADA}}}"),
         'aspek A > indikator A1: kunci "maks" tidak ada; isilah dengan angka.'),
        (file_of(f"{{kode: A1, maks: 1, aturan: {ADA}}}, {{kode: A1, maks: 1, aturan: {ADA}}}"),
         "indikator A1: kode ini dipakai dua kali; setiap kode harus berbeda."),
        (file_of(f"{{kode: 1.10, maks: 1, aturan: {ADA}}}"),
         'aspek A > indikator ke-1: "kode" harus berupa kode (teks; beri tanda kutip bila mirip angka), bukan "1.10".'),
        (file_of(f"{{kode: A1, maks: 1, judull: x, aturan: {ADA}}}"),
         'aspek A > indikator A1: kunci "judull" tidak dikenal di sini; yang dikenal: aturan, berlaku_untuk, '
         "bila_tidak_berlaku, bobot, bukti, judul, kode, maks, opsi_penilai, rubrik_cetak, satuan."),
        (file_of(f"{{kode: A1, maks: 1, bobot: 0.5, aturan: {ADA}}}, {{kode: A2, maks: 1, bobot: 0.4, aturan: {ADA}}}"),
         'aspek A: "bobot" berjumlah 0.9; jumlahnya harus tepat 1.'),
        (file_of(f"{{kode: A1, maks: 1, bobot: 1, aturan: {ADA}}}, {{kode: A2, maks: 1, aturan: {ADA}}}"),
         'aspek A: "bobot" harus ada pada semua bagian setingkat, atau tidak sama sekali.'),
        (file_of(f"{{kode: A1, maks: 1, bobot: -0.5, aturan: {ADA}}}"),
         'aspek A > indikator A1: "bobot" tidak boleh di bawah 0.'),
        (file_of(f"{{kode: A1, maks: 0, bobot: 1, aturan: {ADA}}}"),
         'aspek A: A1 berbobot tetapi "maks" 0; isilah "maks" atau bobot 0.'),
        (file_of(f"{{kode: A1, maks: 1, berlaku_untuk: [desa], aturan: {ADA}}}"),
         'aspek A > indikator A1: "berlaku_untuk" memuat "desa"; yang dikenal: kabupaten, kota, ada_desa.'),
        (file_of(f"{{kode: A1, maks: 1, aturan: {ADA}}}", "kategori: [{min: 60, nama: C}, {min: 90, nama: A}]\n"),
         'berkas instrumen: "kategori" harus urut dari "min" tertinggi ke terendah.'),
        (file_of(f"{{kode: A1, maks: 1, aturan: {ADA}}}", "plafon_aspek: yes\n"),
         'berkas instrumen: "plafon_aspek" harus berupa true atau false, bukan "yes".'),
        (file_of(f"{{kode: A1, maks: 1, aturan: {ADA}}}", "bulat_aspek: 2.5\n"),
         'berkas instrumen: "bulat_aspek" harus berupa bilangan bulat, bukan "2.5".'),
    ],
)  # fmt: skip
def test_a_fault_in_the_tree_is_told_with_its_place(text, sentence):
    assert fault_of(text) == sentence


def test_optional_text_may_be_left_empty_and_a_weight_of_zero_is_a_weight():
    text = file_of(
        f"{{kode: A1, judul: null, satuan: , maks: 1, bobot: 0, aturan: {ADA}}}, "
        f"{{kode: A2, judul: null, maks: 1, bobot: 1, aturan: {ADA}}}"
    )

    indicators = read_instrument(load(text, name="uji")).indicators

    assert [(i.title, i.unit, i.weight) for i in indicators] == [("", "", 0), ("", "", 1)]


def test_a_scale_of_marks_takes_whole_numbers_unless_the_rule_says_otherwise():
    rule = instrument_of("{jenis: juri, skala: [0, 100]}").indicator("A1").rule

    assert [rule.why_not(Fraction(mark)) for mark in ("80", "80.5")] == [
        None,
        "Nilai 80,5 harus bilangan bulat.",
    ]


def test_notes_and_counts_inform_wherever_they_stand():
    text = """
instrumen: uji
catatan: untuk dibaca orang
jumlah_maks: 99
tahap_lanjut: {apa: saja}
aspek:
- kode: A
  catatan_kaki: x
  bagian:
  - kode: A1
    jumlah_indikator: 1
    indikator:
    - {kode: A1.1, maks: 1, catatan: y, aturan: {jenis: pilihan, catatan: z, opsi: [{poin: 1, catatan: w}]}}
"""

    instrument = read_instrument(load(text, name="uji"))

    assert [(i.code, i.group) for i in instrument.indicators] == [("A1.1", "A1")]


def test_maxima_left_out_are_the_sum_of_what_they_hold():
    instrument = read_instrument(
        load(
            "instrumen: uji\naspek:\n"
            f"- {{kode: A, indikator: [{{kode: A1, maks: 1.5, aturan: {ADA}}}, "
            f"{{kode: A2, maks: 2, aturan: {ADA}}}]}}\n"
            f"- {{kode: B, maks: 9, indikator: [{{kode: B1, maks: 1, aturan: {ADA}}}]}}\n",
            name="uji",
        )
    )

    assert [str(aspect.maximum) for aspect in instrument.aspects] == ["7/2", "9"]
    assert str(instrument.maximum) == "25/2"
    assert (instrument.round_places, instrument.capped, instrument.categories) == (2, False, ())


def test_an_indicator_names_the_keys_its_rule_reads():
    rule = (
        "{jenis: pilihan, masukan: ind_3_pilihan, gerbang_bukti: per_opsi, "
        "opsi: [{kode: a, poin: 1}, {kode: b, poin: 2}], "
        "turunan_dari_angka: {masukan: ind_3_jumlah, rentang: [[1, 5, a]]}}"
    )
    indicator = instrument_of(rule).indicator("A1")

    assert [(entry.key, entry.reads) for entry in indicator.inputs] == [
        ("ind_3_pilihan", "pilihan"), ("ind_3_jumlah", "angka"),
    ]  # fmt: skip
    assert [choice.code for choice in indicator.inputs[0].choices] == ["a", "b"]
    assert indicator.evidence_keys == ("ind_3", "ind_3a", "ind_3b")


def test_a_mark_is_checked_and_turned_into_points_by_its_rule():
    instrument = instrument_of("{jenis: juri, skala: [10, 100], desimal: 1, gabung: median}", maximum="9")
    rule = instrument.indicator("A1").rule

    assert (rule.combine, rule.decimals, [str(limit) for limit in rule.scale]) == ("median", 1, ["10", "100"])
    assert str(rule.points(55)) == "9/2"
    assert [rule.why_not(mark) for mark in (10, 100)] == [None, None]
    assert rule.why_not(9) == "Nilai 9 harus antara 10 dan 100."
    assert rule.why_not(rule.scale[0] / 4 + 20) is None
    assert rule.why_not(rule.scale[0] / 8 + 20) == "Nilai 21,25 paling banyak 1 angka di belakang koma."


def test_a_mark_from_a_list_must_stand_in_it():
    rule = instrument_of("{jenis: juri, nilai_sah: [0, 0.5, 1]}").indicator("A1").rule

    assert rule.why_not(1) is None
    assert rule.why_not(2) == "Nilai 2 tidak ada dalam daftar nilai sah: 0; 0,5; 1."
