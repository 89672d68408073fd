"""The edition a page is about: not there for whoever may not know of it, refused with its reason for whoever may not act."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from sp2k.accounts.policy import is_hidden, require
from sp2k.base import clock
from sp2k.editions.models import Edition
from sp2k.editions.queries import editions_visible_to
from sp2k.editions.queries.opening import require_rules


def edition_for(request: HttpRequest, code: str, action: str = "") -> Edition:
    """Return the edition of a page; `action` is what the page is for, 404 where the viewer could never do it."""
    edition = get_object_or_404(editions_visible_to(request.user), code=code)
    if action and is_hidden(request.user, action, edition, now=clock.now_of(edition)):
        raise Http404
    return edition


def edition_to_show(request: HttpRequest, code: str, action: str = "") -> Edition:
    """As `edition_for`, and refused where its rules, dates, locks or closing were changed behind the acts."""
    edition = edition_for(request, code, action)
    require_rules(edition)
    return edition


def edition_to_act_on(request: HttpRequest, code: str, action: str) -> Edition:
    """As `edition_for`, and 403 with the reason where it cannot be done now."""
    edition = edition_for(request, code, action)
    require(request.user, action, edition, now=clock.now_of(edition))
    return edition
