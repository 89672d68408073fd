"""Holding an edition's rules, dates, locks and approvals against its journal, and the rows against the locked rules."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sp2k.accounts.queries.opening import refuse_changed_people
from sp2k.accounts.roles import Role
from sp2k.base.blobs import states_of
from sp2k.base.wording import instant_in_words
from sp2k.editions.file import CALENDAR_KEYS, EditionFile, EditionFileError, read_edition
from sp2k.editions.models import Approval, Edition, Move, Proposal
from sp2k.editions.opening.belonging import open_belonging
from sp2k.editions.opening.proposals import open_moves, open_proposals
from sp2k.editions.queries import rules_hash_of, stages_with_instruments
from sp2k.editions.queries.chairs import chair_terms, was_chair
from sp2k.editions.queries.checking import fingerprint
from sp2k.editions.queries.lapsing import LOCKS
from sp2k.instruments.queries import is_as_its_text_says
from sp2k.journal.canonical import parse, tagged_hash
from sp2k.journal.opening import GONE, UNTOLD, Opening, open_chain_of, open_lines, open_lines_of

APPROVED = {"approval.give": None, "correction.propose": "koreksi", "correction.approve": "koreksi"}
LATE_SHEET = "sheet.late"  # what a yes to a correction is about, by the number under which it was sent
RENAMED = "entries.rename"  # with "name": what the edition's own region is called from then on
RULES = ("rules.lock", "deadline.extend", "holidays.set", "sheets.lock", "result.publish", "edition.abandon", RENAMED)
# lines that may have taken a yes back: of changed rules, and before a yes kept what it had seen
TAKING_BACK = (
    "edition.revise", "form.void", "verification.void", "attendance.record", "sheet.void", "finding.void", "nominee.revoke",
)  # fmt: skip
_OF_THE_FILE = "tidak lagi sama dengan aturan yang dikunci"
_OF_THE_TEXT = "tidak lagi sama dengan naskah yang terakhir disimpan"


def open_rules(opening: Opening, edition: Edition) -> None:
    """Hold the locked rules against their hash in the journal, and all that was read from them against the rules."""
    _open_genesis(opening, edition)
    _open_name(opening, edition)
    voided, void = opening.last("edition.void")
    _hold_instant(opening, edition.voided_at, voided, f"Pembatalan draf {edition}")
    said = void["reason"] if voided is not None else ""
    if voided is not None or edition.voided_reason:
        opening.hold(said == edition.voided_reason, f"Alasan pembatalan draf {edition}", voided)
    _open_texts(opening, edition)
    open_proposals(opening, edition)
    open_moves(opening, edition)
    open_belonging(opening, edition)
    if not edition.has_locked_rules:
        _open_draft(opening, edition)
    if _open_locked(opening, edition) or not edition.has_locked_rules:
        _open_approvals(opening, edition)


def refuse_changed_rules(edition: Edition, act: str) -> None:
    """Stop an act that goes by an edition's rules, dates, proposals and yeses, where these are not those of its lines.

    Asked inside the act's transaction: what was put into the rows for a moment, only to be taken out again, is met here.

    Parameters
    ----------
    act : how the sentence calls it, e.g. ``Persetujuan``
    """
    refuse_changed_people(act)
    opening = open_chain_of(edition.chain_id, reads_bytes=False)
    opening.expect_whole_database(Approval, Proposal, Move)
    open_rules(opening, edition)
    open_instruments(opening, edition)
    opening.refuse_faults(act)


def require_rules(edition: Edition) -> None:
    """Refuse to show an edition whose rules, dates, locks or closing are not those of its lines: what its pages ask first.

    Its instruments too: a page that shows other words than those which were locked makes people answer another question.
    A fixed number of queries.
    """
    for opening in openings_of_rules([edition]).values():
        opening.refuse_to_show()


def changed_among(editions: Iterable[Edition]) -> set[str]:
    """Return the codes of the editions that `require_rules` refuses. A fixed number of queries for all of them."""
    return {code for code, opening in openings_of_rules(editions).items() if not opening.is_whole}


def require_approvals(edition: Edition) -> None:
    """Refuse to show yeses, or papers in their place, that are not those of their lines."""
    opening = open_lines(edition.chain_id, (*APPROVED, *TAKING_BACK, LATE_SHEET))
    _open_approvals(opening, edition)
    opening.refuse_to_show()


def openings_of_rules(editions: Iterable[Edition]) -> dict[str, Opening]:
    """Hold locked rules, dates, locks and closing of each of these editions, as stored now, by its code."""
    rows = Edition.objects.filter(pk__in=[edition.pk for edition in editions]).select_related("region", "chain")
    rows = list(rows.prefetch_related("stages__instrument", "titles"))
    found = open_lines_of([edition.chain_id for edition in rows], RULES)
    openings = {}
    for edition in rows:
        openings[edition.code] = found[edition.chain_id]
        _open_beginning(found[edition.chain_id], edition)
        _open_name(found[edition.chain_id], edition)
        _open_locked(found[edition.chain_id], edition)
        open_instruments(found[edition.chain_id], edition)
    return openings


def _open_locked(opening: Opening, edition: Edition) -> bool:
    """Hold the locked rules and all that was read from them; return whether there were any that can be read."""
    seq, body = opening.last("rules.lock")
    if seq is None:
        if edition.has_locked_rules:
            opening.fail(f"Aturan {edition}", "ditandai terkunci tanpa tindakan yang menguncinya")
        return False
    holds = edition.rules_hash == body["hash"] and _hash_of_rules(edition) == body["hash"]
    opening.hold(holds, f"Aturan {edition} yang dikunci", seq)
    try:
        file = _file_of(edition.source)
    except EditionFileError:
        opening.fail(f"Naskah {edition}", "tidak terbaca lagi", seq)
        return False
    for what, is_same in _parts(edition, file):
        opening.hold(is_same, what, seq, why=_OF_THE_FILE)
    _open_calendar(opening, edition, file, seq)
    _open_holidays(opening, edition, file, seq)
    _open_locks(opening, edition)
    return True


def open_instruments(opening: Opening, edition: Edition) -> None:
    """Hold the text of each instrument against its hash, which the locked rules name."""
    seq, _body = opening.last("rules.lock")
    for stage in stages_with_instruments(edition):
        used = stage.instrument
        if used is None:
            continue
        holds = fingerprint(used.source) == used.sha256 and is_as_its_text_says(used)
        opening.hold(holds, f"Instrumen {used.code}, tahap {stage.name}", seq)


def _open_texts(opening, edition) -> None:
    """Every version of the draft that was in force is kept as it was written; one that came too late has no line."""
    told = defaultdict(list)
    for seq, body in opening.entries("edition.open", "edition.revise"):
        told[body["source"]].append(seq)
    for row in edition.texts.filter(is_standing=True).select_related("by").order_by("number"):
        lines, what = told[row.sha256], f"Naskah versi {row.number} {edition}"
        if not lines:
            opening.fail(what, UNTOLD)
        elif opening.hold(fingerprint(row.text) == row.sha256, what, seq := lines.pop(0)):
            opening.hold_act(row, what, seq)
    for lines in told.values():
        for seq in lines:
            if opening.replayed.entries[seq]["v"] > 1:  # before, an edition could be older than its first kept text
                opening.fail(f"Sebuah versi naskah {edition}", GONE, seq)


def _open_draft(opening, edition) -> None:
    """A draft is what its last text said, save the dates, which may have been moved since: rows and text alike."""
    last = edition.texts.filter(is_standing=True).order_by("-number").first()
    if last is None:
        return
    seq = max((n for n, body in opening.entries("edition.open", "edition.revise")), default=None)
    try:
        told, kept = _file_of(last.text), _file_of(edition.source)
    except EditionFileError:
        opening.fail(f"Naskah {edition}", "tidak terbaca lagi", seq)
        return
    is_same = _without_dates(told.data) == _without_dates(kept.data)
    opening.hold(is_same, f"Naskah {edition} yang disusun", seq, why=_OF_THE_TEXT)
    for what, is_same in _parts(edition, told):
        opening.hold(is_same, what, seq, why=_OF_THE_TEXT)
    _open_calendar(opening, edition, told, seq)


def _open_genesis(opening, edition) -> None:
    _open_beginning(opening, edition, head=opening.replayed.genesis_head)


def _open_beginning(opening, edition, *, head: str | None = None) -> None:
    """Hold what the genesis names, and the genesis itself where its hash is at hand."""
    text = edition.chain.genesis.encode()
    said = parse(text)
    is_same = tuple(said.get(key) for key in ("edition", "region", "zone", "sample")) == (
        edition.code, edition.region_id, edition.zone, edition.is_sample,
    )  # fmt: skip
    opening.hold(
        is_same and head in {None, tagged_hash("sp2k/genesis/1", text)},
        f"Kode, wilayah, zona, dan tanda contoh {edition}", None, why="tidak lagi sama dengan naskah awal jurnalnya",
    )  # fmt: skip


def _open_name(opening, edition) -> None:
    """Hold what the edition calls its region: as it was opened, or as its last correction before the decision left it."""
    corrected = [(seq, body["name"]) for seq, body in opening.entries(RENAMED) if "name" in body]
    opened = parse(edition.chain.genesis.encode()).get("region_name")  # editions of before it was kept have none
    seq, told = corrected[-1] if corrected else (None, opened)
    if told is not None:
        opening.hold(edition.region_name == told, f"Nama wilayah {edition}", seq)


@lru_cache(maxsize=64)
def _file_of(source: str) -> EditionFile:
    """The same long text is read for every page of an edition; what is returned is only compared."""
    return read_edition(source, name="naskah edisi")


def _hash_of_rules(edition) -> str:
    try:
        return rules_hash_of(edition)
    except (ValueError, KeyError, TypeError):
        return ""


def _parts(edition: Edition, file: EditionFile) -> Iterator[tuple[str, bool]]:
    """Each part of the rows with whether it is what the edition's file says."""
    kept = {key: value for key, value in edition.rules.items() if key != "libur"}  # holidays may be set after the lock
    said = {key: value for key, value in file.data.items() if key != "libur"}
    yield f"Naskah {edition}", _without_dates(kept) == _without_dates(said)
    named = (edition.name, edition.short_name, edition.year, edition.organiser)
    yield f"Nama dan penyelenggara edisi {edition.code}", named == (file.name, file.short_name, file.year, file.organiser)
    titles = [(row.place, row.name, row.short) for row in edition.titles.all()]
    wanted = [(n, title, file.short_titles.get(title, "")) for n, title in enumerate(file.titles, start=1)]
    yield f"Gelar {edition}", titles == wanted
    rows = stages_with_instruments(edition)
    yield f"Urutan tahap {edition}", [row.code for row in rows] == [stage.code for stage in file.stages]
    for n, (row, stage) in enumerate(zip(rows, file.stages, strict=False), start=1):
        kept = (row.position, row.kind, row.name, row.instrument.code if row.instrument else None, row.rules)
        yield f"Aturan tahap {stage.name}", kept == (n, stage.kind, stage.name, stage.instrument, stage.rules)


