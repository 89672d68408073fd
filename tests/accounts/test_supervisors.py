"""A supervisor is appointed by a leader's paper that two of the bureau record, and holds no role that he would supervise."""

from datetime import date

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from sp2k.accounts.actions.ledger import record
from sp2k.accounts.actions.lists import plan_of, take_in
from sp2k.accounts.actions.people import Details, add_person, create_user, give_role
from sp2k.accounts.appointments.actions import (
    Appointed,
    LeadersPaper,
    confirm_appointment,
    record_appointment,
    withdraw_appointment,
)
from sp2k.accounts.commands import check, create
from sp2k.accounts.models import Appointment, Membership, User
from sp2k.accounts.policy import why_not
from sp2k.accounts.workbook.reading import rows_of
from sp2k.base import clock
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.journal.models import Line
from sp2k.journal.queries import replay
from tests.accounts.conftest import workbook
from tests.judging.paper.story import scan
from tests.story.told import LONG_BEFORE

PAPER = {"number": "700/12/2023", "dated": date(2023, 9, 1)}
WHO = Appointed("ira", "Ira Inspektorat", "65")
SCAN = scan().content
PAGE = "/akun/orang/pengawas/"
BARRED = (
    "%s memegang peran %s, jadi tidak dapat menjadi %s: pengawas tidak merangkap juri, ketua juri, penyelenggara provinsi, "
    "atau pimpinan. Pilih orang lain, atau cabut peran itu lebih dahulu."
)


def recorded(by, who=WHO, **paper):
    read = LeadersPaper(**PAPER | {"scan": SCAN, "content_type": "image/png"} | paper)
    return record_appointment(who, read, by=by, now=clock.now())


def confirmed(row, by, **paper):
    return confirm_appointment(row, **PAPER | paper, by=by, now=clock.now())


def roles_of(username):
    return {(held.role, held.region_id) for held in Membership.objects.filter(user__username=username)}


def test_two_of_the_bureau_record_the_paper_before_anyone_is_a_supervisor(office):
    row = recorded(office["retno"])
    before = roles_of("ira")
    person = confirmed(row, office["wahyu"])

    assert before == set()
    assert (person.username, person.name, roles_of("ira")) == ("ira", "Ira Inspektorat", {("I", "65")})
    told = [line.type for line in Line.objects.exclude(at=LONG_BEFORE).order_by("seq")]
    assert told == ["role.paper", "account.create", "role.paper"]
    assert replay("akun.instalasi").is_intact
    assert "Ira" not in "".join(Line.objects.values_list("canonical", flat=True))


def test_an_account_that_stands_gets_the_role_and_its_sessions_end(office, client):
    client.force_login(office["vera"])
    confirmed(recorded(office["retno"], Appointed("vera", "lain", "65")), office["wahyu"])

    assert roles_of("vera") == {("V", "65.01"), ("I", "65")}
    assert User.objects.get(username="vera").name == "Vera"
    assert client.get("/meja/").status_code == 302


