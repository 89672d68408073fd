"""The analyst's tables: every answer with its numbers as they came out, in plain rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sp2k.analysis.answers import Unavailable, in_words
from sp2k.results.certainty.asking import Answers
from sp2k.results.certainty.heads import CELLS, HEADS, MEASURES
from sp2k.results.certainty.standings import Board

POINTS = "nilai"
DIGITS, SHOWN_DIGITS, SHOWN_ROWS = 6, 4, 10
Row = tuple[str | int | float, ...]


@dataclass(frozen=True)
class Table:
    """One table. `said` are the sentences of its answer; without rows they say why there are none."""

    code: str
    title: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    said: tuple[str, ...]

    @property
    def heads(self) -> list[str]:
        """The names of the columns as words for a page; the files keep them as they are."""
        return [str(HEADS.get(name, name.replace("_", " "))) for name in self.header]

    @property
    def shown(self) -> list[list[tuple[str, bool]]]:
        """The first rows for a page: each cell as text with a decimal comma, and whether it is a number."""
        return [
            [
                (_shown(value, head), head == POINTS or not isinstance(value, str))
                for value, head in zip(row, self.header, strict=True)
            ]
            for row in self.rows[:SHOWN_ROWS]
        ]


def all_tables(answers: Answers, board: Board) -> tuple[Table, ...]:
    """Return every table, in the order of the page."""
    own, whole, weighing = answers.own, answers.whole, answers.weighing
    plan = (
        ("rentang", _("Rentang tempat"), own.places, _ENTRY + ("terbaik", "terburuk", "bagian_dalam_batas",
         "rata_rata_tempat"), _ranges),
        ("peluang", _("Peluang tiap tempat"), own.places, ("kode", "tempat_undian", "bagian"), _chances),
        ("himpunan", _("Tempat yang tidak dapat disingkirkan"), own.place_sets,
         _ENTRY + ("terbaik", "terburuk"), _sets),
        ("tetangga", _("Tetangga"), own.places, ("di_depan", "di_belakang", "bagian_di_depan", "terbedakan"),
         _neighbours),
        ("derau", _("Derau nilai resmi"), own.places, ("kode", "simpangan_baku", "karena_juri_yang_hadir"), _noise),
        ("undian-juri", _("Undian ulang juri"), whole.jurors, _ENTRY + ("bagian_pertama", "bagian_dalam_batas"),
         _weights(answers.marks.cut)),
        ("rancangan", _("Rancangan juri"), own.design, ("ukuran", "nilai"), _design),
        ("keketatan", _("Keketatan juri, juri tetap"), own.severity, _SEVERITY, _severity),
        ("keketatan-acak", _("Keketatan juri, juri acak"), own.severity_random, _SEVERITY, _severity),
        ("disesuaikan", _("Nilai tanpa keketatan"), own.severity, ("kode", "rata_rata", "disesuaikan", "galat"), _adjusted),
        ("urutan", _("Urutan tanpa keketatan"), own.order, ("kode", "tempat", "tempat_disesuaikan"), _order),
        ("tanpa-juri", _("Tanpa satu juri"), own.jackknife, ("juri", "kode", "tempat", "tempat_tanpa"), _jackknife),
        ("menyimpang", _("Nilai yang menyimpang"), own.outliers, ("juri", "kode", "poin", "dugaan", "sisa_baku"),
         _outliers),
        ("ragam", _("Komponen ragam"), own.variance, ("komponen", "simpangan_baku"), _variance),
        ("icc", _("Korelasi intrakelas"), own.icc, ("bentuk", "nilai", "rendah", "tinggi", "f", "db1", "db2"), _icc),
        ("kesepakatan", _("Kesepakatan"), own.kendall, ("ukuran", "nilai"), _kendall),
        ("alpha", _("Kesepakatan tentang nilai"), own.alpha, ("ukuran", "nilai"), _alpha),
        ("studi-g", _("Studi G"), own.g_study, ("efek", "banyak", "ragam"), _g_study),
        ("studi-d", _("Studi D: banyaknya juri"), own.more_jurors, ("juri", "keandalan_urutan", "keandalan_nilai"),
         _d_study),
        ("bobot", _("Bobot di sekitar bobot resmi"), weighing.weights, _ENTRY + ("bagian_pertama", "bagian_dalam_batas"),
         _weights(answers.marks.cut)),
        ("tanpa-butir", _("Tanpa satu indikator"), weighing.leave_one_out, ("butir", "kode", "tempat", "tempat_tanpa"),
         _leave_out),
        ("ubah-juara", _("Perubahan bobot terkecil: tempat pertama"), weighing.winner_change, _CHANGE, _change),
        ("ubah-batas", _("Perubahan bobot terkecil: batas"), weighing.cut_change, _CHANGE, _change),
        ("satu-bobot", _("Satu bobot"), weighing.one_weight, ("di_depan", "di_belakang", "butir", "bagian", "menjadi"),
         _one_weight),
        ("butir-lain", _("Indikator lain yang sejenis"), weighing.indicators, _ENTRY + ("bagian_pertama",
         "bagian_dalam_batas"), _weights(answers.marks.cut)),
        ("geometrik", _("Rata-rata geometrik"), weighing.compensability, ("kode", "geometrik", "tempat",
         "tempat_geometrik"), _geometric),
        ("butir", _("Butir"), own.items, _ITEM, _items),
    )  # fmt: skip
    names = _Names(answers, board)
    return tuple(_table(code, title, answer, header, rows, names) for code, title, answer, header, rows in plan)


_ENTRY = ("tempat", "kode", "kecamatan", "kabupaten_kota", "nilai")
_SEVERITY = ("juri", "selisih_dari_rata_rata", "galat", "rendah", "tinggi")
_CHANGE = ("di_depan", "di_belakang", "butir", "bobot", "bobot_baru", "jarak")
_ITEM = (
    "butir", "judul", "peserta", "rata_rata", "simpangan_baku", "daya_beda", "hubungan_dengan_lainnya",
    "alpha_bila_dihapus", "di_lantai", "di_atap", "kosong", "selisih_kota",
)  # fmt: skip


class _Names:
    """Codes and names by the integer codes of the analysis."""

    def __init__(self, answers: Answers, board: Board):
        self.marks, self.board = answers.marks, board
        self.cut = answers.marks.cut

    def entry(self, code) -> str:
        return self.marks.entries[int(code)]

    def juror(self, code) -> str:
        return self.board.jurors[int(code)]

    def indicator(self, code) -> str:
        return [*self.marks.indicators, "bawaan"][int(code)]

    def standings(self):
        return self.board.standings


def _table(code: str, title: str, answer, header: Sequence[str], rows: Callable, names: _Names) -> Table:
    said = tuple(names.board.said(answer.explain()))
    if isinstance(answer, Unavailable):
        return Table(code, title, tuple(header), (), said)
    return Table(code, title, tuple(header), tuple(tuple(map(_plain, row)) for row in rows(answer, names)), said)


def _plain(value) -> str | int | float:
    """Return numbers of NumPy as Python's, rounded where digits say nothing; what cannot be had as words."""
    if value is None:
        return "tidak ada"
    if isinstance(value, str):
        return value
    number = value.item() if hasattr(value, "item") else value
    if isinstance(number, bool):
        return "ya" if number else "tidak"
    return number if isinstance(number, int) else round(number, DIGITS)


