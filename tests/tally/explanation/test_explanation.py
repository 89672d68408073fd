"""`penjelasan.md`: each entry's way to its place in sentences, whose numbers are those of the count."""

import random

from sp2k.tally.explanation import explanation_lines
from tests.tally.counting.contest import GENTENG, ROGOJAMPI, SEDATI, TAMAN, TONGAS, Contest, carried_rules
from tests.tally.counting.test_hitung_page import counted as counted_page

VILLAGES = {"maks": 50, "aturan": {"jenis": "juri", "skala": [0, 100]}, "berlaku_untuk": ["ada_desa"]}


def text(contest: Contest) -> str:
    return "".join(explanation_lines(contest.count()))


def section(written: str, code: str) -> list[str]:
    """Return the sentences under an entry's heading."""
    part = next(part for part in written.split("\n## ") if part.partition("\n")[0].split(": ")[-1].startswith(code))
    return [line.removeprefix("- ") for line in part.splitlines()[2:] if line.startswith("- ")]


def test_the_first_line_says_that_the_data_are_synthetic_and_real_data_carry_no_such_line():
    real = Contest([ROGOJAMPI], ["unair"]).gives("unair", ROGOJAMPI, N1=80)

    assert next(explanation_lines(counted_page())) == "Data contoh: nilai sintetis, bukan nilai resmi.\n"
    assert next(explanation_lines(real.count())) == "# Penjelasan hitungan: presentasi (lomba-2022)\n\n"


def test_the_worked_example_is_told_from_its_jury_to_its_place():
    written = "".join(explanation_lines(counted_page()))

    assert section(written, "35.10.13") == [
        "Dinilai 2 dari 3 penilai: unair dan jpip.",
        "bappeda berbenturan kepentingan: tidak dihitung, bukan nol.",
        "Kinerja (K): 36,4 dari 40: Pelayanan (K1) 36,4 dari 40.",
        "Inovasi (N): 54,1 dari 60: Kebaruan (N1) 17,8 dari 20; Dampak (N2) 36,3 dari 40.",
        "Nilai tahap 90,5 dari 100: 36,4 + 54,1.",
        "Temuan lapang: A10 dikonfirmasi (0). Bersama temuan, nilai tahap menjadi 90,5.",
        "Nilai: 0,4 × 90,5 (tahap ini) + 0,6 × 89,05 (tahap presentasi) = 89,63, dibulatkan menjadi 89,63.",
        "Tempat 1 menurut nilai: 3,53 di atas 35.13.23 (tempat 2).",
        "Lolos; kuota 3.",
    ]
    assert section(written, "35.13.23")[-2:] == [
        "Tempat 2: nilainya sama dengan 35.15.13, diputus aspek N, 52 lawan 48.",
        "Lolos; kuota 3.",
    ]
    assert section(written, "35.79.02")[1] == (
        "Kinerja (K): 34,13 dari 40: Pelayanan (K1) 512/15 (kira-kira 34,13) dari 40."
    )


def test_what_was_declared_stands_at_its_head():
    carry = {"cara": "tambah", "tahap": "isian", "bobot": "1/3"}
    contest = Contest(
        [ROGOJAMPI], ["a", "b", "c"], gabung="rata_rata_pangkas", pangkas=1, bawaan=carry, bulat={"indikator": 3},
        seri=["aspek:N", "indikator:N1", "tahap:presentasi", "tahap:isian", "bawaan:aspek:A", "undian"],
        kuota={"lingkup": "kabupaten_kota", "jumlah": 1},
    )  # fmt: skip
    contest.all_give(ROGOJAMPI, N1=80).carries(ROGOJAMPI, 90).carries(ROGOJAMPI, 9, part="aspek:A")

    rules = text(contest).split("## Aturannya\n\n")[1].partition("\n\n")[0]

    assert rules.splitlines() == [
        "- Poin indikator: rata-rata sesudah 1 poin tertinggi dan 1 terendah dikeluarkan (bila terlalu sedikit: ditolak).",
        "- Pembulatan, setengah ke atas: indikator 3 desimal; aspek dan nilai tahap 2 desimal.",
        "- Nilai = 1 × nilai tahap ini + 1/3 × nilai tahap isian.",
        "- Yang bernilai sama diputus menurut aspek N, lalu indikator N1, lalu nilai tahap ini sendiri, lalu nilai tahap "
        "isian, lalu aspek A pada tahap isian, lalu undian; undiannya menunggu benih; yang tetap sama berbagi tempat.",
        "- Kuota: 1 dari tiap kabupaten/kota; yang seri di batas kuota tidak diloloskan menurut urutan.",
    ]


