"""Holding frozen counts, what was ruled and drawn on them, and who went on, against the journal."""

from datetime import UTC

from sp2k.base.exactyaml import dump, load
from sp2k.editions.models import Stage
from sp2k.journal.opening import CHANGED, GONE, UNTOLD, Opening
from sp2k.results.bridge import marks_of_stage, rules_of_stage
from sp2k.results.freezing import counted_places_hash
from sp2k.results.frozen import FROZEN, hash_of_places, input_hash, tally_content
from sp2k.results.models import Advancement, FrozenTally, LotDraw, TieRuling, TieVote
from sp2k.results.opening.acts import acts_of, by_name, hold_withdrawal, paired
from sp2k.results.queries import standing_tally
from sp2k.results.ties.lots import draw_content
from sp2k.results.ties.ruled import as_ruled, outcomes_of
from sp2k.results.ties.sealing import ruling_content
from sp2k.tally.count import count
from sp2k.tally.sheets import MarkLines
from sp2k.tally.stage_rules import METHOD, read_stage_rules
from sp2k.tally.tables import places_lines, sheets_lines
from sp2k.tally.trace import trace_lines

OTHER_INPUT = "tidak sama dengan nilai yang diberikan"
OTHER_PLACES = "tempat yang tersimpan bukan hasil menghitung masukannya"
OTHER_RULES = "tidak sama dengan aturan, instrumen, kursi, peserta, atau sifat peserta yang berlaku"
NOT_KEPT = "not kept"  # in the place of a person whom a row does not name


def open_tallies(opening: Opening, stage: Stage, *, with_input: bool = True) -> None:
    """Hold every frozen count of a stage, and its places, against the line that froze it; those taken back as well.

    `with_input` also writes the counted marks anew from the rows they came from.
    """
    frozen = FrozenTally.every.filter(stage=stage).select_related("stage__edition").order_by("pk")
    for scope, tallies in by_name(frozen, "scope").items():
        what = f"Hitungan beku tahap {stage.name}{f', {scope}' if scope else ''}"
        told = acts_of(opening, stage, scope, FROZEN, "ranking.revoke")
        for tally, act in paired(opening, tallies, told, what):
            if opening.hold(_is_frozen_in(opening, act.seq, tally), what, act.seq) and opening.hold_act(
                tally, what, act.seq
            ):
                hold_withdrawal(opening, tally, act, what)
                is_sealed = "c" in act.body
                if (tally.method == METHOD or not is_sealed) and not _is_recounted(tally, has_sealed_texts=is_sealed):
                    opening.fail(what, OTHER_PLACES, act.seq)
                if with_input:
                    _hold_input(opening, tally, act, what)
    named = [("tally.frozen", f"Hitungan beku tahap {stage.name}"), ("regency.rank", "Peringkat sebuah kabupaten/kota")]
    opening.expect_met(named, stage=stage.code)


def _hold_input(opening, tally, act, what) -> None:
    """What was counted is what was given: the frozen marks are written anew from the rows, and the frozen rules.

    Only while nothing is at fault: a row that was changed is named itself, and once is enough.
    """
    if act.revoked is not None or not opening.is_whole:
        return
    marks = sheets_lines(marks_of_stage(tally.stage, scope=tally.scope), is_sample=tally.stage.edition.is_sample)
    opening.hold("".join(marks) == tally.sheets, f"Masukan {what[0].lower()}{what[1:]}", act.seq, why=OTHER_INPUT)
    if tally.method == METHOD and not _rules_hold(tally):
        opening.fail(f"Aturan {what[0].lower()}{what[1:]}", OTHER_RULES, act.seq)


def _rules_hold(tally) -> bool:
    """Whether the frozen rules.yaml says what rules, instrument, seats, entrants and their traits say, which lines hold.

    Left out is what comes later by acts of its own: the seed of a lot, and regencies that send nobody.
    """
    written = dump(rules_of_stage(tally.stage, scope=tally.scope))
    if written == tally.rules:
        return True
    told, again = load(tally.rules, name="rules.yaml"), load(written, name="rules.yaml")
    for rules in (told, again):
        rules.pop("benih", None)
        rules.get("kuota", {}).pop("kecuali", None)
    return told == again


def _is_frozen_in(opening, seq, tally) -> bool:
    body = opening.replayed.entries[seq]["body"]
    if {body["input"]} != {tally.input_hash, input_hash(tally.rules, tally.sheets)}:
        return False
    return opening.seals(seq, tally_content(tally)) and opening.seals(seq, hash_of_places(tally), key="rows")


def _is_recounted(tally, *, has_sealed_texts: bool) -> bool:
    """Whether counting the frozen input again gives the places: a line seals their rows as it found them.

    Lines from before entry version 2 seal nothing of what came out: then the frozen texts are compared as well.
    """
    counted = count(read_stage_rules(load(tally.rules, name="rules.yaml")), MarkLines(tally.sheets.splitlines(True)))
    if not has_sealed_texts and (
        tally.places != "".join(places_lines(counted)) or tally.trace != "".join(trace_lines(counted))
    ):
        return False
    return hash_of_places(tally) == counted_places_hash(counted)


