"""Knocking at an address as somebody: what is answered, and what was written on the way."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.test import Client

_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER")
_OWN_BUSINESS = ('"django_session"', '"accounts_signinattempt"')  # a session is not what a page is about


@dataclass
class Answer:
    """What came back, and the statements that would have changed a row of ours."""

    status: int
    response: object
    writes: list[str] = field(default_factory=list)
    seen: object = None

    @property
    def lacks_line(self) -> bool:
        """Whether something was written and the journal says nothing of it."""
        return bool(self.writes) and not any('INTO "journal_line"' in sql for sql in self.writes)


@contextmanager
def written():
    """Collect the statements that write, while inside."""
    found: list[str] = []

    def watch(execute, sql, params, many, context):
        if sql.split(None, 1)[0].upper() in _WRITES and not any(table in sql for table in _OWN_BUSINESS):
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


def client_of(user) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def knock(client: Client, path: str, data=None, *, look=None, **extra) -> Answer:
    """Open a page, or with `data` send a form. What it writes is undone, so that the next finds things as they were.

    `look` is called where something was written, before it is undone.
    """
    kept = {name: cookie.value for name, cookie in client.cookies.items()}
    with transaction.atomic(), written() as writes:
        response = client.get(path, **extra) if data is None else client.post(path, data, **extra)
        if response.streaming:
            response.getvalue()
        seen = look() if look and writes else None
        transaction.set_rollback(True)
    client.cookies.load(kept)  # whoever signed out is still there: the session's row is back too
    return Answer(response.status_code, response, writes, seen)
