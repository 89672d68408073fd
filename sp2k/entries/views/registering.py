"""Registering the kecamatan of an edition's region: one button, once, before anything of theirs can be sent."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sp2k.base import clock
from sp2k.base.pages.acting import attempt_plainly
from sp2k.base.wording import number_in_words
from sp2k.editions.models import Stage
from sp2k.editions.queries import stages_visible_to
from sp2k.entries.actions import register_entries
from sp2k.entries.queries.registering import kecamatan_to_register
from sp2k.entries.views.finding import admit


@require_POST
def register(request, edition, stage):
    """Let every kecamatan of the region enter the first stage; then the list of them, or the stage itself."""
    found = get_object_or_404(stages_visible_to(request.user), edition__code=edition, code=stage)
    admit(request.user, "entries.register", found)
    n = number_in_words(kecamatan_to_register(found))
    attempt_plainly(
        request,
        lambda: register_entries(found, by=request.user, now=clock.now_of(found)),
        done=_("%s kecamatan terdaftar sebagai peserta.") % n,
    )
    if found.kind == Stage.Kind.FILLING:
        return redirect("entries:participants", edition)
    return redirect("results:stage", edition, stage)
