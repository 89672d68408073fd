"""Jurors and their chair: sheets to give, the next turn, conflicts, the yes to a lock."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sp2k.accounts.roles import Role
from sp2k.base.pages.addresses import address_of
from sp2k.base.wording import hour_in_words
from sp2k.desk.tasks.situation import Situation
from sp2k.desk.tasks.task import Task, task
from sp2k.editions.models import Stage
from sp2k.judging.opening.schedule import is_schedule_told


def tasks_of(here: Situation) -> Iterator[Task]:
    """Yield what waits for a juror, and for the chair, in the stage that runs."""
    if not (here.holds(Role.JUROR) or here.holds(Role.CHAIR)):
        return
    stage = here.current
    if stage is not None and stage.kind in {Stage.Kind.SCORING, Stage.Kind.VISIT}:
        yield from _own_seat(here, stage)
    if here.holds(Role.CHAIR):
        yield from _certainty(here)


def _own_seat(here, stage) -> Iterator[Task]:
    if stage.pk not in here.facts.own_seats:
        return
    if here.now < stage.opens_at:
        yield task(
            _("Nyatakan benturan kepentingan"),
            _("Sebelum tahap %s dibuka: peserta yang tidak boleh Anda nilai, dengan penjelasannya.") % stage.name,
            edition=here.edition, now=here.now, due=stage.opens_at,
            address=address_of("judging:own-conflicts", here.edition.code, stage.code),
        )  # fmt: skip
        return
    if n := len(here.facts.duties_waiting.get(stage.pk, ())):
        name, asked = "judging:duties", f"?saring=belum&tahap={here.edition.code}/{stage.code}"
        if stage.kind == Stage.Kind.VISIT:
            name, asked = "judging:visits", ""
        yield task(
            ngettext(
"Beri %(n)d lembar %(stage)s", "Beri %(n)d lembar %(stage)s", n,
) % {"n": n, "stage": stage.name.lower()}, _next_turn(here, stage),
            edition=here.edition, now=here.now, due=stage.closes_at, address=address_of(name) + asked,
        )  # fmt: skip
    if papers := here.facts.papers_waiting.get(stage.pk):
        yield task(
            ngettext(
"Konfirmasi %d lembar kertas", "Konfirmasi %d lembar kertas", papers,
) % papers, _("Sampai Anda konfirmasi, lembarnya dihitung belum ada."),
            edition=here.edition, now=here.now, due=stage.closes_at, address=address_of("judging:papers"),
        )  # fmt: skip
    if drafts := here.facts.drafts_kept.get(stage.pk):
        yield task(
            _("Segel %d draf lembar") % drafts, _("Draf hanya Anda yang melihatnya dan tidak dihitung sebelum disegel."),
            edition=here.edition, now=here.now, due=stage.closes_at, address=address_of("judging:duties"),
        )  # fmt: skip


def _next_turn(here, stage) -> str:
    waiting = here.facts.duties_waiting[stage.pk]
    if (turn := here.facts.turns_ahead.get(stage.pk)) and is_schedule_told(stage):
        participation, starts_at, room = turn
        return _("Berikutnya %(entry)s, pukul %(hour)s%(where)s.") % {
            "entry": dict(waiting)[participation], "hour": hour_in_words(starts_at, here.edition.zone),
            "where": f", {room}" if room else "",
        }  # fmt: skip
    return _("Yang pertama menunggu: %s. Kosong berarti belum dinilai, bukan nol.") % waiting[0][1]


def _certainty(here) -> Iterator[Task]:
    judged = [
        stage for stage in here.stages if stage.kind in {Stage.Kind.SCORING, Stage.Kind.VISIT} and stage.is_locked
    ]
    for stage in judged[-1:]:
        if stage.pk in here.frozen and stage.pk not in here.advanced and not here.is_decided:
            yield task(
                _("Lihat seberapa pasti tempat tahap %s") % stage.name,
                _("Sebelum peserta maju: apakah batasnya terbedakan dari yang di bawahnya."),
                edition=here.edition, now=here.now,
                address=address_of("results:certainty", here.edition.code, stage.code),
            )  # fmt: skip
