"""Rooms have names that say what is in them, and imports stand where a reader looks for them."""

import ast
import re
import sys

from tests.house.project import SOURCE, files, is_migration, place, tree

WITHOUT_MEANING = {"utils", "helpers", "services", "signals", "common", "misc", "util", "helper"}
# Reads XLSX with entity bombs and turns text into formulas: base/xlsx reads, xlsxwriter writes.
REFUSED_PACKAGES = {"openpyxl"}
# Of `math`, only what takes and gives whole numbers.
WHOLE_NUMBER_MATH = {"gcd", "lcm", "isqrt", "comb", "perm", "factorial", "prod"}
NOT_FOR_THE_COUNT = {
    "cmath", "datetime", "io", "os", "pathlib", "random", "secrets", "shutil", "socket", "statistics", "subprocess",
    "tempfile", "time",
}  # fmt: skip


def imports(node: ast.AST) -> list[tuple[int, str]]:
    """Return (line, dotted module) of every import below `node`."""
    found = []
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            found += [(child.lineno, alias.name) for alias in child.names]
        elif isinstance(child, ast.ImportFrom):
            found.append((child.lineno, "." * child.level + (child.module or "")))
    return found


def test_no_module_or_folder_has_a_name_without_meaning():
    nameless = [
        place(path)
        for path in files(".py", under=SOURCE)
        if WITHOUT_MEANING & {path.stem, *path.relative_to(SOURCE).parts[:-1]}
    ]

    assert nameless == []


def test_nothing_of_ours_is_imported_inside_a_function():
    hidden = [
        f"{place(path, line)} {module}"
        for path in files(".py", under=SOURCE)
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for line, module in imports(function)
        if module.startswith((".", "sp2k"))
    ]

    assert hidden == []


def test_no_refused_package_is_imported():
    refused = [
        f"{place(path, line)} {module}"
        for path in files(".py", under=SOURCE)
        for line, module in imports(tree(path))
        if module.split(".")[0] in REFUSED_PACKAGES
    ]

    assert refused == []


def test_signals_are_not_used():
    signals = [
        f"{place(path, line)} {module}"
        for path in files(".py", under=SOURCE)
        if not is_migration(path)
        for line, module in imports(tree(path))
        if module in {"django.dispatch", "django.db.models.signals"}
    ]

    assert signals == []


def test_the_count_imports_nothing_but_the_standard_library():
    foreign = [
        f"{place(path, line)} {module}"
        for path in files(".py", under=SOURCE / "tally")
        for line, module in imports(tree(path))
        if module.split(".")[0] not in sys.stdlib_module_names
        and module.split(".")[:2] != ["sp2k", "tally"]
        and not module.startswith(".")
    ]

    assert foreign == []


def inexact(path) -> list[str]:
    """Return the places of a file where a number could become inexact, or a clock, a die or a file comes in."""
    found = []
    for node in ast.walk(tree(path)):
        match node:
            case ast.Constant(value=float() | complex()):
                found.append(f"{place(path, node.lineno)} {node.value}")
            case ast.Name(id="float" | "complex" | "open"):
                found.append(f"{place(path, node.lineno)} {node.id}")
            case ast.Attribute(attr="from_float" | "__float__" | "__truediv__"):
                found.append(f"{place(path, node.lineno)} {node.attr}")
            case ast.ImportFrom(module="math"):
                names = {alias.name for alias in node.names} - WHOLE_NUMBER_MATH
                found += [f"{place(path, node.lineno)} math.{name}" for name in sorted(names)]
            case ast.Import():
                names = {alias.name.split(".")[0] for alias in node.names} & (NOT_FOR_THE_COUNT | {"math"})
                found += [f"{place(path, node.lineno)} {name}" for name in sorted(names)]
            case ast.ImportFrom() if (node.module or "").split(".")[0] in NOT_FOR_THE_COUNT:
                found.append(f"{place(path, node.lineno)} {node.module}")
    return found


def test_the_count_knows_no_float_no_clock_no_die_and_no_file():
    assert [line for path in files(".py", under=SOURCE / "tally") for line in inexact(path)] == []


def test_the_search_for_floats_finds_each_way_in(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.house.project.ROOT", tmp_path)
    planted = tmp_path / "planted.py"
    planted.write_text("import math\nfrom math import sqrt, gcd\nimport time\nx = 0.5\ny = float('1')\nopen('z')\n")

    found = inexact(planted)

    assert found == [
        "planted.py:1 math",
        "planted.py:2 math.sqrt",
        "planted.py:3 time",
        "planted.py:4 0.5",
        "planted.py:5 float",
        "planted.py:6 open",
    ]


OF_EDITIONS = ("editions", "entries", "judging", "results", "publication", "desk")
# Whose acts are told when nothing of an edition is asked, and the foot of a page of an edition that is no sample.
OF_NO_EDITION = {"desk/record/views.py", "desk/context.py"}


def test_what_acts_on_an_edition_asks_the_clock_of_that_edition():
    asking = {
        str(path.relative_to(SOURCE))
        for app in OF_EDITIONS
        for path in (SOURCE / app).rglob("*.py")
        if re.search(r"\bclock\.now\(\)|timezone\.now\(\)", path.read_text("utf-8"))
    }

    assert sorted(asking - OF_NO_EDITION) == []
