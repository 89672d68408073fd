"""Uploading a newer list of regions, applying or withdrawing it, and correcting how a name is written."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from sp2k.accounts.policy import require
from sp2k.base.blobs import read_blob, store_blob
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.editions.holding import held_edition
from sp2k.editions.models import Edition
from sp2k.entries.models import Entry
from sp2k.entries.queries.opening import entries_hash, refuse_changed_entrants
from sp2k.journal import actions as journal
from sp2k.journal.models import Chain
from sp2k.regions.actions import apply_list, rename_region
from sp2k.regions.files import RegionRow, read_regions
from sp2k.regions.models import ProposedList, Region, RegionList

CHAIN = "wilayah"
ZONE = "Asia/Jakarta"
LONGEST_DECREE = 60


class WholeCountry:
    """What loading a list is about: no region in particular."""

    region_code = ""


@transaction.atomic
def upload_list(text: str, *, decree: str, name: str, by, now: datetime) -> ProposedList:
    """Keep a newer list to be looked at. The same file under the same decree is the same proposal."""
    require(by, "region.load", WholeCountry(), now=now)
    decree = clean_text(decree, name="Nomor Kepmendagri", longest=LONGEST_DECREE)
    if not decree:
        raise BadInput("Tulis nomor Kepmendagri daftar ini, misalnya: Kepmendagri 300.2.2-2430 Tahun 2025.")
    if RegionList.objects.filter(decree=decree).exists():
        raise Refused(f"Daftar {decree} sudah dimuat. Periksa nomor Kepmendagrinya.")
    read_regions(text, name=name)
    file = store_blob(text.encode(), content_type="text/csv", now=now)
    waiting = ProposedList.objects.filter(decree=decree, file=file, applied_at=None, withdrawn_at=None).first()
    return waiting or ProposedList.objects.create(
        decree=decree, name=name, file=file, uploaded_at=now, uploaded_by=by.get_username()
    )


@transaction.atomic
def apply_proposed_list(proposed: ProposedList, *, by, now: datetime) -> ProposedList:
    """Bring the regions to a proposed list. Editions that were opened before keep standing on theirs."""
    proposed = _waiting(proposed)
    require(by, "region.load", WholeCountry(), now=now)
    found = apply_list(rows_of(proposed), decree=proposed.decree, sha256=proposed.file_id, now=now)
    proposed.applied_at = now
    proposed.save(update_fields=["applied_at"])
    body = {
        "decree": proposed.decree, "sha256": proposed.file_id, "new": len(found.new), "gone": len(found.gone),
        "renamed": len(found.renamed), "moved": len(found.moved),
    }  # fmt: skip
    _tell("region.list", body, by=by, now=now)
    return proposed


@transaction.atomic
def withdraw_list(proposed: ProposedList, *, by, now: datetime) -> ProposedList:
    """Put a proposed list aside; nothing was changed by it."""
    proposed = _waiting(proposed)
    require(by, "region.load", WholeCountry(), now=now)
    proposed.withdrawn_at = now
    proposed.save(update_fields=["withdrawn_at"])
    return proposed


@transaction.atomic
def correct_region_name(region: Region, name: str, *, basis: str, by, now: datetime) -> Region:
    """Correct how a name is written, with its source: also on entries of editions whose result is not decided yet."""
    region = Region.objects.select_for_update(of=("self",)).select_related("parent").get(pk=region.pk)
    require(by, "region.correct", region, now=now)
    name = clean_text(name, name="Nama wilayah", longest=120)
    basis = clean_text(basis, name="Dasar", longest=200)
    if not name or "\n" in name:
        raise BadInput("Tulis nama wilayah dalam satu baris.")
    if not basis:
        raise BadInput("Tulis dasar pembetulan, misalnya nomor peraturan daerah atau halaman Kepmendagri.")
    if name == region.name:
        raise Refused(f"Nama {region.full_name} sudah tertulis begitu.")
    was = region.name
    for edition in _to_be_renamed(region, was):
        refuse_changed_entrants(edition, f"Pembetulan nama wilayah pada {edition}")
    rename_region(region, name, basis=basis, now=now)
    _rename_entries(region, was, name, by=by, now=now)
    _tell("region.correct", {"region": region.code, "from": was, "to": name, "basis": basis}, by=by, now=now)
    return region


def _rename_entries(region: Region, was: str, name: str, *, by, now) -> None:
    """Write the entries of editions that are not decided anew, each with a line in its edition's own journal."""
    touched, (own, within) = _to_be_renamed(region, was), _entries_called(region, was)
    own.update(name=name)
    within.update(regency_name=name)
    for edition in touched:
        body = {"region": region.code, "sha256": entries_hash(edition.entries.all())}
        journal.append(edition.chain_id, "entries.rename", body, by=by, now=now)


def _to_be_renamed(region: Region, was: str) -> list[Edition]:
    """The editions whose entries a correction of this name writes anew, held until it is done."""
    touched = {pk for rows in _entries_called(region, was) for pk in rows.values_list("edition", flat=True)}
    return [held_edition(pk) for pk in sorted(touched)]


def _entries_called(region: Region, was: str) -> tuple[QuerySet, QuerySet]:
    """Entries under this name as kecamatan, and those under it as their regency, of editions whose result is not decided.

    From the decision on, the decree is made and announced in the names that were approved: there a wrong one is corrected
    by a further act that says so.
    """
    rows = Entry.objects.filter(edition__decision=None, edition__published_at=None, edition__abandoned_at=None)
    return rows.filter(region=region, name=was), rows.filter(region__parent=region, regency_name=was)


def rows_of(proposed: ProposedList) -> tuple[RegionRow, ...]:
    """Return the rows of a list that was uploaded."""
    return read_regions(read_blob(proposed.file).decode(), name=proposed.name)


def _waiting(proposed: ProposedList) -> ProposedList:
    proposed = ProposedList.objects.select_for_update(of=("self",)).select_related("file").get(pk=proposed.pk)
    if not proposed.is_waiting:
        raise Refused("Daftar ini sudah diterapkan atau ditarik.")
    return proposed


def _tell(type: str, body: dict, *, by, now: datetime) -> None:
    if not Chain.objects.filter(name=CHAIN).exists():
        journal.open_chain(CHAIN, {"v": 1, "of": "regions"}, zone=ZONE)
    journal.append(CHAIN, type, body, by=by, now=now)
