"""Opening commitments: rows held against the lines that tell of them. It knows no edition; each app brings its own rows.

Opening is part of reading: what a count, a document or a page takes as official is held against its line first. A line whose
row is gone is *dihapus* where an act with a line of its own erased it, else *rusak*; so is a row that no line tells of.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Max, Min, Q
from django.utils.crypto import salted_hmac

from sp2k.base.blobs import CHANGED as OTHER_BYTES
from sp2k.base.blobs import ERASED, INTACT, MISNAMED, MISSING
from sp2k.base.refusals import NAMES_ARE_TOLD, Refused
from sp2k.journal.canonical import NotCanonical, commitment
from sp2k.journal.database import damage, foreign_objects
from sp2k.journal.entry import WAS
from sp2k.journal.heads import FILE, Head, HeadsUnreadable, chains_in_file, note_verdict, verdicts_in_file
from sp2k.journal.instants import earlier_than_before
from sp2k.journal.models import Chain, ChainCheck, NotedChain, Replaced
from sp2k.journal.queries import Replay, picked_lines, picked_lines_of, replay

SHOWN = 5
CHANGED = "isinya tidak lagi sama dengan yang dicatat jurnal"
UNTOLD = "tidak ada baris jurnal yang mencatatnya"
OTHER_ACT = "orang, waktu, atau nomornya tidak sama dengan yang dicatat jurnal"
# when a row says it was made
INSTANTS = ("at", "issued_at", "made_at", "proposed_at", "frozen_at", "published_at", "updated_at")
BY_ANOTHER = frozenset({"sheet.correct", "decree.amend"})  # the row stays its writer's, whoever let it count
NOT_VOIDED = "ditandai batal tanpa tindakan yang membatalkannya"
LAST_VERDICT = "Putusan pemeriksaan terakhir"
UNSEALED = "tidak disegel dengan kunci server ini: diubah, atau kunci server diganti sejak itu. Periksa lagi"
GONE = "barisnya dalam basis data hilang, tanpa tindakan yang menghapusnya"
NOT_WHOLE = "tidak utuh; ada baris yang dapat terlewat saat dibaca, atau yang melanggar batasnya"
NOT_MADE = "bukan buatan SP2K; ia dapat mengubah apa yang ditulis sebuah tindakan"
CLOCK_WENT_BACK = "waktunya lebih dari lima menit sebelum baris yang mendahuluinya: jam server mundur"

FILE_FAULTS = {
    OTHER_BYTES: "isi berkasnya pada cakram tidak lagi sesuai dengan sidiknya",
    MISSING: "berkasnya hilang dari cakram, tanpa tindakan yang menghapusnya",
    MISNAMED: "ukuran atau jenis berkas yang tersimpan tidak sama dengan isinya",
    ERASED: "berkasnya ditandai dihapus tanpa tindakan yang menghapusnya",
}


@dataclass(frozen=True)
class Fault:
    """One thing that does not open: what it is (with its kecamatan or seat), why, and the journal line it rests on."""

    what: str
    why: str
    line: int | None = None

    @property
    def sentence(self) -> str:
        told = f"{self.what}: {self.why}"
        return f"{told} (baris jurnal {self.line})." if self.line is not None else f"{told}."

    @property
    def plain(self) -> dict:
        """The fault as JSON says it."""
        return {"apa": self.what, "mengapa": self.why, "baris": self.line}


@dataclass
class Opening:
    """A chain being held against rows. `n_opened` and `n_erased` are counts; `faults` are what does not open.

    `reads_bytes`: whether stored evidence is read anew, byte for byte, or only looked for in its size.
    """

    replayed: Replay
    reads_bytes: bool = True
    n_opened: int = 0
    n_erased: int = 0
    n_unread: int = 0
    faults: list[Fault] = field(default_factory=list)
    _by_commitment: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    _met: set[int] = field(default_factory=set)

    def __post_init__(self):
        for seq, entry in self.replayed.numbered:
            if isinstance(sealed := entry["body"].get("c"), str):
                self._by_commitment[entry["type"], sealed].append(seq)

    @property
    def is_whole(self) -> bool:
        return not self.faults

    def entries(self, *types: str, stage: str | None = None) -> Iterator[tuple[int, dict]]:
        """Yield number and body of the lines of these types, of one stage where it is named."""
        for seq, entry in self.replayed.numbered:
            if entry["type"] in types and (stage is None or entry["body"].get("stage") == stage):
                yield seq, entry["body"]

    def last(self, type: str, **body) -> tuple[int, dict] | tuple[None, None]:
        """Return the last line of a type whose body says this, or (None, None)."""
        found = (None, None)
        for seq, said in self.entries(type):
            if all(said.get(key) == value for key, value in body.items()):
                found = seq, said
        return found

    def line_of(self, types: Collection[str], sealed: str) -> int | None:
        """Return the number of the line of one of these types that holds this commitment, or None."""
        return next((found[-1] for type in types if (found := self._by_commitment.get((type, sealed)))), None)

    def open_row(self, types: Collection[str], row, content, what: str) -> bool:
        """Hold a sealed row (commitment and both nonces) against its line: is it of this content, and was it told?"""
        seq = self.line_of(types, row.commitment)
        if seq is None:
            return self.fail(what, UNTOLD)
        said = self.replayed.entries[seq]["body"]
        is_same_revision = "rev" not in said or said["rev"] == row.revision
        receipt = {"chain": self.replayed.name, "seq": seq, "entry": self.replayed.hashes[seq]}
        is_receipt = getattr(row, "receipt", None) in (None, receipt)
        if not self.hold(is_same_revision and is_receipt and is_committed(content, row), what, seq):
            return False
        return self.replayed.entries[seq]["type"] in BY_ANOTHER or self.hold_act(row, what, seq)

    def hold_act(self, row, what: str, seq: int) -> bool:
        """Hold who a row says did it, when, and under which number, against the private record that its line commits to."""
        person, at = self.replayed.acts[seq]
        said = next((getattr(row, name) for name in INSTANTS if hasattr(row, name)), at)
        number = getattr(row, "op_id", None) or self.replayed.op_ids[seq]
        is_same = (self._writer_of(row), said) == (person, at) and self.replayed.op_ids[seq] in {None, number}
        return is_same or self.fail(what, OTHER_ACT, seq)

    def _writer_of(self, row) -> str | None:
        return row.by.get_username() if "by" in row._state.fields_cache else self._names.get(row.by_id)

    @cached_property
    def _names(self) -> dict[int, str]:
        users = get_user_model()
        return dict(users._base_manager.values_list("pk", users.USERNAME_FIELD))

    def open_line(self, seq: int, content, what: str) -> bool:
        """Hold what a line itself seals (`append_sealed`); lines written before that sealed nothing, and count as nothing."""
        if "c" not in self.replayed.entries[seq]["body"]:
            return True
        return self.hold(self.seals(seq, content), what, seq)

    def open_replaced(self, *types: str) -> None:
        """Hold what acts of these types replaced against the lines that commit to it."""
        kept = Replaced.objects.filter(line__chain=self.replayed.name, line__type__in=types)
        found = dict(kept.values_list("line__seq", "content"))
        for seq, body in self.entries(*types):
            what = f"Isi sebelum baris {seq}"
            if WAS in body and seq not in found:
                self.fail(what, GONE, seq)
            elif WAS in body:
                self.hold(self.seals(seq, {WAS: found[seq]}, key=WAS), what, seq)
            elif seq in found:
                self.fail(what, UNTOLD, seq)

    def seals(self, seq: int, content, key: str = "c") -> bool:
        """Return whether a line seals this content under a key of its body, or, being older, seals none."""
        sealed, (device, server) = self.replayed.entries[seq]["body"].get(key), self.replayed.nonces[seq]
        return sealed is None or _commitment(content, device, server) == sealed

    def open_voids(self, type: str, rows: Iterable, name: Callable[[object], str]) -> None:
        """Hold for sealed rows whether they are withdrawn exactly where a line of `type` says so, by whom and why."""
        for row in rows:
            seq = self.line_of((type,), row.commitment)
            if not self.is_void_told(row.is_voided, name(row), seq):
                continue
            if seq is not None:
                self.hold_void(row, void_content(row), name(row), seq)
            elif row.voided_reason or row.voided_by_id or row.voided_as:
                self.fail(name(row), NOT_VOIDED)

    def is_void_told(self, is_voided: bool, what: str, seq: int | None) -> bool:
        """Return whether a row is withdrawn exactly where a line says so, noting it where not."""
        if is_voided == (seq is not None):
            return True
        return self.fail(what, NOT_VOIDED if is_voided else "pembatalannya dihapus", seq)

    def hold_void(self, row, content, what: str, seq: int) -> bool:
        """Hold when, by whom and why a row was withdrawn: what a page says of it."""
        what = f"Pembatalan {what[0].lower()}{what[1:]}"
        if not self.hold(self.seals(seq, content, key="why"), what, seq):
            return False
        person, at = self.replayed.acts[seq]
        is_named = getattr(row, "voided_by_id", None) or getattr(row, "voided_as", "")  # older ones keep neither
        by = self._names.get(row.voided_by_id) if is_named else person
        return (by, row.voided_at) == (person, at) or self.fail(what, OTHER_ACT, seq)

    def open_file(self, state: str, what: str, erasing: int | None, *, given: int | None = None) -> None:
        """Count a stored file by the state of its bytes; `erasing` is the line of the act that erased it, if any.

        `given` is the line that gave the file last: who sends the same file again after it was erased gives it anew.
        """
        if state == ERASED and erasing is not None and (given is None or erasing > given):
            self.n_erased += 1
        elif state == INTACT:
            self.n_opened += 1
        else:
            self.fail(what, FILE_FAULTS[state])

    def hold(self, holds: bool, what: str, line: int | None, why: str = CHANGED) -> bool:
        """Count one thing as opened, or note why it does not open."""
        if line is not None:
            self._met.add(line)
        if not holds:
            return self.fail(what, why, line)
        self.n_opened += 1
        return True

    def fail(self, what: str, why: str, line: int | None = None) -> bool:
        if why in {UNTOLD, GONE} and not self.replayed.is_intact:
            self.n_unread += 1  # its line may stand behind the one that broke the chain: nobody can say
        else:
            self.faults.append(Fault(what, why, line))
        return False

    def expect_met(self, named: Iterable[tuple[str, str]], *, stage: str | None = None) -> None:
        """Note every line of the types given that no row has met: `named` are pairs of type and what it tells of."""
        for type, what in named:
            for seq, _body in self.entries(type, stage=stage):
                if seq not in self._met:
                    self.fail(what, GONE, seq)

    def refuse_to_show(self, *, of_others: bool = False) -> None:
        """Stop a page or a file whose rows do not open.

        `of_others`: more is held than the reader's own; whoever may not know of it reads only that something is wrong.

        Raises
        ------
        Refused
            Naming the first things, each with its kecamatan or seat and its line, and whom to tell.
        """
        if not self.faults:
            return
        told = " ".join(fault.sentence for fault in self.faults[:SHOWN])
        way_on = "Halaman atau berkas ini tidak ditampilkan sebelum pengawas memeriksanya: sp2k edition status."
        if not NAMES_ARE_TOLD.get():
            way_on = "Halaman atau berkas ini tidak ditampilkan sebelum pengawas memeriksanya. Beri tahu biro penyelenggara."
            if of_others:
                told = "Yang tersimpan tidak lagi sama dengan yang dicatat jurnal."
        raise Refused(f"{told} {way_on}")

    def expect_whole_database(self, *models: type) -> None:
        """Hold the database's file against itself, or the tables of models: what an index tells must be what stands there."""
        for text in damage(model._meta.db_table for model in models):
            if (fault := Fault("Berkas basis data", f"{NOT_WHOLE} (SQLite: {text})", None)) not in self.faults:
                self.faults.append(fault)

    def refuse_faults(self, act: str) -> None:
        """Stop an act that rests on what does not open.

        Raises
        ------
        Refused
            Naming the first things, each with its kecamatan or seat and its line.
        """
        if self.faults and not NAMES_ARE_TOLD.get():
            raise Refused(
                f"{act} dihentikan: ada yang tersimpan yang tidak lagi sama dengan yang dicatat jurnal. Tidak ada yang "
                "berubah, dan yang Anda tulis tidak dihapus. Beri tahu penyelenggara provinsi; pengawas memeriksanya."
            )
        if self.faults:
            n_more = len(self.faults) - SHOWN
            told = " ".join(fault.sentence for fault in self.faults[:SHOWN])
            more = f" Dan {n_more} lagi." if n_more > 0 else ""
            raise Refused(
                f"{act} dihentikan: yang tersimpan tidak lagi sama dengan yang dicatat jurnal. {told}{more} Minta pengawas "
                "memeriksanya, dan pulihkan dari cadangan. Semuanya: sp2k edition status."
            )


