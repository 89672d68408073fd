"""Instruments in the database: the text as given, one text a code."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from sp2k.base.refusals import BadInput
from sp2k.config.cli import main
from sp2k.instruments.actions import import_instrument
from sp2k.instruments.models import Instrument
from sp2k.instruments.queries import compiled

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parents[2] / "sp2k" / "instruments" / "data"
FILE = DATA / "instrumen-sumedang-2025-skor137.yaml"
TEXT = FILE.read_text(encoding="utf-8")
NOW = datetime(2022, 6, 1, tzinfo=UTC)


def import_text(text=TEXT, name="skor137.yaml"):
    return import_instrument(text, name=name, by=None, now=NOW)


def test_an_instrument_is_kept_as_given():
    instrument = import_text()

    assert (instrument.code, instrument.maximum, instrument.n_indicators, instrument.imported_at) == (
        "sumedang-2025-skor137", "137.5", 113, NOW,
    )  # fmt: skip
    assert Instrument.objects.get().source == TEXT


def test_the_same_text_twice_changes_nothing():
    first = import_text()
    second = import_instrument(TEXT, name="lain.yaml", by=None, now=datetime(2023, 1, 1, tzinfo=UTC))

    assert (second.pk, second.imported_at, Instrument.objects.count()) == (first.pk, NOW, 1)


def test_the_same_code_with_another_text_is_refused():
    import_text()

    with pytest.raises(BadInput) as refusal:
        import_text(TEXT.replace("maks: 137.5", "maks: 138"))

    assert refusal.value.sentence == (
        'skor137.yaml: kode "sumedang-2025-skor137" sudah dipakai versi lain yang isinya berbeda. '
        'Beri versi baru ini kode sendiri pada baris "instrumen:".'
    )
    assert Instrument.objects.get().source == TEXT


def test_a_text_that_is_no_instrument_leaves_nothing_behind():
    for text in ("a: [1", "instrumen: uji\n"):
        with pytest.raises(BadInput):
            import_text(text)

    assert Instrument.objects.count() == 0


def test_an_instrument_is_compiled_once_for_the_same_text():
    instrument = import_text()

    assert compiled(Instrument.objects.get()) is compiled(instrument)
    assert [aspect.code for aspect in compiled(instrument).aspects] == ["A", "B", "C", "D", "E", "F"]


def test_what_the_command_takes_in_it_gives_out_byte_for_byte(tmp_path):
    out = tmp_path / "keluar.yaml"

    taken = CliRunner().invoke(main, ["instrument", "import", str(FILE)])
    given = CliRunner().invoke(main, ["instrument", "export", "sumedang-2025-skor137", "--out", str(out)])
    shown = CliRunner().invoke(main, ["instrument", "export", "sumedang-2025-skor137"])

    assert (taken.exit_code, taken.stdout) == (
        0,
        "sumedang-2025-skor137: 113 indikator, maksimum 137.5.\n"
        "sumedang-2025-skor137 dimuat sebagai draf dan belum dapat dipakai edisi:\n"
        '  Aspek A menyatakan "maks" 25, tetapi jumlah "maks" indikatornya 27.\n'
        '  Aspek B menyatakan "maks" 50, tetapi jumlah "maks" indikatornya 79.\n',
    )
    assert (given.exit_code, out.read_bytes(), shown.stdout_bytes) == (0, FILE.read_bytes(), FILE.read_bytes())


def test_an_unknown_code_names_the_ones_there_are():
    import_text()
    result = CliRunner().invoke(main, ["instrument", "export", "skor138"])

    assert (result.exit_code, result.stderr) == (
        2, 'Salah: instrumen "skor138" tidak ada. Yang ada: sumedang-2025-skor137.\n',
    )  # fmt: skip
