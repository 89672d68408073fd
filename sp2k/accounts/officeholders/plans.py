"""What a list of officeholders would change: each row against the terms that are recorded, nothing written."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial

from sp2k.accounts.models import Officeholder
from sp2k.accounts.officeholders.posts import Post, shares_a_chair
from sp2k.accounts.officeholders.queries import regions_with_posts
from sp2k.accounts.officeholders.terms import Term, bare_name, clean_term, why_chair_held
from sp2k.accounts.policy import why_not
from sp2k.base.refusals import BadInput
from sp2k.base.tables.preview import CHANGED, NEW, SAME, WRONG, Ask, Change, PreviewRow, changes_between
from sp2k.base.typed import spelled_cell
from sp2k.base.wording import date_in_words
from sp2k.regions.models import Region

HANDED, CORRECTED = "serah terima", "diperbaiki"
LABELS = {"office": "jabatan", "name": "nama", "nip": "NIP", "rank": "pangkat", "since": "sejak", "until": "sampai",
          "source": "dasar"}  # fmt: skip


@dataclass(frozen=True)
class ListedTerm:
    """A row that names a person. `given` holds what the row says beyond that: what it leaves out stays as it is."""

    number: int
    place: str
    code: str
    region_name: str
    office: str
    name: str
    since: date
    given: dict = field(default_factory=dict)

    def plain(self) -> dict:
        told = {key: value.isoformat() if isinstance(value, date) else value for key, value in self.given.items()}
        return {**vars(self), "since": self.since.isoformat(), "given": told}

    @classmethod
    def of(cls, plain: dict) -> "ListedTerm":
        given = dict(plain["given"])
        if given.get("until"):
            given["until"] = date.fromisoformat(given["until"])
        return cls(**{**plain, "since": date.fromisoformat(plain["since"]), "given": given})


@dataclass(frozen=True)
class Step:
    """What one row does: `kind` is NEW, HANDED, CORRECTED, SAME or WRONG; `old` is the term it corrects or ends."""

    row: ListedTerm
    kind: str
    region: Region | None = None
    term: Term | None = None
    old: Term | None = None
    says: tuple[str, ...] = ()

    def shown(self) -> PreviewRow:
        kind = {HANDED: CHANGED, CORRECTED: CHANGED}.get(self.kind, self.kind)
        where = self.region.full_name if self.region else self.row.code
        return PreviewRow(self.row.number, self.row.name, where, kind, self._changes(), self.says)

    def _changes(self) -> tuple[Change, ...]:
        if self.kind == CORRECTED:
            return changes_between([(label, _said(self.old, key), _said(self.term, key)) for key, label in LABELS.items()])
        told = tuple(Change(label, "", said) for key, label in LABELS.items() if self.term and (said := _said(self.term, key)))
        if self.kind == HANDED:
            end = date_in_words(self.term.since - timedelta(days=1))
            return (Change(f"{self.old.office_name} {self.old.name}", "masih menjabat", f"sampai {end}"), *told)
        return told if self.kind == NEW else ()


def _said(term: Term, key: str) -> str:
    value = getattr(term, key)
    if key == "office":
        return term.office_name
    return date_in_words(value) if isinstance(value, date) else value or ""


@dataclass(frozen=True)
class Plan:
    """The steps of a list in the order in which they are taken, and what has to be agreed to."""

    steps: tuple[Step, ...]
    asks: tuple[Ask, ...]
    n_unnamed: int

    @property
    def rows(self) -> tuple[PreviewRow, ...]:
        return tuple(step.shown() for step in sorted(self.steps, key=lambda step: step.row.number))

    def count(self, kind: str) -> int:
        return sum(step.kind == kind for step in self.steps)


def plan_of(rows: Sequence[ListedTerm], *, by, now: datetime) -> Plan:
    """Return what rows would do if `by` took them in now.

    A row about a term that is recorded corrects it; a row about a later term hands the chair over.
    """
    known = _Known(by)
    ordered = sorted(rows, key=lambda row: (row.code, row.since, row.number))
    steps = tuple(known.step(row, now) for row in ordered)
    named = {step.region.listed_code for step in steps if step.region}
    return Plan(steps, tuple(_asks(steps, known)), len(known.regions.keys() - named))


class _Known:
    """The regions whose officeholders a person keeps, by today's code, and their terms as the rows before would leave them."""

    def __init__(self, by):
        self.by = by
        kept = regions_with_posts(by).prefetch_related("officeholders")
        self.regions = {region.listed_code: region for region in kept}
        self.terms = {code: [Term.of(row) for row in region.officeholders.all()] for code, region in self.regions.items()}
        self.first: dict[tuple, ListedTerm] = {}

    def step(self, row: ListedTerm, now: datetime) -> Step:
        wrong = partial(Step, row, WRONG)
        region = self.regions.get(row.code)
        if region is None:
            said = f"wilayah {row.code} tidak ada dalam daftar yang Anda kelola. Hapus barisnya."
            return wrong(says=(f"{row.place}, kolom kode: {said}",))
        wrong = partial(wrong, region)
        first = self.first.setdefault((row.code, row.office, row.since), row)
        if reason := _why_not_meant(row, region):
            return wrong(says=(f"{row.place}, kolom wilayah: {reason}",))
        if reason := why_not(self.by, "officeholder.keep", Post(region), now=now):
            return wrong(says=(f"{row.place}: {reason}",))
        if first is not row and (first.name, first.given) != (row.name, row.given):
            return wrong(says=(f"{row.place}: berbeda dari baris {first.number} tentang masa jabatan yang sama.",))
        try:
            return self._taken(row, region)
        except BadInput as refused:
            return wrong(says=(f"{row.place}: {refused.sentence}",))

    def _taken(self, row: ListedTerm, region: Region) -> Step:
        terms = self.terms[row.code]
        same = next((term for term in terms if (term.office, term.since) == (row.office, row.since)), None)
        base = same or Term(row.office, row.name, "", "", row.since)
        given = row.given | ({"until": row.given["until"] or None} if "until" in row.given else {})
        term = clean_term(region, replace(base, name=row.name, **given))
        if same is not None and _is_same(same, term):
            return Step(row, SAME, region, same, same)
        others = [other for other in terms if other is not same]
        standing = None if same else _handed_over(terms, term)
        if standing is not None:
            others = [other for other in others if other is not standing]
            others.append(replace(standing, until=term.since - timedelta(days=1)))
        if reason := why_chair_held(region, term, others):
            raise BadInput(reason)
        self.terms[row.code] = [*others, term]
        kind = CORRECTED if same else HANDED if standing else NEW
        return Step(row, kind, region, term, same or standing)


