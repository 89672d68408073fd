"""Rows that point astray: whatever ways lead from a row to its edition, stage, entry or duty must end in the same one.

A code names a kecamatan or a seat within an edition, and another edition has one of the same code. A row that was pointed
there would still fit every line that tells of codes. So the ways themselves are compared, for every model there is.
"""

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.db.models import F, ForeignKey, Model, Q

from sp2k.editions.models import Edition
from sp2k.journal.opening import Opening

ASTRAY = "menunjuk ke edisi, tahap, peserta, atau tugas yang bukan miliknya"


def open_belonging(opening: Opening, edition: Edition) -> None:
    """Hold that no row of an edition points into another one, nor from one entry, panel or count into another's.

    A fixed number of queries, one for each two ways.
    """
    for model, first, second, on in _pairs():
        here = Q(**{f"{first}{on}": edition}) | Q(**{f"{second}{on}": edition})
        astray = model._base_manager.filter(here).exclude(**{second: None}).exclude(**{first: F(second)})
        for key in astray.values_list("pk", flat=True):
            opening.fail(f"{model._meta.verbose_name.capitalize()} nomor {key} edisi {edition}", ASTRAY)


@cache
def _pairs() -> tuple[tuple[type[Model], str, str, str], ...]:
    """Return (model, one way, another way, the way on from their end to the edition) for every two that must end alike."""
    found = []
    for target in apps.get_models():
        on = "" if target is Edition else next((f"__{way}" for way in _ways(target, Edition)), None)
        if on is not None:
            for model in apps.get_models():
                first, *others = [*_ways(model, target)] or [None]
                found += [(model, first, other, on) for other in others]
    return tuple(found)


def _ways(model: type[Model], target: type[Model]) -> Iterator[str]:
    """Yield a way to `target` through each row that a model points at."""
    for field in model._meta.fields:
        if isinstance(field, ForeignKey) and field.related_model is not model:
            if field.related_model is target:
                yield field.name
            elif further := next(_ways(field.related_model, target), None):
                yield f"{field.name}__{further}"
