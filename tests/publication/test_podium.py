"""The podium for one, three, five, seven and ten titles; heights are places, so a shared place is a shared height."""

import re

import pytest
from django.template.loader import render_to_string

from tests.publication.made_up import result, row


def page(*rows):
    published = result(*rows)
    return render_to_string(
        "publication/result.html", {"result": published, "edition": published.edition, "rows": rows}
    )


def titled(*places):
    return [row(place, name=f"Taman {n}", title=f"Gelar {n}") for n, place in enumerate(places, start=1)]


@pytest.mark.parametrize(("n", "on_podium", "beside"), [(1, 1, 0), (3, 3, 0), (5, 5, 0), (7, 7, 0), (10, 5, 5)])
def test_every_title_stands_on_the_page_once_on_the_podium_or_beside_it(n, on_podium, beside):
    html = page(*titled(*range(1, n + 1)))

    podium, further = html.partition('<ol class="further"')[::2]
    assert len(re.findall(r'<li class="p\d+ o\d+">', podium)) == on_podium
    assert further.partition("</ol>")[0].count("<li>") == beside
    assert re.findall(r'<p class="title">(Gelar \d+)</p>', html) == [f"Gelar {k}" for k in range(1, n + 1)]


def test_those_who_share_a_place_stand_equally_high():
    html = page(*titled(1, 2, 2, 4))

    assert re.findall(r'<li class="(p\d+ o\d+)">', html) == ["p1 o1", "p2 o2", "p2 o3", "p4 o4"]


def test_a_name_with_markup_is_shown_as_it_is_written():
    html = page(row(1, name="<script>alert(1)</script>", title="Juara I"))

    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_a_picture_takes_the_short_title_and_the_table_the_full_one():
    html = page(row(1, title="Juara Harapan I", short_title="Harapan I"))

    podium, table = html.partition("<table")[::2]
    assert re.findall(r'<p class="title">([^<]+)</p>', podium) == ["Harapan I"]
    assert re.findall(r'<td class="corner">([^<]+)</td>', table) == ["Juara Harapan I"]
