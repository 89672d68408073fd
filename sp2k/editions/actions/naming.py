"""Telling editions apart that are called alike: a rehearsal beside the real one, a second run after one that was closed."""

from sp2k.editions.models import Edition


def tell_apart(edition: Edition) -> None:
    """Note on each edition of the region whether another is called the same; part of the act that changes a name."""
    rows = list(Edition.objects.filter(region_id=edition.region_id, voided_at=None).only("short_name", "year", "shares_name"))
    names = [(row.short_name, row.year) for row in rows]
    for row in rows:
        shares = names.count((row.short_name, row.year)) > 1
        if bool(row.shares_name) != shares:
            Edition.objects.filter(pk=row.pk).update(shares_name=shares)
        if row.pk == edition.pk:
            edition.shares_name = shares
