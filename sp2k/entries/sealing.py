"""Sealing: the nonces, the commitment, and recognising what was already received."""

import secrets
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from sp2k.base.refusals import Refused
from sp2k.journal.canonical import NotCanonical, commitment


@dataclass(frozen=True)
class Sending:
    """How a sheet reached us. `op_id` is made when the draft is made and never reused; `base_rev` is what it changes."""

    op_id: UUID = field(default_factory=uuid4)
    device_nonce: str = field(default_factory=lambda: secrets.token_hex(32))
    base_rev: int | None = None


def seal(content, sending: Sending) -> dict:
    """Return the sealed fields of a row: nonces and the commitment to `content` (canonical profile)."""
    server_nonce = secrets.token_hex(32)
    try:
        sealed = commitment(content, device_nonce=sending.device_nonce, server_nonce=server_nonce)
    except NotCanonical as error:
        raise Refused(
            "Isian memuat huruf kendali atau tanda arah tulisan yang tidak terlihat. Ketik ulang bagian itu. "
            f"Tempatnya: {error}"
        ) from error
    return {
        "op_id": sending.op_id, "device_nonce": sending.device_nonce, "server_nonce": server_nonce, "commitment": sealed,
    }  # fmt: skip


def received_before(rows, content, sending: Sending):
    """Return the row already received under this op_id, or None; the same id with other content is refused.

    Asked before any permission: a resend after closing must get its answer, for it had been received.
    """
    row = rows.filter(op_id=sending.op_id).first()
    if row is None:
        return None
    again = commitment(content, device_nonce=row.device_nonce, server_nonce=row.server_nonce)
    if again != row.commitment:
        raise Refused("Nomor kiriman ini sudah dipakai untuk isi yang berbeda. Muat ulang halaman, lalu kirim lagi.")
    return row


def next_revision(latest, sending: Sending, *, what: str) -> int:
    """Return the revision that follows `latest` (a row or None); a stale `base_rev` is a conflict, not a loss."""
    current = latest.revision if latest else 0
    if sending.base_rev is not None and sending.base_rev != current:
        raise Refused(
            f"{what} ini juga diubah di tempat lain (revisi {current}). Pilih versi yang berlaku; keduanya disimpan."
        )
    return current + 1
