"""`sp2k user create` and `sp2k user reset`: the first account, and the forgotten administrator."""

import secrets

import click
from django.core.management import call_command
from django.utils import timezone

from sp2k.accounts.actions import create_user
from sp2k.accounts.models import User
from sp2k.base.refusals import Refused
from sp2k.regions.actions import load_shipped_regions


@click.command()
@click.argument("nama_pengguna")
@click.option("--nama", required=True, help="Nama orangnya.")
@click.option(
    "--peran", "roles", multiple=True, required=True, metavar="HURUF:KODE", help="Misalnya B:35. Boleh berulang."
)
def create(nama_pengguna, nama, roles):
    """Buat akun NAMA_PENGGUNA; kata sandinya dicetak sekali."""
    call_command("migrate", interactive=False, verbosity=0)
    load_shipped_regions(now=timezone.now())
    password = secrets.token_urlsafe(12)
    create_user(nama_pengguna, nama, roles=[_role(text) for text in roles], password=password)
    click.echo(f"Akun {nama_pengguna} dibuat. Kata sandi: {password}")


@click.command()
@click.argument("nama_pengguna")
def reset(nama_pengguna):
    """Beri akun NAMA_PENGGUNA kata sandi baru; semua sesinya berakhir."""
    user = User.objects.filter(username=nama_pengguna).first()
    if user is None:
        raise Refused(f'Akun "{nama_pengguna}" tidak ada. Periksa ejaannya.')
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.save(update_fields=["password"])
    click.echo(f"Kata sandi baru {nama_pengguna}: {password}")


def _role(text) -> tuple[str, str]:
    role, separator, code = text.partition(":")
    if not separator:
        raise Refused(f'Peran "{text}" harus ditulis HURUF:KODE, misalnya B:35.')
    return role.strip().upper(), code.strip()
