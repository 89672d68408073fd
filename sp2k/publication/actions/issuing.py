"""Issuing the decree and publishing the result, both made from the frozen result and nothing else."""

from datetime import date, datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.accounts.queries.opening import refuse_changed_people
from sp2k.base.blobs import store_blob
from sp2k.base.documents.days import refuse_day_before, refuse_day_to_come
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.wording import date_in_words, instant_in_words
from sp2k.editions.holding import held_edition
from sp2k.editions.models import Edition
from sp2k.editions.queries import missing_approvals
from sp2k.journal import actions as journal
from sp2k.journal.models import Chain
from sp2k.publication.actions.facts import clean_facts, refuse_other_minutes
from sp2k.publication.checking.opening import opened_publication, refuse_changed_publication
from sp2k.publication.documents.decree import decree_pdf
from sp2k.publication.issued.decree import decree_text
from sp2k.publication.issued.facts import EMPTY, DecreeFacts, lacking_in, proposed_facts, stored_facts
from sp2k.publication.issued.overtaken import overtaken_minutes
from sp2k.publication.issued.sealed import decree_content, seal_document
from sp2k.publication.models import Amendment, Decree, Publication
from sp2k.results.frozen import require_frozen
from sp2k.results.models import Decision
from sp2k.results.queries import result_content, standing_tally
from sp2k.results.turnout.reading import turnouts_of


@transaction.atomic
def issue_decree(
    edition: Edition, *, number: str, signed_on: date, by, now: datetime, facts: DecreeFacts | None = None
) -> Decree:
    """Make the decree's document from the frozen result, under the number and date that the registry gave it.

    `facts` are those of the day as typed; without them the edition file's proposals stand. Outside demonstration data
    nothing may be left open; a legal basis is never left open.
    """
    edition = held_edition(edition.pk)
    require(by, "decree.issue", edition, now=now)
    refuse_changed_publication(edition, "Pembuatan keputusan")
    if not Decision.objects.filter(edition=edition).exists():
        raise Refused("Hasil edisi ini belum ditetapkan. Tetapkan hasil lebih dahulu, baru buat keputusan.")
    if existing := Decree.objects.filter(edition=edition).first():
        raise Refused(f"Keputusan edisi ini sudah dibuat dengan nomor {existing.number}.")
    for turnout in turnouts_of(edition):
        require_frozen(turnout.tally)
    if overtaken := overtaken_minutes(edition):
        raise Refused(f"Keputusan belum dapat dibuat. {' '.join(row.sentence for row in overtaken)}")
    facts = clean_facts(facts or proposed_facts(edition), edition, number=number, signed_on=signed_on)
    _refuse_number(facts.number)
    _refuse_date(edition, facts, now)
    text = decree_text(edition, facts, day=signed_on)
    if lacking := [row for row in lacking_in(text, facts, edition=edition) if row.what == EMPTY or not edition.is_sample]:
        raise Refused(f"Keputusan belum dapat dibuat. {' '.join(row.sentence for row in lacking)}")
    refuse_other_minutes(text.noting, edition)
    blob = store_blob(decree_pdf(text), content_type="application/pdf", now=now)
    chain = Chain.objects.get(pk=edition.chain_id)
    decree = Decree(
        edition=edition, number=facts.number, signed_on=signed_on, document=blob, facts=stored_facts(text, facts),
        journal_size=chain.size, journal_head=chain.head, issued_at=now, by=by,
    )  # fmt: skip
    seal_document(decree, decree_content(decree))
    decree.save()
    journal.append(edition.chain_id, "decree.attach", {"c": decree.commitment}, by=by, now=now)
    return decree


@transaction.atomic
def publish(edition: Edition, *, by, now: datetime) -> Publication:
    """Make the result public, once, after the embargo, with the approvals that the edition declares."""
    edition = held_edition(edition.pk)
    require(by, "result.publish", edition, now=now)
    decree = Decree.objects.filter(edition=edition).select_related("document").first()
    if decree is None:
        raise Refused("Keputusan belum dibuat. Hasil diumumkan bersama keputusannya.")
    if edition.announced_at and now < edition.announced_at:
        raise Refused(f"Hasil baru boleh diumumkan pada {instant_in_words(edition.announced_at, edition.zone)}.")
    if missing := missing_approvals(edition, "terbit", edition.code, also=by):
        raise Refused(f"Persetujuan belum lengkap: {'; '.join(missing)}.")
    refuse_changed_people("Pengumuman")
    opened_publication(edition).refuse_faults("Pengumuman")
    decision = edition.decision
    body = {
        "hasil": result_content(edition)["hasil"], "nomor": decree.number, "sha256": decree.document.sha256,
        "keputusan": decree_content(decree),
        "open": [[row.commitment, row.device_nonce, row.server_nonce] for row in (decision, decree)],
    }  # fmt: skip
    line = journal.append(edition.chain_id, "result.publish", body, by=by, now=now)
    edition.published_at = now
    edition.save(update_fields=["published_at"])
    return Publication.objects.create(
        edition=edition, published_at=now, journal_size=line.seq + 1, journal_head=line.hash, by=by
    )


def _refuse_number(number: str) -> None:
    if not number:
        raise BadInput("Tulis nomor keputusan, misalnya 188/966/KPTS/013/2022.")
    if Decree.objects.filter(number=number).exists():
        raise Refused(f"Nomor keputusan {number} sudah dipakai edisi lain. Periksa nomornya.")
    if Amendment.objects.filter(number=number, withdrawn_at=None).exists():
        raise Refused(f"Nomor {number} sudah dipakai sebuah keputusan pembetulan. Periksa nomornya.")


def _refuse_date(edition, facts: DecreeFacts, now) -> None:
    """A decree follows the decision it makes known, and that follows every yes; its minutes follow the count they tell."""
    signed_on, minutes_on = facts.signed_on, facts.minutes_on
    refuse_day_to_come(signed_on, "keputusan", zone=edition.zone, now=now)
    last = edition.stages.last()
    if minutes_on:
        frozen_at = standing_tally(last).frozen_at
        refuse_day_before(minutes_on, "berita acara", frozen_at, f"pembekuan hitungan tahap {last.name}", zone=edition.zone)
    if minutes_on and signed_on < minutes_on:
        raise BadInput(
            f"Tanggal keputusan, {date_in_words(signed_on)}, mendahului berita acaranya, {date_in_words(minutes_on)}. "
            "Keputusan berdasar pada berita acara; periksa kedua tanggalnya."
        )
    refuse_day_before(signed_on, "keputusan", edition.decision.at, "penetapan hasil", zone=edition.zone)
