"""The page of a stage: what is missing, its lock with approvals, its count, and who goes on; by buttons alone."""

import json

import pytest
from django.urls import reverse

from sp2k.accounts.actions import create_user
from sp2k.accounts.models import Membership, User
from sp2k.base import clock
from sp2k.base.refusals import Refused
from sp2k.editions.actions import give_approval
from sp2k.editions.models import Stage
from sp2k.editions.queries import missing_approvals
from sp2k.entries.actions import void_form, void_verification
from sp2k.entries.models import Verification
from sp2k.journal.models import Line
from sp2k.judging.actions import record_attendance, void_sheet
from sp2k.judging.models import Conflict
from sp2k.results.actions import approve_lock, lock_stage
from sp2k.results.models import Advancement, FrozenTally
from sp2k.results.opening import opened_edition
from sp2k.results.stages.places import named_seats
from tests.entries.pages import words
from tests.pages.confirming import confirm
from tests.story import small
from tests.story.locking import told_as_locked
from tests.story.small import FIRST, THIRD, at

pytestmark = pytest.mark.django_db
WITH_APPROVAL = small.EDITION.replace(
    "persetujuan:\n", "persetujuan:\n  kunci_tahap: [{peran: B, orang: 1}, {peran: I, orang: 1}]\n"
)


FOR_JURIES = small.EDITION.replace(
    "persetujuan:\n", "persetujuan:\n  kunci_tahap: {penilaian: [{peran: B, orang: 1}, {peran: I, orang: 1}]}\n"
)
AFTER = at("2024-06-05 16.30")
LEFT_OUT, WAYS_ON = "Tanpa isian yang diterima, jadi tidak dinilai (9)", "atau edisi ditutup tanpa hasil."


@pytest.fixture
def stand_at(monkeypatch):
    """Set the one clock that pages and acts read."""
    return lambda instant: monkeypatch.setattr(clock, "now", lambda: instant)


def address(name, code="presentasi", *more):
    return reverse(f"results:{name}", args=["kaltara-2024-uji", code, *more])


def page(client, user, name="stage", code="presentasi"):
    client.force_login(user)
    answer = client.get(address(name, code))
    return answer.status_code, answer.content.decode()


def press(client, user, name, code="presentasi", **data):
    client.force_login(user)
    answer = confirm(client, address(name, code), data)
    return answer.content.decode()


def post(client, user, name, code="presentasi", **data):
    client.force_login(user)
    return client.post(address(name, code), data, follow=True).content.decode()


def bodies(kind) -> dict:
    return json.loads(Line.objects.filter(type=kind).latest("seq").canonical)["body"]


def refused_with(words):
    return pytest.raises(Refused, match=words)


def test_a_stage_is_locked_counted_and_left_by_its_buttons(client, stand_at):
    story = small.play_small(small.SHEETS_IN)
    bureau = story.bureau[0]
    stand_at(at("2024-06-05 16.30"))

    assert "Semua yang ditunggu tahap ini sudah masuk (9)." in page(client, bureau)[1]
    assert "Tahap Presentasi dikunci." in press(client, bureau, "lock")
    assert "Hitungan tahap Presentasi dibekukan." in press(client, bureau, "freeze")
    assert "Yang lolos dari tahap Presentasi sudah masuk tahap berikutnya." in press(client, bureau, "advance")

    assert Advancement.objects.get(stage__code="presentasi").n_through == 2
    html = page(client, bureau)[1]
    assert html.count('<tr class="cut">') == 1


def test_each_state_stands_with_the_time_of_its_own_act(client, stand_at):
    story = small.play_small(small.SHEETS_IN)
    stand_at(at("2024-06-05 16.30"))
    press(client, story.bureau[0], "lock")
    locked = page(client, story.bureau[0])[1]
    stand_at(at("2024-06-05 18.01"))
    press(client, story.bureau[0], "freeze")
    frozen = page(client, story.bureau[0])[1]

    assert '<span class="muted">sejak 5 Juni 2024, 16.30 WITA</span>' in locked
    assert '<span class="muted">sejak 5 Juni 2024, 18.01 WITA</span>' in frozen


