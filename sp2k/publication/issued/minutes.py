"""From a stage's frozen count to the words of its minutes: what was asked is the day's, all else the count's."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from sp2k.base.documents.numerals import counted
from sp2k.base.documents.placeholders import placeholders_in
from sp2k.base.documents.typesetting import typeset
from sp2k.base.language import of_record
from sp2k.base.wording import DAYS, date_in_words, in_fours, number_in_words
from sp2k.editions.models import Stage
from sp2k.instruments.queries import compiled
from sp2k.journal.models import Chain
from sp2k.journal.queries import lines_of_type
from sp2k.publication.issued.facts import Lacking
from sp2k.publication.issued.lots_and_late_sheets import late_sheets_told, lot_told
from sp2k.publication.models import Minutes
from sp2k.results.models import Placement, TieRuling
from sp2k.results.stages.places import named_seats
from sp2k.results.templatetags.ties import BY_TOTAL, STILL_TIED, nilai, pemutus
from sp2k.results.ties.ruled import placements_of, rulings_of
from sp2k.results.ties.told import earlier_said, ungiven_said, who_ruled
from sp2k.results.turnout.despite import despite_said
from sp2k.results.turnout.findings import findings_by_entry
from sp2k.results.turnout.reading import Turnout, turnout_of, turnouts_of
from sp2k.results.turnout.wording import EmptySeatSaid, empty_seats_said, titles_at, unjudged_by_reason

TEMPLATE = Path(__file__).parents[1] / "documents" / "minutes.typ"
NO_NUMBER, NO_DATE, NO_PLACE = "(nomor berita acara)", "(tanggal berita acara)", "(tempat)"


@dataclass(frozen=True)
class MinutesFacts:
    """What is asked when minutes are made; empty or None while a draft is read."""

    number: str
    signed_on: date | None
    place: str
    reason: str = ""


@dataclass(frozen=True)
class Signer:
    """A seat's line for a signature: the person who sat in it on that day, and who else had sat there before."""

    name: str
    institution: str
    is_chair: bool
    before: str


@dataclass(frozen=True)
class PlaceLine:
    """A row of the table of places, as printed."""

    place: str
    name: str
    aspects: tuple[str, ...]
    total: str
    by: str
    outcome: str
    note: str


@dataclass(frozen=True)
class MinutesText:
    """All that minutes print, final: the template only places it. `day` is (year, month, day) for the PDF itself."""

    title: str
    edition: str
    number: str
    opening: str
    calendar: tuple[str, ...]
    counts: tuple[tuple[str, str], ...]
    unjudged: tuple[tuple[str, str], ...]
    declined: tuple[tuple[str, str], ...]
    empty_seats: tuple[EmptySeatSaid, ...]
    aspects: tuple[str, ...]
    legend: str
    rows: tuple[PlaceLine, ...]
    ties: tuple[str, ...]
    late_sheets: tuple[str, ...]
    despite: tuple[str, ...]
    no_empty_seat: str
    no_tie: str
    closing: str
    replaces: str
    signers: tuple[Signer, ...]
    place_and_day: str
    journal: tuple[str, tuple[str, ...]]
    foot: str
    day: tuple[int, int, int]
    is_sample: bool
    is_draft: bool


@of_record
def minutes_text(stage: Stage, facts: MinutesFacts, *, today: date, is_draft: bool = False) -> MinutesText | None:
    """Return all that the minutes of a stage print; None before its count is frozen."""
    turnout = turnout_of(stage)
    if turnout is None:
        return None
    rows, day = placements_of(turnout.tally), facts.signed_on or today
    aspects = _aspects(stage, rows)
    said_day, place = date_in_words(day) if facts.signed_on else NO_DATE, facts.place or NO_PLACE
    chain = Chain.objects.get(pk=stage.edition.chain_id)
    return MinutesText(
        title=f"Berita Acara {stage.name}", edition=f"{stage.edition.name} Tahun {stage.edition.year}",
        number=facts.number or NO_NUMBER, opening=_opening(turnout, facts, said_day, place),
        calendar=_calendar(stage), counts=_counts(turnout),
        unjudged=tuple((reason, "; ".join(names)) for reason, names in unjudged_by_reason(turnout.unjudged).items()),
        declined=tuple((row.name, row.reason) for row in turnout.declined), empty_seats=tuple(empty_seats_said(turnout)),
        aspects=tuple(code for code, _ in aspects), legend="; ".join(f"{code}: {name}" for code, name in aspects),
        rows=_lines(turnout, rows, [code for code, _ in aspects]), ties=_ties(turnout, rows),
        late_sheets=tuple(late_sheets_told(stage)), despite=_despite(turnout),
        no_empty_seat=_no_empty_seat(turnout), no_tie=_no_tie(rows),
        closing=_closing(stage, rows), replaces=_replaces(stage, facts), signers=_signers(stage, day),
        place_and_day=f"{place}, {said_day}",
        journal=(number_in_words(chain.size), tuple(in_fours(chain.head).split())),
        foot=f"Cara {turnout.tally.method} · sidik masukan {in_fours(turnout.tally.input_hash)}",
        day=(day.year, day.month, day.day), is_sample=stage.edition.is_sample, is_draft=is_draft,
    )  # fmt: skip


