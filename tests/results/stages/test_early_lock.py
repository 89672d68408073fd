"""Locking before the published deadline: several people, a reason, the number typed, and the next stage freed."""

import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from sp2k.accounts.actions import create_user
from sp2k.base import clock
from sp2k.base.refusals import BadInput, NotAllowed
from sp2k.editions.actions import give_approval, move_stage
from sp2k.editions.models import Stage
from sp2k.journal import actions as journal
from sp2k.journal.models import Line
from sp2k.journal.queries import replay
from sp2k.judging.actions.panel import seat_person, set_up_panel
from sp2k.results.actions import approve_lock, lock_early, lock_stage, withdraw_early_lock
from sp2k.results.opening import opened_edition
from sp2k.results.stages.early import early_figures, waiting_early_lock
from tests.entries.pages import words
from tests.pages.confirming import confirm, mark_shown
from tests.story import small
from tests.story.small import at, person, stage
from tests.story.unchanged import refused

pytestmark = pytest.mark.django_db
SILENT_ALLOWED = small.EDITION.replace("  sumber: poin\n", "  sumber: poin\n  bila_tanpa_lembar: tidak_dinilai\n", 1)
THREE_DAYS_LEFT = at("2024-04-02 09.00")  # the filling ends on 5 April, 16.00; the checks on 19 April
REASON = "Jaringan kantor dimatikan mulai besok."


@pytest.fixture
def story(monkeypatch):
    told = small.play_small(small.FORMS_OPEN, source=SILENT_ALLOWED)
    monkeypatch.setattr(clock, "now", lambda *_: THREE_DAYS_LEFT)
    return told


@pytest.fixture
def chair(story):
    """The chair of this edition, seated while the forms are still being filled in."""
    seats = set_up_panel(stage(story, "presentasi"), by=story.bureau[0], now=at("2024-04-01 09.00"))
    person = create_user("ketua-uji", "Ketua Uji", roles=[("K", "65")])
    seat_person(seats[0], person, by=story.bureau[0], now=at("2024-04-01 09.00"))
    return person


def locked(story):
    return Stage.objects.get(edition=story.edition, code="isian").locked_at


def press(story, by=0, *, number=9, now=THREE_DAYS_LEFT, reason=REASON):
    return lock_early(stage(story, "isian"), number=number, reason=reason, by=story.bureau[by], now=now)


def chair_agrees(story, chair, now=THREE_DAYS_LEFT):
    subject = waiting_early_lock(stage(story, "isian")).subject
    return give_approval(story.edition, "kunci_dini", subject, role="K", by=chair, now=now)


def types(story) -> list[str]:
    rows = Line.objects.filter(chain=story.edition.chain_id, type__contains="lock").order_by("seq")
    return [row.type for row in rows if row.type not in {"rules.lock", "panel.lock"}]


def test_before_the_deadline_one_person_cannot_lock_however_complete_the_stage_is(story):
    with refused("Batas tahap Pengisian, 19 April 2024, 16.00 WITA, belum lewat. Menguncinya sebelum itu memerlukan "
                 "alasan dan persetujuan orang lain; buka halaman kunci tahap."):  # fmt: skip
        lock_stage(stage(story, "isian"), by=story.bureau[0], now=at("2024-04-19 16.00"))

    assert lock_stage(stage(story, "isian"), by=story.bureau[0], now=at("2024-04-19 16.01")).is_locked


def test_the_figures_say_how_many_are_in_and_how_many_lose_how_much_time(story):
    assert early_figures(stage(story, "isian"), THREE_DAYS_LEFT).sentence == "0 dari 9 masuk; 9 kehilangan 3 hari 7 jam"
    for before, left in ((119, "1 jam 59 menit"), (120, "2 jam"), (1, "1 menit"), (1440 * 2 + 59, "2 hari")):
        instant = at("2024-04-05 16.00") - timedelta(minutes=before)
        assert early_figures(stage(story, "isian"), instant).sentence == f"0 dari 9 masuk; 9 kehilangan {left}"


def test_while_the_verifiers_check_only_forms_without_a_verdict_lose_time(story):
    """Whoever sent nothing by the deadline of the filling could send nothing any more."""
    assert early_figures(stage(story, "isian"), at("2024-04-08 16.00")).sentence == "0 dari 9 masuk; 0 kehilangan 11 hari"


def test_a_form_that_waits_for_its_verifier_loses_the_verifiers_time():
    told = small.play_small(small.FORMS_IN)

    found = early_figures(stage(told, "isian"), at("2024-04-08 16.00"))
    before = early_figures(stage(told, "isian"), at("2024-04-05 15.30"))

    assert found.sentence == "0 dari 9 masuk; 9 kehilangan 11 hari"
    assert before.sentence == "0 dari 9 masuk; 0 kehilangan 30 menit"


