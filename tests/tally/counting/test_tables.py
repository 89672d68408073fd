import csv
import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sp2k.tally.tables import csv_line, places_lines, sheets_lines
from sp2k.tally.trace import trace_lines
from tests.tally.counting.contest import ROGOJAMPI, TAMAN, TONGAS, Contest, carried_rules

# Neither the rules nor the instrument of these stages say how aspects are rounded.
UNSAID = "; aturan dan instrumen tidak menyebut desimalnya"

VILLAGES = {"maks": 10, "aturan": {"jenis": "juri", "skala": [0, 100]}, "berlaku_untuk": ["ada_desa"]}
SAMPLE = "# Data contoh: nilai sintetis, bukan nilai resmi.\n"


def test_places_stand_by_scope_place_and_code_with_everything_that_decided_them():
    contest = Contest(
        [TONGAS, TAMAN, ROGOJAMPI, "35.10.01"],
        ["unair", "jpip"],
        data_contoh=True,
        bulat={"nilai": 2},
        bila_tanpa_lembar="tidak_dinilai",
        kuota={"lingkup": "semua", "jumlah": 2},
    )
    contest.all_give(ROGOJAMPI, N1=90).all_give(TAMAN, N1=80).gives("unair", TONGAS, N1=80)
    contest.line(TONGAS, "jpip", "*", "absen")

    assert "".join(places_lines(contest.count())) == (
        "# Data contoh: nilai sintetis, bukan nilai resmi.\n"
        "tempat,kode,nilai,lingkup,diputus_oleh,lolos,keterangan\n"
        "1,35.10.13,90.00,semua,nilai,ya,\n"
        '2,35.13.23,80.00,semua,seri,seri di batas,"absen: jpip; rata-rata dari 1 penilai yang ada"\n'
        "2,35.15.13,80.00,semua,seri,seri di batas,\n"
        ",35.10.01,,semua,,tidak,tanpa lembar\n"
    )


def test_real_data_carry_no_label_and_no_quota_leaves_its_column_empty():
    contest = Contest(data=carried_rules([ROGOJAMPI])).carries(ROGOJAMPI, "90.5")

    assert list(places_lines(contest.count())) == [
        "tempat,kode,nilai,lingkup,diputus_oleh,lolos,keterangan\n",
        "1,35.10.13,90.5,semua,nilai,,\n",
    ]


def trace_of(contest: Contest, code: str) -> list[str]:
    return [line.removeprefix(code + ",") for line in trace_lines(contest.count()) if line.startswith(code + ",")]


def test_a_reader_can_follow_an_entry_from_its_marks_to_its_place():
    contest = Contest(
        [ROGOJAMPI, TAMAN],
        ["unair", "jpip", "bappeda"],
        {"K": {"K1": 40, "K2": 20}, "N": {"N1": 40}},
        tahap="lapang",
        bulat={"indikator": 3, "nilai": 2},
        temuan={"tidak": Decimal("-0.5")},
        bawaan={"cara": "bobot", "tahap": "presentasi", "bobot": Decimal("0.6"), "bobot_tahap": Decimal("0.4")},
        kuota={"lingkup": "semua", "jumlah": 1},
        seri=["aspek:N"],
    )
    contest.gives("unair", ROGOJAMPI, K1="87.5", K2=80, N1=90).gives("jpip", ROGOJAMPI, K1=90, K2=70, N1=91)
    contest.line(ROGOJAMPI, "bappeda", "*", "benturan").line(ROGOJAMPI, "jpip", "temuan:A10", "tidak")
    contest.all_give(TAMAN, K1=85, K2=80, N1="91.125").carries(TAMAN, "89.5", stage="presentasi")
    contest.carries(ROGOJAMPI, "88.25", stage="presentasi")

    assert trace_of(contest, ROGOJAMPI) == [
        'lembar,*,bappeda,benturan,,"tidak dihitung, bukan nol"\n',
        "lembar,K1,unair,87.5,35,(87.5 - 0) / (100 - 0) x 40\n",
        "lembar,K1,jpip,90,36,(90 - 0) / (100 - 0) x 40\n",
        'rata_rata,K1,,71 / 2,35.5,"jumlah poin dibagi banyaknya penilai yang menilai, dibulatkan 3 desimal '
        '(setengah ke atas)"\n',
        "lembar,K2,unair,80,16,(80 - 0) / (100 - 0) x 20\n",
        "lembar,K2,jpip,70,14,(70 - 0) / (100 - 0) x 20\n",
        'rata_rata,K2,,30 / 2,15,"jumlah poin dibagi banyaknya penilai yang menilai, dibulatkan 3 desimal '
        '(setengah ke atas)"\n',
        "lembar,N1,unair,90,36,(90 - 0) / (100 - 0) x 40\n",
        "lembar,N1,jpip,91,36.4,(91 - 0) / (100 - 0) x 40\n",
        'rata_rata,N1,,72.4 / 2,36.2,"jumlah poin dibagi banyaknya penilai yang menilai, dibulatkan 3 desimal '
        '(setengah ke atas)"\n',
        'aspek,K,,50.5,50.5,"K1 + K2, dibulatkan 2 desimal (setengah ke atas)'
        f'{UNSAID}"\n',
        'aspek,N,,36.2,36.2,"N1, dibulatkan 2 desimal (setengah ke atas)'
        f'{UNSAID}"\n',
        'tahap,lapang,,50.5 + 36.2,86.7,"K + N, dibulatkan 2 desimal (setengah ke atas)'
        f'{UNSAID}"\n',
        "temuan,A10,jpip,tidak,-0.5,poin temuan menurut aturan\n",
        'tahap_dengan_temuan,lapang,,86.7 + -0.5,86.2,"nilai tahap ditambah temuan, dijaga antara 0 dan 100"\n',
        "bawaan,nilai,tahap:presentasi,88.25,88.25,dari hitungan tahap sebelumnya\n",
        'nilai,,,87.43,87.43,"0.4 x 86.2 (tahap ini) + 0.6 x 88.25 (bawaan presentasi), dibulatkan 2 desimal '
        '(setengah ke atas)"\n',
        "catatan,,,,,benturan: bappeda\n",
        "catatan,,,,,rata-rata dari 2 penilai yang ada\n",
        'tempat,semua,,87.43,2,"diputus oleh nilai; lolos: tidak"\n',
    ]


