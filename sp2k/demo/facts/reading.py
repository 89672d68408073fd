"""The file of facts, `demo/nyata.yaml`: what is real, by whom it was reported, and what was made up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sp2k.base.exactyaml import load
from sp2k.demo.targets import FOLDER

FILE = FOLDER / "nyata.yaml"


@dataclass(frozen=True)
class Source:
    """Who published a fact. `day` is an ISO date, or a year or years, or empty where we did not note it."""

    key: str
    publisher: str
    title: str = ""
    address: str = ""
    day: str = ""


@dataclass(frozen=True)
class Fact:
    """One row of the page, in both languages.

    sources : who published it; none where it was made up
    places : where it stands in the copy of the sources, `demo/sumber`: `2022/keputusan`, `NOTICE/wilayah.csv`
    waits : whether what it says stays hidden until the edition is announced here
    checks : {kind of comparison: what the rows should hold}, see `comparing`
    """

    about: str
    said: str
    about_in_english: str
    said_in_english: str
    sources: tuple[Source, ...] = ()
    places: tuple[str, ...] = ()
    waits: bool = False
    checks: Mapping[str, Mapping] = field(default_factory=dict)


@dataclass(frozen=True)
class Account:
    """What is said of one edition, or of all: a sentence in both languages, the real and the made up."""

    summary: str
    summary_in_english: str
    real: tuple[Fact, ...]
    made_up: tuple[Fact, ...]


@dataclass(frozen=True)
class Facts:
    """The whole file. `of_all` concerns every edition of the demonstration, `editions` each by its code.

    `spelled_out` are the names that the sources shorten, as we write them.
    """

    of_all: Account
    editions: Mapping[str, Account]
    sources: tuple[Source, ...]
    spelled_out: Mapping[str, str] = field(default_factory=dict)


def read_facts(path: Path = FILE) -> Facts:
    """Read the file of facts. It is shipped: a source that it does not list is a fault of ours (KeyError)."""
    data = load(path.read_text(encoding="utf-8"), name=path.name)
    sources = {
        key: Source(key, said["penerbit"], said.get("judul", ""), said.get("alamat", ""), str(said.get("tanggal", "")))
        for key, said in data["sumber"].items()
    }
    return Facts(
        of_all=_account(data["semua"], sources),
        editions={code: _account(said, sources) for code, said in data["edisi"].items()},
        sources=tuple(sources.values()),
        spelled_out=data.get("ejaan", {}),
    )


def _account(data: Mapping, sources: Mapping[str, Source]) -> Account:
    return Account(
        data.get("ringkas", ""), data.get("ringkas_en", ""),
        tuple(_fact(said, sources) for said in data.get("nyata", ())),
        tuple(_fact(said, sources) for said in data.get("contoh", ())),
    )  # fmt: skip


def _fact(data: Mapping, sources: Mapping[str, Source]) -> Fact:
    return Fact(
        data["hal"], data["isi"], data["hal_en"], data["isi_en"],
        sources=tuple(sources[key] for key in data.get("sumber", ())), places=tuple(data.get("dari", ())),
        waits=data.get("sesudah_terbit", False),
        checks=data.get("periksa", {}),
    )  # fmt: skip
