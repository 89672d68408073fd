"""The day of a paper or a document is held against today by one rule, in the zone of whoever signs it."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import sp2k
from sp2k.base.documents.days import refuse_day_to_come
from sp2k.base.refusals import BadInput

LATE = datetime(2024, 6, 24, 16, 30, tzinfo=UTC)  # 23.30 in Jakarta, past midnight in Makassar


def test_today_is_the_day_of_the_zone():
    refuse_day_to_come(date(2024, 6, 25), "berita acara", zone="Asia/Makassar", now=LATE)

    with pytest.raises(BadInput, match=r"^Tanggal berita acara, 25 Juni 2024, belum tiba\. Periksa tanggalnya\.$"):
        refuse_day_to_come(date(2024, 6, 25), "berita acara", zone="Asia/Jakarta", now=LATE)


def test_no_document_has_a_rule_of_its_own_for_a_day_to_come():
    sources = Path(sp2k.__file__).parent.rglob("*.py")
    saying = [path.name for path in sources if "belum tiba. Periksa" in path.read_text("utf-8")]

    assert saying == ["days.py"]