def _without_dates(data: dict) -> dict:
    stages = [{key: value for key, value in stage.items() if key not in CALENDAR_KEYS} for stage in data.get("tahap") or ()]
    return {key: value for key, value in data.items() if key != "pengumuman"} | {"tahap": stages}


def _open_calendar(opening, edition, file: EditionFile, locked: int) -> None:
    """The dates are those of the file, or of the last act that moved them after the lock."""
    moved = {body["stage"]: (seq, body["to"]) for seq, body in opening.entries("deadline.extend") if seq > locked}
    planned = {stage.code: (stage.opens_at, stage.closes_at, stage.checks_until) for stage in file.stages}
    planned["pengumuman"] = (file.announced_at,)
    kept = {row.code: (row.name, (row.opens_at, row.closes_at, row.checks_until)) for row in edition.stages.all()}
    kept["pengumuman"] = ("Pengumuman", (edition.announced_at,))
    for code, (name, dates) in kept.items():
        seq, words = moved.get(code, (locked, _in_words(edition, planned.get(code, ()))))
        holds = _in_words(edition, dates) == list(words)
        opening.hold(holds, f"Tanggal {name}", seq, why="tidak sama dengan yang dicatat jurnal")


def _open_holidays(opening, edition, file: EditionFile, locked: int) -> None:
    """The holidays are those of the file, or of the last act that set them."""
    seq, body = opening.last("holidays.set")
    said = file.data.get("libur") or [] if seq is None else [{"tanggal": day, "nama": name} for day, name in body["days"]]
    opening.hold(edition.rules.get("libur", []) == said, f"Hari libur {edition}", locked if seq is None else seq)