def minutes_pdf(text: MinutesText) -> bytes:
    """Return the minutes as PDF/A-2a and PDF/UA-1; the same bytes for the same text."""
    return typeset(TEMPLATE, asdict(text))


def stored_minutes_facts(text: MinutesText) -> dict:
    """Return what is kept with the minutes beside number, date and place, as printed."""
    return {"signers": [[row.name, row.institution] for row in text.signers], "counts": [list(row) for row in text.counts]}


def lacking_in_minutes(text: MinutesText) -> list[Lacking]:
    """Return what minutes still leave open, each with the place where it is filled."""
    columns = {"Nomor": text.number, "Tanggal dan tempat": text.place_and_day}
    found = [
        Lacking(part, f'"{place}"', "isi kolomnya pada halaman berita acara")
        for part, words in columns.items()
        for place in placeholders_in(words)
    ]
    return found + [
        Lacking(f"Penandatangan kursi {row.institution}", f'"{place}"', "isi kursinya pada halaman Panel")
        for row in text.signers
        for place in placeholders_in(row.name)
    ]


def _replaces(stage: Stage, facts: MinutesFacts) -> str:
    """Which minutes these replace, and why; nothing where they are the first."""
    earlier = Minutes.objects.filter(stage=stage).order_by("-revision").first() if facts.reason else None
    if earlier is None:
        return ""
    return f"Berita Acara Nomor {earlier.number} tanggal {date_in_words(earlier.signed_on)}: {facts.reason}"


def _opening(turnout: Turnout, facts: MinutesFacts, said_day: str, place: str) -> str:
    stage = turnout.stage
    frozen = date_in_words(turnout.tally.frozen_at.astimezone(ZoneInfo(stage.edition.zone)).date())
    weekday = f"hari {DAYS[facts.signed_on.weekday()]}, " if facts.signed_on else ""
    return (
        f"Pada {weekday}tanggal {said_day}, bertempat di {place}, Tim Penilai mencatat hasil tahap {stage.name} "
        f"menurut hitungan yang dibekukan pada {frozen}."
    )


def _calendar(stage: Stage) -> tuple[str, ...]:
    """What became of the dates that were announced: each move, and a lock before the deadline, with its reason."""
    said = []
    for _line, body in lines_of_type(stage.edition.chain_id, ("deadline.extend", "stage.lock.early")):
        if body.get("stage") != stage.code:
            continue
        reason = body["reason"].rstrip(".")
        if "deadline" in body:
            said.append(f"Tahap dikunci pada {body['at']}, sebelum batasnya, {body['deadline']}. Alasan: {reason}.")
        else:
            before, after = (" sampai ".join(body[key][:2]) for key in ("from", "to"))
            said.append(f"Jadwal tahap, semula {before}, dipindahkan menjadi {after}. Alasan: {reason}.")
    return tuple(said)


def _counts(turnout: Turnout) -> tuple[tuple[str, str], ...]:
    found = [
        ("Peserta terdaftar", f"{counted(turnout.n_entries)} kecamatan"),
        ("Dinilai", f"{counted(turnout.n_judged)} kecamatan"),
        ("Tidak dinilai", f"{counted(turnout.n_unjudged)} kecamatan"),
        ("Lembar yang dihitung", counted(turnout.tally.n_sheets)),
    ]
    if turnout.declined:
        found.append(("Tidak ikut", f"{counted(len(turnout.declined))} kabupaten/kota"))
    return tuple(found)


def _aspects(stage: Stage, rows: Sequence[Placement]) -> list[tuple[str, str]]:
    held = {code for row in rows[:1] for code in row.aspects}
    if stage.instrument is None or not held:
        return []
    return [(aspect.code, aspect.name) for aspect in compiled(stage.instrument).aspects if aspect.code in held]


def _lines(turnout: Turnout, rows: Sequence[Placement], aspects: Sequence[str]) -> tuple[PlaceLine, ...]:
    stage, findings = turnout.stage, findings_by_entry(turnout.tally) if turnout.stage.kind == Stage.Kind.VISIT else {}
    institutions = dict(stage.seats.values_list("code", "institution"))
    titles = titles_at(stage.edition) if stage.next_stage is None else {}
    notes = {row.pk: _note(row, institutions, findings.get(row.participation.region_code)) for row in rows}
    return tuple(_line(row, rows, aspects, titles, notes[row.pk]) for row in rows)


def _note(row: Placement, institutions, found: str | None) -> str:
    """The count's own note, and before it what the findings of the visit add: without them the row does not add up."""
    said = named_seats(row.note, institutions)
    if found is None:
        return said
    sign = "" if found.startswith("-") else "+"
    return "; ".join(filter(None, [f"temuan {sign}{nilai(found)}", said]))


