"""Keeping what a verifier finds while looking, and sending it. A draft is no finding, so it leaves no line (ADR 0022)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.base.refusals import Refused
from sp2k.base.typed import clean_text
from sp2k.base.wording import hour_in_words
from sp2k.entries.actions.forms import accept_forms, return_form
from sp2k.entries.checks import NOTE, REFUSED, Checks, checks_about, standing_checks
from sp2k.entries.drafting import Stale, mark_of
from sp2k.entries.models import CheckDraft, Form, Verification
from sp2k.entries.queries import latest_forms
from sp2k.entries.queries.opening import require_form

LONGEST_NOTE = 1000


@transaction.atomic
def save_checks(form: Form, checks: Checks, *, codes: Sequence[str], base: str, by, now: datetime) -> CheckDraft:
    """Keep what one verifier has ticked and written about some indicators; another verifier's draft is another row.

    Parameters
    ----------
    base : the mark of what the page was made from; what was saved in another window since is not overwritten

    Raises
    ------
    Stale
        Where the same verifier saved something else about these indicators meanwhile.
    """
    form = _open(form, by=by, now=now)
    draft = _draft(form, by=by, now=now)
    standing, checks = checks_about(draft.checks, codes), _clean(checks_about(checks, codes))
    if mark_of(standing) != base and standing != checks:
        raise Stale(_changed_elsewhere(draft, form), standing)
    kept = {code: check for code, check in draft.checks.items() if code not in set(codes)}
    draft.checks, draft.updated_at = {**kept, **checks}, now
    draft.save()
    return draft


@transaction.atomic
def save_reason(form: Form, reason: str, *, by, now: datetime) -> CheckDraft:
    """Keep the words of a return while they are being written."""
    form = _open(form, by=by, now=now)
    draft = _draft(form, by=by, now=now)
    draft.reason, draft.updated_at = clean_text(reason, name="Alasan pengembalian", longest=LONGEST_NOTE), now
    draft.save()
    return draft


@transaction.atomic
def accept_checked(form: Form, *, seen: str, by, now: datetime) -> Verification:
    """Accept a form with what the verifier found. `seen` is the mark of the findings that the summary showed."""
    form = require_form(_open(form, by=by, now=now))
    refused, notes = _seen(form, seen, by=by)
    [verification] = accept_forms([form], rejected={form.pk: refused}, notes={form.pk: notes}, by=by, now=now)
    return verification


@transaction.atomic
def return_checked(form: Form, *, seen: str, reason: str, by, now: datetime) -> Verification:
    """Send a form back with its reason and what was found on each indicator."""
    form = require_form(_open(form, by=by, now=now))
    refused, notes = _seen(form, seen, by=by)
    return return_form(form, reason=reason, rejected=refused, notes=notes, by=by, now=now)


def _open(form, *, by, now) -> Form:
    """The form as it stands, held; refused where it is no longer to be verified."""
    rows = Form.objects.select_for_update(of=("self",)).prefetch_related("verifications")
    form = rows.select_related("participation__stage__edition", "participation__entry__region__parent").get(pk=form.pk)
    require(by, "form.verify", form, now=now)
    if not latest_forms(form.stage).filter(pk=form.pk).exists():
        raise Refused(f"{form}, sudah diganti revisi yang lebih baru. Muat ulang halaman, lalu periksa revisi terakhirnya.")
    if standing := form.standing_verifications:
        raise Refused(
            f"{form}, sudah {standing[-1].get_decision_display().lower()}. Muat ulang halaman untuk melihat putusannya."
        )
    return form


def _draft(form, *, by, now) -> CheckDraft:
    """The verifier's own draft, begun from what holds on from an earlier revision."""
    found = CheckDraft.objects.filter(form=form, by=by).first()
    return found or CheckDraft(form=form, by=by, updated_at=now, checks=standing_checks(form, None, by=by))


def _seen(form, seen, *, by) -> tuple[dict, dict]:
    """What is refused and what is noted, if it is what the verifier saw on the summary."""
    checks = standing_checks(form, CheckDraft.objects.filter(form=form, by=by).first(), by=by)
    if mark_of(checks) != seen:
        raise Refused("Temuan berubah sejak ringkasan ini dibuka. Periksa lagi di bawah ini, lalu putuskan.")
    refused = {code: check[REFUSED] for code, check in checks.items() if check[REFUSED]}
    return refused, {code: check[NOTE] for code, check in checks.items() if check[NOTE]}


def _clean(checks) -> dict:
    return {
        code: {**check, NOTE: clean_text(check[NOTE], name=f"Catatan {code}", longest=LONGEST_NOTE)}
        for code, check in checks.items()
    }


def _changed_elsewhere(draft, form) -> str:
    hour = hour_in_words(draft.updated_at, form.edition.zone)
    return (
        f"Anda menyimpan temuan lain untuk aspek ini di jendela lain pukul {hour}. Yang ada di halaman ini belum disimpan; "
        "yang tersimpan tertulis di bawah tiap indikator yang berbeda. Simpan lagi bila yang di halaman ini yang berlaku."
    )
