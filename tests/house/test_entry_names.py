"""Names: an entry is printed under those it entered with (decision 0019), and the name of a row holds none of its content.

A region may have been renamed since. A page or a refusal may print the name of a row to whoever may not read the row yet.
"""

import ast
import re

from tests.house.project import SOURCE, files, place, tree

TODAYS_NAME = re.compile(r"entry\.region\.(?:parent\.)?(?:name|full_name)\b|entry__region__(?:parent__)?name\b")
# Fields that hold what a reader may not know yet: marks, findings, answers, choices, votes, titles, seeds.
CONTENT = {
    "about", "accepted", "agrees", "answer", "decision", "declined_reason", "is_declining", "n_through", "note", "place",
    "points", "reason", "seed", "text", "total", "value", "values", "verdict", "voided_reason", "way",
}  # fmt: skip


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


def contents_named(module: ast.Module) -> list[int]:
    """Return the lines on which a `__str__` reads a field of content, or its label."""
    names = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef) and node.name == "__str__"]
    read = [part for name in names for part in ast.walk(name) if isinstance(part, ast.Attribute)]
    return [part.lineno for part in read if part.attr.removeprefix("get_").removesuffix("_display") in CONTENT]


def test_no_rows_name_holds_its_content():
    models = [path for path in files(".py", under=SOURCE) if path.stem == "models" or path.parent.name == "models"]

    assert [place(path, line) for path in models for line in contents_named(tree(path))] == []


def test_the_search_finds_a_field_and_its_label():
    text = "class A:\n    def __str__(self):\n        return self.claim + self.verdict + self.get_decision_display()\n"

    assert contents_named(ast.parse(text)) == [3, 3]
