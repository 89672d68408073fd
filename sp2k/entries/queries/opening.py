"""Holding what kecamatan sent and what verifiers found against the journal: forms, evidence, verifications, entrants."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sp2k.accounts.queries.opening import refuse_changed_people
from sp2k.base.blobs import states_of
from sp2k.base.models import Blob
from sp2k.editions.models import Edition, Stage
from sp2k.editions.queries.opening import open_rules
from sp2k.entries.claims import claims_content, entries_content, verification_content
from sp2k.entries.models import Answer, Entry, Evidence, Finding, Form, Verification
from sp2k.entries.queries.entrants import why_not_of_list
from sp2k.entries.queries.given import (
    DECIDED,
    SUBMITTED,
    hold_order,
    hold_points,
    hold_times,
    named_decision,
    named_form,
)
from sp2k.journal.canonical import canonical, tagged_hash
from sp2k.journal.opening import Opening, open_chain_of, open_lines
from sp2k.regions.models import FormerName

AT_ONCE = 5000  # rows fetched at a time
FORMS_AT_ONCE = 200  # the memory of a nation's answers stays that of these
Rows = Mapping[int, Sequence[tuple]]


def open_entrants(opening: Opening, stage: Stage) -> None:
    """Hold the entrants of a stage, and as what they entered, against the line that let them in."""
    codes = sorted(stage.participations.values_list("entry__region_id", flat=True))
    registered, body = opening.last("entries.register", stage=stage.code)
    if registered is None:
        registered, body = opening.last("stage.advance", next=stage.code)
    if registered is None:
        if codes:
            opening.fail(f"Peserta tahap {stage.name}", "tidak ada baris jurnal yang memasukkannya")
        return
    holds = codes == sorted(body["codes"])
    if "sha256" in body:
        entries = list(stage.edition.entries.select_related("region__parent"))
        holds = holds and names_as_told(opening, registered, body) == entries_hash(entries)
        hold_regencies(opening, entries)
    is_told = opening.hold(holds, f"Peserta tahap {stage.name}, nama dan sifatnya", registered)
    is_of_list = "sha256" in body and stage.rules["peserta"] == "wilayah"
    if is_told and is_of_list and (why := why_not_of_list(entries, stage.edition)):
        opening.fail(f"Peserta tahap {stage.name}", why, registered)


def open_registered(opening: Opening, stage: Stage) -> None:
    """Hold names and traits of those who came to a stage from an earlier one: the line that registered them seals these."""
    for code in {body["stage"] for _seq, body in opening.entries("entries.register")} - {stage.code}:
        for earlier in stage.edition.stages.filter(code=code):
            earlier.edition = stage.edition
            open_entrants(opening, earlier)


def refuse_changed_entrants(edition: Edition, act: str) -> None:
    """Stop an act that seals the entries of an edition anew where they are not those of their lines."""
    refuse_changed_people(act)
    opening = open_chain_of(edition.chain_id, reads_bytes=False)
    stages = list(edition.stages.all())
    for stage in stages:
        stage.edition = edition
        open_entrants(opening, stage)
    if edition.entries.exists() and opening.last("entries.register") == (None, None):
        opening.fail(f"Peserta {edition}", "tidak ada baris jurnal yang memasukkannya")
    opening.refuse_faults(act)


def refuse_changed_forms(stage: Stage, act: str) -> None:
    """Stop an act that takes back or erases something of a form, where forms or decisions are not those of their lines.

    All of the stage are held: what such an act looks for in one kecamatan may have been pointed to another for its minute.
    """
    refuse_changed_people(act)
    opening = open_chain_of(stage.edition.chain_id, reads_bytes=False)
    open_rules(opening, stage.edition)
    open_entrants(opening, stage)
    open_registered(opening, stage)
    open_forms(opening, stage)
    opening.refuse_faults(act)


def hold_regencies(opening: Opening, entries: Iterable[Entry]) -> None:
    """A regency is called what its entries entered under, or has been called so: pages print its name beside theirs."""
    entered = {(entry.region.parent, entry.regency_name) for entry in entries}
    other = [(regency, name) for regency, name in entered if regency.name != name]
    for regency, name in other:
        if not FormerName.objects.filter(region=regency, name=name).exists():
            opening.fail(f"Nama wilayah {regency.code}", f'pesertanya tercatat di "{name}"')


def names_as_told(opening: Opening, registered: int, body: Mapping) -> str:
    """The hash of the entries as they were let in, or as the last correction of a name left them."""
    renamed, correction = opening.last("entries.rename")
    return correction["sha256"] if renamed is not None and renamed > registered else body["sha256"]


def entries_hash(entries: Iterable[Entry]) -> str:
    """Return the hash of entries as what they entered: code, name, regency, traits."""
    rows = [(row.region_id, row.name, row.regency_name, row.traits) for row in entries]
    return tagged_hash("sp2k/entries/1", canonical(entries_content(rows)))


def open_forms(opening: Opening, stage: Stage) -> None:
    """Hold every form of a stage with its evidence, and every decision on one, against its line."""
    forms = list(Form.objects.filter(participation__stage=stage).select_related("participation__entry").order_by("pk"))
    documents = _documents(forms, {"form__participation__stage": stage})
    decided = list(Verification.objects.filter(form__participation__stage=stage).order_by("form_id", "pk"))
    by_form: dict[int, list[Verification]] = defaultdict(list)
    for row in decided:
        by_form[row.form_id].append(row)
    for some in _in_lots(forms, FORMS_AT_ONCE):
        rows, answers = [row for form in some for row in by_form[form.pk]], _answers(some)
        findings = _findings(rows)
        _hold_forms(opening, stage, some, answers, documents)
        _hold_decisions(opening, rows, {form.pk: form for form in some}, findings)
        hold_points(opening, stage, some, by_form, answers, findings)
    named = {form.pk: form for form in forms}
    hold_order(opening, forms, by_form)
    hold_times(opening, stage, forms, [(row, named[row.form_id]) for row in decided if row.form_id in named])
    opening.open_voids("form.void", forms, named_form)
    opening.open_voids("verification.void", decided, lambda row: named_decision(row, named[row.form_id]))
    opening.expect_met([("form.submit", "Sebuah isian kecamatan")], stage=stage.code)
    opening.expect_met([(type, "Sebuah putusan verifikasi") for type in DECIDED], stage=stage.code)
    _open_evidence(opening, stage, forms, documents)


def require_form(form: Form, *, with_decisions: bool = True) -> Form:
    """Return a form that is what its line sealed, as is every decision on it where the page shows them: asked first."""
    decided, stage = list(form.verifications.all()) if with_decisions else [], form.participation.stage
    opening = open_lines(
        stage.edition.chain_id, (*SUBMITTED, *DECIDED, "form.void", "verification.void"), [form, *decided]
    )
    _hold_forms(opening, stage, [form], _answers([form]), _documents([form], {"form": form}))
    opening.open_voids("form.void", [form], named_form)
    if with_decisions:
        _hold_decisions(opening, decided, {form.pk: form}, _findings(decided))
        opening.open_voids("verification.void", decided, lambda row: named_decision(row, form))
    opening.refuse_to_show()
    return form


def _hold_forms(opening, stage, forms: Sequence[Form], answers: Rows, documents: Rows) -> None:
    for form in forms:
        hashes = {name: sha256 for name, sha256 in documents.get(form.pk, ())}
        content = claims_content(form.region_code, stage.code, answers[form.pk], hashes, form.reason)
        opening.open_row(SUBMITTED, form, content, named_form(form))


def _hold_decisions(opening, rows: Sequence[Verification], forms: Mapping[int, Form], findings: Rows) -> None:
    for row in rows:
        form = forms[row.form_id]
        content = verification_content(form.commitment, row.decision, row.reason, findings[row.pk])
        types = ("form.accept",) if row.decision == Verification.Decision.ACCEPTED else ("form.return",)
        opening.open_row(types, row, content, named_decision(row, form))


def _open_evidence(opening, stage, forms, documents) -> None:
    """Every file behind a form: its bytes as its name says, or erased by an act. The row itself the form's line holds."""
    named, by_hash = {form.pk: form for form in forms}, defaultdict(list)
    for pk, rows in documents.items():
        for name, sha256 in rows:
            by_hash[sha256].append((name, named[pk]))
    given = Evidence.objects.filter(form__participation__stage=stage)
    states = states_of(Blob.objects.filter(pk__in=given.values("blob")), by_bytes=opening.reads_bytes)
    erased, given = erasing_lines(opening), defaultdict(lambda: -1)
    for pk, rows in documents.items():
        seq = opening.line_of(SUBMITTED, named[pk].commitment)
        for _name, sha256 in rows:
            given[sha256] = max(given[sha256], -1 if seq is None else seq)
    own = {form.commitment: form.participation_id for form in forms}
    for sha256, rows in by_hash.items():
        erasing = erased.get(sha256)
        resting = [row for row in rows if erasing is not None and not _has_let_go(opening, row[1], erasing, own)]
        (name, form), erasing = (resting[0], None) if resting else (rows[-1], erasing)
        what, state = f'Berkas "{name}" pada {named_form(form)}', states.get(sha256, "missing")
        opening.open_file(state, what, erasing, given=given[sha256])


