"""`sp2k edition status` and `sp2k edition export`."""

import json
from pathlib import Path

import click

from sp2k.base.refusals import Refused
from sp2k.editions.models import Edition
from sp2k.publication.export import export_edition
from sp2k.publication.status import edition_status


@click.command()
@click.argument("kode")
@click.option("--json", "as_json", is_flag=True, help="Keluaran JSON.")
def status(kode, as_json):
    """Putar ulang jurnal edisi KODE dan tampilkan keadaannya."""
    found = edition_status(_edition(kode))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    click.echo(f"{found['kode']}: {found['kejadian']} baris jurnal, rantai {found['rantai']}.")
    for stage in found["tahap"]:
        through = "belum" if stage["lolos"] is None else stage["lolos"]
        click.echo(f"  {stage['kode']:<14} {stage['entri']:>5} peserta {stage['lembar']:>6} lembar   lolos: {through}")
    for row in found["hasil"]:
        click.echo(f"  {row['tempat']}. {row['gelar']:<14} {row['kode']}  {row['nilai'].replace('.', ',')}")


@click.command()
@click.argument("kode")
@click.option("--out", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder tujuan.")
def export(kode, folder):
    """Tulis rules.yaml, sheets.csv, dan places.csv tiap tahap edisi KODE yang sudah dibekukan."""
    written = export_edition(_edition(kode), folder)
    for stage, files in written.items():
        click.echo(f"{stage}: {', '.join(files)}")
    click.echo(f"Hitung ulang dengan: sp2k tally {folder}/TAHAP/rules.yaml {folder}/TAHAP/sheets.csv --out FOLDER")


def _edition(kode) -> Edition:
    edition = Edition.objects.filter(code=kode).first()
    if edition is None:
        known = ", ".join(Edition.objects.values_list("code", flat=True)) or "belum ada"
        raise Refused(f'Edisi "{kode}" tidak ada. Yang ada: {known}.')
    return edition
