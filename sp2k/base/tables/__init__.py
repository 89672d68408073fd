"""Reading a table from outside, XLSX or CSV, by one set of rules (ADR 0038).

Three things hold for every list: what cannot be read is never taken for nothing; what is missing never wipes what is there;
what is read is what whoever sent the file sees on the screen. Each refusal names the sheet, the row and the column.
"""

from sp2k.base.tables.columns import Column, ListKind
from sp2k.base.tables.faults import refuse_rows
from sp2k.base.tables.reading import Table, read_table
from sp2k.base.tables.rows import Row

__all__ = ["Column", "ListKind", "Row", "Table", "read_table", "refuse_rows"]
