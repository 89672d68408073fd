"""What someone proposed and another person carries out or approves: moved dates, corrections of a decree, draft rules."""

from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from sp2k.accounts.policy import why_not
from sp2k.accounts.roles import Role
from sp2k.base.pages.addresses import address_of
from sp2k.desk.tasks.situation import Situation
from sp2k.desk.tasks.task import Task, task
from sp2k.editions.queries import act_of, subject_of
from sp2k.results.stages.approvals import approvals_of

LONGEST = 200


def tasks_of(here: Situation) -> Iterator[Task]:
    """Yield the proposals of one edition that wait for this person, whatever role the rules ask."""
    yield from _amendments(here)
    if here.is_published:
        return
    yield from _moves(here)
    yield from _draft_rules(here)


def _moves(here) -> Iterator[Task]:
    """Dates that someone asks to move: whoever still says yes, and of the bureau whoever can now carry it out."""
    for move in here.facts.moves.get(here.edition.pk, ()):
        move.edition = here.edition
        asked = approvals_of(here.edition, act_of(move), subject_of(move), user=here.user)
        if not asked:
            continue
        moves = why_not(here.user, "dates.move", move, now=here.now) is None
        carries_out = moves and (Role.BUREAU in asked.mine or not asked.missing)
        if not carries_out and not asked.mine:
            continue
        title = _("Putuskan pemindahan tahap %s") % move.stage.name if move.stage else _("Putuskan pemindahan pengumuman")
        yield task(
            title, _proposed(move), edition=here.edition, now=here.now,
            address=address_of("editions:proposal", here.edition.code, move.pk) if carries_out
            else address_of("editions:approvals", here.edition.code),
        )  # fmt: skip


def _amendments(here) -> Iterator[Task]:
    for amendment in here.facts.amendments.get(here.edition.pk, ()):
        if why_not(here.user, "amendment.approve", amendment, now=here.now) is None:
            yield task(
                _("Periksa usul pembetulan keputusan"), _proposed(amendment), edition=here.edition, now=here.now,
                address=address_of("publication:amendment-approve", here.edition.code, amendment.position),
            )  # fmt: skip


def _draft_rules(here) -> Iterator[Task]:
    """The rules of a draft, where they ask a yes of someone who is not of the bureau; the bureau has its own task."""
    if here.edition.has_locked_rules or here.holds(Role.BUREAU):
        return
    asked = approvals_of(here.edition, "kunci_aturan", here.edition.code, user=here.user)
    if asked and asked.mine:
        yield task(
            _("Setujui penguncian aturan"), _("Setelah dikunci hanya tanggalnya yang masih dapat dipindah."),
            edition=here.edition, now=here.now, address=address_of("editions:approvals", here.edition.code),
        )  # fmt: skip


def _proposed(row) -> str:
    reason = Truncator(row.reason).chars(LONGEST)
    return _("Diusulkan %(who)s. Alasan: %(reason)s") % {"who": row.by.name, "reason": reason}
