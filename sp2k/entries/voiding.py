"""Withdrawing a mistake: the row stays as it was sent, with when and why it no longer counts."""

from datetime import datetime

from sp2k.accounts.roles import Role
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text

_OFFICES = (Role.CAMAT, Role.REGENCY, Role.BUREAU)  # whoever may act in two of them acts in the nearer one


def withdraw(row, reason: str, *, by, now: datetime) -> None:
    """Mark a sealed row as voided; the act that calls this has asked, holds the edition and writes the journal line."""
    reason = voiding_reason(reason)
    if row.is_voided:
        raise Refused(f"{row} sudah dibatalkan.")
    row.voided_at, row.voided_reason, row.voided_by = now, reason, by
    row.voided_as = next((role for role in _OFFICES if by.reaches({role}, row.region_code)), "")
    row.save(update_fields=["voided_at", "voided_reason", "voided_by", "voided_as"])


def voiding_reason(typed: str) -> str:
    """Return the reason as it is kept; there is no voiding without one."""
    reason = clean_text(typed, name="Alasan pembatalan", longest=1000)
    if not reason:
        raise BadInput("Tulis alasan pembatalan. Alasannya disimpan dan dapat dibaca pengawas.")
    return reason
