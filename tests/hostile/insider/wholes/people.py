"""Accounts with their roles, papers of supervisors, and who holds an office."""

from datetime import date

from click.testing import CliRunner

from sp2k.accounts.actions.lists import take_in
from sp2k.accounts.actions.people import (
    Details,
    add_person,
    close_account,
    edit_person,
    give_role,
    open_account,
    take_role,
)
from sp2k.accounts.actions.profile import OwnDetails, edit_profile
from sp2k.accounts.appointments.actions import Appointed, LeadersPaper, record_appointment, withdraw_appointment
from sp2k.accounts.commands import create
from sp2k.accounts.models import Appointment, Officeholder, User
from sp2k.accounts.officeholders.actions import (
    Term,
    add_officeholder,
    correct_officeholder,
    end_term,
    hand_over,
    take_in_officeholders,
)
from sp2k.accounts.officeholders.plans import ListedTerm
from sp2k.accounts.workbook.reading import PersonRow
from sp2k.regions.models import Region
from tests.hostile.insider.wholes.cases import Case, doing
from tests.judging.paper.story import scan
from tests.story import small
from tests.story.small import BULUNGAN


def peopled(now=small.FORMS_OPEN):
    """Two people whom lines tell of: one juror who is a chair too, one whose account is closed."""
    story = small.play_small(now)
    story.now, by = now, story.bureau[0]
    one = add_person("orang.baru", Details("Orang Baru", home=BULUNGAN), role="J", region="65", by=by, now=now)
    give_role(one, "K", "65", by=by, now=now)
    close_account(add_person("orang.tutup", Details("Tutup"), role="J", region="65", by=by, now=now), by=by, now=now)
    return story


def known(story, name="orang.baru"):
    return User.objects.get(username=name)


def appointed(story):
    paper = LeadersPaper("700/12/2023", date(2023, 9, 1), scan().content, "image/png")
    return record_appointment(Appointed("ira", "Ira", "65"), paper, by=story.bureau[0], now=story.now)


def with_paper():
    story = peopled()
    appointed(story)
    return story


def profile(story):
    own = OwnDetails("Orang Baru, S.Sos.", "Bappeda", "", "id", "")
    return edit_profile(known(story), own, now=story.now)


def on_the_server(story):
    """The server's command line, which refuses by its exit."""
    done = CliRunner().invoke(create, ["orang.server", "--nama", "Orang Server", "--peran", "T:65"])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception


ROLE = "INSERT INTO accounts_membership (user_id, role, region_id) SELECT id, 'R', '65.04' FROM accounts_user WHERE "
ONE, OTHER = f"{ROLE} username = 'orang.baru'", f"{ROLE} username = 'orang.tutup'"
AN_ACCOUNT, CLOSED = "Akun orang.baru dan perannya: isinya", "Akun orang.tutup dan perannya: isinya"
ROW = PersonRow(2, "Baris 2", "orang.baru", "Orang Baru", "J", "65", lembaga="Dinas")
PEOPLE = {
    "an account more": (lambda s: add_person(
        "orang.lain", Details("Orang Lain"), role="J", region="65", by=s.bureau[0], now=s.now), ONE),
    "a person's details": (
        lambda s: edit_person(known(s), Details("Orang Baru", "Dinas"), by=s.bureau[0], now=s.now), ONE),
    "a role given": (lambda s: give_role(known(s), "R", BULUNGAN, by=s.bureau[0], now=s.now), ONE),
    "a role taken": (
        lambda s: take_role(known(s).memberships.get(role="K"), by=s.bureau[0], now=s.now), ONE),
    "an account closed": (lambda s: close_account(known(s), by=s.bureau[0], now=s.now), ONE),
    "an account opened": (lambda s: open_account(known(s, "orang.tutup"), by=s.bureau[0], now=s.now), OTHER),
    "a list of people": (lambda s: take_in([ROW], by=s.bureau[0], now=s.now), ONE),
    "one's own details": (profile, ONE),
    "a supervisor's paper": (appointed, ONE),
    "an account made on the server": (on_the_server, ONE),
}  # fmt: skip
CASES = {
    name: Case(peopled, change, act, AN_ACCOUNT if change == ONE else CLOSED) for name, (act, change) in PEOPLE.items()
}
CASES["a supervisor's paper withdrawn"] = Case(
    with_paper, ONE, lambda s: withdraw_appointment(Appointment.objects.get(), by=s.bureau[0], now=s.now), AN_ACCOUNT
)

HEAD = Term("kepala-daerah", "Gubernur Asli", "", "", date(2021, 1, 1))
SECRETARY = Term("sekda", "Sekretaris", "", "", date(2021, 1, 1))


def governed():
    story = small.play_small(small.FORMS_OPEN)
    story.now, story.place = small.FORMS_OPEN, Region.objects.get(code="65")
    add_officeholder(story.place, HEAD, by=story.bureau[0], now=story.now)
    add_officeholder(story.place, SECRETARY, by=story.bureau[0], now=story.now)
    return story


def in_office(office="sekda"):
    return Officeholder.objects.get(office=office)


LISTED = ListedTerm(2, "Baris 2", "65", "", "sekda", "Penerus", date(2024, 1, 1))
LATER = Term("sekda", "Penerus", "", "", date(2024, 1, 1))
OFFICES = {
    "an officeholder more": lambda s: add_officeholder(
        s.place, Term("sekda", "Pendahulu", "", "", date(2019, 1, 1), date(2020, 12, 31)), **doing(s)),
    "an office handed over": lambda s: hand_over(in_office(), LATER, **doing(s)),
    "a term ended": lambda s: end_term(in_office(), until=date(2024, 1, 1), **doing(s)),
    "an officeholder corrected": lambda s: correct_officeholder(
        in_office(), Term("sekda", "Sekretaris, M.Si.", "", "", date(2021, 1, 1)), reason="Gelar.", **doing(s)),
    "a list of officeholders": lambda s: take_in_officeholders([LISTED], **doing(s)),
}  # fmt: skip
FORGED_HEAD = "UPDATE accounts_officeholder SET name = 'Gubernur Palsu' WHERE office = 'kepala-daerah'"
CASES |= {name: Case(governed, FORGED_HEAD, act, "Pejabat Kalimantan Utara: isinya") for name, act in OFFICES.items()}
