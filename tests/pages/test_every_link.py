"""Whoever clicks through the demonstration meets no dead link, no fault, and no page that asks the database row by row."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sp2k.accounts.models import User
from tests.pages.crawl import crawled
from tests.pages.people import USERNAMES

MOST_QUERIES = 80  # at 38 regencies, 666 kecamatan, 76,000 answers an edition: a query a row would be hundreds


@pytest.fixture(params=USERNAMES)
def visits(request, demonstration, db):
    return crawled(request.param)


@pytest.mark.slow
def test_every_link_leads_to_a_page_that_answers(visits):
    broken = [(visit.path, visit.status, visit.came_from) for visit in visits if visit.status not in {200, 301, 302}]

    assert broken == []
    assert len(visits) >= 3


@pytest.mark.slow
def test_no_page_asks_the_database_once_a_row(visits):
    client, asked = Client(), {}
    client.force_login(User.objects.get(username=visits[0].username))
    for visit in visits:
        if visit.is_page and visit.status == 200:
            with CaptureQueriesContext(connection) as queries:
                client.get(visit.path)
            asked[visit.path] = len(queries)

    assert {path: n for path, n in asked.items() if n > MOST_QUERIES} == {}
