"""What the page "Apa yang nyata, apa yang contoh" shows of the editions that are loaded."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from sp2k.base.language import is_foreign, spoken_date
from sp2k.demo.facts.comparing import Verdict, compare
from sp2k.demo.facts.reading import Account, Fact, Facts, Source, read_facts
from sp2k.editions.models import Edition


@dataclass(frozen=True)
class Row:
    """A fact as shown; `sources` in short, `places` in our copy of them, `verdict` how the loaded rows stand to it."""

    about: str
    said: str
    sources: tuple[str, ...]
    places: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True)
class Section:
    """The facts of one edition, or those of all (then without a code)."""

    code: str
    heading: str
    summary: str
    real: tuple[Row, ...]
    made_up: tuple[Row, ...]


@dataclass(frozen=True)
class FactsPage:
    """`n_others`: sample editions that were opened here and of which the file knows nothing."""

    sections: tuple[Section, ...]
    n_others: int
    sources: tuple[str, ...]


def facts_page() -> FactsPage:
    """Return the page for the sample editions of this database, those that really ran first."""
    facts = read_facts()
    loaded = {edition.code: edition for edition in Edition.objects.filter(is_sample=True).select_related("region")}
    known = [loaded[code] for code in facts.editions if code in loaded]
    return FactsPage(
        sections=(
            _section(facts.of_all, None, "", _("Semua edisi di peragaan ini")),
            *(_section(facts.editions[edition.code], edition, edition.code, str(edition)) for edition in known),
        ),
        n_others=sum(code not in facts.editions and not edition.is_voided for code, edition in loaded.items()),
        sources=tuple(_in_full(source) for source in _named(facts)),
    )


def _named(facts: Facts) -> list[Source]:
    return sorted(facts.sources, key=lambda source: (source.publisher, source.day))


def _section(account: Account, edition: Edition | None, code: str, heading: str) -> Section:
    return Section(
        code, heading, account.summary_in_english if is_foreign() else account.summary,
        tuple(_row(fact, edition) for fact in account.real), tuple(_row(fact, edition) for fact in account.made_up),
    )  # fmt: skip


def _row(fact: Fact, edition: Edition | None) -> Row:
    said = fact.said_in_english if is_foreign() else fact.said
    if fact.waits and not edition.is_published:
        said = _("Diberitakan; ditulis di sini sesudah edisi ini diumumkan pada waktu contoh.")
    return Row(
        fact.about_in_english if is_foreign() else fact.about, said,
        tuple(_in_short(source) for source in fact.sources), fact.places, compare(fact, edition),
    )  # fmt: skip


def _in_short(source: Source) -> str:
    return f"{source.publisher} ({_day(source)})" if source.day else source.publisher


def _in_full(source: Source) -> str:
    day = _day(source) if source.day else _("tanggal terbitnya tidak tercatat pada kami")
    return ", ".join(part for part in (source.publisher, source.title, source.address, day) if part)


def _day(source: Source) -> str:
    """`28 Desember 2022`; a year or years as they stand."""
    try:
        return spoken_date(date.fromisoformat(source.day))
    except ValueError:
        return source.day
