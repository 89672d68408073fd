"""A paper's way held against its lines: printed for whom, scanned, settled, objected to, withdrawn and why."""

from collections import defaultdict

from sp2k.base.wording import instant_in_words
from sp2k.editions.models import Stage
from sp2k.journal.opening import CHANGED, GONE, NOT_VOIDED, OTHER_ACT, UNTOLD, Opening, open_lines
from sp2k.judging.contents import paper_content, settlement_content
from sp2k.judging.models import PaperSheet
from sp2k.judging.readings import state_now

PRINTED, SCANNED, SETTLED, OBJECTED, WITHDRAWN = "paper.print", "paper.scan", "paper.settle", "paper.object", "paper.withdraw"
CONFIRMED, ERASED = "paper.confirm", "paper.erase"
# why a blank that was never used is withdrawn when its duty is printed anew
PLAN_CHANGED, HOLDER_CHANGED = "Rencana kunjungan berubah.", "Kursi berganti orang."


def open_paper_acts(opening: Opening, stage: Stage) -> None:
    """Hold every paper of a stage against the lines about it; those written before they named papers tell nothing of one."""
    rows = PaperSheet.objects.filter(assignment__participation__stage=stage)
    rows = rows.select_related("assignment__seat", "assignment__participation__entry", "juror", "printed_by", "scan",
                               "assignment__participation__stage__instrument")  # fmt: skip
    papers = list(rows.order_by("pk").prefetch_related("settlements__by", "typings"))
    _hold_prints(opening, stage, papers)
    last = {
        kind: {body["code"]: (seq, body) for seq, body in opening.entries(kind, stage=stage.code) if "code" in body}
        for kind in (SCANNED, OBJECTED, WITHDRAWN, CONFIRMED)
    }
    prints = {opening.replayed.acts[seq][1] for seq, body in opening.entries(PRINTED, stage=stage.code) if body["withdrawn"]}
    settled = {
        (body["code"], body["rev"], opening.replayed.acts[seq][1]): seq
        for seq, body in opening.entries(SETTLED, stage=stage.code)
        if "code" in body
    }
    is_named = any("code" in body for _seq, body in opening.entries(PRINTED, WITHDRAWN, stage=stage.code))
    for paper in papers:
        what = f"Kertas {paper}"
        _hold_scan(opening, paper, what, *last[SCANNED].get(paper.code, (None, {})))
        _hold_objection(opening, paper, what, *last[OBJECTED].get(paper.code, (None, {})))
        _hold_state(opening, paper, what, last[CONFIRMED].get(paper.code, (None, {}))[0])
        _hold_erasures(opening, paper, what, stage)
        if is_named:
            _hold_withdrawal(opening, paper, what, last[WITHDRAWN].get(paper.code, (None, {}))[0], prints)
        _hold_settlements(opening, paper, what, settled)
    for (code, *_said), seq in settled.items():
        opening.fail(f"Penyelesaian beda ketikan kertas {code}", GONE, seq)


def confirmed_papers(opening: Opening, stage: Stage) -> set[int]:
    """Return the keys of the papers that their jurors confirmed: those of which a line says so, whatever a row says of itself.

    Lines from before entry version 2 name no paper; there as many are taken for confirmed as such lines tell of.
    """
    told = [body.get("code") for _seq, body in opening.entries(CONFIRMED, stage=stage.code)]
    rows = PaperSheet.objects.filter(assignment__participation__stage=stage, state=PaperSheet.State.CONFIRMED)
    rows = list(rows.order_by("confirmed_at", "pk").values_list("pk", "code"))
    unnamed = [pk for pk, code in rows if code not in told][: told.count(None)]
    return {pk for pk, code in rows if code in told} | set(unnamed)


def require_scan(paper: PaperSheet) -> None:
    """Refuse to show a scan of a paper that is not the one which was attached last."""
    opening = open_lines(paper.edition.chain_id, (SCANNED,))
    scans = {body["code"]: (seq, body) for seq, body in opening.entries(SCANNED) if "code" in body}
    _hold_scan(opening, paper, f"Kertas {paper}", *scans.get(paper.code, (None, {})))
    opening.refuse_to_show()


def _hold_prints(opening, stage, papers: list[PaperSheet]) -> None:
    """The blanks of one printing are those that its line seals: each code for which duty, for whom, with which claims."""
    by_act: dict[tuple, list[PaperSheet]] = defaultdict(list)
    for paper in papers:
        by_act[paper.printed_at, str(paper.kind)].append(paper)
    for seq, body in opening.entries(PRINTED, stage=stage.code):
        rows = by_act[opening.replayed.acts[seq][1], body["kind"]]
        made, rows[:] = rows[: body["new"]], rows[body["new"] :]  # two printings of one instant follow one another
        if {paper.printed_by.get_username() for paper in made} - {opening.replayed.acts[seq][0]}:
            opening.fail(f"Kertas tahap {stage.name}", OTHER_ACT, seq)
        if body["new"]:
            opening.open_line(seq, [paper_content(paper) for paper in sorted(made, key=_code)], f"Kertas tahap {stage.name}")
    for rows in filter(None, by_act.values()):
        opening.fail(f"Kertas {rows[0]}", UNTOLD)


