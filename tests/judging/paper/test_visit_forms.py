"""A visit where no telephone works: the claims of an entry on paper, typed by two, confirmed into findings."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from sp2k.base.refusals import BadInput, Refused
from sp2k.judging import actions
from sp2k.judging.models import PaperSheet, VisitFinding
from sp2k.judging.readings import Reading
from tests.judging.paper.story import Office, page_of, scan, words
from tests.story.locking import told_as_locked
from tests.story.small import FIRST, SECOND, VISIT_SEATED, at, duty, holder, stage

pytestmark = pytest.mark.django_db
DAY = at("2024-06-19 10.00")
PRINT = "/juri/kertas/cetak/kaltara-2024-uji/lapang/"
FOUND = {"A1": "dikonfirmasi", "A1-catatan": "Monografi tahun 2023 terpasang di dinding."}


class Visit(Office):
    """The small edition on the first day of its visits."""

    def __init__(self):
        super().__init__(VISIT_SEATED, DAY)

    @property
    def stage(self):
        return stage(self.story, "lapang")

    def duty(self, code=FIRST, seat="akademisi"):
        return duty(self.story, code, seat, "lapang")

    def juror(self, seat="akademisi"):
        return holder(self.story, seat, "lapang")

    def form(self, code=FIRST) -> PaperSheet:
        printed = actions.print_papers(
            self.stage, [self.duty(code)], by=self.first, now=self.now, kind=PaperSheet.Kind.VISIT
        )
        return self.again(printed.papers[0])

    def typed(self, marks=FOUND) -> PaperSheet:
        paper = self.form()
        for person in (self.first, self.second):
            actions.type_paper(paper, Reading(marks), by=person, now=self.now)
        actions.attach_scan(paper, scan(), by=self.first, now=self.now)
        return self.again(paper)


@pytest.fixture
def visit():
    return Visit()


def test_a_form_holds_the_claims_of_its_entry_and_stands_beside_the_sheet_of_the_same_duty(visit):
    form, sheet = visit.form(), visit.paper(seat="akademisi")

    assert [claim["kode"] for claim in form.claims] == ["A1"]
    assert form.claims[0]["tempat"] == "Kantor Kecamatan Tanjung Palas"
    assert (form.assignment, form.code != sheet.code, sheet.claims) == (sheet.assignment, True, [])


def test_what_two_typed_alike_becomes_findings_of_the_juror_marked_as_from_paper(visit):
    paper = visit.typed()

    actions.confirm_paper(paper, by=visit.juror(), now=visit.now)

    finding = VisitFinding.objects.get()
    assert (finding.claim, finding.verdict, finding.note) == ("A1", "dikonfirmasi", FOUND["A1-catatan"])
    assert (finding.by, finding.place, finding.is_from_paper) == (visit.juror(), "Kantor Kecamatan Tanjung Palas", True)
    assert visit.again(paper).state == "dikonfirmasi"


def test_two_who_ticked_different_boxes_differ_and_words_differ_only_in_letters(visit):
    paper = visit.form()
    actions.type_paper(paper, Reading(FOUND), by=visit.first, now=visit.now)
    actions.type_paper(
        paper, Reading({"A1": "tidak", "A1-catatan": "monografi tahun 2023, terpasang di dinding"}), by=visit.second,
        now=visit.now,
    )  # fmt: skip

    with pytest.raises(BadInput, match="A1: tulis alasan"):
        actions.settle_paper(paper, {"A1": actions.paper.Settled("lebih")}, by=visit.first, now=visit.now)
    actions.settle_paper(paper, {"A1": actions.paper.Settled("tidak")}, by=visit.first, now=visit.now)

    assert visit.again(paper).state == "sepakat"


def test_a_claim_ticked_without_words_is_completed_by_the_juror(visit):
    paper = visit.typed({"A1": "lebih", "A1-catatan": ""})

    with pytest.raises(BadInput, match="A1: tulis apa yang dilihat"):
        actions.confirm_paper(paper, by=visit.juror(), now=visit.now)
    actions.confirm_paper(paper, by=visit.juror(), now=visit.now, filled={"A1-catatan": "Ada dua monografi."})

    assert VisitFinding.objects.get().note == "Ada dua monografi."


def test_a_claim_left_empty_on_paper_is_no_finding(visit):
    paper = visit.typed({"A1": "", "A1-catatan": ""})

    with pytest.raises(Refused, match="Tidak ada temuan baru"):
        actions.confirm_paper(paper, by=visit.juror(), now=visit.now)
    assert not VisitFinding.objects.exists()


def test_a_claim_found_by_phone_meanwhile_keeps_its_finding(visit):
    paper = visit.typed()
    actions.record_visit_finding(
        visit.duty(), "A1", "tidak", note="Tidak ada.", by=visit.juror(), now=visit.now, sending=None
    )

    with pytest.raises(Refused, match="sudah dicatat dari perangkat"):
        actions.confirm_paper(paper, by=visit.juror(), now=visit.now)
    assert VisitFinding.objects.get().verdict == "tidak"


def test_a_changed_plan_makes_a_new_form_with_another_code(visit):
    first = visit.form()
    actions.set_visit_plan(first.assignment.participation, ["A1", "A2"], by=visit.first, now=visit.now)

    second = visit.form()

    assert (visit.again(first).state, second.code != first.code) == ("ditarik", True)
    assert [claim["kode"] for claim in second.claims] == ["A1", "A2"]


@pytest.mark.parametrize("marks", [{"A1": "mungkin"}, {"B9": "tidak"}])
def test_a_finding_that_the_rules_do_not_know_is_refused(visit, marks):
    with pytest.raises(BadInput):
        actions.type_paper(visit.form(), Reading(marks), by=visit.first, now=visit.now)


def test_after_the_lock_nothing_is_recorded_and_the_paper_stays(visit):
    paper = visit.typed()
    told_as_locked(visit.stage, at=visit.now, by=visit.first)

    with pytest.raises(Refused, match="Temuan tidak dicatat lagi"):
        actions.confirm_paper(paper, by=visit.juror(), now=visit.now)
    assert (visit.again(paper).state, VisitFinding.objects.exists()) == ("menunggu", False)


def test_from_the_printed_form_to_the_finding_by_pages_alone(visit, client):
    client.force_login(visit.first)
    printed = client.post(PRINT, {"jenis": "kunjungan", "kursi": "", "peserta": "", "ukuran": "A4"})
    pdf = client.get(printed.url.replace("?", "lembar.pdf?"))
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf.content)).pages]
    papers = {paper.assignment.participation.region_code: paper for paper in PaperSheet.objects.all()}
    assert set(papers) == {FIRST, SECOND} and len(pages) == 2
    for told in (papers[FIRST].shown_code, "Kecamatan Tanjung Palas", "A1", "Monografi", "Dikonfirmasi", "DATA CONTOH"):
        assert told in pages[0], told

    paper = papers[FIRST]
    typed = {"nilai-A1": "dikonfirmasi", "nilai-A1-catatan": "Terpasang di dinding."}
    assert "Tidak ditemukan" in words(client.get(page_of(paper, "ketik/")))
    client.post(page_of(paper, "ketik/"), typed)
    client.force_login(visit.second)
    client.post(page_of(paper, "ketik/"), typed | {"nilai-A1": "tidak"})
    assert "Tidak ditemukan" in words(client.get(page_of(paper, "beda/")))
    client.post(page_of(paper, "beda/"), {"pilih-A1": "pertama"})
    client.post(page_of(paper, "unggah/"), {"berkas": SimpleUploadedFile("k.png", scan().content)})
    client.force_login(visit.juror())
    assert "Terpasang di dinding." in words(client.get(page_of(paper, "konfirmasi/")))
    client.post(page_of(paper, "konfirmasi/"))

    assert VisitFinding.objects.get().verdict == "dikonfirmasi"
    where = f"/juri/kunjungan/{paper.assignment.participation_id}/klaim/A1/"
    assert "Dari kertas" in words(client.get(where))
