"""Reading XLSX from outside: sizes are looked at first, the file is parsed apart, in a process with limits."""

from sp2k.base.xlsx.reading import Cell, Worksheet, column_name, read_worksheets

__all__ = ["Cell", "Worksheet", "column_name", "read_worksheets"]
