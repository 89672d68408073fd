"""A kecamatan's own result where its own page asks for it."""

from django import template

from sp2k.results.disclosure import OwnResult, own_results

register = template.Library()


@register.simple_tag(takes_context=True)
def own_result(context, entry) -> list[OwnResult]:
    """Return what the reader may read of an entry's result, stage by stage."""
    return own_results(entry, context["user"])
