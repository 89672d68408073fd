"""Where the arguments of addresses come from: for each kind of address the things that stand behind it.

Each source yields pairs: the thing (None where the arguments name nothing) and the arguments.
"""

from django.db.models import Prefetch

from sp2k.accounts.models import Membership, User
from sp2k.editions.models import Approval, Move, Stage
from sp2k.entries.models import DraftDocument, Evidence, Form, Innovation, Participation, Verification
from sp2k.instruments.queries import compiled
from sp2k.judging.models import (
    Assignment,
    LateSheet,
    PaperSheet,
    PresentationClaim,
    Seat,
    Sheet,
    VisitFinding,
    VisitPhoto,
)
from sp2k.results.closing import regencies_in
from sp2k.results.stages.downloads import FILES
from tests.hostile.sources_of_people import (
    NOTHING,
    appointments,
    memberships,
    officeholders,
    people,
    proposed_lists,
    regions,
    tokens,
)
from tests.results.ties import addresses as ties

STAGE = ("edition", "code")


def editions(wanted, key="code"):
    for edition in wanted.editions:
        yield edition, {key: edition.code}
    yield None, {key: "tidak-ada"}


def editions_of_lists(wanted):
    yield from editions(wanted, "edition")


def edition_texts(wanted):
    for edition in wanted.editions:
        for text in edition.texts.all()[:1]:
            yield edition, {"code": edition.code, "number": text.number}
    yield None, {"code": wanted.editions[0].code, "number": NOTHING}


def edition_parts(wanted):
    for edition in wanted.editions:
        yield edition, {"code": edition.code, "part": "jadwal"}
    yield None, {"code": wanted.editions[0].code, "part": "tidak-ada"}


def edition_moves(wanted):
    for move in wanted.ends(Move.objects.select_related("edition__region").order_by("pk")):
        yield move.edition, {"code": move.edition.code, "pk": move.pk}
    yield None, {"code": wanted.editions[0].code, "pk": NOTHING}


def edition_papers(wanted):
    for row in wanted.ends(Approval.objects.exclude(paper=None).select_related("edition__region").order_by("pk")):
        yield row.edition, {"code": row.edition.code, "pk": row.pk}
    yield None, {"code": wanted.editions[0].code, "pk": NOTHING}


def edition_heads(wanted):
    for edition in wanted.editions:
        yield edition, {"code": edition.code, "size": edition.chain.size}
    yield None, {"code": wanted.editions[0].code, "size": NOTHING}


def edition_stages(wanted):
    for stage in wanted.stages:
        yield stage.edition, {"code": stage.edition.code, "stage": stage.code}
    yield None, {"code": wanted.editions[0].code, "stage": "tidak-ada"}


def stages(wanted, edition="edition", code="code"):
    for stage in wanted.stages:
        yield stage, {edition: stage.edition.code, code: stage.code}
    yield None, {edition: wanted.editions[0].code, code: "tidak-ada"}


def stages_of_papers(wanted):
    yield from stages(wanted, code="stage")


def of_stage(extra):
    """Stages, each with more arguments; and the first of another stage's: what belongs elsewhere is nothing here."""

    def source(wanted):
        for n, stage in enumerate(wanted.stages):
            told = list(extra(stage, wanted))
            for thing, more in told:
                yield thing, {"edition": stage.edition.code, "code": stage.code, **more}
            other = wanted.stages[n - 1]
            elsewhere = [more for thing, more in told if thing is not None and extra in BOUND_TO_STAGE]
            if elsewhere and other.pk != stage.pk:
                yield None, {"edition": other.edition.code, "code": other.code, **elsewhere[0]}

    return source


def seats(stage, wanted):
    for seat in wanted.ends(_seats(stage)):
        yield seat, {"seat": seat.code}
    yield None, {"seat": "tidak-ada"}


def seats_and_persons(stage, wanted):
    person = Membership.objects.filter(role="J").values_list("user", flat=True).first()
    for seat in wanted.ends(_seats(stage)):
        yield stage, {"seat": seat.code, "person": person or NOTHING}


def entries(stage, wanted):
    for row in wanted.ends(_participations(stage)):
        yield row, {"entry": row.region_code}
    yield None, {"entry": "99.99.99"}


def sessions(stage, wanted):
    for session in wanted.ends(stage.sessions.order_by("position")):
        yield stage, {"position": session.position}
    yield None, {"position": NOTHING}


def duties_of_stage(stage, wanted):
    for duty in wanted.ends(Assignment.objects.filter(participation__stage=stage).order_by("pk")):
        yield stage, {"duty": duty.pk}
    yield None, {"duty": NOTHING}


def seats_of_sessions(stage, wanted):
    for session in stage.sessions.order_by("position")[:1]:
        for seat in wanted.ends(_seats(stage)):
            yield stage, {"sesi": session.position, "kursi": seat.code}
    yield None, {"sesi": NOTHING, "kursi": "tidak-ada"}


