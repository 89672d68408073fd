"""People: each sees and changes only those whose roles one hands out, and nobody gains anything by an extra field."""

import unicodedata

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sp2k.accounts.actions.people import Details, add_person, close_account, give_role, take_role
from sp2k.accounts.models import Membership, User
from sp2k.accounts.policy import why_not
from sp2k.accounts.queries.people import people_visible_to
from sp2k.base import clock
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from tests.accounts.conftest import OFFICE, told

SEEN = {
    "retno": {"rini", "camat", "staf", "jauh", "ani", "kania"},
    "rini": {"vera", "camat", "staf"},
    "camat": {"camat", "staf"},
    "tono": set(OFFICE) - {"tetangga"},
    "tetangga": set(), "ani": set(), "kania": set(), "vera": set(),
}  # fmt: skip
FORM = {"name": "Budi", "username": "budi", "role": "J", "region": "", "institution": "", "phone": "", "home": "65.01"}


def roles_of(name):
    return {(held.role, held.region_id) for held in Membership.objects.filter(user__username=name)}


@pytest.mark.parametrize("viewer", sorted(SEEN))
def test_each_sees_exactly_the_people_whose_roles_one_hands_out(office, viewer):
    assert {person.username for person in people_visible_to(office[viewer])} == SEEN[viewer]


@pytest.mark.parametrize("viewer", sorted(SEEN))
def test_whoever_is_out_of_reach_does_not_exist_on_any_page(as_, office, viewer):
    client, hidden = as_(viewer), [office[name] for name in set(OFFICE) - SEEN[viewer]]

    for person in hidden:
        assert client.get(f"/akun/orang/{person.pk}/").status_code == 404
        for act in (
            "undang/",
            "undang/surat/",
            "undang/tarik/",
            "nonaktif/",
            "aktif/",
            "faktor-kedua/lepas/",
            "peran/",
        ):
            assert client.post(f"/akun/orang/{person.pk}/{act}").status_code == 404
        held = person.memberships.get()
        assert client.post(f"/akun/orang/{person.pk}/peran/{held.pk}/cabut/").status_code == 404
    assert client.get("/akun/orang/999999/").status_code == 404


def test_the_page_asks_the_same_table_as_the_list(office):
    for viewer in SEEN:
        for name, person in office.items():
            may = why_not(office[viewer], "account.invite", person, now=clock.now()) is None
            assert not may or name in SEEN[viewer]


@pytest.mark.parametrize("name", ["ani", "kania", "vera"])
def test_whoever_hands_out_no_role_has_no_pages_of_people(as_, name):
    client = as_(name)

    assert [client.get(f"/akun/orang/{page}").status_code for page in ("", "baru/", "impor/", "daftar.xlsx")] == [
        404
    ] * 4
    assert client.post("/akun/orang/surat/").status_code == 404


def test_the_bureau_adds_a_juror_whose_home_is_known_for_conflicts(as_):
    answer = as_("retno").post("/akun/orang/baru/", FORM | {"phone": "0812-3456-7890"})
    made = User.objects.get(username="budi")

    assert answer.url == f"/akun/orang/{made.pk}/"
    assert (made.phone, made.home_id, made.has_usable_password()) == ("6281234567890", "65.01", False)
    assert roles_of("budi") == {("J", "65")}


@pytest.mark.parametrize(
    ("by", "role", "region"),
    [
        ("retno", "B", "65"), ("retno", "T", "65"), ("retno", "V", "65.01"), ("retno", "J", "64"), ("rini", "R", "65.01"),
        ("rini", "C", "65.04.01"), ("rini", "J", "65"), ("camat", "C", "65.01.02"), ("camat", "V", "65.01"),
        ("ani", "J", "65"), ("tono", "T", "65"), ("tono", "J", "65"),
    ],
)  # fmt: skip
def test_a_role_or_region_outside_the_own_reach_is_refused_however_it_is_sent(as_, office, by, role, region):
    client = as_(by)
    answer = client.post("/akun/orang/baru/", FORM | {"role": role, "region": region, "home": ""})
    with pytest.raises(NotAllowed):
        add_person("budi", Details("Budi"), role=role, region=region, by=office[by], now=clock.now())

    assert answer.status_code in (404, 422)
    assert not User.objects.filter(username="budi").exists()


