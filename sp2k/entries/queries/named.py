"""Finding entries by what people type: by the name they entered with, their regency's, or a code.

Names are compared folded, in Python: an edition has some hundreds of entries, and each keeps the name it entered with.
"""

from functools import cached_property

from django.db.models import QuerySet

from sp2k.entries.models import Entry
from sp2k.regions.folding import fits, words_of


class EntriesByName:
    """The entries of a list, to be asked for words; read from the database once, when the first word comes."""

    def __init__(self, entries: QuerySet[Entry]):
        self._entries = entries

    def named(self, text: str) -> list[int]:
        """Return the keys of the entries whose name, regency or code fits every word of `text`."""
        words = words_of(text)
        return [pk for pk, *texts in self._rows if fits(words, *texts)]

    @cached_property
    def _rows(self) -> list[tuple]:
        columns = "pk", "name", "regency_name", "region_id", "region__listed_code"
        return list(self._entries.order_by("region", "pk").values_list(*columns))
