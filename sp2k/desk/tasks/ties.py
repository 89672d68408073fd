"""Ties whose ruling is proposed, and lots whose seed is drawn: who rules, whose voice, whose signature is awaited."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from sp2k.accounts.policy import why_not
from sp2k.base.pages.addresses import address_of
from sp2k.desk.tasks.situation import Situation
from sp2k.desk.tasks.task import Task, task
from sp2k.results.models import TieRuling
from sp2k.results.ties.groups import Tie, tie_of_ruling
from sp2k.results.ties.lots import LotTable
from sp2k.results.ties.page import address_of_tie
from sp2k.results.ties.voices import has_failed, missing_voices


def tasks_of(here: Situation) -> Iterator[Task]:
    """Yield the proposed rulings that this person rules or votes on, and the drawn seeds to sign."""
    for draw in here.facts.draws_waiting.get(here.edition.pk, ()):
        stage = draw.lot.stage
        stage.edition = here.edition
        if draw.by_id != here.user.pk and why_not(here.user, "lot.sign", LotTable(stage), now=here.now) is None:
            yield task(
                _("Sahkan benih undian tahap %s") % stage.name, _("Benih berlaku setelah disahkan orang lain yang hadir."),
                edition=here.edition, now=here.now, address=address_of("results:lot", here.edition.code, stage.code),
            )  # fmt: skip
    for ruling in here.facts.rulings_waiting.get(here.edition.pk, ()):
        ruling.tally.stage = next(stage for stage in here.stages if stage.pk == ruling.tally.stage_id)
        ruling.tally.stage.edition = here.edition
        tie = tie_of_ruling(ruling, ruling.tally)
        if title := _title(here, ruling, tie):
            yield task(
                title, _("Yang bernilai sama di tempat %(place)s: %(names)s.") % {"place": tie.place, "names": tie.names},
                edition=here.edition, now=here.now, address=address_of_tie(tie),
            )  # fmt: skip


def _title(here: Situation, ruling: TieRuling, tie: Tie) -> str:
    if has_failed(ruling, tie):
        if why_not(here.user, "tie.propose", tie, now=here.now) is None:
            return _("Tarik usul putusan seri yang ditolak suara juri, tahap %s") % tie.stage.name
    elif _may_rule(here, ruling, tie):
        return _("Putuskan seri pada tahap %s") % tie.stage.name
    if why_not(here.user, "tie.vote", tie, now=here.now) is None and here.user.pk not in {v.by_id for v in ruling.votes.all()}:
        return _("Beri suara atas seri pada tahap %s") % tie.stage.name
    return ""


def _may_rule(here: Situation, ruling: TieRuling, tie: Tie) -> bool:
    """Whether this person rules and enough voices are given: before that there is nothing to press."""
    if ruling.by_id == here.user.pk or why_not(here.user, "tie.rule", tie, now=here.now) is not None:
        return False
    return not missing_voices(ruling, tie, ruler=here.user).n
