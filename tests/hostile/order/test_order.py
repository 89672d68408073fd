"""No step can be taken before its turn: every act of closing and deciding is sent straight to its address at every moment."""

import pytest

from sp2k.base import clock
from sp2k.editions.models import Approval
from tests.hostile.cast import cast
from tests.hostile.knocking import client_of, knock
from tests.story.small import (
    DECREE_ISSUED,
    FORMS_IN,
    FORMS_OPEN,
    JURY_FROZEN,
    JURY_LOCKED,
    LONG_AFTER,
    NOMINATIONS_OPEN,
    SHEETS_IN,
    TITLES_GIVEN,
    VISIT_FROZEN,
    VISIT_SEATED,
    play_small,
)
from tests.story.unchanged import everything

EDITION = "kaltara-2024-uji"
STAGES = ("isian", "seleksi", "presentasi", "lapang")
ACTS = {
    f"{stage} {act}": f"/tahap/{EDITION}/{stage}/{act}/" for stage in STAGES for act in ("kunci", "bekukan", "loloskan")
}
ACTS |= {act: f"/keputusan/{EDITION}/{act}/" for act in ("gelar", "tetapkan", "naskah", "terbitkan")}
SENT = {"naskah": {"number": "188.44/K.9/2024", "signed_on": "2024-06-28"}}
# At each moment of the calendar the acts that the bureau can do; all others change nothing.
POSSIBLE = {
    "forms open": (FORMS_OPEN, set()),
    "forms in": (FORMS_IN, set()),
    "nominations open": (NOMINATIONS_OPEN, set()),
    "sheets in": (SHEETS_IN, {"presentasi kunci"}),
    "jury locked": (JURY_LOCKED, {"presentasi bekukan"}),
    "jury frozen": (JURY_FROZEN, {"presentasi loloskan"}),
    "visit seated": (VISIT_SEATED, set()),
    "visit frozen": (VISIT_FROZEN, {"gelar"}),
    "titles given": (TITLES_GIVEN, set()),
    "decree issued": (DECREE_ISSUED, set()),
    "published": (LONG_AFTER, set()),
}


@pytest.mark.parametrize("moment", POSSIBLE)
def test_only_the_next_step_can_be_taken(db, monkeypatch, moment):
    now, possible = POSSIBLE[moment]
    story = play_small(until=now)
    monkeypatch.setattr(clock, "now", lambda: now)
    client = client_of(cast(story)["second bureau"])

    done = set()
    for name, address in ACTS.items():
        answer = knock(client, address, SENT.get(name, {}), look=lambda: Approval.objects.count())
        assert answer.status in {302, 403, 404, 422}, name
        if not answer.lacks_line and answer.writes:
            done.add(name)

    assert done == possible


@pytest.mark.parametrize("moment", POSSIBLE)
def test_nobody_says_yes_to_what_nobody_has_seen(db, monkeypatch, moment):
    now, _possible = POSSIBLE[moment]
    story = play_small(until=now)
    monkeypatch.setattr(clock, "now", lambda: now)
    people, stood, given = cast(story), everything(), set()
    for who, role in (("bureau", "B"), ("second bureau", "B"), ("leader", "G"), ("inspectorate", "I"), ("chair", "K")):
        client = client_of(people[who])
        for act in ("hasil", "terbit"):
            for address in (f"/keputusan/{EDITION}/setuju/", f"/edisi/{EDITION}/persetujuan/beri/"):
                asked = {"act": act, "subject": EDITION, "role": role}
                if knock(client, address, asked, look=everything).seen not in (None, stood):
                    given.add((act, who))

    assert given == {
        "titles given": {("hasil", "leader")}, "decree issued": {("terbit", "bureau"), ("terbit", "second bureau")},
    }.get(moment, set())  # fmt: skip
