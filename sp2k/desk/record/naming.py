"""The names behind the codes of some lines: stages, seats, kecamatan, people. Each kind is read once for all of them."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from django.db.models import QuerySet

from sp2k.accounts.models import User
from sp2k.editions.models import Edition, Stage
from sp2k.entries.models import Entry, Form, Verification
from sp2k.journal.canonical import parse
from sp2k.journal.entry import WAS
from sp2k.journal.models import Line, Replaced
from sp2k.judging.models import LateSheet, PaperTyping, Seat, Sheet, VisitFinding
from sp2k.regions.models import Region

# Rows that a line tells of by their commitment, and the way from them to their entry.
SEALED = (
    (Form, "participation__entry"), (Verification, "form__participation__entry"),
    (Sheet, "assignment__participation__entry"), (LateSheet, "assignment__participation__entry"),
    (VisitFinding, "participation__entry"), (PaperTyping, "paper__assignment__participation__entry"),
)  # fmt: skip
MOST_ASKED = 500  # beyond that the rows of the whole edition are read at once


class Names:
    """What the lines' bodies call by code, by name."""

    def __init__(self, lines: Sequence[Line]):
        self.bodies = {line.pk: parse(line.canonical.encode())["body"] for line in lines}
        self._chains = {line.chain_id for line in lines}
        self._actors = {line.actor for line in lines}
        self._chain_of = {line.pk: line.chain_id for line in lines}

    @cached_property
    def editions(self) -> dict[str, Edition]:
        """By the name of their chain."""
        rows = Edition.objects.filter(chain__in=self._chains).select_related("region").defer("source", "rules")
        return {edition.chain_id: edition for edition in rows}

    @cached_property
    def stages(self) -> dict[tuple[str, str], str]:
        rows = Stage.objects.filter(edition__chain__in=self._chains)
        return {(chain, code): name for chain, code, name in rows.values_list("edition__chain", "code", "name")}

    @cached_property
    def seats(self) -> dict[tuple[str, str, str], str]:
        rows = Seat.objects.filter(stage__edition__chain__in=self._chains)
        of = "stage__edition__chain", "stage__code", "code", "institution"
        return {(chain, stage, code): name for chain, stage, code, name in rows.values_list(*of)}

    @cached_property
    def people(self) -> dict[int, User]:
        """Those the lines tell of and those who acted, by key."""
        told = self._said("person")
        rows = User.objects.filter(pk__in=told) | User.objects.filter(username__in=self._actors)
        return rows.prefetch_related("memberships").in_bulk()

    @cached_property
    def actors(self) -> dict[str, User]:
        return {person.username: person for person in self.people.values()}

    @cached_property
    def regions(self) -> dict[str, str]:
        codes = self._said("regency") | self._said("region")
        for role in self._said("role") | {role for roles in self._each("roles") for role in roles}:
            codes |= {role.partition(":")[2]} - {""}
        rows = Region.objects.filter(code__in=codes).select_related("parent")
        return {region.code: region.full_name for region in rows}

    @cached_property
    def regencies(self) -> dict[tuple[str, str], str]:
        """The regencies that lines name, as each edition calls them."""
        codes = self._said("regency") | self._said("region")
        rows = Entry.objects.filter(edition__chain__in=self._chains, region__parent__in=codes).order_by("region")
        named = rows.values_list("edition__chain", "region__parent", "regency_name")
        return {(chain, code): name for chain, code, name in named}

    @cached_property
    def entries(self) -> dict[tuple[str, str], str]:
        """The kecamatan that lines name, as they were called when they entered the edition."""
        wanted = self._entry_codes()
        rows = Entry.objects.filter(
            edition__chain__in={chain for chain, _ in wanted}, region__in={code for _, code in wanted}
        )
        shown = "edition__chain", "region", "name", "regency_name"
        return {(chain, code): _full(name, regency) for chain, code, name, regency in rows.values_list(*shown)}

    @cached_property
    def sealed(self) -> dict[str, str]:
        """The kecamatan of the rows behind commitments."""
        commitments, found = self._said("c"), {}
        for model, entry in SEALED:
            rows = _asked(model, commitments, self._chains, entry)
            found |= {
                commitment: _full(name, regency)
                for commitment, name, regency in rows.values_list(
                    "commitment", f"{entry}__name", f"{entry}__regency_name"
                )
            }
        return found

    @cached_property
    def replaced(self) -> dict[int, dict[str, str]]:
        """What acts replaced, by the key of their line."""
        wanted = [key for key, body in self.bodies.items() if WAS in body]
        return dict(Replaced.objects.filter(line__in=wanted).values_list("line", "content")) if wanted else {}

    def _said(self, key: str) -> set:
        return {body[key] for body in self.bodies.values() if isinstance(body.get(key), str | int)}

    def _each(self, key: str) -> Iterable:
        return (body[key] for body in self.bodies.values() if isinstance(body.get(key), list))

    def _entry_codes(self) -> set[tuple[str, str]]:
        found = set()
        for key, body in self.bodies.items():
            codes = [body["entry"]] if "entry" in body else body.get("entries", ())
            found |= {(self._chain_of[key], code) for code in codes}
        return found


def commitments_of(entries: Iterable[Entry]) -> list[str]:
    """Return the commitments of everything that was sealed about some entries."""
    found: list[str] = []
    for model, entry in SEALED:
        found += model.objects.filter(**{f"{entry}__in": entries}).order_by().values_list("commitment", flat=True)
    return found


def _asked(model, commitments, chains, entry) -> QuerySet:
    if len(commitments) > MOST_ASKED:
        return model.objects.filter(**{f"{entry}__edition__chain__in": chains}).order_by()
    return model.objects.filter(commitment__in=commitments).order_by()


def _full(name: str, regency: str) -> str:
    return Entry(name=name, regency_name=regency).full_name
