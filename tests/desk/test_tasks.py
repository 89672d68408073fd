"""What waits for whom: each role's tasks through an edition, by when, and nothing that the person may not know."""

import pytest
from django.db import transaction

from sp2k.accounts.actions import create_user
from sp2k.base import clock
from sp2k.desk.home import home_of
from sp2k.desk.tasks.task import deadline_in_words
from sp2k.entries.actions import return_form
from sp2k.entries.models import Answer
from sp2k.entries.queries import latest_forms
from sp2k.judging.actions import void_sheet
from sp2k.results.actions import check_edition
from tests.story import small
from tests.story.small import BULUNGAN, FIRST, at

pytestmark = pytest.mark.django_db


def tasks(user, now):
    return [(task.title, task.badge) for task in home_of(user, now=now).tasks]


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("2024-06-04 07.00", "Terlambat 3 hari"), ("2024-06-07 07.00", "Terlambat"), ("2024-06-07 16.00", "Sampai 16.00 WITA"),
        ("2024-06-08 16.00", "Besok 16.00 WITA"), ("2024-06-12 16.00", "5 hari lagi"),
        ("2024-07-10 10.00", "Sampai 10 Juli 2024"),
    ],
)  # fmt: skip
def test_a_deadline_is_said_as_people_say_it(due, said):
    assert deadline_in_words(at(due), now=at("2024-06-07 09.00"), zone="Asia/Makassar")[0] == said


def test_the_bureau_is_led_from_the_last_sheet_to_the_announcement():
    seen = []
    for until, now in [
        (small.SHEETS_IN, "2024-06-07 09.00"), (small.JURY_LOCKED, "2024-06-07 09.00"),
        (small.JURY_FROZEN, "2024-06-07 09.00"),
        (small.VISIT_FROZEN, "2024-06-22 09.00"), (small.TITLES_GIVEN, "2024-06-26 09.00"),
        (at("2024-06-28 16.40"), "2024-06-28 16.40"), (small.DECREE_ISSUED, "2024-07-01 09.00"),
    ]:  # fmt: skip
        with_rollback(lambda until=until, now=now: seen.append(of_bureau(until, now)))

    assert seen == [
        [("Kunci tahap Presentasi", "Terlambat 2 hari")],
        [("Bekukan hitungan tahap Presentasi", ""), ("Siapkan juri tahap Tinjau lapang", "12 hari lagi")],
        [("Loloskan peserta dari tahap Presentasi", ""), ("Siapkan juri tahap Tinjau lapang", "12 hari lagi")],
        [("Beri gelar", "")],
        [("Tetapkan hasil", "")],
        [("Buat keputusan", "")],
        [("Umumkan hasil", "9 hari lagi")],
    ]


def test_once_the_rules_are_locked_the_bureau_registers_the_kecamatan_however_far_the_opening_is():
    locked = of_bureau(at("2024-02-20 09.00"), "2024-02-20 09.00")

    assert locked == [("Daftarkan peserta tahap Pengisian", "13 hari lagi")]


def test_a_jurors_task_opens_the_sheets_of_its_stage_that_still_wait():
    story = small.play_small(small.JURY_SEATED)
    juror = small.holder(story, "dpmd")

    [task] = home_of(juror, now=at("2024-06-04 09.00")).tasks

    assert task.address == "/juri/lembar/?saring=belum&tahap=kaltara-2024-uji/presentasi"


def of_bureau(until, now):
    return tasks(small.play_small(until).bureau[0], at(now))


class _Undo(Exception):
    pass


def with_rollback(act):
    """Play in a transaction of its own, so that the next play finds an empty database."""
    with pytest.raises(_Undo), transaction.atomic():
        act()
        raise _Undo


def test_missing_sheets_past_the_deadline_stand_first_with_their_seat_in_the_table_of_the_late():
    story = small.play_small(small.SHEETS_IN)
    sheet = small.duty(story, FIRST, "bappeda").standing_sheets[-1]
    void_sheet(sheet, reason="Salah", by=story.bureau[0], now=small.SHEETS_IN)

    home = home_of(story.bureau[0], now=at("2024-06-07 09.00"))

    assert [task.title for task in home.tasks] == ["Lengkapi 1 lembar juri belum masuk"]
    assert [(row.who, row.count, row.names) for row in home.late.rows] == [
        ("Bappeda Provinsi Kalimantan Utara", 1, ("Kecamatan Tanjung Palas, Kabupaten Bulungan",))
    ]
    [sheets] = home.sheets
    assert [(row.seat.code, row.n_given, row.n_awaited) for row in sheets.seats] == [
        ("akademisi", 3, 3), ("bappeda", 2, 3), ("dpmd", 3, 3),
    ]  # fmt: skip


