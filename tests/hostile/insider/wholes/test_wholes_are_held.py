"""An insider with the database who lets an innocent act seal what was forged: each act holds first what it seals or goes by.

Such an act writes a proper line over a whole: a person with all roles, a region's officeholders, the names of all entrants,
an order. Whatever was forged in that whole would stand under it as if it had been told. So the act stops and names it.
"""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from sp2k.accounts.actions.invitations import invite, use_invitation
from sp2k.accounts.actions.lists import take_in
from sp2k.accounts.workbook.reading import PersonRow
from sp2k.base.refusals import Refused
from sp2k.entries.actions import erase_evidence, void_form
from sp2k.entries.models import Evidence, Form
from tests.hostile.insider.test_sealed_things import sql
from tests.hostile.insider.wholes import entries, panels, people, regions
from tests.hostile.insider.wholes.cases import camat, doing, playing
from tests.story.small import FIRST
from tests.story.unchanged import everything

pytestmark = pytest.mark.django_db

STOPPED = "dihentikan: yang tersimpan tidak lagi sama dengan yang dicatat jurnal. "
CASES = people.CASES | entries.CASES | panels.CASES | regions.CASES


@pytest.mark.parametrize("name", CASES)
def test_an_innocent_act_does_not_seal_what_was_forged(name):
    case = CASES[name]
    story = case.before()
    put_back = transaction.savepoint()
    sql(*((case.change,) if isinstance(case.change, str) else case.change))
    forged = everything()

    with pytest.raises(Refused) as refused:
        case.act(story)

    assert STOPPED + case.named in refused.value.sentence
    assert everything() == forged
    transaction.savepoint_rollback(put_back)
    before = everything()
    case.act(story)
    assert everything() != before


def test_evidence_of_an_accepted_form_is_not_erased_while_its_acceptance_is_said_to_be_voided():
    story = playing(entries.CHECKED)()
    evidence = Evidence.objects.filter(form__participation__entry__region=FIRST).first()

    sql(entries.TAKEN_BACK)

    with pytest.raises(Refused, match="Penghapusan berkas dihentikan: .* Putusan verifikasi"):
        erase_evidence(evidence, reason="Salah unggah.", **doing(story))


def test_an_accepted_form_is_not_voided_by_its_kecamatan_while_its_acceptance_is_said_to_be_voided():
    story = playing(entries.CHECKED)()

    sql(entries.TAKEN_BACK)

    with pytest.raises(Refused, match="Pembatalan isian dihentikan: .* Putusan verifikasi"):
        void_form(Form.objects.get(participation__entry__region=FIRST), reason="Salah.", by=camat(story), now=story.now)


def test_a_list_of_people_holds_all_accounts_once():
    story = people.peopled()
    few = [PersonRow(n, f"Baris {n}", f"orang.{n}", f"Orang {n}", "J", "65") for n in range(2, 4)]
    many = [PersonRow(n, f"Baris {n}", f"orang.{n}", f"Orang {n}", "J", "65") for n in range(4, 14)]

    asked = [_held_in(lambda rows=rows: take_in(rows, by=story.bureau[0], now=story.now)) for rows in (few, many)]

    assert asked == [1, 1]


def _held_in(act) -> int:
    """How often an act reads all appointments, which nothing but the holding of all accounts does."""
    with CaptureQueriesContext(connection) as queries:
        act()
    return sum('FROM "accounts_appointment"' in query["sql"] for query in queries)


def test_signing_in_and_passwords_go_on_while_accounts_are_forged(client):
    story = people.peopled()
    sql(people.ONE)

    told = invite(people.known(story), by=story.bureau[0], now=story.now)
    use_invitation(told.invitation, "sawah-pinang-jala", now=story.now)

    assert client.login(username="orang.baru", password="sawah-pinang-jala")
