"""Every role of the demonstration finds work to do: each shipped edition stands at another step."""

import pytest

from sp2k.base import clock
from sp2k.editions.models import Edition, Stage
from sp2k.entries.models import Participation
from sp2k.publication.checking.status import edition_status
from sp2k.results.closing import what_is_missing


@pytest.fixture
def edition(demonstration, db):
    return lambda code: Edition.objects.get(code=code)


def open_stages(edition) -> list[str]:
    return [stage.code for stage in edition.stages.all() if stage.is_open(clock.shown())]


def test_each_kind_of_stage_is_open_somewhere(edition):
    found = {
        code: open_stages(edition(code))
        for code in ("jatim-2022", "jatim-2023", "jatim-2024-contoh", "banyuwangi-2023-contoh", "batu-2023-contoh")
    }

    assert found == {
        "jatim-2022": [], "jatim-2023": ["presentasi"], "jatim-2024-contoh": ["isian"],
        "banyuwangi-2023-contoh": ["seleksi"], "batu-2023-contoh": ["lapang"],
    }  # fmt: skip


def test_the_ready_kecamatan_has_not_sent_its_form_and_its_verifier_has_forms_waiting(edition):
    rows = Participation.objects.filter(stage__edition=edition("jatim-2024-contoh"))

    assert not rows.get(entry__region="35.10.13").forms.exists()
    assert rows.filter(entry__region__parent="35.10", forms__verifications=None, forms__isnull=False).count() == 5


def test_its_draft_is_half_filled_in_and_its_innovation_told(edition):
    row = Participation.objects.get(stage__edition=edition("jatim-2024-contoh"), entry__region="35.10.13")

    assert 0 < len(row.draft.answers) < 114
    assert list(row.entry.innovations.values_list("title", flat=True)) == ["Antar berkas pulang"]


def test_a_stage_past_its_deadline_waits_for_one_sheet(edition):
    stage = Stage.objects.select_related("edition__region", "instrument").get(
        edition=edition("mojokerto-2023-contoh"), code="presentasi"
    )

    assert not stage.is_locked and not stage.is_open(clock.shown())
    assert what_is_missing(stage) == [
        "1 lembar juri belum masuk (Badan Perencanaan Pembangunan Daerah → Kecamatan Magersari, Kota Mojokerto)"
    ]


def test_every_edition_is_sample_data_with_an_intact_chain(demonstration, db):
    editions = list(Edition.objects.all())

    assert len(editions) == 6
    assert all(edition.is_sample for edition in editions)
    assert {edition_status(edition)["rantai"] for edition in editions} == {"utuh"}
