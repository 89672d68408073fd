"""Opening an edition from its file, revising it while it is a draft, voiding it."""

import difflib
from datetime import datetime

from django.db import models, transaction

from sp2k.accounts.actions.factor import declare_second_factor
from sp2k.accounts.policy import require
from sp2k.base import clock
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.editions.actions.naming import tell_apart
from sp2k.editions.file import EditionFile, read_edition
from sp2k.editions.holding import held_edition
from sp2k.editions.models import Approval, Edition, EditionText, Stage, Title
from sp2k.editions.queries import rules_hash_of
from sp2k.editions.queries.checking import Checked, checked_text, fingerprint
from sp2k.editions.queries.opening import refuse_changed_rules
from sp2k.instruments.models import Instrument
from sp2k.journal import actions as journal
from sp2k.journal.models import Chain
from sp2k.regions.models import Region
from sp2k.regions.opening import refuse_changed_regions
from sp2k.regions.queries import code_at, region_listed_as

DRAFT = "Naskah edisi"
LONGEST = 200_000


class StaleText(Refused):
    """The draft was changed by someone else since this text was begun; both are kept."""


@transaction.atomic
def open_edition(text: str, *, name: str, by, now: datetime, is_sample: bool = False) -> Edition:
    """Open an edition as its file declares it; its rules can still be thrown away, for nothing counts before the lock.

    Parameters
    ----------
    text, name : the edition file and how the sentences call it
    is_sample : whether all that follows is sample data; said in the chain's first bytes, so that it stays said.
        On a demonstration server everything is.

    Raises
    ------
    Refused
        Where the file cannot work, the code is taken, or an instrument is not loaded.
    """
    file = read_edition(text, name=name)
    region = region_listed_as(file.region)
    if region is None:
        raise Refused(f"Wilayah {file.region} pada {name} tidak ada dalam daftar wilayah yang dimuat.")
    require(by, "edition.open", region, now=now)
    refuse_changed_regions("Pembukaan edisi")
    _refuse_taken_code(file, name)
    checked = _ready(text, name)
    edition = _store(file, text, region, is_sample or clock.is_demonstration())
    _store_stages(edition, file, checked.instruments)
    _ask_second_factor(edition, file)
    tell_apart(edition)
    _keep_text(edition, text, by=by, now=now)
    body = {
        "source": fingerprint(text), "stages": [stage.code for stage in file.stages], "titles": list(file.titles),
    }  # fmt: skip
    journal.append(edition.chain_id, "edition.open", body, by=by, now=now)
    return edition


@transaction.atomic
def revise_edition(edition: Edition, text: str, *, base: str, by, now: datetime) -> Edition:
    """Put another text in the place of a draft's: read and checked anew, wholly or not at all.

    Parameters
    ----------
    base : the `fingerprint` of the text that was changed

    Approvals of the rules are withdrawn where the rules themselves changed: they were given to something else.

    Raises
    ------
    StaleText
        When someone else changed the draft in between.
    Refused
        When the text cannot work, or would make another edition of it.
    """
    edition = held_edition(edition.pk)
    require(by, "edition.revise", edition, now=now)
    refuse_changed_rules(edition, "Penyimpanan naskah")
    if len(text) > LONGEST:
        raise BadInput(f"{DRAFT} terlalu panjang: {len(text)} huruf, paling banyak {LONGEST}.")
    if base != fingerprint(edition.source) and text != edition.source:
        raise StaleText(_told_stale(edition))
    if text == edition.source:
        return edition
    checked = _ready(text, DRAFT, regions_at=edition.regions_at)
    _refuse_another_edition(edition, checked.file)
    before = rules_hash_of(edition)
    _rewrite(edition, checked, text)
    _ask_second_factor(edition, checked.file)
    tell_apart(edition)
    withdrawn = _withdraw_approvals(edition) if rules_hash_of(edition) != before else []
    _keep_text(edition, text, base=base, by=by, now=now)
    body = {
        "source": fingerprint(text), "stages": [stage.code for stage in checked.file.stages],
        "titles": list(checked.file.titles), "withdrawn": withdrawn,
    }  # fmt: skip
    journal.append(edition.chain_id, "edition.revise", body, by=by, now=now)
    return edition


