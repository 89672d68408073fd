"""What a new edition can be made from: the shipped templates, and every edition the viewer may know of."""

from django.utils.translation import gettext as _

from sp2k.editions.drafts.shelf import shipped_templates
from sp2k.editions.queries import editions_visible_to


def origins_for(user) -> dict[str, tuple[str, str]]:
    """Return (label, text) by a key that a form can send back: editions first, the newest before the older."""
    found = {
        f"salinan:{edition.code}": (_("Salinan %(edition)s") % {"edition": edition}, edition.source)
        for edition in editions_visible_to(user)
    }
    for code, template in shipped_templates().items():
        told = {"name": template.file.short_name, "region": template.file.organiser, "year": template.file.year}
        found[f"templat:{code}"] = (_("Templat %(name)s %(year)s, %(region)s") % told, template.text)
    return found
