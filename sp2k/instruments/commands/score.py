"""`sp2k instrument score`: points from a file of answers alone, without a database."""

import json
import sys
from pathlib import Path

import click

from sp2k.base.refusals import BadInput
from sp2k.instruments.answers import AnswerForm, read_answers
from sp2k.instruments.reading import read_instrument_text
from sp2k.tally.instrument import TRAITS, Instrument
from sp2k.tally.scoring import report
from sp2k.tally.scoring import score as score_form


@click.command()
@click.argument("file", metavar="FILE.yaml")
@click.option("--answers", metavar="FILE|-", required=True, help="Berkas jawaban JSON; - membaca masukan baku.")
@click.option(
    "--sifat",
    "traits",
    multiple=True,
    type=click.Choice(TRAITS),
    help="Sifat kecamatan yang dinilai; boleh lebih dari satu. Tanpa ini semua indikator dianggap berlaku.",
)
def score(file, answers, traits):
    """Nilai formulir dari berkas jawaban menurut berkas instrumen, tepat tanpa pembulatan antara.

    Jawaban berbentuk {"A": {"isian": {"ind_4": 3}, "bukti": ["ind_1"]}} atau daftarnya. Tidak ada jawaban yang
    ditolak: yang tidak terbaca dicatat pada "catatan", yang tidak dikenal pada "tak_dikenal".
    """
    instrument = read_instrument_text(read_text(file), name=Path(file).name)
    forms, is_list = read_answers(_content(answers), name="masukan baku" if answers == "-" else Path(answers).name)
    results = [_result(instrument, form, traits or None) for form in forms]
    written = json.dumps(results if is_list else results[0], ensure_ascii=False, indent=2)
    # Bytes, so that neither the terminal's encoding nor half a surrogate pair in an answer can stop the result.
    click.echo(written.encode("utf-8", "backslashreplace"))


def _result(instrument: Instrument, form: AnswerForm, traits: tuple[str, ...] | None) -> dict:
    result = report(score_form(instrument, form.answers, traits=traits))
    result["catatan"] = [*form.notes, *result["catatan"]]
    return result


def _content(path: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except FileNotFoundError:
        raise BadInput(f"berkas {path} tidak ada. Periksa nama dan foldernya.") from None
    except OSError as error:
        raise BadInput(f"berkas {path} tidak dapat dibaca ({error.strerror}).") from None


def read_text(path: str) -> str:
    """Return a file's text; `BadInput` when it cannot be read or is not UTF-8."""
    try:
        return _content(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path} bukan teks UTF-8; simpanlah berkas itu sebagai UTF-8.") from None
