"""How a stage's rules read in Indonesian, and the ten steps by which composite indicators are built."""

from sp2k.tally.kinds.juror_mark import MEAN, MEDIAN, TRIMMED
from sp2k.tally.numbers import exact_text
from sp2k.tally.stage_rules import Link, StageRules
from sp2k.tally.stage_rules.model import (
    ADD,
    CARRIED_ASPECT,
    IGNORE,
    JURORS,
    NOT_JUDGED,
    OWN_ASPECT,
    OWN_INDICATOR,
    REPLACE,
    STAGE,
    TWO_WAY,
    Combination,
)  # fmt: skip

COMBINED = {
    MEAN: "rata-rata nilai juri yang menilai",
    TRIMMED: "rata-rata pangkas ({trim} tertinggi dan {trim} terendah dikeluarkan)",
    MEDIAN: "nilai tengah juri yang menilai",
    TWO_WAY: "penyesuaian dua arah (keketatan tiap juri dihitung pasti lalu dikeluarkan)",
}

# OECD/JRC (2008) Handbook on Constructing Composite Indicators, part 1: the ten steps, and where SP2K takes each.
OECD_STEPS = (
    ("1", "Kerangka", "Instrumen: aspek dan indikator, diperiksa dan dikunci sebelum penilaian."),
    ("2", "Data", "Isian kecamatan dengan bukti; lembar juri yang disegel."),
    ("3", "Data kosong", "Kosong bukan nol; akibatnya dinyatakan dalam aturan."),
    ("4", "Telaah butir", "Daya beda, kesejalanan, dan butir kembar: halaman Angka analisis."),
    ("5", "Penormalan", "Ujung skala tetap tiap indikator."),
    ("6", "Bobot dan gabungan", "Bobot ditetapkan sebagai kebijakan; jumlah berbobot; rata-rata ukur sebagai pembanding."),
    ("7", "Ketakpastian", "Mutu yang cocok dengan nilai diundi, tiap juri ditiadakan, bobot digeser di sekitar bobot resmi."),
    ("8", "Kembali ke data", "Mengapa tempat ini: sumbangan tiap indikator, berjumlah tepat."),
    ("9", "Kaitan", "Keandalan dan kesepakatan juri; sumber selisih menurut peserta, juri, dan indikator."),
    ("10", "Penyajian", "Kalimat lebih dahulu, lalu gambar, lalu angka."),
)


def combining_said(rules: StageRules) -> str:
    """Say how several jurors' points become one, and how indicators are added."""
    if rules.source != JURORS:
        return "Poin hasil verifikasi, dijumlahkan menurut instrumen."
    said = f"Tiap indikator: {combined_as(rules.combination)}"
    for code, other in rules.other_combinations.items():
        said += f"; {rules.instrument.indicator(code).title}: {combined_as(other)}"
    return said + ". Lalu dijumlahkan menurut bobot: yang lemah dapat ditutup oleh yang kuat."


def combined_as(combination: Combination) -> str:
    """Return how jurors' points become one, as a phrase."""
    return COMBINED[combination.way].format(trim=combination.trim)


def rounding_said(rules: StageRules) -> str:
    """Say which levels are rounded, and in which order."""
    levels = [
        ("poin indikator", rules.rounding.indicator),
        ("aspek", rules.instrument.round_places if rules.instrument else None),
        ("nilai", rules.rounding.total),
    ]
    told = [f"{name} {places} desimal" for name, places in levels if places is not None]
    return f"Setengah ke atas, berurutan: {', '.join(told)}." if told else "Tidak ada pembulatan."


def carry_over_said(rules: StageRules) -> str:
    """Say how an earlier stage's value enters."""
    carry_over = rules.carry_over
    if carry_over is None or carry_over.way == REPLACE:
        return "Tidak ada: nilai tahap ini berdiri sendiri."
    weight, own = (exact_text(value).replace(".", ",") for value in (carry_over.weight, carry_over.own_weight))
    if carry_over.way == ADD:
        return f"Nilai tahap {carry_over.stage} kali {weight} ditambahkan."
    return f"{own} kali nilai tahap ini ditambah {weight} kali nilai tahap {carry_over.stage}."


def ties_said(rules: StageRules) -> str:
    """Say what parts equals: the declared chain, in its order."""
    chain = ", lalu ".join(_link_said(link, rules) for link in rules.chain)
    said = "Nilai sama berbagi tempat (1, 2, 2, 4)"
    return f"{said}; diputus berturut-turut oleh {chain}." if chain else f"{said}; aturan tidak memuat pemutus seri."


def _link_said(link: Link, rules: StageRules) -> str:
    if link.kind == OWN_ASPECT:
        return "aspek " + next(aspect.name for aspect in rules.instrument.aspects if aspect.code == link.code)
    if link.kind == OWN_INDICATOR:
        return rules.instrument.indicator(link.code).title
    if link.kind == CARRIED_ASPECT:
        return f"aspek {link.code} tahap {rules.carry_over.stage}"
    return f"nilai tahap {link.code}" if link.kind == STAGE else link.text


def missing_said(rules: StageRules) -> str:
    """Say what an empty mark and a missing sheet do: never a zero."""
    mark = "butir kosong tidak dihitung" if rules.on_empty_mark == IGNORE else "butir kosong menahan hitungan"
    sheet = (
        "peserta tanpa lembar tidak mendapat tempat"
        if rules.on_no_sheet == NOT_JUDGED
        else "peserta tanpa lembar menahan hitungan"
    )
    return f"Bukan nol: {mark}; {sheet}; juri absen atau berbenturan kepentingan tidak ikut pembagi."
