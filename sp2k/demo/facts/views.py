"""The page of facts: public, wherever sample data is loaded."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sp2k.base import clock
from sp2k.demo.facts.page import facts_page


@login_not_required
@require_safe
def facts(request):
    """What of the sample data is real, with its source, and what was made up."""
    if not clock.is_demonstration():
        raise Http404
    return render(request, "demo/facts.html", {"page": facts_page()})
