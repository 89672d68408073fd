"""The decree: all that is printed as one frozen value, and its PDF."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from string import ascii_lowercase

from sp2k.base.documents.numerals import counted, ruling_mark
from sp2k.base.documents.typesetting import typeset
from sp2k.base.refusals import BadInput
from sp2k.base.wording import date_in_words, number_in_words
from sp2k.editions.decree import ATTENDANCE, WINNERS, DecreeWording
from sp2k.results.turnout.wording import NOTHING_MISSED

TEMPLATE = Path(__file__).with_name("decree.typ")
TIES = "seri_diputus"
UNGIVEN = "gelar_tidak_diberikan"
_PLACE = re.compile(r"\{([^{}]*)\}")
_LETTERS = re.compile(r"\bhuruf a(?: sampai dengan (?:huruf )?[a-z]\b|(?:(?:, dan|,| dan) (?:huruf )?[a-z]\b)*)")


@dataclass(frozen=True)
class Winner:
    """One title of the frozen result.

    `total` is the text that was ranked, with a decimal point: `88.12`; empty where the rules do not open it to everyone.
    """

    place: int
    title: str
    kecamatan: str
    regency: str
    total: str


@dataclass(frozen=True)
class JournalHead:
    """How far the journal reached when the decree was made."""

    size: int
    head: str


@dataclass(frozen=True)
class Ruling:
    """KESATU and what it rules; `lists_winners` puts the winners under it."""

    mark: str
    text: str
    lists_winners: bool


@dataclass(frozen=True)
class WinnerLine:
    """A winner as printed: `Kecamatan Rogojampi, Kabupaten Banyuwangi` under the ruling, apart in the table."""

    number: str
    title: str
    full_name: str
    kecamatan: str
    regency: str
    total: str


@dataclass(frozen=True)
class DecreeText:
    """All that a decree prints, final: the template only places it. `day` is (year, month, day) for the PDF itself."""

    paper: str
    office: str
    heading: str
    number: str
    about: str
    considering: tuple[str, ...]
    recalling: tuple[str, ...]
    noting: tuple[str, ...]
    rulings: tuple[Ruling, ...]
    winners: tuple[WinnerLine, ...]
    annex: str
    city: str
    signed_on: str
    day: tuple[int, int, int]
    signer: str
    copies: tuple[str, ...]
    journal: str
    is_sample: bool
    signing_office: str = ""
    signer_details: str = ""
    is_draft: bool = False

    def undated(self, words: str) -> "DecreeText":
        """A draft whose date is still open, with `words` in its place."""
        return replace(self, signed_on=words)


def compose_decree(
    wording: DecreeWording,
    *,
    number: str,
    signed_on: date,
    winners: Sequence[Winner],
    facts: Mapping[str, str],
    journal: JournalHead,
    is_sample: bool,
    signing: tuple[str, str] = ("", ""),
    is_draft: bool = False,
) -> DecreeText:
    """Fill an edition's wording with its frozen result.

    Parameters
    ----------
    wording : the section `keputusan`, read, with the facts of the day in the place of its proposals
    winners : in the order of their titles
    facts : the text for each place of the wording but ``jumlah_gelar``, which is counted from `winners`
    journal, is_sample : at the foot of every page: the head, and that the data are made up
    signing : how who signs is called (``Pj. Gubernur ...``; the deciding office where empty), and the line below the name
    is_draft : whether every page says that it is a draft, and what is open is marked

    Raises BadInput if the wording has a place that `facts` does not know.
    """
    fill = _filler({**facts, "jumlah_gelar": counted(len(winners))})
    office = fill(wording.office)
    return DecreeText(
        paper=wording.paper,
        office=office.upper(),
        heading=f"Keputusan {office}".upper(),
        number=number,
        about=fill(wording.about).upper(),
        considering=_listed(_considering(wording.considering, facts), fill),
        recalling=_listed(wording.recalling, fill),
        noting=_listed(wording.noting, fill),
        rulings=tuple(_ruling(n, text, fill) for n, text in enumerate(wording.rulings, start=1)),
        winners=tuple(_line(n, winner) for n, winner in enumerate(winners, start=1)),
        annex=fill(wording.annex).upper(),
        city=fill(wording.city),
        signed_on=date_in_words(signed_on),
        day=(signed_on.year, signed_on.month, signed_on.day),
        signer=fill(wording.signer) or f"(nama {office})",
        copies=tuple(fill(text) for text in wording.copies),
        journal=_journal_line(journal, is_draft=is_draft),
        is_sample=is_sample,
        signing_office=(signing[0] or office).upper(),
        signer_details=signing[1],
        is_draft=is_draft,
    )


def decree_pdf(text: DecreeText) -> bytes:
    """Return the decree as PDF/A-2a and PDF/UA-1; the same bytes for the same text."""
    return typeset(TEMPLATE, asdict(text))


def _filler(facts):
    def fill(text: str) -> str:
        return _PLACE.sub(lambda place: _fact(facts, place), text)

    return fill


def _fact(facts, place) -> str:
    try:
        return facts[place[1]]
    except KeyError:
        raise BadInput(f"Isian {place[0]} dalam bagian keputusan tidak dikenal. Periksa berkas edisi.") from None


def _considering(written: Sequence[str], facts: Mapping[str, str]) -> list[str]:
    """The paragraphs with those that the result adds; the last, which rests on all before it, names their letters anew."""
    texts = _with_ungiven(_with_ties(_with_attendance(written, facts), facts), facts)
    if 1 < len(written) < len(texts) <= len(ascii_lowercase):
        letters = ascii_lowercase[: len(written) - 1], ascii_lowercase[: len(texts) - 1]
        texts[-1] = _LETTERS.sub(lambda run: _renamed(run[0], *letters), texts[-1])
    return texts


def _renamed(run: str, before: str, now: str) -> str:
    """A run of letters (`huruf a, huruf b, dan huruf c`) with those that stand now, where it named all that stood before."""
    if " sampai dengan " in run:
        return f"huruf a sampai dengan huruf {now[-1]}" if run[-1] == before[-1] else run
    named = re.findall(r"\b[a-z]\b", run)
    if named != list(before):
        return run
    said = [f"huruf {letter}" for letter in now]
    return " dan ".join(said) if len(said) == 2 else f"{', '.join(said[:-1])}, dan {said[-1]}"


def _with_attendance(considering: Sequence[str], facts: Mapping[str, str]) -> list[str]:
    """The paragraphs; what there is to say of attendance goes before the last where the wording has no place for it."""
    texts = list(considering)
    said = facts.get(ATTENDANCE, "")
    if said and said not in NOTHING_MISSED and not any(f"{{{ATTENDANCE}}}" in text for text in texts):
        texts.insert(max(len(texts) - 1, 0), f"bahwa {{{ATTENDANCE}}}")
    return texts


def _with_ties(considering: Sequence[str], facts: Mapping[str, str]) -> list[str]:
    """The paragraphs; where a plenary or a lot gave places, that goes before the last: the marks alone did not."""
    texts = list(considering)
    if facts.get(TIES) and not any(f"{{{TIES}}}" in text for text in texts):
        texts.insert(max(len(texts) - 1, 0), f"bahwa {{{TIES}}}")
    return texts


def _with_ungiven(considering: Sequence[str], facts: Mapping[str, str]) -> list[str]:
    """The paragraphs; which declared title nobody received, and why, goes before the last."""
    texts = list(considering)
    if facts.get(UNGIVEN):
        texts.insert(max(len(texts) - 1, 0), f"bahwa {{{UNGIVEN}}}")
    return texts


def _listed(texts: Sequence[str], fill) -> tuple[str, ...]:
    return tuple(_closed(fill(text), ";") for text in texts)


def _ruling(n, text, fill) -> Ruling:
    lists_winners = text.endswith(WINNERS)
    said = fill(text.removesuffix(WINNERS).rstrip())
    return Ruling(ruling_mark(n), _closed(said, ":" if lists_winners else "."), lists_winners)


def _line(n, winner) -> WinnerLine:
    return WinnerLine(
        number=f"{n}.",
        title=winner.title,
        full_name=f"Kecamatan {winner.kecamatan}, {winner.regency}",
        kecamatan=winner.kecamatan,
        regency=winner.regency,
        total=number_in_words(winner.total) if winner.total else "",
    )


def _closed(text: str, mark: str) -> str:
    """Return a paragraph with its closing mark, which the file may leave out."""
    return text if text.endswith((";", ":", ".", ",")) else text + mark


def _journal_line(journal: JournalHead, *, is_draft: bool) -> str:
    of_what = "rancangan ini" if is_draft else "keputusan"
    fours = " ".join(journal.head[n : n + 4] for n in range(0, len(journal.head), 4))
    return f"Kepala jurnal saat {of_what} dibuat: {number_in_words(journal.size)} baris · {fours}"
