"""Setting letters of invitation as PDF: one page a person, with QR and one-time code."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sp2k.accounts.keys.qr import drawing_of
from sp2k.accounts.models import Invitation
from sp2k.base.documents.typesetting import typeset
from sp2k.base.language import of_record
from sp2k.base.wording import instant_in_words

TEMPLATE = Path(__file__).with_name("letter.typ")
ZONE = "Asia/Jakarta"


@dataclass(frozen=True)
class Addresses:
    """Where the invited person goes: the link that opens, and the page for name and code."""

    link: str
    place: str


@dataclass(frozen=True)
class Letter:
    """All that a letter prints, final: the template only places it."""

    heading: str
    name: str
    institution: str
    opening: str
    qr: str
    place: str
    username: str
    code: str
    until: str
    closing: str


@of_record
def letter_of(invitation: Invitation, *, code: str, addresses: Addresses) -> Letter:
    """Fill the letter of an invitation that was just made; link and code are known only now."""
    person = invitation.user
    is_reset = invitation.purpose == Invitation.Purpose.RESET
    return Letter(
        heading="Akses baru ke SP2K" if is_reset else "Undangan ke SP2K",
        name=person.name, institution=person.institution, opening=_opening(person, is_reset),
        qr=drawing_of(addresses.link).svg, place=addresses.place, username=person.username, code=code,
        until=instant_in_words(invitation.expires_at, ZONE) + ", sekali pakai",
        closing="Surat ini pribadi. Siapa pun yang memegangnya dapat membuat kata sandi untuk akun Anda; serahkan kembali "
        "kepada penyelenggara bila bukan untuk Anda.",
    )  # fmt: skip


@of_record
def letters_pdf(letters: Sequence[Letter], *, sender: str, is_sample: bool, at: datetime) -> bytes:
    """Return the letters as one PDF, a page each."""
    day = at.astimezone(ZoneInfo(ZONE)).date()
    data = {
        "title": "Surat akses SP2K", "letters": [asdict(letter) for letter in letters], "sender": sender,
        "foot": f"Dicetak {instant_in_words(at, ZONE)}.", "is_sample": is_sample, "day": (day.year, day.month, day.day),
    }  # fmt: skip
    return typeset(TEMPLATE, data)


@of_record
def message_of(invitation: Invitation, *, code: str, addresses: Addresses) -> str:
    """Return the text to paste into WhatsApp."""
    person = invitation.user
    until = instant_in_words(invitation.expires_at, ZONE)
    return (
        f"Yth. {person.name},\n\n{_opening(person, invitation.purpose == Invitation.Purpose.RESET)}\n\n{addresses.link}\n\n"
        f"Tautan ini pribadi, sekali pakai, dan berlaku sampai {until}. Bila tautan tidak terbuka: buka {addresses.place}, "
        f"nama pengguna {person.username}, kode {code}."
    )


def _opening(person, is_reset: bool) -> str:
    if is_reset:
        return "Akses Anda ke SP2K disetel ulang. Buat kata sandi baru dengan tautan atau kode di bawah."
    roles = ", ".join(sorted({held.get_role_display() for held in person.held_memberships}))
    return f"Anda diundang ke SP2K sebagai {roles}. Buat kata sandi Anda dengan tautan atau kode di bawah."
