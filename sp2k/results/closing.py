"""What still stands in the way of locking a stage: said before the act, and asked by it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sp2k.editions.models import Edition, Stage
from sp2k.entries.models import Participation
from sp2k.entries.queries import accepted_verifications, decided_forms, latest_forms
from sp2k.entries.queries.entrants import called_in, regency_names
from sp2k.judging.queries import judged_by_nobody, unexplained_assignments
from sp2k.judging.queries.paper import papers_waiting
from sp2k.judging.queries.visits import planned_without_finding
from sp2k.regions.models import Region
from sp2k.regions.queries import regencies_of

UNJUDGED = "tanpa_penilai"
_SHOWN = 3
_SHOWN_CLAIMS = 6


@dataclass(frozen=True)
class RegencyDesk:
    """A regency's part in a selection stage: the object of its acts in the policy table."""

    stage: Stage
    regency: Region

    @property
    def edition(self):
        return self.stage.edition

    @property
    def region_code(self) -> str:
        return self.regency.code

    @property
    def name(self) -> str:
        """What the edition calls the regency."""
        called = getattr(self.regency, "called", None)  # of `regencies_in`, which asks once for all
        return called or regency_names(self.edition, [self.regency])[self.regency.code]

    def is_open(self, now: datetime) -> bool:
        return self.stage.is_open(now)


def regencies_in(edition: Edition) -> QuerySet[Region]:
    """Return the regencies whose kecamatan entered the edition: each answers in a selection, also one that sends none."""
    within = regencies_of(edition.region_id, at=edition.regions_at)
    return called_in(edition, within.filter(pk__in=edition.entries.values("region__parent")))


@dataclass(frozen=True)
class Missing:
    """One kind of thing that is missing: `kind` says what cures it, `names` are the first few of `count`.

    `things` are the keys of what each name is about, where each has a page of its own; `unnamed` is how many names are
    left out, where a name stands for several things.
    """

    kind: str
    count: int
    what: str
    names: tuple[str, ...] = ()
    things: tuple[int, ...] = ()
    unnamed: int | None = None

    @property
    def n_more(self) -> int:
        """How many are not named."""
        return self.count - len(self.names) if self.unnamed is None else self.unnamed

    @property
    def brief(self) -> str:
        return f"{self.count} {self.what}" if self.count else self.what

    @property
    def sentence(self) -> str:
        if not self.names:
            return self.what
        n = self.n_more
        more = ngettext("; dan %s lainnya", "; dan %s lainnya", n) % n if n > 0 else ""
        return f"{self.count} {self.what} ({'; '.join(self.names)}{more})"


def what_is_missing(stage: Stage) -> list[str]:
    """Return a sentence for each kind of thing that is missing before the stage can be locked."""
    return [thing.sentence for thing in missing_things(stage)]


def missing_things(stage: Stage) -> list[Missing]:
    """Return each kind of thing that is missing before the stage can be locked, with how many and the first few."""
    if not stage.participations.exists():
        return [Missing("peserta", 0, _("pesertanya belum ditetapkan"))]
    if stage.kind == Stage.Kind.FILLING:
        return _missing_forms(stage)
    if stage.kind == Stage.Kind.SELECTION:
        return _missing_regencies(stage)
    return _missing_sheets(stage)


def leaves_out_silent(stage: Stage) -> bool:
    """Whether the rules leave a kecamatan without an accepted form out of the count, instead of waiting for it."""
    return stage.rules.get("bila_tanpa_lembar") == "tidak_dinilai"


def ways_on(missing: list[Missing]) -> str:
    """Say what can be done where the rules wait for a form that nobody sends any more; empty where nothing is needed."""
    kinds = {thing.kind for thing in missing}
    if UNJUDGED in kinds and "isian" not in kinds:
        return _("Jalan keluarnya: catatan kehadiran yang keliru dibatalkan, juri pengganti didudukkan, batas tahap "
                 "dipindahkan, atau edisi ditutup tanpa hasil.")  # fmt: skip
    if "isian" not in kinds:
        return ""
    return _("Jalan keluarnya: isian yang sudah dikirim diperiksa, batas tahap dipindahkan supaya yang belum mengirim "
             "dapat mengirim, atau edisi ditutup tanpa hasil.")  # fmt: skip


def _missing_forms(stage):
    accepted = accepted_verifications(stage).values("form__participation")
    waiting = stage.participations.exclude(pk__in=accepted).select_related("entry__region__parent")
    if leaves_out_silent(stage):
        # Who handed in nothing is not judged; who handed in and waits for the verifier is not "without a sheet".
        waiting = waiting.filter(pk__in=latest_forms(stage).exclude(pk__in=decided_forms(stage)).values("participation"))
    return _missing("isian", waiting, _("isian belum diterima verifikator"), lambda row: str(row.entry))


def _missing_regencies(stage):
    answered = stage.nominations.values("regency")
    silent = regencies_in(stage.edition).exclude(pk__in=answered)
    return _missing("kabkota", silent, _("kabupaten/kota belum mengajukan calon atau alasan tidak ikut"), str)


def _missing_sheets(stage):
    unassigned = stage.participations.filter(assignments=None).select_related("entry__region__parent")
    told = _missing("tugas", unassigned, _("peserta belum mempunyai juri"), lambda row: str(row.entry))
    if not leaves_out_silent(stage):
        what = _("peserta tanpa satu lembar pun, karena semua jurinya tercatat tidak menilai")
        told += _missing(UNJUDGED, judged_by_nobody(stage), what, lambda row: str(row.entry))
    if sheets := _missing("lembar", unexplained_assignments(stage), _("lembar juri belum masuk"), str):
        what = _("lembar kertas belum selesai diketik atau dikonfirmasi juri")
        told += sheets + _missing("kertas", papers_waiting(stage), what, lambda row: str(row.assignment))
    return told + _missing_findings(stage)


def _missing_findings(stage) -> list[Missing]:
    """What a visit was to look into and did not: found and recorded, or taken off the plan with a reason."""
    if stage.kind != Stage.Kind.VISIT:
        return []
    by_visit: dict[Participation, list[str]] = {}
    for row in planned_without_finding(stage):
        by_visit.setdefault(row.plan.participation, []).append(row.claim)
    if not by_visit:
        return []
    shown = list(by_visit.items())[:_SHOWN]
    return [
        Missing(
            "klaim", sum(map(len, by_visit.values())), _("klaim yang direncanakan belum ada temuannya"),
            tuple(f"{visit.entry}: {_few(claims)}" for visit, claims in shown), tuple(visit.pk for visit, _claims in shown),
            len(by_visit) - len(shown),
        )
    ]  # fmt: skip


def _few(claims) -> str:
    more = _(" dan %s lainnya") % (len(claims) - _SHOWN_CLAIMS) if len(claims) > _SHOWN_CLAIMS else ""
    return ", ".join(claims[:_SHOWN_CLAIMS]) + more


def _missing(kind, rows, what, name) -> list[Missing]:
    count = rows.count()
    return [Missing(kind, count, what, tuple(name(row) for row in rows[:_SHOWN]))] if count else []
