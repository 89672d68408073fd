"""The order of instants within a chain: no act of a real edition is older than the acts before it.

A clock that is set back for a minute makes a late act one in time. A demonstration is played in a time of its own, which
goes back to where its story begins; there, nothing is asked.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Max

from sp2k.base.refusals import NAMES_ARE_TOLD, Refused
from sp2k.base.wording import instant_in_words
from sp2k.journal.line_types import TIME_BOUND
from sp2k.journal.models import Chain, Line
from sp2k.journal.queries import Replay

TOLERANCE = timedelta(minutes=5)  # how far clocks are set right by themselves, and how long an act may wait for its turn


def is_of_real_edition(chain: Chain) -> bool:
    """Whether a chain is that of a real edition, as its first text says, which the hashes of all lines rest on."""
    try:
        return json.loads(chain.genesis).get("sample") is False
    except (ValueError, AttributeError):
        return False


def refuse_earlier_than_last(chain: Chain, now: datetime) -> None:
    """Stop an act of a real edition whose instant lies more than five minutes before the newest line. One query.

    Before the newest and not the last one: a clock set back by a few minutes again and again is told as well.

    Raises
    ------
    Refused
        Naming the instant of the newest line to those who may read of every act: to others it would tell when somebody acted.
    """
    if not chain.size or not is_of_real_edition(chain):
        return
    last = Line.objects.filter(chain=chain).aggregate(newest=Max("at"))["newest"]
    if last is None or now >= last - TOLERANCE:
        return
    when = f" pada {instant_in_words(last, chain.zone)}" if NAMES_ARE_TOLD.get() else " pada waktu sesudah itu"
    raise Refused(
        f"Jam server menunjukkan {instant_in_words(now, chain.zone)}, jadi mundur: baris terbaru catatan edisi ini ditulis"
        f"{when}. Tidak ada yang berubah. Minta administrator sistem membetulkan jam server, lalu ulangi."
    )


def earlier_than_before(chain: Chain, replayed: Replay) -> Iterator[tuple[int, str]]:
    """Yield number and type of each time-bound line of a real edition, more than five minutes before one that it follows."""
    if not is_of_real_edition(chain):
        return
    newest = None
    for seq, entry in replayed.numbered:
        _person, at = replayed.acts[seq]
        if newest is not None and at < newest - TOLERANCE and entry["type"] in TIME_BOUND:
            yield seq, entry["type"]
        newest = at if newest is None else max(newest, at)
