"""An act that cannot be undone is shown first, in figures and names, and done once by the one button below them.

A GET of the act's address shows the preview; the POST reads it anew and does the act only if the person was shown the
same: what changed in between is shown again instead of being done unseen.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sp2k.base.faults.storage import CannotStore
from sp2k.base.language import of_record
from sp2k.base.refusals import Refused

MOST_NAMES = 60


@dataclass(frozen=True)
class Names:
    """A list of names in a preview: its heading, the first names, and how many more there are."""

    title: str
    names: tuple[str, ...]
    n_more: int = 0


@dataclass(frozen=True)
class Preview:
    """What one act will do, as its page shows it.

    Parameters
    ----------
    title : the act with its object, as a heading
    figures : pairs of what and how many (or which), in the order they are read
    for_good : one sentence on what cannot be undone
    button : the label of the one button
    back : where "Kembali" leads
    reason : why the act cannot be done now; then there is no button
    lists : names that the act concerns
    draft : where a second button shows what was typed as a draft, without keeping it
    ways : where the reason can be put right: pairs of label and address
    notes : what whoever presses should also know
    """

    title: str
    figures: tuple[tuple[str, str], ...]
    for_good: str
    button: str
    back: str
    eyebrow: str = ""
    reason: str = ""
    lists: tuple[Names, ...] = ()
    notes: tuple[str, ...] = ()
    draft: str = ""
    ways: tuple[tuple[str, str], ...] = ()

    @property
    def mark(self) -> str:
        """A hash of what is shown: the POST brings it back, and another one means that something changed since."""
        told = [self.title, self.figures, [(row.title, row.names, row.n_more) for row in self.lists], self.notes]
        return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def names_shown(title: str, names: list[str], *, most: int = MOST_NAMES) -> Names:
    """Return the first names of a list, with how many more there are."""
    return Names(title, tuple(names[:most]), max(0, len(names) - most))


def confirm(
    request: HttpRequest, look: Callable[[], Preview], act: Callable[[], Any], *, done: str | Callable[[], str], then: str,
    form: BaseForm | None = None, **page,
) -> HttpResponse:  # fmt: skip
    """Show what an act will do (GET), or do it (POST) and go on to the page `then` with `done` at its head.

    Parameters
    ----------
    look : reads the preview anew at each call
    act : does it; what it refuses is said on the same page, and nothing typed is lost
    done : the sentence at the head of the next page; called after the act where it depends on what the act did
    form : what is typed beside the button, bound on POST; read by `act` after it was found valid
    page : what the page's frame needs besides, e.g. `edition`
    """
    if request.method != "POST":
        return _shown(request, look(), form, page)
    with transaction.atomic():  # what is compared here is what the act then finds
        preview = look()
        if request.POST.get("shown") != preview.mark:
            return _shown(request, preview, form, page | {"is_changed": True}, status=409)
        if form is not None and not form.is_valid():
            return _shown(request, preview, form, page, status=422)
        try:
            of_record(act)()
        except CannotStore:
            raise  # nothing can be read in a transaction that the storage broke off: a page of its own shows the button again
        except Refused as refused:
            if form is not None:
                form.add_error(None, refused.marked)
            return _shown(request, preview, form, page | {"said": refused.marked}, status=422)
    messages.success(request, done() if callable(done) else done)
    return redirect(then)


def _shown(request, preview, form, page, *, status=200) -> HttpResponse:
    return render(request, "base/confirm.html", page | {"preview": preview, "form": form}, status=status)
