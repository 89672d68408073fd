"""What people read off a sheet of paper: each place on it, where two readings differ, and what stands in the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sp2k.base.refusals import BadInput
from sp2k.base.typed import clean_text
from sp2k.judging.models import PaperSettlement, PaperSheet, PaperTyping
from sp2k.judging.paper_places import Place, places_of, plain

NOTE = "catatan"
LONGEST_REASON = 300
LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Reading:
    """What one person read: marks as written, "" where the paper is empty; a reason where a mark cannot be read."""

    marks: Mapping[str, str]
    illegible: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Difference:
    """A place that two people read differently, as each kept it; `illegible` says why where it could not be read.

    `place` is None for the note, which every paper has.
    """

    key: str
    title: str
    first: str
    second: str
    first_illegible: str
    second_illegible: str
    place: Place | None = None

    @property
    def is_words(self) -> bool:
        return self.place is None or self.place.kind == "kata"

    @property
    def both_shown(self) -> tuple[str, str]:
        """What each read, as the paper would say it."""
        shown = self.place.shown if self.place else str
        return tuple(shown(kept) if kept else "" for kept in (self.first, self.second))


@dataclass(frozen=True)
class Standing:
    """What is held to stand on the paper: the typings where they agree, the third look where they did not."""

    marks: Mapping[str, str]
    illegible: Mapping[str, str]
    note: str
    settled: Mapping[str, PaperSettlement]

    @property
    def empty(self) -> list[str]:
        return [key for key, mark in self.marks.items() if not mark]


def clean_reading(reading: Reading, places: Mapping[str, Place]) -> Reading:
    """Return a reading as it is kept: every place named, a mark as it may be given, empty or illegible.

    Raises
    ------
    BadInput
        For a place the paper does not have, a mark that no juror could give there, a mark that is also illegible.
    """
    for key in (*reading.marks, *reading.illegible):
        if key not in places:
            raise BadInput(f"Indikator {str(key)[:20]} tidak ada pada kertas ini. Muat ulang halaman.")
    marks, illegible = {}, {}
    for key, place in places.items():
        marks[key] = clean_place(reading.marks.get(key, ""), reading.illegible.get(key, ""), place)
        if reason := _reason(reading.illegible.get(key, ""), key):
            illegible[key] = reason
    return Reading(marks, illegible, clean_text(reading.note, name="Catatan", longest=LONGEST_NOTE))


def clean_place(typed: str, illegible: str, place: Place) -> str:
    """Return what stands in a place as it is kept, "" for empty; what was read is not illegible as well."""
    typed = str(typed).strip()
    if not typed:
        return ""
    if _reason(illegible, place.code):
        raise BadInput(f"{place.code}: isi nilainya atau alasan tidak terbaca, tidak keduanya.")
    return place.clean(typed)


def differences(first: PaperTyping, second: PaperTyping, places: Mapping[str, Place]) -> list[Difference]:
    """Return where two typings differ, in the order of the paper; 87,5 and 87,50 are the same, empty and illegible not."""
    found = [
        Difference(
            key, place.title, first.marks.get(key, ""), second.marks.get(key, ""), first.illegible.get(key, ""),
            second.illegible.get(key, ""), place,
        )
        for key, place in places.items()
        if _meaning(first, key, place) != _meaning(second, key, place)
    ]  # fmt: skip
    if plain(first.note) != plain(second.note):
        found.append(Difference(NOTE, "Catatan", first.note, second.note, "", ""))
    return found


def open_differences(paper: PaperSheet) -> list[Difference]:
    """Return the differences of the present reading that nobody has settled; [] before both have typed."""
    typings = paper.typings_now()
    if len(typings) < 2:
        return []
    settled = {row.indicator for row in settlements_now(paper)}
    return [row for row in differences(*typings[:2], places_of(paper)) if row.key not in settled]


def n_settled(paper: PaperSheet) -> int:
    """Return how many places of the present reading were typed differently and have been settled since."""
    typings = paper.typings_now()
    if len(typings) < 2:
        return 0
    return len(differences(*typings[:2], places_of(paper))) - len(open_differences(paper))


def settlements_now(paper: PaperSheet) -> list[PaperSettlement]:
    """Return what a third look settled in the present reading; what the juror filled in comes last."""
    rows = [row for row in paper.settlements.all() if row.reading == paper.reading]
    return sorted(rows, key=lambda row: (row.at, row.pk))


def standing(paper: PaperSheet) -> Standing:
    """Return what stands on the paper once two have typed and their differences are settled."""
    first = paper.typings_now()[0]
    marks = {key: first.marks.get(key, "") for key in places_of(paper)}
    illegible, note, settled = dict(first.illegible), first.note, {}
    for row in settlements_now(paper):
        settled[row.indicator] = row
        if row.indicator == NOTE:
            note = row.value
            continue
        marks[row.indicator] = row.value
        illegible.pop(row.indicator, None)
        if not row.value and row.reason:
            illegible[row.indicator] = row.reason
    return Standing(marks, illegible, note, settled)


def state_now(paper: PaperSheet) -> PaperSheet.State:
    """Return the state that follows from typings, settlements and scan; a closed paper stays closed."""
    state, typings = PaperSheet.State, paper.typings_now()
    if paper.is_closed:
        return state(paper.state)
    if not typings:
        return state.DISPUTED if paper.reading > 1 else state.PRINTED
    if len(typings) == 1:
        return state.ONCE
    if open_differences(paper):
        return state.DIFFERENT
    return state.WAITING if has_scan(paper) else state.AGREED


def has_scan(paper: PaperSheet) -> bool:
    """Return whether a scan is attached whose bytes are still there."""
    return paper.scan is not None and paper.scan.erased_at is None


def _meaning(typing: PaperTyping, key: str, place: Place):
    kept = typing.marks.get(key, "")
    return place.meaning(kept) if kept else None, bool(typing.illegible.get(key))


def _reason(typed: str, key: str) -> str:
    return clean_text(typed or "", name=f"Alasan {key} tidak terbaca", longest=LONGEST_REASON)
