"""All kecamatan of an edition with the state of their forms: who takes part and how far, never a score."""

from django.core.paginator import Page
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from sp2k.accounts.policy import why_not_or_whose
from sp2k.accounts.roles import Role
from sp2k.base import clock
from sp2k.base.documents.tables import CSV, XLSX, csv_text, local, sample_line, xlsx_bytes
from sp2k.base.pages.paging import page_of
from sp2k.base.wording import instant_in_words
from sp2k.editions.models import Stage
from sp2k.entries.queries.participants import STATES, Wanted, filling_stages, listed, regencies_within
from sp2k.entries.queries.registering import kecamatan_to_register
from sp2k.entries.queries.shown import require_shown
from sp2k.entries.queries.states import with_voided

ROLES = {Role.BUREAU, Role.INSPECTORATE, Role.REGENCY, Role.VERIFIER}
HEADER = ("kode", "kecamatan", "kabupaten_kota", "revisi", "diubah", "status")


@require_safe
def lists(request):
    """The newest edition's list; the others are a choice away."""
    stages = _stages(request.user)
    if not stages:
        return render(request, "entries/participants.html", {"stage": None})
    return redirect("entries:participants", stages[0].edition.code)


@require_safe
def participants(request, edition):
    """The list of one edition: filtered, sorted and paged by its address."""
    stage, stages = _found(request, edition)
    require_shown(stage.edition)
    wanted = Wanted.of(request.GET)
    rows, counts = listed(request.user, stage, wanted, roles=ROLES)
    page = {"stage": stage, "stages": stages, "edition": stage.edition, "wanted": wanted, "counts": counts}
    page |= {"page": with_badges(page_of(request, rows)), "total": sum(counts.values())}
    page["regencies"] = regencies_within(request.user, stage, roles=ROLES)
    page["to_register"] = kecamatan_to_register(stage)
    page["cannot_register"] = why_not_or_whose(request.user, "entries.register", stage, now=clock.now_of(stage))
    return render(request, "entries/participants.html", page)


@require_safe
def table(request, edition, kind):
    """The same list as a file, with the same conditions."""
    stage, _ = _found(request, edition)
    require_shown(stage.edition)
    rows, _ = listed(request.user, stage, Wanted.of(request.GET), roles=ROLES)
    first_line = sample_line(stage) if stage.edition.is_sample else ""
    when = local if kind == "xlsx" else instant_in_words
    lines = [_line(row, stage.edition.zone, when) for row in rows]
    if kind == "csv":
        content, content_type = csv_text(HEADER, lines, first_line=first_line), CSV
    else:
        content, content_type = xlsx_bytes("peserta", HEADER, lines, first_line=first_line), XLSX
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="peserta-{edition}.{kind}"'
    return response


def with_badges(page: Page) -> Page:
    """Give each row its badge, drawn once a state: a template within a template for each of 666 rows costs a second."""
    badges = {state: render_to_string("base/_badge.html", {"state": state}) for state in STATES.values()}
    page.object_list = with_voided(list(page.object_list))
    for row in page.object_list:
        row.badge = badges[row.state]
    return page


def _stages(user) -> list[Stage]:
    if not user.roles & ROLES:
        raise Http404
    found = ((stage, user.as_judge(stage.edition)) for stage in filling_stages(user))
    return [stage for stage, reader in found if reader.reaches(ROLES, stage.region_code) or _is_within(reader, stage)]


def _is_within(user, stage) -> bool:
    """Whether one's own regency lies in the edition's region."""
    held = [row.region_id for row in user.held_memberships if row.role in ROLES]
    return any(f"{code}.".startswith(f"{stage.region_code}.") for code in held)


def _found(request, edition) -> tuple[Stage, list[Stage]]:
    stages = _stages(request.user)
    stage = next((row for row in stages if row.edition.code == edition), None)
    if stage is None:
        raise Http404
    return stage, stages


def _line(row, zone, when) -> tuple:
    words = {state: word for word, state in STATES.items()}
    entry = row.entry
    changed = when(row.changed_at, zone) if row.changed_at else ""
    return entry.region_id, entry.name, entry.regency_name, row.revision or 0, changed, words[row.state]
