"""The one way an act says no: a sentence in Indonesian that says what, where and what to do."""

from contextvars import ContextVar

from sp2k.base.language import marked

# Whether the person of this request may read, by name, of what was changed behind the acts. A hold meets things of everybody:
# another kecamatan's verdict, another juror's sheet, another account. On the server's command line all is told.
NAMES_ARE_TOLD: ContextVar[bool] = ContextVar("names_are_told", default=True)


class Refused(Exception):
    """An act that cannot be done now. `str()` is the sentence the person reads; nothing was changed."""

    @property
    def sentence(self) -> str:
        return str(self.args[0])

    @property
    def marked(self) -> str:
        """The sentence for a page: it stays in the language of record (ADR 0021) and is marked so on another's page."""
        return marked(self.sentence)


class NotAllowed(Refused):
    """The policy table says no: the person may not do this to this object."""


class AlreadyDone(Refused):
    """A second press of a button whose act was done or taken back meanwhile; `then` is the page that shows how it stands."""

    def __init__(self, sentence: str, *, then: str):
        super().__init__(sentence)
        self.then = then


class BadInput(Refused):
    """What was typed or uploaded cannot be read; the sentence names the place."""
