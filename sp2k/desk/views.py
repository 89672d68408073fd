"""Each role's home."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from sp2k.base import clock
from sp2k.desk.timeline import timeline
from sp2k.editions.queries import editions_visible_to


@require_safe
def home(request):
    """The editions a person may know of, each as a line of steps, the newest first."""
    now = clock.now()
    editions = editions_visible_to(request.user).prefetch_related("stages__edition")
    page = {"timelines": [timeline(edition, user=request.user, now=now) for edition in editions]}
    return render(request, "desk/home.html", page)
