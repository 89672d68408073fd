"""Two editions of one name are told apart by their codes; a page over several editions bears the name of none."""

from datetime import timedelta

import pytest

from sp2k.base import clock
from sp2k.editions.actions import open_edition, revise_edition, void_edition
from sp2k.editions.models import Edition
from sp2k.editions.queries.checking import fingerprint
from sp2k.entries.models import Entry, Participation
from sp2k.judging.models import Assignment, Seat, Seating
from tests.entries.pages import words
from tests.story import small
from tests.story.locking import lock_rules_as_they_stand
from tests.story.small import FIRST, JURY_SEATED, at, play_small

NOW = at("2024-06-04 09.00")
NAME = "PKU Kalimantan Utara 2024"


@pytest.fixture
def story(db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return play_small(JURY_SEATED)


def copy_of(story, code="kaltara-latihan", **changes) -> Edition:
    text = small.EDITION.replace("edisi: kaltara-2024-uji", f"edisi: {code}")
    for was, becomes in changes.items():
        text = text.replace(f"{was}: ", f"{was}: {becomes}", 1)
    return open_edition(text, name="salinan.yaml", by=story.bureau[0], now=NOW, is_sample=True)


def names() -> set[str]:
    return {str(row) for row in Edition.objects.select_related("region")}


def test_a_copy_for_the_same_year_stands_everywhere_with_its_code_as_does_the_first(client, story):
    copy = copy_of(story)
    client.force_login(story.bureau[0])

    assert names() == {f"{NAME} (kaltara-2024-uji)", f"{NAME} (kaltara-latihan)"}
    desk = words(client.get("/meja/"))
    assert f"{NAME} (kaltara-latihan)" in desk and f"{NAME} (kaltara-2024-uji)" in desk
    page = client.get(f"/edisi/{copy.code}/")
    assert f"· {NAME} (kaltara-latihan)</title>" in page.content.decode()
    assert "Kalimantan Utara · Edisi 2024 (kaltara-latihan)" in words(page)


def test_another_short_name_or_a_voided_draft_leaves_the_first_its_plain_name(story):
    copy = copy_of(story)
    renamed = copy.source.replace("singkatan: PKU", "singkatan: Latihan PKU")
    copy = revise_edition(copy, renamed, base=fingerprint(copy.source), by=story.bureau[0], now=NOW)
    assert names() == {NAME, f"Latihan {NAME}"}

    second = copy_of(story, "kaltara-lagi")
    assert str(second) == f"{NAME} (kaltara-lagi)"
    void_edition(second, reason="Salah buka", by=story.bureau[0], now=NOW)

    assert NAME in names()


def test_whoever_opens_a_copy_of_the_same_name_is_told(client, story):
    client.force_login(story.bureau[0])
    asked = {"origin": "salinan:kaltara-2024-uji", "code": "kaltara-latihan", "year": "2024", "zone": "Asia/Makassar"}

    said = words(client.post("/edisi/baru/", asked, follow=True))

    assert "Edisi lain di sini bersingkatan dan bertahun sama." in said
    assert "Halaman umum, berita acara, dan keputusan menulis nama lengkapnya" in said


def test_a_copy_keeps_the_zone_of_its_origin_unless_another_is_chosen(client, story):
    clock.start_demonstration_clock(NOW)
    client.force_login(story.bureau[0])
    asked = {"origin": "salinan:kaltara-2024-uji", "year": "2025"}

    client.post("/edisi/baru/", {**asked, "code": "kaltara-2025", "zone": ""})
    client.post("/edisi/baru/", {**asked, "code": "kaltara-2025-wib", "zone": "Asia/Jakarta"})

    zones = dict(Edition.objects.values_list("code", "zone"))
    assert (zones["kaltara-2025"], zones["kaltara-2025-wib"]) == ("Asia/Makassar", "Asia/Jakarta")
    first, wib = (Edition.objects.get(code=code).stages.first().closes_at for code in ("kaltara-2025", "kaltara-2025-wib"))
    assert wib - first == timedelta(hours=1)  # the same hour on the wall of the zone


def test_a_copy_of_an_edition_whose_next_stage_opened_before_the_end_of_the_one_before_bears_announced_dates(client, story):
    """As after an early lock: the dates that held follow no order, and no file could hold them."""
    origin = Edition.objects.get()
    announced = [(row.opens_at, row.closes_at) for row in origin.stages.all()]
    origin.stages.filter(code="lapang").update(opens_at=at("2024-06-05 12.00"))
    client.force_login(story.bureau[0])
    asked = {"origin": "salinan:kaltara-2024-uji", "code": "kaltara-lagi", "year": "2024", "zone": ""}

    said = words(client.post("/edisi/baru/", asked, follow=True))

    copy = Edition.objects.get(code="kaltara-lagi")
    assert [(row.opens_at, row.closes_at) for row in copy.stages.all()] == announced
    assert "Draf memakai tanggal yang diumumkan saat aturannya dikunci. Periksa tanggalnya." in said


def test_own_sheets_of_several_editions_bear_no_editions_name_and_of_one_that_ones(client, story):
    juror = small.holder(story, "bappeda")
    client.force_login(juror)
    address = "/juri/lembar/"
    assert f"<title>Lembar saya · {NAME}</title>" in client.get(address).content.decode()

    copy = lock_rules_as_they_stand(copy_of(story), by=story.bureau[0], now=NOW)
    of_copy = copy.stages.get(code="presentasi")
    seat = Seat.objects.create(stage=of_copy, code="bappeda", position=1, institution="Bappeda")
    Seating.objects.create(seat=seat, user=juror, since=NOW)
    entry = Entry.objects.create(edition=copy, region_id=FIRST, name="Tanjung Palas", regency_name="Kabupaten Bulungan")
    heard = Participation.objects.create(stage=of_copy, entry=entry, entered_at=NOW)
    Assignment.objects.create(seat=seat, participation=heard)

    both = client.get(address)
    assert "<title>Lembar saya · SP2K</title>" in both.content.decode()
    one = next(row for row in both.context["stages"] if row.edition.pk == copy.pk)
    shown = client.get(address, {"tahap": one.key}).content.decode()
    assert f"<title>Lembar saya · {NAME} (kaltara-latihan)</title>" in shown
