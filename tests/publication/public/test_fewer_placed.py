"""Fewer placed than titles: those that have a holder are given, the others are told as not given; nobody placed ends it."""

import io

import pypdf
import pytest
from django.urls import reverse

from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.publication.issued.minutes import MinutesFacts, minutes_text
from sp2k.publication.queries import public_result
from sp2k.results.actions import give_titles
from sp2k.results.models import Award
from tests.entries.pages import words
from tests.publication.public.test_result_without_jury import source
from tests.story import small
from tests.story.small import BULUNGAN, DECREE, FIRST, TANA_TIDUNG, TARAKAN, at
from tests.story.told import targets
from tests.story.unchanged import refused

CODE = "kaltara-2024-uji"
SAID = "Juara II tidak diberikan: yang mendapat tempat hanya 1"


def one_alone(until=small.LONG_AFTER) -> small.Told:
    declined = dict.fromkeys((TANA_TIDUNG, TARAKAN), "Tidak ada yang siap.")
    return small.play_small(
        until, targets=targets(nominees={BULUNGAN: FIRST}, declined=declined, decree=DECREE), source=small.EDITION
    )


def test_the_titles_with_a_holder_are_given_and_every_page_says_which_is_not(db, client, monkeypatch):
    story = one_alone(small.VISIT_FROZEN)
    now = at("2024-06-25 09.00")
    monkeypatch.setattr(clock, "now", lambda: now)
    client.force_login(story.bureau[0])
    last = small.stage(story, "lapang")

    assert SAID in words(client.get(reverse("publication:decision-titles", args=[CODE])))
    give_titles(story.edition, by=story.bureau[0], now=now)

    assert list(Award.objects.values_list("title", "entry__region")) == [("Juara I", FIRST)]
    assert SAID.removeprefix("Juara II ") in words(client.get(reverse("publication:decision", args=[CODE])))
    facts = MinutesFacts("1/BA/2024", now.date(), "Tanjung Selor")
    assert minutes_text(last, facts, today=now.date()).closing.endswith(f"{SAID}.")


def test_the_decree_and_the_public_result_say_it_too(db, client):
    story = one_alone()

    decree = pypdf.PdfReader(io.BytesIO(read_blob(story.edition.decree.document)))
    assert f"bahwa {SAID};" in " ".join(" ".join(page.extract_text() for page in decree.pages).split())
    assert public_result(story.edition).ungiven == (SAID,)
    assert SAID in words(client.get(f"/hasil/{CODE}/"))


@pytest.fixture
def nobody(db, monkeypatch):
    """A regency's own edition in which the regency takes no part, frozen."""
    monkeypatch.setattr(clock, "now", lambda: at("2024-05-13 09.00"))
    return small.play_small(
        at("2024-05-12 09.00"), source=source("calon"), region="65.01", evidence={}, told={},
        targets=targets(declined={"65.01": "Tidak ada yang siap."}),
    )  # fmt: skip


def test_where_nobody_was_placed_the_way_on_is_closing_the_edition(nobody, client):
    sentence = (
        "Tidak ada peserta yang mendapat tempat pada tahap Seleksi, jadi tidak ada gelar yang dapat diberikan. Edisi ini "
        "ditutup tanpa hasil, dengan alasan dan oleh dua orang: Tutup edisi ini tanpa hasil."
    )
    with refused(sentence):
        give_titles(nobody.edition, by=nobody.bureau[0], now=clock.now())

    client.force_login(nobody.bureau[0])
    there = reverse("editions:abandon", args=[nobody.edition.code])
    for name in ("decision", "decision-titles"):
        page = client.get(reverse(f"publication:{name}", args=[nobody.edition.code]))
        assert sentence in words(page)
        assert f'href="{there}"' in page.content.decode()
    desk = client.get("/meja/")
    assert ("Beri gelar" in words(desk), f'href="{there}"' in desk.content.decode()) == (False, True)
