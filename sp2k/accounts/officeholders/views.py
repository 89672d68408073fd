"""Officeholders: the list by region with what is missing, one region's terms, the list as XLSX."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sp2k.accounts.officeholders.actions import (
    add_officeholder,
    correct_officeholder,
    end_term,
    hand_over,
    take_in_officeholders,
)
from sp2k.accounts.officeholders.forms import CorrectionForm, EndForm, ListForm, TermForm
from sp2k.accounts.officeholders.posts import Post
from sp2k.accounts.officeholders.queries import listed_posts, may_keep_officeholders, regions_with_posts
from sp2k.accounts.officeholders.workbook import read_officeholders, workbook_of
from sp2k.base import clock
from sp2k.base.pages.acting import attempt
from sp2k.base.pages.paging import page_of
from sp2k.base.pages.uploads import XLSX
from sp2k.base.refusals import BadInput
from sp2k.regions.models import Region

LONGEST_SEARCH = 60


@require_safe
def officeholders(request):
    """Every region the viewer keeps, with who is in office today, or that nobody is recorded."""
    _refuse_strangers(request)
    asked = _asked(request)
    regencies = regions_with_posts(request.user).filter(level__in=[Region.Level.KABUPATEN, Region.Level.KOTA])
    page = {"page": page_of(request, listed_posts(request.user, day=_today(), **asked)), "regencies": regencies} | asked
    return render(request, "officeholders/officeholders.html", page)


@require_safe
def region(request, code):
    """All terms of one region, the newest first."""
    region = _region(request, code)
    terms = list(region.officeholders.order_by("-since", "-pk"))
    page = {"region": region, "terms": terms, "standing": [term for term in terms if term.until is None]}
    return render(request, "officeholders/region.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request, code):
    """Record an officeholder."""
    region = _region(request, code)
    form = TermForm(request.POST or None, post=Post(region))
    told = {"by": request.user, "now": clock.shown()}
    if form.is_bound and form.is_valid() and attempt(form, lambda: add_officeholder(region, form.term(), **told)):
        return _done(request, region, _("Pejabat tercatat."))
    return _form_page(request, region, form, _("Catat pejabat"))


@require_http_methods(["GET", "HEAD", "POST"])
def succeed(request, code, pk):
    """Hand an office over to the next person."""
    region, holder = _holder(request, code, pk)
    form = TermForm(request.POST or None, post=Post(region), initial={"office": holder.office})
    told = {"by": request.user, "now": clock.shown()}
    if form.is_bound and form.is_valid() and attempt(form, lambda: hand_over(holder, form.term(), **told)):
        return _done(request, region, _("Serah terima tercatat. Akun diserahkan tersendiri pada halaman akun."))
    hint = _("Masa jabatan %(name)s berakhir sehari sebelum penggantinya mulai. Isian dan peserta tidak berubah.")
    return _form_page(request, region, form, _("Serah terima"), hint % {"name": holder.name})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request, code, pk):
    """End a term; the office stays vacant."""
    region, holder = _holder(request, code, pk)
    form = EndForm(request.POST or None, initial={"until": _today()})
    if form.is_bound and form.is_valid():
        until = form.cleaned_data["until"]
        if attempt(form, lambda: end_term(holder, until=until, by=request.user, now=clock.shown())):
            return _done(request, region, _("Masa jabatan diakhiri."))
    return _form_page(request, region, form, _("Akhiri masa jabatan"), str(holder.name))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, code, pk):
    """Mend what was recorded wrongly."""
    region, holder = _holder(request, code, pk)
    form = CorrectionForm(request.POST or None, post=Post(region), initial=CorrectionForm.standing(holder))
    if form.is_bound and form.is_valid():
        told = {"reason": form.cleaned_data["reason"], "by": request.user, "now": clock.shown()}
        if attempt(form, lambda: correct_officeholder(holder, form.term(), **told)):
            return _done(request, region, _("Catatan diperbaiki."))
    hint = _("Untuk kekeliruan catatan saja. Bila orangnya berganti, pakai serah terima.")
    return _form_page(request, region, form, _("Perbaiki catatan"), hint)


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request):
    """Take in the list as XLSX."""
    _refuse_strangers(request)
    form = ListForm(request.POST or None, request.FILES or None)
    is_sent = request.method == "POST" and form.is_valid()
    count = attempt(form, lambda: _taken_in(request, form.cleaned_data["file"])) if is_sent else None
    if count:
        told = ", ".join(f"{n} {word}" for word, n in count.items() if n)
        messages.success(request, _("Daftar dimuat: %(told)s.") % {"told": told})
        return redirect("officeholders:officeholders")
    return render(request, "officeholders/import.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def export_list(request):
    """The list as on the screen, all pages, ready to be filled and sent back."""
    _refuse_strangers(request)
    content = workbook_of(
        listed_posts(request.user, day=_today(), **_asked(request)), is_sample=clock.is_demonstration()
    )
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": 'attachment; filename="pejabat.xlsx"'}
    )


def _refuse_strangers(request) -> None:
    if not may_keep_officeholders(request.user):
        raise Http404


def _region(request, code) -> Region:
    return get_object_or_404(regions_with_posts(request.user), code=code)


def _holder(request, code, pk):
    region = _region(request, code)
    return region, get_object_or_404(region.officeholders, pk=pk)


def _asked(request) -> dict:
    return {
        "within": request.GET.get("kab", "")[:13], "text": request.GET.get("cari", "").strip()[:LONGEST_SEARCH],
        "only_missing": "kosong" in request.GET,
    }  # fmt: skip


def _today():
    return timezone.localdate(clock.shown())


def _form_page(request, region, form, heading, hint=""):
    page = {"region": region, "form": form, "heading": heading, "hint": hint}
    return render(request, "officeholders/form.html", page, status=422 if form.errors else 200)


def _done(request, region, sentence):
    messages.success(request, sentence)
    return redirect("officeholders:region", region.code)


def _taken_in(request, file):
    rows = read_officeholders(file.content, name=file.name)
    regions = {region.code: region for region in regions_with_posts(request.user)}
    if strange := sorted({code for code, _term in rows} - set(regions)):
        raise BadInput(
            _("Wilayah %(codes)s tidak ada dalam daftar yang Anda kelola. Hapus barisnya, lalu unggah lagi.")
            % {"codes": ", ".join(strange[:8])}
        )
    return take_in_officeholders([(regions[code], term) for code, term in rows], by=request.user, now=clock.shown())
