"""Opening an edition from its file, approving, locking its rules, moving its dates."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from sp2k.accounts.policy import require
from sp2k.accounts.roles import Role
from sp2k.base.blobs import store_blob
from sp2k.base.refusals import BadInput, NotAllowed, Refused
from sp2k.base.wording import date_in_words, instant_in_words
from sp2k.editions.approvals import rules_of_act
from sp2k.editions.checks import check_edition
from sp2k.editions.file import ACTS, EditionFile, read_edition
from sp2k.editions.models import Approval, Edition, Stage, Title
from sp2k.editions.queries import missing_approvals, move_subject, rules_hash_of
from sp2k.instruments.models import Instrument
from sp2k.instruments.queries import compiled
from sp2k.journal import actions as journal
from sp2k.regions.models import Region
from sp2k.regions.queries import stored_parts_of


@dataclass(frozen=True)
class Paper:
    """A signed approval on paper, as its recorder read it: number, date and scan."""

    number: str
    dated: date
    scan: bytes
    content_type: str = "application/pdf"


@transaction.atomic
def open_edition(text: str, *, name: str, by, now: datetime, is_sample: bool = False) -> Edition:
    """Open an edition as its file declares it; its rules can still be thrown away, for nothing counts before the lock.

    Parameters
    ----------
    text, name : the edition file and how the sentences call it
    is_sample : whether all that follows is sample data; said in the chain's first bytes, so that it stays said

    Raises
    ------
    Refused
        Where the file cannot work, the code is taken, or an instrument is not loaded.
    """
    file = read_edition(text, name=name)
    region = Region.objects.select_related("source").filter(code=file.region).first()
    if region is None:
        raise Refused(f"Wilayah {file.region} pada {name} tidak ada dalam daftar wilayah yang dimuat.")
    require(by, "edition.open", region, now=now)
    if Edition.objects.filter(code=file.code).exists():
        raise Refused(f"Edisi {file.code} sudah ada. Pakai kode lain pada kunci edisi di {name}.")
    instruments = _instruments(file)
    _refuse_what_is_wrong(file, instruments, name)
    edition = _store(file, text, region, is_sample)
    _store_stages(edition, file, instruments)
    body = {
        "source": hashlib.sha256(text.encode()).hexdigest(), "stages": [stage.code for stage in file.stages],
        "titles": list(file.titles),
    }  # fmt: skip
    journal.append(edition.chain_id, "edition.open", body, by=by, now=now)
    return edition


@transaction.atomic
def give_approval(
    edition: Edition, act: str, subject: str, *, role: str, by, now: datetime, paper: Paper | None = None
) -> Approval:
    """Record one person's yes to an act, in the person's own role, or that of a paper the person recorded.

    Parameters
    ----------
    act : as under `persetujuan` in the edition file, e.g. ``hasil``
    subject : what it is about: the edition's code, a stage's code, or `move_subject`
    role : the letter of the role whose yes it is; with `paper` the role of who signed it
    """
    require(by, "approval.give", edition, now=now)
    declared = _declared(edition, act, role)
    if paper is not None and declared.paper is None:
        raise Refused(f"Menurut aturan edisi, persetujuan {act} dari {Role(role).label} tidak dapat lewat surat.")
    holds = declared.paper.role if paper else role
    if not by.reaches({holds}, edition.region_id):
        raise NotAllowed(f"Anda tidak memegang peran {Role(holds).label} untuk {edition.region.name}.")
    recorded = _recorded(paper, edition, now)
    if earlier := edition.approvals.filter(act=act, subject=subject, role=role, by=by).first():
        return _the_same(earlier, recorded)
    approval = Approval.objects.create(edition=edition, act=act, subject=subject, role=role, by=by, at=now, **recorded)
    body = {"act": act, "subject": subject, "role": role}
    if paper:
        body["paper"] = [paper.number.strip(), paper.dated.isoformat(), recorded["paper"].sha256]
    journal.append(edition.chain_id, "approval.give", body, by=by, now=now)
    return approval


@transaction.atomic
def lock_rules(edition: Edition, *, by, now: datetime) -> Edition:
    """Lock the rules for good, with the approvals the edition declares; from now on only dates can move."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    require(by, "rules.lock", edition, now=now)
    if missing := missing_approvals(edition, "kunci_aturan", edition.code, also=by):
        raise Refused(f"Persetujuan belum lengkap: {'; '.join(missing)}.")
    edition.rules_hash = rules_hash_of(edition)
    edition.rules_locked_at = now
    edition.save(update_fields=["rules_hash", "rules_locked_at"])
    journal.append(edition.chain_id, "rules.lock", {"hash": edition.rules_hash}, by=by, now=now)
    return edition


