"""Recording who holds an office: adding, ending a term, handing over, correcting what was recorded wrongly."""

from collections.abc import Sequence, Set
from datetime import date, datetime, timedelta

from django.db import transaction

from sp2k.accounts.models import Officeholder
from sp2k.accounts.officeholders.ledger import tell
from sp2k.accounts.officeholders.plans import CORRECTED, HANDED, ListedTerm, Step, plan_of
from sp2k.accounts.officeholders.posts import Post
from sp2k.accounts.officeholders.queries import other_person_with
from sp2k.accounts.officeholders.terms import Term, clean_term, why_chair_held
from sp2k.accounts.policy import require
from sp2k.accounts.queries.opening import refuse_changed_officeholders, refuse_changed_people
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.tables.preview import NEW, SAME
from sp2k.base.typed import clean_text
from sp2k.base.wording import date_in_words
from sp2k.regions.models import Region


@transaction.atomic
def add_officeholder(region: Region, term: Term, *, by, now: datetime, is_number_sure: bool = False) -> Officeholder:
    """Record who holds an office. The same again changes nothing; a chair that is still held is refused.

    `is_number_sure`, here and below: the number is this person's, although it is recorded with another.
    """
    require(by, "officeholder.keep", Post(region), now=now)
    _refuse_changed("Pencatatan pejabat")
    return _add(region, term, is_number_sure, by=by, now=now)


def _add(region: Region, term: Term, is_number_sure: bool, *, by, now) -> Officeholder:
    term = clean_term(region, term)
    if same := _recorded(region, term):
        return same
    _refuse_other_person(term, is_number_sure)
    _refuse_held_chair(region, term)
    return _store(region, term, by=by, now=now)


@transaction.atomic
def hand_over(
    holder: Officeholder, term: Term, *, by, now: datetime, is_number_sure: bool = False
) -> Officeholder:
    """End a term on the day before the next one begins, and record who follows. Accounts are handed over apart."""
    holder = _held(holder)
    require(by, "officeholder.keep", Post(holder.region), now=now)
    _refuse_changed("Serah terima jabatan")
    return _hand_over(holder, term, is_number_sure, by=by, now=now)


def _hand_over(holder: Officeholder, term: Term, is_number_sure: bool, *, by, now) -> Officeholder:
    term = clean_term(holder.region, term)
    _refuse_other_person(term, is_number_sure)
    _end(holder, term.since - timedelta(days=1), by=by, now=now)
    _refuse_held_chair(holder.region, term)
    return _store(holder.region, term, by=by, now=now)


@transaction.atomic
def end_term(holder: Officeholder, *, until: date, by, now: datetime) -> Officeholder:
    """End a term; the office stays vacant until someone else is recorded."""
    holder = _held(holder)
    require(by, "officeholder.keep", Post(holder.region), now=now)
    _refuse_changed("Pengakhiran masa jabatan")
    return _end(holder, until, by=by, now=now)


@transaction.atomic
def correct_officeholder(
    holder: Officeholder, term: Term, *, reason: str, by, now: datetime, is_number_sure: bool = False
) -> Officeholder:
    """Mend what was recorded wrongly about a person or a term; what was printed before stays as printed."""
    holder = _held(holder)
    require(by, "officeholder.keep", Post(holder.region), now=now)
    _refuse_changed("Perbaikan data pejabat")
    return _correct(holder, term, reason, is_number_sure, by=by, now=now)


def _correct(holder: Officeholder, term: Term, reason: str, is_number_sure: bool, *, by, now) -> Officeholder:
    reason = clean_text(reason, name="Alasan", longest=200)
    if not reason:
        raise BadInput("Tulis alasan perbaikan, misalnya: salah ketik NIP.")
    term = clean_term(holder.region, term)
    changed = [key for key in vars(term) if getattr(holder, key) != getattr(term, key)]
    if not changed:
        return holder
    _refuse_other_person(term, is_number_sure, besides=holder.pk)
    _refuse_held_chair(holder.region, term, besides=holder.pk)
    was = {key: getattr(holder, key) for key in changed}
    for key in changed:
        setattr(holder, key, getattr(term, key))
    holder.save(update_fields=changed)
    body = _told(holder.region, term) | {"changed": sorted(changed), "reason": reason}
    tell("officeholder.correct", body, by=by, now=now, was=was)
    return holder


