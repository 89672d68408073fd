"""What stands under "nyata" follows from the copy of its sources in demo/sumber, value by value and name by name."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

import pytest

from sp2k.base.exactyaml import load
from sp2k.base.wording import MONTHS
from sp2k.demo.facts.reading import Fact, read_facts
from sp2k.demo.targets import FOLDER

SOURCES = FOLDER / "sumber"
OURS = {"tahap", "seleksi", "instrumen", "kode"}  # keys of a comparison that name our rows and say nothing of them
# What a sentence says besides names and numbers of its source: a province or a country that is meant, and words of its own.
OWN_WORDS = {"Jawa", "Timur", "Sumedang", "Kabupaten", "Provinsi", "Juara"}


def editions() -> dict[str, Mapping]:
    told = load((SOURCES / "editions.yaml").read_text(encoding="utf-8"), name="editions.yaml")["edisi"]
    return {str(row["tahun"]): row for row in told}


def notice() -> dict[str, str]:
    lines = (SOURCES / "NOTICE.md").read_text(encoding="utf-8").splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("| ")]
    return {name.strip(): " ".join([row.strip() for row in rest]) for names, *rest in rows for name in names.split(",")}


def at(place: str):
    """What the sources say at a place: `2022/tahap/presentasi` is the stage whose name begins so."""
    first, _slash, rest = place.partition("/")
    if first == "NOTICE":
        return notice()[rest]
    key, _slash, name = rest.partition("/")
    found = editions()[first][key]
    return next(row for row in found if row["nama"].startswith(name)) if name else found


def leaves(value) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = value.values()
    if isinstance(value, str | int):
        yield str(value)
    else:
        for part in value:
            yield from leaves(part)


def sourced(fact: Fact) -> set[str]:
    """Every value that the sources give at the places of a fact, also as we spell it out."""
    spelled = read_facts().spelled_out
    told = {leaf for place in fact.places for leaf in leaves(at(place))}
    return told | {spelled[leaf] for leaf in told if leaf in spelled}


def real_facts() -> list[Fact]:
    facts = read_facts()
    return [fact for account in (facts.of_all, *facts.editions.values()) for fact in account.real]


@pytest.mark.parametrize("fact", real_facts(), ids=lambda fact: f"{fact.about}-{fact.places[:1]}")
class TestEveryRealFact:
    def test_has_a_place_in_the_sources_that_says_something(self, fact):
        assert fact.places
        assert all(at(place) for place in fact.places)

    def test_compares_only_values_that_its_source_gives(self, fact):
        told = sourced(fact)
        for kind, check in fact.checks.items():
            if kind == "juara":
                continue
            named = check.items() if isinstance(check, Mapping) else [("", check)]
            values = [value for key, value in named if key not in OURS]
            numbers = {number for text in told for number in re.findall(r"[\d,]*\d", text)}
            unsaid = [leaf for leaf in leaves(values) if leaf not in told | numbers]
            assert unsaid == [], kind

    def test_says_no_number_and_no_name_that_its_source_does_not(self, fact):
        said, told = fact.said, words_of(sourced(fact))

        spoken = set(re.findall(r"\d+", said)) | set(re.findall(r"(?<![.] )(?<!^)\b[A-Z]\w+", said))
        unsaid = spoken - told - OWN_WORDS
        assert unsaid == set()


def words_of(told: set[str]) -> set[str]:
    """Words and numbers of the source; its dates also in words."""
    found = {str(int(word)) if word.isdigit() else word for text in told for word in re.findall(r"\w+", text)}
    found |= {word for text in told for word in re.findall(r"\w+", text)}
    for text in told:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            found.add(MONTHS[date.fromisoformat(text).month - 1])
    return found


@pytest.mark.parametrize("year", ["2022", "2023"])
def test_the_winners_are_those_of_the_source_title_by_title(year):
    [fact] = [fact for fact in read_facts().editions[f"jatim-{year}"].real if "juara" in fact.checks]

    told = [[row["gelar"], row["kode"]] for row in editions()[year]["pemenang"] if row["gelar"].startswith("Juara")]

    assert fact.checks["juara"] == told


@pytest.mark.parametrize(("year", "of_visits"), [("2022", ()), ("2023", ("2023/tahap/tinjau lapang",))])
def test_the_seats_are_all_that_the_source_names_and_no_other(year, of_visits):
    facts = read_facts()
    [fact] = [fact for fact in facts.editions[f"jatim-{year}"].real if "kursi" in fact.checks]

    told = [*editions()[year]["juri"], *(at(place)["ketua"] for place in of_visits)]

    assert sorted(fact.checks["kursi"]["lembaga"]) == sorted(facts.spelled_out.get(name, name) for name in told)


def test_a_value_that_the_source_does_not_give_is_found():
    [fact] = [fact for fact in real_facts() if "keputusan" in fact.checks]

    assert "188/966/KPTS/013/2022" in sourced(fact)
    assert "188/967/KPTS/013/2022" not in sourced(fact)
