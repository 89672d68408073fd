"""Answers to a signed-in person are kept by no cache, shared or private."""


def private_pages_are_not_stored(get_response):
    """Add `no-store` to whatever is answered to a session (ASVS 14.2.2)."""

    def middleware(request):
        response = get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware
