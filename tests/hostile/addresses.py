"""Every address of the site with arguments of things that stand in the database, of neighbours, and of nothing at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from sp2k.editions.models import Edition, Stage
from tests.hostile import documents, sources


@dataclass(frozen=True)
class Address:
    """One address: the name of its view, the path, the thing that it names (None: nothing), and its arguments."""

    name: str
    path: str
    thing: object
    kwargs: dict

    def __str__(self):
        return f"{self.name} {self.path}"


class Site:
    """The site itself: what an address without arguments is about."""


@dataclass
class Wanted:
    """How much is looked at: up to `most` things of each stage; of these editions and stages, all where none is named."""

    most: int = 2
    codes: tuple[str, ...] = ()
    stage_codes: tuple[str, ...] = ()

    @cached_property
    def editions(self) -> list[Edition]:
        rows = Edition.objects.select_related("region").order_by("code")
        return list(rows.filter(code__in=self.codes) if self.codes else rows)

    @cached_property
    def stages(self) -> list[Stage]:
        rows = Stage.objects.filter(edition__in=self.editions).select_related("edition__region", "instrument")
        rows = rows.filter(code__in=self.stage_codes) if self.stage_codes else rows
        return list(rows.order_by("edition__code", "position"))

    def ends(self, rows) -> list:
        """The first rows of a query and its last: a row next door."""
        some = list(rows[: self.most])
        if len(some) == self.most > 1:
            some[-1] = rows.last()
        return some


def every_address(wanted: Wanted | None = None) -> Iterator[Address]:
    """Yield each address with things that stand, with one in the wrong place, and with one that does not exist."""
    wanted = wanted or Wanted()
    told: dict = {}  # what a source yields serves all addresses with the same arguments
    for name, pattern in names().items():
        if not arguments_of(pattern):
            yield Address(name, reverse(name), Site, {})
            continue
        source = _source(name, pattern)
        if source not in told:
            told[source] = list(source(wanted))
        for thing, kwargs in told[source]:
            try:
                yield Address(name, reverse(name, kwargs=kwargs), thing, kwargs)
            except NoReverseMatch:
                continue


def names() -> dict[str, URLPattern]:
    """Return every address of the site by its full name."""
    return {
        f"{included.namespace}:{pattern.name}": pattern
        for included in get_resolver().url_patterns
        for pattern in included.url_patterns
    }


def arguments_of(pattern: URLPattern) -> frozenset[str]:
    return frozenset(pattern.pattern.converters)


def without_arguments_known() -> list[str]:
    """Return the addresses for which nobody has said what stands behind them: a new page is put in `sources`."""
    return [name for name, pattern in names().items() if arguments_of(pattern) and _source(name, pattern) is None]


def _source(name, pattern):
    by_arguments = (name.split(":")[0], arguments_of(pattern))
    return sources.SOURCES.get(name) or sources.SOURCES.get(by_arguments) or documents.SOURCES.get(by_arguments)
