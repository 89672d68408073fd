"""What an edition file leaves out holds by one table: told on the draft and before the lock, lost by no copy."""

import pytest
from django.urls import reverse

from sp2k.base.exactyaml import dump, load
from sp2k.editions.actions import open_edition
from sp2k.editions.defaults import OF_APPROVALS, OF_EDITIONS, OF_STAGES, silent_in_stage
from sp2k.editions.drafts.shifting import shifted
from sp2k.editions.file import ACTS, EDITION_KEYS, STAGE_KEYS, EditionFileError, read_edition
from sp2k.editions.queries.checking import checked_text
from sp2k.editions.queries.rules_page import _silent
from sp2k.tally.stage_rules import read_stage_rules
from tests.editions.conftest import edition_text
from tests.entries.pages import words
from tests.story.small import EDITION, LONG_BEFORE, play_small
from tests.tally.counting.contest import rules_data


def is_required(key: str, at: tuple) -> bool:
    """Whether the reader refuses the small edition without the key."""
    data = load(EDITION, name="uji")
    holder = data["tahap"][2] if at == ("tahap",) else data
    holder.pop(key, None)
    try:
        read_edition(dump(data), name="uji")
    except EditionFileError as error:
        return any(f'kunci "{key}" belum ada' in finding.sentence for finding in error.findings)
    return False


def test_every_key_that_may_be_left_out_has_its_default_in_words():
    stage = {key for key in STAGE_KEYS if not is_required(key, ("tahap",))}
    main = {key for key in EDITION_KEYS if not is_required(key, ())}

    assert set(OF_STAGES) == stage
    assert set(OF_EDITIONS) == main - {"keputusan", "persetujuan"}
    assert set(OF_APPROVALS) == set(ACTS) - {"kunci_aturan", "hasil", "terbit"}


def test_every_key_that_may_be_left_out_has_a_name_on_the_page_of_rules():
    silent = _silent(dict.fromkeys([*OF_STAGES, *OF_EDITIONS, *OF_APPROVALS], "…"))

    assert [line.key for line in silent if line.label == line.key] == []


def test_the_count_takes_what_the_table_says():
    silent = read_stage_rules(rules_data())

    assert (silent.on_empty_mark, silent.on_no_sheet, silent.seed) == tuple(
        OF_STAGES[key].value for key in ("bila_kosong", "bila_tanpa_lembar", "benih")
    )
    assert (silent.chain, silent.quota, silent.carry_over) == (OF_STAGES["seri"].value, None, None)
    assert read_edition(EDITION, name="uji").second_factor == OF_EDITIONS["faktor_kedua"].value


@pytest.mark.parametrize("code", ["jatim-2022", "jatim-2023", "banyuwangi-2022-contoh", "batu-2023-contoh"])
def test_a_copy_for_another_year_loses_no_key_but_the_seed_and_the_moving_holidays(code):
    disclosed = "  pengungkapan: sendiri\n"
    text = edition_text(code).replace(disclosed, f"  bila_tanpa_lembar: tidak_dinilai\n{disclosed}", 1)

    copied = load(shifted(text, code="salinan-2031", year=2031).text, name="salinan")

    source = load(text, name="asal")
    calendar = {"mulai", "selesai", "verifikasi_sampai"}
    for before, after in zip(source["tahap"], copied["tahap"], strict=True):
        assert {key: after.get(key) for key in before if key not in calendar} == {
            key: value for key, value in before.items() if key not in calendar
        }
    assert copied["tahap"][0]["bila_tanpa_lembar"] == "tidak_dinilai"
    kept = set(source) - {"libur", "edisi", "tahun", "pengumuman", "tahap"}
    assert {key: copied[key] for key in kept} == {key: source[key] for key in kept}


def test_a_default_is_told_only_where_it_means_something():
    filling, selection, scoring, _visit = load(EDITION, name="uji")["tahap"]

    assert "bila_tanpa_lembar" not in silent_in_stage(filling | {"bila_tanpa_lembar": "tidak_dinilai"})
    assert "boleh_tidak_ikut" in silent_in_stage({**selection, "boleh_tidak_ikut": None})
    assert {"bila_pangkas_kurang", "benih", "boleh_tidak_ikut"} & set(silent_in_stage(scoring)) == set()
    assert "benih" in silent_in_stage({**scoring, "seri": ["undian"]})


@pytest.fixture
def draft(db):
    """A copy of the small edition for the next year, not locked."""
    story = play_small(LONG_BEFORE)
    text = shifted(EDITION, code="kaltara-2025-uji", year=2025).text
    return open_edition(text, name="salinan.yaml", by=story.bureau[0], now=LONG_BEFORE, is_sample=True), story.bureau[0]


@pytest.mark.parametrize("name", ["editions:edition", "editions:rules"])
def test_the_draft_and_the_page_of_the_lock_say_what_holds_where_the_file_is_silent(client, draft, name):
    edition, bureau = draft
    client.force_login(bureau)

    html = client.get(reverse(name, args=[edition.code])).content.decode()

    assert html.count("Tidak disebut, jadi berlaku") == 5
    assert html.count("bila peserta tanpa lembar, hitungan ditolak") == 3
    assert html.count("satu kecamatan tanpa isian yang diterima menahan kunci seluruh tahap") == 1
    assert "seri yang menentukan diputus rapat pleno dengan berita acara" in html


CAUTION = (
    "Tahap Pengisian menunggu setiap kecamatan: satu saja yang diam, atau yang isiannya tidak diterima, menahan kunci seluruh "
    "tahap. Sesudah aturan dikunci, jalan keluarnya hanya memindahkan batasnya atau menutup edisi tanpa hasil. Supaya yang "
    "diam tidak dinilai, tulis bila_tanpa_lembar: tidak_dinilai pada tahap itu."
)


def test_before_the_lock_of_rules_it_is_said_that_one_silent_kecamatan_holds_the_stage_back(client, draft):
    edition, bureau = draft
    client.force_login(bureau)
    allowed = edition.source.replace("  sumber: poin\n", "  sumber: poin\n  bila_tanpa_lembar: tidak_dinilai\n", 1)

    assert CAUTION in words(client.get(reverse("editions:rules", args=[edition.code])))
    assert CAUTION in [finding.sentence for finding in checked_text(edition.source, name="uji").notices]
    assert CAUTION not in [finding.sentence for finding in checked_text(allowed, name="uji").notices]
