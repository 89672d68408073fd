"""What locking, freezing and letting go on will do, shown before each is done for good."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from sp2k.accounts.policy import why_not_or_whose
from sp2k.accounts.roles import Role
from sp2k.base.language import spoken_instant
from sp2k.base.pages.confirming import Preview, names_shown
from sp2k.base.wording import number_in_words
from sp2k.editions.approvals import rules_of_act
from sp2k.editions.models import Stage
from sp2k.editions.queries import missing_approvals
from sp2k.editions.queries.chairs import chair_terms
from sp2k.entries.models import Participation
from sp2k.entries.queries.states import with_states
from sp2k.judging.models import Assignment, LateSheet
from sp2k.results.closing import leaves_out_silent, missing_things, regencies_in
from sp2k.results.models import Advancement, FrozenTally
from sp2k.results.queries import StageProgress, edition_progress, standing_tally, why_no_places
from sp2k.results.stages.acts import why_not_advance, why_not_freeze, why_not_lock
from sp2k.results.stages.approvals import approvals_of
from sp2k.results.stages.cures import ways_of
from sp2k.results.stages.early import ACT, early_figures, waiting_early_lock
from sp2k.results.ties.groups import ties_of
from sp2k.results.ties.ruled import placements_of
from sp2k.results.turnout.page import recorded_absences

SHOWN = 12  # of those left out: how many are told by number, the first by name


def lock_preview(stage: Stage, *, user, now: datetime) -> Preview:
    """What stands when the stage is locked, and who is left out by it."""
    progress = _progress(stage)
    approvals = approvals_of(stage.edition, "kunci_tahap", stage.code, user=user)
    reason = why_not_or_whose(user, "stage.lock", stage, now=now)
    if not reason:
        reason = stage.opening_in_words(now) if stage.is_locked else ""
    missing = missing_things(stage)
    reason = reason or why_not_lock(stage, now, missing, approvals)
    return Preview(
        title=_("Kunci tahap %s") % stage.name, eyebrow=str(stage.edition), button=_("Kunci tahap"),
        back=_back(stage), reason=reason, figures=(
            (_("Peserta tahap"), number_in_words(progress.n_entries)),
            (_arrived(stage), _of(progress.n_sheets, progress.n_expected)),
            *_absent(stage),
            (_("Batas waktu"), spoken_instant(stage.checks_until or stage.closes_at, stage.edition.zone)),
        ),
        lists=(*_away(stage), *_left_out(stage)), ways=() if stage.is_locked else ways_of(missing, stage),
        for_good=_("Setelah dikunci tidak ada lembar, isian, atau temuan yang diterima, dan tahap tidak dapat dibuka lagi."),
    )  # fmt: skip


def early_preview(stage: Stage, *, user, now: datetime) -> Preview:
    """What locking before the published deadline takes away, from whom, and who has agreed to it so far."""
    figures, waiting = early_figures(stage, now), waiting_early_lock(stage)
    plain = lock_preview(stage, user=user, now=now)
    left = ((_("Sisa waktu"), figures.left_in_words), (_("Kehilangan sisa waktu"), number_in_words(figures.n_lost)))
    subject = waiting.subject if waiting else f"{stage.code} "
    awaited = missing_approvals(stage.edition, ACT, subject, also=user)
    return replace(
        plain, title=_("Kunci tahap %s sebelum batasnya") % stage.name, figures=(*plain.figures, *left),
        button=_("Kunci sebelum batasnya"),
        notes=(*proposed_in_words(waiting, stage), *_awaited(stage, subject, awaited), *_freed(stage)),
        for_good=_("Batas yang sudah diumumkan tidak berlaku lagi. Setelah dikunci tidak ada yang diterima, dan tahap tidak "
                   "dapat dibuka lagi."),
    )  # fmt: skip


def proposed_in_words(waiting, stage) -> tuple[str, ...]:
    """Who proposed the early lock, when and why; nothing where nobody did."""
    if waiting is None:
        return ()
    told = {"who": waiting.by.name, "at": spoken_instant(waiting.at, stage.edition.zone), "reason": waiting.reason}
    return (_("Diusulkan %(who)s pada %(at)s. Alasan: %(reason)s") % told,)


def _awaited(stage, subject: str, awaited: list[str]) -> tuple[str, ...]:
    if Role.CHAIR in {rule.role for rule in rules_of_act(stage.edition.rules, ACT, subject)} and not _has_chair(stage):
        awaited = [*awaited, _("kursi ketua edisi ini belum diduduki siapa pun")]
    if not awaited:
        return (_("Dengan persetujuan Anda semuanya lengkap: tahap langsung dikunci."),)
    return (_("Setelah Anda menekan tombolnya, penguncian masih menunggu: %s.") % "; ".join(awaited),)


def _has_chair(stage) -> bool:
    return any(until is None for _person, _since, until in chair_terms(stage.edition, stage.code))


def _freed(stage) -> tuple[str, ...]:
    following = stage.next_stage
    if following is None or following.opens_at <= stage.opens_at:
        return ()
    told = {"next": following.name, "at": spoken_instant(following.opens_at, stage.edition.zone)}
    return (_("Tahap %(next)s tetap dibuka %(at)s, tetapi pembukaannya boleh dimajukan di kalender setelah ini.") % told,)


def freeze_preview(stage: Stage, *, user, now: datetime) -> Preview:
    """From how many sheets the places will be counted, and what still waits to be counted with them."""
    progress, tally = _progress(stage), standing_tally(stage)
    waiting = LateSheet.objects.filter(assignment__participation__stage=stage, decision=LateSheet.Decision.WAITING)
    reason = why_not_or_whose(user, "results.freeze", stage, now=now)
    if not reason and tally is not None:
        reason = _("Hitungan tahap %s sudah dibekukan. Hitungan yang beku tidak diulang.") % stage.name
    reason = reason or (why_not_freeze(stage) if stage.is_locked else "")
    return Preview(
        title=_("Bekukan hitungan tahap %s") % stage.name, eyebrow=str(stage.edition), button=_("Bekukan hitungan"),
        back=_back(stage), reason=reason, figures=(
            (_("Peserta tahap"), number_in_words(progress.n_entries)),
            (_arrived(stage), _of(progress.n_sheets, progress.n_expected)),
            *_absent(stage),
            (_("Lembar terlambat yang menunggu putusan"), number_in_words(waiting.count())),
        ),
        lists=(names_shown(_("Peserta tanpa satu lembar pun"), _without_sheet(stage)),) if _without_sheet(stage) else (),
        for_good=_("Hitungan yang dibekukan tidak diulang. Lembar terlambat yang masih menunggu diputus lebih dahulu."),
    )  # fmt: skip


def advance_preview(stage: Stage, *, user, now: datetime) -> Preview:
    """Who goes on to the next stage, by name, and how many stay behind."""
    tally, following = standing_tally(stage), stage.next_stage
    through = _through(tally) if tally else []
    n_all = tally.placements.count() if tally else 0
    n_tied = sum(len(tie.placements) for tie in ties_of(tally) if tie.seats is not None) if tally else 0
    reason = why_not_or_whose(user, "stage.advance", stage, now=now) or _why_none_goes_on(stage, tally)
    return Preview(
        title=_("Loloskan ke %s") % following.name if following else _("Loloskan peserta"),
        eyebrow=f"{stage.edition} · {stage.name}", button=_("Loloskan peserta"), back=_back(stage), reason=reason,
        figures=(
            (_("Masuk tahap berikutnya"), number_in_words(len(through))),
            *([(_("Seri di batas, belum diputus"), number_in_words(n_tied))] if n_tied else []),
            (_("Tidak lolos"), number_in_words(n_all - len(through) - n_tied)),
            *([(_("Dibuka"), spoken_instant(following.opens_at, stage.edition.zone))] if following else []),
        ),
        lists=_named_through(stage, through, user, now),
        for_good=_("Peserta tahap berikutnya ditetapkan sekali. Yang tidak lolos tidak dapat disusulkan."),
    )  # fmt: skip


# The act's address: who it is for in the policy table, and what its page shows.
PREVIEWS: dict[str, tuple[str, Callable[..., Preview]]] = {
    "lock": ("stage.lock", lock_preview), "freeze": ("results.freeze", freeze_preview),
    "advance": ("stage.advance", advance_preview),
}  # fmt: skip


def _progress(stage) -> StageProgress:
    return next(row for row in edition_progress(stage.edition) if row.stage.pk == stage.pk)


def _back(stage) -> str:
    return reverse("results:stage", args=[stage.edition.code, stage.code])


def _of(n: int, of: int) -> str:
    return _("%(n)s dari %(of)s") % {"n": number_in_words(n), "of": number_in_words(of)}


def _arrived(stage) -> str:
    return {
        Stage.Kind.FILLING: _("Isian diterima"), Stage.Kind.SELECTION: _("Kabupaten/kota menjawab"),
    }.get(stage.kind, _("Lembar masuk"))  # fmt: skip


def _absent(stage) -> tuple[tuple[str, str], ...]:
    """Of a stage with jurors, how many sheets will never come because their juror is away."""
    if stage.kind not in {Stage.Kind.SCORING, Stage.Kind.VISIT}:
        return ()
    away = Assignment.objects.filter(participation__stage=stage, attendance__in=Assignment.AWAY)
    return ((_("Juri tidak menilai"), _("%s lembar") % number_in_words(away.count())),)


def _away(stage):
    """Each seat that gives no sheet, with its reason: what whoever locks or consents has to know."""
    away = recorded_absences(stage)
    return (names_shown(_("Kursi yang tidak memberi lembar"), away),) if away else ()


def _left_out(stage):
    """Who is not counted once the stage is locked: forms that were never accepted, regencies without a nominee."""
    if stage.kind == Stage.Kind.FILLING:
        rows = with_states(stage.participations.select_related("entry__region__parent")).exclude(state="ok")
        left = [str(row.entry) for row in rows.order_by("entry__region")]
        title = _("Tanpa isian yang diterima, jadi tidak dinilai (%s)") if leaves_out_silent(stage) else _(
            "Isiannya belum diterima verifikator (%s)"
        )
        title %= len(left)
        return (names_shown(title, left, most=SHOWN),) if left else ()
    if stage.kind == Stage.Kind.SELECTION:
        nominating = stage.nominations.exclude(participation=None).values("regency")
        left = [str(row) for row in regencies_in(stage.edition).exclude(pk__in=nominating)]
        return (names_shown(_("Tanpa calon (%s)") % len(left), left, most=SHOWN),) if left else ()
    return ()


def _without_sheet(stage) -> list[str]:
    if stage.kind not in {Stage.Kind.SCORING, Stage.Kind.VISIT}:
        return []
    rows = Participation.objects.filter(stage=stage).exclude(assignments__sheets__voided_at=None)
    return [str(row.entry) for row in rows.select_related("entry__region__parent").order_by("entry__region")]


def _named_through(stage, through: list[str], user, now):
    """The names are places: whoever may not read places is shown how many go on, not who."""
    may_read = why_no_places(user, stage, now=now) is None
    return (names_shown(_("Yang lolos, menurut tempat"), through),) if through and may_read else ()


def _through(tally: FrozenTally) -> list[str]:
    ordered = [row for row in placements_of(tally) if row.is_through]
    return [f"{row.place}. {row.participation.entry}" if row.place else str(row.participation.entry) for row in ordered]


def _why_none_goes_on(stage, tally) -> str:
    if tally is None:
        return _("Hitungan tahap %s belum dibekukan. Bekukan hitungan lebih dahulu.") % stage.name
    if stage.next_stage is None:
        return _("%s adalah tahap terakhir. Langkah berikutnya: beri gelar.") % stage.name
    if Advancement.objects.filter(stage=stage).exists():
        return _("Yang lolos dari tahap %s sudah masuk tahap berikutnya.") % stage.name
    return why_not_advance(tally)
