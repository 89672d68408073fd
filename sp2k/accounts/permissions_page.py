"""docs/permissions.md, printed from the policy table. `make docs` writes it; a test fails when it is stale."""

from pathlib import Path

from sp2k.accounts.policy import POLICY, Rule
from sp2k.accounts.roles import Role

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"

SENTENCES = {
    "edition.open": "Membuka edisi",
    "edition.revise": "Mengubah draf edisi",
    "edition.void": "Membatalkan draf edisi",
    "rules.read": "Membaca aturan edisi",
    "rules.lock": "Mengunci aturan edisi",
    "dates.move": "Memindahkan tanggal tahap",
    "holidays.set": "Mengubah hari libur edisi",
    "approval.give": "Memberi persetujuan yang diminta edisi",
    "region.correct": "Membetulkan nama wilayah",
    "region.load": "Memuat daftar wilayah yang lebih baru",
    "officeholder.keep": "Mencatat pejabat dan masa jabatannya",
    "entries.register": "Mendaftarkan kecamatan sebagai peserta",
    "people.read": "Melihat orang di wilayahnya",
    "role.give": "Memberi dan mencabut peran, termasuk bagi orang baru",
    "account.edit": "Mengubah data orang",
    "account.invite": "Mengundang dan menyetel ulang akses",
    "account.close": "Menonaktifkan dan mengaktifkan akun",
    "factor.remove": "Melepas faktor kedua orang lain",
    "form.fill": "Mengisi formulir dan melampirkan bukti",
    "draft.read": "Membaca draf isian yang belum dikirim",
    "innovation.write": "Menulis, mengubah, dan membatalkan inovasi",
    "form.verify": "Menerima atau mengembalikan formulir",
    "regency.rank": "Membuat peringkat kabupaten/kota",
    "nominee.set": "Mengusulkan wakil kabupaten/kota",
    "nominee.decline": "Menyatakan kabupaten/kota tidak ikut",
    "minutes.upload": "Mengunggah berita acara peringkat yang ditandatangani",
    "panel.seat": "Mendudukkan orang pada kursi juri",
    "conflict.declare": "Menyatakan benturan kepentingan",
    "jurors.assign": "Menugaskan juri",
    "order.draw": "Mengundi urutan peserta",
    "schedule.set": "Menyusun sesi dan menukar giliran",
    "attendance.record": "Mencatat kehadiran juri",
    "sheet.write": "Menulis dan merevisi lembar penilaian",
    "draft.keep": "Menyimpan draf lembar penilaian",
    "sheet.late": "Menyegel lembar penilaian yang terlambat",
    "visit.plan": "Memilih klaim yang dikunjungi dan tempatnya",
    "visit.record": "Mencatat temuan tinjau lapang",
    "claim.read": "Membaca klaim yang dicatat saat paparan",
    "claim.note": "Mencatat klaim yang diucapkan saat paparan",
    "form.void": "Membatalkan isian yang keliru",
    "verification.void": "Membatalkan putusan verifikasi yang keliru",
    "file.erase": "Menghapus berkas yang keliru diunggah",
    "photo.erase": "Menghapus foto kunjungan yang keliru diambil",
    "sheet.void": "Membatalkan lembar juri yang keliru",
    "finding.void": "Membatalkan temuan lapang yang keliru",
    "paper.print": "Mencetak lembar kosong",
    "paper.type": "Mengetik, menyelesaikan, memindai, dan menarik lembar kertas",
    "paper.confirm": "Mengonfirmasi lembar kertas sendiri atau menyatakan keberatan",
    "paper.read": "Membaca keadaan lembar kertas",
    "paper.scan": "Membaca isi dan pindaian lembar kertas",
    "reminder.send": "Mengingatkan yang terlambat",
    "late.read": "Melihat lembar terlambat yang menunggu putusan, tanpa nilainya",
    "correction.propose": "Mengusulkan lembar terlambat dihitung",
    "correction.approve": "Menyetujui lembar terlambat dihitung",
    "correction.refuse": "Memutus lembar terlambat tidak dihitung",
    "stage.lock": "Mengunci tahap",
    "results.freeze": "Membekukan hitungan tahap",
    "stage.advance": "Meloloskan peserta ke tahap berikut",
    "titles.give": "Memberikan gelar",
    "result.decide": "Menetapkan hasil",
    "result.return": "Mengembalikan hasil kepada penyelenggara, dengan alasan",
    "result.propose": "Menjawab pengembalian dan mengajukan hasil lagi",
    "decree.issue": "Menerbitkan keputusan",
    "result.publish": "Mengumumkan hasil",
    "form.read": "Membaca isian",
    "innovation.read": "Membaca inovasi kecamatan",
    "ranking.read": "Melihat peringkat di dalam kabupaten/kota",
    "duty.read": "Melihat tugas menilai",
    "sheet.read": "Membaca lembar penilaian",
    "visit.follow": "Mengikuti kunjungan: tim, waktu, dan jumlah klaim yang sudah diperiksa",
    "visit.read": "Membaca temuan tinjau lapang",
    "panel.read": "Melihat kursi juri, benturan, dan penugasan",
    "schedule.read": "Melihat giliran peserta",
    "progress.read": "Membaca kemajuan",
    "result.read": "Membaca hasil sebelum diumumkan",
    "stage.read": "Membuka halaman tahap: yang kurang, persetujuan, penguncian",
    "decision.read": "Membuka halaman keputusan: gelar, persetujuan, naskah, pengumuman",
    "places.read": "Membaca tempat peserta sesudah tahap dikunci",
    "places.export": "Mengunduh tempat peserta",
    "marks.export": "Mengunduh lembar, jejak, dan lembar kerja hitungan",
    "certainty.read": "Melihat seberapa yakin tempat peserta",
    "jurors.name": "Melihat lembaga di balik nama samaran juri",
    "analysis.read": "Membaca dan mengekspor angka analisis",
    "contributions.read": "Melihat sumbangan tiap indikator terhadap nilai",
    "journal.read": "Membaca catatan tindakan: miliknya sendiri, dan milik orang lain menurut perannya",
}

