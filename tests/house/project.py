"""The files of the project, as the house tests read them."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "sp2k"
TESTS = ROOT / "tests"
DOCS = ROOT / "docs"
# Folders that git ignores, as pieces of a path below the project folder.
NOT_OURS = {
    ".git", ".venv", ".venv-bench", "__pycache__", "data", "static-root", "build", "node_modules", "sp2k.egg-info",
}  # fmt: skip
CACHES = {".cache", ".hypothesis", ".import_linter_cache", ".pytest_cache", ".ruff_cache", "test-results"}


def files(*suffixes: str, under: Path = ROOT) -> list[Path]:
    """Return the project's files with one of `suffixes` (all when none is named), generated folders left out."""
    found = []
    for path in sorted(under.rglob("*")):
        parts = path.relative_to(ROOT).parts
        # `data` is ignored at the top only: an app's own data folder is ours.
        ignored = parts[0] in NOT_OURS | CACHES or set(parts) & (NOT_OURS - {"data", "build"})
        if path.is_file() and not ignored and (not suffixes or path.suffix in suffixes):
            found.append(path)
    return found


def is_vendored(path: Path) -> bool:
    """Return whether a file came from elsewhere as it is: it lies in a folder named `vendor`."""
    return "vendor" in path.relative_to(ROOT).parts


def is_migration(path: Path) -> bool:
    return "migrations" in path.relative_to(ROOT).parts


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def place(path: Path, line: int | None = None) -> str:
    """Return `folder/file.py:12`, as failure messages name a place."""
    name = path.relative_to(ROOT).as_posix()
    return f"{name}:{line}" if line else name
