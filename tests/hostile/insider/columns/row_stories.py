"""Short stories whose acts make the rows that the one published edition lacks: what was refused, taken back, done by two."""

from datetime import date

from sp2k.accounts.actions.people import Details, add_person
from sp2k.base.pages.uploads import PICTURES, clean_upload
from sp2k.editions.actions.abandoning import propose_abandonment, withdraw_abandonment
from sp2k.editions.actions.calendar import carry_out_move, propose_move, withdraw_move
from sp2k.entries.actions import accept_forms, return_form, submit_form, void_form, void_verification
from sp2k.entries.actions.innovations import Telling, void_innovation, write_innovation
from sp2k.entries.claims import Claims, Document
from sp2k.entries.models import Form
from sp2k.entries.sealing import Sending
from sp2k.judging import actions as judging
from sp2k.judging.actions.panel import withdraw_replacement
from sp2k.judging.actions.paper import Settled
from sp2k.judging.models import LateSheet, Sheet, VisitFinding
from sp2k.publication.actions import approve_amendment, propose_amendment, withdraw_amendment
from sp2k.publication.actions.heads import send_head
from sp2k.publication.checking.page import integrity_of
from sp2k.publication.models import Decree
from sp2k.results import actions as results
from sp2k.results.actions.lots import announce_lot, return_lot, sign_lot
from sp2k.results.actions.ties import rule_tie, vote_on_ruling, withdraw_ruling
from sp2k.results.models import FrozenTally
from tests.hostile.insider.wholes.cases import camat, doing, playing
from tests.hostile.insider.wholes.panels import TWO_REPLACE, set_session
from tests.judging.paper.story import GIVEN, MORNING, Office, scan
from tests.publication.test_amendments import NOW as AFTERWARDS
from tests.publication.test_amendments import SAID
from tests.results.test_taking_back import LATE, declined, nominated, took_back
from tests.results.ties.test_lots import DRAW_AT, DRAWN, DRAWN_BY_LOT, LEVEL_CUT, SOURCE, drawn
from tests.results.ties.test_rulings import AFTER, chair_of, proposed
from tests.scenarios.test_late_sheets import EVENING, late_story
from tests.story import small
from tests.story.small import FIRST, SECOND, TANA_TIDUNG, TARAKAN, THIRD, at, duty, entry, holder, seat, stage
from tests.story.visiting import picture

TOLD = Telling("inovasi", "Loket pasti", "Antrean.", "Nomor.", "Lebih cepat.", 2022, "Kantor")
CHECKING, VISITING = at("2024-04-10 09.00"), at("2024-06-19 09.00")


