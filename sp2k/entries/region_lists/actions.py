"""Uploading a newer list of regions, answering which region is which, applying or withdrawing it; and correcting a name."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from sp2k.accounts.policy import require
from sp2k.base.blobs import read_blob, store_blob
from sp2k.base.refusals import BadInput, Refused
from sp2k.base.typed import clean_text
from sp2k.editions.holding import held_edition
from sp2k.editions.models import Approval, Edition
from sp2k.entries.models import Entry
from sp2k.entries.queries.opening import entries_hash, refuse_changed_entrants
from sp2k.entries.region_lists.carrying import carry, refuse_running
from sp2k.journal import actions as journal
from sp2k.journal.models import Chain
from sp2k.regions.actions import rename_region
from sp2k.regions.files import RegionRow, read_regions
from sp2k.regions.folding import listed_name
from sp2k.regions.models import IdentityAnswer, ProposedList, Region, RegionList
from sp2k.regions.newer_lists.applying import Applied, answers_on, apply_list, compared
from sp2k.regions.newer_lists.differences import Differences
from sp2k.regions.opening import CHAIN, MATCHED, ZONE, refuse_changed_regions, regions_content
from sp2k.regions.queries import spellings_of

Ends = tuple[str, str]  # the key of a region that stands, and the code of a row of the newer list
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
    for row in read_regions(text, name=name):
        clean_text(row.name, name=f"Nama wilayah {row.code}", longest=120)
    file = store_blob(text.encode(), content_type="text/csv", now=now)
    waiting = ProposedList.objects.filter(decree=decree, file=file, applied_at=None, withdrawn_at=None).first()
    return waiting or ProposedList.objects.create(
        decree=decree, name=name, file=file, uploaded_at=now, uploaded_by=by.get_username()
    )


@transaction.atomic
def answer_identities(proposed: ProposedList, answers: Mapping[Ends, bool | None], *, by, now: datetime) -> int:
    """Keep what a person said of proposed pairs: the same region, another one, or (None) that it is not decided yet.

    An answer can be changed until the list is applied; the answers on the parts of a region go with its own. Returns how
    many answers changed.
    """
    proposed = _waiting(proposed)
    require(by, "region.load", WholeCountry(), now=now)
    known = answers_on(proposed)
    asked = {pair.ends for pair in compared(rows_of(proposed), known).asked}
    changed = {ends: said for ends, said in answers.items() if known.get(ends) is not said}
    if unknown := [code for key, code in changed if (key, code) not in asked]:
        raise Refused(f"Pasangan dengan kode {unknown[0]} tidak ditanyakan lagi. Muat ulang halaman.")
    for (key, code), said in sorted(changed.items(), key=lambda row: row[0][1].count(".")):  # the wider regions first
        within = proposed.answers.filter(region__code__startswith=f"{key}.")
        (within | proposed.answers.filter(code__startswith=f"{code}.")).delete()
        proposed.answers.filter(region=key, code=code).delete()
        if said is not None:
            IdentityAnswer.objects.create(
                proposed=proposed, region_id=key, code=code, is_same=said, by=by.get_username(), at=now
            )
    _refuse_twice_the_same(proposed)
    return len(changed)


@transaction.atomic
def apply_proposed_list(proposed: ProposedList, *, typed: str = "", by, now: datetime) -> ProposedList:
    """Bring the regions to a proposed list once every pair is answered. Editions opened before keep standing on theirs.

    `typed` is the number of regions that the list drops or renames, where they are more than a few.
    """
    proposed = _waiting(proposed)
    require(by, "region.load", WholeCountry(), now=now)
    refuse_changed_regions("Penerapan daftar wilayah")
    rows, answers = rows_of(proposed), answers_on(proposed)
    _refuse_unread(compared(rows, answers), typed)
    applied = apply_list(rows, decree=proposed.decree, sha256=proposed.file_id, answers=answers, now=now)
    refuse_running(applied.carried, {row.key: row.name for row in applied.found.before})
    proposed.applied_at = now
    proposed.save(update_fields=["applied_at"])
    n_carried = carry(applied.carried, decree=proposed.decree, by=by, now=now)
    _tell_applied(proposed, applied, n_carried, by=by, now=now)
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
    name = listed_name(clean_text(name, name="Nama wilayah", longest=120), region.level)
    basis = clean_text(basis, name="Dasar", longest=200)
    if not name or "\n" in name:
        raise BadInput("Tulis nama wilayah dalam satu baris.")
    if not basis:
        raise BadInput("Tulis dasar pembetulan, misalnya nomor peraturan daerah atau halaman Kepmendagri.")
    was, spellings = region.name, spellings_of(region) - {name}
    touched = _to_be_renamed(region, spellings)
    if name == was and not touched:
        raise Refused(f"Nama {region.full_name} sudah tertulis begitu.")
    refuse_changed_regions("Pembetulan nama wilayah")
    for edition in touched:
        refuse_changed_entrants(edition, f"Pembetulan nama wilayah pada {edition}")
    _rename_entries(region, spellings, name, touched, by=by, now=now)
    if name != was:  # else it only reaches an edition whose result was sent back since
        rename_region(region, name, basis=basis, now=now)
        _tell("region.correct", {"region": region.code, "from": was, "to": name, "basis": basis}, by=by, now=now)
    return region


def _rename_entries(region: Region, spellings: set[str], name: str, touched: list[Edition], *, by, now) -> None:
    """Write the entries of editions that are not agreed to anew, each with a line in its edition's own journal."""
    own, within = _entries_called(region, spellings)
    called = set(_editions_called(region, spellings).values_list("pk", flat=True))
    Edition.objects.filter(pk__in=called).update(region_name=name)
    own.update(name=name)
    within.update(regency_name=name)
    for edition in touched:
        body = {"region": region.code, "sha256": entries_hash(edition.entries.all())}
        body |= {"name": name} if edition.pk in called else {}
        journal.append(edition.chain_id, "entries.rename", body, by=by, now=now)