def _in_words(edition, dates) -> list[str]:
    return [instant_in_words(at, edition.zone) for at in dates if at]


def _open_locks(opening, edition) -> None:
    """A stage is locked, and an edition published, exactly since the act that did so."""
    for stage in edition.stages.all():
        seq, _body = opening.last("sheets.lock", stage=stage.code)
        _hold_instant(opening, stage.locked_at, seq, f"Kunci tahap {stage.name}")
    seq, _body = opening.last("rules.lock")
    _hold_instant(opening, edition.rules_locked_at, seq, f"Kunci aturan {edition}")
    seq, _body = opening.last("result.publish")
    _hold_instant(opening, edition.published_at, seq, f"Pengumuman {edition}")
    seq, body = opening.last("edition.abandon")
    _hold_instant(opening, edition.abandoned_at, seq, f"Penutupan {edition} tanpa hasil")
    said = body["reason"] if seq is not None else ""
    if seq is not None or edition.abandoned_reason:
        opening.hold(said == edition.abandoned_reason, f"Alasan penutupan {edition}", seq)


def _hold_instant(opening, at, seq, what) -> None:
    if at is None and seq is None:
        return
    if seq is None:
        opening.fail(what, UNTOLD)
    else:
        opening.hold(at == opening.replayed.acts[seq][1], what, seq, why="waktunya tidak sama dengan yang dicatat jurnal")