def room():
    """Sessions and turns, conflicts, absences, sheets changed and voided, claims noted; moves and replacements proposed."""
    story = playing(small.JURY_SEATED, MORNING, source=TWO_REPLACE)()
    story.now = small.JURY_SEATED
    set_session(story, capacity=2)
    set_session(story, name="Sesi kedua", capacity=2)
    presentation = stage(story, "presentasi")
    judging.draw_order(presentation, "12345", **doing(story))
    judging.draw_order(presentation, "67890", reason="Salah benih.", instead_of="12345", **doing(story))
    judging.swap_turns(presentation, FIRST, SECOND, reason="Jalan putus.", **doing(story))
    story.now = MORNING
    for code, taken in ((SECOND, "dpmd"), (THIRD, "bappeda")):
        judging.declare_conflict(
            seat(story, taken), entry(story, "presentasi", code), reason="Saudara.", by=holder(story, taken), now=MORNING)
    judging.record_attendance([duty(story, FIRST, "dpmd")], "absen", reason="Sakit", **doing(story))
    judging.record_attendance([duty(story, THIRD, "dpmd")], "hadir", **doing(story))
    own = duty(story, FIRST, "akademisi")
    for mark, reason in (("80", ""), ("81", "Salah hitung.")):
        judging.record_sheet(own, {"K1": mark, "I1": "80", "I2": "80"}, reason=reason, by=own.seat.holder, now=MORNING)
    judging.void_sheet(Sheet.objects.order_by("pk").last(), reason="Salah.", **doing(story))
    other = duty(story, SECOND, "akademisi")
    judging.record_sheet(other, {"K1": "80", "I1": "80", "I2": "80"}, by=other.seat.holder, now=MORNING)
    for text in ("Satu hari.", "Dua hari."):
        claim = judging.note_presentation_claim(entry(story, "presentasi", FIRST), text, place="Loket", **doing(story))
    judging.void_presentation_claim(claim, reason="Salah dengar.", **doing(story))
    newcomer = add_person("juri.baru", Details("Juri Baru"), role="J", region="65", **doing(story))
    judging.replace_person(seat(story, "dpmd"), newcomer, reason="Dirawat.", **doing(story))
    withdraw_replacement(seat(story, "dpmd"), **doing(story))
    judging.replace_person(seat(story, "dpmd"), newcomer, reason="Dirawat.", **doing(story))
    withdraw_abandonment(propose_abandonment(story.edition, "Anggaran ditarik.", **doing(story)), **doing(story))
    to = {"reason": "Dinas", **doing(story)}
    withdraw_move(propose_move(story.edition, None, closes_at=at("2024-07-11 10.00"), **to), **doing(story))
    to["now"] = at("2024-06-04 10.05")
    move = propose_move(story.edition, None, closes_at=at("2024-07-12 10.00"), **to)
    carry_out_move(move, by=story.bureau[1], now=to["now"])
    to["now"] = at("2024-06-04 10.10")
    lapang = stage(story, "lapang")
    propose_move(story.edition, lapang, opens_at=lapang.opens_at, closes_at=at("2024-06-24 16.00"), **to)
    return story


def papers():
    """A paper each that was confirmed, withdrawn, settled, objected to, and one with a scan erased."""
    office = Office()
    confirmed = office.typed_alike(GIVEN | {"I2": "75"})
    judging.confirm_paper(confirmed, by=office.juror(), now=office.now)
    objected = office.paper(SECOND)
    for person in office.story.bureau:
        office.types(objected, person, note="Catatan")
    judging.attach_scan(office.again(objected), scan(width=61), by=office.first, now=office.now)
    judging.object_to_paper(office.again(objected), objection="K1 78", by=office.juror(), now=office.now)
    office.types(office.again(objected), office.first)
    settled = office.paper(THIRD)
    office.types(settled, office.first)
    office.types(settled, office.second, GIVEN | {"K1": "70"}, illegible={})
    judging.attach_scan(office.again(settled), scan(width=62), by=office.first, now=office.now)
    judging.settle_paper(office.again(settled), {"K1": Settled("70")}, by=office.first, now=office.now)
    judging.erase_scan(office.again(settled), reason="Wajah.", by=office.first, now=office.now)
    withdrawn = office.paper(THIRD, "dpmd")
    judging.withdraw_paper(withdrawn, reason="Hilang.", by=office.first, now=office.now)
    office.paper(SECOND, "dpmd")
    return office.story


def late():
    """A late sheet that counts, one that does not, one that waits."""
    story = late_story()
    results.propose_correction(story.late, reason="Sinyal putus di aula", by=story.bureau[0], now=EVENING)
    for person in (story.chair, story.watcher):
        results.approve_correction(story.late, by=person, now=EVENING)
    for code, seat_code in ((SECOND, "bappeda"), (THIRD, "bappeda"), (SECOND, "dpmd")):
        own = duty(story, code, seat_code)
        marks = {"K1": "61", "I1": "60", "I2": "60"}
        judging.send_sheet(own, marks, reason="Salah hitung.", by=own.seat.holder, now=EVENING, sending=Sending(base_rev=1))
    refused = LateSheet.objects.order_by("pk")[1]
    results.propose_correction(refused, reason="Sinyal putus", by=story.bureau[0], now=EVENING)
    results.refuse_correction(refused, reason="Terlalu larut.", by=story.watcher, now=EVENING)
    waiting = LateSheet.objects.order_by("pk")[2]
    results.propose_correction(waiting, reason="Sinyal putus", by=story.bureau[0], now=EVENING)
    return story


