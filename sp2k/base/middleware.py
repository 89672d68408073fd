"""What holds for every answer: its faults are noted under one code, no cache keeps it when signed in, a refusal is a page."""

from django.contrib import messages
from django.shortcuts import redirect, render

from sp2k.base.faults.step import Step, answering
from sp2k.base.faults.storage import CannotStore
from sp2k.base.pages.broken import unavailable
from sp2k.base.refusals import AlreadyDone, NotAllowed, Refused

REFUSED = 422
REDIRECTS = (302, 303)
SHOWS_THE_FORM = (200, REFUSED)


def faults_have_a_code(get_response):
    """Note a request's faults under one code, and answer 503 where the storage refused what was asked.

    A view that catches refusals shows one of the storage like any other: in its form, which becomes a 503 as it stands, or
    on the next page, in whose place the page comes that holds what was sent.
    """

    def middleware(request):
        with answering(Step(request)) as step:
            response = get_response(request)
            if step.cannot_store is None or not step.sends_something:
                return response
            if response.status_code in REDIRECTS:
                return unavailable(request, step.cannot_store)
        if response.status_code in SHOWS_THE_FORM:
            response.status_code = 503
            response.headers["Retry-After"] = str(step.cannot_store.retry_after)
        return response

    return middleware


def private_pages_are_not_stored(get_response):
    """Add `no-store` to whatever is answered to a session (ASVS 14.2.2)."""

    def middleware(request):
        response = get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


def refused_page(request, refused: Refused):
    """Return the page that says why something was refused, and nothing else."""
    status = 403 if isinstance(refused, NotAllowed) else REFUSED
    return render(request, "base/refused.html", {"sentence": refused.marked}, status=status)


class RefusalsBecomePages:
    """An act refused, and no form to say it beside, or a button's address opened as a page: a sentence, nothing changed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            said = render(request, "405.html", status=405)
            said.headers["Allow"] = response.headers["Allow"]
            return said
        return response

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        if isinstance(exception, CannotStore):
            return unavailable(request, exception)
        if isinstance(exception, AlreadyDone):
            messages.warning(request, exception.marked)
            return redirect(exception.then)
        return refused_page(request, exception)
