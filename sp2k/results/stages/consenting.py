"""What a yes to locking a stage is a yes to: shown on one page, with the button by which it is given."""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from sp2k.accounts.policy import why_not
from sp2k.base.language import spoken_instant
from sp2k.base.pages.addresses import address_of
from sp2k.base.pages.confirming import Preview
from sp2k.editions.file import EARLY_LOCK
from sp2k.editions.models import Stage
from sp2k.results.closing import missing_things
from sp2k.results.queries import StageResult
from sp2k.results.stages.approvals import Approvals, approvals_of
from sp2k.results.stages.confirming import early_preview, lock_preview, proposed_in_words
from sp2k.results.stages.early import waiting_early_lock


def yes_preview(stage: Stage, act: str, *, user, now: datetime) -> Preview:
    """The figures, absences and names that whoever locks reads, for whoever is asked to agree."""
    waiting = waiting_early_lock(stage) if act == EARLY_LOCK else None
    plain = (early_preview if waiting else lock_preview)(stage, user=user, now=now)
    subject = waiting.subject if waiting else stage.code
    asked = approvals_of(stage.edition, act, subject, user=user)
    title = _("Setujui penguncian tahap %s sebelum batasnya") if waiting else _("Setujui penguncian tahap %s")
    return replace(
        plain, ways=(), title=title % stage.name, button=_("Setujui penguncian"),
        back=page_to_return_to(stage, user=user, now=now), reason=_why_no_yes(stage, act, waiting, asked, now),
        notes=(*proposed_in_words(waiting, stage), *_lapsed(stage, asked)),
        for_good=_("Yang Anda setujui: tahap ini dikunci seperti yang tertulis di atas. Bila tahapnya berubah sesudah ini, "
                   "persetujuan Anda gugur dan diminta lagi."),
    )  # fmt: skip


def page_to_return_to(stage: Stage, *, user, now: datetime) -> str:
    """The page of the stage; a leader does not read it before its lock and goes back to the approvals."""
    if why_not(user, "stage.read", StageResult(stage), now=now) is None:
        return address_of("results:stage", stage.edition.code, stage.code)
    return address_of("editions:approvals", stage.edition.code)


def _why_no_yes(stage, act, waiting, asked: Approvals | None, now) -> str:
    if stage.is_locked or now < stage.opens_at:
        return stage.opening_in_words(now)
    if act == EARLY_LOCK and waiting is None:
        return _("Tidak ada usul mengunci tahap %s sebelum batasnya yang menunggu.") % stage.name
    if missing := missing_things(stage):
        return _("Tahap belum dapat dikunci: %s.") % "; ".join(thing.brief for thing in missing)
    if asked is None or not asked.mine:
        return _("Persetujuan Anda tidak ditunggu di sini: sudah dicatat, atau tidak diminta dari peran Anda.")
    return ""


def _lapsed(stage, asked: Approvals | None) -> tuple[str, ...]:
    zone = stage.edition.zone
    rows = [gone for one in (asked.asked if asked else ()) for gone in one.lapsed if gone.changed_at]
    return tuple(
        _("Persetujuan %(who)s pada %(at)s gugur: sesudahnya %(why)s (sejak %(changed)s).") % {
            "who": gone.approval.by.name, "at": spoken_instant(gone.approval.at, zone), "why": gone.words,
            "changed": spoken_instant(gone.changed_at, zone),
        }
        for gone in rows
    )  # fmt: skip
