"""The number of a civil servant (NIP): 18 digits, of which the first eight are the day of birth."""

import re
from datetime import datetime


def why_no_nip(text: str) -> str | None:
    """Return None when `text` can be an NIP, else what is wrong and how to mend it."""
    if not re.fullmatch(r"\d*", text, re.ASCII):
        return f'NIP "{text[:30]}" memuat tanda selain angka. Tulis 18 angka.'
    if len(text) != 18:
        return f"NIP {text} terdiri atas {len(text)} angka, semestinya 18."
    try:
        datetime.strptime(text[:8], "%Y%m%d")
    except ValueError:
        return f"NIP {text} keliru: delapan angka pertamanya, {text[:8]}, bukan tanggal lahir. Periksa ketikannya."
    if text[14] not in "12":
        return f"NIP {text} keliru: angka ke-15 harus 1 atau 2, tertulis {text[14]}. Periksa ketikannya."
    return None