def _has_let_go(opening: Opening, form: Form, erasing: int, own: Mapping[str, int]) -> bool:
    """Whether a form did not rest on a file when it was erased: its own kecamatan's act, or voided by then."""
    if own.get(opening.replayed.entries[erasing]["body"].get("c")) == form.participation_id:
        return True
    void = opening.line_of(("form.void",), form.commitment)
    return void is not None and void < erasing


def erasing_lines(opening: Opening) -> dict[str, int]:
    """Return {SHA-256: number of the line of the act that erased the file}."""
    return {body["sha256"]: seq for seq, body in opening.entries("file.erase", "paper.erase") if "sha256" in body}


def _documents(forms, within: Mapping) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list] = {form.pk: [] for form in forms}
    rows = Evidence.objects.filter(**within).values_list("form_id", "name", "blob_id")
    for form, name, sha256 in rows.iterator(chunk_size=AT_ONCE):
        found[form].append((name, sha256))
    return found


def _answers(forms: Sequence[Form]) -> Rows:
    """{form: (indicator, values, evidence) of each answer}"""
    rows = Answer.objects.filter(form__in=forms).values_list("form_id", "indicator", "values", "documents")
    return _by_first({form.pk: [] for form in forms}, rows)


def _findings(decided: Sequence[Verification]) -> Rows:
    """{decision: (indicator, evidence accepted, points, note) of each finding}"""
    rows = Finding.objects.filter(verification__in=decided)
    rows = rows.values_list("verification_id", "indicator", "accepted", "points", "note")
    return _by_first({row.pk: [] for row in decided}, rows)


def _by_first(found: dict[int, list], rows) -> Rows:
    for key, *rest in rows.iterator(chunk_size=AT_ONCE):
        found[key].append(tuple(rest))
    return found


def _in_lots(rows: Sequence, size: int) -> Iterator[Sequence]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