def _handed_over(terms: Sequence[Term], term: Term) -> Term | None:
    """Return the term that a later one ends: the same chair, still held, begun before."""
    standing = next((other for other in terms if other.until is None and shares_a_chair(other.office, term.office)), None)
    return standing if standing is not None and standing.since < term.since else None


def _is_same(old: Term, new: Term) -> bool:
    """What was typed with another blank or an invisible sign is no other name."""
    return all(_plain(getattr(old, key)) == _plain(getattr(new, key)) for key in Term.__dataclass_fields__)


def _plain(value):
    return spelled_cell(value) if isinstance(value, str) else value


def _why_not_meant(row: ListedTerm, region: Region) -> str:
    """The name beside the code says which region is meant: a column that slipped by a row is found here."""
    if region.is_called(row.region_name):
        return ""
    return f'kode {row.code} adalah {region.full_name}, tetapi tertulis "{row.region_name[:60]}". Periksa kode dan namanya.'


def _asks(steps: Sequence[Step], known: _Known):
    """A number that is recorded with another person, or stands twice in the list under two names."""
    numbers = {step.term.nip for step in steps if step.kind not in (SAME, WRONG) and step.term.nip}
    owners: dict[str, list[Officeholder]] = {}
    for holder in Officeholder.objects.filter(nip__in=numbers).select_related("region__parent").order_by("pk"):
        owners.setdefault(holder.nip, []).append(holder)
    told: set[str] = set()
    for step in steps:
        if step.kind in (SAME, WRONG) or not step.term.nip or step.term.nip in told:
            continue
        others = [owner for owner in owners.get(step.term.nip, ()) if _is_another(owner, step)]
        twice = [other.term.name for other in steps if other.term and other.term.nip == step.term.nip
                 and bare_name(other.term.name) != bare_name(step.term.name)]  # fmt: skip
        if others or twice:
            told.add(step.term.nip)
            yield Ask(step.term.nip, _asked(step, others, twice, known))


def _is_another(owner: Officeholder, step: Step) -> bool:
    """Whether a recorded holder is another person than the row's; the row that is being corrected is not."""
    is_corrected = step.kind == CORRECTED and owner.region == step.region and Term.of(owner) == step.old
    return not is_corrected and bare_name(owner.name) != bare_name(step.term.name)


def _asked(step: Step, others: Sequence[Officeholder], twice: Sequence[str], known: _Known) -> str:
    if others:
        owner, held = others[0], "sudah tercatat pada orang lain di luar wilayah Anda"
        if owner.region.listed_code in known.regions:
            held = f"sudah tercatat pada {owner.name}, {owner.get_office_display()} {owner.region.full_name}"
    else:
        held = f"juga tertulis pada {twice[0]} dalam berkas ini"
    place = f"{step.row.place[0].lower()}{step.row.place[1:]}"
    return f"NIP {step.term.nip} bagi {step.term.name} ({place}) {held}. NIP ini memang miliknya."
