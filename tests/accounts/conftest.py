"""A small office: a province, two regencies, three kecamatan, and the people who look after each other."""

import io

import pytest
import xlsxwriter
from django.contrib.auth.hashers import make_password

from sp2k.accounts.actions.ledger import SERVER, record, role_in_words
from sp2k.accounts.actions.people import create_user
from sp2k.accounts.models import User
from sp2k.journal.models import Line
from sp2k.regions.actions import import_regions
from sp2k.regions.files import SHIPPED_DECREE, SHIPPED_LIST
from tests.story.small import PRESENT
from tests.story.told import LONG_BEFORE

PASSWORD = "sawah-pinang-jala"
OFFICE = {
    "retno": ("B", "65"), "wahyu": ("B", "65"), "rini": ("R", "65.01"), "vera": ("V", "65.01"), "camat": ("C", "65.01.01"),
    "staf": ("C", "65.01.01"), "jauh": ("C", "65.04.01"), "ani": ("J", "65"), "kania": ("K", "65"), "tono": ("T", "65"),
    "tetangga": ("B", "64"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def quick_hasher(settings):
    """The real hasher is slow on purpose; here hundreds of passwords are tried."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def office(db) -> dict[str, User]:
    """People by first name, each told of by a line as the server's command line tells it; each can sign in with PASSWORD."""
    lines = SHIPPED_LIST.read_text(encoding="utf-8").splitlines(keepends=True)
    import_regions("".join(line for line in lines if line.startswith(PRESENT)), decree=SHIPPED_DECREE, now=LONG_BEFORE)
    made = {name: create_user(name, name.capitalize(), roles=[held]) for name, held in OFFICE.items()}
    for name, user in made.items():
        body = {"person": user.pk, "roles": [role_in_words(*OFFICE[name])]}
        record("account.create", body, by=SERVER, now=LONG_BEFORE)
    User.objects.update(password=make_password(PASSWORD))
    return {name: User.objects.get(pk=user.pk) for name, user in made.items()}


@pytest.fixture
def as_(client, office):
    """`as_("retno")` is the client signed in as that person."""

    def enter(name: str):
        client.force_login(User.objects.get(pk=office[name].pk))
        return client

    return enter


def told(kind: str) -> list[str]:
    """Return what the journal of accounts says of one type, as hashed, since the office is there."""
    return [line.canonical for line in Line.objects.filter(chain_id="akun.instalasi", type=kind).exclude(at=LONG_BEFORE)]


def workbook(rows, *, header=("nama_pengguna", "nama", "peran", "wilayah", "lembaga", "telepon", "asal")) -> io.BytesIO:
    """Return an XLSX file; a number in a row becomes a number in its cell."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("orang")
        for number, row in enumerate([header, *rows]):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(number, place, value)
                else:
                    sheet.write_number(number, place, value)
    content.seek(0)
    content.name = "orang.xlsx"
    return content
