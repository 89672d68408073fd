"""A leader sends the result back with a reason; the bureau answers and proposes it anew; every yes begins again."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from sp2k.accounts.actions import create_user
from sp2k.base import clock
from sp2k.base.refusals import BadInput, NotAllowed
from sp2k.desk.home import home_of
from sp2k.editions.actions import Paper, give_approval, propose_move
from sp2k.editions.file import ACTS
from sp2k.editions.models import ReturnedResult
from sp2k.editions.queries import announcement_subject
from sp2k.editions.queries.lapsing import brought_about
from sp2k.journal.models import Line
from sp2k.results.actions import decide_result, propose_result, return_result
from sp2k.results.models import Award, Decision
from tests.pages.confirming import confirm
from tests.story import small
from tests.story.small import TITLES_GIVEN
from tests.story.unchanged import refused

pytestmark = pytest.mark.django_db
CODE, WHY = "kaltara-2024-uji", "Jelaskan mengapa tempat kedua tidak ditinjau ulang."


@pytest.fixture
def titled(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: TITLES_GIVEN)
    return small.play_small(TITLES_GIVEN)


def page(client, user) -> str:
    client.force_login(user)
    return client.get(reverse("publication:decision", args=[CODE])).content.decode()


def press(client, user, name, **data):
    client.force_login(user)
    return confirm(client, reverse(f"publication:decision-{name}", args=[CODE]), data)


def tasks_of(user) -> dict[str, str]:
    return {task.title: task.why for task in home_of(user, now=TITLES_GIVEN).tasks}


def test_the_result_goes_back_by_a_button_and_comes_again_with_an_answer(client, titled):
    bureau, leader = titled.bureau[0], titled.leader
    places = list(Award.objects.values_list("title", "entry__region"))
    assert "Kembalikan hasil" in page(client, leader) and "Kembalikan hasil" not in page(client, bureau)

    html = press(client, leader, "return", **{"kembali-reason": WHY}).content.decode()
    assert "Penyelenggara melihat alasan Anda di mejanya." in html and "Menunggu jawaban penyelenggara." in html
    assert "Setujui hasil" not in html

    assert tasks_of(bureau)["Jawab pengembalian hasil"] == f"Pimpinan mengembalikan hasil. Alasan: {WHY}"
    assert "Tetapkan hasil" not in tasks_of(bureau) and "Setujui hasil" not in tasks_of(leader)
    html = page(client, bureau)
    assert WHY in html and "Jawab dan ajukan lagi lebih dahulu." in html
    html = press(client, bureau, "propose", **{"jawab-answer": "Sudah diperiksa; hitungannya tetap."}).content.decode()
    assert (
        "Hasil diajukan lagi; persetujuan dimulai dari awal." in html and "Sudah diperiksa; hitungannya tetap." in html
    )

    assert "Setujui hasil" in tasks_of(leader) and "Tetapkan hasil" in tasks_of(bureau)
    assert "Persetujuan Anda dicatat." in press(client, leader, "approve", act="hasil", role="G").content.decode()
    assert "Hasil ditetapkan." in press(client, bureau, "decide").content.decode()
    assert list(Award.objects.values_list("title", "entry__region")) == places


def test_a_yes_before_the_return_is_no_yes_after_it_also_from_a_paper(titled):
    bureau, leader = titled.bureau[0], titled.leader
    give_approval(titled.edition, "hasil", CODE, role="G", by=leader, now=TITLES_GIVEN)
    return_result(titled.edition, WHY, by=leader, now=TITLES_GIVEN)

    back = "Hasil dikembalikan pimpinan dan belum diajukan lagi. Jawab pengembaliannya lebih dahulu."
    with refused(back):
        decide_result(titled.edition, by=bureau, now=TITLES_GIVEN)
    propose_result(titled.edition, "Tetap.", by=bureau, now=TITLES_GIVEN)
    missing = "kurang 1 orang Pimpinan, atau suratnya dicatat 2 orang Penyelenggara provinsi"
    with refused(f"Persetujuan belum lengkap: {missing}."):
        decide_result(titled.edition, by=bureau, now=TITLES_GIVEN)

    assert not Decision.objects.exists()


def test_a_letter_is_not_older_than_the_result_it_agrees_to(titled):
    bureau, letter = titled.bureau, {"act": "hasil", "role": "G", "now": TITLES_GIVEN}

    said = "Tanggal surat, 23 Juni 2024, mendahului pemberian gelar, 24 Juni 2024, 16.00 WITA. Periksa tanggalnya."
    with refused(said, BadInput):
        give_approval(titled.edition, subject=CODE, by=bureau[0], paper=Paper("1", date(2024, 6, 23), b"%PDF"), **letter)
    return_result(titled.edition, WHY, by=titled.leader, now=TITLES_GIVEN)
    propose_result(titled.edition, "Tetap.", by=bureau[0], now=TITLES_GIVEN)
    said = "Tanggal surat, 24 Juni 2024, mendahului pengajuan kembali hasil, 25 Juni 2024, 09.00 WITA. Periksa tanggalnya."
    again = {**letter, "subject": f"{CODE} 2"}
    with refused(said, BadInput):
        give_approval(titled.edition, by=bureau[0], paper=Paper("1", date(2024, 6, 24), b"%PDF"), **again)
    for who in bureau:
        give_approval(titled.edition, by=who, paper=Paper("1", date(2024, 6, 25), b"%PDF"), **again)

    assert decide_result(titled.edition, by=bureau[0], now=TITLES_GIVEN) == Decision.objects.get()


def test_every_kind_of_yes_has_something_that_a_letter_cannot_be_older_than(titled):
    edition = titled.edition
    last = edition.stages.last()
    locked = {"kunci_tahap": last.code, "kunci_dini": f"{last.code} 1"}
    told = {act: [event for _at, event in brought_about(edition, act, locked.get(act, CODE))] for act in ACTS}

    assert told == {
        "kunci_aturan": ["pembukaan draf edisi"], "kunci_tahap": ["perubahan terakhir tahap itu"],
        "kunci_dini": ["perubahan terakhir tahap itu"], "hasil": ["pemberian gelar"],
        "panel": [], "jadwal": [], "pengumuman": [], "terbit": [],  # nothing is proposed, no decree is made
    }  # fmt: skip
    move_to = titled.edition.announced_at + timedelta(days=1)
    propose_move(edition, None, closes_at=move_to, reason="Ditunda.", by=titled.bureau[0], now=TITLES_GIVEN)
    assert brought_about(edition, "pengumuman", announcement_subject(move_to)) == [(TITLES_GIVEN, "usulnya")]


def test_the_page_of_approvals_asks_for_the_new_round_only(client, titled):
    leader = titled.leader
    return_result(titled.edition, WHY, by=leader, now=TITLES_GIVEN)
    client.force_login(leader)
    assert "Tidak ada yang menunggu Anda" in client.get("/edisi/persetujuan/").content.decode()

    propose_result(titled.edition, "Tetap.", by=titled.bureau[0], now=TITLES_GIVEN)
    assert "Menetapkan hasil" in client.get("/edisi/persetujuan/").content.decode()
    said = {"act": "hasil", "subject": f"{CODE} 2", "role": "G"}
    client.post(reverse("editions:approve", args=[CODE]), said)
    decide_result(titled.edition, by=titled.bureau[0], now=TITLES_GIVEN)

    assert Decision.objects.count() == 1


def test_it_can_go_back_more_than_once_each_with_its_answer(client, titled):
    for n in (1, 2):
        return_result(titled.edition, f"Alasan {n}.", by=titled.leader, now=TITLES_GIVEN)
        propose_result(titled.edition, f"Jawaban {n}.", by=titled.bureau[1], now=TITLES_GIVEN)

    html = page(client, create_user("pengawas-65", "Pengawas", roles=[("I", "65")]))
    assert all(text in html for text in ("Alasan 1.", "Jawaban 1.", "Alasan 2.", "Jawaban 2."))
    assert list(ReturnedResult.objects.values_list("number", flat=True)) == [1, 2]


def test_without_a_reason_or_an_answer_what_was_typed_stays_and_nothing_happens(client, titled):
    none = press(client, titled.leader, "return", **{"kembali-reason": "   "})
    assert none.status_code == 422 and "Isian ini belum diisi." in none.content.decode()
    long = press(client, titled.leader, "return", **{"kembali-reason": "a" * 2001})
    assert long.status_code == 422 and "a" * 2001 in long.content.decode()

    return_result(titled.edition, WHY, by=titled.leader, now=TITLES_GIVEN)
    empty = press(client, titled.bureau[0], "propose", **{"jawab-answer": ""})
    assert empty.status_code == 422 and "Isian ini belum diisi." in empty.content.decode()
    with refused("Tulis jawaban: apa yang diperiksa, dan mengapa hasilnya diajukan lagi.", BadInput):
        propose_result(titled.edition, " ", by=titled.bureau[0], now=TITLES_GIVEN)
    with refused("Tulis alasan pengembalian. Penyelenggara perlu tahu apa yang harus dijelaskan.", BadInput):
        return_result(titled.edition, "", by=titled.leader, now=TITLES_GIVEN)


def test_only_a_leader_sends_back_and_only_the_bureau_answers(client, titled):
    bureau, leader = titled.bureau[0], titled.leader
    watcher = create_user("pengawas-65", "Pengawas", roles=[("I", "65")])
    for other in (bureau, watcher):
        with refused("Peran Anda tidak mencakup tindakan ini.", NotAllowed):
            return_result(titled.edition, WHY, by=other, now=TITLES_GIVEN)
    return_result(titled.edition, WHY, by=leader, now=TITLES_GIVEN)
    for other in (leader, watcher):
        with refused("Peran Anda tidak mencakup tindakan ini.", NotAllowed):
            propose_result(titled.edition, "Tetap.", by=other, now=TITLES_GIVEN)


def test_what_is_not_proposed_decided_or_sent_back_already_is_not_sent_back(titled):
    bureau, leader = titled.bureau[0], titled.leader
    with refused("Tidak ada pengembalian yang menunggu jawaban. Muat ulang halaman."):
        propose_result(titled.edition, "Tetap.", by=bureau, now=TITLES_GIVEN)
    return_result(titled.edition, WHY, by=leader, now=TITLES_GIVEN)
    with refused("Hasil ini sudah dikembalikan dan menunggu jawaban penyelenggara."):
        return_result(titled.edition, WHY, by=leader, now=TITLES_GIVEN)
    propose_result(titled.edition, "Tetap.", by=bureau, now=TITLES_GIVEN)
    give_approval(titled.edition, "hasil", f"{CODE} 2", role="G", by=leader, now=TITLES_GIVEN)
    decide_result(titled.edition, by=bureau, now=TITLES_GIVEN)
    with refused("Hasil edisi ini sudah ditetapkan dan tidak dikembalikan lagi."):
        return_result(titled.edition, WHY, by=leader, now=TITLES_GIVEN)


def test_before_titles_there_is_nothing_to_send_back():
    story = small.play_small(small.VISIT_FROZEN)
    with refused("Belum ada hasil yang diajukan: gelar belum diberikan."):
        return_result(story.edition, WHY, by=story.leader, now=TITLES_GIVEN)


def test_the_journal_tells_that_it_went_back_and_not_why(titled):
    return_result(titled.edition, WHY, by=titled.leader, now=TITLES_GIVEN)
    propose_result(titled.edition, "Karena Juara I tetap.", by=titled.bureau[0], now=TITLES_GIVEN)

    lines = Line.objects.filter(chain=titled.edition.chain_id, type__in=["result.return", "result.propose"])
    bodies = [json.loads(line.canonical)["body"] for line in lines.order_by("seq")]
    assert [body.keys() for body in bodies] == [{"number", "c"}, {"number", "c"}]
    assert bodies[0] == {"number": 1, "c": ReturnedResult.objects.get().commitment}