def test_the_trace_of_equals_shows_the_links_that_were_compared():
    contest = Contest([ROGOJAMPI, TAMAN], ["unair"], {"K": {"K1": 50}, "N": {"N1": 50}}, seri=["aspek:N", "aspek:K"])
    contest.gives("unair", ROGOJAMPI, K1=90, N1=80).gives("unair", TAMAN, K1=80, N1=90)

    assert trace_of(contest, TAMAN)[-3:] == [
        "seri,aspek:N,,45,45,pemutus seri ke-1: yang lebih tinggi menang\n",
        "seri,aspek:K,,40,40,pemutus seri ke-2: yang lebih tinggi menang\n",
        "tempat,semua,,85,1,diputus oleh aspek:N\n",
    ]


def test_the_trace_of_an_unresolved_tie_names_the_others_and_of_the_unjudged_the_reason():
    contest = Contest([ROGOJAMPI, TAMAN, TONGAS], ["unair"], bila_tanpa_lembar="tidak_dinilai")
    contest.all_give(ROGOJAMPI, N1=80).all_give(TAMAN, N1=80)

    assert trace_of(contest, ROGOJAMPI)[-1] == "tempat,semua,,80,1,seri dengan 35.15.13: rantai pemutus seri habis\n"
    assert trace_of(contest, TONGAS) == ["tanpa_tempat,semua,,,,tanpa lembar\n"]


def test_the_trace_names_five_of_many_equals_and_counts_the_rest():
    entries = [f"35.10.{n:02}" for n in range(1, 9)]
    contest = Contest(entries, ["unair"])
    for entry in entries:
        contest.all_give(entry, N1=80)

    assert trace_of(contest, "35.10.02")[-1] == (
        'tempat,semua,,80,1,"seri dengan 35.10.01, 35.10.03, 35.10.04, 35.10.05, 35.10.06, dan 2 lainnya: rantai '
        'pemutus seri habis"\n'
    )


def test_the_trace_shows_ignored_gaps_what_does_not_apply_and_how_the_rest_is_scaled():
    contest = Contest([TAMAN], ["unair", "jpip"], {"N": {"N1": 30, "N2": 10, "N3": VILLAGES}}, bila_kosong="abaikan")
    contest.all_give(TAMAN, N1=80, N3="t.b.").gives("unair", TAMAN, N2=60).gives("jpip", TAMAN, N2="kosong")

    lines = trace_of(contest, TAMAN)

    assert lines[4] == 'lembar,N2,jpip,kosong,,"kosong: tidak dihitung, bukan nol"\n'
    assert lines[5] == "rata_rata,N2,,6 / 1,6,jumlah poin dibagi banyaknya penilai yang menilai\n"
    assert lines[6:9] == [
        "lembar,N3,unair,t.b.,,tidak berlaku bagi peserta ini\n",
        "lembar,N3,jpip,t.b.,,tidak berlaku bagi peserta ini\n",
        "rata_rata,N3,,t.b.,,bila tidak berlaku: keluarkan\n",
    ]
    assert lines[9] == 'aspek,N,,37.5,37.5,"(N1 + N2) x 50 / 40, dibulatkan 2 desimal (setengah ke atas)' + f'{UNSAID}"\n'


def test_the_trace_of_weights_shows_the_shares():
    mark = {"jenis": "juri", "skala": [0, 100]}
    aspects = {
        "N": {
            "N1": {"maks": 10, "bobot": Decimal("0.75"), "aturan": mark},
            "N2": {"maks": 20, "bobot": Decimal("0.25"), "aturan": mark},
        }
    }
    contest = Contest([TAMAN], ["unair"], aspects).gives("unair", TAMAN, N1=80, N2=60)

    assert trace_of(contest, TAMAN)[2] == (
        'aspek,N,,22.5,22.5,"(0.75 x N1 / 10 + 0.25 x N2 / 20) / 1 x 30, dibulatkan 2 desimal (setengah ke atas)'
        f'{UNSAID}"\n'
    )


def test_a_cell_that_a_spreadsheet_would_run_is_marked_as_text():
    assert csv_line(["=1+1", "+62", "-x", "@SUM", "\tx", "-0.5", "-1/3", "a,b", 'a"b', "a\nb", ""]) == (
        "'=1+1,'+62,'-x,'@SUM,'\tx,-0.5,-1/3,\"a,b\",\"a\"\"b\",\"a\nb\",\n"
    )


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n")), min_size=2))
def test_every_cell_is_read_back_as_it_was_but_for_the_mark_of_text(cells):
    (row,) = csv.reader([csv_line(cells)])

    assert [read.removeprefix("'") for read in row] == [cell.removeprefix("'") for cell in cells]
    assert not any(re.match(r"[=+@\t]|-(?![0-9])", read) for read in row)


def test_sheets_are_written_as_they_are_read():
    marks = [(ROGOJAMPI, "unair", "N1", "87.5"), (ROGOJAMPI, "jpip", "*", "absen")]

    assert "".join(sheets_lines(marks, is_sample=True)) == (
        SAMPLE + "kode,penilai,indikator,nilai\n35.10.13,unair,N1,87.5\n35.10.13,jpip,*,absen\n"
    )
