"""A kecamatan fills in its form: by aspect, with a draft that keeps whatever was typed, then checks and sends it."""

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.accounts.policy import why_not
from sp2k.accounts.roles import Role
from sp2k.base import clock
from sp2k.base.pages.uploads import LARGEST
from sp2k.base.refusals import Refused
from sp2k.base.wording import hour_in_words
from sp2k.entries.actions import drop_document, keep_documents, save_draft, send_draft
from sp2k.entries.drafting import Stale, mark_of, part_of
from sp2k.entries.filling import FillingDesk
from sp2k.entries.forms.filling import AspectForm, several_uploads
from sp2k.entries.forms.sending import SendForm
from sp2k.entries.queries import participations_visible_to
from sp2k.entries.queries.shown import require_shown
from sp2k.entries.queries.states import filling_participations, with_states, with_voided
from sp2k.entries.views.finding import find_participation


@require_safe
def home(request):
    """The forms of one's own kecamatan, by edition; those who have none go on to the queue or to the participants."""
    roles = request.user.roles
    if Role.CAMAT not in roles:
        return redirect("entries:queue" if roles & {Role.VERIFIER, Role.REGENCY} else "entries:participant-lists")
    rows = with_states(filling_participations(participations_visible_to(request.user)))
    own = with_voided([row for row in rows if request.user.reaches({Role.CAMAT}, row.region_code)])
    require_shown(*(row.edition for row in own))
    return render(request, "entries/home.html", {"rows": own})


@require_safe
def start(request, edition, stage, kecamatan):
    """The first aspect that is not whole yet."""
    desk = _desk(request, edition, stage, kecamatan)
    waiting = next((code for code, form in desk.forms.items() if form.lacking), desk.aspects[0].code)
    return redirect("entries:fill", edition, stage, kecamatan, waiting)


@require_http_methods(["GET", "HEAD", "POST"])
def fill(request, edition, stage, kecamatan, aspect):
    """One aspect of the form; what is sent is kept in the draft, whatever it is."""
    desk = _desk(request, edition, stage, kecamatan)
    asked = _aspect(desk, aspect)
    if request.method == "POST":
        form = _form(desk, asked, data=request.POST, files=request.FILES)
        refusal = _keep(desk, form, request.user)
        if not refusal and not form.has_bad_files:
            return redirect(_next(request, desk, asked))
        desk = FillingDesk(desk.participation)
    else:
        form = _form(desk, asked)
        refusal = ""
    page = {"desk": desk, "form": form, "refusal": refusal, "edition": desk.participation.edition, "largest": LARGEST}
    page["cannot"] = why_not(request.user, "form.fill", desk.participation, now=clock.now_of(desk.participation))
    page["following"] = desk.after(asked.code)
    page["document_options"] = render_to_string("entries/_document_options.html", {"names": sorted(form.documents)})
    return render(request, "entries/fill.html", page, status=422 if request.method == "POST" else 200)


@require_POST
def autosave(request, edition, stage, kecamatan, aspect):
    """Keep one aspect while someone types; answers with a sentence, and with what the next saving builds on."""
    desk = _desk(request, edition, stage, kecamatan)
    asked = _aspect(desk, aspect)
    form = AspectForm(asked, desk.answers, desk.documents, data=request.POST, unasked=desk.unasked)
    try:
        draft = _save(desk, form, request.user)
    except Refused as refused:
        return JsonResponse({"says": refused.sentence}, status=422)
    says = _("Tersimpan %(hour)s") % {"hour": hour_in_words(draft.updated_at, desk.participation.edition.zone)}
    if form.errors:
        n = len(form.errors)
        says += ngettext(" · %(count)s isian perlu diperbaiki", " · %(count)s isian perlu diperbaiki", n) % {"count": n}
    return JsonResponse({"says": says, "dasar": mark_of(part_of(draft.answers, asked.questions))})


@require_http_methods(["GET", "HEAD", "POST"])
def documents(request, edition, stage, kecamatan):
    """All files of the draft, with the indicators that rest on each; several may be uploaded at once."""
    desk = _desk(request, edition, stage, kecamatan)
    sentences = []
    if request.method == "POST":
        kept, sentences = several_uploads(request.FILES.getlist("berkas"))
        try:
            keep_documents(desk.participation, kept, by=request.user, now=clock.now_of(desk.participation))
        except Refused as refused:
            sentences.append(refused.sentence)
        if not sentences:
            n = len(kept)
            messages.success(request, ngettext("%(count)s berkas diunggah.", "%(count)s berkas diunggah.", n) % {"count": n})
            return redirect(request.path)
        desk = FillingDesk(desk.participation)
    page = {"desk": desk, "rows": _used(desk), "sentences": sentences, "edition": desk.participation.edition}
    page["cannot"] = why_not(request.user, "form.fill", desk.participation, now=clock.now_of(desk.participation))
    return render(request, "entries/documents.html", page, status=422 if sentences else 200)


