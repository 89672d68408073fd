"""People in bulk: the template, a list taken in after it was looked at, the list given out."""

from functools import partial

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sp2k.accounts.actions.lists import plan_of, take_in
from sp2k.accounts.forms.people import ListForm
from sp2k.accounts.queries.people import listed_people
from sp2k.accounts.views.people import refuse_strangers
from sp2k.accounts.workbook.reading import row_of, rows_of_table
from sp2k.accounts.workbook.writing import template, workbook_of
from sp2k.base import clock
from sp2k.base.pages.uploads import XLSX
from sp2k.base.tables.importing import ListImport, import_page
from sp2k.base.tables.sentences import said_of_columns


@require_http_methods(["GET", "HEAD", "POST"])
def import_people(request):
    """Read a list and show what it would change; the button below the preview then does it."""
    refuse_strangers(request)
    told = {"by": request.user, "now": clock.now()}
    kind = ListImport(
        purpose="orang", read=_read, look=partial(_look, **told), act=lambda rows, _agreed: take_in(_rows(rows), **told),
        template="accounts/import.html", then="accounts:people", done=_("Daftar disimpan dan dicatat di jurnal."),
    )  # fmt: skip
    return import_page(request, ListForm, kind)


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


def _read(cleaned: dict) -> dict:
    table, clears = cleaned["file"], cleaned["clears"]
    rows = rows_of_table(table, clears=clears)
    return {"rows": [row.plain() for row in rows], "stays": said_of_columns(table, clears=clears)}


def _rows(told: dict) -> list:
    return [row_of(plain) for plain in told["rows"]]


def _look(told: dict, *, by, now):
    return plan_of(_rows(told), by=by, now=now, stays=told["stays"])


def _xlsx(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
