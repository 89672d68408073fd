"""When nothing waits: what will come, and when."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from sp2k.accounts.roles import Role
from sp2k.base.clock import has_passed
from sp2k.base.language import spoken_instant
from sp2k.desk.tasks.situation import Situation
from sp2k.editions.models import Stage

SHOWN = 3

# What each kind of stage brings to each role, in words that follow "Tahap X dibuka …".
BRINGS = {
    (Stage.Kind.FILLING, Role.CAMAT): later("isian kecamatan Anda"),
    (Stage.Kind.FILLING, Role.VERIFIER): later("isian yang perlu diperiksa"),
    (Stage.Kind.FILLING, Role.REGENCY): later("kemajuan isian kecamatan"),
    (Stage.Kind.SELECTION, Role.REGENCY): later("peringkat dan calon kabupaten/kota"),
    (Stage.Kind.SCORING, Role.JUROR): later("lembar penilaian Anda"),
    (Stage.Kind.SCORING, Role.CHAIR): later("lembar penilaian Anda"),
    (Stage.Kind.VISIT, Role.JUROR): later("kunjungan dan lembarnya"),
    (Stage.Kind.VISIT, Role.CHAIR): later("kunjungan dan lembarnya"),
}


def coming(situations: Sequence[Situation], *, user) -> list[str]:
    """Return a sentence an edition: what comes next for this person, and when."""
    if user.roles <= {Role.ADMIN}:
        return []
    return [sentence for here in situations if (sentence := _next(here, user))][:SHOWN]


def _next(here: Situation, user) -> str:
    stage = here.current
    if stage is None:
        return _announcement(here)
    ahead = [one for one in here.stages if one.position >= stage.position]
    for one in ahead:
        what = next((BRINGS[kind, role] for kind, role in BRINGS if kind == one.kind and role in here.user.roles), "")
        if here.now < one.opens_at and (what or here.may_count):
            return _("%(edition)s: tahap %(stage)s dibuka %(when)s") % {
                "edition": here.edition, "stage": one.name, "when": spoken_instant(one.opens_at, here.edition.zone),
            } + (f"; {what}." if what else ".")  # fmt: skip
    if here.is_past(stage):
        return _("%(edition)s: tahap %(stage)s lewat batas dan menunggu dikunci.") % {
            "edition": here.edition, "stage": stage.name,
        }  # fmt: skip
    return " ".join(_running(here, stage))


def _running(here, stage) -> Iterator[str]:
    """A stage's deadlines that have not passed: filling and checking are two, each with its own."""
    zone = here.edition.zone
    told = {"edition": here.edition, "stage": stage.name, "when": spoken_instant(stage.closes_at, zone)}
    checks = {"when": spoken_instant(stage.ends_at, zone)}
    if not has_passed(stage.closes_at, here.now):
        yield _("%(edition)s: tahap %(stage)s berlangsung sampai %(when)s.") % told
        if stage.checks_until:
            yield _("Verifikasi isian sampai %(when)s.") % checks
    else:
        yield _("%(edition)s: tahap %(stage)s ditutup %(when)s.") % told
        yield _("Verifikasi isian sampai %(when)s.") % checks


def _announcement(here) -> str:
    at = here.edition.announced_at
    if here.edition.is_published or at is None or not here.is_at_decision:
        return ""
    return _("%(edition)s: pengumuman %(when)s.") % {
        "edition": here.edition, "when": spoken_instant(at, here.edition.zone),
    }  # fmt: skip
