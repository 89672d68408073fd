"""Holding the answers of regencies, their minutes, and what was proposed for silent ones, against the journal."""

from collections.abc import Iterator

from sp2k.base.blobs import states_of
from sp2k.editions.models import Stage
from sp2k.journal.opening import GONE, UNTOLD, Opening, open_lines
from sp2k.results.models import Nomination
from sp2k.results.opening.acts import NOT_WITHDRAWN, Act, acts_of, by_name, hold_withdrawal, paired


def open_nominations(opening: Opening, stage: Stage) -> None:
    """Hold each answer of a regency, and the number and file of its minutes, against the lines that gave them."""
    rows = (
        Nomination.every.filter(stage=stage).select_related("participation__entry", "regency", "minutes").order_by("pk")
    )
    for answer, act in _open_answers(opening, stage, rows):
        _open_minutes(opening, stage, answer, act)
    _open_silent_answers(opening, stage)
    named = [("nominee.set", "Calon sebuah kabupaten/kota"), ("nominee.decline", "Jawaban sebuah kabupaten/kota")]
    opening.expect_met(named, stage=stage.code)


def require_answers(stage: Stage, *, regency: str = "") -> None:
    """Refuse to show answers of regencies (or of one) that are not those of their lines: what a page of them asks first."""
    rows = Nomination.every.filter(stage=stage).select_related("participation__entry", "regency").order_by("pk")
    opening = open_lines(stage.edition.chain_id, ("nominee.set", "nominee.decline", "nominee.revoke"))
    for _answer in _open_answers(opening, stage, rows.filter(regency=regency) if regency else rows):
        pass
    opening.refuse_to_show()


def require_signed_minutes(row: Nomination) -> None:
    """Refuse to give out a regency's signed minutes that are not the file which was uploaded last."""
    stage, what = row.stage, f"Berita acara {row.regency.name}"
    opening = open_lines(stage.edition.chain_id, ("minutes.upload",))
    seq, upload = opening.last("minutes.upload", stage=stage.code, regency=row.regency_id)
    opening.hold(upload is not None and upload["sha256"] == row.minutes_id, what, seq)
    opening.refuse_to_show()


def _open_answers(opening, stage, rows) -> Iterator[tuple]:
    """Hold the answers of each regency; yield its last with the act that gave it, None where no line tells of it."""
    for regency, answers in by_name(rows, "regency_id").items():
        what = f"Jawaban {answers[0].regency.name}"
        acts = acts_of(opening, stage, regency, ("nominee.set", "nominee.decline"), "nominee.revoke")
        for row, act in paired(opening, answers, acts, what):
            if opening.hold(_is_answered_in(act, row), what, act.seq) and opening.hold_act(row, what, act.seq):
                hold_withdrawal(opening, row, act, what)
        yield answers[-1], acts[-1] if acts else None


def _open_silent_answers(opening, stage) -> None:
    """What one of the bureau proposed to answer for a silent regency, and that it was withdrawn where a line says so."""
    told = {
        (body["regency"], body["answer"], body["reason"], *opening.replayed.acts[seq]): seq
        for seq, body in opening.entries("silence.propose", stage=stage.code)
    }
    withdrawn = {
        (body["regency"], opening.replayed.acts[seq][1]): seq
        for seq, body in opening.entries("silence.withdraw", stage=stage.code)
    }
    answered = {
        (body["regency"], *opening.replayed.acts[seq])
        for seq, body in opening.entries("nominee.set", "nominee.decline", stage=stage.code)
    }
    for row in stage.silent_answers.select_related("by", "done_by", "regency"):
        answer, what = "tidak-ikut" if row.is_declining else "calon", f"Usul jawaban bagi {row.regency.name}"
        seq = told.pop((row.regency_id, answer, row.reason, row.by.get_username(), row.at), None)
        opening.hold(seq is not None, what, seq, why=UNTOLD)
        if row.withdrawn_at is not None and withdrawn.pop((row.regency_id, row.withdrawn_at), None) is None:
            opening.fail(what, NOT_WITHDRAWN)
        by = row.done_by.get_username() if row.done_by else None
        if row.done_at is not None and (row.regency_id, by, row.done_at) not in answered:
            opening.fail(what, "ditandai dilaksanakan tanpa tindakan yang melaksanakannya", seq)
    for seq in [*told.values(), *withdrawn.values()]:
        opening.fail(f"Usul jawaban pada tahap {stage.name}", GONE, seq)


def _is_answered_in(act: Act, row: Nomination) -> bool:
    if act.body.get("by_bureau", False) != row.is_by_bureau:
        return False
    if row.participation_id:
        is_same = (
            act.body.get("entry") == row.participation.region_code and act.body.get("reason", "") == row.bureau_reason
        )
        return act.type == "nominee.set" and is_same
    return act.type == "nominee.decline" and act.body["reason"] == row.declined_reason


def _open_minutes(opening, stage, row: Nomination, act: Act | None) -> None:
    """A regency's minutes: their number as given or corrected last, and the file that the last upload names, byte for byte."""
    what, place = f"Berita acara {row.regency.name}", {"stage": stage.code, "regency": row.regency_id}
    corrected, correction = opening.last("minutes.correct", **place)
    if act is not None and "minutes" in act.body:
        is_later = corrected is not None and corrected > act.seq
        number = correction["to"] if is_later else act.body["minutes"]
        opening.hold(
            number == row.minutes_number, f"Nomor {what[0].lower()}{what[1:]}", corrected if is_later else act.seq
        )
    uploaded, upload = opening.last("minutes.upload", **place)
    if row.minutes_id is None and (uploaded is None or act is None or uploaded < act.seq):
        return
    if opening.hold(upload is not None and upload["sha256"] == row.minutes_id, what, uploaded):
        opening.open_file(states_of([row.minutes])[row.minutes_id], what, None)
