"""Every type a journal line may have; any other is refused when it is written and breaks the chain when it is replayed.

The specification names the types that a published bundle needs; decision 0011 says why there are more. A type is added here
in the same change as the act that writes it, with its sentence in `sp2k/desk/record/acts.py`. Types that the specification
names and that no act writes yet (`objection.file`, `sample.draw` and so on) are added with their acts.
"""

LINE_TYPES: frozenset[str] = frozenset(
    (
        # an edition and its rules
        "edition.open", "edition.revise", "edition.void", "rules.lock",
        # dates and holidays
        "deadline.propose", "deadline.extend", "deadline.withdraw", "holidays.set",
        # approvals
        "approval.give",
        # filling and verifying
        "entries.register", "entries.rename", "form.submit", "form.accept", "form.return",
        "innovation.write", "innovation.void",
        # a regency's ranking and answer
        "regency.rank", "nominee.set", "nominee.decline", "nominee.revoke", "ranking.revoke",
        "silence.propose", "silence.withdraw", "minutes.upload", "minutes.correct",
        # panel, order and attendance
        "panel.lock", "panel.seat", "panel.propose", "panel.withdraw", "conflict.declare", "jurors.assign",
        "duty.void", "attendance.record", "schedule.set", "order.draw", "order.swap", "reminder.send",
        # sheets, late sheets and visits
        "sheet.submit", "sheet.revise", "sheet.late", "sheet.correct", "correction.propose", "correction.approve",
        "correction.refuse", "visit.plan", "visit.place", "visit.finding", "claim.note", "claim.void",
        # paper
        "paper.print", "paper.type", "paper.settle", "paper.scan", "paper.confirm", "paper.object", "paper.withdraw",
        "paper.erase",
        # mistakes withdrawn
        "form.void", "verification.void", "sheet.void", "finding.void", "file.erase",
        # an edition closed without result
        "abandon.propose", "abandon.withdraw", "edition.abandon",
        # ties and lots
        "tie.propose", "tie.vote", "tie.rule", "tie.withdraw", "lot.announce", "lot.draw", "lot.sign", "lot.return",
        # closing, result and decree
        "sheets.lock", "tally.frozen",
        "stage.advance", "titles.give", "result.seal", "result.return",
        "stage.lock.propose", "stage.lock.withdraw", "stage.lock.early",
        "result.propose", "minutes.make", "decree.attach", "result.publish", "head.send",
        "amendment.propose", "amendment.withdraw", "decree.amend",
        # the installation's accounts
        "account.create", "account.edit", "account.invite", "account.close", "account.open", "role.give", "role.take",
        "role.paper", "role.withdraw",
        "invitation.use", "invitation.withdraw", "password.change", "password.reset", "factor.begin", "factor.set",
        "factor.codes", "factor.recovery", "factor.leave", "factor.remove", "sessions.end", "people.import",
        # officeholders
        "officeholder.add", "officeholder.end", "officeholder.correct",
        # the list of regions
        "region.list", "region.match", "region.correct",
    )  # fmt: skip
)

# Lines of acts that can be done only up to a date of their stage: none may be older than the lines before it.
TIME_BOUND: frozenset[str] = frozenset(
    (
        "form.submit", "form.accept", "form.return", "innovation.write",
        "regency.rank", "nominee.set", "nominee.decline",
        "sheet.submit", "sheet.revise", "sheet.late", "paper.confirm", "visit.finding", "claim.note",
    )  # fmt: skip
)

# What no opener holds against rows: such a line tells only that it happened. Every other type is opened, and a test says so.
TELLS_ONLY: dict[str, str] = {
    "reminder.send": "that somebody was reminded; nothing counts or prints it",
    "people.import": "how many rows a list had; each account of it has lines of its own",
    "account.invite": "a way in, sealed elsewhere as a hash of its token; what came of it is an account's state",
    "invitation.use": "as account.invite",
    "invitation.withdraw": "as account.invite",
    "password.change": "a way in; hashes of passwords are renewed at sign-in, and no result rests on them",
    "password.reset": "as password.change",
    "factor.begin": "as password.change, of the second factor",
    "factor.set": "as factor.begin",
    "factor.codes": "as factor.begin",
    "factor.recovery": "as factor.begin",
    "factor.leave": "as factor.begin",
    "factor.remove": "as factor.begin",
    "sessions.end": "that devices were signed out",
}
