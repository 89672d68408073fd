"""Run as a module, `python -m tests.faults.running.prepare jury`: writes a small edition into the folder SP2K_DATA_DIR.

The edition is the small one of `tests/story/small.py`, played up to an instant; its clock then runs on from there, as in the
demonstration. Everybody can sign in with the same password.
"""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sp2k.config.settings")
    import django

    django.setup()

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import transaction

from sp2k.accounts.models import User
from sp2k.base.clock import start_demonstration_clock
from sp2k.demo.load import logins_path
from sp2k.demo.people import write_logins
from tests.story.small import BULUNGAN, DECREE_ISSUED, EDITION, FORMS_OPEN, JURY_SEATED, at, person, play_small

PASSWORD = "sawah-pinang-jala"
EDITION_CODE = "kaltara-2024-uji"
# Seven seats and three entries: 21 sheets.
MORE_SEATS = "".join(f"  - {{kode: juri-{n}, lembaga: Lembaga {n}}}\n" for n in range(1, 5))
AFTER_DPMD = "  - {kode: dpmd, lembaga: DPMD Provinsi Kalimantan Utara}\n"
WHEN = {
    "forms": (FORMS_OPEN, at("2024-03-04 09.00")),
    "jury": (JURY_SEATED, at("2024-06-04 09.00")),
    "decree": (DECREE_ISSUED, at("2024-07-10 10.01")),
}



def prepare(when: str) -> None:
    """Play the small edition with four more jurors up to an instant, and let its clock show a little later."""
    until, stands_at = WHEN[when]
    call_command("migrate", interactive=False, verbosity=0)
    with transaction.atomic():
        story = play_small(until, source=EDITION.replace(AFTER_DPMD, AFTER_DPMD + MORE_SEATS))
        person(story, "C", BULUNGAN)  # made when first asked for
        User.objects.update(password=make_password(PASSWORD))
        start_demonstration_clock(stands_at)
    write_logins(logins_path(), [])
    call_command("collectstatic", interactive=False, verbosity=0)


if __name__ == "__main__":
    prepare(sys.argv[1])