def test_extra_fields_change_nothing(as_, office):
    client = as_("retno")
    more = {"is_active": "", "password": "x", "roles": "B", "memberships": "B:65", "pk": "1", "session_epoch": "9",
            "is_superuser": "1", "totp_seed": "x", "by": "1"}  # fmt: skip
    client.post("/akun/orang/baru/", FORM | more)
    client.post(f"/akun/orang/{office['ani'].pk}/", {"name": "Ani", "home": "", "username": "lain", "role": "B"} | more)
    as_("ani").post(
        "/akun/saya/", {"name": "Ani", "language": "id", "theme": "terang", "home": "65.01", "role": "B"} | more
    )

    budi, ani = User.objects.get(username="budi"), User.objects.get(username="ani")
    assert (budi.is_active, budi.has_usable_password(), roles_of("budi")) == (True, False, {("J", "65")})
    assert (ani.home_id, ani.session_epoch, ani.totp_seed, roles_of("ani")) == (None, 0, "", {("J", "65")})


def test_nobody_changes_the_own_roles_or_closes_oneself(as_, office):
    client = as_("camat")
    own = office["camat"]

    client.post(f"/akun/orang/{own.pk}/nonaktif/")
    client.post(f"/akun/orang/{own.pk}/peran/", {"role": "C", "region": "65.01.01"})
    assert User.objects.get(pk=own.pk).is_active
    with pytest.raises(NotAllowed):
        give_role(office["retno"], "J", "65", by=office["retno"], now=clock.now())
    assert roles_of("retno") == {("B", "65")}


def test_a_person_who_also_holds_a_role_beyond_reach_is_not_taken_over(as_, office):
    give_role(office["ani"], "B", "65", by=office["tono"], now=clock.now())
    client, page = as_("retno"), f"/akun/orang/{office['ani'].pk}/"

    assert client.get(page).status_code == 200
    assert client.post(f"{page}undang/").status_code == 403
    client.post(f"{page}nonaktif/")
    client.post(page, {"name": "Lain", "home": ""})
    ani = User.objects.get(username="ani")
    assert (ani.is_active, ani.name, ani.has_usable_password()) == (True, "Ani", True)
    client.post(f"{page}peran/{Membership.objects.get(user=ani, role='J').pk}/cabut/")
    assert roles_of("ani") == {("B", "65")}  # the role one hands out may be taken


def test_roles_fit_the_level_of_their_region(office):
    for role, region in [("R", "65"), ("C", "65.01"), ("J", "65.01.01")]:
        with pytest.raises(BadInput):
            add_person("budi", Details("Budi"), role=role, region=region, by=office["retno"], now=clock.now())


def test_a_role_that_the_viewer_cannot_take_has_its_reason_in_the_place_of_a_button(as_, office):
    ani = office["ani"]
    client, page = as_("retno"), f"/akun/orang/{ani.pk}/"

    only = client.get(page).content.decode()
    give_role(ani, "K", "65", by=office["retno"], now=clock.now())
    two = client.get(page).content.decode()

    assert (only.count("Cabut peran"), "Ini peran terakhir orang ini." in only) == (0, True)
    assert (two.count("Cabut peran"), "Ini peran terakhir orang ini." in two) == (2, False)


def test_the_last_role_stays(office):
    with pytest.raises(Refused):
        take_role(office["ani"].memberships.get(), by=office["retno"], now=clock.now())

    assert roles_of("ani") == {("J", "65")}


@pytest.mark.parametrize("act", ["role", "take", "close"])
def test_sessions_end_at_once_when_a_role_changes_or_the_account_is_closed(as_, office, act):
    give_role(office["ani"], "K", "65", by=office["retno"], now=clock.now())
    juror = Client()
    juror.force_login(User.objects.get(username="ani"))
    assert juror.get("/meja/").status_code == 200

    ani, by = User.objects.get(username="ani"), office["retno"]
    if act == "role":
        give_role(ani, "G", "65", by=by, now=clock.now())
    elif act == "take":
        take_role(ani.memberships.get(role="K"), by=by, now=clock.now())
    else:
        close_account(ani, by=by, now=clock.now())

    assert juror.get("/meja/").status_code == 302


def test_the_same_role_twice_ends_nothing_and_is_told_once(office):
    ani = office["ani"]
    give_role(ani, "G", "65", by=office["retno"], now=clock.now())
    epoch = User.objects.get(pk=ani.pk).session_epoch
    give_role(ani, "G", "65", by=office["wahyu"], now=clock.now())

    assert (User.objects.get(pk=ani.pk).session_epoch, len(told("role.give"))) == (epoch, 1)


def test_closing_and_opening_by_buttons_and_an_administrator_closes_anyone_there(as_, office):
    as_("retno").post(f"/akun/orang/{office['ani'].pk}/nonaktif/")
    as_("tono").post(f"/akun/orang/{office['vera'].pk}/nonaktif/")
    assert set(User.objects.filter(is_active=False).values_list("username", flat=True)) == {"ani", "vera"}

    as_("retno").post(f"/akun/orang/{office['ani'].pk}/aktif/")
    assert User.objects.get(username="ani").is_active
    assert len(told("account.close")) == 2 and len(told("account.open")) == 1


