"""What the seal of an issued document is to: its number, date, bytes, the facts printed in it and the head it prints."""

from sp2k.entries.sealing import Sending, seal
from sp2k.journal.canonical import commitment
from sp2k.publication.models import Amendment, Decree, Issued, Minutes


def decree_content(decree: Decree) -> dict:
    """Return what a decree's commitment is to, in the canonical profile."""
    return _issued(decree) | {"edition": decree.edition.code, "facts": decree.facts}


def minutes_content(minutes: Minutes) -> dict:
    """Return what the commitment of a stage's minutes is to."""
    return _issued(minutes) | {
        "edition": minutes.stage.edition.code, "stage": minutes.stage.code, "rev": minutes.revision,
        "place": minutes.place, "reason": minutes.reason, "facts": minutes.facts,
    }  # fmt: skip


def proposal_content(amendment: Amendment) -> dict:
    """Return what the proposal of an amendment is sealed to: all that its approver reads."""
    return {
        "edition": amendment.edition.code, "n": amendment.position, "number": amendment.number,
        "date": amendment.signed_on.isoformat(), "corrects": amendment.corrects, "reason": amendment.reason,
    }  # fmt: skip


def amendment_content(amendment: Amendment) -> dict:
    """Return what an amendment in force is sealed to."""
    return proposal_content(amendment) | _issued(amendment) | {"facts": amendment.facts}


def seal_document(row: Issued, content: dict) -> None:
    """Seal a document that is about to be stored under fresh nonces."""
    sealed = seal(content, Sending())
    row.device_nonce, row.server_nonce = sealed["device_nonce"], sealed["server_nonce"]
    row.commitment = sealed["commitment"]


def sealed_under(row: Issued, content: dict) -> str:
    """Return the commitment to other content under the nonces that a row already has."""
    return commitment(content, device_nonce=row.device_nonce, server_nonce=row.server_nonce)


def _issued(row) -> dict:
    return {
        "number": row.number, "date": row.signed_on.isoformat(), "sha256": row.document_id,
        "journal": [row.journal_size, row.journal_head],
    }  # fmt: skip