def test_whoever_recorded_the_paper_first_is_not_the_second(office):
    row = recorded(office["retno"])

    with pytest.raises(Refused, match="Surat ini Anda catat sendiri"):
        confirmed(row, office["retno"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=row.pk).update(confirmed_by=office["retno"], confirmed_at=clock.now())
    assert roles_of("ira") == set()


@pytest.mark.parametrize("differs", [{"number": "700/13/2023"}, {"dated": date(2023, 9, 2)}])
def test_a_second_recording_that_reads_another_paper_is_refused(office, differs):
    row = recorded(office["retno"])

    with pytest.raises(BadInput, match="berbeda dari catatan Retno"):
        confirmed(row, office["wahyu"], **differs)
    assert roles_of("ira") == set()


@pytest.mark.parametrize(
    ("who", "paper", "said"),
    [
        (WHO, {"number": " "}, "Tulis nomor surat penugasan."),
        (WHO, {"dated": date(2099, 1, 1)}, "Tanggal surat, 1 Januari 2099, belum tiba. Periksa tanggalnya."),
        (WHO, {"scan": b""}, "Lampirkan pindaian surat penugasan."),
        (Appointed("ira", "Ira", "65.01.01"), {}, "Peran Pengawas dipegang di tingkat provinsi atau kabupaten/kota, bukan di "
         "Kecamatan Tanjung Palas, Kabupaten Bulungan."),
        (Appointed("ani", "Ani", "65"), {}, BARRED % ("Ani", "Juri", "Pengawas")),
        (Appointed("wahyu", "Wahyu", "65"), {}, BARRED % ("Wahyu", "Penyelenggara provinsi", "Pengawas")),
        (Appointed("kania", "Kania", "65"), {}, BARRED % ("Kania", "Ketua juri", "Pengawas")),
    ],
)  # fmt: skip
def test_what_is_no_paper_or_no_supervisor_is_refused_with_nothing_written(office, who, paper, said):
    with pytest.raises(Refused) as refused:
        recorded(office["retno"], who, **paper)

    assert refused.value.sentence == said
    assert (Appointment.objects.count(), Line.objects.exclude(at=LONG_BEFORE).count()) == (0, 0)


@pytest.mark.parametrize("name", ["rini", "tono", "tetangga", "ani", "vera", "camat"])
def test_nobody_but_the_bureau_of_the_region_records_a_paper(office, name):
    row = recorded(office["retno"])

    with pytest.raises(NotAllowed):
        recorded(office[name], Appointed("lain", "Lain", "65"))
    with pytest.raises(NotAllowed):
        confirmed(row, office[name])
    with pytest.raises(NotAllowed):
        withdraw_appointment(row, by=office[name], now=clock.now())


def test_a_paper_is_recorded_once_and_confirmed_once_and_a_withdrawn_one_no_more(office):
    row = recorded(office["retno"])
    with pytest.raises(Refused, match="sudah dicatat Retno dan menunggu pencatat kedua"):
        recorded(office["wahyu"])
    withdraw_appointment(row, by=office["wahyu"], now=clock.now())
    with pytest.raises(Refused, match="Catatan ini sudah ditarik"):
        confirmed(row, office["wahyu"])
    again = recorded(office["wahyu"])
    confirmed(again, office["retno"])
    with pytest.raises(Refused, match="Penugasan ini sudah dikuatkan"):
        confirmed(again, office["retno"])
    with pytest.raises(Refused, match="sudah memegang peran Pengawas"):
        recorded(office["retno"])


def test_who_became_a_juror_in_between_is_not_confirmed(office):
    row = recorded(office["retno"], Appointed("vera", "Vera", "65"))
    give_role(office["vera"], "J", "65", by=office["retno"], now=clock.now())

    with pytest.raises(Refused, match="Vera memegang peran Juri"):
        confirmed(row, office["wahyu"])


@pytest.mark.parametrize(("by", "role"), [("retno", "I"), ("tono", "I"), ("tono", "J"), ("tono", "R"), ("tono", "T")])
def test_no_page_and_no_list_gives_the_role_of_a_supervisor_and_an_administrator_gives_b_only(office, by, role):
    region = "65.01" if role == "R" else "65"
    with pytest.raises(NotAllowed):
        add_person("budi", Details("Budi"), role=role, region=region, by=office[by], now=clock.now())
    with pytest.raises(NotAllowed):
        give_role(office["vera"], role, region, by=office[by], now=clock.now())
    rows = rows_of(workbook([("budi", "Budi", role, region, "", "", "")]).getvalue(), name="orang.xlsx")
    with pytest.raises(BadInput):
        take_in(rows, by=office[by], now=clock.now())


def test_an_administrator_gives_b(office):
    add_person("budi", Details("Budi"), role="B", region="65", by=office["tono"], now=clock.now())

    assert roles_of("budi") == {("B", "65")}


@pytest.fixture
def supervisor(office) -> User:
    return confirmed(recorded(office["retno"]), office["wahyu"])


@pytest.mark.parametrize(("by", "role"), [("retno", "J"), ("retno", "K"), ("retno", "G"), ("tono", "B")])
def test_a_supervisor_is_given_no_role_that_he_would_supervise(office, supervisor, by, role):
    label = {"J": "Juri", "K": "Ketua juri", "G": "Pimpinan", "B": "Penyelenggara provinsi"}[role]
    said = BARRED % ("Ira Inspektorat", "Pengawas", label)

    with pytest.raises(Refused) as refused:
        give_role(supervisor, role, "65", by=office[by], now=clock.now())
    rows = rows_of(workbook([("ira", "Ira Inspektorat", role, "65", "", "", "")]).getvalue(), name="orang.xlsx")

    assert refused.value.sentence == said
    (row,) = plan_of(rows, by=office[by], now=clock.now()).rows
    assert row.says == (f'Lembar "orang", baris 2, kolom peran: {said}',)
    assert roles_of("ira") == {("I", "65")}


@pytest.mark.parametrize("roles", [["I", "J"], ["J", "I"], ["B", "I"], ["I", "K"], ["G", "I"]])
def test_the_server_makes_no_account_with_both(office, roles):
    with pytest.raises(BadInput, match="tidak merangkap"):
        create_user("dua", "Dua", roles=[(role, "65") for role in roles])

    assert not User.objects.filter(username="dua").exists()


def run(command, *words):
    answer = CliRunner().invoke(command, list(words))
    return answer.exit_code, answer.output, answer.exception


def test_the_command_line_makes_the_first_administrator_and_no_supervisor(office):
    assert run(create, "tuti", "--nama", "Tuti", "--peran", "T:65")[0] == 0
    _code, _said, refused = run(create, "ira", "--nama", "Ira", "--peran", "I:65")

    assert refused.sentence == (
        "Peran I tidak diberikan dari server. Dua anggota biro mencatat surat pimpinan yang menugaskannya: halaman Orang, "
        "Menugaskan pengawas."
    )
    assert not User.objects.filter(username="ira").exists()


@pytest.fixture
def both(office) -> User:
    """As older data may have it: a supervisor who is of the bureau too."""
    Membership.objects.create(user=office["wahyu"], role="I", region_id="65")
    with transaction.atomic():
        record("role.give", {"person": office["wahyu"].pk, "role": "I:65"}, by=office["retno"], now=clock.now())
    return User.objects.get(pk=office["wahyu"].pk)


@pytest.mark.parametrize("change", ["username = 'penyusup'", "name = 'Penyusup'", "institution = 'Lain'"])
def test_whom_a_paper_appoints_is_not_exchanged_between_its_two_recordings(office, change):
    row = recorded(office["retno"])
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE accounts_appointment SET {change}")

    with pytest.raises(Refused, match="Penguatan surat penugasan dihentikan"):
        confirmed(row, office["wahyu"])


def test_who_holds_both_since_earlier_has_no_supervisors_right_until_the_other_role_is_taken(both, office):
    assert both.roles == {"B"}
    assert why_not(both, "role.paper", office["ani"], now=clock.now()) is None
    both.memberships.filter(role="B").delete()
    assert User.objects.get(pk=both.pk).roles == {"I"}


def test_who_holds_both_is_told_on_the_pages_of_people_and_by_the_command(both, as_, office):
    people, person = as_("retno").get("/akun/orang/"), as_("retno").get(f"/akun/orang/{both.pk}/")
    others = as_("retno").get(f"/akun/orang/{office['ani'].pk}/")

    assert [row.username for row in people.context["barred"]] == ["wahyu"]
    assert b"Hak pengawasnya tidak berlaku sampai peran itu dicabut." in person.content
    assert b"Hak pengawasnya" not in others.content
    assert run(check)[:2] == (
        1, "wahyu: B:65, I:65. Pengawas tidak merangkap J, K, B, atau G; hak pengawasnya tidak berlaku.\n"
    )  # fmt: skip


def test_without_such_a_person_the_command_says_so_and_the_page_is_silent(office, supervisor, as_):
    assert run(check)[:2] == (
        0, "Tidak ada pengawas yang merangkap juri, ketua juri, penyelenggara provinsi, atau pimpinan.\n"
    )  # fmt: skip
    assert as_("retno").get("/akun/orang/").context["barred"] == []


def test_the_bureau_still_looks_after_a_supervisor_without_choosing_him(as_, supervisor):
    client, page = as_("retno"), f"/akun/orang/{supervisor.pk}/"

    shown = client.get(page).content.decode()
    assert "Cabut peran" not in shown and "Penugasan pengawas berasal dari surat pimpinan" in shown
    assert client.post(f"{page}undang/").status_code == 200
    client.post(f"{page}peran/{supervisor.memberships.get().pk}/cabut/")
    assert roles_of("ira") == {("I", "65")}


def test_the_pages_record_a_paper_show_it_and_record_it_again(as_, office):
    typed = {"name": "Ira", "username": "ira", "region": "", "number": "700/12/2023", "dated": "2023-09-01"}
    first = as_("retno").post(PAGE, typed | {"scan": SimpleUploadedFile("surat.png", SCAN, "image/png")})
    row = Appointment.objects.get()
    own = as_("retno").get(first.url)
    listed, second = as_("wahyu").get(PAGE), as_("wahyu").get(first.url)
    wrong = as_("wahyu").post(first.url, {"number": "700/12/2022", "dated": "2023-09-01"})
    right = as_("wahyu").post(first.url, {"number": "700/12/2023", "dated": "2023-09-01"})

    assert first.url == f"{PAGE}{row.pk}/"
    assert (b"Kuatkan penugasan" in own.content, b"Kuatkan penugasan" in second.content) == (False, True)
    assert b"700/12/2023" not in second.content + listed.content  # it is to be read from the scan
    assert (wrong.status_code, right.status_code, roles_of("ira")) == (422, 302, {("I", "65")})
    assert as_("wahyu").get(f"{first.url}pindaian/").headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("name", ["rini", "tono", "tetangga", "ani"])
def test_others_find_no_such_page_and_no_such_paper(as_, office, name):
    row, client = recorded(office["retno"]), as_(name)

    seen = [client.get(f"{PAGE}{path}").status_code for path in (f"{row.pk}/", f"{row.pk}/pindaian/")]
    seen.append(client.post(f"{PAGE}{row.pk}/tarik/").status_code)
    assert seen == [404, 404, 404]
    listed = client.get(PAGE)
    assert listed.status_code == (200 if name == "tetangga" else 404)
    assert b"Ira" not in listed.content
