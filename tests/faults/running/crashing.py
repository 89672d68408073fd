"""The `sitecustomize` of a server that is to die or to be slow: copied beside it by the tests, never part of the product.

While the data folder holds a file `mati-pada` with a number, every writing of a request is counted: each INSERT, UPDATE and
DELETE, the COMMIT, the moment after it, and each renaming of a file. At that number the process kills itself, once.

While it holds a file `lambat` with a number, every sheet's transaction begins up to so many seconds late: what its request
has read before may then be old.
"""

import os
import random
import signal
import threading
import time
import traceback

from django.db.backends.sqlite3 import base as sqlite

ORDER = os.path.join(os.environ["SP2K_DATA_DIR"], "mati-pada")
SLOW = os.path.join(os.environ["SP2K_DATA_DIR"], "lambat")
WRITES = ("INSERT", "UPDATE", "DELETE")
_counted = threading.local()


def _point() -> None:
    try:
        with open(ORDER) as file:
            at = int(file.read())
    except FileNotFoundError:
        _counted.n = 0
        return
    _counted.n = getattr(_counted, "n", 0) + 1
    with open(f"{ORDER}-dilihat", "w") as file:
        file.write(str(_counted.n))
    if _counted.n == at:
        os.unlink(ORDER)
        os.kill(os.getpid(), signal.SIGKILL)


_begin = sqlite.DatabaseWrapper._start_transaction_under_autocommit
_execute, _commit, _rename = sqlite.SQLiteCursorWrapper.execute, sqlite.DatabaseWrapper._commit, os.replace


def execute(self, query, params=None):
    if query.startswith(WRITES):
        _point()
    return _execute(self, query, params)


def commit(self):
    _point()
    done = _commit(self)
    _point()
    return done


def rename(*given, **named):
    _point()
    return _rename(*given, **named)


def begin(self):
    try:
        with open(SLOW) as file:
            late = float(file.read())
    except FileNotFoundError:
        late = 0
    if late and any("send_sheet(" in (frame.line or "") for frame in traceback.extract_stack(limit=15)):
        time.sleep(random.uniform(0, late))
    return _begin(self)


sqlite.DatabaseWrapper._start_transaction_under_autocommit = begin
sqlite.SQLiteCursorWrapper.execute, sqlite.DatabaseWrapper._commit, os.replace = execute, commit, rename
