"""Conditions of the acts on documents."""

from django.utils.translation import gettext_lazy as _

from sp2k.accounts.checks import Check

not_own_proposal = Check(
    "not_own_proposal", lambda user, obj, now: obj.by_id != user.pk, _("Usul sendiri disetujui orang lain.")
)
