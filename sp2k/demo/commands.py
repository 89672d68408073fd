"""`sp2k demo` and `sp2k serve`."""

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from sp2k.base import clock
from sp2k.base.refusals import Refused
from sp2k.base.wording import instant_in_words
from sp2k.demo.load import STANDS_AT, count_answers, is_loaded, load_demonstration, logins_path, resume_clock
from sp2k.journal.heads import heads_path

_STEPS = 2 * (2 * 38 + 34 + 12) + 7  # about as many things are done; only the bar's length rests on it


@click.command()
@click.option("--no-serve", is_flag=True, help="Muat data contoh saja, jangan jalankan server.")
@click.option("--reset", is_flag=True, help="Hapus data contoh yang ada, lalu muat lagi dari awal.")
@click.option("--at", "at_text", metavar="WAKTU", help="Waktu contoh, misalnya '2023-10-31 10.00' (WIB); hanya maju.")
def demo(no_serve, reset, at_text):
    """Peragaan Jawa Timur: muat 2022 dan 2023, lalu sajikan di peramban."""
    at = _instant(at_text) if at_text else STANDS_AT
    if reset:
        _reset()
    call_command("migrate", interactive=False, verbosity=0)
    if is_loaded():
        resume_clock()
        if at_text:
            clock.move_demonstration_clock(at, zone="Asia/Jakarta")
            click.echo(f"Jam contoh dimajukan ke {instant_in_words(at, 'Asia/Jakarta')}.")
        click.echo(f"Data contoh sudah ada di {settings.DATA_DIR}; perubahan Anda tetap.")
    else:
        _load(at)
    click.echo(f"\nWaktu contoh: {instant_in_words(clock.shown(), 'Asia/Jakarta')}. Semua nilai adalah data contoh.")
    click.echo(f"Akun siap pakai (juga di {logins_path()}):\n")
    click.echo(logins_path().read_text())
    if not no_serve:
        _serve(is_demonstration=True)


@click.command()
def serve():
    """Jalankan server (gunicorn) pada PORT."""
    call_command("migrate", interactive=False, verbosity=0)
    if is_loaded():
        raise Refused(
            "Basis data ini berisi data contoh. Server biasa menolaknya; jalankan `sp2k demo`, atau pakai SP2K_DATA_DIR lain."
        )
    _serve(is_demonstration=False)


def _load(at):
    with click.progressbar(length=_STEPS, label="Memuat data contoh", show_eta=False, item_show_func=str) as bar:
        watch = load_demonstration(at=at, tell=lambda name: bar.update(1, name))
        bar.update(_STEPS - bar.pos, "selesai")
    total = sum(watch.spent.values())
    click.echo(f"\n{count_answers():,} jawaban dimuat dalam {total:.1f} detik:".replace(",", "."))
    for name, seconds in sorted(watch.spent.items(), key=lambda item: -item[1])[:12]:
        click.echo(f"  {seconds:6.1f} detik  {name}")


def _reset():
    call_command("migrate", interactive=False, verbosity=0)
    if not is_loaded() and Path(settings.DATABASES["default"]["NAME"]).exists() and _has_editions():
        raise Refused("Basis data ini bukan data contoh; --reset menolak menghapusnya.")
    connection.close()
    database = Path(settings.DATABASES["default"]["NAME"])
    beside = [database.with_name(database.name + end) for end in ("-wal", "-shm")]
    for path in (database, *beside, logins_path(), heads_path()):
        path.unlink(missing_ok=True)
    shutil.rmtree(settings.BLOB_DIR, ignore_errors=True)


def _has_editions():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM editions_edition LIMIT 1")
        return cursor.fetchone() is not None


def _serve(*, is_demonstration):
    _collect_static()
    port = settings.PORT
    environment = {**os.environ, "SP2K_DEMONSTRATION": "1" if is_demonstration else "0"}
    _check_in_background(environment)
    click.echo(f"Buka http://localhost:{port}/  (hentikan dengan Ctrl+C)")
    if is_demonstration:
        click.echo(f"Apa yang nyata, apa yang contoh: http://localhost:{port}{reverse('demo:facts')}")
    sys.stdout.flush()
    arguments = server_arguments(port)
    os.execve(sys.executable, arguments, environment)  # noqa: S606  our own interpreter, no shell


def _check_in_background(environment):
    """Open everything once at each start, beside the server: what does not open is said here, the verdict on the desk."""
    command = [sys.executable, "-c", "from sp2k.config.cli import main; main()", "edition", "status", "--all", "--ringkas"]
    subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)  # noqa: S603  our own interpreter, no shell


def server_arguments(port, *, processes: int = 2, threads: int = 4) -> list[str]:
    """Return how the server proper is started, once the data folder is ready."""
    return [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(processes),
        "--threads", str(threads), "--worker-class", "gthread", "--access-logfile", "/dev/null", "--log-level", "warning",
        "sp2k.config.wsgi:application",
    ]  # fmt: skip


def _collect_static():
    """Collect the static files; what an earlier start left half written, by a full disk or a crash, is thrown away first."""
    is_whole = Path(settings.DATA_DIR) / "static-lengkap"
    if not is_whole.exists():
        shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
    is_whole.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    is_whole.touch()


def _instant(text):
    try:
        return datetime.strptime(text.replace(":", "."), "%Y-%m-%d %H.%M").replace(tzinfo=ZoneInfo("Asia/Jakarta"))
    except ValueError as error:
        raise Refused(f'"{text}" bukan waktu. Tulis seperti 2023-10-31 10.00.') from error
