"""The decree's wording in an edition file: its keys, and the few places that are filled from the result.

A text may hold ``{nama}`` and the other words of `FACTS`, ``{dinilai:KODE}`` and the other words of `COUNTS` for what a
stage's frozen count says, and one ruling ends with ``{daftar_juara}``, where the winners are listed. No key takes a
winner, a number or a date. `mengingat`, `memperhatikan`, `tembusan`, `kota` and `penandatangan` are proposals: they are
asked again when the decree is made.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sp2k.base.documents.placeholders import placeholders_in
from sp2k.base.refusals import BadInput
from sp2k.editions.reading import Finding, Section, listed

PAPERS = ("F4", "A4")
ATTENDANCE = "kehadiran"
MINUTES_NUMBER, MINUTES_DATE = "nomor_berita_acara", "tanggal_berita_acara"
FACTS = (
    "nama", "singkatan", "tahun", "wilayah", "penyelenggara", "jumlah_gelar", MINUTES_NUMBER, MINUTES_DATE, ATTENDANCE,
)  # fmt: skip
# What a stage's frozen count says. `peserta` is the older word for `dinilai`: files that say "{peserta:isian} kecamatan
# dinilai" must say how many were.
JUDGED, LISTED, UNJUDGED, DECLINED = "dinilai:", "terdaftar:", "tidak_dinilai:", "tidak_ikut:"
COUNTS = (JUDGED, "peserta:", LISTED, UNJUDGED, DECLINED)
WINNERS = "{daftar_juara}"

KEYS = (
    "kertas", "penetap", "tentang", "menimbang", "mengingat", "memperhatikan", "diktum", "lampiran", "kota",
    "penandatangan", "tembusan",
)  # fmt: skip
_BRACED = re.compile(r"\{[^{}]*\}|[{}]")
_PARAGRAPH = 2000


@dataclass(frozen=True)
class DecreeWording:
    """What the edition file says of its decree; texts may still hold places to fill.

    `office` is who decides, in full (``Gubernur Jawa Timur``); `rulings` are KESATU, KEDUA and so on; `annex` is the
    title over the table of winners.
    """

    paper: str
    office: str
    about: str
    considering: tuple[str, ...]
    recalling: tuple[str, ...]
    noting: tuple[str, ...]
    rulings: tuple[str, ...]
    annex: str
    city: str
    signer: str
    copies: tuple[str, ...]


def read_wording(data: Mapping, *, stages: Iterable[str]) -> DecreeWording:
    """Read the section `keputusan` of an edition with the given stage codes.

    Raises
    ------
    BadInput
        With the first few faults, each a sentence that names its place.
    """
    wording, faults = _read(data, stages)
    if faults:
        raise BadInput(" ".join(fault.sentence for fault in faults[:5]))
    return wording


def wording_findings(data: Mapping, *, stages: Iterable[str]) -> list[Finding]:
    """Return what is wrong with the section `keputusan`: unknown and missing keys, empty texts, unknown places."""
    return _read(data, stages)[1]


def _read(data, stages) -> tuple[DecreeWording, list[Finding]]:
    faults: list[Finding] = []
    part = Section(data, "keputusan", faults, KEYS)
    wording = DecreeWording(
        paper=part.choice("kertas", PAPERS),
        office=part.text("penetap", longest=120),
        about=part.text("tentang", longest=400),
        considering=_paragraphs(part, "menimbang"),
        recalling=_paragraphs(part, "mengingat"),
        noting=_paragraphs(part, "memperhatikan", optional=True),
        rulings=_paragraphs(part, "diktum"),
        annex=part.text("lampiran", longest=400),
        city=part.text("kota", longest=80),
        signer=part.text("penandatangan", longest=120, optional=True) or "",
        copies=part.texts("tembusan", longest=200, optional=True),
    )
    _check_places(part, wording, list(stages))
    _check_winners(part, wording)
    _check_open(part, wording)
    return wording, faults


def _paragraphs(part, key, *, optional=False) -> tuple[str, ...]:
    found = part.texts(key, longest=_PARAGRAPH, optional=optional)
    if part.data.get(key) == [] and not optional:
        part.fault(f'"{key}" kosong')
    return found


def _check_places(part, wording, stages) -> None:
    known = {*FACTS, *(count + code for code in stages for count in COUNTS)}
    shown = listed(_braced([*FACTS, *(f"{count}KODE" for count in COUNTS)]))
    named = {
        "penetap": (wording.office,), "tentang": (wording.about,), "menimbang": wording.considering,
        "mengingat": wording.recalling, "memperhatikan": wording.noting,
        "diktum": tuple(ruling.removesuffix(WINNERS) for ruling in wording.rulings), "lampiran": (wording.annex,),
        "kota": (wording.city,), "penandatangan": (wording.signer,), "tembusan": wording.copies,
    }  # fmt: skip
    for key, texts in named.items():
        for place in (found for text in texts for found in _BRACED.findall(text or "")):
            if place == WINNERS:
                part.fault(f"{WINNERS} pada {key} tidak pada tempatnya; tulis di akhir satu butir diktum")
            elif place[1:-1] not in known:
                part.fault(
                    f"isian {place} pada {key} tidak dikenal; pakai {shown}, dengan KODE tahap {listed(stages)}"
                )


def _check_winners(part, wording) -> None:
    listing = [ruling for ruling in wording.rulings if ruling.endswith(WINNERS)]
    if wording.rulings and len(listing) != 1:
        part.fault(f"{WINNERS} harus menutup tepat satu butir diktum, tertulis pada {len(listing)} butir")


def _check_open(part, wording) -> None:
    """What the rules leave open could never be filled: these words are not asked again when the decree is made."""
    named = {
        "penetap": (wording.office,), "tentang": (wording.about,), "menimbang": wording.considering,
        "diktum": wording.rulings, "lampiran": (wording.annex,),
    }  # fmt: skip
    for key, texts in named.items():
        for place in (found for text in texts for found in placeholders_in(text or "")):
            part.fault(f'{key} memuat "{place}", yang tidak ditanyakan lagi saat keputusan dibuat; tulis isinya')


def _braced(known) -> list[str]:
    return ["{" + word + "}" for word in sorted(known)]
