"""`sp2k edition check`: what an edition file would run into, before anyone opens it. No database is asked."""

from pathlib import Path

import click

from sp2k.editions.checks import check_edition
from sp2k.editions.file import EditionFile, EditionFileError, read_edition
from sp2k.editions.reading import Finding
from sp2k.instruments.commands.score import read_text
from sp2k.instruments.shelf import SHIPPED, find_instruments
from sp2k.regions.files import SHIPPED_LIST, read_regions
from sp2k.regions.parts import parts_of


@click.command()
@click.argument("file", metavar="FILE.yaml")
def check(file):
    """Periksa berkas edisi sebelum dipakai.

    Instrumen dicari di folder berkas itu dan di antara yang disertakan. Tiap temuan satu kalimat; ada yang salah
    berarti kode keluar 2, perhatian saja berarti 0.
    """
    name = Path(file).name
    try:
        edition = read_edition(read_text(file), name=name)
        findings = _findings(edition, Path(file).parent)
    except EditionFileError as error:
        edition, findings = None, error.findings
    for finding in findings:
        click.echo(f"{'Salah' if finding.is_wrong else 'Perhatian'}: {finding.sentence}", err=finding.is_wrong)
    n_wrong = sum(finding.is_wrong for finding in findings)
    if n_wrong:
        click.echo(f"{name}: {n_wrong} kesalahan. Berkas ini belum dapat dipakai.", err=True)
        raise SystemExit(2)
    click.echo(_summary(edition, name))


def _findings(edition: EditionFile, folder: Path) -> list[Finding]:
    used = {stage.instrument for stage in edition.stages if stage.instrument}
    rows = read_regions(SHIPPED_LIST.read_text(encoding="utf-8"), name=SHIPPED_LIST.name)
    return check_edition(
        edition, instruments=find_instruments(used, (folder, SHIPPED)), region=parts_of(rows, edition.region)
    )


def _summary(edition: EditionFile, name: str) -> str:
    stages = " > ".join(stage.code for stage in edition.stages)
    return f"{name}: edisi {edition.code} dapat dipakai. Tahap {stages}; {len(edition.titles)} gelar."
