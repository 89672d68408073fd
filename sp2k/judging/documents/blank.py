"""Blank sheets: one page a duty, with the code by which it is found again."""

from collections.abc import Callable, Sequence
from pathlib import Path

from sp2k.base.documents.typesetting import typeset
from sp2k.base.language import of_record
from sp2k.base.wording import instant_in_words
from sp2k.editions.models import Edition, Stage
from sp2k.instruments.applying import unasked
from sp2k.instruments.fields import MarkField, mark_groups
from sp2k.judging.documents.squares import squares
from sp2k.judging.marks import comma, extremes_of
from sp2k.judging.models import PaperSheet
from sp2k.judging.sheet_page import marks_in_words

TEMPLATE = Path(__file__).with_name("blank.typ")
SIZES = ("F4", "A4")
_MOST_CHOICES = 8
_MOST_DECIMALS = 2


@of_record
def blanks_pdf(stage: Stage, papers: Sequence[PaperSheet], *, size: str, address: Callable[[PaperSheet], str]) -> bytes:
    """Return the blanks of a stage as one PDF, in the order given.

    Parameters
    ----------
    size : ``F4`` or ``A4``
    address : where a paper is typed; it stands in the QR code
    """
    return typeset(TEMPLATE, blanks_data(stage, papers, size=size, address=address))


def blanks_data(stage: Stage, papers: Sequence[PaperSheet], *, size: str, address: Callable[[PaperSheet], str]) -> dict:
    """Return all that is printed; the template only places it."""
    printed = max(paper.printed_at for paper in papers)
    return {
        "size": size, "edition": str(stage.edition), "organiser": stage.edition.organiser, "stage": stage.name,
        "day": [printed.year, printed.month, printed.day], "is_sample": stage.edition.is_sample,
        "year": stage.edition.year, "aspects": _aspects(stage), "extremes": str(extremes_of(stage)),
        "blanks": [_blank(paper, address(paper)) for paper in papers],
    }  # fmt: skip


def usual_size(edition: Edition) -> str:
    """Return the paper of the edition's decree, F4 where it names none."""
    declared = str(edition.rules.get("keputusan", {}).get("kertas", ""))
    return declared if declared in SIZES else SIZES[0]


def _blank(paper, address) -> dict:
    entry, seat = paper.assignment.participation.entry, paper.assignment.seat
    return {
        "code": paper.shown_code, "qr": squares(address), "kecamatan": entry.name,
        "regency": entry.regency_name, "juror": paper.juror.name if paper.juror else "",
        "institution": seat.institution, "turn": turn_of(paper),
        "outside": list(unasked(paper.stage.instrument, entry.traits)),
    }  # fmt: skip


def turn_of(paper: PaperSheet) -> str:
    """When the entry is heard or visited, "" where nobody has said."""
    slot = getattr(paper.assignment.participation, "slot", None)
    return f"Giliran {slot.position}, {instant_in_words(slot.starts_at, paper.edition.zone)}" if slot else ""


def _aspects(stage) -> list[dict]:
    return [{"name": group.name, "rows": [_row(field) for field in group.fields]} for group in mark_groups(stage.instrument)]


def _row(field: MarkField) -> dict:
    return {
        "code": field.code, "title": field.title, "hint": field.hint,
        "rubric": [f"{marks_in_words(anchor)}: {anchor.meaning}" for anchor in field.anchors], "scale": _scale(field),
        **_boxes(field),
    }  # fmt: skip


def _scale(place) -> str:
    if place.allowed:
        return "pilih satu" if len(place.allowed) <= _MOST_CHOICES else f"satu dari {len(place.allowed)} nilai"
    return f"{comma(place.lowest)} sampai {comma(place.highest)}"


def _boxes(place) -> dict:
    """How a mark is written: one square to tick an allowed mark, or squares for digits and decimals."""
    if place.allowed and len(place.allowed) <= _MOST_CHOICES:
        return {"choices": [comma(mark) for mark in place.allowed], "digits": 0, "decimals": 0}
    decimals = place.decimals if place.decimals <= _MOST_DECIMALS else -1  # -1: one long box
    return {"choices": [], "digits": len(str(int(place.highest))), "decimals": decimals}
