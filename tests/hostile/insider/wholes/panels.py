"""A panel's seats, order, duties, attendance, sheets and papers."""



from sp2k.accounts.actions.people import (
    Details,
    add_person,
    edit_person,
)
from sp2k.base.pages.uploads import PICTURES, clean_upload
from sp2k.entries.sealing import Sending
from sp2k.judging import actions as judging
from sp2k.judging.actions.panel import refresh_home_conflicts, withdraw_replacement
from sp2k.judging.actions.paper import Settled
from sp2k.judging.models import PresentationClaim, Sheet, VisitFinding, VisitPhoto
from sp2k.judging.planning.plans import every_pair
from tests.hostile.insider.wholes.cases import Case, doing, playing
from tests.judging.paper.story import Office, scan
from tests.story import small
from tests.story.small import EDITION, FIRST, SECOND, THIRD, at, duty, entry, holder, seat, stage
from tests.story.visiting import picture

EIGHTY = {"K1": "80", "I1": "80", "I2": "80"}
TWO_REPLACE = EDITION.replace("  hasil: [", "  panel: [{peran: B, orang: 2}]\n  hasil: [")
CASES = {}
UNSEATED, MORNING = at("2024-05-28 07.00"), at("2024-06-04 08.10")


def drawn(until=small.JURY_SEATED):
    story = playing(until)()
    set_session(story)
    judging.draw_order(stage(story, "presentasi"), "12345", **doing(story))
    return story


def set_session(story, position=None, name="Sesi", capacity=5):
    begins = {"starts_at": at("2024-06-04 08.00"), "minutes": 30, "capacity": capacity}
    return judging.set_session(stage(story, "presentasi"), position, name=name, **begins, **doing(story))


def two_sessions():
    story = drawn()
    set_session(story, name="Sesi kedua")
    return story


def recorded_juror():
    """A juror whom lines tell of, put in a seat."""
    story = playing(small.JURY_SEATED)()
    one = add_person("juri.baru", Details("Juri Baru"), role="J", region="65", **doing(story))
    judging.seat_person(seat(story, "dpmd"), one, reason="Sakit.", **doing(story))
    edit_person(one, Details("Juri Baru", home=small.TARAKAN), **doing(story))
    return story


def replacing():
    story = playing(small.JURY_SEATED, source=TWO_REPLACE)()
    other = add_person("juri.baru", Details("Juri Baru"), role="J", region="65", **doing(story))
    judging.replace_person(seat(story, "dpmd"), other, reason="Sakit.", **doing(story))
    return story


def conflicted():
    story = playing(MORNING)()
    judging.declare_conflict(
        seat(story, "dpmd"), entry(story, "presentasi", SECOND), reason="Pernah camat.", by=holder(story, "dpmd"), now=MORNING
    )
    return story


def judged():
    story = playing(MORNING)()
    for code in (FIRST, SECOND):
        waiting = duty(story, code, "dpmd")
        judging.record_sheet(waiting, EIGHTY, by=waiting.seat.holder, now=MORNING)
    return story


def conflict(story):
    at_stake = entry(story, "presentasi", THIRD)
    judging.declare_conflict(seat(story, "dpmd"), at_stake, reason="Saudara.", by=holder(story, "dpmd"), now=story.now)


def plan(story):
    codes = (FIRST, SECOND, THIRD)
    judging.carry_out_plan(
        stage(story, "presentasi"), every_pair(codes, ["akademisi", "bappeda"]), reason="Ulang.", **doing(story)
    )


SWAPPED = (
    "UPDATE judging_slot SET position = position + 100",
    "UPDATE judging_slot SET position = 104 - position",
)
A_DUTY_LESS = "DELETE FROM judging_assignment WHERE id = (SELECT max(id) FROM judging_assignment)"
ANOTHERS = "UPDATE judging_conflict SET user_id = (SELECT min(id) FROM accounts_user)"
VOIDED = "UPDATE judging_sheet SET voided_at = '2024-06-04 00:00:00'"
A_MARK = "UPDATE judging_mark SET value = 99 WHERE id = (SELECT min(id) FROM judging_mark)"
CASES |= {
    "a session changed": Case(drawn, SWAPPED, lambda s: set_session(s, 1, "Sesi pagi"), "Giliran Kecamatan"),
    "a session removed": Case(
        two_sessions, SWAPPED, lambda s: judging.remove_session(stage(s, "presentasi"), 2, **doing(s)), "Giliran Kecamatan"),
    "an order drawn again": Case(drawn, SWAPPED, lambda s: judging.draw_order(
        stage(s, "presentasi"), "67890", reason="Salah benih.", instead_of="12345", **doing(s)), "Giliran Kecamatan"),
    "turns exchanged": Case(drawn, SWAPPED, lambda s: judging.swap_turns(
        stage(s, "presentasi"), FIRST, SECOND, reason="Jalan putus.", **doing(s)), "Giliran Kecamatan"),
    "seats set up": Case(
        playing(UNSEATED), "UPDATE editions_stage SET rules = replace(rules, 'DPMD Provinsi', 'DPMD Kota')",
        lambda s: judging.set_up_panel(stage(s, "presentasi"), **doing(s)), "Aturan tahap Presentasi"),
    "homes looked at again": Case(
        recorded_juror, "UPDATE accounts_user SET home_id = '65.01' WHERE username = 'juri.baru'",
        lambda s: refresh_home_conflicts(stage(s, "presentasi"), **doing(s)), "Akun juri.baru dan perannya: isinya"),
    "a replacement withdrawn": Case(
        replacing, "UPDATE editions_proposal SET about = 'lain'",
        lambda s: withdraw_replacement(seat(s, "dpmd"), **doing(s)), "Usul: lain: isinya"),
    "a conflict declared": Case(conflicted, ANOTHERS, conflict, "Benturan kepentingan DPMD"),
    "attendance recorded": Case(
        conflicted, ANOTHERS, lambda s: judging.record_attendance([duty(s, THIRD, "dpmd")], "hadir", **doing(s)),
        "Benturan kepentingan DPMD"),
    "an absence beside a sheet": Case(
        judged, VOIDED, lambda s: judging.record_attendance([duty(s, THIRD, "dpmd")], "absen", reason="Sakit", **doing(s)),
        "Lembar DPMD"),
    "duties planned": Case(playing(MORNING), A_DUTY_LESS, plan, "Penugasan tahap Presentasi: isinya"),
    "a sheet voided": Case(judged, A_MARK, lambda s: judging.void_sheet(
        Sheet.objects.get(assignment=duty(s, SECOND, "dpmd")), reason="Salah.", **doing(s)), "Lembar DPMD"),
}  # fmt: skip

