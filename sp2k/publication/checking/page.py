"""What the page of an edition's integrity shows: the last verdict with its time, and the heads that others should keep."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from sp2k.accounts.policy import why_not
from sp2k.accounts.roles import Role
from sp2k.base.language import of_record
from sp2k.base.wording import date_in_words, in_fours, number_in_words
from sp2k.editions.models import Edition
from sp2k.journal.models import ChainCheck
from sp2k.journal.opening import last_checks
from sp2k.journal.queries import lines_of_type
from sp2k.publication.models import SentHead

NOTED = ("rules.lock", "stage.lock.early", "sheets.lock", "result.seal", "result.publish")


@dataclass(frozen=True)
class NotedHead:
    """The head after an act that others should note, and when it was sent to the regencies, if it was."""

    what: str
    size: int
    head: str
    at: object
    sent: SentHead | None
    text: str


@dataclass(frozen=True)
class Integrity:
    """The last verdict (None before the first run), whether the viewer may read what does not open, and the heads."""

    edition: Edition
    check: ChainCheck | None
    shows_faults: bool
    heads: tuple[NotedHead, ...]
    why_not_send: str


def integrity_of(edition: Edition, *, user, now) -> Integrity:
    """Return what one person sees of an edition's integrity. Constant queries."""
    sent = {row.size: row for row in edition.sent_heads.select_related("by")}
    names = {stage.code: stage.name for stage in edition.stages.all()}
    may_detail = user.reaches({Role.BUREAU, Role.INSPECTORATE}, edition.region_id)
    heads = tuple(
        NotedHead(_what(line.type, body, names), line.seq + 1, line.hash, line.at, sent.get(line.seq + 1),
                  head_text(edition, line, body, names))
        for line, body in reversed(lines_of_type(edition.chain_id, NOTED))
    )  # fmt: skip
    check = last_checks([edition.chain_id]).get(edition.chain_id)
    return Integrity(edition, check, may_detail, heads, why_not(user, "head.send", edition, now=now) or "")


@of_record
def head_text(edition: Edition, line, body, names) -> str:
    """Return the text that every regency is sent: which act, how many lines, and the head in groups of four."""
    day = date_in_words(line.at.astimezone(ZoneInfo(edition.zone)).date())
    return (
        f"{edition.name} {edition.year}: {_what(line.type, body, names)} pada {day}.\n"
        f"Kepala jurnal: {number_in_words(line.seq + 1)} baris, {in_fours(line.hash)}\n"
        "Simpan teks ini. Bila kelak catatan penilaian diubah, kepala ini tidak cocok lagi.\n"
        f"{edition.organiser}"
    )


def _what(type: str, body, names) -> str:
    stage = names.get(body.get("stage", ""), "")
    return {
        "rules.lock": _("aturan dikunci"),
        "stage.lock.early": _("tahap %s dikunci lebih awal") % stage,
        "sheets.lock": _("tahap %s dikunci") % stage,
        "result.seal": _("hasil ditetapkan"),
        "result.publish": _("hasil diumumkan"),
    }[type]
