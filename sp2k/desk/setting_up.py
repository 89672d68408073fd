"""Links to the pages of setting up, by what the viewer may do there."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from sp2k.accounts.officeholders.queries import may_keep_officeholders
from sp2k.editions.queries import opening_reach


@dataclass(frozen=True)
class SettingUpLink:
    label: str
    address: str


def setting_up_links(user) -> list[SettingUpLink]:
    """Return the links for whoever is signed in: everyone reads editions, regions and the own acts."""
    links = [SettingUpLink(_("Semua edisi"), reverse("editions:editions"))]
    if opening_reach(user):
        links.append(SettingUpLink(_("Buka edisi baru"), reverse("editions:new")))
    if may_keep_officeholders(user):
        links.append(SettingUpLink(_("Pejabat"), reverse("officeholders:officeholders")))
    links.append(SettingUpLink(_("Daftar wilayah"), reverse("regions:regions")))
    if user.roles:
        links.append(SettingUpLink(_("Catatan tindakan"), reverse("record:own")))
    return links