@transaction.atomic
def move_stage(
    stage: Stage, *, opens_at: datetime, closes_at: datetime, reason: str, by, now: datetime,
    checks_until: datetime | None = None,
) -> Stage:  # fmt: skip
    """Move a stage's dates for everyone, after the lock too. `checks_until` left out stays as it is."""
    stage = Stage.objects.select_for_update().select_related("edition").get(pk=stage.pk)
    require(by, "dates.move", stage, now=now)
    before = (stage.opens_at, stage.closes_at, stage.checks_until)
    dates = (opens_at, closes_at, checks_until or stage.checks_until)
    _refuse_the_move(stage, before, dates, reason, now)
    subject = move_subject(stage, opens_at=dates[0], closes_at=dates[1], checks_until=dates[2])
    if missing := missing_approvals(stage.edition, "jadwal", subject, also=by):
        raise Refused(f"Persetujuan belum lengkap: {'; '.join(missing)}.")
    stage.opens_at, stage.closes_at, stage.checks_until = dates
    stage.save(update_fields=["opens_at", "closes_at", "checks_until"])
    body = {
        "stage": stage.code, "from": [_local(stage.edition, at) for at in before if at],
        "to": [_local(stage.edition, at) for at in dates if at], "reason": reason.strip(),
    }  # fmt: skip
    journal.append(stage.edition.chain_id, "deadline.extend", body, by=by, now=now)
    return stage


