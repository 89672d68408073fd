"""The one file a demonstration is drawn around: `demo/<edition>.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    handed_in : None: every kecamatan hands in its form and is accepted; else {kecamatan code: "dikirim", "diterima" or
        the reason why it was returned}, and whoever is not named has not sent yet
    awaits : code of the stage whose closing is left to people; None: the play closes every stage
    innovations : {kecamatan code: what it tells}
    half_filled : codes of kecamatan in the middle of filling in
    presented : {kecamatan code: claims of its presentation}
    missing : {stage code: {kecamatan code: seat codes whose sheet has not come}}
    """

    edition: str
    seed: int
    nominees: Mapping[str, str]
    declined: Mapping[str, str]
    scores: Mapping[str, Mapping[str, float]]
    findings: Mapping[str, Mapping[str, tuple[str, str]]]
    decree: Mapping[str, str] | None
    handed_in: Mapping[str, str] | None = None
    awaits: str | None = None
    innovations: Mapping[str, list] = field(default_factory=dict)
    half_filled: tuple[str, ...] = ()
    presented: Mapping[str, list] = field(default_factory=dict)
    missing: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)


def read_targets(path: Path) -> Targets:
    """Read a target file."""
    data = load(path.read_text(encoding="utf-8"), name=path.name)
    return Targets(
        edition=data["edisi"],
        seed=data["benih"],
        nominees=data.get("calon", {}),
        declined=data.get("tidak_ikut", {}),
        scores={
            stage: {code: float(target) for code, target in targets.items()}
            for stage, targets in data.get("sasaran", {}).items()
        },
        findings={
            code: {claim: (said["temuan"], said["catatan"]) for claim, said in claims.items()}
            for code, claims in data.get("temuan", {}).items()
        },
        decree=data.get("keputusan"),
        handed_in=data.get("isian"),
        awaits=data.get("menunggu"),
        innovations=data.get("inovasi", {}),
        half_filled=tuple(data.get("setengah_terisi", ())),
        presented=data.get("paparan", {}),
        missing=data.get("lembar_kosong", {}),
    )