def _open_approvals(opening, edition) -> None:
    """Every recorded yes was given by that person in an act of its own."""
    told, newest = defaultdict(list), {}
    late = {body["c"]: opening.replayed.op_ids[seq] for seq, body in opening.entries(LATE_SHEET)}
    for seq, body in opening.entries(*APPROVED):
        act = APPROVED[opening.replayed.entries[seq]["type"]]
        subject = f"lembar {late.get(body['c'])}" if act else body["subject"]
        paper, said = tuple(body.get("paper", ())), opening.replayed.acts[seq]
        told[act or body["act"], subject, body["role"], *said, paper, body.get("seen")].append(seq)
        if paper:  # a letter recorded again by the same person takes the place of what that person recorded before
            newest[act or body["act"], subject, body["role"], said[0]] = seq
    for row in edition.approvals.select_related("by").order_by("pk"):
        paper = (row.paper_number, row.paper_date.isoformat() if row.paper_date else "", row.paper_id)
        paper = paper if any(paper) else ()
        lines = told[row.act, row.subject, row.role, row.by.get_username(), row.at, paper, row.seen]
        what = f"Persetujuan {row.act} oleh {row.by.name}"
        if not lines:
            opening.fail(what, UNTOLD)
        elif (later := _taken_back(opening, row, seq := lines.pop(0))) is not None:
            opening.fail(what, f"sudah gugur menurut baris jurnal {later}, tetapi masih tersimpan sebagai berlaku", seq)
        elif row.role == Role.CHAIR and not paper and not was_chair(row.by_id, row.at, chair_terms(edition, row.subject)):
            opening.fail(what, "tidak menduduki kursi ketua saat itu", seq)
        else:
            opening.n_opened += 1
    for (act, subject, role, person, _at, paper, seen), lines in told.items():
        for seq in lines:
            if paper and seq < newest[act, subject, role, person]:
                continue
            if _taken_back(opening, Approval(act=act, subject=subject, role=role, seen=seen), seq) is None:
                opening.fail(f"Persetujuan {act} oleh {person}", GONE, seq)
    _open_papers(opening, edition)


def _taken_back(opening, row: Approval, seq: int) -> int | None:
    """The line by which an act took this yes back: of rules that were changed since, or of a lock before `seen` was kept."""
    for later, body in opening.entries("edition.revise"):
        if row.act == "kunci_aturan" and later > seq and row.role in body.get("withdrawn", ()):
            return later
    if row.act not in LOCKS or row.seen is not None:
        return None
    stage = row.subject.partition(" ")[0]
    changes = ((n, entry["body"]) for n, entry in opening.replayed.numbered)
    told = ((n, body) for n, body in changes if n > seq and body.get("stage") == stage)
    return next((n for n, body in told if row.role in body.get("lapsed", ())), None)


def _open_papers(opening, edition) -> None:
    papers = {row.paper_id: row for row in edition.approvals.exclude(paper=None).select_related("paper", "by")}
    states = states_of(row.paper for row in papers.values())
    for sha256, row in papers.items():
        opening.open_file(states[sha256], f"Pindaian surat {row.paper_number}, persetujuan {row.act}", None)
