"""Preparing a decree: the form with what is proposed, the draft, and what it still leaves open."""

from datetime import datetime

from django.utils.translation import gettext as _

from sp2k.base.language import of_record
from sp2k.base.refusals import Refused
from sp2k.editions.models import Edition
from sp2k.publication.documents.decree import decree_pdf
from sp2k.publication.forms import DecreeForm
from sp2k.publication.issued.decree import decree_text, facts_in_words
from sp2k.publication.issued.facts import DecreeFacts, Lacking, lacking_in, minutes_of_last_stage, proposed_facts, today
from sp2k.publication.issued.overtaken import overtaken_minutes


@of_record
def decree_form(edition: Edition, data=None, *, is_draft: bool = False) -> DecreeForm:
    """Return the form with the edition's proposals in its columns, in words: what the program calls a place nobody reads."""
    proposed, has_minutes = proposed_facts(edition), minutes_of_last_stage(edition) is not None
    shown = facts_in_words(edition, proposed)
    return DecreeForm(data, proposed=proposed, shown=shown, has_minutes=has_minutes, is_draft=is_draft)


@of_record
def draft_decree(edition: Edition, facts: DecreeFacts, *, now: datetime) -> bytes:
    """Return the draft as PDF, what is open marked in it; without titles there is nobody to name in it."""
    if not edition.awards.exists():
        raise Refused(_("Belum waktunya: %s lebih dahulu.") % _("Beri gelar"))
    return decree_pdf(decree_text(edition, facts, day=today(edition, now), is_draft=True))


@of_record
def still_open(edition: Edition, *, now: datetime) -> list[Lacking]:
    """Return what the proposals leave open; number and date are typed beside the button and not named here."""
    facts, day = proposed_facts(edition), today(edition, now)
    return overtaken_minutes(edition) + [
        row
        for row in lacking_in(decree_text(edition, facts, day=day, is_draft=True), facts, edition=edition)
        if row.part not in ("Nomor", "Tanggal ditetapkan")
    ]
