"""What every page's frame shows: the clock, whether the data is a sample, who is signed in, where one can go."""

from django.urls import reverse

from sp2k.accounts.queries.people import roles_seen_by
from sp2k.base import clock
from sp2k.desk.navigation import navigation, role_names


def page_frame(request):
    """Give templates the present instant, the sample strip's condition, the account's corner and the navigation."""
    is_signed_in = _is_signed_in(request)
    return {
        "now": clock.shown(),
        "true_now": clock.now(),
        "is_demonstration": clock.is_demonstration(),
        "account": {
            "roles": role_names(request.user) if is_signed_in else [],
            "sign_in": reverse("accounts:login"),
            "sign_out": reverse("accounts:logout"),
            "people": reverse("accounts:people") if is_signed_in and roles_seen_by(request.user) else "",
            "profile": reverse("accounts:profile"),
            "language": reverse("accounts:language" if is_signed_in else "accounts:visitor-language"),
        },
        "navigation": navigation(request, is_signed_in=is_signed_in),
    }


def _is_signed_in(request) -> bool:
    """A request refused before anyone looked who sends it (a foreign host name) has no user at all."""
    return hasattr(request, "user") and request.user.is_authenticated
