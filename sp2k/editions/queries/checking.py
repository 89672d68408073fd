"""What an edition file's text would run into, asked while it is typed and again before it is stored."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sp2k.editions.checks import check_edition
from sp2k.editions.defaults import caution_of
from sp2k.editions.drafts.rewriting import line_of
from sp2k.editions.file import EditionFile, EditionFileError, read_edition
from sp2k.editions.reading import Finding, notice
from sp2k.instruments.models import Instrument
from sp2k.instruments.queries import compiled
from sp2k.regions.queries import stored_parts_of


@dataclass(frozen=True)
class Checked:
    """A text as checked: `file` is None where it cannot be read; `instruments` are the loaded ones it names."""

    file: EditionFile | None
    findings: tuple[Finding, ...]
    instruments: Mapping[str, Instrument]

    @property
    def faults(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.is_wrong]

    @property
    def notices(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.is_wrong]


@dataclass(frozen=True)
class Placed:
    """A finding with the line of the text it speaks of, where it can be found."""

    finding: Finding
    line: int | None


def checked_text(text: str, *, name: str, regions_at: datetime | None = None) -> Checked:
    """Read and check a text against the instruments that are loaded and the list of regions it stands on."""
    try:
        file = read_edition(text, name=name)
    except EditionFileError as error:
        return Checked(None, tuple(error.findings), {})
    used = {stage.instrument for stage in file.stages if stage.instrument}
    instruments = {row.code: row for row in Instrument.objects.filter(code__in=used)}
    ready = {code: compiled(row) for code, row in instruments.items()}
    findings = check_edition(file, instruments=ready, region=stored_parts_of(file.region, at=regions_at))
    cautions = [notice(f"tahap {stage.code}", said) for stage in file.stages if (said := caution_of(stage.rules))]
    return Checked(file, (*findings, *cautions), instruments)


def placed(text: str, checked: Checked) -> list[Placed]:
    """Return the findings, the wrong ones first, each with its line."""
    ordered = sorted(checked.findings, key=lambda finding: not finding.is_wrong)
    return [Placed(finding, _line(text, finding, checked.file)) for finding in ordered]


def fingerprint(text: str) -> str:
    """Return the hash by which a text, and the text a change began from, are known."""
    return hashlib.sha256(text.encode()).hexdigest()


def _line(text: str, finding: Finding, file: EditionFile | None) -> int | None:
    head, _, rest = finding.place.partition(" ")
    if head == "tahap" and file is not None:
        codes = [stage.code for stage in file.stages]
        return line_of(text, "tahap", codes.index(rest)) if rest in codes else line_of(text, "tahap")
    return line_of(text, head, rest) if rest else line_of(text, head)
