"""The row of links under the masthead: at most six, and only pages that exist."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from sp2k.accounts.policy import POLICY
from sp2k.accounts.roles import Role

SHEET_PAGES = {
    "judging:duties", "judging:sheet", "judging:change-sheet", "judging:send-sheet", "judging:versions", "judging:revision",
}  # fmt: skip
RESULT_PAGES = {"publication:home", "publication:result"}
JURY_PAGES = {
    "judging:stages", "judging:panel", "judging:roster", "judging:seat", "judging:conflicts", "judging:own-conflicts",
    "judging:declare", "judging:schedule", "judging:draw", "judging:swap", "judging:session-new", "judging:session",
    "judging:attendance", "judging:absence", "judging:progress", "judging:own-schedule", "results:duties",
    "results:duties-rule", "results:duties-file", "results:duties-hand", "results:late", "results:reminder",
}  # fmt: skip


@dataclass(frozen=True)
class Link:
    """One word of the navigation."""

    label: str
    address: str
    is_current: bool


def navigation(request: HttpRequest, *, is_signed_in: bool) -> list[Link]:
    """Return the links for whoever asks: the desk when signed in, results for all, and the open edition's pages."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    links = [Link(_("Hasil"), reverse("publication:home"), here in RESULT_PAGES)]
    if is_signed_in:
        links.insert(0, Link(_("Meja kerja"), reverse("desk:home"), here == "desk:home"))
    if is_signed_in and request.user.roles & POLICY["draft.keep"].roles:
        links.append(Link(_("Lembar saya"), reverse("judging:duties"), here in SHEET_PAGES))
    if is_signed_in and request.user.roles & POLICY["panel.read"].roles:
        links.append(Link(_("Juri"), reverse("judging:stages"), here in JURY_PAGES))
    elif is_signed_in and request.user.roles & POLICY["schedule.read"].roles:
        links.append(Link(_("Jadwal"), reverse("judging:own-schedule"), here in JURY_PAGES))
    if is_signed_in and request.user.roles & POLICY["certainty.read"].roles:
        is_here = here.startswith("results:") and here not in JURY_PAGES
        links.append(Link(_("Seberapa yakin?"), reverse("results:certainties"), is_here))
    if here.startswith("publication:") and (code := request.resolver_match.kwargs.get("code")):
        links[int(is_signed_in)] = Link(_("Hasil"), reverse("publication:result", args=[code]), here in RESULT_PAGES)
        links.append(
            Link(_("Peserta"), reverse("publication:participants", args=[code]), here == "publication:participants")
        )
    return links


def role_names(user) -> list[str]:
    """Return the names of the roles a signed-in person holds, in the order of the table of roles."""
    return [role.label for role in Role if role.value in user.roles]
