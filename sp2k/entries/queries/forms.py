"""Reading entries, forms and findings."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from sp2k.accounts.roles import Role
from sp2k.editions.models import Stage
from sp2k.editions.queries import beside_judging
from sp2k.entries.models import Form, FormDraft, Participation, Verification


def latest_forms(stage: Stage) -> QuerySet[Form]:
    """Return each participation's standing form: of the highest revision, what was voided left aside."""
    return _latest(Form.objects.filter(participation__stage=stage))


def accepted_verifications(stage: Stage) -> QuerySet[Verification]:
    """Return what the regencies hold to be true: the acceptances of each participation's last form."""
    return _accepted(latest_forms(stage))


def decided_forms(stage: Stage) -> QuerySet:
    """Return the keys of the forms about which a verifier's decision stands."""
    return Verification.objects.filter(form__participation__stage=stage, voided_at=None).values("form")


def accepted_in_participation(participation: Participation) -> QuerySet[Verification]:
    """Return every acceptance of one kecamatan's forms that was not voided."""
    return Verification.objects.filter(
        form__participation=participation, form__voided_at=None, voided_at=None,
        decision=Verification.Decision.ACCEPTED,
    )  # fmt: skip


def newest_voided(participations: Iterable[Participation]) -> dict[int, Form]:
    """Return by participation its newest form where that was voided: nothing has taken its place yet.

    `is_given_back` says whether its content is the kecamatan's draft now.
    """
    newer = Form.objects.filter(participation=OuterRef("participation"), revision__gt=OuterRef("revision"))
    rows = Form.objects.filter(~Exists(newer), participation__in=participations).exclude(voided_at=None)
    rows = rows.annotate(is_given_back=Exists(FormDraft.objects.filter(restored_from=OuterRef("pk"))))
    return {form.participation_id: form for form in rows.select_related("voided_by")}


def accepted_in(stages: Iterable[Stage | int]) -> QuerySet[Verification]:
    """Return the acceptances that stand in all of the stages."""
    return _accepted(_latest(Form.objects.filter(participation__stage__in=stages)))


def _latest(forms: QuerySet[Form]) -> QuerySet[Form]:
    newer = Form.objects.filter(
        participation=OuterRef("participation"), revision__gt=OuterRef("revision"), voided_at=None
    )
    return forms.filter(~Exists(newer), voided_at=None)


def _accepted(forms: QuerySet[Form]) -> QuerySet[Verification]:
    newer = Verification.objects.filter(form=OuterRef("form"), revision__gt=OuterRef("revision"), voided_at=None)
    standing = Verification.objects.filter(form__in=forms, voided_at=None).filter(~Exists(newer))
    return standing.filter(decision=Verification.Decision.ACCEPTED)


def participations_visible_to(user) -> QuerySet[Participation]:
    """Return the kecamatan `user` may know to take part: by reach, own kecamatan for a camat.

    What they claim is another question, which the policy's `form.read` answers for each.
    """
    reach = Q(pk__in=[])
    for membership in user.held_memberships:
        if membership.role in {Role.CAMAT, Role.REGENCY, Role.VERIFIER, Role.BUREAU, Role.INSPECTORATE}:
            code = membership.region_id
            within = Q(entry__region_id=code) | Q(entry__region__code__startswith=code + ".")
            reach |= within & beside_judging(user, membership, "stage__edition")
    return (
        Participation.objects.filter(reach)
        .select_related("stage__edition", "entry__region__parent")
        .annotate(region_name=F("entry__name"))
    )
