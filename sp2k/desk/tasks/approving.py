"""Whoever the edition asks for a yes: to a lock, to a late sheet, to the result, to the announcement."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from sp2k.accounts.roles import Role
from sp2k.base.pages.addresses import address_of
from sp2k.desk.tasks.situation import Situation
from sp2k.desk.tasks.task import Task, task
from sp2k.editions.file import EARLY_LOCK
from sp2k.results.queries import arrivals_in_words
from sp2k.results.stages.approvals import approvals_of
from sp2k.results.stages.late import late_sheets_to_approve

ASKED = (Role.CHAIR, Role.INSPECTORATE, Role.LEADER)


def tasks_of(here: Situation) -> Iterator[Task]:
    """Yield the yeses that one edition asks of a chair, the inspectorate or a leader. The bureau has its own tasks."""
    if not here.edition.has_locked_rules or here.is_published:
        return
    yield from _replacements(here)
    if not any(here.holds(role) for role in ASKED):
        return
    stage = here.current
    if stage is not None and here.is_past(stage) and not here.holds(Role.BUREAU):
        asked = approvals_of(here.edition, "kunci_tahap", stage.code, user=here.user)
        if asked and asked.mine and not here.missing:
            yield task(
                _("Setujui penguncian tahap %s") % stage.name,
                _("%s Setelah dikunci tidak ada yang diterima lagi.") % arrivals_in_words(here.progress[stage.pk]),
                edition=here.edition, now=here.now, due=here.last_instant(stage),
                address=address_of("results:stage", here.edition.code, stage.code),
            )  # fmt: skip
    yield from _late(here)
    if here.is_at_decision and not here.is_decided and here.has_awards and not here.edition.standing_return:
        asked = approvals_of(here.edition, "hasil", here.edition.result_subject, user=here.user)
        if asked and asked.mine:
            yield task(
                _("Setujui hasil"), _("Gelar sudah diberikan. Baca seberapa pasti urutannya sebelum menyetujui."),
                edition=here.edition, now=here.now, address=address_of("publication:decision", here.edition.code),
            )  # fmt: skip
    if here.has_decree:
        asked = approvals_of(here.edition, "terbit", here.edition.code, user=here.user)
        if asked and asked.mine:
            yield task(
                _("Setujui pengumuman"), _("Keputusan sudah dibuat; hasil terbuka setelah persetujuan lengkap."),
                edition=here.edition, now=here.now, due=here.edition.announced_at,
                address=address_of("publication:decision", here.edition.code),
            )  # fmt: skip


def _late(here) -> Iterator[Task]:
    waiting = [stage for stage in here.stages if here.facts.late.get(stage.pk)]
    counting = [stage for stage in waiting if stage.pk not in here.frozen]
    for stage in counting:
        if n := len(late_sheets_to_approve(stage, user=here.user, now=here.now)):
            yield task(
                _("Setujui %d lembar terlambat") % n,
                _("Biro mengusulkan supaya lembar itu dihitung. Nilainya tidak ditampilkan."),
                edition=here.edition, now=here.now,
                address=address_of("results:late-sheets", here.edition.code, stage.code),
            )  # fmt: skip


def _replacements(here) -> Iterator[Task]:
    """Another person proposed for a seat; whoever is asked and has not said yes. Who proposes it says yes by seating."""
    for proposal in (*here.standing_proposals("panel"), *here.standing_proposals(EARLY_LOCK)):
        if proposal.by_id == here.user.pk:
            continue
        asked = approvals_of(here.edition, proposal.act, proposal.subject, user=here.user)
        if asked and asked.mine and proposal.act == EARLY_LOCK and Role.BUREAU not in asked.mine:
            yield task(
                _("Putuskan penguncian sebelum batasnya"),
                _("%(what)s. Alasan: %(reason)s") % {"what": proposal.about, "reason": proposal.reason},
                edition=here.edition, now=here.now, address=_where_it_is_read(here, proposal.subject.partition(" ")[0]),
            )  # fmt: skip
        elif asked and asked.mine and proposal.act == "panel":
            stage, seat, _person = proposal.subject.split(" ")
            yield task(
                _("Setujui pergantian pada kursi juri"),
                _("%(what)s. Alasan: %(reason)s") % {"what": proposal.about, "reason": proposal.reason},
                edition=here.edition, now=here.now, address=address_of("judging:seat", here.edition.code, stage, seat),
            )  # fmt: skip


def _where_it_is_read(here, stage: str) -> str:
    """The page of the stage, with its figures, absences and reasons; a leader does not read it before its lock."""
    if any(here.holds(role) for role in (Role.CHAIR, Role.INSPECTORATE, Role.BUREAU)):
        return address_of("results:stage", here.edition.code, stage)
    return address_of("editions:approvals", here.edition.code)
