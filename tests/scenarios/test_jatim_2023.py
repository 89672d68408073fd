"""2023 from its file alone: seven finalists, and a tie at the cut that the declared chain resolves."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from sp2k.base.refusals import Refused
from sp2k.demo.targets import FOLDER, read_targets
from sp2k.entries.models import Participation
from sp2k.journal.queries import replay
from sp2k.results.actions import advance
from sp2k.results.models import Advancement
from tests.story.told import tell

AFTER_PRESENTATIONS = datetime(2023, 11, 1, 18, 59, tzinfo=ZoneInfo("Asia/Jakarta"))  # frozen, not yet advanced
VISITS_BEGIN = datetime(2023, 11, 2, tzinfo=ZoneInfo("Asia/Jakarta"))
INDICATORS = ("K1", "K2", "I1", "I2", "I3", "P1", "P2", "N1", "N2")


def marks_with_a_tie_at_the_cut(nominees, *, seventh, eighth):
    """Six clear finalists, two equal at places 7 and 8, the rest far below."""
    codes = sorted(nominees.values())
    told = {code: 60 for code in codes}
    told |= {code: 95 - n for n, code in enumerate(codes[:6])}
    return told | {codes[6]: seventh, codes[7]: eighth}, codes


def equal_total(*, kinerja, kompetensi):
    """80 in all: the aspects kinerja and kompetensi weigh the same, so what one gains the other loses."""
    return {
        code: str({"N": kinerja, "K": kompetensi}.get(code[0], 80)) for code in INDICATORS
    }  # fmt: skip


@pytest.fixture
def drawn():
    return read_targets(FOLDER / "jatim-2023.yaml")


def test_a_tie_at_the_cut_of_seven_is_resolved_by_the_declared_chain(db, drawn):
    told, codes = marks_with_a_tie_at_the_cut(
        drawn.nominees, seventh=equal_total(kinerja=75, kompetensi=85), eighth=equal_total(kinerja=85, kompetensi=75)
    )

    story = tell("jatim-2023", drawn, until=VISITS_BEGIN, told={"presentasi": told}).play()

    finalists = Participation.objects.filter(stage__edition=story.edition, stage__code="lapang")
    assert sorted(row.region_code for row in finalists) == sorted([*codes[:6], codes[7]])
    tally = story.edition.stages.get(code="presentasi").tallies.get()
    decided = {row.participation.region_code: (row.place, row.total, row.decided_by) for row in tally.placements.all()}
    assert decided[codes[7]] == (7, "80.00", "aspek:kinerja")
    assert decided[codes[6]] == (8, "80.00", "aspek:kinerja")


def test_a_tie_that_the_chain_does_not_resolve_stops_the_act_and_changes_nothing(db, drawn):
    told, codes = marks_with_a_tie_at_the_cut(drawn.nominees, seventh=80, eighth=80)
    story = tell("jatim-2023", drawn, until=AFTER_PRESENTATIONS, told={"presentasi": told}).play()
    stage = story.edition.stages.get(code="presentasi")
    before = replay(story.edition.chain_id).size

    with pytest.raises(Refused) as refusal:
        advance(stage, by=story.bureau[0], now=VISITS_BEGIN)

    assert refusal.value.sentence.startswith("Seri di batas lolos tahap Presentasi: ")
    assert refusal.value.sentence.count("(80,00)") == 2
    assert not Advancement.objects.filter(stage=stage).exists()
    assert not Participation.objects.filter(stage__edition=story.edition, stage__code="lapang").exists()
    assert replay(story.edition.chain_id).size == before
