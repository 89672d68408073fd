"""YAML in which numbers stay exact and nothing is guessed: what is written is what is read.

PyYAML follows YAML 1.1, which turns ``0.1`` into a float, ``no`` into false, ``010`` into 8, ``10:30`` into 630 and
2022-12-21 into a date. Here only ``true`` and ``false`` are truths, only plain digits are whole numbers, a number with a
point is a `Decimal` of exactly those digits, and everything else is text. An unquoted ``35.10`` is therefore still a
number: who expects a region's code checks that it got text.
"""

import re
from collections.abc import Hashable
from decimal import Decimal
from typing import Any

import yaml

_Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlError(ValueError):
    """A YAML text that cannot be read; its message is a whole Indonesian sentence naming file and line."""


class _Loader(_Base):
    """A loader with our own few types; aliases are refused, since nested ones make a small file enormous."""

    yaml_implicit_resolvers: dict = {}

    def construct_object(self, node, deep=False):
        if node in self.constructed_objects or node in self.recursive_objects:
            raise _Fault(node.start_mark, "memakai alias (tanda * dan &), yang tidak diterima; tulislah isinya di tempat itu")
        return super().construct_object(node, deep=deep)

    def construct_mapping(self, node, deep=False):
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
    ("float", r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)", "-+.0123456789"),
]
for _name, _pattern, _first in _TYPES:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(rf"(?:{_pattern})\Z", re.ASCII), list(_first))


def _construct_int(loader, node):
    text = loader.construct_scalar(node)
    if not re.fullmatch(r"[-+]?[0-9]{1,400}", text, re.ASCII):
        raise _Fault(node.start_mark, f'memuat "{text[:40]}", yang bukan bilangan bulat')
    return int(text)


def _construct_decimal(loader, node):
    text = loader.construct_scalar(node)
    if not re.fullmatch(r"[-+]?[0-9.]{1,400}", text, re.ASCII) or text.count(".") > 1:
        raise _Fault(node.start_mark, f'memuat "{text[:40]}", yang bukan angka')
    return Decimal(text)


_Loader.add_constructor("tag:yaml.org,2002:int", _construct_int)
_Loader.add_constructor("tag:yaml.org,2002:float", _construct_decimal)


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
        Broken YAML, several documents, a key written twice, aliases, tags of other types.
    """
    try:
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
    except RecursionError:
        raise YamlError(f"{name} bertingkat terlalu dalam.") from None


class _Dumper(yaml.SafeDumper):
    """Block style throughout; PyYAML's wider YAML 1.1 guesses decide what must be quoted, so any reader gets text back."""

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

    Text that any YAML reader could take for a number, a date or a truth is quoted. A Decimal without decimals is written as
    a whole number and read back as an int of the same value.
    """
    return yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=120)
