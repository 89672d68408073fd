"""The turnout in sentences: for documents in the language of record, for pages in the reader's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sp2k.base.documents.numerals import counted
from sp2k.base.language import of_record
from sp2k.base.wording import number_in_words
from sp2k.editions.models import Edition, Stage
from sp2k.results.models import TieRuling
from sp2k.results.ties.groups import holders_by_title, is_shared_place
from sp2k.results.turnout.despite import despite_said
from sp2k.results.turnout.effect import SeatEffect, StageEffect
from sp2k.results.turnout.reading import Absence, EmptySeat, Turnout, Unjudged

ALL_THERE = "pada setiap tahap yang dinilai juri seluruh peserta dinilai, dan seluruh kursi penilai memberikan lembarnya"
NO_JURY = "edisi ini tidak memuat tahap yang dinilai juri"
NONE_FROZEN = "hitungan tahap yang dinilai juri belum dibekukan"
NOTHING_MISSED = (ALL_THERE, NO_JURY, NONE_FROZEN)  # said only where the wording asks for it
NAMED = 3  # how many kecamatan a sentence names; lists and minutes name all


@dataclass(frozen=True)
class EmptySeatSaid:
    """One seat for a page or a document: for whom it was empty and why, and what would differ without it."""

    institution: str
    absences: tuple[str, ...]
    effect: str


def empty_seats_said(turnout: Turnout, *, named: int | None = None) -> list[EmptySeatSaid]:
    """Return each empty seat in words; `named` shortens the lists of kecamatan."""
    return [
        EmptySeatSaid(
            seat.institution, tuple(_absence_said(group, turnout, named) for group in _groups(seat)),
            effect_said(seat.institution, seat.effect, turnout),
        )
        for seat in turnout.empty_seats
    ]  # fmt: skip


def emptiness_said(turnout: Turnout) -> list[str]:
    """Return one sentence a seat that was empty: the stage, for whom, why, and what would differ; then who judged despite
    a conflict recorded since."""
    empty = [
        _("%(stage)s, kursi %(seat)s %(absences)s. %(effect)s")
        % {"stage": turnout.stage.name, "seat": seat.institution, "absences": "; ".join(seat.absences).rstrip("."),
           "effect": seat.effect}
        for seat in empty_seats_said(turnout, named=NAMED)
    ]  # fmt: skip
    return empty + despite_said(turnout.despite, turnout.stage)


def turnout_figure(turnout: Turnout) -> tuple[str, str]:
    """Return a stage and how many were judged in it, for a list of figures."""
    told = {"n": number_in_words(turnout.n_judged), "of": number_in_words(turnout.n_entries)}
    said = [_("%(n)s dari %(of)s peserta dinilai") % told]
    if turnout.n_unjudged:
        said.append(_("%s tidak dinilai") % number_in_words(turnout.n_unjudged))
    if turnout.own_declined:
        n = len(turnout.own_declined)
        said.append(ngettext("%d kabupaten/kota tidak ikut", "%d kabupaten/kota tidak ikut", n) % n)
    return turnout.stage.name, ", ".join(said)


def effect_said(institution: str, effect: SeatEffect, turnout: Turnout) -> str:
    """Return what would differ without a seat, in one sentence; where nothing could be compared, that."""
    stages = {row.code: row for row in turnout.stage.edition.stages.all()}
    titled = _titles_held(turnout)
    told = [text for part in effect.stages if (text := _stage_said(part, stages[part.stage], turnout.names, titled))]
    if effect.impossible:
        told.append(_("hitungan tidak dapat diulang: %s") % effect.impossible.rstrip("."))
    if not told and not effect.has_sheet:
        return _("Kursi %(seat)s tidak memberi satu lembar pun, jadi tidak ada yang dapat dibandingkan.") % {
            "seat": institution
        }
    if not told:
        told.append(_same(effect, stages, titled))
    return _("Tanpa kursi %(seat)s, %(what)s.") % {"seat": institution, "what": "; ".join(told)}


def unjudged_by_reason(unjudged: Sequence[Unjudged]) -> dict[str, tuple[str, ...]]:
    """Return the names of those without a place, by the reason that the count gives."""
    by_reason: dict[str, list[str]] = {}
    for row in unjudged:
        by_reason.setdefault(row.reason, []).append(row.name)
    return {reason: tuple(names) for reason, names in by_reason.items()}


@of_record
def attendance_of_record(turnouts: Iterable[Turnout]) -> str:
    """Return, for a decree's `bahwa`, who was not judged, who took no part and whose seat was empty, with its effect."""
    turnouts, parts, declined, label = tuple(turnouts), [], (), ""
    for row in turnouts:
        declined = row.declined or declined
        label = " (data contoh)" if row.stage.edition.is_sample else ""  # regencies that exist are named: not without it
        if row.n_unjudged and row.stage.kind != Stage.Kind.SELECTION:
            parts.append(
                f"pada tahap {row.stage.name} dinilai {counted(row.n_judged)} dari {counted(row.n_entries)} kecamatan dan "
                f"{counted(row.n_unjudged)} kecamatan tidak dinilai"
            )
        for seat in empty_seats_said(row, named=NAMED):
            parts.append(f"pada tahap {row.stage.name} kursi {seat.institution} {'; '.join(seat.absences)}")
            parts.append(seat.effect[0].lower() + seat.effect[1:].rstrip("."))
    if declined:
        names = ", ".join(row.name for row in declined)
        parts.insert(0, f"{counted(len(declined))} kabupaten/kota tidak ikut{label}, yaitu {names}")
    return "; ".join(parts) or _nobody_missed(turnouts)


