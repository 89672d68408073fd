"""`sp2k edition create`: open an edition from its file, in the name of a person who may."""

from pathlib import Path

import click

from sp2k.accounts.models import User
from sp2k.base import clock
from sp2k.base.refusals import Refused
from sp2k.editions.actions import open_edition
from sp2k.instruments.commands.score import read_text


@click.command()
@click.argument("file", metavar="FILE.yaml")
@click.option("--oleh", "username", required=True, metavar="NAMA", help="Akun penyelenggara yang membuka edisi.")
def create(file, username):
    """Buka edisi dari berkasnya. Aturannya belum terkunci."""
    user = User.objects.filter(username=username).first()
    if user is None:
        raise Refused(f'Akun "{username}" tidak ada. Periksa ejaannya, atau buat dengan: sp2k user create.')
    edition = open_edition(read_text(file), name=Path(file).name, by=user, now=clock.shown())
    click.echo(f"Edisi {edition.code} dibuka dengan {edition.stages.count()} tahap. Aturannya belum dikunci.")