def _line(row: Placement, rows, aspects, titles: Mapping[int, str], note: str) -> PlaceLine:
    outcome = "lolos" if row.is_through else ""
    if titles:
        shares = sum(other.place == row.place for other in rows) > 1 and row.decided_by != TieRuling.Way.SHARED
        outcome = "seri" if shares and row.place in titles else titles.get(row.place, "")
    return PlaceLine(
        place="tanpa" if row.place is None else str(row.place), name=row.participation.entry.full_name,
        aspects=tuple(nilai(row.aspects[code]) if code in row.aspects else "" for code in aspects),
        total=nilai(row.total) if row.total else "tidak dinilai",
        by=_decided(row) if row.place is not None else "", outcome=outcome, note=note,
    )  # fmt: skip


def _decided(row: Placement) -> str:
    ways = {TieRuling.Way.PLENARY: "rapat pleno", TieRuling.Way.SHARED: "tempat bersama"}
    return ways.get(row.decided_by) or str(pemutus(row.decided_by)) or "nilai"


def _ties(turnout: Turnout, rows: Sequence[Placement]) -> tuple[str, ...]:
    """Each group of equal totals and how it was parted, with the minutes of what was ruled."""
    said = []
    placed = [row for row in rows if row.place is not None]
    for _scope, equals in groupby(placed, key=lambda row: (row.scope, row.total)):
        group = list(equals)
        if len(group) > 1:
            names = "; ".join(row.participation.entry.full_name for row in group)
            ways = " dan ".join(dict.fromkeys(_decided(row) for row in group if row.decided_by != BY_TOTAL))
            open_ = any(row.decided_by in (STILL_TIED, Placement.TIED_AT_CUT) for row in group)
            said.append(f"{names} bernilai sama, {nilai(group[0].total)}; " + (
                "aturan pemutus seri habis dan seri itu belum diputus." if open_ else f"diputus oleh {ways or 'nilai'}."
            ))  # fmt: skip
    said += lot_told(turnout.stage, placed)
    for ruling in rulings_of(turnout.tally):
        who = "; ".join(turnout.names.get(code, code) for code in ruling.order)
        present, ruled = ", ".join(str(person) for person in ruling.present), who_ruled(ruling)
        said.append(
            f"{ruling.get_way_display()} atas tempat {ruling.place}: {who}. Berita acara {ruling.minutes_number}, "
            f"{date_in_words(ruling.minutes_on)}. Alasan: {ruling.reason.rstrip('.')}. "
            f"{ruled[0].upper()}{ruled[1:]}. Hadir menurut berita acara itu: {present}."
        )
    said += [
        f"{one.voices} {one.proposal} Ditarik dengan alasan: {one.reason.rstrip('.')}."
        for one in earlier_said(turnout.tally)
        if one.n_against
    ]
    return tuple(said)


def _despite(turnout: Turnout) -> tuple[str, ...]:
    """The sheets that count despite a conflict: this stage's, and for its entries those of the stages before it."""
    entries = set(turnout.stage.participations.values_list("entry__region", flat=True))
    before = [row for row in turnouts_of(turnout.stage.edition) if row.stage.position <= turnout.stage.position]
    return tuple(
        said
        for row in before
        for said in despite_said([one for one in row.despite if one.code in entries], row.stage)
    )


def _no_empty_seat(turnout: Turnout) -> str:
    """What stands where no seat was empty: of nobody judged it is not said that all gave their sheets."""
    if turnout.n_judged and turnout.tally.n_sheets:
        return "Semua kursi memberikan lembar untuk setiap peserta yang dinilai."
    return "Tidak ada peserta yang dinilai, jadi tidak ada lembar yang dihitung."


def _no_tie(rows: Sequence[Placement]) -> str:
    """What stands where no totals were equal: one alone, or nobody, has nobody to be equal to."""
    placed = sum(row.place is not None for row in rows)
    return "Tidak ada nilai yang sama." if placed > 1 else "Tidak ada dua nilai yang dapat dibandingkan."


def _closing(stage: Stage, rows: Sequence[Placement]) -> str:
    through = [row for row in rows if row.is_through]
    if stage.next_stage is None:
        ungiven = ungiven_said(stage.edition.titles.all(), rows)
        return " ".join(["Gelar mengikuti tempat dalam berita acara ini dan ditetapkan dengan keputusan.",
                         *(f"{said}." for said in ungiven)])  # fmt: skip
    return f"Berdasarkan hasil itu {counted(len(through))} kecamatan lolos ke tahap {stage.next_stage.name}."


def _signers(stage: Stage, day: date) -> tuple[Signer, ...]:
    """The seats in order, the chair first, each with who sat in it at the end of the day of the minutes."""
    end = datetime.combine(day, time.max, tzinfo=ZoneInfo(stage.edition.zone))
    found = []
    for seat in stage.seats.prefetch_related("seatings__user").order_by("-is_chair", "position"):
        sat = [row for row in seat.seatings.all() if row.since <= end]
        now = next((row for row in reversed(sat) if row.until is None or row.until > end), None)
        before = "; ".join(
            f"{row.user.name} sampai {date_in_words(row.until.astimezone(end.tzinfo).date())}"
            for row in sat
            if row is not now and row.until is not None
        )
        name = now.user.name if now else "(nama pemegang kursi)"
        found.append(Signer(name, seat.institution, seat.is_chair, before))
    return tuple(found)