def _shown(value: str | int | float, head: str) -> str:
    if head == POINTS and isinstance(value, str):  # the official total, as printed
        return str(CELLS.get(value, value.replace(".", ",")))
    words = HEADS if head in MEASURES else CELLS
    return in_words(value, SHOWN_DIGITS) if isinstance(value, float) else str(words.get(value, value))


def _of_entry(standing) -> Row:
    return standing.place, standing.code, standing.name, standing.regency, standing.total


def _ranges(answer, names):
    best, worst = answer.range90
    for one in names.standings():
        e = one.entry
        inside = answer.within[e] if answer.can_say_shares else None
        yield *_of_entry(one), best[e], worst[e], inside, answer.mean_place[e]


def _chances(answer, names):
    for one in names.standings():
        for place, share in enumerate(answer.acceptability[one.entry], start=1):
            if share:
                yield one.code, place, share


def _sets(answer, names):
    for one in names.standings():
        yield *_of_entry(one), answer.best[one.entry], answer.worst[one.entry]


def _neighbours(answer, names):
    standings = names.standings()
    for one, other in zip(standings, standings[1:], strict=False):
        if answer.official.scope[one.entry] == answer.official.scope[other.entry]:
            ahead = answer.ahead(one.entry, other.entry) if answer.can_say_shares else None
            yield one.code, other.code, ahead, answer.are_told_apart(one.entry, other.entry)


