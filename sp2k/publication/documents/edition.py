"""The documents of an edition, made from its frozen result: nothing is typed again."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Count

from sp2k.base.wording import date_in_words
from sp2k.editions.decree import ENTRANTS, read_wording
from sp2k.editions.models import Edition
from sp2k.journal.models import Chain
from sp2k.publication.documents.decree import DecreeText, JournalHead, Winner, compose_decree, decree_pdf
from sp2k.publication.documents.numerals import counted
from sp2k.results.queries import standing_tally


def decree_document(edition: Edition, *, number: str, signed_on: date) -> bytes:
    """Return the edition's decree as PDF. A frozen result is expected; BadInput if the file's wording cannot be read."""
    return decree_pdf(decree_text(edition, number=number, signed_on=signed_on))


def decree_text(edition: Edition, *, number: str, signed_on: date) -> DecreeText:
    """Return all that the edition's decree prints, from its awards and the wording of its file."""
    stages = list(edition.stages.annotate(n_entrants=Count("participations")))
    chain = Chain.objects.get(pk=edition.chain_id)
    return compose_decree(
        read_wording(edition.rules.get("keputusan") or {}, stages=[stage.code for stage in stages]),
        number=number,
        signed_on=signed_on,
        winners=_winners(edition),
        facts=_facts(edition, stages),
        journal=JournalHead(chain.size, chain.head),
        is_sample=edition.is_sample,
    )


def _winners(edition) -> list[Winner]:
    awards = edition.awards.select_related("placement", "entry__region__parent")
    return [
        Winner(
            award.placement.place, award.title, award.entry.region.name, award.entry.region.parent.name,
            award.placement.total,
        )
        for award in awards
    ]  # fmt: skip


def _facts(edition, stages) -> dict[str, str]:
    """The minutes bear the day on which the last count was frozen, in the edition's own zone."""
    frozen_at = standing_tally(stages[-1]).frozen_at
    return {
        "nama": edition.name,
        "singkatan": edition.short_name,
        "tahun": str(edition.year),
        "wilayah": edition.region.full_name,
        "penyelenggara": edition.organiser,
        "tanggal_berita_acara": date_in_words(frozen_at.astimezone(ZoneInfo(edition.zone)).date()),
        **{ENTRANTS + stage.code: counted(stage.n_entrants) for stage in stages},
    }
