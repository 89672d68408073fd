"""The worked examples of docs/methods/jenis-aturan.md, computed again from the page itself."""

import re
from pathlib import Path

import pytest

from sp2k.base.exactyaml import dump, load
from sp2k.tally.kinds import KINDS
from tests.tally.one_indicator import points_of

PAGE = (Path(__file__).parents[2] / "docs" / "methods" / "jenis-aturan.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\{.*\})` \| `(\[.*\])` \| (\S+) \|$", re.MULTILINE)


def examples() -> list:
    """Return (kind, rule, maximum, answers, evidence, points) for every row of every table of the page."""
    found = []
    for section in PAGE.split("\n## ")[1:]:
        kind = section.partition("\n")[0].strip()
        for block, table in re.findall(r"```yaml\n(.*?)```\n(.*?)(?=```yaml|\Z)", section, re.DOTALL):
            data = load(block, name="contoh")
            for answers, evidence, points in ROW.findall(table):
                rule, maximum = dump(data["aturan"]), str(data["maks"])
                given = load(answers, name="isian"), load(evidence, name="bukti")
                found.append(pytest.param(rule, maximum, *given, points, id=f"{kind}: {answers} {evidence}"))
    return found


@pytest.mark.parametrize(("rule", "maximum", "answers", "evidence", "points"), examples())
def test_the_page_says_what_the_rule_gives(rule, maximum, answers, evidence, points):
    assert points_of(rule, answers, evidence, maximum=maximum) == points


def test_the_page_explains_every_kind_with_at_least_two_examples():
    found = [param.id for param in examples()]
    counts = {kind: sum(name.startswith(f"{kind}: ") for name in found) for kind in KINDS}

    assert {kind: count for kind, count in counts.items() if count < 2} == {}


def test_no_row_of_the_page_escapes_the_test():
    assert len(examples()) == len(re.findall(r"^\| `", PAGE, re.MULTILINE))
