"""Stories of paper: blanks and their codes, two typists who differ, the scan, and the juror's yes or no."""

import itertools
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sp2k.accounts.actions import create_user
from sp2k.base.blobs import blob_path
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.journal.models import Line
from sp2k.judging import actions
from sp2k.judging.actions.paper import Settled
from sp2k.judging.models import LateSheet, PaperSheet, Sheet
from tests.judging.paper.story import GIVEN, Office, scan
from tests.story.locking import told_as_locked
from tests.story.small import FIRST, JURY_LOCKED, MARKS, SECOND, THIRD, at, other_bureau

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


def lines(kind):
    bodies = [json.loads(line.canonical)["body"] for line in Line.objects.filter(type=kind).order_by("seq")]
    return [{key: text for key, text in body.items() if key not in {"c", "why", "code"}} for body in bodies]


def marks_of(sheet):
    return {mark.indicator: f"{mark.value.normalize():f}" for mark in sheet.marks.all()}


# -- blanks -----------------------------------------------------------------------------------------------------------


def test_reprinting_gives_the_same_codes_until_a_blank_is_used_or_withdrawn(office):
    duties = [office.duty(code, "bappeda") for code in (FIRST, SECOND, THIRD)]
    first = office.prints(*duties)
    again = office.prints(*duties)

    used, withdrawn, kept = first.papers
    office.types(used, office.first)
    actions.withdraw_paper(withdrawn, reason="Kertas sobek", by=office.first, now=office.now)
    third = office.prints(*duties)

    assert [paper.code for paper in again.papers] == [paper.code for paper in first.papers]
    assert (first.n_new, again.n_new, third.n_new, third.n_in_use) == (3, 0, 1, 1)
    codes = {paper.assignment_id: paper.code for paper in third.papers}
    assert codes[kept.assignment_id] == kept.code and codes[withdrawn.assignment_id] != withdrawn.code
    assert lines("paper.print")[-1] == {"kind": "lembar", "n": 2, "new": 1, "stage": "presentasi", "withdrawn": 0}


def test_no_blank_for_a_duty_that_is_judged_or_whose_juror_is_away(office):
    actions.record_sheet(office.duty(FIRST), GIVEN, by=office.juror(), now=office.now)
    actions.record_attendance([office.duty(SECOND)], "absen", reason="Sakit", by=office.first, now=office.now)

    printed = office.prints(*(office.duty(code) for code in (FIRST, SECOND, THIRD)))

    assert (len(printed.papers), printed.n_judged, printed.n_away) == (1, 1, 1)
    with pytest.raises(Refused, match="Tidak ada lembar yang perlu dicetak"):
        office.prints(office.duty(FIRST))


def test_a_blank_of_a_juror_who_left_is_withdrawn_and_the_newcomer_gets_another_code(office):
    old = office.paper()
    newcomer = create_user("juri-baru", "Juri Baru", roles=[("J", "65")])
    actions.seat_person(old.assignment.seat, newcomer, by=office.first, now=office.now, reason="Mutasi")

    new = office.paper()

    assert (office.again(old).state, new.juror, new.code != old.code) == ("ditarik", newcomer, True)


def test_the_blanks_of_a_whole_panel_ask_the_database_as_much_as_one(office):
    duties = [office.duty(code, seat) for code, seat in itertools.product((FIRST, SECOND, THIRD), ("bappeda", "dpmd"))]

    office.prints(duties[0])
    asked = []
    for wanted in (duties[1:2], duties[2:]):
        with CaptureQueriesContext(connection) as queries:
            office.prints(*wanted)
        asked.append(len(queries))

    assert asked[0] == asked[1], asked


@pytest.mark.parametrize("kind", ["juror", "neighbour", "regency"])
def test_only_the_bureau_of_the_province_prints_and_types(office, kind):
    paper = office.paper()
    person = {
        "juror": office.juror(), "neighbour": other_bureau(),
        "regency": create_user("kab", "Kabupaten", roles=[("R", "65.01")]),
    }[kind]  # fmt: skip

    with pytest.raises(NotAllowed):
        actions.print_papers(office.stage, [office.duty()], by=person, now=office.now)
    with pytest.raises(NotAllowed):
        office.types(paper, person)


# -- two typists ------------------------------------------------------------------------------------------------------


