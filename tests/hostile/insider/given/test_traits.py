"""Traits of an entrant changed for the minute in which a later stage is frozen: they stand in the frozen rules."""

import pytest

from sp2k.base.refusals import Refused
from sp2k.entries.models import Entry
from sp2k.journal.actions import append_all
from sp2k.results.actions import freeze_tally, lock_stage
from sp2k.results.freezing import store_count
from sp2k.results.frozen import sealed_tally
from sp2k.results.models import FrozenTally
from tests.hostile.insider.given.test_given_again import found
from tests.hostile.insider.test_sealed_things import faults
from tests.story.small import (
    FIRST,
    FORM,
    JURY_FROZEN,
    JURY_LOCKED,
    SECOND,
    SHEETS_IN,
    THIRD,
    VISIT,
    play_small,
    sheet_with,
    stage,
)

pytestmark = pytest.mark.django_db

TOLD = {"presentasi": {FIRST: 90, SECOND: 80, THIRD: {"K1": 95, "I2": 85}}}
OTHER = ["ada_desa", "kota"]


def played(until):
    return play_small(until, instruments=(FORM, sheet_with("keluarkan"), VISIT), told=TOLD)


@pytest.mark.parametrize("act, until, now", [(lock_stage, SHEETS_IN, JURY_LOCKED), (freeze_tally, JURY_LOCKED, JURY_FROZEN)])
def test_a_later_stage_is_not_closed_or_counted_with_other_traits_or_names(act, until, now):
    story = played(until)
    for changed in ({"traits": OTHER}, {"name": "Kecamatan Lain"}):
        true = Entry.objects.values(*changed).get(region=FIRST)
        Entry.objects.filter(region=FIRST).update(**changed)

        with pytest.raises(Refused, match="nama dan sifatnya"):
            act(stage(story, "presentasi"), by=story.bureau[0], now=now)
        Entry.objects.filter(region=FIRST).update(**true)

    act(stage(story, "presentasi"), by=story.bureau[0], now=now)
    assert faults(story) == []


def test_traits_that_a_frozen_count_states_falsely_are_found():
    story = played(JURY_LOCKED)
    jury, by, true = stage(story, "presentasi"), story.bureau[0], Entry.objects.get(region=FIRST).traits

    Entry.objects.filter(region=FIRST).update(traits=OTHER)
    tally = store_count(jury, scope="", by=by, now=JURY_FROZEN)
    Entry.objects.filter(region=FIRST).update(traits=true)
    body = {"stage": jury.code, "input": tally.input_hash, "n": tally.n_sheets, "method": tally.method}
    append_all(story.edition.chain_id, [sealed_tally("tally.frozen", body, tally)], by=by, now=JURY_FROZEN)

    assert "- kota" in FrozenTally.objects.get(stage=jury).rules
    assert found(story, "Aturan hitungan beku tahap Presentasi", "sifat peserta")