def test_a_stage_is_not_locked_without_the_approvals_its_edition_declares():
    for_juries = "  kunci_tahap: {penilaian: [{peran: B, orang: 1}, {peran: I, orang: 1}]}\n"
    source = small.EDITION.replace("persetujuan:\n", f"persetujuan:\n{for_juries}")
    story = small.play_small(small.SHEETS_IN, source=source)
    bureau, now = story.bureau[0], at("2024-06-05 16.30")

    with pytest.raises(Refused, match="Persetujuan belum lengkap: kurang 1 orang Pengawas"):
        lock_stage(small.stage(story, "presentasi"), by=bureau, now=now)
    assert not small.stage(story, "presentasi").is_locked

    watcher = create_user("pengawas-kunci", "Pengawas Kunci", roles=[("I", "65")])
    give_approval(story.edition, "kunci_tahap", "presentasi", role="I", by=watcher, now=now)
    assert lock_stage(small.stage(story, "presentasi"), by=bureau, now=now).is_locked


def test_what_is_missing_stands_on_the_page_and_in_the_buttons_reason(client, stand_at):
    story = small.play_small(small.JURY_SEATED)
    stand_at(at("2024-06-04 09.00"))

    html = page(client, story.bureau[0])[1]

    assert "9 lembar juri belum masuk" in html
    assert 'aria-disabled="true">Kunci sebelum batasnya</button>' in html
    assert "Tahap belum dapat dikunci: 9 lembar juri belum masuk." in html
    assert "Tahap belum dapat dikunci: 9 lembar juri belum masuk." in press(client, story.bureau[0], "lock")
    assert Stage.objects.get(code="presentasi").locked_at is None


def test_the_lock_waits_for_the_approvals_the_edition_declares_and_they_are_given_here(client, stand_at):
    story = small.play_small(small.SHEETS_IN, source=FOR_JURIES)
    watcher = create_user("pengawas-65", "Pengawas Enam Lima", roles=[("I", "65")])
    stand_at(AFTER)

    html = page(client, watcher)[1]
    assert "Setujui penguncian" in html
    assert "Persetujuan Anda dicatat." in press(client, watcher, "approve-lock", role="I")
    assert "Setujui penguncian" not in page(client, watcher)[1]
    assert "Pengawas Enam Lima" in page(client, story.bureau[0])[1]


def test_nobody_says_yes_to_a_lock_while_something_is_missing_on_either_page(client, stand_at):
    story = small.play_small(at("2024-03-04 09.00"), source=WITH_APPROVAL)
    watcher = create_user("pengawas-65", "Pengawas Enam Lima", roles=[("I", "65")])
    stand_at(at("2024-04-20 09.00"))
    from_before = page(client, story.bureau[0], code="isian")[1]
    assert "kurang 1 orang Pengawas" not in from_before  # what is missing comes first

    assert "Setujui penguncian" not in page(client, watcher, code="isian")[1]
    said = press(client, watcher, "approve-lock", code="isian", role="I")
    assert "Tahap belum dapat dikunci: 9 isian belum diterima verifikator" in said
    with refused_with("Tahap Pengisian belum dapat ditutup: 9 isian belum diterima verifikator"):
        approve_lock(small.stage(story, "isian"), "kunci_tahap", role="I", by=watcher, now=at("2024-04-20 09.00"))
    body = {"act": "kunci_tahap", "subject": "isian", "role": "I"}
    assert client.post(reverse("editions:approve", args=["kaltara-2024-uji"]), body).status_code == 404
    assert not story.edition.approvals.filter(act="kunci_tahap").exists()


