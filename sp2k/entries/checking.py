"""What the pages of one form's verification stand on, read in a fixed number of queries whatever the instrument's length."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from sp2k.accounts.models import User
from sp2k.entries.checks import NOTE, REFUSED, SEEN, Checks, checks_about, standing_checks
from sp2k.entries.drafting import mark_of
from sp2k.entries.models import CheckDraft, Form
from sp2k.entries.reading import Claim, ClaimedAspect, FormPage


@dataclass
class CheckDesk:
    """A form as one verifier works on it. `typed` is what stands on the page and was not kept."""

    form: Form
    by: User
    typed: Checks = field(default_factory=dict)

    @cached_property
    def drafts(self) -> list[CheckDraft]:
        return list(self.form.check_drafts.select_related("by"))

    @property
    def draft(self) -> CheckDraft | None:
        return next((row for row in self.drafts if row.by_id == self.by.pk), None)

    @property
    def others(self) -> list[CheckDraft]:
        """What other verifiers of the regency have begun; what they found is theirs until it is sent."""
        return [row for row in self.drafts if row.by_id != self.by.pk]

    @cached_property
    def checks(self) -> dict:
        return standing_checks(self.form, self.draft, by=self.by)

    @property
    def n_carried(self) -> int:
        """How many indicators hold on from an earlier revision, before anything was kept of this one."""
        return 0 if self.draft else len(self.checks)

    @cached_property
    def page(self) -> FormPage:
        return FormPage(self.form, {**self.checks, **self.typed})

    @property
    def standing(self) -> list:
        return self.form.standing_verifications

    @property
    def mark(self) -> str:
        return mark_of(self.checks)

    def base(self, part: ClaimedAspect) -> str:
        """The mark of one aspect: what its page was made from."""
        return mark_of(checks_about(self.checks, codes_of(part)))

    def aspect(self, code: str) -> ClaimedAspect | None:
        return next((part for part in self.page.aspects if part.aspect.code == code), None)

    def after(self, code: str) -> ClaimedAspect | None:
        codes = [part.aspect.code for part in self.page.aspects]
        place = codes.index(code) + 1
        return self.page.aspects[place] if place < len(codes) else None

    @property
    def n_claims(self) -> int:
        return sum(len(part.to_check) for part in self.page.aspects)

    @property
    def n_empty(self) -> int:
        return sum(part.n_empty for part in self.page.aspects)

    @property
    def n_seen(self) -> int:
        return sum(part.n_seen for part in self.page.aspects)

    @property
    def n_unseen(self) -> int:
        return self.n_claims - self.n_seen

    @property
    def wanting(self) -> list[tuple[ClaimedAspect, Claim]]:
        """What is refused or noted, with its aspect."""
        return [(part, claim) for part in self.page.aspects for claim in part.claims if claim.is_found_wanting]

    def show_kept(self, part: ClaimedAspect, kept: Checks) -> None:
        """Say beside each indicator what was saved in another window, where it is not what stands on this page."""
        for claim in part.claims:
            code = claim.question.code
            if kept.get(code, {}) != self.typed.get(code, {}):
                claim.kept = _said(kept.get(code, {}), claim)


def codes_of(part: ClaimedAspect) -> list[str]:
    return [question.code for question in part.aspect.questions]


def _said(check, claim) -> str:
    """A check in words."""
    names = [proof.file.name for proof in claim.proofs if proof.key in check.get(REFUSED, ())]
    said = [_("tidak diterima: %s") % ", ".join(names)] if names else []
    said += [_("catatan: %s") % check[NOTE]] if check.get(NOTE) else []
    return "; ".join(said) or (_("diperiksa, tanpa temuan") if check.get(SEEN) else _("belum diperiksa"))