def _nobody_missed(turnouts: Sequence[Turnout]) -> str:
    """What there is to say where nobody was missing: of seats only where there are any."""
    if any(row.stage.kind in (Stage.Kind.SCORING, Stage.Kind.VISIT) and row.n_judged for row in turnouts):
        return ALL_THERE
    stages = turnouts[0].stage.edition.stages.all() if turnouts else ()
    judged = any(stage.kind in (Stage.Kind.SCORING, Stage.Kind.VISIT) for stage in stages)
    return NONE_FROZEN if judged or not turnouts else NO_JURY


def titles_at(edition: Edition) -> dict[int, str]:
    return {title.place: title.name for title in edition.titles.all()}


def _groups(seat: EmptySeat) -> list[tuple[Absence, ...]]:
    """The absences of a seat that share state and reason."""
    by_why: dict[tuple[str, str], list[Absence]] = {}
    for absence in seat.absences:
        by_why.setdefault((absence.state, absence.reason), []).append(absence)
    return [tuple(rows) for rows in by_why.values()]


def _absence_said(group: tuple[Absence, ...], turnout: Turnout, named: int | None) -> str:
    first, n = group[0], len(group)
    who = _all_said(n) if n == turnout.n_entries else _names_said([row.entry for row in group], named)
    if first.is_without_duty:
        return _("tidak memberi lembar untuk %(who)s: tidak ditugaskan") % {"who": who}
    if first.is_recused:
        said = _("tidak menilai %(who)s karena benturan kepentingan") % {"who": who}
        return f"{said}: {first.reason}" if first.reason else said
    return _("tidak hadir untuk %(who)s: %(why)s") % {"who": who, "why": first.reason or _("alasan tidak tercatat")}


def _all_said(n: int) -> str:
    return _("satu-satunya peserta") if n == 1 else _("semua %d peserta") % n


def _names_said(names: Sequence[str], named: int | None) -> str:
    shown = list(names) if named is None else list(names[:named])
    more = len(names) - len(shown)
    return ", ".join(shown) + (_(" dan %d kecamatan lain") % more if more else "")


@dataclass(frozen=True)
class _TitlesHeld:
    """Who holds the titles now, as ruled: {place: codes} where a title has its holders, and whether every title has."""

    holders: Mapping[int, tuple[str, ...]]
    is_whole: bool
    ruled: tuple[str, ...]  # the numbers of the minutes of what was ruled


