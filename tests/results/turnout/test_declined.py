"""A regency that takes no part is counted from its answer: where nobody of it was ranked, no place tells of it."""

import pytest
from django.test import Client

from sp2k.publication.issued.decree import _words
from sp2k.publication.issued.minutes import MinutesFacts, minutes_text
from sp2k.publication.queries import public_result
from sp2k.regions.models import Region
from sp2k.results import actions as results
from sp2k.results.closing import RegencyDesk
from sp2k.results.turnout.reading import turnouts_of
from sp2k.results.turnout.wording import turnout_figure
from tests.story import small
from tests.story.small import BULUNGAN, FIRST, SECOND, TANA_TIDUNG, TARAKAN, at
from tests.story.told import Told

pytestmark = pytest.mark.django_db
SOURCE = small.EDITION.replace("  sumber: poin\n", "  sumber: poin\n  bila_tanpa_lembar: tidak_dinilai\n", 1)
LATE = at("2024-05-10 16.20")


class WithoutForms(Told):
    """Kota Tarakan sends no form at all and says at the selection that it takes no part."""

    reason = "Pilkada."

    def _participations_by_regency(self, stage):
        return [row for row in super()._participations_by_regency(stage) if row[0].code != TARAKAN]

    def _close(self, stage):
        if stage.code == "seleksi":
            self.decline(RegencyDesk(stage, Region.objects.get(code=TARAKAN)))
        super()._close(stage)

    def decline(self, desk):
        by = self.crew.of_regency("R", desk.regency)
        results.decline(desk, reason=self.reason, by=by, now=self._at(at("2024-05-10 15.00")))


class SilentWithoutForms(WithoutForms):
    """Kota Tarakan lets the deadline pass without a word; two of the bureau answer for it."""

    def decline(self, desk):
        one, other = self.bureau
        proposal = results.propose_silent_answer(desk, is_declining=True, reason=self.reason, by=one, now=self._at(LATE))
        results.answer_for_silent(proposal, by=other, now=LATE)


PLAYERS = {WithoutForms: "Pilkada.", SilentWithoutForms: "menurut penyelenggara provinsi: Pilkada."}


@pytest.fixture(params=PLAYERS)
def player(request):
    return request.param


def played(player, until=small.LONG_AFTER):
    nominees = {BULUNGAN: FIRST, TANA_TIDUNG: SECOND}
    marks = {"presentasi": {FIRST: 90, SECOND: 80}, "lapang": {FIRST: 90, SECOND: 80}}
    targets = small.targets(nominees=nominees, decree=small.DECREE)
    return small.play_small(until, source=SOURCE, player=player, targets=targets, told=marks)


def test_a_regency_without_a_single_form_that_takes_no_part_is_counted_by_every_stage_page_and_document(player):
    story = played(player)

    rows = turnouts_of(story.edition)

    said = (TARAKAN, "Kota Tarakan", PLAYERS[player])
    assert [[(one.code, one.name, one.reason) for one in row.declined] for row in rows] == [[], [said], [said], [said]]
    assert turnout_figure(rows[1]) == ("Seleksi", "6 dari 6 peserta dinilai, 1 kabupaten/kota tidak ikut")
    words = _words(story.edition)
    assert words["kehadiran"].startswith("1 (satu) kabupaten/kota tidak ikut (data contoh), yaitu Kota Tarakan")
    assert words["tidak_ikut:seleksi"] == "1 (satu)"
    text = minutes_text(small.stage(story, "lapang"), MinutesFacts("1", None, "T"), today=at("2024-07-01 09.00").date())
    assert ("Tidak ikut", "1 (satu) kabupaten/kota") in text.counts
    assert text.declined == (("Kota Tarakan", PLAYERS[player]),)


def test_the_public_page_says_one_number_of_those_who_take_no_part(player):
    story = played(player)

    shares = public_result(story.edition).regencies
    page = " ".join(Client().get(f"/hasil/{story.edition.code}/").content.decode().split())

    mine = [(row.name, row.reason) for row in shares if row.state == "tidak_ikut" and row.reason]
    assert mine == [("Kota Tarakan", PLAYERS[player])]
    assert page.count("1 kabupaten/kota tidak ikut") == 2  # the figure, and the list beneath it
    assert page.count(f"Kota Tarakan: {PLAYERS[player]}") == 1
