"""One person in one office for a time: what is kept of it, and what two terms cannot be at once. No row is read here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sp2k.accounts.models import Officeholder
from sp2k.accounts.officeholders.nip import why_no_nip
from sp2k.accounts.officeholders.posts import Post, shares_a_chair
from sp2k.base.refusals import BadInput
from sp2k.base.typed import clean_text, spelled_cell
from sp2k.base.wording import date_in_words
from sp2k.regions.models import Region


@dataclass(frozen=True)
class Term:
    """One person in one office for a time, as typed or read from a list."""

    office: str
    name: str
    nip: str
    rank: str
    since: date
    until: date | None = None
    source: str = ""

    @classmethod
    def of(cls, holder: Officeholder) -> "Term":
        """The term that a row records."""
        return cls(**{key: getattr(holder, key) for key in cls.__dataclass_fields__})

    @property
    def office_name(self) -> str:
        return str(Officeholder.Office(self.office).label)


def clean_term(region: Region, term: Term) -> Term:
    """Return a term as it is kept.

    Raises
    ------
    BadInput
        For a name left out, an office that the region does not have, a wrong NIP, an end before the begin.
    """
    name = clean_text(term.name, name="Nama", longest=120)
    if not name:
        raise BadInput(f"Tulis nama pejabat {region.full_name}, dengan gelarnya.")
    if term.office not in Post(region).offices:
        offered = ", ".join(str(office.label) for office in Post(region).offices)
        raise BadInput(f"{region.full_name} tidak mempunyai jabatan itu. Pilih {offered}.")
    nip = "".join(term.nip.split())
    if nip and (reason := why_no_nip(nip)):
        raise BadInput(reason)
    if term.until and term.until < term.since:
        raise BadInput(
            f"Masa jabatan berakhir {date_in_words(term.until)}, sebelum mulainya {date_in_words(term.since)}."
        )
    texts = {
        "rank": clean_text(term.rank, name="Pangkat", longest=80),
        "source": clean_text(term.source, name="Dasar", longest=200),
    }
    return replace(term, office=str(term.office), name=name, nip=nip, **texts)


def bare_name(name: str) -> str:
    """A name without titles, as persons are compared: one person is written with some and without."""
    words = spelled_cell(name).split(",")[0].casefold().split()
    return " ".join(word for word in words if not word.endswith("."))


def why_chair_held(region: Region, term: Term, others: Iterable[Term]) -> str:
    """Say who holds the chair during a term, or nothing."""
    for other in others:
        begins_before_end = term.until is None or other.since <= term.until
        ends_after_begin = other.until is None or other.until >= term.since
        if shares_a_chair(other.office, term.office) and begins_before_end and ends_after_begin:
            until = f"sampai {date_in_words(other.until)}" if other.until else "dan masih menjabat"
            return (
                f"{other.name} tercatat sebagai {other.office_name} {region.full_name} sejak "
                f"{date_in_words(other.since)} {until}. Serah terimakan atau akhiri masa jabatan itu lebih dahulu."
            )
    return ""
