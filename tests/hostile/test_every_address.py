"""Every address, knocked at by everybody: what answers is what the table of permissions says, and looking writes nothing."""

import pytest

from sp2k.accounts.policy import is_hidden, why_not
from sp2k.base import clock
from tests.hostile.addresses import Wanted, every_address, without_arguments_known
from tests.hostile.cast import cast
from tests.hostile.knocking import client_of, knock
from tests.hostile.things import ACCESS, OPEN, SIGNED_IN, asked_of, roles_alone
from tests.story.small import DECREE_ISSUED, FORMS_OPEN, SHEETS_IN, play_small
from tests.story.unchanged import everything

MOMENTS = {"isian": FORMS_OPEN, "presentasi": SHEETS_IN, "lapang": DECREE_ISSUED}


@pytest.fixture(params=MOMENTS)
def knocked(request, db, monkeypatch):
    """Everybody's answers at one moment of the small edition, at the addresses of the stage that runs."""
    now = MOMENTS[request.param]
    story = play_small(until=now)
    monkeypatch.setattr(clock, "now", lambda: now)
    people, addresses = cast(story), list(every_address(Wanted(1, (), (request.param,))))
    return people, addresses, now


def verdict(user, address, now) -> str:
    """What the table says: hidden, refused, allowed; nothing where the arguments name nothing."""
    if address.thing is None:
        return "nothing"
    asked = asked_of(address, user)
    if asked is None:
        return "allowed" if roles_alone(address, user) else "hidden"
    if is_hidden(user, *asked, now=now):
        return "hidden"
    return "refused" if why_not(user, *asked, now=now) else "allowed"


def test_every_address_has_arguments_to_be_knocked_at_with():
    assert without_arguments_known() == []


def test_everybody_is_answered_as_the_table_says(knocked):
    people, addresses, now = knocked
    wrong, wrote, not_taken = [], [], set()
    for who, user in people.items():
        client = client_of(user)
        for address in addresses:
            said = verdict(user, address, now)
            for data in (None, {}):
                if (address.name, data is None) in not_taken:
                    continue
                answer = knock(client, address.path, data, look=everything if said != "allowed" else None)
                if answer.status == 405:
                    not_taken.add((address.name, data is None))
                elif not fits(address.name, said, answer.status, is_post=data is not None):
                    wrong.append((who, str(address), "GET" if data is None else "POST", said, answer.status))
                if answer.writes and (data is None or said != "allowed"):
                    wrote.append((who, str(address), said, answer.writes[0][:90]))

    assert kinds(wrong) == []
    assert wrote == []


def kinds(wrong) -> list:
    """One example of each kind of wrong answer, with who else got it: a table that is off by a row is off a thousand times."""
    found: dict = {}
    for who, address, how, said, status in wrong:
        found.setdefault((address.split()[0], how, said, status), (address, set()))[1].add(who)
    return [(key, address, sorted(whom)) for key, (address, whom) in found.items()]


def fits(name: str, said: str, status: int, *, is_post: bool) -> bool:
    """Whether an answer fits what the table says.

    What is allowed may still not be there (a scan, a document, a jury of a stage without one). An act that is not one's own
    may also lead back to the page on which it stands; that it wrote nothing is asked apart.
    """
    if status >= 500 or status == 400:
        return False
    if said == "allowed" or name in ELSEWHERE:
        return True
    if is_post:
        return status != 200
    if said in {"nothing", "hidden"}:
        return (
            status == 404 or (said == "nothing" and status == 403) or (name in READ_FOR_ANOTHER_ACT and status == 403)
        )
    return status in {403, 404, 423} or name in SHOWN_CLOSED


# Opened by whoever may read what the act would change; the act itself is then refused.
READ_FOR_ANOTHER_ACT = {"entries:verify", "entries:check", "entries:decide"}
# Pages that stay readable while the act they are for cannot be done: they say why. A sheet is also opened to send it late.
SHOWN_CLOSED = {
    "entries:send", "entries:write-innovation", "judging:change-sheet", "judging:paper-codes", "judging:paper-print",
    "results:void", "results:lock", "results:freeze", "results:advance", "results:rank", "results:nominate",
    "publication:decision-titles", "publication:decision-decide", "publication:decision-decree",
    "publication:decision-publish", "publication:minutes-make",
}  # fmt: skip
# The door's own answers, and a list whose rows are asked about one by one.
ELSEWHERE = {"accounts:invitation-link", "results:voidable"}


def test_a_stranger_is_led_to_the_door_everywhere_but_at_the_open_pages(knocked):
    _people, addresses, _now = knocked
    stranger, wrong = client_of(None), []
    for address in addresses:
        answer = knock(stranger, address.path)
        is_led = answer.status == 302 and answer.response.headers["Location"].startswith("/akun/masuk/?next=")
        if is_led == (ACCESS[address.name] == OPEN) and answer.status != 405:
            wrong.append((str(address), answer.status))
    assert wrong == []


def test_addresses_for_members_are_the_few_that_ask_their_own_questions():
    assert {name for name, access in ACCESS.items() if access == SIGNED_IN} == {
        "accounts:factor", "accounts:factor-begin", "accounts:factor-codes", "accounts:language", "accounts:leave-everywhere",
        "accounts:password", "accounts:profile", "desk:home", "desk:search", "entries:home", "judging:duties",
        "judging:own-schedule", "judging:stages", "judging:visits", "regions:regions",
    }  # fmt: skip
