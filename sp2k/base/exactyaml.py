"""YAML in which numbers stay exact and nothing is guessed: what is written is what is read.

PyYAML follows YAML 1.1, which turns ``0.1`` into a float, ``no`` into false, ``010`` into 8, ``10:30`` into 630 and
2022-12-21 into a date. Here only ``true`` and ``false`` are truths, only plain digits are whole numbers, a number with
a point is a `Decimal` of exactly those digits, and everything else is text. An unquoted ``35.10`` is therefore still a
number: who expects a region's code checks that it got text.
"""

import re
from collections.abc import Hashable
from decimal import Decimal
from typing import Any

import yaml

MAX_DEPTH = 40

_Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlError(ValueError):
    """A YAML text that cannot be read; its message is a whole Indonesian sentence naming file and line."""


class _Loader(_Base):
    """A loader that knows our own few types only."""

    yaml_implicit_resolvers: dict = {}
    yaml_constructors: dict = {}

    def construct_mapping(self, node, deep=False):
        if not isinstance(node, yaml.MappingNode):
            raise _Fault(node.start_mark, "memuat tanda jenis (!!) yang tidak cocok dengan isinya")
        mapping = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, Hashable):
                raise _Fault(key_node.start_mark, "memuat kunci yang bukan teks")
            if key in mapping:
                raise _Fault(key_node.start_mark, f'memuat kunci "{key}" dua kali dalam satu bagian')
            mapping[key] = self.construct_object(value_node, deep=deep)
        return mapping


class _Fault(Exception):
    def __init__(self, mark, what):
        self.line, self.what = mark.line + 1, what


_TYPES = [
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?[0-9]+\.[0-9]*|\.[0-9]+", "-+.0123456789"),
]
for _name, _pattern, _first in _TYPES:
    _pattern = re.compile(rf"(?:{_pattern})\Z", re.ASCII)
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", _pattern, list(_first))


def _refuse_bombs(text):
    """Look at the events first: nested aliases make a small file enormous, deep nesting exhausts the C stack."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            what = "memakai alias (tanda * dan &), yang tidak diterima; tulislah isinya di tempat itu"
            raise _Fault(event.start_mark, what)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise _Fault(event.start_mark, f"bertingkat lebih dari {MAX_DEPTH}")


def _construct_scalar(loader, node, pattern, read, what):
    text = loader.construct_scalar(node)
    if not re.fullmatch(pattern, text, re.ASCII):
        raise _Fault(node.start_mark, f'memuat "{text[:40]}", yang bukan {what}')
    return read(text)


def _construct_int(loader, node):
    return _construct_scalar(loader, node, r"[-+]?[0-9]{1,400}", int, "bilangan bulat")


def _construct_decimal(loader, node):
    return _construct_scalar(loader, node, r"[-+]?(?:[0-9]{1,400}\.?[0-9]{0,400}|\.[0-9]{1,400})", Decimal, "angka")


def _construct_bool(loader, node):
    return _construct_scalar(loader, node, r"true|false", "true".__eq__, "true atau false")


_CONSTRUCTORS = {
    "map": _Base.construct_yaml_map,
    "seq": _Base.construct_yaml_seq,
    "str": _Base.construct_yaml_str,
    "null": _Base.construct_yaml_null,
    "int": _construct_int,
    "float": _construct_decimal,
    "bool": _construct_bool,
}
for _name, _constructor in _CONSTRUCTORS.items():
    _Loader.add_constructor(f"tag:yaml.org,2002:{_name}", _constructor)
_Loader.add_constructor(None, _Base.construct_undefined)


def load(text: str, *, name: str) -> Any:
    """Read one YAML document into dicts, lists, texts, ints, Decimals, bools and None.

    Parameters
    ----------
    text : str
    name : str
        How the reader knows the text (a file's name); used in messages only.

    Raises
    ------
    YamlError
        Broken YAML, several documents, a key written twice, aliases, tags of other types, nesting beyond `MAX_DEPTH`.
    """
    try:
        _refuse_bombs(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, narrowed further
    except _Fault as fault:
        raise YamlError(f"{name} baris {fault.line} {fault.what}.") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f" baris {mark.line + 1}" if mark else ""
        raise YamlError(
            f"{name}{line} bukan YAML yang dapat dibaca; periksa lekukan, titik dua, dan tanda kutip di sekitarnya."
        ) from None
    except (yaml.YAMLError, UnicodeError):
        raise YamlError(f"{name} memuat karakter yang tidak boleh ada dalam YAML.") from None


class _Dumper(yaml.SafeDumper):
    """Block style; PyYAML's wider YAML 1.1 guesses decide what must be quoted, so any reader gets text back."""

    def ignore_aliases(self, data):
        return True

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)


def _represent_decimal(dumper, value):
    written = format(value, "f")
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in written else 'int'}", written)


_Dumper.add_representer(Decimal, _represent_decimal)


def dump(data: Any) -> str:
    """Write data as YAML: always the same bytes for the same data, keys in the order given, numbers plain.

    Text that any YAML reader could take for a number, a date or a truth is quoted. A Decimal without decimals is
    written as a whole number and read back as an int of the same value.
    """
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=120)


def dump_inline(value: Any) -> str:
    """Write one value on one line, as it may stand after a key or within ``[...]`` and ``{...}``."""
    listed = yaml.dump(
        [value], Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=True, width=float("inf")
    )
    return listed.strip()[1:-1]
