"""What a form, a score sheet and a verifier need to know of an instrument: one definition yields them all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sp2k.instruments.models import Instrument
from sp2k.instruments.queries import compiled
from sp2k.tally.kinds.form import Input
from sp2k.tally.numbers import exact_text, fixed_text
from sp2k.tally.scoring import score


@dataclass(frozen=True)
class FillField:
    """What an indicator's rule reads: each input by its key (as a number, a choice, ...), and the evidence keys."""

    code: str
    title: str
    inputs: Mapping[str, Input]
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
    hint: str = ""
    anchors: tuple["MarkAnchor", ...] = ()


@dataclass(frozen=True)
class MarkAnchor:
    """What marks from `lowest` up mean, to `highest` where the rubric says so; both alike for a single mark."""

    lowest: Decimal
    highest: Decimal | None
    meaning: str


@dataclass(frozen=True)
class MarkGroup:
    """An aspect with the mark fields under it, in order."""

    code: str
    name: str
    fields: tuple[MarkField, ...]


@dataclass(frozen=True)
class AnswerScore:
    """What answers give: exact points by indicator (left out ones are missing), printed totals by aspect and in all."""

    points: Mapping[str, Fraction]
    aspects: Mapping[str, str]
    total: str
    maximum: str


def fill_fields(instrument: Instrument) -> dict[str, FillField]:
    """Return the fields of each indicator, by code, in the order of the instrument."""
    return {
        indicator.code: FillField(
            indicator.code,
            indicator.title,
            {entry.key: entry for entry in indicator.inputs},
            frozenset(indicator.evidence_keys),
        )
        for indicator in compiled(instrument).indicators
    }


def mark_fields(instrument: Instrument, *, traits: Iterable[str] | None = None) -> dict[str, MarkField]:
    """Return the mark fields of an instrument for assessors; every indicator must be of the kind `juri`.

    With `traits` only those that apply to an entry of these traits.
    """
    return {field.code: field for group in mark_groups(instrument, traits=traits) for field in group.fields}


def mark_groups(instrument: Instrument, *, traits: Iterable[str] | None = None) -> tuple[MarkGroup, ...]:
    """Return the mark fields as a sheet shows them: by aspect; an aspect of which nothing applies is left out."""
    traits = None if traits is None else frozenset(traits)
    groups = (
        MarkGroup(
            aspect.code, aspect.name,
            tuple(_mark_field(indicator) for indicator in aspect.indicators if indicator.applies(traits)),
        )
        for aspect in compiled(instrument).aspects
    )  # fmt: skip
    return tuple(group for group in groups if group.fields)


def points_of_answers(
    instrument: Instrument, values: Mapping[str, Mapping], accepted: Mapping[str, Sequence[str]], *,
    traits: Iterable[str] | None = None,
) -> dict[str, str]:  # fmt: skip
    """Return each indicator's exact points as text: of the values claimed and the evidence accepted.

    Parameters
    ----------
    values : {indicator: {input key: value}}
    accepted : {indicator: [evidence keys]}
    traits : what is true of the entry; None: nothing is known, every indicator applies

    Returns
    -------
    {indicator: "0.25" or "2/3"}; an indicator that does not apply is "", one that is only recorded is left out
    """
    rules = compiled(instrument)
    points = score(rules, _answers_by_aspect(rules, values, accepted), traits=traits).points
    return {
        indicator.code: "" if points[indicator.code] is None else exact_text(points[indicator.code])
        for indicator in rules.indicators
        if indicator.is_scored
    }


def score_of_answers(
    instrument: Instrument, values: Mapping[str, Mapping], accepted: Mapping[str, Sequence[str]], *,
    traits: Iterable[str] | None = None,
) -> AnswerScore:  # fmt: skip
    """Return points, aspect totals and the whole of the values claimed and the evidence accepted, as they are counted."""
    rules = compiled(instrument)
    scored = score(rules, _answers_by_aspect(rules, values, accepted), traits=traits)
    places = rules.round_places
    return AnswerScore(
        {code: points for code, points in scored.points.items() if points is not None},
        {code: fixed_text(part.rounded, places) for code, part in scored.tree.aspects.items()},
        fixed_text(scored.tree.total, places), exact_text(scored.tree.maximum),
    )  # fmt: skip


def _answers_by_aspect(rules, values, accepted) -> dict:
    answers = {aspect.code: {"isian": {}, "bukti": []} for aspect in rules.aspects}
    for aspect in rules.aspects:
        for indicator in aspect.indicators:
            answers[aspect.code]["isian"].update(values.get(indicator.code, {}))
            answers[aspect.code]["bukti"].extend(accepted.get(indicator.code, ()))
    return answers


def _mark_field(indicator) -> MarkField:
    rule = indicator.rule
    lowest, highest = rule.scale or (min(rule.allowed), max(rule.allowed))
    return MarkField(
        indicator.code, indicator.title, _decimal(lowest), _decimal(highest), rule.decimals,
        tuple(_decimal(mark) for mark in rule.allowed), indicator.evidence_hint,
        tuple(_mark_anchor(anchor) for anchor in indicator.anchors),
    )  # fmt: skip


def _mark_anchor(anchor) -> MarkAnchor:
    highest = None if anchor.highest is None else _decimal(anchor.highest)
    return MarkAnchor(_decimal(anchor.lowest), highest, anchor.meaning)


def _decimal(value) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