def _hold_scan(opening, paper, what, seq, body) -> None:
    if seq is not None or paper.scan_id is not None:
        opening.hold(body.get("sha256") == paper.scan_id, f"Pindaian {what[0].lower()}{what[1:]}", seq)


def _hold_objection(opening, paper, what, seq, body) -> None:
    what = f"Keberatan atas {what[0].lower()}{what[1:]}"
    if seq is not None:
        opening.hold(opening.seals(seq, {"reason": paper.objection}, key="why") and body["rev"] == paper.reading, what, seq)
    elif (paper.objection or paper.reading > 1) and not any("code" not in said for _seq, said in opening.entries(OBJECTED)):
        opening.fail(what, UNTOLD)


def _hold_withdrawal(opening, paper, what, seq, prints) -> None:
    is_withdrawn = paper.state == PaperSheet.State.WITHDRAWN
    if seq is None:
        is_replaced = paper.withdrawn_at in prints and paper.withdrawn_reason in {PLAN_CHANGED, HOLDER_CHANGED}
        if not is_replaced if is_withdrawn else (paper.withdrawn_at or paper.withdrawn_reason):
            opening.fail(what, NOT_VOIDED)
    elif not is_withdrawn:
        opening.fail(what, "pembatalannya dihapus", seq)
    else:
        at = opening.replayed.acts[seq][1]
        holds = paper.withdrawn_at == at and opening.seals(seq, {"reason": paper.withdrawn_reason}, key="why")
        opening.hold(holds, f"Penarikan {what[0].lower()}{what[1:]}", seq)


def _hold_state(opening, paper, what, confirmed) -> None:
    """A paper is in the state that follows from its typings and scan, or confirmed when its juror did so."""
    since = None if confirmed is None else opening.replayed.acts[confirmed][1]
    if confirmed is None and paper.state == PaperSheet.State.CONFIRMED:
        since = paper.confirmed_at  # by a line from before they named papers
    states, is_given_again = {state_now(paper)}, paper.scan_id in {row["sidik"] for row in paper.erased_scans}
    if is_given_again and PaperSheet.State.WAITING in states:  # with another paper, after it was erased from this one
        states.add(PaperSheet.State.AGREED)
    if paper.confirmed_at != since or paper.state not in states:
        opening.fail(what, "keadaannya tidak mengikuti ketikan, pindaian, dan konfirmasinya", confirmed)


def _hold_erasures(opening, paper, what, stage: Stage) -> None:
    """What a paper tells of its erased scans: one for each line that erased one; of older lines no reason is sealed."""
    told, what = defaultdict(list), f"Penghapusan pindaian {what[0].lower()}{what[1:]}"
    for seq, body in opening.entries(ERASED, stage=stage.code):
        told[body["sha256"]].append((seq, body))
    for row in paper.erased_scans:
        seq, _body = next(((seq, body) for seq, body in told[row["sidik"]] if opening.seals(seq, row, key="why")), (None, {}))
        at = "" if seq is None else instant_in_words(opening.replayed.acts[seq][1], stage.edition.zone)
        opening.hold(row["pada"] == at, what, seq, why=CHANGED)
    named = [seq for lines in told.values() for seq, body in lines if body.get("code") == paper.code]
    if len(named) > len(paper.erased_scans):
        opening.fail(what, GONE, named[-1])


def _hold_settlements(opening, paper, what, settled) -> None:
    """What a third look settled; what the juror filled in at the confirmation is sealed by that."""
    is_unnamed = any("code" not in body for _seq, body in opening.entries(SETTLED))
    by_act: dict[tuple, list] = defaultdict(list)
    for row in paper.settlements.all():
        by_act[paper.code, row.reading, row.at].append(row)
    for key, rows in by_act.items():
        seq = settled.pop(key, None)
        who = {row.by.get_username() for row in rows}
        if seq is not None:
            is_theirs = who == {opening.replayed.acts[seq][0]}
            opening.hold(is_theirs and opening.seals(seq, settlement_content(rows)), what, seq, why=CHANGED)
        elif not is_unnamed and (key[2], {row.by_id for row in rows}) != (paper.confirmed_at, {paper.juror_id}):
            opening.fail(f"Penyelesaian beda ketikan {what[0].lower()}{what[1:]}", UNTOLD)


def _code(paper) -> str:
    return paper.code