def visit():
    """A plan changed, places, a finding changed, one voided, photos, a form of the visit on paper."""
    story = playing(VISITING)()
    going, own = entry(story, "lapang", FIRST), duty(story, FIRST, "akademisi", "lapang")
    judging.set_visit_plan(going, ["A1"], places={"A1": "Balai desa"}, **doing(story))
    judging.set_visit_plan(
        going, ["B1", "A1"], places={"A1": "Balai desa", "B1": "Kantor"}, reason="Waktu.", sending=Sending(base_rev=1),
        **doing(story))
    photos = [clean_upload(picture(colour=colour), kinds=PICTURES) for colour in ("#531", "#135")]
    said = {"by": own.seat.holder, "now": VISITING, "place": "Balai", "seen_at": VISITING}
    first = judging.record_visit_finding(own, "A1", "tidak", note="Tidak ada.", photos=photos, **said)
    judging.record_visit_finding(own, "A1", "lebih", note="Ada.", reason="Ditemukan.", kept=list(first.photos.all()),
                                 sending=Sending(base_rev=1), **said)
    judging.record_visit_finding(own, "B1", "dikonfirmasi", note="Ada.", **said)
    judging.void_finding(VisitFinding.objects.get(claim="B1"), reason="Salah.", **doing(story))
    judging.place_claim(own, "B1", "Loket", by=own.seat.holder, now=VISITING)
    return story


def forms():
    """Forms returned, handed in again, voided; decisions voided; innovations changed and voided."""
    story = playing(small.FORMS_IN)()
    for _time in range(2):
        write_innovation(entry(story, "isian", FIRST), TOLD, by=camat(story), now=story.now)
    write_innovation(entry(story, "isian", FIRST), TOLD, number=1, by=camat(story), now=story.now,
                     document=scan("inovasi.png"))
    void_innovation(entry(story, "isian", FIRST), 2, reason="Ganda.", by=camat(story), now=story.now)
    own = Form.objects.get(participation__entry__region=FIRST)
    verifier = small.person(story, "V", small.BULUNGAN)
    return_form(own, reason="Belum lengkap.", by=verifier, now=story.now)
    file = Document(b"%PDF-1.4 x", "application/pdf")
    claims = Claims({"A1": {"isian": {}, "bukti": {"monografi": "ktp.pdf"}}}, {"ktp.pdf": file})
    again = submit_form(entry(story, "isian", FIRST), claims, by=camat(story), now=story.now, reason="Perbaikan")
    [decided] = accept_forms([again], by=verifier, now=story.now)
    void_verification(decided, reason="Salah.", **doing(story))
    void_form(Form.objects.get(participation__entry__region=THIRD), reason="Salah.", **doing(story))
    return story


def answers():
    """Answers of regencies taken back, refused, given in their place by two."""
    story = small.play_small(small.NOMINATIONS_OPEN)
    took_back(story, nominated(story))
    took_back(story, FrozenTally.objects.get(scope=small.BULUNGAN), results.take_back_ranking)
    again = nominated(story)
    results.correct_minutes_number(again, "BA-2", reason="Salah ketik.", by=again.by, now=small.NOMINATIONS_OPEN)
    organiser = small.person(story, "R", TARAKAN)
    results.rank_regency(small.desk(story, TARAKAN), by=organiser, now=small.NOMINATIONS_OPEN)
    return story


def silence():
    story = small.play_small(small.NOMINATIONS_OPEN)
    took_back(story, declined(story))
    declined(story, TANA_TIDUNG)
    waiting = {"reason": "Tidak menjawab.", "by": story.bureau[0], "now": LATE}
    withdrawn = results.propose_silent_answer(small.desk(story, small.BULUNGAN), is_declining=True, **waiting)
    results.withdraw_silent_answer(withdrawn, by=story.bureau[0], now=LATE)
    done = results.propose_silent_answer(small.desk(story, small.BULUNGAN), is_declining=False, **waiting)
    results.answer_for_silent(done, by=story.bureau[1], now=LATE)
    results.propose_silent_answer(small.desk(story, TARAKAN), is_declining=True, **waiting)
    return story


