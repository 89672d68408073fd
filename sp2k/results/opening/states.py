"""Whether acts came while they could: each line held against the states that the table of permissions asks for.

When rules and stages were locked, and when an edition was published or left, are lines themselves, and so are their instants
and those of every act. They say what was locked when; a state that a row showed for a minute says nothing.
"""

from collections.abc import Mapping
from functools import cache

from sp2k.accounts.policy import POLICY
from sp2k.editions.models import Edition, Stage
from sp2k.editions.opening.dates_then import DatesThen
from sp2k.journal.opening import Opening
from sp2k.results.opening.rights import RIGHTS

# What ends a kind of act: the conditions of the table that ask for it, and what is said of an act that came later.
STATES = {
    "stage": ({"stage_unlocked", "stage_open", "checks_open"}, "dilakukan sesudah tahapnya dikunci"),
    "rules": ({"rules_unlocked"}, "dilakukan sesudah aturannya dikunci"),
    "published": ({"not_published"}, "dilakukan sesudah hasilnya diumumkan"),
    "abandoned": ({"not_abandoned"}, "dilakukan sesudah edisinya ditutup tanpa hasil"),
}
SETTLING = frozenset({"result.seal", "result.publish", "edition.abandon"})
INNOVATIONS = ("innovation.write", "innovation.void")


def open_states(opening: Opening, edition: Edition) -> None:
    """Hold that no line came after what ends its kind: the lock of its stage, the announcement, the edition's closing."""
    ends, acts = _ends(opening), opening.replayed.acts
    corrections = {acts[seq] for seq, _body in opening.entries("sheet.correct")}
    for seq, entry in opening.replayed.numbered:
        type, body = entry["type"], entry["body"]
        if type == "attendance.record" and acts[seq] in corrections:
            continue  # a correction notes that who sent a late sheet was there
        for state, why in _asked(type).items():
            end = ends.get((state, body.get("stage") if state == "stage" else None))
            if end is not None and acts[seq][1] > acts[end][1]:
                opening.fail(f"Tindakan {type}", why, seq)
    _hold_innovations(opening, edition)
    _hold_names(opening)


def _hold_names(opening: Opening) -> None:
    """Names stand from the first yes to the result on; a result that was sent back is agreed to anew."""
    agreed = False
    for seq, entry in opening.replayed.numbered:
        type, body = entry["type"], entry["body"]
        if type == "entries.rename" and agreed:
            opening.fail("Nama peserta", "dibetulkan sesudah hasilnya disetujui", seq)
        elif type == "result.return":
            agreed = False
        elif type in SETTLING or type == "approval.give" and body["act"] == "hasil":
            agreed = True


def _ends(opening: Opening) -> Mapping[tuple[str, str | None], int]:
    """{(state, stage): line that ended it}"""
    found: dict[tuple[str, str | None], int] = {}
    named = {"rules.lock": "rules", "result.publish": "published", "edition.abandon": "abandoned"}
    for seq, body in opening.entries("sheets.lock", *named):
        type = opening.replayed.entries[seq]["type"]
        key = ("stage", body["stage"]) if type == "sheets.lock" else (named[type], None)
        found.setdefault(key, seq)
    return found


@cache
def _asked(type: str) -> Mapping[str, str]:
    """The states that every right to write a line of this type asks for, each with what is wrong where it had ended."""
    rights = (type,) if type == "attendance.record" else RIGHTS.get(type, (type,))
    asked = [{check.name for check in POLICY[right].state} for right in rights if right in POLICY]
    return {state: why for state, (names, why) in STATES.items() if asked and all(names & each for each in asked)}


def _hold_innovations(opening: Opening, edition: Edition) -> None:
    """Innovations are told while a stage in which kecamatan fill in is open; their lines name no stage."""
    dates = [DatesThen(opening, stage) for stage in edition.stages.all() if stage.kind == Stage.Kind.FILLING]
    for seq, body in opening.entries(*INNOVATIONS):
        at = opening.replayed.acts[seq][1]
        whys = [each.why_closed(seq, at) for each in dates]
        if whys and all(whys):
            opening.fail(f"Inovasi ke-{body['number']} {body['entry']}", whys[-1], seq)