def test_two_of_the_bureau_and_the_editions_own_chair_lock_it_together(story, chair):
    press(story, 0)
    assert locked(story) is None
    chair_agrees(story, chair)
    assert locked(story) is None

    press(story, 1, reason="")

    assert locked(story) == THREE_DAYS_LEFT
    assert types(story) == ["stage.lock.propose", "stage.lock.early", "sheets.lock"]
    assert replay(story.edition.chain_id).is_intact


def test_the_journal_line_tells_deadline_moment_figures_and_reason(story, chair):
    press(story, 0)
    chair_agrees(story, chair)
    press(story, 1)

    body = json.loads(Line.objects.get(type="stage.lock.early").canonical)["body"]

    assert body == {
        "stage": "isian", "deadline": "19 April 2024, 16.00 WITA", "at": "2 April 2024, 09.00 WITA", "reason": REASON,
        "n": 0, "of": 9, "lost": 9, "left": "3 hari 7 jam",
    }  # fmt: skip


def test_a_wrong_number_no_reason_and_a_second_press_are_refused_and_nothing_is_proposed(story, chair):
    with refused("Angka yang diketik, 8, tidak sama dengan yang kehilangan sisa waktu, 9. Baca angkanya pada halaman ini, "
                 "lalu ketik lagi.", BadInput):  # fmt: skip
        press(story, number=8)
    with refused("Tulis alasan mengunci tahap Pengisian sebelum batasnya. Alasannya dibaca semua orang.", BadInput):
        press(story, reason="  ")
    assert waiting_early_lock(stage(story, "isian")) is None
    press(story)

    with refused("Penguncian tahap Pengisian sebelum batasnya sudah diusulkan Biro-Satu 65 pada 2 April 2024, 09.00 WITA "
                 "dan Anda sudah menyetujuinya. Masih kurang 1 orang Penyelenggara provinsi; kurang 1 orang Ketua "
                 "juri."):  # fmt: skip
        press(story)


def test_a_chair_of_the_province_who_holds_no_seat_here_cannot_agree(story, chair):
    stranger = create_user("ketua-lain", "Ketua Lain", roles=[("K", "65")])
    press(story)

    with refused("Anda tidak menduduki kursi ketua PKU Kalimantan Utara 2024. Persetujuan ketua juri diberikan oleh pemegang "
                 "kursi ketua edisi ini.", NotAllowed):  # fmt: skip
        chair_agrees(story, stranger)


def test_what_is_withdrawn_takes_its_yeses_with_it(story, chair):
    press(story, 0)
    chair_agrees(story, chair)
    withdraw_early_lock(stage(story, "isian"), by=story.bureau[1], now=THREE_DAYS_LEFT)

    press(story, 1)

    assert locked(story) is None
    with refused("Tidak ada usul mengunci tahap Seleksi sebelum batasnya yang menunggu."):
        withdraw_early_lock(stage(story, "seleksi"), by=story.bureau[0], now=THREE_DAYS_LEFT)


def test_a_stage_locked_early_lets_the_next_one_open_earlier(story, chair):
    an_hour_later = THREE_DAYS_LEFT + timedelta(hours=1)
    later = {"by": story.bureau[0], "reason": "Tahap sebelumnya selesai lebih awal.", "now": an_hour_later}
    dates = {"opens_at": at("2024-04-17 08.00"), "closes_at": at("2024-05-10 16.00")}
    with refused("Tahap Seleksi tidak dapat mulai 17 April 2024, 08.00 WITA: tahap Pengisian baru berakhir 19 April 2024, "
                 "16.00 WITA."):  # fmt: skip
        move_stage(stage(story, "seleksi"), **dates, **later)
    press(story, 0)
    chair_agrees(story, chair)
    press(story, 1)

    assert move_stage(stage(story, "seleksi"), **dates, **later).opens_at == at("2024-04-17 08.00")


def test_everyone_of_the_edition_is_told_on_the_desk_and_reads_the_reason_in_the_calendar(client, story, chair):
    press(story, 0)
    chair_agrees(story, chair)
    press(story, 1)

    for user in (person(story, "C", "65.01.01"), person(story, "R", "65.01"), story.leader):
        client.force_login(user)
        assert "Pengisian 4 Maret–2 April 2024 dikunci sebelum batasnya" in words(client.get("/meja/"))
        calendar = words(client.get("/edisi/kaltara-2024-uji/kalender/"))
        assert "Pengisian: dikunci sebelum batasnya" in calendar
        assert f"0 dari 9 masuk; 9 kehilangan 3 hari 7 jam. Alasan: {REASON}" in calendar


