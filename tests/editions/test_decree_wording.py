"""The decree's wording in an edition file: every fault is a sentence, found long before the decree is issued."""

import pytest

from sp2k.base.refusals import BadInput
from sp2k.editions.decree import read_wording, wording_findings

STAGES = ["isian", "presentasi"]


def words(**changes):
    """Return a sound section `keputusan` with some keys changed; None takes a key out."""
    data = {
        "kertas": "F4",
        "penetap": "Bupati Contoh",
        "tentang": "Juara {nama} Tahun {tahun}",
        "menimbang": ["bahwa {peserta:isian} kecamatan dinilai"],
        "mengingat": ["Peraturan Pemerintah Nomor 17 Tahun 2018 tentang Kecamatan"],
        "diktum": ["Menetapkan sebagai berikut: {daftar_juara}", "Keputusan ini mulai berlaku."],
        "lampiran": "Juara",
        "kota": "Contoh",
        "penandatangan": "(nama Bupati)",
        **changes,
    }
    return {key: value for key, value in data.items() if value is not None}


def sentences(**changes):
    return [finding.sentence for finding in wording_findings(words(**changes), stages=STAGES)]


def test_a_sound_wording_is_read_with_its_places_still_open():
    wording = read_wording(words(), stages=STAGES)

    assert (wording.paper, wording.office, wording.about) == ("F4", "Bupati Contoh", "Juara {nama} Tahun {tahun}")
    assert (wording.noting, wording.copies) == ((), ())


def test_an_unknown_place_is_named_with_those_that_exist():
    assert sentences(tentang="Juara {pemenang}") == [
        "Pada keputusan, isian {pemenang} pada tentang tidak dikenal; pakai {dinilai:KODE}, {jumlah_gelar}, {kehadiran}, "
        "{nama}, {nomor_berita_acara}, "
        "{penyelenggara}, {peserta:KODE}, {singkatan}, {tahun}, {tanggal_berita_acara}, {terdaftar:KODE}, "
        "{tidak_dinilai:KODE}, {tidak_ikut:KODE}, atau {wilayah}, dengan KODE tahap isian atau presentasi."
    ]


@pytest.mark.parametrize("text", ["{", "}", "{nama", "{peserta:lapang}", "{nama.__class__}", "{ nama }", "{0}", "{}"])
def test_a_brace_that_is_no_place_is_refused(text):
    [sentence] = sentences(kota=text)

    assert sentence.startswith(("Pada keputusan, isian {", "Pada keputusan, isian }"))
    assert " pada kota tidak dikenal; pakai " in sentence


def test_an_unknown_and_a_missing_key_are_both_said():
    assert sentences(penetap=None, pentap="Bupati") == [
        'Pada keputusan, kunci "pentap" tidak dikenal; mungkin maksudnya "penetap".',
        'Pada keputusan, kunci "penetap" belum ada.',
    ]


def test_no_key_takes_a_number_or_a_winner():
    assert sentences(nomor="188/966", juara=["Rogojampi"]) == [
        'Pada keputusan, kunci "nomor" tidak dikenal.',
        'Pada keputusan, kunci "juara" tidak dikenal.',
    ]


@pytest.mark.parametrize(
    ("rulings", "n"),
    [
        (["Menetapkan."], 0),
        (["Menetapkan: {daftar_juara}", "Juga: {daftar_juara}"], 2),
    ],
)
def test_the_winners_close_exactly_one_ruling(rulings, n):
    assert sentences(diktum=rulings) == [
        f"Pada keputusan, {{daftar_juara}} harus menutup tepat satu butir diktum, tertulis pada {n} butir."
    ]


def test_the_winners_stand_nowhere_but_at_the_end_of_a_ruling():
    assert sentences(lampiran="Daftar {daftar_juara}") == [
        "Pada keputusan, {daftar_juara} pada lampiran tidak pada tempatnya; tulis di akhir satu butir diktum."
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kertas": "A3"}, 'Pada keputusan, "kertas" tertulis "A3"; pilih F4 atau A4.'),
        ({"menimbang": []}, 'Pada keputusan, "menimbang" kosong.'),
        ({"mengingat": "satu"}, 'Pada keputusan, "mengingat" harus berupa daftar.'),
        ({"kota": " "}, 'Pada keputusan, "kota" kosong.'),
    ],
)
def test_an_ill_kept_key_is_a_sentence(changes, sentence):
    assert sentences(**changes) == [sentence]


def test_reading_an_unsound_wording_is_refused_with_its_sentences():
    with pytest.raises(BadInput) as refused:
        read_wording(words(kertas="A3", kota=""), stages=STAGES)

    assert str(refused.value) == (
        'Pada keputusan, "kertas" tertulis "A3"; pilih F4 atau A4. Pada keputusan, "kota" kosong.'
    )


def test_what_the_rules_leave_open_is_refused_for_nobody_will_be_asked_again():
    assert sentences(lampiran="Juara (nama program)", mengingat=["Peraturan (nomor contoh)"]) == [
        'Pada keputusan, lampiran memuat "(nama program)", yang tidak ditanyakan lagi saat keputusan dibuat; tulis isinya.'
    ]
