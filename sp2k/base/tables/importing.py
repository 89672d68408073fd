"""Taking in a list in two steps: the file becomes a preview, and the one button below it does what was shown.

Between the steps the rows travel in the page itself, signed: nothing is kept for a list that nobody goes on with, and two
lists in two windows stay apart. The second step looks anew and does nothing that was not shown.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from sp2k.base.faults.storage import CannotStore
from sp2k.base.language import of_record
from sp2k.base.pages.acting import attempt
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.tables.preview import ListPreview

GOOD_FOR = 4 * 3600  # seconds between the look and the button


@dataclass(frozen=True)
class ListImport:
    """How lists of one kind are taken in.

    Parameters
    ----------
    purpose : a word that keeps the signed rows of one kind from being sent as another
    read : the form's clean values -> the rows as plain JSON; refuses what cannot be read
    look : those rows -> what they would change now
    act : the rows and the keys of what was agreed to -> done; refuses what cannot be done
    template : the page of both steps, which includes `base/_list_preview.html`
    then : the page afterwards
    """

    purpose: str
    read: Callable[[dict], Any]
    look: Callable[[Any], ListPreview]
    act: Callable[[Any, Set[str]], Any]
    template: str
    then: str
    done: str


def import_page(request: HttpRequest, form_class: type[Form], kind: ListImport, **page) -> HttpResponse:
    """Show the form, the preview of a file that was sent, or do what the preview showed."""
    if "isi" in request.POST:
        return _taken_in(request, form_class(), kind, page)
    is_sent = request.method == "POST"
    form = form_class(request.POST, request.FILES) if is_sent else form_class()
    rows = attempt(form, lambda: kind.read(form.cleaned_data)) if form.is_bound and form.is_valid() else None
    if rows is None:
        return render(request, kind.template, page | {"form": form}, status=422 if form.errors else 200)
    return _shown(request, form, kind, rows, of_record(kind.look)(rows), page)


def _taken_in(request, form, kind: ListImport, page) -> HttpResponse:
    rows = _opened(request, kind)
    agreed = frozenset(request.POST.getlist("setuju"))
    with transaction.atomic():  # what is compared here is what the act then finds
        preview = of_record(kind.look)(rows)
        if request.POST.get("shown") != preview.mark:
            return _shown(request, form, kind, rows, preview, page | {"is_changed": True}, status=409)
        unanswered = [ask for ask in preview.asks if ask.key not in agreed]
        if unanswered or preview.is_wrong:
            said = _("Centang setiap pertanyaan yang memang benar, atau betulkan berkasnya.") if unanswered else ""
            return _shown(request, form, kind, rows, preview, page | {"said": said, "agreed": agreed}, status=422)
        try:
            of_record(kind.act)(rows, agreed)
        except CannotStore:
            raise
        except Refused as refused:
            return _shown(request, form, kind, rows, preview, page | {"said": refused.marked}, status=422)
    messages.success(request, kind.done)
    return redirect(kind.then)


def _opened(request, kind: ListImport):
    try:
        told = signing.loads(request.POST["isi"], salt=f"daftar:{kind.purpose}:{request.user.pk}", max_age=GOOD_FOR)
    except signing.BadSignature:
        raise BadInput("Daftar ini tidak sampai utuh atau sudah terlalu lama dibuka. Unggah lagi berkasnya.") from None
    return told


def _shown(request, form, kind: ListImport, rows, preview: ListPreview, page, *, status: int | None = None) -> HttpResponse:
    sealed = signing.dumps(rows, salt=f"daftar:{kind.purpose}:{request.user.pk}", compress=True)
    told = {"form": form, "preview": preview, "sealed": sealed, "agreed": frozenset()} | page
    return render(request, kind.template, told, status=status or (422 if preview.is_wrong else 200))
