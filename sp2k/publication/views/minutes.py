"""A stage's minutes: those made, the draft, and making them with the facts of the day."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.base.pages.acting import attempt
from sp2k.base.pages.confirming import confirm
from sp2k.editions.queries import stages_visible_to
from sp2k.publication.actions import make_minutes
from sp2k.publication.checking.documents import require_minutes
from sp2k.publication.deciding.minutes import draft_minutes, is_minuted, minutes_form, minutes_page, minutes_preview
from sp2k.publication.models import Minutes
from sp2k.publication.views.documents import pdf
from sp2k.results.queries import StageResult
from sp2k.results.views.admission import admit


@require_safe
def minutes(request, code, stage):
    """The minutes of a stage as made, the newest first."""
    found = _stage(request, "minutes.read", code, stage)
    return render(request, "publication/minutes.html", minutes_page(found, user=request.user, now=clock.now_of(found)))


@require_http_methods(["GET", "HEAD", "POST"])
def make(request, code, stage):
    """Make the minutes, once it was shown what they will say and what is still open."""
    found = _stage(request, "minutes.make", code, stage)
    now = clock.now_of(found)
    form = minutes_form(found, request.POST if request.method == "POST" else None)
    return confirm(
        request, lambda: minutes_preview(found, user=request.user, now=now),
        lambda: make_minutes(found, form.facts(), by=request.user, now=now), done=_("Berita acara dibuat."),
        then=reverse("publication:minutes", args=[code, stage]), form=form, edition=found.edition,
    )  # fmt: skip


@require_POST
def draft(request, code, stage):
    """The draft as PDF, from what stands in the columns now; nothing is kept."""
    found = _stage(request, "minutes.make", code, stage)
    now = clock.now_of(found)
    form = minutes_form(found, request.POST, is_draft=True)
    content = attempt(form, lambda: draft_minutes(found, form.facts(), now=now)) if form.is_valid() else None
    if content is not None:
        return pdf(content, f"rancangan-berita-acara-{code}-{stage}")
    page = {"preview": minutes_preview(found, user=request.user, now=now), "form": form, "edition": found.edition}
    return render(request, "base/confirm.html", page, status=422)


@require_safe
def document(request, code, stage, revision):
    """One of the minutes, byte for byte as made; where others replaced it, a page that says so comes first."""
    issued = _minutes(request, code, stage, revision)
    if issued.replaced_by:
        return redirect("publication:minutes-replaced", code, stage, revision)
    return pdf(read_blob(issued.document), f"berita-acara-{code}-{stage}-{revision}")


@require_safe
def replaced(request, code, stage, revision):
    """Say of minutes that they were replaced, and by which, before anybody opens them."""
    issued = _minutes(request, code, stage, revision)
    if not issued.replaced_by:
        return redirect("publication:minutes-document", code, stage, revision)
    page = {"minutes": issued, "newest": issued.replaced_by, "stage": issued.stage, "edition": issued.stage.edition}
    return render(request, "publication/minutes_replaced.html", page)


@require_safe
def as_made(request, code, stage, revision):
    """Minutes that were replaced, byte for byte as made."""
    issued = _minutes(request, code, stage, revision)
    superseded = "-sudah-digantikan" if issued.replaced_by else ""
    return pdf(read_blob(issued.document), f"berita-acara-{code}-{stage}-{revision}{superseded}")


def _minutes(request, code, stage, revision) -> Minutes:
    found = _stage(request, "minutes.read", code, stage)
    rows = Minutes.objects.select_related("document", "stage__edition")
    made = get_object_or_404(rows, stage=found, revision=revision)
    require_minutes(found.edition)
    return made


def _stage(request, action, code, stage):
    found = get_object_or_404(
        stages_visible_to(request.user).select_related("edition__region"), edition__code=code, code=stage
    )
    admit(request.user, action, StageResult(found))
    if not is_minuted(found):
        raise Http404
    return found
