"""Reading entries, forms and findings."""

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from sp2k.accounts.roles import Role
from sp2k.editions.models import Stage
from sp2k.entries.models import Form, Participation, Verification


def latest_forms(stage: Stage) -> QuerySet[Form]:
    """Return each participation's form of the highest revision."""
    return Form.objects.filter(participation__stage=stage).filter(
        revision=Subquery(
            Form.objects.filter(participation=OuterRef("participation"))
            .values("participation")
            .annotate(last=Max("revision"))
            .values("last")
        )
    )


def standing_verifications(stage: Stage) -> QuerySet[Verification]:
    """Return the last verification of each participation's last form: what the regency holds to be true."""
    return Verification.objects.filter(form__in=latest_forms(stage)).filter(
        revision=Subquery(
            Verification.objects.filter(form=OuterRef("form")).values("form").annotate(last=Max("revision")).values("last")
        )
    )


def accepted_verifications(stage: Stage) -> QuerySet[Verification]:
    """Return the standing verifications that accepted the form."""
    return standing_verifications(stage).filter(decision=Verification.Decision.ACCEPTED)


def participations_visible_to(user) -> QuerySet[Participation]:
    """Return what the policy's `form.read` lets `user` see, as one query: by reach, own kecamatan for a camat."""
    reach = Q(pk__in=[])
    for membership in user.held_memberships:
        if membership.role in {Role.CAMAT, Role.REGENCY, Role.VERIFIER, Role.BUREAU}:
            code = membership.region_id
            reach |= Q(entry__region_id=code) | Q(entry__region__code__startswith=code + ".")
    return (
        Participation.objects.filter(reach)
        .select_related("stage__edition", "entry__region__parent")
        .annotate(region_name=F("entry__region__name"))
    )
