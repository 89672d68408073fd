"""The pages on paper: what each person finds there, what nobody finds early, and what comes out of the printer."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sp2k.accounts.actions import create_user
from sp2k.accounts.policy import why_not
from sp2k.judging import actions
from sp2k.judging.codes import grouped, new_code
from sp2k.judging.models import PaperSheet, Sheet, SheetDraft
from sp2k.judging.queries.paper import papers_visible_to
from tests.judging.paper.story import GIVEN, LIST, PRINT, Office, page_of, scan, words
from tests.story.locking import told_as_locked
from tests.story.small import FIRST, SECOND, other_bureau

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def as_person(client):
    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def form(marks=GIVEN, **other):
    return {f"nilai-{key}": mark for key, mark in marks.items()} | other


def inspector():
    return create_user("pengawas-65", "Pengawas", roles=[("I", "65")])


# -- from the printer to the sheet, by pages alone -----------------------------------------------------------------------


def test_from_the_blank_to_the_sheet_by_pages_alone(office, client):
    def signed_in(person):
        client.force_login(person)
        return client

    printed = signed_in(office.first).post(PRINT, {"kursi": "", "peserta": "", "ukuran": "F4"})
    assert printed.status_code == 302 and PaperSheet.objects.count() == 9
    assert "9 lembar siap" in words(client.get(printed.url))
    paper = PaperSheet.objects.get(assignment=office.duty())

    found = client.post(LIST, {"kode": grouped(paper.code).lower()})
    assert found.url == page_of(paper, "ketik/")
    assert client.post(found.url, form(catatan="Minta bukti")).url == page_of(paper)
    second = signed_in(office.second).post(page_of(paper, "ketik/"), form(GIVEN | {"K1": "78,5"}, catatan="minta bukti."))
    assert second.url == page_of(paper, "beda/")
    side_by_side = words(client.get(second.url))
    assert "87,5" in side_by_side and "78,5" in side_by_side and "Catatan" not in side_by_side
    assert client.post(second.url, {"pilih-K1": "pertama"}).url == page_of(paper)
    upload = SimpleUploadedFile("kertas.png", scan().content)
    assert client.post(page_of(paper, "unggah/"), {"berkas": upload}).url == page_of(paper)

    signed_in(office.juror())
    assert client.post(LIST, {"kode": paper.code}).url == page_of(paper, "konfirmasi/")
    assert "87,5" in words(client.get(page_of(paper, "konfirmasi/")))
    assert client.post(page_of(paper, "konfirmasi/")).url == page_of(paper)
    assert Sheet.objects.get().paper.code == paper.code
    assert "dari kertas" in words(client.get(page_of(paper)))


# -- blind until both have typed ----------------------------------------------------------------------------------------


def test_the_second_typist_finds_nothing_of_what_the_first_typed(office, as_person):
    told, untold = office.paper(FIRST), office.paper(SECOND)
    office.types(told, office.first, {"K1": "61,3", "I1": "62,4", "I2": "63,5"}, note="Rahasia pertama")

    seen = {
        name: [as_person(office.second).get(page_of(paper, what)).content.decode() for what in ("", "ketik/")]
        for name, paper in (("told", told), ("untold", untold))
    }

    for secret in ("61,3", "61.3", "62,4", "63,5", "Rahasia"):
        assert secret not in "".join(seen["told"])
    told_form, untold_form = (
        re.search(r'(?s)<form method="post" class="typing.*?</form>', pages[1])[0] for pages in seen.values()
    )
    without = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|/k/\w+/')
    assert without.sub("", told_form) == without.sub("", untold_form)


def test_a_third_bureau_member_does_not_see_the_differences_nor_the_scan(office, as_person):
    paper = office.paper()
    office.types(paper, office.first)
    office.types(paper, office.second, GIVEN | {"K1": "78,5"})
    actions.attach_scan(paper, scan(), by=office.first, now=office.now)
    client = as_person(create_user("biro-tiga", "Biro Tiga", roles=[("B", "65")]))

    assert client.get(page_of(paper, "beda/")).status_code == 403
    assert client.get(page_of(paper, "pindaian/")).status_code == 403
    page = client.get(page_of(paper))
    assert "78,5" not in page.content.decode() and "salah satu dari kedua pengetik" in words(page)


def test_a_third_person_cannot_type_what_two_have_typed(office, as_person):
    paper = office.typed_alike()
    client = as_person(create_user("biro-tiga", "Biro Tiga", roles=[("B", "65")]))

    answer = client.post(page_of(paper, "ketik/"), form())

    assert answer.status_code == 422 and "tidak diketik lagi: menunggu konfirmasi juri" in words(answer)
    assert paper.typings.count() == 2


def test_once_typed_alike_nobody_but_the_juror_reads_the_marks_before_the_lock(office, as_person):
    paper = office.typed_alike({"K1": "61,3", "I1": "62,4", "I2": "63,5"})

    seen = {
        name: as_person(person).get(page_of(paper)).content.decode()
        for name, person in [("juror", office.juror()), ("typist", office.first), ("inspector", inspector())]
    }

    assert {name: "61,3" in page for name, page in seen.items()} == {
        "juror": True, "typist": False, "inspector": False,
    }  # fmt: skip


# -- who finds what -----------------------------------------------------------------------------------------------------


def test_others_do_not_find_a_paper_at_all(office, as_person):
    paper = office.typed_alike()
    strangers = [
        office.juror("dpmd"), other_bureau(), create_user("kab", "Kabupaten", roles=[("R", "65.01")]), office.story.leader,
    ]  # fmt: skip
    pages = ["", "ketik/", "beda/", "pindaian/", "tarik/", "konfirmasi/"]

    for person in strangers:
        client = as_person(person)
        nowhere = client.get(f"/juri/kertas/k/{new_code()}/")
        answers = [client.get(page_of(paper, what)) for what in pages]
        assert {answer.status_code for answer in answers} == {404}
        assert words(answers[0]) == words(nowhere)
        assert client.post(page_of(paper, "unggah/")).status_code == 404


def test_an_unknown_code_and_one_of_another_province_get_the_same_sentence(office, as_person):
    paper = office.paper()
    theirs, unknown = (as_person(other_bureau()).post(LIST, {"kode": code}) for code in (paper.code, "23456789AB" + "CH"))

    said = "Kertas dengan kode ini tidak ada pada daftar Anda. Periksa lagi kodenya."
    assert (theirs.status_code, said in words(theirs)) == (422, True)
    assert unknown.status_code == 422
    assert FIRST not in theirs.content.decode()


def test_a_code_mistyped_by_one_letter_is_told_so(office, as_person):
    paper = office.paper()
    wrong = paper.code[:-1] + ("2" if paper.code[-1] != "2" else "3")

    assert "huruf terakhirnya tidak cocok" in words(as_person(office.first).post(LIST, {"kode": wrong}))


def test_a_juror_finds_his_own_papers_only_and_the_inspector_all_without_marks(office, as_person):
    paper = office.typed_alike({"K1": "61,3", "I1": "62,4", "I2": "63,5"})
    office.paper(FIRST, "dpmd")

    own, all_papers = (as_person(person).get(LIST).content.decode() for person in (office.juror(), inspector()))

    assert (own.count("papercode"), all_papers.count("papercode")) == (1, 2)
    assert grouped(paper.code) in own and "61,3" not in own + all_papers
    assert "Cetak lembar" not in own + all_papers


@pytest.mark.parametrize("role", ["C", "R", "V", "G", "T"])
def test_roles_without_a_part_in_paper_find_no_list(office, as_person, role):
    region = {"C": FIRST, "R": "65.01", "V": "65.01"}.get(role, "65")

    assert as_person(create_user("orang", "Orang", roles=[(role, region)])).get(LIST).status_code == 404


def test_the_list_holds_exactly_what_the_policy_lets_each_person_read(office):
    papers = [office.paper(code, seat) for code in (FIRST, SECOND) for seat in ("bappeda", "dpmd")]
    newcomer = create_user("juri-baru", "Juri Baru", roles=[("J", "65")])
    actions.seat_person(papers[0].assignment.seat, newcomer, by=office.first, now=office.now, reason="Mutasi")
    people = [
        office.first, office.juror("dpmd"), papers[0].juror, newcomer, inspector(), other_bureau(), office.story.leader,
    ]  # fmt: skip

    for person in people:
        allowed = {paper.pk for paper in papers if why_not(person, "paper.read", paper, now=office.now) is None}
        assert set(papers_visible_to(person).values_list("pk", flat=True)) == allowed, person


# -- the scan -----------------------------------------------------------------------------------------------------------


def test_the_scan_is_served_so_that_nothing_in_it_can_act(office, as_person):
    paper = office.typed_alike()

    answer = as_person(office.juror()).get(page_of(paper, "pindaian/"))

    assert (answer.content, answer["Content-Type"]) == (scan().content, "image/png")
    assert answer["Content-Disposition"] == f'attachment; filename="kertas-{grouped(paper.code)}.png"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("kosong.pdf", b"", "kosong (0 bita)"), ("virus.pdf", b"MZ\x90\x00" + b"\0" * 200, "bukan PDF, JPG, PNG, atau HEIC"),
     ("gambar.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "bukan PDF, JPG, PNG, atau HEIC")],
)  # fmt: skip
def test_a_scan_that_is_none_is_refused_with_its_name(office, as_person, name, content, said):
    paper = office.typed_alike(with_scan=False)

    answer = as_person(office.first).post(page_of(paper, "unggah/"), {"berkas": SimpleUploadedFile(name, content)})

    assert answer.status_code == 422 and said in words(answer) and name in words(answer)
    assert office.again(paper).scan is None


def test_the_scan_is_closed_to_its_typists_once_confirmed_and_open_to_offices_after_the_lock(office, as_person):
    paper = office.typed_alike()
    address = page_of(paper, "pindaian/")
    people = {"juror": office.juror(), "typist": office.first, "inspector": inspector()}

    def opened():
        return {name: as_person(person).get(address).status_code for name, person in people.items()}

    before = opened()
    actions.confirm_paper(paper, by=office.juror(), now=office.now)
    confirmed = opened()
    told_as_locked(office.stage, at=office.now, by=office.first)

    assert before == {"juror": 200, "typist": 200, "inspector": 403}
    assert confirmed == {"juror": 200, "typist": 403, "inspector": 403}
    assert opened() == {"juror": 200, "typist": 200, "inspector": 200}


# -- the juror's page ---------------------------------------------------------------------------------------------------


def test_a_sheet_from_the_phone_stands_beside_the_paper_and_no_button_offers_a_second(office, as_person):
    paper = office.typed_alike()
    actions.record_sheet(office.duty(), GIVEN | {"K1": "60"}, by=office.juror(), now=office.now)

    page = as_person(office.juror()).get(page_of(paper, "konfirmasi/"))

    assert "Dari telepon" in words(page) and "60 berbeda" in words(page)
    assert "Konfirmasi lembar" not in words(page)
    assert "sudah mengirim lembar ini dari perangkatnya" in words(as_person(office.first).get(page_of(paper)))


def test_a_mark_that_stands_empty_on_the_paper_is_not_said_to_stay_empty(office, as_person):
    paper = office.typed_alike(GIVEN | {"K1": ""})

    page = words(as_person(office.juror()).get(page_of(paper, "konfirmasi/")))

    assert "Ada yang kosong di kertas." in page
    assert re.search(r"K1 \w[^(]*0–100", page) and "(boleh kosong)" not in page.split("Konfirmasi lembar")[0]


def test_a_draft_is_told_to_the_juror_alone(office, as_person):
    paper = office.typed_alike()
    SheetDraft.objects.create(
        assignment=office.duty(), by=office.juror(), op_id="6f1c3a52-94a0-4d0e-9a0c-0c7c6f7b8a11", device_nonce="a" * 64,
        marks={"K1": "50"}, updated_at=office.now,
    )  # fmt: skip

    juror, typist = (
        words(as_person(person).get(page_of(paper, what)))
        for person, what in ((office.juror(), "konfirmasi/"), (office.first, ""))
    )

    assert ("mempunyai draf" in juror, "draf" in typist.lower()) == (True, False)


def test_what_was_typed_is_kept_when_a_mark_is_refused(office, as_person):
    paper = office.paper()

    answer = as_person(office.first).post(page_of(paper, "ketik/"), form(GIVEN | {"K1": "87.500"}, catatan="Tetap ada"))

    assert answer.status_code == 422
    assert "dapat dibaca sebagai 87500 atau 87,5" in words(answer)
    assert 'value="87.500"' in answer.content.decode() and "Tetap ada" in answer.content.decode()
    assert not paper.typings.exists()


def test_more_fields_than_the_form_has_change_nothing(office, as_person):
    paper = office.paper()

    as_person(office.first).post(page_of(paper, "ketik/"), form(**{"nilai-X9": "1", "by": "2", "state": "dikonfirmasi"}))

    assert (office.again(paper).state, paper.typings.get().marks) == ("satu", GIVEN)
