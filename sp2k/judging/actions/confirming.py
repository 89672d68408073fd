"""A juror says that what was typed is what stands on the paper, or that it is not."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.base.typed import clean_text
from sp2k.entries.sealing import Sending
from sp2k.journal import actions as journal
from sp2k.judging.actions.sheets import keep_late_sheet, keep_sheet
from sp2k.judging.filled import filled_sheet
from sp2k.judging.holding import held_paper, refuse_away
from sp2k.judging.models import PaperSettlement, PaperSheet
from sp2k.judging.readings import has_scan, standing

FILLED_IN = "Kosong pada kertas; diisi juri saat konfirmasi."


@transaction.atomic
def confirm_paper(
    paper: PaperSheet, *, by, now: datetime, filled: Mapping[str, str] | None = None,
    remarks: Mapping[str, str] | None = None,
) -> PaperSheet:  # fmt: skip
    """Make the paper the juror's sheet; after the lock it becomes a late sheet, kept whole and counted by decision only.

    Parameters
    ----------
    filled : {indicator: mark} for marks that stand empty on the paper; what was typed is not changed here
    remarks : {indicator: why the mark is so low or high}, where the stage's rules ask for it
    """
    paper = held_paper(paper)
    if paper.state == PaperSheet.State.CONFIRMED and paper.juror_id == by.pk:
        return paper
    _require_juror(paper, by, now)
    content = standing(paper)
    filled = {key: mark for key, mark in (filled or {}).items() if mark.strip()}
    for key in filled:
        if content.marks.get(key, "") != "" or key not in content.marks:
            raise Refused(f"{key} sudah terisi pada kertas. Bila salah diketik, ajukan keberatan.")
    marks = {key: mark for key, mark in content.marks.items() if mark} | filled
    if paper.assignment.standing_sheets:
        raise Refused("Anda sudah mengirim lembar ini dari perangkat Anda, dan lembar itu yang berlaku. Bandingkan "
                      "keduanya; yang salah diperbaiki pada lembar Anda, dengan alasan.")  # fmt: skip
    PaperSettlement.objects.bulk_create(
        PaperSettlement(paper=paper, reading=paper.reading, indicator=key, value=mark, reason=FILLED_IN, by=by, at=now)
        for key, mark in filled.items()
    )
    refuse_away(paper.assignment)
    words = filled_sheet(paper.assignment, marks, remarks or {}, note=content.note, reason="")
    told = {"note": words.note, "reason": "", "remarks": words.remarks, "sending": Sending(), "by": by, "now": now}
    if paper.stage.is_locked:
        paper.late_sheet = keep_late_sheet(paper.assignment, words.plain_marks, **told)
    else:
        paper.sheet = keep_sheet(paper.assignment, words.marks, **told)
    paper.state, paper.confirmed_at, paper.juror = PaperSheet.State.CONFIRMED, now, by
    paper.save(update_fields=["state", "confirmed_at", "juror", "sheet", "late_sheet"])
    body = {"stage": paper.stage.code, "rev": paper.reading, "late": paper.late_sheet is not None}
    journal.append(paper.edition.chain_id, "paper.confirm", body, by=by, now=now)
    return paper


@transaction.atomic
def object_to_paper(paper: PaperSheet, *, objection: str, by, now: datetime) -> PaperSheet:
    """Send the paper back to be typed anew by two people, with what the juror found wrong."""
    paper = held_paper(paper)
    _require_juror(paper, by, now)
    objection = clean_text(objection, name="Keberatan", longest=1000)
    if not objection:
        raise BadInput("Tulis apa yang tidak sesuai dengan kertas, misalnya: K2 tertulis 78, diketik 87.")
    paper.objection, paper.reading, paper.state = objection, paper.reading + 1, PaperSheet.State.DISPUTED
    paper.save(update_fields=["objection", "reading", "state"])
    body = {"stage": paper.stage.code, "rev": paper.reading}
    journal.append(paper.edition.chain_id, "paper.object", body, by=by, now=now)
    return paper


def _require_juror(paper, by, now) -> None:
    require(by, "paper.confirm", paper, now=now)
    if by.pk in {typing.by_id for typing in paper.typings.all()}:
        raise NotAllowed("Anda ikut mengetik kertas ini, jadi tidak dapat mengonfirmasinya sebagai juri.")
    if paper.state != PaperSheet.State.WAITING:
        raise Refused(f"Kertas ini belum menunggu konfirmasi: {paper.get_state_display().lower()}.")
    if not has_scan(paper):
        raise Refused("Pindaian kertas ini sudah dihapus. Minta sekretariat mengunggahnya lagi.")
