"""What is being answered just now: one request or one command, and the one code under which its faults are noted."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest

from sp2k.base.wording import LETTERS


@dataclass
class Step:
    """A request or a command. `code` is empty until something breaks; `cannot_store` holds what then refused the act."""

    request: HttpRequest | None = None
    command: str = ""
    code: str = ""
    cannot_store: Exception | None = None

    @property
    def sends_something(self) -> bool:
        return self.request is not None and self.request.method == "POST"

    def coded(self) -> str:
        """Return the code of this step, made at its first fault: a person reads one code, however much fails after it."""
        self.code = self.code or "".join(secrets.choice(LETTERS) for _ in range(6))
        return self.code


_CURRENT: ContextVar[Step | None] = ContextVar("step", default=None)


@contextmanager
def answering(step: Step) -> Iterator[Step]:
    """Let `step` be the one that is being answered."""
    token = _CURRENT.set(step)
    try:
        yield step
    finally:
        _CURRENT.reset(token)


def current_step() -> Step:
    """Return what is being answered; a step of its own where nobody said."""
    return _CURRENT.get() or Step()
