"""What every page's frame shows: the clock, and whether the data is a sample."""

from sp2k.base import clock


def page_frame(request):
    """Give templates the present instant and the sample strip's condition."""
    return {"now": clock.now(), "is_demonstration": clock.is_demonstration()}