def _noise(answer, names):
    for one in names.standings():
        yield one.code, float(answer.noise.variance[one.entry]) ** 0.5, answer.noise.bias[one.entry]


def _design(answer, names):
    yield from (
        ("peserta", answer.n_entries), ("juri", answer.n_jurors), ("kelompok", answer.n_components),
        ("susunan", answer.n_panels), ("juri_bersama_paling_sedikit", answer.fewest_common),
        ("lampu", answer.light), ("juri_penghubung", ", ".join(names.juror(j) for j in answer.cut_jurors) or "tidak ada"),
    )  # fmt: skip


def _severity(answer, names):
    for n, juror in enumerate(answer.jurors):
        yield names.juror(juror), -answer.strictness[n], answer.se[n], -answer.upper[n], -answer.lower[n]


def _adjusted(answer, names):
    for one in names.standings():
        e = one.entry
        yield (
            one.code, answer.plain[e], answer.adjusted[e], answer.adjusted_se[e],
        )  # fmt: skip


def _order(answer, names):
    for change in answer.changes:
        yield names.entry(change.entry), change.plain_place, change.adjusted_place


def _jackknife(answer, names):
    for without in answer.without:
        for entry, plain, then in without.moved:
            yield names.juror(without.juror), names.entry(entry), plain, then


def _outliers(answer, names):
    for cell in answer.cells:
        yield names.juror(cell.juror), names.entry(cell.entry), cell.points, cell.expected, cell.studentised


def _variance(answer, names):
    yield from (("peserta", answer.sd_entry), ("juri", answer.sd_juror), ("sisa", answer.sd_residual))


def _icc(answer, names):
    for one in answer.forms.values():
        yield one.form, one.value, one.lower, one.upper, one.f, one.df1, one.df2


def _kendall(answer, names):
    yield from (("w", answer.w), ("w_tanpa_koreksi_seri", answer.w_without_ties), ("khi_kuadrat", answer.chi2),
                ("derajat_bebas", answer.df))  # fmt: skip


def _alpha(answer, names):
    yield from (("alpha", answer.value), ("teramati", answer.observed), ("harapan", answer.expected),
                ("nilai", answer.n_values), ("peserta", answer.n_units))  # fmt: skip


def _g_study(answer, names):
    for effect in answer.components.effects:
        yield effect.name, effect.levels, effect.variance


def _d_study(answer, names):
    for size, one in answer.points:
        yield size, one.relative, one.absolute


def _weights(cut: int):
    def rows(answer, names):
        first, inside = answer.p_first, answer.p_top(cut)
        for one in names.standings():
            yield *_of_entry(one), first[one.entry], inside[one.entry]

    return rows


def _leave_out(answer, names):
    for row, indicator in enumerate(answer.indicators):
        for one in names.standings():
            plain, then = answer.plain_places[one.entry], answer.places[row, one.entry]
            if plain != then:
                yield names.indicator(indicator), one.code, plain, then


def _change(answer, names):
    for indicator, (before, after) in enumerate(zip(answer.weight, answer.new_weight, strict=True)):
        yield (
            names.entry(answer.ahead), names.entry(answer.behind), names.indicator(indicator), before, after,
            answer.distance,
        )  # fmt: skip


def _one_weight(answer, names):
    yield (
        names.entry(answer.ahead), names.entry(answer.behind), names.indicator(answer.indicator), answer.share,
        answer.new_share,
    )  # fmt: skip


def _geometric(answer, names):
    for one in names.standings():
        e = one.entry
        yield one.code, answer.geometric[e], answer.plain_places[e], answer.geometric_places[e]


def _items(answer, names):
    for item in answer.items:
        yield (
            names.indicator(item.indicator), names.board.labels.indicators[item.indicator], item.n_given, item.mean,
            item.sd, item.discrimination, item.r_drop, item.alpha_if_deleted, item.floor, item.ceiling, item.missing,
            item.group_difference,
        )  # fmt: skip
