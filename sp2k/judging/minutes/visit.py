"""The minutes of a field visit: who was there, what was looked at, what was found, as a letter to be signed."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db.models import Q

from sp2k.accounts.models import Officeholder
from sp2k.base.documents.typesetting import typeset
from sp2k.base.language import of_record
from sp2k.base.wording import DAYS, date_in_words, date_range, in_fours, instant_in_words, number_in_words
from sp2k.journal.models import Chain
from sp2k.judging.minutes.photos import PhotoLine, photo_lines, pictures_of
from sp2k.judging.models import Assignment
from sp2k.judging.queries import knowing_whose_words
from sp2k.judging.queries.checklist import Checklist, checklist_of
from sp2k.judging.queries.visits import PanelEntry

TEMPLATE = Path(__file__).with_name("visit.typ")


@dataclass(frozen=True)
class Member:
    """A seat of the team: who sits in it, and whether that person was there."""

    name: str
    institution: str
    presence: str
    signs: bool


@dataclass(frozen=True)
class FindingLine:
    """One claim as the minutes tell it: `about` is what was claimed, `notes` what stands under the finding."""

    code: str
    title: str
    about: str
    verdict: str
    effect: str
    note: str
    foot: str


@dataclass(frozen=True)
class PlaceLines:
    """What was looked at in one place."""

    place: str
    findings: tuple[FindingLine, ...]
    photos: tuple[PhotoLine, ...]


@dataclass(frozen=True)
class VisitMinutes:
    """All that the minutes print, final: the template only places it. `day` is (year, month, day) for the PDF itself."""

    office: str
    subject: str
    opening: str
    members: tuple[Member, ...]
    rules: tuple[tuple[str, str], ...]
    rules_foot: str
    places: tuple[PlaceLines, ...]
    progress: str
    unseen: tuple[str, ...]
    changes: str
    host: tuple[str, str, str]
    journal: str
    day: tuple[int, int, int]
    is_sample: bool


@of_record
def visit_minutes_pdf(visit: PanelEntry) -> bytes:
    """Return the minutes as they stand; the same bytes for the same findings and the same head of the journal."""
    listed = checklist_of(visit)
    return typeset(TEMPLATE, asdict(visit_minutes(visit, listed)), pictures=pictures_of(listed))


def visit_minutes(visit: PanelEntry, listed: Checklist | None = None) -> VisitMinutes:
    """Fill the minutes from the visit's checklist."""
    listed, edition = listed or checklist_of(visit), visit.edition
    first, last = _days(visit, listed)
    chain = Chain.objects.get(pk=edition.chain_id)
    return VisitMinutes(
        office=edition.organiser.upper(),
        subject=str(visit.participation.entry),
        opening=_opening(visit, first, last),
        members=_members(visit.duties),
        rules=tuple((verdict.label, verdict.effect) for verdict in listed.verdicts.values()),
        rules_foot=f"Aturan dikunci {_locked(edition)}; nilai tahap dijaga agar tidak di bawah nol dan tidak melampaui "
                   "nilai tertingginya.",
        places=tuple(_places(listed, edition.zone)),
        progress=_progress(listed),
        unseen=tuple(f"{claim.code} {claim.title}" for claim in listed.claims if listed.plan and claim.finding is None),
        changes=_changes(listed),
        host=_host(visit, last),
        journal=f"Jurnal {chain.name} sampai baris {number_in_words(chain.size)}, kepala {in_fours(chain.head)}",
        day=(last.year, last.month, last.day),
        is_sample=edition.is_sample,
    )  # fmt: skip


def _progress(listed: Checklist) -> str:
    """How many claims were looked into, of those planned; where nobody planned any, of none."""
    if listed.plan is None:
        return f"{number_in_words(listed.n_found)} klaim diperiksa; rencana kunjungan tidak dibuat."
    return f"{number_in_words(listed.n_found)} dari {number_in_words(len(listed.claims))} klaim diperiksa."


