"""Pages of an edition, its calendar and its approvals do not print a column that was changed behind the acts."""

import pytest
from django.urls import reverse

from sp2k.base import clock
from sp2k.editions.models import Edition
from sp2k.journal.actions import open_chain
from sp2k.journal.models import Line
from tests.hostile.insider.test_pages import refused, shown
from tests.hostile.insider.test_sealed_things import sql
from tests.story import small
from tests.story.small import BULUNGAN, at

pytestmark = pytest.mark.django_db

CODE = "kaltara-2024-uji"
EDITION, RULES, CALENDAR, FILE, YESES = (
    reverse(f"editions:{name}", args=[CODE]) for name in ("edition", "rules", "calendar", "calendar-file", "approvals")
)
OTHER_TIME = "waktunya tidak sama dengan yang dicatat jurnal"
FORGED = "PALSU"


@pytest.fixture
def story(monkeypatch):
    told = small.play_small()
    monkeypatch.setattr(clock, "now", lambda: at("2024-07-11 09.00"))
    return told


def line(type: str) -> int:
    return Line.objects.filter(type=type).order_by("seq").last().seq


@pytest.mark.parametrize(
    ("change", "paths", "what", "rests_on"),
    [
        ("editions_stage SET closes_at = '2031-03-04 05:06' WHERE code = 'presentasi'", [CALENDAR, FILE, EDITION, RULES],
         "Tanggal Presentasi: tidak sama dengan yang dicatat jurnal", "rules.lock"),
        ("editions_stage SET locked_at = '2021-03-04 05:06' WHERE code = 'isian'", [CALENDAR, FILE, EDITION],
         f"Kunci tahap Pengisian: {OTHER_TIME}", None),
        (f"editions_edition SET name = '{FORGED}'", [EDITION, RULES, CALENDAR],
         f"Nama dan penyelenggara edisi {CODE}: tidak lagi sama dengan aturan yang dikunci", "rules.lock"),
        (f"editions_edition SET short_name = '{FORGED}'", [EDITION, RULES, CALENDAR],
         f"Nama dan penyelenggara edisi {CODE}: tidak lagi sama dengan aturan yang dikunci", "rules.lock"),
        (f"editions_edition SET organiser = '{FORGED}'", [EDITION, RULES],
         f"Nama dan penyelenggara edisi {CODE}: tidak lagi sama dengan aturan yang dikunci", "rules.lock"),
    ],
)  # fmt: skip
def test_what_was_changed_of_an_edition_is_shown_to_no_visitor(story, change, paths, what, rests_on):
    assert {shown(None, path)[0] for path in paths} == {200}

    sql(f"UPDATE {change}")

    sentence = f"{what} (baris jurnal {line(rests_on)})." if rests_on else what
    assert [refused(None, path, sentence) for path in paths] == [True] * len(paths)
    assert not any(forged in shown(None, path)[1] for path in paths for forged in (FORGED, "2021", "2031"))


@pytest.fixture
def running(monkeypatch):
    told = small.play_small(small.SHEETS_IN)
    monkeypatch.setattr(clock, "now", lambda: small.SHEETS_IN)
    return told


CLOSED = f"UPDATE editions_edition SET abandoned_at = '2021-03-04 05:06', abandoned_reason = '{FORGED}'"


def test_an_edition_that_nobody_closed_is_not_shown_as_closed(running):
    assert [shown(None, path)[0] for path in (EDITION, CALENDAR)] == [200, 200]

    sql(CLOSED)

    what = "Penutupan PKU Kalimantan Utara 2024 tanpa hasil: tidak ada baris jurnal yang mencatatnya."
    assert [refused(None, path, what) for path in (EDITION, CALENDAR)] == [True, True]
    assert not any(forged in shown(None, path)[1] for path in (EDITION, CALENDAR) for forged in (FORGED, "2021"))


def test_the_list_of_editions_names_a_changed_one_by_its_code_and_shows_nothing_of_it(running):
    path, told = reverse("editions:editions"), "Yang tersimpan tidak lagi sama dengan yang dicatat jurnal"
    before = shown(None, path)
    assert (before[0], "PKU Kalimantan Utara 2024" in before[1], told in before[1]) == (200, True, False)

    sql(f"UPDATE editions_edition SET organiser = '{FORGED}', short_name = '{FORGED}'")
    at_work = shown(None, path)
    sql(CLOSED)
    closed = shown(None, path)

    for status, page in (at_work, closed):
        assert (status, CODE in page, told in page, FORGED in page, "2021" in page) == (200, True, True, False, False)


def test_a_paper_in_the_place_of_a_yes_is_not_shown_with_another_number(story):
    path, bureau = YESES, story.bureau[0]
    assert shown(bureau, path)[0] == 200

    sql(f"UPDATE editions_approval SET paper_number = '{FORGED}', paper_date = '2021-03-04' WHERE act = 'hasil'")

    assert refused(bureau, path, f"Persetujuan hasil oleh {story.leader.name}: tidak ada baris jurnal yang mencatatnya.")
    assert FORGED not in shown(bureau, path)[1]


DECISION, DECISIONS = reverse("publication:decision", args=[CODE]), reverse("publication:decisions")
STAGE, SHEETS = ("results:stage", CODE), ("judging:stage-sheets", CODE)


def page_of(name, stage):
    return reverse(name[0], args=[name[1], stage])


