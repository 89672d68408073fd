"""Officeholders: the list by region with what is missing, one region's terms, the list as XLSX."""

from functools import partial

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
)
from sp2k.accounts.officeholders.forms import CorrectionForm, EndForm, ListForm, TermForm
from sp2k.accounts.officeholders.importing import officeholder_list
from sp2k.accounts.officeholders.posts import Post
from sp2k.accounts.officeholders.queries import listed_posts, may_keep_officeholders, regions_with_posts
from sp2k.accounts.officeholders.workbook import workbook_of
from sp2k.accounts.queries.opening import require_officeholders
from sp2k.base import clock
from sp2k.base.pages.acting import attempt
from sp2k.base.pages.paging import page_of
from sp2k.base.pages.uploads import XLSX
from sp2k.base.tables.importing import import_page
from sp2k.regions.models import Region

LONGEST_SEARCH = 60


@require_safe
def officeholders(request):
    """Every region the viewer keeps, with who is in office today, or that nobody is recorded."""
    _refuse_strangers(request)
    require_officeholders()
    asked = _asked(request)
    regencies = regions_with_posts(request.user).filter(level__in=[Region.Level.KABUPATEN, Region.Level.KOTA])
    page = {"page": page_of(request, listed_posts(request.user, day=_today(), **asked)), "regencies": regencies} | asked
    return render(request, "officeholders/officeholders.html", page)


@require_safe
def region(request, code):
    """All terms of one region, the newest first."""
    region = _region(request, code)
    require_officeholders()
    terms = list(region.officeholders.order_by("-since", "-pk"))
    page = {"region": region, "terms": terms, "standing": [term for term in terms if term.until is None]}
    return render(request, "officeholders/region.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request, code):
    """Record an officeholder."""
    region = _region(request, code)
    form = TermForm(request.POST or None, post=Post(region), viewer=request.user)
    if _is_done(request, form, partial(add_officeholder, region)):
        return _done(request, region, _("Pejabat tercatat."))
    return _form_page(request, region, form, _("Catat pejabat"))


@require_http_methods(["GET", "HEAD", "POST"])
def succeed(request, code, pk):
    """Hand an office over to the next person."""
    region, holder = _holder(request, code, pk)
    form = TermForm(request.POST or None, post=Post(region), viewer=request.user, initial={"office": holder.office})
    if _is_done(request, form, partial(hand_over, holder)):
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
    standing = CorrectionForm.standing(holder)
    form = CorrectionForm(request.POST or None, post=Post(region), viewer=request.user, besides=holder.pk, initial=standing)
    reason = request.POST.get("reason", "")
    if _is_done(request, form, partial(correct_officeholder, holder, reason=reason)):
        return _done(request, region, _("Catatan diperbaiki."))
    hint = _("Untuk kekeliruan catatan saja. Bila orangnya berganti, pakai serah terima.")
    return _form_page(request, region, form, _("Perbaiki catatan"), hint)


@require_http_methods(["GET", "HEAD", "POST"])
def import_list(request):
    """A list as XLSX or CSV: first what it would change, row by row, then all of it or nothing."""
    _refuse_strangers(request)
    kind = officeholder_list(by=request.user, now=clock.shown(), done=_("Daftar dimuat dan dicatat dalam jurnal."))
    return import_page(request, ListForm, kind)


@require_safe
def export_list(request):
    """The list as on the screen, all pages, ready to be filled and sent back."""
    _refuse_strangers(request)
    require_officeholders()
    posts = listed_posts(request.user, day=_today(), **_asked(request))
    content = workbook_of(posts, is_sample=clock.is_demonstration(), now=clock.shown())
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


def _is_done(request, form, act) -> bool:
    """Whether a term that was typed is recorded now."""
    if not (form.is_bound and form.is_valid()):
        return False
    told = {"by": request.user, "now": clock.shown(), "is_number_sure": form.is_number_sure}
    return bool(attempt(form, lambda: act(form.term(), **told)))


def _today():
    return timezone.localdate(clock.shown())


def _form_page(request, region, form, heading, hint=""):
    page = {"region": region, "form": form, "heading": heading, "hint": hint}
    return render(request, "officeholders/form.html", page, status=422 if form.errors else 200)


def _done(request, region, sentence):
    messages.success(request, sentence)
    return redirect("officeholders:region", region.code)
