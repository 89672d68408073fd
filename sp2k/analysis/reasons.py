"""Every reason for which a result cannot be had, as the sentence a reader sees."""

REASONS = {
    "one_juror": "Hanya ada satu juri, sehingga perbedaan antarjuri tidak dapat dihitung.",
    "one_entry": "Hanya ada satu peserta, sehingga tidak ada urutan yang dapat diperiksa.",
    "too_few_entries": "Hanya ada {n_entries} peserta; hitungan ini perlu sedikitnya {needed}.",
    "one_indicator": "Hanya ada satu indikator, sehingga hubungan antarindikator tidak dapat dihitung.",
    "one_juror_parts": "Hanya satu juri yang membedakan peserta; yang lain memberi semuanya nilai yang sama, sehingga derau "
    "tidak dapat ditaksir.",
    "too_few_for_places": "Dengan {n_jurors} juri dan {n_entries} peserta nilainya terlalu sedikit: besarnya derau tidak "
    "diketahui, sehingga tidak ada rentang tempat yang dapat diberi.",
    "too_few_to_spread": "Pesertanya hanya {n_entries}: seberapa jauh mutu peserta menyebar tidak dapat ditaksir dari "
    "sesedikit itu, sehingga tidak ada rentang tempat yang dapat diberi.",
    "unbalanced": "Juri terbagi dalam sesi yang tidak sama besar: rumus keandalan berlaku bagi rata-rata yang lain, sehingga "
    "tidak ada angkanya.",
    "too_few_marks": "Nilainya terlalu sedikit: tidak ada sisa untuk menaksir ketidakpastian.",
    "unjudged": "Belum ada nilai untuk {entries:peserta}.",
    "disconnected": "Juri terbagi dalam {n_components} kelompok yang tidak menilai satu peserta pun bersama-sama, "
    "sehingga nilai antarkelompok tidak dapat dibandingkan.",
    "empty_cells": "Ada {n_empty} sel kosong, padahal ukuran ini perlu tabel yang lengkap.",
    "all_equal": "Semua nilai sama, sehingga tidak ada perbedaan yang dapat diukur.",
    "no_spread": "Rata-rata semua peserta sama, sehingga tidak ada perbedaan antarpeserta yang dapat diukur.",
    "no_pairs": "Tidak ada peserta yang dinilai lebih dari satu juri, sehingga kesepakatan tidak dapat dihitung.",
    "negative_values": "Ada nilai di bawah nol; tingkat ukur rasio hanya berlaku untuk nilai nol ke atas.",
    "no_residual": "Selisih antarjuri sama persis pada semua peserta, sehingga ragam sisanya nol.",
    "flat_total": "Jumlah nilai semua peserta sama, sehingga keandalan tidak dapat dihitung.",
    "panel_too_thin": "Terlalu banyak peserta yang bergantung pada satu juri, sehingga panel tidak dapat diundi ulang.",
    "never_ahead": "Pada setiap indikator {behind:peserta} tidak lebih baik daripada {ahead:peserta}; tidak ada bobot "
    "yang menyamakannya.",
    "no_one_weight": "Tidak ada satu bobot pun yang, bila diubah sendirian, menyamakan {ahead:peserta} dan "
    "{behind:peserta}.",
    "no_change_possible": "Tidak ada bobot yang mengubah hasil ini.",
    "cut_takes_all": "Batas {cut} tidak menyisihkan siapa pun dari {n_entries} peserta.",
    "quota_per_scope": "Tempat dan kuotanya per kabupaten/kota; hitungan ini hanya berlaku bagi satu urutan.",
    "one_weight": "Hanya satu indikator yang berbobot, sehingga bobot tidak dapat digeser.",
    "not_positive": "Ada nilai nol atau di bawahnya, sehingga rata-rata geometrik tidak dapat dihitung.",
    "no_variance_components": "Ragam peserta tertaksir nol, sehingga keandalan tidak dapat dihitung.",
    "no_recount_freed": "Menurut aturan nilai tahap ini tidak dapat dihitung ulang tanpa keketatan juri, sehingga tidak "
    "dikatakan apakah urutannya tetap.",
    "no_recount_without": "Menurut aturan nilai tahap ini tidak dapat dihitung bila seorang juri ditiadakan, sehingga tidak "
    "dikatakan apakah urutannya tetap.",
    "not_converged": "Perhitungan tidak mencapai hasil yang tetap.",
    "one_group": "Hanya ada satu kelompok wilayah, sehingga perbedaan antarkelompok tidak dapat dihitung.",
}
