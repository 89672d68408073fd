"""From the frozen result to the decree's document: the one place where rows become the words of a decree."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Count

from sp2k.base.documents.numerals import counted
from sp2k.base.language import of_record
from sp2k.base.wording import date_in_words
from sp2k.editions.decree import ENTRANTS, read_wording
from sp2k.editions.models import Edition
from sp2k.journal.models import Chain
from sp2k.publication.documents.decree import DecreeText, JournalHead, Winner, compose_decree, decree_pdf
from sp2k.results.models import FrozenTally


@of_record
def decree_document(edition: Edition, *, number: str, signed_on: date) -> bytes:
    """Return the decree of an edition's frozen result as PDF."""
    return decree_pdf(decree_text(edition, number=number, signed_on=signed_on))


@of_record
def decree_text(edition: Edition, *, number: str, signed_on: date) -> DecreeText:
    """Return all that the decree prints: the edition file's wording, the awards, and the journal's head."""
    chain = Chain.objects.get(pk=edition.chain_id)
    stages = list(edition.stages.values_list("code", flat=True))
    return compose_decree(
        read_wording(edition.rules["keputusan"], stages=stages),
        number=number,
        signed_on=signed_on,
        winners=_winners(edition),
        facts=_facts(edition),
        journal=JournalHead(chain.size, chain.head),
        is_sample=edition.is_sample,
    )


def _winners(edition) -> list[Winner]:
    awards = edition.awards.select_related("placement", "entry__region__parent")
    return [
        Winner(
            award.position, award.title, award.entry.name, award.entry.regency_name,
            award.placement.total,
        )
        for award in awards
    ]  # fmt: skip


def _facts(edition) -> dict[str, str]:
    frozen = FrozenTally.objects.filter(stage=edition.stages.last(), scope="").first()
    entrants = edition.stages.annotate(n=Count("participations")).values_list("code", "n")
    return {
        "nama": edition.name,
        "singkatan": edition.short_name,
        "tahun": str(edition.year),
        "wilayah": edition.region.name,
        "penyelenggara": edition.organiser,
        "tanggal_berita_acara": date_in_words(frozen.frozen_at.astimezone(ZoneInfo(edition.zone)).date()),
        **{ENTRANTS + code: counted(n) for code, n in entrants},
    }