def test_what_changes_a_stage_after_a_yes_to_its_lock_makes_the_yes_lapse_and_it_is_asked_again(client, stand_at):
    story = small.play_small(small.SHEETS_IN, source=FOR_JURIES)
    watcher, bureau = create_user("pengawas-65", "Pengawas Enam Lima", roles=[("I", "65")]), story.bureau[0]
    stand_at(AFTER)
    presentation = small.stage(story, "presentasi")
    yes = {"role": "I", "by": watcher, "now": AFTER}
    approve_lock(presentation, "kunci_tahap", **yes)
    duty = small.duty(story, FIRST, "bappeda")

    void_sheet(duty.standing_sheets[-1], reason="Salah lembar", by=bureau, now=AFTER)
    with refused_with("1 lembar juri belum masuk"):
        approve_lock(presentation, "kunci_tahap", **yes)
    record_attendance([small.duty(story, FIRST, "bappeda")], "absen", reason="Sakit", by=bureau, now=AFTER)

    assert "Setujui penguncian" in page(client, watcher)[1]
    with refused_with("Persetujuan belum lengkap: kurang 1 orang Pengawas"):
        lock_stage(presentation, by=bureau, now=AFTER)
    approve_lock(presentation, "kunci_tahap", **yes)
    record_attendance([small.duty(story, FIRST, "bappeda")], "absen", reason="Dinas luar", by=bureau, now=AFTER)
    with refused_with("Persetujuan belum lengkap: kurang 1 orang Pengawas"):
        lock_stage(presentation, by=bureau, now=AFTER)
    approve_lock(presentation, "kunci_tahap", **yes)
    assert lock_stage(presentation, by=bureau, now=AFTER).is_locked
    assert opened_edition(story.edition).faults == []


def test_a_form_that_the_rules_wait_for_is_not_said_to_be_left_out_and_the_refusal_names_the_ways_on(client, stand_at):
    story = small.play_small(at("2024-03-04 09.00"))
    stand_at(at("2024-04-20 09.00"))

    waiting = page(client, story.bureau[0], "lock", "isian")[1]
    assert LEFT_OUT not in waiting and "Isiannya belum diterima verifikator (9)" in waiting and WAYS_ON in waiting
    for way in ("/isian/peserta/kaltara-2024-uji/", "/kalender/isian/pindah/", "/edisi/kaltara-2024-uji/tutup/"):
        assert way in waiting and way in page(client, story.bureau[0], code="isian")[1]
    with refused_with(WAYS_ON):
        lock_stage(small.stage(story, "isian"), by=story.bureau[0], now=at("2024-04-20 09.00"))


def test_a_form_that_the_rules_leave_out_is_said_to_be_left_out(client, stand_at):
    silent_left_out = small.EDITION.replace("  sumber: poin\n", "  sumber: poin\n  bila_tanpa_lembar: tidak_dinilai\n", 1)
    story = small.play_small(at("2024-03-04 09.00"), source=silent_left_out)
    stand_at(at("2024-04-20 09.00"))

    allowed = page(client, story.bureau[0], "lock", "isian")[1]

    assert LEFT_OUT in allowed and WAYS_ON not in allowed


@pytest.mark.parametrize("kind", ["form.void", "verification.void"])
def test_a_yes_to_the_lock_lapses_when_a_form_or_its_verification_is_voided(kind):
    verified = at("2024-04-19 16.00")
    story = small.play_small(verified, source=WITH_APPROVAL)
    asked = {"edition": story.edition, "act": "kunci_tahap", "subject": "isian"}
    watcher = create_user("pengawas-65", "Pengawas Enam Lima", roles=[("I", "65")])
    give_approval(**asked, role="I", by=watcher, now=verified)
    verification = Verification.objects.first()
    told = {"reason": "Keliru", "by": story.bureau[0], "now": verified}

    if kind == "form.void":
        void_form(verification.form, **told)
    else:
        void_verification(verification, **told)

    assert missing_approvals(story.edition, "kunci_tahap", "isian", also=story.bureau[0]) == ["kurang 1 orang Pengawas"]


