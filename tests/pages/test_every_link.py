"""Whoever clicks through the demonstration meets no dead link, no fault, and no page that asks the database row by row."""

import pytest

from tests.pages.crawl import address_name, crawled
from tests.pages.people import USERNAMES

MOST_QUERIES = 80  # some of them hold the page against the journal
# at 38 regencies, 666 kecamatan, 76,000 answers an edition: a query a row would be hundreds


@pytest.fixture(params=USERNAMES)
def visits(request, demonstration, db):
    return crawled(request.param)


@pytest.mark.slow
def test_every_link_leads_to_a_page_that_answers(visits):
    broken = [(visit.path, visit.status, visit.came_from) for visit in visits if visit.status not in {200, 301, 302}]

    assert broken == []
    assert len(visits) >= 20


@pytest.mark.slow
def test_every_page_is_looked_at_of_which_a_link_was_met(visits):
    met = {address_name(link) for visit in visits for link in visit.links}

    assert met - {visit.name for visit in visits} == set()


@pytest.mark.slow
def test_no_page_asks_the_database_once_a_row(visits):
    assert {visit.path: visit.queries for visit in visits if visit.queries > MOST_QUERIES} == {}
