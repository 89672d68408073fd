"""Long lists in pages of fifty, the page in the address, all of it on request."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PER_PAGE = 50
ALL = "semua"


def page_of(request: HttpRequest, rows, *, per_page: int = PER_PAGE, most: int | None = None) -> Page:
    """Return the page that `?halaman=` asks for: a number, or `semua` for all; anything else is the first.

    `most` bounds a list that is too long to be shown, or sent back as a form, at once: then `semua` is the first page.
    """
    asked = request.GET.get("halaman", "")
    n_rows = max(1, rows.count() if hasattr(rows, "filter") else len(rows)) if asked == ALL else per_page
    size = n_rows if most is None or n_rows <= most else per_page
    return Paginator(rows, size).get_page(1 if asked == ALL else asked)
