"""What a form, a score sheet and a verifier need to know of an instrument: one definition yields them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sp2k.instruments.models import Instrument
from sp2k.instruments.queries import compiled


@dataclass(frozen=True)
class FillField:
    """The input keys and evidence keys that an indicator's rule reads."""

    code: str
    title: str
    inputs: frozenset[str]
    evidence_keys: frozenset[str]


@dataclass(frozen=True)
class MarkField:
    """An indicator that an assessor marks: its scale, decimals, and the marks allowed where the rules list them."""

    code: str
    title: str
    lowest: Decimal
    highest: Decimal
    decimals: int
    allowed: tuple[Decimal, ...]
