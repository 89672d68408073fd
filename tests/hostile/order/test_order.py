"""No step can be taken before its turn: every act of closing and deciding is sent straight to its address at every moment."""

import pytest

from sp2k.base import clock
from sp2k.editions.models import Approval, Stage
from sp2k.results.stages.early import early_figures
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
    at,
    play_small,
)
from tests.story.unchanged import everything

EDITION = "kaltara-2024-uji"
STAGES = ("isian", "seleksi", "presentasi", "lapang")
ACTS = {
    f"{stage} {act}": f"/tahap/{EDITION}/{stage}/{act}/" for stage in STAGES for act in ("kunci", "bekukan", "loloskan")
}
ACTS |= {f"{stage} tarik kunci awal": f"/tahap/{EDITION}/{stage}/kunci/tarik/" for stage in STAGES}
ACTS |= {act: f"/keputusan/{EDITION}/{act}/" for act in ("gelar", "tetapkan", "naskah", "terbitkan")}
SENT = {"naskah": {"number": "188.44/K.9/2024", "signed_on": "2024-06-28"}}
# At each moment of the calendar the acts that the bureau can do; all others change nothing. A stage is locked before its
# deadline only when nothing of it is missing (0029): in the last minute of the jury, and at none of the moments before it.
POSSIBLE = {
    "forms open": (FORMS_OPEN, set()),
    "forms in": (FORMS_IN, set()),
    "nominations open": (NOMINATIONS_OPEN, set()),
    "last minute": (at("2024-06-05 15.59"), {"presentasi kunci"}),
    "sheets in": (SHEETS_IN, {"presentasi kunci"}),
    "jury locked": (JURY_LOCKED, {"presentasi bekukan"}),
    "jury frozen": (JURY_FROZEN, {"presentasi loloskan"}),
    "visit seated": (VISIT_SEATED, set()),
    "visit frozen": (VISIT_FROZEN, {"gelar"}),
    "titles given": (TITLES_GIVEN, set()),
    "decree issued": (DECREE_ISSUED, set()),
    "published": (LONG_AFTER, set()),
}


def mark_of(client, address) -> dict[str, str]:
    """Return the mark of the act's preview, also where its page has no button: the act itself has to refuse then."""
    preview = (knock(client, address).response.context or {}).get("preview")
    return {"shown": preview.mark} if preview else {}


def early_lock(name, now) -> dict:
    """Return what is typed to lock the stage before its deadline."""
    code, _space, act = name.partition(" ")
    if act != "kunci":
        return {}
    found = Stage.objects.get(edition__code=EDITION, code=code)
    return {"number": early_figures(found, now).n_lost, "reason": "Uji"}


@pytest.mark.parametrize("moment", POSSIBLE)
def test_only_the_next_step_can_be_taken(db, monkeypatch, moment):
    now, possible = POSSIBLE[moment]
    story = play_small(until=now)
    monkeypatch.setattr(clock, "now", lambda: now)
    client = client_of(cast(story)["second bureau"])

    done = set()
    for name, address in ACTS.items():
        shown, typed = mark_of(client, address), SENT.get(name, {}) | early_lock(name, now)
        answer = knock(client, address, shown | typed, look=lambda: Approval.objects.count())
        assert answer.status in {302, 403, 404, 422} or (answer.status == 409 and not shown), name
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
