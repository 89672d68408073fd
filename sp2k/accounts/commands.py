"""`sp2k user create`, `reset`, `import` and `check`: first account, forgotten administrator, people in bulk, roles at odds."""

import secrets
from pathlib import Path

import click
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from sp2k.accounts.actions.factor import take_off_on_server
from sp2k.accounts.actions.ledger import SERVER, record, role_in_words
from sp2k.accounts.actions.lists import plan_of, take_in
from sp2k.accounts.actions.people import create_user, end_sessions
from sp2k.accounts.models import User
from sp2k.accounts.queries.opening import refuse_changed_people
from sp2k.accounts.queries.people import barred_people
from sp2k.accounts.roles import Role
from sp2k.accounts.workbook.reading import rows_of
from sp2k.base import clock
from sp2k.base.refusals import Refused
from sp2k.base.tables.preview import CHANGED, NEW, SAME, WRONG
from sp2k.regions.actions import load_shipped_regions
from sp2k.regions.queries import region_listed_as


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
    password, pairs = secrets.token_urlsafe(12), [_role(text) for text in roles]
    if Role.INSPECTORATE in {role for role, _code in pairs}:
        raise Refused("Peran I tidak diberikan dari server. Dua anggota biro mencatat surat pimpinan yang menugaskannya: "
                      "halaman Orang, Menugaskan pengawas.")  # fmt: skip
    with transaction.atomic():
        refuse_changed_people("Pembuatan akun")
        user = create_user(nama_pengguna, nama, roles=pairs, password=password)
        body = {"person": user.pk, "roles": [role_in_words(*pair) for pair in pairs]}
        record("account.create", body, by=SERVER, now=clock.now())
    click.echo(f"Akun {nama_pengguna} dibuat. Kata sandi: {password}")


@click.command()
@click.argument("nama_pengguna")
@click.option("--faktor-kedua", "without_factor", is_flag=True, help="Lepas juga faktor keduanya (ponsel hilang).")
def reset(nama_pengguna, without_factor):
    """Beri akun NAMA_PENGGUNA kata sandi baru; semua sesinya berakhir."""
    user, password = _user(nama_pengguna), secrets.token_urlsafe(12)
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        end_sessions(user)
        record("password.reset", {"person": user.pk}, by=SERVER, now=clock.now())
        if without_factor:
            take_off_on_server(user, by=SERVER, now=clock.now())
    click.echo(f"Kata sandi baru {nama_pengguna}: {password}")


@click.command()
def check():
    """Periksa peran yang tidak boleh dirangkap; keluar dengan kode 1 bila ada."""
    barred = barred_people(User.objects.all())
    for person in barred:
        held = ", ".join(role_in_words(row.role, row.region_id) for row in person.memberships.all())
        click.echo(
            f"{person.username}: {held}. Pengawas tidak merangkap J, K, B, atau G; hak pengawasnya tidak berlaku."
        )
    if barred:
        raise SystemExit(1)
    click.echo("Tidak ada pengawas yang merangkap juri, ketua juri, penyelenggara provinsi, atau pimpinan.")


@click.command("import")
@click.argument("berkas", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--oleh", required=True, metavar="NAMA_PENGGUNA", help="Siapa yang memuat; izinnya yang berlaku.")
@click.option("--periksa", is_flag=True, help="Tampilkan saja yang akan berubah.")
def import_(berkas, oleh, periksa):
    """Muat orang dari BERKAS.xlsx; berkas yang sama dua kali tidak mengubah apa pun."""
    by, now = _user(oleh), clock.now()
    rows = rows_of(berkas.read_bytes(), name=berkas.name)
    plan = plan_of(rows, by=by, now=now)
    for line in plan.rows:
        if line.kind != SAME:
            told = [f"{change.what}: {change.old or 'kosong'} menjadi {change.new or 'kosong'}." for change in line.changes]
            click.echo(f"Baris {line.number} {line.detail}: {line.kind}. {' '.join([*told, *line.says])}".rstrip())
    if plan.is_wrong:
        raise Refused(f"{plan.counts[WRONG]} baris salah; tidak ada yang disimpan.")
    if not periksa:
        take_in(rows, by=by, now=now)
    state = "Akan ada" if periksa else "Selesai:"
    click.echo(f"{state} {plan.counts[NEW]} baris baru, {plan.counts[CHANGED]} berubah, {plan.counts[SAME]} tetap.")


def _user(username: str) -> User:
    user = User.objects.filter(username=username).first()
    if user is None:
        raise Refused(f'Akun "{username}" tidak ada. Periksa ejaannya.')
    return user


def _role(text) -> tuple[str, str]:
    role, separator, code = text.partition(":")
    if not separator:
        raise Refused(f'Peran "{text}" harus ditulis HURUF:KODE, misalnya B:35.')
    region = region_listed_as(code.strip())
    if region is None:
        raise Refused(f'Kode wilayah "{code.strip()}" tidak ada dalam daftar wilayah. Periksa kodenya, misalnya 35.10.')
    return role.strip().upper(), region.code
