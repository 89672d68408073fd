"""Everything a result holds, as a reader of its fields would find it."""

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from functools import cached_property

import numpy as np

from sp2k.analysis.answers import Unavailable


def values_in(thing, seen: set[int] | None = None) -> Iterator[object]:
    """Yield every number and text in the fields and properties of a result, at any depth."""
    seen = set() if seen is None else seen
    if isinstance(thing, np.ndarray):
        yield from thing.ravel().tolist()
    elif isinstance(thing, str | int | float | np.number | bool):
        yield thing
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from values_in(value, seen)
    elif isinstance(thing, tuple | list | frozenset):
        for value in thing:
            yield from values_in(value, seen)
    elif is_dataclass(thing) and id(thing) not in seen:
        seen.add(id(thing))
        for name in names_of(thing):
            yield from values_in(getattr(thing, name), seen)


def names_of(result) -> list[str]:
    """Return the public fields and properties of a result."""
    kind = type(result)
    properties = [n for n in dir(kind) if isinstance(getattr(kind, n), property | cached_property)]
    return [name for name in (*kind.__dataclass_fields__, *properties) if not name.startswith("_")]


def nan_free(thing) -> bool:
    """Whether no number of a result is NaN or infinite."""
    return all(np.isfinite(value) for value in values_in(thing) if isinstance(value, float))


def is_typed(answer) -> bool:
    """Whether an answer is a result or says why it is none."""
    return is_dataclass(answer) and isinstance(answer.is_available, bool) and (
        not isinstance(answer, Unavailable) or bool(str(answer)))
