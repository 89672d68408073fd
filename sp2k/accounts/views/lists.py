"""People in bulk: the template, a list taken in after it was looked at, the list given out."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.accounts.actions.lists import WRONG, plan_of, take_in
from sp2k.accounts.forms.people import ListForm
from sp2k.accounts.queries.people import listed_people
from sp2k.accounts.views.people import refuse_strangers
from sp2k.accounts.workbook.reading import row_of, rows_of
from sp2k.accounts.workbook.writing import template, workbook_of
from sp2k.base import clock
from sp2k.base.pages.acting import attempt, attempt_plainly
from sp2k.base.pages.uploads import XLSX

KEPT = "daftar-orang"  # the rows that were looked at, in the session until they are taken in


@require_http_methods(["GET", "HEAD", "POST"])
def import_people(request):
    """Read a list and show what it would change; nothing is changed yet."""
    refuse_strangers(request)
    is_sent = request.method == "POST"
    form, plan = ListForm(request.POST if is_sent else None, request.FILES if is_sent else None), None
    if form.is_valid():
        file = form.cleaned_data["file"]
        rows = attempt(form, lambda: rows_of(file.content, name=file.name))
        if rows is not None:
            plan = plan_of(rows, by=request.user, now=clock.now())
            request.session[KEPT] = [] if plan.is_wrong else [row.plain() for row in rows]
    shown = [line for line in plan.lines if not plan.is_wrong or line.kind == WRONG] if plan else []
    page = {"form": form, "plan": plan, "lines": shown}
    refused = is_sent and (plan is None or plan.is_wrong)
    return render(request, "accounts/import.html", page, status=422 if refused else 200)


@require_POST
def take_in_people(request):
    """Do what the list that was just shown says."""
    refuse_strangers(request)
    rows = [row_of(plain) for plain in request.session.pop(KEPT, [])]
    if not rows:
        return redirect("accounts:import")
    plan = attempt_plainly(
        request,
        lambda: take_in(rows, by=request.user, now=clock.now()),
        done=_("Daftar disimpan dan dicatat di jurnal."),
    )
    return redirect("accounts:people" if plan else "accounts:import")


@require_safe
def import_template(request):
    """The empty list to fill."""
    refuse_strangers(request)
    return _xlsx(template(), "daftar-orang-kosong.xlsx")


@require_safe
def export_people(request):
    """The list as on the screen, all pages, as XLSX."""
    refuse_strangers(request)
    asked = {name: request.GET.get(key, "").strip()[:60] for name, key in _ASKED.items()}
    people = listed_people(request.user, **asked)
    return _xlsx(workbook_of(people, is_sample=clock.is_demonstration()), "daftar-orang.xlsx")


_ASKED = {"text": "cari", "role": "peran", "state": "keadaan"}


def _xlsx(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
