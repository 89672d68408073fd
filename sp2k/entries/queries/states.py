"""How far each kecamatan's form is: one word a row, found by the database so that long lists sort and filter by it."""

from collections.abc import Sequence

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from sp2k.editions.models import Stage
from sp2k.entries.models import Form, FormDraft, Participation, Verification
from sp2k.entries.queries.forms import newest_voided

NONE, DRAFT, SENT, ACCEPTED, RETURNED = "none", "draft", "sent", "ok", "back"


def with_states(rows: QuerySet[Participation]) -> QuerySet[Participation]:
    """Add `last_form` (its key), `revision`, `changed_at`, `decision`, `has_draft` and `state`.

    What was voided is left aside. `state` is what all may know: of a form that was sent, what became of it, whatever
    draft is made after it.
    """
    forms = Form.objects.filter(participation=OuterRef("pk"), voided_at=None).order_by("-revision")
    decisions = Verification.objects.filter(form=OuterRef("last_form"), voided_at=None).order_by("-revision")
    draft = FormDraft.objects.filter(participation=OuterRef("pk"))
    return rows.annotate(
        last_form=Subquery(forms.values("pk")[:1]),
        revision=Subquery(forms.values("revision")[:1]),
        has_draft=Exists(draft),
        decision=Subquery(decisions.values("decision")[:1]),
        changed_at=Coalesce(Subquery(decisions.values("at")[:1]), Subquery(forms.values("at")[:1])),
        state=Case(
            When(decision=Verification.Decision.ACCEPTED, then=Value(ACCEPTED)),
            When(decision=Verification.Decision.RETURNED, then=Value(RETURNED)),
            When(last_form__isnull=False, then=Value(SENT)),
            When(has_draft=True, then=Value(DRAFT)),
            default=Value(NONE),
            output_field=CharField(),
        ),
    )


def with_voided(rows: Sequence[Participation]) -> Sequence[Participation]:
    """Give each row `voided`: its newest form, where that was voided and nothing has taken its place. One query."""
    found = newest_voided(rows)
    for row in rows:
        row.voided = found.get(row.pk)
    return rows


def state_counts(rows: QuerySet[Participation]) -> dict[str, int]:
    """Return how many rows of `with_states` are in each state, every state named."""
    found = dict.fromkeys((NONE, DRAFT, SENT, RETURNED, ACCEPTED), 0)
    for state in rows.order_by().values_list("state", flat=True):
        found[state] += 1
    return found


def filling_participations(rows: QuerySet[Participation]) -> QuerySet[Participation]:
    """Return those in stages that kecamatan fill in, of editions whose rules are locked, newest edition first."""
    return rows.filter(stage__kind=Stage.Kind.FILLING, stage__edition__abandoned_at=None).order_by(
        "-stage__edition__year", "stage__edition__code", "stage__position", "entry__region"
    )