def regencies(stage, wanted):
    if stage.kind == Stage.Kind.SELECTION:
        for regency in wanted.ends(regencies_in(stage.edition).order_by("code")):
            yield (stage, regency), {"regency": regency.code}
    yield None, {"regency": "99.99"}


def answers(stage, wanted):
    """What a regency answered, for pages that take one of its rows back, correct it or carry it out."""
    for row in wanted.ends(stage.nominations.select_related("regency").order_by("pk")):
        yield (stage, row.regency), {"regency": row.regency_id, "pk": row.pk}
    yield None, {"regency": "99.99", "pk": NOTHING}


def files(stage, wanted):
    for name in FILES:
        yield stage, {"name": name}
    yield None, {"name": "tidak-ada"}


def late_sheets(stage, wanted):
    for late in wanted.ends(LateSheet.objects.filter(assignment__participation__stage=stage).order_by("pk")):
        yield late, {"pk": late.pk}
    yield None, {"pk": NOTHING}


def voidable(stage, wanted):
    lots = {
        "lembar": Sheet.objects.filter(assignment__participation__stage=stage),
        "temuan": VisitFinding.objects.filter(participation__stage=stage),
        "isian": Form.objects.filter(participation__stage=stage),
        "putusan": Verification.objects.filter(form__participation__stage=stage),
        "berkas": Evidence.objects.filter(form__participation__stage=stage),
    }
    for kind, rows in lots.items():
        if row := rows.order_by("pk").first():
            yield (kind, row), {"kind": kind, "pk": row.pk}
    yield None, {"kind": "lembar", "pk": NOTHING}
    yield None, {"kind": "akun", "pk": 1}


def tables(stage, wanted):
    yield stage, {"table": "rentang"}
    yield None, {"table": "tidak-ada"}


def persons_of_stage(stage, wanted):
    yield stage, {"person": User.objects.order_by("pk").first().pk}
    yield None, {"person": NOTHING}


def reminders(stage, wanted):
    for reminder in wanted.ends(stage.reminders.order_by("pk")):
        yield stage, {"number": reminder.pk}
    yield None, {"number": NOTHING}


def forms(*more):
    """Kecamatan in a stage; `more` are pairs of an argument and a query of its value (None: there is none)."""

    def source(wanted):
        for stage in wanted.stages:
            for row in wanted.ends(_participations(stage)):
                extra = {key: value(row) for key, value in more}
                thing = row if stage.instrument is not None and None not in extra.values() else None
                at = {"edition": stage.edition.code, "stage": stage.code, "kecamatan": row.region_code}
                yield thing, at | {key: 1 if value is None else value for key, value in extra.items()}
        yield None, {"edition": "tidak-ada", "stage": "isian", "kecamatan": "99.99.99"} | {key: 1 for key, _ in more}

    return source


def evidence(wanted):
    for stage in wanted.stages:
        rows = Evidence.objects.filter(form__participation__stage=stage)
        for row in rows.select_related("form__participation__stage__edition__region", "blob").order_by("pk")[
            : wanted.most
        ]:
            yield row, {"pk": row.pk}
    yield None, {"pk": NOTHING}


def draft_documents(wanted):
    for row in wanted.ends(DraftDocument.objects.select_related("draft__participation__stage").order_by("pk")):
        yield row, {"pk": row.pk}
    yield None, {"pk": NOTHING}


def duties(wanted):
    for stage in wanted.stages:
        for seat in wanted.ends(_seats(stage)):
            rows = Assignment.objects.filter(seat=seat, participation__stage=stage).select_related(
                "seat__stage", "participation__stage__edition__region", "participation__entry__region__parent"
            )
            for duty in rows.prefetch_related("seat__seatings__user").order_by("pk")[:1]:
                yield duty, {"duty": duty.pk}
    yield None, {"duty": NOTHING}


def numbered_duties(wanted):
    for duty, told in duties(wanted):
        yield duty, told | {"number": 1}


def papers(wanted):
    rows = PaperSheet.objects.select_related(
        "assignment__seat", "assignment__participation__stage__edition__region",
        "assignment__participation__entry__region__parent", "juror",
    ).prefetch_related("typings", "assignment__seat__seatings__user")  # fmt: skip
    for state in sorted(set(rows.values_list("state", flat=True))):
        for row in rows.filter(state=state).order_by("pk")[:1]:
            yield row, {"code": row.code}
    yield None, {"code": "AAAAAAAAAA"}


def before_panels(*more):
    """Entries before a jury or a visit; `more` as in `forms`."""

    def source(wanted):
        for stage in wanted.stages:
            if stage.kind not in {Stage.Kind.SCORING, Stage.Kind.VISIT}:
                continue
            for row in wanted.ends(_participations(stage)):
                extra = {key: value(row) for key, value in more}
                thing = None if None in extra.values() else row
                yield thing, {"pk": row.pk} | {key: NOTHING if value is None else value for key, value in extra.items()}
        yield None, {"pk": NOTHING} | {key: NOTHING for key, _ in more}

    return source


def _seats(stage):
    rows = Seat.objects.filter(stage=stage).select_related("stage__edition__region")
    return rows.prefetch_related("seatings__user").order_by("position")


