"""Holding the answers of regencies, their minutes, and what was proposed for silent ones, against the journal."""

from collections import defaultdict
from collections.abc import Iterator

from sp2k.base.blobs import states_of
from sp2k.editions.models import Stage
from sp2k.editions.opening.dates_then import DatesThen
from sp2k.journal.opening import GONE, UNTOLD, Opening, open_lines
from sp2k.results.models import Nomination
from sp2k.results.opening.acts import NOT_WITHDRAWN, Act, acts_of, by_name, hold_withdrawal, paired


def open_nominations(opening: Opening, stage: Stage) -> None:
    """Hold each answer of a regency, and the number and file of its minutes, against the lines that gave them."""
    rows = (
        Nomination.every.filter(stage=stage).select_related("participation__entry", "regency", "minutes").order_by("pk")
    )
    for answer, act, until in _open_answers(opening, stage, rows):
        _open_minutes(opening, stage, answer, act, until)
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
    """Hold the answers of each regency; yield each with the act that gave it, and the line of the next one, if any."""
    for regency, answers in by_name(rows, "regency_id").items():
        what = f"Jawaban {answers[0].regency.name}"
        acts = acts_of(opening, stage, regency, ("nominee.set", "nominee.decline"), "nominee.revoke")
        until = [*(act.seq for act in acts[1:]), None]
        for n, (row, act) in enumerate(paired(opening, answers, acts, what)):
            if opening.hold(_is_answered_in(act, row), what, act.seq) and opening.hold_act(row, what, act.seq):
                hold_withdrawal(opening, row, act, what)
            yield row, act, until[n]


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
    of_bureau = _answered_after_the_deadline(opening, stage)
    for row in stage.silent_answers.select_related("by", "done_by", "regency"):
        answer, what = "tidak-ikut" if row.is_declining else "calon", f"Usul jawaban bagi {row.regency.name}"
        seq = told.pop((row.regency_id, answer, row.reason, row.by.get_username(), row.at), None)
        opening.hold(seq is not None, what, seq, why=UNTOLD)
        if row.withdrawn_at is not None and withdrawn.pop((row.regency_id, row.withdrawn_at), None) is None:
            opening.fail(what, NOT_WITHDRAWN)
        by = row.done_by.get_username() if row.done_by else None
        if (by or row.done_at) and (row.regency_id, by, row.done_at) not in answered:
            opening.fail(what, "ditandai dilaksanakan tanpa tindakan yang melaksanakannya", seq)
        is_open = row.done_at is None and row.withdrawn_at is None
        if is_open and seq is not None and any(done > seq for done in of_bureau[row.regency_id]):
            opening.fail(what, "pelaksanaannya dihapus", seq)
    for seq in [*told.values(), *withdrawn.values()]:
        opening.fail(f"Usul jawaban pada tahap {stage.name}", GONE, seq)


def _answered_after_the_deadline(opening, stage) -> dict[str, list[int]]:
    """{regency: lines by which the bureau answered in its place}: each carried out a proposal where one was open."""
    found, dates = defaultdict(list), DatesThen(opening, stage)
    for seq, body in opening.entries("nominee.set", "nominee.decline", stage=stage.code):
        if body.get("by_bureau") and dates.is_over(seq, opening.replayed.acts[seq][1]):
            found[body["regency"]].append(seq)
    return found


def _is_answered_in(act: Act, row: Nomination) -> bool:
    if act.body.get("by_bureau", False) != row.is_by_bureau:
        return False
    said = act.body.get("reason", "")
    if row.participation_id:
        is_same = act.body.get("entry") == row.participation.region_code
        return act.type == "nominee.set" and is_same and (said, "") == (row.bureau_reason, row.declined_reason)
    return act.type == "nominee.decline" and ("", said) == (row.bureau_reason, row.declined_reason)


def _open_minutes(opening, stage, row: Nomination, act: Act, until: int | None) -> None:
    """An answer's minutes: their number as given or corrected last, and the file that the last upload names, byte for byte.

    `until` is the line of the answer after it: what was corrected or uploaded from there on is of that one.
    """
    what = f"Berita acara {row.regency.name}"
    told = [
        (seq, body)
        for seq, body in opening.entries("minutes.correct", "minutes.upload", stage=stage.code)
        if body["regency"] == row.regency_id and act.seq < seq and (until is None or seq < until)
    ]
    corrected, number = next(((seq, body["to"]) for seq, body in reversed(told) if "to" in body), (act.seq, None))
    if number is None:
        number = act.body.get("minutes", "" if act.type == "nominee.decline" else row.minutes_number)
    opening.hold(number == row.minutes_number, f"Nomor {what[0].lower()}{what[1:]}", corrected)
    uploaded, sha256 = next(((seq, body["sha256"]) for seq, body in reversed(told) if "sha256" in body), (None, None))
    if (row.minutes_id or sha256) and opening.hold(sha256 == row.minutes_id, what, uploaded):
        opening.open_file(states_of([row.minutes])[row.minutes_id], what, None)
