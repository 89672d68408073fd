"""Finding a kecamatan by name: with its regency, the editions it takes part in, and only links the person may open."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from sp2k.accounts.policy import why_not
from sp2k.accounts.roles import Role
from sp2k.base.clock import moment
from sp2k.base.pages.addresses import address_of
from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries import editions_at_work_for
from sp2k.entries.models import Entry, Participation
from sp2k.entries.queries import participations_visible_to
from sp2k.entries.queries.shown import changed_names_among
from sp2k.judging.models import barred_entries
from sp2k.regions.models import Region
from sp2k.regions.queries import search_kecamatan
from sp2k.results.queries import EntryAtStage

LIMIT = 20


@dataclass(frozen=True)
class Part:
    """One edition that a kecamatan takes part in, and what the person may open of it: pairs of label and address."""

    edition: Edition
    reached: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class KnownEntry(EntryAtStage):
    """An entry whose conflict with the person is known already, so that a list asks once."""

    is_barred: bool

    def has_conflict(self, user) -> bool:
        return self.is_barred


@dataclass(frozen=True)
class Found:
    """A kecamatan with its regency, always together."""

    region: Region
    parts: tuple[Part, ...]


def found_kecamatan(text: str, *, user, now) -> list[Found]:
    """Return up to twenty kecamatan of the person's surroundings that fit what was typed. Constant queries."""
    regions = _regions(text, user)
    if not regions:
        return []
    editions = {edition.pk: edition for edition in editions_at_work_for(user).prefetch_related("stages__edition")}
    changed = changed_names_among(editions.values())
    editions = {pk: edition for pk, edition in editions.items() if edition.code not in changed}
    entries = Entry.objects.filter(region__in=regions, edition__in=editions).select_related("region")
    reached = _reached(entries)
    barred = set(barred_entries([user]).values_list("pk", flat=True))
    forms = set(
        participations_visible_to(user)
        .filter(entry__in=entries, stage__kind=Stage.Kind.FILLING)
        .values_list("entry", "stage__code")
    )
    parts: dict[str, list[Part]] = {}
    for entry in sorted(entries, key=lambda entry: -editions[entry.edition_id].year):
        edition = editions[entry.edition_id]
        rows = reached.get(entry.pk, [])
        shown = _shown_stage(edition, entry, rows, user)
        links = tuple(_links(edition, entry, rows, forms, barred, user, moment(now, edition)))
        part = Part(edition, shown.name if shown else "", links)
        parts.setdefault(entry.region_id, []).append(part)
    return [Found(region, tuple(parts.get(region.code, ()))) for region in regions]


def _regions(text, user) -> list[Region]:
    """Within the provinces where the person holds a role: a camat looks up the neighbours too, names are public."""
    provinces = sorted({membership.region_id.split(".")[0] for membership in user.held_memberships})
    return [region for code in provinces for region in search_kecamatan(text, within=code, limit=LIMIT)][:LIMIT]


def _reached(entries) -> dict[int, list[Participation]]:
    rows = Participation.objects.filter(entry__in=entries).select_related(
        "stage__edition__region", "entry__region__parent"
    )
    found: dict[int, list[Participation]] = {}
    for row in rows.order_by("stage__position"):
        found.setdefault(row.entry_id, []).append(row)
    return found


def _shown_stage(edition, entry, rows, user) -> Stage | None:
    """The stage a kecamatan has reached; how far others came is told to outsiders only with the result."""
    offices = {Role.BUREAU, Role.CHAIR, Role.INSPECTORATE}
    knows = edition.is_published or user.as_judge(edition).reaches(offices, edition.region_id)
    is_own = user.reaches({Role.CAMAT, Role.REGENCY, Role.VERIFIER}, entry.region_id)
    return (rows[-1] if knows or is_own else rows[0]).stage if rows else None


def _links(edition, entry, rows, forms, barred, user, now):
    for code in sorted(code for pk, code in forms if pk == entry.pk):
        if address := address_of("entries:form", edition.code, code, entry.region_id):
            yield _("Isian"), address
    for row in rows:
        if row.stage.kind in {Stage.Kind.SCORING, Stage.Kind.VISIT} and row.stage.is_locked:
            subject = KnownEntry(row.stage, row, entry.pk in barred)
            if not why_not(user, "contributions.read", subject, now=now):
                address = address_of("results:contributions", edition.code, row.stage.code, entry.region_id)
                yield _("Mengapa tempat ini, %s") % row.stage.name, address
    if edition.is_published:
        yield _("Hasil"), address_of("publication:result", edition.code)
