"""Whatever someone proposed stands as a task on the desk of whoever can say yes or carry it out."""

import pytest

from sp2k.accounts.actions import create_user
from sp2k.base import clock
from sp2k.desk.home import home_of
from sp2k.editions.actions import propose_move
from sp2k.publication.actions import propose_amendment
from sp2k.publication.models import Decree
from sp2k.results.actions import lock_early
from sp2k.results.actions.ties import vote_on_ruling
from tests.publication.test_amendments import NOW as AFTERWARDS
from tests.publication.test_amendments import SAID
from tests.results.ties.test_rulings import AFTER, chair_of, level, proposed
from tests.story import small
from tests.story.small import at

__all__ = ["level"]  # a fixture
pytestmark = pytest.mark.django_db
NOW = at("2024-06-04 09.00")
BY_TWO_AND_WATCHED = small.EDITION.replace(
    "persetujuan:\n", "persetujuan:\n  jadwal: [{peran: B, orang: 2}, {peran: I, orang: 1}]\n"
)


def tasks(user, now=NOW):
    return {one.title: one.address for one in home_of(user, now=now).tasks}


def test_a_proposed_move_of_a_stage_is_on_the_desk_of_all_who_are_asked_until_it_is_done():
    story = small.play_small(small.JURY_SEATED, source=BY_TWO_AND_WATCHED)
    watcher = create_user("pengawas-65", "Pengawas", roles=[("I", "65")])
    visit, title = small.stage(story, "lapang"), "Putuskan pemindahan tahap Tinjau lapang"
    move = propose_move(
        story.edition, visit, opens_at=visit.opens_at, closes_at=at("2024-06-24 16.00"), reason="Banjir",
        by=story.bureau[0], now=NOW,
    )  # fmt: skip

    assert title not in tasks(story.bureau[0])
    assert tasks(story.bureau[1])[title] == f"/edisi/kaltara-2024-uji/kalender/usul/{move.pk}/"
    assert tasks(watcher)[title] == "/edisi/kaltara-2024-uji/persetujuan/"
    assert title not in tasks(small.other_bureau())


def test_a_proposed_move_of_the_announcement_is_on_the_second_persons_desk():
    story = small.play_small(small.JURY_SEATED)
    propose_move(
        story.edition, None, closes_at=at("2024-07-12 10.00"), reason="Gubernur dinas", by=story.bureau[0], now=NOW
    )

    assert "Putuskan pemindahan pengumuman" in tasks(story.bureau[1])
    assert "Putuskan pemindahan pengumuman" not in tasks(story.bureau[0])


def test_a_proposed_early_lock_leads_its_chair_to_the_stage_with_its_figures_and_absences():
    story = small.play_small(small.SHEETS_IN)
    chair, now = small.chair(story), at("2024-06-05 15.59")
    lock_early(small.stage(story, "presentasi"), number=0, reason="Semua sudah masuk.", by=story.bureau[0], now=now)

    assert tasks(chair, now)["Putuskan penguncian sebelum batasnya"] == "/tahap/kaltara-2024-uji/presentasi/"
    assert "Putuskan penguncian sebelum batasnya" in tasks(story.bureau[1], now)


def test_a_proposed_amendment_is_on_the_desks_of_leader_chair_and_inspectorate(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AFTERWARDS)
    story = small.play_small()
    watcher, title = create_user("pengawas-65", "Pengawas", roles=[("I", "65")]), "Periksa usul pembetulan keputusan"
    propose_amendment(Decree.objects.get(edition=story.edition), **SAID, by=story.bureau[0], now=AFTERWARDS)

    for person in (story.leader, watcher, small.chair(story)):
        assert tasks(person, AFTERWARDS)[title] == "/keputusan/kaltara-2024-uji/pembetulan/1/setuju/"
    assert title not in tasks(story.bureau[1], AFTERWARDS)


def test_a_ruling_that_the_jurors_voted_down_is_on_the_bureaus_desk_and_no_longer_on_the_chairs(level):
    ruling, chair = proposed(level), chair_of(level)
    assert "Putuskan seri pada tahap Presentasi" not in tasks(chair, AFTER)  # nobody else agreed yet
    vote_on_ruling(ruling, agrees=False, by=small.holder(level, "bappeda"), now=AFTER)

    assert "Tarik usul putusan seri yang ditolak suara juri, tahap Presentasi" in tasks(level.bureau[0], AFTER)
    assert "Putuskan seri pada tahap Presentasi" not in tasks(chair, AFTER)


def test_draft_rules_are_on_the_desk_of_whoever_they_ask_beside_the_bureau():
    by_two = "kunci_aturan: [{peran: B, orang: 2}"
    asked = small.EDITION.replace(f"{by_two}]", by_two + ", {peran: I, orang: 1}]")
    small.play_small(at("2024-01-02 09.00"), source=asked)
    watcher = create_user("pengawas-65", "Pengawas", roles=[("I", "65")])

    assert tasks(watcher, at("2024-01-02 09.00")) == {
        "Setujui penguncian aturan": "/edisi/kaltara-2024-uji/persetujuan/"
    }
