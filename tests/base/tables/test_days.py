"""Dates as people write them: day first, read where there is one reading, refused otherwise."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sp2k.base.refusals import BadInput
from sp2k.base.tables.days import day_of
from sp2k.base.wording import DAYS, MONTHS, date_in_words


@pytest.mark.parametrize(
    "written",
    ["15/01/2023", "15/1/2023", "15-1-2023", "15.01.2023", "2023-01-15", "15 Januari 2023", "15 januari 2023", "15 Jan 2023",
     "15 Jan. 2023", "15-Jan-2023", "Minggu, 15 Januari 2023", "15 January 2023", " 15 / 1 / 2023 "],
)  # fmt: skip
def test_the_forms_in_which_officials_write_a_date_are_read(written):
    assert day_of(written) == date(2023, 1, 15)


def test_other_names_of_months_are_known():
    assert [day_of(f"1 {name} 2023").month for name in ("Pebruari", "Agt", "Agu", "Sept", "Nopember", "Nop", "Des")] == [
        2, 8, 8, 9, 11, 11, 12,
    ]  # fmt: skip


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_is_read_back_from_each_form(day):
    forms = (f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", day.isoformat(), date_in_words(day),
             f"{DAYS[day.weekday()]}, {date_in_words(day)}", f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}")  # fmt: skip

    assert {day_of(written) for written in forms} == {day}


def test_in_figures_the_day_stands_first():
    assert day_of("03/04/2023") == date(2023, 4, 3)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("15/01/23", "tahunnya harus empat angka"),
        ("1/15/2023", "tanggal yang tidak ada. Hari ditulis lebih dahulu, lalu bulan."),
        ("31/02/2023", "tanggal yang tidak ada."),
        ("2023/01/15", "bukan tanggal."),
        ("15/01-2023", "bukan tanggal."),
        ("Januari 2023", "bukan tanggal."),
        ("15 Bulan 2023", "bukan tanggal."),
        ("15/01/0203", "tahunnya harus empat angka, 1900 sampai 2100."),
        ("١٥/٠١/٢٠٢٣", "bukan tanggal."),
    ],
)
def test_what_has_no_reading_or_two_is_refused(written, reason):
    with pytest.raises(BadInput) as refused:
        day_of(written)

    assert reason in refused.value.sentence
    assert refused.value.sentence.endswith("Tulis tanggal seperti 15/01/2023 atau 15 Januari 2023.")
