"""An entry is printed under the names it entered with; a region may have been renamed since (decision 0019)."""

import re

from tests.house.project import SOURCE, files, place

TODAYS_NAME = re.compile(r"entry\.region\.(?:parent\.)?(?:name|full_name)\b|entry__region__(?:parent__)?name\b")


def lines_with_todays_name(text: str) -> list[int]:
    return [n for n, line in enumerate(text.splitlines(), start=1) if TODAYS_NAME.search(line)]


def test_no_page_or_document_prints_todays_name_of_an_entrys_region():
    found = [
        place(path, line)
        for path in files(".py", ".html", under=SOURCE)
        for line in lines_with_todays_name(path.read_text("utf-8"))
    ]

    assert found == []


def test_the_search_finds_each_way():
    text = "{{ row.entry.region.name }}\nentry.region.parent.name\nF('entry__region__name')\nentry.name\nentry.region.code\n"

    assert lines_with_todays_name(text) == [1, 2, 3]
