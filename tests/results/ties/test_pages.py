"""The page of a tie: its ruling by buttons alone, from the notice on the stage's page to the one who goes on."""

from datetime import date

import pytest
from django.urls import reverse

from sp2k.base import clock
from sp2k.judging.actions import record_attendance, void_sheet
from sp2k.judging.models import Seat
from sp2k.publication.issued.minutes import MinutesFacts, minutes_text
from sp2k.results.actions import freeze_tally, lock_stage
from sp2k.results.models import Placement, TieRuling
from tests.results.ties.test_rulings import AFTER, LEVEL_CUT, chair_of
from tests.story.small import FIRST, JURY_FROZEN, JURY_LOCKED, SECOND, SHEETS_IN, THIRD, duty, holder, play_small, stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def level(monkeypatch):
    story = play_small(until=SHEETS_IN, told=LEVEL_CUT)
    lock_stage(stage(story, "presentasi"), by=story.bureau[0], now=JURY_LOCKED)
    freeze_tally(stage(story, "presentasi"), by=story.bureau[0], now=JURY_FROZEN)
    monkeypatch.setattr(clock, "now", lambda: AFTER)
    return story


def address(name="tie"):
    return reverse(f"results:{name}", args=["kaltara-2024-uji", "presentasi", "semua", 2])


def typed(**changes):
    people = [str(seat.holder.pk) for seat in Seat.objects.filter(stage__code="presentasi")]
    return {
        f"order-{THIRD}": "1", f"order-{SECOND}": "2", "people": people, "number": "BA-7", "dated": "2024-06-05",
        "reason": "Kinerja lebih merata.", "others": "Inspektur Pembantu",
    } | changes  # fmt: skip


def test_a_tie_is_ruled_from_the_notice_to_the_one_who_goes_on(client, level):
    bureau, chair, juror = level.bureau[0], chair_of(level), holder(level, "bappeda")
    client.force_login(bureau)
    notice = client.get(reverse("results:stage", args=["kaltara-2024-uji", "presentasi"])).content.decode()
    assert f'href="{address()}"' in notice

    preview = client.post(address("tie-propose"), typed(act="lihat"))
    assert not TieRuling.objects.exists()
    assert "Usulkan putusan ini" in preview.content.decode()
    again = [line for line in preview.content.decode().splitlines() if 'type="hidden" name="people"' in line]
    assert "".join(again).count('name="people"') == 3
    assert client.post(address("tie-propose"), typed(act="usulkan")).status_code == 302
    client.force_login(juror)
    assert "Beri suara atas seri pada tahap Presentasi" in client.get("/meja/").content.decode()
    client.post(address("tie-vote"), {"agrees": "ya"})
    client.force_login(chair)
    assert "Putuskan seri pada tahap Presentasi" in client.get("/meja/").content.decode()
    client.post(address("tie-rule"))

    ruling = TieRuling.objects.get()
    assert (ruling.order, ruling.ruled_by, ruling.present[-1]) == ([THIRD, SECOND], chair, "Inspektur Pembantu")
    page = client.get(address()).content.decode()
    assert f"<dt>Yang memutus</dt><dd>{chair.name}, {juror.name}</dd>" in page
    client.force_login(bureau)
    page = client.get(reverse("results:stage", args=["kaltara-2024-uji", "presentasi"])).content.decode()
    assert "rapat pleno" in page
    assert page.count('<td class="corner">lolos</td>') == 2
    assert "seri di batas" not in page
    why = client.get(reverse("results:contributions", args=["kaltara-2024-uji", "presentasi", THIRD])).content.decode()
    assert "Alasan: Kinerja lebih merata." in why
    assert "Tempat 2 dari 3" in why
    assert " bernilai sama; urutannya ditetapkan rapat pleno menurut Berita Acara Nomor BA-7." in why
    assert f"Diputus {chair.name}; suara setuju {juror.name}." in why and "aturan seri" not in why


