"""Dates on a page follow the reader's language; the words of documents do not."""

from datetime import UTC, date, datetime

from django.utils import translation

from sp2k.base.templatetags import wording as filters
from sp2k.base.wording import as_sentence, date_in_words

MOMENT = datetime(2023, 8, 17, 3, 30, tzinfo=UTC)


def test_dates_are_indonesian_unless_the_reader_chose_english():
    with translation.override("id"):
        indonesian = [filters.waktu(MOMENT), filters.hari(MOMENT), filters.tanggal(date(2023, 5, 1))]
    with translation.override("en"):
        english = [filters.waktu(MOMENT), filters.hari(MOMENT), filters.tanggal(date(2023, 5, 1))]

    assert indonesian == ["17 Agustus 2023, 10.30 WIB", "Kamis", "1 Mei 2023"]
    assert english == ["17 August 2023, 10.30 WIB", "Thursday", "1 May 2023"]


def test_the_words_of_a_document_stay_indonesian_whoever_reads():
    with translation.override("en"):
        assert date_in_words(date(2022, 12, 21)) == "21 Desember 2022"


def test_a_typed_reason_ends_with_one_stop_before_the_next_sentence():
    typed = ("Banjir", "Banjir. ", "Banjir?", "dst…")

    assert [as_sentence(text) for text in typed] == ["Banjir.", "Banjir.", "Banjir?", "dst…"]
