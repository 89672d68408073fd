"""What waits for a second person outside of every edition: a leader's paper on a supervisor, a newer list of regions."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from sp2k.accounts.appointments.queries import appointments_visible_to
from sp2k.accounts.models import User
from sp2k.accounts.policy import why_not
from sp2k.base.clock import Clocks
from sp2k.base.language import spoken_date
from sp2k.base.pages.addresses import address_of
from sp2k.desk.tasks.task import Task, task
from sp2k.entries.region_lists.actions import WholeCountry
from sp2k.regions.models import ProposedList


def tasks_of_installation(user: User, *, now: datetime | Clocks) -> Iterator[Task]:
    """Yield what someone recorded or uploaded and this person can carry out."""
    at = now if isinstance(now, datetime) else min(now.true, now.sample)  # nothing of these has a deadline: before what has
    yield from _appointments(user, at)
    yield from _region_lists(user, at)


def _appointments(user, now) -> Iterator[Task]:
    for row in appointments_visible_to(user).filter(confirmed_at=None, withdrawn_at=None).exclude(by=user):
        if why_not(user, "role.paper", row, now=now) is None:
            yield task(
                _("Kuatkan surat penugasan pengawas"),
                _("%(who)s mencatat surat %(number)s tanggal %(dated)s untuk %(name)s; perlu orang kedua.") % {
                    "who": row.by.name, "number": row.number, "dated": spoken_date(row.dated), "name": row.name,
                },
                edition=None, now=now, address=address_of("accounts:appointment", row.pk),
            )  # fmt: skip


def _region_lists(user, now) -> Iterator[Task]:
    if why_not(user, "region.load", WholeCountry(), now=now) is not None:
        return
    for row in ProposedList.objects.filter(applied_at=None, withdrawn_at=None):
        yield task(
            _("Periksa daftar wilayah yang diunggah"),
            _("%(decree)s, dari berkas %(name)s, belum diterapkan atau ditarik.") % {"decree": row.decree, "name": row.name},
            edition=None, now=now, address=address_of("regions:proposed", row.pk),
        )  # fmt: skip
