"""Where sessions are kept: in the database; signed in the visitor's own cookie while the database cannot be written.

So that signing in works on a full, busy or read-only disk (ADR 0033). A session in a cookie ends half an hour after the last
change to it at the latest, and goes back into the database with the first change that the database takes.
"""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.core import signing

from sp2k.base.faults.storage import CannotStore, done_without

CARRIED = "titip."
SALT = "sp2k.accounts.sessions"
CARRIED_FOR = 1800
MOST_LETTERS = 3500  # a browser keeps 4096 bytes of a cookie


class SessionStore(db.SessionStore):
    """As Django's in the database. `is_left_behind` says that a session could not be deleted there."""

    is_left_behind = False

    def load(self):
        if not self._is_carried:
            return super().load()
        try:
            return signing.loads(self.session_key.removeprefix(CARRIED), salt=SALT, max_age=CARRIED_FOR)
        except signing.BadSignature:
            self._session_key = None
            return {}

    def save(self, must_create=False):
        if self._is_carried:
            return self._save_back()
        try:
            return super().save(must_create)
        except UpdateError as error:  # Django says so of every failure; a row that could not be changed stays as it was
            if not isinstance(error.__context__, CannotStore):
                raise
            with done_without():
                raise error.__context__ from None
        except CannotStore as refusal:
            self._carry(refusal)

    def delete(self, session_key=None):
        if str(session_key or self.session_key or "").startswith(CARRIED):
            return
        self.is_left_behind = True
        with done_without():
            super().delete(session_key)
            self.is_left_behind = False

    @property
    def _is_carried(self) -> bool:
        return bool(self.session_key) and self.session_key.startswith(CARRIED)

    def _save_back(self) -> None:
        """Give a carried session a row of its own; where that still fails it is carried on."""
        content = self._get_session()
        self._session_key = self._get_new_session_key()
        self._session_cache = content
        try:
            self.save(must_create=True)
        except CreateError:
            self._save_back()

    def _carry(self, refusal: CannotStore) -> None:
        carried = CARRIED + signing.dumps(dict(self._get_session(no_load=True)), salt=SALT, compress=True)
        if len(carried) > MOST_LETTERS:
            raise refusal
        with done_without():
            raise refusal
        self._session_key = carried