def test_a_locked_stage_never_says_that_a_yes_is_awaited(client, stand_at):
    story = small.play_small(small.SHEETS_IN, source=FOR_JURIES)
    watcher = create_user("pengawas-65", "Pengawas Enam Lima", roles=[("I", "65")])
    stand_at(AFTER)
    approve_lock(small.stage(story, "presentasi"), "kunci_tahap", role="I", by=watcher, now=AFTER)
    lock_stage(small.stage(story, "presentasi"), by=story.bureau[0], now=AFTER)

    assert "Menunggu" not in page(client, watcher)[1].split("<h2>Persetujuan</h2>")[1].split("</section>")[0]
    locked = client.get(reverse("editions:approvals", args=["kaltara-2024-uji"])).content.decode()
    of_stage = locked.split("Mengunci tahap: Presentasi")[1].split("</section>")[0]
    assert "belum ada yang menyetujui" not in of_stage


def test_before_the_lock_nobody_sees_a_place_and_after_it_the_leader_waits_for_the_last_stage(client, stand_at):
    story = small.play_small(small.JURY_FROZEN)
    stand_at(small.JURY_FROZEN)

    assert page(client, story.leader)[0] == 403
    assert page(client, story.leader, "places")[0] == 403
    assert page(client, story.bureau[0], "places")[0] == 200
    assert page(client, small.holder(story, "bappeda"), "stage")[0] == 404
    assert page(client, small.person(story, "C", small.BULUNGAN), "stage")[0] == 404
    assert page(client, small.other_bureau(), "stage")[0] == 404
    assert page(client, story.bureau[0], "places", code="lapang")[0] == 403


def test_the_leader_sees_the_places_once_the_last_stage_is_locked(client, stand_at):
    story = small.play_small(small.VISIT_FROZEN)
    stand_at(small.VISIT_FROZEN)

    assert page(client, story.leader)[0] == 200
    assert "90,00" in page(client, story.leader, "places", code="lapang")[1]
    client.force_login(story.leader)
    assert client.get(address("download", "lapang", "places.csv")).status_code == 200
    assert client.get(address("download", "lapang", "sheets.csv")).status_code == 404


def test_the_sheets_of_all_jurors_are_a_link_for_bureau_chair_and_inspectorate_after_the_lock(client, stand_at):
    story = small.play_small(small.SHEETS_IN)
    stand_at(small.SHEETS_IN)
    link = 'href="/juri/lembar/tahap/kaltara-2024-uji/presentasi/"'
    chair = small.holder(story, "akademisi")
    Membership.objects.filter(user=chair).update(role="K")
    readers = [story.bureau[0], create_user("pengawas-65", "Pengawas", roles=[("I", "65")]), User.objects.get(pk=chair.pk)]

    assert [link in page(client, reader)[1] for reader in readers] == [False, False, False]
    told_as_locked(story.edition.stages.get(code="presentasi"), at=small.SHEETS_IN, by=story.bureau[0])
    assert [link in page(client, reader)[1] for reader in readers] == [True, True, True]
    client.force_login(readers[2])
    assert client.get("/juri/lembar/tahap/kaltara-2024-uji/presentasi/").status_code == 200


def test_the_chairs_figures_of_an_entry_in_conflict_stay_sealed_and_the_files_too(client, stand_at):
    story = small.play_small(small.VISIT_FROZEN)
    stand_at(small.VISIT_FROZEN)
    chair = create_user("ketua-65", "Ketua Enam Lima", roles=[("K", "65")])
    Conflict.objects.create(
        seat=small.seat(story, "dpmd"), user=chair, participation=small.entry(story, "presentasi", FIRST),
        ground="pernyataan", reason="Saudara", declared_at=small.JURY_SEATED,
    )  # fmt: skip

    html = page(client, chair, "places")[1]

    assert "90,00" not in html
    assert html.count("Berbenturan kepentingan dengan Anda") == 1
    client.force_login(chair)
    for name in ("places.csv", "sheets.csv", "jejak.csv", "hitung.xlsx"):
        assert client.get(address("download", "presentasi", name)).status_code == 403


