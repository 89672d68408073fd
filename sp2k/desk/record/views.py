"""The record of acts: one's own, an edition's, and those outside the editions; each as a page and as a file."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from sp2k.accounts.policy import is_hidden, require
from sp2k.base import clock
from sp2k.base.documents.tables import CSV, XLSX
from sp2k.base.pages.paging import page_of
from sp2k.desk.record.acts import KINDS, OF_EDITIONS, OF_THE_INSTALLATION, Kind
from sp2k.desk.record.file import record_file
from sp2k.desk.record.sight import OWN, acts_of_edition, acts_of_installation, own_acts, scope_beyond, scope_in
from sp2k.desk.record.telling import by_day, read_acts
from sp2k.desk.record.wanted import Wanted, narrowed
from sp2k.desk.tasks.situation import concerns
from sp2k.editions.models import Edition
from sp2k.editions.queries import editions_visible_to
from sp2k.journal.models import Line

PER_PAGE = 40  # each row asks for names of its own


@dataclass(frozen=True)
class Record:
    """A record as it is asked for: which lines, which kinds they may be, whose besides the reader's own."""

    here: str
    lines: QuerySet[Line]
    kinds: tuple[Kind, ...]
    editions: QuerySet[Edition]
    scope: str
    edition: Edition | None = None

    @property
    def has_others(self) -> bool:
        return self.scope != OWN


@require_safe
def own(request):
    """What one did oneself, everywhere."""
    return _page(request, _own(request))


@require_safe
def own_file(request, kind):
    return _file(request, _own(request), kind)


@require_safe
def edition(request, code):
    """An edition's acts, as far as one may know of them."""
    return _page(request, _of_edition(request, code))


@require_safe
def edition_file(request, code, kind):
    return _file(request, _of_edition(request, code), kind)


@require_safe
def installation(request):
    """Acts on accounts, officeholders and regions."""
    return _page(request, _of_installation(request))


@require_safe
def installation_file(request, kind):
    return _file(request, _of_installation(request), kind)


def _own(request) -> Record:
    _admit(request.user, request.user)
    return Record("own", own_acts(request.user), KINDS, editions_visible_to(request.user), OWN)


def _of_edition(request, code) -> Record:
    edition = get_object_or_404(editions_visible_to(request.user).prefetch_related("stages"), code=code)
    _admit(request.user, edition)
    lines, scope = acts_of_edition(request.user, edition), scope_in(request.user, edition)
    return Record("edition", lines, OF_EDITIONS, Edition.objects.filter(pk=edition.pk), scope, edition)


def _of_installation(request) -> Record:
    _admit(request.user, request.user)
    lines, scope = acts_of_installation(request.user), scope_beyond(request.user)
    return Record("installation", lines, OF_THE_INSTALLATION, Edition.objects.none(), scope)


def _admit(user, what) -> None:
    now = clock.now() if what is user else clock.now_of(what)
    if is_hidden(user, "journal.read", what, now=now):
        raise Http404
    require(user, "journal.read", what, now=now)


def _lines(request, record: Record) -> QuerySet[Line]:
    wanted = Wanted.of(request.GET)
    found = narrowed(record.lines, wanted, kinds=record.kinds, editions=record.editions)
    return found.select_related("chain").order_by("-at", "-pk")


def _page(request: HttpRequest, record: Record) -> HttpResponse:
    page = page_of(request, _lines(request, record), per_page=PER_PAGE)
    acts = read_acts(list(page.object_list), reader=request.user)
    editions = editions_visible_to(request.user).defer("source", "rules")
    context = {
        "record": record, "edition": record.edition, "wanted": Wanted.of(request.GET), "page": page, "days": by_day(acts),
        "editions": [row for row in editions if concerns(request.user, row)], "has_beyond": scope_beyond(request.user) != OWN,
        "is_sample": any(act.edition and act.edition.is_sample for act in acts),
    }  # fmt: skip
    return render(request, "record/record.html", context)


def _file(request: HttpRequest, record: Record, kind: str) -> HttpResponse:
    content = record_file(list(_lines(request, record)), kind, reader=request.user)
    response = HttpResponse(content, content_type=CSV if kind == "csv" else XLSX)
    name = record.edition.code if record.edition else {"own": "saya", "installation": "luar-edisi"}[record.here]
    response.headers["Content-Disposition"] = f'attachment; filename="catatan-{name}.{kind}"'
    return response
