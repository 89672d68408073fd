"""Correcting an issued decree by a further act: it adds and explains, and another person approves it."""

import re
from datetime import date, datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.accounts.roles import Role
from sp2k.base.blobs import store_blob
from sp2k.base.documents.days import refuse_day_before, refuse_day_to_come
from sp2k.base.documents.placeholders import placeholders_in
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.base.wording import date_in_words
from sp2k.editions.holding import held_edition
from sp2k.journal import actions as journal
from sp2k.journal.models import Chain
from sp2k.publication.actions.facts import LONGEST, clean_line
from sp2k.publication.checking.opening import refuse_changed_publication
from sp2k.publication.issued.amendment import (
    amendment_pdf,
    amendment_text,
    lacking_in_amendment,
    stored_amendment_facts,
)
from sp2k.publication.issued.sealed import (
    amendment_content,
    proposal_content,
    seal_document,
    sealed_under,
)
from sp2k.publication.models import Amendment, Decree
from sp2k.results.queries import standing_tally
from sp2k.results.ties.ruled import placements_of

_VALUE = re.compile(r"(?<![\w,.])\d{1,3},\d+(?![\w,])")  # as the decree prints what was counted
APPROVERS = (Role.LEADER, Role.CHAIR, Role.INSPECTORATE)


@transaction.atomic
def propose_amendment(
    decree: Decree, *, number: str, signed_on: date, corrects: str, reason: str, by, now: datetime
) -> Amendment:
    """Propose what a further document is to say. One proposal at a time waits for its yes."""
    edition = held_edition(decree.edition_id)
    require(by, "amendment.propose", edition, now=now)
    refuse_changed_publication(edition, "Usul pembetulan")
    if waiting := decree.amendments.filter(approved_at=None, withdrawn_at=None).first():
        raise Refused(f"Pembetulan {waiting.number} masih menunggu persetujuan. Tunggu, atau tarik usul itu.")
    amendment = Amendment(
        decree=decree, position=decree.amendments.count() + 1, number=clean_line(number, "Nomor", 80), signed_on=signed_on,
        corrects=clean_text(corrects, name="Yang dibetulkan", longest=LONGEST),
        reason=clean_text(reason, name="Alasan", longest=LONGEST), proposed_at=now, by=by,
    )  # fmt: skip
    _refuse(amendment, edition, now)
    seal_document(amendment, proposal_content(amendment))
    amendment.proposal_commitment, amendment.commitment = amendment.commitment, ""
    amendment.save()
    body = {"number": amendment.position, "c": amendment.proposal_commitment}
    journal.append(edition.chain_id, "amendment.propose", body, by=by, now=now)
    return amendment


@transaction.atomic
def approve_amendment(amendment: Amendment, *, by, now: datetime) -> Amendment:
    """Approve a proposal as someone else: its document is made, and it holds from then on. The decree stays as issued."""
    edition = held_edition(amendment.decree.edition_id)
    amendment = Amendment.objects.select_related("decree__edition__region", "by").get(pk=amendment.pk)
    require(by, "amendment.approve", amendment, now=now)
    refuse_changed_publication(edition, "Pembetulan keputusan")
    _refuse_settled(amendment)
    role = next(role for role in APPROVERS if by.reaches({role}, edition.region_id))
    chain = Chain.objects.get(pk=edition.chain_id)
    amendment.approved_by, amendment.approved_at, amendment.approved_as = by, now, role
    amendment.journal_size, amendment.journal_head = chain.size, chain.head
    text = amendment_text(amendment)
    if not edition.is_sample and (lacking := lacking_in_amendment(text)):
        raise Refused(f"Pembetulan belum dapat disetujui. {' '.join(row.sentence for row in lacking)}")
    amendment.facts = stored_amendment_facts(text)
    amendment.document = store_blob(amendment_pdf(text), content_type="application/pdf", now=now)
    amendment.commitment = sealed_under(amendment, amendment_content(amendment))
    amendment.save()
    body = {"number": amendment.position, "c": amendment.commitment, "sha256": amendment.document_id}
    journal.append(edition.chain_id, "decree.amend", body, by=by, now=now)
    return amendment


@transaction.atomic
def withdraw_amendment(amendment: Amendment, *, by, now: datetime) -> Amendment:
    """Take a proposal back while it waits; it stays on record."""
    edition = held_edition(amendment.decree.edition_id)
    amendment = Amendment.objects.get(pk=amendment.pk)
    require(by, "amendment.propose", edition, now=now)
    refuse_changed_publication(edition, "Penarikan usul pembetulan")
    _refuse_settled(amendment)
    amendment.withdrawn_at = now
    amendment.save(update_fields=["withdrawn_at"])
    journal.append(edition.chain_id, "amendment.withdraw", {"number": amendment.position}, by=by, now=now)
    return amendment


