"""Everything small enough to be read: files, functions, templates, folders."""

import ast

from tests.house.project import SOURCE, TESTS, files, is_migration, is_vendored, place, tree

FILE_LINES = 400
FUNCTION_LINES = 50
TEMPLATE_LINES = 150
MODULES_IN_A_FOLDER = 12


def lines(path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def ours(*suffixes):
    return [
        path
        for room in (SOURCE, TESTS)
        for path in files(*suffixes, under=room)
        if not is_vendored(path) and not is_migration(path)
    ]


def test_no_file_is_longer_than_four_hundred_lines():
    too_long = {place(path): lines(path) for path in ours(".py", ".html", ".js", ".css") if lines(path) > FILE_LINES}

    assert too_long == {}


def test_no_template_is_longer_than_one_hundred_and_fifty_lines():
    too_long = {place(path): lines(path) for path in ours(".html") if lines(path) > TEMPLATE_LINES}

    assert too_long == {}


def test_no_function_is_longer_than_fifty_lines():
    too_long = {
        place(path, node.lineno): node.end_lineno - node.lineno + 1
        for path in ours(".py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno - node.lineno + 1 > FUNCTION_LINES
    }

    assert too_long == {}


def test_no_folder_holds_more_than_twelve_modules():
    modules = {}
    for path in ours(".py"):
        if path.name != "__init__.py":
            modules.setdefault(path.parent, []).append(path.name)

    assert {place(folder): len(names) for folder, names in modules.items() if len(names) > MODULES_IN_A_FOLDER} == {}