def _to_be_renamed(region: Region, spellings: set[str]) -> list[Edition]:
    """The editions that a correction of this name reaches, by their entries or in their own name, held until it is done."""
    touched = {pk for rows in _entries_called(region, spellings) for pk in rows.values_list("edition", flat=True)}
    touched |= set(_editions_called(region, spellings).values_list("pk", flat=True))
    return [held_edition(pk) for pk in sorted(touched)]


def _entries_called(region: Region, spellings: set[str]) -> tuple[QuerySet, QuerySet]:
    """Entries so called as kecamatan, and those whose regency is so called, of editions whose result is not agreed to.

    From the first yes to the result on, the decree is made and announced in the names that were approved: there a wrong one
    is corrected by a further act that says so.
    """
    rows = Entry.objects.filter(edition__decision=None, edition__published_at=None, edition__abandoned_at=None)
    rows = rows.exclude(edition__in=_agreed_to())
    within = rows.filter(region__parent=region, regency_name__in=spellings)
    return rows.filter(region=region, name__in=spellings), within


def _editions_called(region: Region, spellings: set[str]) -> QuerySet[Edition]:
    """The editions of this region that call it so, and whose result is not agreed to."""
    rows = Edition.objects.filter(decision=None, published_at=None, abandoned_at=None, voided_at=None)
    return rows.filter(region=region, region_name__in=spellings).exclude(pk__in=_agreed_to())


def _agreed_to() -> list[int]:
    """The editions to whose result, as it stands, somebody has said yes; one that was sent back asks for every yes anew."""
    rows = Approval.objects.filter(act="hasil").select_related("edition").prefetch_related("edition__returns")
    return [row.edition_id for row in rows if row.subject == row.edition.result_subject]


def rows_of(proposed: ProposedList) -> tuple[RegionRow, ...]:
    """Return the rows of a list that was uploaded."""
    return read_regions(read_blob(proposed.file).decode(), name=proposed.name)


def _waiting(proposed: ProposedList) -> ProposedList:
    proposed = ProposedList.objects.select_for_update(of=("self",)).select_related("file").get(pk=proposed.pk)
    if not proposed.is_waiting:
        raise Refused("Daftar ini sudah diterapkan atau ditarik.")
    return proposed


def _refuse_twice_the_same(proposed: ProposedList) -> None:
    """A region continues as one at most, and a row of the list continues one at most."""
    for end in ("region_id", "code"):
        seen = set()
        for answer in proposed.answers.filter(is_same=True).select_related("region__parent"):
            if getattr(answer, end) in seen:
                raise Refused(
                    f"Kode {answer.code}: satu wilayah hanya dapat dilanjutkan oleh satu wilayah, dan sebaliknya. Pilih "
                    "wilayah lain pada pasangan yang bukan kelanjutannya."
                )
            seen.add(getattr(answer, end))


def _refuse_unread(found: Differences, typed: str) -> None:
    """Where a list drops or renames more than a few, whoever applies it types how many: so that it has been read."""
    if reason := found.why_not():
        raise Refused(reason)
    number = found.figures.to_type
    if number is not None and typed.strip().replace(".", "") != str(number):
        raise BadInput(
            f"Daftar ini menghapus {found.figures.n_lost} kode dan mengganti nama {found.figures.n_renamed} kode. "
            f"Ketik {number} untuk menerapkannya."
        )


def _tell_applied(proposed: ProposedList, applied: Applied, n_carried: dict[str, int], *, by, now) -> None:
    """A line for each pair that was answered or is written otherwise, old and new, then one for the list as a whole."""
    found = applied.found
    pairs = [(pair, True) for pair in (*found.respelled, *found.matching.same)]
    pairs += [(pair, False) for pair in found.matching.other]
    for pair, is_same in sorted(pairs, key=lambda told: (told[0].old.code, told[0].new.code)):
        old, new = pair.old, pair.new
        body = {
            "decree": proposed.decree, "region": old.key, "now": applied.keys[new.code], "same": is_same,
            "was": f"{old.code} {old.name}", "is": f"{new.code} {new.name}",
        }  # fmt: skip
        _tell(MATCHED, body, by=by, now=now)
    body = {
        "decree": proposed.decree, "sha256": proposed.file_id, "new": len(found.matching.new),
        "gone": len(found.matching.gone), "renamed": sum(pair.name_changes for pair in found.matching.same),
        "moved": sum(pair.code_changes for pair in found.matching.same), "carried": n_carried,
    }  # fmt: skip
    _tell("region.list", body, by=by, now=now)


def _tell(type: str, body: dict, *, by, now: datetime) -> None:
    """Add a line to the chain of regions; what leaves the list as it stands seals the list."""
    if not Chain.objects.filter(name=CHAIN).exists():
        journal.open_chain(CHAIN, {"v": 1, "of": "regions"}, zone=ZONE)
    if type == MATCHED:
        journal.append(CHAIN, type, body, by=by, now=now)
    else:
        journal.append_sealed(CHAIN, type, body, regions_content(), by=by, now=now)
