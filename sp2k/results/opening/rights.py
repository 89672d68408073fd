"""Whether those who acted could: each line of an edition held against the roles that its person held then.

A role is a row. Whoever has the database gives one to an accomplice for the minute of an act, and takes it out again; the act
stands in the journal under that person's name, and that nobody had given the role stands in the journal of the accounts.
"""

from collections.abc import Mapping

from sp2k.accounts.policy import POLICY
from sp2k.accounts.queries.opening import ACCOUNTS, NO_RIGHT
from sp2k.accounts.queries.roles_then import TOLD, RolesThen
from sp2k.accounts.roles import Role
from sp2k.editions.models import Edition
from sp2k.entries.models import Form, Verification
from sp2k.journal.opening import Opening
from sp2k.journal.queries import picked_lines

# The right that each line needs, where it is not called like its type. Of several, one is enough.
RIGHTS: Mapping[str, tuple[str, ...]] = {
    "deadline.propose": ("dates.move",), "deadline.extend": ("dates.move",), "deadline.withdraw": ("dates.move",),
    "entries.rename": ("region.correct", "region.load"),
    "form.submit": ("form.fill",), "form.accept": ("form.verify",), "form.return": ("form.verify",),
    "innovation.void": ("innovation.write",), "file.erase": ("file.erase", "photo.erase"),
    "regency.rank": ("regency.rank", "silence.answer"), "nominee.set": ("nominee.set", "silence.answer"),
    "silence.propose": ("silence.answer",), "silence.withdraw": ("silence.answer",),
    "panel.lock": ("panel.seat",), "panel.propose": ("panel.seat",), "panel.withdraw": ("panel.seat",),
    "conflict.declare": ("conflict.declare", "panel.seat"), "duty.void": ("jurors.assign",),
    "attendance.record": ("attendance.record", "correction.approve"),
    "order.swap": ("schedule.set",),
    "sheet.submit": ("sheet.write",), "sheet.revise": ("sheet.write",), "sheet.correct": ("correction.approve",),
    "visit.place": ("visit.plan", "visit.record"), "visit.finding": ("visit.record",), "claim.void": ("claim.note",),
    "paper.settle": ("paper.type",), "paper.scan": ("paper.type",), "paper.object": ("paper.confirm",),
    "paper.withdraw": ("paper.type",), "paper.erase": ("paper.type",),
    "abandon.propose": ("edition.abandon",), "abandon.withdraw": ("edition.abandon",),
    "tie.withdraw": ("tie.propose",), "lot.return": ("lot.sign",),
    "sheets.lock": ("stage.lock", "stage.lock_early"), "tally.frozen": ("results.freeze",),
    "stage.lock.propose": ("stage.lock_early",), "stage.lock.withdraw": ("stage.lock_early",),
    "stage.lock.early": ("stage.lock_early",),
    "result.seal": ("result.decide",), "decree.attach": ("decree.issue",),
    "amendment.withdraw": ("amendment.propose",), "decree.amend": ("amendment.approve",),
}  # fmt: skip

# Who may not do what others with the same right may: a camat checks no form of his own, a juror types no paper.
BARRED: Mapping[str, tuple[str, ...]] = {
    "form.accept": (Role.CAMAT,), "form.return": (Role.CAMAT,),
    "paper.type": (Role.CHAIR, Role.JUROR), "paper.settle": (Role.CHAIR, Role.JUROR),
}  # fmt: skip
# Notes of what was presented, which jurors take only where the stage's rules ask them.
NOTES, UNASKED = ("claim.note", "claim.void"), frozenset({Role.JUROR})
OWN = "dilakukan oleh yang tidak boleh melakukannya karena peran lain yang dipegangnya"


def open_rights(opening: Opening, edition: Edition) -> None:
    """Hold that whoever acted held a role for it, over the place it is about, when the act was done.

    An edition of a demonstration runs by its own clock and the accounts by the true one: there, at any time.
    """
    roles, places = RolesThen(picked_lines(ACCOUNTS, TOLD)), _places_of(edition)
    unasked = {stage.code for stage in edition.stages.all() if not stage.jurors_note_claims}
    for seq, entry in opening.replayed.numbered:
        person, at = opening.replayed.acts[seq]
        body, type = entry["body"], entry["type"]
        named = (places.get(body.get("c")), body.get("entry"), body.get("regency"), body.get("region"))
        place = next(filter(None, named), edition.region_id)
        needed = roles_for(type, body) - (UNASKED if type in NOTES and body["stage"] in unasked else set())
        if not roles.could(person, needed, place, None if edition.is_sample else at):
            opening.fail(f"Tindakan {type} oleh {person}", NO_RIGHT, seq)
        elif roles.held(person, BARRED.get(type, ()), place, at):
            opening.fail(f"Tindakan {type} oleh {person}", OWN, seq)


def roles_for(type: str, body: Mapping) -> frozenset[str]:
    """Return the roles by which a line of this type can be written; of a yes the one in whose name it was given.

    A yes that came on paper is recorded by others, in the name of whoever signed it.
    """
    if type == "approval.give" and "paper" not in body:
        return frozenset({body["role"]})
    return frozenset().union(*(POLICY[action].roles for action in RIGHTS.get(type, (type,))))


def _places_of(edition: Edition) -> dict[str, str]:
    """{commitment: code of the kecamatan} of all that was sent and decided: their lines name no place."""
    within = {"participation__stage__edition": edition}
    forms = Form.objects.filter(**within).values_list("commitment", "participation__entry__region_id")
    decided = Verification.objects.filter(**{f"form__{path}": row for path, row in within.items()})
    return dict(forms) | dict(decided.values_list("commitment", "form__participation__entry__region_id"))