HEADING = """\
# Siapa boleh melakukan apa

Halaman ini dicetak dari `sp2k/accounts/policy.py` oleh `make docs`; jangan disunting dengan tangan.
Tindakan yang tidak tercantum ditolak. Peran hanya berlaku di dalam wilayahnya: kode `35.10` mencakup `35.10.13`.
Setiap syarat disertai kalimat yang dibaca orang bila syarat itu tidak terpenuhi.

| tindakan | nama dalam kode | peran | syarat atas objeknya | syarat atas keadaannya |
|---|---|---|---|---|
"""

PROTOCOL = """
## Yang harus dijawab setiap objek

Syarat hanya bertanya kepada objek yang diberikan kepadanya:
`region_code` (kode wilayahnya), `stage` dan `edition` (tempatnya),
`is_held_by(user)` (apakah tugas itu miliknya), `has_conflict(user)` (apakah ada benturan kepentingan yang tercatat),
`is_at_decision` (apakah tahap terakhir sudah dikunci), `is_accepted` (apakah isian sudah diterima verifikator).
Untuk akun: `person_id` (milik siapa), `role` (peran apa yang diberikan), dan
`is_in_care_of(user)` (apakah semua perannya dikelola orang itu, menurut `GIVES` dalam `sp2k/accounts/roles.py`).
Untuk kertas: `is_in_hands_of(user)` (apakah kertasnya ada di tangannya: jurinya, atau pengetiknya sampai dikonfirmasi).
"""


def page() -> str:
    """Return the page: a line an action, in the order of the policy table, and the letters of the roles below it."""
    lines = [_line(action, rule) for action, rule in POLICY.items()]
    letters = [f"- **{role.value}** {role.label}" for role in Role]
    return HEADING + "".join(lines) + "\n## Huruf peran\n\n" + "\n".join(letters) + "\n" + PROTOCOL


def write() -> None:
    """Write the page to docs/permissions.md."""
    PAGE.write_text(page(), encoding="utf-8")


def _line(action: str, rule: Rule) -> str:
    roles = ", ".join(role.value for role in Role if role in rule.roles)
    within = roles if rule.reach else f"{roles} (di mana pun)"
    return f"| {SENTENCES.get(action, '')} | `{action}` | {within} | {_reasons(rule.own)} | {_reasons(rule.state)} |\n"


def _reasons(checks) -> str:
    return "<br>".join(str(check.reason) for check in checks) or "–"