def test_two_who_type_alike_and_a_scan_bring_the_paper_before_its_juror_and_his_yes_makes_it_his_sheet(office):
    paper = office.paper()
    states = [paper.state]
    for act in (
        lambda: office.types(paper, office.first),
        lambda: office.types(paper, office.second, GIVEN | {"K1": "87.50"}),
        lambda: actions.attach_scan(paper, scan(), by=office.first, now=office.now),
        lambda: actions.confirm_paper(paper, by=office.juror(), now=office.now),
    ):
        act()
        states.append(office.again(paper).state)

    sheet = Sheet.objects.get()
    assert states == ["dicetak", "satu", "sepakat", "menunggu", "dikonfirmasi"]
    assert (sheet.by, sheet.paper.code) == (office.juror(), paper.code)
    assert marks_of(sheet) == {"K1": "87.5", "I1": "80", "I2": "75"}
    assert f'"c":"{sheet.commitment}"' in Line.objects.filter(type="sheet.submit").last().canonical


def test_what_two_typed_differently_waits_until_one_of_them_has_looked_again(office):
    paper = office.paper()
    office.types(paper, office.first, note="Minta bukti I2.")
    office.types(paper, office.second, GIVEN | {"K1": "78,5", "I2": ""}, note="minta bukti  I2")
    assert office.again(paper).state == "berbeda"

    with pytest.raises(BadInput, match="Pilih isi Hasil"):
        actions.settle_paper(paper, {"K1": Settled("87,5")}, by=office.second, now=office.now)
    with pytest.raises(BadInput, match="I2: tulis alasan"):
        actions.settle_paper(paper, {"K1": Settled("87,5"), "I2": Settled("70")}, by=office.second, now=office.now)
    assert office.again(paper).state == "berbeda"

    actions.settle_paper(
        paper, {"K1": Settled("87,5"), "I2": Settled("76", "Angka 6 mirip 5")}, by=office.second, now=office.now
    )
    actions.attach_scan(paper, scan(), by=office.second, now=office.now)
    actions.confirm_paper(paper, by=office.juror(), now=office.now)

    assert marks_of(Sheet.objects.get()) == {"K1": "87.5", "I1": "80", "I2": "76"}
    settled = [("I2", "76", office.second), ("K1", "87,5", office.second)]
    assert [(row.indicator, row.value, row.by) for row in paper.settlements.all()] == settled
    assert lines("paper.settle") == [{"n": 2, "rev": 1, "stage": "presentasi"}]


def test_a_third_person_does_not_settle_what_two_others_read(office):
    paper = office.paper()
    office.types(paper, office.first)
    office.types(paper, office.second, GIVEN | {"K1": "78,5"})
    third = create_user("biro-tiga", "Biro Tiga", roles=[("B", "65")])

    with pytest.raises(Refused, match="salah satu dari kedua pengetik"):
        actions.settle_paper(paper, {"K1": Settled("87,5")}, by=third, now=office.now)


def test_the_same_person_does_not_type_twice_but_a_double_click_is_one_typing(office):
    paper = office.paper()
    first = office.types(paper, office.first)

    assert office.types(paper, office.first) == first
    with pytest.raises(Refused, match="Orang kedua harus mengetiknya dengan akun lain"):
        office.types(paper, office.first, GIVEN | {"K1": "78,5"})
    assert (paper.typings.count(), len(lines("paper.type"))) == (1, 1)


def test_a_bureau_member_who_also_judges_does_not_type(office):
    both = create_user("rangkap", "Orang Rangkap", roles=[("B", "65"), ("J", "65")])

    with pytest.raises(NotAllowed, match="Juri tidak mengetik lembar kertas"):
        office.types(office.paper(), both)


def test_an_illegible_mark_is_empty_with_a_reason_and_the_juror_fills_it_in_never_a_zero(office):
    reason = {"I1": "Tinta luntur"}
    paper = office.typed_alike(GIVEN | {"I1": ""}, illegible=reason)

    with pytest.raises(BadInput, match="I1 masih kosong. Kosong bukan nol"):
        actions.confirm_paper(paper, by=office.juror(), now=office.now)
    with pytest.raises(Refused, match="K1 sudah terisi"):
        actions.confirm_paper(paper, by=office.juror(), now=office.now, filled={"K1": "90", "I1": "70"})
    assert not Sheet.objects.exists()

    actions.confirm_paper(paper, by=office.juror(), now=office.now, filled={"I1": "70"})

    assert marks_of(Sheet.objects.get())["I1"] == "70"
    assert paper.typings.first().illegible == reason
    assert [(row.value, row.by) for row in paper.settlements.all()] == [("70", office.juror())]


def test_empty_and_illegible_are_two_readings(office):
    paper = office.paper()
    office.types(paper, office.first, GIVEN | {"I1": ""})
    office.types(paper, office.second, GIVEN | {"I1": ""}, illegible={"I1": "Tinta luntur"})

    assert office.again(paper).state == "berbeda"


