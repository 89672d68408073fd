"""The five import contracts hold, and each of them would notice: a violation is planted in a copy of the house."""

import re
import shutil
import subprocess
import sys

import pytest

from tests.house.project import ROOT, SOURCE

BETWEEN = "One-way street between apps"
INSIDE = "One-way street inside each app"
COUNT = "The count knows only the standard library"
ANALYSIS = "The analysis knows NumPy and SciPy and nothing of ours"
CALLERS = "Only results and instruments call them"
# (contract, file, line added to it)
PLANTED = [
    pytest.param(BETWEEN, "regions/models.py", "import sp2k.accounts", id="a lower app imports a higher one"),
    pytest.param(BETWEEN, "newroom/__init__.py", "", id="a room nobody gave a place"),
    pytest.param(INSIDE, "regions/models.py", "import sp2k.regions.forms", id="a model imports a form"),
    pytest.param(COUNT, "tally/__init__.py", "import django", id="the count imports Django"),
    pytest.param(COUNT, "tally/__init__.py", "import sp2k.base", id="the count imports a room of ours"),
    pytest.param(ANALYSIS, "analysis/__init__.py", "import sp2k.journal", id="the analysis imports a room of ours"),
    pytest.param(ANALYSIS, "analysis/__init__.py", "import django", id="the analysis imports Django"),
    pytest.param(CALLERS, "desk/__init__.py", "import sp2k.tally", id="the desk counts by itself"),
    pytest.param(CALLERS, "publication/__init__.py", "import sp2k.analysis", id="the publication analyses by itself"),
]


def broken_contracts(folder) -> list[str]:
    """Return the names of the contracts that `lint-imports` finds broken in `folder`."""
    run = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as run; run()"
    answer = subprocess.run(
        [sys.executable, "-c", run, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)
    verdicts = re.findall(r"^(.+) (KEPT|BROKEN)$", answer.stdout, flags=re.MULTILINE)
    assert {name for name, _ in verdicts} == {BETWEEN, INSIDE, COUNT, ANALYSIS, CALLERS}, answer.stdout + answer.stderr
    return [name for name, verdict in verdicts if verdict == "BROKEN"]


@pytest.fixture
def copy_of_the_house(tmp_path):
    shutil.copytree(SOURCE, tmp_path / "sp2k", ignore=lambda _, names: [n for n in names if n in {"data", "static"}])
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "sp2k/regions/forms.py").touch()
    return tmp_path


def test_the_five_contracts_hold():
    assert broken_contracts(ROOT) == []


@pytest.mark.parametrize(("contract", "module", "line"), PLANTED)
def test_a_planted_violation_breaks_its_contract(copy_of_the_house, contract, module, line):
    path = copy_of_the_house / "sp2k" / module
    path.parent.mkdir(exist_ok=True)

    with path.open("a") as file:
        file.write(f"\n{line}\n")

    assert contract in broken_contracts(copy_of_the_house)


def test_the_copy_itself_breaks_nothing(copy_of_the_house):
    assert broken_contracts(copy_of_the_house) == []