def test_the_page_shows_the_figures_asks_for_the_number_and_says_who_is_awaited(client, story, chair):
    address = reverse("results:lock", args=["kaltara-2024-uji", "isian"])
    client.force_login(story.bureau[0])

    said = words(client.get(address))
    assert "Kunci tahap Pengisian sebelum batasnya" in said
    assert "Isian diterima 0 dari 9" in said
    assert "Sisa waktu 3 hari 7 jam Kehilangan sisa waktu 9" in said
    wrong = confirm(client, address, {"number": "8", "reason": REASON})
    assert (wrong.status_code, "Angka yang diketik, 8" in words(wrong)) == (422, True)
    asked = confirm(client, address, {"number": "9", "reason": REASON})
    assert "menunggu persetujuan" in words(asked)
    client.force_login(story.bureau[1])
    assert "Diusulkan Biro-Satu 65 pada 2 April 2024, 09.00 WITA. Alasan: Jaringan" in words(client.get(address))
    chair_agrees(story, chair)
    mark = mark_shown(client, address)
    done, again = (client.post(address, {"number": "9", "shown": mark}, follow=True) for _ in range(2))
    assert f"Tahap ini dikunci sebelum batasnya, 19 April 2024, 16.00 WITA. Alasan: {REASON} 0 dari 9 masuk" in words(done)
    assert "Ini sudah dilakukan. Tahap Pengisian sudah dikunci pada 2 April 2024, 09.00 WITA." in words(again)
    assert mark_shown(client, address) == ""


def test_after_an_early_lock_both_pages_show_the_yeses_given_to_it_and_the_last_one_is_told_that_it_is_locked(
    client, story, chair
):
    press(story, 0)
    client.force_login(chair)
    told = {"act": "kunci_dini", "role": "K"}
    assert "Kursi yang tidak" not in words(client.get("/tahap/kaltara-2024-uji/isian/"))
    said = confirm(client, reverse("results:approve-lock", args=["kaltara-2024-uji", "isian"]) + "?" + urlencode(told))
    assert "Persetujuan Anda dicatat." in words(said)
    client.force_login(story.bureau[1])
    last = confirm(client, reverse("results:lock", args=["kaltara-2024-uji", "isian"]), {"number": "9"})

    assert "Persetujuan lengkap: tahap Pengisian sekarang terkunci." in words(last)
    for address in ("/tahap/kaltara-2024-uji/isian/", "/edisi/kaltara-2024-uji/persetujuan/"):
        page = words(client.get(address))
        assert "Ketua Uji" in page and "Biro-Satu 65" in page and "0 dari 9 masuk; 9 kehilangan 3 hari 7 jam" in page
        assert "Mengunci tahap: Pengisian" not in page


def test_what_changes_the_stage_makes_the_yeses_to_its_early_lock_lapse_too(story, chair):
    press(story, 0)
    chair_agrees(story, chair)
    journal.append(story.edition.chain_id, "panel.seat", {"stage": "isian"}, by=chair, now=THREE_DAYS_LEFT)

    press(story, 1)

    assert locked(story) is None
    press(story, 0)
    chair_agrees(story, chair)
    assert locked(story) is None  # the chair's yes is the last: whoever presses the lock reads the figures once more
    press(story, 1)
    assert locked(story) == THREE_DAYS_LEFT


def test_the_chair_is_told_on_the_desk_and_says_yes_on_the_page_of_approvals(client, story, chair):
    press(story)
    client.force_login(chair)

    assert "Putuskan penguncian sebelum batasnya" in words(client.get("/meja/"))
    page = words(client.get("/edisi/persetujuan/"))

    assert "Mengunci tahap sebelum batasnya" in page
    assert "0 dari 9 masuk; 9 kehilangan 3 hari 7 jam" in page


def test_a_proposal_that_nobody_agreed_to_ends_with_the_ordinary_lock(story, chair):
    press(story)
    over = at("2024-04-19 16.01")

    with refused("Batas tahap Pengisian sudah tiba, jadi usul menguncinya sebelum batasnya gugur. Tahap dikunci seperti biasa "
                 "oleh penyelenggara."):  # fmt: skip
        approve_lock(stage(story, "isian"), "kunci_dini", role="K", by=chair, now=over)
    assert lock_stage(stage(story, "isian"), by=story.bureau[0], now=over).is_locked

    assert waiting_early_lock(stage(story, "isian")) is None
    assert [fault.sentence for fault in opened_edition(story.edition).faults] == []


def test_after_the_deadline_no_desk_asks_for_an_early_lock(client, story, chair, monkeypatch):
    press(story)
    client.force_login(chair)
    assert "Putuskan penguncian sebelum batasnya" in words(client.get("/meja/"))

    monkeypatch.setattr(clock, "now", lambda *_: at("2024-04-19 16.01"))

    assert "Putuskan penguncian sebelum batasnya" not in words(client.get("/meja/"))