def open_chain_of(name: str, *, kept: Iterable[Head] = (), reads_bytes: bool = True) -> Opening:
    """Replay a chain, compare its heads with those kept outside of its row, and return what rows are then held against.

    A chain that has not begun tells of nothing: any row that only its lines could have made is then told by none.
    """
    chain = Chain.objects.filter(name=name).first()
    opening = Opening(replayed := replay(name) if chain else Replay(name, 0, "", None, ()), reads_bytes)
    if not replayed.is_intact:
        opening.fail(f"Rantai jurnal {name}", "putus: baris ini dan yang sesudahnya tidak mengikuti yang sebelumnya",
                     replayed.broken_at)  # fmt: skip
    for what in foreign_objects():
        opening.fail(what, NOT_MADE)
    for seq, type in earlier_than_before(chain, replayed) if chain else ():
        opening.fail(f"Tindakan {type}", CLOCK_WENT_BACK, seq)
    _expect_noted_head(opening)
    try:
        for head in replayed.contradicted_by(kept):
            opening.fail(
                f"Kepala jurnal {name} yang dicatat pada {head.kept_in}",
                f"rantainya dipotong atau ditulis ulang: dengan {head.size} baris kepalanya {head.hash[:16]}…",
            )
    except HeadsUnreadable as unreadable:
        opening.fail("Catatan kepala jurnal", str(unreadable).removesuffix("."))
    return opening