@require_POST
def drop(request, edition, stage, kecamatan):
    """Take a file out of the draft; one that answers rest on only after a second yes."""
    desk = _desk(request, edition, stage, kecamatan)
    name = request.POST.get("nama", "")
    codes = dict((row.name, codes) for row, codes in _used(desk)).get(name, [])
    if codes and "yakin" not in request.POST:
        page = {"desk": desk, "name": name, "codes": codes, "edition": desk.participation.edition}
        return render(request, "entries/drop_document.html", page)
    drop_document(desk.participation, name, by=request.user, now=clock.now_of(desk.participation))
    said = _("Berkas %(name)s dihapus dari draf.") % {"name": name}
    if codes:
        said += " " + _("Bukti ini lepas dari %(codes)s.") % {"codes": ", ".join(codes)}
    messages.success(request, said)
    return redirect("entries:documents", edition, stage, kecamatan)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request, edition, stage, kecamatan):
    """What is missing and what it costs; then the form is sent."""
    desk = _desk(request, edition, stage, kecamatan)
    form = SendForm(request.POST or None, initial={"op_id": uuid4(), "checked": desk.mark}, resent=desk.needs_reason)
    if request.method == "POST" and form.is_valid() and (sent := _send(desk, form, request.user)):
        messages.success(request, _("Isian terkirim sebagai revisi %(n)s dan menunggu verifikator.") % {"n": sent.revision})
        return redirect("entries:form", edition, stage, kecamatan)
    page = {"desk": desk, "form": form, "edition": desk.participation.edition}
    page["cannot"] = why_not(request.user, "form.fill", desk.participation, now=clock.now_of(desk.participation))
    return render(request, "entries/send.html", page, status=422 if request.method == "POST" else 200)


def _desk(request, edition, stage, kecamatan) -> FillingDesk:
    return FillingDesk(find_participation(request, "draft.read", edition, stage, kecamatan))


def _aspect(desk, code):
    if (aspect := desk.aspect(code)) is None:
        raise Http404
    return aspect


def _form(desk, aspect, **sent) -> AspectForm:
    more = {"earlier": desk.earlier, "came_back": desk.came_back, "unasked": desk.unasked}
    return AspectForm(aspect, desk.answers, desk.documents, **more, **sent)


def _save(desk, form, by, uploads=None):
    return save_draft(
        desk.participation, form.part, questions=form.aspect.questions, base=form.base, uploads=uploads, by=by,
        now=clock.now_of(desk.participation),
    )  # fmt: skip


def _keep(desk, form, by) -> str:
    """Keep what the page sent; return the sentence why not, with what others saved shown beside it."""
    try:
        _save(desk, form, by, form.uploads)
    except Stale as stale:
        _keep_files(desk, form, by)
        form.show_kept(stale.kept)
        return stale.sentence
    except Refused as refused:
        return refused.sentence
    form.base = mark_of(form.part)
    return ""


def _keep_files(desk, form, by) -> None:
    """Files that came with a page that was not saved: kept all the same, for no browser sends them twice by itself."""
    if form.uploads:
        names = keep_documents(desk.participation, list(form.uploads.values()), by=by, now=clock.now_of(desk.participation))
        form.take(dict(zip(form.uploads, names, strict=True)), FillingDesk(desk.participation).documents)


def _next(request, desk, aspect) -> str:
    """Where the button pressed leads: on to the next aspect, to the check, or back to this page."""
    place = (desk.participation.edition.code, desk.participation.stage.code, desk.participation.region_code)
    asked = request.POST.get("lanjut", "")
    following = desk.after(aspect.code)
    if asked == "periksa":
        return reverse("entries:send", args=place)
    if asked == "berikut" and following:
        return reverse("entries:fill", args=(*place, following.code))
    anchor = f"#{asked}" if any(asked == question.code for question in aspect.questions) else ""
    return reverse("entries:fill", args=(*place, aspect.code)) + anchor


def _used(desk):
    """Each file with the indicators that name it, in the order of the form."""
    codes = [question.code for aspect in desk.aspects for question in aspect.questions]
    named = {code: set(answer["bukti"].values()) for code, answer in desk.answers.items()}
    return [
        (row, [code for code in codes if name in named.get(code, ())]) for name, row in sorted(desk.documents.items())
    ]


def _send(desk, form, by):
    try:
        return send_draft(
            desk.participation, checked=form.cleaned_data["checked"], sending=form.sending(desk.last),
            reason=form.cleaned_data["reason"], by=by, now=clock.now_of(desk.participation),
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, refused.marked)
        form.renew(desk.mark)
        return None
