"""Who may do what, in one table.

`POLICY` maps an act to the roles that may do it, how far they reach, and in what state of the thing.
A check asks only the object it is given (the protocol in `docs/permissions.md`): `region_code`, `is_open(now)`,
`has_conflict(user)` and so on; this module imports no app above accounts.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from sp2k.accounts.checks import B, C, Check, G, I, J, K, R, Rule, T, V
from sp2k.accounts.checks.documents import not_own_proposal
from sp2k.accounts.checks.people import gives_role, in_care, in_care_or_admin, not_oneself, own_camat
from sp2k.accounts.checks.ties import no_conflict_in_tie, proposes_here, rules_here, sees_tie, signs_here
from sp2k.accounts.roles import Role
from sp2k.base.language import of_record
from sp2k.base.refusals import NotAllowed

own_seat = Check("own_seat", lambda user, obj, now: obj.is_held_by(user), _("Ini bukan tugas penilaian Anda."))
no_conflict = Check(
    "no_conflict",
    lambda user, obj, now: not obj.has_conflict(user),
    _("Anda tidak menilai peserta ini karena ada benturan kepentingan yang tercatat."),
)
no_conflict_inside = Check(
    "no_conflict_inside",
    lambda user, obj, now: not obj.has_conflict(user),
    _("Berkas ini memuat peserta yang berbenturan kepentingan dengan Anda. Minta sekretariat membukanya."),
)
seen_duty = Check(
    "seen_duty",
    lambda user, obj, now: obj.is_held_by(user) or (user.reaches({B, K, I}, obj.region_code) and not obj.has_conflict(user)),
    _("Ini bukan tugas penilaian Anda."),
)
own_sheet_or_no_conflict = Check(
    "own_sheet_or_no_conflict",
    lambda user, obj, now: obj.is_held_by(user) or not obj.has_conflict(user),
    _("Anda tidak membaca lembar peserta ini karena ada benturan kepentingan yang tercatat."),
)
not_own_entry = Check(
    "not_own_entry",
    lambda user, obj, now: not user.reaches({C}, obj.region_code),
    _("Anda tidak dapat memverifikasi isian kecamatan Anda sendiri."),
)
before_acceptance = Check(
    "before_acceptance",
    lambda user, obj, now: user.reaches({R, B}, obj.region_code) or not obj.is_accepted,
    _("Isian ini sudah diterima. Minta kabupaten/kota atau biro membatalkannya."),
)
own_turn = Check(
    "own_turn",
    lambda user, obj, now: user.reaches({B, K, I, C, R}, obj.region_code) or obj.is_held_by(user),
    _("Anda hanya melihat giliran peserta yang Anda nilai."),
)
not_own_sheet = Check(
    "not_own_sheet", lambda user, obj, now: not obj.is_held_by(user), _("Anda tidak memutus lembar Anda sendiri.")
)
rules_unlocked = Check(
    "rules_unlocked", lambda user, obj, now: not obj.edition.has_locked_rules, _("Aturan edisi ini sudah dikunci.")
)
not_abandoned = Check(
    "not_abandoned",
    lambda user, obj, now: not obj.edition.is_abandoned,
    _("Edisi ini sudah ditutup tanpa hasil; tidak ada yang dapat dilakukan lagi."),
)
not_voided = Check("not_voided", lambda user, obj, now: not obj.edition.is_voided, _("Edisi ini sudah dibatalkan."))
rules_known = Check(
    "rules_known",
    lambda user, obj, now: (
        obj.edition.has_locked_rules
        or user.reaches(frozenset(Role), obj.region_code)
        or any(membership.region_id.startswith(f"{obj.region_code}.") for membership in user.held_memberships)
    ),
    _("Aturan edisi ini dapat dibaca setelah dikunci."),
)
rules_locked = Check(
    "rules_locked",
    lambda user, obj, now: obj.edition.has_locked_rules,
    _("Aturan edisi ini belum dikunci. Kunci aturan lebih dahulu."),
)
stage_begun = Check(
    "stage_begun",
    lambda user, obj, now: obj.stage.has_begun(now),
    _("Tahap ini belum dimulai."),
    detail=lambda obj, now: obj.stage.opening_in_words(now),
)
stage_over = Check("stage_over", lambda user, obj, now: obj.stage.is_over(now), _("Tahap ini masih menerima lembar."))
answers_closed = Check(
    "answers_closed",
    lambda user, obj, now: obj.stage.is_over(now),
    _("Batas waktu tahap ini belum lewat; kabupaten/kota masih dapat menjawab sendiri."),
)
own_or_stage_locked = Check(
    "own_or_stage_locked",
    lambda user, obj, now: obj.is_held_by(user) or obj.stage.is_locked,
    _("Lembar penilaian dapat dibaca setelah tahapnya dikunci."),
)
stage_open = Check(
    "stage_open",
    lambda user, obj, now: obj.stage.is_open(now),
    _("Tahap ini tidak sedang dibuka."),
    detail=lambda obj, now: obj.stage.opening_in_words(now),
)
checks_open = Check(
    "checks_open",
    lambda user, obj, now: obj.stage.is_open_for_checks(now),
    _("Masa verifikasi tahap ini tidak sedang berlangsung."),
    detail=lambda obj, now: obj.stage.opening_in_words(now, checks=True),
)
stage_unlocked = Check(
    "stage_unlocked",
    lambda user, obj, now: not obj.stage.is_locked,
    _("Tahap ini sudah dikunci."),
    detail=lambda obj, now: obj.stage.opening_in_words(now),
)
stage_locked = Check(
    "stage_locked", lambda user, obj, now: obj.stage.is_locked, _("Tahap ini belum dikunci. Kunci tahap lebih dahulu.")
)
not_published = Check(
    "not_published", lambda user, obj, now: not obj.edition.is_published, _("Hasil edisi ini sudah diterbitkan.")
)
at_decision = Check(
    "at_decision",
    lambda user, obj, now: user.reaches({B, K, I}, obj.region_code) or obj.is_at_decision,
    _("Pimpinan melihatnya setelah tahap terakhir dikunci."),
)
no_other_juror = Check(
    "no_other_juror",
    lambda user, obj, now: obj.edition.is_published
    or user.reaches({K}, obj.region_code)
    or not user.reaches({J}, obj.region_code),
    _("Juri melihatnya setelah hasil diumumkan, juga bila ia memegang peran lain."),
)
own_or_office = Check(
    "own_or_office",
    lambda user, obj, now: user.reaches({B, I}, obj.region_code) or obj.is_held_by(user),
    _("Ini bukan tugas penilaian Anda."),
)
not_a_juror = Check(
    "not_a_juror",
    lambda user, obj, now: not user.reaches({K, J}, obj.region_code),
    _("Juri tidak mengetik lembar kertas, juga bila ia memegang peran lain."),
)
paper_in_hand = Check(
    "paper_in_hand",
    lambda user, obj, now: obj.is_in_hands_of(user)
    or obj.stage.is_locked and user.reaches({B, K, I}, obj.region_code) and not obj.has_conflict(user),
    _("Isi kertas ini terbaca oleh kedua pengetik dan jurinya; yang lain membacanya setelah tahap dikunci."),
)

on_the_visit = Check(
    "on_the_visit",
    lambda user, obj, now: obj.is_held_by(user)
    or user.reaches({B, I}, obj.region_code)
    or (obj.edition.is_published and user.reaches({C, R}, obj.region_code)),
    _("Anda bukan anggota tim kunjungan ini."),
)
notes_claims = Check(
    "notes_claims",
    lambda user, obj, now: user.reaches({B, K}, obj.region_code) or obj.stage.jurors_note_claims,
    _("Aturan tahap ini tidak meminta juri mencatat klaim paparan."),
)
findings_readable = Check(
    "findings_readable",
    lambda user, obj, now: obj.is_held_by(user)
    or user.reaches({I}, obj.region_code)
    or (obj.stage.is_locked and user.reaches({B}, obj.region_code))
    or obj.edition.is_published,
    _(
        "Temuan dibaca tim kunjungan; penyelenggara membacanya setelah tahap dikunci, kecamatan dan kabupaten/kotanya "
        "setelah hasil diumumkan."
    ),
)
from_selection = Check(
    "from_selection",
    lambda user, obj, now: user.reaches({C, R, V, K, J}, obj.region_code) or obj.stage.is_followed(now),
    _("Isian kecamatan terbuka bagi provinsi dan pengawas sejak tahap peringkat kabupaten/kota."),
)
judged_entry = Check(
    "judged_entry",
    lambda user, obj, now: user.reaches({C, R, V, B, I}, obj.region_code)
    or obj.is_judged_by(user)
    and not obj.has_conflict(user),
    _("Isian dibaca juri yang menilai peserta itu, bila tidak ada benturan kepentingan yang tercatat."),
)
after_selection = Check(
    "after_selection",
    lambda user, obj, now: user.reaches({R, V, I}, obj.region_code) or obj.stage.is_followed(now),
    _("Peringkat dalam kabupaten/kota terbuka bagi provinsi setelah tahap peringkat selesai."),
)
once_published = Check(
    "once_published",
    lambda user, obj, now: user.reaches({C, R, V}, obj.region_code) or obj.edition.is_published,
    _("Inovasi terbuka bagi provinsi setelah hasil diumumkan."),
)

around = Check(
    "around",
    lambda user, obj, now: any(
        f"{obj.region_code}.".startswith(f"{row.region_id}.") or f"{row.region_id}.".startswith(f"{obj.region_code}.")
        for row in user.held_memberships
    ),
    _("Catatan tindakan edisi ini dibaca oleh yang bertugas di wilayahnya."),
)


def _rule(*roles, own=(), state=()):
    return Rule(frozenset(roles), tuple(own), tuple(state))


_TABLE: dict[str, Rule] = {
    # setting up
    "edition.open": _rule(B),
    "edition.revise": _rule(B, state=[not_voided, rules_unlocked]),
    "edition.void": _rule(B, state=[not_voided, rules_unlocked]),
    "edition.abandon": _rule(B, state=[rules_locked, not_published]),
    "rules.read": Rule(frozenset((C, R, V, B, K, J, I, G)), (rules_known,), reach=False),
    "rules.lock": _rule(B, state=[not_voided, rules_unlocked]),
    "dates.move": _rule(B, state=[not_voided, not_published]),
    "holidays.set": _rule(B, state=[not_voided, not_published]),
    "approval.give": _rule(B, K, I, G, state=[not_voided, not_published]),
    "region.correct": _rule(B),
    "region.load": Rule(frozenset((T,)), reach=False),
    "officeholder.keep": _rule(R, B, own=[own_camat]),
    "entries.register": _rule(B, state=[rules_locked, stage_unlocked]),
    # accounts
    "people.read": _rule(C, R, B, T),
    "role.give": _rule(C, R, B, T, own=[not_oneself, gives_role]),
    "role.paper": _rule(B),
    "account.edit": _rule(C, R, B, T, own=[not_oneself, in_care]),
    "account.invite": _rule(C, R, B, T, own=[not_oneself, in_care]),
    "account.close": _rule(C, R, B, T, own=[not_oneself, in_care_or_admin]),
    "factor.remove": _rule(B, T, own=[not_oneself, in_care]),
    # filling and the regency's part
    "form.fill": _rule(C, state=[stage_open]),
    "draft.read": _rule(C),
    "innovation.write": _rule(C, state=[stage_open]),
    "form.verify": _rule(V, own=[not_own_entry], state=[checks_open]),
    "regency.rank": _rule(R, state=[stage_open]),
    "nominee.set": _rule(R, state=[stage_open]),
    "nominee.decline": _rule(R, B, state=[stage_open]),
    "nominee.revoke": _rule(R, B, state=[stage_unlocked]),
    "ranking.revoke": _rule(R, B, state=[stage_unlocked]),
    "silence.answer": _rule(B, state=[answers_closed, stage_unlocked]),
    "minutes.upload": _rule(R, B, state=[not_published]),
    "minutes.correct": _rule(R, B, state=[not_published]),
    # judging
    "panel.seat": _rule(B, state=[not_published]),
    "conflict.declare": _rule(K, J, own=[own_seat], state=[not_published]),
    "jurors.assign": _rule(B, state=[rules_locked, stage_unlocked]),
    "order.draw": _rule(B, state=[rules_locked, stage_unlocked]),
    "schedule.set": _rule(B, state=[stage_unlocked]),
    "attendance.record": _rule(B, K, state=[stage_unlocked]),
    "sheet.write": _rule(K, J, own=[own_seat, no_conflict], state=[stage_open]),
    "draft.keep": _rule(K, J, own=[own_seat, no_conflict], state=[stage_begun, not_published]),
    "visit.plan": _rule(B, K, own=[on_the_visit, no_conflict], state=[stage_unlocked]),
    "sheet.late": _rule(K, J, own=[own_seat, no_conflict], state=[stage_over, not_published]),
    "visit.record": _rule(K, J, own=[own_seat, no_conflict], state=[stage_open]),
    "claim.read": _rule(B, K, J, own=[on_the_visit, no_conflict, notes_claims]),
    "claim.note": _rule(B, K, J, own=[on_the_visit, no_conflict, notes_claims], state=[stage_unlocked]),
    "reminder.send": _rule(B, state=[stage_unlocked]),
    # mistakes, before the stage is locked
    "form.void": _rule(C, R, B, own=[before_acceptance], state=[stage_unlocked]),
    "verification.void": _rule(R, B, state=[stage_unlocked]),
    "file.erase": _rule(C, R, B, own=[before_acceptance], state=[stage_unlocked]),
    "photo.erase": _rule(B, state=[stage_unlocked]),
    "sheet.void": _rule(B, state=[stage_unlocked]),
    "finding.void": _rule(B, state=[stage_unlocked]),
    # paper when phones fail
    "paper.print": _rule(B, state=[rules_locked, stage_unlocked]),
    "paper.type": _rule(B, own=[not_a_juror], state=[not_published]),
    "paper.confirm": _rule(K, J, own=[own_seat, no_conflict], state=[not_published]),
    "paper.read": _rule(B, K, J, I, own=[own_or_office]),
    "paper.scan": _rule(B, K, J, I, own=[paper_in_hand]),
    # late sheets: counted only when the bureau proposes it and two others agree
    "late.read": _rule(B, K, I),
    "correction.propose": _rule(B, state=[not_published]),
    "correction.approve": _rule(B, K, I, own=[not_own_sheet, no_conflict], state=[not_published]),
    "correction.refuse": _rule(B, K, I, own=[not_own_sheet, no_conflict], state=[not_published]),
    # closing
    "stage.lock": _rule(B, state=[rules_locked, stage_unlocked]),
    "stage.lock_early": _rule(B, state=[rules_locked, stage_unlocked]),
    "results.freeze": _rule(B, state=[stage_locked]),
    "stage.advance": _rule(B, state=[stage_locked]),
    "lot.announce": _rule(B, state=[rules_locked, not_published]),
    "lot.draw": _rule(B, state=[rules_locked, not_published]),
    "lot.sign": _rule(K, B, own=[signs_here], state=[not_published]),
    "tie.propose": _rule(R, B, own=[proposes_here, no_conflict_in_tie], state=[not_published]),
    "tie.vote": _rule(J, own=[own_seat, no_conflict_in_tie], state=[not_published]),
    "tie.rule": _rule(K, B, V, own=[no_conflict_in_tie, rules_here], state=[not_published]),
    "tie.read": _rule(R, V, B, K, J, I, own=[sees_tie, no_conflict_in_tie]),
    "titles.give": _rule(B, state=[stage_locked]),
    "result.decide": _rule(B, G, state=[not_published]),
    "result.return": _rule(G, state=[not_published]),
    "result.propose": _rule(B, state=[not_published]),
    "minutes.make": _rule(B, own=[no_other_juror], state=[stage_locked, not_published]),
    "decree.issue": _rule(B, state=[not_published]),
    "amendment.propose": _rule(B),
    "amendment.approve": _rule(K, I, G, own=[not_own_proposal]),
    "result.publish": _rule(B, state=[not_published]),
    # reading
    "form.read": _rule(C, R, V, B, K, J, I, own=[from_selection, judged_entry]),
    "innovation.read": _rule(C, R, B, own=[once_published]),
    "ranking.read": _rule(R, V, B, I, own=[after_selection]),
    "duty.read": _rule(B, K, J, I, own=[seen_duty]),
    "sheet.read": _rule(B, K, J, I, own=[own_sheet_or_no_conflict], state=[own_or_stage_locked]),
    "visit.follow": _rule(C, R, B, K, J, I, own=[on_the_visit, no_conflict]),
    "visit.read": _rule(C, R, B, K, J, I, own=[on_the_visit, no_conflict], state=[findings_readable]),
    "panel.read": _rule(B, K, I),
    "schedule.read": _rule(C, R, B, K, J, I, own=[own_turn]),
    "progress.read": _rule(B, K, I),
    "result.read": _rule(B, K, I, G),
    "stage.read": _rule(B, K, I, G, state=[at_decision]),
    "decision.read": _rule(B, I, G, own=[no_other_juror], state=[at_decision]),
    "places.read": _rule(B, K, I, G, own=[no_other_juror], state=[stage_locked, at_decision]),
    "minutes.read": _rule(B, K, I, G, own=[no_other_juror, no_conflict_inside], state=[stage_locked, at_decision]),
    "amendment.read": _rule(B, K, I, G, own=[no_other_juror], state=[at_decision]),
    "places.export": _rule(B, K, I, G, own=[no_other_juror, no_conflict_inside], state=[stage_locked, at_decision]),
    "marks.export": _rule(B, K, I, own=[no_other_juror, no_conflict_inside], state=[stage_locked]),
    "certainty.read": _rule(B, K, I, G, own=[no_other_juror], state=[stage_locked, at_decision]),
    "jurors.name": _rule(K, state=[stage_locked]),
    "analysis.read": _rule(B, I, own=[no_other_juror], state=[stage_locked]),
    "contributions.read": _rule(B, K, I, own=[no_other_juror, no_conflict], state=[stage_locked]),
    "integrity.read": _rule(B, K, I, G, T),
    "head.send": _rule(B, state=[rules_locked]),
    # every role: the own acts always, those of others as far as `desk.record.sight` lets them be known
    "journal.read": Rule(frozenset((C, R, V, B, K, J, I, G, T)), (around,), reach=False),
}
# Rights over people and regions are of no edition; what only reads goes on in the archive of an edition that was left.
_OF_NO_EDITION = ("edition.open", "region.", "officeholder.", "people.", "role.", "account.", "factor.")
_READS = (".read", ".export", "visit.follow", "jurors.name")
POLICY: dict[str, Rule] = {
    action: rule
    if action.startswith(_OF_NO_EDITION) or action.endswith(_READS)
    else replace(rule, state=(not_abandoned, *rule.state))
    for action, rule in _TABLE.items()
}


# What a person of the bureau does for an edition in which he judges too: nothing of these tells how it is judged.
BESIDE_JUDGING = frozenset({"rules.read", "dates.move", "holidays.set"})


def why_not(user, action: str, obj, *, now) -> str | None:
    """Return None when `user` may do `action` to `obj` at `now`, else the reason in the reader's language."""
    refusal = _refusal(user, action, obj, now)
    return str(refusal[0]) if refusal else None