def test_a_juror_is_told_of_the_sheets_to_give_and_nobody_elses():
    story = small.play_small(small.JURY_SEATED)
    juror = small.holder(story, "bappeda")

    home = home_of(juror, now=at("2024-06-05 09.00"))

    assert [(task.title, task.badge) for task in home.tasks] == [("Beri 3 lembar presentasi", "Sampai 16.00 WITA")]
    assert (home.late, home.sheets, home.journals, home.server) == (None, [], [], None)


def test_a_kecamatan_is_told_to_fill_then_why_its_form_came_back():
    story = small.play_small(small.FORMS_OPEN)
    operator = small.person(story, "C", BULUNGAN)
    operator.memberships.update(region=FIRST)
    operator = type(operator).objects.get(pk=operator.pk)
    assert tasks(operator, small.FORMS_OPEN) == [("Lengkapi dan kirim isian Tanjung Palas", "Sampai 5 April 2024")]


def test_a_returned_form_stands_on_the_kecamatans_desk_with_its_reason():
    story = small.play_small(small.FORMS_IN)
    form = latest_forms(small.stage(story, "isian")).get(participation__entry__region=FIRST)
    return_form(form, reason="SKM belum ada", by=small.person(story, "V", BULUNGAN), now=small.FORMS_IN)
    camat = create_user("camat-peso", "Camat Peso", roles=[("C", FIRST)])

    [task] = home_of(camat, now=small.FORMS_IN).tasks

    assert (task.title, task.state) == ("Perbaiki isian Tanjung Palas", "back")
    assert task.why == "Dikembalikan verifikator: SKM belum ada"


def test_after_its_deadline_a_stage_asks_nobody_for_what_it_no_longer_takes():
    story = small.play_small(small.FORMS_OPEN)
    camat = create_user("camat-peso", "Camat Peso", roles=[("C", FIRST)])
    organiser = small.person(story, "R", BULUNGAN)
    closed = at("2024-04-08 09.00")

    [task] = home_of(camat, now=closed).tasks
    assert (task.title, task.badge) == ("Isian Tanjung Palas tidak dikirim sampai batasnya", "")
    assert task.why == (
        "Batas waktu tahap Pengisian sudah lewat: 5 April 2024, 16.00 WITA. Isian hanya dapat dibaca. Bila batasnya "
        "dipindahkan, isian dapat dikirim lagi."
    )
    assert tasks(organiser, closed) == [("3 kecamatan tidak mengirim isian sampai batasnya", "")]


def test_after_the_checks_a_verifier_is_not_asked_to_check():
    story = small.play_small(small.FORMS_IN)

    assert tasks(small.person(story, "V", BULUNGAN), at("2024-04-20 09.00")) == [
        ("3 isian tidak diperiksa sampai batasnya", "")
    ]


def test_a_returned_form_is_no_task_once_it_can_no_longer_be_sent():
    story = small.play_small(small.FORMS_IN)
    form = latest_forms(small.stage(story, "isian")).get(participation__entry__region=FIRST)
    return_form(form, reason="SKM belum ada", by=small.person(story, "V", BULUNGAN), now=at("2024-04-08 08.00"))
    camat = create_user("camat-peso", "Camat Peso", roles=[("C", FIRST)])

    assert tasks(camat, at("2024-04-08 09.00")) == [
        ("Isian Tanjung Palas dikembalikan dan tidak dikirim lagi sampai batasnya", "")
    ]


def test_a_regency_that_did_not_answer_is_told_who_answers_now():
    story = small.play_small(small.NOMINATIONS_OPEN)

    [task] = home_of(small.person(story, "R", BULUNGAN), now=at("2024-05-13 09.00")).tasks

    assert (task.title, task.badge) == ("Kabupaten Bulungan tidak menjawab sampai batasnya", "")
    assert task.why.endswith("10 Mei 2024, 16.00 WITA. Penyelenggara provinsi yang menjawab menggantikan.")


def test_a_verifier_has_the_queue_and_an_organiser_the_silent_and_the_ranking():
    story = small.play_small(small.FORMS_IN)
    assert tasks(small.person(story, "V", BULUNGAN), small.FORMS_IN) == [("Periksa 3 isian", "14 hari lagi")]
    assert tasks(small.person(story, "R", BULUNGAN), small.FORMS_IN) == [("3 isian menunggu verifikator", "14 hari lagi")]


