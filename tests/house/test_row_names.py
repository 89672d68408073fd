"""The name of a row says what and of whom it is, never what it holds: a page or a refusal may print it to anybody."""

import ast

from tests.house.project import SOURCE, files, place, tree

# Fields that hold what a reader may not know yet: marks, findings, answers, choices, votes, titles, seeds.
CONTENT = {
    "about", "accepted", "agrees", "answer", "decision", "declined_reason", "is_declining", "n_through", "note", "place",
    "points", "reason", "seed", "text", "total", "value", "values", "verdict", "voided_reason", "way",
}  # fmt: skip


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
