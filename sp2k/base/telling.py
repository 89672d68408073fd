"""Whether the person of this request may read of what was changed behind the acts, by name.

A hold meets things of everybody: another kecamatan's verdict, another juror's sheet, another account. Whoever supervises or
organises reads which; the others read that something is wrong, and whom to tell.
"""

from contextvars import ContextVar

NAMES_ARE_TOLD: ContextVar[bool] = ContextVar("names_are_told", default=True)  # on the server's command line too
