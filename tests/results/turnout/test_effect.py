"""What an empty seat did: cases small enough to be counted in the head."""

from sp2k.results.turnout.effect import FrozenStage, SeatEffect, StageEffect, effect_without

A, B, C = "35.01.01", "35.01.02", "35.01.03"
RULES = """\
aturan: sp2k-hitung-1
edisi: uji
tahap: {stage}
nama: Tahap
data_contoh: false
sumber: juri
peserta: ["35.01.01", "35.01.02", "35.01.03"]
penilai: [a, b, c]
gabung: rata_rata
bulat: {{nilai: 2}}
{extra}instrumen:
  instrumen: uji
  maks: 100
  bulat_aspek: 2
  aspek:
  - kode: A
    nama: Aspek
    maks: 100
    indikator:
    - {{kode: A1, judul: Satu, maks: 100, aturan: {{jenis: juri, skala: [0, 100], desimal: 1}}}}
"""
# With seat a: A 83.33, C 82 (a was not there), B 79.33. Without it: B 84, C 82, A 80.
MARKS = {A: {"a": 90, "b": 80, "c": 80}, B: {"a": 70, "b": 84, "c": 84}, C: {"b": 82, "c": 82}}


def stage(marks=MARKS, *, code="presentasi", extra="", lines=()) -> FrozenStage:
    rows = ["kode,penilai,indikator,nilai"]
    for entry, given in marks.items():
        rows += [
            f"{entry},{seat},A1,{given[seat]}" if seat in given else f"{entry},{seat},*,absen"
            for seat in ("a", "b", "c")
        ]
    return FrozenStage(code, RULES.format(stage=code, extra=extra), "\n".join([*rows, *lines]) + "\n")


def test_two_places_change_hands_without_a_seat_that_missed_one_entry():
    [told] = effect_without((stage(),), "a").stages

    assert told.holders == {1: ((A,), (B,)), 3: ((B,), (A,))}
    assert not told.has_cut and not told.moves_the_cut


def test_a_seat_that_gave_nobody_a_sheet_changes_nothing():
    marks = {entry: {seat: mark for seat, mark in given.items() if seat != "a"} for entry, given in MARKS.items()}

    effect = effect_without((stage(marks, extra="kuota: {lingkup: semua, jumlah: 1}\n"),), "a")

    assert effect == SeatEffect((StageEffect("presentasi", True, (), (), {}),), has_sheet=False)


def test_a_cut_that_moves_is_told_and_ends_the_telling():
    first, last = stage(extra="kuota: {lingkup: semua, jumlah: 1}\n"), stage(code="lapang")

    [told] = effect_without((first, last), "a").stages

    assert (told.stage, told.enter, told.leave) == ("presentasi", (B,), (A,))


def test_what_a_stage_would_have_given_is_carried_into_the_next():
    # Carried 83.33, 79.33, 82.00; without the seat 80, 84, 82. In the field all are equal: the carried value decides.
    carry = "bawaan: {cara: tambah, tahap: presentasi, bobot: 1}\n"
    brought = ["35.01.01,tahap:presentasi,nilai,83.33", "35.01.02,tahap:presentasi,nilai,79.33"]
    lines = [*brought, "35.01.03,tahap:presentasi,nilai,82.00"]
    field = stage({entry: {"a": 50, "b": 50, "c": 50} for entry in MARKS}, code="lapang", extra=carry, lines=lines)

    first, last = effect_without((stage(), field), "a").stages

    assert first.holders == last.holders == {1: ((A,), (B,)), 3: ((B,), (A,))}


def test_a_finding_of_the_team_stays_when_its_seat_is_left_out():
    found = stage(extra="temuan: {lebih: 9}\n", lines=[f"{A},a,temuan:Klaim,lebih"])

    [told] = effect_without((found,), "a").stages

    # A 80 + 9, B 84, C 82: it keeps its place.
    assert told.holders == {2: ((C,), (B,)), 3: ((B,), (C,))}


def test_where_an_entry_would_have_no_sheet_at_all_it_is_said_why_nothing_can_be_told():
    effect = effect_without((stage(MARKS | {C: {"a": 82}}),), "a")

    assert effect.stages == ()
    assert effect.impossible.startswith("1 peserta tidak dapat dinilai: 35.01.03")


def test_places_that_would_be_shared_name_all_their_holders():
    [told] = effect_without((stage(MARKS | {A: {"a": 90, "b": 84, "c": 84}}),), "a").stages

    assert told.holders == {1: ((A,), (A, B)), 2: ((C,), ()), 3: ((B,), (C,))}
