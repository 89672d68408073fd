"""The address that the strip of sample data leads to."""

from django.urls import reverse


def sample_facts(request):
    """Give templates the address of the page of facts; the strip shows it on a demonstration server."""
    return {"facts_address": reverse("demo:facts")}
