"""The list of regions, a newer one with its differences page by page, and a corrected name."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.accounts.policy import is_hidden, require, why_not
from sp2k.base import clock
from sp2k.base.pages.acting import attempt, attempt_plainly
from sp2k.base.pages.paging import page_of
from sp2k.entries.region_lists import preview, queries
from sp2k.entries.region_lists.actions import (
    WholeCountry,
    answer_identities,
    apply_proposed_list,
    correct_region_name,
    upload_list,
    withdraw_list,
)
from sp2k.entries.region_lists.forms import NameForm, UploadForm
from sp2k.regions.models import ProposedList, Region

LONGEST_SEARCH = 60


@require_safe
def regions(request):
    """The list in force, by whose decree, and every region with what it was called before."""
    within = request.GET.get("prov", _own_province(request.user))[:13]
    asked = {"within": within, "text": request.GET.get("cari", "").strip()[:LONGEST_SEARCH]}
    found = queries.found_regions(**asked, ended="lama" in request.GET)
    may_load = not why_not(request.user, "region.load", WholeCountry(), now=clock.shown())
    page = {
        "page": page_of(request, found), "in_force": queries.list_in_force(), "ended": "lama" in request.GET,
        "provinces": Region.objects.filter(level=Region.Level.PROVINCE, ended_at=None).order_by("code"),
        "may_load": may_load, "waiting": ProposedList.objects.filter(applied_at=None, withdrawn_at=None) if may_load else [],
    }  # fmt: skip
    return render(request, "region_lists/regions.html", page | asked)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request):
    """Upload a newer list; nothing changes yet."""
    _refuse_strangers(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, decree = form.cleaned_data["file"], form.cleaned_data["decree"]
        told = {"decree": decree, "name": file.name, "by": request.user, "now": clock.shown()}
        if proposed := attempt(form, lambda: upload_list(file.text, **told)):
            return redirect("regions:proposed", proposed.pk)
    return render(request, "region_lists/upload.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def proposed(request, pk):
    """What a newer list would change, part by part and page by page: the questions first."""
    _refuse_strangers(request)
    listed = get_object_or_404(ProposedList.objects.select_related("file"), pk=pk)
    if not listed.is_waiting:
        return render(request, "region_lists/proposed.html", {"proposed": listed})
    found = queries.compared_with_force(listed)
    rows = {part: preview.rows_of_part(found, part) for part in preview.PARTS}
    asked = request.GET.get("jenis", "")
    part = asked if asked in rows else next((each for each in preview.PARTS if rows[each]), preview.ASKED)
    page = page_of(request, rows[part], most=preview.MOST_ASKED)
    return render(request, "region_lists/proposed.html", {
        "proposed": listed, "found": found, "part": part, "page": page, "reason": found.why_not(),
        "parts": [(each, preview.PART_NAMES[each], len(rows[each])) for each in preview.PARTS],
        "rows": preview.shown(found, part, page.object_list), "warning": preview.warning_of(found),
        "editions": queries.editions_touched(found),
    })  # fmt: skip


@require_POST
def identities(request, pk):
    """Keep the answers of one page: which region is which."""
    _refuse_strangers(request)
    listed, answers = get_object_or_404(ProposedList, pk=pk), preview.answers_in(request.POST)
    told = {"by": request.user, "now": clock.shown()}
    attempt_plainly(request, lambda: answer_identities(listed, answers, **told), done=_("Jawaban disimpan."))
    query = request.GET.urlencode()
    return redirect(reverse("regions:proposed", args=[pk]) + (f"?{query}" if query else ""))


@require_POST
def answer(request, pk):
    """Apply a newer list, or put it aside."""
    _refuse_strangers(request)
    listed, now = get_object_or_404(ProposedList, pk=pk), clock.shown()
    if request.POST.get("answer") == "withdraw":
        attempt_plainly(request, lambda: withdraw_list(listed, by=request.user, now=now), done=_("Daftar ditarik."))
        return redirect("regions:regions")
    done = _("Daftar %(decree)s berlaku. Edisi yang sudah dibuka tetap berdiri di atas daftarnya.")
    applied = attempt_plainly(
        request,
        lambda: apply_proposed_list(listed, typed=request.POST.get("jumlah", ""), by=request.user, now=now),
        done=done % {"decree": listed.decree},
    )
    return redirect("regions:regions") if applied else redirect("regions:proposed", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request, code):
    """Correct how a region's name is written."""
    region = get_object_or_404(Region.objects.select_related("parent").prefetch_related("former_names"), code=code)
    now = clock.shown()
    if is_hidden(request.user, "region.correct", region, now=now):
        raise Http404
    require(request.user, "region.correct", region, now=now)
    form = NameForm(request.POST or None, initial={"name": region.name})
    told = {"by": request.user, "now": now}
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        if attempt(form, lambda: correct_region_name(region, typed["name"], basis=typed["basis"], **told)):
            messages.success(request, _("Nama dibetulkan."))
            return redirect("regions:correct", region.code)
    return render(
        request, "region_lists/correct.html", {"region": region, "form": form}, status=422 if form.errors else 200
    )


def _own_province(user) -> str:
    """Where the viewer holds a role, if in one province only; the list begins there."""
    provinces = {membership.region_id[:2] for membership in user.held_memberships}
    return provinces.pop() if len(provinces) == 1 else ""


def _refuse_strangers(request) -> None:
    if is_hidden(request.user, "region.load", WholeCountry(), now=clock.shown()):
        raise Http404
