"""How a page asks for an act: what the act refuses is said where the person typed, and nothing typed is lost."""

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest

from sp2k.base.faults.storage import CannotStore
from sp2k.base.language import of_record
from sp2k.base.refusals import Refused

T = TypeVar("T")


def attempt(form, act: Callable[[], T]) -> T | None:
    """Return what `act` returns; where it refuses, put its sentence at the head of `form` and return None.

    The act runs in the language of record: what it writes and what it refuses never depends on the reader.
    An act that returns nothing on success should return True here, so that None always means refused.
    """
    try:
        return of_record(act)()
    except Refused as refused:
        form.add_error(None, refused.marked)
        return None


def attempt_plainly(request: HttpRequest, act: Callable[[], T], *, done: str) -> T | None:
    """As `attempt`, for a button without a form: the sentence, or `done`, stands at the head of the next page.

    What the storage refuses is not for the next page: it is a page of its own that offers the button again.
    """
    try:
        answer = of_record(act)()
    except CannotStore:
        raise
    except Refused as refused:
        messages.error(request, refused.marked)
        return None
    messages.success(request, done)
    return answer
