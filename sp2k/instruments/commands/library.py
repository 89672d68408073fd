"""`sp2k instrument import` and `export`: instrument files into and out of the database."""

from pathlib import Path

import click

from sp2k.base import clock
from sp2k.base.faults.whole_files import write_whole
from sp2k.base.refusals import BadInput
from sp2k.instruments.actions import import_instrument
from sp2k.instruments.adding_up import why_draft
from sp2k.instruments.commands.score import read_text
from sp2k.instruments.queries import compiled, instrument_by_code, instrument_codes


@click.command("import")
@click.argument("files", metavar="FILE.yaml...", nargs=-1, required=True)
def import_(files):
    """Muat satu atau beberapa berkas instrumen. Berkas yang sama dua kali tidak mengubah apa pun.

    Instrumen yang maksimumnya tidak cocok dengan jumlah bagiannya dimuat sebagai draf, dengan daftar kesalahannya.
    """
    for file in files:
        instrument = import_instrument(read_text(file), name=Path(file).name, by=None, now=clock.now())
        click.echo(f"{instrument.code}: {instrument.n_indicators} indikator, maksimum {instrument.maximum}.")
        if faults := why_draft(compiled(instrument)):
            click.echo(f"{instrument.code} dimuat sebagai draf dan belum dapat dipakai edisi:")
            for fault in faults:
                click.echo(f"  {fault}")


@click.command("export")
@click.argument("code", metavar="KODE")
@click.option("--out", metavar="FILE", default="-", help="Berkas tujuan; - (bawaan) menulis ke layar.")
def export(code, out):
    """Keluarkan berkas instrumen persis seperti saat dimuat."""
    instrument = instrument_by_code(code)
    if instrument is None:
        known = ", ".join(instrument_codes()) or "belum ada"
        raise BadInput(f'instrumen "{code}" tidak ada. Yang ada: {known}.')
    if out == "-":
        click.echo(instrument.source.encode("utf-8"), nl=False)
        return
    try:
        write_whole(Path(out), instrument.source.encode("utf-8"))
    except OSError as error:
        raise BadInput(f"berkas {out} tidak dapat ditulis ({error.strerror}).") from None