def _titles_held(turnout: Turnout) -> _TitlesHeld:
    """The titles of the last stage as they stand, a plenary's or a shared place's ruling counted in."""
    last = (turnout.tally, *turnout.later)[-1]
    if not turnout.absences or _next(last.stage) is not None:
        return _TitlesHeld({}, is_whole=False, ruled=())
    rows = [(title, found) for title, found in holders_by_title(last) if found]
    held = {
        title.place: tuple(row.participation.region_code for row in found)
        for title, found in rows
        if len(found) == 1 or is_shared_place(found)
    }
    made = [row.ruling for _title, found in rows for row in found if row.decided_by in TieRuling.Way.values]
    ruled = tuple(dict.fromkeys(ruling.minutes_number for ruling in made))
    return _TitlesHeld(held, is_whole=bool(rows) and len(held) == len(rows), ruled=ruled)


def _same(effect: SeatEffect, stages: Mapping[str, Stage], titled: _TitlesHeld) -> str:
    has_last = any(_next(stages[part.stage]) is None for part in effect.stages)
    has_cut = any(part.has_cut and _next(stages[part.stage]) for part in effect.stages)
    if not has_last:
        return _("yang lolos tetap sama")
    if titled.is_whole and not titled.ruled:
        return _("gelar dan yang lolos tetap sama") if has_cut else _("gelar tetap sama")
    same = [_("yang lolos tetap sama")] if has_cut else []
    told = {"numbers": ", ".join(titled.ruled)}
    if titled.is_whole and any(place in titled.holders for part in effect.stages for place in part.holders):
        same.append(_("gelar sebagaimana diputus menurut Berita Acara Nomor %(numbers)s tetap sama") % told)
    else:
        same.append(_("tempat yang membawa gelar tetap sama menurut hitungan"))
        ruled = _("gelarnya sebagaimana diputus menurut Berita Acara Nomor %(numbers)s") % told
        same.append(ruled if titled.is_whole else _("belum setiap gelar mempunyai pemegang"))
    return "; ".join(same)


def _next(stage: Stage) -> Stage | None:
    """The stage that follows, from the edition's stages as they were read at once."""
    return next((row for row in stage.edition.stages.all() if row.position > stage.position), None)


def _stage_said(part: StageEffect, stage: Stage, names: Mapping[str, str], titled: _TitlesHeld) -> str:
    following = _next(stage)
    if following is None:
        return _titles_said(part, titles_at(stage.edition), names, titled)
    if not part.moves_the_cut:
        return ""
    told = {"enter": _listed(part.enter, names), "leave": _listed(part.leave, names), "next": following.name}
    if part.enter and part.leave:
        return _("%(enter)s lolos ke tahap %(next)s menggantikan %(leave)s") % told
    if part.enter:
        return _("%(enter)s ikut lolos ke tahap %(next)s") % told
    return _("%(leave)s tidak lolos ke tahap %(next)s") % told


def _titles_said(
    part: StageEffect, titles: Mapping[int, str], names: Mapping[str, str], titled: _TitlesHeld
) -> str:
    """What moves among the titles; what was ruled of a tie holds, so a place that gives its holder anew moves nothing."""
    moved = {
        place: part.holders[place]
        for place in titles
        if place in part.holders and titled.holders.get(place) != part.holders[place][1]
    }
    if len(moved) == 2:
        (one, (was, would)), (other, (was_other, would_other)) = moved.items()
        if was == would_other and was_other == would:
            return _("%(one)s dan %(other)s bertukar") % {"one": titles[one], "other": titles[other]}
    return "; ".join(_holder_said(titles[place], would, names) for place, (_was, would) in moved.items())


def _holder_said(title: str, holders: tuple[str, ...], names: Mapping[str, str]) -> str:
    told = {"title": title, "who": _listed(holders, names)}
    if not holders:
        return _("%(title)s tidak mempunyai pemegang") % told
    if len(holders) > 1:
        return _("%(title)s dibagi %(who)s dengan nilai sama") % told
    return _("%(title)s jatuh kepada %(who)s") % told


def _listed(codes: Sequence[str], names: Mapping[str, str]) -> str:
    said = [names.get(code, code) for code in codes]
    if len(said) < 2:
        return "".join(said)
    return _("%(most)s dan %(last)s") % {"most": "; ".join(said[:-1]), "last": said[-1]}
