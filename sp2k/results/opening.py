"""Holding frozen counts, places, nominations, titles and decisions against the journal; and all that a lock rests on."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC

from sp2k.base.blobs import states_of
from sp2k.base.exactyaml import load
from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries.opening import open_instruments, open_rules
from sp2k.entries.queries.innovations import open_innovations
from sp2k.entries.queries.opening import open_entrants, open_forms
from sp2k.journal.opening import CHANGED, GONE, OTHER_ACT, UNTOLD, Opening, open_chain_of, open_lines
from sp2k.judging.queries.opening import open_panel
from sp2k.results.bridge import marks_of_stage
from sp2k.results.frozen import FROZEN, hash_of_places, input_hash, tally_content
from sp2k.results.models import Advancement, Award, Decision, FrozenTally, LotDraw, Nomination, TieRuling, TieVote
from sp2k.results.queries import result_content
from sp2k.results.ties.lots import draw_content
from sp2k.results.ties.sealing import ruling_content
from sp2k.tally.count import count
from sp2k.tally.sheets import MarkLines
from sp2k.tally.stage_rules import read_stage_rules
from sp2k.tally.tables import places_lines, sheets_lines
from sp2k.tally.trace import trace_lines

NOT_WITHDRAWN = "ditandai ditarik kembali tanpa tindakan yang menariknya"
OTHER_INPUT = "tidak sama dengan nilai yang diberikan"


def opened_stage(stage: Stage) -> Opening:
    """Hold against the journal all that a stage's lock or count rests on: rules, entrants, what was given, what is carried."""
    opening = open_chain_of(stage.edition.chain_id)
    open_rules(opening, stage.edition)
    open_instruments(opening, stage.edition)
    open_innovations(opening, stage.edition)
    open_stage(opening, stage)
    carried = (stage.rules.get("bawaan") or {}).get("tahap")
    for source in stage.edition.stages.filter(code=carried):
        open_tallies(opening, source)
        open_rulings(opening, source)
    return opening


def opened_edition(edition: Edition, *, kept=()) -> Opening:
    """Hold everything of an edition against its journal; `kept` are heads that documents and texts have noted."""
    opening = open_chain_of(edition.chain_id, kept=kept)
    open_rules(opening, edition)
    open_instruments(opening, edition)
    open_innovations(opening, edition)
    for stage in edition.stages.select_related("instrument"):
        stage.edition = edition
        open_stage(opening, stage)
        open_tallies(opening, stage)
        open_rulings(opening, stage)
        open_advancement(opening, stage)
    open_decision(opening, edition)
    return opening


def open_stage(opening: Opening, stage: Stage) -> None:
    """Hold what was given at one stage, its entrants, and the seed of its lot."""
    open_entrants(opening, stage)
    open_lots(opening, stage)
    if stage.kind == Stage.Kind.FILLING:
        open_forms(opening, stage)
    elif stage.kind == Stage.Kind.SELECTION:
        open_nominations(opening, stage)
    else:
        open_panel(opening, stage)


def open_tallies(opening: Opening, stage: Stage) -> None:
    """Hold every frozen count of a stage, and its places, against the line that froze it; those taken back as well."""
    frozen = FrozenTally.every.filter(stage=stage).select_related("stage__edition").order_by("pk")
    for scope, tallies in _by(frozen, "scope").items():
        what = f"Hitungan beku tahap {stage.name}{f', {scope}' if scope else ''}"
        told = _acts(opening, stage, scope, FROZEN, "ranking.revoke")
        for tally, act in _paired(opening, tallies, told, what):
            if opening.hold(_is_frozen_in(opening, act.seq, tally), what, act.seq) and opening.hold_act(tally, what, act.seq):
                _hold_withdrawal(opening, tally, act, what)
                _hold_input(opening, tally, act, what)
    named = [("tally.frozen", f"Hitungan beku tahap {stage.name}"), ("regency.rank", "Peringkat sebuah kabupaten/kota")]
    opening.expect_met(named, stage=stage.code)


