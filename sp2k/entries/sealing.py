"""Sealing: the nonces, the commitment, and recognising what was already received."""

import re
import secrets
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.base.wording import LETTERS
from sp2k.journal.actions import ActNumbers
from sp2k.journal.canonical import NotCanonical, commitment

_NONCE = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True)
class Sending:
    """How a sheet reached us. `op_id` is made when the draft is made and never reused; `base_rev` is what it changes.

    Raises BadInput where the device sent something else than a number and a nonce of 32 bytes in hex.
    """

    op_id: UUID = field(default_factory=uuid4)
    device_nonce: str = field(default_factory=lambda: secrets.token_hex(32))
    base_rev: int | None = None

    def __post_init__(self):
        if not isinstance(self.op_id, UUID) or not _NONCE.match(str(self.device_nonce)):
            raise BadInput("Kiriman dari perangkat ini rusak di jalan. Muat ulang halaman, lalu kirim lagi.")


def seal(content, sending: Sending) -> dict:
    """Return the sealed fields of a row: nonces and the commitment to `content` (canonical profile)."""
    server_nonce = secrets.token_hex(32)
    return {
        "op_id": sending.op_id, "device_nonce": sending.device_nonce, "server_nonce": server_nonce,
        "commitment": _commitment(content, sending.device_nonce, server_nonce),
    }  # fmt: skip


def numbers_of(sealed: dict) -> ActNumbers:
    """Return the number and nonces of what `seal` sealed, for the journal line that tells of it."""
    return ActNumbers(sealed["op_id"], sealed["device_nonce"], sealed["server_nonce"])


def seal_code(commitment: str) -> str:
    """Return `7K4-QM2`: the first thirty bits of a commitment, in letters that are not taken for one another."""
    bits = int(commitment[:8], 16) >> 2
    letters = "".join(LETTERS[bits >> shift & 31] for shift in range(25, -1, -5))
    return f"{letters[:3]}-{letters[3:]}"


def is_sealed_as(content, row) -> bool:
    """Return whether the row's commitment is one to this content."""
    return _commitment(content, row.device_nonce, row.server_nonce) == row.commitment


def received_before(rows, content, sending: Sending, *, by):
    """Return the row already received under this op_id, or None; see `same_sending`.

    Asked before any permission: a resend after closing must get its answer, for it had been received.
    """
    row = rows.filter(op_id=sending.op_id).first()
    return None if row is None else same_sending(row, content, by=by)


def same_sending(row, content, *, by):
    """Return the row if it is this very sending; the same id from another account or with other content is refused."""
    if row.by_id != by.pk:
        raise NotAllowed("Kiriman ini dibuat dengan akun lain. Kirim dengan akun yang mengisinya.")
    if not is_sealed_as(content, row):
        raise Refused("Nomor kiriman ini sudah dipakai untuk isi yang berbeda. Muat ulang halaman, lalu kirim lagi.")
    return row


def next_revision(latest, sending: Sending, *, what: str, voided=None) -> int:
    """Return the revision that follows `latest` (a row or None); a stale `base_rev` is a conflict, not a loss.

    `voided` is the last withdrawn row, if any: its number is never given again.
    """
    current = latest.revision if latest else 0
    if sending.base_rev is not None and sending.base_rev != current:
        raise Refused(
            f"{what} berubah di tempat lain: yang tersimpan revisi {current}, kiriman ini mengubah revisi "
            f"{sending.base_rev}. Muat ulang, pilih yang berlaku, lalu kirim lagi."
        )
    return max(current, voided.revision if voided else 0) + 1


def reason_after(voided, typed: str, *, what: str) -> str:
    """Return why a row follows a withdrawn one: what was typed, else that it takes the place of what was voided.

    The reason of whoever voided it is not the author's and stays with the voided row.
    """
    return typed or f"Menggantikan {what} revisi {voided.revision} yang dibatalkan." if voided else typed


def _commitment(content, device_nonce: str, server_nonce: str) -> str:
    try:
        return commitment(content, device_nonce=device_nonce, server_nonce=server_nonce)
    except NotCanonical as error:
        raise Refused(
            "Isian memuat huruf kendali atau tanda arah tulisan yang tidak terlihat. Ketik ulang bagian itu. "
            f"Tempatnya: {error}"
        ) from error
