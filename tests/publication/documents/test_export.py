"""The export tells who was judged and lists each document, corrections beside what they correct."""

import pytest

from sp2k.publication.export import export_edition
from sp2k.publication.issued.tables import turnout_csv
from sp2k.publication.models import Decree, Minutes
from tests.results.turnout.test_turnout import with_an_empty_seat
from tests.story import small

pytestmark = pytest.mark.django_db


def test_documents_and_turnout_are_written_beside_the_stages(tmp_path):
    story = small.play_small()

    written = export_edition(story.edition, tmp_path)

    assert written["naskah"] == ["kehadiran.csv", "naskah.csv"]
    documents = (tmp_path / "naskah" / "naskah.csv").read_text().splitlines()
    decree, minutes = Decree.objects.get(), list(Minutes.objects.order_by("stage__position"))
    assert [line.split(",")[0] for line in documents[2:]] == ["berita acara", "berita acara", "keputusan"]
    assert documents[-1].startswith(f"keputusan,188.44/K.1/2024,2024-06-28,{decree.document_id},{decree.journal_size},")
    assert minutes[0].document_id in documents[2]
    turnout = (tmp_path / "naskah" / "kehadiran.csv").read_text().splitlines()
    assert turnout[2:5] == ["isian,terdaftar,,9,", "isian,dinilai,,9,", "isian,tidak dinilai,,0,"]


def test_a_sheet_that_came_in_and_was_voided_is_told_beside_the_absence():
    story = with_an_empty_seat()

    said = (
        '"tidak hadir untuk Kecamatan Sesayap, Kabupaten Tana Tidung: Sakit (lembarnya sudah masuk, lalu dibatalkan)"'
    )
    assert [line for line in turnout_csv(story.edition).splitlines() if said in line]