def test_the_page_of_a_stage_shows_neither_another_lock_nor_another_time_of_its_count(story):
    bureau, path = story.bureau[0], page_of(STAGE, "presentasi")
    assert shown(bureau, path)[0] == 200

    sql("UPDATE results_frozentally SET frozen_at = '2021-03-04 05:06' WHERE scope = ''")
    counted = refused(bureau, path, "Hitungan beku tahap Presentasi: isinya tidak lagi sama dengan yang dicatat jurnal")
    sql("UPDATE editions_stage SET locked_at = '2021-03-04 05:06' WHERE code = 'presentasi'")
    locked = refused(bureau, path, f"Kunci tahap Presentasi: {OTHER_TIME} (baris jurnal ")

    assert (counted, locked, "2021" in shown(bureau, path)[1]) == (True, True, False)


def test_the_desk_names_a_changed_edition_by_its_code_and_shows_no_date_of_it(running):
    bureau, path, told = running.bureau[0], reverse("desk:home"), "Yang tersimpan tidak lagi sama dengan yang dicatat jurnal"
    before = shown(bureau, path)
    assert (before[0], "PKU Kalimantan Utara 2024" in before[1], told in before[1]) == (200, True, False)

    sql("UPDATE editions_stage SET closes_at = '2031-03-04 05:06' WHERE code = 'presentasi'")

    status, page = shown(bureau, path)
    assert (status, f">{CODE}</a>" in page, told in page, "2031" in page) == (200, True, True, False)
    assert "PKU Kalimantan Utara 2024" not in page


def test_a_seat_is_not_shown_with_another_institution(story):
    bureau, panel = story.bureau[0], page_of(("judging:panel", CODE), "presentasi")
    roster, sheets = page_of(("judging:roster", CODE), "presentasi"), page_of(SHEETS, "presentasi")
    assert [shown(bureau, path)[0] for path in (panel, roster, sheets)] == [200, 200, 200]

    sql(f"UPDATE judging_seat SET institution = '{FORGED}' WHERE code = 'akademisi'")

    sentence = "Kursi juri tahap Presentasi: isinya tidak lagi sama dengan yang dicatat jurnal"
    assert [refused(bureau, path, sentence) for path in (panel, roster, sheets)] == [True, True, True]
    assert not any(FORGED in shown(bureau, path)[1] for path in (panel, roster, sheets))


def test_the_list_of_decisions_does_not_show_a_changed_number(story):
    bureau, told = story.bureau[0], "Yang tersimpan tidak lagi sama dengan yang dicatat jurnal"
    before = shown(bureau, DECISIONS)
    assert (before[0], "188.44/K.1/2024" in before[1], told in before[1]) == (200, True, False)

    sql(f"UPDATE publication_decree SET number = '188/{FORGED}'")

    status, page = shown(bureau, DECISIONS)
    assert (status, told in page, FORGED in page) == (200, True, False)
    assert refused(bureau, DECISION, "Keputusan PKU Kalimantan Utara 2024: isinya tidak lagi sama dengan yang dicatat jurnal")
    assert FORGED not in shown(bureau, DECISION)[1]


def test_the_reason_of_a_regency_that_takes_no_part_is_not_shown_as_changed(story):
    bureau, selection = story.bureau[0], reverse("results:regencies", args=[CODE, "seleksi"])
    assert [shown(bureau, path)[0] for path in (selection, DECISION)] == [200, 200]

    sql(
        f"UPDATE results_nomination SET declined_reason = '{FORGED}', participation_id = NULL, minutes_id = NULL "
        f"WHERE regency_id = '{BULUNGAN}'"
    )

    sentence = "Jawaban Kabupaten Bulungan: isinya tidak lagi sama dengan yang dicatat jurnal"
    assert [refused(bureau, path, sentence) for path in (selection, DECISION)] == [True, True]
    assert not any(FORGED in shown(bureau, path)[1] for path in (selection, DECISION))


NOT_SHOWN = "jadi tidak ditampilkan sebelum pengawas memeriksanya"


def test_the_public_result_does_not_print_a_changed_name(story):
    pages = [reverse(f"publication:{name}", args=[CODE]) for name in ("result", "participants")]
    pages.append(reverse("publication:stage", args=[CODE, "presentasi"]))
    assert [shown(None, path)[0] for path in pages] == [200, 200, 200]

    sql(f"UPDATE editions_edition SET name = '{FORGED}', short_name = '{FORGED}', organiser = '{FORGED}'")

    assert [shown(None, path)[0] for path in pages] == [422, 422, 422]
    assert not any(FORGED in shown(None, path)[1] for path in pages)


def test_the_list_of_results_names_a_changed_edition_by_its_code(story):
    Edition.objects.create(
        **{field.attname: getattr(story.edition, field.attname) for field in Edition._meta.concrete_fields
           if field.attname not in {"id", "code", "chain_id", "published_at"}},
        code="kaltara-2025-uji", chain=open_chain("kaltara-2025-uji", {}, zone=story.edition.zone),
        published_at=story.edition.published_at,
    )  # fmt: skip

    status, page = shown(None, reverse("publication:home"))

    assert (status, "kaltara-2025-uji</a>: Yang tersimpan tidak lagi sama" in page, NOT_SHOWN in page) == (200, True, True)


def test_what_waits_for_a_yes_is_not_shown_of_a_changed_edition(monkeypatch):
    told = small.play_small(until=small.TITLES_GIVEN)
    monkeypatch.setattr(clock, "now", lambda: small.TITLES_GIVEN)
    path = reverse("editions:waiting")
    assert "Baca dan putuskan" in shown(told.leader, path)[1]

    sql(f"UPDATE editions_edition SET name = '{FORGED}', short_name = '{FORGED}'")
    status, page = shown(told.leader, path)

    assert (status, NOT_SHOWN in page, FORGED in page, "Baca dan putuskan" in page) == (200, True, False, False)
