"""The worked example of docs/methods/hitung.md, counted again from the page itself."""

import re
from pathlib import Path

import pytest

from sp2k.base.exactyaml import load
from sp2k.tally.count import count
from sp2k.tally.sheets import STATES, MarkLines
from sp2k.tally.stage_rules import RulesError, read_stage_rules
from sp2k.tally.tables import places_lines
from sp2k.tally.trace import trace_lines
from tests.tally.counting.contest import rules_data

PAGE = (Path(__file__).parents[3] / "docs" / "methods" / "hitung.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    return re.search(rf"^```{re.escape(name)}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE).group(1)


def counted():
    rules = read_stage_rules(load(block("yaml"), name="hitung.md"))
    return count(rules, MarkLines(block("csv").splitlines(keepends=True)))


def test_the_page_shows_the_places_that_its_rules_and_sheets_give():
    assert "".join(places_lines(counted())) == block("places.csv")


def test_the_page_shows_one_entry_s_way_line_by_line():
    title, *_ = lines = [line for line in trace_lines(counted()) if not line.startswith("#")]

    assert title + "".join(line for line in lines if line.startswith("35.79.02,")) == block("jejak.csv")


def test_the_page_names_every_state_of_a_mark_and_every_key_of_a_rules_file():
    with pytest.raises(RulesError) as error:
        read_stage_rules(rules_data(kunci_asing=1))
    keys = error.value.sentence.partition("yang dikenal: ")[2].rstrip(".").split(", ")

    assert len(keys) == 22
    assert [word for word in [*STATES, *keys] if f"`{word}`" not in PAGE] == []
