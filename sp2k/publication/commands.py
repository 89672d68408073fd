"""`sp2k edition status` and `sp2k edition export`."""

import json
import sys
from pathlib import Path

import click

from sp2k.base import clock
from sp2k.base.refusals import BadInput, Refused
from sp2k.editions.models import Edition
from sp2k.journal.heads import Head, anchor
from sp2k.journal.models import Chain
from sp2k.journal.opening import Opening, unread
from sp2k.publication.checking.opening import opened_publication
from sp2k.publication.checking.status import (
    UNREADABLE,
    check_everything,
    edition_status,
    told_unread,
    unreadable_in_words,
)
from sp2k.publication.export import export_edition

BROKEN = 1


@click.command()
@click.argument("kode", required=False)
@click.option("--json", "as_json", is_flag=True, help="Keluaran JSON.")
@click.option("--all", "check_all", is_flag=True, help="Periksa semua edisi dan rantai lain; hasilnya tampil di meja kerja.")
@click.option("--ringkas", is_flag=True, help="Bersama --all: hanya sebutkan yang rusak.")
@click.option("--jangkar", metavar="BANYAK:KEPALA", help="Kepala jurnal dari kertas, misalnya dari berita acara.")
def status(kode, as_json, check_all, ringkas, jangkar):
    """Putar ulang jurnal edisi KODE, buka semua yang diikrarkannya, dan tampilkan keadaannya.

    Kode keluar: 0 utuh, 1 ada yang rusak, 2 masukan salah.
    """
    if check_all:
        if kode or jangkar or as_json:
            raise BadInput("--all memeriksa semuanya; jangan sebut KODE, --jangkar, atau --json bersamanya.")
        _check_all(is_brief=ringkas)
        return
    if not kode:
        raise BadInput("Sebut kode edisinya, atau pakai --all untuk memeriksa semuanya.")
    edition = _edition(kode)
    opening, found = _opened(edition, anchor(jangkar) if jangkar else None)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _tell(found, opening)
    if not opening.is_whole:
        raise SystemExit(BROKEN)


def _opened(edition: Edition, head: Head | None) -> tuple[Opening, dict]:
    """Open an edition; a row that cannot be read or is gone is a fault, and said as one."""
    try:
        opening = opened_publication(edition, anchor=head)
        return opening, edition_status(edition, opening)
    except UNREADABLE as error:
        opening = unread(edition.chain_id, unreadable_in_words(error))
        return opening, told_unread(edition, opening)


def _tell(found, opening) -> None:
    click.echo(f"{found['kode']}: {found['kejadian']} baris jurnal, rantai {found['rantai']}.")
    click.echo(_counted(opening))
    for fault in opening.faults:
        click.echo(f"  {fault.sentence}")
    for stage in found["tahap"]:
        through = "belum" if stage["lolos"] is None else stage["lolos"]
        click.echo(f"  {stage['kode']:<14} {stage['entri']:>5} peserta {stage['lembar']:>6} lembar   lolos: {through}")
    for row in found["hasil"]:
        click.echo(f"  {row['tempat']}. {row['gelar']:<18} {row['kode']}  {row['nilai'].replace('.', ',')}")


def _counted(opening) -> str:
    unread = f", {opening.n_unread} tidak dapat diperiksa (sesudah baris yang putus)" if opening.n_unread else ""
    return f"  {opening.n_opened} terbuka, {opening.n_erased} dihapus, {len(opening.faults)} rusak{unread}"


def _check_all(*, is_brief: bool) -> None:
    found, told = [], {"label": "Membuka jurnal", "file": sys.stderr, "show_eta": False, "hidden": is_brief}
    with click.progressbar(length=Chain.objects.count(), **told) as bar:
        for opening in check_everything(now=clock.clocks()):
            found.append(opening)
            bar.update(1)
    for opening in found:
        if opening.is_whole and is_brief:
            continue
        click.echo(f"{opening.replayed.name}: {'utuh' if opening.is_whole else 'RUSAK'}")
        click.echo(_counted(opening))
        for fault in opening.faults:
            click.echo(f"  {fault.sentence}")
    if not all(opening.is_whole for opening in found):
        raise SystemExit(BROKEN)


@click.command()
@click.argument("kode")
@click.option("--out", "folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder tujuan.")
def export(kode, folder):
    """Tulis rules.yaml, sheets.csv, dan places.csv tiap tahap edisi KODE yang sudah dibekukan."""
    edition = _edition(kode)
    opened_publication(edition).refuse_faults("Ekspor")
    written = export_edition(edition, folder)
    for stage, files in written.items():
        click.echo(f"{stage}: {', '.join(files)}")
    click.echo(f"Hitung ulang dengan: sp2k tally {folder}/TAHAP/rules.yaml {folder}/TAHAP/sheets.csv --out FOLDER")


def _edition(kode) -> Edition:
    edition = Edition.objects.filter(code=kode).first()
    if edition is None:
        known = ", ".join(Edition.objects.values_list("code", flat=True)) or "belum ada"
        raise Refused(f'Edisi "{kode}" tidak ada. Yang ada: {known}.')
    return edition
