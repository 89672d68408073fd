"""The count as a workbook: marks read from one, and the whole count written as one whose formulas are alive."""
