"""The command line `sp2k`: one table of commands, each living in the app whose work it does.

A command's module is imported only when it is called, so `sp2k tally` and `sp2k instrument score` need no database.
"""

import os
import sys
from importlib import import_module

import click
import django
from django.conf import settings

from sp2k.base.faults.step import Step, answering
from sp2k.base.faults.storage import cannot_store, kind_of_file
from sp2k.base.faults.trace import note_fault
from sp2k.base.refusals import Refused
from sp2k.config.private_files import mend_modes, mended_in_words

FILES_ONLY, DATABASE = False, True
COMMANDS = {
    "demo": ("sp2k.demo.commands:demo", DATABASE, "Peragaan Jawa Timur: muat data contoh, lalu sajikan."),
    "serve": ("sp2k.demo.commands:serve", DATABASE, "Jalankan server pada PORT."),
    "tally": ("sp2k.results.commands:tally", FILES_ONLY, "Hitung tempat dari berkas aturan dan lembar."),
    "instrument": {
        "help": "Instrumen: muat, keluarkan, nilai.",
        "score": ("sp2k.instruments.commands.score:score", FILES_ONLY, "Nilai formulir dari berkas jawaban."),
        "import": ("sp2k.instruments.commands.library:import_", DATABASE, "Muat berkas instrumen ke basis data."),
        "export": ("sp2k.instruments.commands.library:export", DATABASE, "Keluarkan berkas instrumen dari basis data."),
    },
    "edition": {
        "help": "Edisi: periksa, buat, status, ekspor.",
        "check": ("sp2k.editions.commands.check:check", FILES_ONLY, "Periksa berkas edisi sebelum dipakai."),
        "create": ("sp2k.editions.commands.create:create", DATABASE, "Buka edisi dari berkasnya."),
        "status": ("sp2k.publication.commands:status", DATABASE, "Putar ulang jurnal dan tampilkan keadaannya."),
        "export": ("sp2k.publication.commands:export", DATABASE, "Tulis aturan, lembar, dan tempat tiap tahap."),
    },
    "user": {
        "help": "Akun: buat, atur ulang kata sandi, muat dari XLSX, periksa rangkap peran.",
        "create": ("sp2k.accounts.commands:create", DATABASE, "Buat akun beserta perannya."),
        "reset": ("sp2k.accounts.commands:reset", DATABASE, "Atur ulang kata sandi sebuah akun."),
        "import": ("sp2k.accounts.commands:import_", DATABASE, "Muat orang dari berkas XLSX."),
        "check": ("sp2k.accounts.commands:check", DATABASE, "Periksa peran yang tidak boleh dirangkap."),
    },
}


class Table(click.Group):
    """A group whose commands stand in a table and are imported when called."""

    def __init__(self, table, **kwargs):
        super().__init__(**kwargs)
        self.table = {name: place for name, place in table.items() if name != "help"}

    def list_commands(self, ctx):
        return list(self.table)

    def get_command(self, ctx, name):
        place = self.table.get(name)
        if place is None:
            return None
        if isinstance(place, dict):
            return Table(place, name=name, help=place["help"])
        return _Late(name, *place)

    def main(self, args=None, prog_name=None, **extra):
        """As click's, but whatever is wrong is a sentence in Indonesian and exit code 2; a fault's trace has a code."""
        with answering(Step(command=self.words_of(sys.argv[1:] if args is None else args))):
            return self._main(args, prog_name, **extra)

    def words_of(self, args) -> str:
        """Return `sp2k edition status`: the command that was called, without what stood behind it."""
        words, table = [self.name], self.table
        for word in args:
            if not isinstance(table, dict) or word not in table or word == "help":
                break
            words.append(word)
            table = table[word]
        return " ".join(words)

    def _main(self, args, prog_name, **extra):
        try:
            return super().main(args, prog_name, standalone_mode=False, **extra)
        except Refused as refusal:
            self._fail(refusal.sentence)
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
        except click.ClickException as error:
            self._fail(usage_in_words(error))
        except click.Abort:
            self._fail("Dihentikan.", code=130)
        except Exception as fault:
            if kind := kind_of_file(fault):
                self._fail(cannot_store(kind, fault).sentence, code=1)
            self._fail(f"Perintah ini tidak selesai. Beri tahu administrator kode {note_fault(fault)}.", code=1)

    @staticmethod
    def _fail(sentence, code=2):
        click.echo(f"Salah: {sentence}", err=True)
        raise SystemExit(code)


def usage_in_words(error: click.ClickException) -> str:
    """Say in Indonesian what click says in English about how a command was called."""
    context = getattr(error, "ctx", None)
    help_ = f" Lihat: {context.command_path} --help" if context else ""
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"{_called(error.param)} belum disebut.{help_}"
    if isinstance(error, click.NoSuchOption):
        return f"Pilihan {error.option_name} tidak dikenal.{help_}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        return f"{_called(error.param)}: {error.message}{help_}"
    if isinstance(error, click.UsageError) and error.message.startswith("No such command"):
        return f"Perintah {error.message.removeprefix('No such command ').rstrip('.')} tidak ada.{help_}"
    if isinstance(error, click.UsageError) and error.message.startswith("Got unexpected extra argument"):
        return f"Terlalu banyak yang disebut: {error.message.partition('(')[2].rstrip(')')}.{help_}"
    return f"{error.format_message()}{help_}"


def _called(param: click.Parameter) -> str:
    """What a person types: `--out` for an option, `RULES.yaml` for an argument."""
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name


class _Late(click.Command):
    """Stands for a command until it is called; `help` is its line in the list."""

    def __init__(self, name, path, needs_database, help):
        super().__init__(name, help=help, short_help=help)
        self.path, self.needs_database = path, needs_database

    def make_context(self, info_name, args, parent=None, **extra):
        command = self._load()
        return command.make_context(info_name, args, parent=parent, **extra)

    def _load(self) -> click.Command:
        if self.needs_database:
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sp2k.config.settings")
            django.setup()
            self._mend_modes()
        module, _, attribute = self.path.partition(":")
        return getattr(import_module(module), attribute)

    @staticmethod
    def _mend_modes():
        if n := mend_modes(settings.DATA_DIR):
            click.echo(mended_in_words(n), err=True)

    def invoke(self, ctx):
        return ctx.command.invoke(ctx)


_HELP = "SP2K: penilaian berjenjang kecamatan, dari indikator pertama sampai keputusan gubernur."
main = Table(COMMANDS, name="sp2k", help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
main = click.version_option(package_name="sp2k", message="SP2K %(version)s")(main)
