"""What people of a demonstration tell: innovations, a form half filled in, claims of a presentation. Labelled samples."""

import random
from collections.abc import Mapping
from datetime import datetime

from sp2k.base.pages.uploads import Upload
from sp2k.demo.draw import draw_claims, rules_of
from sp2k.entries.actions.drafts import keep_documents, save_draft
from sp2k.entries.actions.innovations import Telling, write_innovation
from sp2k.entries.claims import Document
from sp2k.entries.drafting import VALUES, mark_of, part_of
from sp2k.entries.models import Participation
from sp2k.instruments.applying import unasked
from sp2k.instruments.asking import questions_of
from sp2k.judging.actions.claims import note_presentation_claim


def tell_innovations(participation: Participation, told: list[Mapping], *, by, now: datetime) -> None:
    """Let a kecamatan write the innovations of the target file."""
    for said in told:
        telling = Telling(
            said["jenis"], said["judul"], said["masalah"], said["cara"], said["manfaat"], said.get("sejak"),
            said.get("tempat", ""),
        )  # fmt: skip
        write_innovation(participation, telling, by=by, now=now)


def asked_rules(participation: Participation, rules: list) -> list:
    """The rules of the indicators that apply to a kecamatan."""
    outside = unasked(participation.stage.instrument, participation.entry.traits)
    return [(code, rule) for code, rule in rules if code not in outside]


def fill_half(
    participation: Participation, sample: Mapping[str, Document], chance: random.Random, *, by, now: datetime
) -> None:
    """Leave the draft of a form that somebody is in the middle of: the first aspects, with their evidence."""
    rules = asked_rules(participation, rules_of(participation.stage.instrument.source))
    claims = draw_claims(rules, 0.8, sample, chance)
    uploads = [Upload(name, document.content, document.content_type) for name, document in sample.items()]
    keep_documents(participation, uploads, by=by, now=now)
    aspects = questions_of(participation.stage.instrument)
    for aspect in aspects[: len(aspects) // 2]:
        asked = aspect.questions
        part = {
            question.code: {
                VALUES: {key: str(value) for key, value in claims.answers[question.code]["isian"].items()},
                "bukti": dict(claims.answers[question.code]["bukti"]),
            }
            for question in asked
            if question.code in claims.answers
        }
        save_draft(participation, part, questions=asked, base=mark_of(part_of({}, asked)), by=by, now=now)


def note_claims(participation: Participation, told: list[Mapping], *, by, now: datetime) -> None:
    """Note what an entry claimed when it presented."""
    for said in told:
        note_presentation_claim(participation, said["klaim"], place=said.get("tempat", ""), by=by, now=now)
