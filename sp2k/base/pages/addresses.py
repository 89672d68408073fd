"""Addresses of pages that another room may or may not have."""

from django.urls import NoReverseMatch, reverse


def address_of(name: str, *args) -> str:
    """Return the address of a page, or an empty text where the site has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
