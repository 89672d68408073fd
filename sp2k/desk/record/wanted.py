"""What a reader narrows the record to: a kind, a person, a day, a kecamatan. What is not understood is not asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from sp2k.accounts.models import User
from sp2k.desk.record.acts import Kind
from sp2k.desk.record.naming import commitments_of
from sp2k.desk.record.sight import of_entries
from sp2k.editions.models import Edition
from sp2k.entries.models import Entry
from sp2k.entries.queries.named import EntriesByName
from sp2k.journal.models import Line

MOST_ENTRIES = 20


@dataclass(frozen=True)
class Wanted:
    """The conditions as they stand in the address."""

    kind: str = ""
    person: str = ""
    day: date | None = None
    entry: str = ""

    @classmethod
    def of(cls, data) -> "Wanted":
        return cls(
            data.get("jenis", "")[:20], data.get("orang", "").strip()[:80], _day(data.get("hari", "")),
            data.get("peserta", "").strip()[:80],
        )  # fmt: skip

    def __bool__(self) -> bool:
        return bool(self.kind or self.person or self.day or self.entry)


def narrowed(
    lines: QuerySet[Line], wanted: Wanted, *, kinds: Sequence[Kind], editions: QuerySet[Edition]
) -> QuerySet[Line]:
    """Return the lines that fit what was asked; only lines the reader may know come in, and only those go out."""
    if kind := next((kind for kind in kinds if kind.slug == wanted.kind), None):
        lines = lines.filter(type__in=list(kind.sentences))
    if wanted.day:
        lines = lines.filter(day=wanted.day.isoformat())
    if wanted.person:
        people = User.objects.all()
        for word in wanted.person.split():
            people = people.filter(Q(name__icontains=word) | Q(username__icontains=word))
        lines = lines.filter(actor__in=people.values("username"))
    if wanted.entry:
        entries = Entry.objects.filter(edition__in=editions)
        named = EntriesByName(entries).named(wanted.entry)[:MOST_ENTRIES]
        found = list(entries.filter(pk__in=named).order_by("region", "pk"))
        lines = of_entries(lines, {entry.region_id for entry in found}, commitments_of(found))
    return lines


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