@pytest.mark.parametrize(
    ("marks", "illegible", "said"),
    [({"K1": "87.500"}, {}, "dapat dibaca sebagai"), ({"K1": "105"}, {}, "antara 0 dan 100"),
     ({"K1": "delapan"}, {}, "harus angka"), ({"X9": "1"}, {}, "tidak ada pada kertas ini"),
     ({"K1": "80"}, {"K1": "kabur"}, "tidak keduanya")],
)  # fmt: skip
def test_what_no_juror_can_have_written_is_refused(office, marks, illegible, said):
    paper = office.paper()

    with pytest.raises(BadInput, match=said):
        office.types(paper, office.first, marks, illegible)
    assert office.again(paper).state == "dicetak"


def test_the_journal_of_typing_holds_no_mark_and_no_name(office):
    paper = office.typed_alike(note="Catatan rahasia")

    bodies = [json.loads(line.canonical)["body"] for line in Line.objects.filter(type__startswith="paper.")]
    hashes = [body.pop("c", body.pop("sha256", "")) for body in bodies]

    assert bodies == [
        {"kind": "lembar", "n": 1, "new": 1, "stage": "presentasi", "withdrawn": 0}, {"rev": 1, "stage": "presentasi"},
        {"rev": 1, "stage": "presentasi"}, {"code": paper.code, "stage": "presentasi"},
    ]  # fmt: skip
    assert len(set(hashes)) == 4  # salted: the same marks typed twice do not look the same
    assert hashes[3] == paper.scan.sha256


# -- the juror --------------------------------------------------------------------------------------------------------


def test_a_slip_that_both_typists_made_is_caught_by_the_juror_and_typed_anew(office):
    paper = office.typed_alike(GIVEN | {"K1": "78,5"})

    with pytest.raises(BadInput, match="Tulis apa yang tidak sesuai"):
        actions.object_to_paper(paper, objection="  ", by=office.juror(), now=office.now)
    actions.object_to_paper(paper, objection="K1 tertulis 87,5", by=office.juror(), now=office.now)
    assert office.again(paper).state == "dikeberatkan"
    for person in (office.second, office.first):
        office.types(paper, person)
    assert office.again(paper).state == "menunggu"
    actions.confirm_paper(paper, by=office.juror(), now=office.now)

    assert marks_of(Sheet.objects.get())["K1"] == "87.5"
    assert [row["rev"] for row in lines("paper.type")] == [1, 1, 2, 2]


def test_a_paper_is_confirmed_by_its_own_juror_only(office):
    paper = office.typed_alike()

    for person in (office.juror("dpmd"), office.first, office.story.leader):
        with pytest.raises(NotAllowed):
            actions.confirm_paper(paper, by=person, now=office.now)
    assert not Sheet.objects.exists()


def test_without_a_scan_nothing_is_confirmed(office):
    paper = office.typed_alike(with_scan=False)

    with pytest.raises(Refused, match="belum menunggu konfirmasi: sepakat"):
        actions.confirm_paper(paper, by=office.juror(), now=office.now)


def test_a_second_yes_changes_nothing(office):
    paper = office.typed_alike()
    actions.confirm_paper(paper, by=office.juror(), now=office.now)

    again = actions.confirm_paper(paper, by=office.juror(), now=office.now)

    assert (again.state, Sheet.objects.count(), len(lines("paper.confirm"))) == ("dikonfirmasi", 1, 1)


def test_a_sheet_already_sent_from_the_phone_stands_and_the_paper_cannot_become_a_second(office):
    paper = office.typed_alike()
    actions.record_sheet(office.duty(), GIVEN | {"K1": "60"}, by=office.juror(), now=office.now)

    with pytest.raises(Refused, match="lembar itu yang berlaku"):
        actions.confirm_paper(paper, by=office.juror(), now=office.now)
    assert (Sheet.objects.count(), office.again(paper).state) == (1, "menunggu")


def test_a_sheet_from_paper_that_was_voided_leaves_room_for_another_blank(office):
    paper = office.typed_alike()
    sheet = actions.confirm_paper(paper, by=office.juror(), now=office.now).sheet
    actions.void_sheet(sheet, reason="Kertas juri lain", by=office.first, now=office.now)

    other = office.paper()
    for person in (office.first, office.second):
        office.types(other, person)
    actions.attach_scan(other, scan(), by=office.first, now=office.now)
    actions.confirm_paper(other, by=office.juror(), now=office.now)

    assert other.code != paper.code
    assert [sheet.code for sheet in PaperSheet.objects.exclude(sheet=None).order_by("pk")] == [paper.code, other.code]
    assert [(sheet.revision, sheet.is_voided) for sheet in Sheet.objects.all()] == [(1, True), (2, False)]