def tie():
    """A ruling withdrawn, another voted on and in force."""
    story = small.play_small(until=small.SHEETS_IN, told=LEVEL_CUT)
    results.lock_stage(stage(story, "presentasi"), by=story.bureau[0], now=small.JURY_LOCKED)
    results.freeze_tally(stage(story, "presentasi"), by=story.bureau[0], now=small.JURY_FROZEN)
    first = proposed(story)
    vote_on_ruling(first, agrees=False, by=holder(story, "bappeda"), now=AFTER)
    withdraw_ruling(first, "Dimusyawarahkan lagi.", by=story.bureau[0], now=AFTER)
    again = proposed(story)
    for taken in ("bappeda", "dpmd"):
        vote_on_ruling(again, agrees=True, by=holder(story, taken), now=AFTER)
    rule_tie(again, by=chair_of(story), now=AFTER)
    return story


def lot():
    """A lot announced anew, drawn, returned, drawn again and signed."""
    story = small.play_small(until=small.SHEETS_IN, told=LEVEL_CUT, source=DRAWN_BY_LOT)
    chair_of(story)
    presentation = stage(story, "presentasi")
    announce_lot(presentation, "Angka", at("2024-06-05 17.59"), by=story.bureau[0], now=small.SHEETS_IN)
    announce_lot(presentation, SOURCE, DRAW_AT, by=story.bureau[0], now=small.SHEETS_IN, reason="Salah tulis.")
    results.lock_stage(presentation, by=story.bureau[0], now=small.JURY_LOCKED)
    return_lot(drawn(story, "04-17"), "Empat angka tertinggal.", by=chair_of(story), now=DRAWN)
    sign_lot(drawn(story), by=chair_of(story), now=DRAWN)
    results.freeze_tally(stage(story, "presentasi"), by=story.bureau[0], now=small.JURY_FROZEN)
    return story


def returned():
    """A result returned and proposed again, and returned once more."""
    story = small.play_small(small.TITLES_GIVEN)
    when = {"now": small.TITLES_GIVEN}
    results.return_result(story.edition, "Periksa lagi.", by=story.leader, **when)
    results.propose_result(story.edition, "Sudah diperiksa.", by=story.bureau[0], **when)
    results.return_result(story.edition, "Belum.", by=story.leader, **when)
    return story


def amended():
    """After the announcement: an amendment withdrawn, one approved, one waiting; a head sent."""
    story = playing(small.LONG_AFTER, AFTERWARDS)()
    decree = Decree.objects.get(edition=story.edition)
    first = propose_amendment(decree, **SAID, **doing(story))
    withdraw_amendment(first, **doing(story))
    second = propose_amendment(decree, **SAID, **doing(story))
    approve_amendment(second, by=story.leader, now=AFTERWARDS)
    propose_amendment(decree, **SAID | {"number": "188.44/K.3/2024", "signed_on": date(2024, 8, 1)}, **doing(story))
    heads = integrity_of(story.edition, user=story.bureau[0], now=story.now).heads
    send_head(story.edition, heads[-1].size, **doing(story))
    return story


ROWS = {  # of each story the tables whose rows are changed and deleted
    room: "Conflict Draw Session Slot Move Proposal PresentationClaim",
    papers: "PaperSheet PaperTyping PaperSettlement",
    late: "LateSheet",
    visit: "VisitPlan PlannedClaim ClaimPlace VisitFinding VisitPhoto",
    forms: "Innovation Form Verification",
    answers: "Nomination",
    silence: "SilentAnswer Nomination",
    tie: "TieRuling TieVote",
    lot: "Lot LotDraw",
    returned: "ReturnedResult",
    amended: "Amendment SentHead",
}
