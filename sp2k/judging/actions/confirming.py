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
from sp2k.judging.actions.visits import record_visit_finding
from sp2k.judging.contents import filled_sheet
from sp2k.judging.holding import held_paper, refuse_away
from sp2k.judging.models import PaperSettlement, PaperSheet
from sp2k.judging.paper_places import WORDS
from sp2k.judging.queries import latest_visit_findings
from sp2k.judging.queries.changed import refuse_changed_papers
from sp2k.judging.queries.opening import paper_confirmation
from sp2k.judging.readings import has_scan, standing

FILLED_IN = "Kosong pada kertas; diisi juri saat konfirmasi."


@transaction.atomic
def confirm_paper(
    paper: PaperSheet, *, by, now: datetime, filled: Mapping[str, str] | None = None,
    remarks: Mapping[str, str] | None = None,
) -> PaperSheet:  # fmt: skip
    """Make the paper the juror's sheet, or a visit's form its findings. After the lock a sheet is kept as a late one.

    Parameters
    ----------
    filled : {place: what belongs there} for what stands empty on the paper; what was typed is not changed here
    remarks : {indicator: why the mark is so low or high}, where the stage's rules ask for it
    """
    paper = held_paper(paper)
    if paper.state == PaperSheet.State.CONFIRMED and paper.juror_id == by.pk:
        return paper
    _require_juror(paper, by, now)
    refuse_away(paper.assignment)
    content, filled = standing(paper), {key: text.strip() for key, text in (filled or {}).items() if text.strip()}
    for key in filled:
        if content.marks.get(key, key):
            raise Refused(f"{key} sudah terisi pada kertas. Bila salah diketik, ajukan keberatan.")
    written = {key: text for key, text in content.marks.items() if text} | filled
    PaperSettlement.objects.bulk_create(
        PaperSettlement(paper=paper, reading=paper.reading, indicator=key, value=text, reason=FILLED_IN, by=by, at=now)
        for key, text in filled.items()
    )
    if paper.is_visit:
        outcome = _keep_findings(paper, written, by, now)
    else:
        outcome = _keep_marks(paper, written, content.note, remarks or {}, by, now)
    paper.state, paper.confirmed_at, paper.juror = PaperSheet.State.CONFIRMED, now, by
    paper.save(update_fields=["state", "confirmed_at", "juror", "sheet", "late_sheet"])
    body = {"stage": paper.stage.code, "code": paper.code, "rev": paper.reading, "late": paper.late_sheet is not None}
    sealed = paper_confirmation(held_paper(paper), [row.commitment for row in outcome])
    journal.append_sealed(paper.edition.chain_id, "paper.confirm", body, sealed, by=by, now=now)
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
    body, why = {"stage": paper.stage.code, "code": paper.code, "rev": paper.reading}, {"reason": objection}
    journal.append_sealed(paper.edition.chain_id, "paper.object", body, why, key="why", by=by, now=now)
    return paper


def _require_juror(paper, by, now) -> None:
    require(by, "paper.confirm", paper, now=now)
    refuse_changed_papers(paper.stage, "Konfirmasi kertas")
    if by.pk in {typing.by_id for typing in paper.typings.all()}:
        raise NotAllowed("Anda ikut mengetik kertas ini, jadi tidak dapat mengonfirmasinya sebagai juri.")
    if paper.state != PaperSheet.State.WAITING:
        raise Refused(f"Kertas ini belum menunggu konfirmasi: {paper.get_state_display().lower()}.")
    if not has_scan(paper):
        raise Refused("Pindaian kertas ini sudah dihapus. Minta sekretariat mengunggahnya lagi.")


def _keep_marks(paper, marks, note, remarks, by, now) -> list:
    if paper.assignment.standing_sheets:
        raise Refused("Anda sudah mengirim lembar ini dari perangkat Anda, dan lembar itu yang berlaku. Bandingkan "
                      "keduanya; yang salah diperbaiki pada lembar Anda, dengan alasan.")  # fmt: skip
    words = filled_sheet(paper.assignment, marks, remarks, note=note, reason="")
    told = {"note": words.note, "reason": "", "remarks": words.remarks, "sending": Sending(), "by": by, "now": now}
    if paper.stage.is_locked:
        paper.late_sheet = keep_late_sheet(paper.assignment, words.plain_marks, **told)
        return [paper.late_sheet]
    paper.sheet = keep_sheet(paper.assignment, words.marks, **told)
    return [paper.sheet]


def _keep_findings(paper, written, by, now) -> list:
    """Record the findings and return them; a claim that already has one from a phone keeps it."""
    if paper.stage.is_locked:
        raise Refused(f"{paper.stage.opening_in_words(now)} Temuan tidak dicatat lagi; kertas, pindaian, dan ketikannya "
                      "tetap disimpan.")  # fmt: skip
    found = latest_visit_findings(paper.stage).filter(participation=paper.assignment.participation)
    standing_already = set(found.values_list("claim", flat=True))
    new = [claim for claim in paper.claims if claim["kode"] in written and claim["kode"] not in standing_already]
    if not new:
        raise Refused("Tidak ada temuan baru pada kertas ini: semua klaim kosong atau sudah dicatat dari perangkat. "
                      "Minta sekretariat menarik kertasnya.")  # fmt: skip
    kept = []
    for claim in new:
        code = claim["kode"]
        if not (note := written.get(code + WORDS, "")):
            raise BadInput(f"{code}: tulis apa yang dilihat di tempat. Di kertas bagian itu kosong.")
        kept.append(
            record_visit_finding(
                paper.assignment, code, written[code], note=note, place=claim["tempat"], by=by, now=now, paper=paper
            )
        )
    return kept