def test_a_paper_is_not_typed_once_the_juror_has_sent_his_sheet(office):
    paper = office.paper()
    actions.record_sheet(office.duty(), GIVEN, by=office.juror(), now=office.now)

    with pytest.raises(Refused, match="sudah mengirim lembar ini dari perangkatnya"):
        office.types(paper, office.first)


def test_a_juror_with_a_conflict_declared_meanwhile_does_not_confirm(office):
    paper = office.typed_alike()
    actions.declare_conflict(
        paper.assignment.seat, paper.assignment.participation, reason="Bekas camat", by=office.juror(), now=office.now
    )

    with pytest.raises(NotAllowed, match="benturan kepentingan"):
        actions.confirm_paper(paper, by=office.juror(), now=office.now)


def test_a_paper_confirmed_in_the_evening_before_the_lock_counts(office):
    paper = office.typed_alike()
    evening = at("2024-06-05 16.45")  # the deadline for phones was 16.00

    actions.confirm_paper(paper, by=office.juror(), now=evening)

    assert Sheet.objects.get().at == evening


def test_after_the_lock_a_confirmed_paper_is_kept_as_a_late_sheet():
    office = Office()
    paper = office.typed_alike()
    office.now = JURY_LOCKED
    told_as_locked(office.stage, at=office.now, by=office.first)
    before = Sheet.objects.count()

    actions.confirm_paper(paper, by=office.juror(), now=office.now)

    late = LateSheet.objects.get()
    assert (late.marks, late.by, late.decision) == (GIVEN | {"K1": "87.5"}, office.juror(), "")
    assert (office.again(paper).state, Sheet.objects.count()) == ("dikonfirmasi", before)
    assert MARKS["presentasi"][FIRST] == 90  # what was counted is untouched


# -- mistakes ------------------------------------------------------------------------------------------------------


def test_a_withdrawn_paper_has_a_reason_and_takes_nothing_more(office):
    paper = office.paper()
    with pytest.raises(BadInput, match="Tulis alasan menarik"):
        actions.withdraw_paper(paper, reason=" ", by=office.first, now=office.now)

    actions.withdraw_paper(paper, reason="Hilang", by=office.first, now=office.now)

    with pytest.raises(Refused, match="tidak diketik lagi: ditarik"):
        office.types(paper, office.second)
    with pytest.raises(Refused, match="pindaiannya tidak diganti"):
        actions.attach_scan(paper, scan(), by=office.first, now=office.now)
    with pytest.raises(Refused, match="tidak dapat ditarik lagi"):
        actions.withdraw_paper(paper, reason="Hilang", by=office.first, now=office.now)


def test_a_scan_uploaded_by_mistake_is_erased_for_good_and_the_paper_waits_for_another(office):
    paper = office.typed_alike()
    blob = paper.scan

    with pytest.raises(BadInput):
        actions.erase_scan(paper, reason=" ", by=office.first, now=office.now)
    actions.erase_scan(paper, reason="Kertas orang lain", by=office.first, now=office.now)

    assert (office.again(paper).state, blob_path(blob.sha256).exists()) == ("sepakat", False)
    assert lines("paper.erase") == [{"sha256": blob.sha256, "stage": "presentasi"}]
    assert [gone["alasan"] for gone in office.again(paper).erased_scans] == ["Kertas orang lain"]
    with pytest.raises(Refused, match="belum menunggu konfirmasi"):
        actions.confirm_paper(paper, by=office.juror(), now=office.now)
    actions.attach_scan(paper, scan(width=61), by=office.first, now=office.now)
    assert office.again(paper).state == "menunggu"


def test_a_scan_that_the_juror_confirmed_with_or_that_another_paper_bears_stays(office):
    paper, other = office.typed_alike(), office.paper(SECOND)
    actions.attach_scan(other, scan(), by=office.first, now=office.now)
    with pytest.raises(Refused, match="dipakai di tempat lain"):
        actions.erase_scan(other, reason="Salah", by=office.first, now=office.now)

    actions.confirm_paper(paper, by=office.juror(), now=office.now)

    with pytest.raises(Refused, match="sudah mengonfirmasi dengan pindaian ini"):
        actions.erase_scan(paper, reason="Salah", by=office.first, now=office.now)
    assert blob_path(paper.scan.sha256).exists()


def test_a_confirmed_paper_is_not_withdrawn(office):
    paper = office.typed_alike()
    actions.confirm_paper(paper, by=office.juror(), now=office.now)

    with pytest.raises(Refused, match="dikonfirmasi juri; tidak dapat ditarik"):
        actions.withdraw_paper(paper, reason="Salah", by=office.first, now=office.now)
