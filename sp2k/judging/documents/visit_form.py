"""Blank forms of a visit: the claims of an entry by place, with what the rules let the visitors find."""

from collections.abc import Callable, Sequence
from pathlib import Path

from sp2k.base.documents.typesetting import typeset
from sp2k.base.language import of_record
from sp2k.editions.models import Stage
from sp2k.judging.documents.blank import turn_of
from sp2k.judging.documents.squares import squares
from sp2k.judging.models import PaperSheet
from sp2k.judging.queries.claims import visit_claims
from sp2k.judging.verdicts import declared_verdicts

TEMPLATE = Path(__file__).with_name("visit_form.typ")


@of_record
def visit_forms_pdf(
    stage: Stage, papers: Sequence[PaperSheet], *, size: str, address: Callable[[PaperSheet], str]
) -> bytes:
    """Return the forms of a stage's visits as one PDF, in the order given; `address` is where each is typed."""
    return typeset(TEMPLATE, _data(stage, papers, size, address))


def _data(stage, papers, size, address) -> dict:
    printed = max(paper.printed_at for paper in papers)
    return {
        "size": size, "edition": str(stage.edition), "organiser": stage.edition.organiser, "stage": stage.name,
        "day": [printed.year, printed.month, printed.day], "is_sample": stage.edition.is_sample,
        "verdicts": [[verdict.label, verdict.effect] for verdict in declared_verdicts(stage).values()],
        "forms": [_form(paper, address(paper)) for paper in papers],
    }  # fmt: skip


def _form(paper, address) -> dict:
    participation = paper.assignment.participation
    entry = participation.entry
    said = {claim.code: claim.said for claim in visit_claims(participation)}
    return {
        "code": paper.shown_code, "qr": squares(address), "kecamatan": entry.name, "regency": entry.regency_name,
        "juror": paper.juror.name if paper.juror else "", "institution": paper.assignment.seat.institution,
        "turn": turn_of(paper), "places": _places(paper.claims, said),
    }  # fmt: skip


def _places(claims, said) -> list[dict]:
    """The claims as printed, by place, both in the order in which they first appear."""
    places: dict[str, list[dict]] = {}
    for claim in claims:
        told = [f"{name}: {value}" if name else value for name, value in said.get(claim["kode"], ())]
        row = {"code": claim["kode"], "title": claim["judul"], "said": "; ".join(told)}
        places.setdefault(claim["tempat"], []).append(row)
    return [{"place": place, "claims": rows} for place, rows in places.items()]
