"""What a verifier ticks and writes about a form, between the page and its row, and what of it holds for a newer revision."""

from collections.abc import Iterable, Mapping

from sp2k.entries.models import Answer, CheckDraft, Evidence, Form

REFUSED, NOTE, SEEN = "tolak", "catatan", "diperiksa"
Checks = Mapping[str, Mapping]


def check_of(refused: Iterable[str], note: str, is_seen: bool) -> dict:
    """Return one indicator's check, {} where nothing was done; who refuses or notes something has looked at it."""
    refused, note = sorted(refused), note.strip()
    if not (refused or note or is_seen):
        return {}
    return {REFUSED: refused, NOTE: note, SEEN: True}


def checks_about(checks: Checks, codes: Iterable[str]) -> dict:
    """Return what was said about these indicators."""
    return {code: dict(checks[code]) for code in codes if checks.get(code)}


def standing_checks(form: Form, draft: CheckDraft | None, *, by) -> dict:
    """Return what a verifier's draft of a form holds; where there is none, what holds on from an earlier revision."""
    return draft.checks if draft else carried_checks(form, by=by)


def carried_checks(form: Form, *, by) -> dict:
    """Return the verifier's own checks of the revision before, of the indicators that are claimed just as they were."""
    earlier = CheckDraft.objects.filter(
        by=by, form__participation=form.participation_id, form__revision__lt=form.revision
    )
    last = earlier.order_by("-form__revision").first()
    if last is None or not last.checks:
        return {}
    before, now = _claimed(last.form_id), _claimed(form.pk)
    return {code: check for code, check in last.checks.items() if code in now and before.get(code) == now[code]}


def _claimed(form: int) -> dict[str, tuple]:
    """{indicator: what was answered, and the very files behind it}"""
    files = dict(Evidence.objects.filter(form=form).values_list("name", "blob"))
    rows = Answer.objects.filter(form=form).values_list("indicator", "values", "documents")
    return {
        code: (values, {key: files.get(name) for key, name in documents.items()}) for code, values, documents in rows
    }
