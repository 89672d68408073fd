"""The one file a demonstration is drawn around: `demo/<edition>.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from sp2k.base.exactyaml import load

FOLDER = Path(settings.SOURCE_DIR) / "demo"


@dataclass(frozen=True)
class Targets:
    """What synthetic data is drawn around. Scores are on the scale of the stage's instrument.

    nominees : {regency code: kecamatan code}
    declined : {regency code: reason}
    scores : {stage code: {kecamatan code: target}}
    findings : {kecamatan code: {claim: (verdict, note)}}
    decree : {"nomor", "tanggal"} or None
    """

    edition: str
    seed: int
    nominees: Mapping[str, str]
    declined: Mapping[str, str]
    scores: Mapping[str, Mapping[str, float]]
    findings: Mapping[str, Mapping[str, tuple[str, str]]]
    decree: Mapping[str, str] | None


def read_targets(path: Path) -> Targets:
    """Read a target file."""
    data = load(path.read_text(encoding="utf-8"), name=path.name)
    return Targets(
        edition=data["edisi"],
        seed=data["benih"],
        nominees=data["calon"],
        declined=data["tidak_ikut"],
        scores={
            stage: {code: float(target) for code, target in targets.items()}
            for stage, targets in data["sasaran"].items()
        },
        findings={
            code: {claim: (said["temuan"], said["catatan"]) for claim, said in claims.items()}
            for code, claims in data.get("temuan", {}).items()
        },
        decree=data.get("keputusan"),
    )
