"""The parser of one XLSX, run apart as a folder (`__main__.py`); it imports nothing of ours but what lies beside it."""
