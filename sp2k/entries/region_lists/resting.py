"""What rests on regions: whose accounts, homes and offices, and who entered which edition under them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sp2k.accounts.models import Membership, Officeholder, User
from sp2k.accounts.roles import Role
from sp2k.editions.models import Edition
from sp2k.entries.models import Entry
from sp2k.entries.region_lists.carrying import running_editions


@dataclass
class Resting:
    """Of one region: how many accounts of its camat and others, homes, terms that run; the editions it entered."""

    n_camats: int = 0
    n_accounts: int = 0
    n_homes: int = 0
    n_terms: int = 0
    editions: list[Edition] = field(default_factory=list)
    running: list[Edition] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.n_camats or self.n_accounts or self.n_homes or self.n_terms or self.editions)

    @property
    def words(self) -> list[str]:
        """What rests on the region, each as a few words."""
        counted = [
            (self.n_camats, ngettext("%(n)s akun camat", "%(n)s akun camat", self.n_camats)),
            (self.n_accounts, ngettext("%(n)s akun lain", "%(n)s akun lain", self.n_accounts)),
            (self.n_homes, ngettext("asal %(n)s orang", "asal %(n)s orang", self.n_homes)),
            (self.n_terms, ngettext("%(n)s pejabat", "%(n)s pejabat", self.n_terms)),
        ]
        said = [text % {"n": n} for n, text in counted if n]
        if past := [str(edition) for edition in self.editions if edition not in self.running]:
            said.append(_("isian pada %(editions)s") % {"editions": ", ".join(past)})
        if self.running:
            said.append(_("sedang dinilai pada %(editions)s") % {"editions": ", ".join(map(str, self.running))})
        return said


def resting_on(keys: Collection[str]) -> dict[str, Resting]:
    """Return what rests on each of these regions, by key; a regency counts what rests on itself. Seven queries at most."""
    found: dict[str, Resting] = defaultdict(Resting)
    camats = Count("pk", filter=Q(role=Role.CAMAT))
    held = Membership.objects.filter(region__in=keys, user__is_active=True).values_list("region")
    for key, n_camats, n_all in held.annotate(n_camats=camats, n_all=Count("pk")):
        found[key].n_camats, found[key].n_accounts = n_camats, n_all - n_camats
    for key, n in User.objects.filter(home__in=keys).values_list("home").annotate(Count("pk")):
        found[key].n_homes = n
    terms = Officeholder.objects.filter(region__in=keys, until=None).order_by()
    for key, n in terms.values_list("region").annotate(Count("pk")):
        found[key].n_terms = n
    _add_editions(found, keys)
    return found


def _add_editions(found, keys) -> None:
    entered = Entry.objects.filter(Q(region__in=keys) | Q(region__parent__in=keys)).order_by()
    rows = set(entered.values_list("region", "region__parent", "edition"))
    editions = Edition.objects.in_bulk({edition for *_keys, edition in rows})
    running = set(running_editions().filter(pk__in=editions).values_list("pk", flat=True))
    told = {(key, edition) for *places, edition in rows for key in places if key in set(keys)}
    for key, edition in sorted(told, key=lambda row: (row[0], -editions[row[1]].year, row[1])):
        found[key].editions.append(editions[edition])
        if edition in running:
            found[key].running.append(editions[edition])
