"""Who is still missing for an act: declared rules against what was given."""

from datetime import date

from sp2k.editions.approvals import Given, missing, rules_of_act

RULES = {
    "persetujuan": {
        "kunci_aturan": [{"peran": "B", "orang": 2}],
        "hasil": [{"peran": "G", "orang": 1, "kertas_oleh": {"peran": "B", "orang": 2}}],
        "terbit": [{"peran": "B", "orang": 2}, {"peran": "I", "orang": 1}],
    }
}
ANI, BUDI, CITRA = 1, 2, 3
LETTER = ("130/77/2022", date(2022, 12, 20))
OTHER_LETTER = ("130/78/2022", date(2022, 12, 20))


def still_missing(act, given=(), *, actor=ANI, roles=frozenset("B")):
    return missing(rules_of_act(RULES, act), given, actor=actor, roles=set(roles))


def test_an_act_that_is_not_declared_needs_nobody():
    assert still_missing("kunci_tahap") == []


def test_the_one_who_acts_counts_as_one():
    assert still_missing("kunci_aturan") == ["kurang 1 orang Penyelenggara provinsi"]
    assert still_missing("kunci_aturan", roles="R") == ["kurang 2 orang Penyelenggara provinsi"]


def test_two_persons_are_two_accounts():
    assert still_missing("kunci_aturan", [Given("B", ANI)]) == ["kurang 1 orang Penyelenggara provinsi"]
    assert still_missing("kunci_aturan", [Given("B", BUDI)]) == []


def test_every_rule_of_an_act_must_be_met():
    assert still_missing("terbit", [Given("B", BUDI)]) == ["kurang 1 orang Pengawas"]
    assert still_missing("terbit", [Given("B", BUDI), Given("I", CITRA)]) == []


def test_one_account_with_two_roles_counts_once():
    given = [Given("B", BUDI), Given("I", BUDI)]

    assert still_missing("terbit", given) == ["kurang 1 orang Pengawas"]


def test_a_leader_approves_by_account():
    assert still_missing("hasil", [Given("G", CITRA)]) == []


def test_a_letter_counts_when_two_of_the_bureau_recorded_the_same_one():
    assert still_missing("hasil", [Given("G", ANI, LETTER), Given("G", BUDI, LETTER)]) == []


def test_a_letter_recorded_by_one_waits_for_the_other():
    assert still_missing("hasil", [Given("G", ANI, LETTER)]) == [
        "kurang 1 orang Pimpinan, atau suratnya dicatat 2 orang Penyelenggara provinsi "
        "(surat 130/77/2022 baru dicatat 1 dari 2 orang Penyelenggara provinsi)"
    ]


def test_two_records_of_different_letters_do_not_count():
    assert still_missing("hasil", [Given("G", ANI, LETTER), Given("G", BUDI, OTHER_LETTER)]) == [
        "kurang 1 orang Pimpinan, atau suratnya dicatat 2 orang Penyelenggara provinsi "
        "(surat 130/77/2022 baru dicatat 1 dari 2 orang Penyelenggara provinsi, "
        "surat 130/78/2022 baru dicatat 1 dari 2 orang Penyelenggara provinsi, "
        "nomor atau tanggalnya berbeda: yang keliru mencatat suratnya lagi)"
    ]


def test_recording_a_letter_is_not_the_recorders_own_yes():
    assert still_missing("kunci_aturan", [Given("B", BUDI, LETTER)]) == ["kurang 1 orang Penyelenggara provinsi"]
