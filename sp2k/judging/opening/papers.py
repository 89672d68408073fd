"""A paper's way held against its lines: printed for whom, scanned, settled, objected to, withdrawn and why."""

from collections import defaultdict

from sp2k.editions.models import Stage
from sp2k.journal.opening import CHANGED, GONE, NOT_VOIDED, UNTOLD, Opening, open_lines
from sp2k.judging.contents import paper_content, settlement_content
from sp2k.judging.models import PaperSheet

PRINTED, SCANNED, SETTLED, OBJECTED, WITHDRAWN = "paper.print", "paper.scan", "paper.settle", "paper.object", "paper.withdraw"
CONFIRMED = "paper.confirm"


def open_paper_acts(opening: Opening, stage: Stage) -> None:
    """Hold every paper of a stage against the lines about it; those written before they named papers tell nothing of one."""
    rows = PaperSheet.objects.filter(assignment__participation__stage=stage)
    rows = rows.select_related("assignment__seat", "assignment__participation__entry", "juror").order_by("pk")
    papers = list(rows.prefetch_related("settlements"))
    _hold_prints(opening, stage, papers)
    last = {
        kind: {body["code"]: (seq, body) for seq, body in opening.entries(kind, stage=stage.code) if "code" in body}
        for kind in (SCANNED, OBJECTED, WITHDRAWN)
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
        opening.hold(opening.seals(seq, {"reason": paper.objection}, key="why") and body["rev"] <= paper.reading, what, seq)
    elif paper.objection and not any("code" not in said for _seq, said in opening.entries(OBJECTED)):
        opening.fail(what, UNTOLD)


def _hold_withdrawal(opening, paper, what, seq, prints) -> None:
    is_withdrawn = paper.state == PaperSheet.State.WITHDRAWN
    if seq is None:
        if is_withdrawn and paper.withdrawn_at not in prints:
            opening.fail(what, NOT_VOIDED)
    elif not is_withdrawn:
        opening.fail(what, "pembatalannya dihapus", seq)
    else:
        at = opening.replayed.acts[seq][1]
        holds = paper.withdrawn_at == at and opening.seals(seq, {"reason": paper.withdrawn_reason}, key="why")
        opening.hold(holds, f"Penarikan {what[0].lower()}{what[1:]}", seq)


def _hold_settlements(opening, paper, what, settled) -> None:
    """What a third look settled; what the juror filled in at the confirmation is sealed by that."""
    by_act: dict[tuple, list] = defaultdict(list)
    for row in paper.settlements.all():
        by_act[paper.code, row.reading, row.at].append(row)
    for key, rows in by_act.items():
        seq = settled.pop(key, None)
        if seq is not None:
            opening.hold(opening.seals(seq, settlement_content(rows)), what, seq, why=CHANGED)


def _code(paper) -> str:
    return paper.code
