"""WSGI entry point for gunicorn. A server not started as demonstration refuses demonstration data."""

import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sp2k.config.settings")
os.environ.setdefault("SP2K_DEMONSTRATION", "0")
application = get_wsgi_application()

# Models can be imported only once the applications are loaded, which the line above does.
from django.conf import settings  # noqa: E402

from sp2k.base.clock import has_demonstration_clock  # noqa: E402
from sp2k.base.sqlite.held_open import hold_open  # noqa: E402
from sp2k.config.private_files import mend_modes, mended_in_words  # noqa: E402

if n_mended := mend_modes(settings.DATA_DIR):
    print(mended_in_words(n_mended), file=sys.stderr)  # noqa: T201  the server's log, before anything is served

if has_demonstration_clock() and not settings.DEMONSTRATION:
    raise SystemExit("Basis data ini berisi data contoh. Server biasa menolaknya; jalankan `sp2k demo`.")
hold_open(settings.DATABASES["default"]["NAME"])