def test_a_region_is_found_by_name_and_a_name_that_repeats_is_asked_by_code(as_):
    client = as_("rini")
    by_name = client.post("/akun/orang/baru/", FORM | {"role": "C", "region": "Tanjung Palas", "home": ""})
    nowhere = client.post("/akun/orang/baru/", FORM | {"username": "b2", "role": "C", "region": "Atlantis", "home": ""})

    assert by_name.status_code == 302 and {role for role, _ in roles_of("budi")} == {"C"}
    assert nowhere.context["form"].errors["region"] == [
        "Tidak ada wilayah bernama atau berkode itu. Tulis kodenya, misalnya 35.10.13."
    ]


@pytest.mark.parametrize("username", ["Retno", "RETNO ", "a", "budi santoso", "x" * 61, "budi\u202e", "-budi"])
def test_a_name_to_sign_in_with_is_taken_once_whatever_its_capitals_and_has_a_form(as_, username):
    answer = as_("retno").post("/akun/orang/baru/", FORM | {"username": username})

    assert answer.status_code == 422


def test_the_list_is_found_by_name_role_and_state(as_, office):
    close_account(office["kania"], by=office["retno"], now=clock.now())
    add_person("budi", Details("Budi", "Bappeda"), role="J", region="65", by=office["retno"], now=clock.now())
    client = as_("retno")

    def found(query):
        return {person.username for person in client.get(f"/akun/orang/?{query}").context["page"]}

    assert found("") == {"rini", "ani", "kania", "budi"}  # operators only when asked for
    assert found("peran=C") == {"camat", "staf", "jauh"}
    assert found("cari=bappeda") == {"budi"} and found("cari=staf") == {"staf"}
    assert found("keadaan=nonaktif") == {"kania"} and found("keadaan=belum-diundang") == {"budi"}
    assert found("peran=B") == set() and found("keadaan=lain") == {"rini", "ani", "kania", "budi"}


def test_the_list_asks_the_same_number_of_questions_for_three_people_and_for_forty(as_, office):
    client = as_("rini")
    client.get("/akun/orang/")
    with CaptureQueriesContext(connection) as few:
        client.get("/akun/orang/")
    for n in range(37):
        details = Details(name=f"Staf {n}", institution="", phone="", home="")
        add_person(f"staf-{n}", details, role="C", region="65.01.02", by=office["rini"], now=clock.now())
    with CaptureQueriesContext(connection) as many:
        page = client.get("/akun/orang/")

    assert len(page.context["page"]) == 40 and len(many) == len(few)


def test_naughty_names_are_shown_as_text(as_, office):
    name = '<script>alert("x")</script> O\u2019Brien \u0645\u062d\u0645\u062f'
    as_("retno").post(f"/akun/orang/{office['ani'].pk}/", {"name": name, "home": ""})
    text = as_("retno").get("/akun/orang/").content.decode()

    assert "<script>alert" not in text and "&lt;script&gt;alert(&quot;x&quot;)" in text


def test_a_refused_form_keeps_what_was_typed(as_):
    page = as_("retno").post("/akun/orang/baru/", FORM | {"phone": "bukan nomor", "name": "Budi yang Panjang"})

    assert page.status_code == 422 and 'value="Budi yang Panjang"' in page.content.decode()
    assert list(page.context["form"].errors) == ["phone"]


@pytest.mark.parametrize(
    "path", ["peran/", "undang/", "undang/surat/", "undang/tarik/", "nonaktif/", "aktif/", "faktor-kedua/lepas/"]
)
def test_acts_are_done_by_post_with_a_token_only(office, path):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(username="retno"))
    address = f"/akun/orang/{office['ani'].pk}/{path}"

    assert (strict.get(address).status_code, strict.post(address).status_code) == (405, 403)


def test_a_name_is_found_however_it_is_composed_and_stored_in_one_way(as_, office):
    decomposed = unicodedata.normalize("NFD", "Đặng Thị Mười")
    client = as_("retno")

    client.post("/akun/orang/baru/", FORM | {"name": f"\ufeff{decomposed}\u200b"})
    page = client.get("/akun/orang/", {"cari": f"{decomposed[:6]}"}).content.decode()

    assert User.objects.get(username="budi").name == "Đặng Thị Mười"
    assert "Đặng Thị Mười" in page


@pytest.mark.parametrize("name", ["Bu\u202edi", "Bud\u0456"])  # a mark that turns the writing round; a Cyrillic letter
def test_a_name_that_deceives_is_refused_beside_its_field(as_, office, name):
    page = as_("retno").post("/akun/orang/baru/", FORM | {"name": name})

    assert not User.objects.filter(username="budi").exists()
    assert page.status_code == 422
