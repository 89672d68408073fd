"""A refusal is a sentence and nothing else: every row of every table of ours stands as it stood."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db.models import Model

from sp2k.base.refusals import Refused


def our_models() -> list[type[Model]]:
    """Return every model of ours, the journal's among them."""
    return [model for model in apps.get_models() if model.__module__.startswith("sp2k.")]


def everything() -> dict[str, list[tuple]]:
    """Return all rows of all our tables."""
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in our_models()}


@contextmanager
def refused(sentence: str, kind: type[Refused] = Refused) -> Iterator[None]:
    """Expect that what is done inside is refused with exactly this sentence and changes nothing."""
    before = everything()
    with pytest.raises(Refused) as refusal:
        yield
    assert refusal.value.sentence == sentence
    assert type(refusal.value) is kind
    assert everything() == before
