"""What stands on stderr of a fault: a head line with the code, and the whole trace, each of its lines under that code.

Neither names nor marks nor tokens nor anything typed is written (ASVS 16.2.5): of an exception whose words may repeat
them only the kind stands there. No line can be forged (ASVS 16.4.1): what is not printable is escaped, and every line but
the head begins with the code.
"""

import logging
import sqlite3
import traceback
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from django.db import Error as DatabaseFault
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from sp2k.base.faults.step import Step, current_step
from sp2k.base.refusals import Refused

# Their words name files, tables, attributes and types of ours.
TELLS_NOTHING = (
    OSError, DatabaseFault, sqlite3.Error, AttributeError, TypeError, NameError, ImportError, MemoryError, RecursionError,
    Refused,
)  # fmt: skip
SECRET_PARTS = ("token",)  # parts of an address that open something
NOT_WRITTEN = "(isi pesan tidak dicatat: dapat memuat ketikan)"

_log = logging.getLogger("sp2k.faults")


def note_fault(error: BaseException, *, upto_here: bool = False) -> str:
    """Write the trace of `error` under the code of the step being answered, and return the code.

    upto_here : the exception has just been made, so that its own trace does not show who called
    """
    step = current_step()
    code = step.coded()
    callers = traceback.format_stack()[:-2] if upto_here else []
    lines = [f"GALAT {code} {_head(step)}", *_under(code, callers), *_under(code, _told(error))]
    _log.error("%s", "\n".join(lines))
    return code


def _head(step: Step) -> str:
    moment = datetime.now().astimezone().isoformat(timespec="seconds")
    if step.request is None:
        return f"{moment} perintah: {printable(step.command) or '-'}"
    return f"{moment} {printable(step.request.method or '-')} {_path(step.request)} akun={_account(step.request)}"


def _path(request: HttpRequest) -> str:
    """The path without its query, an invitation's token taken out."""
    path = request.path
    try:
        given = resolve(request.path_info).kwargs
    except Resolver404:
        given = {}
    for part in SECRET_PARTS:
        path = path.replace(str(given[part]), "*") if part in given else path
    return quote(path, safe="/*")


def _account(request: HttpRequest) -> str:
    """The number of the account, if it has been looked up already: in a fault the database is asked nothing."""
    person = vars(request).get("_cached_user")
    return str(getattr(person, "pk", None) or "-")


def _told(error: BaseException) -> Iterator[str]:
    """The exception and what led to it, the oldest first, as Python tells it."""
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None:
        yield from _told(earlier)
        yield "Sesudah itu:"
    if error.__traceback__ is not None:
        yield "Traceback (most recent call last):"
        yield from traceback.format_tb(error.__traceback__)
    kind = type(error)
    said = str(error) if isinstance(error, TELLS_NOTHING) else NOT_WRITTEN
    yield f"{kind.__module__}.{kind.__qualname__}: {printable(said)}"


def _under(code: str, texts) -> Iterator[str]:
    for text in texts:
        yield from (f"{code} | {printable(line)}" for line in text.splitlines())


def printable(text: str) -> str:
    """Return a text on one line: whatever is not printable is escaped."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text)