def _hold_input(opening, tally, act, what) -> None:
    """What was counted is what was given: the frozen marks are written anew from the rows.

    Only while nothing is at fault: a row that was changed is named itself, and once is enough.
    """
    if act.revoked is None and opening.is_whole:
        marks = sheets_lines(marks_of_stage(tally.stage, scope=tally.scope), is_sample=tally.stage.edition.is_sample)
        opening.hold("".join(marks) == tally.sheets, f"Masukan {what[0].lower()}{what[1:]}", act.seq, why=OTHER_INPUT)


@dataclass
class _Act:
    """A line that counted or answered for a regency, and the line that took it back, if any."""

    seq: int
    type: str
    body: dict
    revoked: int | None = None


def _acts(opening, stage, regency: str, types, revoking: str) -> list[_Act]:
    """The acts of a regency (or of the stage itself) in the order of the journal."""
    acts: list[_Act] = []
    for seq, body in opening.entries(*types, revoking, stage=stage.code):
        if body.get("regency", "") != regency:
            continue
        kind = opening.replayed.entries[seq]["type"]
        if kind != revoking:
            acts.append(_Act(seq, kind, body))
        elif acts:
            acts[-1].revoked = seq
    return acts


def _paired(opening, rows, acts: list[_Act], what) -> Iterator[tuple]:
    """Each row with the act that made it, both in their order; a row too many is one that no line tells of."""
    for n, row in enumerate(rows):
        if n < len(acts):
            yield row, acts[n]
        else:
            opening.fail(what, UNTOLD)


def _hold_withdrawal(opening, row, act: _Act, what) -> None:
    if (row.withdrawn_at is not None) != (act.revoked is not None):
        why = NOT_WITHDRAWN if row.withdrawn_at else "penarikannya kembali dihapus"
        opening.fail(what, why, act.revoked)
    elif act.revoked is None:
        if row.withdrawn_reason or row.withdrawn_by_id or row.is_withdrawn_by_bureau:
            opening.fail(what, NOT_WITHDRAWN)
    else:
        said = opening.replayed.entries[act.revoked]["body"]
        is_same = (said["reason"], said["by_bureau"]) == (row.withdrawn_reason, row.is_withdrawn_by_bureau)
        if opening.hold(is_same, f"Penarikan kembali: {what}", act.revoked):
            _hold_second(opening, row.withdrawn_by, row.withdrawn_at, f"Penarikan kembali: {what}", act.revoked)


def _hold_second(opening, by, at, what, seq: int) -> None:
    """Hold who did the further act on a row, and when."""
    if (by and by.get_username(), at) != opening.replayed.acts[seq]:
        opening.fail(what, OTHER_ACT, seq)


def _by(rows, name: str) -> dict[str, list]:
    found: dict[str, list] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found


def _is_frozen_in(opening, seq, tally) -> bool:
    body = opening.replayed.entries[seq]["body"]
    if {body["input"]} != {tally.input_hash, input_hash(tally.rules, tally.sheets)}:
        return False
    if "c" in body:
        return opening.seals(seq, tally_content(tally)) and opening.seals(seq, hash_of_places(tally), key="rows")
    return _is_recounted(tally)  # frozen before entry version 2, which seals what came out


def _is_recounted(tally) -> bool:
    """Whether counting the frozen input again gives the frozen output and the places."""
    counted = count(read_stage_rules(load(tally.rules, name="rules.yaml")), MarkLines(tally.sheets.splitlines(True)))
    kept = dict(tally.placements.values_list("participation__entry__region_id", "total"))
    return (
        tally.places == "".join(places_lines(counted))
        and tally.trace == "".join(trace_lines(counted))
        and kept == {result.code: result.total_text for result in counted.results}
    )


def open_rulings(opening: Opening, stage: Stage) -> None:
    """Hold what was ruled where the chain had left a tie: the proposal, that it was ruled, that it was withdrawn."""
    for row in TieRuling.objects.filter(tally__stage=stage).select_related("tally__stage__edition").order_by("pk"):
        what = f"Putusan seri tahap {stage.name}, tempat {row.place}"
        if opening.open_row(("tie.propose",), row, ruling_content(row), what):
            withdrawn = row.withdrawn_at, None, row.withdrawn_reason
            _hold_states(opening, row, what, {"tie.rule": (row.ruled_at, row.ruled_by, None), "tie.withdraw": withdrawn})
    _open_votes(opening, stage)
    opening.expect_met([("tie.propose", "Putusan sebuah seri")], stage=stage.code)


