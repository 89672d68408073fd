"""The English catalogue: what the pages say, found in their sources, and the file that translates it.

``make messages`` runs this module and brings `sp2k/locale/en` up to date with the sources: new sentences
come in without a translation, what is no longer said goes out, and the compiled file is written anew.
``… --missing`` prints the sentences without a translation as JSON; ``… --take FILE`` takes translations from such a JSON.
A sentence that counts (`ngettext`, `{% blocktranslate count %}`) is known by its singular and has two translations.
"""

import ast
import io
import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.template import engines
from django.template.base import FilterExpression, Node, Variable
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from tests.house.project import ROOT, SOURCE, files, is_migration

PO = SOURCE / "locale" / "en" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
CALLS = {"_", "gettext", "gettext_lazy", "sentence", "Sentence"}
IN_CONTEXT = {"pgettext", "pgettext_lazy"}  # a word that means one thing here and another there
BREAK = "\x04"  # between the context and the word, as in the compiled file
TABLES = {"SENTENCES", "REASONS"}  # sentences of the analysis, chosen by key
Message = str | tuple[str, str]
NOT_PAGES = {"permissions_page.py"}  # prints docs/permissions.md, in Indonesian
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*(?::\w+)?\}")


def said_in_python(path: Path) -> Iterator[Message]:
    """Yield the sentences that a module hands to the translation."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and _called(node) == "ngettext":
            yield tuple(argument.value for argument in node.args[:2])
        elif isinstance(node, ast.Call) and _called(node) in IN_CONTEXT:
            yield BREAK.join(argument.value for argument in node.args[:2])
        elif isinstance(node, ast.Call) and _called(node) in CALLS:
            yield from _texts(node.args[0])
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id in TABLES for target in targets):
                yield from _table(node.value)


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _texts(node: ast.AST) -> Iterator[str]:
    """A text, or both texts of a choice between two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def _table(node: ast.AST) -> Iterator[str]:
    tables = [node] if isinstance(node, ast.Dict) else getattr(node, "args", [])
    for table in tables:
        if isinstance(table, ast.Dict):
            for value in table.values:
                yield from _texts(value)


def said_in_template(path: Path) -> Iterator[Message]:
    """Yield the sentences of a template, as the template engine itself understands them."""
    source = path.read_text("utf-8")
    template = engines["django"].from_string(source).template
    for node in _nodes(template.nodelist):
        if isinstance(node, TranslateNode):
            context = f"{node.message_context.var}{BREAK}" if node.message_context else ""
            yield from (f"{context}{text}" for text in _literals(node.filter_expression))
        elif isinstance(node, BlockTranslateNode):
            one = _unwrapped(node, node.singular)
            yield (one, _unwrapped(node, node.plural)) if node.plural else one
    yield from re.findall(r"""_\(["']([^"']+)["']\)""", source)


def _unwrapped(node: BlockTranslateNode, tokens) -> str:
    return node.render_token_list(tokens)[0]


def _literals(expression: FilterExpression) -> Iterator[str]:
    if isinstance(expression.var, Variable) and isinstance(expression.var.literal, str):
        yield str(expression.var.literal)


def _nodes(nodelist) -> Iterator[Node]:
    for node in nodelist:
        yield node
        for name in getattr(node, "child_nodelists", ()):
            if (inner := getattr(node, name, None)) is not None:
                yield from _nodes(inner)


def said() -> dict[Message, list[str]]:
    """Return every sentence of the product with the files that say it, in order."""
    found: dict[Message, set[str]] = {}
    for path in files(".py", ".html", under=SOURCE):
        if is_migration(path) or path.name in NOT_PAGES:
            continue
        place = path.relative_to(ROOT).as_posix()
        for text in said_in_template(path) if path.suffix == ".html" else said_in_python(path):
            found.setdefault(text, set()).add(place)
    return {text: sorted(found[text]) for text in sorted(found, key=singular)}


def singular(message: Message) -> str:
    """Return the text by which a sentence is known."""
    return message if isinstance(message, str) else message[0]


def texts(message: Message) -> tuple[str, ...]:
    """Return a sentence's texts, or a translation's: one, or two where it counts."""
    return (message,) if isinstance(message, str) else tuple(message)


def stored() -> Catalog:
    """Return the English catalogue as it stands."""
    if not PO.exists():
        return Catalog(locale="en")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def compiled(catalog: Catalog) -> bytes:
    """Return the catalogue in the form that a server reads."""
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)  # the same bytes on every day
    content = io.BytesIO()
    write_mo(content, catalog)
    return content.getvalue()


def places(text: str) -> list[str]:
    """Return what a sentence leaves open, in order of name: a translation leaves open the same."""
    return sorted(PLACES.findall(text))


def translations() -> dict[Message, Message]:
    """Return the English of every sentence of the catalogue."""
    return {_key(message): message.string for message in stored() if message.id}


def _key(message) -> Message:
    return f"{message.context}{BREAK}{message.id}" if message.context else message.id


def is_translated(english: Message) -> bool:
    return all(texts(english))


def bring_up_to_date(taken: dict[str, str | list[str]]) -> int:
    """Write the catalogue anew; return how many sentences still lack a translation."""
    before = stored()
    now = Catalog(locale="en", project="SP2K", fuzzy=False, header_comment="# English catalogue of SP2K.")
    for text, where in said().items():
        context, word = text.split(BREAK) if BREAK in text else (None, text)
        earlier = before.get(singular(word), context)
        kept = earlier.string if earlier and len(texts(earlier.id)) == len(texts(text)) else ""
        none = "" if isinstance(text, str) else ("", "")
        english = _given(taken.get(singular(text))) or kept or none
        now.add(word, english, locations=[(place, None) for place in where], context=context)
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, now, width=0, sort_output=True, omit_header=False, include_lineno=False)
    text = re.sub(r'"(POT-Creation-Date|PO-Revision-Date|Generated-By)[^\n]*\n', "", PO.read_text("utf-8"))
    PO.write_text(text, "utf-8")
    MO.write_bytes(compiled(stored()))
    return sum(not is_translated(english) for english in translations().values())


def _given(english: str | list[str] | None) -> Message:
    """A translation as a JSON gives it: one text, or a list of one or two."""
    if english is None or isinstance(english, str):
        return english or ""
    return english[0] if len(english) == 1 else (english[0], english[1])


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sp2k.config.settings")
    django.setup()
    if "--missing" in arguments:
        known = translations()
        missing = {singular(one): [""] * len(texts(one)) for one in said() if not is_translated(known.get(one, ""))}
        print(json.dumps(missing, ensure_ascii=False, indent=1))
        return 0
    taken = json.loads(Path(arguments[1]).read_text("utf-8")) if arguments[:1] == ["--take"] else {}
    print(f"{PO.relative_to(ROOT)}: {bring_up_to_date(taken)} kalimat belum diterjemahkan.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
