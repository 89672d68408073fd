"""Each role's home, and finding a kecamatan."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from sp2k.base import clock
from sp2k.desk.home import home_of
from sp2k.desk.search import found_kecamatan
from sp2k.desk.setting_up import setting_up_links


@require_safe
def home(request):
    """What waits for a person, by when, and how far everyone is."""
    page = {"home": home_of(request.user, now=clock.clocks()), "setting_up": setting_up_links(request.user)}
    return render(request, "desk/home.html", page)


@require_safe
def search(request):
    """Kecamatan by name, each with its regency and the editions it takes part in."""
    text = request.GET.get("q", "").strip()[:100]
    page = {"text": text, "rows": found_kecamatan(text, user=request.user, now=clock.clocks()) if text else []}
    return render(request, "desk/search.html", page)
