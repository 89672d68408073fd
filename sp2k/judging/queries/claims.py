"""What an entry claims, from its accepted form, its innovations and its presentation: what a visit may look into."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _

from sp2k.editions.models import Edition, Stage
from sp2k.entries.models import Evidence, Innovation, Participation
from sp2k.entries.queries import accepted_in
from sp2k.entries.queries.innovations import innovations_of
from sp2k.entries.reading import said_values
from sp2k.instruments.applying import unasked
from sp2k.instruments.asking import points_in_words, questions_of
from sp2k.instruments.fields import points_of_answers
from sp2k.judging.models import PlannedClaim, PresentationClaim, VisitFinding, VisitPlan
from sp2k.judging.opening.claims import claim_places, claims_noted
from sp2k.judging.queries import latest_visit_findings

N_USUAL = 10  # indicators looked into where nobody has chosen: those with the most points at stake
INNOVATION, PRESENTED = "inov-", "pres-"


@dataclass(frozen=True)
class VisitClaim:
    """One claim: what was claimed in words, where it can be seen, and what the visitors found of it.

    `claimed` and `verified` are exact points as text; both empty for what carries no points of its own.
    """

    code: str
    group: str
    title: str
    said: tuple[tuple[str, str], ...] = ()
    documents: tuple[Evidence, ...] = ()
    claimed: str = ""
    verified: str = ""
    place: str = ""
    innovation: Innovation | None = None
    finding: VisitFinding | None = field(default=None, compare=False)

    @property
    def at_stake(self) -> Fraction:
        return Fraction(self.verified or self.claimed or 0)

    @property
    def points_in_words(self) -> str:
        """`1,5 dari klaim 2`: what was verified, beside what was claimed where that differs."""
        verified, claimed = points_in_words(self.verified or "0"), points_in_words(self.claimed or "0")
        return verified if verified == claimed else f"{verified} ({claimed})"

    @property
    def is_of_form(self) -> bool:
        return not self.code.startswith((INNOVATION, PRESENTED))

    @property
    def place_seen(self) -> str:
        """Where it was seen; before that, where it is to be seen."""
        return self.finding.place if self.finding and self.finding.place else self.place


@dataclass(frozen=True)
class PlaceVisited:
    """A place, and the claims to be seen there in the order of the plan."""

    place: str
    claims: tuple[VisitClaim, ...]


def visit_claims(participation: Participation) -> list[VisitClaim]:
    """Return all that may be looked into at a visit: form first, then innovations, then what was presented.

    A constant number of queries, however many indicators the form holds.
    """
    entry, edition = participation.entry, participation.stage.edition
    places = claim_places(participation)
    found = {row.claim: row for row in _standing(participation)}
    planned = PlannedClaim.objects.filter(plan__participation=participation).values_list("claim", flat=True)
    asked = {*planned, *found}  # a visit may look into what the form left empty
    claims = [*_of_form(entry, edition, asked), *_of_innovations(entry), *_of_presentations(entry, edition)]
    known = {claim.code for claim in claims}
    claims += [VisitClaim(code, "", code) for code in found if code not in known]
    office = office_of(participation)
    return [_settled(claim, places, found, office) for claim in claims]


def latest_plan(participation: Participation) -> VisitPlan | None:
    """Return the plan that stands, with its claims, or None where nobody has chosen."""
    return participation.visit_plans.prefetch_related("claims").select_related("by").order_by("-revision").first()


def chosen_claims(claims: Sequence[VisitClaim], plan: VisitPlan | None) -> list[VisitClaim]:
    """Return the claims of the plan in its order; without one, the usual choice. What has a finding is always there."""
    if plan is None:
        usual = usual_choice(claims)
        return [claim for claim in claims if claim.code in usual or claim.finding]
    by_code = {claim.code: claim for claim in claims}
    planned = [row.claim for row in plan.claims.all()]
    late = [claim.code for claim in claims if claim.finding and claim.code not in planned]
    return [by_code[code] for code in [*planned, *late] if code in by_code]


def usual_choice(claims: Sequence[VisitClaim]) -> set[str]:
    """Return the codes of the indicators with the most points at stake, all innovations and all that was presented."""
    of_form = [claim for claim in claims if claim.is_of_form]
    weighty = sorted(of_form, key=lambda claim: -claim.at_stake)[:N_USUAL]
    return {claim.code for claim in weighty} | {claim.code for claim in claims if not claim.is_of_form}


def by_place(claims: Sequence[VisitClaim], *, as_planned: bool = False) -> list[PlaceVisited]:
    """Return the claims by place, both in the order in which they first appear; `as_planned`: whatever was seen where."""
    places: dict[str, list[VisitClaim]] = {}
    for claim in claims:
        places.setdefault(claim.place if as_planned else claim.place_seen, []).append(claim)
    return [PlaceVisited(place, tuple(rows)) for place, rows in places.items()]


def office_of(participation: Participation) -> str:
    """Where whatever names no place of its own is looked at."""
    return f"Kantor Kecamatan {participation.entry.name}"


def finding_history(participation: Participation, code: str) -> list[VisitFinding]:
    """Return all that was recorded of one claim, the newest first."""
    rows = participation.visit_findings.filter(claim=code).order_by("-revision")
    return list(rows.select_related("by", "seat", "voided_by").prefetch_related("photos__blob"))


def _standing(participation) -> list[VisitFinding]:
    rows = latest_visit_findings(participation.stage).filter(participation=participation)
    return list(rows.select_related("by", "seat", "participation__entry").prefetch_related("photos__blob"))


def _settled(claim, places, found, office) -> VisitClaim:
    return VisitClaim(
        claim.code, claim.group, claim.title, claim.said, claim.documents, claim.claimed, claim.verified,
        places.get(claim.code) or claim.place or office, claim.innovation, found.get(claim.code),
    )  # fmt: skip


def _of_form(entry, edition: Edition, asked) -> list[VisitClaim]:
    accepted = accepted_in(edition.stages.filter(kind=Stage.Kind.FILLING)).filter(form__participation__entry=entry)
    accepted = accepted.order_by("-form__participation__stage")
    verification = accepted.select_related("form__participation__stage__instrument").first()
    if verification is None:
        return []
    form, instrument = verification.form, verification.form.participation.stage.instrument
    answers = {answer.indicator: answer for answer in form.answers.all()}
    evidence = {row.name: row for row in form.evidence.select_related("blob")}
    verified = dict(verification.findings.values_list("indicator", "points"))
    claimed = points_of_answers(
        instrument,
        {code: answer.values for code, answer in answers.items()},
        {code: list(answer.documents) for code, answer in answers.items()},
        traits=entry.traits,
    )
    claims, outside = [], unasked(instrument, entry.traits)
    for aspect in questions_of(instrument):
        for question in aspect.questions:
            code, answer = question.code, answers.get(question.code)
            if code in outside or (answer is None and code not in asked):
                continue
            said = said_values(question, answer.values) if answer else []
            documents = _documents(answer, evidence) if answer else []
            points = claimed.get(code, ""), verified.get(code, "")
            claims.append(VisitClaim(code, aspect.name, question.title, tuple(said), tuple(documents), *points))
    return claims


def _documents(answer, evidence) -> list[Evidence]:
    names = dict.fromkeys(answer.documents.values())
    return [evidence[name] for name in names if name in evidence]


def _of_innovations(entry) -> list[VisitClaim]:
    return [
        VisitClaim(
            f"{INNOVATION}{row.number}", row.get_kind_display(), row.title,
            ((_("Cara kerja"), row.works), (_("Manfaat"), row.benefit)), place=row.place, innovation=row,
        )
        for row in innovations_of(entry)
        if row.voided_at is None
    ]  # fmt: skip


def _of_presentations(entry, edition) -> list[VisitClaim]:
    return [VisitClaim(row.code, "Paparan", row.text, place=row.place) for row in presentation_claims(entry, edition)]


def presentation_claims(entry, edition: Edition) -> list[PresentationClaim]:
    """Return the claims noted while an entry presented, those struck out left out, in the order noted."""
    return [row for row in claims_noted(entry, edition) if row.voided_at is None]
