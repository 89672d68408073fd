"""A lot at the end of a stage's chain: announced to all, drawn in presence, signed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sp2k.accounts.policy import is_hidden, why_not
from sp2k.base import clock
from sp2k.base.pages.acting import attempt
from sp2k.base.pages.confirming import confirm
from sp2k.base.refusals import AlreadyDone
from sp2k.base.wording import instant_in_words
from sp2k.editions.queries import editions_visible_to, stages_visible_to
from sp2k.results.actions.lots import announce_lot, draw_lot, return_lot, sign_lot
from sp2k.results.forms.lots import AnnouncementForm, DrawForm
from sp2k.results.forms.reasons import ReasonForm
from sp2k.results.models import LotDraw
from sp2k.results.queries import StageResult
from sp2k.results.ties.drawing import announce_preview, draw_preview, sign_preview
from sp2k.results.ties.lots import LotTable, declares_lot, lots_of, standing_draw, standing_lot
from sp2k.results.views.admission import admit


@login_not_required
@require_safe
def lots(request, edition):
    """What is announced of an edition's lots, and the seeds that were drawn: for anybody, beforehand."""
    found = get_object_or_404(editions_visible_to(request.user).filter(rules_locked_at__isnull=False), code=edition)
    return render(request, "results/lots.html", {"edition": found, "rows": lots_of(found)})


@require_safe
def lot(request, edition, code):
    """How far the lot of a stage is."""
    stage = _stage(request, edition, code)
    admit(request.user, "progress.read", StageResult(stage))
    return render(request, "results/lot.html", _shown(request, stage))


@require_http_methods(["GET", "HEAD", "POST"])
def announce(request, edition, code):
    """Tell all what the seed will be taken from and when."""
    stage = _for_act(request, edition, code, "lot.announce")
    now = clock.now_of(stage)
    form = AnnouncementForm(request.POST or None, zone=stage.edition.zone, replaces=standing_lot(stage) is not None)
    return confirm(
        request, lambda: announce_preview(stage, user=request.user, now=now),
        lambda: announce_lot(stage, **form.cleaned_data, by=request.user, now=now), form=form,
        done=_("Undian diumumkan."), then=_address(stage), edition=stage.edition,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def draw(request, edition, code):
    """Write down the seed as it was drawn."""
    stage = _for_act(request, edition, code, "lot.draw")
    now = clock.now_of(stage)
    form = DrawForm(request.POST or None, signers=[chair.name for chair in LotTable(stage).chairs])
    return confirm(
        request, lambda: draw_preview(stage, user=request.user, now=now),
        lambda: draw_lot(stage, *form.drawn(), by=request.user, now=now), form=form,
        done=_("Benih dicatat. Orang lain yang hadir mengesahkannya."), then=_address(stage),
        edition=stage.edition,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def sign(request, edition, code):
    """Confirm the seed as it was drawn."""
    stage = _for_act(request, edition, code, "lot.sign")
    now = clock.now_of(stage)
    drawn = _drawn(stage)
    return confirm(
        request, lambda: sign_preview(stage, drawn, user=request.user, now=now),
        lambda: sign_lot(drawn, by=request.user, now=now), done=_("Benih disahkan."), then=_address(stage),
        edition=stage.edition,
    )  # fmt: skip


@require_http_methods(["POST"])
def send_back(request, edition, code):
    """Send a wrongly written draw back."""
    stage, form = _for_act(request, edition, code, "lot.sign"), ReasonForm(request.POST)
    drawn = _drawn(stage)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: return_lot(drawn, reason, by=request.user, now=clock.now_of(stage))):
            messages.success(request, _("Catatan benih dikembalikan."))
            return redirect(_address(stage))
    return render(request, "results/lot.html", _shown(request, stage) | {"returning": form}, status=422)


def _stage(request, edition, code):
    stage = get_object_or_404(stages_visible_to(request.user), edition__code=edition, code=code)
    if not declares_lot(stage):
        raise Http404
    return stage


def _for_act(request, edition, code, action):
    stage = _stage(request, edition, code)
    if is_hidden(request.user, action, LotTable(stage), now=clock.now_of(stage)):
        raise Http404
    return stage


def _drawn(stage):
    drawn = standing_draw(stage)
    if drawn is None and not LotDraw.objects.filter(lot__stage=stage).exists():
        raise Http404
    if drawn is None:
        raise AlreadyDone("Ini sudah dilakukan: catatan benihnya sudah dikembalikan.", then=_address(stage))
    if drawn.signed_at:
        at = instant_in_words(drawn.signed_at, stage.edition.zone)
        raise AlreadyDone(f"Ini sudah dilakukan: benih disahkan {drawn.signed_by.name}, {at}.", then=_address(stage))
    return drawn


def _shown(request, stage) -> dict:
    now, table = clock.now_of(stage), LotTable(stage)
    can = {name: why_not(request.user, f"lot.{name}", table, now=now) is None for name in ("announce", "draw", "sign")}
    drawn = standing_draw(stage)
    return {
        "stage": stage, "edition": stage.edition, "lot": standing_lot(stage), "draw": drawn, "can": can,
        "is_mine": bool(drawn) and drawn.by_id == request.user.pk, "returning": ReasonForm(),
    }  # fmt: skip


def _address(stage) -> str:
    return reverse("results:lot", args=[stage.edition.code, stage.code])
