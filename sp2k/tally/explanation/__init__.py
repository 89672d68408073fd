"""A count in words: how each entry came to its place, for a reader without a table."""

from sp2k.tally.explanation.document import explanation_lines

__all__ = ["explanation_lines"]
