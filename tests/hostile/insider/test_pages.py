"""A page does not show what was changed behind the acts: it says which thing, and whose, and shows nothing else."""

import pytest
from django.urls import reverse

from sp2k.base import clock
from sp2k.judging.models import Sheet
from tests.hostile.insider.test_sealed_things import sql
from tests.hostile.knocking import client_of
from tests.story import small
from tests.story.small import BULUNGAN, FIRST, at, duty, entry, holder, person

pytestmark = pytest.mark.django_db

FORM, SHEETS = ("kaltara-2024-uji", "isian", FIRST), ("kaltara-2024-uji", "presentasi")


@pytest.fixture
def story(monkeypatch):
    told = small.play_small()
    monkeypatch.setattr(clock, "now", lambda: at("2024-07-11 09.00"))
    return told


def shown(user, path):
    response = client_of(user).get(path)
    return response.status_code, response.content.decode()


def refused(user, path, sentence) -> bool:
    status, page = shown(user, path)
    return (status, sentence in page, "tidak ditampilkan sebelum pengawas memeriksanya" in page) == (422, True, True)


CHANGED_SHEET = "Kecamatan Tanjung Palas, Kabupaten Bulungan, revisi 1: isinya tidak lagi sama dengan yang dicatat jurnal"


def test_a_juror_reads_that_the_own_sheet_was_changed_and_not_the_changed_mark(story):
    own = duty(story, FIRST, "akademisi")
    path, juror = reverse("judging:sheet", args=[own.pk]), holder(story, "akademisi")
    assert shown(juror, path)[0] == 200

    sql(f"UPDATE judging_mark SET value = 11.25 WHERE sheet_id = {Sheet.objects.get(assignment=own).pk} AND indicator = 'K1'")

    assert refused(juror, path, CHANGED_SHEET)
    assert "11,25" not in shown(juror, path)[1]


def test_the_list_of_sheets_is_not_shown_with_a_changed_one(story):
    path, bureau = reverse("judging:stage-sheets", args=SHEETS), story.bureau[0]
    assert shown(bureau, path)[0] == 200

    sql(f"UPDATE judging_sheet SET note = 'Catatan palsu.' WHERE assignment_id = {duty(story, FIRST, 'akademisi').pk}")

    assert refused(bureau, path, CHANGED_SHEET)
    assert "Catatan palsu." not in shown(bureau, path)[1]


def test_a_changed_answer_is_shown_to_nobody(story):
    camat, verifier = person(story, "C", BULUNGAN), person(story, "V", BULUNGAN)
    juror, judged = holder(story, "akademisi"), reverse("judging:entry-form", args=[entry(story, "presentasi", FIRST).pk])
    pages = [(camat, reverse("entries:form", args=FORM)), (verifier, reverse("entries:decide", args=FORM)), (juror, judged)]
    assert [shown(user, path)[0] for user, path in pages] == [200, 200, 200]

    sql("UPDATE entries_answer SET \"values\" = '{\"a\": \"0\"}'")

    sentence = "Isian Kecamatan Tanjung Palas, Kabupaten Bulungan, revisi 1: isinya tidak lagi sama dengan yang dicatat"
    assert [refused(user, path, sentence) for user, path in pages] == [True, True, True]


def test_changed_points_after_verification_are_shown_to_nobody(story):
    path, camat = reverse("entries:form", args=FORM), person(story, "C", BULUNGAN)

    sql("UPDATE entries_finding SET points = '1'")

    assert refused(camat, path, "Putusan verifikasi (diterima) atas isian Kecamatan Tanjung Palas, Kabupaten Bulungan")


DECISION, RESULT = ("publication:decision", "kaltara-2024-uji"), ("publication:result", "kaltara-2024-uji")
OTHER = "isinya tidak lagi sama dengan yang dicatat jurnal"


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        ("results_award SET title = 'Juara Harapan'", DECISION, "Gelar PKU Kalimantan Utara 2024"),
        ("publication_decree SET number = '188/PALSU'", DECISION, "Keputusan PKU Kalimantan Utara 2024"),
        ("publication_decree SET number = '188/PALSU'", RESULT, "Keputusan PKU Kalimantan Utara 2024"),
    ],
)
def test_titles_and_decree_are_not_shown_as_changed(story, change, where, what):
    leader = story.leader if where == DECISION else None
    path = reverse(where[0], args=where[1:])
    assert shown(leader, path)[0] == 200

    sql(f"UPDATE {change}")

    assert refused(leader, path, f"{what}: {OTHER}")


def test_a_changed_answer_of_a_regency_is_shown_neither_to_it_nor_to_the_public(story):
    own = reverse("results:regency", args=["kaltara-2024-uji", "seleksi", BULUNGAN])
    regency, public = person(story, "R", BULUNGAN), reverse(RESULT[0], args=RESULT[1:])
    assert [shown(regency, own)[0], shown(None, public)[0]] == [200, 200]

    sql("UPDATE results_nomination SET bureau_reason = 'Palsu', is_by_bureau = 1")

    assert refused(regency, own, f"Jawaban Kabupaten Bulungan: {OTHER}")
    assert refused(None, public, f"Jawaban Kabupaten Bulungan: {OTHER}")
