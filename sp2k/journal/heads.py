"""Heads kept outside the row they guard: a file that only grows, and what minutes, decree and announcement printed.

Whoever rewrites or shortens a chain together with its row must also rewrite every place that noted a head. The file is
written after the commit, so it may lag behind the chain by what a crash cut off; it never runs ahead of it.
"""

import errno
import fcntl
import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from sp2k.base.faults.trace import note_fault
from sp2k.base.refusals import BadInput
from sp2k.journal.entry import instant_text
from sp2k.journal.models import Chain, NotedChain

FILE = "kepala.jsonl"
_noted: dict[tuple, str] = {}  # what this process wrote last, by folder and chain
_ANCHOR = re.compile(r"(\d{1,12}):([0-9a-fA-F ]{64,90})\Z")


@dataclass(frozen=True)
class Head:
    """What a chain's head was when it had `size` lines, and where that was noted."""

    size: int
    hash: str
    kept_in: str


class HeadsUnreadable(Exception):
    """The file of heads cannot be read; the message says what stands there."""


def heads_path() -> Path:
    """Return where the file of heads lies."""
    return Path(settings.DATA_DIR) / FILE


def note_head(name: str, *, at: datetime) -> None:
    """Add the head that a chain has now to the file; where several lines were committed together, once."""
    size, head = Chain.objects.values_list("size", "head").get(pk=name)
    if _noted.get((settings.DATA_DIR, name)) != head:
        keep_head(name, size=size, head=head, at=at)
        _noted[settings.DATA_DIR, name] = head
        if heads_path().exists():
            NotedChain.objects.get_or_create(chain_id=name)  # from now on an emptied file is a fault


def keep_head(chain: str, *, size: int, head: str, at: datetime) -> None:
    """Add a head to the file: one line, appended and synced, readable by the owner of the folder only.

    The line of the journal is stored by then. On a full or read-only disk the file lags behind until the next head, which
    is noted among the faults; the act is done, and nobody is told that it was not.
    """
    _keep({"chain": chain, "size": size, "head": head, "at": instant_text(at)})


def note_verdict(chain: str, *, seal: str, at: datetime) -> None:
    """Add to the file that a check of a chain left a verdict under this seal: its row cannot go unmissed."""
    _keep({"chain": chain, "verdict": seal, "at": instant_text(at)})


def _keep(told: dict) -> None:
    try:
        _append(heads_path(), json.dumps(told, separators=(",", ":")).encode() + b"\n")
    except OSError as error:
        note_fault(error)


def _append(path: Path, line: bytes) -> None:
    """Append a line whole, or not at all: half a line would make the file unreadable."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        before = os.fstat(descriptor).st_size
        if os.write(descriptor, line) < len(line):
            os.ftruncate(descriptor, before)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def chains_in_file() -> frozenset[str]:
    """Return the chains of which the file holds a head; what cannot be read names none here."""
    return frozenset(row["chain"] for row in _readable_lines() if "head" in row)


def verdicts_in_file() -> dict[str, tuple[str, datetime]]:
    """Return {chain: seal and time of the last verdict that the file tells of}; what cannot be read tells of none here."""
    told = [row for row in _readable_lines() if "verdict" in row and "at" in row]
    return {row["chain"]: (row["verdict"], datetime.fromisoformat(row["at"])) for row in told}


def _readable_lines() -> Iterator[dict]:
    try:
        lines = heads_path().read_bytes().splitlines()
    except FileNotFoundError:
        return
    for line in lines:
        try:
            row = json.loads(line)
        except ValueError:
            continue
        if isinstance(row, dict) and isinstance(row.get("chain"), str):
            yield row


def heads_in_file(chain: str) -> list[Head]:
    """Return the heads of a chain that the file holds, oldest first.

    Raises
    ------
    HeadsUnreadable
        Where a line of the file is not what this module writes: unreadable is not absent.
    """
    try:
        lines = heads_path().read_bytes().splitlines()
    except FileNotFoundError:
        return []
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            kept = json.loads(line)
            name, is_head = kept["chain"], "verdict" not in kept
            row = Head(int(kept["size"]), str(kept["head"]), FILE) if is_head else None
        except (ValueError, KeyError, TypeError):
            raise HeadsUnreadable(f"Baris {number} pada {FILE} tidak terbaca.") from None
        if name == chain and row is not None:
            found.append(row)
    return found


def anchor(text: str) -> Head:
    """Read `SIZE:HEAD` as typed from paper; the head may stand in groups of four, in capitals.

    Raises
    ------
    BadInput
        Where it is not a number of lines, a colon and 64 hexadecimal digits.
    """
    found = _ANCHOR.match(text.strip())
    digits = re.sub(r"\s", "", found[2]).lower() if found else ""
    if not found or len(digits) != 64:
        raise BadInput(
            f'Jangkar "{text[:60]}" tidak terbaca. Tulis banyak baris, titik dua, lalu 64 angka heksadesimal kepala '
            "seperti tercetak pada berita acara, misalnya 412:9f3a… (spasi boleh)."
        )
    return Head(int(found[1]), digits, "jangkar")


def heads_that_differ(hashes: Sequence[str], genesis_head: str, kept: Iterable[Head]) -> list[Head]:
    """Return the kept heads that the chain does not bear out: it is shorter, or another hash stands at that length.

    Parameters
    ----------
    hashes : of the chain's lines, in order
    genesis_head : the hash of the genesis, the head of a chain without lines
    """
    return [
        head
        for head in kept
        if head.size > len(hashes) or head.hash != (hashes[head.size - 1] if head.size else genesis_head)
    ]
