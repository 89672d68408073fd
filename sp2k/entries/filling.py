"""What the pages of one kecamatan's form stand on, read in a fixed number of queries whatever the instrument's length."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.utils.translation import gettext as _

from sp2k.editions.models import Stage
from sp2k.entries.drafting import EVIDENCE, VALUES, answers_of_form, mark_of_whole
from sp2k.entries.forms.filling import AspectForm, Gap
from sp2k.entries.models import DraftDocument, Form, FormDraft, Participation, Verification
from sp2k.entries.queries import newest_voided
from sp2k.entries.reading import said_values
from sp2k.instruments.applying import Unasked, unasked
from sp2k.instruments.asking import AspectQuestions, points_in_words, questions_of
from sp2k.instruments.fields import AnswerScore, score_of_answers


@dataclass
class FillingDesk:
    """A kecamatan's form as its own people work on it."""

    participation: Participation

    @cached_property
    def draft(self) -> FormDraft | None:
        return FormDraft.objects.select_related("by").filter(participation=self.participation).first()

    @cached_property
    def last(self) -> Form | None:
        """The last form sent that stands, or None."""
        rows = self.participation.forms.filter(voided_at=None).order_by("-revision").select_related("by")
        return rows.prefetch_related("answers", "evidence__blob", "verifications__findings").first()

    @cached_property
    def voided(self) -> Form | None:
        """The newest form, where it was voided and nothing has taken its place."""
        return newest_voided([self.participation]).get(self.participation.pk)

    @cached_property
    def verification(self) -> Verification | None:
        """What the verifier last said of the last form, or None."""
        standing = self.last.standing_verifications if self.last else []
        return standing[-1] if standing else None

    @cached_property
    def came_back(self) -> dict[str, str]:
        """What the verifier said of each indicator when the form was returned."""
        if not self.verification or self.verification.decision != Verification.Decision.RETURNED:
            return {}
        claimed = {answer.indicator: answer.documents for answer in self.last.answers.all()}
        return {row.indicator: _objection(row, claimed.get(row.indicator, {})) for row in self.verification.findings.all()}

    @property
    def start(self) -> Form | None:
        """What a draft begins from."""
        return self.last or self.voided

    @property
    def needs_reason(self) -> bool:
        """A form sent again says why, but for one that came back with the verifier's own reason."""
        came_back = self.verification and self.verification.decision == Verification.Decision.RETURNED
        return self.last is not None and not came_back

    @cached_property
    def aspects(self) -> tuple[AspectQuestions, ...]:
        return questions_of(self.participation.stage.instrument)

    @cached_property
    def answers(self) -> dict:
        """What stands in the draft; where there is none, what was last sent, or what was voided and not replaced."""
        if self.draft:
            return self.draft.answers
        return answers_of_form(self.start.answers.all(), self.aspects) if self.start else {}

    @cached_property
    def documents(self) -> dict[str, DraftDocument]:
        """The files of the draft by name; of the last form where there is no draft."""
        rows = self.draft.documents.select_related("blob") if self.draft else self.start.evidence.all() if self.start else []
        return {row.name: row for row in rows}

    @cached_property
    def forms(self) -> dict[str, AspectForm]:
        """Each aspect's form by its code."""
        return {
            aspect.code: AspectForm(aspect, self.answers, self.documents, unasked=self.unasked) for aspect in self.aspects
        }

    @cached_property
    def unasked(self) -> dict[str, Unasked]:
        """The indicators that do not apply to this kecamatan."""
        return unasked(self.participation.stage.instrument, self.participation.entry.traits)

    def aspect(self, code: str) -> AspectQuestions | None:
        return next((aspect for aspect in self.aspects if aspect.code == code), None)

    def after(self, code: str) -> AspectQuestions | None:
        """The aspect that follows, or None."""
        codes = [aspect.code for aspect in self.aspects]
        place = codes.index(code) + 1
        return self.aspects[place] if place < len(codes) else None

    @property
    def n_whole(self) -> int:
        return sum(form.n_whole for form in self.forms.values())

    @property
    def n_questions(self) -> int:
        return sum(len(form.asked) for form in self.forms.values())

    @property
    def mark(self) -> str:
        return mark_of_whole(self.answers, self.documents.values())

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """What cannot be read: aspect, place, sentence."""
        return [(code, *error) for code, form in self.forms.items() for error in form.errors]

    @cached_property
    def score(self) -> AnswerScore:
        """What the answers would give if every piece of evidence were accepted."""
        return claimed_score(self.participation, self.answers)

    @cached_property
    def gaps(self) -> list[Gap]:
        """What is not whole, and what that costs."""
        return [
            Gap(sheet, code, max(Fraction(0), sheet.question.maximum - self.score.points.get(sheet.question.code, 0)))
            for code, form in self.forms.items()
            for sheet in form.lacking
        ]

    @property
    def cost(self) -> str:
        return points_in_words(sum((gap.cost for gap in self.gaps), Fraction(0)))

    @property
    def total(self) -> str:
        return points_in_words(self.score.total)

    @property
    def most(self) -> str:
        return points_in_words(self.score.maximum)

    @cached_property
    def earlier(self) -> dict[str, str]:
        """What was answered an edition before, by indicator, where the same instrument was used; in one sentence each."""
        found = _earlier_form(self.participation)
        if found is None:
            return {}
        titles = {question.code: question for aspect in self.aspects for question in aspect.questions}
        points = {finding.indicator: finding.points for row in found.verifications.all() for finding in row.findings.all()}
        said = {}
        for answer in found.answers.all():
            if answer.indicator in titles and (values := _said(answer, titles[answer.indicator])):
                given = points_in_words(points.get(answer.indicator, ""))
                said[answer.indicator] = values + (f", diterima ({given} poin)" if given else "")
        return said


def claimed_score(participation: Participation, answers) -> AnswerScore:
    """Return what answers in the shape of a draft give when all their evidence is accepted."""
    values = {code: answer[VALUES] for code, answer in answers.items()}
    accepted = {code: list(answer[EVIDENCE]) for code, answer in answers.items()}
    return score_of_answers(participation.stage.instrument, values, accepted, traits=participation.entry.traits)


def _earlier_form(participation) -> Form | None:
    edition = participation.edition
    rows = Form.objects.filter(
        participation__entry__region=participation.region_code, participation__stage__kind=Stage.Kind.FILLING,
        participation__stage__instrument=participation.stage.instrument_id,
        participation__stage__edition__year__lt=edition.year, voided_at=None,
        verifications__decision=Verification.Decision.ACCEPTED, verifications__voided_at=None,
    )  # fmt: skip
    ordered = rows.order_by("-participation__stage__edition__year", "-revision")
    return ordered.prefetch_related("answers", "verifications__findings").first()


def _said(answer, question) -> str:
    parts = [f"{label}: {value}" if label else value for label, value in said_values(question, answer.values)]
    if answer.documents:
        parts.append(f"{len(answer.documents)} bukti")
    return "; ".join(parts)


def _objection(finding, documents) -> str:
    refused = [name for key, name in documents.items() if key not in finding.accepted]
    said = [_("Bukti tidak diterima: %s.") % ", ".join(refused)] if refused else []
    return " ".join(said + ([finding.note] if finding.note else []))
