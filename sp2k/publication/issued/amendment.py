"""The words of an amendment: what the decree said wrongly, what holds instead, why, and by whom.

Its legal basis and who gets copies are the decree's own, from the facts that are sealed with it.
"""

from dataclasses import asdict, dataclass
from pathlib import Path

from sp2k.accounts.roles import Role
from sp2k.base.documents.placeholders import placeholders_in
from sp2k.base.documents.typesetting import typeset
from sp2k.base.language import of_record
from sp2k.base.wording import date_in_words, in_fours, instant_in_words, number_in_words
from sp2k.publication.issued.facts import Lacking, signatory_of, wording_of
from sp2k.publication.models import Amendment

TEMPLATE = Path(__file__).parents[1] / "documents" / "amendment.typ"


@dataclass(frozen=True)
class AmendmentText:
    """All that an amendment prints, final. `day` is (year, month, day) for the PDF itself."""

    office: str
    heading: str
    number: str
    about: str
    decree: str
    recalling: tuple[str, ...]
    corrects: tuple[str, ...]
    reason: tuple[str, ...]
    in_force: str
    proposed: str
    approved: str
    place_and_day: tuple[str, str]
    signing_office: str
    signer: str
    signer_details: str
    copies: tuple[str, ...]
    journal: str
    day: tuple[int, int, int]
    is_sample: bool


@of_record
def amendment_text(amendment: Amendment) -> AmendmentText:
    """Return the words of an amendment that has its approval."""
    decree, edition, wording = amendment.decree, amendment.edition, wording_of(amendment.edition)
    signatory, day, zone = signatory_of(edition, wording, amendment.signed_on), amendment.signed_on, edition.zone
    role = Role(amendment.approved_as).label
    return AmendmentText(
        office=wording.office.upper(), heading=f"Keputusan {wording.office}".upper(), number=amendment.number,
        about=f"Pembetulan atas Keputusan Nomor {decree.number}".upper(),
        decree=f"Keputusan {wording.office} Nomor {decree.number} tanggal {date_in_words(decree.signed_on)}",
        recalling=tuple(decree.facts.get("recalling", ())), copies=tuple(decree.facts.get("copies", ())),
        corrects=_lines(amendment.corrects), reason=_lines(amendment.reason),
        in_force=_in_force(amendment),
        proposed=f"{amendment.by.name}, {instant_in_words(amendment.proposed_at, zone)}",
        approved=f"{amendment.approved_by.name} ({role}), {instant_in_words(amendment.approved_at, zone)}",
        place_and_day=(decree.facts.get("city", wording.city), date_in_words(day)),
        signing_office=signatory.office.upper(), signer=signatory.name or f"(nama {wording.office})",
        signer_details=signatory.details,
        journal=f"{number_in_words(amendment.journal_size)} baris · {in_fours(amendment.journal_head)}",
        day=(day.year, day.month, day.day), is_sample=edition.is_sample,
    )  # fmt: skip


def amendment_pdf(text: AmendmentText) -> bytes:
    """Return the amendment as PDF/A-2a and PDF/UA-1; the same bytes for the same text."""
    return typeset(TEMPLATE, asdict(text))


def stored_amendment_facts(text: AmendmentText) -> dict:
    """Return what is kept with the row beside its own columns, as printed."""
    return {
        "city": text.place_and_day[0], "signer": text.signer, "office": text.signing_office,
        "details": text.signer_details, "proposed": text.proposed, "approved": text.approved,
        "in_force": text.in_force, "recalling": list(text.recalling), "copies": list(text.copies),
    }  # fmt: skip


def lacking_in_amendment(text: AmendmentText) -> list[Lacking]:
    """Return what an amendment leaves open: who signs it, or what the decree that it corrects left open."""
    of_the_decree = "kata-kata ini dari keputusan yang dibetulkan; hubungi pengelola"
    parts = {
        "Penandatangan": ((text.signer, text.signer_details), "catat pejabatnya pada tanggal itu di halaman Pejabat"),
        "Tempat ditetapkan": (text.place_and_day[:1], of_the_decree), "Mengingat": (text.recalling, of_the_decree),
        "Tembusan": (text.copies, of_the_decree),
    }  # fmt: skip
    return [
        Lacking(part, f'"{place}"', where)
        for part, (words, where) in parts.items()
        for place in dict.fromkeys(place for word in words for place in placeholders_in(word))
    ]


def _in_force(amendment: Amendment) -> str:
    """From when it holds: nothing holds before its approval, whatever day is written below it."""
    if not amendment.holds_from_its_yes:
        return "Keputusan ini mulai berlaku pada tanggal ditetapkan."
    when = instant_in_words(amendment.approved_at, amendment.edition.zone)
    return f"Keputusan ini mulai berlaku pada saat disetujui, yaitu {when}."


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
