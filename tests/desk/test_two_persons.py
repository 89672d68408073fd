"""Every act that the permission table gives to two persons stands as a task on the desk of the second one."""

from pathlib import Path

import pytest
import yaml

from sp2k.accounts.actions import create_user
from sp2k.accounts.appointments.actions import Appointed, LeadersPaper, record_appointment
from sp2k.desk.home import home_of
from sp2k.editions.actions import propose_move
from sp2k.editions.actions.abandoning import propose_abandonment
from sp2k.entries.region_lists.actions import upload_list
from sp2k.entries.sealing import Sending
from sp2k.judging.actions import record_attendance, replace_person, send_sheet, void_sheet
from sp2k.publication.actions import propose_amendment
from sp2k.publication.models import Decree
from sp2k.regions.files import SHIPPED_LIST
from sp2k.results.actions import lock_early, lock_stage, propose_correction, propose_silent_answer
from sp2k.results.actions.lots import announce_lot
from tests.accounts.test_supervisors import PAPER, SCAN
from tests.judging.paper.story import MORNING, Office
from tests.publication.test_amendments import NOW as AFTERWARDS
from tests.publication.test_amendments import SAID
from tests.results.ties.test_lots import DRAW_AT, DRAWN, DRAWN_BY_LOT, LEVEL_CUT, SOURCE, drawn
from tests.story import small
from tests.story.small import FIRST, at
from tests.story.small import PRESENT as REGIONS

pytestmark = pytest.mark.django_db
MATRIX = Path(__file__).parents[1] / "house" / "permission_matrix.yaml"
BY_TWO = {"dua-orang", "usul", "setuju"}
# Actions on the same rows of the table that one person does alone, or that only read.
ALONE = {
    "approval.give", "decision.read", "late.read", "amendment.read", "correction.refuse", "results.freeze", "stage.advance",
    "titles.give", "result.propose", "result.return", "decree.issue", "holidays.set", "paper.print", "paper.scan",
    "lot.announce", "tie.vote",
}  # fmt: skip


def draft_of_rules():
    story = small.play_small(at("2024-01-02 09.00"))
    return story.bureau[1], "Lengkapi dan kunci aturan", at("2024-01-02 09.00")


def lock_of_a_stage():
    told = "persetujuan:\n  kunci_tahap: {penilaian: [{peran: B, orang: 1}, {peran: I, orang: 1}]}\n"
    small.play_small(small.SHEETS_IN, source=small.EDITION.replace("persetujuan:\n", told))
    watcher = create_user("pengawas-65", "Pengawas", roles=[("I", "65")])
    return watcher, "Setujui penguncian tahap Presentasi", at("2024-06-05 16.30")


def early_lock():
    story, now = small.play_small(small.SHEETS_IN), at("2024-06-05 15.59")
    lock_early(small.stage(story, "presentasi"), number=0, reason="Sudah masuk.", by=story.bureau[0], now=now)
    return small.chair(story), "Putuskan penguncian sebelum batasnya", now


def result():
    story = small.play_small(small.TITLES_GIVEN)
    return story.leader, "Setujui hasil", small.TITLES_GIVEN


def announcement():
    story = small.play_small(small.DECREE_ISSUED)
    return story.bureau[1], "Umumkan hasil", small.DECREE_ISSUED


def moved_dates():
    story, now = small.play_small(small.JURY_SEATED), at("2024-06-04 09.00")
    propose_move(story.edition, None, closes_at=at("2024-07-12 10.00"), reason="Dinas", by=story.bureau[0], now=now)
    return story.bureau[1], "Putuskan pemindahan pengumuman", now


def replaced_juror():
    told = small.EDITION.replace("persetujuan:\n", "persetujuan:\n  panel: [{peran: B, orang: 1}, {peran: K, orang: 1}]\n")
    story, now = small.play_small(small.JURY_SEATED, source=told), at("2024-06-04 09.00")
    newcomer = create_user("juri-baru", "Juri Baru", roles=[("J", "65")])
    chair = small.chair(story)
    replace_person(small.seat(story, "dpmd"), newcomer, by=story.bureau[0], now=now, reason="Dirawat.")
    return chair, "Setujui pergantian pada kursi juri", now


def paper():
    office = Office()
    office.types(office.paper(), office.first)
    return office.second, "Ketik 1 lembar kertas sebagai orang kedua", MORNING


def silent_regency():
    story, late = small.play_small(small.NOMINATIONS_OPEN), at("2024-05-10 17.00")
    desk = small.desk(story, small.BULUNGAN)
    propose_silent_answer(desk, is_declining=True, reason="Tidak menjawab.", by=story.bureau[0], now=late)
    return story.bureau[1], "Laksanakan jawaban bagi Kabupaten Bulungan", late


