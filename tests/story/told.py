"""Tell an edition in a test: the demonstration's player, with claims and marks that the story says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache

from sp2k.accounts.actions import create_user
from sp2k.accounts.models import User
from sp2k.demo.evidence import common_sample
from sp2k.demo.load import INSTRUMENTS, SHIPPED
from sp2k.demo.play import Play
from sp2k.demo.targets import Targets
from sp2k.editions.actions import open_edition
from sp2k.editions.models import Edition
from sp2k.entries.claims import Claims
from sp2k.instruments.actions import import_instrument
from sp2k.regions.actions import load_shipped_regions

LONG_AFTER = datetime(2030, 1, 1, tzinfo=UTC)
LONG_BEFORE = datetime(2022, 1, 3, tzinfo=UTC)


@dataclass
class Told(Play):
    """An edition with few claims, and marks as the story says them.

    evidence : {kecamatan: how many pieces of evidence it holds}; None: the nominees hold one, the others none
    told : {stage: {kecamatan: the mark on every indicator, or {indicator: mark}}}; a stage not told is drawn
    """

    evidence: Mapping[str, int] | None = None
    told: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def claims(self, participation, regency, rules, sample) -> Claims:
        code = participation.region_code
        held = self.evidence or dict.fromkeys(self.targets.nominees.values(), 1)
        asked = [(indicator, rule["kunci"]) for indicator, rule in rules if rule.get("kunci")]
        answers = {rules[0][0]: {"isian": {}, "bukti": {}}}
        for indicator, key in asked[: held.get(code, 0)]:
            answers[indicator] = {"isian": {}, "bukti": {key: next(iter(sample))}}
        return Claims(answers, sample)

    def marks(self, duty, fields, severity):
        if duty.stage.code not in self.told:
            return super().marks(duty, fields, severity)
        said = self.told[duty.stage.code][duty.participation.region_code]
        return dict(said) if isinstance(said, Mapping) else dict.fromkeys(fields, str(said))

    def play(self) -> "Told":
        """Play to the end of the calendar, or to `until`."""
        for _ in self.steps():
            pass
        self.edition.refresh_from_db()
        return self


def tell(code: str, targets: Targets, *, until: datetime = LONG_AFTER, source: str | None = None, **story) -> Told:
    """Open a shipped edition (or `source`) with its staff and return its story, not yet played."""
    source = source or (SHIPPED / "editions" / "data" / f"{code}.yaml").read_text(encoding="utf-8")
    region = source.split('wilayah: "')[1].split('"')[0]
    first, second, leader = staff(region)
    return Told(open_told(source, by=first), targets, until, (first, second), leader, **story)


def open_told(source: str, *, by: User) -> Edition:
    """Open an edition text with all regions and the shipped instruments."""
    load_shipped_regions(now=LONG_BEFORE)
    for name in INSTRUMENTS:
        path = SHIPPED / "instruments" / "data" / f"{name}.yaml"
        import_instrument(path.read_text(encoding="utf-8"), name=path.name, by=by, now=LONG_BEFORE)
    return open_edition(source, name="uji.yaml", by=by, now=LONG_BEFORE, is_sample=True)


def staff(region: str) -> tuple[User, User, User]:
    """Two bureau members and a leader of a region."""
    load_shipped_regions(now=LONG_BEFORE)
    return tuple(
        create_user(f"{name}-{region}", f"{name} {region}".title(), roles=[(role, region)])
        for name, role in (("biro-satu", "B"), ("biro-dua", "B"), ("pimpinan", "G"))
    )


def targets(**given) -> Targets:
    """Targets of a story; what is not given is empty."""
    empty = {"edition": "uji", "seed": 1, "nominees": {}, "declined": {}, "scores": {}, "findings": {}, "decree": None}
    return Targets(**(empty | given))


@cache
def sample():
    """The labelled sample document."""
    return common_sample()
