"""The page of a stage: what is missing, its lock, its count, its places, and who goes on."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.accounts.policy import is_hidden
from sp2k.base import clock
from sp2k.base.pages.acting import attempt_plainly
from sp2k.base.pages.confirming import confirm
from sp2k.base.pages.paging import page_of
from sp2k.base.refusals import AlreadyDone
from sp2k.editions.file import LOCK
from sp2k.editions.queries import stages_visible_to
from sp2k.editions.queries.lapsing import LOCKS
from sp2k.editions.views.approvals import record_paper
from sp2k.results.actions import advance as advance_stage
from sp2k.results.actions import approve_lock as say_yes_to_lock
from sp2k.results.actions import check_edition, freeze_tally, lock_early, lock_stage, withdraw_early_lock
from sp2k.results.forms.early import EarlyLockForm
from sp2k.results.queries import StageResult, asked_of_places, standing_tally
from sp2k.results.stages.confirming import PREVIEWS, early_preview
from sp2k.results.stages.consenting import page_to_return_to, yes_preview
from sp2k.results.stages.downloads import FILES, file_of
from sp2k.results.stages.early import waiting_early_lock
from sp2k.results.stages.page import is_judged, stage_page, stages_to_close
from sp2k.results.stages.places import places_table
from sp2k.results.views.admission import admit, download


@require_safe
def stages(request):
    """Every edition one may know from within, with the state of its stages."""
    found = stages_to_close(request.user, now=clock.clocks())
    if found is None:
        raise Http404
    editions, changed = found
    return render(request, "results/stages.html", {"editions": editions, "changed": changed})


@require_safe
def stage(request, edition, code):
    """What is missing, the lock, the count and the places of a stage."""
    found = stage_for(request, "stage.read", edition, code)
    return render(request, "results/stage.html", stage_page(found, user=request.user, now=clock.now_of(found)))


@require_safe
def places(request, edition, code):
    """All places of a stage, fifty a page."""
    found = _placed(request, "places.read", edition, code)
    tally = standing_tally(found)
    if tally is None:
        raise Http404
    table = places_table(tally, user=request.user)
    page = {
        "stage": found, "edition": found.edition, "result": StageResult(found), "places": table,
        "page": page_of(request, table.rows), "is_judged": is_judged(found),
    }  # fmt: skip
    return render(request, "results/places.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def lock(request, edition, code):
    """Lock the stage for good, once it was shown what that does; before its deadline by more than one person."""
    found = stage_for(request, "stage.read", edition, code, act="lock")
    if request.method == "POST" and found.was_locked_early:
        said = found.opening_in_words(clock.now_of(found))
        raise AlreadyDone(f"Ini sudah dilakukan. {said}", then=reverse("results:stage", args=[edition, code]))
    if found.opens_at <= clock.now_of(found) and not found.is_locked and not found.has_ended(clock.now_of(found)):
        return _early(request, found)
    return _confirm(request, edition, code, "lock", _lock_and_check, _("Tahap %s dikunci."))


@require_POST
def withdraw_early(request, edition, code):
    """Take back a proposed early lock."""
    found = stage_for(request, "stage.read", edition, code)
    done = _("Usul mengunci tahap %s sebelum batasnya ditarik.") % found.name
    return _after(request, found, lambda: withdraw_early_lock(found, by=request.user, now=clock.now_of(found)), done=done)


@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request, edition, code):
    """Freeze the count, once it was shown from what."""
    return _confirm(request, edition, code, "freeze", freeze_tally, _("Hitungan tahap %s dibekukan."))


@require_http_methods(["GET", "HEAD", "POST"])
def advance(request, edition, code):
    """Let those within the quota enter the next stage, once they were shown."""
    done = _("Yang lolos dari tahap %s sudah masuk tahap berikutnya.")
    return _confirm(request, edition, code, "advance", advance_stage, done)


@require_http_methods(["GET", "HEAD", "POST"])
def approve_lock(request, edition, code):
    """Say yes to the lock, after the deadline or before, in one of one's own roles, once it was shown what is locked."""
    found = get_object_or_404(stages_visible_to(request.user), edition__code=edition, code=code)
    admit(request.user, "approval.give", found.edition)
    told, by, now = request.GET.dict() | request.POST.dict(), request.user, clock.now_of(found)
    act, role = told.get("act", LOCK), told.get("role", "")
    if act not in LOCKS:
        raise Http404
    return confirm(
        request, lambda: yes_preview(found, act, user=by, now=now),
        lambda: say_yes_to_lock(found, act, role=role, by=by, now=now), done=_("Persetujuan Anda dicatat."),
        then=page_to_return_to(found, user=by, now=now), edition=found.edition,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def lock_paper(request, edition, code):
    """Record a signed paper as the yes to a lock: the same is asked first as of a yes by account."""
    found = get_object_or_404(stages_visible_to(request.user), edition__code=edition, code=code)
    admit(request.user, "approval.give", found.edition)

    def record(_edition, act, _subject, **told):
        return say_yes_to_lock(found, act, **told)

    return record_paper(request, found.edition, give=record)


@require_safe
def download_count(request, edition, code, name):
    """One of the files of a frozen count."""
    if name not in FILES:
        raise Http404
    found = _placed(request, FILES[name].action, edition, code)
    tally = standing_tally(found)
    if tally is None:
        raise Http404
    return download(file_of(tally, name), f"{edition}-{code}-{name}", FILES[name].content_type)


def stage_for(request, action, edition, code, *, act=""):
    """Return a stage to whoever may do `action` there, or answer 404 or 403; an act's page is 404 to who never does it."""
    found = get_object_or_404(stages_visible_to(request.user), edition__code=edition, code=code)
    if act and is_hidden(request.user, PREVIEWS[act][0], found, now=clock.now_of(found)):
        raise Http404
    admit(request.user, action, StageResult(found))
    return found


def _placed(request, action, edition, code):
    """Return a stage to whoever may read its places and do `action` there; rankings of regencies are asked about as such."""
    found = get_object_or_404(stages_visible_to(request.user), edition__code=edition, code=code)
    for asked in asked_of_places(found, action):
        admit(request.user, *asked)
    return found


def _confirm(request, edition, code, name, act, done):
    found = stage_for(request, "stage.read", edition, code, act=name)
    _action, preview = PREVIEWS[name]
    now = clock.now_of(found)
    return confirm(
        request, lambda: preview(found, user=request.user, now=now), lambda: act(found, by=request.user, now=now),
        done=done % found.name, then=reverse("results:stage", args=[edition, code]), edition=found.edition,
    )  # fmt: skip


def _early(request, found):
    now, by = clock.now_of(found), request.user
    if is_hidden(by, "stage.lock_early", found, now=now):
        raise Http404
    posted = (request.POST,) if request.method == "POST" else ()
    form = EarlyLockForm(*posted, asks_reason=waiting_early_lock(found) is None)
    page = {"edition": found.edition, "withdraw": _withdraw_address(found)}
    return confirm(
        request, lambda: early_preview(found, user=by, now=now),
        lambda: _checked(lambda: lock_early(found, **form.cleaned_data, by=by, now=now), now), form=form,
        done=lambda: _told_of_early(found),
        then=reverse("results:stage", args=[found.edition.code, found.code]), **page,
    )  # fmt: skip


def _told_of_early(found) -> str:
    found.refresh_from_db(fields=["locked_at"])
    if found.is_locked:
        return _("Persetujuan lengkap: tahap %s sekarang terkunci.") % found.name
    return _("Suara Anda untuk mengunci dicatat. Tahap %s belum terkunci: masih ada yang harus menyetujui.") % found.name


def _withdraw_address(found) -> str:
    if waiting_early_lock(found) is None:
        return ""
    return reverse("results:withdraw-early-lock", args=[found.edition.code, found.code])


def _lock_and_check(stage, *, by, now):
    return _checked(lambda: lock_stage(stage, by=by, now=now), now)


def _checked(lock, now):
    """Lock, then open everything of the edition outside of the lock's transaction: its verdict stands on the desk."""
    locked = lock()
    check_edition(locked.edition, now=now)
    return locked


def _after(request, found, act, *, done):
    attempt_plainly(request, act, done=done)
    return redirect("results:stage", found.edition.code, found.code)