def _participations(stage):
    duties = Assignment.objects.select_related("seat").prefetch_related("seat__seatings__user")
    rows = Participation.objects.filter(stage=stage).select_related(
        "stage__edition__region", "stage__instrument", "entry__region__parent"
    )
    return rows.prefetch_related(Prefetch("assignments", duties)).order_by("entry__region")


def _first(rows, field="pk"):
    return rows.order_by("pk").values_list(field, flat=True).first()


def _aspect(row):
    return compiled(row.stage.instrument).aspects[0].code if row.stage.instrument else None


def _claim(row):
    return _first(row.visit_findings, "claim") or "A1"


_innovation = lambda row: _first(Innovation.objects.filter(entry=row.entry), "number")  # noqa: E731
_noted = lambda row: _first(PresentationClaim.objects.filter(participation=row))  # noqa: E731
_photo = lambda row: _first(VisitPhoto.objects.filter(finding__participation=row))  # noqa: E731
_filed = lambda row: _first(Evidence.objects.filter(form__participation__entry=row.entry))  # noqa: E731
_revision = lambda row: _first(row.forms, "revision")  # noqa: E731
BOUND_TO_STAGE = {duties_of_stage, late_sheets, voidable, reminders}
FORM = ("edition", "stage", "kecamatan")
_at = lambda *keys: frozenset(keys)  # noqa: E731

SOURCES = {
    ("publication", _at("code")): editions,
    ("publication", _at("code", "stage")): edition_stages,
    ("publication", _at("code", "size")): edition_heads,
    ("editions", _at("code")): editions,
    ("record", _at("code")): editions,
    ("editions", _at("code", "number")): edition_texts,
    ("editions", _at("code", "part")): edition_parts,
    ("editions", _at("code", "pk")): edition_moves,
    "editions:scan": edition_papers,
    ("editions", _at("code", "stage")): edition_stages,
    ("accounts", _at("token")): tokens,
    ("accounts", _at("pk")): people,
    "accounts:appointment": appointments,
    "accounts:appointment-scan": appointments,
    "accounts:appointment-withdraw": appointments,
    ("accounts", _at("pk", "membership")): memberships,
    ("officeholders", _at("code")): regions,
    ("officeholders", _at("code", "pk")): officeholders,
    ("regions", _at("code")): regions,
    ("regions", _at("pk")): proposed_lists,
    ("entries", _at("edition")): editions_of_lists,
    "entries:evidence": evidence,
    "entries:draft-document": draft_documents,
    ("entries", _at("edition", "stage")): stages_of_papers,
    ("entries", _at(*FORM)): forms(),
    ("entries", _at(*FORM, "aspect")): forms(("aspect", _aspect)),
    ("entries", _at(*FORM, "revision")): forms(("revision", _revision)),
    ("entries", _at(*FORM, "number")): forms(("number", _innovation)),
    ("judging", _at("duty")): duties,
    ("judging", _at("duty", "number")): numbered_duties,
    ("judging", _at("pk")): before_panels(),
    ("judging", _at("pk", "claim")): before_panels(("claim", _claim)),
    "judging:presentation-claim-void": before_panels(("claim", _noted)),
    ("judging", _at("pk", "photo")): before_panels(("photo", _photo)),
    ("judging", _at("pk", "evidence")): before_panels(("evidence", _filed)),
    ("judging", _at("pk", "number")): before_panels(("number", _innovation)),
    ("judging", _at("edition", "stage")): stages_of_papers,
    ("judging", _at("code")): papers,
    ("judging", _at(*STAGE)): stages,
    ("judging", _at(*STAGE, "seat")): of_stage(seats),
    ("judging", _at(*STAGE, "seat", "person")): of_stage(seats_and_persons),
    ("judging", _at(*STAGE, "entry")): of_stage(entries),
    ("judging", _at(*STAGE, "position")): of_stage(sessions),
    ("judging", _at(*STAGE, "duty")): of_stage(duties_of_stage),
    ("judging", _at(*STAGE, "sesi", "kursi")): of_stage(seats_of_sessions),
    ("results", _at(*STAGE)): stages,
    "results:lots": ties.editions_by_name,
    **dict.fromkeys(ties.OF_A_LOT, ties.without_lot),
    ("results", _at(*STAGE, "regency")): of_stage(regencies),
    ("results", _at(*STAGE, "regency", "pk")): of_stage(answers),
    ("results", _at(*STAGE, "name")): of_stage(files),
    ("results", _at(*STAGE, "pk")): of_stage(late_sheets),
    ("results", _at(*STAGE, "kind", "pk")): of_stage(voidable),
    ("results", _at(*STAGE, "table")): of_stage(tables),
    ("results", _at(*STAGE, "entry")): of_stage(entries),
    ("results", _at(*STAGE, "person")): of_stage(persons_of_stage),
    ("results", _at(*STAGE, "number")): of_stage(reminders),
    ("results", _at(*STAGE, "scope", "place")): ties.ties,
}
