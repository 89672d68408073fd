"""Templates ask the one table of permissions too: `{% why_not "stage.lock" stage as reason %}`."""

from django import template

from sp2k.accounts import policy

register = template.Library()


@register.simple_tag(takes_context=True)
def why_not(context, action, obj):
    """Return the reason why the signed-in person may not do `action` to `obj` now, or an empty text when allowed."""
    return policy.why_not(context["user"], action, obj, now=context["now"]) or ""


@register.simple_tag(takes_context=True)
def is_hidden(context, action, obj):
    """Return whether `action` is none of this person's business: not a button to explain, but none to show."""
    return policy.is_hidden(context["user"], action, obj, now=context["now"])
