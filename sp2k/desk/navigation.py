"""The row of links under the masthead: at most six words, and only pages that exist."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import pgettext_lazy

from sp2k.accounts.roles import Role
from sp2k.base.pages.addresses import address_of

MOST = 6


@dataclass(frozen=True)
class Link:
    """One word of the navigation."""

    label: str
    address: str
    is_current: bool


@dataclass(frozen=True)
class Word:
    """A word of the row and the pages that belong to it: names of addresses, or beginnings of them ending in `*`."""

    label: str
    name: str
    pages: tuple[str, ...]

    def holds(self, here: str) -> bool:
        return here == self.name or any(
            here.startswith(page[:-1]) if page.endswith("*") else here == page for page in self.pages
        )


DESK = Word(later("Meja kerja"), "desk:home", ("desk:*", "record:*"))
RESULTS = Word(later("Hasil"), "publication:home", ("publication:result",))
RULES = Word(
    later("Tentang penilaian"), "editions:editions", ("editions:edition", "editions:rules", "editions:calendar")
)
STAGES = Word(
    pgettext_lazy("menu", "Tahap"), "results:stages",
    ("results:stage", "results:places", "results:late-sheets", "results:void*", "results:regencies"),
)  # fmt: skip
ENTRANTS = Word(
    later("Peserta"), "entries:participant-lists", ("entries:participants", "entries:form*", "entries:inno*")
)
JURY = Word(pgettext_lazy("menu", "Juri"), "judging:stages", ("judging:*", "results:duties*", "results:remind*"))
CERTAINTY = Word(
    later("Seberapa yakin?"), "results:certainties", ("results:certainty", "results:analysis", "results:contributions")
)
DECISION = Word(later("Keputusan"), "publication:decisions", ("publication:decision*",))
APPROVALS = Word(later("Persetujuan"), "editions:waiting", ("editions:approv*", "editions:waiting", "editions:paper"))
SHEETS = Word(
    later("Lembar saya"), "judging:duties",
    ("judging:sheet", "judging:revision", "judging:versions", "judging:change-sheet", "judging:send-sheet"),
)  # fmt: skip
VISITS = Word(pgettext_lazy("menu", "Kunjungan"), "judging:visits", ("judging:visit*",))
SCHEDULE = Word(later("Jadwal"), "judging:own-schedule", ("judging:schedule",))
QUEUE = Word(later("Antrean"), "entries:queue", ("entries:verify", "entries:check", "entries:decide"))
RANKING = Word(
    later("Peringkat"), "results:own-regencies",
    ("results:regency", "results:nominate", "results:decline", "results:upload-minutes"),
)  # fmt: skip
FORM = Word(later("Isian"), "entries:home", ("entries:*",))
PEOPLE = Word(
    later("Orang"), "accounts:people", ("accounts:p*", "accounts:new*", "accounts:import*", "accounts:invite")
)

# In this order: a person of several roles gets the words of each, the first six of them.
ROWS: dict[str, tuple[Word, ...]] = {
    Role.BUREAU: (DESK, STAGES, ENTRANTS, JURY, CERTAINTY, DECISION),
    Role.CHAIR: (DESK, SHEETS, SCHEDULE, STAGES, CERTAINTY, JURY),
    Role.JUROR: (DESK, SHEETS, VISITS, SCHEDULE),
    Role.INSPECTORATE: (DESK, STAGES, APPROVALS, CERTAINTY, ENTRANTS, DECISION),
    Role.LEADER: (DESK, CERTAINTY, APPROVALS, DECISION),
    Role.REGENCY: (DESK, QUEUE, RANKING, ENTRANTS, SCHEDULE),
    Role.VERIFIER: (DESK, QUEUE, ENTRANTS, RANKING),
    Role.CAMAT: (DESK, FORM, SCHEDULE, PEOPLE),
    Role.ADMIN: (DESK, PEOPLE),
}


def navigation(request: HttpRequest, *, is_signed_in: bool) -> list[Link]:
    """Return the links for whoever asks: by role when signed in, the public pages else."""
    match = request.resolver_match
    here = match.view_name if match else ""
    words = _words(request.user) if is_signed_in else [RESULTS, RULES]
    current = next((word for word in words if word.holds(here)), None)
    links = [Link(str(word.label), address, word is current) for word in words if (address := address_of(word.name))]
    if match and match.route.startswith("hasil/") and (code := match.kwargs.get("code")):
        links = _in_a_result(links, here, code)
    return links[:MOST]


def _words(user) -> list[Word]:
    held = [word for role, row in ROWS.items() if role in user.roles for word in row]
    return list(dict.fromkeys([*(held or [DESK]), RESULTS]))


def _in_a_result(links, here, code) -> list[Link]:
    """On a published result its participants stand in the row, beside the result itself."""
    result = Link(_("Hasil"), address_of("publication:result", code), here == "publication:result")
    people = Link(
        _("Peserta penilaian"), address_of("publication:participants", code), here == "publication:participants"
    )
    others = [link for link in links if link.label != result.label]
    return [*others[: MOST - 2], result, people] if len(others) >= 2 else [result, people, *others]


def role_names(user) -> list[str]:
    """Return the names of the roles a signed-in person holds, in the order of the table of roles."""
    return [str(role.label) for role in Role if role.value in user.roles]