@transaction.atomic
def keep_lost_text(edition: Edition, text: str, *, base: str, by, now: datetime) -> EditionText:
    """Keep a text that came too late, beside the versions that were in force, so that nothing typed is lost."""
    edition = held_edition(edition.pk)
    require(by, "edition.revise", edition, now=now)
    sha256 = fingerprint(text)
    if kept := edition.texts.filter(sha256=sha256, base_sha256=base).first():
        return kept
    return _keep_text(edition, text[:LONGEST], base=base, by=by, now=now, is_standing=False)


@transaction.atomic
def void_edition(edition: Edition, *, reason: str, by, now: datetime) -> Edition:
    """Take back a draft edition that was opened by mistake. Its code stays used: its journal cannot be unwritten."""
    edition = held_edition(edition.pk)
    require(by, "edition.void", edition, now=now)
    refuse_changed_rules(edition, "Pembatalan draf")
    reason = clean_text(reason, name="Alasan pembatalan", longest=500)
    if not reason:
        raise BadInput("Tulis alasan pembatalan edisi. Alasannya dicatat dalam jurnal.")
    edition.voided_at, edition.voided_reason = now, reason
    edition.save(update_fields=["voided_at", "voided_reason"])
    declare_second_factor(edition.code, edition.region_id, [])
    tell_apart(edition)
    journal.append(edition.chain_id, "edition.void", {"reason": reason}, by=by, now=now)
    return edition


def _ask_second_factor(edition: Edition, file: EditionFile) -> None:
    """Accounts cannot read editions: what an edition asks of their sign-in is written there. Sample data asks nothing."""
    declare_second_factor(edition.code, edition.region_id, [] if edition.is_sample else list(file.second_factor))


def _refuse_taken_code(file: EditionFile, name: str) -> None:
    taken = Edition.objects.filter(code=file.code).first()
    if taken is not None and taken.is_voided:
        raise Refused(
            f"Kode {file.code} pernah dipakai edisi yang dibatalkan, dan jurnalnya tetap ada. "
            f"Pakai kode lain pada kunci edisi di {name}."
        )
    if taken is not None or Chain.objects.filter(name=file.code).exists():
        raise Refused(f"Edisi {file.code} sudah ada. Pakai kode lain pada kunci edisi di {name}.")


def _ready(text: str, name: str, *, regions_at: datetime | None = None) -> Checked:
    checked = checked_text(text, name=name, regions_at=regions_at)
    if checked.file is None:
        read_edition(text, name=name)  # says itself what cannot be read
    used = {stage.instrument: stage for stage in reversed(checked.file.stages) if stage.instrument}
    if absent := [code for code in used if code not in checked.instruments]:
        raise Refused(_told_absent(absent[0], used[absent[0]].name))
    if checked.faults:
        raise Refused(f"{name} belum dapat dipakai. {' '.join(fault.sentence for fault in checked.faults)}")
    return checked


def _told_absent(code: str, stage: str) -> str:
    loaded = list(Instrument.objects.order_by("code").values_list("code", flat=True))
    near = difflib.get_close_matches(code, loaded, n=1, cutoff=0.7)
    guess = f' Mungkin maksudnya "{near[0]}".' if near else ""
    return (
        f"Instrumen {code} untuk tahap {stage} belum dimuat.{guess} "
        "Muat lebih dahulu dengan: sp2k instrument import BERKAS.yaml."
    )


def _refuse_another_edition(edition: Edition, file: EditionFile) -> None:
    """What the journal's first bytes name cannot change: that would be another edition."""
    for key, was, written in (
        ("edisi", edition.code, file.code),
        ("wilayah", code_at(edition.region, edition.regions_at), file.region), ("zona", edition.zone, file.zone),
    ):  # fmt: skip
        if was != written:
            raise Refused(
                f'Kunci "{key}" tidak dapat diubah dari "{was}" menjadi "{written}": jurnal edisi ini sudah dibuka '
                "dengannya. Batalkan draf ini, lalu buka edisi baru."
            )