def abandonment():
    story, now = small.play_small(small.JURY_SEATED), at("2024-06-04 09.00")
    propose_abandonment(story.edition, "Anggaran ditarik.", by=story.bureau[0], now=now)
    return story.bureau[1], "Periksa usul penutupan edisi tanpa hasil", now


def late_sheet():
    story, evening = small.play_small(small.SHEETS_IN), at("2024-06-05 17.40")
    duty, bureau = small.duty(story, FIRST, "bappeda"), story.bureau[0]
    void_sheet(duty.standing_sheets[-1], reason="Salah", by=bureau, now=small.SHEETS_IN)
    record_attendance([duty], "absen", reason="Sakit", by=bureau, now=at("2024-06-05 16.20"))
    lock_stage(small.stage(story, "presentasi"), by=bureau, now=small.JURY_LOCKED)
    marks = {"K1": "60", "I1": "60", "I2": "60"}
    late = send_sheet(duty, marks, by=duty.seat.holder, now=evening, sending=Sending())
    propose_correction(late, reason="Sinyal putus", by=bureau, now=evening)
    return small.chair(story), "Setujui 1 lembar terlambat", evening


def lot():
    story = small.play_small(small.SHEETS_IN, told=LEVEL_CUT, source=DRAWN_BY_LOT)
    presentation, first = small.stage(story, "presentasi"), story.bureau[0]
    person = small.chair(story)
    announce_lot(presentation, SOURCE, DRAW_AT, by=first, now=small.SHEETS_IN)
    lock_stage(presentation, by=first, now=small.JURY_LOCKED)
    drawn(story)
    return person, "Sahkan benih undian tahap Presentasi", DRAWN


def amendment():
    story, now = small.play_small(), AFTERWARDS
    propose_amendment(Decree.objects.get(edition=story.edition), **SAID, by=story.bureau[0], now=now)
    return story.leader, "Periksa usul pembetulan keputusan", now


def appointment():
    story, now = small.play_small(small.JURY_SEATED), at("2024-06-04 09.00")
    read = LeadersPaper(**PAPER, scan=SCAN, content_type="image/png")
    record_appointment(Appointed("ira", "Ira Inspektorat", "65"), read, by=story.bureau[0], now=now)
    assert "Kuatkan surat penugasan pengawas" not in titles(story.bureau[0], now)
    return story.bureau[1], "Kuatkan surat penugasan pengawas", now


SECOND_PERSONS = {
    ("rules.lock",): draft_of_rules, ("stage.lock",): lock_of_a_stage, ("stage.lock_early",): early_lock,
    ("result.decide",): result, ("result.publish",): announcement, ("dates.move",): moved_dates,
    ("panel.seat",): replaced_juror, ("paper.type",): paper, ("silence.answer",): silent_regency,
    ("edition.abandon",): abandonment, ("correction.propose", "correction.approve"): late_sheet,
    ("lot.draw", "lot.sign"): lot, ("amendment.propose", "amendment.approve"): amendment, ("role.paper",): appointment,
}  # fmt: skip
ELSEWHERE = {
    "paper.confirm",  # the juror's own, tests/judging/paper
    "tie.propose", "tie.rule",  # tests/desk/test_proposed.py
}  # fmt: skip


def titles(user, now) -> list[str]:
    return [one.title for one in home_of(user, now=now).tasks]


def test_every_act_of_two_persons_in_the_permission_table_is_asked_about_here():
    rows = yaml.safe_load(MATRIX.read_text(encoding="utf-8"))["baris"]
    by_two = [row for row in rows if row.get("policy") and any(BY_TWO & set(cell) for cell in row["sel"].values())]
    actions = {action for row in by_two for action in row["policy"]}

    assert actions - ALONE - ELSEWHERE == {action for key in SECOND_PERSONS for action in key}


@pytest.mark.parametrize("prepared", SECOND_PERSONS.values())
def test_the_second_person_finds_it_on_the_desk(prepared):
    person, title, now = prepared()

    assert title in titles(person, now)


def test_an_uploaded_list_of_regions_is_on_the_administrators_desk_until_it_is_applied_or_put_aside():
    small.play_small(small.FORMS_OPEN)
    admin = create_user("admin", "Administrator", roles=[("T", "65")])
    lines = SHIPPED_LIST.read_text(encoding="utf-8").splitlines(keepends=True)
    text = "".join(line for line in lines if line.startswith(REGIONS))

    upload_list(text, decree="Kepmendagri 1 Tahun 2026", name="baru.csv", by=admin, now=small.FORMS_OPEN)

    assert titles(admin, small.FORMS_OPEN) == ["Periksa daftar wilayah yang diunggah"]
