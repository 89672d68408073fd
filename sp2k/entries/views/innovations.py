"""Innovations of a kecamatan: told by its own people, read by its regency."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sp2k.accounts.policy import why_not
from sp2k.base import clock
from sp2k.base.pages.acting import attempt
from sp2k.entries.actions import void_innovation, write_innovation
from sp2k.entries.forms.innovations import InnovationForm, VoidForm, told
from sp2k.entries.queries.innovations import innovations_of
from sp2k.entries.views.finding import download, find_participation


@require_safe
def innovations(request, edition, stage, kecamatan):
    """All of them, those taken back too."""
    participation, cannot = _found(request, "innovation.read", edition, stage, kecamatan)
    rows = innovations_of(participation.entry)
    page = {"participation": participation, "rows": rows, "cannot": cannot, "edition": participation.edition}
    return render(request, "entries/innovations.html", page)


@require_safe
def innovation(request, edition, stage, kecamatan, number):
    """One innovation."""
    participation, cannot = _found(request, "innovation.read", edition, stage, kecamatan)
    row = _row(participation, number)
    page = {"participation": participation, "row": row, "cannot": cannot, "edition": participation.edition}
    return render(request, "entries/innovation.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request, edition, stage, kecamatan, number=None):
    """Tell a new one, or change one."""
    participation, cannot = _found(request, "innovation.write", edition, stage, kecamatan)
    row = _row(participation, number) if number is not None else None
    if row is not None and row.voided_at:
        raise Http404
    form = InnovationForm(request.POST or None, request.FILES or None, initial=told(row) if row else None)
    if request.method == "POST" and form.is_valid() and (kept := _write(request, participation, form, number)):
        messages.success(request, _("Inovasi %(title)s disimpan.") % {"title": kept.title})
        return redirect("entries:innovations", edition, stage, kecamatan)
    page = {"participation": participation, "form": form, "row": row, "cannot": cannot, "edition": participation.edition}
    return render(request, "entries/innovation_form.html", page, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def void(request, edition, stage, kecamatan, number):
    """Take one back, with the reason."""
    participation, cannot = _found(request, "innovation.write", edition, stage, kecamatan)
    row, form = _row(participation, number), VoidForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _void(request, participation, number, form):
        messages.success(request, _("Inovasi %(title)s dibatalkan.") % {"title": row.title})
        return redirect("entries:innovations", edition, stage, kecamatan)
    page = {"participation": participation, "form": form, "row": row, "cannot": cannot, "edition": participation.edition}
    return render(request, "entries/innovation_void.html", page, status=422 if request.method == "POST" else 200)


@require_safe
def document(request, edition, stage, kecamatan, number):
    """The document of an innovation."""
    participation, _cannot = _found(request, "innovation.read", edition, stage, kecamatan)
    row = _row(participation, number)
    if row.document is None:
        raise Http404
    return download(row.document, row.document_name)


def _found(request, action, edition, stage, kecamatan):
    """The kecamatan's part, and why one may not write there now."""
    reading = "draft.read" if action == "innovation.write" else action
    participation = find_participation(request, reading, edition, stage, kecamatan)
    return participation, why_not(request.user, "innovation.write", participation, now=clock.now_of(participation))


def _row(participation, number):
    found = next((row for row in innovations_of(participation.entry) if row.number == number), None)
    if found is None:
        raise Http404
    return found


def _write(request, participation, form, number):
    return attempt(
        form,
        lambda: write_innovation(
            participation, form.telling(), number=number, document=form.cleaned_data["document"], by=request.user,
            now=clock.now_of(participation),
        ),
    )  # fmt: skip


def _void(request, participation, number, form):
    reason = form.cleaned_data["reason"]
    now = clock.now_of(participation)
    return attempt(form, lambda: void_innovation(participation, number, reason=reason, by=request.user, now=now))