def _told_stale(edition: Edition) -> str:
    last = edition.texts.filter(is_standing=True).select_related("by").last()
    who = f" oleh {last.by.name}" if last else ""
    return (
        f"Naskah ini sudah diubah{who} sejak halaman Anda dibuka. Ketikan Anda tidak menimpanya dan tetap disimpan. "
        "Bandingkan kedua naskah, lalu simpan yang berlaku."
    )


def _store(file: EditionFile, text: str, region: Region, is_sample: bool) -> Edition:
    genesis = {
        "v": 1, "edition": file.code, "name": file.name, "year": file.year, "region": file.region,
        "region_name": region.name, "zone": file.zone,
        "regions": {"decree": region.source.decree, "sha256": region.source.sha256}, "sample": is_sample,
    }  # fmt: skip
    return Edition.objects.create(
        code=file.code, name=file.name, short_name=file.short_name, year=file.year, region=region,
        region_name=region.name, organiser=file.organiser, zone=file.zone, source=text, rules=file.data, is_sample=is_sample,
        announced_at=file.announced_at, chain=journal.open_chain(file.code, genesis, zone=file.zone),
        regions_at=region.source.imported_at,
    )  # fmt: skip


def _store_stages(edition: Edition, file: EditionFile, instruments) -> None:
    Stage.objects.bulk_create(
        Stage(
            edition=edition, code=stage.code, position=n, kind=stage.kind, name=stage.name,
            instrument=instruments.get(stage.instrument), rules=stage.rules, opens_at=stage.opens_at,
            closes_at=stage.closes_at, checks_until=stage.checks_until,
        )
        for n, stage in enumerate(file.stages, start=1)
    )  # fmt: skip
    _store_titles(edition, file)


def _store_titles(edition: Edition, file: EditionFile) -> None:
    Title.objects.bulk_create(
        Title(edition=edition, place=place, name=title, short=file.short_titles.get(title, ""))
        for place, title in enumerate(file.titles, start=1)
    )


def _rewrite(edition: Edition, checked: Checked, text: str) -> None:
    """Bring the rows to what the file says. A stage keeps its row while its code stays: others may lean on it."""
    file = checked.file
    _drop_stages(edition, {stage.code for stage in file.stages})
    rows = {row.code: row for row in edition.stages.all()}
    edition.stages.update(position=models.F("position") + 1000)
    for n, stage in enumerate(file.stages, start=1):
        row = rows.get(stage.code) or Stage(edition=edition, code=stage.code)
        row.position, row.kind, row.name, row.rules = n, stage.kind, stage.name, stage.rules
        row.instrument = checked.instruments.get(stage.instrument)
        row.opens_at, row.closes_at, row.checks_until = stage.opens_at, stage.closes_at, stage.checks_until
        row.save()
    edition.titles.all().delete()
    _store_titles(edition, file)
    edition.name, edition.short_name, edition.year = file.name, file.short_name, file.year
    edition.organiser, edition.announced_at = file.organiser, file.announced_at
    edition.source, edition.rules = text, file.data
    edition.save()


def _drop_stages(edition: Edition, kept: set[str]) -> None:
    for stage in edition.stages.exclude(code__in=kept):
        try:
            stage.delete()
        except models.ProtectedError:
            raise Refused(
                f"Tahap {stage.name} ({stage.code}) tidak dapat dihapus atau berganti kode: sudah ada kursi, jadwal, "
                "atau catatan lain padanya."
            ) from None


def _withdraw_approvals(edition: Edition) -> list[str]:
    given = Approval.objects.filter(edition=edition, act="kunci_aturan")
    roles = list(given.order_by("pk").values_list("role", flat=True))
    given.delete()
    return roles


def _keep_text(edition: Edition, text: str, *, by, now, base: str = "", is_standing: bool = True) -> EditionText:
    number = edition.texts.count() + 1
    return EditionText.objects.create(
        edition=edition, number=number, text=text, sha256=fingerprint(text), base_sha256=base, is_standing=is_standing,
        by=by, at=now,
    )  # fmt: skip
