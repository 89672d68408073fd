"""Noting that a head of the journal was sent to the regencies."""

from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import Refused
from sp2k.editions.holding import held_edition
from sp2k.editions.models import Edition
from sp2k.journal import actions as journal
from sp2k.publication.checking.opening import refuse_changed_publication
from sp2k.publication.checking.page import integrity_of
from sp2k.publication.models import SentHead


@transaction.atomic
def send_head(edition: Edition, size: int, *, by, now: datetime) -> SentHead:
    """Note that the head of that many lines was sent to the regencies as a text."""
    edition = held_edition(edition.pk)
    require(by, "head.send", edition, now=now)
    refuse_changed_publication(edition, "Pengiriman kepala jurnal")
    noted = next((head for head in integrity_of(edition, user=by, now=now).heads if head.size == size), None)
    if noted is None:
        raise Refused(f"Tidak ada kepala jurnal dengan {size} baris yang dikirim kepada kabupaten/kota. Muat ulang halaman.")
    if noted.sent is not None:
        return noted.sent
    row = SentHead.objects.create(edition=edition, size=size, head=noted.head, text=noted.text, by=by, at=now)
    body = {"size": size, "head": noted.head}
    journal.append_sealed(edition.chain_id, "head.send", body, {"text": row.text}, by=by, now=now)
    return row
