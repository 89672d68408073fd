"""`{% icon "tick" %}`: an icon beside its word. A page may hold hundreds, so each is rendered once in a process."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=64)
def icon(name: str) -> str:
    """Return the drawing of that name from `base/_icon.html`."""
    return render_to_string("base/_icon.html", {"name": name})
