"""A draft between the page and its row: the answers of one aspect, and a mark that tells whether they changed since."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from sp2k.base.refusals import Refused
from sp2k.instruments.asking import AspectQuestions, Question

VALUES, EVIDENCE = "isian", "bukti"
Part = Mapping[str, Mapping[str, Mapping[str, str]]]


class Stale(Refused):
    """The same aspect was changed elsewhere meanwhile. `kept` is what stands; nothing of it was overwritten."""

    def __init__(self, sentence: str, kept: Part):
        super().__init__(sentence)
        self.kept = kept


def part_of(answers: Part, questions: Iterable[Question]) -> dict:
    """Return the answers to these questions, what is empty left out."""
    part = {}
    for question in questions:
        given = answers.get(question.code) or {}
        kept = {name: _filled(given.get(name)) for name in (VALUES, EVIDENCE)}
        if any(kept.values()):
            part[question.code] = kept
    return part


def mark_of(part: Part) -> str:
    """Return a short text that differs whenever the answers do: what a page was made from."""
    return hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()[:16]


def mark_of_whole(answers: Part, documents: Iterable) -> str:
    """Return the mark of all that would be sent: the answers, and each file behind its name by its content."""
    return mark_of({"answers": answers, "files": {row.name: row.blob_id for row in documents}})


def answers_of_form(answers: Iterable, aspects: Iterable[AspectQuestions]) -> dict:
    """Return what a form claimed in the shape of a draft: everything as it would be typed."""
    given = {
        answer.indicator: {VALUES: {key: _typed(value) for key, value in answer.values.items()}, EVIDENCE: answer.documents}
        for answer in answers
    }
    return part_of(given, [question for aspect in aspects for question in aspect.questions])


def free_name(name: str, taken) -> str:
    """Return the name, or `name (2).pdf` and so on where another file bears it."""
    if name not in taken:
        return name
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if dot else (name, "")
    number = 2
    while f"{stem} ({number}){ending}" in taken:
        number += 1
    return f"{stem} ({number}){ending}"


def _filled(given) -> dict[str, str]:
    return {key: value for key, value in (given or {}).items() if value not in (None, "")}


def _typed(value) -> str:
    return "" if value is None else str(value)
