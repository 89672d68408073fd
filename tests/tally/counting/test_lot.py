"""The lot with a public seed: the last link of the chain, which anyone draws again by hand."""

import re
import subprocess
from pathlib import Path

from sp2k.tally.places import lot_digest
from tests.tally.counting.contest import GENTENG, ROGOJAMPI, TAMAN, TONGAS, Contest

PAGE = (Path(__file__).parents[3] / "docs" / "methods" / "hitung.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([^`]+)` \| `([^`]+)` \| `([0-9a-f]{64})` \| ([0-9]) \|$", PAGE, re.MULTILINE)
SEED = ROWS[0][0]


def equals(**rules) -> Contest:
    rules = {"seri": ["aspek:N", "undian"], "benih": SEED} | rules
    contest = Contest([ROGOJAMPI, TAMAN, TONGAS, GENTENG], ["unair"], **rules)
    for entry, mark in [(ROGOJAMPI, 80), (TAMAN, 80), (TONGAS, 80), (GENTENG, 90)]:
        contest.gives("unair", entry, N1=mark)
    return contest


def test_the_page_shows_the_lots_that_are_drawn_and_their_order():
    assert [lot_digest(seed, code) for seed, code, *_ in ROWS] == [digest for *_, digest, _ in ROWS]
    assert [int(place) for *_, place in ROWS] == [
        1 + sum(other < digest for *_, other, _ in ROWS) for *_, digest, _ in ROWS
    ]


def test_the_command_that_the_page_gives_draws_the_same_lot():
    command = re.search(r"^```sh\n(.*?)\n```$", PAGE, re.DOTALL | re.MULTILINE).group(1)

    drawn = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True).stdout

    assert drawn.split()[0] == lot_digest(SEED, ROGOJAMPI) == ROWS[0][2]


def test_equals_are_placed_by_their_lots_the_smallest_first():
    results = {result.code: (result.place, result.decided_by) for result in equals().count().results}

    assert results == {GENTENG: (1, "nilai")} | {code: (1 + int(place), "undian") for _, code, _, place in ROWS}


def test_another_seed_can_give_another_order():
    orders = {tuple(equals(benih=f"benih {n}").places().values()) for n in range(40)}

    assert len(orders) == 1  # places alone: 1, 2, 3, 4
    assert len({tuple(equals(benih=f"benih {n}").places()) for n in range(40)}) == 6


def test_the_lot_decides_only_where_everything_before_it_is_equal():
    contest = equals(seri=["tahap:isian", "undian"], bawaan={"cara": "ganti", "tahap": "isian"})
    for entry, value in [(ROGOJAMPI, 1), (TAMAN, 3), (TONGAS, 2), (GENTENG, 0)]:
        contest.carries(entry, value)

    results = {result.code: (result.place, result.decided_by) for result in contest.count().results}

    assert results == {
        GENTENG: (1, "nilai"), TAMAN: (2, "tahap:isian"), TONGAS: (3, "tahap:isian"), ROGOJAMPI: (4, "tahap:isian")
    }  # fmt: skip


def test_without_its_seed_equals_share_their_place_and_the_tie_at_the_cut_says_what_is_awaited():
    result = equals(benih=None, kuota={"lingkup": "semua", "jumlah": 2}).count()

    assert [(r.code, r.place, r.decided_by) for r in result.results[1:]] == [
        (ROGOJAMPI, 2, "seri"), (TONGAS, 2, "seri"), (TAMAN, 2, "seri")
    ]  # fmt: skip
    assert result.why_through_is_undecided == (
        "Seri di batas lolos: 35.10.13, 35.13.23 dan 35.15.13 bernilai sama, 80, di tempat 2, padahal kuota 2 hanya "
        "menyisakan 1 tempat. Rantai pemutus seri (aspek:N, undian) sudah habis. Undiannya menunggu benih: umumkanlah "
        "benih, catatlah pada kunci benih, lalu hitunglah lagi. Seri itu harus diputus menurut aturan; tidak ada yang "
        "diloloskan menurut urutan."
    )


def test_the_trace_shows_what_was_hashed_and_what_came_out():
    lines = equals().tables().splitlines()

    assert [line for line in lines if line.startswith(f"{ROGOJAMPI},seri,undian")] == [
        f"{ROGOJAMPI},seri,undian,,{SEED} {ROGOJAMPI},{ROWS[0][2]},"
        '"pemutus seri ke-2: SHA-256 atas benih, bita nol, kode; yang terkecil menang"'
    ]
    waiting = equals(benih=None).tables().splitlines()
    assert f"{ROGOJAMPI},seri,undian,,,,pemutus seri ke-2: undian menunggu benih" in waiting
