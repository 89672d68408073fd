"""Rules by which duties are dealt out: as many for each, the same again by the same seed, nobody where a conflict bars."""

import pytest

from sp2k.base.refusals import Refused
from sp2k.judging.planning.plans import Plan, as_text, balanced_pairs, from_text

SEATS = ["akademisi", "bappeda", "dpmd"]
ENTRIES = [f"35.{n:02}.01" for n in range(1, 31)]


def test_balanced_gives_each_entry_so_many_and_each_seat_about_equally_many():
    seats = [f"kursi-{n}" for n in range(6)]

    plan = balanced_pairs(ENTRIES, seats, each=3, seed="2023-10-30 undian 481516", barred=())

    per_entry = {entry: sum(pair[0] == entry for pair in plan.pairs) for entry in ENTRIES}
    per_seat = [sum(pair[1] == seat for pair in plan.pairs) for seat in seats]
    assert (set(per_entry.values()), per_seat) == ({3}, [15] * 6)


def test_balanced_mixes_the_panels_so_that_they_can_be_compared():
    seats = [f"kursi-{n}" for n in range(6)]
    plan = balanced_pairs(ENTRIES, seats, each=3, seed="481516", barred=())

    panels = {frozenset(seat for one, seat in plan.pairs if one == entry) for entry in ENTRIES}

    assert len(panels) > 2


def test_the_same_seed_gives_the_same_plan_and_another_seed_another():
    first, again, other = (
        balanced_pairs(entries, SEATS, each=2, seed=seed, barred=())
        for entries, seed in ((ENTRIES, "a"), (ENTRIES[::-1], "a"), (ENTRIES, "b"))
    )

    assert (first == again, first.pairs == other.pairs) == (True, False)


def test_balanced_passes_over_whoever_is_barred():
    plan = balanced_pairs(ENTRIES, SEATS, each=2, seed="a", barred={(ENTRIES[0], "dpmd")})

    assert {seat for entry, seat in plan.pairs if entry == ENTRIES[0]} == {"akademisi", "bappeda"}


def test_balanced_refuses_where_conflicts_leave_too_few():
    with pytest.raises(Refused) as told:
        balanced_pairs(ENTRIES, SEATS, each=3, seed="a", barred={(ENTRIES[0], "dpmd")})

    assert told.value.sentence == (
        "Peserta 35.01.01 hanya dapat dinilai 2 kursi; yang lain berbenturan kepentingan."
    )


def test_a_plan_sent_through_a_page_comes_back_the_same():
    plan = Plan(frozenset({"a", "b"}), frozenset({("a", "x"), ("a", "y")}), "berkas")

    assert from_text(as_text(plan).replace("\n", "\r\n"), how="berkas") == plan
