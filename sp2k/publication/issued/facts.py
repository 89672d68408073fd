"""The facts of the day that a decree prints: asked when it is made, proposed by the edition file, stored and sealed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sp2k.accounts.officeholders.posts import BEFORE_THE_OFFICE
from sp2k.accounts.officeholders.queries import signatory_on
from sp2k.base.documents.placeholders import placeholders_in
from sp2k.base.wording import date_in_words
from sp2k.editions.decree import DecreeWording, read_wording
from sp2k.editions.models import Edition
from sp2k.publication.documents.decree import DecreeText
from sp2k.publication.models import Minutes

NO_NUMBER, NO_DATE, NO_PLACE = "(nomor keputusan)", "(tanggal keputusan)", "(tempat ditetapkan)"
EMPTY = "kosong"  # what a decree lacks that has no legal basis at all
NO_MINUTES_NUMBER, NO_MINUTES_DATE = "(nomor berita acara)", "(tanggal berita acara)"


@dataclass(frozen=True)
class DecreeFacts:
    """What was asked. `number` and dates are empty or None while a draft is read; lists are paragraphs in order."""

    number: str
    signed_on: date | None
    minutes_number: str
    minutes_on: date | None
    city: str
    recalling: tuple[str, ...]
    noting: tuple[str, ...]
    copies: tuple[str, ...]


@dataclass(frozen=True)
class Signatory:
    """Who signs: the head of the deciding government on the day, as the list of officeholders has it."""

    name: str
    office: str
    details: str


@dataclass(frozen=True)
class Lacking:
    """Something a document leaves open: its part, what stands there, and where it is filled."""

    part: str
    what: str
    where: str

    @property
    def sentence(self) -> str:
        return f"{self.part} masih {self.what}: {self.where}."


def wording_of(edition: Edition) -> DecreeWording:
    """Return the wording that the edition's locked rules declare."""
    return read_wording(edition.rules["keputusan"], stages=list(edition.stages.values_list("code", flat=True)))


def minutes_of_last_stage(edition: Edition) -> Minutes | None:
    """Return the minutes that the decree rests on: the newest of the edition's last stage."""
    return Minutes.objects.filter(stage=edition.stages.last()).order_by("-revision").first()


def proposed_facts(edition: Edition, *, number: str = "", signed_on: date | None = None) -> DecreeFacts:
    """Return the facts as the edition file and the minutes propose them."""
    wording, minutes = wording_of(edition), minutes_of_last_stage(edition)
    return DecreeFacts(
        number, signed_on, minutes.number if minutes else "", minutes.signed_on if minutes else None, wording.city,
        wording.recalling, wording.noting, wording.copies,
    )  # fmt: skip


def signatory_of(edition: Edition, wording: DecreeWording, day: date) -> Signatory:
    """Return who signs on a day; without an officeholder the name is left open, as the draft then shows."""
    holder = signatory_on(edition.region, day)
    if holder is None:
        return Signatory(wording.signer, wording.office, "")
    details = [holder.rank, f"NIP {holder.nip}" if holder.nip else ""]
    office = BEFORE_THE_OFFICE.get(holder.office, "") + wording.office
    return Signatory(holder.name, office, ", ".join(part for part in details if part))


def with_facts(wording: DecreeWording, facts: DecreeFacts, signatory: Signatory) -> DecreeWording:
    """Return the wording with the day's facts in the place of what the file proposes."""
    return replace(
        wording, city=facts.city or NO_PLACE, recalling=facts.recalling, noting=facts.noting, copies=facts.copies,
        signer=signatory.name,
    )  # fmt: skip


def minutes_words(facts: DecreeFacts) -> dict[str, str]:
    """Return number and date of the minutes as the wording's places print them."""
    return {
        "nomor_berita_acara": facts.minutes_number or NO_MINUTES_NUMBER,
        "tanggal_berita_acara": date_in_words(facts.minutes_on) if facts.minutes_on else NO_MINUTES_DATE,
    }


def stored_facts(text: DecreeText, facts: DecreeFacts) -> dict:
    """Return what is kept with the decree, as printed, in the canonical profile."""
    return {
        "city": text.city, "signer": text.signer, "office": text.signing_office, "details": text.signer_details,
        "minutes_number": facts.minutes_number,
        "minutes_date": facts.minutes_on.isoformat() if facts.minutes_on else "",
        "recalling": list(text.recalling), "noting": list(text.noting), "copies": list(text.copies),
    }  # fmt: skip


def lacking_in(text: DecreeText, facts: DecreeFacts, *, edition: Edition) -> list[Lacking]:
    """Return what a decree still leaves open, part by part, each with the place where it is filled.

    A place in brackets, or three dots, in a reason or a name is no gap: somebody wrote it so.
    """
    declared = json.dumps([edition.rules["keputusan"], edition.name, edition.organiser], ensure_ascii=False)
    found = [
        Lacking(part, f'"{place}"', _where(part, place))
        for part, words in _parts(text).items()
        for place in dict.fromkeys(place for word in words for place in placeholders_in(word))
        if part in _ASKED or _is_declared(place, declared)
    ]
    if not facts.recalling:
        found.append(Lacking("Mengingat", EMPTY, "isi kolom Mengingat"))
    if facts.minutes_on is None and not any(NO_MINUTES_DATE in row.what for row in found):
        found.append(Lacking("Berita acara", "belum ada", _where("", NO_MINUTES_DATE)))
    return found


def today(edition: Edition, now: datetime) -> date:
    return now.astimezone(ZoneInfo(edition.zone)).date()


def _parts(text: DecreeText) -> Mapping[str, tuple[str, ...]]:
    return {
        "Nomor": (text.number,), "Tanggal ditetapkan": (text.signed_on,), "Tempat ditetapkan": (text.city,),
        "Penandatangan": (text.signer, text.signer_details), "Menimbang": text.considering, "Mengingat": text.recalling,
        "Memperhatikan": text.noting, "Diktum": tuple(ruling.text for ruling in text.rulings),
        "Tentang": (text.about, text.annex), "Tembusan": text.copies,
    }  # fmt: skip


_COLUMNS = {
    "Nomor": "Nomor keputusan", "Tanggal ditetapkan": "Tanggal ditetapkan", "Tempat ditetapkan": "Tempat ditetapkan",
    "Mengingat": "Mengingat", "Memperhatikan": "Memperhatikan", "Tembusan": "Tembusan",
}  # fmt: skip


_ASKED = {*_COLUMNS, "Penandatangan"}


def _is_declared(place: str, declared: str) -> bool:
    """Whether a place to be filled is of the rules' wording; else somebody wrote it so, in a reason or in a name."""
    return place in (NO_MINUTES_NUMBER, NO_MINUTES_DATE) or json.dumps(place, ensure_ascii=False)[1:-1] in declared


def _where(part: str, place: str) -> str:
    if place in (NO_MINUTES_NUMBER, NO_MINUTES_DATE):
        return "buat berita acara tahap terakhir, atau isi kolom Nomor dan Tanggal berita acara"
    if part == "Penandatangan":
        return "catat pejabatnya pada tanggal itu di halaman Pejabat"
    if part in _COLUMNS:
        return f"isi kolom {_COLUMNS[part]}"
    return "kata-kata ini dari aturan edisi yang sudah dikunci; hubungi pengelola sebelum keputusan dibuat"
