"""Appointing a supervisor: the list with its form, one paper to be recorded a second time, its scan."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sp2k.accounts.appointments.actions import confirm_appointment, record_appointment, withdraw_appointment
from sp2k.accounts.appointments.forms import AppointmentForm, SecondRecordForm
from sp2k.accounts.appointments.queries import appointed_person, appointments_visible_to
from sp2k.accounts.models import Appointment
from sp2k.accounts.policy import POLICY, is_hidden, why_not
from sp2k.accounts.queries.opening import require_appointments
from sp2k.base import clock
from sp2k.base.blobs import read_blob
from sp2k.base.pages.acting import attempt, attempt_plainly

SHOWN_DONE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def appointments(request):
    """The papers that wait and those done, and a form for the next one."""
    if not request.user.roles & POLICY["role.paper"].roles:
        raise Http404
    form = AppointmentForm(request.user, request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        given = form.appointed(), form.paper()
        if kept := attempt(form, lambda: record_appointment(*given, by=request.user, now=clock.now())):
            return redirect("accounts:appointment", kept.pk)
    rows = appointments_visible_to(request.user)
    page = {
        "form": form, "waiting": rows.filter(confirmed_at=None, withdrawn_at=None),
        "done": rows.exclude(confirmed_at=None)[:SHOWN_DONE],
    }  # fmt: skip
    return render(request, "accounts/appointments.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def appointment(request, pk):
    """What a paper will do, for the second of the bureau to record it from its scan."""
    row = _row(request, pk)
    form = SecondRecordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        read = form.cleaned_data
        act = {"number": read["number"], "dated": read["dated"], "by": request.user, "now": clock.now()}
        if person := attempt(form, lambda: confirm_appointment(row, **act)):
            return redirect("accounts:person", person.pk)
    page = {"row": row, "form": form, "person": appointed_person(row.username), "is_own": row.by_id == request.user.pk}
    return render(request, "accounts/appointment.html", page, status=422 if form.errors else 200)


@require_safe
def scan(request, pk):
    """The paper as scanned, as a file to save."""
    row = _row(request, pk)
    if row.scan.erased_at:
        raise Http404
    require_appointments()
    ending = {"image/jpeg": "jpg", "image/png": "png"}.get(row.scan.content_type, "pdf")
    answer = HttpResponse(read_blob(row.scan), content_type=row.scan.content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="surat-penugasan-{row.pk}.{ending}"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@require_POST
def withdraw(request, pk):
    """Take a recording back that nobody has confirmed."""
    row = _row(request, pk)
    attempt_plainly(
        request, lambda: withdraw_appointment(row, by=request.user, now=clock.now()), done=_("Catatan surat ditarik.")
    )
    return redirect("accounts:appointments")


def _row(request, pk) -> Appointment:
    now = clock.now()
    row = get_object_or_404(appointments_visible_to(request.user), pk=pk)
    if is_hidden(request.user, "role.paper", row, now=now):
        raise Http404
    if reason := why_not(request.user, "role.paper", row, now=now):
        raise PermissionDenied(reason)
    return row