def _days(visit, listed: Checklist) -> tuple[date, date]:
    zone = ZoneInfo(visit.edition.zone)
    seen = sorted(claim.finding.seen_at or claim.finding.at for claim in listed.claims if claim.finding)
    return (seen[0].astimezone(zone).date(), seen[-1].astimezone(zone).date()) if seen else visit.stage.local_dates()


def _opening(visit, first: date, last: date) -> str:
    days = f"hari {DAYS[first.weekday()]}, {date_in_words(first)}" if first == last else f"tanggal {date_range(first, last)}"
    return (
        f"Pada {days}, tim {visit.stage.name.lower()} {visit.edition.name} Tahun {visit.edition.year} mengunjungi "
        f"{visit.participation.entry} untuk memeriksa apakah kenyataan sesuai dengan isian, inovasi, dan paparannya."
    )


def _members(duties: Sequence[Assignment]) -> tuple[Member, ...]:
    """Who was there; of a conflict that a juror declared the minutes say that there was one, not its words."""
    rows = knowing_whose_words(Assignment.objects.filter(pk__in=[duty.pk for duty in duties]))
    private = {duty.pk for duty in rows if duty.is_private}
    return tuple(_member(duty, is_private=duty.pk in private) for duty in duties)


def _member(duty: Assignment, *, is_private: bool) -> Member:
    holder, is_away = duty.seat.holder, duty.attendance in Assignment.AWAY
    words = {"": "belum dicatat", "hadir": "hadir"}.get(duty.attendance, duty.get_attendance_display().lower())
    presence = f"{words}: {duty.attendance_reason}" if is_away and not is_private else words
    return Member(holder.name if holder else "(kursi kosong)", duty.seat.institution, presence, bool(holder) and not is_away)


def _locked(edition) -> str:
    return f"{instant_in_words(edition.rules_locked_at, edition.zone)} (sidik {in_fours(edition.rules_hash[:16])} …)"


def _places(listed: Checklist, zone: str) -> Iterator[PlaceLines]:
    for place in listed.places:
        found = [_finding(claim, listed, zone) for claim in place.claims if claim.finding]
        if found:
            yield PlaceLines(place.place, tuple(found), tuple(photo_lines(place.claims, zone)))


def _finding(claim, listed: Checklist, zone: str) -> FindingLine:
    finding, verdict = claim.finding, listed.verdicts.get(claim.finding.verdict)
    foot = [
        f"dilihat {instant_in_words(finding.seen_at, zone)}" if finding.seen_at else "waktu dilihat tidak ditulis",
        f"dicatat {finding.by.name}", *_photos(finding),
    ]  # fmt: skip
    return FindingLine(
        code=claim.code, title=claim.title,
        about="; ".join(f"{asked}: {answer}" if asked else answer for asked, answer in claim.said),
        verdict=verdict.label if verdict else finding.verdict, effect=verdict.effect if verdict else "",
        note=finding.note, foot=", ".join(foot) + ".",
    )  # fmt: skip


def _photos(finding) -> list[str]:
    count = len(finding.photos.all())
    return [f"{count} foto"] if count else []


def _changes(listed: Checklist) -> str:
    changed = [claim for claim in listed.claims if claim.finding and claim.finding.revision > 1]
    told = [f"{claim.code}, revisi {claim.finding.revision}: {claim.finding.reason}" for claim in changed]
    return "; ".join(told)


def _host(visit, day: date) -> tuple[str, str, str]:
    """The camat in office on the day of the visit: office, name, NIP; a line to write on where none is recorded."""
    region = visit.participation.entry.region
    offices = [Officeholder.Office.CAMAT, Officeholder.Office.ACTING, Officeholder.Office.DAILY]
    in_office = Officeholder.objects.filter(region=region, office__in=offices, since__lte=day)
    holder = in_office.filter(Q(until=None) | Q(until__gte=day)).order_by("-since").first()
    if holder is None:
        return f"Camat {visit.participation.entry.name}", "", ""
    return f"{holder.get_office_display()} {visit.participation.entry.name}", holder.name, holder.nip
