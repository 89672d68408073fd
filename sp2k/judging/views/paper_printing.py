"""Blanks: making them ready, the PDF, the list of their codes."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from sp2k.accounts.policy import is_hidden, why_not
from sp2k.base import clock
from sp2k.base.pages.acting import attempt
from sp2k.editions.models import Stage
from sp2k.judging import actions
from sp2k.judging.documents.blank import blanks_pdf, usual_size
from sp2k.judging.documents.codes import codes_workbook
from sp2k.judging.documents.visit_form import visit_forms_pdf
from sp2k.judging.forms.paper import PrintForm
from sp2k.judging.models import PaperSheet
from sp2k.judging.queries.paper import blanks_of, duties_of, papers_visible_to, printable_stages, seats_of
from sp2k.judging.verdicts import declared_verdicts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def print_papers(request, edition, stage):
    """Choose seats and entries; the blanks are made ready, then fetched as one PDF."""
    subject = _stage(request.user, edition, stage)
    reason = why_not(request.user, "paper.print", subject, now=clock.now_of(subject))
    form = _form(subject, request.POST if request.method == "POST" else request.GET or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.chosen
        act = lambda: actions.print_papers(  # noqa: E731
            subject, duties_of(subject, **chosen), by=request.user, now=clock.now_of(subject), kind=form.kind
        )
        if printed := attempt(form, act):
            messages.success(request, _said(printed))
            query = urlencode({key: form.cleaned_data[key] for key in form.fields})
            return redirect(f"{reverse('judging:paper-print', args=[edition, stage])}?{query}")
    ready = _ready(subject, form) if form.is_bound and form.is_valid() else []
    page = {"stage": subject, "edition": subject.edition, "form": form, "ready": ready, "reason": reason}
    wrong = request.method == "POST" and form.errors
    return render(request, "judging/paper/printing.html", page, status=422 if wrong else 200)


@require_safe
def blanks(request, edition, stage):
    """The blanks that are ready, as one PDF."""
    subject = _stage(request.user, edition, stage)
    form = _form(subject, request.GET)
    if not form.is_valid():
        raise Http404
    papers = _ready(subject, form)
    if not papers:
        raise Http404
    pdf = visit_forms_pdf if form.kind == PaperSheet.Kind.VISIT else blanks_pdf
    content = pdf(
        subject, papers, size=form.cleaned_data["ukuran"],
        address=lambda paper: request.build_absolute_uri(reverse("judging:paper", args=[paper.code])),
    )  # fmt: skip
    return _download(content, f"{form.kind}-kertas-{edition}-{stage}.pdf", "application/pdf")


@require_safe
def codes(request, edition, stage):
    """The codes of a stage and where each paper stands, as a workbook."""
    subject = _stage(request.user, edition, stage)
    papers = papers_visible_to(request.user).filter(assignment__participation__stage=subject)
    papers = papers.order_by("assignment__participation__entry__region", "assignment__seat__position", "printed_at")
    return _download(codes_workbook(subject, papers), f"kode-kertas-{edition}-{stage}.xlsx", XLSX)


def _stage(user, edition, code):
    """Return a stage whose blanks `user`'s bureau prints; printing itself may be closed, the list stays."""
    stage = get_object_or_404(printable_stages(user), edition__code=edition, code=code)
    if is_hidden(user, "paper.print", stage, now=clock.now_of(stage)):
        raise Http404
    if stage.instrument is None:
        raise PermissionDenied(_("Tahap ini tidak mempunyai lembar penilaian."))
    return stage


def _form(stage, data) -> PrintForm:
    participations = stage.participations.select_related("entry__region__parent")
    has_claims = stage.kind == Stage.Kind.VISIT and bool(declared_verdicts(stage))
    initial = {"ukuran": usual_size(stage.edition), "jenis": PaperSheet.Kind.SHEET}
    return PrintForm(
        data, seats=seats_of(stage), participations=participations, has_claims=has_claims, initial=initial
    )


def _ready(stage, form) -> list[PaperSheet]:
    """The blanks of a choice that are printed and not used yet."""
    return blanks_of(stage, duties_of(stage, **form.chosen), form.kind)


def _said(printed) -> str:
    n = len(printed.papers)
    said = [ngettext("%(n)s lembar siap dicetak.", "%(n)s lembar siap dicetak.", n) % {"n": n}]
    left = [
        (printed.n_judged, _("%(n)s sudah dinilai")), (printed.n_away, _("%(n)s jurinya absen atau berbenturan")),
        (printed.n_in_use, _("%(n)s kertasnya sudah diketik")),
    ]  # fmt: skip
    if dropped := [words % {"n": n} for n, words in left if n]:
        said.append(_("Tidak dicetak: %(what)s.") % {"what": "; ".join(dropped)})
    return " ".join(said)


def _download(content, name, content_type):
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
