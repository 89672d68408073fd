"""What is real and what is made up is told fact by fact, with its source, and is true of the rows that are loaded."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from sp2k.base import clock
from sp2k.demo.facts.comparing import FINDERS, Verdict, compare
from sp2k.demo.facts.page import facts_page
from sp2k.demo.facts.reading import read_facts
from sp2k.demo.load import EDITIONS, STANDS_AT
from sp2k.editions.models import Edition
from sp2k.publication.queries import public_result
from tests.story.small import DECREE_ISSUED, play_small

HERE = "/nyata-dan-contoh/"


def accounts():
    facts = read_facts()
    return [facts.of_all, *facts.editions.values()]


def of_edition(code, about):
    account = read_facts().editions[code]
    return next(fact for fact in (*account.real, *account.made_up) if fact.about == about)


def verdicts(edition) -> dict[str, str]:
    account = read_facts().editions[edition.code]
    return {fact.about: compare(fact, edition).value for fact in (*account.real, *account.made_up) if fact.checks}


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_every_real_fact_names_who_reported_it_and_nothing_made_up_does():
    assert [fact.about for account in accounts() for fact in account.real if not fact.sources] == []
    assert [fact.about for account in accounts() for fact in account.made_up if fact.sources] == []


def test_how_the_winners_of_2022_are_determined_is_told_as_chosen_for_the_demonstration():
    # No report of 2022 says whether the score of the presentation counted.
    made_up = {fact.about: fact for fact in read_facts().editions["jatim-2022"].made_up}

    assert "Dipilih untuk peragaan" in made_up["Cara juara ditetapkan"].said


def test_every_source_is_used_and_the_day_it_bears_is_a_day_or_a_year():
    facts = read_facts()
    used = {source.key for account in accounts() for fact in account.real for source in fact.sources}

    assert used == {source.key for source in facts.sources}
    for source in facts.sources:
        assert not source.day or re.fullmatch(r"\d{4}(-\d{4})?", source.day) or date.fromisoformat(source.day)


def test_every_fact_is_told_in_both_languages():
    for account in accounts():
        assert bool(account.summary) == bool(account.summary_in_english)
        for fact in (*account.real, *account.made_up):
            assert fact.about and fact.said and fact.about_in_english and fact.said_in_english


def test_every_edition_of_the_demonstration_says_what_it_is():
    assert set(read_facts().editions) == set(EDITIONS)


def test_every_kind_of_comparison_is_used():
    used = {kind for account in accounts() for fact in (*account.real, *account.made_up) for kind in fact.checks}

    assert used == set(FINDERS)


def test_the_winners_called_real_are_those_of_the_published_result(jatim_2022):
    told = of_edition("jatim-2022", "Juara").checks["juara"]

    assert told == [[row.title, row.code] for row in public_result(jatim_2022).winners]


def test_every_fact_of_2022_holds_in_the_rows(jatim_2022):
    found = verdicts(jatim_2022)

    assert set(found.values()) == {"sama"}
    assert len(found) == 11


def test_of_2023_the_winners_wait_for_the_announcement_and_the_rest_holds(jatim_2023, client):
    found = verdicts(jatim_2023)

    assert {about for about, verdict in found.items() if verdict != "sama"} == {"Juara"}
    assert found["Juara"] == "belum"
    assert "Pabean Cantian" not in words(client.get(HERE))


def test_what_is_said_of_all_editions_holds_in_the_rows(demonstration, db):
    found = {fact.about: compare(fact).value for fact in read_facts().of_all.real}

    assert found == {"Wilayah": "sama", "Batas pada peta": "", "Instrumen isian": "sama"}


def test_a_date_moved_in_the_demonstration_is_told_as_moved(jatim_2022):
    stage = jatim_2022.stages.get(code="presentasi")
    stage.opens_at += timedelta(days=1)
    stage.save()

    assert compare(of_edition("jatim-2022", "Presentasi"), jatim_2022) is Verdict.CHANGED


def test_another_winner_is_told_as_another(jatim_2022):
    jatim_2022.awards.filter(position=1).update(title="Juara Umum")

    assert compare(of_edition("jatim-2022", "Juara"), jatim_2022) is Verdict.CHANGED


def test_before_the_announcement_the_page_names_no_winner_and_compares_none(jatim_2022, client):
    Edition.objects.filter(pk=jatim_2022.pk).update(published_at=None)

    [section] = [section for section in facts_page().sections if section.code == "jatim-2022"]
    rows = {row.about: row for row in section.real}

    assert (rows["Juara"].verdict, rows["Keputusan Gubernur"].verdict) == (Verdict.ABSENT, Verdict.ABSENT)
    page = words(client.get(HERE))
    assert "Rogojampi" not in page and "188/966" not in page


def test_signed_in_or_not_every_page_leads_there(client, jatim_2022):
    link = f'<a href="{HERE}">Apa yang nyata, apa yang contoh</a>'
    for address in ("/hasil/jatim-2022/", "/hasil/jatim-2022/peserta/", "/akun/masuk/", "/tidak/ada/", "/edisi/", HERE):
        assert link in client.get(address).content.decode(), address

    page = words(client.get(HERE))
    for said in ("188/966/KPTS/013/2022", "suarapubliknews.net (28 Desember 2022)", "25 dari 30 calon", "EKK Kota Batu 2023"):
        assert said in page


def test_the_page_in_english_is_in_english(client, jatim_2022):
    client.cookies["bahasa"] = "en"

    page = words(client.get(HERE))

    assert "25 of the 30 nominees" in page and "25 dari 30 calon" not in page


def test_an_edition_that_the_file_does_not_know_is_counted_among_the_made_up_without_its_name(db, client):
    story = play_small(until=DECREE_ISSUED)
    clock.start_demonstration_clock(STANDS_AT)

    page = words(client.get(HERE))

    assert "1 edisi lain dibuka di peragaan ini. Seluruh isinya contoh." in page
    assert str(story.edition) not in page


@pytest.mark.django_db
def test_a_server_without_a_demonstration_has_no_such_page(client):
    assert client.get(HERE).status_code == 404


@pytest.mark.parametrize(
    ("name", "said"), [("README.md", "25 dari 30 calon"), ("README.en.md", "25 of the 30 nominees")], ids=["id", "en"]
)
def test_the_front_page_of_the_project_says_the_same(name, said):
    text = " ".join((Path(settings.SOURCE_DIR) / name).read_text(encoding="utf-8").split())

    assert said in text and "(demo/nyata.yaml)" in text
