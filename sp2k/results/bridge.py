"""The one bridge from rows to arithmetic: a stage's rules and marks, just as `sp2k tally` reads them from files."""

from collections.abc import Iterator

from sp2k.base.exactyaml import load
from sp2k.editions.models import Stage
from sp2k.entries.models import Finding
from sp2k.entries.queries import accepted_verifications
from sp2k.instruments.applying import asks_by_traits
from sp2k.judging.models import Assignment, Mark
from sp2k.judging.queries import latest_sheets, latest_visit_findings, without_sheet
from sp2k.results.models import Placement
from sp2k.results.ties.lots import drawn_seed

RULE_KEYS = (
    "gabung", "pangkas", "bila_pangkas_kurang", "bila_kosong", "bila_tanpa_lembar", "bulat", "bawaan", "temuan", "kuota",
    "seri", "benih",
)  # fmt: skip
MarkRow = tuple[str, str, str, str]


def rules_of_stage(stage: Stage, *, scope: str = "") -> dict:
    """Return the content of the stage's rules.yaml: its declared rules, its instrument, and who is counted."""
    edition = stage.edition
    rules = {
        "aturan": "sp2k-hitung-1",
        "edisi": edition.code,
        "tahap": stage.code,
        "nama": stage.name,
        "data_contoh": edition.is_sample,
        "sumber": stage.rules["sumber"],
        "peserta": _codes(stage, scope),
    }
    if stage.rules["sumber"] == "poin":
        rules["poin_di_luar_rentang"] = "terima"  # an instrument may give more than its maximum; a note says so
    if seats := list(stage.seats.values_list("code", flat=True)):
        rules["penilai"] = seats
    rules |= {key: stage.rules[key] for key in RULE_KEYS if key in stage.rules}
    if seed := drawn_seed(stage):
        rules["benih"] = seed  # drawn after the rules were locked, frozen with them: a recount needs nothing else
    if stage.rules["sumber"] == "juri" and asks_by_traits(stage.instrument):
        rules["sifat"] = _traits(stage, scope)  # verified points have had `berlaku_untuk` applied when they were scored
    if declined := _declined(stage):
        rules["kuota"] = {**rules["kuota"], "kecuali": {code: 0 for code in declined}}
    if stage.instrument is not None and stage.rules["sumber"] != "bawaan":
        rules["instrumen"] = load(stage.instrument.source, name=stage.instrument.code)
    return rules


def marks_of_stage(stage: Stage, *, scope: str = "") -> Iterator[MarkRow]:
    """Yield the stage's marks as rows of sheets.csv (`kode, penilai, indikator, nilai`), in a fixed order."""
    within = scope + "." if scope else ""
    if stage.kind == Stage.Kind.FILLING:
        yield from _verified_points(stage, within)
    if stage.rules["sumber"] == "juri":
        yield from _jurors_marks(stage)
        yield from _visit_findings(stage)
    if carry := stage.rules.get("bawaan"):
        yield from _carried(stage, carry["tahap"], scope)


def _codes(stage, scope) -> list[str]:
    return list(_roster(stage, scope).values_list("entry__region_id", flat=True))


def _roster(stage, scope):
    rows = stage.participations.order_by("entry__region")
    return rows.filter(entry__region__code__startswith=scope + ".") if scope else rows


def _traits(stage, scope) -> dict[str, list[str]]:
    """What each entry was when it entered: frozen with the count's other input."""
    return dict(_roster(stage, scope).values_list("entry__region_id", "entry__traits"))


def _declined(stage) -> list[str]:
    if stage.kind != Stage.Kind.SELECTION:
        return []
    return list(stage.nominations.filter(participation=None).values_list("regency_id", flat=True))


def _verified_points(stage, within) -> Iterator[MarkRow]:
    rows = (
        Finding.objects.filter(verification__in=accepted_verifications(stage))
        .order_by("verification__form__participation__entry__region", "pk")
        .values_list("verification__form__participation__entry__region_id", "indicator", "points")
    )
    for code, indicator, points in rows.iterator(chunk_size=5000):
        if code.startswith(within):
            yield code, "verifikator", indicator, points or "t.b."


def _jurors_marks(stage) -> Iterator[MarkRow]:
    rows = (
        Mark.objects.filter(sheet__in=latest_sheets(stage))
        .order_by("sheet__assignment__participation__entry__region", "sheet__assignment__seat__position", "pk")
        .values_list(
            "sheet__assignment__participation__entry__region_id", "sheet__assignment__seat__code", "indicator", "value"
        )
    )
    for code, seat, indicator, value in rows.iterator(chunk_size=5000):
        yield code, seat, indicator, _plain(value)
    away = Assignment.objects.filter(participation__stage=stage, attendance__in=Assignment.AWAY)
    for duty in without_sheet(away).select_related("seat", "participation__entry").order_by(
        "participation__entry__region", "seat__position"
    ):
        yield duty.participation.region_code, duty.seat.code, "*", duty.attendance


def _visit_findings(stage) -> Iterator[MarkRow]:
    rows = latest_visit_findings(stage).select_related("participation__entry", "seat")
    for finding in rows.order_by("participation__entry__region", "claim"):
        yield finding.participation.region_code, finding.seat.code, f"temuan:{finding.claim}", finding.verdict


def _carried(stage, source, scope) -> Iterator[MarkRow]:
    rows = Placement.objects.filter(
        tally__stage__edition=stage.edition,
        tally__stage__code=source,
        tally__scope="",
        participation__entry__in=stage.participations.values("entry"),
    ).exclude(total="")
    if scope:
        rows = rows.filter(participation__entry__region__code__startswith=scope + ".")
    found = rows.order_by("participation__entry__region").values_list(
        "participation__entry__region_id", "total", "aspects"
    )
    for code, total, aspects in found:
        yield code, f"tahap:{source}", "nilai", total
        for aspect, points in aspects.items():
            yield code, f"tahap:{source}", f"aspek:{aspect}", points


def _plain(value) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
