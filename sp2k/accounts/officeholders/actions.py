"""Recording who holds an office: adding, ending a term, handing over, correcting what was recorded wrongly."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction

from sp2k.accounts.models import Officeholder
from sp2k.accounts.officeholders.ledger import tell
from sp2k.accounts.officeholders.nip import why_no_nip
from sp2k.accounts.officeholders.posts import Post, shares_a_chair
from sp2k.accounts.policy import require
from sp2k.accounts.queries.opening import refuse_changed_officeholders, refuse_changed_people
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.base.wording import date_in_words
from sp2k.regions.models import Region

OFFICES = Officeholder.Office


@dataclass(frozen=True)
class Term:
    """One person in one office for a time, as typed or read from a list."""

    office: str
    name: str
    nip: str
    rank: str
    since: date
    until: date | None = None
    source: str = ""


@transaction.atomic
def add_officeholder(region: Region, term: Term, *, by, now: datetime) -> Officeholder:
    """Record who holds an office. The same again changes nothing; a chair that is still held is refused."""
    require(by, "officeholder.keep", Post(region), now=now)
    _refuse_changed("Pencatatan pejabat")
    return _add(region, term, by=by, now=now)


def _add(region: Region, term: Term, *, by, now) -> Officeholder:
    term = _clean(region, term)
    if same := _recorded(region, term):
        return same
    _refuse_held_chair(region, term)
    return _store(region, term, by=by, now=now)


@transaction.atomic
def hand_over(holder: Officeholder, term: Term, *, by, now: datetime) -> Officeholder:
    """End a term on the day before the next one begins, and record who follows. Accounts are handed over apart."""
    holder = _held(holder)
    require(by, "officeholder.keep", Post(holder.region), now=now)
    _refuse_changed("Serah terima jabatan")
    return _hand_over(holder, term, by=by, now=now)


def _hand_over(holder: Officeholder, term: Term, *, by, now) -> Officeholder:
    term = _clean(holder.region, term)
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
def correct_officeholder(holder: Officeholder, term: Term, *, reason: str, by, now: datetime) -> Officeholder:
    """Mend what was recorded wrongly about a person or a term; what was printed before stays as printed."""
    holder = _held(holder)
    require(by, "officeholder.keep", Post(holder.region), now=now)
    _refuse_changed("Perbaikan data pejabat")
    return _correct(holder, term, reason, by=by, now=now)


def _correct(holder: Officeholder, term: Term, reason: str, *, by, now) -> Officeholder:
    reason = clean_text(reason, name="Alasan", longest=200)
    if not reason:
        raise BadInput("Tulis alasan perbaikan, misalnya: salah ketik NIP.")
    term = _clean(holder.region, term)
    changed = [key for key in vars(term) if getattr(holder, key) != getattr(term, key)]
    if not changed:
        return holder
    _refuse_held_chair(holder.region, term, besides=holder.pk)
    for key in changed:
        setattr(holder, key, getattr(term, key))
    holder.save(update_fields=changed)
    body = _told(holder.region, term) | {"changed": sorted(changed), "reason": reason}
    tell("officeholder.correct", body, by=by, now=now)
    return holder


@transaction.atomic
def take_in_officeholders(rows: Sequence[tuple[Region, Term]], *, by, now: datetime) -> dict[str, int]:
    """Take in a whole list, wholly or not at all; the same list twice changes nothing.

    A row about a term that is recorded corrects it; a row about a later term hands the chair over.

    Returns
    -------
    how many rows were new, handed over, corrected and as recorded, by those words in Indonesian
    """
    count = {"baru": 0, "serah terima": 0, "diperbaiki": 0, "tetap": 0}
    for region in {region for region, _term in rows}:
        require(by, "officeholder.keep", Post(region), now=now)
    _refuse_changed("Pemuatan daftar pejabat")
    for region, term in sorted(rows, key=lambda row: (row[0].code, row[1].since)):
        count[_take_in(region, _clean(region, term), by=by, now=now)] += 1
    return count


def _take_in(region: Region, term: Term, *, by, now) -> str:
    terms = list(region.officeholders.all())
    same = next((row for row in terms if (row.office, row.since) == (term.office, term.since)), None)
    if same is not None:
        if term.until is None:  # a list that does not tell the end does not undo it
            term = replace(term, until=same.until)
        if all(getattr(same, key) == value for key, value in vars(term).items()):
            return "tetap"
        _correct(_held(same), term, "Daftar XLSX", by=by, now=now)
        return "diperbaiki"
    standing = next((row for row in terms if row.until is None and shares_a_chair(row.office, term.office)), None)
    if standing is not None and standing.since < term.since:
        _hand_over(_held(standing), term, by=by, now=now)
        return "serah terima"
    _add(region, term, by=by, now=now)
    return "baru"


def _refuse_changed(act: str) -> None:
    """Each act seals all terms of its region anew: they are held first, with the roles of whoever may act."""
    refuse_changed_people(act)
    refuse_changed_officeholders(act)


def _held(holder: Officeholder) -> Officeholder:
    rows = Officeholder.objects.select_for_update(of=("self",)).select_related("region__parent")
    return rows.get(pk=holder.pk)


def _clean(region: Region, term: Term) -> Term:
    name = clean_text(term.name, name="Nama", longest=120)
    if not name:
        raise BadInput(f"Tulis nama pejabat {region.full_name}, dengan gelarnya.")
    if term.office not in Post(region).offices:
        offered = ", ".join(str(office.label) for office in Post(region).offices)
        raise BadInput(f"{region.full_name} tidak mempunyai jabatan itu. Pilih {offered}.")
    nip = "".join(term.nip.split())
    if nip and (reason := why_no_nip(nip)):
        raise BadInput(reason)
    if term.until and term.until < term.since:
        raise BadInput(
            f"Masa jabatan berakhir {date_in_words(term.until)}, sebelum mulainya {date_in_words(term.since)}."
        )
    texts = {
        "rank": clean_text(term.rank, name="Pangkat", longest=80),
        "source": clean_text(term.source, name="Dasar", longest=200),
    }
    return replace(term, office=str(term.office), name=name, nip=nip, **texts)


def _recorded(region: Region, term: Term) -> Officeholder | None:
    return region.officeholders.filter(**vars(term)).first()


def _refuse_held_chair(region: Region, term: Term, *, besides: int | None = None) -> None:
    for other in region.officeholders.exclude(pk=besides):
        begins_before_end = term.until is None or other.since <= term.until
        ends_after_begin = other.until is None or other.until >= term.since
        if shares_a_chair(other.office, term.office) and begins_before_end and ends_after_begin:
            until = f"sampai {date_in_words(other.until)}" if other.until else "dan masih menjabat"
            raise Refused(
                f"{other.name} tercatat sebagai {other.get_office_display()} {region.full_name} sejak "
                f"{date_in_words(other.since)} {until}. Serah terimakan atau akhiri masa jabatan itu lebih dahulu."
            )


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
    tell("officeholder.end", body, by=by, now=now)
    return holder


def _store(region: Region, term: Term, *, by, now) -> Officeholder:
    holder = Officeholder.objects.create(region=region, **vars(term))
    tell("officeholder.add", _told(region, term), by=by, now=now)
    return holder


def _told(region: Region, term: Term) -> dict:
    told = {"region": region.code, "office": term.office, "since": term.since.isoformat()}
    return told | ({"until": term.until.isoformat()} if term.until else {})