@transaction.atomic
def move_announcement(edition: Edition, *, announced_at: datetime, reason: str, by, now: datetime) -> Edition:
    """Move the day of the announcement; it never comes before the end of the last stage."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    require(by, "dates.move", edition, now=now)
    if not reason.strip():
        raise BadInput("Tulis alasan pemindahan pengumuman. Alasannya dibaca semua orang.")
    last = edition.stages.last()
    if announced_at < _ends(last):
        raise Refused(
            f"Pengumuman {instant_in_words(announced_at, edition.zone)} mendahului akhir tahap {last.name}, "
            f"{instant_in_words(_ends(last), edition.zone)}."
        )
    body = {
        "stage": "pengumuman", "from": [_local(edition, edition.announced_at)] if edition.announced_at else [],
        "to": [_local(edition, announced_at)], "reason": reason.strip(),
    }  # fmt: skip
    edition.announced_at = announced_at
    edition.save(update_fields=["announced_at"])
    journal.append(edition.chain_id, "deadline.extend", body, by=by, now=now)
    return edition


def _instruments(file: EditionFile) -> dict[str, Instrument]:
    used = {stage.instrument: stage for stage in reversed(file.stages) if stage.instrument}
    found = {row.code: row for row in Instrument.objects.filter(code__in=used)}
    if absent := [code for code in used if code not in found]:
        raise Refused(
            f"Instrumen {absent[0]} untuk tahap {used[absent[0]].name} belum dimuat. "
            "Muat lebih dahulu dengan: sp2k instrument import BERKAS.yaml."
        )
    return found


def _refuse_what_is_wrong(file: EditionFile, instruments, name: str) -> None:
    ready = {code: compiled(row) for code, row in instruments.items()}
    findings = check_edition(file, instruments=ready, region=stored_parts_of(file.region))
    if faults := [finding.sentence for finding in findings if finding.is_wrong]:
        raise Refused(f"{name} belum dapat dipakai. {' '.join(faults)}")


def _store(file: EditionFile, text: str, region: Region, is_sample: bool) -> Edition:
    genesis = {
        "v": 1, "edition": file.code, "name": file.name, "year": file.year, "region": file.region, "zone": file.zone,
        "regions": {"decree": region.source.decree, "sha256": region.source.sha256}, "sample": is_sample,
    }  # fmt: skip
    return Edition.objects.create(
        code=file.code, name=file.name, short_name=file.short_name, year=file.year, region=region,
        organiser=file.organiser, zone=file.zone, source=text, rules=file.data, is_sample=is_sample,
        announced_at=file.announced_at, chain=journal.open_chain(file.code, genesis, zone=file.zone),
    )  # fmt: skip


def _store_stages(edition: Edition, file: EditionFile, instruments: dict[str, Instrument]) -> None:
    Stage.objects.bulk_create(
        Stage(
            edition=edition, code=stage.code, position=n, kind=stage.kind, name=stage.name,
            instrument=instruments.get(stage.instrument), rules=stage.rules, opens_at=stage.opens_at,
            closes_at=stage.closes_at, checks_until=stage.checks_until,
        )
        for n, stage in enumerate(file.stages, start=1)
    )  # fmt: skip
    Title.objects.bulk_create(
        Title(edition=edition, place=place, name=title) for place, title in enumerate(file.titles, start=1)
    )


def _declared(edition: Edition, act: str, role: str):
    declared = {rule.role: rule for rule in rules_of_act(edition.rules, act)}
    if act not in ACTS or not declared:
        raise Refused(f"Aturan edisi tidak meminta persetujuan untuk {act[:40]}.")
    if role not in declared:
        asked = " dan ".join(Role(letter).label for letter in declared)
        raise Refused(f"Persetujuan {act} diminta dari {asked}, bukan dari peran {role[:10]}.")
    return declared[role]


def _recorded(paper: Paper | None, edition: Edition, now: datetime) -> dict:
    if paper is None:
        return {"paper_number": "", "paper_date": None, "paper": None}
    if not paper.number.strip():
        raise BadInput("Tulis nomor surat persetujuan.")
    if not paper.scan:
        raise BadInput("Lampirkan pindaian surat persetujuan.")
    if paper.dated > now.astimezone(ZoneInfo(edition.zone)).date():
        raise BadInput(f"Tanggal surat, {date_in_words(paper.dated)}, belum tiba. Periksa tanggalnya.")
    scan = store_blob(paper.scan, content_type=paper.content_type, now=now)
    return {"paper_number": paper.number.strip(), "paper_date": paper.dated, "paper": scan}


def _the_same(earlier: Approval, recorded: dict) -> Approval:
    if (earlier.paper_number, earlier.paper_date) == (recorded["paper_number"], recorded["paper_date"]):
        return earlier
    by_paper = f" dengan surat {earlier.paper_number}" if earlier.paper_number else ""
    raise Refused(f"Anda sudah mencatat persetujuan ini{by_paper}. Catatan yang keliru diganti catatan orang lain.")


def _refuse_the_move(stage: Stage, before, dates, reason: str, now: datetime) -> None:
    opens_at, closes_at, checks_until = dates
    zone, ends = stage.edition.zone, checks_until or closes_at
    if not reason.strip():
        raise BadInput(f"Tulis alasan pemindahan tahap {stage.name}. Alasannya dibaca semua orang.")
    if stage.is_locked:
        raise Refused(stage.opening_in_words(now))
    if dates == before:
        raise Refused(f"Tanggal tahap {stage.name} sama dengan yang berlaku; tidak ada yang dipindah.")
    if stage.opens_at <= now and opens_at != stage.opens_at:
        raise Refused(f"Tahap {stage.name} sudah dibuka; hanya batas akhirnya yang dapat dipindah.")
    if closes_at <= opens_at or ends < closes_at:
        raise Refused(f"Tanggal tahap {stage.name} mundur: dibuka, ditutup, lalu batas verifikasi harus berurutan.")
    if ends <= now:
        raise Refused(f"Batas baru tahap {stage.name}, {instant_in_words(ends, zone)}, sudah lewat.")
    _refuse_disorder(stage, opens_at, ends)


def _refuse_disorder(stage: Stage, opens_at: datetime, ends: datetime) -> None:
    zone = stage.edition.zone
    previous = stage.edition.stages.filter(position__lt=stage.position).last()
    if previous and opens_at < _ends(previous):
        raise Refused(
            f"Tahap {stage.name} tidak dapat mulai {instant_in_words(opens_at, zone)}: "
            f"tahap {previous.name} baru berakhir {instant_in_words(_ends(previous), zone)}."
        )
    if stage.next_stage and ends > stage.next_stage.opens_at:
        raise Refused(
            f"Tahap {stage.name} tidak dapat berakhir {instant_in_words(ends, zone)}: tahap {stage.next_stage.name} "
            f"mulai {instant_in_words(stage.next_stage.opens_at, zone)}. Pindahkan tahap itu lebih dahulu."
        )
    if (announced := stage.edition.announced_at) and ends > announced:
        raise Refused(
            f"Tahap {stage.name} tidak dapat berakhir {instant_in_words(ends, zone)}: pengumuman direncanakan "
            f"{instant_in_words(announced, zone)}. Pindahkan pengumuman lebih dahulu."
        )


def _ends(stage: Stage) -> datetime:
    return stage.checks_until or stage.closes_at


def _local(edition: Edition, at: datetime) -> str:
    return instant_in_words(at, edition.zone)