def test_the_files_are_the_very_bytes_that_were_counted(client, stand_at):
    story = small.play_small(small.JURY_FROZEN)
    stand_at(small.JURY_FROZEN)
    client.force_login(story.bureau[0])
    tally = FrozenTally.objects.get(stage__code="presentasi")

    assert client.get(address("download", "presentasi", "places.csv")).content.decode() == tally.places
    assert client.get(address("download", "presentasi", "sheets.csv")).content.decode() == tally.sheets
    assert client.get(address("download", "presentasi", "hitung.xlsx")).content[:4] == b"PK\x03\x04"
    assert client.get(address("download", "presentasi", "rahasia.csv")).status_code == 404


def test_a_tie_at_the_cut_is_named_and_nobody_goes_on(client, stand_at):
    marks = {"presentasi": {FIRST: 90, small.SECOND: 80, THIRD: 80}}
    story = small.play_small(small.SHEETS_IN, told=marks)
    stand_at(at("2024-06-05 16.30"))
    bureau = story.bureau[0]
    press(client, bureau, "lock")

    html = press(client, bureau, "freeze")

    assert "Seri di batas" in html
    assert html.count('<td class="corner">seri di batas</td>') == 2
    assert 'aria-disabled="true">Loloskan ke Tinjau lapang</button>' in html
    figures = words(client.get(address("advance")))
    assert "Masuk tahap berikutnya 1 Seri di batas, belum diputus 2 Tidak lolos 0" in figures
    press(client, bureau, "advance")
    assert not Advancement.objects.filter(stage__code="presentasi").exists()


def test_the_overview_shows_each_stage_with_its_counts_and_nothing_to_outsiders(client, stand_at):
    story = small.play_small(small.SHEETS_IN)
    stand_at(at("2024-06-05 16.30"))
    client.force_login(story.bureau[0])

    html = client.get(reverse("results:stages")).content.decode()

    assert "9 dari 9" in html
    client.force_login(small.person(story, "V", small.BULUNGAN))
    assert client.get(reverse("results:stages")).status_code == 404


def test_the_pages_ask_as_many_questions_for_a_province_as_for_a_regency(client, jatim_2022, django_assert_max_num_queries):
    from_bureau = create_user("biro-tes", "Biro Tes", roles=[("B", "35")])
    client.force_login(from_bureau)

    with django_assert_max_num_queries(73):  # some hold rules, dates, places and turnout against the journal
        assert client.get(reverse("results:stage", args=["jatim-2022", "seleksi"])).status_code == 200
    with django_assert_max_num_queries(43):
        html = client.get(reverse("results:places", args=["jatim-2022", "isian"]) + "?halaman=semua").content.decode()
    assert html.count("<tr") == 667


def test_the_notes_of_the_count_name_the_institutions_of_the_seats():
    names = {"bappeda": "Bappeda Provinsi", "unair": "Universitas Airlangga"}

    assert named_seats("absen: bappeda; rata-rata dari 2 penilai yang ada", names) == (
        "absen: Bappeda Provinsi; rata-rata dari 2 penilai yang ada"
    )
    assert named_seats("tanpa lembar (absen: unair, bappeda; benturan: lain)", names) == (
        "tanpa lembar (absen: Universitas Airlangga, Bappeda Provinsi; benturan: lain)"
    )
    assert named_seats("seri: dibagi", names) == "seri: dibagi"


def test_whoever_does_not_lock_is_told_who_does(client, stand_at):
    small.play_small(small.SHEETS_IN)
    stand_at(at("2024-06-05 16.30"))
    watcher = create_user("pengawas-lihat", "Pengawas Lihat", roles=[("I", "65")])

    assert "Dijalankan oleh Penyelenggara provinsi." in page(client, watcher)[1]


def test_after_the_last_count_the_bureau_is_led_to_the_decision(client, stand_at):
    story = small.play_small(small.VISIT_FROZEN)
    stand_at(at("2024-06-21 19.00"))

    assert 'href="/keputusan/kaltara-2024-uji/">Lanjut ke keputusan</a>' in page(client, story.bureau[0], code="lapang")[1]
