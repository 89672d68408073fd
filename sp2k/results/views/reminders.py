"""Reminding whom a stage waits for. The act is recorded; the text is pasted into WhatsApp by a person."""

import re
from functools import partial
from urllib.parse import quote

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sp2k.base import clock
from sp2k.base.clock import has_passed
from sp2k.base.pages.acting import attempt_plainly
from sp2k.editions.queries import stages_visible_to
from sp2k.judging.actions import remind
from sp2k.judging.views.rooms import admit
from sp2k.results.queries import arrivals_in_words, edition_progress
from sp2k.results.reminding.lateness import waited_for, waiting_of


@require_safe
def reminders(request, edition, code):
    """Whom the stage waits for, and when they were last reminded."""
    stage = _stage(request, edition, code)
    now = clock.now_of(stage)
    progress = next(row for row in edition_progress(stage.edition) if row.stage.pk == stage.pk)
    page = {"stage": stage, "edition": stage.edition, "here": "reminders", "rows": waited_for(stage, now=now)}
    page |= {"arrivals": arrivals_in_words(progress)}
    return render(request, "results/reminding/reminders.html", page | {"is_over": has_passed(stage.closes_at, now)})


@require_POST
def remind_person(request, edition, code, person):
    """Record a reminder and show its text; a second click within the hour shows the first one again."""
    stage = _stage(request, edition, code)
    now = clock.now_of(stage)
    row = waiting_of(stage, person, now=now)
    if row is None:
        raise Http404
    said = partial(remind, stage, row.person, row.text, by=request.user, now=now)
    reminder = attempt_plainly(request, said, done=_("Pengingat dicatat. Salin teksnya, lalu kirimkan."))
    if reminder is None:
        return redirect("results:reminders", edition, code)
    return redirect("results:reminder", edition, code, reminder.pk)


@require_safe
def reminder(request, edition, code, number):
    """The text of a reminder, to be pasted or opened in WhatsApp."""
    stage = _stage(request, edition, code)
    found = get_object_or_404(stage.reminders.select_related("user", "by"), pk=number)
    page = {
        "stage": stage,
        "edition": stage.edition,
        "here": "reminders",
        "reminder": found,
        "whatsapp": _whatsapp(found),
    }
    return render(request, "results/reminding/reminder.html", page)


def _stage(request, edition, code):
    stage = get_object_or_404(stages_visible_to(request.user), edition__code=edition, code=code)
    admit(request.user, "reminder.send", stage)
    return stage


def _whatsapp(reminder) -> str:
    """The address that opens WhatsApp with the text; without a number it asks for the person to be chosen."""
    digits = re.sub(r"\D", "", reminder.user.phone)
    number = "62" + digits[1:] if digits.startswith("0") else digits
    return f"https://wa.me/{number}?text={quote(reminder.text)}"
