"""The command line says in Indonesian what is wrong, with exit code 2."""

import pytest
from click.testing import CliRunner

from sp2k.config.cli import main


def call(*words):
    result = CliRunner().invoke(main, list(words))
    return result.exit_code, result.output.strip()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["xx"], "Salah: Perintah 'xx' tidak ada. Lihat: sp2k --help"),
        (["tally"], "Salah: RULES.yaml belum disebut. Lihat: sp2k tally --help"),
        (["tally", "a", "b"], "Salah: --out belum disebut. Lihat: sp2k tally --help"),
        (["tally", "--zzz"], "Salah: Pilihan --zzz tidak dikenal. Lihat: sp2k tally --help"),
        (["edition", "xx"], "Salah: Perintah 'xx' tidak ada. Lihat: sp2k edition --help"),
        (["demo", "--at", "kemarin"], 'Salah: "kemarin" bukan waktu. Tulis seperti 2023-10-31 10.00.'),
    ],
)
def test_a_wrong_call_gets_a_sentence(words, said):
    assert call(*words) == (2, said)


def test_without_a_command_the_commands_are_listed():
    code, said = call()

    assert code == 0
    assert "edition" in said


def test_an_unknown_edition_is_named_with_those_that_exist(jatim_2022):
    assert call("edition", "status", "jatim-1945") == (
        2,
        'Salah: Edisi "jatim-1945" tidak ada. Yang ada: jatim-2024-contoh, banyuwangi-2023-contoh, batu-2023-contoh, '
        "jatim-2023, mojokerto-2023-contoh, jatim-2022.",
    )  # fmt: skip
