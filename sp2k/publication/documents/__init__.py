"""Documents for the printer and the archive, set from frozen results."""

from sp2k.publication.documents.edition import decree_document

__all__ = ["decree_document"]
