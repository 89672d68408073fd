"""A line as a row of the page: when, what, who, and the beginning of its hash."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from sp2k.accounts.models import Officeholder
from sp2k.accounts.queries.opening import unsealed
from sp2k.accounts.roles import Role
from sp2k.base.language import spoken, spoken_date
from sp2k.base.wording import DAYS, in_fours
from sp2k.desk.record.acts import sentence_of
from sp2k.desk.record.naming import Names
from sp2k.desk.record.sight import shows_hash
from sp2k.editions.models import Edition
from sp2k.editions.queries.acts import act_name
from sp2k.entries.queries.shown import require_shown
from sp2k.journal.models import Line
from sp2k.judging.models import Assignment

SHORT = 12
# The fields of an account and of a term, as the record calls them.
REPLACED = {
    "name": gettext_lazy("nama"), "institution": gettext_lazy("lembaga"), "home_id": gettext_lazy("asal"),
    "office": pgettext_lazy("catatan", "jabatan"), "nip": "NIP", "rank": gettext_lazy("pangkat"),
    "since": pgettext_lazy("catatan", "sejak"), "until": pgettext_lazy("catatan", "sampai"),
    "source": gettext_lazy("dasar"),
}  # fmt: skip


@dataclass(frozen=True)
class Act:
    """One act as it is read: what was done, by whom in which roles, and whether by the reader."""

    line: Line
    edition: Edition | None
    zone: str
    sentence: str
    who: str
    roles: str
    is_own: bool
    shows_hash: bool

    @property
    def at(self) -> datetime:
        return self.line.at

    @property
    def day(self) -> date:
        return self.at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def hash(self) -> str:
        """The hash of the line; an empty text where it would tell whether others acted in between."""
        return self.line.hash if self.shows_hash else ""

    @property
    def short_hash(self) -> str:
        return in_fours(self.hash[:SHORT])

    @property
    def where(self) -> str:
        return str(self.edition) if self.edition else _("di luar edisi")


def read_acts(lines: Sequence[Line], *, reader) -> list[Act]:
    """Return lines as acts, in the order given."""
    names = Names(lines)
    require_shown(*names.editions.values())
    return [_act(line, names, reader) for line in lines]


def by_day(acts: Sequence[Act]) -> list[tuple[str, list[Act]]]:
    """Return acts under the day on which they were done, in the order given."""
    days: dict[str, list[Act]] = {}
    for act in acts:
        days.setdefault(day_in_words(act.day), []).append(act)
    return list(days.items())


def _act(line, names, reader) -> Act:
    edition, body = names.editions.get(line.chain_id), names.bodies[line.pk]
    is_own = line.actor == reader.get_username()
    person = names.actors.get(line.actor)
    return Act(
        line, edition, edition.zone if edition else line.chain.zone,
        _with_before(sentence_of(line.type, body, Told(line.chain_id, body, names)), names.replaced.get(line.pk)),
        person.name if person else _("Server"), _roles_around(person, edition) if person else "", is_own,
        shows_hash(reader, edition),
    )  # fmt: skip


def _with_before(sentence: str, was: Mapping[str, str] | None) -> str:
    """A sentence, and what stood there before the act."""
    told = [(label, unsealed(was[key])) for key, label in REPLACED.items() if was and key in was]
    if not told:
        return sentence
    before = "; ".join(f"{label} {text or _('kosong')}" for label, text in told)
    return f"{sentence.removesuffix('.')}. {_('Sebelumnya: %(before)s.') % {'before': before}}"


def _roles_around(person, edition) -> str:
    """The roles a person holds over an edition or within it; outside the editions all of them."""
    code = edition.region_id if edition else ""
    held = {
        row.role
        for row in person.held_memberships
        if f"{row.region_id}.".startswith(f"{code}.") or f"{code}.".startswith(f"{row.region_id}.") or not code
    }
    return ", ".join(str(role.label) for role in Role if role.value in held)


class Told(Mapping):
    """What a sentence asks of a body by name: codes become names, lists become words."""

    def __init__(self, chain: str, body: Mapping, names: Names):
        self._chain, self._body, self._names = chain, body, names

    def __getitem__(self, key: str) -> str:
        return self._special[key]() if key in self._special else str(self._body.get(key, _("tidak dicatat")))

    def __iter__(self):
        return iter(self._special)

    def __len__(self):
        return len(self._special)

    @cached_property
    def _special(self) -> dict[str, Callable[[], str]]:
        return {
            "stage": lambda: self._stage("stage"), "next": lambda: self._stage("next"), "entry": self._entry,
            "entries": lambda: _(" dan ").join(self._entry_named(code) for code in self._list("entries")),
            "regency": lambda: self._region("regency"), "region": lambda: self._region("region"), "seat": self._seat,
            "person": self._person, "act": self._approved, "role": self._role, "session": lambda: self._text("name"),
            "roles": lambda: ", ".join(_role_name(role) for role in self._list("roles")) or _("seseorang"),
            "state": lambda: str(_label(Assignment.Attendance, self._text("state"))).lower(),
            "office": lambda: str(_label(Officeholder.Office, self._text("office"))),
            "seats": lambda: str(len(self._list("seats"))), "days": lambda: str(len(self._list("days"))),
            "from": lambda: self._dates("from"), "to": lambda: self._dates("to"),
            "decree": lambda: self._text("decree") or self._text("nomor"),
        }  # fmt: skip

    def _text(self, key: str) -> str:
        return str(self._body.get(key, ""))

    def _list(self, key: str) -> list:
        value = self._body.get(key, [])
        return value if isinstance(value, list) else []

    def _stage(self, key: str) -> str:
        code = self._text(key)
        return _("pengumuman") if code == "pengumuman" else self._names.stages.get((self._chain, code), code)

    def _entry(self) -> str:
        if "entry" in self._body:
            return self._entry_named(self._body["entry"])
        return self._names.sealed.get(self._text("c"), _("sebuah kecamatan"))

    def _entry_named(self, code: str) -> str:
        return self._names.entries.get((self._chain, code), code)

    def _region(self, key: str) -> str:
        code = self._text(key)
        return self._names.regencies.get((self._chain, code)) or self._names.regions.get(code, code)

    def _seat(self) -> str:
        code = self._text("seat")
        return self._names.seats.get((self._chain, self._text("stage"), code), code)

    def _person(self) -> str:
        person = self._names.people.get(self._body.get("person"))
        return person.name if person else _("sebuah akun")

    def _approved(self) -> str:
        """The act that was approved, and of which stage where it is a stage's."""
        act, subject = self._text("act"), self._text("subject")
        try:
            name = act_name(act)
        except KeyError:
            return act
        stage = self._names.stages.get((self._chain, subject.partition(" ")[0]))
        return f"{name.lower()}, {stage}" if stage else name.lower()

    def _role(self) -> str:
        """One role or several, each with the region it is held over where the body names it."""
        held = self._list("roles") or [self._text("role")]
        return ", ".join(
            f"{_role_name(letter)} ({self._names.regions.get(code, code)})" if code else _role_name(letter)
            for letter, _colon, code in (role.partition(":") for role in held)
        )

    def _dates(self, key: str) -> str:
        value = self._body.get(key, "")
        said = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        return spoken(said) or _("belum ditetapkan")


def _role_name(letter: str) -> str:
    return str(_label(Role, letter))


def _label(choices, value: str):
    return dict(choices.choices).get(value, value)


def day_in_words(day: date) -> str:
    """Return `Selasa, 31 Oktober 2023`."""
    return f"{spoken(DAYS[day.weekday()])}, {spoken_date(day)}"