def why_not_or_whose(user, action: str, obj, *, now) -> str:
    """As `why_not`, for a button that stays where it is: where another role presses it, that role is named; "" when free."""
    reason = why_not(user, action, obj, now=now) or ""
    is_theirs = not reason or user.roles & POLICY[action].roles
    return reason if is_theirs else str(_("Dijalankan oleh %s.")) % roles_said(action)


def roles_said(*actions: str) -> str:
    """Return in words who may do one of these acts, so that a sentence about readers follows the table."""
    return ", ".join(str(role.label) for role in Role if any(role in POLICY[action].roles for action in actions))


def is_hidden(user, action: str, obj, *, now) -> bool:
    """Return whether the viewer may not even know that the object exists (404 rather than 403)."""
    refusal = _refusal(user, action, obj, now)
    return bool(refusal and refusal[1])


def require(user, action: str, obj, *, now) -> None:
    """Raise NotAllowed with the reason unless `user` may do `action` to `obj` at `now`."""
    if reason := of_record(why_not)(user, action, obj, now=now):
        raise NotAllowed(reason)


def _refusal(user, action, obj, now) -> tuple[str, bool] | None:
    """Of someone who judges and is of the bureau too: what a juror may not know of stays hidden until the announcement."""
    refusal, edition = _refusal_of(user, action, obj, now), getattr(obj, "edition", None)
    if edition is None or action in BESIDE_JUDGING or not getattr(user, "is_active", False):
        return refusal
    judge = user.as_judge(edition)
    if judge is user or (of_judge := _refusal_of(judge, action, obj, now)) is None:
        return refusal
    return refusal[0] if refusal else no_other_juror.reason if of_judge[1] else of_judge[0], of_judge[1]


def _refusal_of(user, action, obj, now) -> tuple[str, bool] | None:
    rule = POLICY[action]
    if not getattr(user, "is_active", False):
        return _("Masuk lebih dahulu untuk melakukan ini."), True
    if not user.roles & rule.roles:
        return _("Peran Anda tidak mencakup tindakan ini."), True
    if rule.reach and not user.reaches(rule.roles, obj.region_code):
        return _("Wilayah ini di luar kewenangan Anda."), True
    for check in rule.own:
        if reason := check.why_not(user, obj, now):
            return reason, False
    for check in rule.state:
        if reason := check.why_not(user, obj, now):
            return reason, False
    return None
