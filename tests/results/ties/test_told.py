"""Where a plenary or a lot gave equals their places, whoever approves reads it and the documents say it."""

import io
from datetime import date

import pypdf
import pytest
from django.urls import reverse

from sp2k.base import clock
from sp2k.editions.models import Title
from sp2k.publication.deciding.preparing import draft_decree
from sp2k.publication.documents.decree import TIES
from sp2k.publication.issued.decree import _words
from sp2k.publication.issued.facts import proposed_facts
from sp2k.publication.issued.minutes import MinutesFacts, minutes_text
from sp2k.publication.stage_results import stage_csv, stage_result
from sp2k.results.actions import freeze_tally, give_titles, lock_stage
from sp2k.results.actions.lots import announce_lot, sign_lot
from sp2k.results.actions.ties import propose_ruling, rule_tie, vote_on_ruling
from sp2k.results.models import Placement
from sp2k.results.ties.groups import panel_of, ties_of
from sp2k.results.ties.told import orders_said, ungiven_said, who_ruled
from tests.results.ties.test_lots import DRAW_AT, DRAWN, DRAWN_BY_LOT, INSPECTOR, SEED, SOURCE, drawn
from tests.results.ties.test_pages import address
from tests.results.ties.test_rulings import AFTER, LEVEL_CUT, LEVEL_TOP, agreed, chair_of, minutes, proposed
from tests.story import small
from tests.story.small import VISIT_FROZEN, holder, stage

pytestmark = pytest.mark.django_db
CODE = "kaltara-2024-uji"
SAID = (
    "Kecamatan Sesayap, Kabupaten Tana Tidung; Kecamatan Tanjung Palas, Kabupaten Bulungan bernilai sama, 86,00; urutannya "
    "ditetapkan rapat pleno menurut Berita Acara Nomor BA-7 tanggal 21 Juni 2024"
)


@pytest.fixture
def ruled():
    """Two equal for two titles; a plenary puts the second first, one juror says yes, and the chair rules."""
    story = small.play_small(until=VISIT_FROZEN, told=LEVEL_TOP)
    [tie] = ties_of(stage(story, "lapang").tallies.get(scope=""))
    order = [small.SECOND, small.FIRST]
    people = panel_of(tie.stage)
    ruling = propose_ruling(
        tie, "pleno", order, minutes(people, dated=date(2024, 6, 21)), by=story.bureau[0], now=VISIT_FROZEN
    )
    vote_on_ruling(ruling, agrees=True, by=holder(story, "bappeda", "lapang"), now=VISIT_FROZEN)
    rule_tie(ruling, by=chair_of(story, "lapang"), now=VISIT_FROZEN)
    return story