def test_a_regency_is_asked_for_its_ranking_while_the_selection_is_open():
    story = small.play_small(small.NOMINATIONS_OPEN)

    assert tasks(small.person(story, "R", BULUNGAN), small.NOMINATIONS_OPEN) == [
        ("Tetapkan peringkat Kabupaten Bulungan", "Sampai 10 Mei 2024")
    ]


def test_the_leader_is_asked_only_at_the_decision_and_sees_no_count_before():
    story = small.play_small(small.VISIT_FROZEN)
    assert tasks(story.leader, at("2024-06-22 09.00")) == []
    assert home_of(story.leader, now=at("2024-06-22 09.00")).late is None


def test_the_leader_is_asked_for_the_approval_once_titles_are_given():
    story = small.play_small(small.TITLES_GIVEN)

    assert tasks(story.leader, at("2024-06-26 09.00")) == [("Setujui hasil", "")]


def test_when_nothing_waits_the_desk_says_what_comes_and_when():
    small.play_small(small.FORMS_IN)
    juror = create_user("juri-lagi", "Juri Lagi", roles=[("J", "65")])

    home = home_of(juror, now=small.FORMS_IN)

    assert (home.tasks, home.coming) == (
        [], ["PKU Kalimantan Utara 2024: tahap Presentasi dibuka 4 Juni 2024, 08.00 WITA; lembar penilaian Anda."],
    )  # fmt: skip


def test_an_administrator_sees_the_servers_numbers_and_no_edition_of_another_region():
    small.play_small(small.FORMS_IN)
    admin = create_user("admin-64", "Admin", roles=[("T", "64")])

    home = home_of(admin, now=small.FORMS_IN)

    assert (home.tasks, home.first, home.sheets, home.late) == ([], None, [], None)
    assert home.server.n_users > 0


def test_the_journals_badge_tells_the_last_verdict_and_its_time(client, monkeypatch):
    story = small.play_small(small.FORMS_IN)
    monkeypatch.setattr(clock, "now", lambda: small.FORMS_IN)
    client.force_login(story.bureau[0])

    before = client.get("/meja/").content.decode()
    check_edition(story.edition, now=small.FORMS_IN)
    whole = client.get("/meja/").content.decode()
    Answer.objects.update(values={"layanan": "99"})
    unseen = client.get("/meja/").content.decode()
    check_edition(story.edition, now=small.FORMS_IN)
    broken = client.get("/meja/").content.decode()

    assert "Belum diperiksa" in before
    assert "Utuh" in whole and "5 April 2024, 15.30 WITA" in whole
    assert "Utuh" in unseen  # nobody has looked since: the time says so
    assert "Rusak" in broken and "Utuh" not in broken


# finding a kecamatan


def search(client, user, text):
    client.force_login(user)
    return client.get("/meja/cari/", {"q": text}).content.decode()


def test_a_kecamatan_is_found_with_its_regency_and_only_with_links_that_open(client, monkeypatch):
    story = small.play_small(small.VISIT_FROZEN)
    monkeypatch.setattr(clock, "now", lambda: small.VISIT_FROZEN)

    of_bureau = search(client, story.bureau[0], "tanjung palas")
    of_neighbour = search(client, small.person(story, "V", small.TARAKAN), "tanjung palas")

    assert "Kabupaten Bulungan" in of_bureau and "Mengapa tempat ini, Tinjau lapang" in of_bureau
    assert "Kabupaten Bulungan" in of_neighbour and "Mengapa tempat ini" not in of_neighbour
    assert "· Pengisian" in of_neighbour and "· Tinjau lapang" not in of_neighbour


def test_a_search_finds_nothing_of_another_province_and_says_so(client):
    small.play_small(small.FORMS_IN)

    html = search(client, small.other_bureau(), "peso <b>")

    assert "Tidak ditemukan" in html and "<b>&quot;" not in html and "peso &lt;b&gt;" in html


def test_desk_and_search_ask_a_fixed_number_of_questions_in_a_province(
    client, jatim_2022, django_assert_max_num_queries
):
    bureau = create_user("biro-hitung", "Biro Hitung", roles=[("B", "35")])
    client.force_login(bureau)
    client.get("/meja/")

    with django_assert_max_num_queries(50):  # five hold dates, locks and closing of all editions
        client.get("/meja/")
    with django_assert_max_num_queries(22):  # nine hold dates and names of all editions
        assert client.get("/meja/cari/", {"q": "kota"}).content.decode().count("<tr>") == 21
