"""A panel's room held against its lines: the sessions, the order drawn from a seed, and each turn that follows of both."""

from dataclasses import dataclass, field

from sp2k.editions.models import Stage
from sp2k.journal.opening import GONE, UNTOLD, Opening, open_lines
from sp2k.judging.contents import session_content
from sp2k.judging.models import Draw, Session, Slot
from sp2k.judging.planning.order import METHOD, drawn_order

SET, DRAWN, SWAPPED = "schedule.set", "order.draw", "order.swap"


@dataclass
class _Told:
    """The room as the lines tell it: sessions by position, the last draw, and the order as it stands since `changed`."""

    sessions: dict[int, tuple[int, dict]] = field(default_factory=dict)
    draw: tuple[int, dict] | None = None
    order: list[str] = field(default_factory=list)
    changed: int | None = None


def open_schedule(opening: Opening, stage: Stage) -> None:
    """Hold the sessions of a stage, the draw of its order with the seed, and every turn."""
    told = _told(opening, stage)
    sessions = list(Session.objects.filter(stage=stage).order_by("starts_at", "position"))
    for session in sessions:
        session.stage = stage
        seq, body = told.sessions.pop(session.position, (None, {}))
        kept = session_content(session)
        holds = {key: body.get(key) for key in kept} == kept
        what = f"Sesi {session.position} tahap {stage.name}"
        opening.hold(holds, what, seq) if seq is not None else opening.fail(what, UNTOLD)
    for position, (seq, _body) in told.sessions.items():
        opening.fail(f"Sesi {position} tahap {stage.name}", GONE, seq)
    _hold_draw(opening, stage, told)
    _hold_turns(opening, stage, told, sessions)


def require_schedule(stage: Stage) -> None:
    """Refuse to show a schedule that is not the one its lines tell, or a seed that did not draw its order."""
    _opened_schedule(stage).refuse_to_show()


def is_schedule_told(stage: Stage) -> bool:
    """Whether a schedule is the one its lines tell: what a list asks that shows it beside other things."""
    return _opened_schedule(stage).is_whole


def _opened_schedule(stage: Stage) -> Opening:
    opening = open_lines(stage.edition.chain_id, (SET, DRAWN, SWAPPED))
    open_schedule(opening, stage)
    return opening


def _told(opening: Opening, stage: Stage) -> _Told:
    told = _Told()
    for seq, body in opening.entries(SET, DRAWN, SWAPPED, stage=stage.code):
        kind, told.changed = opening.replayed.entries[seq]["type"], seq
        if kind == DRAWN:
            told.draw, told.order = (seq, body), list(body["order"])
        elif kind == SWAPPED:
            first, second = body["entries"]
            other = {first: second, second: first}
            told.order = [other.get(code, code) for code in told.order]
        else:
            order = list(body.get("order", told.order))
            if order[: len(told.order)] != told.order:  # whoever entered after the draw comes last, and nobody else moves
                opening.fail(f"Urutan tahap {stage.name}", "diubah oleh perubahan sesi, tanpa undian atau pertukaran", seq)
            told.order = order
            if body.get("removed"):
                told.sessions.pop(body["session"], None)
            else:
                told.sessions[body["session"]] = seq, body
    return told


def _hold_draw(opening: Opening, stage: Stage, told: _Told) -> None:
    draw, what = Draw.objects.filter(stage=stage).select_related("by").first(), f"Undian urutan tahap {stage.name}"
    if told.draw is None:
        if draw is not None:
            opening.fail(what, UNTOLD)
        return
    seq, body = told.draw
    if draw is None:
        opening.fail(what, GONE, seq)
    elif opening.hold((draw.seed, draw.method, draw.reason) == (body["seed"], body["method"], body["reason"]), what, seq):
        opening.hold_act(draw, what, seq)
    if body["method"] == METHOD and drawn_order(body["seed"], body["order"]) != body["order"]:
        opening.fail(what, "urutannya tidak mengikuti benihnya", seq)


def _hold_turns(opening: Opening, stage: Stage, told: _Told, sessions: list[Session]) -> None:
    """Each turn is where the order and the sessions put it; who entered after the draw comes last, whatever the order."""
    rows = {row.participation.region_code: row for row in _turns(stage)}
    places = ((session, turn) for session in sessions for turn in range(1, session.capacity + 1))
    late = [code for code in rows if code not in told.order]
    due = {
        code: (n, session.pk, session.starts_of(turn))
        for n, (code, (session, turn)) in enumerate(zip([*told.order, *late], places, strict=False), start=1)
    }
    for code, row in rows.items():
        what = f"Giliran {row.participation.entry} pada tahap {stage.name}"
        if told.draw is None:
            opening.fail(what, UNTOLD)
        else:
            opening.hold((row.position, row.session_id, row.starts_at) == due.get(code), what, told.changed)
    for code in told.order:
        if code not in rows:
            opening.fail(f"Giliran {code} pada tahap {stage.name}", GONE, told.changed)


def _turns(stage: Stage):
    return Slot.objects.filter(session__stage=stage).select_related("participation__entry").order_by("position")
