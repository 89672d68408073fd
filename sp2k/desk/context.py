"""What every page's frame shows: the clock, whether the data is a sample, who is signed in, where one can go."""

from django.urls import reverse

from sp2k.base import clock
from sp2k.desk.navigation import navigation, role_names


def page_frame(request):
    """Give templates the present instant, the sample strip's condition, the account's corner and the navigation."""
    return {
        "now": clock.now(),
        "is_demonstration": clock.is_demonstration(),
        "account": {
            "roles": role_names(request.user) if request.user.is_authenticated else [],
            "sign_in": reverse("accounts:login"),
            "sign_out": reverse("accounts:logout"),
        },
        "navigation": navigation(request),
    }
