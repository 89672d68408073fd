"""Whether a person must sign in with a second factor, and whether the installation asks anyone for it."""

from sp2k.accounts.models import SecondFactorRule
from sp2k.base import clock


def is_factor_on() -> bool:
    """Return whether second factors are used at all: not on demonstration data, which says so."""
    return not clock.is_demonstration()


def rules_for(user) -> list[SecondFactorRule]:
    """Return the rules of editions under which this person needs a second factor."""
    return [rule for rule in SecondFactorRule.objects.order_by("edition") if rule.holds_for(user)]


def must_set_factor(user) -> bool:
    """Return whether this person has to set a second factor before anything else."""
    return not user.has_second_factor and bool(rules_for(user)) and is_factor_on()
