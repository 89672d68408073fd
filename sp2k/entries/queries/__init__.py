"""Reading entries, forms and findings."""

from sp2k.entries.queries.forms import (
    accepted_in,
    accepted_in_participation,
    accepted_verifications,
    decided_forms,
    latest_forms,
    newest_voided,
    participations_visible_to,
)

__all__ = [
    "accepted_in", "accepted_in_participation", "accepted_verifications", "decided_forms", "latest_forms",
    "newest_voided", "participations_visible_to",
]  # fmt: skip
