"""Changing a draft: its whole text, checked as it is typed, and guided forms for its everyday parts."""

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.base import clock
from sp2k.base.pages.acting import attempt
from sp2k.base.refusals import Refused
from sp2k.base.typed import clean_text
from sp2k.editions.actions import StaleText, keep_lost_text, revise_edition
from sp2k.editions.actions.opening import DRAFT
from sp2k.editions.drafts.rewriting import rewritten
from sp2k.editions.file import read_edition
from sp2k.editions.forms.drafting import PARTS, StageForm, WholeText
from sp2k.editions.queries.checking import checked_text, fingerprint, placed
from sp2k.editions.queries.texts import compared, versions_of
from sp2k.editions.views.fetching import edition_to_act_on

CHECK_ONLY = "check"


@require_http_methods(["GET", "HEAD", "POST"])
def manuscript(request, code):
    """The edition file as text: check it, save it."""
    edition = edition_to_act_on(request, code, "edition.revise")
    now = clock.now_of(edition)
    initial = {"text": edition.source, "base": fingerprint(edition.source)}
    form = WholeText(request.POST or None, initial=initial)
    lost = None
    if form.is_bound and form.is_valid() and request.POST.get("act") != CHECK_ONLY:
        text, base = form.cleaned_data["text"], form.cleaned_data["base"]
        try:
            revise_edition(edition, text, base=base, by=request.user, now=now)
            messages.success(request, _("Naskah tersimpan."))
            return redirect("editions:edition", edition.code)
        except StaleText as refused:
            form.add_error(None, refused.marked)
            lost = keep_lost_text(edition, text, base=base, by=request.user, now=now)
        except Refused as refused:
            form.add_error(None, refused.marked)
    return _manuscript_page(request, edition, form, lost)


@require_POST
def check(request, code):
    """Say what a text would run into; nothing is stored."""
    edition = edition_to_act_on(request, code, "edition.revise")
    try:
        text = clean_text(request.POST.get("text", ""), name=DRAFT)
    except Refused as refused:
        return JsonResponse({"says": refused.sentence, "findings": []}, status=422)
    checked = checked_text(text, name=DRAFT, regions_at=edition.regions_at)
    findings = [
        {"line": row.line, "wrong": row.finding.is_wrong, "sentence": row.finding.sentence}
        for row in placed(text, checked)
    ]
    return JsonResponse({"says": _told(checked), "findings": findings})


@require_safe
def version(request, code, number):
    """One version of a draft's text beside the one in force."""
    edition = edition_to_act_on(request, code, "edition.revise")
    kept = get_object_or_404(edition.texts.select_related("by"), number=number)
    page = {"edition": edition, "version": kept, "difference": compared(edition.source, kept.text)}
    return render(request, "editions/version.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def part(request, code, part):
    """A guided form for one part of a draft, written back into the text."""
    edition = edition_to_act_on(request, code, "edition.revise")
    now = clock.now_of(edition)
    form = _guided(request, edition, part)
    if form.is_bound and form.is_valid():
        if attempt(form, lambda: _revised(form, edition, request.user, now)):
            messages.success(request, _("%(part)s tersimpan.") % {"part": form.heading})
            return redirect("editions:edition", edition.code)
        if form.data["base"] != fingerprint(edition.source):
            form.begin_again()
    status = 422 if form.errors else 200
    page = {"edition": edition, "form": form, "template": getattr(form, "template", "")}
    return render(request, "editions/part.html", page, status=status)


def _manuscript_page(request, edition, form, lost):
    page = {"edition": edition, "form": form, "versions": versions_of(edition), "lost": lost}
    if lost:
        page |= {"difference": compared(edition.source, lost.text)}
        form.data = form.data.copy()
        form.data["base"] = fingerprint(edition.source)  # saved again, it is meant for the text just shown beside it
    text = form.data.get("text", "") if form.is_bound else edition.source
    checked = checked_text(text.replace("\r\n", "\n"), name=DRAFT, regions_at=edition.regions_at)
    page |= {"findings": placed(text.replace("\r\n", "\n"), checked), "verdict": _told(checked)}
    return render(request, "editions/manuscript.html", page, status=422 if form.errors else 200)


def _guided(request, edition, part):
    file = read_edition(edition.source, name=DRAFT)
    data = request.POST or None
    if part in PARTS:
        return PARTS[part](data, edition=edition, file=file)
    stage = part.removeprefix("tahap-")
    if stage == part or stage not in {row.code for row in file.stages}:
        raise Http404
    return StageForm(data, edition=edition, file=file, stage=stage)


def _revised(form, edition, by, now):
    text = rewritten(edition.source, form.changes())
    return revise_edition(edition, text, base=form.cleaned_data["base"], by=by, now=now)


def _told(checked) -> str:
    n_wrong, n_notices = len(checked.faults), len(checked.notices)
    if n_wrong:
        return ngettext(
            "%(n)s kesalahan. Naskah belum dapat disimpan.",
            "%(n)s kesalahan. Naskah belum dapat disimpan.",
            n_wrong,
        ) % {"n": n_wrong}
    if n_notices:
        return _("Tidak ada kesalahan; %(n)s hal perlu dilihat.") % {"n": n_notices}
    return _("Tidak ada kesalahan.")