def open_lines(
    name: str, types: Collection[str], rows: Iterable | None = None, *, about: str | None = None
) -> Opening:
    """Return what a page's rows are held against: the lines of these types, of the rows' commitments where rows are named.

    `about` is a kecamatan's code: then the lines that name it as their `entry`.
    """
    words = [f'"entry":"{about}"'] if about else None if rows is None else [row.commitment for row in rows if row.commitment]
    return Opening(picked_lines(name, types, words))


def open_lines_of(names: Iterable[str], types: Collection[str]) -> dict[str, Opening]:
    """As `open_lines`, of several chains at once: by chain, for a list of what each of them tells. One query."""
    return {name: Opening(replayed) for name, replayed in picked_lines_of(names, types).items()}


def void_content(row) -> dict:
    """Return what is sealed of a voiding beside the row: the office and the reason, which pages show to the author."""
    return {"as": row.voided_as, "reason": row.voided_reason}


def unread(name: str, why: str) -> Opening:
    """Return the opening of a chain that could not be opened at all, with why."""
    opening = Opening(Replay(name, 0, "", None, ()))
    opening.fail(f"Jurnal {name}", why)
    return opening


def _expect_noted_head(opening: Opening) -> None:
    """A chain whose head was once noted in the file has one there: a file that was emptied says nothing, and is a fault."""
    name = opening.replayed.name
    if NotedChain.objects.filter(chain=name).exists() and name not in chains_in_file():
        opening.fail(f"Catatan kepala jurnal {name}", f"{FILE} hilang atau tidak memuatnya lagi")