def printed(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return " ".join(text.replace("\u200b", "").split())


def test_the_leader_reads_that_a_plenary_made_the_order_and_the_decree_says_it(client, monkeypatch, ruled):
    monkeypatch.setattr(clock, "now", lambda: VISIT_FROZEN)
    give_titles(ruled.edition, by=ruled.bureau[0], now=VISIT_FROZEN)

    client.force_login(ruled.leader)
    page = client.get(reverse("publication:decision", args=[CODE])).content.decode()
    preview = client.get(reverse("publication:decision-decide", args=[CODE])).content.decode()
    decree = printed(draft_decree(ruled.edition, proposed_facts(ruled.edition), now=VISIT_FROZEN))

    said = f"{SAID}, diputus {chair_of(ruled, 'lapang').name}, {holder(ruled, 'bappeda', 'lapang').name}"
    assert f"{said}." in page and f"{said}." in preview
    assert f"b. bahwa {said};" in decree
    assert "c. bahwa berdasarkan huruf a dan huruf b perlu menetapkan" in decree


def test_the_minutes_tell_who_ruled_and_voted_from_whom_the_plenarys_minutes_name(ruled):
    told = minutes_text(stage(ruled, "lapang"), MinutesFacts("1", date(2024, 6, 21), "Tarakan"), today=date(2024, 6, 21))

    chair, juror = chair_of(ruled, "lapang").name, holder(ruled, "bappeda", "lapang").name
    [ruling] = [said for said in told.ties if "Alasan:" in said]
    assert f"Diputus {chair}; suara setuju {juror}. Hadir menurut berita acara itu: " in ruling
    assert "Yang memutus" not in ruling


def test_the_public_table_of_the_stage_says_what_parted_equals(ruled):
    last = stage(ruled, "lapang")
    last.edition.published_at = VISIT_FROZEN

    head, *rows = stage_csv(stage_result(last, None)).splitlines()[-3:]

    assert head.endswith(",seri")
    assert [row.endswith(',"seri, diputus oleh rapat pleno"') for row in rows] == [True, True]


@pytest.mark.parametrize(
    ("places", "shared", "said"),
    [
        ((1, 1, 3), 1, ["Juara II tidak diberikan: tempatnya tidak ada, karena 2 kecamatan berbagi tempat 1"]),
        ((1, 2, 2), 2, ["Juara III tidak diberikan: tempatnya tidak ada, karena 2 kecamatan berbagi tempat 2"]),
        ((1, 1), 1, ["Juara II tidak diberikan: tempatnya tidak ada, karena 2 kecamatan berbagi tempat 1",
                     "Juara III tidak diberikan: yang mendapat tempat hanya 2"]),
        ((1, 1, 3), None, []),  # a tie that waits for its ruling takes nothing from anybody
        ((1, 2, 3), None, []),
    ],
)  # fmt: skip
def test_every_title_without_a_holder_is_told_with_its_cause(places, shared, said):
    titles = [Title(place=n, name=f"Juara {roman}") for n, roman in enumerate(("I", "II", "III"), start=1)]
    rows = [Placement(place=n, is_through=True, decided_by="berbagi" if n == shared else "nilai") for n in places]

    assert ungiven_said(titles, rows) == said


@pytest.fixture
def by_lot():
    """Two equal at the cut of the presentations, parted by a lot; the stage is frozen."""
    story = small.play_small(until=small.SHEETS_IN, told=LEVEL_CUT, source=DRAWN_BY_LOT)
    chair_of(story)
    announce_lot(stage(story, "presentasi"), SOURCE, DRAW_AT, by=story.bureau[0], now=small.SHEETS_IN)
    lock_stage(stage(story, "presentasi"), by=story.bureau[0], now=small.JURY_LOCKED)
    sign_lot(drawn(story), by=chair_of(story), now=DRAWN)
    freeze_tally(stage(story, "presentasi"), by=story.bureau[0], now=small.JURY_FROZEN)
    return story


def test_what_a_lot_decided_at_an_earlier_cut_is_said_by_the_documents_of_the_end(by_lot):
    [said] = orders_said(by_lot.edition)

    assert said.startswith("Pada tahap Presentasi, Kecamatan ")
    assert said.endswith(
        " bernilai sama, 80,00; urutannya diundi dengan benih yang diumumkan, dicatat pada 5 Juni 2024, 18.05 WITA, disahkan "
        f"{chair_of(by_lot).name}."
    )
    assert _words(by_lot.edition)[TIES] == "p" + said[1:].rstrip(".")


def test_the_minutes_of_a_stage_that_a_lot_decided_tell_how_it_was_drawn(by_lot):
    told = minutes_text(stage(by_lot, "presentasi"), MinutesFacts("1", DRAWN.date(), "Tarakan"), today=DRAWN.date())

    chair, bureau = chair_of(by_lot).name, by_lot.bureau[0].name
    assert told.ties[-1] == (
        f'Undian: benihnya "{SEED}", diambil dari: {SOURCE}. Diumumkan {bureau} pada 5 Juni 2024, 16.00 WITA, untuk ditarik '
        f"pada 5 Juni 2024, 18.00 WITA, dicatat {bureau} pada 5 Juni 2024, 18.05 WITA. Hadir: {chair}, ketua panel; "
        f"{INSPECTOR}. Disahkan {chair} pada 5 Juni 2024, 18.05 WITA."
    )


@pytest.fixture
def outvoted():
    """A plenary at the cut of the presentations: two jurors say yes, the chair says no and puts it in force."""
    story = small.play_small(until=small.SHEETS_IN, told=LEVEL_CUT)
    lock_stage(stage(story, "presentasi"), by=story.bureau[0], now=small.JURY_LOCKED)
    freeze_tally(stage(story, "presentasi"), by=story.bureau[0], now=small.JURY_FROZEN)
    chair_of(story)
    ruling = agreed(proposed(story), story, seats=("bappeda", "dpmd"))
    vote_on_ruling(ruling, agrees=False, by=chair_of(story), now=AFTER)
    rule_tie(ruling, by=chair_of(story), now=AFTER)
    ruling.refresh_from_db()
    return story, ruling


def test_a_chair_who_voted_against_is_not_named_among_those_who_decided(client, monkeypatch, outvoted):
    story, ruling = outvoted
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    chair, one, other = (holder(story, seat).name for seat in ("akademisi", "bappeda", "dpmd"))

    client.force_login(story.bureau[0])
    page = client.get(address()).content.decode()
    [said] = orders_said(story.edition)

    assert who_ruled(ruling) == (
        f"diputus suara terbanyak dan diberlakukan {chair}, yang suaranya tidak setuju; suara setuju {one}, {other}; suara "
        f"tidak setuju {chair}"
    )
    assert f"<dt>Yang memutus</dt><dd>{one}, {other}</dd>" in page
    assert "<dt>Diberlakukan</dt>" in page and "<dt>Diputus</dt>" not in page
    assert said.startswith("Pada tahap Presentasi, ") and said.endswith(f", diputus {one}, {other}.")
