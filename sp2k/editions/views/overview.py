"""The list of editions, opening one, what an edition is, and taking a draft back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sp2k.accounts.policy import why_not
from sp2k.base import clock
from sp2k.base.pages.acting import attempt
from sp2k.editions.actions import open_edition, void_edition
from sp2k.editions.forms.opening import ReasonForm, StartForm, UploadForm
from sp2k.editions.queries import editions_at_work_for, editions_visible_to, opening_reach, voided_editions_of
from sp2k.editions.queries.abandoning import waiting_abandonment
from sp2k.editions.queries.acts import acts_of
from sp2k.editions.queries.opening import changed_among
from sp2k.editions.queries.origins import origins_for
from sp2k.editions.queries.rules_page import rules_page
from sp2k.editions.views.fetching import edition_to_act_on, edition_to_show


@login_not_required
@require_safe
def editions(request):
    """The editions that the viewer may know of, the newest first."""
    may_open = bool(opening_reach(request.user))
    visible = editions_visible_to(request.user)
    page = {
        "editions": editions_at_work_for(request.user).prefetch_related("stages__edition", "titles"),
        "abandoned": visible.exclude(abandoned_at=None),
        "changed": changed_among(visible),
        "may_open": may_open,
        "voided": voided_editions_of(request.user) if may_open else [],
    }
    return render(request, "editions/editions.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def new_edition(request):
    """Open an edition out of a template, a copy, or a file."""
    reach = opening_reach(request.user)
    now = clock.shown()  # on a server of sample data whatever is opened is sample data
    if not reach:
        raise Http404
    is_upload = request.POST.get("way") == "file"
    origins = origins_for(request.user)
    start = StartForm(
        None if is_upload or request.method != "POST" else request.POST, origins=origins, reach=reach, now=now
    )
    upload = UploadForm(request.POST, request.FILES) if is_upload else UploadForm()
    form = upload if is_upload else start
    if form.is_bound and form.is_valid():
        edition = attempt(form, lambda: _opened(request, form, now))
        if edition:
            return redirect("editions:edition", edition.code)
    status = 422 if form.is_bound else 200
    return render(request, "editions/new.html", {"start": start, "upload": upload}, status=status)


@login_not_required
@require_safe
def edition(request, code):
    """What an edition is: its stages, titles, approvals and state, and the way to everything of it."""
    edition = edition_to_show(request, code)
    now = clock.now_of(edition)
    page = {
        "edition": edition,
        "stages": edition.stages.select_related("instrument"),
        "rules": rules_page(edition),
        "acts": acts_of(edition, request.user, now=now) if request.user.is_authenticated else [],
        "may_abandon": not why_not(request.user, "edition.abandon", edition, now=now),
        "abandonment": waiting_abandonment(edition),
        "may_void": not why_not(request.user, "edition.void", edition, now=now),
        "may_revise": not why_not(request.user, "edition.revise", edition, now=now),
        "waits_for_entries": _waits_for_entries(edition, request.user, now),
    }
    return render(request, "editions/edition.html", page)


def _waits_for_entries(edition, user, now) -> bool:
    """Whether the rules are locked and whoever looks may, and has yet to, register the kecamatan."""
    first = edition.stages.first()
    if not edition.has_locked_rules or first is None or why_not(user, "entries.register", first, now=now):
        return False
    return not first.participations.exists()


@require_http_methods(["GET", "HEAD", "POST"])
def void(request, code):
    """Take back a draft that was opened by mistake."""
    edition = edition_to_act_on(request, code, "edition.void")
    now = clock.now_of(edition)
    form = ReasonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: void_edition(edition, reason=reason, by=request.user, now=now)):
            messages.success(
                request, _("Draf %(code)s dibatalkan. Kodenya tidak dapat dipakai lagi.") % {"code": edition.code}
            )
            return redirect("editions:editions")
    status = 422 if form.errors else 200
    return render(request, "editions/void.html", {"edition": edition, "form": form}, status=status)


def _opened(request, form, now):
    """Open the edition that a form tells of, and say what was left out on the way."""
    if isinstance(form, UploadForm):
        file, left_out, is_as_announced = form.cleaned_data["file"], (), False
        opened = open_edition(file.text, name=file.name, by=request.user, now=now)
    else:
        draft = form.draft()
        left_out, is_as_announced = draft.left_out, draft.is_as_announced
        opened = open_edition(draft.text, name=_("Naskah edisi"), by=request.user, now=now)
    messages.success(request, _("Edisi %(code)s dibuka sebagai draf. Belum ada yang terkunci.") % {"code": opened.code})
    if opened.shares_name:
        told = _(
            "Edisi lain di sini bersingkatan dan bertahun sama. Sampai singkatannya diganti, kodenya ditulis di samping nama "
            "selama hasilnya belum diumumkan. Halaman umum, berita acara, dan keputusan menulis nama lengkapnya: ganti juga "
            "nama itu bila keduanya harus terbedakan di sana."
        )
        messages.warning(request, told)
    if is_as_announced:
        told = _(
            "Tanggal yang akhirnya berlaku pada edisi asal tidak berurutan: sebuah tahap dikunci sebelum batasnya dan tahap "
            "berikutnya dibuka lebih awal. Draf memakai tanggal yang diumumkan saat aturannya dikunci. Periksa tanggalnya."
        )
        messages.warning(request, told)
    if left_out:
        told = _(
            "Hari libur yang berganti tanggal tiap tahun tidak ikut disalin: %(names)s. Isi menurut SKB tahun itu."
        )
        messages.warning(request, told % {"names": ", ".join(left_out)})
    return opened
