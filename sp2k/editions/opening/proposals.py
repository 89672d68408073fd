"""What others were asked to agree to, held against its lines: moves of dates, replacements, early locks, a closing."""

from collections import defaultdict
from datetime import datetime

from sp2k.base.clock import has_passed
from sp2k.base.wording import instant_in_words
from sp2k.editions.file import EARLY_LOCK
from sp2k.editions.models import Edition, Move, Proposal
from sp2k.editions.queries import subject_of
from sp2k.journal.opening import GONE, UNTOLD, Opening

AT_ONCE = "stage.lock.early"  # where nobody else had to agree, the act itself is the only line
PROPOSED = {"abandon.propose": "tutup", "panel.propose": "panel", "stage.lock.propose": EARLY_LOCK, AT_ONCE: EARLY_LOCK}
# by which lines a proposal ends: carried out, and taken back or overtaken by another
CARRIED_OUT = {"tutup": ("edition.abandon",), "panel": ("panel.seat",), EARLY_LOCK: ("sheets.lock", AT_ONCE)}
GIVEN_UP = {
    "tutup": ("abandon.withdraw",), "panel": ("panel.withdraw", "panel.propose", "panel.seat"),
    EARLY_LOCK: ("stage.lock.withdraw", "stage.lock.propose", "sheets.lock", AT_ONCE),
}  # fmt: skip
WITHDRAWN = {"abandon.withdraw": "tutup", "panel.withdraw": "panel", "stage.lock.withdraw": EARLY_LOCK}
ABOUT = {"tutup": (), "panel": ("stage", "seat"), EARLY_LOCK: ("stage",)}  # with what the subject of a proposal begins
ENDED_UNTOLD = "ditandai selesai atau ditarik tanpa tindakan yang melakukannya"


def open_moves(opening: Opening, edition: Edition) -> None:
    """Hold each move of dates that was asked for: to when and why, and when it was carried out or taken back."""
    told = defaultdict(list)
    for seq, _body in opening.entries("deadline.propose"):
        told[opening.replayed.acts[seq]].append(seq)
    withdrawn = _withdrawn_moves(opening)
    for row in edition.moves.select_related("by", "stage").order_by("pk"):
        row.edition, what = edition, f"Usul pemindahan {row.stage.name if row.stage else 'pengumuman'}"
        lines = told[row.by.get_username(), row.at]
        if not lines:
            opening.fail(what, UNTOLD)
        elif opening.open_line(seq := lines.pop(0), move_content(row), what):
            is_told = row.withdrawn_at == withdrawn.get(seq) and _is_carried_out_so(opening, row, seq)
            opening.hold(is_told, what, seq, why=ENDED_UNTOLD)
        if row.stage is None and (row.opens_at or row.checks_until):
            opening.fail(what, "menyebut waktu yang tidak dimiliki pengumuman")
    for lines in told.values():
        for seq in lines:
            opening.fail("Sebuah usul pemindahan", GONE, seq)


def _withdrawn_moves(opening) -> dict[int, datetime]:
    """{line that asked for a move: when it was taken back}: of what is asked twice only the last one still waits."""
    asked, found = {}, {}
    for seq, body in opening.entries("deadline.propose", "deadline.withdraw"):
        if opening.replayed.entries[seq]["type"] == "deadline.propose":
            asked[body["subject"]] = seq
        elif body["subject"] in asked:
            found[asked[body["subject"]]] = opening.replayed.acts[seq][1]
    return found


def _is_carried_out_so(opening, row: Move, asked: int) -> bool:
    """Whether a move was carried out when a line says so; of one that waits no line moved to its dates for its reason."""
    dates = (row.closes_at,) if row.stage is None else (row.opens_at, row.closes_at, row.checks_until)
    said = {
        "stage": row.stage.code if row.stage else "pengumuman", "reason": row.reason,
        "to": [instant_in_words(at, row.edition.zone) for at in dates if at],
    }  # fmt: skip
    moved = [opening.replayed.acts[seq][1] for seq, body in opening.entries("deadline.extend")
             if seq > asked and said.items() <= body.items()]  # fmt: skip
    if row.done_at is None:
        return row.withdrawn_at is not None or not moved
    return row.done_at in moved