def open_rulings(opening: Opening, stage: Stage) -> None:
    """Hold what was ruled where the chain had left a tie: the proposal, that it was ruled, that it was withdrawn."""
    for row in TieRuling.objects.filter(tally__stage=stage).select_related("tally__stage__edition").order_by("pk"):
        what = f"Putusan seri tahap {stage.name}, tempat {row.place}"
        if opening.open_row(("tie.propose",), row, ruling_content(row), what):
            asked = opening.line_of(("tie.propose",), row.commitment)
            standing = _standing_at(opening, stage, row.tally.scope, asked)
            opening.hold(standing == row.tally_id, what, asked, why="menunjuk ke hitungan yang tidak berlaku waktu itu")
            withdrawn = row.withdrawn_at, NOT_KEPT, row.withdrawn_reason
            _hold_states(
                opening, row, what, {"tie.rule": (row.ruled_at, row.ruled_by, None), "tie.withdraw": withdrawn}
            )
    _open_votes(opening, stage)
    opening.expect_met([("tie.propose", "Putusan sebuah seri")], stage=stage.code)


def _standing_at(opening: Opening, stage: Stage, scope: str, seq: int) -> int | None:
    """The key of the count of a scope that stood when a line was written, by the lines that froze and took back."""
    tallies = FrozenTally.every.filter(stage=stage, scope=scope).order_by("pk").values_list("pk", flat=True)
    made = zip(tallies, acts_of(opening, stage, scope, FROZEN, "ranking.revoke"), strict=False)
    standing = [pk for pk, act in made if act.seq < seq and (act.revoked is None or act.revoked > seq)]
    return standing[-1] if standing else None


def open_lots(opening: Opening, stage: Stage) -> None:
    """Hold what was announced of a lot, and each seed drawn with who was there, against the lines that tell of them."""
    told = list(opening.entries("lot.announce", stage=stage.code))
    what = f"Undian tahap {stage.name}"
    lots = list(stage.lots.order_by("pk"))
    for n, (lot, after) in enumerate(zip(lots, [*lots[1:], None], strict=False)):
        seq, body = told[n] if n < len(told) else (None, {})
        replaced = after.at if after else None
        opening.hold(lot.replaced_at == replaced, what, seq, why="ditandai diganti tanpa pengumuman yang menggantikannya")
        said = (lot.source, lot.draws_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"), lot.reason)
        told_of = (body.get("source"), body.get("draws_at"), body.get("reason", ""))
        if opening.hold(told_of == said, what, seq, why=CHANGED if seq is not None else UNTOLD):
            opening.hold_act(lot, what, seq)
    announced = [seq for seq, _body in told]
    _hold_lots_in_order(opening, stage, lots, announced, what)
    for draw in LotDraw.objects.filter(lot__stage=stage).select_related("lot__stage__edition"):
        if opening.open_row(("lot.draw",), draw, draw_content(draw), what):
            seq = opening.line_of(("lot.draw",), draw.commitment)
            standing = [lot.pk for lot, since in zip(lots, announced, strict=False) if since < seq]
            opening.hold(standing[-1:] == [draw.lot_id], what, seq, why="ditarik menurut pengumuman yang sudah diganti")
            returned = draw.returned_at, NOT_KEPT, draw.returned_reason
            _hold_states(
                opening, draw, what, {"lot.sign": (draw.signed_at, draw.signed_by, None), "lot.return": returned}
            )
    named = [("lot.announce", "Pengumuman sebuah undian"), ("lot.draw", "Penarikan sebuah undian")]
    opening.expect_met(named, stage=stage.code)


def _hold_lots_in_order(opening: Opening, stage: Stage, lots, told, what: str) -> None:
    """Hold that nobody announced another lot once the time of drawing had come: with two seeds one could choose."""
    drawn = [seq for seq, _body in opening.entries("lot.draw", stage=stage.code)]
    for lot, seq in zip(lots, told[1:], strict=False):
        if opening.replayed.acts[seq][1] >= lot.draws_at or any(draw < seq for draw in drawn):
            opening.fail(what, "diumumkan lagi sesudah waktu penarikannya tiba atau benihnya ditarik", seq)


def _hold_states(opening, row, what, states: dict) -> None:
    """A row is in a state exactly where the line of that act, with its commitment, says so: since when, by whom and why."""
    for type, (since, by, reason) in states.items():
        seq = opening.line_of((type,), row.commitment)
        if (since is None) != (seq is None):
            opening.fail(what, "keadaannya tidak sama dengan yang dicatat jurnal", seq)
        elif seq is None and (by not in {None, NOT_KEPT} or reason):
            opening.fail(what, "orang atau alasannya tersimpan tanpa tindakan yang mencatatnya")
        elif seq is not None:
            person, at = opening.replayed.acts[seq]
            said = opening.replayed.entries[seq]["body"].get("reason", reason)
            who = person if by is NOT_KEPT else by and by.get_username()
            if (at, person, said) != (since, who, reason):
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
    elif opening.hold(row.n_through == body["n"] and sorted(body["codes"]) == _codes_through(stage), what, seq):
        opening.hold_act(row, what, seq)


def _codes_through(stage: Stage) -> list[str]:
    """The codes of those whom the standing count of a stage, with what was ruled on it, lets through."""
    tally = standing_tally(stage)
    placed = tally.placements.select_related("participation__entry__region__parent") if tally else ()
    rows = as_ruled(list(placed), outcomes_of([tally]) if tally else {})
    return sorted(row.participation.region_code for row in rows if row.is_through)
