"""`edition check` tells of a stage that is closed to the public while an open one gives its values away."""

from tests.editions.test_checks import findings


def test_a_closed_jury_stage_whose_values_can_be_reckoned_from_an_open_one_is_told():
    told = findings("pengungkapan: total", "pengungkapan: sendiri", code="jatim-2023")

    assert (
        "perhatian",
        "Nilai tahap presentasi hanya dibuka bagi masing-masing (pengungkapan sendiri), tetapi ikut dihitung pada tahap "
        "lapang, yang jumlah nilainya diumumkan: siapa pun dapat menghitungnya dari kedua nilai tahap lapang. Pakai "
        "pengungkapan sendiri pada tahap lapang, atau terima bahwa nilainya diketahui.",
    ) in told
