"""The page on edition files keeps up with the code: every key is explained, its example can be used."""

import re
from pathlib import Path

from sp2k.editions.checks import check_edition
from sp2k.editions.checks.stages import KINDS
from sp2k.editions.decree import FACTS, KEYS
from sp2k.editions.file import ACTS, DISCLOSURES, EDITION_KEYS, STAGE_KEYS, read_edition
from tests.editions.test_checks import instruments, parts_of, regions

PAGE = (Path(__file__).parents[2] / "docs" / "methods" / "berkas-edisi.md").read_text(encoding="utf-8")


def test_every_key_stands_on_the_page():
    words = {*EDITION_KEYS, *STAGE_KEYS, *ACTS, *DISCLOSURES, *KINDS}

    assert {word for word in (*words, *KEYS) if f"`{word}`" not in PAGE} == set()
    assert {fact for fact in FACTS if f"`{{{fact}}}`" not in PAGE} == set()


def test_the_table_of_kinds_is_the_one_the_check_uses():
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (.+) \| (.+) \|$", PAGE, flags=re.MULTILINE)

    told = {kind: (source, keys(needs), keys(may)) for kind, source, needs, may in rows}
    assert told == {kind: (rule.source, rule.needs, rule.may) for kind, rule in KINDS.items()}


def test_the_example_can_be_used():
    example = re.search(r"^```yaml\n(.+?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)[1]

    edition = read_edition(example, name="contoh.yaml")

    assert check_edition(edition, instruments=instruments(), region=parts_of(regions(), "35.10")) == []


def keys(cell):
    return tuple(re.findall(r"`(\w+)`", cell))
