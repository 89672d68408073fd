"""No line is silent: each type is opened, or stands with its reason in the one list of those that seal nothing."""

import ast
from pathlib import Path

import sp2k
from sp2k.journal.line_types import LINE_TYPES, TELLS_ONLY

ROOT = Path(sp2k.__file__).parent
OPENERS = [
    *ROOT.glob("*/opening.py"), *ROOT.glob("*/opening/*.py"), *ROOT.glob("*/queries/opening.py"),
    *ROOT.glob("publication/checking/*.py"), ROOT / "entries/queries/innovations.py", ROOT / "results/frozen.py",
]  # fmt: skip


def opened() -> set[str]:
    """The types that the openers name. The status of an edition only counts them, and who could write one opens no row."""
    texts = [path.read_text("utf-8") for path in OPENERS if path.name not in {"status.py", "page.py", "rights.py"}]
    found = (node.value for text in texts for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant))
    return {value for value in found if isinstance(value, str) and value in LINE_TYPES}


def test_each_type_is_opened_or_named_with_the_reason_why_not():
    assert sorted(LINE_TYPES - opened() - TELLS_ONLY.keys()) == []


def test_the_list_of_those_that_seal_nothing_is_true_and_short():
    assert sorted(opened() & TELLS_ONLY.keys()) == []
    assert sorted(TELLS_ONLY.keys() - LINE_TYPES) == []
    assert all(reason.strip() for reason in TELLS_ONLY.values()) and len(TELLS_ONLY) <= 18
