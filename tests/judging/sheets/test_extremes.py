"""`alasan_ekstrem`: beyond which marks a juror says why. Read, checked against the scales, kept out of the count."""

import pytest

from sp2k.editions.file import EditionFileError, read_edition
from sp2k.results.bridge import rules_of_stage
from tests.editions.conftest import edition_text
from tests.editions.test_checks import findings
from tests.story.small import EDITION, JURY_SEATED, play_small, stage

ANCHOR = "  sumber: juri\n"


def with_rule(rule: str) -> str:
    text = edition_text("jatim-2022")
    assert ANCHOR in text
    return text.replace(ANCHOR, f"{ANCHOR}  alasan_ekstrem: {rule}\n", 1)


@pytest.mark.parametrize("rule", ["{di_bawah: 60, di_atas: 95}", "{di_bawah: 60}", "{di_atas: 95.5}", "{di_bawah: 0}"])
def test_either_limit_or_both_can_be_used(rule):
    assert findings(ANCHOR, f"{ANCHOR}  alasan_ekstrem: {rule}\n") == []


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("{}", 'Pada tahap presentasi, alasan_ekstrem, harus memuat "di_bawah", "di_atas", atau keduanya.'),
        ("60", "Pada tahap presentasi, alasan_ekstrem, harus berupa pasangan kunci dan isi."),
        (
            "{di_bawah: enam}",
            'Pada tahap presentasi, alasan_ekstrem, "di_bawah" tertulis "enam"; tulis angka bertitik desimal, misalnya 0.6.',
        ),
        (
            "{di_bawah: 95, di_atas: 60}",
            'Pada tahap presentasi, alasan_ekstrem, "di_bawah" lebih besar daripada "di_atas", sehingga setiap nilai '
            "memerlukan alasan.",
        ),
        (
            "{dibawah: 60, di_atas: 95}",
            'Pada tahap presentasi, alasan_ekstrem, kunci "dibawah" tidak dikenal; mungkin maksudnya "di_bawah".',
        ),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(rule, sentence):
    with pytest.raises(EditionFileError) as refusal:
        read_edition(with_rule(rule), name="berkas.yaml")

    assert sentence in [finding.sentence for finding in refusal.value.findings]


@pytest.mark.parametrize("rule", ["{di_atas: 101}", "{di_bawah: -1}", "{di_bawah: 60, di_atas: 100.5}"])
def test_a_limit_outside_the_scale_is_wrong(rule):
    found = findings(ANCHOR, f"{ANCHOR}  alasan_ekstrem: {rule}\n")

    assert ("salah", "Tahap presentasi meminta alasan nilai ekstrem di luar skala indikator K1: 0 sampai 100.") in found


def test_only_a_stage_that_jurors_mark_has_it():
    assert findings("  sumber: poin\n", "  sumber: poin\n  alasan_ekstrem: {di_atas: 95}\n") == [
        ("salah", "Tahap isian (isian) tidak memakai alasan_ekstrem.")
    ]


def test_the_count_does_not_know_it(db):
    asked = EDITION.replace("  gabung: rata_rata\n", "  gabung: rata_rata\n  alasan_ekstrem: {di_atas: 95}\n", 1)
    presentation = stage(play_small(until=JURY_SEATED, source=asked), "presentasi")

    assert presentation.rules["alasan_ekstrem"] == {"di_atas": 95}
    assert "alasan_ekstrem" not in rules_of_stage(presentation)
