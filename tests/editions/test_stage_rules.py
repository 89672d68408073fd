"""What an edition file may say of a stage and what the count reads is one language in two rooms, held together here."""

import pytest

from sp2k.base.exactyaml import load
from sp2k.editions.file import read_edition
from sp2k.results.bridge import RULE_KEYS
from sp2k.tally.stage_rules import RulesError, read_stage_rules
from tests.editions.conftest import SHIPPED, edition_text

FILES = {
    "sumedang-2026-skor100": "instrumen-sumedang-2025",
    "presentasi-jatim-2022": "presentasi-jatim-2022",
    "lapang-jatim-2022": "lapang-jatim-2022",
}


def rules_of(stage):
    """The rules file of a stage, as the bridge makes it, for one entry."""
    rules = {"aturan": "sp2k-hitung-1", "edisi": "uji", "tahap": stage.code, "sumber": stage.source}
    rules |= {"peserta": ["35.10.13"]} | {key: stage.rules[key] for key in RULE_KEYS if key in stage.rules}
    if stage.seats:
        rules["penilai"] = [seat.code for seat in stage.seats]
    if stage.instrument:
        path = SHIPPED / "instruments" / "data" / f"{FILES[stage.instrument]}.yaml"
        rules["instrumen"] = load(path.read_text(encoding="utf-8"), name=path.name)
    return rules


@pytest.mark.parametrize("code", ["jatim-2022", "jatim-2023", "banyuwangi-2022-contoh"])
def test_the_count_takes_the_rules_of_every_shipped_stage(code):
    stages = read_edition(edition_text(code), name=code).stages

    assert [read_stage_rules(rules_of(stage)).stage for stage in stages] == [stage.code for stage in stages]


@pytest.mark.parametrize(
    "new",
    [
        "gabung: median",
        "gabung: dua_arah",
        "gabung: rata_rata_pangkas\n  pangkas: 1",
        "gabung: rata_rata_pangkas\n  pangkas: 1\n  bila_pangkas_kurang: rata_rata",
    ],
)
def test_what_an_edition_may_say_of_combining_the_count_takes(new):
    stages = read_edition(edition_text("jatim-2022").replace("gabung: rata_rata", new, 1), name="berkas.yaml").stages

    combined = [read_stage_rules(rules_of(stage)).combination for stage in stages if "gabung" in stage.rules]

    assert [each.way for each in combined] == [new.split()[1], "rata_rata"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"aspek:kinerja"', '"aspek:kerja"'),
        ('"aspek:kinerja"', '"usia camat"'),
        ('"aspek:kinerja"', '"aspek:inovasi"'),
        ('"aspek:kinerja"', '"bawaan:aspek:D"'),
        ('"aspek:inovasi", "aspek:kepemimpinan", "aspek:kompetensi"]', '"undian", "aspek:kompetensi"]'),
        ("  gabung: rata_rata\n", "  gabung: rata_rata\n  benih: 04-17-23\n"),
        ("{cara: tambah, tahap: isian, bobot: 1}", "{cara: ganti, tahap: isian}"),
        ("instrumen: lapang-jatim-2022", "instrumen: sumedang-2026-skor100"),
    ],
)
def test_what_the_check_calls_wrong_the_count_refuses(old, new):
    """The faults of `test_checks` that concern the count, so that neither room drifts from the other."""
    stages = read_edition(edition_text("jatim-2022").replace(old, new, 1), name="berkas.yaml").stages

    with pytest.raises(RulesError):
        [read_stage_rules(rules_of(stage)) for stage in stages]


def test_weights_that_are_not_one_are_refused_by_the_count_too():
    text = edition_text("jatim-2023").replace("bobot_tahap: 0.4", "bobot_tahap: 0.5", 1)

    with pytest.raises(RulesError):
        read_stage_rules(rules_of(read_edition(text, name="berkas.yaml").stages[3]))