def keep_verdict(opening: Opening, *, now: datetime) -> ChainCheck:
    """Keep what a run found, with its time: what the desk shows until the next run. The file of heads notes its seal."""
    replayed = opening.replayed
    verdict = ChainCheck(
        chain_id=replayed.name, at=now, size=replayed.size, head=replayed.head, n_opened=opening.n_opened,
        n_erased=opening.n_erased, faults=[fault.plain for fault in opening.faults],
    )  # fmt: skip
    verdict.seal = _seal_of(verdict, settings.SECRET_KEY)
    verdict.save()
    transaction.on_commit(partial(note_verdict, replayed.name, seal=verdict.seal, at=now))
    return verdict


def last_checks(chains: Iterable[str]) -> dict[str, ChainCheck]:
    """Return the last verdict on each of these chains that was ever checked. Two queries.

    A verdict is a row too: one that the server's own key does not bear out says so itself, as does the one before a verdict
    that was taken away. One from before there were seals says nothing.
    """
    chains = list(chains)
    newest = ChainCheck.objects.filter(chain__in=chains).values("chain")
    newest = newest.annotate(last=Max("pk"), first=Min("pk", filter=Q(seal__isnull=False))).exclude(first=None)
    found = {row.chain_id: row for row in ChainCheck.objects.filter(pk__in=newest.values("last"))}
    for row in found.values():
        if row.seal not in {_seal_of(row, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)}:
            row.faults = [*row.faults, Fault(LAST_VERDICT, UNSEALED).plain]
    noted = verdicts_in_file()
    seals = {noted[chain][0] for chain in chains if chain in noted}
    kept = set(ChainCheck.objects.filter(seal__in=seals).values_list("chain", "seal"))
    for chain in chains:
        if chain in noted and (chain, noted[chain][0]) not in kept:
            row = found.setdefault(chain, ChainCheck(chain_id=chain, at=noted[chain][1], size=0, n_opened=0, n_erased=0))
            row.faults = [*row.faults, Fault(LAST_VERDICT, GONE).plain]
    return found


def _seal_of(verdict: ChainCheck, key: str) -> str:
    """Return the seal of a verdict under the server's key, which does not stand in the database."""
    said = [
        verdict.chain_id, verdict.at.astimezone(UTC).isoformat(), verdict.size, verdict.head, verdict.n_opened,
        verdict.n_erased, json.dumps(verdict.faults, sort_keys=True),
    ]  # fmt: skip
    return salted_hmac("sp2k/verdict/1", json.dumps(said), secret=key, algorithm="sha256").hexdigest()


def is_committed(content, row) -> bool:
    """Return whether a row's commitment is one to this content; what could never be sealed is not."""
    return _commitment(content, row.device_nonce, row.server_nonce) == row.commitment


def _commitment(content, device: str, server: str) -> str | None:
    try:
        return commitment(content, device_nonce=device, server_nonce=server)
    except (NotCanonical, ValueError, TypeError):
        return None
