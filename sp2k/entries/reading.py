"""A form as it was sent, indicator by indicator: what was claimed, with what behind it, and what the verifier found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from sp2k.entries.checks import NOTE, REFUSED, SEEN
from sp2k.entries.models import Evidence, Finding, Form, Verification
from sp2k.instruments.applying import Unasked, unasked
from sp2k.instruments.asking import ABSENT, AspectQuestions, Question, points_in_words, questions_of
from sp2k.instruments.fields import AnswerScore, score_of_answers


@dataclass
class Proof:
    """One piece of evidence behind a claim. `is_accepted` is None until a verifier accepted the form."""

    key: str
    title: str
    file: Evidence
    is_accepted: bool | None = None
    is_refused: bool = False  # ticked on the verifier's page, not yet said

    def box(self, code: str) -> str:
        return f"tolak:{code}:{self.key}"


@dataclass
class Claim:
    """One indicator of a form."""

    question: Question
    values: list[tuple[str, str]]
    proofs: list[Proof]
    claimed: str
    finding: Finding | None = None
    follows: str = ""  # what the points would be with what is ticked now
    note: str = ""
    is_seen: bool = False  # the verifier has looked at it
    unasked: Unasked | None = None  # why it does not apply to this kecamatan
    kept: str = ""  # what the same verifier saved in another window, where it differs

    @property
    def is_empty(self) -> bool:
        return not self.values and not self.proofs

    @property
    def found(self) -> str:
        """Points after verification: `t.b.` where the indicator does not apply."""
        return (points_in_words(self.finding.points) or "t.b.") if self.finding else ""

    @property
    def note_box(self) -> str:
        return f"catatan:{self.question.code}"

    @property
    def seen_box(self) -> str:
        return f"diperiksa:{self.question.code}"

    @property
    def refused(self) -> list[Proof]:
        return [proof for proof in self.proofs if proof.is_refused]

    @property
    def is_found_wanting(self) -> bool:
        """Whether the verifier refuses or says something about it."""
        return bool(self.refused or self.note)

    @property
    def boxes(self):
        return [(proof.box(self.question.code), proof) for proof in self.proofs]


@dataclass
class ClaimedAspect:
    """The claims of one aspect, with its totals as printed: claimed, and of the findings or of what is ticked."""

    aspect: AspectQuestions
    claims: list[Claim]
    claimed: str
    found: str = ""

    @property
    def to_check(self) -> list[Claim]:
        """The claims that there is something to see of: what is empty claims nothing."""
        return [claim for claim in self.claims if not claim.is_empty and not claim.unasked]

    @property
    def n_empty(self) -> int:
        return sum(claim.is_empty and not claim.unasked for claim in self.claims)

    @property
    def unseen(self) -> list[Claim]:
        return [claim for claim in self.to_check if not claim.is_seen]

    @property
    def n_seen(self) -> int:
        return len(self.to_check) - len(self.unseen)


@dataclass
class FormPage:
    """A form with its answers, evidence and findings, in a fixed number of queries.

    `checks` is what a verifier has ticked and written so far: {indicator: check}, see `sp2k.entries.checks`.
    """

    form: Form
    checks: Mapping[str, Mapping] = field(default_factory=dict)

    @cached_property
    def verification(self) -> Verification | None:
        return self.form.verifications.filter(voided_at=None).select_related("by").order_by("-revision").first()

    @cached_property
    def answers(self):
        return {answer.indicator: answer for answer in self.form.answers.all()}

    @cached_property
    def unasked(self) -> dict[str, Unasked]:
        return unasked(self.form.stage.instrument, self.form.participation.entry.traits)

    @cached_property
    def claimed(self) -> AnswerScore:
        return self._score(lambda code, key: True)

    @cached_property
    def follows(self) -> AnswerScore:
        """What the points are with what the verifier refused, or with what is ticked while it is being checked."""
        if self.verification and self.verification.decision == Verification.Decision.ACCEPTED:
            return self._score(lambda code, key: key in self._accepted.get(code, ()))
        return self._score(lambda code, key: key not in self._refused(code))

    @cached_property
    def aspects(self) -> list[ClaimedAspect]:
        files = {row.name: row for row in self.form.evidence.select_related("blob")}
        return [
            ClaimedAspect(
                aspect, [self._claim(question, files) for question in aspect.questions],
                points_in_words(self.claimed.aspects[aspect.code]), points_in_words(self.follows.aspects[aspect.code]),
            )
            for aspect in questions_of(self.form.stage.instrument)
        ]  # fmt: skip

    @property
    def total_claimed(self) -> str:
        return points_in_words(self.claimed.total)

    @property
    def total(self) -> str:
        return points_in_words(self.follows.total)

    @property
    def maximum(self) -> str:
        return points_in_words(self.claimed.maximum)

    @cached_property
    def is_accepted(self) -> bool:
        return bool(self.verification and self.verification.decision == Verification.Decision.ACCEPTED)

    @cached_property
    def _findings(self) -> dict[str, Finding]:
        """All of an accepted form; of a returned one what was refused or noted."""
        return {row.indicator: row for row in self.verification.findings.all()} if self.verification else {}

    @cached_property
    def _accepted(self):
        return {code: set(row.accepted) for code, row in self._findings.items()}

    def _score(self, counts) -> AnswerScore:
        values = {code: answer.values for code, answer in self.answers.items()}
        accepted = {
            code: [key for key in answer.documents if counts(code, key)] for code, answer in self.answers.items()
        }
        traits = self.form.participation.entry.traits
        return score_of_answers(self.form.stage.instrument, values, accepted, traits=traits)

    def _refused(self, code):
        return self.checks.get(code, {}).get(REFUSED, ())

    def _claim(self, question, files) -> Claim:
        code, answer = question.code, self.answers.get(question.code)
        finding = self._findings.get(code)
        proofs = [
            Proof(slot.key, slot.title, files[name], slot.key in finding.accepted if finding else None,
                  slot.key in self._refused(code))
            for slot in question.slots
            if answer and (name := answer.documents.get(slot.key)) in files
        ]  # fmt: skip
        check = self.checks.get(code, {})
        return Claim(
            question, said_values(question, answer.values if answer else {}), proofs,
            points_in_words(self.claimed.points.get(code)), finding, points_in_words(self.follows.points.get(code)),
            check.get(NOTE, "") or (finding.note if finding else ""), bool(check.get(SEEN)), self.unasked.get(code),
        )  # fmt: skip


def said_values(question: Question, values: Mapping) -> list[tuple[str, str]]:
    """Return what was answered in the words of the form: label and answer; what is empty is left out."""
    said = []
    for ask in question.asks:
        value = values.get(ask.key)
        if value in (None, ""):
            continue
        text = _("Ada") if value is True else _("Tidak ada") if value is False or value == ABSENT else str(value)
        labels = {option.code.lower(): option.label for option in ask.options if option.label}
        said.append((ask.label, labels.get(text.lower(), text)))
    return said