def test_equals_at_the_cut_are_told_as_undecided():
    contest = Contest([ROGOJAMPI, GENTENG, TAMAN], ["unair"], kuota={"lingkup": "semua", "jumlah": 1})
    contest.gives("unair", ROGOJAMPI, N1=80).gives("unair", GENTENG, N1=80).gives("unair", TAMAN, N1=70)

    written = text(contest)

    assert "\n**Belum diputus siapa yang lolos.** Seri di batas lolos: 35.10.09 dan 35.10.13 bernilai sama, 80, " in written
    assert section(written, ROGOJAMPI)[-2:] == [
        "Berbagi tempat 1 dengan 35.10.09: nilainya sama, pemutus seri habis.",
        "Belum diputus: seri di batas kuota 1.",
    ]
    assert section(written, TAMAN)[-2:] == [
        "Tempat 3 menurut nilai: 10 di bawah 35.10.13 (tempat 1).",
        "Tidak lolos; kuota 1.",
    ]


def test_a_lot_is_told_with_both_lots():
    contest = Contest([ROGOJAMPI, TAMAN], ["unair"], seri=["undian"], benih="2022-12-21 04-17-23-31-38-42")
    contest.gives("unair", ROGOJAMPI, N1=80).gives("unair", TAMAN, N1=80)

    told = {code: section(text(contest), code)[-1] for code in (ROGOJAMPI, TAMAN)}

    first, second = sorted(told, key=lambda code: contest.places()[code])
    digests = [told[first].split("sidik ")[1][:12], told[second].split("sidik ")[1][:12]]
    assert digests == sorted(digests)
    assert told[first] == (
        f"Tempat 1: nilainya sama dengan {second}, diputus undian, sidik {digests[0]}… lawan {digests[1]}…, yang "
        "terkecil menang."
    )


def test_what_is_left_out_empty_or_missing_is_told_apart():
    aspects = {"N": {"N1": 50, "N2": VILLAGES}, "K": {"K1": VILLAGES}}
    contest = Contest([TAMAN, SEDATI], ["a", "b", "c"], aspects, bila_kosong="abaikan", bila_tanpa_lembar="tidak_dinilai")
    contest.gives("a", TAMAN, N1=80, N2="t.b.", K1="t.b.").gives("b", TAMAN, N1="kosong", N2="t.b.", K1="t.b.")

    written = text(contest)

    assert section(written, TAMAN) == [
        "Dinilai 2 dari 3 penilai: a dan b.",
        "c tidak memberi lembar: tidak dihitung, bukan nol.",
        "N: 80 dari 100: N1 40 dari 50; N2 tidak berlaku.",
        "K: tidak berlaku bagi peserta ini; keluar dari nilai dan dari maksimum.",
        "Nilai tahap 120 dari 150: (80) × 150 / 100, karena sisanya tidak berlaku.",
        "Catatan: kosong diabaikan pada lembar b.",
        "Tempat 1 menurut nilai.",
    ]
    assert section(written, SEDATI) == ["Tidak mendapat tempat: tanpa lembar."]


def test_entries_of_regencies_are_compared_within_their_own():
    contest = Contest(data=carried_rules([ROGOJAMPI, TAMAN, TONGAS], kuota={"lingkup": "kabupaten_kota", "jumlah": 1}))
    for entry, value in [(ROGOJAMPI, 90), (TAMAN, "250/3"), (TONGAS, 70)]:
        contest.carries(entry, value)

    written = text(contest)

    assert "\n## 35.15: Tempat 1: 35.15.13, nilai 250/3\n" in written
    assert section(written, TAMAN) == [
        "Nilai: 1 × 250/3 (tahap isian) = 250/3 (kira-kira 83,33).",
        "Tempat 1 menurut nilai.",
        "Lolos; kuota 1.",
    ]


def test_an_aspect_of_many_indicators_is_told_by_their_number():
    aspects = {"N": {f"N{n}": 5 for n in range(13)}}
    contest = Contest([ROGOJAMPI], ["a"], aspects).gives("a", ROGOJAMPI, **{f"N{n}": 80 for n in range(13)})

    assert section(text(contest), ROGOJAMPI)[0] == "N: 52 dari 65 (13 indikator)."


def test_the_order_of_lines_changes_no_byte():
    contest = Contest(["35.10.01", "35.10.02", "35.10.03"], ["a", "b", "c"], gabung="dua_arah", seri=["undian"], benih="7")
    for n, entry in enumerate(contest.rules.entries):
        contest.all_give(entry, N1=80 + n % 2)
    written = text(contest)

    random.Random(2022).shuffle(contest.marks)

    assert text(contest) == written
