"""Pages and files of an edition are given out only where the names and rules they print are those its journal tells."""

from sp2k.accounts.queries.opening import require_accounts
from sp2k.base.middleware import refused_page
from sp2k.base.refusals import Refused
from sp2k.editions.models import Edition
from sp2k.entries.queries.shown import SHOWN, require_shown
from sp2k.judging.models import Seating
from sp2k.judging.queries.opening import require_institutions

# Pages that everybody reads and those of the decision hold more than this themselves; that of integrity tells what is changed.
ROOMS = frozenset({"entries", "judging", "record", "results"})
WITH_A_PANEL = frozenset({"judging", "results"})


def pages_are_held(get_response):
    """Refuse a page of an edition after it was made, where something that it may print was changed behind the acts.

    Who may not see the page has had that answer by then. Of lists over several editions each view holds its own rows.
    """

    def middleware(request):
        token = SHOWN.set(set())
        try:
            response = get_response(request)
            if (code := _edition_shown(request, response)) is None:
                return response
            try:
                _hold(code, with_panel=request.resolver_match.namespace in WITH_A_PANEL)
            except Refused as refused:
                response.close()
                return refused_page(request, refused)
            return response
        finally:
            SHOWN.reset(token)

    return middleware


def _edition_shown(request, response) -> str | None:
    """The code of the edition in the page's address; what an act answers is not held here."""
    asked = request.resolver_match
    if request.method not in {"GET", "HEAD"} or response.status_code != 200 or asked is None or asked.namespace not in ROOMS:
        return None
    return asked.kwargs.get("code" if asked.namespace == "record" else "edition")


def _hold(code: str, *, with_panel: bool) -> None:
    edition = Edition.objects.defer("source").get(code=code)
    require_shown(edition)
    if with_panel:
        require_institutions(edition)
        seated = Seating.objects.filter(seat__stage__edition=edition, until=None)
        require_accounts(seated.values_list("user", flat=True))
