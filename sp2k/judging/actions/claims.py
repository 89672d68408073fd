"""Before the visit: what an entry claimed when it presented, which claims are looked into, and where."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.base.typed import clean_text
from sp2k.editions.holding import held_stage
from sp2k.editions.models import Stage
from sp2k.entries.models import Participation
from sp2k.entries.sealing import Sending, next_revision, received_before, seal
from sp2k.journal import actions as journal
from sp2k.judging.actions.visits import LONGEST_PLACE, refuse_unknown_claims
from sp2k.judging.contents import claim_content, places_content, plan_content
from sp2k.judging.models import Assignment, ClaimPlace, PlannedClaim, PresentationClaim, VisitPlan
from sp2k.judging.queries.changed import refuse_changed_claims
from sp2k.judging.queries.claims import PRESENTED
from sp2k.judging.queries.visits import PanelEntry, held_panel_entry, is_only_juror

LONGEST_CLAIM = 500
MOST_PLANNED = 60


@transaction.atomic
def note_presentation_claim(
    participation: Participation, text: str, *, by, now: datetime, place: str = ""
) -> PresentationClaim:
    """Note one claim of an entry at its presentation, and where it can be seen. The journal seals it."""
    presented = _held(participation)
    require(by, "claim.note", presented, now=now)
    refuse_changed_claims(presented, "Pencatatan klaim")
    if presented.stage.kind != Stage.Kind.SCORING:
        raise Refused(f"Klaim paparan dicatat pada tahap penilaian juri, bukan pada {presented.stage.name}.")
    text = clean_text(text, name="Klaim", longest=LONGEST_CLAIM)
    place = clean_text(place, name="Tempat dilihat", longest=LONGEST_PLACE)
    if not text:
        raise BadInput("Tulis satu klaim dalam satu kalimat, misalnya: layanan KTP selesai dalam satu hari.")
    entry = presented.participation.entry
    earlier = PresentationClaim.objects.filter(participation__entry=entry)
    if earlier.filter(participation=presented.participation, text=text, voided_at=None).exists():
        raise Refused("Klaim ini sudah dicatat dengan kata-kata yang sama.")
    claim = PresentationClaim.objects.create(
        participation=presented.participation, code=f"{PRESENTED}{earlier.count() + 1}", text=text, place=place, by=by, at=now
    )
    _tell_sealed(presented, "claim.note", {"claim": claim.code}, claim_content(claim), by=by, now=now)
    return claim


@transaction.atomic
def void_presentation_claim(claim: PresentationClaim, *, reason: str, by, now: datetime) -> PresentationClaim:
    """Strike out a claim noted by mistake; the row and the reason stay. Visitors follow the lock."""
    presented = _held(claim.participation)
    require(by, "claim.note", presented, now=now)
    refuse_changed_claims(presented, "Pembatalan klaim")
    claim = PresentationClaim.objects.get(pk=claim.pk)
    if is_only_juror(by.as_judge(presented.edition)) and claim.by_id != by.pk:
        raise NotAllowed("Klaim ini dicatat orang lain; ketua juri atau sekretariat yang membatalkannya.")
    reason = clean_text(reason, name="Alasan pembatalan")
    if not reason:
        raise BadInput("Tulis alasan pembatalan, misalnya: salah dengar.")
    if claim.voided_at is not None:
        raise Refused(f"Klaim {claim.code} sudah dibatalkan.")
    claim.voided_at, claim.voided_reason = now, reason
    claim.save(update_fields=["voided_at", "voided_reason"])
    _tell_sealed(presented, "claim.void", {"claim": claim.code}, {"reason": reason}, key="why", by=by, now=now)
    return claim


@transaction.atomic
def set_visit_plan(
    participation: Participation, claims: Sequence[str], *, by, now: datetime, places: Mapping[str, str] | None = None,
    sending: Sending | None = None, reason: str = "",
) -> VisitPlan:  # fmt: skip
    """Choose the claims of an entry to be looked into, in order, and where. A change is a revision with a reason.

    What has a finding cannot be left out. The journal holds the commitment and the number: the entry is not to know.

    Parameters
    ----------
    places : {claim: place} where it is to be seen elsewhere than the claim itself says
    """
    visit, sending, reason = _held(participation), sending or Sending(), clean_text(reason, name="Alasan perubahan")
    claims = list(dict.fromkeys(clean_text(claim, name="Klaim", longest=20) for claim in claims))
    content = plan_content(visit.stage.code, visit.region_code, claims, reason)
    if received := received_before(VisitPlan.objects, content, sending, by=by):
        return received
    require(by, "visit.plan", visit, now=now)
    refuse_changed_claims(visit, "Rencana kunjungan")
    _refuse_bad_plan(visit, claims)
    before = visit.participation.visit_plans.order_by("-revision").first()
    revision = next_revision(before, sending, what="Rencana kunjungan ini")
    _set_places(visit, places or {}, by=by, now=now)
    if before is not None and [row.claim for row in before.claims.all()] == claims:
        return before
    if before is not None and not reason:
        raise BadInput("Rencana kunjungan sudah ditetapkan. Tulis alasan perubahan sebelum menyimpan lagi.")
    plan = VisitPlan.objects.create(
        participation=visit.participation, revision=revision, reason=reason, by=by, at=now, **seal(content, sending)
    )
    PlannedClaim.objects.bulk_create(
        [PlannedClaim(plan=plan, claim=claim, position=n) for n, claim in enumerate(claims, start=1)]
    )
    _tell(visit, "visit.plan", {"n": len(claims), "rev": revision, "c": plan.commitment}, by=by, now=now, sent=plan)
    return plan


@transaction.atomic
def place_claim(assignment: Assignment, claim: str, place: str, *, by, now: datetime) -> None:
    """Say where a claim is to be seen; a visitor may find on the spot that it is elsewhere."""
    visit = _held(assignment.participation)
    duty = next(duty for duty in visit.duties if duty.pk == assignment.pk)
    require(by, "visit.record", duty, now=now)
    refuse_changed_claims(visit, "Pencatatan tempat klaim")
    _set_places(visit, {claim: place}, by=by, now=now)


def _held(participation: Participation) -> PanelEntry:
    return held_panel_entry(held_stage(participation.stage), participation.pk)


def _set_places(visit, places, *, by, now) -> None:
    if not places:
        return
    cleaned = {claim: clean_text(place, name=f"Tempat {claim}", longest=LONGEST_PLACE) for claim, place in places.items()}
    if empty := [claim for claim, place in cleaned.items() if not place]:
        raise BadInput(f"Tempat dilihat untuk klaim {empty[0]} kosong. Tulis tempatnya, misalnya kantor kecamatan.")
    refuse_unknown_claims(visit.participation, visit.stage, list(cleaned))
    stand = dict(ClaimPlace.objects.filter(participation=visit.participation).values_list("claim", "place"))
    moved = {claim: place for claim, place in cleaned.items() if stand.get(claim) != place}
    for claim, place in moved.items():
        ClaimPlace.objects.update_or_create(
            participation=visit.participation, claim=claim, defaults={"place": place, "by": by, "at": now}
        )
    if moved:
        _tell_sealed(visit, "visit.place", {"n": len(moved)}, places_content(stand | moved), by=by, now=now)


def _refuse_bad_plan(visit, claims) -> None:
    if visit.stage.kind != Stage.Kind.VISIT:
        raise Refused(f"Tahap {visit.stage.name} bukan tahap kunjungan.")
    if not claims:
        raise BadInput("Pilih paling sedikit satu klaim yang dikunjungi.")
    if len(claims) > MOST_PLANNED:
        raise BadInput(f"Rencana memuat {len(claims)} klaim; paling banyak {MOST_PLANNED} agar selesai dalam satu kunjungan.")
    looked_into = set(visit.participation.visit_findings.filter(voided_at=None).values_list("claim", flat=True))
    refuse_unknown_claims(visit.participation, visit.stage, [claim for claim in claims if claim not in looked_into])
    if missing := sorted(looked_into - set(claims)):
        raise Refused(f"Klaim {', '.join(missing)} sudah ada temuannya, jadi tetap dalam rencana.")


def _tell_sealed(entry: PanelEntry, kind: str, said: Mapping, content, *, by, now, key="c") -> None:
    body = {"stage": entry.stage.code, "entry": entry.region_code, **said}
    journal.append_sealed(entry.edition.chain_id, kind, body, content, key=key, by=by, now=now)


def _tell(entry: PanelEntry, kind: str, said: Mapping, *, by, now, sent=None) -> None:
    body = {"stage": entry.stage.code, "entry": entry.region_code, **said}
    journal.append(entry.edition.chain_id, kind, body, by=by, now=now, sent=sent)
