"""The documents keep up with the code: links, commands, settings, decisions and fragments of changes."""

import re

import click
import pytest

from sp2k.config import settings_page
from sp2k.config.cli import main
from tests.house.project import DOCS, ROOT, files, place

FRAGMENT_KINDS = {"ditambah", "diubah", "diperbaiki", "dihapus", "keamanan"}
LINK = re.compile(r"\[[^\]\n]*\]\(<?([^)>\s]+)>?\)")
PAGES = sorted([*ROOT.glob("*.md"), *files(".md", under=DOCS), *files(".md", under=ROOT / "changes")])
DECISIONS = sorted(path for path in (DOCS / "adr").glob("*.md") if path.name != "README.md")
FRAGMENTS = sorted(path for path in (ROOT / "changes").iterdir() if path.name != "README.md")


def without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL)


def anchors(text: str) -> set[str]:
    """Return the names a page's headings can be linked by."""
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def broken_links(page) -> list[str]:
    """Return the links of a page that lead to no file of the project, or to no heading of it."""
    broken = []
    for target in LINK.findall(without_code(page.read_text("utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        linked = (page.parent / name).resolve() if name else page
        if not linked.exists() or (anchor and anchor not in anchors(linked.read_text("utf-8"))):
            broken.append(target)
    return broken


@pytest.mark.parametrize("page", PAGES, ids=place)
def test_every_link_leads_somewhere(page):
    assert broken_links(page) == []


def test_the_search_for_broken_links_finds_files_and_headings(tmp_path):
    (tmp_path / "ada.md").write_text("# Satu Judul\n")
    page = tmp_path / "page.md"
    page.write_text("[a](ada.md) [b](ada.md#satu-judul) [c](ada.md#dua) [d](hilang.md) `[e](kode.md)` [f](https://x.id)")

    assert broken_links(page) == ["ada.md#dua", "hilang.md"]


def test_a_name_linked_to_a_module_is_defined_there():
    missing = []
    for page in PAGES:
        for name, target in re.findall(r"\[`(\w+)`\]\(([^)]+\.py)\)", page.read_text("utf-8")):
            code = (page.parent / target).read_text("utf-8")
            if not re.search(rf"^(?:def|class) {name}\b|^{name}\b.* = ", code, flags=re.MULTILINE):
                missing.append(f"{place(page)}: {name} {target}")

    assert missing == []


def test_every_page_can_be_reached_from_the_readme():
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        for target in LINK.findall(without_code(page.read_text("utf-8"))):
            linked = (page.parent / target.partition("#")[0]).resolve()
            if linked.is_file():
                ahead.append(linked)

    assert [place(page) for page in PAGES if page not in reached and page not in FRAGMENTS] == []


def commands(group: click.Group, prefix="sp2k") -> list[str]:
    """Return the commands as they are typed, those of groups after the group's own name."""
    context = click.Context(group, info_name=prefix)
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        found += commands(command, f"{prefix} {name}") if isinstance(command, click.Group) else [f"{prefix} {name}"]
    return found


def test_every_command_is_named_in_the_documents():
    text = "\n".join(page.read_text("utf-8") for page in PAGES)

    assert [command for command in commands(main) if command not in text] == []


def test_the_page_of_settings_is_not_stale():
    assert settings_page.PAGE.read_text("utf-8") == settings_page.page(), "jalankan `make docs`"


@pytest.mark.parametrize("decision", DECISIONS, ids=place)
def test_a_decision_has_context_decision_and_consequences_on_one_page(decision):
    text = decision.read_text("utf-8")

    assert re.match(rf"# {decision.name[:4]} [A-Z]", text)
    assert re.findall(r"^## (.+)$", text, flags=re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= 60


def test_every_method_is_listed():
    listed = (DOCS / "methods" / "README.md").read_text("utf-8")

    assert [path.name for path in (DOCS / "methods").glob("*.md") if f"({path.name})" not in listed] == ["README.md"]


def test_decisions_are_numbered_without_gaps_and_listed():
    listed = (DOCS / "adr" / "README.md").read_text("utf-8")

    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert [path.name for path in DECISIONS if path.name not in listed] == []


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=place)
def test_a_fragment_of_changes_names_its_kind_and_is_a_whole_sentence(fragment):
    name, kind, suffix = fragment.name.split(".")
    text = fragment.read_text("utf-8")

    assert re.fullmatch(r"[a-z0-9-]+", name) and kind in FRAGMENT_KINDS and suffix == "md"
    assert text.endswith(".\n") and not text[0].islower() and len(text.splitlines()) <= 5


def test_the_glossary_names_identifiers_that_exist():
    rows = [line for line in (DOCS / "glossary.md").read_text("utf-8").splitlines() if line.startswith("| ")]
    identifiers = {name for row in rows[1:] for name in re.findall(r"`(\w+)`", row.split("|")[3])}
    code = "\n".join(path.read_text("utf-8") for path in files(".py", under=ROOT / "sp2k"))

    assert len(rows) >= 40
    assert sorted(name for name in identifiers if not re.search(rf"\b{name}\b", code)) == []