def papers():
    """Three papers: typed alike and scanned, typed in two ways, and printed."""
    office = Office()
    office.waiting, other = office.typed_alike(), office.paper(SECOND)
    office.types(other, office.first)
    office.types(other, office.second, {"K1": "70", "I1": "80", "I2": "75"})
    judging.attach_scan(office.again(other), scan(width=61), by=office.first, now=office.now)
    office.differing, office.printed = office.again(other), office.paper(THIRD)
    return office


SETTLED = {"K1": Settled("70")}
TYPED = "UPDATE judging_papertyping SET marks = replace(marks, '80', '99') WHERE revision = 1"
PAPERS = {
    "a paper confirmed": lambda o: judging.confirm_paper(o.waiting, by=o.juror(), now=o.now),
    "an objection": lambda o: judging.object_to_paper(o.waiting, objection="K1 78", by=o.juror(), now=o.now),
    "typings settled": lambda o: judging.settle_paper(o.differing, SETTLED, by=o.first, now=o.now),
    "a paper withdrawn": lambda o: judging.withdraw_paper(o.printed, reason="Hilang.", by=o.first, now=o.now),
    "a scan erased": lambda o: judging.erase_scan(o.differing, reason="Wajah.", by=o.first, now=o.now),
    "papers printed": lambda o: o.prints(o.duty(seat="dpmd")),
}
CASES |= {name: Case(papers, TYPED, act, "Ketikan kertas") for name, act in PAPERS.items()}

VISITING = at("2024-06-19 09.00")


def visiting():
    """A plan with a place, and a finding with its photo."""
    story = playing(VISITING)()
    visit, own = entry(story, "lapang", FIRST), duty(story, FIRST, "akademisi", "lapang")
    judging.set_visit_plan(visit, ["A1", "B1"], places={"A1": "Balai desa"}, **doing(story))
    photos = [clean_upload(picture(colour="#531"), kinds=PICTURES)]
    judging.record_visit_finding(own, "A1", "tidak", note="Tidak ada.", photos=photos, by=own.seat.holder, now=VISITING)
    return story


def noting():
    story = playing(MORNING)()
    judging.note_presentation_claim(entry(story, "presentasi", FIRST), "Satu hari.", place="Loket", **doing(story))
    judging.note_presentation_claim(entry(story, "presentasi", FIRST), "Dua hari.", place="Loket", **doing(story))
    return story


def place(story):
    own = duty(story, FIRST, "akademisi", "lapang")
    judging.place_claim(own, "B1", "Kantor", by=own.seat.holder, now=story.now)


A_PLACE, A_FINDING = "UPDATE judging_claimplace SET place = 'Palsu'", "UPDATE judging_visitfinding SET verdict = 'lebih'"
A_CLAIM, NAMED_CLAIM = "UPDATE judging_presentationclaim SET text = 'Palsu' WHERE code = 'pres-1'", "Klaim paparan pres-1"
CASES |= {
    "a claim noted": Case(noting, A_CLAIM, lambda s: judging.note_presentation_claim(
        entry(s, "presentasi", FIRST), "Tiga hari.", **doing(s)), NAMED_CLAIM),
    "a claim struck out": Case(noting, A_CLAIM, lambda s: judging.void_presentation_claim(
        PresentationClaim.objects.get(code="pres-2"), reason="Salah dengar.", **doing(s)), NAMED_CLAIM),
    "a visit planned anew": Case(visiting, A_PLACE, lambda s: judging.set_visit_plan(
        entry(s, "lapang", FIRST), ["A1"], places={"A1": "Kantor"}, reason="Waktu.", **doing(s), sending=Sending(base_rev=1)),
        "Tempat klaim dilihat"),
    "a place of a claim": Case(visiting, A_PLACE, place, "Tempat klaim dilihat"),
    "a finding voided": Case(visiting, A_PLACE, lambda s: judging.void_finding(
        VisitFinding.objects.get(), reason="Salah.", **doing(s)), "Tempat klaim dilihat"),
    "a photo erased": Case(visiting, A_FINDING, lambda s: judging.erase_photo(
        VisitPhoto.objects.get(), reason="Wajah.", **doing(s)), "Temuan A1"),
}  # fmt: skip
