"""Making the minutes of a judged stage from its frozen count, with the facts of the day."""

from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.blobs import store_blob
from sp2k.base.documents.days import refuse_day_before, refuse_day_to_come
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.base.wording import date_in_words
from sp2k.editions.holding import held_stage
from sp2k.editions.models import Stage
from sp2k.journal import actions as journal
from sp2k.journal.models import Chain
from sp2k.judging.queries.opening import require_seatings
from sp2k.publication.actions.facts import LONGEST, clean_line
from sp2k.publication.checking.opening import refuse_changed_publication
from sp2k.publication.issued.minutes import (
    MinutesFacts,
    lacking_in_minutes,
    minutes_pdf,
    minutes_text,
    stored_minutes_facts,
)
from sp2k.publication.issued.sealed import minutes_content, seal_document
from sp2k.publication.models import Decree, Minutes
from sp2k.results.frozen import require_frozen
from sp2k.results.models import FrozenTally, TieRuling
from sp2k.results.queries import StageResult, standing_tally
from sp2k.results.ties.lots import signed_draw


@transaction.atomic
def make_minutes(stage: Stage, facts: MinutesFacts, *, by, now: datetime) -> Minutes:
    """Make a stage's minutes; made anew, with a reason, they replace earlier ones, which stay as they are."""
    stage = held_stage(stage)
    require(by, "minutes.make", StageResult(stage), now=now)
    refuse_changed_publication(stage.edition, "Pembuatan berita acara")
    if stage.kind not in (Stage.Kind.SCORING, Stage.Kind.VISIT):
        raise Refused(f"Tahap {stage.name} tidak dinilai juri. Berita acaranya dibuat kabupaten/kota atau di luar sistem.")
    tally = standing_tally(stage)
    if tally is None:
        raise Refused(f"Hitungan tahap {stage.name} belum dibekukan. Bekukan hitungan lebih dahulu.")
    require_frozen(tally)
    earlier = Minutes.objects.filter(stage=stage).order_by("-revision").first()
    facts = _clean(facts, is_again=earlier is not None)
    _refuse_after_decree(stage, earlier)
    _refuse_number(stage, facts.number)
    _refuse_day(tally, facts, now)
    text = minutes_text(stage, facts, today=facts.signed_on)
    if not stage.edition.is_sample and (lacking := lacking_in_minutes(text)):
        raise Refused(f"Berita acara belum dapat dibuat. {' '.join(row.sentence for row in lacking)}")
    require_seatings(stage)
    return _store(stage, facts, text, revision=earlier.revision + 1 if earlier else 1, by=by, now=now)


def _store(stage, facts: MinutesFacts, text, *, revision: int, by, now) -> Minutes:
    chain = Chain.objects.get(pk=stage.edition.chain_id)
    minutes = Minutes(
        stage=stage, revision=revision, number=facts.number, signed_on=facts.signed_on, place=facts.place,
        reason=facts.reason, document=store_blob(minutes_pdf(text), content_type="application/pdf", now=now),
        facts=stored_minutes_facts(text), journal_size=chain.size, journal_head=chain.head, made_at=now, by=by,
    )  # fmt: skip
    seal_document(minutes, minutes_content(minutes))
    minutes.save()
    body = {"stage": stage.code, "rev": revision, "c": minutes.commitment}
    journal.append(stage.edition.chain_id, "minutes.make", body, by=by, now=now)
    return minutes


def _clean(facts: MinutesFacts, *, is_again: bool) -> MinutesFacts:
    number, place = clean_line(facts.number, "Nomor", 80), clean_line(facts.place, "Tempat", 120)
    reason = " ".join(clean_text(facts.reason, name="Alasan", longest=LONGEST).split()) if is_again else ""
    if not number:
        raise BadInput("Tulis nomor berita acara seperti di register.")
    if facts.signed_on is None:
        raise BadInput("Tulis tanggal berita acara.")
    if not place:
        raise BadInput("Tulis tempat berita acara ditandatangani.")
    if is_again and not reason:
        raise BadInput("Tahap ini sudah mempunyai berita acara. Tulis alasan membuatnya lagi; yang terdahulu tetap tersimpan.")
    return MinutesFacts(number, facts.signed_on, place, reason)


def _refuse_after_decree(stage, earlier) -> None:
    if earlier is None:
        return
    if decree := Decree.objects.filter(edition=stage.edition).first():
        raise Refused(
            f"Keputusan {decree.number} sudah berdasar pada berita acara {earlier.number}. Yang keliru dibetulkan dengan "
            "keputusan pembetulan."
        )


def _refuse_number(stage, number: str) -> None:
    """A number names one document: minutes that replace others are not told from them by a number that both have."""
    used = Minutes.objects.filter(stage__edition=stage.edition, number__iexact=number).select_related("stage").first()
    if used is not None:
        raise Refused(
            f"Nomor {used.number} sudah dipakai berita acara tahap {used.stage.name} tanggal {date_in_words(used.signed_on)}. "
            "Berita acara yang dibuat lagi mendapat nomornya sendiri; tulis nomor lain seperti di register."
        )


def _refuse_day(tally: FrozenTally, facts: MinutesFacts, now) -> None:
    """Minutes tell the count and how its ties were ended: they bear no day before any of that."""
    stage, zone = tally.stage, tally.stage.edition.zone
    refuse_day_to_come(facts.signed_on, "berita acara", zone=zone, now=now)
    told = [(tally.frozen_at, f"pembekuan hitungan tahap {stage.name}")]
    told += [(row.ruled_at, "putusan seri") for row in TieRuling.objects.filter(tally=tally, ruled_at__isnull=False)]
    if draw := signed_draw(stage):
        told.append((draw.signed_at, "pengesahan undian"))
    for at, event in told:
        refuse_day_before(facts.signed_on, "berita acara", at, event, zone=zone)
