"""Changing single values of an edition file's text, so that comments and the order of lines stay as written.

A change that cannot be made in place (a value within an unusual form of YAML) is made by writing the whole file anew:
what is read afterwards is always exactly what was asked for, and that is checked here.
"""

from collections.abc import Mapping
from copy import deepcopy
from itertools import pairwise

import yaml

from sp2k.base.exactyaml import dump, dump_inline, load

Path = tuple[str | int, ...]
REMOVED = object()
_WIDEST = 110


def rewritten(text: str, changes: Mapping[Path, object]) -> str:
    """Return the text with the value at each path replaced, added, or taken out (`REMOVED`).

    Parameters
    ----------
    text : a YAML document that `load` reads
    changes : ``("tahap", 0, "mulai")`` to the new value; texts, whole numbers, Decimals, truths, lists, mappings

    Raises
    ------
    KeyError, IndexError
        Where a path leads through something that is not there.
    """
    for path, value in changes.items():
        data = load(text, name="naskah")
        wanted = _set(data, path, value)
        if wanted != data:
            text = _in_place(text, path, value, wanted) or dump(wanted)
    return text


def line_of(text: str, *path: str | int) -> int | None:
    """Return the line (from 1) at which the value at `path` begins, or None where it is not there."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        for step in path:
            if isinstance(step, int):
                node = node.value[step]
            else:
                key, node = next((key, value) for key, value in node.value if key.value == step)
                if step == path[-1]:
                    return key.start_mark.line + 1
        return node.start_mark.line + 1
    except (yaml.YAMLError, AttributeError, IndexError, StopIteration, TypeError, ValueError):
        return None


def _set(data, path: Path, value):
    changed = holder = deepcopy(data)
    for step in path[:-1]:
        holder = holder[step]
    if value is REMOVED:
        holder.pop(path[-1], None)
    else:
        holder[path[-1]] = value
    return changed


def _in_place(text: str, path: Path, value, wanted) -> str | None:
    try:
        changed = _edited(text, path, value)
        return changed if changed is not None and load(changed, name="naskah") == wanted else None
    except (ValueError, yaml.YAMLError):
        return None


def _edited(text: str, path: Path, value) -> str | None:
    parent = yaml.compose(text, Loader=yaml.SafeLoader)
    for step in path[:-1]:
        parent = parent.value[step] if isinstance(step, int) else _pair(parent, step)[1]
    if not isinstance(parent, yaml.MappingNode):
        return None
    pair = _pair(parent, path[-1])
    if pair is None:
        return text if value is REMOVED else _added(text, parent, path[-1], value)
    if value is REMOVED:
        return _taken_out(text, parent, pair)
    return _replaced(text, parent, pair, value)


def _pair(node: yaml.MappingNode, key):
    return next((pair for pair in node.value if pair[0].value == key), None)


def _replaced(text, parent, pair, value) -> str | None:
    key, node = pair
    is_plain = not isinstance(value, list | dict)
    if is_plain and isinstance(node, yaml.ScalarNode) and node.style not in ("|", ">"):
        return text[: node.start_mark.index] + dump_inline(value) + text[_end(node) :]
    if parent.flow_style:
        return text[: node.start_mark.index] + dump_inline(value) + text[_end(node) :]
    column = key.start_mark.column
    return text[: key.end_mark.index] + ":" + _block(value, column) + text[_end(node) :]


def _added(text, parent, key, value) -> str | None:
    if parent.flow_style or not parent.value:
        return None
    column = parent.value[0][0].start_mark.column
    at = _line_end(text, _end(parent.value[-1][1]))
    return text[:at] + "\n" + " " * column + key + ":" + _block(value, column) + text[at:]


def _taken_out(text, parent, pair) -> str | None:
    if parent.flow_style or pair is parent.value[0]:
        return None
    following = next((after[0] for before, after in pairwise(parent.value) if before is pair), None)
    start = text.rindex("\n", 0, pair[0].start_mark.index) + 1
    end = _line_end(text, _end(pair[1])) + 1
    if following is not None and end > following.start_mark.index:
        return None
    return text[:start] + text[end:]


def _block(value, column: int) -> str:
    """The value as it stands after `key:`, nested lines indented as the key is."""
    if isinstance(value, dict) and any(isinstance(item, dict | list) for item in value.values()):
        return "".join(f"\n{' ' * column}  {dump_inline(key)}: {dump_inline(item)}" for key, item in value.items())
    if not isinstance(value, list) or not value:
        return " " + dump_inline(value)
    if not any(isinstance(item, dict | list) for item in value) and len(inline := dump_inline(value)) < _WIDEST:
        return " " + inline
    return "".join(f"\n{' ' * column}- {dump_inline(item)}" for item in value)


def _end(node: yaml.Node) -> int:
    """Where a node's own text ends: a block's mark points behind the comments that follow it, its last leaf's does not."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return node.end_mark.index
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
