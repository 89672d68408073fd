"""What assessors and earlier stages hand in: from lines of text to a ledger."""

from sp2k.tally.sheets.ledger import Finding, Ledger
from sp2k.tally.sheets.marks import ABSENT, EMPTY, HEADER, NOT_APPLICABLE, RECUSED, STATES, Mark, MarkError, MarkLines

__all__ = [
    "ABSENT",
    "EMPTY",
    "HEADER",
    "NOT_APPLICABLE",
    "RECUSED",
    "STATES",
    "Finding",
    "Ledger",
    "Mark",
    "MarkError",
    "MarkLines",
]
