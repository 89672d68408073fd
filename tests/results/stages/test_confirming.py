"""What cannot be undone is shown first, in figures and names, and done once: what changed since is shown again."""

import uuid

import pytest
from django.urls import reverse

from sp2k.accounts.actions import create_user
from sp2k.base import clock
from sp2k.editions.models import Stage
from sp2k.journal.models import Line
from sp2k.judging.models import LateSheet
from sp2k.results.actions import freeze_tally
from sp2k.results.models import Advancement, FrozenTally
from tests.entries.pages import words
from tests.pages.confirming import confirm, mark_shown
from tests.story import small
from tests.story.small import FIRST, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def stand_at(monkeypatch):
    """Set the one clock that pages and acts read."""
    return lambda instant: monkeypatch.setattr(clock, "now", lambda: instant)


def address(name, code="presentasi"):
    return reverse(f"results:{name}", args=["kaltara-2024-uji", code])


@pytest.fixture
def ready(client, stand_at):
    story = small.play_small(small.SHEETS_IN)
    stand_at(at("2024-06-05 16.30"))
    client.force_login(story.bureau[0])
    return story


def test_the_page_of_a_lock_shows_figures_and_what_cannot_be_undone_and_changes_nothing(client, ready):
    n_lines = Line.objects.count()

    page = client.get(address("lock"))

    said = words(page)
    assert "Kunci tahap Presentasi" in said
    assert "Peserta tahap 3 Lembar masuk 9 dari 9 Juri tidak menilai 0 lembar Batas waktu 5 Juni 2024, 16.00 WITA" in said
    assert "Setelah dikunci tidak ada lembar, isian, atau temuan yang diterima" in said
    assert (Line.objects.count(), Stage.objects.get(code="presentasi").locked_at) == (n_lines, None)


def test_a_button_pressed_without_having_seen_the_page_shows_it_instead_of_acting(client, ready):
    page = client.post(address("lock"))

    assert (page.status_code, Stage.objects.get(code="presentasi").locked_at) == (409, None)
    assert "Belum dilakukan" in words(page)


def test_what_changed_since_the_page_was_shown_is_shown_again_and_not_done(client, ready, stand_at):
    confirm(client, address("lock"))
    shown = mark_shown(client, address("freeze"))
    LateSheet.objects.create(
        assignment=small.duty(ready, FIRST, "bappeda"), op_id=uuid.uuid4(), marks={}, by=small.holder(ready, "bappeda"),
        at=at("2024-06-05 16.50"),
    )  # fmt: skip

    page = client.post(address("freeze"), {"shown": shown})

    assert (page.status_code, FrozenTally.objects.filter(scope="", stage__code="presentasi").count()) == (409, 0)
    assert "Lembar terlambat yang menunggu putusan 1" in words(page)
    assert mark_shown(client, address("freeze")) != shown


def test_a_second_click_is_refused_with_its_sentence(client, ready):
    shown = mark_shown(client, address("lock"))
    first, second = (client.post(address("lock"), {"shown": shown}) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 422)
    assert "Tahap Presentasi sudah dikunci pada 5 Juni 2024, 16.30 WITA." in words(second)
    assert Line.objects.filter(type="sheets.lock").count() == 3


def test_who_goes_on_is_shown_by_name_before_anyone_does(client, ready, stand_at):
    confirm(client, address("lock"))
    confirm(client, address("freeze"))

    said = words(client.get(address("advance")))

    assert "Masuk tahap berikutnya 2 Tidak lolos 1" in said
    assert "1. Kecamatan Tanjung Palas, Kabupaten Bulungan" in said
    assert not Advancement.objects.filter(stage__code="presentasi").exists()


def test_a_bureau_that_also_judges_finds_no_page_that_tells_who_goes_on(client, ready, stand_at):
    confirm(client, address("lock"))
    freeze_tally(Stage.objects.get(code="presentasi"), by=ready.bureau[0], now=at("2024-06-05 16.40"))
    client.force_login(create_user("biro-juri", "Biro Juri", roles=[("B", "65"), ("J", "65")]))

    assert client.get(address("advance")).status_code == 404


def test_whoever_may_read_the_stage_but_not_act_finds_no_such_page(client, ready):
    client.force_login(create_user("saksi", "Saksi", roles=[("I", "65")]))

    assert client.get(address("stage")).status_code == 200
    assert [client.get(address(name)).status_code for name in ("lock", "freeze", "advance")] == [404, 404, 404]


def test_the_address_of_a_button_opened_as_a_page_says_so_and_does_nothing(client, ready):
    page = client.get(address("withdraw-early-lock"))

    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert "Alamat ini hanya menjalankan tombol pada halamannya. Tidak ada yang dilakukan." in words(page)