@transaction.atomic
def take_in_officeholders(
    rows: Sequence[ListedTerm], *, by, now: datetime, agreed: Set[str] = frozenset()
) -> dict[str, int]:
    """Take in a whole list, wholly or not at all; the same list twice changes nothing.

    Parameters
    ----------
    agreed : the numbers of civil servants that are recorded with another person and are right all the same

    Returns
    -------
    how many rows were new, handed over, corrected and as recorded, by those words in Indonesian
    """
    plan = plan_of(rows, by=by, now=now)
    if faults := [sentence for step in plan.steps for sentence in step.says]:
        raise BadInput(f"Daftar tidak dimuat. {' '.join(faults[:8])}")
    if asks := [ask for ask in plan.asks if ask.key not in agreed]:
        raise BadInput(f"Daftar tidak dimuat. {asks[0].sentence} Pastikan dahulu.")
    _refuse_changed("Pemuatan daftar pejabat")
    for step in plan.steps:
        _take_in(step, by=by, now=now)
    return {kind: plan.count(kind) for kind in (NEW, HANDED, CORRECTED, SAME)}


def _take_in(step: Step, *, by, now) -> None:
    """Do what one row does. The plan has asked for each, and every doubtful number was agreed to; all terms are held."""
    told = {"is_number_sure": True, "by": by, "now": now}
    if step.kind == NEW:
        _add(step.region, step.term, **told)
    elif step.kind == HANDED:
        _hand_over(_recorded_at(step.region, step.old), step.term, **told)
    elif step.kind == CORRECTED:
        _correct(_recorded_at(step.region, step.old), step.term, "Daftar", **told)


def _recorded_at(region: Region, term: Term) -> Officeholder:
    """The row of a term, which may have been written by a row of the list further up."""
    return _held(region.officeholders.get(office=term.office, since=term.since))

def _refuse_changed(act: str) -> None:
    """Each act seals all terms of its region anew: they are held first, with the roles of whoever may act."""
    refuse_changed_people(act)
    refuse_changed_officeholders(act)


def _held(holder: Officeholder) -> Officeholder:
    rows = Officeholder.objects.select_for_update(of=("self",)).select_related("region__parent")
    return rows.get(pk=holder.pk)


def _recorded(region: Region, term: Term) -> Officeholder | None:
    return region.officeholders.filter(**vars(term)).first()


def _refuse_other_person(term: Term, is_number_sure: bool, *, besides: int | None = None) -> None:
    if not is_number_sure and other_person_with(term.nip, term.name, besides=besides):
        raise Refused(f"NIP {term.nip} sudah tercatat pada orang lain. Pastikan dahulu bahwa NIP ini milik {term.name}.")


def _refuse_held_chair(region: Region, term: Term, *, besides: int | None = None) -> None:
    others = [Term.of(other) for other in region.officeholders.exclude(pk=besides)]
    if reason := why_chair_held(region, term, others):
        raise Refused(reason)


def _end(holder: Officeholder, until: date, *, by, now) -> Officeholder:
    if holder.until is not None:
        raise Refused(f"Masa jabatan {holder.name} sudah berakhir {date_in_words(holder.until)}.")
    if until < holder.since:
        raise BadInput(
            f"Masa jabatan {holder.name} baru mulai {date_in_words(holder.since)}; tidak dapat berakhir "
            f"{date_in_words(until)}."
        )
    holder.until = until
    holder.save(update_fields=["until"])
    body = {"region": holder.region_id, "office": holder.office, "until": until.isoformat()}
    tell("officeholder.end", body, by=by, now=now, was={"name": holder.name, "until": None})
    return holder


def _store(region: Region, term: Term, *, by, now) -> Officeholder:
    holder = Officeholder.objects.create(region=region, **vars(term))
    tell("officeholder.add", _told(region, term), by=by, now=now)
    return holder


def _told(region: Region, term: Term) -> dict:
    told = {"region": region.code, "office": term.office, "since": term.since.isoformat()}
    return told | ({"until": term.until.isoformat()} if term.until else {})
