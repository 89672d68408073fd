"""An insider with the database, and what belongs to no edition: accounts with their roles, and who signs documents."""

from datetime import date

import pytest
from click.testing import CliRunner

from sp2k.accounts.actions import create_user
from sp2k.accounts.actions.people import Details, add_person
from sp2k.accounts.models import Membership, Officeholder, User
from sp2k.accounts.officeholders.actions import add_officeholder
from sp2k.accounts.officeholders.terms import Term
from sp2k.config.cli import main
from sp2k.journal.models import Line
from sp2k.publication.checking.opening import opened_chain
from sp2k.publication.checking.status import check_everything
from sp2k.regions.models import Region
from tests.hostile.insider.test_sealed_things import sql
from tests.story import small

pytestmark = pytest.mark.django_db

CHANGED = "isinya tidak lagi sama dengan yang dicatat jurnal"
GONE = "barisnya dalam basis data hilang, tanpa tindakan yang menghapusnya"
NOW = small.JURY_SEATED


def faults(chain) -> list[str]:
    return [fault.sentence for fault in opened_chain(chain).faults]


@pytest.fixture
def story():
    story = small.play_small(small.FORMS_OPEN)
    admin = create_user("admin-65", "Admin", roles=[("T", "65")])
    person = add_person("biro-baru", Details("Biro Baru", "Biro Pemerintahan"), role="B", region="65", by=admin, now=NOW)
    term = Term(office="kepala-daerah", name="Gubernur Benar", nip="", rank="", since=date(2021, 2, 15))
    add_officeholder(Region.objects.get(code="65"), term, by=story.bureau[0], now=NOW)
    return person


def test_accounts_and_officeholders_that_nobody_touched_open(story):
    assert faults("akun.instalasi") == faults("pejabat") == []


@pytest.mark.parametrize("change", [{"name": "Orang Lain"}, {"is_active": False}, {"home_id": "65.01"}])
def test_an_account_changed_behind_the_acts_is_named(story, change):
    User.objects.filter(pk=story.pk).update(**change)

    line = Line.objects.get(type="account.create").seq
    assert faults("akun.instalasi") == [f"Akun biro-baru dan perannya: {CHANGED} (baris jurnal {line})."]


def test_a_role_given_by_the_database_alone_is_named_by_the_check_of_everything(story):
    Membership.objects.create(user=story, role="I", region_id="65")

    told = CliRunner().invoke(main, ["edition", "status", "--all"])

    assert told.exit_code == 1
    assert f"Akun biro-baru dan perannya: {CHANGED}" in told.output


def test_an_account_that_no_act_made_is_named(story):
    create_user("susupan", "Susupan", roles=[("G", "65")])

    assert faults("akun.instalasi") == ["Akun susupan dan perannya: tidak ada baris jurnal yang mencatatnya."]


def test_another_signatory_is_named_and_one_taken_away_is_missed(story):
    named = f"Pejabat {Region.objects.get(code='65').full_name}"
    line = Line.objects.get(type="officeholder.add").seq
    Officeholder.objects.update(name="Gubernur Palsu")
    assert faults("pejabat") == [f"{named}: {CHANGED} (baris jurnal {line})."]

    Officeholder.objects.all().delete()
    assert faults("pejabat") == [f"Pejabat 65: {CHANGED} (baris jurnal {line})."]


def test_an_officeholder_is_named_where_no_line_was_ever_written_of_any(db):
    small.play_small()
    sql(
        "INSERT INTO accounts_officeholder (office, region_id, name, nip, rank, since, source) VALUES "
        "('kepala-daerah', '65', 'PALSU', '', '', '2020-01-01', '')"
    )

    found = [fault.sentence for opening in check_everything(now=small.LONG_AFTER) for fault in opening.faults]

    assert found == ["Pejabat Kalimantan Utara: tidak ada baris jurnal yang mencatatnya."]