def move_content(move) -> dict:
    """Return what is sealed of a move that is asked for: what is moved to when, whether despite a closed day, and why."""
    return {"subject": subject_of(move), "despite": move.despite_closed_day, "reason": move.reason}


def open_proposals(opening: Opening, edition: Edition) -> None:
    """Hold what others were asked to agree to, as they read it; and that it was withdrawn exactly where a line says so."""
    told = defaultdict(list)
    for seq, body in opening.entries(*PROPOSED):
        kind, (person, at) = opening.replayed.entries[seq]["type"], opening.replayed.acts[seq]
        told[PROPOSED[kind], person, at, body["reason"]].append(seq)
    withdrawn = defaultdict(set)
    for row in edition.proposals.select_related("by").order_by("pk"):
        lines, what = told[row.act, row.by.get_username(), row.at, row.reason], f"Usul: {row.about}"
        withdrawn[row.act].add(row.withdrawn_at)
        if lines:
            if opening.open_line(seq := lines.pop(0), proposal_content(row), what):
                opening.hold(_has_ended_so(opening, row, seq), what, seq, why=ENDED_UNTOLD)
        elif row.act in PROPOSED.values():
            opening.fail(what, UNTOLD)
    for (act, *_said), lines in told.items():
        for seq in lines:
            if opening.replayed.entries[seq]["type"] != AT_ONCE:
                opening.fail(f"Sebuah usul ({act})", GONE, seq)
    for kind, act in WITHDRAWN.items():
        for seq, _body in opening.entries(kind):
            if opening.replayed.acts[seq][1] not in withdrawn[act]:
                opening.fail(f"Sebuah usul ({act})", "penarikannya dihapus", seq)


def _has_ended_so(opening, row: Proposal, asked: int) -> bool:
    """Whether a proposal was carried out or withdrawn when a line of that act was written; one that waits by none."""
    if row.done_at is None and row.withdrawn_at is None:
        return not _is_past(opening, row, asked)
    acts, overtaken = opening.replayed.acts, next(iter(_asked_anew(opening, row, asked)), None)
    carried = [seq for seq in _endings(opening, row, asked, CARRIED_OUT[row.act]) if overtaken is None or seq < overtaken]
    done, taken = {acts[seq][1] for seq in carried}, {acts[seq][1] for seq in _endings(opening, row, asked, GIVEN_UP[row.act])}
    if row.act == EARLY_LOCK and any(opening.replayed.entries[seq]["type"] == AT_ONCE for seq in carried):
        return row.done_at in done and row.withdrawn_at is None  # an early lock carries out the one that was asked last
    if row.act == EARLY_LOCK and row.done_at is not None and _was_over(row):
        return False  # what was locked after its deadline was locked as usual, and the proposal lapsed with that
    return row.done_at in {None, *done} and row.withdrawn_at in {None, *taken}


def _was_over(row: Proposal) -> bool:
    stage = row.edition.stages.filter(code=row.subject.partition(" ")[0]).first()
    return stage is not None and has_passed(stage.ends_at, row.done_at)


def _is_past(opening, row: Proposal, asked: int) -> bool:
    """Whether a line after the one that asked ended whatever waited of this kind: for the same seat, stage or edition."""
    return bool(_endings(opening, row, asked, (*CARRIED_OUT[row.act], *GIVEN_UP[row.act])))


def _asked_anew(opening, row: Proposal, asked: int) -> list[int]:
    """The later lines that asked for the same: from the first of them on, nothing carries out what was asked before."""
    return _endings(opening, row, asked, [type for type, act in PROPOSED.items() if act == row.act and type != AT_ONCE])


def _endings(opening, row: Proposal, asked: int, types) -> list[int]:
    """The lines of these types after the one that asked, about the same seat, stage or edition."""
    about = list(zip(ABOUT[row.act], row.subject.split(), strict=False))
    return [
        seq for seq, body in opening.entries(*types) if seq > asked and all(body[key] == said for key, said in about)
    ]


def proposal_content(proposal) -> dict:
    """Return what is sealed of a proposal: about what, in the very words that whoever agrees reads, and why."""
    return {"subject": proposal.subject, "about": proposal.about, "reason": proposal.reason}
