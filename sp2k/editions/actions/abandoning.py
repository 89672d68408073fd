"""Leaving an edition whose rules are locked: closed without result by two of the bureau, while nothing is published."""

from datetime import datetime

from django.db import transaction

from sp2k.accounts.actions.factor import declare_second_factor
from sp2k.accounts.policy import require
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.base.typed import clean_text
from sp2k.editions.holding import held_edition
from sp2k.editions.models import Edition, Proposal
from sp2k.editions.opening.proposals import proposal_content
from sp2k.editions.queries.abandoning import ACT, waiting_abandonment
from sp2k.editions.queries.opening import refuse_changed_rules
from sp2k.journal import actions as journal

LONGEST = 1000


@transaction.atomic
def propose_abandonment(edition: Edition, reason: str, *, by, now: datetime) -> Proposal:
    """Propose to close an edition without a result; nothing changes until another of the bureau agrees."""
    edition = held_edition(edition.pk)
    require(by, "edition.abandon", edition, now=now)
    refuse_changed_rules(edition, "Usul penutupan")
    reason = clean_text(reason, name="Alasan penutupan", longest=LONGEST)
    if not reason:
        raise BadInput("Tulis alasan edisi ditutup tanpa hasil. Alasannya dibaca semua yang terlibat.")
    if waiting_abandonment(edition):
        raise Refused("Penutupan edisi ini sudah diusulkan dan menunggu orang kedua.")
    proposal = Proposal.objects.create(
        edition=edition, act=ACT, subject=edition.code, about=f"Menutup {edition} tanpa hasil", reason=reason, by=by, at=now
    )
    said = proposal_content(proposal)
    journal.append_sealed(edition.chain_id, "abandon.propose", {"reason": reason}, said, by=by, now=now)
    return proposal


@transaction.atomic
def abandon_edition(proposal: Proposal, *, by, now: datetime) -> Edition:
    """Close the edition for good. It stays readable with its reason; every act in it is refused from now on."""
    proposal, edition = _held(proposal, by, now)
    if proposal.by_id == by.pk:
        raise NotAllowed("Anda yang mengusulkan penutupan ini. Orang kedua dari penyelenggara yang menyetujuinya.")
    edition.abandoned_at, edition.abandoned_reason = now, proposal.reason
    edition.save(update_fields=["abandoned_at", "abandoned_reason"])
    proposal.done_at = now
    proposal.save(update_fields=["done_at"])
    declare_second_factor(edition.code, edition.region_id, [])
    journal.append(edition.chain_id, "edition.abandon", {"reason": proposal.reason}, by=by, now=now)
    return edition


@transaction.atomic
def withdraw_abandonment(proposal: Proposal, *, by, now: datetime) -> Proposal:
    """Take the proposal back; the edition goes on as before."""
    proposal, edition = _held(proposal, by, now)
    proposal.withdrawn_at = now
    proposal.save(update_fields=["withdrawn_at"])
    journal.append(edition.chain_id, "abandon.withdraw", {}, by=by, now=now)
    return proposal


def _held(proposal: Proposal, by, now) -> tuple[Proposal, Edition]:
    edition = held_edition(proposal.edition_id)
    require(by, "edition.abandon", edition, now=now)
    refuse_changed_rules(edition, "Penutupan edisi")
    held = Proposal.objects.get(pk=proposal.pk)
    if held.act != ACT or not held.is_waiting:
        raise Refused("Usul penutupan ini sudah dilaksanakan atau ditarik. Muat ulang halaman.")
    return held, edition