def _refuse_settled(amendment: Amendment) -> None:
    if amendment.approved_at is not None:
        raise Refused(f"Pembetulan {amendment.number} sudah disetujui dan berlaku.")
    if amendment.withdrawn_at is not None:
        raise Refused(f"Usul pembetulan {amendment.number} sudah ditarik.")


def _refuse(amendment: Amendment, edition, now) -> None:
    decree, said = amendment.decree, date_in_words(amendment.signed_on)
    if not amendment.number:
        raise BadInput("Tulis nomor keputusan pembetulan seperti di register.")
    if Decree.objects.filter(number=amendment.number).exists() or Amendment.objects.filter(
        number=amendment.number, withdrawn_at=None
    ):
        raise Refused(f"Nomor {amendment.number} sudah dipakai keputusan lain. Periksa nomornya.")
    refuse_day_to_come(amendment.signed_on, "pembetulan", zone=edition.zone, now=now)
    if amendment.signed_on < decree.signed_on:
        raise BadInput(
            f"Tanggal pembetulan, {said}, mendahului keputusan yang dibetulkan, {date_in_words(decree.signed_on)}."
        )
    refuse_day_before(amendment.signed_on, "pembetulan", decree.issued_at, "pembuatan keputusannya", zone=edition.zone)
    if not amendment.corrects:
        raise BadInput("Tulis apa yang dibetulkan: bagiannya, yang tertulis, dan yang seharusnya.")
    if not amendment.reason:
        raise BadInput("Tulis alasan pembetulan.")
    _refuse_what_was_counted(edition, amendment.corrects, amendment.reason)
    open_places = placeholders_in(f"{amendment.corrects} {amendment.reason} {amendment.number}")
    if open_places and not edition.is_sample:
        raise BadInput(f'Pembetulan masih memuat "{open_places[0]}". Isi tempat itu pada kolomnya.')


def _refuse_what_was_counted(edition, *texts: str) -> None:
    """Who holds a title, under which name and with what value follows from the frozen count, word for word: no slip there.

    Save one: a kecamatan whose name was corrected in the list of regions since, from its old name to that one.
    """
    text, entries = " ".join(texts), list(edition.entries.all())
    listed = dict(edition.entries.values_list("pk", "region__name"))
    misspelt = [row for row in entries if row.name != listed[row.pk] and _is_set_right(text, row, listed[row.pk], entries)]
    rest = text
    for name in sorted((name for row in misspelt for name in (row.name, listed[row.pk])), key=len, reverse=True):
        rest = re.sub(_whole(name), "", rest)
    last = {placement.participation.entry_id for placement in _last_places(edition)}
    named = [award.title for award in edition.awards.all()]
    named += sorted(row.name for row in entries if misspelt or row.pk in last)
    named += [f"Kecamatan {row.name}" for row in entries]
    found = next((name for name in named if _names(rest, name)), None) or next(iter(_VALUE.findall(text)), None)
    if found:
        raise Refused(
            f'Pembetulan ini menyebut "{found}". Kecamatan, gelar, dan nilai dalam keputusan disalin dari hasil yang '
            "ditetapkan, jadi bukan salah tulis dan tidak dibetulkan dengan keputusan pembetulan. Bila hasilnya yang "
            "dipersoalkan, sampaikan kepada pengawas; bila nama kecamatan salah ditulis, betulkan dahulu di daftar wilayah, "
            "lalu tulis nama lama dan nama yang benar itu; bila yang keliru bagian lain, tulis tanpa menyebutnya."
        )


def _is_set_right(text: str, entry, right: str, entries) -> bool:
    """Whether a text names an entry by its old name and by the one of the list, which no other entry of the edition has."""
    others = {row.name for row in entries if row.pk != entry.pk}
    return _names(text, entry.name) and _names(text, right) and not {entry.name, right} & others


def _last_places(edition):
    tally = standing_tally(edition.stages.last())
    return placements_of(tally) if tally else ()


def _names(text: str, name: str) -> bool:
    """Whether a text names this, as a whole and as it is written: Juara II does not name Juara I, nor "taman" Taman."""
    return re.search(_whole(name), text) is not None


def _whole(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"