def open_lots(opening: Opening, stage: Stage) -> None:
    """Hold what was announced of a lot, and each seed drawn with who was there, against the lines that tell of them."""
    told = list(opening.entries("lot.announce", stage=stage.code))
    what = f"Undian tahap {stage.name}"
    for n, lot in enumerate(stage.lots.order_by("pk")):
        seq, body = told[n] if n < len(told) else (None, {})
        said = (lot.source, lot.draws_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"), lot.reason)
        told_of = (body.get("source"), body.get("draws_at"), body.get("reason", ""))
        if opening.hold(told_of == said, what, seq, why=CHANGED if seq is not None else UNTOLD):
            opening.hold_act(lot, what, seq)
    for draw in LotDraw.objects.filter(lot__stage=stage).select_related("lot__stage__edition"):
        if opening.open_row(("lot.draw",), draw, draw_content(draw), what):
            returned = draw.returned_at, None, draw.returned_reason
            _hold_states(opening, draw, what, {"lot.sign": (draw.signed_at, draw.signed_by, None), "lot.return": returned})
    named = [("lot.announce", "Pengumuman sebuah undian"), ("lot.draw", "Penarikan sebuah undian")]
    opening.expect_met(named, stage=stage.code)


def _hold_states(opening, row, what, states: dict) -> None:
    """A row is in a state exactly where the line of that act, with its commitment, says so: since when, by whom and why."""
    for type, (since, by, reason) in states.items():
        seq = opening.line_of((type,), row.commitment)
        if (since is None) != (seq is None):
            opening.fail(what, "keadaannya tidak sama dengan yang dicatat jurnal", seq)
        elif seq is not None:
            person, at = opening.replayed.acts[seq]
            said = opening.replayed.entries[seq]["body"].get("reason", reason)
            if (at, person, said) != (since, by.get_username() if by else person, reason):
                opening.fail(what, "waktu, orang, atau alasannya tidak sama dengan yang dicatat jurnal", seq)
            elif reason is not None and not opening.seals(seq, {"reason": reason}, key="why"):
                opening.fail(what, "alasannya tidak sama dengan yang dicatat jurnal", seq)


def _open_votes(opening: Opening, stage: Stage) -> None:
    """Each voice on a proposed ruling is the one that was given, and none is missing."""
    told = {
        (body["c"], body["agrees"], *opening.replayed.acts[seq]): seq
        for seq, body in opening.entries("tie.vote", stage=stage.code)
    }
    what = f"Suara atas putusan seri tahap {stage.name}"
    for row in TieVote.objects.filter(ruling__tally__stage=stage).select_related("ruling", "by"):
        seq = told.pop((row.ruling.commitment, row.agrees, row.by.get_username(), row.at), None)
        opening.hold(seq is not None, what, seq, why=UNTOLD)
    for seq in told.values():
        opening.fail(what, GONE, seq)


def open_advancement(opening: Opening, stage: Stage) -> None:
    """Hold that a stage's entries have gone on: how many, by whom and when."""
    seq, body = opening.last("stage.advance", stage=stage.code)
    row, what = Advancement.objects.filter(stage=stage).first(), f"Lolosnya peserta tahap {stage.name}"
    if row is None or seq is None:
        if row is not None or seq is not None:
            opening.fail(what, GONE if row is None else UNTOLD, seq)
    elif opening.hold(row.n_through == body["n"], what, seq):
        opening.hold_act(row, what, seq)


def open_nominations(opening: Opening, stage: Stage) -> None:
    """Hold each answer of a regency, and the number and file of its minutes, against the lines that gave them."""
    rows = Nomination.every.filter(stage=stage).select_related("participation__entry", "regency", "minutes").order_by("pk")
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


def _open_answers(opening, stage, rows) -> Iterator[tuple]:
    """Hold the answers of each regency; yield its last with the act that gave it, None where no line tells of it."""
    for regency, answers in _by(rows, "regency_id").items():
        what = f"Jawaban {answers[0].regency.name}"
        acts = _acts(opening, stage, regency, ("nominee.set", "nominee.decline"), "nominee.revoke")
        for row, act in _paired(opening, answers, acts, what):
            if opening.hold(_is_answered_in(act, row), what, act.seq) and opening.hold_act(row, what, act.seq):
                _hold_withdrawal(opening, row, act, what)
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
    for row in stage.silent_answers.select_related("by", "regency"):
        answer, what = "tidak-ikut" if row.is_declining else "calon", f"Usul jawaban bagi {row.regency.name}"
        seq = told.pop((row.regency_id, answer, row.reason, row.by.get_username(), row.at), None)
        opening.hold(seq is not None, what, seq, why=UNTOLD)
        if row.withdrawn_at is not None and withdrawn.pop((row.regency_id, row.withdrawn_at), None) is None:
            opening.fail(what, NOT_WITHDRAWN)
    for seq in [*told.values(), *withdrawn.values()]:
        opening.fail(f"Usul jawaban pada tahap {stage.name}", GONE, seq)


def _is_answered_in(act: _Act, row: Nomination) -> bool:
    if act.body.get("by_bureau", False) != row.is_by_bureau:
        return False
    if row.participation_id:
        is_same = act.body.get("entry") == row.participation.region_code and act.body.get("reason", "") == row.bureau_reason
        return act.type == "nominee.set" and is_same
    return act.type == "nominee.decline" and act.body["reason"] == row.declined_reason


def _open_minutes(opening, stage, row: Nomination, act: _Act | None) -> None:
    """A regency's minutes: their number as given or corrected last, and the file that the last upload names, byte for byte."""
    what, place = f"Berita acara {row.regency.name}", {"stage": stage.code, "regency": row.regency_id}
    corrected, correction = opening.last("minutes.correct", **place)
    if act is not None and "minutes" in act.body:
        is_later = corrected is not None and corrected > act.seq
        number = correction["to"] if is_later else act.body["minutes"]
        opening.hold(number == row.minutes_number, f"Nomor {what[0].lower()}{what[1:]}", corrected if is_later else act.seq)
    uploaded, upload = opening.last("minutes.upload", **place)
    if row.minutes_id is None and (uploaded is None or act is None or uploaded < act.seq):
        return
    if opening.hold(upload is not None and upload["sha256"] == row.minutes_id, what, uploaded):
        opening.open_file(states_of([row.minutes])[row.minutes_id], what, None)


def open_decision(opening: Opening, edition: Edition) -> None:
    """Hold titles, the sealed result and every return of it against their lines."""
    seq, _body = opening.last("titles.give")
    awards = list(edition.awards.select_related("entry"))
    if seq is None and awards:
        opening.fail(f"Gelar {edition}", UNTOLD)
    elif seq is not None:
        holders = Counter(award.position for award in awards)
        is_same = all(award.is_shared == (holders[award.position] > 1) for award in awards)  # what is held by two is shared
        opening.hold(bool(awards) and is_same and opening.seals(seq, awards_content(awards)), f"Gelar {edition}", seq)
    decision = Decision.objects.filter(edition=edition).first()
    if decision is not None:
        opening.open_row(("result.seal",), decision, result_content(edition), f"Hasil {edition} yang ditetapkan")
    for row in edition.returns.select_related("by", "answered_by"):
        content = {"edition": edition.code, "number": row.number, "reason": row.reason}
        opening.open_row(("result.return",), row, content, f"Pengembalian ke-{row.number} {edition}")
        seq, _body = opening.last("result.propose", number=row.number)
        if row.answer and seq is None:
            opening.fail(f"Jawaban atas pengembalian ke-{row.number}", UNTOLD)
        elif seq is not None and opening.open_line(seq, answer_content(row), f"Jawaban atas pengembalian ke-{row.number}"):
            _hold_second(opening, row.answered_by, row.answered_at, f"Jawaban atas pengembalian ke-{row.number}", seq)
    opening.expect_met([("result.seal", "Hasil yang ditetapkan"), ("result.return", "Pengembalian hasil")])


def awards_content(awards: list[Award]) -> list:
    """Return what is sealed when titles are given: place in the order of titles, title, and who holds it."""
    return [[award.position, award.title, award.entry.region_id] for award in awards]


def answer_content(returned) -> dict:
    """Return what is sealed of the bureau's answer to a returned result."""
    return {"number": returned.number, "answer": returned.answer}
