"""Every type of journal line is told in a sentence: those of decision 0011 and whatever the code writes."""

import ast
import re
from pathlib import Path

from sp2k.accounts.policy import POLICY
from sp2k.desk.record.acts import KINDS, SENTENCES, Either, sentence_of
from sp2k.journal.line_types import LINE_TYPES

ROOT = Path(__file__).parents[3]
TYPE = re.compile(r"[a-z]+(\.[a-z]+)+\Z")


def types_of_the_decision() -> set[str]:
    """The types that decision 0011 lists; `.edit` after `account.create` is short for `account.edit`."""
    text = next((ROOT / "docs" / "adr").glob("0011-*.md")).read_text("utf-8")
    found, room = set(), ""
    for name in re.findall(r"`(\.?[a-z]+(?:\.[a-z]+)*)`", text):
        if name.startswith("."):
            found.add(room + name)
        elif TYPE.match(name):
            room = name.partition(".")[0]
            found.add(name)
    return found - {"akun.instalasi"}


def texts_of_actions() -> set[str]:
    """Every text in a module of actions that looks like a type."""
    found = set()
    for path in (ROOT / "sp2k").rglob("*.py"):
        if "actions" not in path.parts and path.stem not in {"actions", "commands"}:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and TYPE.match(node.value):
                found.add(node.value)
    return found


def test_every_type_of_the_decision_has_a_sentence():
    types = types_of_the_decision()

    assert len(types) > 60
    assert sorted(types - SENTENCES.keys()) == []


def test_every_type_that_the_code_writes_has_a_sentence_and_stands_in_the_decision():
    files = {name for name in texts_of_actions() if name.rpartition(".")[2] in {"yaml", "csv", "xlsx", "md"}}
    written = texts_of_actions() - files - POLICY.keys() - {"akun.instalasi"}

    assert "sheet.revise" in written
    assert sorted(written - SENTENCES.keys()) == []
    assert sorted(SENTENCES.keys() - types_of_the_decision()) == []


def test_the_list_of_types_is_the_list_of_sentences():
    assert sorted(LINE_TYPES ^ SENTENCES.keys()) == []


def test_each_type_belongs_to_one_kind():
    listed = [type for kind in KINDS for type in kind.sentences]

    assert len(listed) == len(set(listed))


class Answers(dict):
    def __missing__(self, key):
        return f"<{key}>"


def test_each_sentence_can_be_said_and_ends():
    for type, text in SENTENCES.items():
        bodies = [{text.key: ["100/7"]}, {}] if isinstance(text, Either) else [{}]
        for body in bodies:
            said = sentence_of(type, body, Answers())
            assert said[0].isupper() and said.endswith("."), (type, said)


def test_a_type_nobody_knows_is_named_and_not_hidden():
    assert sentence_of("new.thing", {}, Answers()) == "Tindakan new.thing."


def test_reason_revision_and_paper_are_told_with_the_act():
    assert sentence_of("nominee.decline", {"reason": "Ditunda."}, Answers(regency="Kota Tarakan", stage="Seleksi")) == (
        "Menyatakan Kota Tarakan tidak ikut tahap Seleksi. Alasan: Ditunda."
    )
    assert sentence_of("form.submit", {"rev": 2}, Answers(entry="Kecamatan A", stage="Pengisian")) == (
        "Mengirim isian Kecamatan A, tahap Pengisian. Revisi 2."
    )
    paper = {"paper": ["100/7", "2024-06-28", "a" * 64]}
    assert sentence_of("approval.give", paper, Answers(role="Pimpinan", act="menetapkan hasil")) == (
        "Mencatat persetujuan Pimpinan: menetapkan hasil. Dengan surat nomor 100/7."
    )