def test_a_tie_voted_down_says_who_takes_it_back_and_who_would_have_ruled(client, level):
    bureau, chair, juror = level.bureau[0], chair_of(level), holder(level, "bappeda")
    client.force_login(bureau)
    client.post(address("tie-propose"), typed(act="usulkan"))
    assert "Putuskan seri di batas tahap Presentasi" not in client.get("/meja/").content.decode()
    client.force_login(juror)
    assert "Dijalankan oleh Ketua juri." in client.get(address()).content.decode()
    client.post(address("tie-vote"), {"agrees": "tidak"})

    client.force_login(chair)
    page = client.get(address()).content.decode()
    said = (
        "Suara setuju tidak mencukupi, jadi usul ini tidak dapat dijalankan. Penyelenggara provinsi menariknya dengan "
        "alasan, lalu serinya dimusyawarahkan lagi."
    )
    assert said in page and f'action="{address("tie-rule")}"' not in page
    client.force_login(bureau)
    desk = client.get("/meja/").content.decode()
    assert "Tarik usul putusan seri yang ditolak suara juri, tahap Presentasi" in desk
    assert "Putuskan seri di batas tahap Presentasi" not in desk


def test_a_proposal_that_was_voted_down_stays_readable_with_its_voices(client, level):
    bureau, juror = level.bureau[0], holder(level, "bappeda")
    client.force_login(bureau)
    client.post(address("tie-propose"), typed(act="usulkan"))
    client.force_login(juror)
    client.post(address("tie-vote"), {"agrees": "tidak"})
    client.force_login(bureau)
    client.post(address("tie-withdraw"), {"reason": "Dimusyawarahkan lagi"})

    page = client.get(address()).content.decode()

    told = (
        f"Usul sebelumnya ditolak 1 suara: {juror.name}. Rapat pleno atas tempat 2, berita acara BA-7: Kecamatan Tarakan "
        "Barat, Kota Tarakan; Kecamatan Sesayap, Kabupaten Tana Tidung. Ditarik dengan alasan: Dimusyawarahkan lagi"
    )
    text = minutes_text(stage(level, "presentasi"), MinutesFacts("1", date(2024, 6, 5), "Tarakan"), today=date(2024, 6, 5))
    assert told in page and f"{told}." in text.ties


def test_two_with_the_same_number_are_told_beside_the_field_and_nothing_is_kept(client, level):
    client.force_login(level.bureau[0])

    answer = client.post(address("tie-propose"), typed(act="usulkan") | {f"order-{SECOND}": "1"})

    assert answer.status_code == 422
    assert "Urutan 1 sudah dipakai" in answer.content.decode()
    assert not TieRuling.objects.exists()


def test_a_tie_is_not_known_to_outsiders_and_a_place_without_one_has_no_page(client, level):
    client.force_login(level.crew.juror(2))
    assert client.get(address()).status_code == 200
    client.force_login(level.leader)
    assert client.get(address()).status_code == 404
    client.force_login(level.bureau[0])
    nothing = reverse("results:tie", args=["kaltara-2024-uji", "presentasi", "semua", 1])
    assert client.get(nothing).status_code == 404
    assert FIRST


def test_an_outsider_is_not_told_that_the_count_of_a_tie_was_changed(client, level):
    Placement.objects.update(total="11.00")
    client.force_login(level.leader)
    assert client.get(address()).status_code == 404
    client.force_login(level.bureau[0])
    answer = client.get(address())
    assert (answer.status_code, "Hitungan beku tahap Presentasi" in answer.content.decode()) == (422, True)


def test_a_conflict_noted_at_the_sitting_bars_from_the_tie_and_from_the_form_until_it_is_undone(client, monkeypatch):
    story = play_small(until=SHEETS_IN, told=LEVEL_CUT)
    juror, noted = holder(story, "bappeda"), duty(story, SECOND, "bappeda")
    void_sheet(noted.standing_sheets[-1], reason="Keluarga camat.", by=story.bureau[0], now=SHEETS_IN)
    record_attendance([noted], "benturan", reason="Keluarga camat.", by=story.bureau[0], now=SHEETS_IN)
    client.force_login(juror)
    monkeypatch.setattr(clock, "now", lambda: SHEETS_IN)
    form = reverse("judging:entry-form", args=[noted.participation_id])
    assert (noted.has_conflict(juror), client.get(form).status_code) == (True, 403)
    client.force_login(story.bureau[0])
    page = client.get(reverse("judging:conflicts", args=["kaltara-2024-uji", "presentasi"])).content.decode()
    assert f"{juror.name}: Kecamatan Sesayap, Kabupaten Tana Tidung – Keluarga camat." in page

    record_attendance([noted], "", by=story.bureau[0], now=SHEETS_IN)

    client.force_login(juror)
    assert (noted.has_conflict(juror), client.get(form).status_code) == (False, 200)
