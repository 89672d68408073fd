"""People: the list, one person, roles, closing."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.accounts.actions.factor import remove_factor
from sp2k.accounts.actions.people import add_person, close_account, edit_person, give_role, open_account, take_role
from sp2k.accounts.forms.people import DetailsForm, PersonForm, RoleForm
from sp2k.accounts.models import User
from sp2k.accounts.queries.invitations import latest_invitation
from sp2k.accounts.queries.opening import changed_accounts, require_accounts
from sp2k.accounts.queries.people import (
    barred_people,
    listed_people,
    people_visible_to,
    roles_given_by,
    roles_held,
    roles_seen_by,
    state_of,
    with_state,
)
from sp2k.base import clock
from sp2k.base.pages.acting import attempt, attempt_plainly
from sp2k.base.pages.paging import page_of

STATES = [
    ("", gettext_lazy("Semua")),
    ("aktif", gettext_lazy("Aktif")),
    ("diundang", gettext_lazy("Diundang, belum masuk")),
    ("belum-diundang", gettext_lazy("Belum diundang")),
    ("nonaktif", gettext_lazy("Dinonaktifkan")),
]


@require_safe
def people(request):
    """The people whose roles one hands out, found by name, role and state."""
    refuse_strangers(request)
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("cari", "peran", "keadaan")}
    rows = listed_people(request.user, text=asked["cari"], role=asked["peran"], state=asked["keadaan"])
    page = page_of(request, rows)
    changed = changed_accounts(person.pk for person in page)
    for person in page:
        person.is_changed = person.pk in changed
        person.state = dict(STATES)[state_of(person)]
    context = {
        "page": page, "asked": asked, "roles": roles_seen_by(request.user), "states": STATES,
        "may_add": bool(roles_given_by(request.user)), "barred": barred_people(people_visible_to(request.user)),
    }  # fmt: skip
    return render(request, "accounts/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request):
    """One person by a form; the next page invites."""
    refuse_strangers(request)
    form = PersonForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        typed = form.cleaned_data
        made = attempt(
            form,
            lambda: add_person(
                typed["username"],
                form.details(),
                role=typed["role"],
                region=typed["region"],
                by=request.user,
                now=clock.now(),
            ),
        )
        if made:
            return redirect("accounts:person", made.pk)
    return render(request, "accounts/new_person.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request, pk):
    """One person: details, roles, and what can be done about the account."""
    found = person_or_404(request, pk)
    initial = {"name": found.name, "institution": found.institution, "phone": found.phone, "home": found.home_id or ""}
    form = DetailsForm(request.user, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        changed = attempt(form, lambda: edit_person(found, form.details(), by=request.user, now=clock.now()))
        if changed is not None:
            return redirect("accounts:person", pk)
    return _person_page(request, found, form, RoleForm(request.user), status=422 if form.is_bound else 200)


@require_POST
def new_role(request, pk):
    """Give one more role."""
    found = person_or_404(request, pk)
    form = RoleForm(request.user, request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        given = attempt(
            form, lambda: give_role(found, typed["role"], typed["region"], by=request.user, now=clock.now())
        )
        if given:
            return redirect("accounts:person", pk)
    return _person_page(request, found, DetailsForm(request.user, initial=vars(found)), form, status=422)


@require_POST
def end_role(request, pk, membership):
    """Take a role away."""
    found = person_or_404(request, pk)
    held = next((held for held in found.all_memberships if held.pk == membership), None)
    if held is None:
        raise Http404
    attempt_plainly(
        request,
        lambda: take_role(held, by=request.user, now=clock.now()),
        done=_("Peran dicabut. Sesi orang ini berakhir."),
    )
    return _back_to(request, pk)


@require_POST
def close(request, pk):
    """Close an account."""
    found = person_or_404(request, pk)
    attempt_plainly(
        request,
        lambda: close_account(found, by=request.user, now=clock.now()),
        done=_("Akun dinonaktifkan. Semua sesinya berakhir; yang sudah dikerjakan tetap."),
    )
    return _back_to(request, pk)


@require_POST
def reopen(request, pk):
    """Let a closed account be used again."""
    found = person_or_404(request, pk)
    attempt_plainly(request, lambda: open_account(found, by=request.user, now=clock.now()), done=_("Akun aktif lagi."))
    return _back_to(request, pk)


@require_POST
def take_factor(request, pk):
    """Take off the second factor of someone whose phone is lost."""
    found = person_or_404(request, pk)
    attempt_plainly(
        request,
        lambda: remove_factor(found, by=request.user, now=clock.now()),
        done=_("Faktor kedua dilepas dan dicatat di jurnal. Semua sesinya berakhir."),
    )
    return _back_to(request, pk)


def person_or_404(request, pk) -> User:
    """Return a person whom the viewer may know of; whoever lies out of reach does not exist."""
    found = with_state(people_visible_to(request.user)).prefetch_related("memberships__region__parent")
    found = found.select_related("home").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def refuse_strangers(request) -> None:
    """Whoever hands out no role has no list of people."""
    if not roles_seen_by(request.user):
        raise Http404


def _person_page(request, found: User, form, role_form, *, status: int):
    require_accounts([found.pk])
    page = {
        "person": found, "form": form, "role_form": role_form, "state": dict(STATES)[state_of(found)],
        "invitation": latest_invitation(found), "roles": roles_held(found, request.user, now=clock.now()),
    }  # fmt: skip
    return render(request, "accounts/person.html", page, status=status)


def _back_to(request, pk):
    """Back to the person, or to the list where the act took the person out of sight."""
    is_seen = people_visible_to(request.user).filter(pk=pk).exists()
    return redirect("accounts:person", pk) if is_seen else redirect("accounts:people")
