"""What holds for every answer: kept by no cache when signed in, and a refusal is a page with its sentence."""

from django.shortcuts import render

from sp2k.base.refusals import NotAllowed, Refused


def private_pages_are_not_stored(get_response):
    """Add `no-store` to whatever is answered to a session (ASVS 14.2.2)."""

    def middleware(request):
        response = get_response(request)
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response

    return middleware


class RefusalsBecomePages:
    """An act refused, and no form to say it beside: the sentence on a page of its own, nothing changed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        status = 403 if isinstance(exception, NotAllowed) else 422
        return render(request, "base/refused.html", {"sentence": exception.marked}, status=status)
